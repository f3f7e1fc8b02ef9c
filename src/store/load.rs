//! Tables into facts.

use std::collections::HashMap;

use sea_orm::{ConnectionTrait, EntityTrait};

use super::{StoreError, entity::*};
use crate::model::{
    Address, ContactPoint, Facts, Layer, Location, Municipality, Neighbourhood, Place, PlaceSource, PolicyDocument,
    PolicyStatus, Settlement, Source, Survey, SurveyAnswer, SurveyBase, SurveyFinding, SurveyInstrument,
    SurveyQuestion, SurveyTotal, TermLabel, Themed, vocabulary::Term,
};

/// Everything that is stored, as [`Store::load`](super::Store::load) gives it, read in a transaction of the caller.
///
/// # Errors
/// As [`Store::load`](super::Store::load).
pub async fn load(db: &impl ConnectionTrait) -> Result<Facts, StoreError> {
    let facts = Facts {
        layers: layers(db).await?,
        sources: sources(db).await?,
        terms: terms(db).await?,
        municipalities: municipalities(db).await?,
        settlements: settlements(db).await?,
        neighbourhoods: neighbourhoods(db).await?,
        places: places(db).await?,
        place_sources: place_sources(db).await?,
        policy_documents: policy_documents(db).await?,
        policy_statuses: policy_statuses(db).await?,
        survey: survey(db).await?,
        survey_totals: survey_totals(db).await?,
    };
    Ok(facts.in_order())
}

async fn rows<E: EntityTrait>(db: &impl ConnectionTrait) -> Result<Vec<E::Model>, StoreError> {
    E::find().all(db).await.map_err(StoreError::Read)
}

/// Names the place of a value in an error.
struct Row<'a>(&'static str, &'a str);

impl Row<'_> {
    fn refuse(&self, value: &str, expected: &'static str) -> StoreError {
        StoreError::Value { table: self.0, row: self.1.to_owned(), value: value.to_owned(), expected }
    }

    fn parse<T: std::str::FromStr>(&self, value: &str, expected: &'static str) -> Result<T, StoreError> {
        value.parse().map_err(|_| self.refuse(value, expected))
    }

    fn term<T: Term>(&self, value: &str) -> Result<T, StoreError> {
        T::parse(value).ok_or_else(|| self.refuse(value, T::VOCABULARY))
    }

    fn maybe_term<T: Term>(&self, value: Option<String>) -> Result<Option<T>, StoreError> {
        value.map(|value| self.term(&value)).transpose()
    }
}

async fn layers(db: &impl ConnectionTrait) -> Result<Vec<Layer>, StoreError> {
    let mut layers = Vec::new();
    for row in rows::<layer::Entity>(db).await? {
        let at = Row("layer", &row.key);
        let reference_date = row.reference_date.map(|date| at.parse(&date, "date")).transpose()?;
        layers.push(Layer {
            reference_date,
            key: row.key,
            title: row.title,
            licence: row.licence,
            licence_url: row.licence_url,
            attribution: row.attribution,
        });
    }
    Ok(layers)
}

async fn sources(db: &impl ConnectionTrait) -> Result<Vec<Source>, StoreError> {
    let rows = rows::<source::Entity>(db).await?;
    rows.into_iter().map(source).collect()
}

pub(super) fn source(row: source::Model) -> Result<Source, StoreError> {
    let published = row.published.map(|date| Row("source", &row.id).parse(&date, "date")).transpose()?;
    Ok(Source { id: row.id, title: row.title, url: row.url, licence: row.licence, published, retrieved: row.retrieved })
}

async fn terms(db: &impl ConnectionTrait) -> Result<Vec<TermLabel>, StoreError> {
    let terms: Vec<TermLabel> = rows::<term::Entity>(db)
        .await?
        .into_iter()
        .map(|row| TermLabel {
            vocabulary: row.vocabulary,
            value: row.value,
            label_nl: row.label_nl,
            label_en: row.label_en,
            description_nl: row.description_nl,
            description_en: row.description_en,
            osm_tags: row.osm_tags.split('|').filter(|tag| !tag.is_empty()).map(str::to_owned).collect(),
        })
        .collect();
    Ok(terms)
}

async fn municipalities(db: &impl ConnectionTrait) -> Result<Vec<Municipality>, StoreError> {
    let mut municipalities = Vec::new();
    for row in rows::<municipality::Entity>(db).await? {
        let at = Row("municipality", &row.code);
        municipalities.push(Municipality {
            code: at.parse(&row.code, "municipality code")?,
            inventory: at.term(&row.inventory)?,
            contact: row.contact_role.map(|role| ContactPoint { role, url: row.contact_url, email: row.contact_email }),
            slug: row.slug,
            name: row.name,
            population: row.population,
            population_date: row.population_date,
            land_area_km2: row.land_area_km2,
            land_area_year: row.land_area_year,
            label_lon: row.label_lon,
            label_lat: row.label_lat,
            expected_places: row.expected_places,
            boundary: row.boundary,
        });
    }
    Ok(municipalities)
}

