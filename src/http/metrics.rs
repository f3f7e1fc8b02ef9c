//! Figures on the running service, as Prometheus reads them. Their names are an interface.

use std::{fmt, sync::Arc, time::Duration};

use poem::{Endpoint, Response, Route, get, handler, http::StatusCode, web::Data};
use prometheus_client::{
    encoding::{EncodeLabelSet, text},
    metrics::{
        counter::Counter,
        family::Family,
        gauge::Gauge,
        histogram::{Histogram, exponential_buckets},
    },
    registry::{Registry, Unit},
};

use super::{download, visit::Told};
use crate::{
    admission::Lanes,
    library::{Answer as Answered, Library},
};

/// Addresses that are counted by themselves. Everything else is a page.
const ROUTES: [&str; 22] = [
    "/graphql",
    "/noaber.gpkg",
    "/activities.csv",
    "/activities.ics",
    "/changes",
    "/feeds/places",
    "/feeds/activities",
    "/hsds/services",
    "/mcp",
    "/map.svg",
    "/map.png",
    "/ogc",
    "/openapi.json",
    "/dcat",
    "/tiles",
    "/embed",
    "/embed/ground.geojson",
    "/schema.graphql",
    "/health/live",
    "/health/ready",
    "/graphiql",
    "/examples",
];

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answer {
    route: &'static str,
    status: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Routed {
    route: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Queue {
    lane: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Served {
    edition: String,
}

/// The figures.
pub(super) struct Metrics {
    registry: Registry,
    answers: Family<Answer, Counter>,
    durations: Family<Routed, Histogram>,
    prices: Family<Routed, Counter>,
    rate_limited: Counter,
    waiting: Family<Queue, Gauge>,
    refused: Family<Queue, Gauge>,
    served: Family<Served, Gauge>,
    resident: Gauge,
    database: Gauge,
    database_answered: Gauge,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::default();
        let seconds = || Histogram::new(exponential_buckets(0.001, 2.5, 12));
        let durations = Family::new_with_constructor(seconds as fn() -> Histogram);
        let metrics = Self {
            answers: Family::default(),
            durations,
            prices: Family::default(),
            rate_limited: Counter::default(),
            waiting: Family::default(),
            refused: Family::default(),
            served: Family::default(),
            resident: Gauge::default(),
            database: Gauge::default(),
            database_answered: Gauge::default(),
            registry: Registry::default(),
        };
        let Self { answers, durations, prices, rate_limited, waiting, refused, served, resident, .. } = &metrics;
        let Self { database, database_answered, .. } = &metrics;
        registry.register("noaber_http_requests", "Requests answered, by address and status", answers.clone());
        registry.register_with_unit(
            "noaber_http_request_duration",
            "How long answers took until their first byte",
            Unit::Seconds,
            durations.clone(),
        );
        registry.register("noaber_price_units", "Units of cost of what was asked, about microseconds", prices.clone());
        registry.register("noaber_rate_limited_requests", "Requests refused by the rate limit", rate_limited.clone());
        registry.register("noaber_lane_waiting", "Pieces of work that wait for their turn", waiting.clone());
        registry.register("noaber_lane_refused", "Pieces of work refused since the start", refused.clone());
        registry.register(
            "noaber_edition_places",
            "Places of the edition that is served, without closed ones",
            served.clone(),
        );
        registry.register(
            "noaber_database_answers",
            "Whether the database answered at the last look for a new edition: 1, or 0",
            database.clone(),
        );
        registry.register_with_unit(
            "noaber_database_answered_ago",
            "How long ago the database last answered a look for a new edition",
            Unit::Seconds,
            database_answered.clone(),
        );
        registry.register_with_unit(
            "process_resident_memory",
            "Memory that the process holds",
            Unit::Bytes,
            resident.clone(),
        );
        Self { registry, ..metrics }
    }
}

impl Metrics {
    /// Counts an answer.
    pub(super) fn count(&self, path: &str, status: StatusCode, duration: Duration, told: &Told) {
        let route = route(path);
        self.answers.get_or_create(&Answer { route, status: status.as_u16() }).inc();
        self.durations.get_or_create(&Routed { route }).observe(duration.as_secs_f64());
        self.prices.get_or_create(&Routed { route }).inc_by(told.price);
        if status == StatusCode::TOO_MANY_REQUESTS {
            self.rate_limited.inc();
        }
    }

    /// All figures as text.
    ///
    /// # Errors
    /// None that writing into memory is known to have.
    fn write(&self, library: &Library, lanes: &Lanes) -> Result<String, fmt::Error> {
        for (lane, of) in lanes.all() {
            self.waiting.get_or_create(&Queue { lane }).set(signed(of.waiting() as u64));
            self.refused.get_or_create(&Queue { lane }).set(signed(of.refused()));
        }
        let edition = library.served();
        self.served.clear();
        let places = signed(edition.place_count());
        self.served.get_or_create(&Served { edition: edition.id.clone() }).set(places);
        let (answer, ago) = library.database();
        self.database.set(i64::from(answer == Answered::Given));
        self.database_answered.set(signed(ago.as_secs()));
        self.resident.set(signed(resident_bytes().unwrap_or(0)));
        let mut text = String::new();
        text::encode(&mut text, &self.registry)?;
        Ok(text)
    }
}

/// The address that a path is counted as. What is below `/ogc` and `/tiles` is counted together.
pub(super) fn route(path: &str) -> &'static str {
    let below = |route: &str| path.strip_prefix(route).is_some_and(|rest| rest.starts_with('/'));
    let of_many = ["/ogc", "/tiles"].into_iter().find(|route| below(route));
    let own = || ROUTES.iter().find(|route| **route == path).copied();
    of_many.or_else(own).or_else(|| download::file_at(path)).unwrap_or("page")
}

fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Memory that this process holds; `None` where the system does not say so in a file.
fn resident_bytes() -> Option<u64> {
    const PAGE: u64 = 4_096;
    let about = std::fs::read_to_string("/proc/self/statm").ok()?;
    Some(about.split(' ').nth(1)?.parse::<u64>().ok()? * PAGE)
}

/// What the figures are read from.
#[derive(Clone)]
pub(super) struct Scraped {
    pub(super) metrics: Arc<Metrics>,
    pub(super) library: Arc<Library>,
    pub(super) lanes: Arc<Lanes>,
}

/// `/metrics`, for a listener of its own: it is not for everybody.
pub(super) fn routes(scraped: Scraped) -> impl Endpoint {
    use poem::EndpointExt as _;
    Route::new().at("/metrics", get(scrape)).data(scraped)
}

#[handler]
fn scrape(scraped: Data<&Scraped>) -> Response {
    match scraped.metrics.write(&scraped.library, &scraped.lanes) {
        Ok(text) => {
            Response::builder().content_type("application/openmetrics-text; version=1.0.0; charset=utf-8").body(text)
        }
        Err(_) => Response::builder().status(StatusCode::INTERNAL_SERVER_ERROR).finish(),
    }
}
