//! Filters.

use async_graphql::{Context, InputObject};
use chrono::{Datelike as _, Duration, Utc};

use super::area::{AreaInput, municipalities};
use crate::{
    edition::{self, Edition, PlaceField, TermSet, Within},
    graphql::{
        error::ApiError,
        limits::Limits,
        moment::{Weekday, today},
        scalar::{Date, DateTime, PartialDate},
    },
    model::vocabulary::{
        ActivityType, AmbitionStatus, Audience, ContactMoment, FacilityType, FinancialSupport, LegalForm,
        LocationPrecision, NeighbourhoodLevel, OtherSupport, Owner, PlaceKind, PlaceStatus, PolicyTheme, RunBy,
        SettlementKind, VisionStatus,
    },
};

/// Facilities (voorzieningen) that a place has. All given fields must hold.
///
/// A place that lists facilities but not the one asked for is FALSE; a place that lists none is UNKNOWN.
#[derive(Clone, Debug, Default, InputObject)]
pub struct FacilitySet {
    /// All of these; an empty list is no condition.
    pub all: Option<Vec<FacilityType>>,
    /// At least one of these; an empty list matches no place.
    pub any: Option<Vec<FacilityType>>,
    /// None of these; an empty list is no condition.
    pub none: Option<Vec<FacilityType>>,
}

/// Activities (activiteiten) held at a place. All given fields must hold.
///
/// A place that lists activities but not the one asked for is FALSE; a place that lists none is UNKNOWN.
#[derive(Clone, Debug, Default, InputObject)]
pub struct ActivitySet {
    /// All of these; an empty list is no condition.
    pub all: Option<Vec<ActivityType>>,
    /// At least one of these; an empty list matches no place.
    pub any: Option<Vec<ActivityType>>,
    /// None of these; an empty list is no condition.
    pub none: Option<Vec<ActivityType>>,
}

/// What is asked of places (ontmoetingsplekken). All given fields must hold.
///
/// A filter is TRUE, FALSE or UNKNOWN of a place: unknown is never "no". `places` answers with the places for which it is
/// TRUE, with `includeUnknown` also those for which it is UNKNOWN. `and`, `or` and `not` follow Kleene's three-valued logic:
/// FALSE `and` UNKNOWN is FALSE, TRUE `or` UNKNOWN is TRUE, `not` UNKNOWN is UNKNOWN. A list means one of its values; an
/// empty list is FALSE for every place.
#[derive(Clone, Debug, Default, InputObject)]
pub struct PlaceFilter {
    /// Words (tekst) of the name, other names, settlement, municipality, street, postcode, and the Dutch labels of kind, facilities and activities;
    /// without regard to case and accents; beginnings of words and typing errors are found. An empty text is no condition. At most `dataset { limits { maxTextLength } }` characters.
    pub text: Option<String>,
    /// One of these kinds (soort); UNKNOWN where the kind is not known.
    pub kinds: Option<Vec<PlaceKind>>,
    /// In an area (gebied); UNKNOWN where the location is not known.
    pub within: Option<AreaInput>,
    /// By facilities (voorzieningen).
    pub facilities: Option<FacilitySet>,
    /// By activities (activiteiten).
    pub activities: Option<ActivitySet>,
    /// One of these legal forms (rechtsvorm); UNKNOWN where not known.
    pub legal_forms: Option<Vec<LegalForm>>,
    /// Run by one of these (beheer); UNKNOWN where not known.
    pub run_by: Option<Vec<RunBy>>,
    /// Owned by one of these (eigenaar van het gebouw); UNKNOWN where not known.
    pub owned_by: Option<Vec<Owner>>,
    /// Whether it organises a cultural programme (cultureel aanbod); UNKNOWN where not known.
    pub cultural_programme: Option<bool>,
    /// Whether we have a location (locatie bekend). Never UNKNOWN.
    pub located: Option<bool>,
    /// The location has one of these precisions (nauwkeurigheid). FALSE without a location.
    pub precision: Option<Vec<LocationPrecision>>,
    /// One of these statuses (status); UNKNOWN where not known. Where no `status` is asked, CLOSED places are left out.
    pub status: Option<Vec<PlaceStatus>>,
    /// Open at this moment (open op), in Europe/Amsterdam; UNKNOWN where the opening hours are not known, or depend on something else, such as an
    /// appointment or school holidays.
    pub open_at: Option<DateTime>,
    /// Opening on one of these weekdays (open op weekdag) at some time of the year from the date of the edition; UNKNOWN as for `openAt`. What lasts
    /// beyond midnight is of the evening on which it begins.
    pub open_on: Option<Vec<Weekday>>,
    /// Whether a wheelchair gets in (rolstoeltoegankelijk); UNKNOWN where not known.
    pub wheelchair_accessible: Option<bool>,
    /// Confirmed by a source on or after the first day of this date (bevestigd sinds); UNKNOWN where no source is dated, and where it is not known
    /// whether that was before or after.
    pub confirmed_since: Option<PartialDate>,
    /// Not confirmed since the first day of this date (niet bevestigd sinds); UNKNOWN as for `confirmedSince`.
    pub not_confirmed_since: Option<PartialDate>,
    /// At least one of these fields is not known (ontbreekt). Never UNKNOWN.
    pub missing: Option<Vec<PlaceField>>,
    /// With an activity for which this is TRUE (aanbod), now or later; UNKNOWN where no activity of the place is known.
    pub programme: Option<Box<ActivityFilter>>,
    /// By the policy (beleid) of the municipality.
    pub policy: Option<PolicyFilter>,
    /// A fact changed at or after this moment (gewijzigd sinds).
    pub updated_since: Option<DateTime>,
    /// All of these hold; an empty list asks nothing.
    pub and: Option<Vec<PlaceFilter>>,
    /// At least one of these holds; an empty list is FALSE for every place.
    pub or: Option<Vec<PlaceFilter>>,
    /// This does not hold.
    pub not: Option<Box<PlaceFilter>>,
}

