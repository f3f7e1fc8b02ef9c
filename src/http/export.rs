//! Downloads: places as GeoJSON and CSV, with sources, licences and edition inside.

use std::sync::Arc;

use poem::{IntoResponse, Request, Response, handler, web::Data};
use roaring::RoaringBitmap;
use serde_json::json;

pub use super::without::Provenance;
use super::{
    asked::{Asked, nothing_more},
    document,
    parameters::Address,
    problem::Problem,
    state::State,
};
use crate::{
    edition::{Direction, Edition, PlaceOrderField},
    findings::defuse,
    model::{
        Layer, Place, Source,
        vocabulary::{PlaceKind, Term},
    },
    spatial::Crs,
};

/// `/places.geojson`: a FeatureCollection in CRS84, ordered by municipality and name.
#[handler]
pub(super) async fn places_geojson(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    let Selected { edition, places, sources } = selected(request, &state).await?;
    let body = write_geojson(&edition, &places, &sources).map_err(Problem::internal)?;
    Ok(document::answer(request, "application/geo+json", body)
        .with_header("content-disposition", "inline; filename=\"places.geojson\"")
        .into_response())
}

/// `/places.csv`: UTF-8, comma, one row a place, ordered by municipality and name; an empty cell is not known.
#[handler]
pub(super) async fn places_csv(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    let Selected { edition, places, sources } = selected(request, &state).await?;
    let body = write_csv(&edition, &places, &sources).map_err(Problem::internal)?;
    Ok(document::answer(request, "text/csv; charset=utf-8; header=present", body)
        .with_header("content-disposition", "attachment; filename=\"places.csv\"")
        .into_response())
}

/// What a download holds.
struct Selected {
    edition: Arc<Edition>,
    places: Vec<u32>,
    sources: Provenance,
}

/// The edition that the address names, or that is served, whole or without a layer, and the places that are asked of it.
async fn selected(request: &Request, state: &State) -> Result<Selected, Problem> {
    let asked = Asked::of(request, Address::Download, state, nothing_more).await?;
    let edition = asked.opened.edition;
    let places: Vec<u32> =
        asked.places.in_order(&edition, &asked.selected).into_iter().map(|(place, _)| place).collect();
    if let Some(left) = asked.opened.left {
        return Ok(Selected { edition, places, sources: left.sources.clone() });
    }
    let keys: Vec<String> = places.iter().map(|place| edition.place(*place).facts.key.clone()).collect();
    let sources = state.library.provenance(&edition.id, &keys).await?;
    Ok(Selected { edition, places, sources })
}

/// Places as the downloads list them: by municipality and name.
pub fn in_order(edition: &Edition, places: &RoaringBitmap) -> Vec<u32> {
    edition.sorted(places, PlaceOrderField::Municipality, Direction::Asc)
}

/// Places of an edition as a FeatureCollection in CRS84 with their sources.
///
/// # Errors
/// When it cannot be written as JSON, which means out of memory.
pub fn write_geojson(edition: &Edition, places: &[u32], sources: &Provenance) -> Result<Vec<u8>, serde_json::Error> {
    let mut collection = edition.feature_collection(places.iter().copied(), Crs::Crs84);
    if let Some(features) = collection["features"].as_array_mut() {
        for (feature, place) in features.iter_mut().zip(places) {
            let of = sources.get(&edition.place(*place).facts.key);
            feature["properties"]["sources"] = of
                .into_iter()
                .flatten()
                .map(|(source, fields)| {
                    json!({ "title": source.title, "url": source.url, "licence": source.licence, "fields": fields })
                })
                .collect();
        }
    }
    serde_json::to_vec(&collection)
}

