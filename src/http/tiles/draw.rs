//! Features as a tile has them.

use std::collections::BTreeMap;

use mvt::{Error, GeomEncoder, GeomType, Layer as Written};
use roaring::RoaringBitmap;

use super::layer::Layer;
use crate::{
    collections::{Collection, Column, Geometry, Role, Value},
    edition::Edition,
    spatial::{
        MultiPolygon, Tile,
        coverage::{Part, Parts},
        tile::EXTENT,
    },
};

/// Up to so many points of a tile have a mark each.
const EACH_TO: usize = 1_000;
/// Above it those in one square of this width are one, with `point_count`: 8 pixels of 256.
const CELL: i32 = 128;

/// Whether a column is among the properties of a feature. What says where it is the geometry says.
pub(super) fn is_drawn(column: &Column) -> bool {
    column.role != Role::Coordinate
}

/// The bytes of a tile; none where there is nothing in it. `places` are those that are asked for.
pub(super) fn tile(
    edition: &Edition,
    layer: Layer,
    places: &RoaringBitmap,
    reached: Option<&Parts>,
    tile: Tile,
) -> Result<Vec<u8>, Error> {
    let mut drawn = mvt::Tile::new(EXTENT);
    let mut written = drawn.create_layer(layer.name());
    match layer {
        Layer::Of(collection) if collection.name == "places" => {
            written = points(edition, collection, places.iter(), tile, written)?;
        }
        Layer::Of(collection) => {
            let rows = collection.listed(edition);
            let (areas, located): (Vec<u32>, Vec<u32>) =
                rows.into_iter().partition(|row| matches!(collection.geometry(edition, *row), Some(Geometry::Area(_))));
            written = points(edition, collection, located.into_iter(), tile, written)?;
            for row in areas {
                written = area(edition, collection, row, tile, written)?;
            }
        }
        Layer::Coverage => {
            for part in Part::ALL {
                let Some(parts) = reached else { continue };
                written = coverage(part, parts, tile, written)?;
            }
        }
    }
    if written.num_features() > 0 {
        drawn.add_layer(written)?;
    }
    drawn.to_bytes()
}

/// Points, each by itself, or those near one another as one.
fn points(
    edition: &Edition,
    collection: &Collection,
    rows: impl Iterator<Item = u32>,
    tile: Tile,
    mut written: Written,
) -> Result<Written, Error> {
    let bounds = tile.bounds();
    let located = rows.filter_map(|row| match collection.geometry(edition, row) {
        Some(Geometry::Point(at)) if bounds.contains(at) => Some((row, tile.point(at)?)),
        _ => None,
    });
    let found: Vec<(u32, [i32; 2])> = located.collect();
    if found.len() <= EACH_TO {
        for (row, at) in found {
            written = point(edition, collection, row, at, None, written)?;
        }
        return Ok(written);
    }
    let mut cells: BTreeMap<[i32; 2], Vec<(u32, [i32; 2])>> = BTreeMap::new();
    for (row, at) in found {
        cells.entry(at.map(|number| number.div_euclid(CELL))).or_default().push((row, at));
    }
    for members in cells.into_values() {
        let count = i64::try_from(members.len()).unwrap_or(i64::MAX);
        let Some((row, at)) = members.first().copied() else { continue };
        let mean = |axis: usize| {
            let sum: i64 = members.iter().map(|(_, at)| i64::from(at[axis])).sum();
            // Between those of its members.
            i32::try_from(sum / count).unwrap_or(at[axis])
        };
        let (at, count) = if count == 1 { (at, None) } else { ([mean(0), mean(1)], Some(count)) };
        written = point(edition, collection, row, at, count, written)?;
    }
    Ok(written)
}

fn point(
    edition: &Edition,
    collection: &Collection,
    row: u32,
    [x, y]: [i32; 2],
    count: Option<i64>,
    written: Written,
) -> Result<Written, Error> {
    let geometry = GeomEncoder::new(GeomType::Point).point(f64::from(x), f64::from(y))?.encode()?;
    let mut feature = written.into_feature(geometry);
    match count {
        Some(count) => feature.add_tag_int("point_count", count),
        None => {
            feature.set_id(u64::from(row) + 1);
            properties(edition, collection, row, &mut feature);
        }
    }
    Ok(feature.into_layer())
}

fn area(edition: &Edition, collection: &Collection, row: u32, tile: Tile, written: Written) -> Result<Written, Error> {
    let Some(Geometry::Area(outline)) = collection.geometry(edition, row) else { return Ok(written) };
    let is_here = crate::spatial::window::bounds(outline).is_some_and(|[west, south, east, north]| {
        let bounds = tile.bounds();
        west <= bounds.east() && east >= bounds.west() && south <= bounds.north() && north >= bounds.south()
    });
    if !is_here {
        return Ok(written);
    }
    let drawn = tile.polygons(outline);
    if drawn.0.is_empty() {
        return Ok(written);
    }
    let mut feature = written.into_feature(polygons(&drawn)?.encode()?);
    feature.set_id(u64::from(row) + 1);
    properties(edition, collection, row, &mut feature);
    Ok(feature.into_layer())
}

fn coverage(part: Part, parts: &Parts, tile: Tile, written: Written) -> Result<Written, Error> {
    let drawn = tile.polygons_rd(parts.get(part));
    if drawn.0.is_empty() {
        return Ok(written);
    }
    let mut feature = written.into_feature(polygons(&drawn)?.encode()?);
    let name = match part {
        Part::Covered => "COVERED",
        Part::Uncertain => "UNCERTAIN",
        Part::Uncovered => "UNCOVERED",
    };
    feature.add_tag_string("part", name);
    Ok(feature.into_layer())
}

fn polygons(drawn: &MultiPolygon<f64>) -> Result<GeomEncoder<f64>, Error> {
    let mut encoder = GeomEncoder::new(GeomType::Polygon);
    let mut last = None;
    for polygon in drawn {
        for ring in std::iter::once(polygon.exterior()).chain(polygon.interiors()) {
            // Without the last position, which is the first.
            let corners = ring.0.split_last().map_or(&[][..], |(_, corners)| corners);
            // A ring that began where the one before ended would be written as its continuation.
            let start = corners.iter().position(|corner| Some(*corner) != last).unwrap_or(0);
            for corner in corners[start..].iter().chain(&corners[..start]) {
                encoder.add_point(corner.x, corner.y)?;
                last = Some(*corner);
            }
            encoder.complete_geom()?;
        }
    }
    Ok(encoder)
}

/// What is not known is not there; lists have `|` between.
fn properties(edition: &Edition, collection: &Collection, row: u32, feature: &mut mvt::Feature) {
    for column in collection.columns.iter().filter(|column| is_drawn(column)) {
        match column.cell(edition, row) {
            value if value.is_unknown() => {}
            Value::Integer(number) => feature.add_tag_int(column.name, number),
            Value::Number(number) => feature.add_tag_double(column.name, number),
            Value::Boolean(is) => feature.add_tag_bool(column.name, is),
            value => feature.add_tag_string(column.name, &value.written()),
        }
    }
}
