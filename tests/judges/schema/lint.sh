#!/usr/bin/env bash
# graphql-schema-linter with all rules but those on the order of the alphabet: ours is that of meaning.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
rules=$(cd node_modules/graphql-schema-linter/lib/rules && ls | grep -v alphabetically | sed 's/\.js$//; s/_/-/g' | paste -sd,)
if node_modules/.bin/graphql-schema-linter --rules "$rules" ../../../schema/schema.graphql; then
  echo "ok    graphql-schema-linter: $rules"
else
  echo 'FAIL  graphql-schema-linter'
  exit 1
fi
