//! What lists of places have in common: a place as a line, what can be chosen, and how much there may be.

pub(in crate::http) mod paging;
mod words;

use roaring::RoaringBitmap;

pub(in crate::http) use self::words::Words;
use super::{language::Language, words::with};
use crate::{
    edition::{Count, Dimension, DimensionValue, Edition, Meaning, PlaceEntry},
    model::{
        Location,
        vocabulary::{FacilityType, KindBasis, LocationPrecision, PlaceKind, PlaceStatus, SettlementKind, Term},
    },
};

/// One place in the list.
#[derive(Clone, Debug, Default)]
pub(in crate::http) struct PlaceLine {
    /// For the anchor `#plek-SLUG`: letters, digits and hyphens.
    pub(in crate::http) slug: String,
    /// Its name.
    pub(in crate::http) name: String,
    /// Other names it goes by.
    pub(in crate::http) alternative_names: Vec<String>,
    /// The label of its kind; none: not known.
    pub(in crate::http) kind: Option<String>,
    /// The kind was judged by the name alone.
    pub(in crate::http) kind_from_name: bool,
    /// Whether it is open; none: not known.
    pub(in crate::http) status: Option<Status>,
    /// When a source last confirmed it, as the reader should see it.
    pub(in crate::http) last_confirmed: Option<String>,
    /// Street, number, postcode and settlement in one line; none: no address known, and the settlement is shown.
    pub(in crate::http) address: Option<String>,
    /// The village or town.
    pub(in crate::http) settlement: String,
    /// How precisely its location is known.
    pub(in crate::http) location: Whereabouts,
    /// Labels of the facilities known to be there; empty: not known.
    pub(in crate::http) facilities: Vec<String>,
    /// Labels of the facilities stated not to be there.
    pub(in crate::http) absent_facilities: Vec<String>,
    /// Accessible by wheelchair; none: not known.
    pub(in crate::http) wheelchair_accessible: Option<bool>,
    /// When it is open, in words; none: not known.
    pub(in crate::http) hours: Option<String>,
    /// How far it is from where somebody is; none: nobody asked, or not known.
    pub(in crate::http) distance: Option<String>,
    /// Its own website. Linked to when it is an `http` or `https` address, else not shown.
    pub(in crate::http) website: Option<String>,
}

/// Whether a place is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::http) enum Status {
    /// Open.
    Open,
    /// To be opened.
    Planned,
    /// No longer there.
    Closed,
}

/// How precisely a location is known, from finest to coarsest. A number is how far it can be off, in metres.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::http) enum Whereabouts {
    /// To the address: nothing is said of it.
    Address,
    /// To the street.
    Street(Option<u32>),
    /// To the postcode area.
    Postcode(Option<u32>),
    /// To the neighbourhood.
    Neighbourhood(Option<u32>),
    /// To the village or town.
    Settlement(Option<u32>),
    /// Not at all.
    #[default]
    Unknown,
}

/// One option.
#[derive(Clone, Debug)]
pub(in crate::http) struct Choice {
    /// For the address.
    pub(in crate::http) value: String,
    /// For the reader.
    pub(in crate::http) label: String,
    /// How many places have it, whatever the filter.
    pub(in crate::http) places: usize,
}

impl PlaceLine {
    /// What is said of a location that is not an address.
    pub(in crate::http) fn whereabouts(&self, language: Language) -> Option<String> {
        let t = Words::of(language);
        let (phrase, uncertainty_m) = match self.location {
            Whereabouts::Address => return None,
            Whereabouts::Unknown => return Some(t.at_nowhere.to_owned()),
            Whereabouts::Street(metres) => (t.at_street, metres),
            Whereabouts::Postcode(metres) => (t.at_postcode, metres),
            Whereabouts::Neighbourhood(metres) => (t.at_neighbourhood, metres),
            Whereabouts::Settlement(metres) => (t.at_settlement, metres),
        };
        Some(match uncertainty_m {
            None | Some(0) => phrase.to_owned(),
            Some(metres) => {
                format!("{phrase} ({})", with(t.give_or_take, &[("distance", &language.about(f64::from(metres)))]))
            }
        })
    }
}

