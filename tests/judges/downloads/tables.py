"""CSV as Frictionless reads it: each file is a table whose cells are of the types that its collection tells, with an id in each row.

    tables.py http://127.0.0.1:8080
"""

import json
import pathlib
import re
import shutil
import sys
import tempfile
import urllib.request

from frictionless import Resource, Schema, system

base = sys.argv[1].rstrip("/")
folder = pathlib.Path(tempfile.mkdtemp(prefix="noaber-judges-"))
failed = False


def check(name, test):
    global failed
    try:
        print(f"ok    {name}: {test()}", flush=True)
    except Exception as error:  # Whatever is wrong is told, and the next check made.
        failed = True
        print(f"FAIL  {name}: {error!r}", flush=True)


def fetch(path):
    with urllib.request.urlopen(base + path) as answer:
        return answer.read()


def field(name, told):
    """A column by what its JSON Schema says; lists stand in one cell."""
    csv = re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", name).lower()
    kind, constraints = told.get("type"), {}
    if kind == "string":
        kind = {"date": "date", "date-time": "datetime"}.get(told.get("format"), "string")
        if "enum" in told:
            constraints["enum"] = told["enum"]
        if "pattern" in told:
            constraints["pattern"] = told["pattern"]
    elif kind == "array":
        kind = "string"
        if "enum" in told["items"]:
            one = "|".join(map(re.escape, told["items"]["enum"]))
            constraints["pattern"] = rf"({one})(\|({one}))*"
    if name == "id":
        constraints |= {"required": True, "unique": True}
    return {"name": csv, "type": kind, "constraints": constraints}


def read(file, fields):
    with system.use_context(trusted=True):
        return Resource(path=str(file), schema=Schema.from_descriptor({"fields": fields})).validate()


def table(name):
    def judge():
        file = folder / f"{name}.csv"
        file.write_bytes(fetch(f"/{name}.csv"))
        heading = file.read_text().split("\n", 1)[0].strip().split(",")
        told = json.loads(fetch(f"/ogc/collections/{name}/schema"))["properties"]
        known = {one["name"]: one for one in (field(*one) for one in told.items() if one[0] != "geometry")}
        # Those of places and municipalities have names of their own.
        typed = [known.get(column, {"name": column, "type": "any"}) for column in heading]
        found = sum("constraints" in one for one in typed)
        assert found > len(heading) / 2, [one["name"] for one in typed if "constraints" not in one]
        report = read(file, typed)
        assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])[:5]
        rows = report.tasks[0].stats["rows"]
        assert rows > 0
        # It has teeth: the first row once more has an id that is there already.
        lines = file.read_text().splitlines()
        file.write_text("\n".join([*lines, lines[1]]))
        assert not read(file, typed).valid
        return f"{rows} rows, {found} of {len(heading)} columns typed"

    return judge


for name in ["places", "municipalities", "settlements", "neighbourhoods", "policies", "policy-grounds", "policy-documents", "survey", "sources", "layers"]:
    check(f"Frictionless reads {name}.csv", table(name))
shutil.rmtree(folder)
sys.exit(failed)
