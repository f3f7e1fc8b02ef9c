//! What municipalities decided on meeting places: the decisions, the grounds on which they stand, and the documents.

use super::{
    collection::Collection,
    column::{Kind, Role},
    common::{self, Of},
    value::Value,
};
use crate::{
    edition::{Edition, NodeId, Policy},
    model::{
        Layer, Municipality, PolicyDocument, PolicyStatus, Source, Themed,
        vocabulary::{
            AmbitionStatus, ContactMoment, FinancialSupport, OtherSupport, PolicyDocumentKind, PolicyStance,
            PolicyTheme, VisionStatus,
        },
    },
};

fn municipality(edition: &Edition, row: u32) -> &Municipality {
    &edition.municipality(row).facts
}

fn policy(edition: &Edition, row: u32) -> &Policy {
    &edition.municipality(row).policy
}

/// The layers of the documents of a municipality.
fn layers_of_policy(edition: &Edition, row: u32) -> Vec<&Layer> {
    let policy = policy(edition, row);
    let documents = policy.documents.iter().map(|index| &edition.document(*index).source);
    let stated = policy.grounds.iter().filter_map(|(status, _)| status.stated_by.as_ref());
    let mut layers = common::layers_of_sources(edition, documents.chain(stated));
    if layers.is_empty() {
        layers = common::layers_named(edition, &["policy"]);
    }
    layers
}

/// A row for each municipality, with a column for each theme.
pub(super) fn policies() -> Collection {
    let mut columns =
        vec![common::id(|edition, row| NodeId::Municipality(municipality(edition, row).code.clone()).to_string())];
    columns.extend(common::municipality(|edition, row| Some(municipality(edition, row))));
    columns.extend([
        Of::new(
            "vision",
            Kind::term::<VisionStatus>(),
            ["visie of beleid", "vision or policy"],
            ["leeg: niet bekend uit een openbare bron", "empty: not known from a public source"],
            |edition, row| Value::term(policy(edition, row).vision),
        ),
        Of::new(
            "financialSupport",
            Kind::terms::<FinancialSupport>(),
            ["financiële ondersteuning", "financial support"],
            ["die stukken laten zien; er kan meer zijn", "that documents show; there may be more"],
            |edition, row| policy(edition, row).financial_support.as_deref().map_or(Value::Unknown, Value::terms),
        ),
        Of::new(
            "otherSupport",
            Kind::terms::<OtherSupport>(),
            ["andere ondersteuning", "other support"],
            ["die stukken laten zien; er kan meer zijn", "that documents show; there may be more"],
            |edition, row| policy(edition, row).other_support.as_deref().map_or(Value::Unknown, Value::terms),
        ),
        Of::new(
            "ambition",
            Kind::term::<AmbitionStatus>(),
            ["ambitie", "ambition"],
            ["leeg: niet bekend uit een openbare bron", "empty: not known from a public source"],
            |edition, row| Value::term(policy(edition, row).ambition),
        ),
        Of::new(
            "contactMoment",
            Kind::term::<ContactMoment>(),
            ["contactmoment", "contact moment"],
            [
                "terugkerend contact met de plekken; leeg: niet bekend",
                "recurring contact with the places; empty: not known",
            ],
            |edition, row| Value::term(policy(edition, row).contact_moment),
        ),
        Of::new(
            "documentCount",
            Kind::Integer,
            ["bekende stukken", "known documents"],
            ["hoeveel beleidsstukken er bekend zijn", "how many policy documents are known"],
            |edition, row| Value::count(policy(edition, row).documents.len() as u64),
        ),
    ]);
    columns.extend(common::provenance(sources_of_policy, layers_of_policy));
    Collection {
        name: "policies",
        title: ["Beleid per gemeente", "Policy by municipality"].into(),
        description: [
            "Wat elke gemeente over ontmoetingsplekken besloot, per thema; leeg is niet bekend, niet: geen beleid.",
            "What each municipality decided on meeting places, by theme; empty is not known, not: no policy.",
        ]
        .into(),
        shape: None,
        columns,
        rows: |edition| edition.municipalities().len(),
        listed: |edition| common::all(edition.municipalities().len()),
        geometry: |_, _| None,
        layers: layers_of_policy,
        sources: sources_of_policy,
    }
}

