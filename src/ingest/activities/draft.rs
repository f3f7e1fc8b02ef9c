//! An activity as a file says it, before its place is found.

use chrono::{DateTime, NaiveDate, NaiveTime};

use super::when::Days;
use crate::{
    calendar::{Schedule, recurrence::Fault},
    claims::At,
    findings::{Finding, Rule, personal_data},
    ingest::tabular::stated::Stated,
    model::{Activity, ActivitySchedule, Address, Authority, MunicipalityCode},
};

/// What a file says of one activity.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Draft {
    pub(super) at: At,
    pub(super) place: PlaceSaid,
    /// Without place, key and source, which are found out later.
    pub(super) activity: Activity,
    pub(super) stated: Stated,
}

/// What a file says of the place at which something is held.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct PlaceSaid {
    pub(super) key: Option<String>,
    pub(super) name: Option<String>,
    pub(super) municipality: Option<MunicipalityCode>,
    pub(super) settlement: Option<String>,
    pub(super) address: Option<Address>,
}

impl PlaceSaid {
    /// What a sentence calls it.
    pub(super) fn label(&self) -> &str {
        self.name.as_deref().or(self.key.as_deref()).unwrap_or_default()
    }
}

/// An activity of which nothing but the name is known.
pub(super) fn named(name: String) -> Activity {
    Activity {
        key: String::new(),
        source: String::new(),
        authority: Authority::Web,
        place: String::new(),
        name,
        activity_type: None,
        status: None,
        schedule: Vec::new(),
        audiences: Vec::new(),
        min_age: None,
        max_age: None,
        free: None,
        cost: None,
        registration_required: None,
        referral_required: None,
        organiser: None,
        contact: None,
        website: None,
        stated: None,
        updated_at: DateTime::UNIX_EPOCH,
    }
}

/// Times and the days between which they hold, as a file says them.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Times {
    pub(super) start: Option<NaiveTime>,
    pub(super) end: Option<NaiveTime>,
    pub(super) from: Option<NaiveDate>,
    pub(super) through: Option<NaiveDate>,
}

/// A rule on these days, checked.
///
/// # Errors
/// The rule of the findings that it runs into.
pub(super) fn schedule(days: &Days, times: Times, except: &[NaiveDate]) -> Result<ActivitySchedule, Rule> {
    let Times { start, end, through, .. } = times;
    let from = days.once.or(times.from);
    let schedule = Schedule::parse(&days.rrule, start, end, from, through, except).map_err(rule_of)?;
    let mut except: Vec<NaiveDate> = except.to_vec();
    except.sort_unstable();
    except.dedup();
    // What the calendar understood of it, so that `UNTIL` is a last day like any other.
    Ok(ActivitySchedule {
        rrule: schedule.rrule(),
        start,
        end: end.filter(|_| start.is_some()),
        valid_from: from,
        valid_through: schedule.through(),
        except,
    })
}

/// The rule of the findings that a rule of recurrence runs into.
fn rule_of(fault: Fault) -> Rule {
    match fault {
        Fault::Syntax => Rule::RecurrenceShape,
        Fault::MoreThanDaily => Rule::RecurrenceMoreThanDaily,
        Fault::TimesInRule => Rule::RecurrenceWithTimes,
        Fault::NoFirstDay => Rule::RecurrenceWithoutFirstDay,
        Fault::Never => Rule::RecurrenceNever,
        Fault::TooMany => Rule::RecurrenceTooLong,
        Fault::EndsBeforeItBegins => Rule::EndsBeforeItBegins,
    }
}

/// A finding on a record as a whole.
pub(super) fn finding(at: &At, rule: Rule, value: &str, details: Vec<String>) -> Finding {
    // A report is mailed around.
    let is_private = personal_data::is_personal(value) || personal_data::names_person(value);
    let finding = Finding::new(&at.file, at.sheet.as_ref(), rule, if is_private { "…" } else { value });
    Finding { row: Some(at.row).filter(|row| *row > 0), details, ..finding }
}

/// The type that a name tells: a word of it is what one type is called, and no other is.
pub(super) fn type_of(name: &str) -> Option<crate::model::vocabulary::ActivityType> {
    use crate::model::vocabulary::{ActivityType, Term as _};
    let words: Vec<String> = crate::search::fold(name).split(' ').map(str::to_owned).collect();
    let is_named = |term: &ActivityType| {
        let label = term.label().map(|label| label.label_nl.to_lowercase()).unwrap_or_default();
        let names = label.split(" of ").map(|name| crate::search::fold(name).replace(' ', ""));
        names.into_iter().any(|name| words.contains(&name))
    };
    let mut named = ActivityType::all().filter(is_named);
    named.next().filter(|_| named.next().is_none())
}
