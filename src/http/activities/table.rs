//! Activities as CSV: a row for each rule, in the columns that `noaber ingest activities` reads.

use chrono::{DateTime, Utc};

use super::ics::written;
use crate::{
    calendar::{Schedule, recurrence::Language},
    edition::{ActivityEntry, Edition},
    findings::defuse,
    model::{ActivitySchedule, ContactPoint, Municipality, Place, vocabulary::Term},
};

struct Row<'a> {
    edition: &'a Edition,
    index: u32,
    entry: &'a ActivityEntry,
    rule: Option<&'a (ActivitySchedule, Schedule)>,
    place: &'a Place,
    municipality: &'a Municipality,
    now: DateTime<Utc>,
}

impl Row<'_> {
    fn told<T: ToString>(&self, of: impl Fn(&ActivitySchedule) -> Option<T>) -> String {
        text(self.rule.and_then(|(told, _)| of(told)))
    }

    fn contact(&self, of: impl Fn(&ContactPoint) -> Option<&String>) -> String {
        text(self.entry.facts.contact.as_ref().and_then(of))
    }

    /// Of each layer of its sources.
    fn terms(&self, of: impl Fn(&crate::model::Layer) -> &str) -> String {
        let mut terms: Vec<&str> = Vec::new();
        for layer in self.edition.layers_of_activities([self.index]) {
            if !terms.contains(&of(layer)) {
                terms.push(of(layer));
            }
        }
        terms.join("|")
    }
}

/// A column: its name, and its cell of a row.
type Column = (&'static str, fn(&Row<'_>) -> String);

static COLUMNS: [Column; 39] = [
    ("id", |row| row.entry.id().to_string()),
    ("name", |row| row.entry.facts.name.clone()),
    ("type", |row| name(row.entry.facts.activity_type)),
    ("type_label", |row| {
        row.entry.facts.activity_type.and_then(Term::label).map(|label| label.label_nl.clone()).unwrap_or_default()
    }),
    ("status", |row| name(row.entry.facts.status)),
    ("place_key", |row| row.place.key.clone()),
    ("place_name", |row| row.place.name.clone()),
    ("municipality_code", |row| row.municipality.code.to_string()),
    ("municipality", |row| row.municipality.name.clone()),
    ("settlement", |row| row.place.settlement.clone()),
    ("lon", |row| text(row.place.location.as_ref().map(|at| at.lon))),
    ("lat", |row| text(row.place.location.as_ref().map(|at| at.lat))),
    ("when", |row| row.rule.map(|(_, rule)| rule.text(Language::Dutch)).unwrap_or_default()),
    ("rrule", |row| row.told(|told| Some(told.rrule.clone()))),
    ("start", |row| row.told(|told| told.start.map(|time| time.format("%H:%M")))),
    ("end", |row| row.told(|told| told.end.map(|time| time.format("%H:%M")))),
    ("valid_from", |row| row.told(|told| told.valid_from)),
    ("valid_through", |row| row.told(|told| told.valid_through)),
    ("except", |row| {
        let days = row.rule.iter().flat_map(|(told, _)| told.except.iter().map(ToString::to_string));
        days.collect::<Vec<_>>().join("|")
    }),
    ("next", |row| text(row.rule.and_then(|(_, rule)| rule.next(row.now)).map(written))),
    ("audiences", |row| row.entry.facts.audiences.iter().map(|audience| audience.name()).collect::<Vec<_>>().join("|")),
    ("min_age", |row| text(row.entry.facts.min_age)),
    ("max_age", |row| text(row.entry.facts.max_age)),
    ("free", |row| text(row.entry.facts.free)),
    ("cost", |row| text(row.entry.facts.cost.as_ref())),
    ("registration_required", |row| text(row.entry.facts.registration_required)),
    ("referral_required", |row| text(row.entry.facts.referral_required)),
    ("organiser", |row| text(row.entry.facts.organiser.as_ref())),
    ("contact_role", |row| row.contact(|contact| Some(&contact.role))),
    ("contact_email", |row| row.contact(|contact| contact.email.as_ref())),
    ("contact_phone", |row| row.contact(|contact| contact.phone.as_ref())),
    ("contact_url", |row| row.contact(|contact| contact.url.as_ref())),
    ("website", |row| text(row.entry.facts.website.as_ref())),
    ("stated_on", |row| text(row.entry.facts.stated.as_ref())),
    ("updated_at", |row| written(row.entry.facts.updated_at)),
    ("sources", |row| row.entry.sources.join("|")),
    ("licence", |row| row.terms(|layer| &layer.licence)),
    ("attribution", |row| row.terms(|layer| &layer.attribution)),
    ("edition", |row| row.edition.id.clone()),
];

/// A table of activities; `next` is counted from `now`.
///
/// # Errors
/// When it cannot be written, which means out of memory.
pub(super) fn write(edition: &Edition, activities: &[u32], now: DateTime<Utc>) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(COLUMNS.iter().map(|(name, _)| *name))?;
    for index in activities {
        let entry = edition.activity(*index);
        let place = edition.place(entry.place);
        let municipality = &edition.municipality(place.municipality).facts;
        let rules: Vec<Option<&(ActivitySchedule, Schedule)>> =
            if entry.schedule.is_empty() { vec![None] } else { entry.schedule.iter().map(Some).collect() };
        for rule in rules {
            let row = Row { edition, index: *index, entry, rule, place: &place.facts, municipality, now };
            // What an import brought must not be computed by a spreadsheet.
            let cells = COLUMNS.iter().map(|(_, cell)| defuse(&cell(&row)).into_owned());
            writer.write_record(cells)?;
        }
    }
    writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))
}

fn text(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

fn name(term: Option<impl Term>) -> String {
    term.map(|term| term.name().to_owned()).unwrap_or_default()
}
