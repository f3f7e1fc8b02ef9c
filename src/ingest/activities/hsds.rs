//! A social directory's export: services of HSDS 3 (Human Services Data Specification) as JSON, a list of them or a page with `contents`.
//!
//! A service is an activity at each location that it has; of a service without a schedule it is not known when. Persons (`contacts`) are not read.

mod attributes;
mod schedule;

use std::sync::Arc;

use chrono::NaiveDate;
use serde::Deserialize;

use self::{attributes::Attribute, schedule::Schedule};
use super::draft::{self, Draft, PlaceSaid, finding};
use crate::{
    claims::At,
    findings::{Report, Rule, personal_data},
    ingest::{
        places::{column::Lexicon, contact},
        tabular::{cell, stated::Stated},
    },
    model::{Address, ContactPoint, vocabulary::PlaceStatus},
};

/// Services, in any of the shapes in which they are sent.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Services {
    Page { contents: Vec<serde_json::Value> },
    List(Vec<serde_json::Value>),
    One(serde_json::Value),
}

#[derive(Deserialize)]
struct Service {
    name: Option<String>,
    url: Option<String>,
    email: Option<String>,
    status: Option<String>,
    fees_description: Option<String>,
    application_process: Option<String>,
    minimum_age: Option<f64>,
    maximum_age: Option<f64>,
    last_modified: Option<String>,
    assured_date: Option<String>,
    organization: Option<Organization>,
    #[serde(default)]
    schedules: Vec<Schedule>,
    #[serde(default)]
    phones: Vec<Phone>,
    #[serde(default)]
    cost_options: Vec<Cost>,
    #[serde(default)]
    service_at_locations: Vec<AtLocation>,
    #[serde(default)]
    attributes: Vec<Attribute>,
}

#[derive(Deserialize)]
struct Organization {
    name: Option<String>,
}

#[derive(Deserialize)]
struct Phone {
    number: Option<String>,
}

#[derive(Deserialize)]
struct Cost {
    amount: Option<f64>,
    currency: Option<String>,
    option: Option<String>,
}

#[derive(Deserialize)]
struct AtLocation {
    location: Option<Location>,
    #[serde(default)]
    schedules: Vec<Schedule>,
}

#[derive(Deserialize)]
struct Location {
    name: Option<String>,
    #[serde(default)]
    addresses: Vec<LocationAddress>,
    #[serde(default)]
    external_identifiers: Vec<Identifier>,
    /// As it was before 3.1.
    external_identifier: Option<String>,
}

#[derive(Deserialize)]
struct Identifier {
    identifier: Option<String>,
}

#[derive(Deserialize)]
struct LocationAddress {
    address_1: Option<String>,
    city: Option<String>,
    postal_code: Option<String>,
}

/// What a file has, with how many services could not be read.
pub(super) struct Read {
    pub(super) drafts: Vec<Draft>,
    pub(super) records: usize,
    pub(super) refused: usize,
}

/// Whether an object is a service of HSDS, or a page of them.
pub(super) fn is_services(services: &Services) -> bool {
    let is_service = |value: &serde_json::Value| {
        ["service_at_locations", "schedules", "organization_id", "organization", "taxonomy_terms", "attributes"]
            .iter()
            .any(|name| value.get(name).is_some())
            && value.get("type").is_none_or(|kind| kind != "Feature")
    };
    match services {
        Services::Page { .. } => true,
        Services::List(all) => all.first().is_some_and(is_service),
        Services::One(one) => is_service(one),
    }
}

/// Reads services; `place` is that of those that do not say where they are.
pub(super) fn read(
    services: Services,
    file: &Arc<str>,
    place: Option<&str>,
    lexicon: &Lexicon,
    report: &mut Report,
) -> Read {
    let all = match services {
        Services::Page { contents } | Services::List(contents) => contents,
        Services::One(one) => vec![one],
    };
    let mut read = Read { drafts: Vec::new(), records: 0, refused: 0 };
    for (number, value) in (1u32..).zip(all) {
        read.records += 1;
        let at = At { file: file.clone(), sheet: None, row: number };
        let said = value.get("name").and_then(|name| name.as_str()).unwrap_or_default().to_owned();
        let service: Service = match serde_json::from_value(value) {
            Ok(service) => service,
            Err(_) => {
                report.add(finding(&at, Rule::ServiceShape, &said, Vec::new()));
                read.refused += 1;
                continue;
            }
        };
        let drafts = service.drafts(&at, place, lexicon, report);
        read.refused += usize::from(drafts.is_empty());
        read.drafts.extend(drafts);
    }
    read
}

