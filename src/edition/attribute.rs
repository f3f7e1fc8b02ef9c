//! Columns of the edition: for each term the places that have it, and the places of which it is not known.

use std::collections::BTreeMap;

use roaring::RoaringBitmap;

use super::{PlaceEntry, Selection, completeness::Known};
use crate::model::{
    Place,
    vocabulary::{
        ActivityType, FacilityType, LegalForm, LocationPrecision, Owner, PlaceKind, PlaceStatus, RunBy, Term,
    },
};

/// All columns.
pub(super) struct Attributes {
    pub(super) all: RoaringBitmap,
    pub(super) located: RoaringBitmap,
    pub(super) kind: One<PlaceKind>,
    pub(super) status: One<PlaceStatus>,
    pub(super) legal_form: One<LegalForm>,
    pub(super) run_by: One<RunBy>,
    pub(super) owned_by: One<Owner>,
    pub(super) cultural_programme: Flag,
    pub(super) wheelchair_accessible: Flag,
    /// By year of the last confirmation.
    pub(super) confirmed: BTreeMap<i32, RoaringBitmap>,
    pub(super) known: Known,
    pub(super) precision: One<LocationPrecision>,
    pub(super) facilities: Several<FacilityType>,
    pub(super) activities: Several<ActivityType>,
}

impl Attributes {
    pub(super) fn of(places: &[PlaceEntry]) -> Self {
        let indexed = || (0..).zip(places.iter().map(|entry| &entry.facts));
        let one_precision = |place: &Place| place.location.as_ref().map(|location| location.precision);
        Self {
            all: indexed().map(|(index, _)| index).collect(),
            located: indexed().filter(|(_, place)| place.location.is_some()).map(|(index, _)| index).collect(),
            kind: One::of(indexed().map(|(index, place)| (index, place.kind))),
            status: One::of(indexed().map(|(index, place)| (index, place.status))),
            legal_form: One::of(indexed().map(|(index, place)| (index, place.legal_form))),
            run_by: One::of(indexed().map(|(index, place)| (index, place.run_by))),
            owned_by: One::of(indexed().map(|(index, place)| (index, place.owned_by))),
            cultural_programme: Flag::of(indexed().map(|(index, place)| (index, place.cultural_programme))),
            wheelchair_accessible: Flag::of(indexed().map(|(index, place)| (index, place.wheelchair_accessible))),
            confirmed: by_year(
                indexed().filter_map(|(index, place)| Some((index, place.last_confirmed.as_ref()?.year()))),
            ),
            known: Known::of(places),
            precision: One::of(indexed().map(|(index, place)| (index, one_precision(place)))),
            facilities: Several::of(
                indexed().map(|(index, place)| (index, &*place.facilities, &*place.absent_facilities)),
            ),
            activities: Several::of(
                indexed().map(|(index, place)| (index, &*place.activities, &*place.absent_activities)),
            ),
        }
    }
}

fn by_year(years: impl Iterator<Item = (u32, i32)>) -> BTreeMap<i32, RoaringBitmap> {
    let mut column: BTreeMap<i32, RoaringBitmap> = BTreeMap::new();
    for (index, year) in years {
        column.entry(year).or_default().insert(index);
    }
    column
}

/// A column in which a place has at most one term.
pub(super) struct One<T> {
    has: Vec<(T, RoaringBitmap)>,
    unknown: RoaringBitmap,
}

impl<T: Term> One<T> {
    pub(super) fn of(values: impl Iterator<Item = (u32, Option<T>)>) -> Self {
        let mut column =
            Self { has: T::all().map(|term| (term, RoaringBitmap::new())).collect(), unknown: RoaringBitmap::new() };
        for (index, value) in values {
            match value.and_then(|value| column.has.get_mut(value.ordinal())) {
                Some((_, places)) => places.insert(index),
                None => column.unknown.insert(index),
            };
        }
        column
    }

    /// The places that have `term`.
    pub(super) fn with(&self, term: T) -> &RoaringBitmap {
        &self.has[term.ordinal()].1
    }

    /// The places whose term is not known.
    pub(super) fn unknown(&self) -> &RoaringBitmap {
        &self.unknown
    }

    /// TRUE where the term is one of `terms`, UNKNOWN where it is not known.
    pub(super) fn any_of(&self, terms: &[T]) -> Selection {
        let certain = terms.iter().fold(RoaringBitmap::new(), |found, term| found | self.with(*term));
        // One of no terms is FALSE for every place, whatever its term is.
        let possible = if terms.is_empty() { RoaringBitmap::new() } else { &certain | &self.unknown };
        Selection { certain, possible }
    }

    /// Each term with its places, in the order of the vocabulary.
    pub(super) fn iter(&self) -> impl Iterator<Item = (T, &RoaringBitmap)> {
        self.has.iter().map(|(term, places)| (*term, places))
    }
}

/// A column of yes, no and not known.
pub(super) struct Flag {
    yes: RoaringBitmap,
    no: RoaringBitmap,
    unknown: RoaringBitmap,
}

impl Flag {
    pub(super) fn of(values: impl Iterator<Item = (u32, Option<bool>)>) -> Self {
        let mut flag = Self { yes: RoaringBitmap::new(), no: RoaringBitmap::new(), unknown: RoaringBitmap::new() };
        for (index, value) in values {
            match value {
                Some(true) => flag.yes.insert(index),
                Some(false) => flag.no.insert(index),
                None => flag.unknown.insert(index),
            };
        }
        flag
    }

    /// Each value with its places.
    pub(super) fn iter(&self) -> impl Iterator<Item = (bool, &RoaringBitmap)> {
        [(true, &self.yes), (false, &self.no)].into_iter()
    }

    /// TRUE where the flag is `wanted`, UNKNOWN where it is not known.
    pub(super) fn is(&self, wanted: bool) -> Selection {
        let certain = if wanted { self.yes.clone() } else { self.no.clone() };
        Selection { possible: &certain | &self.unknown, certain }
    }
}

/// A column in which a place has a list of terms.
///
/// A place that lists some terms but not this one does not have it; of a place that lists none it is not known, unless
/// it is stated to be absent.
pub(super) struct Several<T> {
    has: Vec<(T, RoaringBitmap)>,
    unknown: Vec<RoaringBitmap>,
}

impl<T: Term> Several<T> {
    fn of<'a>(values: impl Iterator<Item = (u32, &'a [T], &'a [T])>) -> Self {
        let mut column = Self {
            has: T::all().map(|term| (term, RoaringBitmap::new())).collect(),
            unknown: T::all().map(|_| RoaringBitmap::new()).collect(),
        };
        for (index, present, absent) in values {
            for ((term, has), unknown) in column.has.iter_mut().zip(&mut column.unknown) {
                if present.contains(term) {
                    has.insert(index);
                } else if present.is_empty() && !absent.contains(term) {
                    unknown.insert(index);
                }
            }
        }
        column
    }

    /// The places that list `term`.
    pub(super) fn with(&self, term: T) -> &RoaringBitmap {
        &self.has[term.ordinal()].1
    }

    /// TRUE where `term` is listed, UNKNOWN where nothing is known of it.
    pub(super) fn has(&self, term: T) -> Selection {
        let certain = self.with(term).clone();
        Selection { possible: &certain | &self.unknown[term.ordinal()], certain }
    }

    /// Each term with the places that list it, in the order of the vocabulary.
    pub(super) fn iter(&self) -> impl Iterator<Item = (T, &RoaringBitmap)> {
        self.has.iter().map(|(term, places)| (*term, places))
    }
}
