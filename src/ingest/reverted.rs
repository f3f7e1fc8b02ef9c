//! What taking something back does, in sentences.

use std::{collections::BTreeMap, fmt::Write as _};

use super::{
    outcome::{Counted, Tally},
    policy::apply::documents,
    summary::{count, line, named},
    words::label,
};
use crate::{
    claims::revert::Reverted,
    model::{Books, Facts, Language, MunicipalityCode, PolicyStatus, vocabulary::Term},
};

/// What it does to `before`, at most `most` places of each list by name.
pub fn told(reverted: &Reverted, before: &Books, language: Language, most: usize) -> String {
    let nl = language == Language::Nl;
    let say = |nl_text: String, en_text: String| if nl { nl_text } else { en_text };
    let (was, is) = (&before.facts, &reverted.books.facts);
    let (gone, back, changed) = (reverted.gone.len(), reverted.back.len(), reverted.changed.len());
    let mut text = say(
        format!("Plekken gewijzigd: {changed}, verdwenen: {gone}, terug: {back}.\n"),
        format!("Places changed: {changed}, gone: {gone}, back: {back}.\n"),
    );
    let mut list = |title: String, all: usize, lines: Vec<String>| {
        if all > 0 {
            // Writing into a String does not fail.
            let _ = writeln!(text, "{title}");
            lines.iter().for_each(|line| text.push_str(line));
            if all > most {
                let _ = writeln!(text, "  {} {}", if nl { "en nog" } else { "and" }, all - most);
            }
        }
    };
    let of_places = |reverted: &Reverted| -> Vec<String> {
        let changed = reverted.changed.iter().take(most);
        let told = changed.map(|(key, differences)| {
            let lines: String =
                differences.iter().map(|difference| format!("    {}\n", line(difference, nl))).collect();
            format!("  {}\n{lines}", named(key, is))
        });
        told.collect()
    };
    list(say("Gewijzigd:".to_owned(), "Changed:".to_owned()), changed, of_places(reverted));
    let lines = reverted.gone.iter().take(most).map(|place| format!("  {}\n", named(&place.key, was)));
    list(
        say(
            "Verdwenen; niemand anders zegt dat deze plekken er zijn:".to_owned(),
            "Gone; nobody else says that these places are there:".to_owned(),
        ),
        gone,
        lines.collect(),
    );
    let lines = reverted.back.iter().take(most).map(|key| format!("  {}\n", named(key, is)));
    list(say("Terug:".to_owned(), "Back:".to_owned()), back, lines.collect());
    let lines = reverted.activities.iter().take(most).map(|key| format!("  {key}\n"));
    list(
        say("Activiteiten gewijzigd, verdwenen of terug:".to_owned(), "Activities changed, gone or back:".to_owned()),
        reverted.activities.len(),
        lines.collect(),
    );
    if !reverted.bereft.is_empty() {
        let sources = reverted.bereft.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
        text.push_str(&say(
            format!(
                "Ook deze bronnen zeiden iets van een plek die verdwijnt; lees ze zo nodig opnieuw in: {sources}.\n"
            ),
            format!(
                "These sources said something of a place that goes, too; import them again where needed: {sources}.\n"
            ),
        ));
    }
    for code in &reverted.municipalities {
        text.push_str(&municipality(code, was, is, nl));
    }
    for tally in tallies(was, is, nl) {
        count(&mut text, &tally, nl);
    }
    if reverted.standing > 0 {
        let standing = reverted.standing;
        text.push_str(&say(
            format!("Blijft staan, omdat het later opnieuw of anders is opgegeven: {standing} gegeven(s).\n"),
            format!("Stands, because it was said again or otherwise later: {standing} value(s).\n"),
        ));
    }
    text
}

