//! How many places of a set there are by one dimension.

use roaring::RoaringBitmap;

use super::{Edition, NodeId};
use crate::model::vocabulary::ActivityType;
use crate::model::vocabulary::{FacilityType, LegalForm, LocationPrecision, PlaceKind, RunBy, Term};

/// What places are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dimension {
    /// Municipality.
    Municipality,
    /// Settlement; a place counts in each that holds it.
    Settlement,
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
    /// Precision of the location.
    Precision,
}

/// The places of one value of a dimension.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// An enum value, a CBS code or a node id.
    pub value: String,
    /// How many places.
    pub count: u64,
    /// What the value means.
    pub meaning: Meaning,
}

/// What a counted value is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// A term of that vocabulary.
    Term(&'static str),
    /// An area of that name.
    Name(String),
}

impl Edition {
    /// The number of `members` by each value of `dimension`, most places first, then by value; values without places
    /// and places whose value is not known are in no row.
    pub fn count_by(&self, members: &RoaringBitmap, dimension: Dimension) -> Vec<Count> {
        let columns = &self.attributes;
        let mut counts = match dimension {
            Dimension::Kind => terms::<PlaceKind>(members, columns.kind.iter()),
            Dimension::Facility => terms::<FacilityType>(members, columns.facilities.iter()),
            Dimension::Activity => terms::<ActivityType>(members, columns.activities.iter()),
            Dimension::LegalForm => terms::<LegalForm>(members, columns.legal_form.iter()),
            Dimension::RunBy => terms::<RunBy>(members, columns.run_by.iter()),
            Dimension::Precision => terms::<LocationPrecision>(members, columns.precision.iter()),
            Dimension::Municipality => self
                .municipalities
                .iter()
                .map(|entry| Count {
                    value: entry.facts.code.to_string(),
                    count: members.intersection_len(&entry.places),
                    meaning: Meaning::Name(entry.facts.name.clone()),
                })
                .collect(),
            Dimension::Settlement => self
                .settlements
                .iter()
                .map(|entry| (entry, members.intersection_len(&entry.places.certain)))
                .filter(|(_, count)| *count > 0)
                .map(|(entry, count)| Count {
                    value: NodeId::Settlement(entry.facts.id.clone()).to_string(),
                    count,
                    meaning: Meaning::Name(entry.facts.name.clone()),
                })
                .collect(),
        };
        counts.retain(|count| count.count > 0);
        counts.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
        counts
    }

    /// West, south, east and north of the located members, CRS84 degrees; `None` without any.
    pub fn extent(&self, members: &RoaringBitmap) -> Option<[f64; 4]> {
        members.iter().filter_map(|index| self.place(index).facts.location.as_ref()).fold(None, |extent, location| {
            let (lon, lat) = (location.lon, location.lat);
            let [west, south, east, north] = extent.unwrap_or([lon, lat, lon, lat]);
            Some([west.min(lon), south.min(lat), east.max(lon), north.max(lat)])
        })
    }

    /// How many places there are, closed ones included.
    pub fn place_count(&self) -> u64 {
        self.attributes.all.len()
    }

    /// How many of all places have a location.
    pub fn located_count(&self) -> u64 {
        self.attributes.located.len()
    }
}

fn terms<'a, T: Term>(members: &RoaringBitmap, column: impl Iterator<Item = (T, &'a RoaringBitmap)>) -> Vec<Count> {
    column
        .map(|(term, places)| Count {
            value: term.name().to_owned(),
            count: members.intersection_len(places),
            meaning: Meaning::Term(T::VOCABULARY),
        })
        .collect()
}