impl Service {
    fn drafts(&self, at: &At, place: Option<&str>, lexicon: &Lexicon, report: &mut Report) -> Vec<Draft> {
        let name = self.name.as_deref().map(cell::normalised).filter(|name| !name.is_empty());
        let Some(name) = name else {
            report.add(finding(at, Rule::ActivityWithoutName, "", Vec::new()));
            return Vec::new();
        };
        if name.chars().count() > 200 {
            report.add(finding(at, Rule::ServiceTextTooLong, &name, Vec::new()));
            return Vec::new();
        }
        let name = match cell::clean(&name) {
            Ok((name, _)) if !personal_data::names_person(&name) => name,
            Ok((name, _)) => {
                report.add(finding(at, Rule::PersonNamed, &name, Vec::new()));
                return Vec::new();
            }
            Err((rule, details)) => {
                report.add(finding(at, rule, &name, details));
                return Vec::new();
            }
        };
        let mut tell = |rule: Rule, value: &str| report.add(finding(at, rule, value, Vec::new()));
        let mut activity = draft::named(name.clone());
        activity.activity_type = draft::type_of(&name);
        activity.status = match self.status.as_deref() {
            Some("inactive" | "defunct" | "temporarily closed") => Some(PlaceStatus::Closed),
            Some("active") => Some(PlaceStatus::Open),
            _ => None,
        };
        let age = |age: Option<f64>| age.filter(|age| (0.0..=120.0).contains(age)).map(|age| age as i32);
        (activity.min_age, activity.max_age) = match (age(self.minimum_age), age(self.maximum_age)) {
            (Some(least), Some(most)) if most < least => {
                tell(Rule::ServiceAges, &name);
                (None, None)
            }
            ages => ages,
        };
        (activity.free, activity.cost) = self.cost(&mut tell);
        activity.registration_required = self.application_process.as_deref().and_then(|text| {
            let text = text.to_lowercase();
            ["geen aanmelding", "niet nodig", "no registration", "walk-in", "vrije inloop"]
                .iter()
                .any(|words| text.contains(words))
                .then_some(false)
        });
        attributes::take(&self.attributes, &mut activity);
        activity.organiser = self.organization.as_ref().and_then(|of| of.name.as_deref()).and_then(|name| {
            match contact::role(&cell::normalised(name)) {
                Ok(name) if name.chars().count() <= 200 => Some(name),
                Ok(name) => {
                    tell(Rule::ServiceTextTooLong, &name);
                    None
                }
                Err((Rule::PersonInsteadOfRole, _)) => {
                    tell(Rule::PersonInsteadOfOrganisation, name);
                    None
                }
                Err((rule, _)) => {
                    tell(rule, name);
                    None
                }
            }
        });
        let email = self.email.as_deref().and_then(|text| {
            let found = contact::mailbox(text, lexicon);
            found.map_err(|(rule, _)| tell(rule, "…")).ok()
        });
        let phone = self.phones.iter().filter_map(|phone| phone.number.as_deref()).find_map(|number| {
            let found = contact::phone(number);
            found.map_err(|(rule, _)| tell(rule, "…")).ok()
        });
        activity.contact = (email.is_some() || phone.is_some()).then(|| ContactPoint {
            role: ContactPoint::GENERAL.to_owned(),
            organisation: None,
            url: None,
            email,
            phone,
        });
        activity.website = self
            .url
            .as_deref()
            .and_then(|text| cell::page(text.trim()).map_err(|rule| tell(rule, text)).ok().map(|(url, _)| url));
        let stated = [&self.assured_date, &self.last_modified].into_iter().flatten().find_map(|text| day(text));
        let stated = stated.filter(|day| *day <= lexicon.today).map_or(Stated::Unsaid, Stated::On);
        let draft = |place: PlaceSaid, schedules: &[Schedule], report: &mut Report| {
            let mut activity = activity.clone();
            for schedule in schedules {
                match schedule.read() {
                    Ok(schedule) if !activity.schedule.contains(&schedule) => activity.schedule.push(schedule),
                    Ok(_) => {}
                    Err(rule) => report.add(finding(at, rule, &activity.name, Vec::new())),
                }
            }
            Draft { at: at.clone(), place, activity, stated }
        };
        let places: Vec<(PlaceSaid, &[Schedule])> = self
            .service_at_locations
            .iter()
            .filter_map(|at| {
                Some((
                    at.location.as_ref()?.place(),
                    if at.schedules.is_empty() { self.schedules.as_slice() } else { at.schedules.as_slice() },
                ))
            })
            .collect();
        match (places.is_empty(), place) {
            (true, Some(key)) => {
                let place = PlaceSaid { key: Some(key.to_owned()), ..PlaceSaid::default() };
                vec![draft(place, &self.schedules, report)]
            }
            (true, None) => {
                report.add(finding(at, Rule::ActivityWithoutPlace, &name, Vec::new()));
                Vec::new()
            }
            (false, _) => places.into_iter().map(|(place, schedules)| draft(place, schedules, report)).collect(),
        }
    }

