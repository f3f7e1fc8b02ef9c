//! Activities that often draw older people, around a village.
//!
//! An oddity: the map is drawn for the five kilometres that the query has as a default, and the activities that are
//! asked are read from the query's text, since an answer does not repeat its arguments. A unit test holds both against
//! the file.

use std::collections::BTreeSet;

use askama::Template;
use serde::Deserialize;
use serde_json::Value;

use super::{
    answers::{self, At, Location, Vocabulary, label},
    section::{Body, Fault, Shown, kilometres, legend},
    words::Words,
};
use crate::drawing::{
    Swatch,
    map::{Extent, Map, Mark, Point},
};
use crate::http::pages::words::with;

/// Units of the drawing from west to east.
const WIDTH: f64 = 560.0;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    village: Option<Village>,
    near: Near,
    known: Ids,
    known_or_unknown: Ids,
    vocabularies: Vec<Vocabulary>,
}

#[derive(Deserialize)]
struct Village {
    name: String,
    population: Option<usize>,
    location: At,
    municipality: Municipality,
}

#[derive(Deserialize)]
struct Municipality {
    boundary: Value,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Near {
    total_count: usize,
    edges: Vec<Edge>,
}

#[derive(Deserialize)]
struct Edge {
    distance: f64,
    node: Place,
}

#[derive(Deserialize)]
struct Place {
    id: String,
    name: String,
    settlement: String,
    activities: Vec<String>,
    location: Option<Location>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Ids {
    total_count: usize,
    nodes: Vec<Id>,
}

#[derive(Deserialize)]
struct Id {
    id: String,
}

/// What is known of a place's activities.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lists {
    Asked,
    Nothing,
    Others,
}

struct Row {
    swatch: String,
    name: String,
    settlement: String,
    asked: String,
    others: String,
    distance: String,
}

#[derive(Template)]
#[template(path = "pages/examples/activities.html")]
struct Activities<'a> {
    t: &'static Words,
    anchor: &'a str,
    figure: String,
    map: String,
    legend: Vec<(String, String)>,
    caption: String,
    rows: Vec<Row>,
}

/// The terms that the query asks, read where it says so: the answer does not repeat them.
fn asked(query: &str) -> Vec<&str> {
    let list = query.split_once("[ActivityType!]! = [").and_then(|(_, rest)| rest.split_once(']'));
    list.map(|(terms, _)| terms.split([',', ' ', '\n']).filter(|term| !term.is_empty()).collect()).unwrap_or_default()
}

pub(super) fn show(shown: &Shown<'_>, answer: &Value) -> Result<Body, Fault> {
    let Shown { language, t, anchor, .. } = *shown;
    let answer = Answer::deserialize(answer)?;
    let village = answer.village.as_ref().ok_or("there is no such settlement")?;
    let asked = asked(shown.query);
    let ids = |list: &Ids| -> BTreeSet<String> { list.nodes.iter().map(|node| node.id.clone()).collect() };
    let (known, known_or_unknown) = (ids(&answer.known), ids(&answer.known_or_unknown));
    let lists = |place: &Place| {
        if known.contains(&place.id) {
            Lists::Asked
        } else if known_or_unknown.contains(&place.id) {
            Lists::Nothing
        } else {
            Lists::Others
        }
    };
    let activity = |term: &str| small(label(&answer.vocabularies, "ActivityType", term));
    let row = |edge: &Edge| {
        let (these, others): (Vec<&String>, Vec<&String>) =
            edge.node.activities.iter().partition(|term| asked.contains(&term.as_str()));
        let told = |terms: &[&String]| terms.iter().map(|term| activity(term)).collect::<Vec<_>>().join(", ");
        let coarse = edge.node.location.as_ref().filter(|location| !location.is_exact());
        let (of_asked, of_others) = match lists(&edge.node) {
            Lists::Nothing => (t.not_known.to_owned(), t.not_known.to_owned()),
            Lists::Asked => (told(&these), told(&others)),
            Lists::Others => (t.near_none_of_them.to_owned(), told(&others)),
        };
        Row {
            swatch: crate::drawing::swatch(match lists(&edge.node) {
                Lists::Asked => Swatch::Full,
                Lists::Nothing => Swatch::Open,
                Lists::Others => Swatch::Cross,
            }),
            name: edge.node.name.clone(),
            settlement: edge.node.settlement.clone(),
            asked: of_asked,
            others: of_others,
            distance: match coarse {
                Some(location) => {
                    let margin = kilometres(language, location.uncertainty_radius);
                    format!(
                        "{} {}",
                        kilometres(language, edge.distance),
                        with(t.near_give_or_take, &[("distance", &margin)])
                    )
                }
                None => kilometres(language, edge.distance),
            },
        }
    };
    let unknown = answer.known_or_unknown.total_count.saturating_sub(answer.known.total_count);
    let population = village.population.map_or_else(|| t.not_known.to_owned(), |people| language.number(people));
    let activities: Vec<String> = asked.iter().map(|term| activity(term)).collect();
    let page = Activities {
        t,
        anchor,
        figure: with(
            t.near_figure,
            &[
                ("all", &language.number(answer.near.total_count)),
                ("known", &language.number(answer.known.total_count)),
                ("unknown", &language.number(unknown)),
            ],
        ),
        map: draw(shown, &answer, village, lists)?,
        legend: legend(&[
            (Swatch::Full, t.near_known),
            (Swatch::Open, t.near_unknown),
            (Swatch::Cross, t.near_other),
            (Swatch::Within, t.near_coarse),
            (Swatch::Reach, t.near_reach),
            (Swatch::Outline, t.map_boundary),
        ]),
        caption: with(t.near_caption, &[("name", &village.name)]),
        rows: answer.near.edges.iter().map(row).collect(),
    };
    let lead = with(
        t.near_lead,
        &[("name", &village.name), ("population", &population), ("activities", &activities.join(", "))],
    );
    Ok(Body { title: t.near_title.to_owned(), lead, html: page.render()? })
}

