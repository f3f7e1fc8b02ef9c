//! What there is to tell of a record that was taken, or was not.

use super::{identity::Likeness, plausibility::Suspicion};
use crate::model::{MunicipalityCode, PairKey, Statement};

/// Why a record, or a part of it, was not taken, or what else is to be told of it.
#[derive(Clone, Debug, PartialEq)]
pub enum Concern {
    /// Neither municipality nor key of a known place.
    NoMunicipality,
    /// A code of no municipality that is known.
    UnknownMunicipality(MunicipalityCode),
    /// No place has the key.
    UnknownKey(String),
    /// The place of the key lies in another municipality, that of the code.
    OtherMunicipality(String, MunicipalityCode),
    /// A new place without a name or a settlement.
    Nameless,
    /// The same place as on another row.
    Repeated(u32),
    /// It may be one of these places, and a person has to say.
    Doubtful(Vec<(String, Likeness)>),
    /// The place of that key was withdrawn for somebody's privacy.
    Withdrawn(String),
    /// It is made up, and others know a place like it, that of the key.
    KnownToOthers(String),
    /// The place of that key is made up.
    MadeUp(String),
    /// The sender said otherwise on a later day, and that stands.
    Older,
    /// Something else is shown, from a stronger source or a later day.
    Contradicted {
        /// What was said.
        said: Box<Statement>,
        /// What is shown.
        shown: Box<Statement>,
    },
    /// So many rows of its municipality tell the address of a neighbouring row, so that none of them was taken.
    Shifted(usize),
    /// What the sender said of that property was to be taken back, and it had said nothing of it.
    NothingToClear(String),
    /// The point was left out.
    Location(Suspicion),
    /// The postcode is known in other municipalities only.
    Postcode(String),
    /// The record, by the key under which a person can decide on it, was taken for the place of that key.
    Recognised(PairKey, Likeness),
}
