//! Facts into tables, in one transaction.

use std::collections::HashSet;

use sea_orm::{
    ActiveModelTrait, DatabaseConnection, DatabaseTransaction, DbErr, EntityTrait, IntoActiveModel, TransactionTrait,
    sea_query::OnConflict,
};

use super::{entity::*, json::to_json};
use crate::model::{
    Activity, Facts, Layer, Municipality, Neighbourhood, Place, PlaceSource, PolicyDocument, PolicyStatus,
    PostcodePoint, Settlement, Source, Survey, SurveyAnswer, SurveyTotal, vocabulary::Term,
};

/// Rows a statement: well below the number of parameters that SQLite (32,766) and PostgreSQL (65,535) take.
const ROWS_A_STATEMENT: usize = 200;

pub(super) async fn save(db: &DatabaseConnection, facts: &Facts) -> Result<(), DbErr> {
    let transaction = db.begin().await?;
    write(&transaction, facts).await?;
    transaction.commit().await
}

/// Writes facts into empty tables.
pub(super) async fn write(db: &DatabaseTransaction, facts: &Facts) -> Result<(), DbErr> {
    reference(db, facts).await?;
    areas(db, facts).await?;
    places(db, &facts.places.iter().collect::<Vec<_>>(), &facts.place_sources).await?;
    policies(db, &facts.policy_documents, &facts.policy_statuses).await?;
    survey(db, &facts.survey).await?;
    survey_totals(db, &facts.survey_totals).await?;
    insert(db, facts.activities.iter().map(activity_row).collect::<Result<Vec<_>, DbErr>>()?).await
}

pub(super) async fn insert<A, M>(db: &DatabaseTransaction, rows: impl IntoIterator<Item = M>) -> Result<(), DbErr>
where
    A: ActiveModelTrait + Send,
    M: IntoActiveModel<A>,
{
    let mut rows = rows.into_iter().map(IntoActiveModel::into_active_model).peekable();
    while rows.peek().is_some() {
        let statement = rows.by_ref().take(ROWS_A_STATEMENT).collect::<Vec<A>>();
        A::Entity::insert_many(statement).exec_without_returning(db).await?;
    }
    Ok(())
}

/// As [`insert`], with what becomes of a row that is there already.
pub(super) async fn upsert<A, M>(
    db: &DatabaseTransaction,
    rows: impl IntoIterator<Item = M>,
    known: OnConflict,
) -> Result<(), DbErr>
where
    A: ActiveModelTrait + Send,
    M: IntoActiveModel<A>,
{
    let mut rows = rows.into_iter().map(IntoActiveModel::into_active_model).peekable();
    while rows.peek().is_some() {
        let statement = rows.by_ref().take(ROWS_A_STATEMENT).collect::<Vec<A>>();
        A::Entity::insert_many(statement).on_conflict(known.clone()).exec_without_returning(db).await?;
    }
    Ok(())
}

fn term<T: Term>(value: T) -> String {
    value.name().to_owned()
}

pub(super) fn layer_row(layer: Layer) -> layer::Model {
    layer::Model {
        key: layer.key,
        title: layer.title,
        licence: layer.licence,
        licence_url: layer.licence_url,
        attribution: layer.attribution,
        reference_date: layer.reference_date.map(|date| date.to_string()),
    }
}

pub(super) fn source_row(source: Source) -> source::Model {
    source::Model {
        id: source.id,
        layer: source.layer,
        title: source.title,
        url: source.url,
        licence: source.licence,
        published: source.published.map(|date| date.to_string()),
        retrieved: source.retrieved,
    }
}

pub(super) fn municipality_row(municipality: Municipality) -> municipality::Model {
    let contact = municipality.contact;
    municipality::Model {
        code: municipality.code.to_string(),
        slug: municipality.slug,
        name: municipality.name,
        population: municipality.population,
        population_date: municipality.population_date,
        land_area_km2: municipality.land_area_km2,
        land_area_year: municipality.land_area_year,
        label_lon: municipality.label_lon,
        label_lat: municipality.label_lat,
        inventory: term(municipality.inventory),
        expected_places: municipality.expected_places,
        contact_role: contact.as_ref().map(|contact| contact.role.clone()),
        contact_url: contact.as_ref().and_then(|contact| contact.url.clone()),
        contact_email: contact.and_then(|contact| contact.email),
        boundary: municipality.boundary,
    }
}

pub(super) fn activity_row(activity: &Activity) -> Result<activity::Model, DbErr> {
    Ok(activity::Model {
        key: activity.key.clone(),
        source: activity.source.clone(),
        place: activity.place.clone(),
        facts: to_json(activity)?,
    })
}

async fn reference(db: &DatabaseTransaction, facts: &Facts) -> Result<(), DbErr> {
    insert(db, facts.layers.iter().cloned().map(layer_row)).await?;
    insert(db, facts.sources.iter().cloned().map(source_row)).await
}

