//! What is asked of places: read, checked, and answered by the edition. The same wherever places are given.

use super::{Name, Parameters, Refused, address::OF_PLACES, read::items};
use crate::{
    edition::{Direction, Edition, Node, NodeId, PlaceFilter, PlaceOrderField, Selection, TermSet, Within},
    graphql::limits::Limits,
    http::pages::words::with,
    model::{Postcode, excerpt, vocabulary::Term},
    search::fold,
    spatial::{Area, Rd, Wgs84},
};

/// Decimals of a degree to which `near` is rounded: steps of 111 m north and 68 m east. A visitor's point is known no better.
const DECIMALS: i32 = 3;

/// What is asked of places. Everything that is given holds together.
#[derive(Clone, Debug, Default)]
pub(in crate::http) struct PlaceChoice {
    /// Ascending by code; none: all.
    pub(in crate::http) municipalities: Vec<u32>,
    pub(in crate::http) settlement: Option<u32>,
    pub(in crate::http) bbox: Option<Area>,
    /// The point from which distances are counted.
    pub(in crate::http) near: Option<Near>,
    /// The postcode of which that point is the middle, where it was named so.
    pub(in crate::http) postcode: Option<Postcode>,
    /// How far from it places may be; none: however far. Without a point it says nothing.
    pub(in crate::http) radius_m: Option<f64>,
    /// The circle of these two.
    pub(in crate::http) circle: Option<Area>,
    /// What is asked beside the area: kind, facility, activity, status and text.
    pub(in crate::http) attributes: PlaceFilter,
    /// Whether anything is asked.
    pub(in crate::http) is_filtered: bool,
}

/// A point, rounded.
#[derive(Clone, Copy, Debug)]
pub(in crate::http) struct Near {
    pub(in crate::http) at: Wgs84,
    pub(in crate::http) rd: Rd,
}

impl Near {
    /// As an address has it.
    pub(in crate::http) fn text(&self) -> String {
        let decimals = DECIMALS.unsigned_abs() as usize;
        format!("{:.decimals$},{:.decimals$}", self.at.lon, self.at.lat)
    }
}

impl PlaceChoice {
    /// Understands parameters.
    ///
    /// # Errors
    /// One sentence on a value that is none of its parameter.
    pub(in crate::http) fn of(parameters: &Parameters, edition: &Edition, limits: &Limits) -> Result<Self, Refused> {
        let get = |name| parameters.get(name);
        let municipalities = get(Name::Municipality).map(|names| municipalities(edition, names)).transpose()?;
        let municipalities = municipalities.unwrap_or_default();
        let settlement = get(Name::Settlement).map(|name| settlement(edition, &municipalities, name)).transpose()?;
        let bbox = get(Name::Bbox).map(bbox).transpose()?;
        let postcode = get(Name::Postcode).map(|text| postcode(edition, text)).transpose()?;
        let near = match (get(Name::Near), &postcode) {
            (Some(_), Some(_)) => return Err(Refused::new(|t| t.two_points.to_owned())),
            (Some(text), None) => Some(near(text)?),
            (None, named) => named.as_ref().map(|(_, near)| *near),
        };
        let postcode = postcode.map(|(postcode, _)| postcode);
        let radius_m = get(Name::Radius).map(|text| radius(text, limits)).transpose()?;
        let circle = match near.zip(radius_m) {
            Some((near, radius_m)) => Some(circle(near, radius_m)?),
            None => None,
        };
        let attributes = PlaceFilter {
            text: get(Name::Text).map(|text| search_text(text, limits)).transpose()?,
            kinds: terms(parameters, Name::Kind)?,
            facilities: terms(parameters, Name::Facility)?.map(TermSet::any),
            activities: terms(parameters, Name::Activity)?.map(TermSet::any),
            status: terms(parameters, Name::Status)?,
            ..PlaceFilter::default()
        };
        let is_of_point = |name: &Name| matches!(name, Name::Near | Name::Postcode | Name::Radius);
        let is_filtered = circle.is_some() || OF_PLACES.iter().any(|name| !is_of_point(name) && get(*name).is_some());
        Ok(Self { municipalities, settlement, bbox, near, postcode, radius_m, circle, attributes, is_filtered })
    }

