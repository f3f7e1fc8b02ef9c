//! What the table of settlements has beyond what TOP10NL says, computed from the outlines: municipality and share, parent,
//! own inhabitants, area, and the name for an address on the web.
//!
//! Pure, and the same for every order of its input. All areas are planar, in RD metres.
//!
//! An oddity: the share is that within the border it was derived with. Importing another border does not derive
//! settlements anew, importing settlements does.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashSet},
};

use geo::{Area as _, BooleanOps as _, BoundingRect as _, Coord, InteriorPoint as _, Simplify as _};
use rstar::{
    AABB, RTree,
    primitives::{GeomWithData, Rectangle},
};

use crate::{
    model::{
        MunicipalityCode,
        vocabulary::{SettlementKind, Term as _},
    },
    search::fold,
    spatial::{MultiPolygon, Rd, Wgs84, crs},
};

/// A settlement is one of ours when at least this share of its area is in the municipalities.
const SHARE_OF_OURS: f64 = 0.5;
/// A parent holds at least this share of a child's area.
const SHARE_OF_CHILD: f64 = 0.8;
/// How far a simplified outline may be from what was published, metres.
const SIMPLIFIED_M: f64 = 25.0;

/// A municipality that settlements can be in.
#[derive(Clone, Debug)]
pub struct Within {
    /// Its code.
    pub code: MunicipalityCode,
    /// Its name for an address on the web.
    pub slug: String,
    /// Its border, RD metres.
    pub area: MultiPolygon<f64>,
}

/// An outline of TOP10NL.
#[derive(Clone, Debug)]
pub struct Outline {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What kind of settlement it is.
    pub kind: SettlementKind,
    /// Inhabitants, parts included.
    pub population: Option<i32>,
    /// The outline as it was published, RD metres, valid.
    pub area: MultiPolygon<f64>,
    /// The slug that it has already; it stays.
    pub slug: Option<String>,
    /// Whether it is no longer published: it holds no other, and its inhabitants are not known.
    pub is_gone: bool,
}

/// What was computed for an outline.
#[derive(Clone, Debug, PartialEq)]
pub struct Derived {
    /// The municipality with the largest share of its area; of equal ones the one with the lower code.
    pub municipality: MunicipalityCode,
    /// That share, 0 to 1, three decimals.
    pub share_in_municipality: f64,
    /// The smallest larger outline that holds at least 80 % of its area.
    pub parent: Option<String>,
    /// Inhabitants that belong to no child, one decimal; where children together have more than their parent, they are
    /// scaled down to it. `None` where the population is not known.
    pub own_population: Option<f64>,
    /// Area in hectares, one decimal.
    pub area_ha: f64,
    /// Its name for an address on the web.
    pub slug: String,
}

/// Computes the settlements of outlines, by id; an outline of which less than half lies in the municipalities is none.
pub fn derive(outlines: &[Outline], municipalities: &[Within]) -> BTreeMap<String, Derived> {
    let mut ours: Vec<Found<'_>> = outlines.iter().filter_map(|outline| locate(outline, municipalities)).collect();
    ours.sort_by(|a, b| a.outline.id.cmp(&b.outline.id));
    ours.dedup_by(|a, b| a.outline.id == b.outline.id);
    let parents = parents(&ours);
    let own = own_populations(&ours, &parents);
    let slugs = slugs(&ours, municipalities);
    let rows = ours.iter().zip(&parents).zip(own).zip(slugs);
    rows.map(|(((found, parent), own_population), slug)| {
        let derived = Derived {
            municipality: municipalities[found.municipality].code.clone(),
            share_in_municipality: rounded(found.share, 1_000.0),
            parent: parent.map(|parent| ours[parent].outline.id.clone()),
            own_population: own_population.map(|own| rounded(own, 10.0)),
            area_ha: rounded(found.area_m2 / 10_000.0, 10.0),
            slug,
        };
        (found.outline.id.clone(), derived)
    })
    .collect()
}

