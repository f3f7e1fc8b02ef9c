//! What an import did, in sentences.

use std::fmt::Write as _;

use super::{
    outcome::{Counted, Outcome, Tally},
    words::{label, property, value},
};
use crate::{
    claims::apply::Difference,
    model::{Facts, Language, Place, Statement, vocabulary::Term},
};

/// So many places are named in a list; of the rest only the number is told.
const NAMED: usize = 50;

/// What an import did, for a terminal. The findings are told by the report.
pub fn told(outcome: &Outcome, language: Language) -> String {
    let nl = language == Language::Nl;
    let mut text = String::new();
    let say = |text: &mut String, nl_text: String, en_text: String| {
        text.push_str(if nl { &nl_text } else { &en_text });
        text.push('\n');
    };
    let (rows, refused, confirmed) = (outcome.records, outcome.refused, outcome.confirmed);
    let (added, changed) = (outcome.added.len(), outcome.changed.len());
    let is_of_places = outcome.tallies.is_empty() || added + changed + confirmed > 0;
    if is_of_places {
        say(
            &mut text,
            format!(
                "Rijen: {rows}. Nieuwe plekken: {added}, gewijzigd: {changed}, bevestigd: {confirmed}, niet overgenomen: {refused}."
            ),
            format!(
                "Rows: {rows}. New places: {added}, changed: {changed}, confirmed: {confirmed}, left out: {refused}."
            ),
        );
    } else {
        say(
            &mut text,
            format!("Rijen: {rows}, niet overgenomen: {refused}."),
            format!("Rows: {rows}, left out: {refused}."),
        );
    }
    for tally in &outcome.tallies {
        count(&mut text, tally, nl);
    }
    if let Some(comparison) = &outcome.survey {
        text.push_str(&comparison.to_text(language));
    }
    if outcome.taken_back > 0 {
        let places = outcome.taken_back;
        say(
            &mut text,
            format!("Ingetrokken, omdat deze bron het niet meer zegt: gegevens van {places} plek(ken)."),
            format!("Taken back, because this source says it no longer: data of {places} place(s)."),
        );
    }
    if outcome.passed_over > 0 {
        let passed_over = outcome.passed_over;
        say(
            &mut text,
            format!("Overgeslagen, omdat niets zegt dat het een ontmoetingsplek is: {passed_over}."),
            format!("Passed over, because nothing says that it is a meeting place: {passed_over}."),
        );
    }
    let facts = &outcome.books.facts;
    list(&mut text, if nl { "Nieuw" } else { "New" }, &outcome.added, facts, nl);
    if changed > 0 {
        text.push_str(if nl { "Gewijzigd:\n" } else { "Changed:\n" });
        for (key, differences) in outcome.changed.iter().take(NAMED) {
            // Writing into a String does not fail.
            let _ = writeln!(text, "  {}", named(key, facts));
            for difference in differences {
                let _ = writeln!(text, "    {}", line(difference, nl));
            }
        }
        more(&mut text, changed, nl);
    }
    let missing =
        if nl { "Niet in het bestand; blijft staan zoals het was" } else { "Not in the file; stays as it was" };
    list(&mut text, missing, &outcome.missing, facts, nl);
    located(&mut text, outcome, nl);
    for code in &outcome.municipalities {
        let known = facts.municipalities.iter().find(|known| known.code == *code);
        let (name, inventory) =
            known.map_or((code.as_str(), ""), |known| (known.name.as_str(), known.inventory.name()));
        let inventory = label("InventoryStatus", inventory, nl);
        say(
            &mut text,
            format!("Gemeente {name}: de opgave over de lijst of het contact is gewijzigd. Lijst: {inventory}."),
            format!("Municipality of {name}: what it states of its list or contact changed. List: {inventory}."),
        );
    }
    text
}

/// Where the places that came without a point stand now, and which have none.
fn located(text: &mut String, outcome: &Outcome, nl: bool) {
    let facts = &outcome.books.facts;
    let place = |key: &String| facts.places.iter().find(|place| place.key == *key);
    let is_coarse = |key: &&String| place(key).is_some_and(|place| !place.is_at_address());
    let coarse: Vec<&String> = outcome.located.iter().filter(is_coarse).collect();
    let exact = outcome.located.len() - coarse.len();
    // Writing into a String does not fail.
    if exact > 0 {
        let _ = if nl {
            writeln!(text, "Zonder punt, op het punt gezet van een andere plek met hetzelfde adres: {exact}.")
        } else {
            writeln!(text, "Without a point, put at that of another place with the same address: {exact}.")
        };
    }
    if !coarse.is_empty() {
        let count = coarse.len();
        let _ = if nl {
            writeln!(
                text,
                "Zonder punt, voorlopig op het midden van hun kern of wijk gezet: {count}. `noaber geocode` zoekt hun adres op."
            )
        } else {
            writeln!(
                text,
                "Without a point, put in the middle of their settlement or district for now: {count}. `noaber geocode` looks their address up."
            )
        };
        for key in coarse.iter().take(NAMED) {
            let radius_m =
                place(key).and_then(|place| place.location.as_ref()).map_or(0.0, |at| at.uncertainty_radius_m);
            let _ = writeln!(text, "  {} (±{radius_m:.0} m)", named(key, facts));
        }
        more(text, count, nl);
    }
    let title = if nl {
        "Zonder punt, en de kern is niet bekend; niet op de kaart"
    } else {
        "Without a point, and the settlement is not known; not on the map"
    };
    list(text, title, &outcome.unlocated, facts, nl);
}

