//! What is held at places, and when: the offer (aanbod), as each source says it.

use std::{cmp::Reverse, collections::BTreeMap};

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use serde::{Deserialize, Serialize};

use super::{
    Authority, ContactPoint, PartialDate,
    vocabulary::{self, ActivityType, Audience, PlaceStatus},
};

/// An activity at a place, as one source says it.
///
/// Several sources may say something of the same activity, which then has one `key`: what is served of it is what the strongest voice says, of
/// two equally strong ones the later.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Activity {
    /// Stable key, also the slug: that of the place with the name, such as `bridge-de-schalm-deventer`.
    pub key: String,
    /// Id of the source that says so.
    pub source: String,
    /// How much its word counts.
    pub authority: Authority,
    /// Key of the place.
    pub place: String,
    /// Name.
    pub name: String,
    /// What kind of activity it is, in the words of the report; `None`: none of them, or not known.
    #[serde(default, deserialize_with = "vocabulary::or_unknown", skip_serializing_if = "Option::is_none")]
    pub activity_type: Option<ActivityType>,
    /// Whether it is held, is yet to begin or has ended.
    #[serde(default, deserialize_with = "vocabulary::or_unknown", skip_serializing_if = "Option::is_none")]
    pub status: Option<PlaceStatus>,
    /// When it is held; empty: not known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub schedule: Vec<ActivitySchedule>,
    /// For whom it is; empty: not known.
    #[serde(default, deserialize_with = "vocabulary::those_known", skip_serializing_if = "Vec::is_empty")]
    pub audiences: Vec<Audience>,
    /// From what age on, years.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_age: Option<i32>,
    /// Up to what age, years, that age included.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_age: Option<i32>,
    /// Whether it costs nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub free: Option<bool>,
    /// What it costs, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost: Option<String>,
    /// Whether one has to register.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub registration_required: Option<bool>,
    /// Whether one has to be referred, by a doctor or a welfare worker for instance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub referral_required: Option<bool>,
    /// The organisation that holds it, never a person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organiser: Option<String>,
    /// Where to ask.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<ContactPoint>,
    /// A page on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub website: Option<String>,
    /// The day on which the source said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stated: Option<PartialDate>,
    /// When a fact of it last changed in the data.
    pub updated_at: DateTime<Utc>,
}

/// A rule by which an activity is held again, on the clock of Europe/Amsterdam.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ActivitySchedule {
    /// A recurrence rule of RFC 5545 without its name: `FREQ=WEEKLY;BYDAY=TU`. Once only: `FREQ=DAILY;COUNT=1`, with `valid_from`.
    pub rrule: String,
    /// When it begins; `None`: the day is known, the time is not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<NaiveTime>,
    /// When it ends, on the next day where that is before `start`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<NaiveTime>,
    /// The first day on which the rule holds; what it counts from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<NaiveDate>,
    /// The last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_through: Option<NaiveDate>,
    /// Days on which it is not held, ascending.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub except: Vec<NaiveDate>,
}

/// Who speaks of each activity, by its key, the voice that is served first: the strongest, of equally strong ones the later, of those the one
/// whose source comes last in the alphabet.
pub fn served(activities: &[Activity]) -> BTreeMap<&str, Vec<&Activity>> {
    let mut served: BTreeMap<&str, Vec<&Activity>> = BTreeMap::new();
    for activity in activities {
        served.entry(&activity.key).or_default().push(activity);
    }
    for voices in served.values_mut() {
        let rank = |activity: &Activity| (activity.authority, activity.stated.clone(), activity.source.clone());
        voices.sort_by_cached_key(|activity| Reverse(rank(activity)));
    }
    served
}
