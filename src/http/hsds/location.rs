//! Locations: our places.

use serde_json::{Value as Json, json};

use super::{id::Of, terms::Attributes};
use crate::{
    calendar::hours,
    edition::Edition,
    model::{ContactPoint, Language, Location, Place, vocabulary::LocationPrecision},
};

/// A place; `is_full` with what is known beside name and point.
pub(super) fn of(edition: &Edition, index: u32, is_full: bool) -> Json {
    let entry = edition.place(index);
    let facts = &entry.facts;
    let id = Of::Location(&facts.key).id();
    let alternative = Some(facts.alternative_names.join("; ")).filter(|names| !names.is_empty());
    let mut location = json!({
        "id": id,
        "location_type": "physical",
        "name": facts.name,
        "alternate_name": alternative,
        "description": facts.location.as_ref().and_then(coarse),
        "latitude": facts.location.as_ref().map(|at| at.lat),
        "longitude": facts.location.as_ref().map(|at| at.lon),
        "external_identifier": facts.key,
        "external_identifier_type": "noaber",
    });
    if !is_full {
        return location;
    }
    location["addresses"] = json!(address(facts).into_iter().collect::<Vec<_>>());
    location["accessibility"] = json!(
        facts
            .wheelchair_accessible
            .map(|is| {
                let description = if is { "rolstoeltoegankelijk" } else { "niet rolstoeltoegankelijk" };
                json!({ "id": Of::Part(id, "accessibility", description).id(), "location_id": id, "description": description })
            })
            .into_iter()
            .collect::<Vec<_>>()
    );
    let hours = facts.opening_hours.as_deref().map(|text| {
        let told = entry.hours.as_ref().and_then(|hours| hours.text(hours::Language::Dutch));
        json!({
            "id": Of::Part(id, "schedule", text).id(),
            "location_id": id,
            "description": told.as_deref().unwrap_or(text),
            "notes": format!("opening_hours={text}"),
        })
    });
    location["schedules"] = json!(hours.into_iter().collect::<Vec<_>>());
    if let Some(contact) = &facts.contact {
        (location["contacts"], location["phones"]) = contacts(id, "location_id", contact);
    }
    let mut attributes = Attributes::of("location", id);
    attributes.terms("kind", facts.kind);
    attributes.terms("facilities", facts.facilities.iter().copied());
    attributes.say("municipality", Some(&edition.municipality(entry.municipality).facts.name));
    attributes.say("settlement", Some(&facts.settlement));
    attributes.say("website", facts.website.as_ref());
    let sources = edition.sources_of(index).map(|(source, _)| source.id.as_str());
    attributes.provenance(edition, edition.layers_of([index]), sources);
    location["attributes"] = json!(attributes.all());
    location
}

/// That a point is not that of the building, in a sentence.
fn coarse(at: &Location) -> Option<String> {
    let metres = Language::Nl.decimal(at.uncertainty_radius_m, 0);
    (at.precision != LocationPrecision::Address && at.uncertainty_radius_m > 0.0)
        .then(|| format!("Het adres is niet bekend: de plek kan {metres} meter van dit punt liggen."))
}

/// An address that is known whole: HSDS has no other.
fn address(place: &Place) -> Option<Json> {
    let address = place.address.as_ref()?;
    let street = address.street.as_ref()?;
    let line = address.house_number.as_ref().map_or(street.clone(), |number| format!("{street} {number}"));
    let id = Of::Location(&place.key).id();
    Some(json!({
        "id": Of::Part(id, "address", &line).id(),
        "location_id": id,
        "address_1": line,
        "city": place.settlement,
        "state_province": "Overijssel",
        "postal_code": address.postcode.as_ref()?,
        "country": "NL",
        "address_type": "physical",
    }))
}

/// Where to ask: a role, never a person.
pub(super) fn contacts(of: uuid::Uuid, link: &str, contact: &ContactPoint) -> (Json, Json) {
    let mailbox = contact.email.as_ref().map(|email| {
        json!({
            "id": Of::Part(of, "contact", email).id(),
            link: of,
            "title": contact.role,
            "department": contact.organisation,
            "email": email,
        })
    });
    let phone = contact.phone.as_ref().map(|number| {
        json!({ "id": Of::Part(of, "phone", number).id(), link: of, "number": number, "type": "voice", "description": contact.role })
    });
    (json!(mailbox.into_iter().collect::<Vec<_>>()), json!(phone.into_iter().collect::<Vec<_>>()))
}
