"""Every item of the directory against the compiled JSON Schemas of HSDS 3 (Open Referral), with their formats.

The schemas are under a licence that asks to share alike, and no part of this project: they are read where they lie.
"""

import json
import pathlib
import sys
import urllib.parse
import urllib.request

import jsonschema

SCHEMAS = pathlib.Path(__file__).resolve().parents[4] / "shared" / "judges" / "hsds"
ADDRESS = sys.argv[1].rstrip("/")
failed = False


def get(path):
    with urllib.request.urlopen(f"{ADDRESS}/hsds/{path}") as answer:
        return json.load(answer)


def judge(name, check):
    global failed
    try:
        print(f"ok    {name}: {check()}")
    except Exception as error:  # whatever it is, it is told
        failed = True
        print(f"FAIL  {name}\n      {error}".replace("\n", "\n      "))


def validator(name, part=None):
    schema = json.loads((SCHEMAS / f"{name}.json").read_text())
    # Without the relative names of the parts from which they were compiled.
    for step in part or []:
        schema = schema[step]
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    return jsonschema.Draft202012Validator(schema, format_checker=checker)


def is_closed(schema, value, path=""):
    """Names that HSDS does not have: its schemas let them pass."""
    if isinstance(value, dict):
        known = schema.get("properties")
        for name, member in value.items():
            assert known is None or name in known, f"{path}/{name} is no field of HSDS"
            is_closed((known or {}).get(name, {}), member, f"{path}/{name}")
    elif isinstance(value, list):
        for item in value:
            is_closed(schema.get("items", {}), item, path)


def pages(path):
    number, found = 1, []
    while True:
        page = get(f"{path}{'&' if '?' in path else '?'}per_page=100&page={number}")
        assert page["page_number"] == number and page["size"] == len(page["contents"])
        assert page["empty"] == (not page["contents"]) and page["first_page"] == (number == 1)
        found += page["contents"]
        if page["last_page"]:
            assert page["total_items"] == len(found) and page["total_pages"] == number
            return found
        number += 1


def items(found, schema):
    def check():
        all_of = found()
        assert all_of, "there are none"
        for item in all_of:
            errors = sorted(schema.iter_errors(item), key=str)
            assert not errors, f"{item.get('name', item['id'])}: {errors[0].json_path}: {errors[0].message}"
            is_closed(schema.schema, item)
        return f"{len(all_of)} items are valid"

    return check


if not SCHEMAS.is_dir():
    print("note: ../shared/judges/hsds is not there: nothing is compared with the schemas of HSDS")
    sys.exit()


def singles(kind):
    return lambda: [get(f"{kind}/{item['id']}") for item in pages(kind)[:20]]


location = validator("service_at_location", ["properties", "location"])
judge("HSDS: services", items(lambda: pages("services"), validator("service_list")))
judge("HSDS: services in full", items(lambda: pages("services?full=true"), validator("service")))
judge("HSDS: services one by one", items(singles("services"), validator("service")))
judge("HSDS: services at locations", items(lambda: pages("service_at_locations"), validator("service_at_location_list")))
judge("HSDS: these in full", items(lambda: pages("service_at_locations?full=true"), validator("service_at_location")))
judge("HSDS: these one by one", items(singles("service_at_locations"), validator("service_at_location")))
judge("HSDS: locations", items(lambda: pages("locations"), location))
judge("HSDS: organizations", items(lambda: pages("organizations"), validator("organization_list")))
judge(
    "HSDS: organizations with their services in full",
    items(lambda: pages("organizations?full_service=true"), validator("organization")),
)
judge("HSDS: organizations one by one", items(singles("organizations"), validator("organization")))
term = validator("service", ["properties", "attributes", "items", "properties", "taxonomy_term"])
judge("HSDS: terms of taxonomies", items(lambda: pages("taxonomy_terms"), term))


def parameters():
    """Each parameter of the OpenAPI document is taken where it stands, but for those that are told as left out."""
    # No term has another above it.
    left_out = {("/taxonomy_terms", "top_only"), ("/taxonomy_terms", "parent_id")}
    api, taken = json.loads((SCHEMAS / "openapi.json").read_text()), 0
    values = {"modified_after": "2020-01-01T00:00:00Z", "postcode": "7411", "proximity": "5000", "search": "bridge"}
    values |= {"organization_id": "7b5a5d52-0a0f-5c56-8f52-d65a8a3c1d51", "format": "json", "page": "1", "per_page": "5"}
    for path, item in api["paths"].items():
        if "{" in path:
            continue
        for parameter in item["get"].get("parameters", []):
            name = parameter.get("name") or parameter["$ref"].rsplit("/", 1)[-1]
            if (path, name) in left_out:
                continue
            value = values.get(name, values["organization_id"] if name.endswith("_id") else "true")
            asked = {name: value} | ({"proximity": "5000", "postcode": "7411"} if name in ("proximity", "postcode") else {})
            get(f"{path.lstrip('/')}?{urllib.parse.urlencode(asked)}")
            taken += 1
    return f"{taken} are taken"


judge("HSDS: parameters of its OpenAPI document", parameters)
sys.exit(failed)
