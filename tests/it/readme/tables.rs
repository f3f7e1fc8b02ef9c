//! Tables that have to be whole: settings, codes of errors, fields of the schema.

use std::collections::{BTreeMap, BTreeSet};

use async_graphql::parser::{parse_schema, types::TypeKind, types::TypeSystemDefinition};
use noaber::{config::SETTINGS, graphql::refusal::ErrorCode};

use super::read;

#[test]
fn the_table_of_settings_has_each_of_them_as_it_is() {
    let page = read("docs/operate.md");
    for setting in SETTINGS {
        let (option, variable, default, help) = (setting.option, setting.variable, setting.default, setting.help);
        let default = if default.is_empty() { "none".to_owned() } else { format!("`{default}`") };
        let row = format!("| `{option}` | `{variable}` | {default} | {help} |");
        assert!(page.lines().any(|line| line == row), "docs/operate.md does not have the row\n{row}");
    }
    let rows = page.lines().filter(|line| line.starts_with("| `--")).count();
    assert_eq!(rows, SETTINGS.len(), "rows of settings");
}

#[test]
fn the_table_of_errors_has_every_code() {
    let page = read("docs/api.md");
    for code in ErrorCode::ALL {
        let start = format!("| `{}` |", code.as_str());
        assert!(page.lines().any(|line| line.starts_with(&start)), "docs/api.md does not have {}", code.as_str());
    }
}

#[test]
fn data_md_has_every_field_of_every_object_of_the_schema_and_no_other() {
    // Machinery of the API and not data: explained where it is used.
    let is_machinery = |name: &str| {
        name.ends_with("Connection")
            || name.ends_with("Edge")
            || ["Query", "PageInfo", "PlaceFacets", "ActivityFacets", "FacetValue", "Limits"].contains(&name)
    };
    let mut served: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for definition in parse_schema(read("schema/schema.graphql")).unwrap().definitions {
        let TypeSystemDefinition::Type(definition) = definition else { continue };
        let name = definition.node.name.node.to_string();
        if let TypeKind::Object(object) = definition.node.kind
            && !is_machinery(&name)
        {
            let fields = object.fields.into_iter().map(|field| field.node.name.node.to_string());
            served.insert(name, fields.collect());
        }
    }

    let mut told: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut current = String::new();
    for line in read("DATA.md").lines() {
        if line.starts_with('#') {
            current = line.strip_prefix("### ").unwrap_or_default().to_owned();
        } else if let Some(cell) = line.strip_prefix("| `").and_then(|rest| rest.split(" |").next())
            && !current.is_empty()
        {
            let names = cell.split('`').filter(|name| !name.is_empty() && *name != ", ");
            told.entry(current.clone()).or_default().extend(names.map(str::to_owned));
        }
    }
    told.retain(|name, _| served.contains_key(name));
    for (name, fields) in &served {
        assert_eq!(told.get(name), Some(fields), "fields of {name} in DATA.md (left) and in the schema (right)");
    }
}