async fn areas(db: &DatabaseTransaction, facts: &Facts) -> Result<(), DbErr> {
    insert(db, facts.municipalities.iter().cloned().map(municipality_row)).await?;
    insert(db, settlement_rows(&facts.settlements)).await?;
    neighbourhoods(db, &facts.neighbourhoods).await?;
    postcodes(db, &facts.postcodes).await
}

/// A row for each settlement, a parent before its children.
pub(super) fn settlement_rows(settlements: &[Settlement]) -> impl Iterator<Item = settlement::Model> {
    parents_first(settlements).into_iter().cloned().map(|settlement| settlement::Model {
        id: settlement.id,
        slug: settlement.slug,
        name: settlement.name,
        kind: term(settlement.kind),
        municipality: settlement.municipality.to_string(),
        parent: settlement.parent,
        population: settlement.population,
        own_population: settlement.own_population,
        population_date: settlement.population_date,
        lon: settlement.lon,
        lat: settlement.lat,
        area_ha: settlement.area_ha,
        share_in_municipality: settlement.share_in_municipality,
        outline: settlement.outline,
    })
}

pub(super) async fn neighbourhoods(db: &DatabaseTransaction, all: &[Neighbourhood]) -> Result<(), DbErr> {
    insert(
        db,
        all.iter().cloned().map(|neighbourhood| neighbourhood::Model {
            code: neighbourhood.code.to_string(),
            name: neighbourhood.name,
            level: term(neighbourhood.level),
            municipality: neighbourhood.municipality.to_string(),
            population: neighbourhood.population,
            boundary: neighbourhood.boundary,
        }),
    )
    .await
}

pub(super) async fn postcodes(db: &DatabaseTransaction, all: &[PostcodePoint]) -> Result<(), DbErr> {
    let row = |point: &PostcodePoint| postcode::Model {
        // As it is ordered, without white space.
        postcode: point.postcode.to_string().replace(' ', ""),
        lon: point.lon,
        lat: point.lat,
        radius_m: point.radius_m,
    };
    insert(db, all.iter().map(row)).await
}

/// A parent before its children, since a foreign key is checked statement by statement.
///
/// A parent that is not among them is there already, or the database refuses it. What has no way up comes last, for the same.
fn parents_first(settlements: &[Settlement]) -> Vec<&Settlement> {
    let mut ordered: Vec<&Settlement> = Vec::with_capacity(settlements.len());
    // Those that are yet to be written.
    let mut awaited: HashSet<&str> = settlements.iter().map(|settlement| settlement.id.as_str()).collect();
    let mut waiting: Vec<&Settlement> = settlements.iter().collect();
    loop {
        let (ready, rest): (Vec<_>, Vec<_>) = waiting
            .into_iter()
            .partition(|settlement| settlement.parent.as_deref().is_none_or(|parent| !awaited.contains(parent)));
        if ready.is_empty() {
            ordered.extend(rest);
            return ordered;
        }
        for settlement in &ready {
            awaited.remove(settlement.id.as_str());
        }
        ordered.extend(ready);
        waiting = rest;
    }
}

pub(super) async fn places(
    db: &DatabaseTransaction,
    places: &[&Place],
    place_sources: impl IntoIterator<Item = &PlaceSource>,
) -> Result<(), DbErr> {
    insert(
        db,
        places.iter().map(|place| (*place).clone()).map(|place| {
            let (location, address) = (place.location.as_ref(), place.address.as_ref());
            place::Model {
                name: place.name,
                kind: place.kind.map(term),
                kind_basis: place.kind_basis.map(term),
                status: place.status.map(term),
                last_confirmed: place.last_confirmed.map(|date| date.to_string()),
                municipality: place.municipality.to_string(),
                settlement: place.settlement,
                neighbourhood: place.neighbourhood,
                street: address.and_then(|address| address.street.clone()),
                house_number: address.and_then(|address| address.house_number.clone()),
                postcode: address.and_then(|address| address.postcode.clone()),
                lon: location.map(|location| location.lon),
                lat: location.map(|location| location.lat),
                precision: location.map(|location| term(location.precision)),
                uncertainty_radius_m: location.map(|location| location.uncertainty_radius_m),
                outline: location.and_then(|location| location.outline.clone()),
                website: place.website,
                legal_form: place.legal_form.map(term),
                founded_year: place.founded_year,
                cultural_programme: place.cultural_programme,
                run_by: place.run_by.map(term),
                owned_by: place.owned_by.map(term),
                opening_hours: place.opening_hours,
                wheelchair_accessible: place.wheelchair_accessible,
                // Texts can always be written as JSON.
                contact: place.contact.and_then(|contact| serde_json::to_string(&contact).ok()),
                updated_at: place.updated_at,
                key: place.key,
            }
        }),
    )
    .await?;
    insert(
        db,
        places.iter().flat_map(|place| {
            let key = &place.key;
            place.alternative_names.iter().map(|name| place_name::Model { place: key.clone(), name: name.clone() })
        }),
    )
    .await?;
    insert(
        db,
        places.iter().flat_map(|place| {
            present_and_absent(&place.facilities, &place.absent_facilities).map(|(facility, present)| {
                place_facility::Model { place: place.key.clone(), facility: term(facility), present }
            })
        }),
    )
    .await?;
    insert(
        db,
        places.iter().flat_map(|place| {
            present_and_absent(&place.activities, &place.absent_activities).map(|(activity, present)| {
                place_activity::Model { place: place.key.clone(), activity: term(activity), present }
            })
        }),
    )
    .await?;
    insert(
        db,
        place_sources.into_iter().flat_map(|link| {
            link.fields.iter().map(|field| place_source::Model {
                place: link.place.clone(),
                source: link.source.clone(),
                field: field.clone(),
            })
        }),
    )
    .await
}

