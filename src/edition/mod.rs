//! One checked, immutable publication of the data, from which every answer of a request is read.
//!
//! Places, municipalities, settlements and neighbourhoods are known here by their index: their rank in ascending order of
//! id. A set of places is a bitmap of indices.

mod attribute;
mod belonging;
mod build;
pub mod changes;
mod check;
mod completeness;
pub mod coverage;
mod dimension;
mod districts;
mod facets;
mod feature;
mod filter;
mod hits;
mod id;
mod kindred;
mod members;
mod named;
mod opening;
mod order;
mod policy;
mod postcodes;
mod programme;
mod programme_list;
mod provenance;
mod publish;
mod selection;
mod statistics;
#[cfg(test)]
mod tests;
mod texts;
mod whereabouts;

use chrono::{DateTime, Utc};
use roaring::RoaringBitmap;

pub use build::EditionError;
pub use completeness::PlaceField;
pub use dimension::{Dimension, DimensionValue, Meaning};
pub use facets::Count;
pub use feature::{attribution_of, licences_of};
pub use filter::{ActivityFilter, MunicipalityFilter, PlaceFilter, PolicyFilter, TermSet, Within};
pub use hits::{Hit, SearchType, Street};
pub use id::{NodeId, NodeIdError, is_edition_id};
pub use kindred::Kindred;
pub use members::Members;
pub use named::plain_name;
pub use order::{Direction, PlaceOrderField};
pub use policy::Policy;
pub use postcodes::PostcodeArea;
pub use programme::ActivityEntry;
pub use programme_list::{ActivityDimension, ActivityOrderField};
pub use publish::Publication;
pub use selection::Selection;
pub use statistics::Group;
pub use whereabouts::{BESIDE_M, Known, Whereabouts};

use crate::{
    calendar::Hours,
    model::{
        Layer, Municipality, MunicipalityCode, Neighbourhood, NeighbourhoodCode, Place, PolicyDocument, Settlement,
        Source, Survey, SurveyTotal,
        vocabulary::{self, TermLabel},
    },
    search::{TextIndex, fold},
    spatial::{MultiPolygon, Outlines, PlaceIndex, Rd, Region, Wgs84},
};

/// An edition of the data.
pub struct Edition {
    /// Date of the newest fact and a hash of all facts, such as `2026-11-24-0123456789ab`: the same for the same data. Of
    /// an archived edition from which something was withdrawn it is a label.
    pub id: String,
    /// Ids of what was withdrawn from this edition after it was published; empty as it is built.
    pub withdrawn: Vec<String>,
    /// When the newest fact changed.
    pub published_at: DateTime<Utc>,
    /// Layers of data with their licences.
    pub layers: Vec<Layer>,
    /// Where facts come from, ascending by id.
    pub sources: Vec<Source>,
    /// The 2024 report.
    pub survey: Survey,
    /// Totals of the answers to its questionnaire, ascending by question and answer.
    pub survey_totals: Vec<SurveyTotal>,
    places: Vec<PlaceEntry>,
    municipalities: Vec<MunicipalityEntry>,
    settlements: Vec<SettlementEntry>,
    neighbourhoods: Vec<NeighbourhoodEntry>,
    documents: Vec<PolicyDocument>,
    boundaries: Outlines,
    /// All municipalities together, RD metres.
    province: MultiPolygon<f64>,
    index: PlaceIndex,
    /// Of each place where it stands, together: looking through them is then as quick as it can be.
    points: Vec<Option<Wgs84>>,
    wijken: districts::Wijken,
    grounds: whereabouts::Grounds,
    attributes: attribute::Attributes,
    orders: order::Orders,
    postcodes: postcodes::Postcodes,
    programme: programme::Programme,
    activity_texts: TextIndex,
    provenance: provenance::Provenance,
    place_texts: TextIndex,
    settlement_texts: TextIndex,
    streets: Vec<hits::Street>,
    hit_texts: TextIndex,
    hit_documents: Vec<hits::Hit>,
}

