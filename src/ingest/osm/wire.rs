//! The messages of `.osm.pbf` (wiki.openstreetmap.org/wiki/PBF_Format), as far as they are read.
//!
//! What is left out is skipped undecoded: versions, and who drew it. What a block holds many of is kept as bytes, and decoded
//! when it is looked at, so that a small message cannot become a large one in memory.

use prost::Message;

/// What comes next in the file.
#[derive(Clone, PartialEq, Message)]
pub(super) struct BlobHeader {
    #[prost(string, tag = "1")]
    pub(super) kind: String,
    /// Bytes of the blob behind this header.
    #[prost(int32, tag = "3")]
    pub(super) size: i32,
}

/// A block, packed in one way or another.
#[derive(Clone, PartialEq, Message)]
pub(super) struct Blob {
    #[prost(bytes = "vec", optional, tag = "1")]
    pub(super) raw: Option<Vec<u8>>,
    #[prost(bytes = "vec", optional, tag = "3")]
    pub(super) zlib: Option<Vec<u8>>,
}

/// The first block.
#[derive(Clone, PartialEq, Message)]
pub(super) struct HeaderBlock {
    #[prost(string, repeated, tag = "4")]
    pub(super) required_features: Vec<String>,
    /// Seconds since 1970.
    #[prost(int64, optional, tag = "32")]
    pub(super) replication_timestamp: Option<i64>,
}

/// Every other block.
#[derive(Clone, PartialEq, Message)]
pub(super) struct PrimitiveBlock {
    #[prost(message, optional, tag = "1")]
    pub(super) strings: Option<StringTable>,
    /// Each a [`PrimitiveGroup`].
    #[prost(bytes = "vec", repeated, tag = "2")]
    pub(super) groups: Vec<Vec<u8>>,
    /// Nanodegrees.
    #[prost(int32, optional, tag = "17", default = "100")]
    pub(super) granularity: Option<i32>,
    #[prost(int64, tag = "19")]
    pub(super) lat_offset: i64,
    #[prost(int64, tag = "20")]
    pub(super) lon_offset: i64,
}

#[derive(Clone, PartialEq, Message)]
pub(super) struct StringTable {
    #[prost(bytes = "vec", repeated, tag = "1")]
    pub(super) strings: Vec<Vec<u8>>,
}

#[derive(Clone, PartialEq, Message)]
pub(super) struct PrimitiveGroup {
    /// Each a [`Node`].
    #[prost(bytes = "vec", repeated, tag = "1")]
    pub(super) nodes: Vec<Vec<u8>>,
    #[prost(message, optional, tag = "2")]
    pub(super) dense: Option<DenseNodes>,
    /// Each a [`Tagged`] and a [`Way`].
    #[prost(bytes = "vec", repeated, tag = "3")]
    pub(super) ways: Vec<Vec<u8>>,
    /// Each a [`Tagged`] and a [`Relation`].
    #[prost(bytes = "vec", repeated, tag = "4")]
    pub(super) relations: Vec<Vec<u8>>,
}

#[derive(Clone, PartialEq, Message)]
pub(super) struct Node {
    #[prost(sint64, tag = "1")]
    pub(super) id: i64,
    #[prost(uint32, repeated, tag = "2")]
    pub(super) keys: Vec<u32>,
    #[prost(uint32, repeated, tag = "3")]
    pub(super) values: Vec<u32>,
    #[prost(sint64, tag = "8")]
    pub(super) lat: i64,
    #[prost(sint64, tag = "9")]
    pub(super) lon: i64,
}

/// Nodes as columns of differences.
#[derive(Clone, PartialEq, Message)]
pub(super) struct DenseNodes {
    #[prost(sint64, repeated, tag = "1")]
    pub(super) ids: Vec<i64>,
    #[prost(sint64, repeated, tag = "8")]
    pub(super) lats: Vec<i64>,
    #[prost(sint64, repeated, tag = "9")]
    pub(super) lons: Vec<i64>,
    /// Key and value in turn, and a zero behind those of each node.
    #[prost(int32, repeated, tag = "10")]
    pub(super) keys_values: Vec<i32>,
}

/// What a way and a relation have in common.
#[derive(Clone, PartialEq, Message)]
pub(super) struct Tagged {
    #[prost(int64, tag = "1")]
    pub(super) id: i64,
    #[prost(uint32, repeated, tag = "2")]
    pub(super) keys: Vec<u32>,
    #[prost(uint32, repeated, tag = "3")]
    pub(super) values: Vec<u32>,
}

/// What only a way has.
#[derive(Clone, PartialEq, Message)]
pub(super) struct Way {
    /// Differences of the ids of its nodes.
    #[prost(sint64, repeated, tag = "8")]
    pub(super) nodes: Vec<i64>,
}

/// What only a relation has.
#[derive(Clone, PartialEq, Message)]
pub(super) struct Relation {
    /// Differences of the ids of its members.
    #[prost(sint64, repeated, tag = "9")]
    pub(super) members: Vec<i64>,
    /// 0 a node, 1 a way, 2 a relation.
    #[prost(int32, repeated, tag = "10")]
    pub(super) kinds: Vec<i32>,
}
