//! Facts as the archive keeps them: each list by itself, as JSON, gzip, known by the digest of the JSON.
//!
//! What does not change from one edition to the next is kept once.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    io::{Read, Write},
};

use flate2::{Compression, read::GzDecoder, write::GzEncoder};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};

use super::{StoreError, former, unknown};
use crate::model::{Facts, vocabulary};

pub(super) const SETTLEMENTS: &str = "settlements";
pub(super) const SOURCES: &str = "sources";
pub(super) const PLACES: &str = "places";
pub(super) const PLACE_SOURCES: &str = "place_sources";
pub(super) const POLICY_DOCUMENTS: &str = "policy_documents";
pub(super) const POLICY_STATUSES: &str = "policy_statuses";
pub(super) const SURVEY: &str = "survey";
pub(super) const SURVEY_TOTALS: &str = "survey_totals";
pub(super) const ACTIVITIES: &str = "activities";
pub(super) const POSTCODES: &str = "postcodes";

/// The parts that every edition has, of whatever release.
pub(super) const ALWAYS: [&str; 10] = [
    "layers",
    SOURCES,
    "municipalities",
    SETTLEMENTS,
    "neighbourhoods",
    PLACES,
    PLACE_SOURCES,
    POLICY_DOCUMENTS,
    POLICY_STATUSES,
    SURVEY,
];

/// A list of facts by name.
pub(super) struct Part {
    pub(super) name: &'static str,
    pub(super) content: Content,
}

/// JSON with its digest.
pub(super) struct Content {
    pub(super) digest: String,
    json: Vec<u8>,
}

impl Content {
    pub(super) fn of(list: &impl Serialize) -> Result<Self, StoreError> {
        let json = serde_json::to_vec(list).map_err(|cause| StoreError::Archive(cause.to_string()))?;
        Ok(Self { digest: digest_of(&json), json })
    }

    /// The bytes that are stored.
    pub(super) fn compressed(&self) -> Result<Vec<u8>, StoreError> {
        let mut encoder = GzEncoder::new(Vec::with_capacity(self.json.len() / 4), Compression::default());
        let done = encoder.write_all(&self.json).and_then(|()| encoder.finish());
        done.map_err(|cause| StoreError::Archive(cause.to_string()))
    }
}

/// The parts of facts.
pub(super) fn split(facts: &Facts) -> Result<Vec<Part>, StoreError> {
    // Without `..`: a list that is added to the facts must be archived too.
    let Facts {
        layers,
        sources,
        municipalities,
        settlements,
        neighbourhoods,
        places,
        place_sources,
        policy_documents,
        policy_statuses,
        survey,
        survey_totals,
        activities,
        postcodes,
    } = facts;
    Ok(vec![
        Part { name: "layers", content: Content::of(layers)? },
        Part { name: SOURCES, content: Content::of(sources)? },
        Part { name: "municipalities", content: Content::of(municipalities)? },
        Part { name: SETTLEMENTS, content: Content::of(settlements)? },
        Part { name: "neighbourhoods", content: Content::of(neighbourhoods)? },
        Part { name: PLACES, content: Content::of(places)? },
        Part { name: PLACE_SOURCES, content: Content::of(place_sources)? },
        Part { name: POLICY_DOCUMENTS, content: Content::of(policy_documents)? },
        Part { name: POLICY_STATUSES, content: Content::of(policy_statuses)? },
        Part { name: SURVEY, content: Content::of(survey)? },
        Part { name: SURVEY_TOTALS, content: Content::of(survey_totals)? },
        Part { name: ACTIVITIES, content: Content::of(activities)? },
        Part { name: POSTCODES, content: Content::of(postcodes)? },
    ])
}

