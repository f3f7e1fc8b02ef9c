//! What is asked of a collection.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use poem::{Request, http::HeaderMap};

use super::{
    System,
    cql2::{self, Filter, Notation},
    is_of_edition, no_value, unknown,
};
use crate::{
    collections::{Collection, Column, Kind, Role},
    http::{
        encoding::liking,
        pages::language::Language,
        parameters::{Refused, is_of_trackers},
        problem::Problem,
    },
    spatial::Window,
};

/// Items on a page where nobody says how many.
pub(in crate::http) const LIMIT: usize = 100;
/// Items on a page whatever is asked.
pub(in crate::http) const MOST: usize = 1_000;

/// A column, and the value that is asked of it.
pub(super) type Wanted = (&'static Column, String);

/// What is asked.
pub(super) struct Asked {
    pub(super) limit: usize,
    pub(super) offset: usize,
    pub(super) window: Option<Window>,
    pub(super) when: Option<Interval>,
    pub(super) system: System,
    /// All of them hold.
    pub(super) wanted: Vec<Wanted>,
    /// It holds too.
    pub(super) filter: Option<Filter>,
    pub(super) without: Option<String>,
    pub(super) is_english: bool,
    /// What it is to be answered as, where the address says so.
    pub(super) form: Option<Form>,
}

/// What an answer is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// A program.
    Json,
    /// Somebody who reads it in a browser.
    Page,
}

impl Form {
    /// The one that a client names and likes best (`Accept`); JSON where it names none.
    pub(super) fn liked(headers: &HeaderMap) -> Self {
        let json = liking(headers, &["application/geo+json", "application/json", "application/schema+json"]);
        if liking(headers, &["text/html"]) > json { Self::Page } else { Self::Json }
    }
}

/// A span of time; an end that is open has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Interval {
    pub(super) from: Option<DateTime<Utc>>,
    /// The last moment of it.
    pub(super) until: Option<DateTime<Utc>>,
}

/// The parameters of items, beside the columns that can be asked by.
pub(in crate::http) const OF_ITEMS: [&str; 13] = [
    "bbox",
    "bbox-crs",
    "crs",
    "datetime",
    "edition",
    "f",
    "filter",
    "filter-crs",
    "filter-lang",
    "lang",
    "limit",
    "offset",
    "without",
];
const OF_ITEM: [&str; 5] = ["crs", "edition", "f", "lang", "without"];
const ABOUT: [&str; 3] = ["edition", "f", "lang"];

/// Whether items can be asked by a column: what it says is one value, or a list of which one is meant.
pub(in crate::http) fn is_queryable(column: &Column) -> bool {
    column.role == Role::Attribute && column.kind != Kind::Words
}

impl Asked {
    /// Of an address that says what there is.
    ///
    /// # Errors
    /// One sentence on what is asked wrongly.
    pub(super) fn about(request: &Request) -> Result<Self, Problem> {
        Self::read(request, &ABOUT, None)
    }

    /// Of one item.
    ///
    /// # Errors
    /// As [`about`](Self::about).
    pub(super) fn item(request: &Request) -> Result<Self, Problem> {
        Self::read(request, &OF_ITEM, None)
    }

    /// Of a page of items.
    ///
    /// # Errors
    /// As [`about`](Self::about).
    pub(super) fn items(request: &Request, collection: &'static Collection) -> Result<Self, Problem> {
        Self::read(request, &OF_ITEMS, Some(collection))
    }

