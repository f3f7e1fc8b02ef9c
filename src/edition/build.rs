//! From facts to an edition: a pure function that checks what it is given.

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    fmt,
};

use chrono::{DateTime, NaiveTime, Utc};
use geo::{Coord, LineString, Polygon};
use geojson::{Geometry, GeometryValue, Position};
use roaring::RoaringBitmap;

use super::{
    Edition, MunicipalityEntry, NeighbourhoodEntry, PlaceEntry, Policy, Selection, SettlementEntry,
    attribute::Attributes,
    belonging, check,
    districts::{District, Districts, Wijken},
    hits,
    id::edition_id,
    index_of, opening,
    order::Orders,
    policy, position,
    postcodes::Postcodes,
    programme::Programme,
    provenance::Provenance,
    texts,
    whereabouts::Grounds,
};
use crate::{
    model::{
        Facts, Layer, Municipality, Neighbourhood, Place, PlaceSource, PolicyDocument, PolicyStatus, PostcodePoint,
        Settlement, Source, Survey, SurveyTotal, vocabulary::SettlementKind,
    },
    spatial::{Border, MultiPolygon, Outlines, PlaceIndex, Region, Wgs84, coverage, crs},
};

/// Why facts are no edition: every fault, one sentence each.
#[derive(Debug, PartialEq, Eq)]
pub struct EditionError(pub Vec<String>);

impl std::error::Error for EditionError {}

impl fmt::Display for EditionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the data has {} fault(s): {}", self.0.len(), self.0.join("; "))
    }
}

impl Edition {
    /// The id that facts have as an edition, without checking them.
    ///
    /// # Errors
    /// [`EditionError`] when they cannot be written down, which plain facts can.
    pub fn id_of(facts: &Facts) -> Result<String, EditionError> {
        edition_id(facts, newest(facts)).map_err(|cause| EditionError(vec![cause.to_string()]))
    }

    /// Checks `facts` and makes the edition of them.
    ///
    /// # Errors
    /// [`EditionError`] lists references to nothing, geometry that cannot be read, coordinates
    /// outside the Netherlands, and locations without a source.
    pub fn build(facts: Facts) -> Result<Self, EditionError> {
        let id = Self::id_of(&facts)?;
        Self::build_as(id, facts)
    }

    /// The same of facts whose id as an edition is known, so that it need not be computed again.
    ///
    /// # Errors
    /// As [`Edition::build`].
    pub fn build_as(id: String, facts: Facts) -> Result<Self, EditionError> {
        Ok(Checked::of(facts)?.edition(id))
    }

    /// The id of `facts` as an edition, where they are one: [`Edition::build`] for who does not read it, at a fraction of its work.
    ///
    /// # Errors
    /// As [`Edition::build`].
    pub fn id_where_sound(facts: Facts) -> Result<String, EditionError> {
        let id = Self::id_of(&facts)?;
        Checked::of(facts).map(|_| id)
    }
}

/// Facts in which nothing is wrong, with what was found out on the way.
struct Checked {
    newest: DateTime<Utc>,
    layers: Vec<Layer>,
    sources: Vec<Source>,
    place_sources: Vec<PlaceSource>,
    survey: Survey,
    survey_totals: Vec<SurveyTotal>,
    postcodes: Vec<PostcodePoint>,
    documents: Vec<PolicyDocument>,
    municipalities: Vec<MunicipalityEntry>,
    settlements: Vec<SettlementEntry>,
    neighbourhoods: Vec<NeighbourhoodEntry>,
    places: Vec<PlaceEntry>,
    boundaries: Outlines,
    wijken: Wijken,
    programme: Programme,
}

impl Checked {
    fn of(facts: Facts) -> Result<Self, EditionError> {
        let newest = newest(&facts);
        let mut faults = check::references(&facts);

        let mut municipalities = municipalities(facts.municipalities, &mut faults);
        let boundaries = Outlines::new(
            municipalities.iter().map(|entry| read_geometry(&entry.facts.boundary).unwrap_or(MultiPolygon(Vec::new()))),
        );
        let mut settlements = settlements(facts.settlements, &mut municipalities, &mut faults);
        let mut neighbourhoods = neighbourhoods(facts.neighbourhoods, &mut municipalities, &mut faults);
        let layers = layers_of_places(&facts.layers, &facts.sources, &facts.place_sources);
        let wijken = Wijken::of(&neighbourhoods, settlements.len());
        let districts = Districts::of(&neighbourhoods, &settlements, &wijken);
        let mut places = places(facts.places, &layers, &settlements, districts, &municipalities, &mut faults);
        drop(layers);
        if !faults.is_empty() {
            return Err(EditionError(faults));
        }
        belonging::note(&places, &mut municipalities, &mut settlements, &mut neighbourhoods);
        let programme = Programme::of(&facts.activities, &mut places, &facts.layers, &facts.sources, &mut faults);
        policies(&mut municipalities, &facts.policy_documents, &facts.policy_statuses, &mut faults);
        if !faults.is_empty() {
            return Err(EditionError(faults));
        }
        Ok(Self {
            newest,
            layers: facts.layers,
            sources: facts.sources,
            place_sources: facts.place_sources,
            survey: facts.survey,
            survey_totals: facts.survey_totals,
            postcodes: facts.postcodes,
            documents: facts.policy_documents,
            municipalities,
            settlements,
            neighbourhoods,
            places,
            boundaries,
            wijken,
            programme,
        })
    }

