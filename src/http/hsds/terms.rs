//! What HSDS has no field for: terms of our vocabularies, licences and sources, as its `attributes`.

use serde_json::{Value as Json, json};
use uuid::Uuid;

use super::id::Of;
use crate::{
    edition::Edition,
    http::parameters::DirectoryChoice,
    model::{
        Layer,
        vocabulary::{self, ActivityType, Audience, FacilityType, PlaceKind, Term},
    },
    search,
};

/// The vocabularies whose terms stand in attributes, as taxonomies.
pub(super) const TAXONOMIES: [&str; 4] =
    [ActivityType::VOCABULARY, Audience::VOCABULARY, FacilityType::VOCABULARY, PlaceKind::VOCABULARY];

/// The attributes of one thing, as they are put together.
pub(super) struct Attributes {
    of: Uuid,
    entity: &'static str,
    all: Vec<Json>,
}

impl Attributes {
    /// None yet, of a `service` or `location`.
    pub(super) fn of(entity: &'static str, of: Uuid) -> Self {
        Self { of, entity, all: Vec::new() }
    }

    /// What a field of the schema says, where it is known.
    pub(super) fn say(&mut self, field: &str, value: Option<impl ToString>) {
        let Some(value) = value.map(|value| value.to_string()) else { return };
        let id = Of::Part(self.of, field, &value).id();
        self.all.push(json!({
            "id": id, "link_id": self.of, "link_entity": self.entity, "link_type": field, "value": value
        }));
    }

    /// The terms that a field of the schema has.
    pub(super) fn terms<T: Term>(&mut self, field: &str, terms: impl IntoIterator<Item = T>) {
        for term in terms {
            let id = Of::Part(self.of, field, term.name()).id();
            self.all.push(json!({
                "id": id,
                "link_id": self.of,
                "link_entity": self.entity,
                "link_type": field,
                "taxonomy_term_id": Of::Term(T::VOCABULARY, term.name()).id(),
                "taxonomy_term": self::term(T::VOCABULARY, term.name()),
            }));
        }
    }

    /// Who says so, under which licence, in which edition.
    pub(super) fn provenance<'a>(
        &mut self,
        edition: &'a Edition,
        layers: Vec<&'a Layer>,
        sources: impl Iterator<Item = &'a str>,
    ) {
        for layer in layers {
            self.say("licence", Some(&layer.licence));
            self.say("attribution", Some(&layer.attribution));
        }
        for source in sources.filter_map(|id| edition.source(id)) {
            self.say("source", Some(source.url.as_ref().unwrap_or(&source.title)));
        }
        self.say("edition", Some(&edition.id));
    }

    /// All of them; two layers of one licence say it once.
    pub(super) fn all(mut self) -> Vec<Json> {
        let mut seen = std::collections::BTreeSet::new();
        self.all.retain(|attribute| seen.insert(attribute["id"].to_string()));
        self.all
    }
}

/// A term of a vocabulary.
fn term(vocabulary: &str, name: &str) -> Json {
    let label = vocabulary::label(vocabulary, name);
    let said = label.map_or(name, |label| &label.label_nl);
    json!({
        "id": Of::Term(vocabulary, name).id(),
        "code": name,
        "name": said,
        // HSDS wants one: where there is no more to say, it is the name.
        "description": label.and_then(|label| label.description_nl.as_deref()).unwrap_or(said),
        "language": "nl",
        "taxonomy": vocabulary,
        "taxonomy_id": Of::Taxonomy(vocabulary).id(),
    })
}

/// Whether a taxonomy or a term is one that is asked for.
pub(super) fn is_meant(item: &Json, choice: &DirectoryChoice) -> bool {
    let says = |text: &String| {
        let told =
            |name: &str| item[name].as_str().is_some_and(|told| search::fold(told).contains(&search::fold(text)));
        told("name") || told("code") || told("description")
    };
    choice.search.as_ref().is_none_or(says)
        && choice.taxonomy.is_none_or(|taxonomy| item["taxonomy_id"] == json!(taxonomy))
}

/// The taxonomies, and with them all terms.
pub(super) fn taxonomies() -> (Vec<Json>, Vec<Json>) {
    let taxonomy = |vocabulary: &&str| {
        let label = vocabulary::label(vocabulary, "");
        let said = label.map_or(*vocabulary, |label| &label.label_nl);
        json!({
            "id": Of::Taxonomy(vocabulary).id(),
            "name": vocabulary,
            "description": label.and_then(|label| label.description_nl.as_deref()).unwrap_or(said),
        })
    };
    let is_ours =
        |label: &&vocabulary::TermLabel| TAXONOMIES.contains(&label.vocabulary.as_str()) && !label.value.is_empty();
    let terms = vocabulary::labels().iter().filter(is_ours);
    (TAXONOMIES.iter().map(taxonomy).collect(), terms.map(|label| term(&label.vocabulary, &label.value)).collect())
}
