"""Downloads, judged by GDAL, openpyxl and LibreOffice: downloads.py http://127.0.0.1:8080

A line per check; exits 1 when one fails. The server must run with the data of the seed, with or without activities.
"""

import csv
import datetime
import io
import pathlib
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import urllib.request

import openpyxl

LAYERS = ["places", "municipalities", "settlements", "neighbourhoods"]
TABLES = ["policies", "policy-grounds", "policy-documents", "survey", "sources", "layers"]
# The province, with a kilometre around it: degrees, and RD metres.
BOUNDS = {"4326": (5.76, 52.10, 7.09, 52.87), "4258": (5.76, 52.10, 7.09, 52.87), "28992": (180_000, 458_000, 271_000, 543_000)}

base = sys.argv[1].rstrip("/")
folder = pathlib.Path(tempfile.mkdtemp(prefix="noaber-judges-"))
failed = False


def check(name, test):
    global failed
    try:
        test()
        print(f"ok    {name}", flush=True)
    except Exception as error:  # Whatever is wrong is told, and the next check made.
        failed = True
        print(f"FAIL  {name}: {error!r}", flush=True)


def fetch(path):
    with urllib.request.urlopen(base + path) as answer:
        return answer.read()


def save(path, name):
    file = folder / name
    file.write_bytes(fetch(path))
    return file


def rows(name):
    return list(csv.DictReader(io.StringIO(fetch(f"/{name}.csv").decode())))