    fn edition(self, id: String) -> Edition {
        let Self { municipalities, mut settlements, neighbourhoods, places, boundaries, programme, sources, .. } = self;
        let province = province(&municipalities, &boundaries);
        let border = Border::of(&province);
        for entry in &mut settlements {
            entry.border_m = border.distance_m(entry.inner_point);
        }
        let keys = places.iter().map(|entry| entry.facts.key.as_str());
        let provenance = Provenance::of(keys, &sources, &self.place_sources);
        // Some hundred thousands of them, which nobody reads any more.
        drop(self.place_sources);
        let point = |entry: &PlaceEntry| entry.facts.location.as_ref().map(|at| Wgs84 { lon: at.lon, lat: at.lat });
        let points: Vec<Option<Wgs84>> = places.iter().map(point).collect();
        let streets = hits::streets(&places);
        let (hit_texts, hit_documents) =
            texts::of_hits(&places, &municipalities, &settlements, &neighbourhoods, &streets, &programme.activities);
        Edition {
            id,
            withdrawn: Vec::new(),
            published_at: self.newest,
            layers: self.layers,
            sources,
            survey: self.survey,
            survey_totals: self.survey_totals,
            index: PlaceIndex::new((0..).zip(&points).filter_map(|(index, point)| Some((index, (*point)?)))),
            points,
            wijken: self.wijken,
            grounds: Grounds::of(&places, &settlements, &municipalities),
            attributes: Attributes::of(&places),
            postcodes: Postcodes::of(&places, &settlements, &self.postcodes),
            activity_texts: texts::of_activities(&programme.activities, &places, &municipalities),
            programme,
            provenance,
            orders: Orders::of(&places, &municipalities),
            place_texts: texts::of_places(&places, &settlements, &municipalities),
            settlement_texts: texts::of_settlements(&settlements),
            streets,
            hit_texts,
            hit_documents,
            documents: self.documents,
            boundaries,
            province,
            places,
            municipalities,
            settlements,
            neighbourhoods,
        }
    }
}

/// All municipalities together, RD metres.
fn province(municipalities: &[MunicipalityEntry], boundaries: &Outlines) -> MultiPolygon<f64> {
    let regions = (0..index_of(municipalities.len())).filter_map(|index| boundaries.get(index));
    coverage::union(&regions.map(|region| crs::to_rd(region.polygons())).collect::<Vec<_>>())
}

/// When the newest fact changed: one of a place or an activity, or the assessment of a policy.
fn newest(facts: &Facts) -> DateTime<Utc> {
    let places = facts.places.iter().map(|place| place.updated_at);
    let policies = facts.policy_statuses.iter().map(|status| status.assessed.and_time(NaiveTime::MIN).and_utc());
    let activities = facts.activities.iter().map(|activity| activity.updated_at);
    places.chain(policies).chain(activities).max().unwrap_or(DateTime::<Utc>::MIN_UTC)
}

fn read_geometry(text: &str) -> Result<MultiPolygon<f64>, String> {
    let geometry: Geometry = text.parse().map_err(|cause: geojson::Error| cause.to_string())?;
    match geometry.value {
        GeometryValue::Polygon { coordinates } => Ok(MultiPolygon(vec![read_polygon(&coordinates)?])),
        GeometryValue::MultiPolygon { coordinates } if coordinates.is_empty() => Err("it has no polygon".to_owned()),
        GeometryValue::MultiPolygon { coordinates } => {
            coordinates.iter().map(|polygon| read_polygon(polygon)).collect::<Result<_, _>>().map(MultiPolygon)
        }
        _ => Err("it is no Polygon or MultiPolygon".to_owned()),
    }
}

/// By hand, because the conversion that comes with `geojson` panics at a position of one number.
fn read_polygon(rings: &[Vec<Position>]) -> Result<Polygon<f64>, String> {
    let coord = |position: &Position| match *position.as_slice() {
        [x, y, ..] => Ok(Coord { x, y }),
        _ => Err("a position is not longitude and latitude".to_owned()),
    };
    let mut rings = rings.iter().map(|ring| {
        if ring.len() < 4 || ring.first() != ring.last() {
            return Err("a ring is not four positions or more, the last equal to the first".to_owned());
        }
        ring.iter().map(coord).collect::<Result<LineString<f64>, String>>()
    });
    let outer = rings.next().ok_or("a polygon has no ring")??;
    Ok(Polygon::new(outer, rings.collect::<Result<_, _>>()?))
}

