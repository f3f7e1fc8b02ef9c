//! Services: our activities, each at one location.

use serde_json::{Value as Json, json};

use super::{
    id::Of,
    location::{self, contacts},
    organization, schedule,
    terms::Attributes,
};
use crate::{
    edition::{ActivityEntry, Edition},
    model::{
        Activity, Language, Last,
        vocabulary::{PlaceStatus, Term as _},
    },
};

/// An activity; `is_full` with where and when it is held.
pub(super) fn of(edition: &Edition, index: u32, is_full: bool) -> Json {
    let entry = edition.activity(index);
    let facts = &entry.facts;
    let mut service = alone(facts);
    if !is_full {
        return service;
    }
    let id = Of::Service(&facts.key).id();
    service["service_at_locations"] = json!([at_location(edition, index, true, false)]);
    if let Some(contact) = &facts.contact {
        (service["contacts"], service["phones"]) = contacts(id, "service_id", contact);
    }
    service["attributes"] = json!(attributes(edition, index, entry).all());
    service
}

/// An activity at its place; `is_full` with when it is held, `with_service` with what it is.
pub(super) fn at_location(edition: &Edition, index: u32, is_full: bool, with_service: bool) -> Json {
    let entry = edition.activity(index);
    let facts = &entry.facts;
    let id = Of::AtLocation(&facts.key).id();
    let mut at = json!({
        "id": id,
        "service_id": Of::Service(&facts.key).id(),
        "location_id": Of::Location(&facts.place).id(),
        "location": location::of(edition, entry.place, is_full),
    });
    if with_service {
        at["service"] = of(edition, index, false);
    }
    if is_full {
        at["schedules"] = entry.schedule.iter().map(|(told, rule)| schedule::of(id, told, rule)).collect();
        at["attributes"] = json!(attributes(edition, index, entry).all());
    }
    at
}

/// What is known of an activity itself.
fn alone(facts: &Activity) -> Json {
    // HSDS has no word for "not known": an attribute says so.
    let status = match facts.status {
        Some(PlaceStatus::Closed) => "defunct",
        Some(PlaceStatus::Planned) => "inactive",
        Some(PlaceStatus::Open) | None => "active",
    };
    let registration =
        facts.registration_required.map(|is| if is { "Aanmelden nodig" } else { "Aanmelden niet nodig" });
    let free = facts.free.filter(|_| facts.cost.is_none());
    json!({
        "id": Of::Service(&facts.key).id(),
        "organization_id": facts.organiser.as_ref().map(|name| Of::Organization(name).id()),
        "organization": facts.organiser.as_ref().map(|name| organization::named(name)),
        "name": facts.name,
        "url": facts.website,
        "email": facts.contact.as_ref().and_then(|contact| contact.email.as_ref()),
        "status": status,
        "application_process": registration,
        "fees_description": facts.cost.as_deref().or(free.and_then(|is_free| is_free.then_some("Gratis"))),
        "eligibility_description": eligibility(facts),
        "minimum_age": facts.min_age,
        "maximum_age": facts.max_age,
        // A day, or nothing: of a month or year HSDS does not know.
        "assured_date": facts.stated.as_ref().map(|day| day.as_str()).filter(|day| day.len() == 10),
        "last_modified": facts.updated_at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
    })
}

/// For whom it is, in a sentence.
fn eligibility(facts: &Activity) -> Option<String> {
    let labels = facts.audiences.iter().filter_map(|audience| audience.label());
    let labels: Vec<String> = labels.map(|label| label.label_nl.to_lowercase()).collect();
    let audiences = (!labels.is_empty()).then(|| format!("Voor {}.", Language::Nl.list(&labels, Last::And)));
    let referral = facts.referral_required.map(|is| if is { "Verwijzing nodig." } else { "Geen verwijzing nodig." });
    let told: Vec<String> = audiences.into_iter().chain(referral.map(str::to_owned)).collect();
    (!told.is_empty()).then(|| told.join(" "))
}

fn attributes(edition: &Edition, index: u32, entry: &ActivityEntry) -> Attributes {
    let facts = &entry.facts;
    let mut attributes = Attributes::of("service", Of::Service(&facts.key).id());
    attributes.terms("activityType", facts.activity_type);
    attributes.terms("audiences", facts.audiences.iter().copied());
    attributes.say("status", Some(facts.status.map_or("not known", |status| status.name())));
    attributes.say("free", facts.free);
    attributes.say("registrationRequired", facts.registration_required);
    attributes.say("referralRequired", facts.referral_required);
    let sources = entry.sources.iter().map(String::as_str);
    attributes.provenance(edition, edition.layers_of_activities([index]), sources);
    attributes
}

/// The terms of an activity, as ids.
pub(super) fn has_term(edition: &Edition, index: u32, term: uuid::Uuid) -> bool {
    let facts = &edition.activity(index).facts;
    let of_type = facts.activity_type.iter().map(|term| Of::Term("ActivityType", term.name()).id());
    let of_audiences = facts.audiences.iter().map(|term| Of::Term("Audience", term.name()).id());
    of_type.chain(of_audiences).any(|id| id == term)
}

/// Whether one of its terms is of that taxonomy.
pub(super) fn has_term_of(edition: &Edition, index: u32, taxonomy: uuid::Uuid) -> bool {
    let facts = &edition.activity(index).facts;
    facts.activity_type.is_some() && taxonomy == Of::Taxonomy("ActivityType").id()
        || !facts.audiences.is_empty() && taxonomy == Of::Taxonomy("Audience").id()
}
