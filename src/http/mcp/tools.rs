//! The tools of agents: the documented queries, each with what its variables take.

use std::sync::LazyLock;

use async_graphql::{
    Value,
    parser::{
        parse_query,
        types::{BaseType, DocumentOperations, Type},
    },
};
use serde_json::{Map, Value as Json, json};

use crate::{
    examples::{EXAMPLES, Example},
    graphql::schema_map::{SchemaMap, TypeEntry},
};

/// How deep what a variable takes is told: a filter may hold filters.
const DEEPEST: usize = 4;

/// A documented query with its variables.
pub(super) struct Tool {
    pub(super) example: &'static Example,
    variables: Vec<Variable>,
}

struct Variable {
    name: String,
    ty: Type,
    default: Option<Value>,
}

/// All of them, in the order of the documentation.
static TOOLS: LazyLock<Vec<Tool>> = LazyLock::new(|| EXAMPLES.iter().map(Tool::of).collect());

/// All tools.
pub(super) fn all() -> &'static [Tool] {
    &TOOLS
}

/// The tool of that name.
pub(super) fn named(name: &str) -> Option<&'static Tool> {
    TOOLS.iter().find(|tool| tool.example.name == name)
}

impl Tool {
    fn of(example: &'static Example) -> Self {
        // Ours, which a test parses: where one is no query, it takes nothing.
        let operation = parse_query(example.query()).ok().and_then(|document| match document.operations {
            DocumentOperations::Single(operation) => Some(operation),
            DocumentOperations::Multiple(all) => all.into_values().next(),
        });
        let definitions = operation.map(|operation| operation.node.variable_definitions).unwrap_or_default();
        let variables = definitions.into_iter().map(|definition| Variable {
            name: definition.node.name.node.to_string(),
            ty: definition.node.var_type.node,
            default: definition.node.default_value.map(|value| value.node),
        });
        Self { example, variables: variables.collect() }
    }

    /// The tool as the protocol has it.
    pub(super) fn told(&self, map: &SchemaMap) -> Json {
        let (english, dutch) = (self.example.title_en(), self.example.title_nl());
        json!({
            "name": self.example.name,
            "title": english,
            "description": format!(
                "{english} ({dutch}.) Answers what the GraphQL query of that name answers, as JSON: null and an empty list are \"not known\", never \"no\"."
            ),
            "inputSchema": self.input(map),
            "annotations": { "title": english, "readOnlyHint": true, "idempotentHint": true, "openWorldHint": false },
        })
    }

    /// JSON Schema of its variables. All have a default: that of the documentation.
    fn input(&self, map: &SchemaMap) -> Json {
        let mut properties = Map::new();
        let mut required = Vec::new();
        for Variable { name, ty, default } in &self.variables {
            let mut schema = schema_of(ty, map, 0);
            match default.clone().and_then(|value| value.into_json().ok()) {
                Some(default) => schema["default"] = default,
                None if !ty.nullable => required.push(name.clone()),
                None => {}
            }
            properties.insert(name.clone(), schema);
        }
        json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
    }

    /// The names of arguments that it does not take.
    pub(super) fn unknown<'a>(&self, given: &'a Map<String, Json>) -> Option<&'a str> {
        given.keys().find(|name| self.variables.iter().all(|variable| variable.name != **name)).map(String::as_str)
    }

    /// What it takes, in words.
    pub(super) fn takes(&self) -> String {
        let names: Vec<String> = self.variables.iter().map(|variable| format!("`{}`", variable.name)).collect();
        if names.is_empty() { "no arguments".to_owned() } else { names.join(", ") }
    }
}

/// JSON Schema of an input type, as far as it is told.
fn schema_of(ty: &Type, map: &SchemaMap, depth: usize) -> Json {
    match &ty.base {
        BaseType::List(of) => json!({ "type": "array", "items": schema_of(of, map, depth) }),
        BaseType::Named(name) => match (name.as_str(), map.get(name)) {
            ("Int", _) => json!({ "type": "integer" }),
            ("Float", _) => json!({ "type": "number" }),
            ("Boolean", _) => json!({ "type": "boolean" }),
            ("GeoJSON", _) => json!({ "type": "object", "description": "A GeoJSON geometry in CRS84 degrees." }),
            (_, Some((_, TypeEntry::Enum(values)))) => json!({ "type": "string", "enum": values }),
            (_, Some((_, TypeEntry::Input(input)))) if depth < DEEPEST => {
                let fields =
                    input.fields.iter().map(|field| (field.name.clone(), schema_of(&field.ty, map, depth + 1)));
                let required: Vec<&str> =
                    input.fields.iter().filter(|field| field.required()).map(|field| field.name.as_str()).collect();
                let mut schema = json!({
                    "type": "object",
                    "properties": fields.collect::<Map<_, _>>(),
                    "required": required,
                    "additionalProperties": false,
                });
                if input.one_of {
                    schema["minProperties"] = json!(1);
                    schema["maxProperties"] = json!(1);
                }
                schema
            }
            (_, Some((_, TypeEntry::Input(_)))) => json!({ "type": "object" }),
            ("String" | "ID", _) => json!({ "type": "string" }),
            (scalar, _) => json!({ "type": "string", "description": format!("A {scalar} of the schema.") }),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tool_needs_no_arguments_and_takes_what_its_query_takes() {
        for tool in all() {
            let declared = tool.example.query().split('{').next().unwrap().matches('$').count();
            assert!(tool.variables.len() >= declared.min(1), "{}", tool.example.name);
            for variable in &tool.variables {
                assert!(variable.default.is_some(), "{}: ${} has no default", tool.example.name, variable.name);
            }
        }
    }
}