/// What is asked of activities (activiteiten). All given fields must hold; TRUE, FALSE and UNKNOWN are as in `PlaceFilter`.
///
/// What is over is left out: activities that are said to be CLOSED, those of which no rule has a day left, unless `on` or `between` is asked, and those at
/// CLOSED places, unless a `status` of `places` is asked.
#[derive(Clone, Debug, Default, InputObject)]
pub struct ActivityFilter {
    /// Words (tekst) of the name, the labels of the type, the organiser, the place and its settlement and municipality, found as in `search`. An empty text is no
    /// condition.
    pub text: Option<String>,
    /// One of these types (soorten); UNKNOWN where it has none.
    pub types: Option<Vec<ActivityType>>,
    /// Held on one of these weekdays (weekdagen); UNKNOWN where it is not known when it is held, or a rule does not tell.
    pub weekdays: Option<Vec<Weekday>>,
    /// Held on this day (op), in Europe/Amsterdam; UNKNOWN where it is not known when.
    pub on: Option<Date>,
    /// Held at some moment of this span (tussen); UNKNOWN where it is not known when, and where the time of day is not and only a part of that day is asked.
    pub between: Option<DateTimeRange>,
    /// For one of these (doelgroepen): what is for everyone, IEDEREEN, is for each; UNKNOWN where not known.
    pub audiences: Option<Vec<Audience>>,
    /// For somebody of this age (leeftijd), years; UNKNOWN where no age is told. Where only a lowest or highest one is, only that one bounds.
    pub age: Option<i32>,
    /// Whether it is free (gratis); UNKNOWN where not known.
    pub free: Option<bool>,
    /// Whether one has to register (aanmelden nodig); UNKNOWN where not known.
    pub registration_required: Option<bool>,
    /// Whether one has to be referred (verwijzing nodig); UNKNOWN where not known.
    pub referral_required: Option<bool>,
    /// At places for which this is TRUE (plekken); UNKNOWN where it is of the place.
    pub places: Option<Box<PlaceFilter>>,
    /// All of these hold; an empty list asks nothing.
    pub and: Option<Vec<ActivityFilter>>,
    /// At least one of these holds; an empty list is FALSE for every activity.
    pub or: Option<Vec<ActivityFilter>>,
    /// This does not hold.
    pub not: Option<Box<ActivityFilter>>,
}

/// A span of time (tijdvak).
#[derive(Clone, Debug, InputObject)]
pub struct DateTimeRange {
    /// From this moment on (van).
    pub from: DateTime,
    /// Until before this moment (tot), later than `from`, at most two years.
    pub until: DateTime,
}