/// A place with what follows from the other facts.
pub struct PlaceEntry {
    /// What is known of it.
    pub facts: Place,
    /// Index of its municipality.
    pub municipality: u32,
    /// Index of the finest settlement known for it.
    pub settlement: Option<u32>,
    /// Indices of all settlements whose outline holds its address, ascending; empty where the address is not known.
    pub around: Vec<u32>,
    /// Index of the finest neighbourhood known for it: around its address, or around the whole of the outline that is known.
    pub neighbourhood: Option<u32>,
    /// Indices of the neighbourhoods in which it may be, as its address is not known, ascending.
    pub perhaps_in: Vec<u32>,
    /// Its point in the RD plane.
    pub rd: Option<Rd>,
    /// Its opening hours; `None` where they are not known or cannot be read.
    pub hours: Option<Hours>,
    /// Positions in [`Edition::layers`] of the layers of its sources, ascending.
    pub layers: Box<[u16]>,
    /// Indices of the activities that are held there, ascending, those that are over included.
    pub programme: Vec<u32>,
    /// Whether it is known of one of them when it is held.
    pub is_programme_known: bool,
}

/// A municipality with what follows from the other facts.
pub struct MunicipalityEntry {
    /// What is known of it.
    pub facts: Municipality,
    /// What it decided, and its documents.
    pub policy: Policy,
    /// Its places, closed ones included.
    pub places: RoaringBitmap,
    /// Its settlements, ascending.
    pub settlements: Vec<u32>,
    /// Its neighbourhoods, ascending.
    pub neighbourhoods: Vec<u32>,
}

/// A settlement with what follows from the other facts.
pub struct SettlementEntry {
    /// What is known of it.
    pub facts: Settlement,
    /// Its outline.
    pub region: Region,
    /// Index of its municipality.
    pub municipality: u32,
    /// Index of its parent.
    pub parent: Option<u32>,
    /// Places in it; known to be there, or known only to something larger that holds it. Closed ones included.
    pub places: Selection,
    /// Its inner point, RD metres.
    pub inner_point: Rd,
    /// From its inner point to the outer border of the data, metres in the RD plane.
    pub border_m: f64,
}

/// A neighbourhood with what follows from the other facts.
pub struct NeighbourhoodEntry {
    /// What is known of it.
    pub facts: Neighbourhood,
    /// Its boundary.
    pub region: Region,
    /// Index of its municipality.
    pub municipality: u32,
    /// Places in it; known to be there, or known only to something of which a part lies in it. Closed ones included.
    pub places: Selection,
}

/// Something that has an id of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Node {
    /// Index of a place.
    Place(u32),
    /// Index of a municipality.
    Municipality(u32),
    /// Index of a settlement.
    Settlement(u32),
    /// Index of a neighbourhood.
    Neighbourhood(u32),
    /// Index of an activity.
    Activity(u32),
}

impl PlaceEntry {
    /// What identifies it among the records of lists: municipality, folded name and settlement.
    pub fn record(&self) -> String {
        let Place { municipality, name, settlement, .. } = &self.facts;
        format!("{municipality}/{}/{}", fold(name), fold(settlement))
    }
}

impl Edition {
    /// What names the content of this edition for whoever keeps what follows from it: its id, and how much was withdrawn.
    pub fn state(&self) -> String {
        match self.withdrawn.len() {
            0 => self.id.clone(),
            withdrawn => format!("{} without {withdrawn}", self.id),
        }
    }

    /// The place of that index.
    pub fn place(&self, index: u32) -> &PlaceEntry {
        &self.places[index as usize]
    }

    /// All places, ascending by id.
    pub fn places(&self) -> &[PlaceEntry] {
        &self.places
    }

    /// The municipality of that index.
    pub fn municipality(&self, index: u32) -> &MunicipalityEntry {
        &self.municipalities[index as usize]
    }

