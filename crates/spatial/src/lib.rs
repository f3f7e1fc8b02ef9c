//! Pure geometry and numbers: no database, no GraphQL.
//!
//! Everything metric happens in RD New (EPSG:28992) metres, whose scale over Overijssel is 0.99991 to 1.00003; the ends
//! are CRS84 longitude and latitude in degrees. A distance is the straight line in the RD plane, everywhere, and so is
//! off by at most 9 cm a kilometre. The edges of a box and of a polygon are straight in longitude and latitude
//! (RFC 7946); a circle is a circle in the RD plane.
//!
//! - [`crs`]: [`Wgs84`] and [`Rd`], each a [`point`], checked and converted
//! - [`area`]: [`Area`], what a caller asks about
//! - [`region`]: [`Region`], a polygon prepared for many questions
//! - [`index`]: [`PlaceIndex`], the places within an area, and the nearest ones
//! - [`border`]: [`Border`], the distance to the edge of an area
//! - [`ground`]: [`Ground`], how near and how far something is that is anywhere in an area
//! - [`outline`]: [`Outlines`], the outline around a point, adjacency, areas
//! - [`cluster`]: [`Cluster`], places that a map draws as one, the one thing that is grouped in Web Mercator
//! - [`mercator`]: Web Mercator in metres, for who gives and asks for these
//! - [`tile`]: [`Tile`], a tile of a web map and what of a shape is in it
//! - [`window`]: [`Window`], a box or another geometry in one of several systems
//! - [`coverage`]: [`Parts`](coverage::Parts), what of an area is within reach of places
//! - [`geojson`]: polygons in, geometries out; `snap` and `validity` see to it that they are valid
//! - [`publish`]: outlines of others, made ready to be stored

pub mod area;
pub mod bbox;
pub mod border;
pub mod cluster;
pub mod coverage;
pub mod crs;
pub mod error;
pub mod geojson;
pub mod ground;
pub mod index;
pub mod mercator;
pub mod outline;
pub mod point;
pub mod publish;
pub mod region;
mod snap;
pub mod tile;
mod validity;
pub mod window;

pub use area::{Area, Circle};
pub use bbox::Bbox;
pub use border::Border;
pub use cluster::{Cluster, Zoom};
pub use crs::Crs;
pub use error::SpatialError;
pub use geo::MultiPolygon;
pub use ground::Ground;
pub use index::PlaceIndex;
pub use outline::Outlines;
pub use point::{Rd, Wgs84};
pub use region::Region;
pub use tile::Tile;
pub use window::Window;

#[cfg(test)]
mod oracle;
