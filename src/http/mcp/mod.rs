//! `/mcp`: the documented queries as tools for agents (Model Context Protocol, streamable HTTP). Nothing is remembered between requests, every
//! answer is one JSON object, and a call is the request to `/graphql` that it stands for: same limits, same price, same kept answer.

mod tools;

use std::sync::Arc;

use poem::{
    Endpoint, IntoResponse, Request, Response,
    http::{HeaderValue, Method, StatusCode, header},
};
use serde_json::{Map, Value as Json, json};

use super::{
    cors,
    graphql::{Door, GraphqlEndpoint},
    parameters::{Address, Parameters},
    problem::Problem,
    state::State,
};
use crate::{graphql::Query, model::excerpt};

/// Where it is.
pub(super) const MCP: &str = "/mcp";

/// The versions of the protocol that are spoken, the newest first. What differs between them is nothing that is done here.
const VERSIONS: [&str; 3] = ["2025-06-18", "2025-03-26", "2024-11-05"];

/// What is told to a model of the whole.
const INSTRUCTIONS: &str = "Open data on social meeting places (kulturhus, dorpshuis, buurthuis, wijkcentrum, MFA) in the 25 municipalities \
    of Overijssel, the Netherlands. The list is not complete, and null or an empty list means \"not known\", never \"no\": say so with a figure. \
    Name the source and the licence of what you repeat; `how-to-cite` gives the citation of the edition.";

/// Codes of JSON-RPC 2.0.
const PARSE_ERROR: i32 = -32_700;
const INVALID_REQUEST: i32 = -32_600;
const METHOD_NOT_FOUND: i32 = -32_601;
const INVALID_PARAMS: i32 = -32_602;

/// A fault of a request, as JSON-RPC has it.
struct Fault {
    code: i32,
    message: String,
}

impl Fault {
    fn new(code: i32, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }
}

/// The endpoint, beside that of GraphQL.
pub(super) struct McpEndpoint {
    graphql: Arc<GraphqlEndpoint<Query, State>>,
    door: Arc<Door<Query>>,
}

impl McpEndpoint {
    /// Runs its calls by `graphql`, behind `door`.
    pub(super) fn new(graphql: Arc<GraphqlEndpoint<Query, State>>, door: Arc<Door<Query>>) -> Self {
        Self { graphql, door }
    }

