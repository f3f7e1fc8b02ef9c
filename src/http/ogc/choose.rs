//! Which rows of a collection are meant.

use chrono::{DateTime, TimeDelta, Utc};
use roaring::RoaringBitmap;

use super::asked::{Asked, Interval, Wanted};
use crate::{
    collections::{Collection, Geometry, Kind, Value},
    edition::{ActivityFilter, Edition, Node},
};

/// The rows that are asked for, in the order of the collection.
///
/// What has no geometry lies in every box, and what has no time in every interval, as the standard asks. The time of an activity is
/// when it is held, that of the rest when it last changed here.
pub(super) fn rows(edition: &Edition, collection: &Collection, asked: &Asked) -> Vec<u32> {
    let held = asked.when.filter(|_| collection.name == "activities").map(|when| held(edition, when));
    let is_meant = |row: &u32| {
        let is_here = asked.window.as_ref().is_none_or(|window| match collection.geometry(edition, *row) {
            None => true,
            Some(Geometry::Point(at)) => window.has_point(at),
            Some(Geometry::Area(area)) => window.meets(area),
        });
        let is_then = match (&held, &asked.when) {
            (Some(held), _) => held.contains(*row),
            (None, Some(when)) => changed(edition, collection, *row).is_none_or(|moment| when.has(moment)),
            (None, None) => true,
        };
        is_here
            && is_then
            && asked.wanted.iter().all(|wanted| holds(edition, *row, wanted))
            && asked.filter.as_ref().is_none_or(|filter| filter.holds(edition, collection, *row))
    };
    collection.listed(edition).into_iter().filter(is_meant).collect()
}

/// The activities that are held in an interval; one of which it is not known when is.
fn held(edition: &Edition, when: Interval) -> RoaringBitmap {
    let (least, most) = (DateTime::UNIX_EPOCH, DateTime::UNIX_EPOCH + TimeDelta::days(365 * 200));
    let between = (when.from.unwrap_or(least), when.until.unwrap_or(most) + TimeDelta::milliseconds(1));
    let selection = edition.select_activities(&ActivityFilter { between: Some(between), ..ActivityFilter::default() });
    selection.certain | selection.possible
}

fn changed(edition: &Edition, collection: &Collection, row: u32) -> Option<DateTime<Utc>> {
    match collection.column("updatedAt")?.cell(edition, row) {
        Value::DateTime(moment) => Some(moment),
        _ => None,
    }
}

/// Whether a row has a value: of a list one of them. What is not known has none.
fn holds(edition: &Edition, row: u32, (column, wanted): &Wanted) -> bool {
    let is = |text: &str| text.eq_ignore_ascii_case(wanted) || text.to_lowercase() == wanted.to_lowercase();
    match column.cell(edition, row) {
        Value::Unknown => false,
        Value::Number(number) => wanted.parse::<f64>().is_ok_and(|wanted| wanted == number),
        Value::Terms(_, names) => names.iter().any(|name| is(name)),
        Value::Texts(texts) => texts.iter().any(|text| is(text)),
        // Confirmed in 2024 is what was confirmed on any day of it.
        Value::PartialDate(date) if column.kind == Kind::PartialDate => date.as_str().starts_with(wanted.as_str()),
        other => is(&other.written()),
    }
}

/// The row of an id.
pub(super) fn row(edition: &Edition, collection: &Collection, id: &str) -> Option<u32> {
    let known = id.parse().ok().and_then(|id| edition.node(&id));
    let found = match known {
        Some(
            Node::Place(row)
            | Node::Municipality(row)
            | Node::Settlement(row)
            | Node::Neighbourhood(row)
            | Node::Activity(row),
        ) => Some(row).filter(|row| *row < collection.len(edition) && collection.id(edition, *row) == id),
        None => None,
    };
    found.or_else(|| (0..collection.len(edition)).find(|row| collection.id(edition, *row) == id))
}