pub(super) fn count(text: &mut String, tally: &Tally, nl: bool) {
    let (added, changed, removed, unchanged) =
        (tally.added.len(), tally.changed.len(), tally.removed.len(), tally.unchanged);
    let of = counted(tally.of, nl);
    let _ = if nl {
        writeln!(text, "{of}: nieuw {added}, gewijzigd {changed}, verdwenen {removed}, gelijk gebleven {unchanged}.")
    } else {
        writeln!(text, "{of}: new {added}, changed {changed}, gone {removed}, the same {unchanged}.")
    };
    if !tally.aspects.is_empty() {
        let told = tally
            .aspects
            .iter()
            .map(|([dutch, english], count)| format!("{} {count}", if nl { dutch } else { english }));
        let title = if nl { "Wat gewijzigd is" } else { "What changed" };
        let _ = writeln!(text, "  {title}: {}.", told.collect::<Vec<_>>().join(", "));
    }
    let titles = if nl { ["Nieuw", "Gewijzigd", "Verdwenen"] } else { ["New", "Changed", "Gone"] };
    for (title, names) in titles.into_iter().zip([&tally.added, &tally.changed, &tally.removed]) {
        if !names.is_empty() {
            let _ = writeln!(text, "  {title}:");
            for name in names.iter().take(NAMED) {
                let _ = writeln!(text, "    {name}");
            }
            more(text, names.len(), nl);
        }
    }
}

fn counted(what: Counted, nl: bool) -> &'static str {
    match (what, nl) {
        (Counted::Municipalities, true) => "Gemeenten",
        (Counted::Municipalities, false) => "Municipalities",
        (Counted::Wijken, true) => "Wijken",
        (Counted::Wijken, false) => "Districts (wijken)",
        (Counted::Buurten, true) => "Buurten",
        (Counted::Buurten, false) => "Neighbourhoods (buurten)",
        (Counted::Settlements, true) => "Plaatsen",
        (Counted::Settlements, false) => "Settlements",
        (Counted::PolicyDocuments, true) => "Beleidsstukken",
        (Counted::PolicyDocuments, false) => "Policy documents",
        (Counted::PolicyStatuses, true) => "Beleidsstatussen",
        (Counted::PolicyStatuses, false) => "Policy statuses",
        (Counted::Activities, true) => "Activiteiten",
        (Counted::Activities, false) => "Activities",
        (Counted::Postcodes, true) => "Postcodes",
        (Counted::Postcodes, false) => "Postcodes",
        (Counted::SurveyTotals, true) => "Totalen van de vragenlijst",
        (Counted::SurveyTotals, false) => "Totals of the questionnaire",
    }
}

fn list(text: &mut String, title: &str, keys: &[String], facts: &Facts, nl: bool) {
    if keys.is_empty() {
        return;
    }
    let _ = writeln!(text, "{title}:");
    for key in keys.iter().take(NAMED) {
        let _ = writeln!(text, "  {}", named(key, facts));
    }
    more(text, keys.len(), nl);
}

fn more(text: &mut String, all: usize, nl: bool) {
    if all > NAMED {
        let _ = writeln!(text, "  {} {}", if nl { "en nog" } else { "and" }, all - NAMED);
    }
}

pub(super) fn named(key: &str, facts: &Facts) -> String {
    let place: Option<&Place> = facts.places.iter().find(|place| place.key == key);
    place.map_or_else(|| key.to_owned(), |place| format!("{}, {} [{key}]", place.name, place.settlement))
}

pub(super) fn line(difference: &Difference, nl: bool) -> String {
    let unknown = if nl { "niet bekend" } else { "not known" };
    let value = |statement: Option<&Statement>| statement.map_or(unknown.to_owned(), |statement| value(statement, nl));
    let (before, after) = (value(difference.before.as_ref()), value(difference.after.as_ref()));
    format!("{}: {before} → {after}", property(&difference.key, nl))
}
