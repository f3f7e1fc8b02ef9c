//! What the world talks to: routes, pages, headers.

mod asked;
mod document;
mod embed;
pub mod export;
pub mod graphql;
mod health;
mod map;
mod pages;
mod parameters;
mod problem;
mod state;
pub mod without;

use std::sync::Arc;

use poem::{
    Endpoint, EndpointExt, IntoResponse, Request, Response, Route, get, handler,
    http::{HeaderValue, Method, StatusCode, header},
};

use self::{
    graphql::{Door, GraphqlEndpoint},
    pages::{assets, examples, explorer, landing, maker, municipality, place, privacy},
    parameters::{Address, Parameters},
    problem::Problem,
    state::State,
};
use crate::{
    graphql::{Query, limits::Limits, loader, schema, schema_map::SchemaMapError, sdl},
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
    let state = State {
        provenance: Arc::new(loader::provenance(library.clone())),
        library,
        door: Arc::new(Door::new(schema(), limits.clone())?),
        limits: Arc::new(limits),
        worked: Arc::default(),
        pages: Arc::default(),
        coverage: Arc::default(),
        contact: contact.map(Arc::from),
        without: Arc::default(),
        maps: Arc::default(),
        grounds: Arc::default(),
    };
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
        .at("/places.geojson", get(export::places_geojson))
        .at("/places.csv", get(export::places_csv))
        .at("/map.svg", get(map::svg))
        .at("/map.png", get(map::png))
        .at("/embed", get(embed::page))
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
fn schema_text(request: &Request) -> Result<Response, Problem> {
    Parameters::read(request, Address::Schema)?;
    Ok(document::answer(request, "text/plain; charset=utf-8", sdl().into_bytes()))
}

/// Adds the common headers and turns unknown routes into a problem document.
async fn finish<E: Endpoint>(endpoint: Arc<E>, request: Request) -> poem::Result<Response> {
    let path = request.uri().path().to_owned();
    let method = request.method().clone();
    let most = Limits::default().max_uri_bytes;
    let mut response = if path != GRAPHQL && request.uri().path_and_query().is_some_and(|uri| uri.as_str().len() > most)
    {
        let detail = format!("the address is longer than {most} bytes");
        Problem { status: StatusCode::URI_TOO_LONG, detail }.into_response()
    } else if path != GRAPHQL && method == Method::OPTIONS {
        preflight()
    } else {
        called(endpoint.call(request).await, &path, &method)
    };
    let headers = response.headers_mut();
    headers.insert("api-version", HeaderValue::from_static(API_VERSION));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    Ok(response)
}

/// The answer to a browser that asks whether a page elsewhere may read a download.
fn preflight() -> Response {
    Response::builder()
        .status(StatusCode::NO_CONTENT)
        .header(header::ALLOW, "GET, HEAD, OPTIONS")
        .header(header::ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD")
        .header(header::ACCESS_CONTROL_ALLOW_HEADERS, "If-None-Match")
        .header(header::ACCESS_CONTROL_MAX_AGE, "86400")
        .finish()
}

/// What a route answered, or one sentence on why there is none.
fn called(answered: poem::Result<impl IntoResponse>, path: &str, method: &Method) -> Response {
    match answered {
        Ok(response) => response.into_response(),
        Err(error) => match error.status() {
            StatusCode::NOT_FOUND if !error.is_from_response() => Problem {
                status: StatusCode::NOT_FOUND,
                detail: format!("there is nothing at `{}`; `/` lists what there is", crate::model::excerpt(path)),
            }
            .into_response(),
            StatusCode::METHOD_NOT_ALLOWED if !error.is_from_response() => {
                let mut response = Problem {
                    status: StatusCode::METHOD_NOT_ALLOWED,
                    detail: format!("`{method}` is not answered here; use GET"),
                }
                .into_response();
                response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
                response
            }
            _ => error.into_response(),
        },
    }
}
