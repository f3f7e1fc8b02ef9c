//! What places are counted by: one table of values and places, from which facets and statistics both count.

use std::borrow::Cow;

use chrono::Weekday;
use roaring::RoaringBitmap;

use super::{Edition, NodeId};
use crate::model::vocabulary::{
    ActivityType, FacilityType, InventoryStatus, LegalForm, LocationPrecision, Owner, PlaceKind, PlaceStatus, RunBy,
    Term,
};

/// What places are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dimension {
    /// Municipality.
    Municipality,
    /// Settlement; a place counts in each that holds it.
    Settlement,
    /// Neighbourhood; a place counts in its buurt and its wijk.
    Neighbourhood,
    /// Kind.
    Kind,
    /// Facility; a place counts in each that it lists.
    Facility,
    /// Activity; a place counts in each that it lists.
    Activity,
    /// Legal form.
    LegalForm,
    /// Who runs it.
    RunBy,
    /// Who owns the building.
    OwnedBy,
    /// Open, planned or closed.
    Status,
    /// Year of the last confirmation.
    Confirmed,
    /// Whether a wheelchair gets in.
    WheelchairAccessible,
    /// Precision of the location.
    Precision,
}

impl Dimension {
    /// Whether its values are areas.
    pub fn is_area(self) -> bool {
        matches!(self, Self::Municipality | Self::Settlement | Self::Neighbourhood)
    }
}

/// A value of a dimension.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DimensionValue {
    /// A term of a vocabulary.
    Term {
        /// The vocabulary.
        vocabulary: &'static str,
        /// The term.
        term: &'static str,
    },
    /// A year.
    Year(i32),
    /// Yes or no.
    Is(bool),
    /// A day of the week.
    Weekday(Weekday),
    /// Index of a municipality.
    Municipality(u32),
    /// Index of a settlement.
    Settlement(u32),
    /// Index of a neighbourhood.
    Neighbourhood(u32),
}

/// What a value is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning<'a> {
    /// As a term of a vocabulary is called, by language.
    Term {
        /// The vocabulary.
        vocabulary: &'static str,
        /// The term.
        term: &'static str,
    },
    /// A year.
    Year(i32),
    /// Yes or no.
    Is(bool),
    /// A day of the week.
    Weekday(Weekday),
    /// The name of an area, the same in every language.
    Name(&'a str),
}

impl Edition {
    /// Each value of `dimension` with its places, closed ones included: terms in the order of their vocabulary, areas
    /// ascending by id. A place whose value is not known is in none.
    pub(super) fn values(&self, dimension: Dimension) -> Vec<(DimensionValue, &RoaringBitmap)> {
        let columns = &self.attributes;
        match dimension {
            Dimension::Kind => terms::<PlaceKind>(columns.kind.iter()),
            Dimension::Facility => terms::<FacilityType>(columns.facilities.iter()),
            Dimension::Activity => terms::<ActivityType>(columns.activities.iter()),
            Dimension::LegalForm => terms::<LegalForm>(columns.legal_form.iter()),
            Dimension::RunBy => terms::<RunBy>(columns.run_by.iter()),
            Dimension::OwnedBy => terms::<Owner>(columns.owned_by.iter()),
            Dimension::Status => terms::<PlaceStatus>(columns.status.iter()),
            Dimension::Confirmed => {
                columns.confirmed.iter().map(|(year, places)| (DimensionValue::Year(*year), places)).collect()
            }
            Dimension::WheelchairAccessible => {
                columns.wheelchair_accessible.iter().map(|(is, places)| (DimensionValue::Is(is), places)).collect()
            }
            Dimension::Precision => terms::<LocationPrecision>(columns.precision.iter()),
            Dimension::Municipality => (0..)
                .zip(&self.municipalities)
                .map(|(index, entry)| (DimensionValue::Municipality(index), &entry.places))
                .collect(),
            Dimension::Settlement => (0..)
                .zip(&self.settlements)
                .map(|(index, entry)| (DimensionValue::Settlement(index), &entry.places.certain))
                .collect(),
            Dimension::Neighbourhood => (0..)
                .zip(&self.neighbourhoods)
                .map(|(index, entry)| (DimensionValue::Neighbourhood(index), &entry.places.certain))
                .collect(),
        }
    }

