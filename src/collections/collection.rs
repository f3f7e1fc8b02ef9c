//! A collection: rows of the same columns, some with a geometry.

use super::column::{Column, Words};
use crate::{
    edition::Edition,
    model::{Layer, Source},
    spatial::{MultiPolygon, Wgs84},
};

/// What the geometries of a collection are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A point, where it is known.
    Point,
    /// An area.
    MultiPolygon,
}

/// The geometry of a row, CRS84 degrees.
#[derive(Clone, Copy, Debug)]
pub enum Geometry<'a> {
    /// A point.
    Point(Wgs84),
    /// An area.
    Area(&'a MultiPolygon<f64>),
}

/// Sources, each with the fields of the schema that it supports.
pub type Supports<'a> = Vec<(&'a Source, &'a [String])>;

/// Rows of the same columns, of an edition if nothing else is said. A row is known by its number, from 0; those of places, activities,
/// municipalities, settlements and neighbourhoods are their indices in the edition, so that what it selects can be written.
pub struct Collection<S: 'static = Edition> {
    /// As it stands in addresses: `policy-documents`.
    pub name: &'static str,
    /// What it is called.
    pub title: Words,
    /// What it holds, a sentence.
    pub description: Words,
    /// What its geometries are; `None`: it has none.
    pub shape: Option<Shape>,
    /// Its columns, the id first.
    pub columns: Vec<Column<S>>,
    pub(super) rows: fn(&S) -> usize,
    pub(super) listed: fn(&S) -> Vec<u32>,
    pub(super) geometry: for<'a> fn(&'a S, u32) -> Option<Geometry<'a>>,
    pub(super) layers: for<'a> fn(&'a S, u32) -> Vec<&'a Layer>,
    pub(super) sources: for<'a> fn(&'a S, u32) -> Supports<'a>,
}

impl<S> Collection<S> {
    /// How many rows there are, closed places included.
    pub fn len(&self, of: &S) -> u32 {
        // No edition has so many: see `index_of` in `edition`.
        u32::try_from((self.rows)(of)).unwrap_or(u32::MAX)
    }

    /// The rows that a list has unless it is asked otherwise, in its order: places that are not closed, by municipality and name, and all of
    /// everything else.
    pub fn listed(&self, of: &S) -> Vec<u32> {
        (self.listed)(of)
    }

    /// The lasting id of a row, unique in the collection.
    pub fn id(&self, of: &S, row: u32) -> String {
        self.columns.first().map_or_else(String::new, |column| column.cell(of, row).written().into_owned())
    }

    /// The geometry of a row; `None` where it is not known, or there are none.
    pub fn geometry<'a>(&self, of: &'a S, row: u32) -> Option<Geometry<'a>> {
        (self.geometry)(of, row)
    }

    /// The layers that a row comes from: under their licences it is given, and their attribution is to be shown.
    pub fn layers<'a>(&self, of: &'a S, row: u32) -> Vec<&'a Layer> {
        (self.layers)(of, row)
    }

    /// The sources that a row names, each with the fields of the schema that it supports; none where they are its layers.
    pub fn sources<'a>(&self, of: &'a S, row: u32) -> Supports<'a> {
        (self.sources)(of, row)
    }

    /// The column of that name.
    pub fn column(&self, name: &str) -> Option<&Column<S>> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// What is known of a row: the columns that a format with a geometry has as attributes.
    pub fn attributes(&self) -> impl Iterator<Item = &Column<S>> {
        self.columns.iter().filter(|column| column.role == super::Role::Attribute)
    }
}