fn read_region(owner: &str, text: &str, faults: &mut Vec<String>) -> Region {
    let polygons = read_geometry(text).unwrap_or_else(|cause| {
        faults.push(format!("the outline of {owner} cannot be read: {cause}"));
        MultiPolygon(Vec::new())
    });
    Region::new(polygons)
}

fn municipalities(facts: Vec<Municipality>, faults: &mut Vec<String>) -> Vec<MunicipalityEntry> {
    let mut slugs = HashSet::new();
    for municipality in &facts {
        if let Err(cause) = read_geometry(&municipality.boundary) {
            faults.push(format!("the boundary of {} cannot be read: {cause}", municipality.code));
        }
        if !slugs.insert(municipality.slug.clone()) {
            faults.push(format!("two municipalities have the slug `{}`", municipality.slug));
        }
    }
    if facts.is_empty() {
        faults.push("there is no municipality".to_owned());
    }
    facts
        .into_iter()
        .map(|facts| MunicipalityEntry {
            facts,
            policy: Policy::default(),
            places: RoaringBitmap::new(),
            settlements: Vec::new(),
            neighbourhoods: Vec::new(),
        })
        .collect()
}

fn find_municipality(owner: &str, code: &str, all: &[MunicipalityEntry], faults: &mut Vec<String>) -> u32 {
    position(all, code, |entry| entry.facts.code.as_str()).unwrap_or_else(|| {
        faults.push(format!("`{owner}` is in municipality {code}, which is not there"));
        0
    })
}

fn settlements(
    facts: Vec<Settlement>,
    municipalities: &mut [MunicipalityEntry],
    faults: &mut Vec<String>,
) -> Vec<SettlementEntry> {
    let by_id: HashMap<String, u32> =
        facts.iter().enumerate().map(|(position, settlement)| (settlement.id.clone(), index_of(position))).collect();
    let mut slugs = HashSet::new();
    let mut entries = Vec::with_capacity(facts.len());
    for (position, facts) in facts.into_iter().enumerate() {
        if !slugs.insert(facts.slug.clone()) {
            faults.push(format!("two settlements have the slug `{}`", facts.slug));
        }
        let parent = facts.parent.as_ref().map(|parent| by_id.get(parent).copied());
        if parent == Some(None) {
            faults.push(format!("settlement `{}` has a parent that is not there", facts.id));
        }
        let municipality = find_municipality(&facts.id, facts.municipality.as_str(), municipalities, faults);
        if let Some(entry) = municipalities.get_mut(municipality as usize) {
            entry.settlements.push(index_of(position));
        }
        entries.push(SettlementEntry {
            region: read_region(&facts.id, &facts.outline, faults),
            inner_point: Wgs84 { lon: facts.lon, lat: facts.lat }.to_rd(),
            facts,
            municipality,
            parent: parent.flatten(),
            places: Selection::known(RoaringBitmap::new()),
            border_m: 0.0,
        });
    }
    // A settlement that holds itself would make every walk to the top endless.
    for (start, entry) in entries.iter().enumerate() {
        let mut up = entry.parent;
        for _ in 0..entries.len() {
            let Some(parent) = up else { break };
            if parent as usize == start {
                faults.push(format!("settlement `{}` is its own ancestor", entry.facts.id));
                break;
            }
            up = entries[parent as usize].parent;
        }
    }
    entries
}

fn neighbourhoods(
    facts: Vec<Neighbourhood>,
    municipalities: &mut [MunicipalityEntry],
    faults: &mut Vec<String>,
) -> Vec<NeighbourhoodEntry> {
    let mut entries = Vec::with_capacity(facts.len());
    for (position, facts) in facts.into_iter().enumerate() {
        let municipality = find_municipality(facts.code.as_str(), facts.municipality.as_str(), municipalities, faults);
        if let Some(entry) = municipalities.get_mut(municipality as usize) {
            entry.neighbourhoods.push(index_of(position));
        }
        entries.push(NeighbourhoodEntry {
            region: read_region(facts.code.as_str(), &facts.boundary, faults),
            facts,
            municipality,
            places: Selection::known(RoaringBitmap::new()),
        });
    }
    entries
}