    fn cost(&self, tell: &mut impl FnMut(Rule, &str)) -> (Option<bool>, Option<String>) {
        if let Some(text) = self.fees_description.as_deref().map(cell::normalised).filter(|text| !text.is_empty()) {
            return match cell::clean(&text) {
                Ok((text, _)) if personal_data::names_person(&text) => {
                    tell(Rule::PersonNamed, &text);
                    (None, None)
                }
                Ok((text, _)) if text.chars().count() > 200 => {
                    tell(Rule::ServiceTextTooLong, &text);
                    (None, None)
                }
                Ok((text, _)) => super::row::cost(&text),
                Err((rule, _)) => {
                    tell(rule, &text);
                    (None, None)
                }
            };
        }
        let costs: Vec<(f64, &str)> = self
            .cost_options
            .iter()
            .filter(|cost| cost.currency.as_deref().is_none_or(|currency| currency.eq_ignore_ascii_case("EUR")))
            .filter_map(|cost| {
                Some((
                    cost.amount.filter(|amount| (0.0..10_000.0).contains(amount))?,
                    cost.option.as_deref().unwrap_or_default(),
                ))
            })
            .collect();
        if costs.is_empty() {
            return (None, None);
        }
        if costs.iter().all(|(amount, _)| *amount == 0.0) {
            return (Some(true), None);
        }
        let told = costs.iter().map(|(amount, option)| {
            let amount = format!("€ {amount:.2}").replace('.', ",");
            let option = cell::normalised(option);
            let is_told = !option.is_empty()
                && option.chars().count() <= 60
                && cell::clean(&option).is_ok()
                && !personal_data::names_person(&option);
            if is_told { format!("{amount} ({option})") } else { amount }
        });
        let is_free_for_some = costs.iter().any(|(amount, _)| *amount == 0.0);
        (
            Some(false).filter(|_| !is_free_for_some),
            Some(told.collect::<Vec<_>>().join(", ")).filter(|text| text.chars().count() <= 200),
        )
    }
}

impl Location {
    fn place(&self) -> PlaceSaid {
        let text = |text: &Option<String>| {
            text.as_deref().map(cell::normalised).filter(|text| !text.is_empty() && text.chars().count() <= 200)
        };
        let address = self.addresses.first();
        let city = address.and_then(|address| text(&address.city));
        let said = address.map(|address| {
            let line = text(&address.address_1);
            let split = line.as_deref().and_then(|line| line.rsplit_once(' '));
            let numbered =
                split.and_then(|(street, number)| Some((street.to_owned(), cell::house_number(number).ok()?)));
            let (street, house_number) = match numbered {
                Some((street, number)) => (Some(street), Some(number)),
                None => (line, None),
            };
            let postcode = text(&address.postal_code).and_then(|text| cell::postcode(&text));
            Address { street, house_number, postcode }
        });
        let is_said = |address: &Address| {
            address.street.is_some() || address.house_number.is_some() || address.postcode.is_some()
        };
        PlaceSaid {
            key: self
                .external_identifiers
                .iter()
                .map(|known| &known.identifier)
                .chain([&self.external_identifier])
                .find_map(text),
            name: text(&self.name),
            municipality: None,
            settlement: city,
            address: said.filter(is_said),
        }
    }
}

/// The day of a date or moment.
fn day(text: &str) -> Option<NaiveDate> {
    cell::date(text.trim())
}
