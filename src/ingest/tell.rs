//! What the taking of records has to say, as findings of the report.

use std::collections::{BTreeSet, HashMap};

use super::words::{property, value};
use crate::{
    claims::{At, Concern, Record, identity::Likeness, plausibility::Suspicion},
    findings::{Finding, Report, Rule},
};

/// Adds the concerns about `records` to a report.
pub(super) fn tell(concerns: &[(At, Concern)], records: &[Record], report: &mut Report) {
    let mut by_at: HashMap<&At, &Record> = HashMap::new();
    if !concerns.is_empty() {
        for record in records {
            by_at.entry(&record.at).or_insert(record);
        }
    }
    for (at, concern) in concerns {
        report.add(finding(at, concern, by_at.get(at).copied()));
    }
}

/// That elements of a map are gone which were taken for places before.
pub(super) fn lacking(first: &At, elements: &BTreeSet<&str>) -> Finding {
    let ids = elements.iter().copied().collect::<Vec<_>>().join(", ");
    let finding = Finding::new(&first.file, None, Rule::MapElementsLacking, &elements.len().to_string());
    Finding { details: vec![ids], ..finding }
}

fn finding(at: &At, concern: &Concern, record: Option<&Record>) -> Finding {
    let name = record.and_then(Record::name).unwrap_or_default();
    let settlement = record.and_then(Record::settlement).unwrap_or_default();
    let is_element = at.element().is_some();
    let keys = |places: &[(String, Likeness)]| {
        let keys: Vec<&str> = places.iter().map(|(key, _)| key.as_str()).collect();
        keys.join(", ")
    };
    let (rule, value, details) = match concern {
        Concern::KnownToOthers(key) => (Rule::SyntheticOfKnownPlace, name, vec![key.clone()]),
        Concern::MadeUp(key) => (Rule::SyntheticPlace, key.as_str(), vec![]),
        // A map has neither rows nor cells.
        Concern::Nameless if is_element => (Rule::MapElementWithoutSettlement, name, vec![]),
        Concern::Doubtful(places) if is_element => (Rule::MapElementDoubtful, name, vec![keys(places)]),
        Concern::Older if is_element => (Rule::MapElementOlder, name, vec![]),
        Concern::Withdrawn(key) if is_element => (Rule::MapElementWithdrawn, key.as_str(), vec![]),
        Concern::Location(_) if is_element => (Rule::MapElementAstray, name, vec![]),
        Concern::NoMunicipality => (Rule::NoMunicipality, name, vec![]),
        Concern::UnknownMunicipality(code) => (Rule::UnknownMunicipality, code.as_str(), vec![]),
        Concern::UnknownKey(key) => (Rule::UnknownKey, key.as_str(), vec![]),
        Concern::OtherMunicipality(key, code) => (Rule::KeyOfOtherMunicipality, key.as_str(), vec![code.to_string()]),
        Concern::Nameless => (Rule::NewPlaceIncomplete, name, vec![]),
        Concern::Repeated(row) => (Rule::RepeatedPlace, name, vec![row.to_string()]),
        Concern::Doubtful(places) => (Rule::DoubtfulPair, name, vec![keys(places)]),
        Concern::Recognised(pair, _) => (Rule::Recognised, name, vec![pair.place.clone(), pair.record.clone()]),
        Concern::Older => (Rule::OlderStatement, name, vec![]),
        Concern::Shifted(rows) => (Rule::RowsShifted, name, vec![rows.to_string()]),
        Concern::NothingToClear(key) => (Rule::NothingToClear, name, vec![property(key, true), property(key, false)]),
        Concern::Contradicted { said, shown } => {
            let key = said.key();
            let told = [property(&key, true), value(said, true), value(shown, true)].into_iter().chain([
                property(&key, false),
                value(said, false),
                value(shown, false),
            ]);
            (Rule::Overruled, name, told.collect())
        }
        Concern::Withdrawn(key) => (Rule::Withdrawn, key.as_str(), vec![]),
        Concern::Postcode(postcode) => (Rule::PostcodeElsewhere, postcode.as_str(), vec![]),
        Concern::Location(Suspicion::OutsideMunicipality(there)) => {
            let phrase = |known: &str, unknown: &str| {
                there.as_ref().map_or(unknown.to_owned(), |name| format!("{known} {name}"))
            };
            let details = vec![phrase("in", "buiten Overijssel"), phrase("in", "outside Overijssel")];
            (Rule::OutsideMunicipality, name, details)
        }
        Concern::Location(Suspicion::OutsideSettlement(away_m)) => {
            (Rule::OutsideSettlement, name, vec![format!("{:.1}", away_m / 1000.0), settlement.to_owned()])
        }
        Concern::Location(Suspicion::SharedPoint(other)) => (Rule::SharedPoint, name, vec![other.clone()]),
    };
    Finding {
        row: Some(at.row).filter(|row| *row > 0),
        details,
        ..Finding::new(&at.file, at.sheet.as_ref(), rule, value)
    }
}