fn present_and_absent<T: Copy>(present: &[T], absent: &[T]) -> impl Iterator<Item = (T, bool)> {
    present.iter().map(|term| (*term, true)).chain(absent.iter().map(|term| (*term, false)))
}

pub(super) async fn policies(
    db: &DatabaseTransaction,
    documents: &[PolicyDocument],
    statuses: &[PolicyStatus],
) -> Result<(), DbErr> {
    insert(
        db,
        documents.iter().cloned().map(|document| policy_document::Model {
            key: document.key,
            municipality: document.municipality.to_string(),
            title: document.title,
            kind: term(document.kind),
            stance: document.stance.map(term),
            year: document.year,
            summary: document.summary,
            source: document.source,
            described_by: document.described_by,
        }),
    )
    .await?;
    insert(
        db,
        documents.iter().flat_map(|document| {
            document
                .themes
                .iter()
                .map(|theme| policy_document_theme::Model { document: document.key.clone(), theme: term(*theme) })
        }),
    )
    .await?;
    insert(
        db,
        statuses.iter().cloned().map(|status| policy_status::Model {
            municipality: status.municipality.to_string(),
            theme: term(status.status.theme()),
            status: status.status.value().to_owned(),
            document: status.document,
            ground: status.ground,
            assessed: status.assessed,
            stated_by: status.stated_by,
        }),
    )
    .await
}

pub(super) async fn survey(db: &DatabaseTransaction, survey: &Survey) -> Result<(), DbErr> {
    insert(
        db,
        [survey::Model {
            id: 1,
            title: survey.title.clone(),
            publisher: survey.publisher.clone(),
            fieldwork: survey.fieldwork.clone(),
        }],
    )
    .await?;
    insert(
        db,
        (0..).zip(survey.bases.iter().cloned()).map(|(position, base)| survey_base::Model {
            key: base.key,
            position,
            size: base.size,
            note: base.note,
            published_response_percentage: base.published_response_percentage,
        }),
    )
    .await?;
    insert(
        db,
        (0..).zip(survey.questions.iter().cloned()).map(|(position, question)| survey_question::Model {
            key: question.key,
            position,
            section: question.section,
            about: term(question.about),
            base: question.base,
            multiple: question.multiple,
            legibility: question.legibility,
        }),
    )
    .await?;
    let mut answers = Vec::new();
    for question in &survey.questions {
        flatten(&question.key, None, &question.answers, &mut answers);
    }
    insert(db, answers).await?;
    insert(
        db,
        (0..).zip(survey.instruments.iter().cloned()).map(|(position, instrument)| survey_instrument::Model {
            key: instrument.key,
            position,
            label_nl: instrument.label_nl,
            label_en: instrument.label_en,
        }),
    )
    .await?;
    insert(
        db,
        (0..).zip(survey.findings.iter().cloned()).map(|(position, finding)| survey_finding::Model {
            key: finding.key,
            position,
            kind: term(finding.kind),
            section: finding.section,
            text_nl: finding.text_nl,
            text_en: finding.text_en,
        }),
    )
    .await?;
    insert(
        db,
        (0..).zip(survey.sources.iter().cloned()).map(|(position, source)| survey_source::Model { source, position }),
    )
    .await
}

pub(super) async fn survey_totals(db: &DatabaseTransaction, totals: &[SurveyTotal]) -> Result<(), DbErr> {
    insert(
        db,
        totals.iter().cloned().map(|total| survey_total::Model {
            question: total.question,
            answer: total.answer,
            count: total.count,
            base: total.base,
            source: total.source,
        }),
    )
    .await
}

fn flatten(question: &str, part_of: Option<&str>, answers: &[SurveyAnswer], rows: &mut Vec<survey_answer::Model>) {
    for (position, answer) in (0..).zip(answers) {
        rows.push(survey_answer::Model {
            question: question.to_owned(),
            key: answer.key.clone(),
            part_of: part_of.map(str::to_owned),
            position,
            label_nl: answer.label_nl.clone(),
            label_en: answer.label_en.clone(),
            count: answer.count,
            published_percentage: answer.published_percentage,
            legibility: term(answer.legibility),
        });
        flatten(question, Some(&answer.key), &answer.of_which, rows);
    }
}
