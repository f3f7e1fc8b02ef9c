//! The terms of a vocabulary as the choices of a column.

use std::collections::HashMap;

use super::columns::{compact, parentheses};
use crate::model::vocabulary::Term;

/// The terms of a vocabulary by every name they go by.
#[derive(Clone, Debug)]
pub(crate) struct Choices<T> {
    by_name: HashMap<String, T>,
    labels: Vec<(T, String)>,
}

impl<T: Term> Choices<T> {
    pub(crate) fn of(more: &[(&str, T)]) -> Self {
        let mut by_name = HashMap::new();
        let mut labels = Vec::new();
        // First the names that belong to one term alone, then those that two might share.
        for term in T::all() {
            let label = term.label();
            let dutch = label.map_or(term.name(), |label| &label.label_nl);
            labels.push((term, dutch.to_owned()));
            by_name.entry(compact(term.name())).or_insert(term);
            by_name.entry(compact(dutch)).or_insert(term);
            if let Some(label) = label {
                by_name.entry(compact(&label.label_en)).or_insert(term);
            }
        }
        for (term, label) in &labels {
            if let Some((before, inside)) = parentheses(label) {
                by_name.entry(compact(before)).or_insert(*term);
                by_name.entry(compact(inside)).or_insert(*term);
            }
        }
        for (name, term) in more {
            by_name.entry(compact(name)).or_insert(*term);
        }
        Self { by_name, labels }
    }

    /// The term of a name.
    pub(crate) fn find(&self, text: &str) -> Option<T> {
        self.by_name.get(&compact(text)).copied()
    }

    /// The Dutch label of a term.
    pub(crate) fn label(&self, term: T) -> &str {
        self.labels.iter().find(|(other, _)| *other == term).map_or("", |(_, label)| label)
    }

    /// The Dutch labels, in the order of the vocabulary.
    pub(crate) fn labels(&self) -> impl Iterator<Item = &str> {
        self.labels.iter().map(|(_, label)| label.as_str())
    }
}
