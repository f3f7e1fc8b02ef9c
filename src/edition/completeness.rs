//! Which fields are known, of a place and of a municipality, and how long ago somebody confirmed that a place is there.
//! The GraphQL derive stands here for the reason told in [`vocabulary`](crate::model::vocabulary).

use roaring::RoaringBitmap;

use super::{Edition, PlaceEntry, Selection};
use crate::model::{PartialDate, Place, vocabulary::PlaceStatus};

/// A field of a place that its completeness counts (veld).
#[derive(async_graphql::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlaceField {
    /// Soort: the kind.
    Kind,
    /// Status: open, planned or closed.
    Status,
    /// Adres: street or postcode.
    Address,
    /// Locatie: a point, however coarse.
    Location,
    /// Voorzieningen: which facilities there are, or are not.
    Facilities,
    /// Activiteiten: which activities there are, or are not.
    Activities,
    /// Programma: when something is held there; known where the rule of one activity is.
    Programme,
    /// Openingstijden: opening hours.
    OpeningHours,
    /// Contact: a role or an organisation to ask.
    Contact,
    /// Website: a site of its own.
    Website,
    /// Rolstoeltoegankelijk: whether a wheelchair gets in.
    WheelchairAccessible,
    /// Rechtsvorm: legal form.
    LegalForm,
    /// Beheer: who runs it.
    RunBy,
    /// Eigenaar: who owns the building.
    OwnedBy,
}

impl PlaceField {
    /// All of them, in the order of the schema.
    pub const ALL: [Self; 14] = [
        Self::Kind,
        Self::Status,
        Self::Address,
        Self::Location,
        Self::Facilities,
        Self::Activities,
        Self::Programme,
        Self::OpeningHours,
        Self::Contact,
        Self::Website,
        Self::WheelchairAccessible,
        Self::LegalForm,
        Self::RunBy,
        Self::OwnedBy,
    ];

    /// As the API names it, such as `OPENING_HOURS`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Kind => "KIND",
            Self::Status => "STATUS",
            Self::Address => "ADDRESS",
            Self::Location => "LOCATION",
            Self::Facilities => "FACILITIES",
            Self::Activities => "ACTIVITIES",
            Self::Programme => "PROGRAMME",
            Self::OpeningHours => "OPENING_HOURS",
            Self::Contact => "CONTACT",
            Self::Website => "WEBSITE",
            Self::WheelchairAccessible => "WHEELCHAIR_ACCESSIBLE",
            Self::LegalForm => "LEGAL_FORM",
            Self::RunBy => "RUN_BY",
            Self::OwnedBy => "OWNED_BY",
        }
    }

    fn is_known(self, entry: &PlaceEntry) -> bool {
        let place: &Place = &entry.facts;
        match self {
            Self::Kind => place.kind.is_some(),
            Self::Status => place.status.is_some(),
            Self::Address => place.address.is_some(),
            Self::Location => place.location.is_some(),
            Self::Facilities => !(place.facilities.is_empty() && place.absent_facilities.is_empty()),
            Self::Activities => !(place.activities.is_empty() && place.absent_activities.is_empty()),
            Self::Programme => entry.is_programme_known,
            Self::OpeningHours => place.opening_hours.is_some(),
            Self::Contact => place.contact.is_some(),
            Self::Website => place.website.is_some(),
            Self::WheelchairAccessible => place.wheelchair_accessible.is_some(),
            Self::LegalForm => place.legal_form.is_some(),
            Self::RunBy => place.run_by.is_some(),
            Self::OwnedBy => place.owned_by.is_some(),
        }
    }
}

/// For each field the places of which it is known.
pub(super) struct Known([RoaringBitmap; PlaceField::ALL.len()]);

impl Known {
    pub(super) fn of(places: &[PlaceEntry]) -> Self {
        let known = |field: PlaceField| {
            let indexed = (0..).zip(places).filter(|(_, entry)| field.is_known(entry));
            indexed.map(|(index, _)| index).collect()
        };
        Self(PlaceField::ALL.map(known))
    }

    fn with(&self, field: PlaceField) -> &RoaringBitmap {
        &self.0[field as usize]
    }
}

impl PlaceEntry {
    /// The fields that are not known of it, in the order of the schema.
    pub fn missing(&self) -> Vec<PlaceField> {
        PlaceField::ALL.into_iter().filter(|field| !field.is_known(self)).collect()
    }
}

impl Edition {
    /// The places of which one of some fields is not known. Never UNKNOWN.
    pub(super) fn lacking(&self, fields: &[PlaceField]) -> Selection {
        let columns = &self.attributes;
        let lacks = |field: &PlaceField| &columns.all - columns.known.with(*field);
        Selection::known(fields.iter().map(lacks).fold(RoaringBitmap::new(), |found, one| found | one))
    }

    /// The places that a dated source confirms on or after the first day of `since`; UNKNOWN without one, and where its date is too coarse.
    pub(super) fn confirmed_since(&self, since: &PartialDate) -> Selection {
        let confirmed = |entry: &PlaceEntry| entry.facts.last_confirmed.as_ref()?.is_since(since);
        Selection::of((0..).zip(&self.places).map(|(index, entry)| (index, confirmed(entry))))
    }

    /// Of how many places of a municipality a field is known, among those that are not closed.
    pub fn known_in_municipality(&self, municipality: u32, field: PlaceField) -> (u64, u64) {
        let places = self.not_closed_in(municipality);
        (places.intersection_len(self.attributes.known.with(field)), places.len())
    }

    /// How many places of a municipality were surely confirmed since a date, among those that are not closed.
    pub fn confirmed_in_municipality(&self, municipality: u32, since: &PartialDate) -> (u64, u64) {
        let places = self.not_closed_in(municipality);
        (places.intersection_len(&self.confirmed_since(since).certain), places.len())
    }

    fn not_closed_in(&self, municipality: u32) -> RoaringBitmap {
        &self.municipality(municipality).places - self.attributes.status.with(PlaceStatus::Closed)
    }
}
