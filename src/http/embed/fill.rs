//! Fills the embedded page from the edition.
//!
//! An oddity: a place that is known coarsely is a circle here, which is what `uncertaintyRadius` says, and the outline
//! of its village in `/map.svg`.

use roaring::RoaringBitmap;

use super::{
    asked::{Asked, Near},
    heading::heading,
    view::{Chooser, EmbedLine, EmbedView},
    words::Words,
};
use crate::{
    drawing::symbols,
    edition::{Dimension, DimensionValue, Edition, PlaceFilter, Selection},
    http::{
        map::shapes::symbol,
        pages::{
            language::Language,
            links::passed_on,
            list::{self, Choice, approached, count, label},
        },
        query::percent_encode,
    },
    model::{
        Layer,
        vocabulary::{PlaceKind, Term},
    },
    spatial::Bbox,
};

/// Distances that can be chosen, metres.
const RADII_M: [u32; 6] = [500, 1_000, 2_000, 5_000, 10_000, 20_000];
/// Metres in a degree of latitude; by it the map is opened, nothing is counted.
const METRES_PER_DEGREE: f64 = 111_320.0;

/// The page of what is asked; with `refusal` the reason why it is the page of everything.
pub(super) fn view(edition: &Edition, asked: &Asked, selected: &Selection, refusal: Option<String>) -> EmbedView {
    let (language, parameters) = (asked.language, &asked.parameters);
    let all = edition.select(&PlaceFilter::default()).certain;
    let ordered = asked.in_order(edition, selected);
    let places = ordered.into_iter().map(|(place, distance_m)| line(edition, place, distance_m, language));
    let hidden = ["lang", "basemap", "edition"];
    let choices = ["municipality", "settlement", "kind", "facility", "activity", "near", "radius"];
    let radius = asked.radius_m.map(whole_metres);
    EmbedView {
        language,
        edition: edition.id.clone(),
        of_edition: passed_on(parameters.get("edition")),
        heading: heading(edition, asked),
        refusal,
        choosers: choosers(edition, asked, &all),
        hidden: hidden.iter().filter_map(|name| Some((*name, parameters.get(name)?.to_owned()))).collect(),
        is_filtered: asked.is_filtered(),
        cleared: format!("/embed{}", parameters.query_string_without(&choices)),
        near: asked.near.as_ref().map(Near::text),
        anywhere: format!("/embed{}", parameters.query_string_without(&["near", "radius"])),
        radii: radii(language, radius),
        radius,
        total: count(all.len()),
        undecided: count(selected.possible.len() - selected.certain.len()),
        approached: approached(edition),
        places: places.collect(),
        legend: legend(edition, &selected.certain, language),
        bounds: bounds(edition, asked),
        municipalities: parameters.get("municipality").unwrap_or_default().to_owned(),
        is_brt: asked.is_brt(),
        ground: format!("/embed/ground.geojson?edition={}", edition.id),
        picture: picture(edition, asked),
        whole: format!("{}{}", language.path(), parameters.query_string_without(&NOT_OF_THE_LIST)),
        attributions: attributions(edition, &selected.certain),
    }
}

/// What the list page does not know.
const NOT_OF_THE_LIST: [&str; 6] = ["settlement", "activity", "near", "radius", "lang", "basemap"];

fn line(edition: &Edition, place: u32, distance_m: Option<f64>, language: Language) -> EmbedLine {
    let entry = edition.place(place);
    let is_exact = entry.facts.is_at_address();
    EmbedLine {
        place: list::line(edition, entry, language),
        symbol: if is_exact || entry.facts.location.is_none() {
            symbol(entry.facts.kind).alone()
        } else {
            symbols::somewhere_alone()
        },
        at: entry.facts.location.as_ref().map(|location| {
            (location.lon, location.lat, (!is_exact).then(|| location.uncertainty_radius_m.max(0.0).round()))
        }),
        distance_m,
    }
}

fn whole_metres(metres: f64) -> u32 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most the limit of distances")]
    let whole = metres.max(0.0).round() as u32;
    whole
}

fn radii(language: Language, chosen: Option<u32>) -> Vec<(u32, String)> {
    let mut metres = RADII_M.to_vec();
    metres.extend(chosen);
    metres.sort_unstable();
    metres.dedup();
    metres.into_iter().map(|metres| (metres, round_distance(language, metres))).collect()
}

/// `2 km` where a distance has no odd metres.
fn round_distance(language: Language, metres: u32) -> String {
    if metres >= 1_000 && metres.is_multiple_of(1_000) {
        format!("{} km", metres / 1_000)
    } else {
        language.distance(metres)
    }
}

fn choosers(edition: &Edition, asked: &Asked, all: &RoaringBitmap) -> Vec<Chooser> {
    let (t, of_list) = (Words::of(asked.language), list::Words::of(asked.language));
    let chooser = |name: &'static str, label, every, mut options: Vec<Choice>| {
        let chosen = asked.parameters.get(name).unwrap_or_default().to_owned();
        // Several at once, as a snippet may ask, are one choice among the others.
        if chosen.contains(',') {
            let one = |value| options.iter().find(|choice| choice.value == value);
            let labels: Vec<&str> =
                chosen.split(',').map(|value| one(value).map_or(value, |choice| choice.label.as_str())).collect();
            let label = labels.join(&format!(" {} ", t.or));
            options.insert(0, Choice { value: chosen.clone(), label, places: 0 });
        }
        Chooser { name, label, every, options, chosen }
    };
    let options = |dimension| list::choices(edition, all, dimension, asked.language);
    vec![
        chooser("municipality", of_list.municipality, of_list.every_municipality, options(Dimension::Municipality)),
        chooser("settlement", t.settlement, t.every_settlement, settlements(edition, asked, all)),
        chooser("kind", of_list.kind, of_list.every_kind, options(Dimension::Kind)),
        chooser("facility", of_list.facility, of_list.every_facility, options(Dimension::Facility)),
        chooser("activity", t.activity, t.every_activity, options(Dimension::Activity)),
    ]
}

