//! From what is shown to a sheet that can be drawn: shapes, symbols and names; the sentences come from `captions`.
//!
//! An oddity: districts (WIJK) are named on a map of a municipality in towns of 20,000 and more only, from 1,500
//! inhabitants. That is a matter of room, decided by looking.

use std::cmp::Reverse;

use super::{
    captions::Captions,
    format::Format,
    gathered::{EACH_TO, Together, thin},
    parameters::Subject,
    shapes::{point, shape, symbol},
    shown::{Shown, Somewhere},
};
use crate::{
    drawing::{
        map::{Point, Shape},
        sheet::{AreaName, Coarse, Gathered, Ground, Rank, Sheet, Spot, Zone},
    },
    edition::Edition,
    model::vocabulary::SettlementKind,
    spatial::{Wgs84, crs::to_rd},
};

/// Size of a symbol on a map of the province and on others, points.
const SYMBOLS: [f64; 2] = [5.0, 7.2];
/// Places of one area that are told by name where a pointer rests on it.
const TITLES: usize = 50;
/// Districts with fewer inhabitants get no name on a map of a municipality, nor do those of towns with fewer.
const DISTRICTS_FROM: i32 = 1_500;
const TOWNS_WITH_DISTRICTS_FROM: i32 = 20_000;

fn boundary(edition: &Edition, municipality: u32) -> Shape {
    edition.boundary(municipality).map(|region| shape(&to_rd(region.polygons()))).unwrap_or_default()
}

fn outline(edition: &Edition, settlement: u32) -> Shape {
    shape(&to_rd(edition.settlement(settlement).region.polygons()))
}

/// The whole sheet.
pub(super) fn sheet(shown: &Shown<'_>, format: Format) -> Sheet {
    let captions = Captions::of(shown);
    let edition = shown.edition;
    let own = shown.municipalities();
    let is_province = matches!(shown.query.subject, Subject::Province);
    let (mut grounds, mut borders, mut names) = (Vec::new(), Vec::new(), Vec::new());
    for (index, entry) in (0..).zip(edition.municipalities()) {
        let border = boundary(edition, index);
        let is_own = own.contains(&index);
        let at = point(Wgs84 { lon: entry.facts.label_lon, lat: entry.facts.label_lat }.to_rd());
        let is_of_figures = shown.figures.is_some() && is_own;
        let is_named = shown.query.names.areas
            && (is_province || !is_own || is_of_figures || matches!(shown.query.subject, Subject::Area(_)));
        if is_named {
            let rank = if is_own { Rank::Area } else { Rank::Beside };
            let text = captions.area_name(index, is_own);
            names.push(AreaName { text, at, within: Some(border.clone()), rank });
        }
        grounds.push((border.clone(), ground(shown, index, is_own)));
        let is_broad = is_own && matches!(shown.query.subject, Subject::Municipalities(_));
        borders.push((border, is_broad));
    }
    if is_province {
        borders.push((shape(&edition.area_rd(None)), true));
    }
    // Broad ones on narrow ones.
    borders.sort_by_key(|(_, is_broad)| *is_broad);
    if let Subject::Settlement(whole) = shown.query.subject {
        grounds.push((outline(edition, whole), Ground::Subject));
        borders.extend(shown.districts().into_iter().map(|part| (outline(edition, part), false)));
        borders.push((outline(edition, whole), true));
    }
    // The small ones first, which have the least choice. What lies around comes last: its names go where there is room.
    names.sort_by(|a, b| area_m2(&a.within).total_cmp(&area_m2(&b.within)));
    names.sort_by_key(|name| name.rank == Rank::Beside);
    let beside = names.split_off(names.partition_point(|name| name.rank != Rank::Beside));
    if shown.query.names.areas && shown.figures.is_none() {
        let towns = settlement_names(shown);
        // A municipality that is named after its town is named by it.
        names.retain(|name| towns.iter().all(|town| town.text != name.text));
        names.extend(towns);
    }
    names.extend(beside);
    Sheet {
        language: shown.query.language.code(),
        title: captions.title(),
        subtitle: captions.subtitle(),
        description: captions.description(),
        origin: shown.query.address(format, &edition.id),
        extent: shown.extent,
        grounds,
        zones: if shown.figures.is_some() { Vec::new() } else { zones(shown) },
        settlements: if shown.figures.is_some() { Vec::new() } else { settlements(shown) },
        borders,
        coarse: seen(shown, &shown.coarse).iter().map(|area| coarse(shown, &captions, area, is_province)).collect(),
        places: seen(shown, &shown.drawn.alone).iter().filter_map(|place| spot(shown, &captions, *place)).collect(),
        gathered: seen(shown, &shown.drawn.together).iter().map(|places| gathered(&captions, places)).collect(),
        others: thin(edition, &shown.extent, seen(shown, &shown.others))
            .into_iter()
            .filter_map(|place| edition.place(place).rd.map(point))
            .collect(),
        names,
        symbol: SYMBOLS[usize::from(!is_province)],
        legend: captions.legend(),
        orientation: captions.orientation(),
        notes: captions.notes(),
    }
}

/// What of places is drawn: nothing where municipalities are, by a figure.
fn seen<'a, T>(shown: &Shown<'_>, all: &'a [T]) -> &'a [T] {
    if shown.figures.is_some() { &[] } else { all }
}

