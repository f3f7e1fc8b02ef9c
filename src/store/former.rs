//! What databases and editions of earlier releases do not say yet.

use std::collections::BTreeSet;

use crate::model::{Facts, Layer, SurveyTotal};

/// Names the layer of every source that has none, as it was told from ids and licences before it was stored.
///
/// A source of a municipality's list whose layer was never written down gets that too.
pub(super) fn name_layers(facts: &mut Facts) {
    if facts.sources.iter().all(|source| !source.layer.is_empty()) {
        return;
    }
    let of_places: BTreeSet<&str> = facts.place_sources.iter().map(|link| link.source.as_str()).collect();
    let of_report: BTreeSet<&str> = facts.survey.sources.iter().map(String::as_str).collect();
    for source in facts.sources.iter_mut().filter(|source| source.layer.is_empty()) {
        let id = source.id.as_str();
        let begins = |beginnings: &[&str]| beginnings.iter().any(|beginning| id.starts_with(beginning));
        let layer = match id {
            "openstreetmap" => "openstreetmap",
            "pdok-locatieserver" => "addresses",
            SurveyTotal::SYNTHETIC_SOURCE => "questionnaire-synthetic",
            "cbs-85039ned" => "land-area",
            "cbs-gebieden-2024" => "population",
            "cbs-gebiedsindelingen-2026" => "municipalities",
            _ if begins(&["survey-"]) => "questionnaire",
            _ if begins(&["stembureaus-", "stemlokalen-", "polling-places-"]) => "polling-places",
            _ if begins(&["top10nl-"]) => "settlements",
            _ if begins(&["municipality-", "list"]) => {
                let layer = Layer::of_statements(source.licence.as_deref().unwrap_or_default());
                source.layer.clone_from(&layer.key);
                if !facts.layers.iter().any(|known| known.key == layer.key) {
                    facts.layers.push(layer);
                }
                continue;
            }
            _ if of_places.contains(id) => "place-facts",
            _ if of_report.contains(id) => "report",
            _ => "policy",
        };
        layer.clone_into(&mut source.layer);
    }
    facts.layers.sort_by(|a, b| a.key.cmp(&b.key));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seed;

    #[test]
    fn the_layers_of_the_seed_are_those_that_earlier_releases_told_from_its_ids() {
        let facts = seed::read().unwrap();
        let mut former = facts.clone();
        // They had no wijken.
        let named = former.sources.iter_mut().filter(|source| source.layer != "neighbourhoods");
        named.for_each(|source| source.layer.clear());
        name_layers(&mut former);
        assert_eq!(former, facts);
    }
}
