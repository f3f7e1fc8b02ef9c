//! What the world talks to: routes, pages, headers.

mod aside;
mod asked;
mod cors;
mod download;
mod embed;
mod encoding;
pub mod export;
pub mod graphql;
mod health;
mod kept;
mod map;
mod pages;
mod parameters;
mod problem;
mod representation;
mod state;
pub mod without;

use std::sync::Arc;

use poem::{
    Endpoint, EndpointExt, IntoResponse, Request, Response, Route, get, handler,
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    web::Data,
};

use self::{
    graphql::{Door, GraphqlEndpoint},
    pages::{assets, examples, explorer, landing, language::Language, maker, missing, municipality, place, privacy},
    parameters::{Address, Parameters},
    problem::Problem,
    representation::About,
    state::{State, cache_of},
};
use crate::{
    graphql::{Query, limits::Limits, schema, schema_map::SchemaMapError},
    library::Library,
};

/// Where the API is; it answers for itself whatever comes.
const GRAPHQL: &str = "/graphql";

/// Version of the API, told in every answer: the major one changes only with what breaks its users.
const API_VERSION: &str = env!("CARGO_PKG_VERSION");

/// Everything that is served; corrections and requests for removal go to `contact`, a mailbox or a page.
///
/// # Errors
/// [`SchemaMapError`] when the schema cannot be read back from its SDL.
pub fn routes(library: Arc<Library>, contact: Option<String>) -> Result<impl Endpoint, SchemaMapError> {
    let limits = Limits::default();
    let state = State::new(library, Door::new(schema(), limits.clone())?, limits, contact);
    let endpoint: GraphqlEndpoint<Query, State> = GraphqlEndpoint::behind(state.door.clone(), state.clone());
    Ok(Route::new()
        .at(GRAPHQL, endpoint)
        .at("/", get(landing::dutch))
        .at("/en", get(landing::english))
        .at("/examples", get(examples::dutch))
        .at("/en/examples", get(examples::english))
        .at("/place/:slug", get(place::dutch))
        .at("/en/place/:slug", get(place::english))
        .at("/municipality/:slug", get(municipality::dutch))
        .at("/en/municipality/:slug", get(municipality::english))
        .at("/privacy", get(privacy::dutch))
        .at("/en/privacy", get(privacy::english))
        .at("/graphiql", get(explorer::explore))
        .at("/assets/*path", get(assets::file))
        .at("/places.geojson", get(download::places_geojson))
        .at("/places.csv", get(download::places_csv))
        .at("/map.svg", get(map::svg))
        .at("/map.png", get(map::png))
        .at("/embed", get(embed::list))
        .at("/embed/ground.geojson", get(embed::ground::geojson))
        .at("/embed/maker", get(maker::dutch))
        .at("/en/embed/maker", get(maker::english))
        .at("/schema.graphql", get(schema_text))
        .at("/health/live", get(health::live))
        .at("/health/ready", get(health::ready))
        .data(state)
        .around(finish))
}

/// `/schema.graphql`: the schema as text.
#[handler]
async fn schema_text(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    const TEXT: About = About::file("text/plain; charset=utf-8");
    Parameters::read(request, Address::Schema)?;
    Ok(state.schema.answer(request.headers(), &TEXT, cache_of(request)).await)
}

/// Adds the common headers and turns unknown routes into a problem document. A HEAD is a GET without the body, whatever it asks.
async fn finish<E: Endpoint>(endpoint: Arc<E>, mut request: Request) -> poem::Result<Response> {
    let path = request.uri().path().to_owned();
    let method = request.method().clone();
    if method == Method::HEAD {
        request.set_method(Method::GET);
        request.headers_mut().remove(header::RANGE);
    }
    let most = Limits::default().max_uri_bytes;
    let mut response = if path != GRAPHQL && request.uri().path_and_query().is_some_and(|uri| uri.as_str().len() > most)
    {
        Problem::new(StatusCode::URI_TOO_LONG, format!("the address is longer than {most} bytes")).into_response()
    } else if path != GRAPHQL && method == Method::OPTIONS {
        cors::preflight("GET, HEAD, OPTIONS")
    } else {
        let reader = Reader::of(&request);
        match (endpoint.call(request).await, reader) {
            (Ok(response), _) => response.into_response(),
            (Err(error), reader) => refused(error, reader, &path, &method).await,
        }
    };
    if method == Method::HEAD {
        response = headers_of(response).await;
    }
    let headers = response.headers_mut();
    headers.insert("api-version", HeaderValue::from_static(API_VERSION));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    cors::open(headers);
    Ok(response)
}

/// An answer without its body, of which the length is told.
async fn headers_of(mut response: Response) -> Response {
    let body = response.take_body();
    if response.status() != StatusCode::NOT_MODIFIED && !response.headers().contains_key(header::CONTENT_LENGTH) {
        let length = body.into_bytes().await.map_or(0, |bytes| bytes.len());
        response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    }
    response
}

/// What no route answered, or refused: a page for a reader, else a problem document.
async fn refused(error: poem::Error, reader: Option<Reader>, path: &str, method: &Method) -> Response {
    let own = !error.is_from_response();
    let problem = match error.status() {
        StatusCode::NOT_FOUND if own => {
            let path = crate::model::excerpt(path);
            Problem::new(StatusCode::NOT_FOUND, format!("there is nothing at `{path}`; `/` lists what there is"))
                .in_dutch(format!("er is niets op `{path}`; op `/` staat wat er is"))
        }
        StatusCode::METHOD_NOT_ALLOWED if own => {
            let problem = Problem::new(error.status(), format!("`{method}` is not answered here; use GET"));
            let mut response = problem.into_response();
            response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
            return response;
        }
        _ => match error.data::<Problem>() {
            Some(problem) => problem.clone(),
            None => return error.into_response(),
        },
    };
    match reader {
        Some(reader) => reader.page(&problem).await.unwrap_or_else(IntoResponse::into_response),
        None => problem.into_response(),
    }
}

/// Somebody who looks at the answer in a browser.
struct Reader {
    language: Language,
    headers: HeaderMap,
}

impl Reader {
    /// Browsers that go to an address name HTML; programs, and pictures in a page, do not.
    fn of(request: &Request) -> Option<Self> {
        let accepted = request.headers().get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok());
        let wants_page = accepted.flat_map(|value| value.split(',')).any(|range| {
            let (kind, rest) = range.split_once(';').unwrap_or((range, ""));
            kind.trim().eq_ignore_ascii_case("text/html") && rest.trim() != "q=0"
        });
        let path = request.uri().path();
        if !wants_page || path == GRAPHQL {
            return None;
        }
        let is_english = path == "/en" || path.starts_with("/en/");
        let of_path = if is_english { Language::En } else { Language::Nl };
        let language = Parameters::rest(request).language().unwrap_or(of_path);
        Some(Self { language, headers: request.headers().clone() })
    }

    async fn page(self, problem: &Problem) -> Result<Response, Problem> {
        missing::of(problem, self.language, &self.headers).await
    }
}
