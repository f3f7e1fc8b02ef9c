//! `/dcat`: the record by which catalogues of open data know this (DCAT-AP-NL 3.0.1).
//!
//! - `record`: what it says; `texts`: what of that is the same in every edition; `licence`: under which licence; `graph`: statements, and how they are written

mod graph;
mod licence;
mod record;
mod texts;

use poem::{
    Request, Response, handler,
    http::{HeaderMap, StatusCode},
    web::Data,
};

use self::{graph::Graph, record::Publisher};
use super::{
    aside::aside,
    encoding::liking,
    operator::Operator,
    origin::origin,
    parameters::{Address, Parameters},
    problem::Problem,
    representation::{About, Representation},
    state::State,
};

const TURTLE: About = About { vary: VARIES, ..About::of("text/turtle; charset=utf-8") };
const JSON_LD: About = About { vary: VARIES, ..About::of("application/ld+json") };
const VARIES: &str = "Accept, Accept-Encoding";

/// How a record is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Syntax {
    Turtle,
    JsonLd,
}

impl Syntax {
    /// The one that a client names and likes best; Turtle where it names none.
    fn liked(headers: &HeaderMap) -> Self {
        let json = liking(headers, &["application/ld+json", "application/json"]);
        if json > liking(headers, &["text/turtle"]) { Self::JsonLd } else { Self::Turtle }
    }
}

/// `/dcat`: in the syntax that is asked for (`Accept`), else as Turtle.
#[handler]
pub(super) async fn negotiated(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    let syntax = Syntax::liked(request.headers());
    answer(request, &state, syntax).await
}

/// `/dcat.ttl`: as Turtle.
#[handler]
pub(super) async fn turtle(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    answer(request, &state, Syntax::Turtle).await
}

/// `/dcat.jsonld`: as JSON-LD.
#[handler]
pub(super) async fn json_ld(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    answer(request, &state, Syntax::JsonLd).await
}

async fn answer(request: &Request, state: &State, syntax: Syntax) -> Result<Response, Problem> {
    Parameters::read(request, Address::Catalogue)?;
    let operator = Operator::of(state);
    let (Some(name), Some(url), Some(contact)) = (operator.publisher, operator.publisher_url, operator.contact_url())
    else {
        return Err(not_configured());
    };
    let Some(base) = origin(request) else { return Err(no_origin()) };
    let pinned = state.pin(request).await?;
    let about = match syntax {
        Syntax::Turtle => &TURTLE,
        Syntax::JsonLd => &JSON_LD,
    };
    let key = pinned.key(about.media_type, &format!("dcat {base}"));
    let (name, url, edition) = (name.to_owned(), url.to_owned(), pinned.edition.clone());
    let make = async {
        let work = move || {
            let publisher = Publisher { name: &name, url: &url, contact: &contact };
            let graph: Graph = record::record(&edition, &base, &publisher);
            match syntax {
                Syntax::Turtle => graph.turtle(),
                Syntax::JsonLd => graph.json_ld(),
            }
        };
        Ok(Representation::new(aside(&state.lanes.pages, work).await?.map_err(Problem::internal)?))
    };
    state.answer(request, about, key, make).await
}

/// A record names who publishes: it is not made up.
fn not_configured() -> Problem {
    Problem::new(
        StatusCode::NOT_FOUND,
        "a record names who publishes and where to write, which is not set here; the operator sets `NOABER_PUBLISHER`, `NOABER_PUBLISHER_URL` and `NOABER_CONTACT`",
    )
    .in_dutch("een record noemt wie publiceert en waarheen je schrijft, en dat is hier niet ingesteld; de beheerder zet `NOABER_PUBLISHER`, `NOABER_PUBLISHER_URL` en `NOABER_CONTACT`")
}

fn no_origin() -> Problem {
    Problem::bad_request(
        "a record has absolute addresses, and where this service is reached is not known: a proxy in front of it has to send `X-Forwarded-Proto`",
    )
    .in_dutch("een record heeft volledige adressen, en waar deze dienst te bereiken is, is niet bekend: een proxy ervoor moet `X-Forwarded-Proto` sturen")
}

#[cfg(test)]
mod tests {
    use poem::http::{HeaderValue, header};

    use super::*;

    #[test]
    fn a_record_is_turtle_unless_json_is_liked_better() {
        for (accept, expected) in [
            ("*/*", Syntax::Turtle),
            ("text/html,application/xhtml+xml,*/*;q=0.8", Syntax::Turtle),
            ("text/turtle, application/ld+json", Syntax::Turtle),
            ("application/ld+json", Syntax::JsonLd),
            ("application/json", Syntax::JsonLd),
            ("text/turtle;q=0.5, application/ld+json;q=0.9", Syntax::JsonLd),
            ("text/turtle; q=0.9, application/ld+json; q=x", Syntax::Turtle),
        ] {
            let headers = HeaderMap::from_iter([(header::ACCEPT, HeaderValue::from_static(accept))]);
            assert_eq!(Syntax::liked(&headers), expected, "{accept}");
        }
        assert_eq!(Syntax::liked(&HeaderMap::new()), Syntax::Turtle);
    }
}