async fn settlements(db: &impl ConnectionTrait) -> Result<Vec<Settlement>, StoreError> {
    let mut settlements = Vec::new();
    for row in rows::<settlement::Entity>(db).await? {
        let at = Row("settlement", &row.id);
        settlements.push(Settlement {
            kind: at.term(&row.kind)?,
            municipality: at.parse(&row.municipality, "municipality code")?,
            id: row.id,
            slug: row.slug,
            name: row.name,
            parent: row.parent,
            population: row.population,
            own_population: row.own_population,
            population_date: row.population_date,
            lon: row.lon,
            lat: row.lat,
            area_ha: row.area_ha,
            share_in_municipality: row.share_in_municipality,
            outline: row.outline,
        });
    }
    Ok(settlements)
}

async fn neighbourhoods(db: &impl ConnectionTrait) -> Result<Vec<Neighbourhood>, StoreError> {
    let mut neighbourhoods = Vec::new();
    for row in rows::<neighbourhood::Entity>(db).await? {
        let at = Row("neighbourhood", &row.code);
        neighbourhoods.push(Neighbourhood {
            code: at.parse(&row.code, "neighbourhood code")?,
            level: at.term(&row.level)?,
            municipality: at.parse(&row.municipality, "municipality code")?,
            name: row.name,
            population: row.population,
            boundary: row.boundary,
        });
    }
    Ok(neighbourhoods)
}

/// What is known to be at a place, and what is known not to be.
type PresentAndAbsent<T> = HashMap<String, (Vec<T>, Vec<T>)>;

fn gather<T: Term>(
    table: &'static str,
    rows: impl Iterator<Item = (String, String, bool)>,
) -> Result<PresentAndAbsent<T>, StoreError> {
    let mut found = PresentAndAbsent::new();
    for (place, value, is_present) in rows {
        let term = Row(table, &place).term(&value)?;
        let (present, absent) = found.entry(place).or_default();
        if is_present { present.push(term) } else { absent.push(term) }
    }
    Ok(found)
}

async fn places(db: &impl ConnectionTrait) -> Result<Vec<Place>, StoreError> {
    let mut names: HashMap<String, Vec<String>> = HashMap::new();
    for row in rows::<place_name::Entity>(db).await? {
        names.entry(row.place).or_default().push(row.name);
    }
    let facilities = rows::<place_facility::Entity>(db).await?;
    let mut facilities =
        gather("place_facility", facilities.into_iter().map(|row| (row.place, row.facility, row.present)))?;
    let activities = rows::<place_activity::Entity>(db).await?;
    let mut activities =
        gather("place_activity", activities.into_iter().map(|row| (row.place, row.activity, row.present)))?;

    let mut places = Vec::new();
    for row in rows::<place::Entity>(db).await? {
        let at = Row("place", &row.key);
        let (facilities, absent_facilities) = facilities.remove(&row.key).unwrap_or_default();
        let (activities, absent_activities) = activities.remove(&row.key).unwrap_or_default();
        let address = (row.street.is_some() || row.house_number.is_some() || row.postcode.is_some())
            .then_some(Address { street: row.street, house_number: row.house_number, postcode: row.postcode });
        let location = match (row.lon, row.lat, row.precision) {
            (Some(lon), Some(lat), Some(precision)) => Some(Location {
                lon,
                lat,
                precision: at.term(&precision)?,
                uncertainty_radius_m: row.uncertainty_radius_m.unwrap_or_default(),
                outline: row.outline,
            }),
            _ => None,
        };
        places.push(Place {
            kind: at.maybe_term(row.kind)?,
            kind_basis: at.maybe_term(row.kind_basis)?,
            status: at.maybe_term(row.status)?,
            last_confirmed: row.last_confirmed.map(|date| at.parse(&date, "date")).transpose()?,
            municipality: at.parse(&row.municipality, "municipality code")?,
            legal_form: at.maybe_term(row.legal_form)?,
            run_by: at.maybe_term(row.run_by)?,
            alternative_names: names.remove(&row.key).unwrap_or_default(),
            key: row.key,
            name: row.name,
            settlement: row.settlement,
            neighbourhood: row.neighbourhood,
            address,
            location,
            website: row.website,
            founded_year: row.founded_year,
            facilities,
            absent_facilities,
            activities,
            absent_activities,
            cultural_programme: row.cultural_programme,
            opening_hours: row.opening_hours,
            wheelchair_accessible: row.wheelchair_accessible,
            updated_at: row.updated_at,
        });
    }
    Ok(places)
}

async fn place_sources(db: &impl ConnectionTrait) -> Result<Vec<PlaceSource>, StoreError> {
    let mut links: HashMap<(String, String), Vec<String>> = HashMap::new();
    for row in rows::<place_source::Entity>(db).await? {
        links.entry((row.place, row.source)).or_default().push(row.field);
    }
    let links: Vec<PlaceSource> =
        links.into_iter().map(|((place, source), fields)| PlaceSource { place, source, fields }).collect();
    Ok(links)
}

