//! `/place/{slug}` and `/en/place/{slug}`: everything that is known of a place, each fact with its source.

mod map;
mod opening;
pub(in crate::http) mod view;
mod words;

use chrono::{NaiveDate, Utc};
use poem::{
    Request, Response, handler,
    http::{StatusCode, header},
    web::{Data, Path},
};
use serde_json::json;

use self::{
    opening::Opening,
    view::{Fact, NEARBY_M, NEARBY_SHOWN, Nearby, NearbyLine, Offer, PlaceView, Reach, SourceRef, Value},
    words::Words,
};
use crate::{
    calendar::{local, next_midnight, recurrence},
    edition::{ActivityEntry, Edition, PlaceEntry, PlaceField, attribution_of},
    http::{
        activities::words::details,
        origin::origin,
        pages::{
            gaps,
            language::Language,
            links::passed_on,
            list::label,
            missing::{self, Words as Missing},
            page::{self, SCRIPTLESS},
            programme::{Programme, Span},
            words::{capitalised, with},
        },
        parameters::{Address, Parameters},
        problem::Problem,
        state::State,
    },
    model::{
        Cell, ContactPoint, Location, PLAIN, Source, excerpt,
        vocabulary::{ActivityType, FacilityType, KindBasis, LocationPrecision, PlaceKind, PlaceStatus, Term},
    },
    search::fold,
};

/// `/place/{slug}`
#[handler]
pub(in crate::http) async fn dutch(
    request: &Request,
    state: Data<&State>,
    slug: Path<String>,
) -> Result<Response, Problem> {
    page(request, &state, &slug, Language::Nl).await
}

/// `/en/place/{slug}`
#[handler]
pub(in crate::http) async fn english(
    request: &Request,
    state: Data<&State>,
    slug: Path<String>,
) -> Result<Response, Problem> {
    page(request, &state, &slug, Language::En).await
}

async fn page(request: &Request, state: &State, slug: &str, language: Language) -> Result<Response, Problem> {
    let parameters = match Parameters::read(request, Address::Page) {
        Ok(parameters) => parameters,
        Err(reason) => return missing::refused(request, language, reason).await,
    };
    let language = parameters.language().unwrap_or(language);
    let pinned = state.pin(request).await?;
    let Some(place) = pinned.edition.place_by_key(slug) else {
        return nowhere(request, state, &pinned.edition, &parameters, slug, language).await;
    };
    let now = Utc::now();
    let today = local(now).date();
    let entry = pinned.edition.place(place);
    let opening = Opening::of(entry, now, language);
    let origin = origin(request);
    // What is over is left out and what is today is told, so that a page with activities is one of its day; whether it is open changes
    // more often.
    let has_programme = !entry.programme.is_empty();
    let day = if has_programme { today.to_string() } else { String::new() };
    let asked = [&*day, origin.as_deref().unwrap_or_default(), opening.now.as_deref().unwrap_or_default()].join(" ");
    let midnight = has_programme.then(|| next_midnight(now));
    let until = opening.until.into_iter().chain(midnight).min();
    let make = async {
        let speaker = Speaker { edition: &pinned.edition, language, t: Words::of(language) };
        let filled = speaker.fill(place, pinned.named.as_deref(), state.contact.as_deref(), today);
        let view = PlaceView { origin, open_now: opening.now, ..filled };
        Ok(page::made(view::render(&view))?)
    };
    let key = pinned.key(&language.place_path(slug), &asked);
    state.answer_until(request, &SCRIPTLESS, key, until, make).await
}

