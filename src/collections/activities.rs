//! What is held at places, a row for each activity.
//!
//! `/activities.csv` has a row for each rule instead, in the columns that an import reads.

use super::{
    collection::{Collection, Geometry, Shape},
    column::{Kind, Role},
    common::{self, Of},
    value::Value,
};
use crate::{
    calendar::recurrence,
    edition::{ActivityEntry, Edition, NodeId},
    model::{Activity, Layer, Place, Source, vocabulary},
    spatial::Wgs84,
};

fn entry(edition: &Edition, activity: u32) -> &ActivityEntry {
    edition.activity(activity)
}

fn facts(edition: &Edition, activity: u32) -> &Activity {
    &entry(edition, activity).facts
}

fn place(edition: &Edition, activity: u32) -> &Place {
    &edition.place(entry(edition, activity).place).facts
}

fn point(edition: &Edition, activity: u32) -> Option<Wgs84> {
    place(edition, activity).location.as_ref().map(|at| Wgs84 { lon: at.lon, lat: at.lat })
}

fn layers(edition: &Edition, activity: u32) -> Vec<&Layer> {
    edition.layers_of_activities([activity])
}

fn sources(edition: &Edition, activity: u32) -> Vec<(&Source, &[String])> {
    common::sources_named(edition, &entry(edition, activity).sources)
}

/// Activities with what is known of them, each at the point of its place.
pub(super) fn collection() -> Collection {
    let mut columns = vec![common::id(|edition, activity| entry(edition, activity).id().to_string())];
    columns.push(common::slug(|edition, activity| &facts(edition, activity).key));
    columns.extend(what());
    columns.extend(where_it_is());
    columns.extend(common::municipality(|edition, activity| {
        let place = edition.place(entry(edition, activity).place);
        Some(&edition.municipality(place.municipality).facts)
    }));
    columns.extend(common::coordinates(point));
    columns.extend(when());
    columns.extend(for_whom());
    columns.extend(common::contact(|edition, activity| facts(edition, activity).contact.as_ref()));
    columns.extend(last());
    columns.extend(common::provenance(sources, layers));
    Collection {
        name: "activities",
        title: ["Activiteiten", "Activities"].into(),
        description: [
            "Wat er op ontmoetingsplekken te doen is, en wanneer; op het punt van de plek.",
            "What is on at meeting places, and when; at the point of the place.",
        ]
        .into(),
        shape: Some(Shape::Point),
        columns,
        rows: |edition| edition.activities().len(),
        listed: |edition| {
            let is_held = |activity: &u32| facts(edition, *activity).status != Some(vocabulary::PlaceStatus::Closed);
            common::all(edition.activities().len()).into_iter().filter(is_held).collect()
        },
        geometry: |edition, activity| point(edition, activity).map(Geometry::Point),
        layers,
        sources,
    }
}

fn what() -> [Of; 4] {
    [
        Of::new(
            "name",
            Kind::Text,
            ["naam", "name"],
            ["zoals de bron haar noemt", "as its source calls it"],
            |edition, activity| Value::text(&facts(edition, activity).name),
        ),
        Of::new(
            "type",
            Kind::term::<vocabulary::ActivityType>(),
            ["soort", "type"],
            ["soort activiteit, in de woorden van het onderzoek", "type of activity, in the words of the report"],
            |edition, activity| Value::term(facts(edition, activity).activity_type),
        ),
        Of::of(
            (Role::Label, "typeLabel", Kind::Words),
            ["soort in woorden", "type in words"],
            ["de soort in woorden", "the type in words"],
            |edition, activity| Value::label(facts(edition, activity).activity_type),
        ),
        Of::new(
            "status",
            Kind::term::<vocabulary::PlaceStatus>(),
            ["status", "status"],
            [
                "open, gepland (begint nog) of gesloten (afgelopen)",
                "open, planned (yet to begin) or closed (has ended)",
            ],
            |edition, activity| Value::term(facts(edition, activity).status),
        ),
    ]
}

fn where_it_is() -> [Of; 3] {
    [
        Of::new(
            "placeId",
            Kind::Text,
            ["plek-id", "place id"],
            ["id van de plek", "id of the place"],
            |edition, activity| Value::made(NodeId::Place(place(edition, activity).key.clone()).to_string()),
        ),
        Of::new(
            "placeName",
            Kind::Text,
            ["plek", "place"],
            ["naam van de plek", "name of the place"],
            |edition, activity| Value::text(&place(edition, activity).name),
        ),
        Of::new(
            "settlement",
            Kind::Text,
            ["plaats", "settlement"],
            ["dorp of stad van de plek", "village or town of the place"],
            |edition, activity| Value::text(&place(edition, activity).settlement),
        ),
    ]
}