    /// All municipalities, ascending by code.
    pub fn municipalities(&self) -> &[MunicipalityEntry] {
        &self.municipalities
    }

    /// The settlement of that index.
    pub fn settlement(&self, index: u32) -> &SettlementEntry {
        &self.settlements[index as usize]
    }

    /// All settlements, ascending by id.
    pub fn settlements(&self) -> &[SettlementEntry] {
        &self.settlements
    }

    /// The neighbourhood of that index.
    pub fn neighbourhood(&self, index: u32) -> &NeighbourhoodEntry {
        &self.neighbourhoods[index as usize]
    }

    /// All neighbourhoods, ascending by code.
    pub fn neighbourhoods(&self) -> &[NeighbourhoodEntry] {
        &self.neighbourhoods
    }

    /// The place of that key.
    pub fn place_by_key(&self, key: &str) -> Option<u32> {
        position(&self.places, key, |entry| &entry.facts.key)
    }

    /// The municipality of that code.
    pub fn municipality_by_code(&self, code: &MunicipalityCode) -> Option<u32> {
        position(&self.municipalities, code.as_str(), |entry| entry.facts.code.as_str())
    }

    /// The municipality whose boundary holds `point`; of two that share it the one with the lower code.
    pub fn municipality_at(&self, point: Wgs84) -> Option<u32> {
        self.boundaries.containing(point).first().copied()
    }

    /// The boundary of a municipality.
    pub fn boundary(&self, municipality: u32) -> Option<&Region> {
        self.boundaries.get(municipality)
    }

    /// West, south, east and north of all municipalities, CRS84 degrees; where there are none yet, of the Netherlands.
    pub fn bounds(&self) -> [f64; 4] {
        let all = (0..).zip(&self.municipalities).filter_map(|(index, _)| self.boundary(index)?.bounds());
        let sides = all.map(|of| [of.west(), of.south(), of.east(), of.north()]);
        let wider = |one: [f64; 4], other: [f64; 4]| {
            [one[0].min(other[0]), one[1].min(other[1]), one[2].max(other[2]), one[3].max(other[3])]
        };
        sides.reduce(wider).unwrap_or([3.0, 50.0, 8.0, 54.0])
    }

    /// The municipalities that share a stretch of border with this one, ascending by code.
    pub fn adjacent(&self, municipality: u32) -> &[u32] {
        self.boundaries.adjacent(municipality)
    }

    /// The settlement of that TOP10NL id.
    pub fn settlement_by_id(&self, id: &str) -> Option<u32> {
        position(&self.settlements, id, |entry| &entry.facts.id)
    }

    /// The settlement of that slug.
    pub fn settlement_by_slug(&self, slug: &str) -> Option<u32> {
        self.settlements.iter().position(|entry| entry.facts.slug == slug).map(index_of)
    }

    /// The neighbourhood of that code.
    pub fn neighbourhood_by_code(&self, code: &NeighbourhoodCode) -> Option<u32> {
        position(&self.neighbourhoods, code.as_str(), |entry| entry.facts.code.as_str())
    }

    /// What an id names in this edition.
    pub fn node(&self, id: &NodeId) -> Option<Node> {
        match id {
            NodeId::Place(key) => self.place_by_key(key).map(Node::Place),
            NodeId::Municipality(code) => self.municipality_by_code(code).map(Node::Municipality),
            NodeId::Settlement(id) => self.settlement_by_id(id).map(Node::Settlement),
            NodeId::Neighbourhood(code) => self.neighbourhood_by_code(code).map(Node::Neighbourhood),
            NodeId::Activity(key) => self.activity_by_key(key).map(Node::Activity),
        }
    }

    /// The policy document at an index of [`Policy`].
    pub fn document(&self, index: u32) -> &PolicyDocument {
        &self.documents[index as usize]
    }

