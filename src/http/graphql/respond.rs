//! The JSON of an answer, and its status.

use async_graphql::{PathSegment, Pos, Response, ServerError, Value};
use poem::http::StatusCode;
use serde::Serialize;
use serde_json::{Map, Value as Json};

use crate::graphql::hot::write_value;
use crate::graphql::limits::Limits;
use crate::graphql::refusal::{ErrorCode, Refusal, clip};
use crate::graphql::schema_map::SchemaMap;
use crate::http::graphql::negotiate::MediaType;

/// What an operation came to.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// Data without an error.
    Data(Vec<u8>),
    /// Data, or null, with the errors of fields.
    Partial(Vec<u8>),
    /// Refused by validation.
    Refused(Vec<u8>),
}

/// Writes what async-graphql answers. `id` names the request in the log and to the caller.
pub(crate) fn write(response: &Response, map: &SchemaMap, limits: &Limits, id: &str) -> Outcome {
    let mut body = Vec::with_capacity(1024);
    if response.errors.is_empty() {
        body.extend_from_slice(b"{\"data\":");
        write_value(&mut body, &response.data);
        body.push(b'}');
        return Outcome::Data(body);
    }
    // What is refused has no place in the data; async-graphql gives it `data: null` all the same.
    let refused = response.data == Value::Null && response.errors.iter().all(|error| error.path.is_empty());
    let errors = response.errors.iter().take(limits.max_errors);
    let errors: Vec<ErrorJson> = errors.map(|error| error_json(error, map, limits, id)).collect();
    body.extend_from_slice(b"{\"errors\":");
    write_json(&mut body, &errors);
    if !refused {
        body.extend_from_slice(b",\"data\":");
        write_value(&mut body, &response.data);
    }
    body.push(b'}');
    if refused { Outcome::Refused(body) } else { Outcome::Partial(body) }
}

/// One error of an answer, in the order of its keys.
#[derive(Serialize)]
struct ErrorJson {
    message: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    locations: Vec<Pos>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    path: Vec<PathSegment>,
    extensions: Map<String, Json>,
}

/// Writes the reasons why nothing was executed. There is no key `data`.
pub(crate) fn write_refusals(refusals: &[Refusal], limits: &Limits, id: Option<&str>) -> Vec<u8> {
    let errors: Vec<ErrorJson> = refusals
        .iter()
        .take(limits.max_errors)
        .map(|refusal| ErrorJson {
            message: message(&refusal.message, limits),
            locations: refusal.at.into_iter().chain(refusal.and_at).collect(),
            path: Vec::new(),
            extensions: extensions(refusal.code, id),
        })
        .collect();
    let mut body = b"{\"errors\":".to_vec();
    write_json(&mut body, &errors);
    body.push(b'}');
    body
}

fn extensions(code: ErrorCode, id: Option<&str>) -> Map<String, Json> {
    let id = id.map(|id| ("requestId".to_owned(), id.into()));
    [("code".to_owned(), code.as_str().into())].into_iter().chain(id).collect()
}

/// The status of a refused query. Under `application/json` the specification wants 200 for what is a GraphQL request but
/// does not parse, validate or coerce; what is refused for its size was not looked at that far.
pub(crate) fn refused_status(code: ErrorCode, media: MediaType) -> StatusCode {
    match code {
        ErrorCode::GraphqlParseFailed
        | ErrorCode::GraphqlValidationFailed
        | ErrorCode::BadUserInput
        | ErrorCode::PersistedQueryNotFound
            if media == MediaType::Json =>
        {
            StatusCode::OK
        }
        ErrorCode::Timeout | ErrorCode::ServiceUnavailable | ErrorCode::DatabaseUnavailable => {
            StatusCode::SERVICE_UNAVAILABLE
        }
        ErrorCode::RateLimited => StatusCode::TOO_MANY_REQUESTS,
        ErrorCode::InternalServerError => StatusCode::INTERNAL_SERVER_ERROR,
        _ => StatusCode::BAD_REQUEST,
    }
}

/// The reason why a text is not a query: what was expected, without the lines of the query that the parser shows.
pub(crate) fn parse_refusal(error: &async_graphql::parser::Error) -> Refusal {
    let text = error.to_string();
    let at = error.positions().next();
    let message = match text.rsplit_once("= ") {
        Some((_, expected)) => format!("The query is not GraphQL: {}.", expected.trim()),
        None => format!("The query is not GraphQL: {}.", text.trim().trim_end_matches('.')),
    };
    Refusal { at, ..Refusal::new(ErrorCode::GraphqlParseFailed, message) }
}

/// One error of async-graphql or of a resolver.
///
/// A code makes it the resolver's own, written for the caller. Without a code and with a path it is the text of whatever
/// went wrong, such as a database's, and goes to the log alone; except that async-graphql reads custom scalars and
/// checks bounds while it resolves, and reports so.
fn error_json(error: &ServerError, map: &SchemaMap, limits: &Limits, id: &str) -> ErrorJson {
    let given = error.extensions.as_ref().and_then(|given| serde_json::to_value(given).ok());
    let (text, extensions) = match given {
        Some(Json::Object(given)) if given.get("code").is_some_and(Json::is_string) => {
            (message(&error.message, limits), given)
        }
        _ if error.path.is_empty() => {
            (message(&error.message, limits), extensions(ErrorCode::GraphqlValidationFailed, None))
        }
        _ if reads_input(&error.message, map) => {
            (message(&error.message, limits), extensions(ErrorCode::BadUserInput, None))
        }
        _ => {
            tracing::error!(request_id = id, path = ?error.path, message = %error.message, "a field failed");
            ("internal error".to_owned(), extensions(ErrorCode::InternalServerError, Some(id)))
        }
    };
    // Conflicts of fields have two places.
    let locations = error.locations.iter().take(2).copied().collect();
    ErrorJson { message: text, locations, path: error.path.clone(), extensions }
}

/// Whether a message is async-graphql's about an input type of this schema (`InputValueError` in its `error.rs`).
fn reads_input(message: &str, map: &SchemaMap) -> bool {
    ["Failed to parse \"", "Expected input type \""].iter().any(|start| {
        message
            .strip_prefix(start)
            .and_then(|rest| rest.split_once('"'))
            .is_some_and(|(name, _)| map.get(name.trim_matches(['[', ']', '!'])).is_some())
    })
}

/// A message within bounds: no word longer than `max_echo_length`, no value echoed beyond it, `max_message_length` in all.
fn message(text: &str, limits: &Limits) -> String {
    let (told, echo) = match text.split_once(", found ") {
        Some((told, echo)) => (told, Some(clip(echo, limits.max_echo_length))),
        None => (text, None),
    };
    let mut words: Vec<String> = told.split(' ').map(|word| clip(word, limits.max_echo_length)).collect();
    if let (Some(echo), Some(last)) = (echo, words.last_mut()) {
        last.push_str(", found ");
        last.push_str(&echo);
    }
    let message = words.join(" ");
    match message.char_indices().nth(limits.max_message_length) {
        None => message,
        Some(_) => clip(&message, limits.max_message_length - 1),
    }
}

fn write_json(body: &mut Vec<u8>, errors: &[ErrorJson]) {
    // Writing to memory what is JSON already cannot fail.
    if serde_json::to_writer(&mut *body, errors).is_err() {
        body.extend_from_slice(b"[]");
    }
}
