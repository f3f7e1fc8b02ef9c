//! The schema as a table, read from its own SDL: what each field returns and what each input accepts.
//!
//! async-graphql keeps its registry to itself, and its checks leave out what [`coerce`](crate::graphql::coerce) and
//! [`cost`](crate::graphql::cost) need. The SDL is the public form of the same facts.

use std::collections::{HashMap, HashSet};

use async_graphql::parser::types::{
    BaseType, FieldDefinition, InputValueDefinition, Type, TypeKind, TypeSystemDefinition,
};
use async_graphql::{Name, Value};

use crate::graphql::price::Price;

/// Introspection as async-graphql has it, which an SDL does not print.
const INTROSPECTION: &str = "
type __Schema { description: String types: [__Type!]! queryType: __Type! mutationType: __Type subscriptionType: __Type
  directives: [__Directive!]! }
type __Type { kind: __TypeKind! name: String description: String specifiedByURL: String
  fields(includeDeprecated: Boolean = false): [__Field!] interfaces: [__Type!] possibleTypes: [__Type!]
  enumValues(includeDeprecated: Boolean = false): [__EnumValue!]
  inputFields(includeDeprecated: Boolean = false): [__InputValue!] ofType: __Type isOneOf: Boolean }
type __Field { name: String! description: String args(includeDeprecated: Boolean = false): [__InputValue!]! type: __Type!
  isDeprecated: Boolean! deprecationReason: String }
type __InputValue { name: String! description: String type: __Type! defaultValue: String isDeprecated: Boolean!
  deprecationReason: String }
type __EnumValue { name: String! description: String isDeprecated: Boolean! deprecationReason: String }
type __Directive { name: String! description: String locations: [__DirectiveLocation!]!
  args(includeDeprecated: Boolean = false): [__InputValue!]! isRepeatable: Boolean! }
enum __TypeKind { SCALAR OBJECT INTERFACE UNION ENUM INPUT_OBJECT LIST NON_NULL }
enum __DirectiveLocation { QUERY MUTATION SUBSCRIPTION FIELD FRAGMENT_DEFINITION FRAGMENT_SPREAD INLINE_FRAGMENT
  VARIABLE_DEFINITION SCHEMA SCALAR OBJECT FIELD_DEFINITION ARGUMENT_DEFINITION INTERFACE UNION ENUM ENUM_VALUE
  INPUT_OBJECT INPUT_FIELD_DEFINITION }
type __Root { __schema: __Schema! __type(name: String!): __Type }
";

/// The scalars that every schema has; an SDL does not print them.
const BUILT_IN: [&str; 5] = ["Int", "Float", "String", "Boolean", "ID"];

