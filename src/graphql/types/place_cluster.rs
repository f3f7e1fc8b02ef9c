//! Places that a map draws as one.

use std::sync::Arc;

use async_graphql::Object;

use super::{GeoPoint, Place, int};
use crate::{edition::Edition, spatial::Cluster};

/// A cluster of an edition's places.
pub struct PlaceCluster {
    edition: Arc<Edition>,
    cluster: Cluster,
}

impl PlaceCluster {
    /// A cluster of places by their index.
    pub fn new(edition: &Arc<Edition>, cluster: Cluster) -> Self {
        Self { edition: edition.clone(), cluster }
    }
}

/// Places that a map of some zoom draws as one (cluster).
#[Object]
impl PlaceCluster {
    /// Where to draw it: the mean of its places' longitudes and latitudes, within `extent`. Of a coarsely located place it is the point that stands
    /// for it.
    async fn location(&self) -> GeoPoint {
        GeoPoint::at(self.cluster.centre.lon, self.cluster.centre.lat)
    }

    /// How many places (aantal).
    async fn count(&self) -> i32 {
        int(self.cluster.members.len() as u64)
    }

    /// West, south, east and north of its places (omvang), CRS84 degrees: what to zoom to. Places that share a point have an extent without width.
    async fn extent(&self) -> Vec<f64> {
        self.cluster.extent.into()
    }

    /// The place, where it is the only one; null: there are several.
    async fn place(&self) -> Option<Place> {
        match self.cluster.members[..] {
            [only] => Some(Place::new(&self.edition, only)),
            _ => None,
        }
    }
}
