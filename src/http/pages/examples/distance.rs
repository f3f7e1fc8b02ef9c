//! Settlements by their distance to the nearest known place.

use askama::Template;
use serde::Deserialize;
use serde_json::Value;

use super::{
    answers::{Counted, Named, Status},
    section::{Body, Fault, Shown, kilometres, legend},
    words::Words,
};
use crate::drawing::{
    Swatch,
    bars::{self, Axis},
};
use crate::http::pages::{language::Language, words::with};

#[derive(Deserialize)]
struct Answer {
    coverage: Coverage,
}

#[derive(Deserialize)]
struct Coverage {
    note: String,
    warnings: Vec<String>,
    settlements: Counted<Settlement>,
}

/// A settlement with its distances, as several queries ask it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Settlement {
    settlement: Called,
    /// Own inhabitants, where asked.
    population: Option<f64>,
    status: Status,
    place: Option<Named>,
    distance_at_least: Option<f64>,
    distance_at_most: Option<f64>,
    #[serde(rename = "within5Km")]
    within_5_km: Option<usize>,
    border_nearer: bool,
}

#[derive(Deserialize)]
struct Called {
    name: String,
    parent: Option<Whole>,
    population: Option<usize>,
    municipality: Option<Named>,
}

/// What a settlement is a part of, and that of what.
#[derive(Deserialize)]
struct Whole {
    name: String,
    parent: Option<Box<Whole>>,
}

impl Called {
    /// Its name; a district of a town says of which.
    fn told(&self, t: &Words) -> String {
        let outmost = |whole: &Whole| {
            let mut whole = whole;
            while let Some(larger) = &whole.parent {
                whole = larger;
            }
            whole.name.clone()
        };
        match &self.parent {
            Some(parent) => with(t.part_of, &[("name", &self.name), ("town", &outmost(parent))]),
            None => self.name.clone(),
        }
    }
}

/// A settlement in a table.
pub(super) struct SettlementRow {
    pub(in crate::http) name: String,
    pub(in crate::http) municipality: Option<String>,
    pub(in crate::http) population: String,
    pub(in crate::http) status: &'static str,
    pub(in crate::http) place: String,
    pub(in crate::http) at_least: String,
    pub(in crate::http) at_most: String,
    pub(in crate::http) within: String,
    pub(in crate::http) border: &'static str,
}

impl SettlementRow {
    pub(super) fn of(shown: &Shown<'_>, row: &Settlement) -> Self {
        let Shown { language, t, .. } = *shown;
        let not_known = || t.not_known.to_owned();
        let metres = |distance: Option<f64>| distance.map_or_else(not_known, |metres| kilometres(language, metres));
        let people = row.population.or_else(|| row.settlement.population.map(|people| people as f64));
        Self {
            name: row.settlement.told(t),
            municipality: row.settlement.municipality.as_ref().map(|municipality| municipality.name.clone()),
            population: people.map_or_else(not_known, |people| language.decimal(people, 0)),
            status: match row.status {
                Status::Covered => t.covered,
                Status::Partly => t.partly,
                Status::Uncertain => t.uncertain,
                Status::Uncovered => t.uncovered,
            },
            place: row.place.as_ref().map_or_else(|| t.none_known.to_owned(), |place| place.name.clone()),
            at_least: metres(row.distance_at_least),
            at_most: metres(row.distance_at_most),
            within: match row.within_5_km {
                Some(0) | None => t.none_sure.to_owned(),
                Some(places) => language.number(places),
            },
            border: if row.border_nearer { t.border_nearer } else { "" },
        }
    }
}

struct Row {
    bar: String,
    cells: SettlementRow,
}

#[derive(Template)]
#[template(path = "pages/examples/distance.html")]
struct Distance<'a> {
    t: &'static Words,
    anchor: &'a str,
    legend: Vec<(String, String)>,
    caption: String,
    ruler: String,
    rows: Vec<Row>,
    note: &'a str,
    warnings: &'a [String],
}

/// A mark of the axis: whole kilometres unless the axis is finer.
fn kilometre_mark(language: Language, metres: f64) -> String {
    let kilometres = metres / 1_000.0;
    language.decimal(kilometres, usize::from(kilometres.fract().abs() > 1e-6))
}

pub(super) fn show(shown: &Shown<'_>, answer: &Value) -> Result<Body, Fault> {
    let Shown { language, t, anchor, .. } = *shown;
    let Answer { coverage } = Answer::deserialize(answer)?;
    let settlements = &coverage.settlements;
    let bounds = |row: &Settlement| row.distance_at_most.or(row.distance_at_least).unwrap_or_default();
    let axis = Axis::to_hold(settlements.nodes.iter().map(bounds).fold(0.0, f64::max));
    let row = |row: &Settlement| Row {
        // Where no place may be there at all, none is near: the bar is as long as the axis.
        bar: match row.distance_at_least {
            Some(least) => bars::interval(axis, least, row.distance_at_most),
            None => bars::interval(axis, f64::INFINITY, None),
        },
        cells: SettlementRow::of(shown, row),
    };
    let page = Distance {
        t,
        anchor,
        legend: legend(&[(Swatch::Solid, t.far_sure), (Swatch::Hatched, t.far_maybe)]),
        caption: with(
            t.far_caption,
            &[
                ("shown", &language.number(settlements.nodes.len())),
                ("count", &language.number(settlements.total_count)),
            ],
        ),
        ruler: bars::ruler(axis, " km", |metres| kilometre_mark(language, metres)),
        rows: settlements.nodes.iter().map(row).collect(),
        note: &coverage.note,
        warnings: &coverage.warnings,
    };
    Ok(Body { title: t.far_title.to_owned(), lead: t.far_lead.to_owned(), html: page.render()? })
}
