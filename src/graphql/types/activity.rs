//! What is held at a place, and when.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, SimpleObject};
use chrono::Duration;

use super::{Place, Source, limits, municipality::ContactPoint};
use crate::{
    calendar::{Schedule, clock, recurrence},
    edition::{ActivityEntry, Edition},
    graphql::{
        error::ApiError,
        hot::{FieldPlan, Hot, Json, Write},
        input::{checked_moment, span},
        moment::{Weekday, moment},
        page::{PageArgs, Window},
        scalar::{Date, DateTime, LocalTime, PartialDate, Url},
    },
    model::{
        self, Language,
        vocabulary::{ActivityType, Audience, PlaceStatus},
    },
};

/// How far ahead the times of an activity are told, days.
const HORIZON_DAYS: i64 = recurrence::HORIZON_DAYS;

/// An activity of an edition.
#[derive(Clone)]
pub struct Activity {
    edition: Arc<Edition>,
    index: u32,
}

impl Activity {
    /// The activity of that index.
    pub fn new(edition: &Arc<Edition>, index: u32) -> Self {
        Self { edition: edition.clone(), index }
    }

    fn entry(&self) -> &ActivityEntry {
        self.edition.activity(self.index)
    }

    fn facts(&self) -> &model::Activity {
        &self.entry().facts
    }
}

/// Something that is held at a place again and again, or once (activiteit): what, when, for whom, at what price and whom to ask. Of several sources that
/// tell of it the strongest counts, of equals the latest. A field that is null is not known, never "no".
#[Object]
impl Activity {
    /// Lasting id, for `node(id:)`.
    pub async fn id(&self) -> ID {
        self.entry().id().to_string().into()
    }

    /// Name for an address on the web, unique.
    async fn slug(&self) -> &str {
        &self.facts().key
    }

    /// Name (naam).
    async fn name(&self) -> &str {
        &self.facts().name
    }

    /// Type (soort activiteit), in the words of the report; null: none of them, or not known.
    #[graphql(name = "type")]
    async fn activity_type(&self) -> Option<ActivityType> {
        self.facts().activity_type
    }

    /// Where it is held (plek).
    async fn place(&self) -> Place {
        Place::new(&self.edition, self.entry().place)
    }

    /// Whether it is held, is yet to begin or has ended (status); null: not said.
    async fn status(&self) -> Option<PlaceStatus> {
        self.facts().status
    }

    /// When it is held (tijden), a rule each; empty: not known when.
    async fn schedule(&self) -> Vec<ActivitySchedule> {
        let rules = 0..self.entry().schedule.len();
        rules.map(|rule| ActivitySchedule { activity: self.clone(), rule }).collect()
    }

    /// The times that it is held (data en tijden): those that have not ended at `from` and begin before `until`, earliest first, in Europe/Amsterdam
    /// across both changes of the clock. Empty: none in that time, or the time of day is not known. At most two years are looked ahead.
    async fn occurrences(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The moment of the request, when left out.")] from: Option<DateTime>,
        #[graphql(desc = "Two years after `from`, when left out, and at most.")] until: Option<DateTime>,
        #[graphql(desc = "How many to return, 1 to 100.", default = 10)] first: i32,
    ) -> Result<Vec<Occurrence>, ApiError> {
        let args = PageArgs { first: Some(first), ..PageArgs::default() };
        let (Window::First(most) | Window::Last(most)) = args.window(limits(ctx)?)?;
        let until = until.map(|until| checked_moment("until", until)).transpose()?;
        let entry = self.entry();
        let horizon = |from| from + Duration::days(HORIZON_DAYS);
        let found = match from {
            Some(from) => {
                let from = checked_moment("from", from)?;
                if let Some(until) = until {
                    span(from, until)?;
                }
                let last = until.map_or(horizon(from), |until| until.min(horizon(from)));
                entry.occurrences(from, last, most)
            }
            None => moment(ctx).read(|now| {
                let last = until.map_or(horizon(now), |until| until.min(horizon(now)));
                let found = entry.occurrences(now, last, most);
                // The first is told until it has ended; what comes within sight at the end does so day by day.
                let ends = found.first().map(|one| one.end.unwrap_or(one.start + Duration::seconds(1)));
                let moves = (found.len() < most && last == horizon(now)).then(|| clock::next_midnight(now));
                (found, ends.into_iter().chain(moves).min())
            }),
        };
        Ok(found.into_iter().map(Occurrence::from).collect())
    }

    /// For whom it is (doelgroepen); empty: not known.
    async fn audiences(&self) -> &[Audience] {
        &self.facts().audiences
    }

    /// From what age on (minimumleeftijd), years; null: not known, or from any age.
    async fn min_age(&self) -> Option<i32> {
        self.facts().min_age
    }

    /// Up to what age (maximumleeftijd), years, that age included; null: not known, or to any age.
    async fn max_age(&self) -> Option<i32> {
        self.facts().max_age
    }

    /// Whether it costs nothing (gratis); null: not known.
    async fn free(&self) -> Option<bool> {
        self.facts().free
    }

    /// What it costs (kosten), in the words of the source; null: not known.
    async fn cost(&self) -> Option<&str> {
        self.facts().cost.as_deref()
    }

