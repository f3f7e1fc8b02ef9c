//! Feeds for programs that follow (Realtime Paged Data Exchange 1.0): everything once, in the order in which it last changed; who has read
//! to the end asks there again, and gets what has become another or left since.

use poem::{Request, Response, handler, web::Data};
use serde_json::{Value as Json, json};

use super::{
    aside::aside,
    hsds,
    kept::key,
    origin::origin,
    parameters::{Address, Parameters, followed_to, percent_encode},
    problem::Problem,
    representation::{About, Representation},
    state::State,
    visit,
};
use crate::{
    edition::{Edition, NodeId},
    library::Followed,
    spatial::Crs,
};

const JSON: About = About::of("application/json; charset=utf-8");

/// At `/changes` somebody who reads may be shown a page instead.
const JSON_OF_TWO: About = About { vary: "Accept, Accept-Encoding", ..JSON };

/// Items on a page.
const A_PAGE: usize = 500;

/// A page with items says for long what it says; what changed since stands on a later one as well.
const FULL_FOR: &str = "public, max-age=3600";

/// The last one does not: the protocol has programs ask it every few seconds.
const LAST_FOR: &str = "public, max-age=8";

/// What is followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Places,
    Activities,
    Everything,
}

impl Kind {
    /// Whether the thing of an id is followed.
    fn has(self, id: &str) -> bool {
        match self {
            Self::Places => id.starts_with("place:"),
            Self::Activities => id.starts_with("activity:"),
            Self::Everything => true,
        }
    }
}

/// `/feeds/places`: places as GeoJSON features.
#[handler]
pub(super) async fn places(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    answer(request, &state, Kind::Places).await
}

/// `/feeds/activities`: activities as services of HSDS.
#[handler]
pub(super) async fn activities(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    answer(request, &state, Kind::Activities).await
}

/// `/changes` for programs: both.
pub(super) async fn everything(request: &Request, state: &State) -> Result<Response, Problem> {
    answer(request, state, Kind::Everything).await
}

async fn answer(request: &Request, state: &State, kind: Kind) -> Result<Response, Problem> {
    let address = if matches!(kind, Kind::Everything) { Address::FeedOrPage } else { Address::Feed };
    let parameters = Parameters::read(request, address)?;
    let after = followed_to(&parameters)?;
    let edition = state.library.served();
    let feed = state.library.feed(&edition.id).await?;
    visit::reads(&edition.id);
    let since = after.as_ref().map(|(moment, id)| (*moment, id.as_str()));
    let of_kind = feed.after(since).iter().filter(|followed| kind.has(&followed.id));
    let items: Vec<Followed> = of_kind.take(A_PAGE).cloned().collect();
    let address = format!("{}{}", origin(request).unwrap_or_default(), request.original_uri().path());
    let next = match items.last() {
        Some(followed) => next(&address, followed.modified, &followed.id),
        // The end: the page itself, as it was asked.
        None => request.original_uri().query().map_or(address.clone(), |query| format!("{address}?{query}")),
    };
    let kept_for = if items.is_empty() { LAST_FOR } else { FULL_FOR };
    let asked = request.original_uri().query().unwrap_or_default();
    let key = key(&[&feed.state(), &address, asked]);
    let make = async {
        let work = move || serde_json::to_vec(&page(&edition, &items, &next));
        Ok(Representation::new(aside(&state.lanes.heavy, work).await?.map_err(Problem::internal)?))
    };
    let about = if kind == Kind::Everything { &JSON_OF_TWO } else { &JSON };
    state.answer_for(request, about, key, kept_for, make).await
}

/// Where to go on: behind that item.
fn next(address: &str, modified: i64, id: &str) -> String {
    let mut next = format!("{address}?afterTimestamp={modified}&afterId=");
    percent_encode(id, &mut next);
    next
}

fn page(edition: &Edition, items: &[Followed], next: &str) -> Json {
    let mut is_odbl = false;
    let item = |followed: &Followed| {
        let id = &followed.id;
        let node = id.parse::<NodeId>().ok().filter(|_| !followed.is_gone);
        let found = node.and_then(|node| match &node {
            NodeId::Place(key) => {
                let index = edition.place_by_key(key)?;
                is_odbl |= edition.layers_of([index]).iter().any(|layer| layer.licence.starts_with("ODbL"));
                Some(edition.feature(index, Crs::Crs84))
            }
            NodeId::Activity(key) => {
                let index = edition.activity_by_key(key)?;
                is_odbl |= edition.layers_of_activities([index]).iter().any(|layer| layer.licence.starts_with("ODbL"));
                Some(hsds::whole_service(edition, index))
            }
            _ => None,
        });
        let kind = if id.starts_with("place:") { "Place" } else { "Service" };
        match found {
            Some(data) => {
                json!({ "state": "updated", "kind": kind, "id": id, "modified": followed.modified, "data": data })
            }
            None => json!({ "state": "deleted", "kind": kind, "id": id, "modified": followed.modified }),
        }
    };
    let items: Vec<Json> = items.iter().map(item).collect();
    // What holds of all of it; each item says its own.
    let license = if is_odbl {
        "https://opendatacommons.org/licenses/odbl/1-0/"
    } else {
        "https://creativecommons.org/licenses/by/4.0/"
    };
    json!({ "next": next, "items": items, "license": license })
}