fn rounded(number: f64, scale: f64) -> f64 {
    (number * scale).round() / scale
}

struct Found<'a> {
    outline: &'a Outline,
    area_m2: f64,
    bounds: Rectangle<[f64; 2]>,
    municipality: usize,
    share: f64,
}

fn bounds(area: &MultiPolygon<f64>) -> Option<Rectangle<[f64; 2]>> {
    let bounds = area.bounding_rect()?;
    Some(Rectangle::from_corners(<[f64; 2]>::from(bounds.min().x_y()), <[f64; 2]>::from(bounds.max().x_y())))
}

fn meet(one: &Rectangle<[f64; 2]>, other: &Rectangle<[f64; 2]>) -> bool {
    use rstar::Envelope as _;
    use rstar::RTreeObject as _;
    one.envelope().intersects(&other.envelope())
}

/// The municipality that holds most of an outline, if all together hold half of it.
fn locate<'a>(outline: &'a Outline, municipalities: &[Within]) -> Option<Found<'a>> {
    let (bounds, area_m2) = (bounds(&outline.area)?, outline.area.unsigned_area());
    let (mut municipality, mut largest_m2, mut all_m2) = (0, 0.0, 0.0);
    for (index, within) in municipalities.iter().enumerate() {
        if !self::bounds(&within.area).is_some_and(|other| meet(&bounds, &other)) {
            continue;
        }
        let shared_m2 = outline.area.intersection(&within.area).unsigned_area();
        all_m2 += shared_m2;
        if shared_m2 > largest_m2 {
            (municipality, largest_m2) = (index, shared_m2);
        }
    }
    let is_ours = area_m2 > 0.0 && all_m2 >= SHARE_OF_OURS * area_m2;
    is_ours.then(|| Found { outline, area_m2, bounds, municipality, share: (largest_m2 / area_m2).min(1.0) })
}