/// The sources of the documents on which the decisions of a municipality stand.
fn sources_of_policy(edition: &Edition, row: u32) -> Vec<(&Source, &[String])> {
    let mut ids: Vec<&String> = Vec::new();
    for (_, document) in &policy(edition, row).basis {
        let id = &edition.document(*document).source;
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    common::sources_named(edition, ids)
}

/// A decision and its ground.
#[derive(Clone, Copy)]
struct Ground<'a> {
    municipality: &'a Municipality,
    status: &'a PolicyStatus,
    document: &'a PolicyDocument,
}

fn grounds_of(edition: &Edition) -> impl Iterator<Item = Ground<'_>> {
    edition.municipalities().iter().flat_map(move |entry| {
        entry.policy.grounds.iter().map(move |(status, document)| Ground {
            municipality: &entry.facts,
            status,
            document: edition.document(*document),
        })
    })
}

/// Some hundred at most.
fn ground(edition: &Edition, row: u32) -> Option<Ground<'_>> {
    grounds_of(edition).nth(row as usize)
}

fn of<'a>(edition: &'a Edition, row: u32, read: fn(Ground<'a>) -> Value<'a>) -> Value<'a> {
    ground(edition, row).map_or(Value::Unknown, read)
}

fn label(status: Themed) -> Value<'static> {
    match status {
        Themed::Vision(value) => Value::label(Some(value)),
        Themed::FinancialSupport(value) => Value::label(Some(value)),
        Themed::OtherSupport(value) => Value::label(Some(value)),
        Themed::Ambition(value) => Value::label(Some(value)),
        Themed::ContactMoment(value) => Value::label(Some(value)),
    }
}

fn sources_of_ground(edition: &Edition, row: u32) -> Vec<(&Source, &[String])> {
    let of = ground(edition, row);
    let ids = of.iter().flat_map(|of| [Some(&of.document.source), of.status.stated_by.as_ref()]).flatten();
    common::sources_named(edition, ids)
}

fn layers_of_ground(edition: &Edition, row: u32) -> Vec<&Layer> {
    common::layers_of_sources(edition, sources_of_ground(edition, row).into_iter().map(|(source, _)| &source.id))
}

/// A row for each decision and the document that shows it.
pub(super) fn grounds() -> Collection {
    let mut columns = vec![common::id(|edition, row| {
        ground(edition, row).map_or_else(String::new, |of| {
            let status = of.status.status;
            let theme = crate::model::vocabulary::Term::name(status.theme());
            format!("{}:{theme}:{}:{}", of.municipality.code, status.value(), of.document.key)
        })
    })];
    columns.extend(common::municipality(|edition, row| ground(edition, row).map(|of| of.municipality)));
    columns.extend([
        Of::new(
            "theme",
            Kind::term::<PolicyTheme>(),
            ["thema", "theme"],
            ["thema van het beleid", "theme of the policy"],
            |edition, row| of(edition, row, |ground| Value::term(Some(ground.status.status.theme()))),
        ),
        Of::new(
            "status",
            Kind::Text,
            ["stand (code)", "status (code)"],
            ["waarde van de lijst van het thema", "value of the list of the theme"],
            |edition, row| of(edition, row, |ground| Value::Text(ground.status.status.value().into())),
        ),
        Of::new(
            "statusLabel",
            Kind::Words,
            ["stand", "status"],
            ["de stand in woorden", "the status in words"],
            |edition, row| of(edition, row, |ground| label(ground.status.status)),
        ),
        Of::new(
            "ground",
            Kind::Text,
            ["grond", "ground"],
            ["de zin of het besluit waaruit het blijkt", "the sentence or decision that shows it, in Dutch"],
            |edition, row| of(edition, row, |ground| Value::text(&ground.status.ground)),
        ),
        Of::new(
            "assessed",
            Kind::Date,
            ["beoordeeld op", "assessed on"],
            ["dag van die beoordeling", "day of that assessment"],
            |edition, row| of(edition, row, |ground| Value::Date(ground.status.assessed)),
        ),
        Of::new(
            "documentId",
            Kind::Text,
            ["stuk-id", "document id"],
            ["id in policy-documents", "id in policy-documents"],
            |edition, row| of(edition, row, |ground| Value::text(&ground.document.key)),
        ),
        Of::new(
            "document",
            Kind::Text,
            ["stuk", "document"],
            ["titel van het stuk", "title of the document"],
            |edition, row| of(edition, row, |ground| Value::text(&ground.document.title)),
        ),
    ]);
    columns.extend(common::provenance(sources_of_ground, layers_of_ground));
    Collection {
        name: "policy-grounds",
        title: ["Gronden van het beleid", "Grounds of policy"].into(),
        description: [
            "Welk stuk welke stand van het beleid laat zien, en waarom.",
            "Which document shows which status of policy, and why.",
        ]
        .into(),
        shape: None,
        columns,
        rows: |edition| grounds_of(edition).count(),
        listed: |edition| common::all(grounds_of(edition).count()),
        geometry: |_, _| None,
        layers: layers_of_ground,
        sources: sources_of_ground,
    }
}

