//! HSDS identifies by UUID. Ours follow from our own ids (version 5), so that they stay what they are in every edition, on every server.

use uuid::Uuid;

/// The namespace of all of them. Changing it changes every id that others keep.
const NAMESPACE: Uuid = Uuid::from_u128(0x6f5b_1c2a_8d0e_4e7b_9a35_2c4d_71f8_e960);

/// What an id is of, with what names it there.
#[derive(Clone, Copy, Debug)]
pub(super) enum Of<'a> {
    /// Key of an activity.
    Service(&'a str),
    /// Key of a place.
    Location(&'a str),
    /// Key of an activity, at its place.
    AtLocation(&'a str),
    /// Name of an organisation.
    Organization(&'a str),
    /// Name of a vocabulary.
    Taxonomy(&'a str),
    /// Vocabulary and name of a term.
    Term(&'a str, &'a str),
    /// Something that stands in another, which of its kind there, and what it says.
    Part(Uuid, &'a str, &'a str),
}

impl Of<'_> {
    /// The id.
    pub(super) fn id(self) -> Uuid {
        let name = match self {
            Self::Service(key) => format!("activity:{key}"),
            Self::Location(key) => format!("place:{key}"),
            Self::AtLocation(key) => format!("activity:{key}@"),
            Self::Organization(name) => format!("organisation:{name}"),
            Self::Taxonomy(vocabulary) => format!("vocabulary:{vocabulary}"),
            Self::Term(vocabulary, term) => format!("vocabulary:{vocabulary}/{term}"),
            Self::Part(of, kind, says) => format!("{of}/{kind}/{says}"),
        };
        Uuid::new_v5(&NAMESPACE, name.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Python: `uuid.uuid5(uuid.UUID("6f5b1c2a-8d0e-4e7b-9a35-2c4d71f8e960"), "place:de-schalm-dalfsen")`.
    #[test]
    fn ids_are_those_that_others_have_kept() {
        assert_eq!(Of::Location("de-schalm-dalfsen").id().to_string(), "01cf0cbb-c49e-5e0f-ac50-aa7633efd790");
        assert_ne!(Of::Service("x").id(), Of::AtLocation("x").id());
    }
}
