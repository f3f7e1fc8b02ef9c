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

use async_graphql::Positioned;
use async_graphql::parser::types::{DocumentOperations, ExecutableDocument, OperationDefinition};
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

/// Checks every value of `document` and the variables of the operation called `name`, and writes the variables into it.
///
/// What is returned has that operation alone, without variable definitions, and the fragments it reaches. All of the
/// document is checked against the schema here, because nobody will after.
///
/// # Errors
/// Every reason found, in the order of the text, at most `max_errors`. The code is
/// [`ErrorCode::GraphqlValidationFailed`] for what the document says and [`ErrorCode::BadUserInput`] for the variables.
pub fn resolve_values(
    map: &SchemaMap,
    limits: &Limits,
    document: ExecutableDocument,
    name: Option<&str>,
    variables: &Map<String, Json>,
) -> Result<ExecutableDocument, Vec<Refusal>> {
    let coercer = value::Coercer { map };
    let operation = select(&document, name).map_err(|refusal| vec![refusal])?;
    let checked = document::check_definitions(&coercer, &document, operation).map_err(|mut refusals| {
        refusals.sort_by_key(|refusal| refusal.at.map(|at| (at.line, at.column)));
        refusals.truncate(limits.max_errors);
        refusals
    })?;
    let values = coercer.variables(&operation.node.variable_definitions, variables).map_err(|mut refusals| {
        refusals.truncate(limits.max_errors);
        refusals
    })?;
    for definition in &operation.node.variable_definitions {
        let is_this = |(variable, _): &&(String, String)| *variable == definition.node.name.node.as_str();
        if values.get(definition.node.name.node.as_str()) == Some(&async_graphql::Value::Null)
            && let Some((variable, ty)) = checked.not_null.iter().find(is_this)
        {
            let told = format!("`${}` must not be null: it is used where `{ty}` is wanted.", clip(variable, ECHO));
            return Err(vec![Refusal::input(told).at(definition.pos)]);
        }
    }
    write::write_values(document, name, &checked.fragments, &values, limits).map_err(|refusal| vec![refusal])
}
