//! What the world talks to: routes, pages, headers.

mod activities;
mod aside;
mod asked;
mod catalogue;
mod client;
mod cors;
mod crawlers;
mod download;
mod embed;
mod encoding;
pub mod export;
mod feeds;
mod files;
pub mod graphql;
mod health;
mod hsds;
mod kept;
mod map;
mod mcp;
mod metrics;
mod ogc;
mod openapi;
mod operator;
mod origin;
mod pages;
mod parameters;
mod problem;
mod representation;
pub mod server;
mod spool;
mod state;
mod tiles;
mod versioned;
mod visit;
pub mod without;

use std::{sync::Arc, time::Instant};

use ipnet::IpNet;
use poem::{
    Endpoint, EndpointExt, IntoResponse, Request, Response, Route, get, handler,
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    web::Data,
};

use self::{
    graphql::{Door, GraphqlEndpoint},
    mcp::{MCP, McpEndpoint},
    metrics::{Metrics, Scraped},
    pages::{
        activity, agenda, assets, changes, data, examples, explorer, gaps, landing, language::Language, maker,
        map_maker, missing, municipality, place, places, privacy, search, settlement,
    },
    parameters::{Address, Parameters},
    problem::Problem,
    representation::About,
    state::{State, cache_of},
    visit::{Told, Visit},
};
use crate::{
    admission::{Client, Lanes, Memory, RateLimit, RatePolicy},
    graphql::{Query, limits::Limits, refusal::ErrorCode, schema, schema_map::SchemaMapError},
    library::Library,
};

/// Where the API is; it answers for itself whatever comes.
const GRAPHQL: &str = "/graphql";

/// After how many seconds to ask again where the server had too much to do, or the database did not answer.
const RETRY_AFTER: &str = "5";

/// Version of the API, told in every answer: the major one changes only with what breaks its users.
const API_VERSION: &str = env!("CARGO_PKG_VERSION");

/// What is served, and how much of the machine it may take.
pub struct Service {
    /// The editions.
    pub library: Arc<Library>,
    /// Where corrections and requests for removal go: a mailbox or a page.
    pub contact: Option<String>,
    /// What the publisher is called.
    pub publisher: Option<String>,
    /// The address by which the publisher is known.
    pub publisher_url: Option<String>,
    /// From it follows what is kept.
    pub memory: Memory,
    /// Where work is done that takes more than a moment.
    pub lanes: Arc<Lanes>,
    /// How much one client may take, where that is limited.
    pub rate_limit: Option<RatePolicy>,
    /// Proxies that are believed for whom they ask.
    pub trusted_proxies: Vec<IpNet>,
}

impl Service {
    /// A service of an edition by itself: with the defaults, and no limit for anybody.
    pub fn of(library: Arc<Library>) -> Self {
        Self {
            library,
            contact: None,
            publisher: None,
            publisher_url: None,
            memory: Memory::default(),
            lanes: Arc::default(),
            rate_limit: None,
            trusted_proxies: Vec::new(),
        }
    }

    /// Everything that is served, and `/metrics`, which is for a listener of its own.
    ///
    /// # Errors
    /// [`SchemaMapError`] when the schema cannot be read back from its SDL.
    pub fn routes(self) -> Result<(impl Endpoint, impl Endpoint), SchemaMapError> {
        let Self { library, contact, publisher, publisher_url, memory, lanes, rate_limit, trusted_proxies } = self;
        let metrics = Arc::new(Metrics::default());
        let scraped = Scraped { metrics: metrics.clone(), library: library.clone(), lanes: lanes.clone() };
        let limits = Limits { max_cache_bytes: memory.answers(), ..Limits::default() };
        let mut state = State::new(library, Door::new(schema(), limits.clone())?, limits, contact, memory, lanes);
        state.publisher = Arc::new((publisher, publisher_url));
        let gate =
            Arc::new(Gate { rate_limit: rate_limit.map(RateLimit::new).map(Arc::new), trusted_proxies, metrics });
        let served = routes(state).around(move |endpoint, request| finish(gate.clone(), endpoint, request));
        Ok((served, metrics::routes(scraped)))
    }
}

