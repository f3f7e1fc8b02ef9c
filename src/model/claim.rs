//! What each source says of a place, before it is decided which of them is served.
//!
//! A place of the seed was compiled by hand and stands as it is; what is imported afterwards is kept claim by claim, so
//! that a value that is overruled stays known with its source, and so that the served place can be made again without the
//! claims of one source.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    Address, Location, MunicipalityCode, Place, PlaceSource,
    vocabulary::{ActivityType, FacilityType, LegalForm, PlaceKind, PlaceStatus, RunBy, Term},
};

/// Who says it, from the weakest to the strongest voice.
///
/// Of two that contradict each other the stronger is served; of two equally strong ones the later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Authority {
    /// A geocoder, which only knows where an address is.
    Geocoder,
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

/// One property of a place with its value.
///
/// There is no statement for "not known": an empty cell says nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "property", content = "value", rename_all = "camelCase")]
pub enum Statement {
    /// What it is called.
    Name(String),
    /// What it is called besides.
    AlternativeName(String),
    /// What kind of place it is.
    Kind(PlaceKind),
    /// Open, planned or closed.
    Status(PlaceStatus),
    /// In which municipality; a place stays in its municipality.
    Municipality(MunicipalityCode),
    /// Village or town.
    Settlement(String),
    /// District.
    Neighbourhood(String),
    /// Street, number, postcode; taken as a whole, since a street of one source beside a number of another is no address.
    Address(Address),
    /// Where it stands.
    Location(Location),
    /// Its own site; `None`: there is none.
    Website(Option<String>),
    /// Legal form of the organisation.
    LegalForm(LegalForm),
    /// Year of foundation.
    FoundedYear(i32),
    /// Whether a facility is there.
    Facility(FacilityType, bool),
    /// Whether an activity is held there.
    Activity(ActivityType, bool),
    /// Whether it organises a cultural programme.
    CulturalProgramme(bool),
    /// Who runs it.
    RunBy(RunBy),
    /// Opening hours in OpenStreetMap notation; `None`: it has no fixed hours.
    OpeningHours(Option<String>),
    /// Whether a wheelchair gets in.
    WheelchairAccessible(bool),
}

impl Statement {
    /// What the statement is about; two statements of one place with the same key contradict or confirm each other.
    ///
    /// Of what a place has many of, each is a property of its own: `facilities.BIBLIOTHEEK`, `alternativeNames.'t Hoekje`.
    pub fn key(&self) -> String {
        match self {
            Self::AlternativeName(name) => format!("{}.{name}", self.field()),
            Self::Facility(facility, _) => format!("{}.{}", self.field(), facility.name()),
            Self::Activity(activity, _) => format!("{}.{}", self.field(), activity.name()),
            _ => self.field().to_owned(),
        }
    }

    /// The field of `Place` in the schema that shows it.
    pub fn field(&self) -> &'static str {
        match self {
            Self::Name(_) => "name",
            Self::AlternativeName(_) => "alternativeNames",
            Self::Kind(_) => "kind",
            Self::Status(_) => "status",
            Self::Municipality(_) => "municipality",
            Self::Settlement(_) => "settlement",
            Self::Neighbourhood(_) => "neighbourhood",
            Self::Address(_) => "address",
            Self::Location(_) => "location",
            Self::Website(_) => "website",
            Self::LegalForm(_) => "legalForm",
            Self::FoundedYear(_) => "foundedYear",
            Self::Facility(..) => "facilities",
            Self::Activity(..) => "activities",
            Self::CulturalProgramme(_) => "culturalProgramme",
            Self::RunBy(_) => "runBy",
            Self::OpeningHours(_) => "openingHours",
            Self::WheelchairAccessible(_) => "wheelchairAccessible",
        }
    }
}

/// A statement of a source on a place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// Key of the place.
    pub place: String,
    /// Id of the source. It has one claim on each key of a place: a newer one takes the place of the older.
    pub source: String,
    /// How much the source's word counts.
    pub authority: Authority,
    /// What it says.
    pub statement: Statement,
    /// The day on which the source said so.
    pub stated: Option<NaiveDate>,
}

/// A place as it was before the first claim on it, with what supported it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Base {
    /// The place.
    pub place: Place,
    /// Its sources.
    pub sources: Vec<PlaceSource>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_reads_as_it_was_written() {
        for (statement, text) in [
            (Statement::Name("De Schalm".to_owned()), r#"{"property":"name","value":"De Schalm"}"#),
            (
                Statement::Facility(FacilityType::Bibliotheek, false),
                r#"{"property":"facility","value":["BIBLIOTHEEK",false]}"#,
            ),
            (Statement::Website(None), r#"{"property":"website","value":null}"#),
        ] {
            assert_eq!(serde_json::to_string(&statement).unwrap(), text);
            assert_eq!(serde_json::from_str::<Statement>(text).unwrap(), statement);
        }
    }

    #[test]
    fn each_facility_is_a_property_of_its_own() {
        let library = Statement::Facility(FacilityType::Bibliotheek, true);
        assert_eq!((library.key().as_str(), library.field()), ("facilities.BIBLIOTHEEK", "facilities"));
    }

    #[test]
    fn the_municipality_has_the_strongest_voice_and_a_geocoder_the_weakest() {
        assert!(Authority::Municipality > Authority::Organisation && Authority::Organisation > Authority::Web);
        assert!(Authority::Web > Authority::PollingPlaces && Authority::PollingPlaces > Authority::Openstreetmap);
        assert!(Authority::Openstreetmap > Authority::Geocoder);
    }
}
