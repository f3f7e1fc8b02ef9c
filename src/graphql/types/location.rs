//! Where something is.

use async_graphql::{ComplexObject, SimpleObject};

use super::{Place, Source};
use crate::{
    graphql::{
        error::ApiError,
        hot::{FieldPlan, Hot, Json, Write},
    },
    model::vocabulary::LocationPrecision,
    spatial,
};

/// Where a place stands (locatie), and how well that is known.
#[derive(Clone, SimpleObject)]
#[graphql(complex)]
pub struct Location {
    /// Longitude (lengtegraad), WGS 84, degrees.
    pub lon: f64,
    /// Latitude (breedtegraad), WGS 84, degrees.
    pub lat: f64,
    /// The same point in RD New.
    pub rd: RdPoint,
    /// What the point stands for (nauwkeurigheid). Coarser than ADDRESS it is the inner point of an area that holds the place, and many places share it.
    pub precision: LocationPrecision,
    /// How far the place can be from the point (onzekerheid), metres: the radius of a circle of the size of the district or village, how far the street or postcode reaches; 0 at ADDRESS.
    pub uncertainty_radius: f64,
    #[graphql(skip)]
    pub(super) place: Place,
}

#[ComplexObject]
impl Location {
    /// Where the location comes from (bron).
    async fn source(&self) -> Result<Source, ApiError> {
        self.place.location_source()
    }
}

/// A point in RD New (Rijksdriehoekscoördinaten, EPSG:28992). By a seven-parameter transformation within 0.25 m; not a certified RDNAPTRANS.
#[derive(Clone, Copy, Debug, SimpleObject)]
pub struct RdPoint {
    /// Metres east, rounded to centimetres.
    pub x: f64,
    /// Metres north, rounded to centimetres.
    pub y: f64,
}

/// A point (punt).
#[derive(Clone, Copy, Debug, SimpleObject)]
pub struct GeoPoint {
    /// Longitude (lengtegraad), WGS 84, degrees.
    pub lon: f64,
    /// Latitude (breedtegraad), WGS 84, degrees.
    pub lat: f64,
    /// The same point in RD New.
    pub rd: RdPoint,
}

/// An address (adres).
#[derive(Clone, Debug, SimpleObject)]
pub struct Address {
    /// Street (straat); null: not known.
    pub street: Option<String>,
    /// House number with letter and addition (huisnummer); null: not known.
    pub house_number: Option<String>,
    /// Postcode, `1234 AB`; null: not known.
    pub postcode: Option<String>,
    /// Village or town (plaats).
    pub settlement: String,
    /// What is known of the address on one line (adresregel).
    pub line: String,
}

impl From<spatial::Rd> for RdPoint {
    fn from(point: spatial::Rd) -> Self {
        let centimetres = |metres: f64| (metres * 100.0).round() / 100.0;
        Self { x: centimetres(point.x), y: centimetres(point.y) }
    }
}

impl GeoPoint {
    /// A point given in degrees.
    pub fn at(lon: f64, lat: f64) -> Self {
        Self { lon, lat, rd: spatial::Wgs84 { lon, lat }.to_rd().into() }
    }
}

impl Hot for Location {
    fn plan(field: &FieldPlan<'_>) -> Option<Write<Self>> {
        Some(match field.name {
            "lon" => Box::new(|location, json| json.float(location.lon)),
            "lat" => Box::new(|location, json| json.float(location.lat)),
            "rd" => {
                let write = field.object::<RdPoint>()?;
                Box::new(move |location, json| write(&location.rd, json))
            }
            "precision" => Box::new(|location, json| json.term(location.precision)),
            "uncertaintyRadius" => Box::new(|location, json| json.float(location.uncertainty_radius)),
            // `source` is read from the database.
            _ => return None,
        })
    }
}

impl Hot for GeoPoint {
    fn plan(field: &FieldPlan<'_>) -> Option<Write<Self>> {
        Some(match field.name {
            "lon" => Box::new(|point, json| json.float(point.lon)),
            "lat" => Box::new(|point, json| json.float(point.lat)),
            "rd" => {
                let write = field.object::<RdPoint>()?;
                Box::new(move |point, json| write(&point.rd, json))
            }
            _ => return None,
        })
    }
}

impl Hot for RdPoint {
    fn plan(field: &FieldPlan<'_>) -> Option<Write<Self>> {
        Some(match field.name {
            "x" => Box::new(|point, json| json.float(point.x)),
            "y" => Box::new(|point, json| json.float(point.y)),
            _ => return None,
        })
    }
}

impl Hot for Address {
    fn plan(field: &FieldPlan<'_>) -> Option<Write<Self>> {
        Some(match field.name {
            "street" => Box::new(|address, json| json.maybe(address.street.as_deref(), Json::text)),
            "houseNumber" => Box::new(|address, json| json.maybe(address.house_number.as_deref(), Json::text)),
            "postcode" => Box::new(|address, json| json.maybe(address.postcode.as_deref(), Json::text)),
            "settlement" => Box::new(|address, json| json.text(&address.settlement)),
            "line" => Box::new(|address, json| json.text(&address.line)),
            _ => return None,
        })
    }
}
