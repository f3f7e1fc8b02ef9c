//! Values against their types, before anything runs: the literals of a document and the variables of a request.
//!
//! async-graphql reads an argument when its field is resolved, so a wrong variable comes out as a field error of an
//! operation that has half run; it takes a variable of another type than its place wants, refuses a `[T!]!` variable where
//! `[T!]` is wanted, and gives an omitted variable as null where the argument's default belongs. So the checks of the
//! specification are made here (sections 5.6, 5.8 and 6.1.2), and then the values are written into the document: what
//! is handed on has one operation and no variables.
//!
//! Custom scalars are the resolver's to read; here only the kind of JSON they are is checked, by [`SCALARS`].

use std::collections::{HashMap, HashSet};
use std::convert::Infallible;
use std::fmt;

use async_graphql::parser::types::{
    BaseType, Directive, DocumentOperations, ExecutableDocument, Field, OperationDefinition,
    Selection, SelectionSet, Type, VariableDefinition,
};
use async_graphql::{Name, Pos, Positioned, Value};
use serde_json::{Map, Value as Json};

use crate::graphql::limits::Limits;
use crate::graphql::refusal::{ECHO, Refusal, clip};
use crate::graphql::schema_map::{InputEntry, SchemaMap, TypeEntry, ValueEntry, named};

/// The kinds of JSON a scalar is written in: name, whether text, whether an object, what the message says. A scalar that
/// is not named here is taken as it comes.
pub const SCALARS: &[(&str, bool, bool, &str)] = &[
    ("String", true, false, "a String"),
    ("Date", true, false, "a Date, text such as \"2024-03-15\""),
    (
        "PartialDate",
        true,
        false,
        "a PartialDate, text such as \"2024-03\"",
    ),
    (
        "DateTime",
        true,
        false,
        "a DateTime, text such as \"2024-03-15T12:00:00Z\"",
    ),
    (
        "URL",
        true,
        false,
        "a URL, text such as \"https://example.org/\"",
    ),
    ("GeoJSON", false, true, "a GeoJSON object, never text"),
];

/// A variable inside a value of a document, which is otherwise constant: an enum value that no document can write.
const VARIABLE: char = '$';

/// The operation that a request asks for.
///
/// # Errors
/// [`GraphqlValidationFailed`] when there is none of that name, or several and no name.
pub fn select<'a>(
    document: &'a ExecutableDocument,
    name: Option<&str>,
) -> Result<&'a Positioned<OperationDefinition>, Refusal> {
    match (&document.operations, name) {
        (DocumentOperations::Single(operation), None) => Ok(operation),
        (DocumentOperations::Multiple(operations), None) if operations.len() == 1 => operations
            .values()
            .next()
            .ok_or_else(|| Refusal::invalid("The document has no operation.")),
        (DocumentOperations::Multiple(operations), None) => Err(Refusal::invalid(format!(
            "The document has {} operations; `operationName` must say which one.",
            operations.len()
        ))),
        (DocumentOperations::Multiple(operations), Some(name)) if operations.contains_key(name) => {
            Ok(&operations[name])
        }
        (_, Some(name)) => Err(Refusal::invalid(format!(
            "The document has no operation named `{}`.",
            clip(name, ECHO)
        ))),
    }
}

/// Checks every value of `document` and the variables of the operation called `name`, and writes the variables into it.
///
/// What is returned has that operation alone, without variable definitions, and the fragments it reaches. What is left
/// out is checked against the schema here, because nobody will after.
///
/// # Errors
/// Every reason found, in the order of the text, at most `max_errors`. The code is
/// [`GraphqlValidationFailed`] for what the document says and [`BadUserInput`] for the variables.
pub fn resolve_values(
    map: &SchemaMap,
    limits: &Limits,
    document: ExecutableDocument,
    name: Option<&str>,
    variables: &Map<String, Json>,
) -> Result<ExecutableDocument, Vec<Refusal>> {
    let coercer = Coercer { map };
    let operation = select(&document, name).map_err(|refusal| vec![refusal])?;
    let kept = check_document(&coercer, &document, operation).map_err(|mut refusals| {
        refusals.sort_by_key(|refusal| refusal.at.map(|at| (at.line, at.column)));
        refusals.truncate(limits.max_errors);
        refusals
    })?;
    let values = coercer
        .variables(&operation.node.variable_definitions, variables)
        .map_err(|mut refusals| {
            refusals.truncate(limits.max_errors);
            refusals
        })?;
    write_values(document, name, &kept, &values, limits).map_err(|refusal| vec![refusal])
}