async fn policy_documents(db: &impl ConnectionTrait) -> Result<Vec<PolicyDocument>, StoreError> {
    let mut themes: HashMap<String, Vec<_>> = HashMap::new();
    for row in rows::<policy_document_theme::Entity>(db).await? {
        let theme = Row("policy_document_theme", &row.document).term(&row.theme)?;
        themes.entry(row.document).or_default().push(theme);
    }
    let mut documents = Vec::new();
    for row in rows::<policy_document::Entity>(db).await? {
        let at = Row("policy_document", &row.key);
        documents.push(PolicyDocument {
            municipality: at.parse(&row.municipality, "municipality code")?,
            kind: at.term(&row.kind)?,
            stance: at.maybe_term(row.stance)?,
            themes: themes.remove(&row.key).unwrap_or_default(),
            key: row.key,
            title: row.title,
            year: row.year,
            summary: row.summary,
            source: row.source,
            described_by: row.described_by,
        });
    }
    Ok(documents)
}

async fn policy_statuses(db: &impl ConnectionTrait) -> Result<Vec<PolicyStatus>, StoreError> {
    let mut statuses = Vec::new();
    for row in rows::<policy_status::Entity>(db).await? {
        let at = Row("policy_status", &row.municipality);
        let theme = at.term(&row.theme)?;
        statuses.push(PolicyStatus {
            municipality: at.parse(&row.municipality, "municipality code")?,
            status: Themed::parse(theme, &row.status).ok_or_else(|| at.refuse(&row.status, "status of its theme"))?,
            document: row.document,
            ground: row.ground,
            assessed: row.assessed,
            stated_by: row.stated_by,
        });
    }
    Ok(statuses)
}

async fn survey(db: &impl ConnectionTrait) -> Result<Survey, StoreError> {
    let survey = rows::<survey::Entity>(db).await?.pop().ok_or(StoreError::NoSurvey)?;
    let mut bases = rows::<survey_base::Entity>(db).await?;
    bases.sort_by_key(|row| row.position);
    let mut questions = rows::<survey_question::Entity>(db).await?;
    questions.sort_by_key(|row| row.position);
    let mut answers = rows::<survey_answer::Entity>(db).await?;
    answers.sort_by_key(|row| row.position);
    let mut instruments = rows::<survey_instrument::Entity>(db).await?;
    instruments.sort_by_key(|row| row.position);
    let mut findings = rows::<survey_finding::Entity>(db).await?;
    findings.sort_by_key(|row| row.position);
    let mut sources = rows::<survey_source::Entity>(db).await?;
    sources.sort_by_key(|row| row.position);

    Ok(Survey {
        title: survey.title,
        publisher: survey.publisher,
        fieldwork: survey.fieldwork,
        bases: bases
            .into_iter()
            .map(|row| SurveyBase {
                key: row.key,
                size: row.size,
                note: row.note,
                published_response_percentage: row.published_response_percentage,
            })
            .collect(),
        questions: questions
            .into_iter()
            .map(|row| {
                let about = Row("survey_question", &row.key).term(&row.about)?;
                Ok(SurveyQuestion {
                    answers: nested(&row.key, None, &answers)?,
                    key: row.key,
                    section: row.section,
                    about,
                    base: row.base,
                    multiple: row.multiple,
                    legibility: row.legibility,
                })
            })
            .collect::<Result<_, StoreError>>()?,
        instruments: instruments
            .into_iter()
            .map(|row| SurveyInstrument { key: row.key, label_nl: row.label_nl, label_en: row.label_en })
            .collect(),
        findings: findings
            .into_iter()
            .map(|row| {
                let kind = Row("survey_finding", &row.key).term(&row.kind)?;
                Ok(SurveyFinding {
                    key: row.key,
                    kind,
                    section: row.section,
                    text_nl: row.text_nl,
                    text_en: row.text_en,
                })
            })
            .collect::<Result<_, StoreError>>()?,
        sources: sources.into_iter().map(|row| row.source).collect(),
    })
}

async fn survey_totals(db: &impl ConnectionTrait) -> Result<Vec<SurveyTotal>, StoreError> {
    let rows = rows::<survey_total::Entity>(db).await?.into_iter();
    let total = |row: survey_total::Model| SurveyTotal {
        question: row.question,
        answer: row.answer,
        count: row.count,
        base: row.base,
        source: row.source,
    };
    Ok(rows.map(total).collect())
}

fn nested(
    question: &str,
    part_of: Option<&str>,
    rows: &[survey_answer::Model],
) -> Result<Vec<SurveyAnswer>, StoreError> {
    rows.iter()
        .filter(|row| row.question == question && row.part_of.as_deref() == part_of)
        .map(|row| {
            Ok(SurveyAnswer {
                key: row.key.clone(),
                label_nl: row.label_nl.clone(),
                label_en: row.label_en.clone(),
                count: row.count,
                published_percentage: row.published_percentage,
                legibility: Row("survey_answer", question).term(&row.legibility)?,
                of_which: nested(question, Some(&row.key), rows)?,
            })
        })
        .collect()
}
