//! `.osm.pbf`, in passes over the file: first what is tagged as something of interest, then the ways that make up a relation
//! of those, then where the nodes lie of which they are made.
//!
//! A whole country goes through one block at a time. Nothing in a file is believed: lengths are bounded, numbers of strings
//! may lead nowhere, and differences may overflow.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    io::{Read, Seek, SeekFrom},
};

use chrono::DateTime;
use flate2::read::ZlibDecoder;
use prost::Message;

use super::{
    element::{Element, ElementId, ElementKind, Extract, Tags, middle},
    error::OsmError,
    tags,
    wire::{Blob, BlobHeader, DenseNodes, HeaderBlock, Node, PrimitiveBlock, PrimitiveGroup, Relation, Tagged, Way},
};
use crate::spatial::Wgs84;

/// Of the header of a blob, by the description of the format.
const MOST_HEADER_BYTES: u32 = 64 * 1024;
/// Of a blob, packed or not, by the description of the format.
const MOST_BLOB_BYTES: u64 = 32 * 1024 * 1024;
/// Elements of interest. On earth there are some 400 thousand.
const MOST_ELEMENTS: usize = 2_000_000;
/// Of a key or value: OpenStreetMap takes 255 characters.
const MOST_TEXT_BYTES: usize = 1_020;
/// Of an element that are looked at. None on earth comes near.
const MOST_TAGS: usize = 2_000;
/// Of all tags of interest.
const MOST_TAG_BYTES: usize = 1024 * 1024 * 1024;
/// Nodes and ways that they are made of.
const MOST_PARTS: usize = 20_000_000;

/// Whether a file begins as a `.osm.pbf` does: a length, and a header that says so.
pub(super) fn is_pbf(head: &[u8]) -> bool {
    head.get(4..).is_some_and(|header| header.starts_with(b"\x0a\x09OSMHeader"))
}

/// Reads what is of interest.
///
/// # Errors
/// [`OsmError`] for a file that is cut off, damaged, or of another kind than the plain one.
pub(super) fn read(mut file: impl Read + Seek) -> Result<Extract, OsmError> {
    let mut extract = Extract::default();
    let mut selected = Selected::default();
    for_each_block(&mut file, |block| match block {
        Block::Header(header) => {
            if let Some(other) = header.required_features.iter().find(|name| !UNDERSTOOD.contains(&name.as_str())) {
                return Err(OsmError::Unsupported(crate::model::excerpt(other)));
            }
            let moment = header.replication_timestamp.and_then(|seconds| DateTime::from_timestamp(seconds, 0));
            extract.day = moment.map(|moment| moment.date_naive());
            Ok(())
        }
        Block::Data(block) => block.select(&mut selected),
    })?;
    let Selected { mut elements, shapes, .. } = selected;
    let locations = locate(&mut file, &shapes)?;
    for element in &mut elements {
        if let Some(shape) = shapes.get(&element.id) {
            element.at = middle(shape.points(&locations));
        }
    }
    Ok(Extract { elements, ..extract })
}

/// The elements of interest, as far as the file has been read.
#[derive(Default)]
struct Selected {
    elements: Vec<Element>,
    shapes: BTreeMap<ElementId, Shape>,
    /// How many nodes and ways the shapes name.
    parts: usize,
    /// How much the tags take.
    tag_bytes: usize,
}

impl Selected {
    fn add(&mut self, id: ElementId, tags: Tags, at: Option<Wgs84>) -> Result<(), OsmError> {
        self.tag_bytes += tags.iter().map(|(key, value)| key.len() + value.len()).sum::<usize>();
        self.elements.push(Element { id, tags, at });
        let is_too_much = self.elements.len() > MOST_ELEMENTS || self.tag_bytes > MOST_TAG_BYTES;
        if is_too_much { Err(OsmError::TooMany) } else { Ok(()) }
    }

    fn add_shape(&mut self, id: ElementId, tags: Tags, shape: Shape) -> Result<(), OsmError> {
        self.parts += shape.nodes.len() + shape.ways.len();
        if self.parts > MOST_PARTS {
            return Err(OsmError::TooMany);
        }
        self.shapes.insert(id, shape);
        self.add(id, tags, None)
    }
}

