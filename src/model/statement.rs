//! What can be said of a place.

use std::cmp::Reverse;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{
    Address, ContactPoint, Location, MunicipalityCode, Original, Place, PlaceSource, Property, Said,
    vocabulary::{
        ActivityType, FacilityType, KindBasis, LegalForm, LocationPrecision, Owner, PlaceKind, PlaceStatus, RunBy, Term,
    },
};

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
    /// What kind of place it is by its name alone; anybody who states the kind knows better.
    KindFromName(PlaceKind),
    /// Open, planned or closed.
    Status(PlaceStatus),
    /// In which municipality; a place stays in its municipality.
    Municipality(MunicipalityCode),
    /// Village or town.
    Settlement(String),
    /// District.
    Neighbourhood(String),
    /// Street, number, postcode. A part that is left out is not said: it stays what others say, where it may belong to the rest.
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
    /// Who owns the building.
    OwnedBy(Owner),
    /// Opening hours in OpenStreetMap notation; `None`: it has no fixed hours.
    OpeningHours(Option<String>),
    /// Whether a wheelchair gets in.
    WheelchairAccessible(bool),
    /// Where to ask; taken as a whole, since the mailbox of one desk beside the number of another is no contact.
    Contact(ContactPoint),
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
            Self::Kind(_) | Self::KindFromName(_) => "kind",
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
            Self::OwnedBy(_) => "ownedBy",
            Self::OpeningHours(_) => "openingHours",
            Self::WheelchairAccessible(_) => "wheelchairAccessible",
            Self::Contact(_) => "contact",
        }
    }
}

impl Statement {
    /// Where the place stands, where it says that.
    pub fn location(&self) -> Option<&Location> {
        match self {
            Self::Location(location) => Some(location),
            _ => None,
        }
    }

    /// Writes the statement into a place.
    pub fn apply_to(&self, place: &mut Place) {
        match self.clone() {
            Self::Name(name) => place.name = name,
            Self::AlternativeName(name) => place.alternative_names.push(name),
            Self::Kind(kind) => {
                place.kind = Some(kind);
                place.kind_basis = Some(KindBasis::Stated);
            }
            Self::KindFromName(kind) => {
                place.kind = Some(kind);
                place.kind_basis = Some(KindBasis::FromName);
            }
            Self::Status(status) => place.status = Some(status),
            Self::Municipality(municipality) => place.municipality = municipality,
            Self::Settlement(settlement) => place.settlement = settlement,
            Self::Neighbourhood(neighbourhood) => place.neighbourhood = Some(neighbourhood),
            Self::Address(address) => place.address = Some(address),
            Self::Location(location) => place.location = Some(location),
            Self::Website(website) => place.website = website,
            Self::LegalForm(legal_form) => place.legal_form = Some(legal_form),
            Self::FoundedYear(year) => place.founded_year = Some(year),
            Self::Facility(facility, true) => place.facilities.push(facility),
            Self::Facility(facility, false) => place.absent_facilities.push(facility),
            Self::Activity(activity, true) => place.activities.push(activity),
            Self::Activity(activity, false) => place.absent_activities.push(activity),
            Self::CulturalProgramme(programme) => place.cultural_programme = Some(programme),
            Self::RunBy(run_by) => place.run_by = Some(run_by),
            Self::OwnedBy(owner) => place.owned_by = Some(owner),
            Self::OpeningHours(hours) => place.opening_hours = hours,
            Self::WheelchairAccessible(accessible) => place.wheelchair_accessible = Some(accessible),
            Self::Contact(contact) => place.contact = Some(contact),
        }
    }
}

impl Place {
    /// A place of which nothing has been said but where it belongs.
    pub fn unsaid(key: String, municipality: MunicipalityCode) -> Self {
        Self {
            key,
            name: String::new(),
            alternative_names: Vec::new(),
            kind: None,
            kind_basis: None,
            status: None,
            last_confirmed: None,
            municipality,
            settlement: String::new(),
            neighbourhood: None,
            address: None,
            location: None,
            website: None,
            legal_form: None,
            founded_year: None,
            facilities: Vec::new(),
            absent_facilities: Vec::new(),
            activities: Vec::new(),
            absent_activities: Vec::new(),
            cultural_programme: None,
            run_by: None,
            owned_by: None,
            opening_hours: None,
            wheelchair_accessible: None,
            contact: None,
            updated_at: DateTime::<Utc>::MIN_UTC,
        }
    }