    fn read(request: &Request, known: &[&str], collection: Option<&'static Collection>) -> Result<Self, Problem> {
        let mut asked = Self {
            limit: LIMIT,
            offset: 0,
            window: None,
            when: None,
            system: System::Crs84,
            wanted: Vec::new(),
            filter: None,
            without: None,
            is_english: false,
            form: None,
        };
        let (mut sides, mut system_of_sides) = (None, System::Crs84);
        let (mut filter, mut notation, mut system_of_filter) = (None, Notation::Text, System::Crs84);
        let pairs: Vec<(String, String)> =
            request.params().map_err(|_| Problem::from(Refused::new(|t| t.encoding.to_owned())))?;
        let mut seen: Vec<&str> = Vec::new();
        for (name, value) in &pairs {
            let value = value.trim();
            if is_of_trackers(name) || value.is_empty() {
                continue;
            }
            let column = || collection.and_then(|of| of.column(name)).filter(|column| is_queryable(column));
            let is_own = known.contains(&name.as_str());
            let column = if is_own { None } else { column() };
            if !is_own && column.is_none() {
                let columns = collection.iter().flat_map(|of| of.columns.iter());
                let columns = columns.filter(|column| is_queryable(column)).map(|column| column.name);
                let all: Vec<&str> = known.iter().copied().chain(columns).collect();
                return Err(unknown(name, &all));
            }
            if seen.contains(&name.as_str()) {
                return Err(Refused::twice(name).into());
            }
            seen.push(name);
            if let Some(column) = column {
                asked.wanted.push((column, value.to_owned()));
                continue;
            }
            match name.as_str() {
                "limit" => asked.limit = limit(value)?,
                "offset" => asked.offset = whole(value).ok_or_else(|| no_value(name, value, OFFSET))?,
                "bbox" => sides = Some(numbers(value)?),
                "bbox-crs" => system_of_sides = system(name, value)?,
                "crs" => asked.system = system(name, value)?,
                "datetime" => asked.when = Some(Interval::read(value)?),
                "f" => asked.form = Some(form(value)?),
                "filter" => filter = Some(value),
                "filter-crs" => system_of_filter = system(name, value)?,
                "filter-lang" => {
                    notation = Notation::named(value).ok_or_else(|| no_value(name, value, NOTATIONS))?;
                }
                "lang" => asked.is_english = language(value)?,
                "without" => asked.without = Some(value.to_owned()),
                // `edition`, which the pin reads.
                _ => {}
            }
        }
        if asked.without.is_some() && is_of_edition(request) {
            return Err(Refused::new(|t| t.without_edition.to_owned()).into());
        }
        if let Some((text, sides)) = sides {
            let window = system_of_sides.window(sides);
            asked.window = Some(window.ok_or_else(|| no_value("bbox", &text, BBOX))?);
        }
        if let Some((filter, collection)) = filter.zip(collection) {
            asked.filter = Some(cql2::read(filter, notation, system_of_filter, collection).map_err(|fault| {
                Problem::bad_request(fault.sentence(Language::En)).in_dutch(fault.sentence(Language::Nl))
            })?);
        }
        Ok(asked)
    }
}

const NOTATIONS: [&str; 2] = ["er zijn cql2-text en cql2-json", "there are cql2-text and cql2-json"];
const LIMITS: [&str; 2] = ["het is een geheel getal van 1 tot 1000", "it is a whole number from 1 to 1000"];
const OFFSET: [&str; 2] = ["het is een geheel getal vanaf 0", "it is a whole number from 0"];
const BBOX: [&str; 2] = [
    "het zijn vier getallen, links onder en rechts boven, zoals 6.1,52.4,6.4,52.6",
    "it is four numbers, the lower left and the upper right corner, such as 6.1,52.4,6.4,52.6",
];
const SYSTEMS: [&str; 2] = [
    "er zijn http://www.opengis.net/def/crs/OGC/1.3/CRS84 en http://www.opengis.net/def/crs/EPSG/0/ met 28992, 4258, 4326 of 3857",
    "there are http://www.opengis.net/def/crs/OGC/1.3/CRS84 and http://www.opengis.net/def/crs/EPSG/0/ with 28992, 4258, 4326 or 3857",
];
const DATETIME: [&str; 2] = [
    "het is een dag, een moment of een periode van RFC 3339, zoals 2026-12-01, 2026-12-01T19:00:00Z of 2026-12-01/..",
    "it is a day, a moment or an interval of RFC 3339, such as 2026-12-01, 2026-12-01T19:00:00Z or 2026-12-01/..",
];

/// More than is given at once is as much as is given at once, as the standard asks.
fn limit(value: &str) -> Result<usize, Problem> {
    let number = whole(value).filter(|number| *number > 0).ok_or_else(|| no_value("limit", value, LIMITS))?;
    Ok(number.min(MOST))
}

fn whole(value: &str) -> Option<usize> {
    let is_number = value.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| value.parse().unwrap_or(usize::MAX))
}

/// The text, and its two corners without heights.
fn numbers(value: &str) -> Result<(String, [f64; 4]), Problem> {
    let numbers: Option<Vec<f64>> = value.split(',').map(|number| number.trim().parse().ok()).collect();
    let sides = match numbers.as_deref() {
        Some(&[west, south, east, north]) | Some(&[west, south, _, east, north, _]) => [west, south, east, north],
        _ => return Err(no_value("bbox", value, BBOX)),
    };
    Ok((value.to_owned(), sides))
}

