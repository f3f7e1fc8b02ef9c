//! What is asked of a directory of services (`/hsds/`), by the names that HSDS gives.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use uuid::Uuid;

use super::{Name, Parameters, Refused, places::search_text};
use crate::{
    edition::Edition,
    graphql::limits::Limits,
    http::pages::words::with,
    model::{Postcode, excerpt},
    spatial::Rd,
};

/// What is asked of services, locations and organizations. Everything that is given holds together.
#[derive(Clone, Debug, Default)]
pub(in crate::http) struct DirectoryChoice {
    /// The number of the page, not yet known to be there.
    pub(in crate::http) page: Option<String>,
    pub(in crate::http) per_page: Option<usize>,
    /// All in one answer, unless a size is asked: only ids are listed, or lines.
    pub(in crate::http) wants_all: bool,
    /// A line an item.
    pub(in crate::http) as_lines: bool,
    /// Ids only.
    pub(in crate::http) is_minimal: bool,
    pub(in crate::http) is_full: bool,
    /// Organizations with whole services.
    pub(in crate::http) has_full_services: bool,
    /// Changed at that moment or later.
    pub(in crate::http) modified_after: Option<DateTime<Utc>>,
    pub(in crate::http) organization: Option<Uuid>,
    pub(in crate::http) term: Option<Uuid>,
    pub(in crate::http) taxonomy: Option<Uuid>,
    pub(in crate::http) search: Option<String>,
    /// At most so many metres from there.
    pub(in crate::http) reach: Option<(Rd, f64)>,
}

impl DirectoryChoice {
    /// Items on a page where no size is asked.
    pub(in crate::http) const PER_PAGE: usize = 50;

    /// The largest size.
    pub(in crate::http) const MOST_PER_PAGE: usize = 1_000;

    /// Understands parameters.
    ///
    /// # Errors
    /// One sentence on a value that is none of its parameter.
    pub(in crate::http) fn of(parameters: &Parameters, edition: &Edition, limits: &Limits) -> Result<Self, Refused> {
        let get = |name| parameters.get(name);
        let is = |name| get(name) == Some("true");
        let search = get(Name::Search).map(|text| search_text(text, limits)).transpose()?;
        let as_lines = get(Name::HsdsFormat) == Some("ndjson");
        Ok(Self {
            page: get(Name::Page).map(str::to_owned),
            per_page: get(Name::PerPage).map(per_page).transpose()?,
            wants_all: as_lines || is(Name::Minimal),
            as_lines,
            is_minimal: is(Name::Minimal),
            is_full: is(Name::Full),
            has_full_services: is(Name::FullService),
            modified_after: get(Name::ModifiedAfter).map(moment).transpose()?,
            organization: get(Name::OrganizationId).map(uuid).transpose()?,
            term: get(Name::TaxonomyTermId).map(uuid).transpose()?,
            taxonomy: get(Name::TaxonomyId).map(uuid).transpose()?,
            search,
            reach: reach(get(Name::Postcode), get(Name::Proximity), edition, limits)?,
        })
    }
}

/// Where in a feed somebody is: behind the moment and the id of what was read last.
///
/// # Errors
/// One sentence on a moment that is none, and on an id without one.
pub(in crate::http) fn followed_to(parameters: &Parameters) -> Result<Option<(i64, String)>, Refused> {
    let id = parameters.get(Name::AfterId);
    match parameters.get(Name::AfterTimestamp) {
        None if id.is_some() => Err(Refused::new(|t| t.after_id_alone.to_owned())),
        None => Ok(None),
        Some(text) => {
            let moment = text.parse().map_err(|_| Refused::value(|t| t.no_timestamp, text))?;
            // Without an id: behind all of that moment.
            Ok(Some((moment, id.map_or("\u{10ffff}".to_owned(), str::to_owned))))
        }
    }
}

fn per_page(text: &str) -> Result<usize, Refused> {
    let most = DirectoryChoice::MOST_PER_PAGE;
    let size = text.parse().ok().filter(|size| (1..=most).contains(size));
    size.ok_or_else(|| Refused::new(|t| with(t.no_per_page, &[("most", &most.to_string()), ("value", &excerpt(text))])))
}

/// A moment, or a day from its beginning in UTC.
fn moment(text: &str) -> Result<DateTime<Utc>, Refused> {
    let day = || text.parse::<NaiveDate>().ok().map(|day| day.and_time(NaiveTime::MIN).and_utc());
    // A `+` that was not written as `%2B` comes as a blank.
    let moment = DateTime::parse_from_rfc3339(&text.replace(' ', "+")).ok().map(|moment| moment.to_utc());
    moment.or_else(day).ok_or_else(|| Refused::value(|t| t.no_moment, text))
}

fn uuid(text: &str) -> Result<Uuid, Refused> {
    text.parse().map_err(|_| Refused::value(|t| t.no_uuid, text))
}

/// HSDS asks by a postcode and metres around its middle.
fn reach(
    postcode: Option<&str>,
    proximity: Option<&str>,
    edition: &Edition,
    limits: &Limits,
) -> Result<Option<(Rd, f64)>, Refused> {
    let (text, metres) = match (postcode, proximity) {
        (None, None) => return Ok(None),
        (Some(postcode), Some(metres)) => (postcode, metres),
        (None, Some(_)) => return Err(Refused::new(|t| t.proximity_alone.to_owned())),
        (Some(_), None) => return Err(Refused::new(|t| t.postcode_alone.to_owned())),
    };
    let postcode: Postcode = text.parse().map_err(|_| Refused::value(|t| t.no_postcode, text))?;
    let area = edition.postcode(&postcode).ok_or_else(|| Refused::value(|t| t.postcode_of_nothing, text))?;
    let most = limits.max_distance_m;
    let reach = metres.parse().ok().filter(|metres: &f64| *metres > 0.0 && *metres <= most);
    let refused =
        || Refused::new(|t| with(t.no_proximity, &[("most", &most.to_string()), ("value", &excerpt(metres))]));
    Ok(Some((area.middle, reach.ok_or_else(refused)?)))
}