fn document(edition: &Edition, row: u32) -> &PolicyDocument {
    edition.document(row)
}

fn sources_of_document(edition: &Edition, row: u32) -> Vec<(&Source, &[String])> {
    let document = document(edition, row);
    common::sources_named(edition, std::iter::once(&document.source).chain(&document.described_by))
}

fn layers_of_document(edition: &Edition, row: u32) -> Vec<&Layer> {
    let document = document(edition, row);
    common::layers_of_sources(edition, std::iter::once(&document.source).chain(&document.described_by))
}

/// A row for each document.
pub(super) fn documents() -> Collection {
    let mut columns = vec![common::id(|edition, row| document(edition, row).key.clone())];
    columns.extend(common::municipality(|edition, row| {
        let index = edition.municipality_by_code(&document(edition, row).municipality)?;
        Some(municipality(edition, index))
    }));
    columns.extend([
        Of::new(
            "title",
            Kind::Text,
            ["titel", "title"],
            ["titel van het stuk", "title of the document"],
            |edition, row| Value::text(&document(edition, row).title),
        ),
        Of::new(
            "kind",
            Kind::term::<PolicyDocumentKind>(),
            ["soort", "kind"],
            ["soort stuk", "kind of document"],
            |edition, row| Value::term(Some(document(edition, row).kind)),
        ),
        Of::of(
            (Role::Label, "kindLabel", Kind::Words),
            ["soort in woorden", "kind in words"],
            ["de soort in woorden", "the kind in words"],
            |edition, row| Value::label(Some(document(edition, row).kind)),
        ),
        Of::new(
            "stance",
            Kind::term::<PolicyStance>(),
            ["strekking", "stance"],
            [
                "wat het voor ontmoetingsplekken doet; leeg: niet beoordeeld",
                "what it does for meeting places; empty: not assessed",
            ],
            |edition, row| Value::term(document(edition, row).stance),
        ),
        Of::new("year", Kind::Integer, ["jaar", "year"], ["leeg: ongedateerd", "empty: undated"], |edition, row| {
            Value::integer(document(edition, row).year)
        }),
        Of::new(
            "themes",
            Kind::terms::<PolicyTheme>(),
            ["thema's", "themes"],
            ["waar het over gaat", "what it is about"],
            |edition, row| Value::terms(&document(edition, row).themes),
        ),
        Of::new(
            "summary",
            Kind::Text,
            ["samenvatting", "summary"],
            ["in onze woorden", "in Dutch, in our own words"],
            |edition, row| Value::text(&document(edition, row).summary),
        ),
        Of::new("url", Kind::Url, ["webadres", "address on the web"], ["waar het staat", "where it stands"], {
            |edition, row| {
                Value::url(edition.source(&document(edition, row).source).and_then(|source| source.url.as_ref()))
            }
        }),
    ]);
    columns.extend(common::provenance(sources_of_document, layers_of_document));
    Collection {
        name: "policy-documents",
        title: ["Beleidsstukken", "Policy documents"].into(),
        description: [
            "Openbare stukken over gemeentelijk beleid voor ontmoetingsplekken.",
            "Public documents on municipal policy for meeting places.",
        ]
        .into(),
        shape: None,
        columns,
        rows: |edition| edition.documents().len(),
        listed: |edition| common::all(edition.documents().len()),
        geometry: |_, _| None,
        layers: layers_of_document,
        sources: sources_of_document,
    }
}