/// A filter on a municipality's policy on meeting places (gemeentelijk beleid). All given fields must hold.
///
/// Where the status on a theme is not known the filter is UNKNOWN. The kinds of support of a municipality are those that
/// documents show; of the others it is UNKNOWN whether it gives them.
#[derive(Clone, Debug, Default, InputObject)]
pub struct PolicyFilter {
    /// One of these on vision or policy (visie).
    pub vision: Option<Vec<VisionStatus>>,
    /// At least one of these kinds of support with money (financiële ondersteuning).
    pub financial_support: Option<Vec<FinancialSupport>>,
    /// At least one of these kinds of other support (andere ondersteuning).
    pub other_support: Option<Vec<OtherSupport>>,
    /// One of these on ambition (ambitie).
    pub ambition: Option<Vec<AmbitionStatus>>,
    /// One of these on contact (contactmoment).
    pub contact_moment: Option<Vec<ContactMoment>>,
    /// The status on at least one of these themes is not known (onbekend). Never UNKNOWN itself.
    pub unknown: Option<Vec<PolicyTheme>>,
}

/// What is asked of municipalities (gemeenten). All given fields hold together; UNKNOWN is left out.
#[derive(Clone, Debug, Default, InputObject)]
pub struct MunicipalityFilter {
    /// One of these CBS codes (gemeentecodes), such as `GM0193`.
    pub codes: Option<Vec<String>>,
    /// By policy (beleid).
    pub policy: Option<PolicyFilter>,
    /// Whose boundary shares a point with the area (gebied), or that hold the named areas.
    pub within: Option<AreaInput>,
}

/// What is asked of CBS neighbourhoods (wijken en buurten). All given fields must hold.
#[derive(Clone, Debug, Default, InputObject)]
pub struct NeighbourhoodFilter {
    /// Wijk or buurt (niveau).
    pub level: Option<NeighbourhoodLevel>,
    /// In one of these municipalities, by CBS code (gemeentecodes).
    pub municipalities: Option<Vec<String>>,
    /// Whose boundary shares a point with the area (gebied), or that are part of the named areas.
    pub within: Option<AreaInput>,
    /// Minimum number of inhabitants (inwoners); areas of unknown population are left out.
    pub min_population: Option<i32>,
}

/// A filter on settlements (kernen). All given fields must hold.
#[derive(Clone, Debug, Default, InputObject)]
pub struct SettlementFilter {
    /// Words of the name (tekst), found as in `search`; an empty text is no condition.
    pub text: Option<String>,
    /// In one of these municipalities, by CBS code (gemeentecodes).
    pub municipalities: Option<Vec<String>>,
    /// Whose `location` lies in the area (gebied), or that are part of the named areas.
    pub within: Option<AreaInput>,
    /// Of one of these types (typen): WOONKERN for villages and towns without their districts.
    pub kinds: Option<Vec<SettlementKind>>,
    /// Minimum number of inhabitants (inwoners), parts included; settlements of unknown population are left out.
    pub min_population: Option<i32>,
}

