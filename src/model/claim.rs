//! Who says what of a place or of a document of policy, before it is decided which of it is served.
//!
//! What the seed has was compiled by hand and stands as it is; what is imported afterwards is kept claim by claim, so that a
//! value that is overruled stays known with its source, and so that what is served can be made again without the claims of
//! one source. Places and policy differ in what can be said of them ([`Property`]), and in nothing else.

use std::{cmp::Reverse, collections::BTreeMap, fmt::Debug};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::{PartialDate, vocabulary::LocationPrecision};

/// Who says it, from the weakest to the strongest voice.
///
/// Of two that contradict each other the stronger is served; of two equally strong ones the later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Authority {
    /// OpenStreetMap's contributors.
    Openstreetmap,
    /// A list of polling places: sure of the building, not of what is done there.
    PollingPlaces,
    /// Public web pages; also all that the seed holds.
    Web,
    /// The place's own organisation, or a welfare organisation that works there.
    Organisation,
    /// The municipality.
    Municipality,
}

/// One property of a subject with its value, such as the kind of a place or the year of a document.
pub trait Property: Clone + Debug + PartialEq + Serialize + DeserializeOwned {
    /// What it is a property of.
    type Subject: Clone + Debug + PartialEq + Serialize + DeserializeOwned;
    /// What is kept beside the subject as it was before the first claim.
    type Support: Clone + Debug + PartialEq + Serialize + DeserializeOwned;

    /// What it is about; two of one subject with the same key contradict or confirm each other.
    fn key(&self) -> String;

    /// Whether it is a guess, which has no authority, whoever makes it.
    fn is_guess(&self) -> bool {
        false
    }

    /// How exactly it tells where something is: the more exact wins, whoever says it.
    fn exactness(&self) -> Option<Reverse<LocationPrecision>> {
        None
    }

    /// Whether lists of polling places are where it is known from: it is then said with their voice and on their day, also
    /// where it was compiled into the seed.
    fn is_of_polling_places(&self) -> bool {
        false
    }

    /// What a subject said before the first claim on it, one for each key.
    fn said_before(original: &Original<Self>) -> Vec<Said<'_, Self>>;
}

/// What a subject says that nobody claims.
#[derive(Clone, Debug, PartialEq)]
pub struct Said<'a, P> {
    /// The property with its value.
    pub statement: P,
    /// The day, as far as it is known, on which that was found.
    pub stated: Option<PartialDate>,
    /// Ids of the sources that support it.
    pub sources: Vec<&'a str>,
}

/// What a source says of one property of a subject.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound = "")]
pub struct Claim<P: Property> {
    /// Key of the subject.
    pub subject: String,
    /// Id of the source. It has one claim on each key of a subject: a newer one takes the place of the older.
    pub source: String,
    /// How much the source's word counts.
    pub authority: Authority,
    /// What it says.
    pub statement: P,
    /// The day on which the source said so.
    pub stated: Option<NaiveDate>,
}

/// A subject as it was before the first claim on it.
///
/// Reads the names of earlier releases as well, which differed for places and policy.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound = "")]
pub struct Original<P: Property> {
    /// The place or document.
    #[serde(alias = "place", alias = "document")]
    pub subject: P::Subject,
    /// The sources of the place, or the statuses that stood on the document.
    #[serde(alias = "sources", alias = "statuses")]
    pub support: Vec<P::Support>,
}

/// All claims on subjects of one sort, with what was there before them.
#[derive(Clone, Debug, PartialEq)]
pub struct Claims<P: Property> {
    /// Subjects of the seed on which there are claims, as they were before, by key.
    pub originals: BTreeMap<String, Original<P>>,
    /// Claims by key of the subject, ascending by key of the statement and source.
    pub by_subject: BTreeMap<String, Vec<Claim<P>>>,
}

impl<P: Property> Default for Claims<P> {
    fn default() -> Self {
        Self { originals: BTreeMap::new(), by_subject: BTreeMap::new() }
    }
}