fn digest_of(json: &[u8]) -> String {
    Sha256::digest(json).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The stored parts of one edition by name, each with its digest.
pub(super) struct Stored(pub(super) HashMap<String, (String, Vec<u8>)>);

impl Stored {
    /// The facts that were split, in the terms and with the layers of this release.
    pub(super) fn facts(&self) -> Result<Facts, StoreError> {
        let mut facts = Facts {
            layers: self.list("layers")?,
            sources: self.list(SOURCES)?,
            municipalities: self.items("municipalities")?,
            settlements: self.items(SETTLEMENTS)?,
            neighbourhoods: self.items("neighbourhoods")?,
            places: self.list(PLACES)?,
            place_sources: self.list(PLACE_SOURCES)?,
            policy_documents: self.items(POLICY_DOCUMENTS)?,
            policy_statuses: self.items(POLICY_STATUSES)?,
            survey: self.list(SURVEY)?,
            // Editions from before there were any.
            survey_totals: if self.0.contains_key(SURVEY_TOTALS) { self.list(SURVEY_TOTALS)? } else { Vec::new() },
            activities: if self.0.contains_key(ACTIVITIES) { self.items(ACTIVITIES)? } else { Vec::new() },
            postcodes: if self.0.contains_key(POSTCODES) { self.list(POSTCODES)? } else { Vec::new() },
        };
        former::name_layers(&mut facts);
        self.settle(&mut facts)?;
        Ok(facts)
    }

    /// Settles what rested on what could not be read.
    fn settle(&self, facts: &mut Facts) -> Result<(), StoreError> {
        #[derive(Deserialize)]
        struct Known {
            id: String,
            parent: Option<String>,
        }
        let mut gone: BTreeMap<String, Option<String>> =
            self.list::<Vec<Known>>(SETTLEMENTS)?.into_iter().map(|known| (known.id, known.parent)).collect();
        facts.settlements.iter().for_each(|settlement| drop(gone.remove(&settlement.id)));
        unknown::without_settlements(facts, &gone);
        let documents: HashSet<&str> = facts.policy_documents.iter().map(|document| document.key.as_str()).collect();
        facts.policy_statuses.retain(|status| documents.contains(status.document.as_str()));
        Ok(())
    }

    /// One part without the items that need a term that this release does not have.
    fn items<T: DeserializeOwned>(&self, name: &str) -> Result<Vec<T>, StoreError> {
        let json = self.json(name)?;
        let read = serde_json::from_slice(&json).or_else(|cause| match vocabulary::is_about_a_term(&cause) {
            true => vocabulary::items(&mut serde_json::Deserializer::from_slice(&json)),
            false => Err(cause),
        });
        read.map_err(|cause| StoreError::Archive(cause.to_string()))
    }

    /// One part.
    pub(super) fn list<T: DeserializeOwned>(&self, name: &str) -> Result<T, StoreError> {
        serde_json::from_slice(&self.json(name)?).map_err(|cause| StoreError::Archive(cause.to_string()))
    }

    fn json(&self, name: &str) -> Result<Vec<u8>, StoreError> {
        let part = self.0.get(name).ok_or_else(|| StoreError::Archive(format!("part {name} is missing")))?;
        unpack(&part.0, &part.1)
    }
}

/// What was compressed by [`Content::compressed`] and has no digest beside it.
pub(super) fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, StoreError> {
    let mut json = Vec::with_capacity(bytes.len() * 4);
    let damaged = |cause: String| StoreError::Archive(format!("it is damaged: {cause}"));
    GzDecoder::new(bytes).read_to_end(&mut json).map_err(|cause| damaged(cause.to_string()))?;
    serde_json::from_slice(&json).map_err(|cause| damaged(cause.to_string()))
}

/// The JSON of content that is known by `digest`.
///
/// # Errors
/// [`StoreError::Archive`] where it is not what was put there.
pub(super) fn unpack(digest: &str, bytes: &[u8]) -> Result<Vec<u8>, StoreError> {
    let mut json = Vec::with_capacity(bytes.len() * 4);
    let damaged = |cause: String| StoreError::Archive(format!("content {digest} is damaged: {cause}"));
    GzDecoder::new(bytes).read_to_end(&mut json).map_err(|cause| damaged(cause.to_string()))?;
    match digest_of(&json) {
        found if found == digest => Ok(json),
        found => Err(damaged(format!("its digest is {found}"))),
    }
}
