// Validates documents by graphql-js: {"sdl": …, "documents": […]} from standard input, the errors of each to standard
// output, as a list of lists. A document that does not parse has the one error that says so.
import { readFileSync } from 'node:fs';
import { MaxIntrospectionDepthRule, buildSchema, parse, specifiedRules, validate } from 'graphql';

const { sdl, documents } = JSON.parse(readFileSync(0, 'utf8'));
const schema = buildSchema(sdl);
// A limit, no rule of the specification: ours is the cost.
const rules = specifiedRules.filter((rule) => rule !== MaxIntrospectionDepthRule);
const errors = documents.map((text) => {
  let document;
  try {
    document = parse(text);
  } catch (error) {
    return [`does not parse: ${error.message}`];
  }
  return validate(schema, document, rules, { maxErrors: 5 }).map((error) => error.message);
});
console.log(JSON.stringify(errors));
