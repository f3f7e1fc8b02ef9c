//! Places that are too near one another to be drawn apart, where a map has very many: a picture of a hundred thousand
//! symbols shows none of them, and is one that nobody can load.

use std::collections::BTreeMap;

use crate::{
    drawing::map::{Extent, Point},
    edition::Edition,
    spatial::Rd,
};

/// Up to so many every place has its symbol.
pub(super) const EACH_TO: usize = 1_000;
/// Cells along the longer side of a map, in each of which places are drawn as one.
const CELLS: f64 = 40.0;
/// Of what is beside the matter, of which no number is told.
const FINE_CELLS: f64 = 120.0;

/// What is drawn of places.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Drawn {
    /// Those with a symbol of their own, in their order.
    pub(super) alone: Vec<u32>,
    /// Those that are drawn as one, from north to south.
    pub(super) together: Vec<Together>,
}

/// Several places.
#[derive(Debug, PartialEq)]
pub(super) struct Together {
    /// The mean of their points.
    pub(super) middle: Rd,
    /// At least 2.
    pub(super) count: usize,
}

/// What is drawn of places that have a point.
pub(super) fn gather(edition: &Edition, extent: &Extent, places: &[u32]) -> Drawn {
    if places.len() <= EACH_TO {
        return Drawn { alone: places.to_vec(), together: Vec::new() };
    }
    let mut drawn = Drawn::default();
    for cell in cells(edition, extent, places, CELLS) {
        match cell.as_slice() {
            [(place, _)] => drawn.alone.push(*place),
            several => {
                // Fewer than four thousand million.
                let count = f64::from(u32::try_from(several.len()).unwrap_or(u32::MAX));
                let mean = |axis: fn(&Rd) -> f64| several.iter().map(|(_, at)| axis(at)).sum::<f64>() / count;
                drawn
                    .together
                    .push(Together { middle: Rd { x: mean(|at| at.x), y: mean(|at| at.y) }, count: several.len() });
            }
        }
    }
    let order: BTreeMap<u32, usize> = places.iter().enumerate().map(|(index, place)| (*place, index)).collect();
    drawn.alone.sort_by_key(|place| order.get(place).copied());
    drawn.together.sort_by(|a, b| b.middle.y.total_cmp(&a.middle.y).then(a.middle.x.total_cmp(&b.middle.x)));
    drawn
}

/// One of those that would lie on one another, where there are very many.
pub(super) fn thin(edition: &Edition, extent: &Extent, places: &[u32]) -> Vec<u32> {
    if places.len() <= EACH_TO {
        return places.to_vec();
    }
    let cells = cells(edition, extent, places, FINE_CELLS);
    cells.into_iter().filter_map(|cell| cell.first().map(|(place, _)| *place)).collect()
}

/// The places of each cell that has any.
fn cells(edition: &Edition, extent: &Extent, places: &[u32], along: f64) -> Vec<Vec<(u32, Rd)>> {
    let side = extent.width().max(extent.height()) / along;
    let mut cells: BTreeMap<[i64; 2], Vec<(u32, Rd)>> = BTreeMap::new();
    for place in places {
        let Some(at) = edition.place(*place).rd else { continue };
        let (right, down) = extent.from_corner(Point { x: at.x, y: at.y });
        #[expect(clippy::cast_possible_truncation, reason = "RD metres have six digits")]
        let cell = [right, down].map(|metres| (metres / side).floor() as i64);
        cells.entry(cell).or_default().push((*place, at));
    }
    cells.into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{http::map::shapes::point, seed};

    #[test]
    fn of_many_places_each_is_drawn_once() {
        let edition = Edition::build(seed::read().unwrap()).unwrap();
        let count = u32::try_from(edition.place_count()).unwrap();
        let located: Vec<u32> = (0..count).filter(|place| edition.place(*place).rd.is_some()).collect();
        let extent = Extent::around(point(edition.place(located[0]).rd.unwrap()), 50_000.0);
        let few = gather(&edition, &extent, &located);
        assert_eq!((few.alone.len(), few.together.len()), (located.len(), 0));
        // The same places again and again are as many as the map of a country has.
        let many: Vec<u32> = located.iter().copied().cycle().take(EACH_TO * 100).collect();
        let drawn = gather(&edition, &extent, &many);
        assert_eq!(drawn.alone.len() + drawn.together.iter().map(|some| some.count).sum::<usize>(), many.len());
        assert!(drawn.alone.len() + drawn.together.len() < 1_600, "{}", drawn.together.len());
        assert!(drawn.together.iter().all(|some| some.count > 1));
        let thinned = thin(&edition, &extent, &many);
        assert!(thinned.len() <= located.len() && thinned.iter().all(|place| located.contains(place)));
    }
}
