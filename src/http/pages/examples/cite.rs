//! How to cite a figure.

use askama::Template;
use serde::Deserialize;
use serde_json::Value;

use super::{
    answers::Counted,
    section::{Body, Fault, Shown},
    words::Words,
};
use crate::http::pages::words::with;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    known: Counted<Place>,
    known_or_unknown: Total,
    dataset: Dataset,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Total {
    total_count: usize,
}

#[derive(Deserialize)]
struct Place {
    name: String,
    settlement: String,
    sources: Vec<Source>,
}

#[derive(Deserialize)]
struct Source {
    title: String,
    url: Option<String>,
    fields: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Dataset {
    edition: String,
    published_at: String,
    place_count: usize,
    licences: Vec<Licence>,
    attribution: Vec<String>,
}

#[derive(Deserialize)]
struct Licence {
    layer: String,
    licence: String,
    url: Option<String>,
}

#[derive(Template)]
#[template(path = "pages/examples/cite.html")]
struct Cite<'a> {
    t: &'static Words,
    anchor: &'a str,
    sentence: String,
    address: &'a str,
    figures: Vec<(&'static str, String)>,
    places: Vec<Place>,
    licences: &'a [Licence],
}

impl Cite<'_> {
    /// The address, when a link may carry it.
    fn web<'a>(&self, address: &'a Option<String>) -> Option<&'a str> {
        crate::http::pages::links::web(address)
    }
}

pub(super) fn show(shown: &Shown<'_>, answer: &Value) -> Result<Body, Fault> {
    let Shown { language, t, anchor, answer_address, .. } = *shown;
    let Answer { mut known, known_or_unknown, dataset } = Answer::deserialize(answer)?;
    let unknown = known_or_unknown.total_count.saturating_sub(known.total_count);
    // Of all sources of a place, those of what is counted here.
    for place in &mut known.nodes {
        place.sources.retain(|source| source.fields.iter().any(|field| field == "facilities"));
    }
    // Each attribution begins with the word for a source, which the sentence has already.
    let sources: Vec<&str> =
        dataset.attribution.iter().map(|text| text.strip_prefix("Bron: ").unwrap_or(text)).collect();
    let date = dataset.published_at.split('T').next().unwrap_or_default().to_owned();
    let page = Cite {
        t,
        anchor,
        sentence: with(
            t.cite_sentence,
            &[
                ("known", &language.number(known.total_count)),
                ("unknown", &language.number(unknown)),
                ("edition", &dataset.edition),
                ("sources", &sources.join("; ")),
            ],
        ),
        address: answer_address,
        figures: vec![
            (t.cite_known, language.number(known.total_count)),
            (t.cite_unknown, language.number(unknown)),
            (t.cite_places, language.number(dataset.place_count)),
            (t.cite_edition, dataset.edition.clone()),
            (t.cite_published, date),
        ],
        places: known.nodes,
        licences: &dataset.licences,
    };
    Ok(Body { title: t.cite_title.to_owned(), lead: t.cite_lead.to_owned(), html: page.render()? })
}
