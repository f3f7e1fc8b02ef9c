//! The values that a document writes out, and the places of its variables.

use std::collections::{HashMap, HashSet};

use async_graphql::parser::types::{
    BaseType, Directive, ExecutableDocument, Field, OperationDefinition, OperationType, Selection, SelectionSet, Type,
    VariableDefinition,
};
use async_graphql::{Name, Pos, Positioned, Value};

use super::value::{Coercer, Path, Place, Source, sentinel, variable};
use crate::graphql::refusal::{ECHO, Refusal, clip};
use crate::graphql::schema_map::{TypeEntry, ValueEntry, named};

/// What one operation or fragment says.
#[derive(Default)]
struct Definition<'a> {
    usages: Vec<Usage>,
    /// Variables in a place whose type is not known.
    mentioned: Vec<String>,
    spreads: Vec<Spread<'a>>,
    refusals: Vec<Refusal>,
}

/// A fragment that is spread.
struct Spread<'a> {
    name: &'a str,
    at: Pos,
    /// The type it is spread on; `None` below something unknown.
    on: Option<&'a str>,
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

/// What is known of the selected operation once its document is checked.
pub(super) struct Checked {
    /// The fragments that it reaches.
    pub(super) fragments: HashSet<String>,
    /// The variables that may be null by their types and stand in places that may not, since a default makes that good
    /// where nothing is given; with the type of the place.
    pub(super) not_null: Vec<(String, String)>,
}