def ogrinfo(*arguments):
    done = subprocess.run(["ogrinfo", "-so", *map(str, arguments)], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0 and "ERROR" not in done.stderr and "Warning" not in done.stderr, done.stderr or done.stdout
    return done.stdout


def is_layer(told, count, code, shapes):
    """What ogrinfo tells of one layer: so many features, in that system, of these shapes, in the province."""
    assert f"Feature Count: {count}\n" in told, told[:400]
    assert f'ID["EPSG",{code}]]' in told, f"not EPSG:{code}"
    assert re.search(r"^Geometry: (.*)$", told, re.M)[1] in shapes, told[:400]
    west, south, east, north = map(float, re.findall(r"-?\d+\.\d+", re.search(r"^Extent: (.*)$", told, re.M)[1]))
    least_x, least_y, most_x, most_y = BOUNDS[code]
    assert least_x < west < east < most_x and least_y < south < north < most_y, (west, south, east, north)


def types(told):
    return dict(re.findall(r"^(\w+): (\w+(?:\(\w+\))?) \(", told, re.M))


def gdal():
    for name in LAYERS:
        count = len(rows(name))
        area = ["Multi Polygon", "Polygon", "Unknown (any)"]
        shapes = ["Point"] if name == "places" else area
        for extension in ["geojson", "fgb"]:
            for code in BOUNDS:
                def layer(name=name, extension=extension, code=code):
                    file = save(f"/{name}.{extension}?crs={code}", f"{name}-{code}.{extension}")
                    told = ogrinfo("-al", file)
                    is_layer(told, count, code, shapes)
                    if extension == "fgb" and name == "places":
                        found = types(told)
                        expected = {"houseNumber": "String", "uncertaintyRadius": "Real", "foundedYear": "Integer64",
                                    "wheelchairAccessible": "Integer(Boolean)", "confirmedFrom": "DateTime"}
                        assert {key: found[key] for key in expected} == expected, found
                check(f"GDAL reads {name}.{extension} in EPSG:{code}", layer)

    def by_address():
        # As QGIS asks: parts of the file where it is.
        told = ogrinfo("-al", f"/vsicurl/{base}/settlements.fgb", "-spat", 6.2, 52.4, 6.3, 52.5)
        assert int(re.search(r"Feature Count: (\d+)", told)[1]) in range(1, len(rows("settlements"))), told[:300]
    check("GDAL reads a part of settlements.fgb by its address", by_address)

    def geopackage():
        file = save("/noaber.gpkg", "noaber.gpkg")
        for name in LAYERS:
            told = ogrinfo(file, name.replace("-", "_"))
            is_layer(told, len(rows(name)), "28992", ["Point"] if name == "places" else ["Multi Polygon"])
        for name in TABLES:
            told = ogrinfo(file, name.replace("-", "_"))
            assert f"Feature Count: {len(rows(name))}\n" in told and "Geometry: None" in told, told[:300]
        found = types(ogrinfo(file, "places"))
        expected = {"house_number": "String", "founded_year": "Integer64", "confirmed_from": "Date", "updated_at": "DateTime"}
        assert {key: found[key] for key in expected} == expected, found
    check("GDAL reads noaber.gpkg, layers and tables", geopackage)

    def index():
        file = save("/noaber.gpkg", "noaber.gpkg")
        for name in LAYERS:
            # Its index finds what a look at every geometry finds, also after GDAL took a row away: its triggers hold.
            told = ogrinfo("-q", file, "-sql", f"SELECT HasSpatialIndex('{name}', 'geom') AS there").replace(" ", "")
            with sqlite3.connect(file) as db:
                west, east, south, north = 200_000, 220_000, 490_000, 510_000
                box = f"maxx >= {west} AND minx <= {east} AND maxy >= {south} AND miny <= {north}"
                found = db.execute(f"SELECT count(*) FROM rtree_{name}_geom WHERE {box}").fetchone()[0]
                whole = db.execute(f"SELECT count(*) FROM {name} WHERE geom NOT NULL").fetchone()[0]
                assert db.execute(f"SELECT count(*) FROM rtree_{name}_geom").fetchone()[0] == whole
            inside = ogrinfo("-al", file, name, "-spat", west, south, east, north)
            assert 0 < int(re.search(r"Feature Count: (\d+)", inside)[1]) <= found < whole, (name, found, whole)
            subprocess.run(["ogrinfo", "-q", file, "-sql", f"DELETE FROM {name} WHERE fid = 1"], check=True, capture_output=True)
            with sqlite3.connect(file) as db:
                assert db.execute(f"SELECT count(*) FROM rtree_{name}_geom WHERE id = 1").fetchone()[0] == 0, name
    check("noaber.gpkg has an index of each layer, which GDAL uses and keeps", index)


def column(sheet, heading):
    cells = list(sheet.iter_rows(values_only=True))
    at = cells[0].index(heading)
    return [row[at] for row in cells[1:]]


def is_typed(sheet, moments):
    """A sheet of places: numbers are numbers, days days, and house number 15-11 is text."""
    known = rows("places")
    ids = column(sheet, "id")
    assert ids == [row["id"] for row in known], "other rows"
    assert column(sheet, "lengtegraad") == [float(row["lon"]) for row in known], "longitude is not a number"
    years = [int(row["founded_year"]) if row["founded_year"] else None for row in known]
    assert column(sheet, "opgericht") == years, "a year is not a number"
    days = [row["confirmed_from"] and datetime.datetime.fromisoformat(row["confirmed_from"]) or None for row in known]
    assert column(sheet, "bevestigd vanaf") == days, "a day is not a day"
    numbers = [row["house_number"] or None for row in known]
    found = [None if cell is None else str(cell).lstrip("\u2060") for cell in column(sheet, "huisnummer")]
    assert found == numbers and "15-11" in numbers, "a house number is another"
    assert all(isinstance(cell, datetime.datetime) for cell in column(sheet, moments))


def sheets():
    for name in LAYERS + TABLES + ["activities"]:
        def workbook(name=name):
            book = openpyxl.load_workbook(save(f"/{name}.xlsx", f"{name}.xlsx"))
            sheet, about = book.worksheets
            expected, found = [row["id"] for row in rows(name)], column(sheet, "id")
            if name == "activities":  # The CSV has a row for each rule of an activity.
                expected, found = sorted(set(expected)), sorted(found)
            assert found == expected, (found, expected)
            formulas = [cell.coordinate for one in book for line in one for cell in line if cell.data_type == "f"]
            assert not formulas, formulas
            assert "editie" in [line[0] for line in about.iter_rows(values_only=True)], "no edition"
        check(f"openpyxl reads {name}.xlsx", workbook)
    check("places.xlsx is typed", lambda: is_typed(openpyxl.load_workbook(folder / "places.xlsx").worksheets[0], "bijgewerkt"))


def libreoffice(program):
    def opened(file, *options):
        profile = (folder / "profile").as_uri()
        command = [program, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "xlsx", *options]
        done = subprocess.run([*command, "--outdir", str(folder / "opened"), str(file)], capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        return openpyxl.load_workbook(folder / "opened" / (file.stem + ".xlsx")).worksheets[0]

    def dutch():
        # Semicolon, quotation mark, UTF-8, from line 1, Dutch (1043), numbers recognised: what a double click does there.
        is_typed(opened(save("/places.csv?format=nl", "dutch.csv"), "--infilter=CSV:59,34,76,1,,1043,false,true"), "bijgewerkt")
    check("LibreOffice set to Dutch reads places.csv?format=nl", dutch)


sheets()
if shutil.which("ogrinfo"):
    gdal()
else:
    print("note: GDAL (gdal-bin) is not installed: left out")
office = shutil.which("soffice") or shutil.which("localc")
if office:
    libreoffice(office)
else:
    print("note: LibreOffice (libreoffice-calc-nogui) is not installed: left out")
shutil.rmtree(folder)
sys.exit(failed)
