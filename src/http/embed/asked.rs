//! What the embedded page is asked for: read and checked.
//!
//! An oddity: within `radius` a place counts by its point, as in the API, however unsure that is; the list says how far
//! it can be off.

use crate::{
    edition::{Direction, Edition, PlaceFilter, PlaceOrderField, Selection, Within},
    graphql::limits::Limits,
    http::{
        pages::language::Language,
        problem::Problem,
        query::{Parameters, municipalities, settlement},
    },
    model::excerpt,
    spatial::{Area, Rd, Wgs84},
};

/// Decimals of a degree to which a point that a visitor picks is rounded: steps of 111 m north and 68 m east.
const DECIMALS: i32 = 3;

/// A request that can be answered.
#[derive(Clone, Debug)]
pub(in crate::http) struct Asked {
    pub(in crate::http) language: Language,
    /// None: all.
    pub(in crate::http) municipalities: Vec<u32>,
    pub(in crate::http) settlement: Option<u32>,
    /// The point from which distances are counted.
    pub(in crate::http) near: Option<Near>,
    /// How far from it places may be; none: however far. Without a point it says nothing.
    pub(in crate::http) radius_m: Option<f64>,
    /// As the address has it, with values as the form has them.
    pub(in crate::http) parameters: Parameters,
    filter: PlaceFilter,
}

/// A point that a visitor picked, rounded.
#[derive(Clone, Copy, Debug)]
pub(in crate::http) struct Near {
    pub(in crate::http) at: Wgs84,
    pub(in crate::http) rd: Rd,
}

impl Asked {
    /// Understands parameters.
    ///
    /// # Errors
    /// One sentence on a value that is none of its parameter.
    pub(in crate::http) fn of(mut parameters: Parameters, edition: &Edition, limits: &Limits) -> Result<Self, Problem> {
        let language = match parameters.get("lang") {
            None | Some("nl") => Language::Dutch,
            Some("en") => Language::English,
            Some(other) => return Err(none_of("lang", other, "nl and en")),
        };
        if let Some(other) = parameters.get("basemap").filter(|name| !matches!(*name, "brt" | "own")) {
            return Err(none_of(
                "basemap",
                other,
                "own, our borders and villages, and brt, the national base map of PDOK",
            ));
        }
        let mut of = match parameters.get("municipality") {
            Some(names) => municipalities(edition, names)?,
            None => Vec::new(),
        };
        of.sort_unstable();
        of.dedup();
        let within = parameters.get("settlement").map(|name| {
            settlement(edition, name).or_else(|| named(edition, &of, name)).ok_or_else(|| {
                Problem::bad_request(format!(
                    "`{}` is no settlement; name one by slug or TOP10NL id, such as lemelerveld",
                    excerpt(name)
                ))
            })
        });
        let settlement = within.transpose()?;
        let filter = parameters.place_filter()?;
        let near = near(&parameters)?;
        let radius_m = parameters.get("radius").map(|text| radius(text, limits)).transpose()?;
        if let Some(near) = &near {
            parameters.set("near", near.text());
        }
        // The form has codes and names in capitals; an address may have others.
        if !of.is_empty() {
            let codes = of.iter().map(|index| edition.municipality(*index).facts.code.as_str());
            parameters.set("municipality", codes.collect::<Vec<_>>().join(","));
        }
        if let Some(index) = settlement {
            parameters.set("settlement", edition.settlement(index).facts.slug.clone());
        }
        for name in ["kind", "facility", "activity"] {
            if let Some(chosen) = parameters.get(name).map(|chosen| chosen.to_uppercase().replace('-', "_")) {
                parameters.set(name, chosen);
            }
        }
        Ok(Self { language, municipalities: of, settlement, near, radius_m, parameters, filter })
    }

    /// Everything, where what was asked cannot be answered.
    pub(in crate::http) fn nothing(language: Language, edition: Option<String>) -> Self {
        let mut parameters = Parameters::default();
        parameters.set("lang", language.code().to_owned());
        if let Some(edition) = edition {
            parameters.set("edition", edition);
        }
        let filter = PlaceFilter::default();
        Self { language, municipalities: Vec::new(), settlement: None, near: None, radius_m: None, parameters, filter }
    }

