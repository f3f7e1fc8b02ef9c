"""Runs the recipes of the documents: a block of sh, python or js before a block of text prints that text."""

import os
import pathlib
import re
import subprocess
import sys

ADDRESS = sys.argv[1].rstrip("/")
HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
PAGES = ["docs/clients.md", "docs/api.md"]
RECIPE = re.compile(r"^```(sh|python|js)\n(.*?)^```\n\n```text\n(.*?)^```$", re.M | re.S)
# Modules of JavaScript are those of the judge beside this one.
RUN = {
    "sh": (["bash", "-euo", "pipefail"], ROOT),
    "python": ([sys.executable, "-"], ROOT),
    "js": (["node", "--input-type=module", "-"], HERE.parent / "clients"),
}

failed = found = 0
for page in PAGES:
    text = (ROOT / page).read_text()
    for recipe in RECIPE.finditer(text):
        language, code, expected = recipe.groups()
        line = text[: recipe.start()].count("\n") + 1
        if "SERVER = sys.argv" in code:
            continue  # a file of examples/, which the tests run
        found += 1
        command, folder = RUN[language]
        code = code.replace("http://127.0.0.1:8080", ADDRESS)
        environment = os.environ | {"NO_COLOR": "1"}
        done = subprocess.run(command, input=code, cwd=folder, env=environment, capture_output=True, text=True, timeout=60)
        if done.stdout.strip() == expected.strip():
            print(f"ok    {page}:{line} {language}")
        else:
            failed = 1
            print(f"FAIL  {page}:{line} {language}\n{done.stdout}{done.stderr[-2000:]}")
if found < 5:
    failed = 1
    print(f"FAIL  only {found} recipes were found")
sys.exit(failed)
