//! One value against one type.

use std::collections::HashMap;
use std::convert::Infallible;
use std::fmt;

use async_graphql::parser::types::{BaseType, Type, VariableDefinition};
use async_graphql::{Name, Positioned, Value};
use serde_json::{Map, Value as Json};

use crate::graphql::refusal::{ECHO, Refusal, clip};
use crate::graphql::schema_map::{InputEntry, SchemaMap, TypeEntry, ValueEntry};

/// The kinds of JSON a scalar is written in, beside the form of dates: name, whether text, whether an object, what the message says. A scalar that
/// is not named here is taken as it comes.
pub const SCALARS: &[(&str, bool, bool, &str)] = &[
    ("String", true, false, "a String"),
    ("Date", true, false, "a Date, text such as \"2024-03-15\""),
    ("PartialDate", true, false, "a PartialDate, text such as \"2024-03\""),
    ("DateTime", true, false, "a DateTime, text such as \"2024-03-15T12:00:00Z\""),
    ("URL", true, false, "a URL, text such as \"https://example.org/\""),
    ("GeoJSON", false, true, "a GeoJSON object, never text"),
];

/// A variable inside a value of a document, which is otherwise constant: an enum value that no document can write.
const VARIABLE: char = '$';

/// Where a value is, for the message.
pub(super) enum Path<'p> {
    Variable(&'p str),
    Argument(&'p str, &'p str),
    Field(&'p Path<'p>, &'p str),
    Item(&'p Path<'p>, usize),
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Path::Variable(name) => write!(f, "${}", clip(name, ECHO)),
            Path::Argument(field, name) => write!(f, "{}({name})", clip(field, ECHO)),
            Path::Field(of, name) => write!(f, "{of}.{}", clip(name, ECHO)),
            Path::Item(of, index) => write!(f, "{of}[{index}]"),
        }
    }
}

/// Where a value comes from: JSON has no enum values, a document has.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Source {
    Document,
    Variables,
}

/// A variable found inside a value, and the place it is in.
pub(super) struct Place<'p> {
    pub(super) variable: &'p str,
    pub(super) ty: &'p Type,
    pub(super) default: bool,
    pub(super) one_of: bool,
}

pub(super) struct Coercer<'a> {
    pub(super) map: &'a SchemaMap,
}