/// Why a text is not the SDL of a schema.
#[derive(Debug, thiserror::Error)]
pub enum SchemaMapError {
    /// The text is not GraphQL.
    #[error("the schema's own SDL does not parse: {0}")]
    Parse(#[from] async_graphql::parser::Error),
    /// A name is used and not defined.
    #[error("the schema's own SDL has no type `{0}`")]
    Missing(String),
}

/// Every type of a schema by name, introspection included.
#[derive(Debug)]
pub struct SchemaMap {
    query: String,
    types: HashMap<String, TypeEntry>,
    condition: ValueEntry,
}

/// One type of a schema.
#[derive(Debug)]
pub(crate) enum TypeEntry {
    Scalar,
    Enum(Vec<String>),
    Input(InputEntry),
    Composite(CompositeEntry),
}

/// An input object.
#[derive(Debug)]
pub(crate) struct InputEntry {
    pub(crate) one_of: bool,
    pub(crate) fields: Vec<ValueEntry>,
}

impl InputEntry {
    pub(crate) fn field(&self, name: &str) -> Option<&ValueEntry> {
        self.fields.iter().find(|field| field.name == name)
    }
}

/// An object, interface or union.
#[derive(Debug)]
pub(crate) struct CompositeEntry {
    pub(crate) fields: HashMap<String, FieldEntry>,
    /// The objects it can be; an object itself alone.
    pub(crate) possible: Vec<String>,
}

impl CompositeEntry {
    /// Whether some object is both of this type and of `other`.
    pub(crate) fn overlaps(&self, other: &Self) -> bool {
        self.possible.iter().any(|object| other.possible.contains(object))
    }
}

/// A field of an object or interface.
#[derive(Debug)]
pub(crate) struct FieldEntry {
    pub(crate) ty: Type,
    /// The name of the type it returns, without lists and `!`.
    pub(crate) returns: String,
    pub(crate) arguments: Vec<ValueEntry>,
    pub(crate) price: Price,
}

impl FieldEntry {
    pub(crate) fn argument(&self, name: &str) -> Option<&ValueEntry> {
        self.arguments.iter().find(|argument| argument.name == name)
    }
}

/// An argument or a field of an input object.
#[derive(Debug)]
pub(crate) struct ValueEntry {
    pub(crate) name: String,
    pub(crate) ty: Type,
    pub(crate) default: Option<Value>,
}

impl ValueEntry {
    /// Whether it must be given.
    pub(crate) fn required(&self) -> bool {
        !self.ty.nullable && self.default.is_none()
    }
}

impl SchemaMap {
    /// Reads the SDL that `Schema::sdl` prints.
    ///
    /// # Errors
    /// [`SchemaMapError`] when the text is not the SDL of a whole schema.
    pub fn from_sdl(sdl: &str) -> Result<Self, SchemaMapError> {
        let boolean = Type { base: BaseType::Named(Name::new("Boolean")), nullable: false };
        let mut map = Self {
            query: "Query".to_owned(),
            types: HashMap::new(),
            condition: ValueEntry { name: "if".to_owned(), ty: boolean, default: None },
        };
        for name in BUILT_IN {
            map.types.insert(name.to_owned(), TypeEntry::Scalar);
        }
        let mut implements = Vec::new();
        for text in [INTROSPECTION, sdl] {
            for definition in async_graphql::parser::parse_schema(text)?.definitions {
                match definition {
                    TypeSystemDefinition::Schema(schema) => {
                        if let Some(query) = schema.node.query {
                            map.query = query.node.to_string();
                        }
                    }
                    TypeSystemDefinition::Type(ty) => {
                        let name = ty.node.name.node.to_string();
                        let entry = match ty.node.kind {
                            TypeKind::Scalar => TypeEntry::Scalar,
                            TypeKind::Enum(kind) => TypeEntry::Enum(
                                kind.values.into_iter().map(|v| v.node.value.node.to_string()).collect(),
                            ),
                            TypeKind::InputObject(kind) => TypeEntry::Input(InputEntry {
                                one_of: ty.node.directives.iter().any(|d| d.node.name.node == "oneOf"),
                                fields: kind.fields.into_iter().map(|field| value_entry(field.node)).collect(),
                            }),
                            TypeKind::Object(kind) => {
                                for interface in kind.implements {
                                    implements.push((interface.node.to_string(), name.clone()));
                                }
                                TypeEntry::Composite(CompositeEntry {
                                    fields: kind.fields.into_iter().map(|f| field_entry(&name, f.node)).collect(),
                                    possible: vec![name.clone()],
                                })
                            }
                            TypeKind::Interface(kind) => TypeEntry::Composite(CompositeEntry {
                                fields: kind.fields.into_iter().map(|f| field_entry(&name, f.node)).collect(),
                                possible: Vec::new(),
                            }),
                            TypeKind::Union(kind) => TypeEntry::Composite(CompositeEntry {
                                fields: HashMap::new(),
                                possible: kind.members.into_iter().map(|member| member.node.to_string()).collect(),
                            }),
                        };
                        map.types.insert(name, entry);
                    }
                    TypeSystemDefinition::Directive(_) => {}
                }
            }
        }
        for (interface, object) in implements {
            match map.types.get_mut(&interface) {
                Some(TypeEntry::Composite(entry)) => entry.possible.push(object),
                _ => return Err(SchemaMapError::Missing(interface)),
            }
        }
        map.finish()
    }

    /// Gives the root its introspection fields, and checks that every name is defined.
    fn finish(mut self) -> Result<Self, SchemaMapError> {
        let roots = match self.types.remove("__Root") {
            Some(TypeEntry::Composite(root)) => root.fields,
            _ => HashMap::new(),
        };
        match self.types.get_mut(&self.query) {
            Some(TypeEntry::Composite(entry)) => entry.fields.extend(roots),
            _ => return Err(SchemaMapError::Missing(self.query)),
        }
        let count = self.types.len() as u64;
        if let Some(field) = self.composite_mut("__Schema").and_then(|entry| entry.fields.get_mut("types")) {
            field.price.items_are(count);
        }
        let known: HashSet<&str> = self.types.keys().map(String::as_str).collect();
        for entry in self.types.values() {
            let used: Vec<&str> = match entry {
                TypeEntry::Composite(entry) => entry
                    .fields
                    .values()
                    .flat_map(|f| f.arguments.iter().map(|a| named(&a.ty)).chain([f.returns.as_str()]))
                    .chain(entry.possible.iter().map(String::as_str))
                    .collect(),
                TypeEntry::Input(entry) => entry.fields.iter().map(|field| named(&field.ty)).collect(),
                TypeEntry::Scalar | TypeEntry::Enum(_) => Vec::new(),
            };
            if let Some(missing) = used.into_iter().find(|name| !known.contains(name)) {
                return Err(SchemaMapError::Missing(missing.to_owned()));
            }
        }
        Ok(self)
    }

    fn composite_mut(&mut self, name: &str) -> Option<&mut CompositeEntry> {
        match self.types.get_mut(name) {
            Some(TypeEntry::Composite(entry)) => Some(entry),
            _ => None,
        }
    }

    /// The name of the root type of queries.
    pub fn query(&self) -> &str {
        &self.query
    }

