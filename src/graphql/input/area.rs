//! Points and areas.

use async_graphql::{ID, InputObject, OneofObject};

use crate::{
    edition::{Edition, NodeId, Within},
    graphql::{error::ApiError, limits::Limits, scalar::GeoJson},
    model::{CodeError, MunicipalityCode, NeighbourhoodCode, Postcode, excerpt},
    spatial::{Area, Rd, Wgs84, geojson},
};

/// A point (punt), in one of two coordinate reference systems or as a postcode. It must lie in or near the Netherlands.
#[derive(Clone, Debug, OneofObject)]
pub enum PointInput {
    /// Longitude and latitude, WGS 84 (CRS84), degrees.
    Wgs84(LonLatInput),
    /// Rijksdriehoekscoördinaten: RD New (EPSG:28992), metres.
    Rd(RdInput),
    /// A postcode of Overijssel (postcode), `7411 AB` or `7411`: the middle of its outline where a map of postcodes was imported, else of the known addresses with it; that of
    /// `7411` where `7411 AB` is not known.
    /// `nearestPlaces { origin originUncertainty }` tells which point that is and how unsure it is.
    Postcode(String),
}

/// A point that was asked, in both planes.
#[derive(Clone, Copy, Debug)]
pub struct Point {
    /// WGS 84, degrees.
    pub wgs84: Wgs84,
    /// RD New, metres.
    pub rd: Rd,
    /// How far it can be from what was meant, metres.
    pub uncertainty_m: f64,
}

/// Longitude and latitude in degrees (lengtegraad en breedtegraad), WGS 84. In Overijssel about 5.8 to 7.1 and 52.1 to 52.9.
#[derive(Clone, Debug, InputObject)]
pub struct LonLatInput {
    /// Longitude (lengtegraad), degrees east; 3 to 8.
    pub lon: f64,
    /// Latitude (breedtegraad), degrees north; 50 to 54.
    pub lat: f64,
}

/// RD New (Rijksdriehoekscoördinaten, EPSG:28992) in metres. In Overijssel x is about 182,000 to 270,000 and y 458,000 to 541,000.
#[derive(Clone, Debug, InputObject)]
pub struct RdInput {
    /// Metres east.
    pub x: f64,
    /// Metres north.
    pub y: f64,
}

/// A box (kader) in longitude and latitude; the edge belongs to it. One without width or height is a line or a point.
#[derive(Clone, Debug, InputObject)]
pub struct BboxInput {
    /// Western longitude, degrees; at most `east`.
    pub west: f64,
    /// Southern latitude, degrees; at most `north`.
    pub south: f64,
    /// Eastern longitude, degrees.
    pub east: f64,
    /// Northern latitude, degrees.
    pub north: f64,
}

/// A circle (cirkel) in the RD plane; a place exactly `radius` away belongs to it.
#[derive(Clone, Debug, InputObject)]
pub struct CircleInput {
    /// The middle.
    pub center: PointInput,
    /// Metres; more than 0, at most `dataset { limits { maxDistance } }`.
    pub radius: f64,
}

/// An area (gebied): exactly one of its fields.
///
/// `bbox`, `circle` and `geometry` ask where the point of a place lies, edges included; a coarsely located place counts by
/// its point (see `Location.precision`). The others ask to what a place belongs.
#[derive(Clone, Debug, OneofObject)]
pub enum AreaInput {
    /// A box in longitude and latitude.
    Bbox(BboxInput),
    /// A circle.
    Circle(CircleInput),
    /// GeoJSON Polygon or MultiPolygon, holes included, also as a Feature; longitude and latitude in degrees; rings closed,
    /// not crossing themselves; at most `dataset { limits { maxGeometryVertices } }` positions.
    Geometry(GeoJson),
    /// CBS codes of municipalities (gemeentecodes), such as `GM0193`.
    Municipalities(Vec<String>),
    /// CBS codes of districts and neighbourhoods (wijk- en buurtcodes), such as `WK019310`.
    Neighbourhoods(Vec<String>),
    /// Ids or slugs of settlements (kernen), such as `settlement:NL.TOP10NL.132597206` or `dalfsen`; a settlement holds its parts. A place known only to a
    /// larger settlement is UNKNOWN.
    Settlements(Vec<ID>),
}