fn municipality(code: &MunicipalityCode, was: &Facts, is: &Facts, nl: bool) -> String {
    let find = |facts: &Facts| facts.municipalities.iter().find(|known| known.code == *code).cloned();
    let (Some(was), Some(is)) = (find(was), find(is)) else { return String::new() };
    let unknown = if nl { "niet bekend" } else { "not known" };
    let inventory = |status: &'static str| label("InventoryStatus", status, nl);
    let number = |number: Option<i32>| number.map_or_else(|| unknown.to_owned(), |number| number.to_string());
    let mut lines = Vec::new();
    if was.inventory != is.inventory {
        let (before, after) = (inventory(was.inventory.name()), inventory(is.inventory.name()));
        lines.push(format!("{}: {before} → {after}", if nl { "lijst" } else { "list" }));
    }
    if was.expected_places != is.expected_places {
        let (before, after) = (number(was.expected_places), number(is.expected_places));
        lines.push(format!("{}: {before} → {after}", if nl { "aantal plekken" } else { "number of places" }));
    }
    if was.contact != is.contact {
        let role = |contact: Option<&crate::model::ContactPoint>| {
            contact.map_or_else(|| unknown.to_owned(), |contact| contact.role.clone())
        };
        lines.push(format!("contact: {} → {}", role(was.contact.as_ref()), role(is.contact.as_ref())));
    }
    let lines: String = lines.iter().map(|line| format!("    {line}\n")).collect();
    let name = &is.name;
    if lines.is_empty() {
        return String::new();
    }
    if nl { format!("Gemeente {name}:\n{lines}") } else { format!("Municipality of {name}:\n{lines}") }
}

/// What it does to the other lists, those that change.
fn tallies(was: &Facts, is: &Facts, nl: bool) -> Vec<Tally> {
    let statuses = |facts: &Facts| -> BTreeMap<String, PolicyStatus> {
        let named = |status: &PolicyStatus| {
            let theme = label("PolicyTheme", status.status.theme().name(), nl);
            format!("{} {theme}: {} [{}]", status.municipality, status.status.value(), status.document)
        };
        facts.policy_statuses.iter().map(|status| (named(status), status.clone())).collect()
    };
    let totals = |facts: &Facts| -> BTreeMap<String, _> {
        let named =
            facts.survey_totals.iter().map(|total| (format!("{}: {}", total.question, total.answer), total.clone()));
        named.collect()
    };
    let borders = |facts: &Facts| -> BTreeMap<String, _> {
        let of = facts.municipalities.iter().map(|known| {
            let figures = (known.population, known.population_date, known.land_area_km2, known.boundary.clone());
            (format!("{} [{}]", known.name, known.code), figures)
        });
        of.collect()
    };
    let settlements = |facts: &Facts| -> BTreeMap<String, _> {
        facts.settlements.iter().map(|known| (format!("{} [{}]", known.name, known.id), known.clone())).collect()
    };
    let neighbourhoods = |facts: &Facts| -> BTreeMap<String, _> {
        facts.neighbourhoods.iter().map(|known| (format!("{} [{}]", known.name, known.code), known.clone())).collect()
    };
    let all = [
        documents(was, is),
        tally(Counted::PolicyStatuses, &statuses(was), &statuses(is)),
        tally(Counted::SurveyTotals, &totals(was), &totals(is)),
        tally(Counted::Municipalities, &borders(was), &borders(is)),
        tally(Counted::Settlements, &settlements(was), &settlements(is)),
        tally(Counted::Wijken, &neighbourhoods(was), &neighbourhoods(is)),
    ];
    let differs = |tally: &Tally| !(tally.added.is_empty() && tally.changed.is_empty() && tally.removed.is_empty());
    all.into_iter().filter(differs).collect()
}

fn tally<T: PartialEq>(of: Counted, was: &BTreeMap<String, T>, is: &BTreeMap<String, T>) -> Tally {
    let names = |which: &dyn Fn(&String) -> bool, of: &BTreeMap<String, T>| -> Vec<String> {
        of.keys().filter(|name| which(name)).cloned().collect()
    };
    let changed =
        names(&|name| was.get(name).is_some_and(|was| is.get(name) != Some(was)) && is.contains_key(name), is);
    Tally {
        of,
        added: names(&|name| !was.contains_key(name), is),
        aspects: Vec::new(),
        removed: names(&|name| !is.contains_key(name), was),
        unchanged: is.iter().filter(|(name, value)| was.get(*name) == Some(*value)).count(),
        changed,
    }
}