fn routes(state: State) -> impl Endpoint {
    let endpoint: Arc<GraphqlEndpoint<Query, State>> =
        Arc::new(GraphqlEndpoint::behind(state.door.clone(), state.clone()));
    download::routes(Route::new())
        .at(MCP, McpEndpoint::new(endpoint.clone(), state.door.clone()))
        .at(GRAPHQL, endpoint)
        .at("/", get(landing::dutch))
        .at("/en", get(landing::english))
        .at("/places", get(places::dutch))
        .at("/en/places", get(places::english))
        .at("/search", get(search::dutch))
        .at("/en/search", get(search::english))
        .at("/settlement/:slug", get(settlement::dutch))
        .at("/en/settlement/:slug", get(settlement::english))
        .at("/agenda", get(agenda::dutch))
        .at("/en/agenda", get(agenda::english))
        .at("/activity/:slug", get(activity::dutch))
        .at("/en/activity/:slug", get(activity::english))
        .at("/data", get(data::dutch))
        .at("/en/data", get(data::english))
        .at("/en/changes", get(changes::english))
        .at("/examples", get(examples::dutch))
        .at("/en/examples", get(examples::english))
        .at("/place/:slug", get(place::dutch))
        .at("/en/place/:slug", get(place::english))
        .at("/municipality/:slug", get(municipality::dutch))
        .at("/en/municipality/:slug", get(municipality::english))
        .at("/gaps", get(gaps::dutch))
        .at("/en/gaps", get(gaps::english))
        .at("/gaps.csv", get(gaps::file))
        .at("/template.xlsx", get(gaps::workbook))
        .at("/privacy", get(privacy::dutch))
        .at("/en/privacy", get(privacy::english))
        .at("/graphiql", get(explorer::explore))
        .at("/assets/*path", get(assets::file))
        .at("/favicon.ico", get(assets::favicon))
        .at("/activities.ics", get(activities::activities_ics))
        .at("/activities.csv", get(activities::activities_csv))
        .at("/openapi.json", get(openapi::description))
        .at(versioned::VERSION, get(openapi::description))
        .at("/dcat", get(catalogue::negotiated))
        .at("/dcat.ttl", get(catalogue::turtle))
        .at("/dcat.jsonld", get(catalogue::json_ld))
        .at("/ogc", get(ogc::landing))
        // Programs that join addresses ask so.
        .at("/ogc/", get(ogc::landing))
        .at("/ogc/api", get(ogc::description))
        .at("/ogc/conformance", get(ogc::conformance))
        .at("/ogc/collections", get(ogc::all_collections))
        .at("/ogc/collections/:collection", get(ogc::one_collection))
        .at("/ogc/collections/:collection/queryables", get(ogc::queryables))
        .at("/ogc/collections/:collection/schema", get(ogc::schema))
        .at("/ogc/collections/:collection/items", get(ogc::all_items))
        .at("/ogc/collections/:collection/items/:id", get(ogc::one_item))
        .at("/tiles/:layer", get(tiles::tilejson))
        .at("/tiles/:layer/:zoom/:column/:row", get(tiles::tile))
        .at("/map.svg", get(map::svg))
        .at("/map.png", get(map::png))
        .at("/map/maker", get(map_maker::dutch))
        .at("/en/map/maker", get(map_maker::english))
        .at("/embed", get(embed::list))
        .at("/embed/ground.geojson", get(embed::ground::geojson))
        .at("/embed/theme.css", get(embed::theme::css))
        .at("/embed/maker", get(maker::dutch))
        .at("/en/embed/maker", get(maker::english))
        .at("/feeds/places", get(feeds::places))
        .at("/feeds/activities", get(feeds::activities))
        .at("/changes", get(what_changed))
        .nest("/hsds", hsds::routes())
        .at("/schema.graphql", get(schema_text))
        .at("/robots.txt", get(crawlers::robots))
        .at("/sitemap.xml", get(crawlers::sitemap))
        .at("/llms.txt", get(crawlers::llms))
        .at("/.well-known/:name", get(crawlers::security))
        .at("/health/live", get(health::live))
        .at("/health/ready", get(health::ready))
        .data(state)
}

/// `/changes`: a page for who reads it in a browser or asks what only the page answers, a feed for programs that follow.
#[handler]
async fn what_changed(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    let asks_for = |address: Address| {
        let names = request.params::<Vec<(String, String)>>().unwrap_or_default();
        names.iter().any(|(name, _)| address.takes().any(|taken| taken.text() == name))
    };
    let is_page = asks_for(Address::Changes) || Reader::of(request).is_some() && !asks_for(Address::Feed);
    let mut response =
        if is_page { changes::dutch(request, &state).await? } else { feeds::everything(request, &state).await? };
    response.headers_mut().insert(header::VARY, HeaderValue::from_static("Accept, Accept-Encoding"));
    Ok(response)
}

/// `/schema.graphql`: the schema as text.
#[handler]
async fn schema_text(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    const TEXT: About = About::file("text/plain; charset=utf-8");
    Parameters::read(request, Address::Schema)?;
    Ok(state.schema.answer(request.headers(), &TEXT, cache_of(request)).await)
}

/// What every request passes.
struct Gate {
    rate_limit: Option<Arc<RateLimit>>,
    trusted_proxies: Vec<IpNet>,
    metrics: Arc<Metrics>,
}

impl Gate {
    /// Who pays for a request, where anybody does.
    fn payer(&self, request: &Request) -> Option<(Arc<RateLimit>, Client)> {
        let limit = self.rate_limit.as_ref()?;
        // Who looks after the service looks at any time.
        if request.uri().path().starts_with("/health/") {
            return None;
        }
        let peer = request.remote_addr().as_socket_addr()?.ip();
        let address = client::address(peer, request.headers(), &self.trusted_proxies);
        let is_spared = limit.policy().spares_this_machine && address.to_canonical().is_loopback();
        (!is_spared).then(|| (limit.clone(), Client::from(address)))
    }
}

