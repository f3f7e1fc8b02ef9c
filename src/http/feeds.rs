//! Feeds for programs that follow (Realtime Paged Data Exchange 1.0): everything once, in the order in which it last changed; who has read
//! to the end asks there again, and gets what has become another or left since.

use std::collections::BTreeMap;

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
    library::{Feed, Followed},
    spatial::Crs,
};

const JSON: About = About::of("application/json; charset=utf-8");

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
    let parameters = Parameters::read(request, Address::Feed)?;
    let after = followed_to(&parameters)?;
    let feed = state.library.feed().await?;
    // That up to which it tells, also where a newer one was recorded meanwhile.
    let edition = state.library.edition(Some(&feed.edition)).await?;
    visit::reads(&edition.id);
    let items = after_in(&feed, kind, after.as_ref());
    let address = format!("{}{}", origin(request).unwrap_or_default(), request.original_uri().path());
    let next = match items.last() {
        Some((id, followed)) => next(&address, followed.modified, id),
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
    state.answer_for(request, &JSON, key, kept_for, make).await
}

/// A page of what comes behind a moment and an id, in the order of the protocol.
fn after_in(feed: &Feed, kind: Kind, after: Option<&(i64, String)>) -> Vec<(String, Followed)> {
    let is_of_kind = |id: &str| match kind {
        Kind::Places => id.starts_with("place:"),
        Kind::Activities => id.starts_with("activity:"),
        Kind::Everything => true,
    };
    let left =
        feed.all.iter().filter(|(id, _)| is_of_kind(id)).map(|(id, followed)| ((followed.modified, id), followed));
    let left = left.filter(|((moment, id), _)| after.is_none_or(|(since, last)| (moment, *id) > (since, last)));
    let ordered: BTreeMap<(i64, &String), &Followed> = left.collect();
    ordered.into_iter().take(A_PAGE).map(|((_, id), followed)| (id.clone(), *followed)).collect()
}

/// Where to go on: behind that item.
fn next(address: &str, modified: i64, id: &str) -> String {
    let mut next = format!("{address}?afterTimestamp={modified}&afterId=");
    percent_encode(id, &mut next);
    next
}

fn page(edition: &Edition, items: &[(String, Followed)], next: &str) -> Json {
    let mut is_odbl = false;
    let item = |(id, followed): &(String, Followed)| {
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