    /// The argument of `@skip` and `@include`.
    pub(crate) fn condition(&self) -> &ValueEntry {
        &self.condition
    }

    pub(crate) fn get(&self, name: &str) -> Option<(&str, &TypeEntry)> {
        self.types.get_key_value(name).map(|(name, entry)| (name.as_str(), entry))
    }

    pub(crate) fn composite(&self, name: &str) -> Option<&CompositeEntry> {
        match self.types.get(name) {
            Some(TypeEntry::Composite(entry)) => Some(entry),
            _ => None,
        }
    }

    /// The names of all types, ascending.
    #[cfg(test)]
    pub(crate) fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.types.keys().map(String::as_str).collect();
        names.sort_unstable();
        names
    }

    #[cfg(test)]
    pub(crate) fn composites(&self) -> impl Iterator<Item = &CompositeEntry> {
        self.types.values().filter_map(|entry| match entry {
            TypeEntry::Composite(entry) => Some(entry),
            _ => None,
        })
    }

    /// Whether a type is an object, not an interface or a union.
    pub(crate) fn is_object(&self, name: &str) -> bool {
        self.composite(name).is_some_and(|entry| matches!(entry.possible.as_slice(), [only] if only == name))
    }

    /// Whether a value of the object `object` is one of the type `condition`.
    pub(crate) fn is_a(&self, object: &str, condition: &str) -> bool {
        object == condition
            || self.composite(condition).is_some_and(|entry| entry.possible.iter().any(|name| name == object))
    }
}

fn field_entry(parent: &str, field: FieldDefinition) -> (String, FieldEntry) {
    let name = field.name.node.to_string();
    let entry = FieldEntry {
        price: Price::of(parent, &name, &field.ty.node),
        returns: named(&field.ty.node).to_owned(),
        arguments: field.arguments.into_iter().map(|argument| value_entry(argument.node)).collect(),
        ty: field.ty.node,
    };
    (name, entry)
}

fn value_entry(value: InputValueDefinition) -> ValueEntry {
    ValueEntry {
        name: value.name.node.to_string(),
        ty: value.ty.node,
        default: value.default_value.map(|value| value.node),
    }
}

/// The name inside lists and `!`.
pub(crate) fn named(ty: &Type) -> &str {
    match &ty.base {
        BaseType::Named(name) => name,
        BaseType::List(inner) => named(inner),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sdl_gives_fields_arguments_inputs_and_possible_types() {
        let map = SchemaMap::from_sdl(
            "interface Node { id: ID! } type Place implements Node { id: ID! tags: [String!]! }
             union Hit = Place input By @oneOf { id: ID slug: String }
             type Root { place(by: By!, first: Int = 3): Place hits: [Hit!]! } schema { query: Root }",
        )
        .unwrap();
        assert_eq!(map.query(), "Root");
        assert!(map.is_a("Place", "Node") && map.is_a("Place", "Hit") && !map.is_a("Place", "Root"));
        let place = &map.composite("Root").unwrap().fields["place"];
        assert_eq!(place.returns, "Place");
        assert!(place.argument("by").unwrap().required() && !place.argument("first").unwrap().required());
        assert!(matches!(map.get("By"), Some((_, TypeEntry::Input(InputEntry { one_of: true, .. })))));
        assert!(map.composite("Root").unwrap().fields.contains_key("__schema"));
    }

    /// What is taken here is looked for by async-graphql without a further check.
    #[tokio::test]
    async fn introspection_is_that_of_async_graphql() {
        let schema = crate::graphql::schema();
        let map = SchemaMap::from_sdl(&schema.sdl()).unwrap();
        let query = "{__schema{types{name fields(includeDeprecated:true){name args(includeDeprecated:true){name}}}}}";
        let answer = schema.execute(query).await.data.into_json().unwrap();
        let mut seen = 0;
        for ty in answer["__schema"]["types"].as_array().unwrap() {
            let name = ty["name"].as_str().unwrap();
            let Some(fields) = ty["fields"].as_array().filter(|_| name.starts_with("__")) else { continue };
            let named = |of: &serde_json::Value| of["name"].as_str().unwrap().to_owned();
            let mut theirs: Vec<(String, Vec<String>)> = fields
                .iter()
                .map(|field| (named(field), field["args"].as_array().unwrap().iter().map(named).collect()))
                .collect();
            let mut ours: Vec<(String, Vec<String>)> = map
                .composite(name)
                .unwrap()
                .fields
                .iter()
                .map(|(name, entry)| {
                    (name.clone(), entry.arguments.iter().map(|argument| argument.name.clone()).collect())
                })
                .collect();
            theirs.sort();
            ours.sort();
            assert_eq!(ours, theirs, "{name}");
            seen += 1;
        }
        assert_eq!(seen, 6);
    }

    #[test]
    fn a_name_that_is_not_defined_is_an_error() {
        let error = SchemaMap::from_sdl("type Query { place: Place } schema { query: Query }").unwrap_err();
        assert_eq!(error.to_string(), "the schema's own SDL has no type `Place`");
    }
}