    /// The place as statements, one for each key; what is not known is not said.
    ///
    /// When the place was last confirmed and when it last changed are no statements.
    pub fn statements(&self) -> Vec<Statement> {
        let place = self.clone();
        let mut statements = vec![
            Statement::Name(place.name),
            Statement::Municipality(place.municipality),
            Statement::Settlement(place.settlement),
        ];
        statements.extend(place.alternative_names.into_iter().map(Statement::AlternativeName));
        let by_name = place.kind_basis == Some(KindBasis::FromName);
        statements.extend(place.kind.map(if by_name { Statement::KindFromName } else { Statement::Kind }));
        statements.extend(place.status.map(Statement::Status));
        statements.extend(place.neighbourhood.map(Statement::Neighbourhood));
        statements.extend(place.address.map(Statement::Address));
        statements.extend(place.location.map(Statement::Location));
        statements.extend(place.website.map(|website| Statement::Website(Some(website))));
        statements.extend(place.legal_form.map(Statement::LegalForm));
        statements.extend(place.founded_year.map(Statement::FoundedYear));
        statements.extend(place.facilities.into_iter().map(|facility| Statement::Facility(facility, true)));
        statements.extend(place.absent_facilities.into_iter().map(|facility| Statement::Facility(facility, false)));
        statements.extend(place.activities.into_iter().map(|activity| Statement::Activity(activity, true)));
        statements.extend(place.absent_activities.into_iter().map(|activity| Statement::Activity(activity, false)));
        statements.extend(place.cultural_programme.map(Statement::CulturalProgramme));
        statements.extend(place.run_by.map(Statement::RunBy));
        statements.extend(place.owned_by.map(Statement::OwnedBy));
        statements.extend(place.opening_hours.map(|hours| Statement::OpeningHours(Some(hours))));
        statements.extend(place.wheelchair_accessible.map(Statement::WheelchairAccessible));
        statements.extend(place.contact.map(Statement::Contact));
        statements
    }
}

impl Property for Statement {
    type Subject = Place;
    type Support = PlaceSource;

    fn key(&self) -> String {
        self.key()
    }

    fn is_guess(&self) -> bool {
        matches!(self, Self::KindFromName(_))
    }

    fn exactness(&self) -> Option<Reverse<LocationPrecision>> {
        match self {
            Self::Location(location) => Some(Reverse(location.precision)),
            _ => None,
        }
    }

    fn is_of_polling_places(&self) -> bool {
        matches!(self, Self::Address(_) | Self::Location(_) | Self::WheelchairAccessible(_))
    }

    fn said_before(original: &Original<Self>) -> Vec<Said<'_, Self>> {
        let place = &original.subject;
        let supports = |link: &&PlaceSource, field| link.fields.iter().any(|supported| supported == field);
        let said = place.statements().into_iter().map(|statement| Said {
            stated: place.last_confirmed.clone(),
            sources: (original.support.iter())
                .filter(|link| supports(link, statement.field()))
                .map(|link| link.source.as_str())
                .collect(),
            statement,
        });
        said.collect()
    }
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
    fn every_place_of_the_seed_can_be_told_as_statements() {
        let full = crate::model::every_field();
        for place in crate::testing::facts().places.into_iter().chain([full]) {
            let statements = place.statements();
            let mut told = Place::unsaid(place.key.clone(), place.municipality.clone());
            for statement in &statements {
                statement.apply_to(&mut told);
            }
            // What no statement carries.
            told.last_confirmed = place.last_confirmed.clone();
            told.updated_at = place.updated_at;
            assert_eq!(told, place);
            let mut keys: Vec<_> = statements.iter().map(Statement::key).collect();
            keys.sort();
            keys.dedup();
            assert_eq!(keys.len(), statements.len(), "one statement for each key");
        }
    }
}