/// Why there is no page: a place that was removed is told as such, since references to it remain. One that is written in
/// capitals is shown the way.
async fn nowhere(
    request: &Request,
    state: &State,
    edition: &Edition,
    parameters: &Parameters,
    slug: &str,
    language: Language,
) -> Result<Response, Problem> {
    let small = slug.to_lowercase();
    if edition.place_by_key(&small).is_some() {
        let there = format!("{}{}", language.place_path(&small), parameters.query_string());
        return Ok(Response::builder().status(StatusCode::PERMANENT_REDIRECT).header(header::LOCATION, there).finish());
    }
    let t = Missing::of(language);
    let withdrawals = state.library.store().withdrawals().await?;
    let shown = excerpt(slug);
    let (status, sentence) = match withdrawals.into_iter().find(|one| one.place == slug) {
        Some(one) => {
            let date = language.date(one.withdrawn_at.date_naive());
            let reason = one.reason.trim_end_matches('.').to_owned();
            (StatusCode::GONE, with(t.removed, &[("slug", &shown), ("date", &date), ("reason", &reason)]))
        }
        None => (StatusCode::NOT_FOUND, with(t.no_place, &[("slug", &shown)])),
    };
    missing::page(request, language, status, &sentence).await
}

/// Times that are shown of a day.
const MOST_A_DAY: usize = 20;

/// A source of what a page says.
pub(in crate::http) fn source_of(source: &Source, language: Language) -> SourceRef {
    let read = source.retrieved.map(|day| day.to_string());
    let date = source.published.as_ref().map(ToString::to_string).or(read);
    SourceRef {
        title: source.title.clone(),
        url: source.url.clone(),
        date: date.map(|date| language.partial_date(&date)),
    }
}

/// Where to ask, as pages show it.
pub(in crate::http) fn reach(contact: &ContactPoint) -> Reach {
    let role = (contact.role != ContactPoint::GENERAL).then(|| contact.role.clone());
    let who: Vec<String> = contact.organisation.clone().into_iter().chain(role).collect();
    Reach { who: who.join(", "), phone: contact.phone.clone(), email: contact.email.clone(), url: contact.url.clone() }
}

/// Says what is known in the language of the page.
struct Speaker<'a> {
    edition: &'a Edition,
    language: Language,
    t: &'static Words,
}

