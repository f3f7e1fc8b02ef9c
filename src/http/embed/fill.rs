//! Fills the embedded page from the edition.
//!
//! An oddity: a place that is known coarsely is a circle here, which is what `uncertaintyRadius` says, and the outline
//! of its village in `/map.svg`.

use roaring::RoaringBitmap;

use super::{
    heading::heading,
    is_brt, language, theme,
    view::{Chooser, EmbedLine, EmbedView},
    words::Words,
};
use crate::{
    drawing::symbols,
    edition::{Dimension, DimensionValue, Edition, PlaceFilter},
    http::{
        asked::Asked,
        map::shapes::symbol,
        pages::{
            language::Language,
            links::passed_on,
            list::{self, Choice, approached, count, label},
        },
        parameters::{Address, Name, Near, PlaceChoice},
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

/// The page of what is asked.
pub(super) fn view(asked: &Asked) -> EmbedView {
    let Asked { edition, parameters, places, selected, .. } = asked;
    let language = language(parameters);
    let all = edition.select(&PlaceFilter::default()).certain;
    let ordered = places.in_order(edition, selected);
    let found = ordered.len();
    let lines = ordered.into_iter().take(SHOWN).map(|(place, distance_m)| line(edition, place, distance_m, language));
    let radius = places.radius_m.map(whole_metres);
    let without = |left_out: &dyn Fn(Name) -> bool| parameters.only(|name| !left_out(name)).query_string();
    // The municipality is that of the site around the frame.
    let stays = |name| is_of_page(name) || name == Name::Municipality;
    let is_of_point = |name| matches!(name, Name::Near | Name::Postcode | Name::Radius);
    let hidden =
        parameters.iter().filter(|(name, _)| !CHOOSERS.contains(name) && *name != Name::Text && !is_of_point(*name));
    // Where a layer is left out the edition has a name of its own, which is none of the archive.
    let whole_edition = edition.id.split(' ').next().unwrap_or_default();
    EmbedView {
        language,
        edition: edition.id.clone(),
        of_edition: passed_on(parameters.edition()),
        heading: heading(edition, places, language),
        refusal: asked.refusal.clone().map(|refused| refused.sentence(language)),
        choosers: choosers(edition, asked, &all),
        hidden: hidden.map(|(name, value)| (name.text(), value.to_owned())).collect(),
        is_filtered: parameters.iter().any(|(name, _)| !stays(name) && !is_of_point(name)),
        cleared: format!("/embed{}", without(&|name| !stays(name))),
        point: places.near.as_ref().map(Near::text),
        near: parameters.get(Name::Near).map(str::to_owned),
        postcode: parameters.get(Name::Postcode).unwrap_or_default().to_owned(),
        text: parameters.get(Name::Text).unwrap_or_default().to_owned(),
        theme: theme::address(parameters),
        anywhere: format!("/embed{}", without(&is_of_point)),
        radii: radii(language, radius),
        radius,
        total: count(all.len()),
        undecided: count(selected.possible.len() - selected.certain.len()),
        approached: approached(edition),
        found,
        places: lines.collect(),
        legend: legend(edition, &selected.certain, language),
        bounds: bounds(edition, places),
        municipalities: parameters.get(Name::Municipality).unwrap_or_default().to_owned(),
        is_brt: is_brt(parameters),
        ground: format!("/embed/ground.geojson?edition={whole_edition}"),
        picture: picture(asked, language),
        whole: whole(asked, language),
        attributions: attributions(edition, &selected.certain),
    }
}

/// What says how the page looks, and of which data it is.
fn is_of_page(name: Name) -> bool {
    matches!(name, Name::Lang | Name::Basemap | Name::Edition | Name::Without | Name::Accent | Name::Font)
}

/// Places that stand in a frame: more are of no use to a visitor and make a page that a telephone cannot load.
const SHOWN: usize = 500;

/// What the form has a select for.
const CHOOSERS: [Name; 5] = [Name::Municipality, Name::Settlement, Name::Kind, Name::Facility, Name::Activity];

/// The same places on a page of our own.
fn whole(asked: &Asked, language: Language) -> String {
    // Its language is in its path, and it has no form that would ask for the point of a radius.
    let is_of_list = |name| name != Name::Lang && (name != Name::Radius || asked.places.near.is_some());
    let parameters = asked.parameters.taken_by(Address::List).only(is_of_list);
    format!("{}{}", language.path(), parameters.query_string())
}

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
    metres.into_iter().map(|metres| (metres, language.distance(f64::from(metres)))).collect()
}

fn choosers(edition: &Edition, asked: &Asked, all: &RoaringBitmap) -> Vec<Chooser> {
    let language = language(&asked.parameters);
    let (t, of_list) = (Words::of(language), list::Words::of(language));
    let chooser = |name: Name, label, every, mut options: Vec<Choice>| {
        let chosen = asked.parameters.get(name).unwrap_or_default().to_owned();
        // Several at once, as a snippet may ask, are one choice among the others.
        if chosen.contains(',') {
            let one = |value| options.iter().find(|choice| choice.value == value);
            let labels: Vec<&str> =
                chosen.split(',').map(|value| one(value).map_or(value, |choice| choice.label.as_str())).collect();
            let label = labels.join(&format!(" {} ", t.or));
            options.insert(0, Choice { value: chosen.clone(), label, places: 0 });
        }
        Chooser { name: name.text(), label, every, options, chosen }
    };
    let options = |dimension| list::choices(edition, all, dimension, language);
    vec![
        chooser(Name::Municipality, of_list.municipality, of_list.every_municipality, options(Dimension::Municipality)),
        chooser(Name::Settlement, t.settlement, t.every_settlement, settlements(edition, &asked.places, all)),
        chooser(Name::Kind, of_list.kind, of_list.every_kind, options(Dimension::Kind)),
        chooser(Name::Facility, of_list.facility, of_list.every_facility, options(Dimension::Facility)),
        chooser(Name::Activity, t.activity, t.every_activity, options(Dimension::Activity)),
    ]
}

/// Settlements in which places are, of the municipalities that are asked for, and the one that is asked for.
fn settlements(edition: &Edition, asked: &PlaceChoice, all: &RoaringBitmap) -> Vec<Choice> {
    let choice = |index: u32, places| {
        let facts = &edition.settlement(index).facts;
        // A district says of which town: there is one of its name in another.
        let town = edition.with_ancestors(index).last().filter(|whole| *whole != index);
        let label = match town {
            Some(town) => format!("{} (in {})", facts.name, edition.settlement(town).facts.name),
            None => facts.name.clone(),
        };
        Choice { value: facts.slug.clone(), label, places }
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

/// What the map shows at first: the box, the circle, the settlement, the municipalities or all of them.
fn bounds(edition: &Edition, asked: &PlaceChoice) -> [f64; 4] {
    if let (None, Some((Near { at, .. }, radius_m))) = (&asked.bbox, asked.near.zip(asked.radius_m)) {
        let north = radius_m / METRES_PER_DEGREE;
        let east = north / at.lat.to_radians().cos();
        return [at.lon - east, at.lat - north, at.lon + east, at.lat + north];
    }
    let boxes: Vec<Bbox> = match (&asked.bbox, asked.settlement) {
        (Some(area), _) => area.bounds().into_iter().collect(),
        (None, Some(index)) => edition.settlement(index).region.bounds().into_iter().collect(),
        (None, None) => (0..)
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

/// The map for documents of the same places. There is none of nothing, which may lie outside of Overijssel.
fn picture(asked: &Asked, language: Language) -> Option<String> {
    if asked.selected.certain.is_empty() {
        return None;
    }
    let is_of_map = |name| name != Name::Radius || asked.places.near.is_some();
    let mut parameters = asked.parameters.taken_by(Address::MapSvg).only(is_of_map);
    parameters.set(Name::Lang, language.code().to_owned());
    if asked.parameters.get(Name::Without).is_none() {
        parameters.set(Name::Edition, asked.edition.id.clone());
    }
    Some(format!("/map.svg{}", parameters.query_string()))
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
