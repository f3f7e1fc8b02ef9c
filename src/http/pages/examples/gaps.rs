//! Gaps for one facility: shares by municipality, settlements out of reach, and what to find out.

use askama::Template;
use serde::Deserialize;
use serde_json::Value;

use super::{
    answers::{Counted, Named},
    distance::{self, SettlementRow},
    section::{Body, Fault, Shown, legend},
    words::Words,
};
use crate::drawing::{
    Swatch,
    bars::{self, Axis},
};
use crate::http::pages::words::with;

#[derive(Deserialize)]
struct Answer {
    coverage: Coverage,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Coverage {
    note: String,
    warnings: Vec<String>,
    population: usize,
    at_least: Figures,
    at_most: Figures,
    municipalities: Vec<Municipality>,
    settlements: Counted<distance::Settlement>,
    improvements: Vec<Improvement>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Figures {
    share_covered: Option<f64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Municipality {
    municipality: Named,
    population: usize,
    at_least: Figures,
    at_most: Figures,
    places: usize,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Improvement {
    place: Place,
    need: String,
    population_uncertain: usize,
}

#[derive(Deserialize)]
struct Place {
    name: String,
    settlement: String,
}

struct Row {
    name: String,
    bar: String,
    at_least: String,
    at_most: String,
    population: String,
    places: String,
}

struct ToFindOut {
    place: String,
    settlement: String,
    need: &'static str,
    people: String,
}

#[derive(Template)]
#[template(path = "pages/examples/gaps.html")]
struct Gaps<'a> {
    t: &'static Words,
    anchor: &'a str,
    figure: String,
    legend: Vec<(String, String)>,
    ruler: String,
    rows: Vec<Row>,
    settlements_caption: String,
    settlements: Vec<SettlementRow>,
    improvements: Vec<ToFindOut>,
    note: &'a str,
    warnings: &'a [String],
}

pub(super) fn show(shown: &Shown<'_>, answer: &Value) -> Result<Body, Fault> {
    let Shown { language, t, anchor, .. } = *shown;
    let Answer { mut coverage } = Answer::deserialize(answer)?;
    // Without inhabitants there is no share, and nothing to compare.
    let shares = |row: &Municipality| row.at_most.share_covered.zip(row.at_least.share_covered);
    coverage.municipalities.retain(|row| shares(row).is_some());
    coverage.municipalities.sort_by(|a, b| {
        let (a, b) = (shares(a).unwrap_or_default(), shares(b).unwrap_or_default());
        a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1))
    });
    let axis = Axis::of_shares();
    let percent = |share: Option<f64>| share.map_or_else(|| t.not_known.to_owned(), |share| language.share(share));
    let rows = coverage.municipalities.iter().map(|row| {
        let (most, least) = shares(row).unwrap_or_default();
        Row {
            name: row.municipality.name.clone(),
            bar: bars::interval(axis, least, Some(most)),
            at_least: language.share(least),
            at_most: language.share(most),
            population: language.number(row.population),
            places: match row.places {
                0 => t.none_known.to_owned(),
                places => language.number(places),
            },
        }
    });
    let improvements = coverage.improvements.iter().map(|improvement| ToFindOut {
        place: improvement.place.name.clone(),
        settlement: improvement.place.settlement.clone(),
        need: match improvement.need.as_str() {
            "LOCATION" => t.need_location,
            "FACILITIES" => t.need_facilities,
            "ACTIVITIES" => t.need_activities,
            "STATUS" => t.need_status,
            _ => t.need_other,
        },
        people: language.number(improvement.population_uncertain),
    });
    let page = Gaps {
        t,
        anchor,
        figure: with(
            t.gaps_figure,
            &[
                ("population", &language.number(coverage.population)),
                ("least", &percent(coverage.at_least.share_covered)),
                ("most", &percent(coverage.at_most.share_covered)),
            ],
        ),
        legend: legend(&[
            (Swatch::Solid, t.gaps_sure),
            (Swatch::Hatched, t.gaps_maybe),
            (Swatch::Nothing, t.gaps_rest),
        ]),
        ruler: bars::ruler(axis, "%", |share| language.decimal(share * 100.0, 0)),
        rows: rows.collect(),
        settlements_caption: with(
            t.gaps_settlements,
            &[
                ("shown", &language.number(coverage.settlements.nodes.len())),
                ("count", &language.number(coverage.settlements.total_count)),
            ],
        ),
        settlements: coverage.settlements.nodes.iter().map(|row| SettlementRow::of(shown, row)).collect(),
        improvements: improvements.collect(),
        note: &coverage.note,
        warnings: &coverage.warnings,
    };
    Ok(Body { title: t.gaps_title.to_owned(), lead: t.gaps_lead.to_owned(), html: page.render()? })
}
