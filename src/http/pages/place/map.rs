//! Where a place stands, as a small map: its village and those around it, and other places.

use super::words::Words;
use crate::{
    drawing::map::{Extent, Map, Mark},
    edition::{Edition, PlaceFilter},
    http::{
        map::shapes::{point, shape},
        pages::{language::Language, words::with},
    },
    model::vocabulary::SettlementKind,
    spatial::{Rd, crs::to_rd},
};

/// Units from west to east.
const WIDTH: f64 = 480.0;
/// How far the map reaches from the place, metres.
const REACH_M: f64 = 1_600.0;

/// The map as SVG; none: it is not known where the place stands.
pub(super) fn draw(edition: &Edition, place: u32, language: Language) -> Option<String> {
    let t = Words::of(language);
    let entry = edition.place(place);
    let (at, location) = (entry.rd?, entry.facts.location.as_ref()?);
    let is_exact = entry.facts.is_at_address();
    let reach_m = if is_exact { REACH_M } else { REACH_M.max(location.uncertainty_radius_m * 1.2) };
    let extent = Extent::around(point(at), reach_m);
    let mut map = Map::new(extent, WIDTH);
    let (low, high) = (corner(at, -reach_m), corner(at, reach_m));
    let mut named = Vec::new();
    for settlement in edition.settlements() {
        let Some(bounds) = settlement.region.bounds() else { continue };
        let is_seen =
            bounds.west() <= high.0 && low.0 <= bounds.east() && bounds.south() <= high.1 && low.1 <= bounds.north();
        // Hamlets are areas around few houses, and would cover all of the land.
        if !is_seen || settlement.facts.kind == SettlementKind::Buurtschap {
            continue;
        }
        map.outline(&shape(&to_rd(settlement.region.polygons())));
        named.push((settlement.facts.population, settlement));
    }
    let open = edition.select(&PlaceFilter::default()).certain;
    for (other, _) in edition.nearest(at, Some(reach_m * 1.5)) {
        let facts = edition.place(other);
        if other != place && open.contains(other) && facts.facts.is_at_address() {
            map.mark(point(facts.rd?), Mark::Open);
        }
    }
    if is_exact {
        map.mark(point(at), Mark::Full);
    } else {
        map.circle(point(at), location.uncertainty_radius_m, false);
    }
    named.sort_by_key(|(population, _)| std::cmp::Reverse(*population));
    for (_, settlement) in named {
        map.label(point(settlement.inner_point), &settlement.facts.name, false);
    }
    let sentence = if is_exact { t.map_exact } else { t.map_coarse };
    let named = [("name", &*entry.facts.name), ("settlement", &entry.facts.settlement)];
    Some(map.finish("plattegrond", &with(t.map_title, &named), &with(sentence, &named)))
}

/// Longitude and latitude of a point so many metres north and east.
fn corner(at: Rd, metres: f64) -> (f64, f64) {
    let corner = Rd { x: at.x + metres, y: at.y + metres }.to_wgs84();
    (corner.lon, corner.lat)
}