    /// Writes the values in the one way in which our own pages and addresses have them: codes, slugs, names in capitals and in order.
    pub(in crate::http) fn write(&self, edition: &Edition, parameters: &mut Parameters) {
        let codes = self.municipalities.iter().map(|index| edition.municipality(*index).facts.code.as_str());
        let codes = codes.collect::<Vec<_>>().join(",");
        parameters.put(Name::Municipality, Some(codes).filter(|codes| !codes.is_empty()));
        parameters.put(Name::Settlement, self.settlement.map(|index| edition.settlement(index).facts.slug.clone()));
        if let Some(Area::Bbox(bbox)) = &self.bbox {
            let sides = [bbox.west(), bbox.south(), bbox.east(), bbox.north()];
            parameters.set(Name::Bbox, sides.map(|degrees| degrees.to_string()).join(","));
        }
        let near = self.near.as_ref().filter(|_| self.postcode.is_none());
        parameters.put(Name::Near, near.map(Near::text));
        parameters.put(Name::Postcode, self.postcode.as_ref().map(ToString::to_string));
        parameters.put(Name::Radius, self.radius_m.map(|metres| metres.to_string()));
        let filter = &self.attributes;
        parameters.put(Name::Kind, filter.kinds.as_deref().map(joined));
        parameters.put(Name::Facility, any(filter.facilities.as_ref()));
        parameters.put(Name::Activity, any(filter.activities.as_ref()));
        parameters.put(Name::Status, filter.status.as_deref().map(joined));
        parameters.put(Name::Text, filter.text.clone());
    }

    /// A radius without a point.
    ///
    /// # Errors
    /// One sentence that asks for the point.
    pub(in crate::http) fn radius_has_a_point(&self) -> Result<(), Refused> {
        match (self.radius_m, &self.near) {
            (Some(_), None) => Err(Refused::new(|t| t.radius_alone.to_owned())),
            _ => Ok(()),
        }
    }

    /// The same as a filter of the API.
    pub(in crate::http) fn filter(&self) -> PlaceFilter {
        let mut areas = Vec::new();
        if !self.municipalities.is_empty() {
            areas.push(Within::Municipalities(self.municipalities.clone()));
        }
        areas.extend(self.settlement.map(|index| Within::Settlements(vec![index])));
        areas.extend(self.bbox.iter().chain(&self.circle).cloned().map(Within::Area));
        let conditions = areas.into_iter().map(|within| PlaceFilter { within: Some(within), ..PlaceFilter::default() });
        PlaceFilter { and: Some(conditions.collect()), ..self.attributes.clone() }
    }

    /// The places for which it holds, and those for which it may. Closed ones are left out, unless `status` asks for them. A place
    /// that is known coarsely counts by its point, as everywhere.
    pub(in crate::http) fn select(&self, edition: &Edition) -> Selection {
        edition.select(&self.filter())
    }

    /// The places that are selected, each with its distance: nearest first where a point was picked, with those without a location last;
    /// else by municipality and name.
    pub(in crate::http) fn in_order(&self, edition: &Edition, selected: &Selection) -> Vec<(u32, Option<f64>)> {
        let by_name = edition.sorted(&selected.certain, PlaceOrderField::Municipality, Direction::Asc);
        let Some(near) = &self.near else { return by_name.into_iter().map(|place| (place, None)).collect() };
        let mut found: Vec<(u32, Option<f64>)> = edition
            .nearest(near.rd, None)
            .filter(|(place, _)| selected.certain.contains(*place))
            .map(|(place, distance_m)| (place, Some(distance_m)))
            .collect();
        let is_nowhere = |place: &u32| edition.place(*place).rd.is_none();
        found.extend(by_name.into_iter().filter(is_nowhere).map(|place| (place, None)));
        found
    }
}

fn any<T: Term>(set: Option<&TermSet<T>>) -> Option<String> {
    set.and_then(|set| set.any.as_deref()).map(joined)
}

fn joined<T: Term>(terms: &[T]) -> String {
    terms.iter().map(|term| term.name()).collect::<Vec<_>>().join(",")
}

/// A municipality by CBS code, slug, name, or id of the API.
pub(in crate::http) fn municipality(edition: &Edition, name: &str) -> Option<u32> {
    if let Ok(id) = name.parse::<NodeId>() {
        return match edition.node(&id) {
            Some(Node::Municipality(index)) => Some(index),
            _ => None,
        };
    }
    let found = (0..).zip(edition.municipalities()).find(|(_, entry)| {
        entry.facts.code.as_str().eq_ignore_ascii_case(name) || entry.facts.slug.eq_ignore_ascii_case(name)
    });
    found.map(|(index, _)| index).or_else(|| edition.municipality_named(name))
}

/// Ascending, each once; none where all are named.
fn municipalities(edition: &Edition, names: &str) -> Result<Vec<u32>, Refused> {
    let count = edition.municipalities().len();
    let one = |name: &str| municipality(edition, name).ok_or_else(|| Refused::no_municipality(name, count));
    let mut found = items(names).map(one).collect::<Result<Vec<_>, _>>()?;
    found.sort_unstable();
    found.dedup();
    if found.len() == count {
        found.clear();
    }
    Ok(found)
}