/// What one operation or fragment says.
#[derive(Default)]
struct Definition<'a> {
    usages: Vec<Usage>,
    /// Variables in a place whose type is not known.
    mentioned: Vec<String>,
    spreads: Vec<(&'a str, Pos)>,
    /// What nobody else checks.
    refusals: Vec<Refusal>,
    /// What async-graphql checks too, if it gets to see the definition.
    shape: Vec<Refusal>,
}

/// A variable in the place of a value.
struct Usage {
    variable: String,
    at: Pos,
    /// The type of the place.
    ty: Type,
    /// Whether the place has a default of its own.
    default: bool,
    /// Whether the place is the one field of a oneOf input.
    one_of: bool,
}

/// Checks all definitions; returns the names of the fragments that `selected` reaches.
fn check_document<'a>(
    coercer: &Coercer<'a>,
    document: &'a ExecutableDocument,
    selected: &'a Positioned<OperationDefinition>,
) -> Result<HashSet<String>, Vec<Refusal>> {
    let mut refusals = Vec::new();
    let mut fragments = HashMap::new();
    for (name, fragment) in &document.fragments {
        let mut definition = Definition::default();
        let on = &fragment.node.type_condition;
        let entry = coercer.type_named(&on.node.on, &mut definition);
        coercer.selections(&fragment.node.selection_set.node, entry, &mut definition);
        refusals.append(&mut definition.refusals);
        fragments.insert(name.as_str(), definition);
    }
    let (mut kept, mut reached) = (HashSet::new(), HashSet::new());
    for (_, operation) in document.operations.iter() {
        let mut definition = Definition::default();
        let root = match operation.node.ty {
            async_graphql::parser::types::OperationType::Query => Some(coercer.map.query()),
            _ => None,
        };
        coercer.selections(&operation.node.selection_set.node, root, &mut definition);
        refusals.append(&mut definition.refusals);
        let is_selected = std::ptr::eq(operation, selected);
        if !is_selected {
            refusals.append(&mut definition.shape);
        }
        let mut usages: Vec<&Usage> = definition.usages.iter().collect();
        let mut mentioned: HashSet<&str> =
            definition.mentioned.iter().map(String::as_str).collect();
        let mut here = HashSet::new();
        let mut open = definition.spreads.clone();
        while let Some((name, at)) = open.pop() {
            let Some(fragment) = fragments.get(name) else {
                if !is_selected {
                    refusals.push(
                        Refusal::invalid(format!(
                            "The fragment `{}` does not exist.",
                            clip(name, ECHO)
                        ))
                        .at(at),
                    );
                }
                continue;
            };
            if here.insert(name) {
                usages.extend(&fragment.usages);
                mentioned.extend(fragment.mentioned.iter().map(String::as_str));
                open.extend(&fragment.spreads);
            }
        }
        mentioned.extend(usages.iter().map(|usage| usage.variable.as_str()));
        check_usages(coercer, operation, &usages, &mentioned, &mut refusals);
        reached.extend(here.iter().copied());
        if is_selected {
            kept.extend(here.into_iter().map(str::to_owned));
        }
    }
    for (name, mut definition) in fragments {
        if !kept.contains(name) {
            refusals.append(&mut definition.shape);
        }
        if !reached.contains(name) {
            let at = document
                .fragments
                .get(name)
                .map_or_else(Pos::default, |fragment| fragment.pos);
            refusals.push(
                Refusal::invalid(format!(
                    "The fragment `{}` is never used.",
                    clip(name, ECHO)
                ))
                .at(at),
            );
        }
    }
    if refusals.is_empty() {
        Ok(kept)
    } else {
        Err(refusals)
    }
}

