//! One municipality's uncovered area, as a map.

use askama::Template;
use serde::Deserialize;
use serde_json::Value;

use super::{
    answers::{self, At, Location, Nodes},
    distance::{self, SettlementRow},
    section::{Body, Fault, Shown, legend},
    words::Words,
};
use crate::drawing::{
    Swatch,
    map::{Extent, Fill, Map, Mark},
};
use crate::http::pages::words::with;

/// Units of the drawing from west to east.
const WIDTH: f64 = 720.0;
/// Settlements with fewer people get no name on the map.
const NAMED_FROM: u32 = 300;

#[derive(Deserialize)]
struct Answer {
    municipality: Option<Municipality>,
}

#[derive(Deserialize)]
struct Municipality {
    name: String,
    boundary: Value,
    places: Nodes<Place>,
    adjacent: Vec<Neighbour>,
    settlements: Vec<Village>,
    coverage: Coverage,
}

#[derive(Deserialize)]
struct Neighbour {
    places: Nodes<Place>,
}

#[derive(Deserialize)]
struct Place {
    location: Option<Location>,
}

/// A settlement with its parts, for the names on the map.
#[derive(Deserialize)]
struct Village {
    name: String,
    kind: String,
    population: Option<u32>,
    location: At,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Coverage {
    note: String,
    warnings: Vec<String>,
    covered_area: f64,
    uncertain_area: f64,
    uncovered_area: f64,
    covered_geometry: Value,
    uncertain_geometry: Value,
    uncovered_geometry: Value,
    settlements: Nodes<distance::Settlement>,
}

struct AreaRow {
    swatch: String,
    name: &'static str,
    area: String,
    share: String,
}

#[derive(Template)]
#[template(path = "pages/examples/area.html")]
struct Area<'a> {
    t: &'static Words,
    anchor: &'a str,
    map: String,
    legend: Vec<(String, String)>,
    areas_caption: String,
    areas: Vec<AreaRow>,
    total: String,
    whole: String,
    settlements_caption: String,
    settlements: Vec<SettlementRow>,
    note: &'a str,
    warnings: &'a [String],
}

pub(super) fn show(shown: &Shown<'_>, answer: &Value) -> Result<Body, Fault> {
    let Shown { language, t, anchor, .. } = *shown;
    let municipality = Answer::deserialize(answer)?.municipality.ok_or("there is no such municipality")?;
    let (coverage, name) = (&municipality.coverage, municipality.name.as_str());
    let total = coverage.covered_area + coverage.uncertain_area + coverage.uncovered_area;
    let area = |square_kilometres: f64| language.decimal(square_kilometres, 1);
    let row = |swatch, name, square_kilometres: f64| AreaRow {
        swatch: crate::drawing::swatch(swatch),
        name,
        area: area(square_kilometres),
        share: if total > 0.0 { language.share(square_kilometres / total) } else { t.not_known.to_owned() },
    };
    let page = Area {
        t,
        anchor,
        map: draw(shown, &municipality, total)?,
        legend: legend(&[
            (Swatch::Solid, t.map_covered),
            (Swatch::Hatched, t.map_uncertain),
            (Swatch::Sparse, t.map_uncovered),
            (Swatch::Full, t.map_exact),
            (Swatch::Within, t.map_coarse),
            (Swatch::Outline, t.map_boundary),
        ]),
        areas_caption: with(t.map_areas, &[("name", name)]),
        areas: vec![
            row(Swatch::Solid, t.map_covered, coverage.covered_area),
            row(Swatch::Hatched, t.map_uncertain, coverage.uncertain_area),
            row(Swatch::Sparse, t.map_uncovered, coverage.uncovered_area),
        ],
        total: area(total),
        whole: language.share(1.0),
        settlements_caption: with(t.map_settlements, &[("name", name)]),
        settlements: coverage.settlements.nodes.iter().map(|node| SettlementRow::of(shown, node)).collect(),
        note: &coverage.note,
        warnings: &coverage.warnings,
    };
    let lead = with(t.map_lead, &[("name", name)]);
    Ok(Body { title: t.map_title.to_owned(), lead, html: page.render()? })
}

fn draw(shown: &Shown<'_>, municipality: &Municipality, total: f64) -> Result<String, Fault> {
    let Shown { language, t, anchor, .. } = *shown;
    let coverage = &municipality.coverage;
    let boundary = answers::shape(&municipality.boundary)?;
    let extent = Extent::of(&boundary).ok_or("the boundary is empty")?.with_margin(0.03);
    let mut map = Map::new(extent, WIDTH);
    map.area(&answers::shape(&coverage.uncovered_geometry)?, Fill::Sparse);
    map.area(&answers::shape(&coverage.uncertain_geometry)?, Fill::Hatched);
    map.area(&answers::shape(&coverage.covered_geometry)?, Fill::Solid);
    map.outline(&boundary);
    let adjacent = municipality.adjacent.iter().flat_map(|neighbour| &neighbour.places.nodes);
    let all = municipality.places.nodes.iter().chain(adjacent).filter_map(|place| place.location.as_ref());
    let visible = all.filter(|location| extent.meets(location.rd.point(), location.uncertainty_radius));
    let (exact, coarse): (Vec<&Location>, Vec<&Location>) = visible.partition(|location| location.is_exact());
    for location in &coarse {
        map.circle(location.rd.point(), location.uncertainty_radius, false);
    }
    for location in &exact {
        map.mark(location.rd.point(), Mark::Full);
    }
    // The largest first: they keep their names where there is no room for all.
    let mut named: Vec<&Village> = municipality.settlements.iter().collect();
    named.retain(|village| village.kind == "WOONKERN" && village.population >= Some(NAMED_FROM));
    named.sort_by_key(|village| std::cmp::Reverse(village.population));
    for (rank, village) in named.iter().enumerate() {
        map.label(village.location.rd.point(), &village.name, rank < 2);
    }
    let area = |square_kilometres: f64| language.decimal(square_kilometres, 1);
    let description = with(
        t.map_described,
        &[
            ("total", &area(total)),
            ("covered", &area(coverage.covered_area)),
            ("uncertain", &area(coverage.uncertain_area)),
            ("uncovered", &area(coverage.uncovered_area)),
            ("exact", &language.number(exact.len())),
            ("coarse", &language.number(coarse.len())),
        ],
    );
    Ok(map.finish(&format!("map-{anchor}"), &with(t.map_of, &[("name", &municipality.name)]), &description))
}