/// For each the index of its parent.
fn parents(ours: &[Found<'_>]) -> Vec<Option<usize>> {
    let boxes = ours.iter().enumerate().map(|(index, found)| GeomWithData::new(found.bounds, index));
    let tree = RTree::bulk_load(boxes.collect());
    let parent = |(index, found): (usize, &Found<'_>)| {
        let envelope = AABB::from_corners(found.bounds.lower(), found.bounds.upper());
        let around = tree.locate_in_envelope_intersecting(&envelope).map(|other| other.data);
        let is_larger = |other: &usize| *other != index && ours[*other].area_m2 > found.area_m2;
        let mut larger: Vec<usize> = around.filter(is_larger).filter(|other| !ours[*other].outline.is_gone).collect();
        larger.sort_by(|a, b| ours[*a].area_m2.total_cmp(&ours[*b].area_m2).then(a.cmp(b)));
        larger.into_iter().find(|other| {
            let shared_m2 = found.outline.area.intersection(&ours[*other].outline.area).unsigned_area();
            shared_m2 >= SHARE_OF_CHILD * found.area_m2
        })
    };
    ours.iter().enumerate().map(parent).collect()
}

/// From the top down: what a parent has beyond its children, each scaled as its parent was.
fn own_populations(ours: &[Found<'_>], parents: &[Option<usize>]) -> Vec<Option<f64>> {
    let population = |index: usize| {
        let outline = ours[index].outline;
        outline.population.filter(|_| !outline.is_gone).map(f64::from)
    };
    let mut of_children = vec![0.0; ours.len()];
    for (child, parent) in parents.iter().enumerate() {
        if let Some(parent) = parent {
            of_children[*parent] += population(child).unwrap_or(0.0);
        }
    }
    let mut scales = vec![1.0; ours.len()];
    let mut own = vec![None; ours.len()];
    // A parent is larger than its child, so it comes first.
    let mut order: Vec<usize> = (0..ours.len()).collect();
    order.sort_by(|a, b| ours[*b].area_m2.total_cmp(&ours[*a].area_m2));
    for index in order {
        let of_parent = |parent: usize| {
            let known = population(parent).filter(|known| *known < of_children[parent]);
            scales[parent] * known.map_or(1.0, |known| known / of_children[parent])
        };
        scales[index] = parents[index].map_or(1.0, of_parent);
        own[index] = population(index).map(|known| (known - of_children[index]).max(0.0) * scales[index]);
    }
    own
}

/// Slugs: those that are there stay. Of several of one name the woonkern comes first, then the one with most inhabitants, then by
/// id; who comes first has the name, the others add municipality, kind and a number until it is free.
fn slugs(ours: &[Found<'_>], municipalities: &[Within]) -> Vec<String> {
    let mut taken: HashSet<String> = ours.iter().filter_map(|found| found.outline.slug.clone()).collect();
    let mut slugs: Vec<String> = ours.iter().map(|found| found.outline.slug.clone().unwrap_or_default()).collect();
    let mut alike: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, found) in ours.iter().enumerate().filter(|(_, found)| found.outline.slug.is_none()) {
        alike.entry(slug_of(&found.outline.name)).or_default().push(index);
    }
    for indices in alike.values_mut() {
        indices.sort_by_key(|index| {
            let outline = ours[*index].outline;
            (outline.kind != SettlementKind::Woonkern, Reverse(outline.population), outline.id.clone())
        });
    }
    // All first ones before the others: a name that is another's with its municipality stays with whom it belongs to.
    for (name, indices) in &alike {
        if taken.insert(name.clone()) {
            slugs[indices[0]].clone_from(name);
        }
    }
    for (name, indices) in &alike {
        for index in indices {
            if !slugs[*index].is_empty() {
                continue;
            }
            let in_municipality = format!("{name}-{}", municipalities[ours[*index].municipality].slug);
            let kind = ours[*index].outline.kind.name().to_lowercase();
            let numbered = (2..).map(|number| format!("{in_municipality}-{kind}-{number}"));
            let candidates = [in_municipality.clone(), format!("{in_municipality}-{kind}")];
            if let Some(free) = candidates.into_iter().chain(numbered).find(|slug| taken.insert(slug.clone())) {
                slugs[*index] = free;
            }
        }
    }
    slugs
}

/// A name in lower-case ASCII: accents and apostrophes dropped, everything else a hyphen.
fn slug_of(name: &str) -> String {
    let without: String = name.chars().filter(|c| !matches!(c, '\'' | '’' | '‘' | '`')).collect();
    fold(&without)
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join("-")
}

/// An outline in RD metres with fewer positions: Douglas-Peucker, 25 m, or less where that would let it cross itself.
///
/// The result is in longitude and latitude.
pub fn simplified(area: &MultiPolygon<f64>) -> MultiPolygon<f64> {
    use geo::{MapCoords as _, Validation as _};
    let mut tolerance_m = SIMPLIFIED_M;
    let simple = loop {
        let simple = if tolerance_m < 1.0 { area.clone() } else { area.simplify(tolerance_m) };
        let has_all = simple.iter().all(|polygon| polygon.exterior().0.len() >= 4 && polygon.unsigned_area() > 0.0);
        if tolerance_m < 1.0 || (has_all && simple.is_valid()) {
            break simple;
        }
        tolerance_m /= 2.0;
    };
    simple.map_coords(|at| {
        let Wgs84 { lon, lat } = Rd { x: at.x, y: at.y }.to_wgs84();
        Coord { x: lon, y: lat }
    })
}

/// A point inside the largest of polygons in longitude and latitude, six decimals; `None` where there are none.
pub fn inner_point(polygons: &MultiPolygon<f64>) -> Option<Wgs84> {
    let point = crate::ingest::geodata::geometry::largest(&crs::to_rd(polygons)).interior_point()?;
    let Wgs84 { lon, lat } = Rd { x: point.x(), y: point.y() }.to_wgs84();
    Some(Wgs84 { lon: rounded(lon, 1e6), lat: rounded(lat, 1e6) })
}

#[cfg(test)]
mod tests;