fn system(name: &str, value: &str) -> Result<System, Problem> {
    System::named(value).ok_or_else(|| no_value(name, value, SYSTEMS))
}

fn form(value: &str) -> Result<Form, Problem> {
    match value {
        "json" | "geojson" => Ok(Form::Json),
        "html" => Ok(Form::Page),
        _ => Err(no_value("f", value, ["er zijn json, geojson en html", "there are json, geojson and html"])),
    }
}

fn language(value: &str) -> Result<bool, Problem> {
    match value {
        "nl" => Ok(false),
        "en" => Ok(true),
        _ => Err(no_value("lang", value, ["het is nl of en", "it is nl or en"])),
    }
}

impl Interval {
    /// A moment, a day (which is all of it), or two of these with `/` between, of which one may be `..` or empty.
    fn read(text: &str) -> Result<Self, Problem> {
        let refused = || no_value("datetime", text, DATETIME);
        let is_open = |part: &str| part.is_empty() || part == "..";
        let interval = match text.split_once('/') {
            None => Self { from: Some(first(text).ok_or_else(refused)?), until: last(text) },
            Some((from, until)) if !(is_open(from) && is_open(until)) => Self {
                from: if is_open(from) { None } else { Some(first(from).ok_or_else(refused)?) },
                until: if is_open(until) { None } else { Some(last(until).ok_or_else(refused)?) },
            },
            Some(_) => return Err(refused()),
        };
        match interval {
            Self { from: Some(from), until: Some(until) } if from > until => Err(refused()),
            interval => Ok(interval),
        }
    }

    /// Whether a moment lies in it.
    pub(super) fn has(&self, moment: DateTime<Utc>) -> bool {
        self.from.is_none_or(|from| from <= moment) && self.until.is_none_or(|until| moment <= until)
    }
}

fn first(text: &str) -> Option<DateTime<Utc>> {
    let moment = DateTime::parse_from_rfc3339(text).ok().map(|moment| moment.to_utc());
    moment.or_else(|| Some(text.parse::<NaiveDate>().ok()?.and_time(NaiveTime::MIN).and_utc()))
}

fn last(text: &str) -> Option<DateTime<Utc>> {
    let moment = DateTime::parse_from_rfc3339(text).ok().map(|moment| moment.to_utc());
    moment.or_else(|| {
        let next = text.parse::<NaiveDate>().ok()?.checked_add_days(Days::new(1))?;
        Some(next.and_time(NaiveTime::MIN).and_utc() - TimeDelta::milliseconds(1))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn an_interval_is_a_moment_a_day_or_a_span() {
        let day = Interval::read("2026-12-01").unwrap();
        assert!(day.has(at("2026-12-01T00:00:00Z")) && day.has(at("2026-12-01T23:59:59Z")));
        assert!(!day.has(at("2026-12-02T00:00:00Z")));
        let open = Interval::read("../2026-12-01T12:00:00+01:00").unwrap();
        assert!(open.has(at("1999-01-01T00:00:00Z")) && open.has(at("2026-12-01T11:00:00Z")));
        assert!(!open.has(at("2026-12-01T11:00:01Z")));
        assert!(Interval::read("2026-12-01/").unwrap().has(at("2030-01-01T00:00:00Z")));
        for wrong in ["", "../..", "/", "yesterday", "2026-13-01", "2026-12-02/2026-12-01", "2026-12-01/x", "a/b/c"] {
            assert!(Interval::read(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_limit_is_at_least_one_and_never_more_than_is_given() {
        assert_eq!(limit("1").ok(), Some(1));
        assert_eq!(limit("99999999999999999999999").ok(), Some(MOST));
        for wrong in ["0", "-1", "ten", "1.5", "1e3"] {
            assert!(limit(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_box_has_four_numbers_or_six() {
        assert_eq!(numbers("6.1,52.4,6.4,52.6").ok().map(|(_, sides)| sides), Some([6.1, 52.4, 6.4, 52.6]));
        assert_eq!(numbers("6.1,52.4,0,6.4,52.6,99").ok().map(|(_, sides)| sides), Some([6.1, 52.4, 6.4, 52.6]));
        for wrong in ["", "6.1,52.4,6.4", "6.1,52.4,6.4,north", "1,2,3,4,5"] {
            assert!(numbers(wrong).is_err(), "{wrong}");
        }
    }
}