/// A settlement by slug, TOP10NL id, id of the API, or by its name where only one of the municipalities has that.
fn settlement(edition: &Edition, municipalities: &[u32], text: &str) -> Result<u32, Refused> {
    let name = text.trim_end_matches([',', ' ']);
    let by_id = match name.parse::<NodeId>() {
        Ok(id) => match edition.node(&id) {
            Some(Node::Settlement(index)) => Some(index),
            _ => None,
        },
        Err(_) => edition.settlement_by_id(name),
    };
    let all = || (0..).zip(edition.settlements());
    let by_slug = || all().find(|(_, entry)| entry.facts.slug.eq_ignore_ascii_case(name)).map(|(index, _)| index);
    let by_name = || {
        let folded = fold(name);
        let mut found = all().filter(|(_, entry)| {
            (municipalities.is_empty() || municipalities.contains(&entry.municipality))
                && fold(&entry.facts.name) == folded
        });
        match (found.next(), found.next()) {
            (Some((index, _)), None) => Some(index),
            _ => None,
        }
    };
    let found = by_id.or_else(by_slug).or_else(by_name);
    found.ok_or_else(|| Refused::value(|t| t.no_settlement, text))
}

/// In the order of their names, each once.
pub(super) fn terms<T: Term>(parameters: &Parameters, name: Name) -> Result<Option<Vec<T>>, Refused> {
    let Some(values) = parameters.get(name) else { return Ok(None) };
    let term = |value: &str| {
        let upper = value.to_uppercase().replace(['-', ' '], "_");
        T::parse(&upper).ok_or_else(|| {
            let known: Vec<&str> = T::all().map(Term::name).collect();
            Refused::no_value(name.text(), value, &known)
        })
    };
    let mut terms = items(values).map(term).collect::<Result<Vec<T>, _>>()?;
    terms.sort_unstable_by_key(|term| term.name());
    terms.dedup_by_key(|term| term.name());
    Ok(Some(terms))
}

fn numbers<const N: usize>(text: &str) -> Option<[f64; N]> {
    let numbers: Option<Vec<f64>> = items(text).map(|number| number.parse().ok()).collect();
    numbers?.try_into().ok()
}

fn bbox(text: &str) -> Result<Area, Refused> {
    let refused = || Refused::value(|t| t.no_bbox, text);
    let [west, south, east, north] = numbers(text).ok_or_else(refused)?;
    Area::bbox(west, south, east, north).map_err(|error| refused().with_english(error))
}

fn near(text: &str) -> Result<Near, Refused> {
    let refused = || Refused::value(|t| t.no_near, text);
    let [lon, lat] = numbers(text).ok_or_else(refused)?;
    let step = 10_f64.powi(DECIMALS);
    let rounded = |degrees: f64| (degrees * step).round() / step;
    let at = Wgs84::checked(rounded(lon), rounded(lat)).map_err(|error| refused().with_english(error))?;
    Ok(Near { at, rd: at.to_rd() })
}

/// A postcode as it is written, and the middle of the known addresses with it.
fn postcode(edition: &Edition, text: &str) -> Result<(Postcode, Near), Refused> {
    let postcode: Postcode =
        text.parse().map_err(|error| Refused::value(|t| t.no_postcode, text).with_english(error))?;
    let area = edition.postcode(&postcode).ok_or_else(|| Refused::value(|t| t.unknown_postcode, text))?;
    Ok((postcode, Near { at: area.middle.to_wgs84(), rd: area.middle }))
}

fn no_radius(text: &str, limits: &Limits) -> Refused {
    let most = limits.max_distance_m.to_string();
    Refused::new(|t| with(t.no_radius, &[("most", &most), ("value", &excerpt(text))]))
}

fn radius(text: &str, limits: &Limits) -> Result<f64, Refused> {
    let metres = text.trim_end_matches([',', ' ']).parse::<f64>().ok();
    let is_in_bounds = |metres: &f64| *metres > 0.0 && *metres <= limits.max_distance_m;
    metres.filter(is_in_bounds).ok_or_else(|| no_radius(text, limits))
}

fn circle(near: Near, radius_m: f64) -> Result<Area, Refused> {
    let refused = |error| Refused::value(|t| t.no_near, &near.text()).with_english(error);
    Area::circle(near.rd, radius_m, radius_m).map_err(refused)
}

pub(super) fn search_text(text: &str, limits: &Limits) -> Result<String, Refused> {
    let (count, most) = (text.chars().count(), limits.max_text_length);
    if count > most {
        return Err(Refused::long_text(count, most));
    }
    Ok(text.to_owned())
}