    /// All policy documents, ascending by key.
    pub fn documents(&self) -> &[PolicyDocument] {
        &self.documents
    }

    /// The source of that id.
    pub fn source(&self, id: &str) -> Option<&Source> {
        let found = self.sources.binary_search_by(|source| source.id.as_str().cmp(id)).ok()?;
        self.sources.get(found)
    }

    /// Labels of a term, or with an empty `value` of the vocabulary itself: those of this release, whatever the edition.
    pub fn label(&self, vocabulary: &str, value: &str) -> Option<&'static TermLabel> {
        vocabulary::label(vocabulary, value)
    }

    /// Places by distance from `centre`, nearest first; equal distances by ascending id. Lazy. A place without a
    /// location is not among them.
    ///
    /// # Units
    /// Metres in the RD plane.
    pub fn nearest(&self, centre: Rd, max_distance_m: Option<f64>) -> impl Iterator<Item = (u32, f64)> + '_ {
        self.index.nearest(centre, max_distance_m)
    }

    /// The first `most` of some places by distance from `centre`, at most `max_distance_m` away, nearest first; equal distances by ascending id.
    pub fn nearest_of(
        &self,
        members: &RoaringBitmap,
        centre: Rd,
        max_distance_m: Option<f64>,
        most: usize,
    ) -> Vec<(u32, f64)> {
        let (few, all) = (members.len(), self.places.len() as u64);
        // Going outwards meets so many places for each that is a member; a step in the tree costs some times a distance.
        const STEP: u64 = 4;
        let steps = (most as u64).saturating_mul(all).checked_div(few).unwrap_or(0).saturating_mul(STEP);
        if steps < few {
            return self
                .nearest(centre, max_distance_m)
                .filter(|(index, _)| members.contains(*index))
                .take(most)
                .collect();
        }
        let distance = |index: u32| Some((index, self.place(index).rd?.distance_m(centre)));
        let limit = max_distance_m.unwrap_or(f64::INFINITY);
        let mut found: Vec<(u32, f64)> =
            members.iter().filter_map(distance).filter(|(_, distance)| *distance <= limit).collect();
        let by_distance = |a: &(u32, f64), b: &(u32, f64)| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0));
        if most < found.len() {
            found.select_nth_unstable_by(most, by_distance);
            found.truncate(most);
        }
        found.sort_unstable_by(by_distance);
        found
    }

    /// Where a place stands.
    fn point(&self, index: u32) -> Option<Wgs84> {
        self.points[index as usize]
    }

    /// The located places at most `max_distance_m` from `centre`; all of them without a bound.
    pub fn reached(&self, centre: Rd, max_distance_m: Option<f64>) -> RoaringBitmap {
        match max_distance_m {
            Some(distance_m) => self.index.reached(centre, distance_m).into_iter().collect(),
            None => self.attributes.located.clone(),
        }
    }

    /// How many places a municipality has that are not closed.
    pub fn places_in_municipality(&self, municipality: u32) -> u64 {
        self.not_closed(&self.municipality(municipality).places)
    }

    /// How many places that are not closed surely lie in a settlement.
    pub fn places_in_settlement(&self, settlement: u32) -> u64 {
        self.not_closed(&self.settlement(settlement).places.certain)
    }

    /// The settlements whose name matches `text`.
    pub fn settlements_named(&self, text: &str) -> RoaringBitmap {
        self.settlement_texts.matching(named::without_province(text))
    }
}

fn position<T>(sorted: &[T], key: &str, key_of: impl Fn(&T) -> &str) -> Option<u32> {
    let found = sorted.binary_search_by(|entry| key_of(entry).cmp(key)).ok()?;
    u32::try_from(found).ok()
}

fn index_of(position: usize) -> u32 {
    // Editions are far smaller: a place of index 2³² would need more memory than machines have.
    u32::try_from(position).unwrap_or(u32::MAX)
}