const COLUMNS: [&str; 34] = [
    "id",
    "name",
    "alternative_names",
    "kind",
    "kind_label",
    "kind_basis",
    "status",
    "last_confirmed",
    "municipality_code",
    "municipality",
    "settlement",
    "street",
    "house_number",
    "postcode",
    "lon",
    "lat",
    "rd_x",
    "rd_y",
    "location_precision",
    "uncertainty_radius_m",
    "facilities",
    "activities",
    "cultural_programme",
    "legal_form",
    "founded_year",
    "run_by",
    "opening_hours",
    "wheelchair_accessible",
    "website",
    "updated_at",
    "sources",
    "licence",
    "attribution",
    "edition",
];

/// Places of an edition as CSV with their sources.
///
/// # Errors
/// When it cannot be written, which means out of memory.
pub fn write_csv(edition: &Edition, places: &[u32], sources: &Provenance) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(COLUMNS)?;
    for place in places {
        let entry = edition.place(*place);
        let facts = &entry.facts;
        let municipality = &edition.municipality(entry.municipality).facts;
        let (location, address) = (facts.location.as_ref(), facts.address.as_ref());
        let kind_label = facts.kind.and_then(|kind| edition.label(PlaceKind::VOCABULARY, kind.name()));
        let of = sources.get(&facts.key).map_or(&[][..], Vec::as_slice);
        let told: Vec<&str> = of.iter().map(|(source, _)| source.url.as_deref().unwrap_or(&source.title)).collect();
        let cells = [
            format!("place:{}", facts.key),
            facts.name.clone(),
            facts.alternative_names.join("|"),
            name(facts.kind),
            kind_label.map(|label| label.label_nl.clone()).unwrap_or_default(),
            name(facts.kind_basis),
            name(facts.status),
            text(facts.last_confirmed.as_ref()),
            municipality.code.to_string(),
            municipality.name.clone(),
            facts.settlement.clone(),
            text(address.and_then(|address| address.street.as_ref())),
            text(address.and_then(|address| address.house_number.as_ref())),
            text(address.and_then(|address| address.postcode.as_ref())),
            text(location.map(|at| at.lon)),
            text(location.map(|at| at.lat)),
            entry.rd.map(|rd| format!("{:.1}", rd.x)).unwrap_or_default(),
            entry.rd.map(|rd| format!("{:.1}", rd.y)).unwrap_or_default(),
            name(location.map(|at| at.precision)),
            text(location.map(|at| at.uncertainty_radius_m)),
            names(&facts.facilities),
            names(&facts.activities),
            text(facts.cultural_programme),
            name(facts.legal_form),
            text(facts.founded_year),
            name(facts.run_by),
            text(facts.opening_hours.as_ref()),
            text(facts.wheelchair_accessible),
            text(facts.website.as_ref()),
            facts.updated_at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
            told.join("|"),
            layers(edition, facts, of).map(|layer| layer.licence.as_str()).collect::<Vec<_>>().join("|"),
            layers(edition, facts, of).map(|layer| layer.attribution.as_str()).collect::<Vec<_>>().join("|"),
            edition.id.clone(),
        ];
        // A name that an import brought must not be computed by a spreadsheet; what is read back in is as it was.
        writer.write_record(cells.iter().map(|cell| defuse(cell).into_owned()))?;
    }
    writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))
}

/// The layers that a row is made of.
fn layers<'a>(
    edition: &'a Edition,
    place: &Place,
    sources: &[(Source, Vec<String>)],
) -> impl Iterator<Item = &'a Layer> {
    let is_coarse = place.location.as_ref().is_some_and(|location| location.outline.is_some());
    edition.place_layers().filter(move |layer| match layer.key.as_str() {
        "settlements" => is_coarse,
        "place-facts" => true,
        _ => sources.iter().any(|(source, _)| source.is_of_layer(&layer.key)),
    })
}

fn text(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

fn name(term: Option<impl Term>) -> String {
    term.map(|term| term.name().to_owned()).unwrap_or_default()
}

fn names<T: Term>(terms: &[T]) -> String {
    terms.iter().map(|term| term.name()).collect::<Vec<_>>().join("|")
}