/// What a file may ask of its reader. One with history has elements that are gone.
const UNDERSTOOD: [&str; 2] = ["OsmSchema-V0.6", "DenseNodes"];

/// What a way or relation is made of.
#[derive(Default)]
struct Shape {
    nodes: Vec<i64>,
    ways: Vec<i64>,
}

#[derive(Default)]
struct Locations {
    ways: HashMap<i64, Vec<i64>>,
    nodes: HashMap<i64, Wgs84>,
}

impl Shape {
    fn points<'a>(&'a self, locations: &'a Locations) -> impl Iterator<Item = Wgs84> + 'a {
        let of_ways = self.ways.iter().filter_map(|way| locations.ways.get(way)).flatten();
        self.nodes.iter().chain(of_ways).filter_map(|node| locations.nodes.get(node).copied())
    }
}

/// Looks up the ways and nodes of which the shapes are made.
fn locate(file: &mut (impl Read + Seek), shapes: &BTreeMap<ElementId, Shape>) -> Result<Locations, OsmError> {
    let mut locations = Locations::default();
    let ways: HashSet<i64> = shapes.values().flat_map(|shape| shape.ways.iter().copied()).collect();
    if !ways.is_empty() {
        let mut room = MOST_PARTS;
        for_each_block(file, |block| {
            let Block::Data(block) = block else { return Ok(()) };
            block.for_each_group(|group| {
                for bytes in &group.ways {
                    let id = Tagged::decode(bytes.as_slice()).map_err(damaged)?.id;
                    if ways.contains(&id) {
                        let nodes = way_nodes(bytes)?;
                        room = room.checked_sub(nodes.len()).ok_or(OsmError::TooMany)?;
                        locations.ways.insert(id, nodes);
                    }
                }
                Ok(())
            })
        })?;
    }
    let of_ways = locations.ways.values().flatten();
    let nodes: HashSet<i64> = shapes.values().flat_map(|shape| &shape.nodes).chain(of_ways).copied().collect();
    if !nodes.is_empty() {
        for_each_block(file, |block| {
            let Block::Data(block) = block else { return Ok(()) };
            block.for_each_group(|group| {
                for bytes in &group.nodes {
                    let node = Node::decode(bytes.as_slice()).map_err(damaged)?;
                    if nodes.contains(&node.id) {
                        locations.nodes.insert(node.id, block.point(node.lat, node.lon));
                    }
                }
                for (id, lat, lon) in group.dense.iter().flat_map(dense) {
                    if nodes.contains(&id) {
                        locations.nodes.insert(id, block.point(lat, lon));
                    }
                }
                Ok(())
            })
        })?;
    }
    Ok(locations)
}

enum Block {
    Header(HeaderBlock),
    Data(Data),
}

/// Reads the file from its beginning, block by block.
fn for_each_block(
    file: &mut (impl Read + Seek),
    mut look_at: impl FnMut(Block) -> Result<(), OsmError>,
) -> Result<(), OsmError> {
    file.seek(SeekFrom::Start(0)).map_err(OsmError::Io)?;
    let mut is_first = true;
    while let Some(length) = read_length(file)? {
        if length > MOST_HEADER_BYTES {
            return Err(OsmError::Damaged);
        }
        let header = BlobHeader::decode(read_bytes(file, length.into())?.as_slice()).map_err(damaged)?;
        let size = u64::try_from(header.size).ok().filter(|size| *size <= MOST_BLOB_BYTES).ok_or(OsmError::Damaged)?;
        let blob = read_bytes(file, size)?;
        if is_first != (header.kind == "OSMHeader") {
            return Err(OsmError::Damaged);
        }
        match header.kind.as_str() {
            "OSMHeader" => {
                let block = HeaderBlock::decode(unpacked(&blob)?.as_slice()).map_err(damaged)?;
                look_at(Block::Header(block))?;
            }
            "OSMData" => {
                let block = PrimitiveBlock::decode(unpacked(&blob)?.as_slice()).map_err(damaged)?;
                look_at(Block::Data(Data(block)))?;
            }
            // Others are to be skipped, by the description of the format.
            _ => {}
        }
        is_first = false;
    }
    if is_first { Err(OsmError::Empty) } else { Ok(()) }
}