/// Defined, of an input type, with a right default, used, and allowed where it is used.
fn check_usages(
    coercer: &Coercer<'_>,
    operation: &Positioned<OperationDefinition>,
    usages: &[&Usage],
    mentioned: &HashSet<&str>,
    refusals: &mut Vec<Refusal>,
) {
    let mut defined: HashMap<&str, &Positioned<VariableDefinition>> = HashMap::new();
    for definition in &operation.node.variable_definitions {
        let name = definition.node.name.node.as_str();
        let short = clip(name, ECHO);
        let ty = &definition.node.var_type.node;
        if defined.insert(name, definition).is_some() {
            refusals.push(
                Refusal::invalid(format!("The variable `${short}` is defined twice."))
                    .at(definition.pos),
            );
        }
        match coercer.map.get(named(ty)) {
            Some((_, TypeEntry::Composite(_))) => refusals.push(
                Refusal::invalid(format!(
                    "The variable `${short}` has the type `{}`, which is no input.",
                    named(ty)
                ))
                .at(definition.pos),
            ),
            Some(_) => {
                if let Some(default) = &definition.node.default_value {
                    let mut value = default.node.clone();
                    let path = Path::Variable(name);
                    if let Err(text) =
                        coercer.value(&mut value, ty, Source::Document, &path, &mut |_| {})
                    {
                        refusals.push(
                            Refusal::invalid(format!("The default of {text}")).at(default.pos),
                        );
                    }
                }
            }
            None => refusals.push(
                Refusal::invalid(format!(
                    "The variable `${short}` has the type `{}`, which does not exist.",
                    clip(named(ty), ECHO)
                ))
                .at(definition.pos),
            ),
        }
        if !mentioned.contains(name) {
            refusals.push(
                Refusal::invalid(format!("The variable `${short}` is never used."))
                    .at(definition.pos),
            );
        }
    }
    for usage in usages {
        let short = clip(&usage.variable, ECHO);
        let Some(definition) = defined.get(usage.variable.as_str()) else {
            refusals.push(
                Refusal::invalid(format!("The variable `${short}` is not defined.")).at(usage.at),
            );
            continue;
        };
        let ty = &definition.node.var_type.node;
        let default = definition
            .node
            .default_value
            .as_ref()
            .is_some_and(|value| value.node != Value::Null);
        let allowed = if usage.one_of && ty.nullable {
            false
        } else if !usage.ty.nullable && ty.nullable {
            (default || usage.default) && fits_base(&ty.base, &usage.ty.base)
        } else {
            fits(ty, &usage.ty)
        };
        if !allowed {
            let place = if usage.one_of {
                format!("{}!", usage.ty.base)
            } else {
                usage.ty.to_string()
            };
            refusals.push(
                Refusal::invalid(format!(
                    "The variable `${short}` of type `{}` is used where `{place}` is wanted.",
                    clip(&ty.to_string(), ECHO)
                ))
                .at(usage.at),
            );
        }
    }
}

/// Whether every value of the type `ty` is one of the type `place`.
fn fits(ty: &Type, place: &Type) -> bool {
    (place.nullable || !ty.nullable) && fits_base(&ty.base, &place.base)
}

fn fits_base(ty: &BaseType, place: &BaseType) -> bool {
    match (ty, place) {
        (BaseType::Named(ty), BaseType::Named(place)) => ty == place,
        (BaseType::List(ty), BaseType::List(place)) => fits(ty, place),
        _ => false,
    }
}

/// Where a value is, for the message.
enum Path<'p> {
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
enum Source {
    Document,
    Variables,
}

/// A variable found inside a value, and the place it is in.
struct Place<'p> {
    variable: &'p str,
    ty: &'p Type,
    default: bool,
    one_of: bool,
}

