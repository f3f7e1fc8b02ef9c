//! Values against their types, before anything runs: the literals of a document and the variables of a request.
//!
//! async-graphql reads an argument when its field is resolved, so a wrong variable comes out as a field error of an
//! operation that has half run; it takes a variable of another type than its place wants, refuses a `[T!]!` variable where
//! `[T!]` is wanted, and gives an omitted variable as null where the argument's default belongs. So the checks of the
//! specification are made here (sections 5.3 to 5.8 and 6.1.2, as far as [`guard`](crate::graphql::guard) and
//! [`validation`](crate::graphql::validation) have not made them), and then the values are written into the document:
//! what is handed on has one operation and no variables, and async-graphql need not look at it again.
//!
//! Custom scalars are the resolver's to read; here only the kind of JSON they are is checked, by [`SCALARS`].

mod document;
mod value;
mod write;

use std::collections::HashMap;

use async_graphql::parser::types::{DocumentOperations, ExecutableDocument, FragmentDefinition, OperationDefinition};
use async_graphql::{Name, Positioned};
use serde_json::{Map, Value as Json};

use crate::graphql::limits::Limits;
#[cfg(doc)]
use crate::graphql::refusal::ErrorCode;
use crate::graphql::refusal::{ECHO, Refusal, clip};
use crate::graphql::schema_map::SchemaMap;
pub use value::SCALARS;

/// The operation that a request asks for.
///
/// # Errors
/// [`ErrorCode::GraphqlValidationFailed`] when there is none of that name, or several and no name.
pub fn select<'a>(
    document: &'a ExecutableDocument,
    name: Option<&str>,
) -> Result<&'a Positioned<OperationDefinition>, Refusal> {
    let several = match &document.operations {
        DocumentOperations::Single(operation) if name.is_none() => return Ok(operation),
        DocumentOperations::Single(_) => None,
        DocumentOperations::Multiple(operations) => Some(operations),
    };
    let found = match (several, name) {
        (Some(operations), Some(name)) => operations.get(name),
        (Some(operations), None) if operations.len() == 1 => operations.values().next(),
        _ => None,
    };
    found.ok_or_else(|| match name {
        Some(name) => Refusal::invalid(format!("The document has no operation named `{}`.", clip(name, ECHO))),
        None => Refusal::invalid("The document has several operations; `operationName` must say which one."),
    })
}

/// An operation whose document has been checked, and which waits for variables: it is the same for all requests that send that document.
#[derive(Debug)]
pub struct Operation {
    operation: Positioned<OperationDefinition>,
    /// Those that it reaches.
    fragments: HashMap<Name, Positioned<FragmentDefinition>>,
    /// The variables that must not be null although their types let them, with the type of their place.
    not_null: Vec<(String, String)>,
}

impl Operation {
    /// The operation called `name`. All of the document is checked against the schema here, because nobody will after.
    ///
    /// # Errors
    /// Every reason found, in the order of the text, at most `max_errors`: [`ErrorCode::GraphqlValidationFailed`].
    pub fn check(
        map: &SchemaMap,
        limits: &Limits,
        document: ExecutableDocument,
        name: Option<&str>,
    ) -> Result<Self, Vec<Refusal>> {
        let operation = select(&document, name).map_err(|refusal| vec![refusal])?;
        let checked = document::check_definitions(&value::Coercer { map }, &document, operation);
        let checked = checked.map_err(|mut refusals| {
            refusals.sort_by_key(|refusal| refusal.at.map(|at| (at.line, at.column)));
            refusals.truncate(limits.max_errors);
            refusals
        })?;
        let operation = operation.clone();
        let mut fragments = document.fragments;
        fragments.retain(|name, _| checked.fragments.contains(name.as_str()));
        Ok(Self { operation, fragments, not_null: checked.not_null })
    }

    /// Checks the variables of a request and writes them into the operation: what is returned has it alone, without variable definitions, and the
    /// fragments that it reaches.
    ///
    /// # Errors
    /// Every reason found, in the order of the definitions, at most `max_errors`: [`ErrorCode::BadUserInput`].
    pub fn with(
        &self,
        map: &SchemaMap,
        limits: &Limits,
        variables: &Map<String, Json>,
    ) -> Result<ExecutableDocument, Vec<Refusal>> {
        let coercer = value::Coercer { map };
        let values =
            coercer.variables(&self.operation.node.variable_definitions, variables).map_err(|mut refusals| {
                refusals.truncate(limits.max_errors);
                refusals
            })?;
        for definition in &self.operation.node.variable_definitions {
            let is_this = |(variable, _): &&(String, String)| *variable == definition.node.name.node.as_str();
            if values.get(definition.node.name.node.as_str()) == Some(&async_graphql::Value::Null)
                && let Some((variable, ty)) = self.not_null.iter().find(is_this)
            {
                let told = format!("`${}` must not be null: it is used where `{ty}` is wanted.", clip(variable, ECHO));
                return Err(vec![Refusal::input(told).at(definition.pos)]);
            }
        }
        let (operation, fragments) = (self.operation.clone(), self.fragments.clone());
        write::write_values(operation, fragments, &values, limits).map_err(|refusal| vec![refusal])
    }
}

/// Checks every value of `document` and the variables of the operation called `name`, and writes the variables into it.
///
/// # Errors
/// Those of [`Operation::check`] and [`Operation::with`].
pub fn resolve_values(
    map: &SchemaMap,
    limits: &Limits,
    document: ExecutableDocument,
    name: Option<&str>,
    variables: &Map<String, Json>,
) -> Result<ExecutableDocument, Vec<Refusal>> {
    Operation::check(map, limits, document, name)?.with(map, limits, variables)
}