impl PlaceFilter {
    /// The filter, with its areas looked up in `edition`.
    ///
    /// # Errors
    /// [`ApiError::BadUserInput`] for a text that is too long and for what [`AreaInput::resolve`] refuses.
    pub fn resolve(
        &self,
        ctx: &Context<'_>,
        edition: &Edition,
        limits: &Limits,
    ) -> Result<edition::PlaceFilter, ApiError> {
        let all = |filters: &Option<Vec<Self>>| {
            let resolve =
                |filters: &Vec<Self>| filters.iter().map(|filter| filter.resolve(ctx, edition, limits)).collect();
            filters.as_ref().map(resolve).transpose()
        };
        Ok(edition::PlaceFilter {
            text: search_text(self.text.as_ref(), limits)?.filter(|text| !text.trim().is_empty()),
            kinds: self.kinds.clone(),
            within: within(self.within.as_ref(), edition, limits)?,
            facilities: self.facilities.clone().map(|set| TermSet { all: set.all, any: set.any, none: set.none }),
            activities: self.activities.clone().map(|set| TermSet { all: set.all, any: set.any, none: set.none }),
            legal_forms: self.legal_forms.clone(),
            run_by: self.run_by.clone(),
            owned_by: self.owned_by.clone(),
            cultural_programme: self.cultural_programme,
            located: self.located,
            precision: self.precision.clone(),
            status: self.status.clone(),
            wheelchair_accessible: self.wheelchair_accessible,
            confirmed_since: self.confirmed_since.clone().map(|date| date.0),
            not_confirmed_since: self.not_confirmed_since.clone().map(|date| date.0),
            missing: self.missing.clone(),
            open_at: self.open_at.map(|moment| moment.0),
            open_on: self.open_on.as_ref().map(|days| days.iter().map(|day| (*day).into()).collect()),
            programme: self
                .programme
                .as_ref()
                .map(|filter| filter.resolve(ctx, edition, limits).map(Box::new))
                .transpose()?,
            policy: self.policy.clone().map(Into::into),
            updated_since: self.updated_since.map(|moment| moment.0),
            and: all(&self.and)?,
            or: all(&self.or)?,
            not: self.not.as_ref().map(|filter| filter.resolve(ctx, edition, limits).map(Box::new)).transpose()?,
        })
    }
}

impl ActivityFilter {
    /// The filter on the day of the request, with its areas looked up in `edition`.
    ///
    /// # Errors
    /// As [`PlaceFilter::resolve`], for a day or moment that nobody plans for, and for a span that is none or longer than two years.
    pub fn resolve(
        &self,
        ctx: &Context<'_>,
        edition: &Edition,
        limits: &Limits,
    ) -> Result<edition::ActivityFilter, ApiError> {
        let all = |filters: &Option<Vec<Self>>| {
            let resolve =
                |filters: &Vec<Self>| filters.iter().map(|filter| filter.resolve(ctx, edition, limits)).collect();
            filters.as_ref().map(resolve).transpose()
        };
        let places = self.places.as_ref().map(|filter| filter.resolve(ctx, edition, limits).map(Box::new));
        let between = self.between.as_ref().map(|range| {
            let (from, until) = (checked_moment("from", range.from)?, checked_moment("until", range.until)?);
            span(from, until)?;
            if until - from > Duration::days(MOST_DAYS) {
                return Err(ApiError::BadUserInput(format!(
                    "from {} until {} is {} days; a span has at most {MOST_DAYS}",
                    range.from,
                    range.until,
                    (until - from).num_days()
                )));
            }
            Ok((from, until))
        });
        if let Some(Date(day)) = self.on {
            checked_year("on", day.year(), &day.to_string())?;
        }
        Ok(edition::ActivityFilter {
            today: Some(today(ctx, edition)),
            text: search_text(self.text.as_ref(), limits)?.filter(|text| !text.trim().is_empty()),
            types: self.types.clone(),
            weekdays: self.weekdays.as_ref().map(|days| days.iter().map(|day| (*day).into()).collect()),
            on: self.on.map(|day| day.0),
            between: between.transpose()?,
            audiences: self.audiences.clone(),
            age: self.age,
            free: self.free,
            registration_required: self.registration_required,
            referral_required: self.referral_required,
            places: places.transpose()?,
            and: all(&self.and)?,
            or: all(&self.or)?,
            not: self.not.as_ref().map(|filter| filter.resolve(ctx, edition, limits).map(Box::new)).transpose()?,
        })
    }
}

/// The most days that activities are asked of at once: two years.
const MOST_DAYS: i64 = 731;

/// A moment of a time for which somebody plans.
///
/// # Errors
/// [`ApiError::BadUserInput`] names the argument.
pub fn checked_moment(name: &str, moment: DateTime) -> Result<chrono::DateTime<Utc>, ApiError> {
    checked_year(name, moment.0.year(), &moment.to_string())?;
    Ok(moment.0)
}

fn checked_year(name: &str, year: i32, given: &str) -> Result<(), ApiError> {
    if (2000..2100).contains(&year) {
        return Ok(());
    }
    Err(ApiError::BadUserInput(format!("`{name}` is {given}; times of activities are asked of the years 2000 to 2099")))
}