struct Coercer<'a> {
    map: &'a SchemaMap,
}

impl<'a> Coercer<'a> {
    fn type_named(
        &self,
        on: &Positioned<Name>,
        definition: &mut Definition<'a>,
    ) -> Option<&'a str> {
        match self.map.get(&on.node) {
            Some((name, TypeEntry::Composite(_))) => Some(name),
            Some(_) => {
                definition.shape.push(
                    Refusal::invalid(format!(
                        "`{}` has no fields to select.",
                        clip(&on.node, ECHO)
                    ))
                    .at(on.pos),
                );
                None
            }
            None => {
                definition.shape.push(
                    Refusal::invalid(format!(
                        "The type `{}` does not exist.",
                        clip(&on.node, ECHO)
                    ))
                    .at(on.pos),
                );
                None
            }
        }
    }

    /// `on` is `None` below something unknown: what is there cannot be checked.
    fn selections(
        &self,
        set: &'a SelectionSet,
        on: Option<&'a str>,
        definition: &mut Definition<'a>,
    ) {
        for selection in &set.items {
            for directive in selection.node.directives() {
                self.directive(directive, definition);
            }
            match &selection.node {
                Selection::Field(field) => self.field(field, on, definition),
                Selection::InlineFragment(fragment) => {
                    let on = match &fragment.node.type_condition {
                        Some(condition) => self.type_named(&condition.node.on, definition),
                        None => on,
                    };
                    self.selections(&fragment.node.selection_set.node, on, definition);
                }
                Selection::FragmentSpread(spread) => {
                    definition
                        .spreads
                        .push((&spread.node.fragment_name.node, spread.pos));
                }
            }
        }
    }

    fn field(
        &self,
        field: &'a Positioned<Field>,
        on: Option<&'a str>,
        definition: &mut Definition<'a>,
    ) {
        let name = field.node.name.node.as_str();
        let set = &field.node.selection_set.node;
        if name == "__typename" {
            // async-graphql looks at neither.
            if !set.items.is_empty() || !field.node.arguments.is_empty() {
                definition.refusals.push(
                    Refusal::invalid("`__typename` has neither arguments nor fields.")
                        .at(field.pos),
                );
            }
            return;
        }
        let entry = on
            .and_then(|on| self.map.composite(on))
            .and_then(|on| on.fields.get(name));
        let Some(entry) = entry else {
            if let Some(on) = on {
                definition.shape.push(
                    Refusal::invalid(format!("`{on}` has no field `{}`.", clip(name, ECHO)))
                        .at(field.pos),
                );
            }
            // Variables used in there are used all the same.
            for (_, value) in &field.node.arguments {
                let Ok(value) = value.node.clone().into_const_with(|name| sentinel(&name));
                unknown_variables(&value, &mut definition.mentioned);
            }
            self.selections(set, None, definition);
            return;
        };
        let mut given = HashSet::new();
        for (argument, value) in &field.node.arguments {
            if !given.insert(argument.node.as_str()) {
                definition.shape.push(
                    Refusal::invalid(format!(
                        "`{name}` has the argument `{}` twice.",
                        clip(&argument.node, ECHO)
                    ))
                    .at(argument.pos),
                );
            }
            let at = value.pos;
            let Ok(value) = value.node.clone().into_const_with(|name| sentinel(&name));
            match entry.argument(&argument.node) {
                Some(known) => self.argument(name, known, value, at, definition),
                None => {
                    definition.shape.push(
                        Refusal::invalid(format!(
                            "`{name}` has no argument `{}`.",
                            clip(&argument.node, ECHO)
                        ))
                        .at(argument.pos),
                    );
                    unknown_variables(&value, &mut definition.mentioned);
                }
            }
        }
        for argument in entry
            .arguments
            .iter()
            .filter(|argument| argument.required())
        {
            if !given.contains(argument.name.as_str()) {
                definition.shape.push(
                    Refusal::invalid(format!(
                        "`{name}` requires the argument `{}: {}`.",
                        argument.name, argument.ty
                    ))
                    .at(field.pos),
                );
            }
        }
        let composite = self.map.composite(&entry.returns).is_some();
        if composite == set.items.is_empty() {
            definition.shape.push(
                Refusal::invalid(if composite {
                    format!(
                        "`{name}` is a `{}`; say which of its fields are wanted.",
                        entry.returns
                    )
                } else {
                    format!("`{name}` is a `{}`, which has no fields.", entry.returns)
                })
                .at(field.pos),
            );
        }
        self.selections(set, composite.then_some(entry.returns.as_str()), definition);
    }

    /// `@skip` and `@include` are the only directives that come this far.
    fn directive(&self, directive: &'a Positioned<Directive>, definition: &mut Definition<'a>) {
        let name = directive.node.name.node.as_str();
        match directive.node.arguments.as_slice() {
            [(argument, value)] if argument.node == "if" => {
                let at = value.pos;
                let Ok(value) = value.node.clone().into_const_with(|name| sentinel(&name));
                self.argument(name, self.map.condition(), value, at, definition);
            }
            _ => definition.refusals.push(
                Refusal::invalid(format!(
                    "`@{name}` has exactly one argument, `if: Boolean!`."
                ))
                .at(directive.pos),
            ),
        }
    }

    fn argument(
        &self,
        field: &str,
        argument: &ValueEntry,
        mut value: Value,
        at: Pos,
        definition: &mut Definition<'a>,
    ) {
        let usages = &mut definition.usages;
        let mut found = |place: Place<'_>| {
            usages.push(Usage {
                variable: place.variable.to_owned(),
                at,
                ty: place.ty.clone(),
                default: place.default,
                one_of: place.one_of,
            });
        };
        let path = Path::Argument(field, &argument.name);
        if let Err(text) = self.slot(
            &mut value,
            argument,
            false,
            Source::Document,
            &path,
            &mut found,
        ) {
            definition.refusals.push(Refusal::invalid(text).at(at));
        }
    }

    /// The value of an argument or input field: a variable there is noted, anything else is read by its type.
    fn slot(
        &self,
        value: &mut Value,
        slot: &ValueEntry,
        one_of: bool,
        source: Source,
        path: &Path<'_>,
        found: &mut dyn FnMut(Place<'_>),
    ) -> Result<(), String> {
        if let Some(variable) = variable(value, source) {
            found(Place {
                variable,
                ty: &slot.ty,
                default: slot.default.is_some(),
                one_of,
            });
            return Ok(());
        }
        self.value(value, &slot.ty, source, path, found)
    }

    /// Reads `value` by the type `ty` and brings it into the form that resolvers read: enum values as such, ids as text.
    ///
    /// The error is one sentence that begins with the path.
    fn value(
        &self,
        value: &mut Value,
        ty: &Type,
        source: Source,
        path: &Path<'_>,
        found: &mut dyn FnMut(Place<'_>),
    ) -> Result<(), String> {
        if let Some(variable) = variable(value, source) {
            found(Place {
                variable,
                ty,
                default: false,
                one_of: false,
            });
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
                Some((name, TypeEntry::Scalar)) => scalar(name, value, path),
                Some((name, TypeEntry::Enum(values))) => {
                    enumeration(name, values, value, source, path)
                }
                Some((name, TypeEntry::Input(entry))) => {
                    self.input(name, entry, value, source, path, found)
                }
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
            return Err(format!(
                "`{path}` must be an object of the type `{name}`, not {}.",
                told(value)
            ));
        };
        for (key, value) in fields.iter_mut() {
            let Some(field) = entry.field(key) else {
                return Err(format!(
                    "`{path}` has no field `{}`; `{name}` has {}.",
                    clip(key, ECHO),
                    names(entry)
                ));
            };
            let path = Path::Field(path, &field.name);
            if entry.one_of && *value == Value::Null {
                return Err(format!(
                    "`{path}` must not be null: it is the one field of a `{name}`."
                ));
            }
            self.slot(value, field, entry.one_of, source, &path, found)?;
        }
        if entry.one_of && fields.len() != 1 {
            return Err(format!(
                "`{path}` must have exactly one of {}; it has {}.",
                names(entry),
                fields.len()
            ));
        }
        match entry
            .fields
            .iter()
            .find(|field| field.required() && !fields.contains_key(field.name.as_str()))
        {
            Some(field) => Err(format!(
                "`{path}` lacks `{}: {}`, which `{name}` requires.",
                field.name, field.ty
            )),
            None => Ok(()),
        }
    }

    /// The values of the variables, defaults filled in; one that is omitted and has no default is absent.
    fn variables(
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
                    Ok(mut value) => self
                        .value(&mut value, ty, Source::Variables, &path, &mut |_| {})
                        .map(|()| Some(value)),
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
        if refusals.is_empty() {
            Ok(values)
        } else {
            Err(refusals)
        }
    }
}

/// The name of the variable that stands for the whole of `value`.
fn variable(value: &Value, source: Source) -> Option<&str> {
    match value {
        Value::Enum(name) if source == Source::Document => name.strip_prefix(VARIABLE),
        _ => None,
    }
}

/// A variable as it stands in a value that is otherwise constant.
#[expect(
    clippy::unnecessary_wraps,
    reason = "the parser's conversion asks for a result"
)]
fn sentinel(name: &str) -> Result<Value, Infallible> {
    Ok(Value::Enum(Name::new(format!("{VARIABLE}{name}"))))
}