impl Speaker<'_> {
    fn fill(&self, place: u32, named: Option<&str>, contact: Option<&str>, today: NaiveDate) -> PlaceView {
        let entry = self.edition.place(place);
        let municipality = &self.edition.municipality(entry.municipality).facts;
        PlaceView {
            language: self.language,
            edition: self.edition.id.clone(),
            of_edition: passed_on(named),
            slug: entry.facts.key.clone(),
            name: entry.facts.name.clone(),
            kind: entry.facts.kind.map(|kind| self.label(kind)),
            municipality: (municipality.name.clone(), municipality.slug.clone()),
            municipality_code: municipality.code.to_string(),
            settlement: entry.facts.settlement.clone(),
            status: self.status(entry),
            flag: match entry.facts.status {
                Some(PlaceStatus::Closed) => Some(self.t.is_closed),
                Some(PlaceStatus::Planned) => Some(self.t.is_planned),
                Some(PlaceStatus::Open) | None => None,
            },
            origin: None,
            address: entry.facts.address.as_ref().map(|address| address.line(&entry.facts.settlement)),
            point: entry.facts.location.as_ref().map(|at| (at.lon, at.lat)),
            is_exact: entry.facts.is_at_address(),
            open_now: None,
            hours: entry.hours_text(self.language).or_else(|| entry.facts.opening_hours.clone()),
            website: entry.facts.website.clone(),
            reach: entry.facts.contact.as_ref().map(reach),
            facilities: entry.facts.facilities.iter().map(|term| self.label(*term)).collect(),
            absent: entry.facts.absent_facilities.iter().map(|term| self.label(*term)).collect(),
            offered: entry.facts.activities.iter().map(|term| self.label(*term)).collect(),
            wheelchair: entry.facts.wheelchair_accessible,
            missing: self.missing(entry),
            map: map::draw(self.edition, place, self.language),
            week: Programme::of(
                self.edition,
                entry.programme.iter().copied().filter(|index| !self.edition.activity(*index).is_over(today)),
                Span::week(today),
                (None, MOST_A_DAY),
                (today, self.language),
            ),
            programme: self.programme(place, today),
            facts: self.facts(place),
            sources: self.edition.sources_of(place).map(|(source, _)| self.source(source)).collect(),
            nearby: self.nearby(place),
            contact: contact.map(str::to_owned),
            attributions: attribution_of(self.edition.layers_of([place])).into_iter().map(str::to_owned).collect(),
            json_ld: json_ld(self.edition, entry, self.language).to_string(),
        }
    }

    /// What is held there, but for what is over on that day.
    fn programme(&self, place: u32, today: NaiveDate) -> Vec<Offer> {
        let entries = self.edition.place(place).programme.iter().map(|index| self.edition.activity(*index));
        let mut entries: Vec<_> = entries.filter(|entry| !entry.is_over(today)).collect();
        entries.sort_by_cached_key(|entry| fold(&entry.facts.name));
        let language = match self.language {
            Language::Nl => recurrence::Language::Dutch,
            Language::En => recurrence::Language::English,
        };
        let offer = |entry: &ActivityEntry| Offer {
            slug: entry.facts.key.clone(),
            name: entry.facts.name.clone(),
            website: entry.facts.website.clone(),
            when: entry.schedule.iter().map(|(_, rule)| capitalised(&rule.text(language))).collect(),
            details: details(&entry.facts, self.language).join(" · "),
            sources: entry
                .sources
                .iter()
                .filter_map(|id| self.edition.source(id))
                .map(|one| self.source(one))
                .collect(),
        };
        entries.into_iter().map(offer).collect()
    }

    fn label<T: Term>(&self, term: T) -> String {
        label(self.edition, T::VOCABULARY, term.name(), self.language)
    }

    fn labels<T: Term>(&self, terms: &[T]) -> Value {
        if terms.is_empty() {
            Value::Unknown
        } else {
            Value::List(terms.iter().map(|term| self.label(*term)).collect())
        }
    }

    fn status(&self, entry: &PlaceEntry) -> String {
        let status = match entry.facts.status {
            Some(PlaceStatus::Open) => self.t.is_open,
            Some(PlaceStatus::Planned) => self.t.is_planned,
            Some(PlaceStatus::Closed) => self.t.is_closed,
            None => self.t.is_unknown,
        };
        match &entry.facts.last_confirmed {
            None => status.to_owned(),
            Some(date) => {
                let date = self.language.partial_date(date.as_str());
                format!("{status}, {}", self.t.confirmed.replace("{date}", &date))
            }
        }
    }

    fn source(&self, source: &Source) -> SourceRef {
        source_of(source, self.language)
    }

    /// What a visitor would like to know, and nobody wrote down.
    fn missing(&self, entry: &PlaceEntry) -> Vec<&'static str> {
        const ASKED: [PlaceField; 9] = [
            PlaceField::OpeningHours,
            PlaceField::Website,
            PlaceField::Contact,
            PlaceField::Address,
            PlaceField::Facilities,
            PlaceField::Activities,
            PlaceField::Programme,
            PlaceField::WheelchairAccessible,
            PlaceField::Status,
        ];
        let missing = entry.missing();
        let asked = ASKED.into_iter().filter(|field| missing.contains(field));
        asked.map(|field| gaps::field_name(field, self.language)).collect()
    }

    /// Everything that can be known of a place, in the order of the page.
    fn facts(&self, index: u32) -> Vec<Fact> {
        let entry = self.edition.place(index);
        let (t, place) = (self.t, &entry.facts);
        let text = |text: Option<String>| text.map_or(Value::Unknown, Value::Text);
        let fact = |label: &str, field: &str, value: Value| {
            let says_so =
                self.edition.sources_of(index).filter(|(_, fields)| fields.iter().any(|known| known == field));
            let sources = match value {
                Value::Unknown => Vec::new(),
                _ => says_so.map(|(source, _)| self.source(source)).collect(),
            };
            Fact { label: label.to_owned(), value, note: None, sources }
        };
        let mut kind = fact(t.kind, "kind", text(place.kind.map(|kind| self.label(kind))));
        if place.kind_basis == Some(KindBasis::FromName) {
            kind.note = Some(t.from_name.to_owned());
        }
        let names = place.alternative_names.clone();
        let mut facts = vec![fact(t.name, "name", Value::Text(place.name.clone()))];
        if !names.is_empty() {
            facts.push(fact(t.alternative_names, "alternativeNames", Value::List(names)));
        }
        let address = place.address.as_ref().map(|address| address.line(&place.settlement));
        facts.extend([
            kind,
            fact(
                t.status,
                "status",
                if place.status.is_some() { Value::Text(self.status(entry)) } else { Value::Unknown },
            ),
            fact(t.address, "address", text(address)),
            fact(t.settlement, "settlement", Value::Text(place.settlement.clone())),
            fact(t.neighbourhood, "neighbourhood", text(place.neighbourhood.clone())),
            fact(t.location, "location", text(place.location.as_ref().map(|at| self.location(at)))),
            fact(t.facilities, "facilities", self.labels::<FacilityType>(&place.facilities)),
        ]);
        if !place.absent_facilities.is_empty() {
            facts.push(fact(t.absent_facilities, "facilities", self.labels::<FacilityType>(&place.absent_facilities)));
        }
        facts.push(fact(t.activities, "activities", self.labels::<ActivityType>(&place.activities)));
        if !place.absent_activities.is_empty() {
            facts.push(fact(t.absent_activities, "activities", self.labels::<ActivityType>(&place.absent_activities)));
        }
        facts.extend(PLAIN.iter().filter_map(|plain| {
            let value = match (plain.of)(place) {
                Cell::Site(address) => Value::Site(address.to_owned()),
                _ if plain.field == "openingHours" => {
                    text(entry.hours_text(self.language).or_else(|| place.opening_hours.clone()))
                }
                cell => text(cell.told(self.language)),
            };
            // Of a contact only what is known is told: a role without a number lacks nothing.
            let is_told = plain.field != "contact" || plain.name == "contactRole" || !matches!(value, Value::Unknown);
            is_told.then(|| fact(&capitalised(plain.called(self.language)), plain.field, value))
        }));
        facts
    }

    fn location(&self, at: &Location) -> String {
        let number = |degrees: f64| self.language.decimal(degrees, 5);
        let phrase = if at.precision == LocationPrecision::Address {
            self.t.location_at_address
        } else {
            self.t.location_coarse
        };
        phrase
            .replace("{lat}", &number(at.lat))
            .replace("{lon}", &number(at.lon))
            .replace("{radius}", &self.language.about(at.uncertainty_radius_m))
            .replace("{precision}", &self.label(at.precision).to_lowercase())
    }

    fn nearby(&self, place: u32) -> Nearby {
        let entry = self.edition.place(place);
        if entry.rd.is_none() {
            return Nearby::Nowhere;
        }
        if entry.facts.facilities.is_empty() && entry.facts.activities.is_empty() {
            return Nearby::NothingKnown;
        }
        let kindred = self.edition.kindred(place, NEARBY_M);
        let line = |one: &crate::edition::Kindred| {
            let other = &self.edition.place(one.place).facts;
            let distance = self.language.about(one.distance_m);
            let is_sure = entry.facts.is_at_address() && other.is_at_address();
            let facilities = one.facilities.iter().map(|term| self.label(*term));
            NearbyLine {
                slug: other.key.clone(),
                name: other.name.clone(),
                settlement: other.settlement.clone(),
                distance: if is_sure { distance } else { self.t.about.replace("{distance}", &distance) },
                shared: facilities.chain(one.activities.iter().map(|term| self.label(*term))).collect(),
            }
        };
        let shown = kindred.iter().take(NEARBY_SHOWN).map(line).collect();
        Nearby::Places(shown, kindred.len().saturating_sub(NEARBY_SHOWN))
    }
}

