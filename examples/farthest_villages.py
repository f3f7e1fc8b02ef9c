"""The villages and towns of Overijssel that are farthest from a known meeting place, hemelsbreed (in a straight line).

A place that nobody recorded is not in the data, so a large distance is a question to ask, not yet a finding.
"""

import json
import sys
import urllib.request

SERVER = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8080"
QUERY = """
query Villages($after: String) {
  coverage(maxDistance: 3000) {
    settlements(kinds: [WOONKERN], minPopulation: 500, orderBy: DISTANCE, first: 100, after: $after) {
      nodes {
        settlement { name population municipality { name } }
        status
        place { name }
        distanceAtLeast
        distanceAtMost
      }
      pageInfo { hasNextPage endCursor }
    }
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
    page = data["coverage"]["settlements"]
    villages += page["nodes"]
    after = page["pageInfo"]["endCursor"]
    if not page["pageInfo"]["hasNextPage"]:
        break


def kilometres(metres):
    return "?" if metres is None else f"{metres / 1000:.1f}"


surely = sum(village["status"] == "UNCOVERED" for village in villages)
print(f"{len(villages)} villages and towns of 500 inhabitants or more; edition {data['dataset']['edition']}")
print(f"Surely no known place within 3 km: {surely}. The farthest:")
for village in villages[:6]:
    of = village["settlement"]
    place = village["place"]["name"] if village["place"] else "no place known"
    print(
        f"{kilometres(village['distanceAtLeast'])} to {kilometres(village['distanceAtMost'])} km  {of['name']} "
        f"({of['municipality']['name']}, {of['population']} inhabitants): {place}"
    )
