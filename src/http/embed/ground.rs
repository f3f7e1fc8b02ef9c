//! `/embed/ground.geojson`: municipal borders and the outlines of villages and towns, to lie under a map of places.

use geo::Simplify;
use poem::{Request, Response, handler, web::Data};
use serde_json::{Value, json};

use crate::{
    edition::Edition,
    http::{
        aside::aside,
        parameters::{Address, Parameters},
        problem::Problem,
        representation::{About, Representation},
        state::State,
    },
    model::vocabulary::SettlementKind,
    spatial::{
        Crs, MultiPolygon, Rd, Wgs84, geojson as written,
        publish::{Decimals, publish},
    },
};

/// How far the outline of a village may be from what is known, degrees: some 30 m, three pixels of the map at zoom level 13.
const TOLERANCE: f64 = 0.000_3;
/// Some 10 m. More decimals would make it half as large again to load.
const DECIMALS: Decimals = Decimals::Four;
/// Corners of all borders together from which they are simplified as well. Neighbours are then up to twice the tolerance apart.
const MANY_CORNERS: usize = 20_000;

/// GeoJSON of which a part can be had.
const GEOJSON: About = About::file("application/geo+json");

/// `/embed/ground.geojson?edition=…`: a FeatureCollection in CRS84, each geometry valid as it is written. `kind` is `municipality` or
/// `settlement`, `id` its CBS code or TOP10NL id, `at` where its name belongs.
#[handler]
pub(in crate::http) async fn geojson(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    Parameters::read(request, Address::Ground)?;
    let pinned = state.pin(request).await?;
    let make = async {
        let edition = pinned.edition.clone();
        let ground = aside(&state.lanes.heavy, move || serde_json::to_vec(&ground(&edition))).await?;
        Ok(Representation::new(ground.map_err(Problem::internal)?))
    };
    state.answer(request, &GEOJSON, pinned.key("/embed/ground.geojson", ""), make).await
}

fn ground(edition: &Edition) -> Value {
    let outlines = || (0..).zip(edition.municipalities()).filter_map(|(index, _)| edition.boundary(index));
    let has_many = outlines().map(|region| corners(region.polygons())).sum::<usize>() > MANY_CORNERS;
    let mut features = Vec::new();
    for (index, entry) in (0..).zip(edition.municipalities()) {
        let Some(region) = edition.boundary(index) else { continue };
        let outline = if has_many { region.polygons().simplify(TOLERANCE) } else { region.polygons().clone() };
        let facts = &entry.facts;
        let at = Wgs84 { lon: facts.label_lon, lat: facts.label_lat };
        features.extend(feature("municipality", facts.code.as_str(), &facts.name, facts.population, at, &outline));
    }
    for entry in edition.settlements() {
        let facts = &entry.facts;
        // Built-up areas of their own: districts are parts of these, and hamlets are areas around few houses.
        if entry.parent.is_some() || !matches!(facts.kind, SettlementKind::Woonkern | SettlementKind::Deelkern) {
            continue;
        }
        let at: Rd = entry.inner_point;
        let outline = entry.region.polygons().simplify(TOLERANCE);
        features.extend(feature("settlement", &facts.id, &facts.name, facts.population, at.to_wgs84(), &outline));
    }
    let layers = edition.layers.iter().filter(|layer| matches!(layer.key.as_str(), "municipalities" | "settlements"));
    let attribution: Vec<&str> = layers.map(|layer| layer.attribution.as_str()).collect();
    json!({
        "type": "FeatureCollection",
        "edition": edition.id,
        "attribution": attribution.join("; "),
        "features": features,
    })
}

/// `None` for an outline of which nothing is left at these decimals. Simplifying can make an outline cross itself, and so can
/// rounding: what is written is mended.
fn feature(
    kind: &str,
    id: &str,
    name: &str,
    population: Option<i32>,
    at: Wgs84,
    outline: &MultiPolygon<f64>,
) -> Option<Value> {
    let outline = publish(outline, DECIMALS)?;
    let rounded = |degrees: f64| (degrees * 1e4).round() / 1e4;
    Some(json!({
        "type": "Feature",
        "properties": { "kind": kind, "id": id, "name": name, "population": population, "at": [rounded(at.lon), rounded(at.lat)] },
        "geometry": written::geometry(&outline.polygons, Crs::Crs84),
    }))
}

fn corners(polygons: &MultiPolygon<f64>) -> usize {
    polygons.iter().map(|polygon| polygon.exterior().0.len()).sum()
}