/// What is taken for a request whatever it asks: reading it, and sending what is kept.
const ENTRY: u64 = 100;

/// Answers a request, counts it, and tells the log.
async fn finish<E: Endpoint>(gate: Arc<Gate>, endpoint: Arc<E>, mut request: Request) -> poem::Result<Response> {
    let began = Instant::now();
    versioned::strip(&mut request);
    let path = request.uri().path().to_owned();
    let visit = Visit::new(gate.payer(&request));
    let mut response = visit.clone().around(Box::pin(answered(endpoint, request))).await;
    let told = visit.told();
    let status = response.status();
    let headers = response.headers_mut();
    if let Some(limit) = visit.rate_limit() {
        add_standing(headers, limit.policy(), &told);
    }
    if status == StatusCode::SERVICE_UNAVAILABLE && !headers.contains_key(header::RETRY_AFTER) {
        headers.insert(header::RETRY_AFTER, HeaderValue::from_static(RETRY_AFTER));
    }
    headers.insert("api-version", HeaderValue::from_static(API_VERSION));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    cors::open(headers);
    gate.metrics.count(&path, status, began.elapsed(), &told);
    tracing::info!(
        request_id = visit.id(),
        route = metrics::route(&path),
        status = status.as_u16(),
        edition = told.edition,
        operation = told.operation,
        price = told.price,
        duration_ms = began.elapsed().as_millis() as u64,
        "answered"
    );
    Ok(response)
}

/// Tells a client what is left to it (draft-ietf-httpapi-ratelimit-headers).
fn add_standing(headers: &mut HeaderMap, policy: RatePolicy, told: &Told) {
    let mut add = |name: HeaderName, value: String| {
        if let Ok(value) = HeaderValue::try_from(value) {
            headers.insert(name, value);
        }
    };
    add(HeaderName::from_static("ratelimit-policy"), format!("\"default\";q={};w=60", policy.per_minute));
    if let Some(exceeded) = told.exceeded {
        add(HeaderName::from_static("ratelimit"), format!("\"default\";r=0;t={}", exceeded.retry_after_s));
        add(header::RETRY_AFTER, exceeded.retry_after_s.to_string());
    } else if let Some(standing) = told.standing {
        add(
            HeaderName::from_static("ratelimit"),
            format!("\"default\";r={};t={}", standing.remaining, standing.reset_s),
        );
    }
}

/// The answer to a request; an unknown route is a problem document. A HEAD is a GET without the body, whatever it asks.
async fn answered<E: Endpoint>(endpoint: Arc<E>, mut request: Request) -> Response {
    let path = request.uri().path().to_owned();
    let method = request.method().clone();
    if method == Method::HEAD {
        request.set_method(Method::GET);
        request.headers_mut().remove(header::RANGE);
    }
    let most = Limits::default().max_uri_bytes;
    // What is wrong with it in whatever is asked: `server` found it.
    let fault = request.extensions_mut().remove::<Problem>().map(|problem| (problem, ErrorCode::BadRequest));
    let fault = fault.or_else(|| visit::charge(ENTRY).err().map(|_| (Problem::rate_limited(), ErrorCode::RateLimited)));
    let response = if let Some((problem, code)) = fault {
        match (path == GRAPHQL, Reader::of(&request)) {
            (true, _) => graphql::refused(request.headers(), &problem, code),
            (false, Some(reader)) => reader.page(&problem).await.unwrap_or_else(IntoResponse::into_response),
            (false, None) => problem.into_response(),
        }
    } else if path != GRAPHQL && request.uri().path_and_query().is_some_and(|uri| uri.as_str().len() > most) {
        Problem::new(StatusCode::URI_TOO_LONG, format!("the address is longer than {most} bytes")).into_response()
    } else if ![GRAPHQL, MCP].contains(&path.as_str()) && method == Method::OPTIONS {
        cors::preflight("GET, HEAD, OPTIONS")
    } else {
        let reader = Reader::of(&request);
        match (endpoint.call(request).await, reader) {
            (Ok(response), _) => response.into_response(),
            (Err(error), reader) => refused(error, reader, &path, &method).await,
        }
    };
    if method == Method::HEAD { headers_of(response).await } else { response }
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
        status => match error.data::<Problem>() {
            Some(problem) => problem.clone(),
            None if !own => return error.into_response(),
            // Nothing else is refused by a route.
            None if status == StatusCode::BAD_REQUEST => {
                Problem::new(status, "the address is not UTF-8, written with `%` and two digits for each byte")
                    .in_dutch("het adres is geen UTF-8, geschreven met `%` en twee cijfers per byte")
            }
            None => Problem::internal(error),
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