impl<P: Property> Claims<P> {
    /// The claims on a subject, ascending by key of the statement and source.
    pub fn of(&self, subject: &str) -> &[Claim<P>] {
        self.by_subject.get(subject).map(Vec::as_slice).unwrap_or_default()
    }

    /// What a source says of a property of a subject.
    pub fn claim(&self, subject: &str, key: &str, source: &str) -> Option<&Claim<P>> {
        let claims = self.of(subject);
        let place =
            |known: &Claim<P>| known.statement.key().as_str().cmp(key).then_with(|| known.source.as_str().cmp(source));
        claims.binary_search_by(place).ok().map(|index| &claims[index])
    }

    /// All claims.
    pub fn all(&self) -> impl Iterator<Item = &Claim<P>> {
        self.by_subject.values().flatten()
    }

    /// Whether nobody claims anything.
    pub fn is_empty(&self) -> bool {
        self.by_subject.is_empty()
    }

    /// Keeps a subject as it is before the first claim on it.
    pub fn remember(&mut self, subject: &str, original: impl FnOnce() -> Original<P>) {
        if !self.by_subject.contains_key(subject) && !self.originals.contains_key(subject) {
            self.originals.insert(subject.to_owned(), original());
        }
    }

    /// Notes a claim; it takes the place of what the same source said of the same property before, unless that was said on
    /// a later day. Whether it was noted.
    pub fn note(&mut self, claim: Claim<P>) -> bool {
        let claims = self.by_subject.entry(claim.subject.clone()).or_default();
        let key = claim.statement.key();
        let place =
            |known: &Claim<P>| known.statement.key().cmp(&key).then_with(|| known.source.as_str().cmp(&claim.source));
        match claims.binary_search_by(place) {
            Ok(index) if claims[index].stated > claim.stated => return false,
            Ok(index) => claims[index] = claim,
            Err(index) => claims.insert(index, claim),
        }
        true
    }

    /// Takes out the claims on a subject that `goes` is true of; whether there were any.
    pub fn take_out(&mut self, subject: &str, goes: impl Fn(&Claim<P>) -> bool) -> bool {
        let Some(claims) = self.by_subject.get_mut(subject) else { return false };
        let before = claims.len();
        claims.retain(|claim| !goes(claim));
        claims.len() != before
    }

    /// Leaves nothing of a subject.
    pub fn forget(&mut self, subject: &str) {
        self.by_subject.remove(subject);
        self.originals.remove(subject);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{PolicyStatement, Statement, every_field};

    #[test]
    fn the_municipality_has_the_strongest_voice_and_the_map_of_volunteers_the_weakest() {
        assert!(Authority::Municipality > Authority::Organisation && Authority::Organisation > Authority::Web);
        assert!(Authority::Web > Authority::PollingPlaces && Authority::PollingPlaces > Authority::Openstreetmap);
    }

    #[test]
    fn what_earlier_releases_wrote_of_places_and_of_policy_reads_as_it_was_meant() {
        fn former<P: Property>(original: &Original<P>, subject: &str, support: &str) {
            let json = serde_json::json!({ subject: original.subject, support: original.support });
            assert_eq!(serde_json::from_value::<Original<P>>(json).unwrap(), *original);
            let written = serde_json::to_string(original).unwrap();
            assert_eq!(serde_json::from_str::<Original<P>>(&written).unwrap(), *original);
        }
        let facts = crate::testing::facts();
        let of_place = Original::<Statement> { subject: every_field(), support: facts.place_sources[..2].to_vec() };
        former(&of_place, "place", "sources");
        let document = facts.policy_documents.into_iter().find(|document| document.key == "policy-011").unwrap();
        let statuses = facts.policy_statuses.into_iter().filter(|status| status.document == document.key).collect();
        let of_policy = Original::<PolicyStatement> { subject: document, support: statuses };
        assert!(!of_policy.support.is_empty());
        former(&of_policy, "document", "statuses");
    }
}