/// How a municipality is filled.
fn ground(shown: &Shown<'_>, municipality: u32, is_own: bool) -> Ground {
    let figures = shown.figures.as_ref().filter(|_| is_own);
    match figures.and_then(|figures| Some((figures, figures.bounds(municipality)?))) {
        Some((figures, bounds)) if figures.is_perhaps_more(bounds) => Ground::PerhapsMore(figures.step(bounds[0])),
        Some((figures, bounds)) => Ground::Step(figures.step(bounds[0])),
        None if is_own => Ground::Subject,
        None => Ground::Beside,
    }
}

/// The area of the outer rings, by the shoelace formula.
fn area_m2(shape: &Option<Shape>) -> f64 {
    let ring = |ring: &Vec<Point>| {
        let edges = ring.iter().zip(ring.iter().skip(1));
        edges.map(|(from, to)| from.x * to.y - to.x * from.y).sum::<f64>().abs() / 2.0
    };
    shape.iter().flatten().filter_map(|polygon| polygon.first()).map(ring).sum()
}

fn zones(shown: &Shown<'_>) -> Vec<(Shape, Zone)> {
    let Some(coverage) = &shown.coverage else { return Vec::new() };
    vec![
        (shape(&coverage.parts.uncovered), Zone::Uncovered),
        (shape(&coverage.parts.uncertain), Zone::Uncertain),
        (shape(&coverage.parts.covered), Zone::Covered),
    ]
}

/// Built-up areas, but not the one that the map is of, nor the town that it is a part of, which would cover it.
fn settlements(shown: &Shown<'_>) -> Vec<Shape> {
    let is_other = |index: &u32| match shown.query.subject {
        Subject::Settlement(whole) => shown.edition.with_ancestors(whole).all(|holder| holder != *index),
        _ => true,
    };
    shown.towns().into_iter().filter(is_other).map(|index| outline(shown.edition, index)).collect()
}

/// Names of villages and towns, the largest first, then of districts.
fn settlement_names(shown: &Shown<'_>) -> Vec<AreaName> {
    let edition = shown.edition;
    let own = shown.municipalities();
    let name = |index: &u32, rank| {
        let entry = edition.settlement(*index);
        AreaName { text: entry.facts.name.clone(), at: point(entry.inner_point), within: None, rank }
    };
    let by_population = |index: &u32| Reverse(edition.settlement(*index).facts.population.unwrap_or_default());
    let all = || (0..).zip(edition.settlements());
    let (mut towns, mut districts): (Vec<u32>, Vec<u32>) = match shown.query.subject {
        Subject::Province => return Vec::new(),
        Subject::Settlement(_) => (Vec::new(), shown.districts()),
        _ => {
            let is_inhabited = |index: &u32| {
                let entry = edition.settlement(*index);
                own.contains(&entry.municipality) && entry.facts.kind == SettlementKind::Woonkern
            };
            let is_district = |(_, entry): &(u32, &crate::edition::SettlementEntry)| {
                own.contains(&entry.municipality)
                    && entry.facts.kind == SettlementKind::Wijk
                    && entry.facts.population >= Some(DISTRICTS_FROM)
                    && entry.parent.is_some_and(|town| {
                        edition.with_ancestors(town).any(|holder| {
                            edition.settlement(holder).facts.population >= Some(TOWNS_WITH_DISTRICTS_FROM)
                        })
                    })
            };
            (
                shown.towns().into_iter().filter(is_inhabited).collect(),
                all().filter(is_district).map(|(index, _)| index).collect(),
            )
        }
    };
    let is_seen = |index: &u32| shown.extent.holds(point(edition.settlement(*index).inner_point));
    towns.retain(is_seen);
    districts.retain(is_seen);
    towns.sort_by_key(by_population);
    districts.sort_by_key(by_population);
    let towns = towns.iter().map(|index| name(index, Rank::Town));
    towns.chain(districts.iter().map(|index| name(index, Rank::District))).collect()
}

fn spot(shown: &Shown<'_>, captions: &Captions<'_>, place: u32) -> Option<Spot> {
    let entry = shown.edition.place(place);
    let name = shown.query.names.places.then(|| captions.name(place));
    Some(Spot {
        id: format!("place:{}", entry.facts.key),
        at: point(entry.rd?),
        symbol: symbol(entry.facts.kind),
        title: captions.titled(place),
        name,
    })
}

fn gathered(captions: &Captions<'_>, places: &Together) -> Gathered {
    Gathered { at: point(places.middle), count: captions.number(places.count), title: captions.places(places.count) }
}

/// The titles of some places, one below the other; of very many the first, and how many more there are.
fn titles(captions: &Captions<'_>, places: &[u32]) -> String {
    let (told, others) = places.split_at(places.len().min(TITLES));
    let mut titles: Vec<String> = told.iter().map(|place| captions.titled(*place)).collect();
    if !others.is_empty() {
        titles.push(captions.more(others.len()));
    }
    titles.join("\n")
}

fn coarse(shown: &Shown<'_>, captions: &Captions<'_>, area: &Somewhere, is_province: bool) -> Coarse {
    let ids: Vec<String> = area
        .places
        .iter()
        .take(EACH_TO)
        .map(|place| format!("place:{}", shown.edition.place(*place).facts.key))
        .collect();
    let names = shown.query.names;
    let name = match area.places.as_slice() {
        [place] => names.places.then(|| captions.name(*place)),
        places if is_province => Some(places.len().to_string()),
        places => Some(captions.places(places.len())),
    };
    Coarse {
        is_count: area.places.len() > 1,
        ids: ids.join(" "),
        outline: area.settlement.map(|index| outline(shown.edition, index)),
        centre: point(area.centre),
        radius_m: area.radius_m,
        title: titles(captions, &area.places),
        name,
    }
}
