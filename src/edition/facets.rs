//! How many places of a set there are by one dimension, and where they lie.

use std::cmp::Reverse;

use roaring::RoaringBitmap;

use super::{Dimension, DimensionValue, Edition};
use crate::{
    model::vocabulary::{ActivityType, FacilityType, PlaceStatus},
    spatial::{Cluster, Wgs84, Zoom, cluster},
};

/// The places of one value of a dimension.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// The value.
    pub value: DimensionValue,
    /// How many places.
    pub count: u64,
}

impl Edition {
    /// The number of `members` by each value of `dimension`, most places first, then by value; values without places
    /// and places whose value is not known are in no row.
    pub fn count_by(&self, members: &RoaringBitmap, dimension: Dimension) -> Vec<Count> {
        let counts = self.values(dimension).into_iter();
        let counts = counts.map(|(value, places)| Count { value, count: members.intersection_len(places) });
        let mut counts: Vec<Count> = counts.filter(|count| count.count > 0).collect();
        counts.sort_by_cached_key(|count| (Reverse(count.count), self.value_text(count.value)));
        counts
    }

    /// West, south, east and north of the located members, CRS84 degrees; `None` without any.
    pub fn extent(&self, members: &RoaringBitmap) -> Option<[f64; 4]> {
        self.located(members).fold(None, |extent, (_, Wgs84 { lon, lat })| {
            let [west, south, east, north] = extent.unwrap_or([lon, lat, lon, lat]);
            Some([west.min(lon), south.min(lat), east.max(lon), north.max(lat)])
        })
    }

    /// The located members in clusters for a web map of that zoom.
    pub fn clusters(&self, members: &RoaringBitmap, zoom: Zoom) -> Vec<Cluster> {
        cluster::clusters(self.located(members), zoom)
    }

    /// The located members with their points, ascending.
    fn located<'a>(&'a self, members: &'a RoaringBitmap) -> impl Iterator<Item = (u32, Wgs84)> + 'a {
        members.iter().filter_map(|index| Some((index, self.point(index)?)))
    }

    /// How many places there are that are not closed: the number that every page, answer and text gives.
    pub fn place_count(&self) -> u64 {
        self.attributes.all.len() - self.closed_count()
    }

    /// How many places that are not closed list a facility.
    pub fn places_with_facility(&self, facility: FacilityType) -> u64 {
        self.not_closed(self.attributes.facilities.with(facility))
    }

    /// How many places that are not closed list an activity.
    pub fn places_with_activity(&self, activity: ActivityType) -> u64 {
        self.not_closed(self.attributes.activities.with(activity))
    }

    /// How many places are closed.
    pub fn closed_count(&self) -> u64 {
        self.attributes.status.with(PlaceStatus::Closed).len()
    }

    /// How many of the places that are not closed have a location.
    pub fn located_count(&self) -> u64 {
        self.attributes.located.difference_len(self.attributes.status.with(PlaceStatus::Closed))
    }
}
