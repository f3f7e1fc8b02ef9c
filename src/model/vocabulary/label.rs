//! The words in which the terms are told, as this release has them.
//!
//! They are compiled in and stand in no table: a database that another release filled has the terms of that release, and
//! is read all the same.

use std::{collections::HashMap, sync::LazyLock};

use serde::{Deserialize, Deserializer};

use crate::model::Language;

/// The label of a vocabulary (`value` empty) or of one of its terms.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TermLabel {
    /// The name of the enum in the schema.
    pub vocabulary: String,
    /// The enum value; empty for the vocabulary itself.
    pub value: String,
    /// Dutch label.
    pub label_nl: String,
    /// English label.
    pub label_en: String,
    /// Dutch explanation.
    pub description_nl: Option<String>,
    /// English explanation.
    pub description_en: Option<String>,
    /// OpenStreetMap tags, `key=value`.
    #[serde(deserialize_with = "tags")]
    pub osm_tags: Vec<String>,
}

impl TermLabel {
    /// The label in a language.
    pub fn of(&self, language: Language) -> &str {
        match language {
            Language::Nl => &self.label_nl,
            Language::En => &self.label_en,
        }
    }
}

/// Every label, in the order of `seed/vocabularies.csv`: a vocabulary, then its terms.
pub fn labels() -> &'static [TermLabel] {
    &LABELS.all
}

/// The label of a term, or with an empty `value` of the vocabulary itself. Every term of this release has one.
pub fn label(vocabulary: &str, value: &str) -> Option<&'static TermLabel> {
    let labels = &*LABELS;
    labels.by_term.get(&(vocabulary, value)).and_then(|index| labels.all.get(*index))
}

struct Labels {
    all: Vec<TermLabel>,
    by_term: HashMap<(&'static str, &'static str), usize>,
}

static LABELS: LazyLock<Labels> = LazyLock::new(|| {
    let rows = csv::Reader::from_reader(include_str!("../../../seed/vocabularies.csv").as_bytes()).into_deserialize();
    // A row that cannot be read is a term without a label, which the test below names.
    let all: Vec<TermLabel> = rows.filter_map(Result::ok).collect();
    let terms = super::all();
    let names = terms.iter().flat_map(|(vocabulary, names)| {
        std::iter::once((*vocabulary, "")).chain(names.iter().map(|name| (*vocabulary, *name)))
    });
    let index_of = |(vocabulary, value): &(&str, &str)| {
        all.iter().position(|label| label.vocabulary == *vocabulary && label.value == *value)
    };
    let by_term = names.filter_map(|term| Some((term, index_of(&term)?))).collect();
    Labels { all, by_term }
});

fn tags<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let cell = String::deserialize(deserializer)?;
    Ok(cell.split('|').filter(|tag| !tag.is_empty()).map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::model::vocabulary;

    #[test]
    fn every_term_has_a_label_and_every_label_is_of_a_term() {
        let rows =
            csv::Reader::from_reader(include_str!("../../../seed/vocabularies.csv").as_bytes()).into_deserialize();
        let told: Vec<(String, String)> = rows
            .map(|row: Result<TermLabel, _>| row.unwrap())
            .map(|label| {
                assert!(!label.label_nl.is_empty() && !label.label_en.is_empty(), "{label:?}");
                (label.vocabulary, label.value)
            })
            .collect();
        let terms: BTreeSet<(String, String)> = vocabulary::all()
            .into_iter()
            .flat_map(|(vocabulary, names)| {
                std::iter::once("").chain(names).map(move |name| (vocabulary.to_owned(), name.to_owned()))
            })
            .collect();
        assert_eq!(told.iter().cloned().collect::<BTreeSet<_>>(), terms);
        assert_eq!(told.len(), terms.len(), "a term is labelled once");
    }

    #[test]
    fn a_label_is_found_by_vocabulary_and_term() {
        let library = label("FacilityType", "BIBLIOTHEEK").unwrap();
        assert_eq!((library.label_nl.as_str(), library.label_en.as_str()), ("Bibliotheek", "Library"));
        assert_eq!(label("FacilityType", "").unwrap().value, "");
        assert_eq!(label("FacilityType", "HOLODEK"), None);
    }
}
