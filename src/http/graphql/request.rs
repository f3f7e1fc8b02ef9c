//! From an HTTP request to the parameters of a GraphQL request.

use std::sync::Arc;
use std::time::Duration;

use poem::Request;
use poem::error::ReadBodyError;
use poem::http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE};
use poem::http::{HeaderMap, Method, StatusCode};
use serde_json::{Map, Value as Json};

use crate::graphql::limits::Limits;
use crate::graphql::refusal::{ErrorCode, Refusal};
use crate::http::graphql::negotiate::is_utf8;
use crate::http::graphql::persisted::{Digest, Persisted};

/// The methods that the endpoint answers.
pub(crate) const ALLOW: &str = "GET, HEAD, POST, OPTIONS";

/// The parameters of a request, checked for their kinds.
#[derive(Debug, PartialEq)]
pub(crate) struct Parameters {
    pub(crate) query: Arc<str>,
    /// What the request calls the query, which is known by it from now on where it is answered.
    pub(crate) digest: Option<Digest>,
    pub(crate) operation_name: Option<String>,
    pub(crate) variables: Map<String, Json>,
    /// The edition to read, from the URI whatever the method: an answer and its edition are one address.
    pub(crate) edition: Option<String>,
}

/// Why an HTTP request gets no further.
#[derive(Debug)]
pub(crate) struct HttpRefusal {
    pub(crate) status: StatusCode,
    pub(crate) refusal: Refusal,
    /// The methods that would be allowed, when it is about that.
    pub(crate) allow: Option<&'static str>,
}

impl HttpRefusal {
    pub(crate) fn new(status: StatusCode, code: ErrorCode, message: impl Into<String>) -> Self {
        Self { status, refusal: Refusal::new(code, message), allow: None }
    }

    pub(crate) fn method(allow: &'static str, message: &str) -> Self {
        let refused = Self::new(StatusCode::METHOD_NOT_ALLOWED, ErrorCode::BadRequest, message);
        Self { allow: Some(allow), ..refused }
    }

    pub(super) fn bad(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, ErrorCode::BadRequest, message)
    }

    fn body(limits: &Limits) -> Self {
        let message = format!("The body is larger than {} bytes.", limits.max_body_bytes);
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, ErrorCode::LimitExceeded, message)
    }
}

/// Whether a request may not change anything: its answer can be cached, its operation must be a query.
pub(crate) fn is_safe(method: &Method) -> bool {
    method == Method::GET || method == Method::HEAD
}

/// Reads the parameters, from the URI of a GET and from the body of a POST; a query that is named by its digest from what is `known`.
pub(super) async fn read(request: &mut Request, limits: &Limits, known: &Persisted) -> Result<Parameters, HttpRefusal> {
    let uri = request.original_uri();
    let length = uri.path().len() + uri.query().map_or(0, |query| 1 + query.len());
    if length > limits.max_uri_bytes {
        let message = format!("The URI is longer than {} bytes; send the query by POST.", limits.max_uri_bytes);
        return Err(HttpRefusal::new(StatusCode::URI_TOO_LONG, ErrorCode::LimitExceeded, message));
    }
    let edition = edition(request)?;
    if is_safe(request.method()) {
        return Ok(Parameters { edition, ..from_uri(request, known)? });
    }
    if request.method() != Method::POST {
        return Err(HttpRefusal::method(ALLOW, "GraphQL is served by GET and POST."));
    }
    check_content(request.headers())?;
    let announced = request.headers().get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    if announced.is_some_and(|length| length > limits.max_body_bytes as u64) {
        return Err(HttpRefusal::body(limits));
    }
    let reading = request.take_body().into_bytes_limit(limits.max_body_bytes);
    let body = match tokio::time::timeout(Duration::from_millis(limits.timeout_ms), reading).await {
        Ok(Ok(body)) => body,
        Ok(Err(ReadBodyError::PayloadTooLarge)) => return Err(HttpRefusal::body(limits)),
        Ok(Err(_)) => return Err(HttpRefusal::bad("The body ends too early.")),
        Err(_) => {
            let message = format!("The body did not arrive within {} ms.", limits.timeout_ms);
            return Err(HttpRefusal::new(StatusCode::REQUEST_TIMEOUT, ErrorCode::Timeout, message));
        }
    };
    Ok(Parameters { edition, ..from_json(&body, known)? })
}

