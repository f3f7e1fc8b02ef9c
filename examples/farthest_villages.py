"""The villages and towns of Overijssel that are farthest from a known meeting place, hemelsbreed (in a straight line).

A place that nobody recorded is not in the data, so a large distance is a question to ask, not yet a finding.
"""

import json
import sys
import urllib.request

SERVER = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8080"
QUERY = """
query Villages($after: String) {
  settlements(filter: { minPopulation: 250 }, first: 100, after: $after) {
    nodes {
      name
      kind
      population
      municipality { name }
      nearestPlaces(first: 1) { edges { distance node { name location { uncertaintyRadius } } } }
    }
    pageInfo { hasNextPage endCursor }
  }
  dataset { edition }
}
"""


def ask(variables):
    body = json.dumps({"query": QUERY, "variables": variables}).encode()
    request = urllib.request.Request(SERVER + "/graphql", body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request) as response:
        answer = json.load(response)
    if "errors" in answer:
        sys.exit("; ".join(error["message"] for error in answer["errors"]))
    return answer["data"]


villages, after = [], None
while True:
    data = ask({"after": after})
    page = data["settlements"]
    # Wijken and buurten lie within a woonkern and would be counted twice.
    villages += [node for node in page["nodes"] if node["kind"] == "WOONKERN"]
    after = page["pageInfo"]["endCursor"]
    if not page["pageInfo"]["hasNextPage"]:
        break

villages.sort(key=lambda village: -village["nearestPlaces"]["edges"][0]["distance"])
print(f"{len(villages)} villages and towns of 250 inhabitants or more; edition {data['dataset']['edition']}")
for village in villages[:5]:
    nearest = village["nearestPlaces"]["edges"][0]
    margin = nearest["node"]["location"]["uncertaintyRadius"]
    print(
        f"{nearest['distance'] / 1000:.1f} km (± {margin / 1000:.1f})  {village['name']} "
        f"({village['municipality']['name']}, {village['population']} inhabitants): {nearest['node']['name']}"
    )