/// The length of the next header; `None` at the end of the file.
fn read_length(file: &mut impl Read) -> Result<Option<u32>, OsmError> {
    let mut bytes = Vec::with_capacity(4);
    file.by_ref().take(4).read_to_end(&mut bytes).map_err(OsmError::Io)?;
    match <[u8; 4]>::try_from(bytes.as_slice()) {
        Ok(length) => Ok(Some(u32::from_be_bytes(length))),
        Err(_) if bytes.is_empty() => Ok(None),
        Err(_) => Err(OsmError::Truncated),
    }
}

fn read_bytes(file: &mut impl Read, length: u64) -> Result<Vec<u8>, OsmError> {
    let mut bytes = Vec::new();
    let read = file.by_ref().take(length).read_to_end(&mut bytes).map_err(OsmError::Io)?;
    if u64::try_from(read) == Ok(length) { Ok(bytes) } else { Err(OsmError::Truncated) }
}

/// What a blob holds, no larger than the format allows.
fn unpacked(blob: &[u8]) -> Result<Vec<u8>, OsmError> {
    let bytes = match Blob::decode(blob).map_err(damaged)? {
        Blob { raw: Some(raw), .. } => raw,
        Blob { zlib: Some(packed), .. } => {
            let mut bytes = Vec::new();
            let mut unpacking = ZlibDecoder::new(packed.as_slice()).take(MOST_BLOB_BYTES + 1);
            unpacking.read_to_end(&mut bytes).map_err(|_| OsmError::Damaged)?;
            bytes
        }
        _ => return Err(OsmError::Unsupported("lzma, lz4 or zstd".to_owned())),
    };
    if u64::try_from(bytes.len()).is_ok_and(|length| length <= MOST_BLOB_BYTES) {
        Ok(bytes)
    } else {
        Err(OsmError::Damaged)
    }
}

fn damaged(_: prost::DecodeError) -> OsmError {
    OsmError::Damaged
}

/// A block of elements.
struct Data(PrimitiveBlock);

impl Data {
    fn for_each_group(&self, mut look_at: impl FnMut(&PrimitiveGroup) -> Result<(), OsmError>) -> Result<(), OsmError> {
        self.0.groups.iter().try_for_each(|bytes| {
            let group = PrimitiveGroup::decode(bytes.as_slice()).map_err(damaged)?;
            look_at(&group)
        })
    }

    /// Adds the elements of interest; where a node lies is known at once.
    fn select(&self, selected: &mut Selected) -> Result<(), OsmError> {
        self.for_each_group(|group| {
            for bytes in &group.nodes {
                let node = Node::decode(bytes.as_slice()).map_err(damaged)?;
                if let Some(tags) = self.tags_of_interest(pairs(&node.keys, &node.values)) {
                    let at = self.point(node.lat, node.lon);
                    selected.add(ElementId(ElementKind::Node, node.id), tags, Some(at))?;
                }
            }
            if let Some(nodes) = &group.dense {
                // Empty where no node of the group has tags.
                let mut of_nodes = nodes.keys_values.split(|number| *number == 0);
                for (id, lat, lon) in dense(nodes) {
                    let Some(numbers) = of_nodes.next() else { break };
                    if let Some(tags) = self.tags_of_interest(in_turn(numbers)) {
                        selected.add(ElementId(ElementKind::Node, id), tags, Some(self.point(lat, lon)))?;
                    }
                }
            }
            let both = [(ElementKind::Way, &group.ways), (ElementKind::Relation, &group.relations)];
            for (kind, bytes) in both.into_iter().flat_map(|(kind, all)| all.iter().map(move |bytes| (kind, bytes))) {
                let Tagged { id, keys, values } = Tagged::decode(bytes.as_slice()).map_err(damaged)?;
                let Some(tags) = self.tags_of_interest(pairs(&keys, &values)) else { continue };
                let shape = if kind == ElementKind::Way {
                    Shape { nodes: way_nodes(bytes)?, ways: Vec::new() }
                } else {
                    relation_members(bytes)?
                };
                selected.add_shape(ElementId(kind, id), tags, shape)?;
            }
            Ok(())
        })
    }