/// The layers of the sources of each place, as indices into `layers`.
fn layers_of_places(layers: &[Layer], sources: &[Source], links: &[PlaceSource]) -> HashMap<String, BTreeSet<u16>> {
    let index_of = |key: &str| layers.iter().position(|layer| layer.key == key).and_then(|at| u16::try_from(at).ok());
    let by_source: HashMap<&str, u16> =
        sources.iter().filter_map(|source| Some((source.id.as_str(), index_of(&source.layer)?))).collect();
    let mut found: HashMap<String, BTreeSet<u16>> = HashMap::new();
    for link in links {
        if let Some(layer) = by_source.get(link.source.as_str()) {
            match found.get_mut(&link.place) {
                Some(layers) => drop(layers.insert(*layer)),
                None => drop(found.insert(link.place.clone(), BTreeSet::from([*layer]))),
            }
        }
    }
    found
}

fn places(
    facts: Vec<Place>,
    layers: &HashMap<String, BTreeSet<u16>>,
    settlements: &[SettlementEntry],
    mut districts: Districts<'_>,
    municipalities: &[MunicipalityEntry],
    faults: &mut Vec<String>,
) -> Vec<PlaceEntry> {
    let outlines = Outlines::new(settlements.iter().map(|entry| entry.region.polygons().clone()));
    let mut entries = Vec::with_capacity(facts.len());
    for facts in facts {
        let municipality = find_municipality(&facts.key, facts.municipality.as_str(), municipalities, faults);
        let point = facts.location.as_ref().map(|location| {
            Wgs84::checked(location.lon, location.lat).unwrap_or_else(|cause| {
                faults.push(format!("the location of `{}` cannot be right: {cause}", facts.key));
                Wgs84 { lon: location.lon, lat: location.lat }
            })
        });
        let outline = facts.location.as_ref().and_then(|location| location.outline.as_deref());
        let stated = outline.map(|id| position(settlements, id, |entry| &entry.facts.id));
        if stated == Some(None) {
            faults.push(format!("the location of `{}` is that of a settlement that is not there", facts.key));
        }
        let exact = point.filter(|_| facts.is_at_address());
        let around = exact.map(|point| outlines.containing(point)).unwrap_or_default();
        let settlement = smallest(&outlines, &around)
            .or(stated.flatten())
            .or_else(|| named(settlements, municipality, &facts.settlement));
        let mut district = match (exact, stated.flatten()) {
            (Some(point), _) => districts.around(point),
            (None, Some(outline)) => districts.within(outline, municipality),
            (None, None) => District::default(),
        };
        // Of a place that is only known to its municipality, and of an address between borders that were simplified.
        if district.finest.is_none() && district.possible.is_empty() {
            district.possible =
                municipalities.get(municipality as usize).map(|entry| entry.neighbourhoods.clone()).unwrap_or_default();
        }
        entries.push(PlaceEntry {
            municipality,
            settlement,
            around,
            neighbourhood: district.finest,
            perhaps_in: district.possible,
            rd: point.map(Wgs84::to_rd),
            hours: opening::hours_of(&facts),
            layers: layers.get(&facts.key).into_iter().flatten().copied().collect(),
            programme: Vec::new(),
            is_programme_known: false,
            facts,
        });
    }
    entries
}

fn smallest(outlines: &Outlines, found: &[u32]) -> Option<u32> {
    found.iter().copied().min_by(|a, b| outlines.area_m2(*a).total_cmp(&outlines.area_m2(*b)).then(a.cmp(b)))
}

/// The settlement of that name in a municipality; of several the one with most inhabitants. For places just outside a
/// generalised outline, and for those without a point.
fn named(settlements: &[SettlementEntry], municipality: u32, name: &str) -> Option<u32> {
    (0..)
        .zip(settlements)
        .filter(|(_, entry)| entry.municipality == municipality && entry.facts.name == name)
        .filter(|(_, entry)| entry.facts.kind != SettlementKind::Industriekern)
        .max_by_key(|(index, entry)| (entry.facts.population, std::cmp::Reverse(*index)))
        .map(|(index, _)| index)
}

fn policies(
    municipalities: &mut [MunicipalityEntry],
    documents: &[PolicyDocument],
    statuses: &[PolicyStatus],
    faults: &mut Vec<String>,
) {
    let mut newest: Vec<u32> = (0..index_of(documents.len())).collect();
    newest.sort_by(|a, b| policy::newest_first(&documents[*a as usize], &documents[*b as usize]));
    for entry in municipalities {
        let code = &entry.facts.code;
        let own = statuses.iter().filter(|status| status.municipality == *code);
        let find = |key: &str| {
            position(documents, key, |document| &document.key)
                .filter(|index| documents[*index as usize].municipality == *code)
        };
        match Policy::of(own, find) {
            Ok(policy) => entry.policy = policy,
            Err(fault) => faults.push(fault),
        }
        let is_own = |index: &u32| documents[*index as usize].municipality == *code;
        entry.policy.documents = newest.iter().copied().filter(is_own).collect();
    }
}