    /// `members` by each value of `dimension`, in the order of [`Self::values`], and at the end those of which no value
    /// is known. Values without members are left out.
    pub(super) fn parts(
        &self,
        members: &RoaringBitmap,
        dimension: Dimension,
    ) -> Vec<(Option<DimensionValue>, RoaringBitmap)> {
        let (mut parts, mut unknown) = (Vec::new(), members.clone());
        for (value, places) in self.values(dimension) {
            let part = members & places;
            if !part.is_empty() {
                unknown -= &part;
                parts.push((Some(value), part));
            }
        }
        if !unknown.is_empty() {
            parts.push((None, unknown));
        }
        parts
    }

    /// How a value is written: an enum value, a CBS code or a node id.
    pub fn value_text(&self, value: DimensionValue) -> Cow<'_, str> {
        match value {
            DimensionValue::Term { term, .. } => Cow::Borrowed(term),
            DimensionValue::Year(year) => Cow::Owned(year.to_string()),
            DimensionValue::Is(is) => Cow::Borrowed(if is { "true" } else { "false" }),
            DimensionValue::Weekday(day) => Cow::Borrowed(weekday(day)),
            DimensionValue::Municipality(index) => Cow::Borrowed(self.municipality(index).facts.code.as_str()),
            DimensionValue::Settlement(index) => {
                Cow::Owned(NodeId::Settlement(self.settlement(index).facts.id.clone()).to_string())
            }
            DimensionValue::Neighbourhood(index) => Cow::Borrowed(self.neighbourhood(index).facts.code.as_str()),
        }
    }

    /// What a value is called.
    pub fn value_meaning(&self, value: DimensionValue) -> Meaning<'_> {
        match value {
            DimensionValue::Term { vocabulary, term } => Meaning::Term { vocabulary, term },
            DimensionValue::Year(year) => Meaning::Year(year),
            DimensionValue::Is(is) => Meaning::Is(is),
            DimensionValue::Weekday(day) => Meaning::Weekday(day),
            DimensionValue::Municipality(index) => Meaning::Name(&self.municipality(index).facts.name),
            DimensionValue::Settlement(index) => Meaning::Name(&self.settlement(index).facts.name),
            DimensionValue::Neighbourhood(index) => Meaning::Name(&self.neighbourhood(index).facts.name),
        }
    }

    /// Inhabitants of an area, parts included; `None` for a term, and where they are not known.
    pub fn value_population(&self, value: DimensionValue) -> Option<i32> {
        match value {
            DimensionValue::Term { .. }
            | DimensionValue::Year(_)
            | DimensionValue::Is(_)
            | DimensionValue::Weekday(_) => None,
            DimensionValue::Municipality(index) => self.municipality(index).facts.population,
            DimensionValue::Settlement(index) => self.settlement(index).facts.population,
            DimensionValue::Neighbourhood(index) => self.neighbourhood(index).facts.population,
        }
    }

    /// Whether the list of places is complete, as the municipality of an area says; `None` for a term.
    pub fn value_inventory(&self, value: DimensionValue) -> Option<InventoryStatus> {
        let municipality = match value {
            DimensionValue::Term { .. }
            | DimensionValue::Year(_)
            | DimensionValue::Is(_)
            | DimensionValue::Weekday(_) => return None,
            DimensionValue::Municipality(index) => index,
            DimensionValue::Settlement(index) => self.settlement(index).municipality,
            DimensionValue::Neighbourhood(index) => self.neighbourhood(index).municipality,
        };
        Some(self.municipality(municipality).facts.inventory)
    }
}

/// A weekday as the schema and RFC 5545 name it.
fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "MO",
        Weekday::Tue => "TU",
        Weekday::Wed => "WE",
        Weekday::Thu => "TH",
        Weekday::Fri => "FR",
        Weekday::Sat => "SA",
        Weekday::Sun => "SU",
    }
}

fn terms<'a, T: Term>(
    column: impl Iterator<Item = (T, &'a RoaringBitmap)>,
) -> Vec<(DimensionValue, &'a RoaringBitmap)> {
    column
        .map(|(term, places)| (DimensionValue::Term { vocabulary: T::VOCABULARY, term: term.name() }, places))
        .collect()
}