    /// Whether one has to register (aanmelden nodig); null: not known.
    async fn registration_required(&self) -> Option<bool> {
        self.facts().registration_required
    }

    /// Whether one has to be referred (verwijzing nodig), by a doctor or welfare worker for instance; null: not known.
    async fn referral_required(&self) -> Option<bool> {
        self.facts().referral_required
    }

    /// The organisation that holds it (organisator), never a person; null: not known.
    async fn organiser(&self) -> Option<&str> {
        self.facts().organiser.as_deref()
    }

    /// Where to ask about it (contact): a role or an organisation, never a person; null: not known.
    async fn contact(&self) -> Option<ContactPoint> {
        self.facts().contact.as_ref().map(ContactPoint::from)
    }

    /// A page about it (website); null: not known.
    async fn website(&self) -> Option<Url> {
        self.facts().website.clone().map(Url)
    }

    /// The day on which the source that is served said so (laatst bevestigd); null: not known.
    async fn last_confirmed(&self) -> Option<PartialDate> {
        self.facts().stated.clone().map(PartialDate)
    }

    /// When a fact of it last changed in this data (bijgewerkt).
    async fn updated_at(&self) -> DateTime {
        DateTime(self.facts().updated_at)
    }

    /// All sources that tell of it (bronnen), with their licences, by id.
    async fn sources(&self) -> Vec<Source> {
        let sources = self.entry().sources.iter().filter_map(|id| self.edition.source(id));
        sources.map(|source| Source::of(source, Vec::new())).collect()
    }
}

/// One of the rules by which an activity is held.
pub struct ActivitySchedule {
    activity: Activity,
    rule: usize,
}

impl ActivitySchedule {
    fn told(&self) -> &model::ActivitySchedule {
        &self.activity.entry().schedule[self.rule].0
    }

    fn parsed(&self) -> &Schedule {
        &self.activity.entry().schedule[self.rule].1
    }
}

/// A rule by which an activity is held again (tijden), on the clock of Europe/Amsterdam.
#[Object]
impl ActivitySchedule {
    /// Recurrence rule of RFC 5545 without its name (herhaling): `FREQ=WEEKLY;BYDAY=TU`.
    async fn rrule(&self) -> &str {
        &self.told().rrule
    }

    /// The weekdays on which it is held (weekdagen); empty: the rule does not tell, such as the 15th of the month.
    async fn weekdays(&self) -> Vec<Weekday> {
        self.parsed().weekdays().into_iter().map(Weekday::from).collect()
    }

    /// When it begins (begintijd); null: the time is not known.
    async fn start(&self) -> Option<LocalTime> {
        self.told().start.map(LocalTime)
    }

    /// When it ends (eindtijd), on the next day where that is not after `start`; null: not known.
    async fn end(&self) -> Option<LocalTime> {
        self.told().end.map(LocalTime)
    }

    /// The first day on which the rule holds (vanaf); null: not known.
    async fn valid_from(&self) -> Option<Date> {
        self.told().valid_from.map(Date)
    }

    /// The last day (tot en met); null: not known, or it does not end.
    async fn valid_through(&self) -> Option<Date> {
        self.told().valid_through.map(Date)
    }

    /// Days on which it is not held (uitzonderingen), ascending.
    async fn except(&self) -> Vec<Date> {
        self.told().except.iter().copied().map(Date).collect()
    }

    /// The rule in words (in woorden): `elke dinsdag, 19:30 tot 22:00 uur`.
    async fn text(
        &self,
        #[graphql(desc = "Language of the words.", default_with = "Some(Language::Nl)")] language: Option<Language>,
    ) -> String {
        self.parsed().text(match language.unwrap_or_default() {
            Language::Nl => recurrence::Language::Dutch,
            Language::En => recurrence::Language::English,
        })
    }
}

/// One time that an activity is held (keer).
#[derive(SimpleObject)]
pub struct Occurrence {
    /// When it begins (begin).
    start: DateTime,
    /// When it ends (einde); null: not known.
    end: Option<DateTime>,
}

impl From<recurrence::Occurrence> for Occurrence {
    fn from(one: recurrence::Occurrence) -> Self {
        Self { start: DateTime(one.start), end: one.end.map(DateTime) }
    }
}

impl Hot for Activity {
    /// Those by which one is known; the others follow from rules.
    fn plan(field: &FieldPlan<'_>) -> Option<Write<Self>> {
        Some(match field.name {
            "id" => Box::new(|activity, json| json.text(&activity.entry().id().to_string())),
            "slug" => Box::new(|activity, json| json.text(&activity.facts().key)),
            "name" => Box::new(|activity, json| json.text(&activity.facts().name)),
            "type" => Box::new(|activity, json| json.maybe(activity.facts().activity_type, Json::term)),
            "place" => {
                let write = field.object::<Place>()?;
                Box::new(move |activity, json| {
                    write(&Place::new(&activity.edition, activity.entry().place), json);
                })
            }
            "organiser" => Box::new(|activity, json| json.maybe(activity.facts().organiser.as_deref(), Json::text)),
            _ => return None,
        })
    }
}