/// Notes the variables of a value whose type is not known, so that they count as used. Their place accepts anything.
fn unknown_variables(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Enum(_) => found.extend(variable(value, Source::Document).map(str::to_owned)),
        Value::List(values) => values
            .iter()
            .for_each(|value| unknown_variables(value, found)),
        Value::Object(fields) => fields
            .values()
            .for_each(|value| unknown_variables(value, found)),
        _ => {}
    }
}

fn scalar(name: &str, value: &mut Value, path: &Path<'_>) -> Result<(), String> {
    let wanted = match (name, &mut *value) {
        ("Int", Value::Number(number)) => {
            // 20.0 is the whole number 20 in JSON.
            let whole = number.as_i64().or_else(|| {
                let float = number.as_f64()?;
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
                (Some((_, true, _, _)) | None, Value::String(text)) => return no_nul(text, path),
                (Some((_, _, true, _)), Value::Object(_)) | (None, _) => return Ok(()),
                (Some((_, _, _, wanted)), _) => wanted,
            }
        }
    };
    Err(format!("`{path}` must be {wanted}, not {}.", told(value)))
}

/// PostgreSQL has no text with this character in it, and no place has a name with it.
fn no_nul(text: &str, path: &Path<'_>) -> Result<(), String> {
    if text.contains('\0') {
        Err(format!("`{path}` must not contain the character U+0000."))
    } else {
        Ok(())
    }
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
    let among = if list.len() <= 160 {
        format!(": {list}")
    } else {
        String::new()
    };
    Err(format!(
        "`{path}` must be a value of `{name}`{among}; not {}.",
        told(value)
    ))
}

/// The fields of an input object, as far as a sentence holds them.
fn names(entry: &InputEntry) -> String {
    let names: Vec<&str> = entry
        .fields
        .iter()
        .map(|field| field.name.as_str())
        .collect();
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

/// The place of a variable that the request left out.
fn absent() -> Value {
    Value::Enum(Name::new("$"))
}

fn is_absent(value: &Value) -> bool {
    matches!(value, Value::Enum(name) if name == "$")
}

/// Writes the variables into the operation and its fragments, and drops everything else.
fn write_values(
    document: ExecutableDocument,
    name: Option<&str>,
    kept: &HashSet<String>,
    values: &HashMap<String, Value>,
    limits: &Limits,
) -> Result<ExecutableDocument, Refusal> {
    let mut operation = match (document.operations, name) {
        (DocumentOperations::Single(operation), _) => operation,
        (DocumentOperations::Multiple(operations), name) => operations
            .into_iter()
            .find(|(key, _)| name.is_none_or(|name| key == name))
            .map(|(_, operation)| operation)
            .ok_or_else(|| Refusal::invalid("The document has no such operation."))?,
    };
    let mut fragments = document.fragments;
    fragments.retain(|name, _| kept.contains(name.as_str()));
    let sizes = values
        .iter()
        .map(|(name, value)| (name.as_str(), size(value)))
        .collect();
    let mut writer = Writer {
        values,
        sizes,
        left: limits.max_variable_bytes,
    };
    operation.node.variable_definitions.clear();
    let fits = writer.selections(&mut operation.node.selection_set.node)
        && fragments
            .values_mut()
            .all(|fragment| writer.selections(&mut fragment.node.selection_set.node));
    if !fits {
        return Err(Refusal::limit(format!(
            "The variables come to more than {} bytes, counted as often as the document uses them.",
            limits.max_variable_bytes
        )));
    }
    Ok(ExecutableDocument {
        operations: DocumentOperations::Single(operation),
        fragments,
    })
}

/// About how many bytes a value takes.
fn size(value: &Value) -> usize {
    match value {
        Value::String(text) => 32 + text.len(),
        Value::List(values) => 32 + values.iter().map(size).sum::<usize>(),
        Value::Object(fields) => {
            32 + fields
                .iter()
                .map(|(key, value)| 32 + key.len() + size(value))
                .sum::<usize>()
        }
        _ => 32,
    }
}

struct Writer<'v> {
    values: &'v HashMap<String, Value>,
    sizes: HashMap<&'v str, usize>,
    left: usize,
}

impl Writer<'_> {
    /// `false` when the values are larger than is left.
    fn selections(&mut self, set: &mut SelectionSet) -> bool {
        set.items.iter_mut().all(|selection| {
            let directives = selection.node.directives_mut().iter_mut();
            for (_, value) in directives.flat_map(|directive| &mut directive.node.arguments) {
                let taken = std::mem::take(&mut value.node);
                let Ok(written) = taken.into_const_with(|name| self.variable(&name));
                value.node = without_absent(written).into_value();
            }
            match &mut selection.node {
                Selection::Field(field) => {
                    field.node.arguments.retain_mut(|(_, value)| {
                        let taken = std::mem::take(&mut value.node);
                        let Ok(written) = taken.into_const_with(|name| self.variable(&name));
                        if is_absent(&written) {
                            return false;
                        }
                        value.node = without_absent(written).into_value();
                        true
                    });
                    self.left > 0 && self.selections(&mut field.node.selection_set.node)
                }
                Selection::InlineFragment(fragment) => {
                    self.selections(&mut fragment.node.selection_set.node)
                }
                Selection::FragmentSpread(_) => true,
            }
        })
    }

    #[expect(
        clippy::unnecessary_wraps,
        reason = "the parser's conversion asks for a result"
    )]
    fn variable(&mut self, name: &str) -> Result<Value, Infallible> {
        self.left = self
            .left
            .saturating_sub(self.sizes.get(name).copied().unwrap_or_default());
        if self.left == 0 {
            return Ok(Value::Null);
        }
        Ok(self.values.get(name).cloned().unwrap_or_else(absent))
    }
}

/// An omitted variable leaves out its input field, and is null in a list.
fn without_absent(mut value: Value) -> Value {
    match &mut value {
        Value::List(values) => {
            for value in values {
                let taken = std::mem::take(value);
                if !is_absent(&taken) {
                    *value = without_absent(taken);
                }
            }
        }
        Value::Object(fields) => {
            fields.retain(|_, value| !is_absent(value));
            for value in fields.values_mut() {
                *value = without_absent(std::mem::take(value));
            }
        }
        _ => {}
    }
    value
}