/// A span that is one.
///
/// # Errors
/// [`ApiError::BadUserInput`] where it does not end after it begins.
pub fn span(from: chrono::DateTime<Utc>, until: chrono::DateTime<Utc>) -> Result<(), ApiError> {
    if from < until {
        return Ok(());
    }
    let (from, until) = (DateTime(from), DateTime(until));
    Err(ApiError::BadUserInput(format!("`until` is {until}, which is not later than `from`, {from}")))
}

impl From<PolicyFilter> for edition::PolicyFilter {
    fn from(input: PolicyFilter) -> Self {
        Self {
            vision: input.vision,
            financial_support: input.financial_support,
            other_support: input.other_support,
            ambition: input.ambition,
            contact_moment: input.contact_moment,
            unknown: input.unknown,
        }
    }
}

impl MunicipalityFilter {
    /// The filter, with its areas looked up in `edition`.
    ///
    /// # Errors
    /// [`ApiError::BadUserInput`] for a wrong code and for what [`AreaInput::resolve`] refuses.
    pub fn resolve(&self, edition: &Edition, limits: &Limits) -> Result<edition::MunicipalityFilter, ApiError> {
        Ok(edition::MunicipalityFilter {
            municipalities: self.codes.as_ref().map(|codes| municipalities(codes, edition)).transpose()?,
            policy: self.policy.clone().map(Into::into),
            within: within(self.within.as_ref(), edition, limits)?,
        })
    }
}

impl NeighbourhoodFilter {
    /// The neighbourhoods for which the filter is TRUE, ascending by code.
    ///
    /// # Errors
    /// As [`MunicipalityFilter::resolve`].
    pub fn select(&self, edition: &Edition, limits: &Limits) -> Result<Vec<u32>, ApiError> {
        let codes = self.municipalities.as_ref().map(|codes| municipalities(codes, edition)).transpose()?;
        let within = within(self.within.as_ref(), edition, limits)?;
        let selected = (0..).zip(edition.neighbourhoods()).filter(|(index, entry)| {
            self.level.is_none_or(|level| entry.facts.level == level)
                && codes.as_ref().is_none_or(|codes| codes.contains(&entry.municipality))
                && self.min_population.is_none_or(|least| entry.facts.population.is_some_and(|known| known >= least))
                && within.as_ref().is_none_or(|within| edition.is_neighbourhood_within(*index, within))
        });
        Ok(selected.map(|(index, _)| index).collect())
    }
}

impl SettlementFilter {
    /// The settlements for which the filter is TRUE, ascending by id.
    ///
    /// # Errors
    /// As [`MunicipalityFilter::resolve`], and for a text that is too long.
    pub fn select(&self, edition: &Edition, limits: &Limits) -> Result<Vec<u32>, ApiError> {
        let codes = self.municipalities.as_ref().map(|codes| municipalities(codes, edition)).transpose()?;
        let within = within(self.within.as_ref(), edition, limits)?;
        let text = search_text(self.text.as_ref(), limits)?.filter(|text| !text.trim().is_empty());
        let named = text.map(|text| edition.settlements_named(&text));
        let selected = (0..).zip(edition.settlements()).filter(|(index, entry)| {
            named.as_ref().is_none_or(|named| named.contains(*index))
                && codes.as_ref().is_none_or(|codes| codes.contains(&entry.municipality))
                && self.kinds.as_ref().is_none_or(|kinds| kinds.contains(&entry.facts.kind))
                && self.min_population.is_none_or(|least| entry.facts.population.is_some_and(|known| known >= least))
                && within.as_ref().is_none_or(|within| edition.is_settlement_within(*index, within))
        });
        Ok(selected.map(|(index, _)| index).collect())
    }
}

fn within(area: Option<&AreaInput>, edition: &Edition, limits: &Limits) -> Result<Option<Within>, ApiError> {
    area.map(|area| area.resolve(edition, limits)).transpose()
}

/// A text that is not too long to search for.
///
/// # Errors
/// [`ApiError::BadUserInput`] above [`Limits::max_text_length`] characters.
pub fn search_text(given: Option<&String>, limits: &Limits) -> Result<Option<String>, ApiError> {
    match given {
        Some(text) if text.chars().count() > limits.max_text_length => Err(ApiError::BadUserInput(format!(
            "the text has {} characters; at most {} are searched for",
            text.chars().count(),
            limits.max_text_length
        ))),
        other => Ok(other.cloned()),
    }
}