/// The position of the mark that has so many before it: from north-east on, clockwise.
fn on_rim(middle: Point, radius_m: f64, before: usize) -> Point {
    let angle = (45.0 - 40.0 * before as f64).to_radians();
    Point { x: middle.x + radius_m * angle.cos(), y: middle.y + radius_m * angle.sin() }
}

/// A label within a sentence.
fn small(label: &str) -> String {
    let mut letters = label.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

fn draw(
    shown: &Shown<'_>,
    answer: &Answer,
    village: &Village,
    lists: impl Fn(&Place) -> Lists,
) -> Result<String, Fault> {
    /// The distance that the query asks; how far the map reaches beyond it is a matter of looks.
    const REACH_M: f64 = 5_000.0;
    let Shown { language, t, anchor, .. } = *shown;
    let centre = village.location.rd.point();
    let mut map = Map::new(Extent::around(centre, REACH_M * 1.12), WIDTH);
    map.outline(&answers::shape(&village.municipality.boundary)?);
    map.circle(centre, REACH_M, true);
    let placed = || {
        let edges = answer.near.edges.iter();
        edges.filter_map(|edge| edge.node.location.as_ref().map(|location| (&edge.node, location)))
    };
    let mark_of = |place: &Place| match lists(place) {
        Lists::Asked => Mark::Full,
        Lists::Nothing => Mark::Open,
        Lists::Others => Mark::Cross,
    };
    // The middle of a circle is not where the place is: the mark stands on its rim, those of one circle side by side.
    let mut rims: Vec<(Point, usize)> = Vec::new();
    let mut marks: Vec<(Point, &Place)> = Vec::new();
    for (place, location) in placed() {
        let middle = location.rd.point();
        if location.is_exact() {
            marks.push((middle, place));
            continue;
        }
        let before = match rims.iter_mut().find(|(point, _)| *point == middle) {
            Some((_, count)) => {
                *count += 1;
                *count
            }
            None => {
                map.circle(middle, location.uncertainty_radius, false);
                rims.push((middle, 0));
                0
            }
        };
        marks.push((on_rim(middle, location.uncertainty_radius, before), place));
    }
    for (point, place) in &marks {
        map.mark(*point, mark_of(place));
    }
    map.label(centre, &village.name, true);
    for (point, place) in &marks {
        map.label(*point, &place.name, false);
    }
    let count = |wanted: Lists| language.number(placed().filter(|(place, _)| lists(place) == wanted).count());
    let description = with(
        t.near_described,
        &[("known", &count(Lists::Asked)), ("unknown", &count(Lists::Nothing)), ("other", &count(Lists::Others))],
    );
    Ok(map.finish(&format!("map-{anchor}"), &with(t.near_map, &[("name", &village.name)]), &description))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documented_query_says_which_activities_it_asks() {
        let query = crate::http::pages::examples::view::documented("activities-near-a-village").unwrap().query();
        let asked = asked(query);
        assert!(asked.len() >= 5 && asked.contains(&"SOOS") && asked.contains(&"KOFFIEMOMENT"), "{asked:?}");
        assert!(query.contains("$distance: Float! = 5000"), "the map is drawn for five kilometres");
    }

    #[test]
    fn a_label_in_a_sentence_begins_small() {
        assert_eq!((small("Eetcafé"), small("")), ("eetcafé".to_owned(), String::new()));
    }
}