    /// Whether the national base map is to lie under the places.
    pub(in crate::http) fn is_brt(&self) -> bool {
        self.parameters.get("basemap") == Some("brt")
    }

    /// Whether something is asked of places.
    pub(in crate::http) fn is_filtered(&self) -> bool {
        let filters = ["municipality", "settlement", "kind", "facility", "activity"];
        filters.iter().any(|name| self.parameters.get(name).is_some()) || self.circle().is_some()
    }

    /// The circle in which places are to be: its middle and its radius in metres.
    pub(in crate::http) fn circle(&self) -> Option<(Near, f64)> {
        self.near.zip(self.radius_m)
    }

    /// The places for which it holds, and those for which it may. Closed ones are left out. A place that is known coarsely counts by its
    /// point, as everywhere.
    pub(in crate::http) fn select(&self, edition: &Edition) -> Result<Selection, Problem> {
        let mut areas = Vec::new();
        if !self.municipalities.is_empty() {
            areas.push(Within::Municipalities(self.municipalities.clone()));
        }
        areas.extend(self.settlement.map(|index| Within::Settlements(vec![index])));
        if let Some((Near { rd, .. }, radius_m)) = self.circle() {
            let circle =
                Area::circle(rd, radius_m, radius_m).map_err(|error| Problem::bad_request(error.to_string()))?;
            areas.push(Within::Area(circle));
        }
        let conditions = areas.into_iter().map(|within| PlaceFilter { within: Some(within), ..PlaceFilter::default() });
        Ok(edition.select(&PlaceFilter { and: Some(conditions.collect()), ..self.filter.clone() }))
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

impl Near {
    /// As the address has it.
    pub(in crate::http) fn text(&self) -> String {
        let decimals = DECIMALS.unsigned_abs() as usize;
        format!("{:.decimals$},{:.decimals$}", self.at.lon, self.at.lat)
    }
}

fn none_of(parameter: &str, value: &str, known: &str) -> Problem {
    Problem::bad_request(format!("`{}` is not a value of `{parameter}`; there are {known}", excerpt(value)))
}

/// A settlement by its name, where only one of the municipalities has that.
fn named(edition: &Edition, municipalities: &[u32], name: &str) -> Option<u32> {
    let folded = crate::search::fold(name);
    let all = (0..).zip(edition.settlements());
    let mut found = all.filter(|(_, entry)| {
        (municipalities.is_empty() || municipalities.contains(&entry.municipality))
            && crate::search::fold(&entry.facts.name) == folded
    });
    match (found.next(), found.next()) {
        (Some((index, _)), None) => Some(index),
        _ => None,
    }
}

fn near(parameters: &Parameters) -> Result<Option<Near>, Problem> {
    let Some(text) = parameters.get("near") else { return Ok(None) };
    let numbers: Option<Vec<f64>> = text.split(',').map(|number| number.trim().parse().ok()).collect();
    let Some([lon, lat]) = numbers.and_then(|numbers| <[f64; 2]>::try_from(numbers).ok()) else {
        return Err(Problem::bad_request(format!(
            "`near` is `{}`; expected longitude,latitude in degrees, such as 6.257,52.509",
            excerpt(text)
        )));
    };
    let step = 10_f64.powi(DECIMALS);
    let rounded = |degrees: f64| (degrees * step).round() / step;
    let at = Wgs84::checked(rounded(lon), rounded(lat)).map_err(|error| Problem::bad_request(error.to_string()))?;
    Ok(Some(Near { at, rd: at.to_rd() }))
}

fn radius(text: &str, limits: &Limits) -> Result<f64, Problem> {
    let metres = text.trim().parse::<f64>().ok();
    metres.filter(|metres| *metres > 0.0 && *metres <= limits.max_distance_m).ok_or_else(|| {
        Problem::bad_request(format!(
            "`radius` is `{}`; expected more than 0 and at most {} metres, such as 5000",
            excerpt(text),
            limits.max_distance_m
        ))
    })
}