/// The values of a dimension that places have, by label.
pub(in crate::http) fn choices(
    edition: &Edition,
    places: &RoaringBitmap,
    dimension: Dimension,
    language: Language,
) -> Vec<Choice> {
    let counted = edition.count_by(places, dimension).into_iter();
    let choice = |counted: Count| Choice {
        label: meaning(edition, counted.value, language),
        places: count(counted.count),
        value: edition.value_text(counted.value).into_owned(),
    };
    let mut choices: Vec<Choice> = counted.map(choice).collect();
    choices.sort_by_cached_key(|choice| crate::search::fold(&choice.label));
    choices
}

/// What a value means, in a language.
pub(in crate::http) fn meaning(edition: &Edition, value: DimensionValue, language: Language) -> String {
    match edition.value_meaning(value) {
        Meaning::Name(name) => name.to_owned(),
        Meaning::Year(year) => year.to_string(),
        Meaning::Weekday(day) => language.weekday(day).to_owned(),
        Meaning::Is(is) => language.yes_or_no(is).to_owned(),
        Meaning::Term { vocabulary, term } => label(edition, vocabulary, term, language),
    }
}

/// The label of a term in a language.
pub(in crate::http) fn label(edition: &Edition, vocabulary: &str, value: &str, language: Language) -> String {
    let label = edition.label(vocabulary, value);
    label.map_or_else(
        || value.to_owned(),
        |label| match language {
            Language::Nl => label.label_nl.clone(),
            Language::En => label.label_en.clone(),
        },
    )
}

/// What kind of settlement it is, in small letters, as people say it.
pub(in crate::http) fn settlement_kind(edition: &Edition, kind: SettlementKind, language: Language) -> String {
    match kind {
        SettlementKind::Woonkern => Words::of(language).village.to_owned(),
        kind => label(edition, SettlementKind::VOCABULARY, kind.name(), language).to_lowercase(),
    }
}

/// A place as the lists show it.
pub(in crate::http) fn line(edition: &Edition, entry: &PlaceEntry, language: Language) -> PlaceLine {
    let facts = &entry.facts;
    let facilities = |terms: &[FacilityType]| -> Vec<String> {
        terms.iter().map(|term| label(edition, FacilityType::VOCABULARY, term.name(), language)).collect()
    };
    PlaceLine {
        slug: facts.key.clone(),
        name: facts.name.clone(),
        alternative_names: facts.alternative_names.clone(),
        kind: facts.kind.map(|kind| label(edition, PlaceKind::VOCABULARY, kind.name(), language)),
        kind_from_name: facts.kind_basis == Some(KindBasis::FromName),
        status: facts.status.map(|status| match status {
            PlaceStatus::Open => Status::Open,
            PlaceStatus::Planned => Status::Planned,
            PlaceStatus::Closed => Status::Closed,
        }),
        last_confirmed: facts.last_confirmed.as_ref().map(|date| language.partial_date(date.as_str())),
        address: facts.address.as_ref().map(|address| address.line(&facts.settlement)),
        settlement: facts.settlement.clone(),
        location: facts.location.as_ref().map_or(Whereabouts::Unknown, whereabouts),
        facilities: facilities(&facts.facilities),
        absent_facilities: facilities(&facts.absent_facilities),
        wheelchair_accessible: facts.wheelchair_accessible,
        hours: entry.hours_text(language).or_else(|| facts.opening_hours.clone()),
        distance: None,
        website: facts.website.clone(),
    }
}

fn whereabouts(location: &Location) -> Whereabouts {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a radius is a few kilometres")]
    let radius = Some(location.uncertainty_radius_m.max(0.0).round() as u32);
    match location.precision {
        LocationPrecision::Address => Whereabouts::Address,
        LocationPrecision::Street => Whereabouts::Street(radius),
        LocationPrecision::Postcode => Whereabouts::Postcode(radius),
        LocationPrecision::Neighbourhood => Whereabouts::Neighbourhood(radius),
        LocationPrecision::Settlement => Whereabouts::Settlement(radius),
    }
}

/// How many places the report approached.
pub(in crate::http) fn approached(edition: &Edition) -> usize {
    let base = edition.survey.bases.iter().find(|base| base.key == "places_approached");
    base.and_then(|base| usize::try_from(base.size).ok()).unwrap_or_default()
}

/// A number of things in memory.
pub(in crate::http) fn count(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