    async fn answer(&self, request: &mut Request) -> Result<Response, Problem> {
        if request.method() == Method::OPTIONS {
            return Ok(cors::preflight("POST, OPTIONS"));
        }
        Parameters::read(request, Address::Crawlers)?;
        if request.method() != Method::POST {
            let detail = format!("`{}` is not answered here; send a message of JSON-RPC by POST", request.method());
            let mut response = Problem::new(StatusCode::METHOD_NOT_ALLOWED, detail).into_response();
            response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("POST, OPTIONS"));
            return Ok(response);
        }
        let most = self.door.limits().max_body_bytes;
        let Ok(body) = request.take_body().into_bytes_limit(most).await else {
            return Err(Problem::new(
                StatusCode::PAYLOAD_TOO_LARGE,
                format!("the body is larger than {most} bytes, or ends too early"),
            ));
        };
        let message = match serde_json::from_slice(&body) {
            Ok(Json::Object(message)) => message,
            Ok(_) => {
                let fault = Fault::new(INVALID_REQUEST, "The body must be one message, a JSON object.");
                return Ok(written(StatusCode::BAD_REQUEST, &Json::Null, Err(fault)));
            }
            Err(error) => {
                let fault = Fault::new(PARSE_ERROR, format!("The body is not JSON in UTF-8: {error}."));
                return Ok(written(StatusCode::BAD_REQUEST, &Json::Null, Err(fault)));
            }
        };
        // A notification, or an answer to what we never ask.
        let Some(id) = message.get("id").filter(|id| !id.is_null()) else {
            return Ok(StatusCode::ACCEPTED.into_response());
        };
        Ok(written(StatusCode::OK, id, self.told(&message).await))
    }

    /// What a message asks for.
    async fn told(&self, message: &Map<String, Json>) -> Result<Json, Fault> {
        let nothing = Map::new();
        let params = message.get("params").and_then(Json::as_object).unwrap_or(&nothing);
        match message.get("method").and_then(Json::as_str) {
            Some("initialize") => {
                let asked = params.get("protocolVersion").and_then(Json::as_str);
                let version = VERSIONS.into_iter().find(|version| asked == Some(version)).unwrap_or(VERSIONS[0]);
                Ok(json!({
                    "protocolVersion": version,
                    "capabilities": { "tools": { "listChanged": false } },
                    "serverInfo": { "name": "noaber", "title": "noaber", "version": super::API_VERSION },
                    "instructions": INSTRUCTIONS,
                }))
            }
            Some("ping") => Ok(json!({})),
            Some("tools/list") => {
                let told = tools::all().iter().map(|tool| tool.told(self.door.schema_map()));
                Ok(json!({ "tools": told.collect::<Vec<_>>() }))
            }
            Some("tools/call") => self.call(params).await,
            Some(other) => {
                let known = "`initialize`, `ping`, `tools/list` and `tools/call`";
                Err(Fault::new(METHOD_NOT_FOUND, format!("`{}` is no method here; there are {known}.", excerpt(other))))
            }
            None => Err(Fault::new(INVALID_REQUEST, "`method` must be text.")),
        }
    }

    /// Runs a tool. What the query refuses is told to the model, which can ask better.
    async fn call(&self, params: &Map<String, Json>) -> Result<Json, Fault> {
        let name = params.get("name").and_then(Json::as_str).unwrap_or_default();
        let Some(tool) = tools::named(name) else {
            return Err(Fault::new(
                INVALID_PARAMS,
                format!("`{}` is no tool; `tools/list` names them.", excerpt(name)),
            ));
        };
        let arguments = match params.get("arguments") {
            None | Some(Json::Null) => Map::new(),
            Some(Json::Object(arguments)) => arguments.clone(),
            Some(_) => return Err(Fault::new(INVALID_PARAMS, "`arguments` must be an object.")),
        };
        if let Some(unknown) = tool.unknown(&arguments) {
            let unknown = excerpt(unknown);
            return Ok(failed(&format!("`{unknown}` is no argument of `{name}`, which takes {}.", tool.takes())));
        }
        let asked = json!({ "query": tool.example.query(), "variables": arguments });
        let request = Request::builder()
            .method(Method::POST)
            .content_type("application/json")
            .header(header::ACCEPT, "application/json")
            .body(asked.to_string());
        let answer = self.graphql.get_response(request).await.into_body().into_bytes().await.unwrap_or_default();
        let mut answer: Json = serde_json::from_slice(&answer).unwrap_or_default();
        if let Some(errors) = answer["errors"].as_array() {
            let told: Vec<&str> = errors.iter().filter_map(|error| error["message"].as_str()).collect();
            return Ok(failed(&told.join(" ")));
        }
        let data = answer["data"].take();
        Ok(json!({
            "content": [{ "type": "text", "text": data.to_string() }],
            "structuredContent": data,
            "isError": false,
        }))
    }
}

/// The answer of a tool that did not do what was asked.
fn failed(why: &str) -> Json {
    json!({ "content": [{ "type": "text", "text": why }], "isError": true })
}

fn written(status: StatusCode, id: &Json, told: Result<Json, Fault>) -> Response {
    let message = match told {
        Ok(result) => json!({ "jsonrpc": "2.0", "id": id, "result": result }),
        Err(Fault { code, message }) => {
            json!({ "jsonrpc": "2.0", "id": id, "error": { "code": code, "message": message } })
        }
    };
    Response::builder()
        .status(status)
        .content_type("application/json")
        .header(header::CACHE_CONTROL, "no-store")
        .body(message.to_string())
}

impl Endpoint for McpEndpoint {
    type Output = Response;

    async fn call(&self, mut request: Request) -> poem::Result<Response> {
        Ok(self.answer(&mut request).await?)
    }
}