/// Settlements in which places are, of the municipalities that are asked for, and the one that is asked for.
fn settlements(edition: &Edition, asked: &Asked, all: &RoaringBitmap) -> Vec<Choice> {
    let choice = |index: u32, places| {
        let facts = &edition.settlement(index).facts;
        Choice { value: facts.slug.clone(), label: facts.name.clone(), places }
    };
    let is_asked = |index: &u32| {
        asked.municipalities.is_empty() || asked.municipalities.contains(&edition.settlement(*index).municipality)
    };
    let counted = edition.count_by(all, Dimension::Settlement).into_iter().filter_map(|counted| match counted.value {
        DimensionValue::Settlement(index) => Some((index, count(counted.count))),
        _ => None,
    });
    let mut choices: Vec<Choice> =
        counted.filter(|(index, _)| is_asked(index)).map(|(index, places)| choice(index, places)).collect();
    if let Some(index) = asked.settlement {
        let slug = &edition.settlement(index).facts.slug;
        if choices.iter().all(|choice| choice.value != *slug) {
            choices.push(choice(index, 0));
        }
    }
    choices.sort_by_cached_key(|choice| crate::search::fold(&choice.label));
    choices
}

/// Each kind that is on the map at an address, in the order of the vocabulary, and what stands for the others.
fn legend(edition: &Edition, places: &RoaringBitmap, language: Language) -> Vec<(String, String)> {
    let located = || places.iter().map(|place| &edition.place(place).facts).filter(|facts| facts.location.is_some());
    let is_shown = |kind| located().any(|facts| facts.is_at_address() && facts.kind == kind);
    let kinds = PlaceKind::all().map(Some).chain([None]).filter(|kind| is_shown(*kind));
    let mut legend: Vec<(String, String)> = kinds
        .map(|kind| {
            let text = kind.map_or_else(
                || list::Words::of(language).kind_unknown.to_owned(),
                |kind| label(edition, PlaceKind::VOCABULARY, kind.name(), language),
            );
            (symbol(kind).alone(), text)
        })
        .collect();
    if located().any(|facts| !facts.is_at_address()) {
        legend.push((symbols::somewhere_alone(), Words::of(language).legend_coarse.to_owned()));
    }
    legend
}

/// What the map shows at first: the circle, the settlement, the municipalities or all of them.
fn bounds(edition: &Edition, asked: &Asked) -> [f64; 4] {
    if let Some((Near { at, .. }, radius_m)) = asked.circle() {
        let north = radius_m / METRES_PER_DEGREE;
        let east = north / at.lat.to_radians().cos();
        return [at.lon - east, at.lat - north, at.lon + east, at.lat + north];
    }
    let boxes: Vec<Bbox> = match asked.settlement {
        Some(index) => edition.settlement(index).region.bounds().into_iter().collect(),
        None => (0..)
            .zip(edition.municipalities())
            .filter(|(index, _)| asked.municipalities.is_empty() || asked.municipalities.contains(index))
            .filter_map(|(index, _)| edition.boundary(index)?.bounds())
            .collect(),
    };
    let most = |side: fn(&Bbox) -> f64, better: fn(f64, f64) -> f64| boxes.iter().map(side).reduce(better);
    let sides = (
        most(Bbox::west, f64::min),
        most(Bbox::south, f64::min),
        most(Bbox::east, f64::max),
        most(Bbox::north, f64::max),
    );
    match sides {
        (Some(west), Some(south), Some(east), Some(north)) => [west, south, east, north],
        // An edition without borders: Overijssel.
        _ => [5.78, 52.12, 7.07, 52.85],
    }
}

/// The map for documents of the same places. It knows no circles.
fn picture(edition: &Edition, asked: &Asked) -> Option<String> {
    if asked.circle().is_some() {
        return None;
    }
    let mut address = format!("/map.svg?language={}&edition={}", asked.language.code(), edition.id);
    let of = match asked.settlement {
        Some(index) => Some(edition.settlement(index).facts.id.as_str()),
        None => asked.parameters.get("municipality"),
    };
    let filters = ["kind", "facility", "activity"].map(|name| (name, asked.parameters.get(name)));
    for (name, value) in std::iter::once(("of", of)).chain(filters) {
        if let Some(value) = value {
            address.push('&');
            address.push_str(name);
            address.push('=');
            percent_encode(value, &mut address);
        }
    }
    Some(address)
}

/// What the layers of places, borders and outlines ask for.
fn attributions(edition: &Edition, places: &RoaringBitmap) -> Vec<String> {
    let of_places = edition.layers_of(places);
    let is_ground = |layer: &Layer| matches!(layer.key.as_str(), "municipalities" | "settlements");
    let layers = edition.layers.iter().filter(|layer| is_ground(layer) || of_places.contains(layer));
    let mut texts = Vec::new();
    for text in layers.map(|layer| format!("{} ({})", layer.attribution.trim_start_matches("Bron: "), layer.licence)) {
        if !texts.contains(&text) {
            texts.push(text);
        }
    }
    texts
}