impl PointInput {
    /// The point in both planes.
    ///
    /// # Errors
    /// [`ApiError::BadUserInput`] for swapped, mistaken or far away coordinates, and for a postcode that is none or not known.
    pub fn resolve(&self, edition: &Edition) -> Result<Point, ApiError> {
        match self {
            Self::Wgs84(LonLatInput { lon, lat }) => {
                let wgs84 = Wgs84::checked(*lon, *lat)?;
                Ok(Point { wgs84, rd: wgs84.to_rd(), uncertainty_m: 0.0 })
            }
            Self::Rd(RdInput { x, y }) => {
                let rd = Rd::checked(*x, *y)?;
                Ok(Point { wgs84: rd.to_wgs84(), rd, uncertainty_m: 0.0 })
            }
            Self::Postcode(text) => {
                let postcode: Postcode = text.parse()?;
                let found = edition.postcode(&postcode).ok_or_else(|| unknown(&postcode, edition))?;
                Ok(Point { wgs84: found.middle.to_wgs84(), rd: found.middle, uncertainty_m: found.uncertainty_m })
            }
        }
    }
}

impl AreaInput {
    /// The area, with its codes looked up in `edition`.
    ///
    /// # Errors
    /// [`ApiError::BadUserInput`] names the coordinate, ring or code that is wrong.
    pub fn resolve(&self, edition: &Edition, limits: &Limits) -> Result<Within, ApiError> {
        Ok(match self {
            Self::Bbox(bbox) => Within::Area(Area::bbox(bbox.west, bbox.south, bbox.east, bbox.north)?),
            Self::Circle(circle) => {
                let Point { rd: centre, .. } = circle.center.resolve(edition)?;
                Within::Area(Area::circle(centre, circle.radius, limits.max_distance_m)?)
            }
            Self::Geometry(GeoJson(value)) => {
                Within::Area(Area::polygon(geojson::parse_area(value, limits.max_geometry_vertices)?))
            }
            Self::Municipalities(codes) => Within::Municipalities(municipalities(codes, edition)?),
            Self::Neighbourhoods(codes) => {
                let find = |code: &String| neighbourhood(code, edition);
                Within::Neighbourhoods(codes.iter().map(find).collect::<Result<_, _>>()?)
            }
            Self::Settlements(ids) => {
                let find = |id: &ID| settlement(id, edition);
                Within::Settlements(ids.iter().map(find).collect::<Result<_, _>>()?)
            }
        })
    }
}

fn unknown(postcode: &Postcode, edition: &Edition) -> ApiError {
    let known = edition.postcode_regions();
    ApiError::BadUserInput(if known.iter().any(|region| postcode.four().starts_with(region.as_str())) {
        format!(
            "no address with postcode `{postcode}` is known, nor one with `{}`; ask a point by `wgs84` or `rd`",
            postcode.four()
        )
    } else {
        format!("`{postcode}` is not a postcode of Overijssel; those that are known begin with {}", known.join(", "))
    })
}

/// The municipalities of some codes, by index.
///
/// # Errors
/// [`ApiError::BadUserInput`] for a text that is no code, and for a code that is not in the edition.
pub(super) fn municipalities(codes: &[String], edition: &Edition) -> Result<Vec<u32>, ApiError> {
    codes.iter().map(|code| municipality(code, edition)).collect()
}

/// The municipality of a code, by index.
///
/// # Errors
/// As [`municipalities`].
pub(super) fn municipality(code: &str, edition: &Edition) -> Result<u32, ApiError> {
    let code: MunicipalityCode = code.parse().map_err(|error: CodeError| {
        // A name in the place of a code is the commonest mistake, and we know the code.
        let named = edition.municipality_named(code).map(|index| edition.municipality(index));
        match named {
            Some(entry) => ApiError::BadUserInput(format!("{error}; {} has `{}`", entry.facts.name, entry.facts.code)),
            None => error.into(),
        }
    })?;
    edition.municipality_by_code(&code).ok_or_else(|| {
        ApiError::BadUserInput(format!(
            "`{code}` is not one of the {} municipalities of Overijssel; `municipalities {{ code name }}` lists them",
            edition.municipalities().len()
        ))
    })
}

fn neighbourhood(code: &str, edition: &Edition) -> Result<u32, ApiError> {
    let code: NeighbourhoodCode = code.parse()?;
    edition.neighbourhood_by_code(&code).ok_or_else(|| {
        ApiError::BadUserInput(if edition.neighbourhoods().is_empty() {
            format!("`{code}` cannot be asked: this edition has no CBS neighbourhoods; `settlements` hold villages, districts and hamlets")
        } else {
            format!("`{code}` is not a wijk or buurt of this edition; `neighbourhoods {{ nodes {{ code name }} }}` lists them")
        })
    })
}

fn settlement(id: &str, edition: &Edition) -> Result<u32, ApiError> {
    let found = match id.parse() {
        Ok(NodeId::Settlement(key)) => edition.settlement_by_id(&key),
        _ => edition.settlement_by_slug(id),
    };
    found.ok_or_else(|| {
        ApiError::BadUserInput(format!(
            "`{}` is neither the id nor the slug of a settlement of this edition; `settlements {{ nodes {{ id slug name }} }}` lists them",
            excerpt(id)
        ))
    })
}