/// The place in the words of schema.org: only what is known, a point only where it is that of the building.
fn json_ld(edition: &Edition, entry: &PlaceEntry, language: Language) -> serde_json::Value {
    let place = &entry.facts;
    let told = |vocabulary, value| label(edition, vocabulary, value, language);
    let feature = |name: String, is_there: bool| json!({ "@type": "LocationFeatureSpecification", "name": name, "value": is_there });
    let facilities = |terms: &[FacilityType], is_there: bool| -> Vec<serde_json::Value> {
        terms.iter().map(|term| feature(told(FacilityType::VOCABULARY, term.name()), is_there)).collect()
    };
    let mut features = facilities(&place.facilities, true);
    features.extend(facilities(&place.absent_facilities, false));
    features.extend(place.wheelchair_accessible.map(|is| feature("wheelchair accessible".to_owned(), is)));
    let mut data = json!({
        "@context": "https://schema.org",
        "@type": "CivicStructure",
        // Community centre.
        "additionalType": "https://www.wikidata.org/entity/Q77115",
        "identifier": place.key,
        "name": place.name,
        "containedInPlace": {
            "@type": "AdministrativeArea",
            "name": edition.municipality(entry.municipality).facts.name,
        },
    });
    let mut street = place.address.as_ref().and_then(|address| address.street.clone());
    if let (Some(street), Some(number)) = (&mut street, place.address.as_ref().and_then(|a| a.house_number.as_ref())) {
        *street = format!("{street} {number}");
    }
    let mut address = json!({ "@type": "PostalAddress", "addressLocality": place.settlement, "addressRegion": "Overijssel", "addressCountry": "NL" });
    if let Some(street) = street {
        address["streetAddress"] = json!(street);
    }
    if let Some(postcode) = place.address.as_ref().and_then(|address| address.postcode.as_ref()) {
        address["postalCode"] = json!(postcode);
    }
    data["address"] = address;
    if !place.alternative_names.is_empty() {
        data["alternateName"] = json!(place.alternative_names);
    }
    // "Other" describes nothing.
    let kind = place.kind.filter(|kind| *kind != PlaceKind::Overig);
    let kind = kind.map(|kind| told(PlaceKind::VOCABULARY, kind.name()));
    let is_closed = place.status == Some(PlaceStatus::Closed);
    // schema.org has no property for it: a machine learns that nobody gets in, a reader why.
    if is_closed {
        data["publicAccess"] = json!(false);
    }
    let closed = Words::of(language).is_closed;
    let description = match kind {
        Some(kind) if is_closed => Some(format!("{kind} ({})", closed.to_lowercase())),
        None if is_closed => Some(closed.to_owned()),
        kind => kind,
    };
    if let Some(description) = description {
        data["description"] = json!(description);
    }
    if let Some(at) = place.location.as_ref().filter(|_| place.is_at_address()) {
        data["geo"] = json!({ "@type": "GeoCoordinates", "latitude": at.lat, "longitude": at.lon });
    }
    if let Some(contact) = &place.contact {
        let mut point = json!({ "@type": "ContactPoint", "contactType": contact.role });
        for (name, text) in [("email", &contact.email), ("telephone", &contact.phone), ("url", &contact.url)] {
            if let Some(text) = text {
                point[name] = json!(text);
            }
        }
        data["contactPoint"] = point;
    }
    if let Some(hours) = place.opening_hours.as_deref().and_then(opening::for_machines).filter(|_| !is_closed) {
        data["openingHours"] = json!(hours);
    }
    if let Some(website) = &place.website {
        data["url"] = json!(website);
    }
    if let Some(year) = place.founded_year {
        data["foundingDate"] = json!(year.to_string());
    }
    if !features.is_empty() {
        data["amenityFeature"] = json!(features);
    }
    data
}