    fn tags_of_interest(&self, numbers: impl Iterator<Item = (usize, usize)> + Clone) -> Option<Tags> {
        let text = |number: usize| self.0.strings.as_ref()?.strings.get(number).filter(|s| s.len() <= MOST_TEXT_BYTES);
        let is_of_interest = |key: &[u8]| std::str::from_utf8(key).is_ok_and(tags::may_be_of_interest);
        if !numbers.clone().any(|(key, _)| text(key).is_some_and(|key| is_of_interest(key))) {
            return None;
        }
        let lossy = |number| text(number).map(|bytes| String::from_utf8_lossy(bytes).into_owned());
        let pairs = numbers.take(MOST_TAGS).filter_map(|(key, value)| Some((lossy(key)?, lossy(value)?)));
        Some(pairs.collect()).filter(tags::is_of_interest)
    }

    fn point(&self, lat: i64, lon: i64) -> Wgs84 {
        let granularity = i64::from(self.0.granularity());
        let degrees = |offset: i64, number: i64| {
            let nano = offset.wrapping_add(number.wrapping_mul(granularity));
            #[expect(clippy::cast_precision_loss, reason = "degrees on earth in nanodegrees are below 2⁵³")]
            let degrees = nano as f64 / 1e9;
            degrees
        };
        Wgs84 { lon: degrees(self.0.lon_offset, lon), lat: degrees(self.0.lat_offset, lat) }
    }
}

fn pairs<'a>(keys: &'a [u32], values: &'a [u32]) -> impl Iterator<Item = (usize, usize)> + Clone + 'a {
    keys.iter().zip(values).map(|(key, value)| (*key as usize, *value as usize))
}

fn in_turn(numbers: &[i32]) -> impl Iterator<Item = (usize, usize)> + Clone + '_ {
    // A negative number leads nowhere.
    let number = |number: i32| usize::try_from(number).unwrap_or(usize::MAX);
    numbers.chunks_exact(2).map(move |pair| (number(pair[0]), number(pair[1])))
}

/// Id, latitude and longitude of each node; the columns that are longer than the others are cut off.
fn dense(nodes: &DenseNodes) -> impl Iterator<Item = (i64, i64, i64)> + '_ {
    let rows = nodes.ids.iter().zip(&nodes.lats).zip(&nodes.lons);
    rows.scan((0_i64, 0_i64, 0_i64), |(id, lat, lon), ((next_id, next_lat), next_lon)| {
        (*id, *lat, *lon) = (id.wrapping_add(*next_id), lat.wrapping_add(*next_lat), lon.wrapping_add(*next_lon));
        Some((*id, *lat, *lon))
    })
}

fn summed(differences: &[i64]) -> impl Iterator<Item = i64> + '_ {
    differences.iter().scan(0_i64, |sum, difference| {
        *sum = sum.wrapping_add(*difference);
        Some(*sum)
    })
}

fn way_nodes(bytes: &[u8]) -> Result<Vec<i64>, OsmError> {
    Ok(summed(&Way::decode(bytes).map_err(damaged)?.nodes).collect())
}

/// The nodes and ways of a relation; relations of relations are left aside.
fn relation_members(bytes: &[u8]) -> Result<Shape, OsmError> {
    let relation = Relation::decode(bytes).map_err(damaged)?;
    let mut shape = Shape::default();
    for (id, kind) in summed(&relation.members).zip(&relation.kinds) {
        match kind {
            0 => shape.nodes.push(id),
            1 => shape.ways.push(id),
            _ => {}
        }
    }
    Ok(shape)
}
