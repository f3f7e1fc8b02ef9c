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
pub(super) fn check_definitions<'a>(
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
            OperationType::Query => Some(coercer.map.query()),
            _ => None,
        };
        coercer.selections(&operation.node.selection_set.node, root, &mut definition);
        refusals.append(&mut definition.refusals);
        let is_selected = std::ptr::eq(operation, selected);
        if !is_selected {
            refusals.append(&mut definition.shape);
        }
        let mut usages: Vec<&Usage> = definition.usages.iter().collect();
        let mut mentioned: HashSet<&str> = definition.mentioned.iter().map(String::as_str).collect();
        let mut here = HashSet::new();
        let mut open = definition.spreads.clone();
        while let Some((name, at)) = open.pop() {
            let Some(fragment) = fragments.get(name) else {
                if !is_selected {
                    refusals
                        .push(Refusal::invalid(format!("The fragment `{}` does not exist.", clip(name, ECHO))).at(at));
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
            let at = document.fragments.get(name).map_or_else(Pos::default, |fragment| fragment.pos);
            refusals.push(Refusal::invalid(format!("The fragment `{}` is never used.", clip(name, ECHO))).at(at));
        }
    }
    if refusals.is_empty() { Ok(kept) } else { Err(refusals) }
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
                    .shape
                    .push(Refusal::invalid(format!("`{}` has no fields to select.", clip(&on.node, ECHO))).at(on.pos));
                None
            }
            None => {
                definition
                    .shape
                    .push(Refusal::invalid(format!("The type `{}` does not exist.", clip(&on.node, ECHO))).at(on.pos));
                None
            }
        }
    }

    /// `on` is `None` below something unknown: what is there cannot be checked.
    fn selections(&self, set: &'a SelectionSet, on: Option<&'a str>, definition: &mut Definition<'a>) {
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
                    definition.spreads.push((&spread.node.fragment_name.node, spread.pos));
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
                definition
                    .shape
                    .push(Refusal::invalid(format!("`{on}` has no field `{}`.", clip(name, ECHO))).at(field.pos));
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
                    Refusal::invalid(format!("`{name}` has the argument `{}` twice.", clip(&argument.node, ECHO)))
                        .at(argument.pos),
                );
            }
            let at = value.pos;
            let Ok(value) = value.node.clone().into_const_with(|name| sentinel(&name));
            match entry.argument(&argument.node) {
                Some(known) => self.argument(name, known, value, at, definition),
                None => {
                    definition.shape.push(
                        Refusal::invalid(format!("`{name}` has no argument `{}`.", clip(&argument.node, ECHO)))
                            .at(argument.pos),
                    );
                    unknown_variables(&value, &mut definition.mentioned);
                }
            }
        }
        for argument in entry.arguments.iter().filter(|argument| argument.required()) {
            if !given.contains(argument.name.as_str()) {
                definition.shape.push(
                    Refusal::invalid(format!("`{name}` requires the argument `{}: {}`.", argument.name, argument.ty))
                        .at(field.pos),
                );
            }
        }
        let composite = self.map.composite(&entry.returns).is_some();
        if composite == set.items.is_empty() {
            definition.shape.push(
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

/// Notes the variables of a value whose type is not known, so that they count as used. Their place accepts anything.
fn unknown_variables(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Enum(_) => found.extend(variable(value, Source::Document).map(str::to_owned)),
        Value::List(values) => values.iter().for_each(|value| unknown_variables(value, found)),
        Value::Object(fields) => fields.values().for_each(|value| unknown_variables(value, found)),
        _ => {}
    }
}