/// The parameter `edition` of the URI.
fn edition(request: &Request) -> Result<Option<String>, HttpRefusal> {
    let given: Vec<(String, String)> =
        request.params().map_err(|_| HttpRefusal::bad("The parameters of the URI cannot be read."))?;
    let mut editions = given.into_iter().filter(|(name, value)| name == "edition" && !value.is_empty());
    match (editions.next(), editions.next()) {
        (_, Some(_)) => Err(HttpRefusal::bad("The parameter `edition` is given twice.")),
        (edition, None) => Ok(edition.map(|(_, id)| id)),
    }
}

/// A body is JSON and says so. Other types are refused because a page elsewhere can send them without being asked.
fn check_content(headers: &HeaderMap) -> Result<(), HttpRefusal> {
    let unsupported =
        |message: &str| Err(HttpRefusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, ErrorCode::BadRequest, message));
    let json = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).is_some_and(|value| {
        let mut parts = value.split(';');
        parts.next().is_some_and(|media| media.trim().eq_ignore_ascii_case("application/json"))
            && parts.all(|parameter| match parameter.split_once('=') {
                Some((name, charset)) if name.trim().eq_ignore_ascii_case("charset") => is_utf8(charset),
                _ => true,
            })
    });
    if !json {
        return unsupported("The content type of the body must be `application/json`, its charset UTF-8.");
    }
    match headers.get(CONTENT_ENCODING) {
        Some(encoding) if encoding != "identity" => unsupported("The body must not be compressed."),
        _ => Ok(()),
    }
}

fn from_uri(request: &Request, known: &Persisted) -> Result<Parameters, HttpRefusal> {
    let given: Vec<(String, String)> =
        request.params().map_err(|_| HttpRefusal::bad("The parameters of the URI cannot be read."))?;
    let mut object = Map::new();
    for (name, value) in given {
        // An empty parameter is what a form sends for a field that was left alone.
        if value.is_empty() {
            continue;
        }
        let value = match name.as_str() {
            "query" | "operationName" => Json::String(value),
            "variables" | "extensions" => serde_json::from_str(&value)
                .map_err(|error| HttpRefusal::bad(format!("The parameter `{name}` is not JSON: {error}.")))?,
            _ => continue,
        };
        if object.contains_key(&name) {
            return Err(HttpRefusal::bad(format!("The parameter `{name}` is given twice.")));
        }
        object.insert(name, value);
    }
    parameters(object, known)
}

fn from_json(body: &[u8], known: &Persisted) -> Result<Parameters, HttpRefusal> {
    if body.is_empty() {
        return Err(HttpRefusal::bad("The body is empty; it must be a JSON object with the key `query`."));
    }
    match serde_json::from_slice(body) {
        Ok(Json::Object(object)) => parameters(object, known),
        Ok(Json::Array(_)) => Err(HttpRefusal::bad("The body is a list; send one request at a time.")),
        Ok(_) => Err(HttpRefusal::bad("The body must be a JSON object with the key `query`.")),
        Err(error) => Err(HttpRefusal::bad(format!("The body is not JSON in UTF-8: {error}."))),
    }
}

fn parameters(mut object: Map<String, Json>, known: &Persisted) -> Result<Parameters, HttpRefusal> {
    let query = match object.remove("query") {
        Some(Json::String(query)) => Some(query),
        Some(Json::Null) | None => None,
        Some(_) => return Err(HttpRefusal::bad("`query` must be text.")),
    };
    let operation_name = match object.remove("operationName") {
        Some(Json::String(name)) => Some(name),
        Some(Json::Null) | None => None,
        Some(_) => return Err(HttpRefusal::bad("`operationName` must be text.")),
    };
    let mut map = |name: &str| match object.remove(name) {
        Some(Json::Object(map)) => Ok(map),
        Some(Json::Null) | None => Ok(Map::new()),
        Some(_) => Err(HttpRefusal::bad(format!("`{name}` must be an object."))),
    };
    let variables = map("variables")?;
    let digest = Digest::given(&map("extensions")?)?;
    Ok(Parameters { query: known.document(query, digest)?, digest, operation_name, variables, edition: None })
}