/// Checks all definitions.
pub(super) fn check_definitions<'a>(
    coercer: &Coercer<'a>,
    document: &'a ExecutableDocument,
    selected: &'a Positioned<OperationDefinition>,
) -> Result<Checked, Vec<Refusal>> {
    let mut refusals = Vec::new();
    let mut fragments = HashMap::new();
    for (name, fragment) in &document.fragments {
        let mut definition = Definition::default();
        let on = &fragment.node.type_condition;
        let entry = coercer.type_named(&on.node.on, &mut definition);
        coercer.selections(&fragment.node.selection_set.node, entry, &mut definition);
        coercer.spreads(document, &mut definition);
        refusals.append(&mut definition.refusals);
        fragments.insert(name.as_str(), definition);
    }
    let mut checked = Checked { fragments: HashSet::new(), not_null: Vec::new() };
    let mut reached = HashSet::new();
    for (_, operation) in document.operations.iter() {
        let mut definition = Definition::default();
        let root = match operation.node.ty {
            OperationType::Query => Some(coercer.map.query()),
            _ => None,
        };
        coercer.selections(&operation.node.selection_set.node, root, &mut definition);
        coercer.spreads(document, &mut definition);
        refusals.append(&mut definition.refusals);
        let mut usages: Vec<&Usage> = definition.usages.iter().collect();
        let mut mentioned: HashSet<&str> = definition.mentioned.iter().map(String::as_str).collect();
        let mut here = HashSet::new();
        let mut open: Vec<&Spread<'_>> = definition.spreads.iter().collect();
        while let Some(spread) = open.pop() {
            if let Some(fragment) = fragments.get(spread.name)
                && here.insert(spread.name)
            {
                usages.extend(&fragment.usages);
                mentioned.extend(fragment.mentioned.iter().map(String::as_str));
                open.extend(&fragment.spreads);
            }
        }
        mentioned.extend(usages.iter().map(|usage| usage.variable.as_str()));
        check_usages(coercer, operation, &usages, &mentioned, &mut refusals);
        reached.extend(here.iter().copied());
        if std::ptr::eq(operation, selected) {
            checked.fragments.extend(here.into_iter().map(str::to_owned));
            let not_null = usages.iter().filter(|usage| !usage.ty.nullable);
            checked.not_null.extend(not_null.map(|usage| (usage.variable.clone(), usage.ty.to_string())));
        }
    }
    for (name, fragment) in &document.fragments {
        if !reached.contains(name.as_str()) {
            let told = format!("The fragment `{}` is never used.", clip(name, ECHO));
            refusals.push(Refusal::invalid(told).at(fragment.pos));
        }
    }
    if refusals.is_empty() { Ok(checked) } else { Err(refusals) }
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
            refusals.push(Refusal::invalid(format!("The variable `${short}` is defined twice.")).at(definition.pos));
        }
        match coercer.map.get(named(ty)) {
            Some((_, TypeEntry::Composite(_))) => refusals.push(
                Refusal::invalid(format!("The variable `${short}` has the type `{}`, which is no input.", named(ty)))
                    .at(definition.pos),
            ),
            Some(_) => {
                if let Some(default) = &definition.node.default_value {
                    let mut value = default.node.clone();
                    let path = Path::Variable(name);
                    if let Err(text) = coercer.value(&mut value, ty, Source::Document, &path, &mut |_| {}) {
                        refusals.push(Refusal::invalid(format!("The default of {text}")).at(default.pos));
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
            refusals.push(Refusal::invalid(format!("The variable `${short}` is never used.")).at(definition.pos));
        }
    }
    for usage in usages {
        let short = clip(&usage.variable, ECHO);
        let Some(definition) = defined.get(usage.variable.as_str()) else {
            refusals.push(Refusal::invalid(format!("The variable `${short}` is not defined.")).at(usage.at));
            continue;
        };
        let ty = &definition.node.var_type.node;
        let default = definition.node.default_value.as_ref().is_some_and(|value| value.node != Value::Null);
        let allowed = if usage.one_of && ty.nullable {
            false
        } else if !usage.ty.nullable && ty.nullable {
            (default || usage.default) && fits_base(&ty.base, &usage.ty.base)
        } else {
            fits(ty, &usage.ty)
        };
        if !allowed {
            let place = if usage.one_of { format!("{}!", usage.ty.base) } else { usage.ty.to_string() };
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

impl<'a> Coercer<'a> {
    fn type_named(&self, on: &Positioned<Name>, definition: &mut Definition<'a>) -> Option<&'a str> {
        match self.map.get(&on.node) {
            Some((name, TypeEntry::Composite(_))) => Some(name),
            Some(_) => {
                definition
                    .refusals
                    .push(Refusal::invalid(format!("`{}` has no fields to select.", clip(&on.node, ECHO))).at(on.pos));
                None
            }
            None => {
                definition
                    .refusals
                    .push(Refusal::invalid(format!("The type `{}` does not exist.", clip(&on.node, ECHO))).at(on.pos));
                None
            }
        }
    }

    /// Whether something of the type `on` can be of the type `within`, which a fragment in it is on.
    fn possible(&self, within: Option<&str>, on: Option<&str>, at: Pos, definition: &mut Definition<'a>) {
        if let (Some(within), Some(on)) = (within, on)
            && let (Some(here), Some(there)) = (self.map.composite(within), self.map.composite(on))
            && !here.overlaps(there)
        {
            let told = format!("A fragment on `{within}` cannot stand where a `{on}` is, for none is the other.");
            definition.refusals.push(Refusal::invalid(told).at(at));
        }
    }

    /// The fragments that a definition spreads: that they exist and are possible there.
    fn spreads(&self, document: &ExecutableDocument, definition: &mut Definition<'a>) {
        for spread in std::mem::take(&mut definition.spreads) {
            match document.fragments.get(spread.name) {
                Some(fragment) => {
                    let within = fragment.node.type_condition.node.on.node.as_str();
                    self.possible(Some(within), spread.on, spread.at, definition);
                    definition.spreads.push(spread);
                }
                None => {
                    let known = document.fragments.keys().map(|name| name.as_str());
                    let told = format!(
                        "The fragment `{}` does not exist.{}",
                        clip(spread.name, ECHO),
                        suggestion(spread.name, known)
                    );
                    definition.refusals.push(Refusal::invalid(told).at(spread.at));
                }
            }
        }
    }

    /// `on` is `None` below something unknown: what is there cannot be checked.
    fn selections(&self, set: &'a SelectionSet, on: Option<&'a str>, definition: &mut Definition<'a>) {
        for selection in &set.items {
            let mut given = HashSet::new();
            for directive in selection.node.directives() {
                let name = directive.node.name.node.as_str();
                if !given.insert(name) {
                    let told = format!("The directive `@{}` stands there twice.", clip(name, ECHO));
                    definition.refusals.push(Refusal::invalid(told).at(directive.pos));
                }
                self.directive(directive, definition);
            }
            match &selection.node {
                Selection::Field(field) => self.field(field, on, definition),
                Selection::InlineFragment(fragment) => {
                    let on = match &fragment.node.type_condition {
                        Some(condition) => {
                            let within = self.type_named(&condition.node.on, definition);
                            self.possible(within, on, fragment.pos, definition);
                            within
                        }
                        None => on,
                    };
                    self.selections(&fragment.node.selection_set.node, on, definition);
                }
                Selection::FragmentSpread(spread) => {
                    let name = spread.node.fragment_name.node.as_str();
                    definition.spreads.push(Spread { name, at: spread.pos, on });
                }
            }
        }
    }

    fn field(&self, field: &'a Positioned<Field>, on: Option<&'a str>, definition: &mut Definition<'a>) {
        let name = field.node.name.node.as_str();
        let set = &field.node.selection_set.node;
        if name == "__typename" {
            // async-graphql looks at neither.
            if !set.items.is_empty() || !field.node.arguments.is_empty() {
                definition
                    .refusals
                    .push(Refusal::invalid("`__typename` has neither arguments nor fields.").at(field.pos));
            }
            return;
        }
        let entry = on.and_then(|on| self.map.composite(on)).and_then(|on| on.fields.get(name));
        let Some(entry) = entry else {
            if let Some(on) = on {
                let known = self.map.composite(on).into_iter().flat_map(|on| on.fields.keys().map(String::as_str));
                let told = format!("`{on}` has no field `{}`.{}", clip(name, ECHO), suggestion(name, known));
                definition.refusals.push(Refusal::invalid(told).at(field.pos));
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
                definition.refusals.push(
                    Refusal::invalid(format!("`{name}` has the argument `{}` twice.", clip(&argument.node, ECHO)))
                        .at(argument.pos),
                );
            }
            let at = value.pos;
            let Ok(value) = value.node.clone().into_const_with(|name| sentinel(&name));
            match entry.argument(&argument.node) {
                Some(known) => self.argument(name, known, value, at, definition),
                None => {
                    definition.refusals.push(
                        Refusal::invalid(format!(
                            "`{name}` has no argument `{}`.{}",
                            clip(&argument.node, ECHO),
                            suggestion(&argument.node, entry.arguments.iter().map(|known| known.name.as_str()))
                        ))
                        .at(argument.pos),
                    );
                    unknown_variables(&value, &mut definition.mentioned);
                }
            }
        }
        for argument in entry.arguments.iter().filter(|argument| argument.required()) {
            if !given.contains(argument.name.as_str()) {
                definition.refusals.push(
                    Refusal::invalid(format!("`{name}` requires the argument `{}: {}`.", argument.name, argument.ty))
                        .at(field.pos),
                );
            }
        }
        let composite = self.map.composite(&entry.returns).is_some();
        if composite == set.items.is_empty() {
            definition.refusals.push(
                Refusal::invalid(if composite {
                    format!("`{name}` is a `{}`; say which of its fields are wanted.", entry.returns)
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
                Refusal::invalid(format!("`@{name}` has exactly one argument, `if: Boolean!`.")).at(directive.pos),
            ),
        }
    }

    fn argument(&self, field: &str, argument: &ValueEntry, mut value: Value, at: Pos, definition: &mut Definition<'a>) {
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
        if let Err(text) = self.slot(&mut value, argument, false, Source::Document, &path, &mut found) {
            definition.refusals.push(Refusal::invalid(text).at(at));
        }
    }
}

/// What may have been meant by `name`, as a sentence with a blank before it: the nearest of `known`, two letters off at most.
fn suggestion<'k>(name: &str, known: impl Iterator<Item = &'k str>) -> String {
    let few = 1 + name.chars().count() / 4;
    let distance = |known: &'k str| (strsim::osa_distance(&known.to_lowercase(), &name.to_lowercase()), known);
    // A word of another length by more than that is further off; comparing long ones takes time.
    let near = |known: &&str| known.len().abs_diff(name.len()) <= 2 * few && name.len() <= 2 * ECHO;
    match known.filter(near).map(distance).min().filter(|(distance, _)| *distance <= few.min(2)) {
        Some((_, nearest)) => format!(" Did you mean `{nearest}`?"),
        None => String::new(),
    }
}

/// Notes the variables of a value whose type is not known, so that they count as used. Their place accepts anything.
fn unknown_variables(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Enum(_) => found.extend(variable(value, Source::Document).map(str::to_owned)),
        Value::List(values) => values.iter().for_each(|value| unknown_variables(value, found)),
        Value::Object(fields) => fields.values().for_each(|value| unknown_variables(value, found)),
        _ => {}
    }
}
