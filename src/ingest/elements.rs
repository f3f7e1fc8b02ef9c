//! The elements of a map that were taken for places: pairs that nobody has to decide on.

use std::collections::{BTreeMap, BTreeSet};

use super::{Record, Sender, report::Finding, rule::Rule, take::SAME_ELEMENT};
use crate::model::Ledger;

/// The elements of `source` that were taken for a place, by key of the place.
pub(super) fn by_place<'a>(ledger: &'a Ledger, source: &str) -> BTreeMap<&'a str, BTreeSet<&'a str>> {
    let mut elements: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (key, pair) in &ledger.pairs {
        let element = key.record.strip_prefix(source).and_then(|rest| rest.strip_prefix('/'));
        if let Some(element) = element
            && pair.likeness == SAME_ELEMENT
            && pair.same == Some(true)
        {
            elements.entry(&key.place).or_default().insert(element);
        }
    }
    elements
}

/// That elements which were taken for places before are not among the records; nothing where no record is an element.
pub(super) fn lacking(ledger: &Ledger, groups: &[(Sender, Vec<Record>)]) -> Option<Finding> {
    let records = || groups.iter().flat_map(|(sender, records)| records.iter().map(move |record| (sender, record)));
    let (sender, first) = records().find(|(_, record)| record.at.element().is_some())?;
    let there: BTreeSet<&str> = records().filter_map(|(_, record)| record.at.element()).collect();
    let known = by_place(ledger, &sender.source.id);
    let lacking: BTreeSet<&str> = known.into_values().flatten().filter(|element| !there.contains(element)).collect();
    if lacking.is_empty() {
        return None;
    }
    let ids = lacking.iter().copied().collect::<Vec<_>>().join(", ");
    let finding = Finding::new(&first.at.file, None, Rule::MapElementsLacking, &lacking.len().to_string());
    Some(Finding { details: vec![ids], ..finding })
}