fn when() -> [Of; 2] {
    [
        Of::new(
            "when",
            Kind::Words,
            ["wanneer", "when"],
            ["in woorden; leeg: niet bekend", "in words; empty: not known"],
            {
                |edition, activity| {
                    let rules = &entry(edition, activity).schedule;
                    let told =
                        |language| rules.iter().map(|(_, rule)| rule.text(language)).collect::<Vec<_>>().join("; ");
                    if rules.is_empty() {
                        return Value::Unknown;
                    }
                    let languages = [recurrence::Language::Dutch, recurrence::Language::English];
                    Value::Words(languages.map(|language| told(language).into()))
                }
            },
        ),
        Of::new(
            "rrule",
            Kind::Texts,
            ["herhaling", "recurrence rule"],
            ["regels van RFC 5545, zoals FREQ=WEEKLY;BYDAY=TU", "rules of RFC 5545, such as FREQ=WEEKLY;BYDAY=TU"],
            |edition, activity| Value::texts(entry(edition, activity).schedule.iter().map(|(told, _)| &told.rrule)),
        ),
    ]
}

fn for_whom() -> [Of; 8] {
    [
        Of::new(
            "audiences",
            Kind::terms::<vocabulary::Audience>(),
            ["doelgroepen", "audiences"],
            ["voor wie; leeg: niet bekend", "for whom; empty: not known"],
            |edition, activity| Value::terms(&facts(edition, activity).audiences),
        ),
        Of::new(
            "minAge",
            Kind::Integer,
            ["vanaf leeftijd", "from age"],
            ["jaren, die leeftijd meegerekend", "years, that age included"],
            |edition, activity| Value::integer(facts(edition, activity).min_age),
        ),
        Of::new(
            "maxAge",
            Kind::Integer,
            ["tot en met leeftijd", "up to age"],
            ["jaren, die leeftijd meegerekend", "years, that age included"],
            |edition, activity| Value::integer(facts(edition, activity).max_age),
        ),
        Of::new(
            "free",
            Kind::Boolean,
            ["gratis", "free"],
            ["of het niets kost", "whether it costs nothing"],
            |edition, activity| Value::is(facts(edition, activity).free),
        ),
        Of::new(
            "cost",
            Kind::Text,
            ["kosten", "cost"],
            ["in de woorden van de bron", "in the words of the source"],
            |edition, activity| Value::text(facts(edition, activity).cost.as_ref()),
        ),
        Of::new(
            "registrationRequired",
            Kind::Boolean,
            ["aanmelden nodig", "registration required"],
            ["of je je moet aanmelden", "whether one has to register"],
            |edition, activity| Value::is(facts(edition, activity).registration_required),
        ),
        Of::new(
            "referralRequired",
            Kind::Boolean,
            ["verwijzing nodig", "referral required"],
            ["of je een verwijzing nodig hebt", "whether one has to be referred"],
            |edition, activity| Value::is(facts(edition, activity).referral_required),
        ),
        Of::new(
            "organiser",
            Kind::Text,
            ["organisator", "organiser"],
            ["de organisatie, nooit een persoon", "the organisation, never a person"],
            |edition, activity| Value::text(facts(edition, activity).organiser.as_ref()),
        ),
    ]
}

fn last() -> [Of; 3] {
    [
        Of::new(
            "website",
            Kind::Url,
            ["website", "website"],
            ["pagina over de activiteit", "a page about it"],
            |edition, activity| Value::url(facts(edition, activity).website.as_ref()),
        ),
        Of::new(
            "lastConfirmed",
            Kind::PartialDate,
            ["laatst bevestigd", "last confirmed"],
            ["de dag waarop de bron het zei", "the day on which the source said so"],
            |edition, activity| Value::partial_date(facts(edition, activity).stated.as_ref()),
        ),
        Of::new(
            "updatedAt",
            Kind::DateTime,
            ["bijgewerkt", "updated"],
            ["wanneer een feit hier voor het laatst veranderde", "when a fact last changed in this data"],
            |edition, activity| Value::DateTime(facts(edition, activity).updated_at),
        ),
    ]
}
