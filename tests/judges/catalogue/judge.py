"""The record of the catalogue against the shapes of DCAT-AP-NL 3.0.1 (pyshacl), and as rdflib reads both of its syntaxes.

The shapes are an open standard of Geonovum and no part of this project: they are read where they lie.
"""

import sys
import urllib.request
from pathlib import Path

from pyshacl import validate
from rdflib import Graph, Namespace, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import DCAT, DCTERMS, RDF

SHAPES = Path(__file__).resolve().parents[4] / "shared" / "judges" / "dcat-ap-nl"
ADDRESS = sys.argv[1].rstrip("/")
SH = Namespace("http://www.w3.org/ns/shacl#")
failed = False


def judge(name, check):
    global failed
    try:
        print(f"ok    {name}: {check()}")
    except Exception as error:  # whatever it is, it is told
        failed = True
        print(f"FAIL  {name}\n      {error}".replace("\n", "\n      "))


def get(path, accept="*/*"):
    with urllib.request.urlopen(urllib.request.Request(ADDRESS + path, headers={"Accept": accept})) as answer:
        return answer.headers["Content-Type"].split(";")[0], answer.read()


def parsed(path, accept, kind, syntax):
    found, body = get(path, accept)
    assert found == kind, (path, found)
    return Graph().parse(data=body, format=syntax)


TURTLE = parsed("/dcat.ttl", "*/*", "text/turtle", "turtle")


def syntaxes():
    for path, accept, kind, syntax in [
        ("/dcat", "text/turtle", "text/turtle", "turtle"),
        ("/dcat", "application/ld+json", "application/ld+json", "json-ld"),
        ("/dcat.jsonld", "*/*", "application/ld+json", "json-ld"),
    ]:
        assert isomorphic(parsed(path, accept, kind, syntax), TURTLE), (path, accept)
    return f"{len(TURTLE)} triples"


def against(name, record=TURTLE):
    shapes = Graph().parse(SHAPES / name)
    # The file as it is published names shapes that are not in it, which pyshacl refuses as a whole.
    dangling = [(shape, part) for shape, part in shapes.subject_objects(SH.property) if (part, None, None) not in shapes]
    for shape, part in dangling:
        shapes.remove((shape, SH.property, part))
    if dangling and record is TURTLE:
        print(f"note: {name} names {len(dangling)} shapes that are not in it: not judged by these")
    holds, report, _ = validate(record, shacl_graph=shapes, inference="none", advanced=True, allow_warnings=True)
    results = [(report.value(one, SH.resultPath), report.value(one, SH.focusNode), report.value(one, SH.resultMessage))
               for one in report.subjects(RDF.type, SH.ValidationResult)]
    return holds, results


def holds(name):
    conforms, results = against(name)
    assert conforms, "\n".join(" ".join(map(str, result)) for result in results[:20])
    return "holds"


def links():
    """What is to be downloaded can be, and says what the record says of it."""
    count = 0
    for distribution in TURTLE.subjects(RDF.type, DCAT.Distribution):
        url = str(TURTLE.value(distribution, DCAT.accessURL))
        with urllib.request.urlopen(url) as answer:
            kind = answer.headers["Content-Type"].split(";")[0]
        if download := TURTLE.value(distribution, DCAT.downloadURL):
            told = TURTLE.value(distribution, DCAT.mediaType)  # none where IANA has none
            assert str(download) == url and (told is None or str(told).endswith(f"/media-types/{kind}")), (url, kind, told)
        licence = list(TURTLE.objects(distribution, DCTERMS.license))
        assert len(licence) == 1 and isinstance(licence[0], URIRef), url
        count += 1
    for service in TURTLE.subjects(RDF.type, DCAT.DataService):
        with urllib.request.urlopen(str(TURTLE.value(service, DCAT.endpointDescription))) as answer:
            assert answer.status == 200
    assert count >= 15, count
    return f"{count} distributions answer"


def notices():
    """The shapes have teeth: a record without what they ask for is refused."""
    for name in ["dcat-ap-SHACL.ttl", "dcat-ap-nl-SHACL.ttl"]:
        for lost in [DCTERMS.title, DCTERMS.publisher] if name.startswith("dcat-ap-SHACL") else [DCTERMS.accessRights, DCTERMS.license]:
            broken = Graph()
            broken += TURTLE
            broken.remove((None, lost, None))
            assert not against(name, broken)[0], (name, lost)
    return "a record without title, publisher, access rights or licence is refused"


def recommended():
    """Everything is there but an address to download what a service gives in pages and tiles: whole, it is a file beside it."""
    missing = [(path, focus) for path, focus, _ in against("dcat-ap-nl-SHACL-aanbevolen.ttl")[1]]
    of_services = {URIRef(f"{ADDRESS}/dcat#features"), URIRef(f"{ADDRESS}/dcat#tiles")}
    for path, focus in missing:
        assert path == DCAT.downloadURL and TURTLE.value(focus, DCAT.accessService) in of_services, (path, focus)
    return f"holds, but for {len(missing)} layers of services"


judge("both syntaxes say the same", syntaxes)
judge("what the record points to is there", links)
if SHAPES.is_dir():
    for name in ["dcat-ap-SHACL.ttl", "dcat-ap-nl-SHACL.ttl", "dcat-ap-nl-SHACL-klassebereik.ttl", "dcat-ap-nl-SHACL-klassebereik-codelijsten.ttl"]:
        judge(name, lambda name=name: holds(name))
    judge("the shapes notice", notices)
    judge("what is recommended", recommended)
else:
    print("note: ../shared/judges/dcat-ap-nl is not there: the shapes are not judged")
sys.exit(failed)