impl<'a> Coercer<'a> {
    /// The value of an argument or input field: a variable there is noted, anything else is read by its type.
    pub(super) fn slot(
        &self,
        value: &mut Value,
        slot: &ValueEntry,
        one_of: bool,
        source: Source,
        path: &Path<'_>,
        found: &mut dyn FnMut(Place<'_>),
    ) -> Result<(), String> {
        if let Some(variable) = variable(value, source) {
            found(Place { variable, ty: &slot.ty, default: slot.default.is_some(), one_of });
            return Ok(());
        }
        self.value(value, &slot.ty, source, path, found)
    }

    /// Reads `value` by the type `ty` and brings it into the form that resolvers read: enum values as such, ids as text.
    ///
    /// The error is one sentence that begins with the path.
    pub(super) fn value(
        &self,
        value: &mut Value,
        ty: &Type,
        source: Source,
        path: &Path<'_>,
        found: &mut dyn FnMut(Place<'_>),
    ) -> Result<(), String> {
        if let Some(variable) = variable(value, source) {
            found(Place { variable, ty, default: false, one_of: false });
            return Ok(());
        }
        match (&ty.base, &mut *value) {
            (_, Value::Null) if ty.nullable => Ok(()),
            (_, Value::Null) => Err(format!("`{path}` must not be null; its type is `{ty}`.")),
            (BaseType::List(item), Value::List(values)) => {
                for (index, value) in values.iter_mut().enumerate() {
                    self.value(value, item, source, &Path::Item(path, index), found)?;
                }
                Ok(())
            }
            // One item stands for a list of one.
            (BaseType::List(item), value) => self.value(value, item, source, path, found),
            (BaseType::Named(name), value) => match self.map.get(name) {
                Some((name, TypeEntry::Scalar)) => scalar(name, value, source, path),
                Some((name, TypeEntry::Enum(values))) => enumeration(name, values, value, source, path),
                Some((name, TypeEntry::Input(entry))) => self.input(name, entry, value, source, path, found),
                // Refused where the variable is defined.
                Some((_, TypeEntry::Composite(_))) | None => Ok(()),
            },
        }
    }

    fn input(
        &self,
        name: &str,
        entry: &InputEntry,
        value: &mut Value,
        source: Source,
        path: &Path<'_>,
        found: &mut dyn FnMut(Place<'_>),
    ) -> Result<(), String> {
        let Value::Object(fields) = value else {
            return Err(format!("`{path}` must be an object of the type `{name}`, not {}.", told(value)));
        };
        for (key, value) in fields.iter_mut() {
            let Some(field) = entry.field(key) else {
                return Err(format!("`{path}` has no field `{}`; `{name}` has {}.", clip(key, ECHO), names(entry)));
            };
            let path = Path::Field(path, &field.name);
            if entry.one_of && *value == Value::Null {
                return Err(format!("`{path}` must not be null: it is the one field of `{name}`."));
            }
            self.slot(value, field, entry.one_of, source, &path, found)?;
        }
        if entry.one_of && fields.len() != 1 {
            return Err(format!("`{path}` must have exactly one of {}; it has {}.", names(entry), fields.len()));
        }
        match entry.fields.iter().find(|field| field.required() && !fields.contains_key(field.name.as_str())) {
            Some(field) => Err(format!("`{path}` lacks `{}: {}`, which `{name}` requires.", field.name, field.ty)),
            None => Ok(()),
        }
    }

    /// The values of the variables, defaults filled in; one that is omitted and has no default is absent.
    pub(super) fn variables(
        &self,
        definitions: &[Positioned<VariableDefinition>],
        given: &Map<String, Json>,
    ) -> Result<HashMap<String, Value>, Vec<Refusal>> {
        let (mut values, mut refusals) = (HashMap::new(), Vec::new());
        for definition in definitions {
            let name = definition.node.name.node.as_str();
            let ty = &definition.node.var_type.node;
            let path = Path::Variable(name);
            let value = match (given.get(name), &definition.node.default_value) {
                (Some(given), _) => match Value::from_json(given.clone()) {
                    Ok(mut value) => {
                        self.value(&mut value, ty, Source::Variables, &path, &mut |_| {}).map(|()| Some(value))
                    }
                    Err(_) => Err(format!("`{path}` cannot be read as a value.")),
                },
                (None, Some(default)) => Ok(Some(default.node.clone())),
                (None, None) if ty.nullable => Ok(None),
                (None, None) => Err(format!("`{path}` is missing; its type is `{ty}`.")),
            };
            match value {
                Ok(Some(value)) => {
                    values.insert(name.to_owned(), value);
                }
                Ok(None) => {}
                Err(text) => refusals.push(Refusal::input(text).at(definition.pos)),
            }
        }
        if refusals.is_empty() { Ok(values) } else { Err(refusals) }
    }
}

/// The name of the variable that stands for the whole of `value`.
pub(super) fn variable(value: &Value, source: Source) -> Option<&str> {
    match value {
        Value::Enum(name) if source == Source::Document => name.strip_prefix(VARIABLE),
        _ => None,
    }
}

/// A variable as it stands in a value that is otherwise constant.
#[expect(clippy::unnecessary_wraps, reason = "the parser's conversion asks for a result")]
pub(super) fn sentinel(name: &str) -> Result<Value, Infallible> {
    Ok(Value::Enum(Name::new(format!("{VARIABLE}{name}"))))
}

fn scalar(name: &str, value: &mut Value, source: Source, path: &Path<'_>) -> Result<(), String> {
    let wanted = match (name, &mut *value) {
        ("Int", Value::Number(number)) => {
            // 20.0 is the whole number 20 in JSON, and no Int in a document.
            let whole = number.as_i64().or_else(|| {
                let float = number.as_f64().filter(|_| source == Source::Variables)?;
                (float.fract() == 0.0 && float.abs() <= f64::from(i32::MAX)).then_some(float as i64)
            });
            match whole.and_then(|whole| i32::try_from(whole).ok()) {
                Some(whole) => {
                    *value = Value::from(whole);
                    return Ok(());
                }
                None => "an Int, a whole number from -2147483648 to 2147483647",
            }
        }
        ("Int", _) => "an Int, a whole number from -2147483648 to 2147483647",
        ("Float", Value::Number(number)) if number.as_f64().is_some_and(f64::is_finite) => {
            return Ok(());
        }
        ("Float", _) => "a Float, a finite number",
        ("Boolean", Value::Boolean(_)) => return Ok(()),
        ("Boolean", _) => "a Boolean, true or false",
        ("ID", Value::Number(number)) if number.is_i64() || number.is_u64() => {
            *value = Value::String(number.to_string());
            return Ok(());
        }
        ("ID", Value::String(text)) => return no_nul(text, path),
        ("ID", _) => "an ID, text or a whole number",
        _ => {
            let row = SCALARS.iter().find(|row| row.0 == name);
            match (row, &*value) {
                (Some((_, true, _, wanted)), Value::String(text)) if !is_well_formed(name, text) => wanted,
                (Some((_, true, _, _)) | None, Value::String(text)) => return no_nul(text, path),
                (Some((_, _, true, _)), Value::Object(_)) | (None, _) => return Ok(()),
                (Some((_, _, _, wanted)), _) => wanted,
            }
        }
    };
    Err(format!("`{path}` must be {wanted}, not {}.", told(value)))
}

/// Whether a text is written as the scalar of that name is.
fn is_well_formed(scalar: &str, text: &str) -> bool {
    match scalar {
        "Date" => text.parse::<chrono::NaiveDate>().is_ok(),
        "PartialDate" => text.parse::<crate::model::PartialDate>().is_ok(),
        "DateTime" => chrono::DateTime::parse_from_rfc3339(text).is_ok(),
        _ => true,
    }
}

/// PostgreSQL has no text with this character in it, and no place has a name with it.
fn no_nul(text: &str, path: &Path<'_>) -> Result<(), String> {
    if text.contains('\0') { Err(format!("`{path}` must not contain the character U+0000.")) } else { Ok(()) }
}

fn enumeration(
    name: &str,
    values: &[String],
    value: &mut Value,
    source: Source,
    path: &Path<'_>,
) -> Result<(), String> {
    let known = |text: &str| values.iter().any(|value| value == text);
    match &*value {
        Value::Enum(text) if known(text) => return Ok(()),
        Value::String(text) if source == Source::Variables && known(text) => {
            *value = Value::Enum(Name::new(text));
            return Ok(());
        }
        _ => {}
    }
    let list = values.join(", ");
    // A vocabulary of twenty terms does not fit into a message; its name leads to it.
    let among = if list.len() <= 160 { format!(": {list}") } else { String::new() };
    Err(format!("`{path}` must be a value of `{name}`{among}; not {}.", told(value)))
}

/// The fields of an input object, as far as a sentence holds them.
fn names(entry: &InputEntry) -> String {
    let names: Vec<&str> = entry.fields.iter().map(|field| field.name.as_str()).collect();
    names.join(", ")
}

/// What was given, in few words.
fn told(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::List(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
        Value::Enum(name) => format!("`{}`", clip(name, ECHO)),
        Value::String(text) => format!("the text \"{}\"", clip(text, ECHO)),
        other => clip(&other.to_string(), ECHO),
    }
}
