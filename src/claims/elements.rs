//! The elements of a map that were taken for places: pairs that nobody has to decide on.

use std::collections::{BTreeMap, BTreeSet};

use super::record::{At, Record, Sender};
use crate::model::Ledger;

/// How a pair of an element of a map and the place that it was taken for is told from those that look alike.
pub const SAME_ELEMENT: &str = "same-element";

/// The elements of `source` that were taken for a place, by key of the place.
pub(crate) fn by_place<'a>(ledger: &'a Ledger, source: &str) -> BTreeMap<&'a str, BTreeSet<&'a str>> {
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

/// The elements that were taken for places before and are not among the records, and where the first of these stands;
/// nothing where no record is an element.
pub(crate) fn lacking<'a>(
    ledger: &'a Ledger,
    groups: &'a [(Sender, Vec<Record>)],
) -> Option<(&'a At, BTreeSet<&'a str>)> {
    let records = || groups.iter().flat_map(|(sender, records)| records.iter().map(move |record| (sender, record)));
    let (sender, first) = records().find(|(_, record)| record.at.element().is_some())?;
    let there: BTreeSet<&str> = records().filter_map(|(_, record)| record.at.element()).collect();
    let known = by_place(ledger, &sender.source.id);
    let lacking: BTreeSet<&str> = known.into_values().flatten().filter(|element| !there.contains(element)).collect();
    (!lacking.is_empty()).then_some((&first.at, lacking))
}
