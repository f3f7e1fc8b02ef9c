//! Tables into facts.

use std::collections::{BTreeMap, HashMap, HashSet};

use sea_orm::{ConnectionTrait, EntityTrait};

use super::{StoreError, activities, entity::*, json::json, unknown};
use crate::model::{
    Address, ContactPoint, Facts, Layer, Location, Municipality, Neighbourhood, Place, PlaceSource, PolicyDocument,
    PolicyStatus, PostcodePoint, Settlement, Source, Survey, SurveyAnswer, SurveyBase, SurveyFinding, SurveyInstrument,
    SurveyQuestion, SurveyTotal, Themed,
    vocabulary::{InventoryStatus, PolicyTheme, Term},
};

/// Everything that is stored, as [`Store::load`](super::Store::load) gives it, read in a transaction of the caller.
///
/// # Errors
/// As [`Store::load`](super::Store::load).
pub async fn load(db: &impl ConnectionTrait) -> Result<Facts, StoreError> {
    let policy_documents = policy_documents(db).await?;
    let (settlements, gone) = settlements(db).await?;
    let mut facts = Facts {
        layers: layers(db).await?,
        sources: sources(db).await?,
        municipalities: municipalities(db).await?,
        settlements,
        neighbourhoods: neighbourhoods(db).await?,
        places: places(db).await?,
        place_sources: place_sources(db).await?,
        policy_statuses: policy_statuses(db, &policy_documents).await?,
        policy_documents,
        survey: survey(db).await?,
        survey_totals: survey_totals(db).await?,
        activities: activities::load(db).await?,
        postcodes: postcodes(db).await?,
    };
    unknown::without_settlements(&mut facts, &gone);
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
    Ok(Source {
        id: row.id,
        layer: row.layer,
        title: row.title,
        url: row.url,
        licence: row.licence,
        published,
        retrieved: row.retrieved,
    })
}

async fn municipalities(db: &impl ConnectionTrait) -> Result<Vec<Municipality>, StoreError> {
    let mut municipalities = Vec::new();
    for row in rows::<municipality::Entity>(db).await? {
        let at = Row("municipality", &row.code);
        municipalities.push(Municipality {
            code: at.parse(&row.code, "municipality code")?,
            inventory: Term::stored(&row.inventory).unwrap_or(InventoryStatus::Unknown),
            contact: row.contact_role.map(|role| ContactPoint {
                role,
                organisation: None,
                url: row.contact_url,
                email: row.contact_email,
                phone: None,
            }),
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

/// The settlements, and the parents of those that cannot be read.
async fn settlements(
    db: &impl ConnectionTrait,
) -> Result<(Vec<Settlement>, BTreeMap<String, Option<String>>), StoreError> {
    let (mut settlements, mut gone) = (Vec::new(), BTreeMap::new());
    for row in rows::<settlement::Entity>(db).await? {
        let at = Row("settlement", &row.id);
        let Some(kind) = Term::stored(&row.kind) else {
            gone.insert(row.id, row.parent);
            continue;
        };
        settlements.push(Settlement {
            kind,
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
    Ok((settlements, gone))
}

async fn neighbourhoods(db: &impl ConnectionTrait) -> Result<Vec<Neighbourhood>, StoreError> {
    let mut neighbourhoods = Vec::new();
    for row in rows::<neighbourhood::Entity>(db).await? {
        let at = Row("neighbourhood", &row.code);
        let Some(level) = Term::stored(&row.level) else { continue };
        neighbourhoods.push(Neighbourhood {
            level,
            code: at.parse(&row.code, "neighbourhood code")?,
            municipality: at.parse(&row.municipality, "municipality code")?,
            name: row.name,
            population: row.population,
            boundary: row.boundary,
        });
    }
    Ok(neighbourhoods)
}

async fn postcodes(db: &impl ConnectionTrait) -> Result<Vec<PostcodePoint>, StoreError> {
    let point = |row: postcode::Model| {
        let postcode = Row("postcode", &row.postcode).parse(&row.postcode, "postcode")?;
        Ok(PostcodePoint { postcode, lon: row.lon, lat: row.lat, radius_m: row.radius_m })
    };
    rows::<postcode::Entity>(db).await?.into_iter().map(point).collect()
}

/// What is known to be at a place, and what is known not to be.
type PresentAndAbsent<T> = HashMap<String, (Vec<T>, Vec<T>)>;

fn gather<T: Term>(rows: impl Iterator<Item = (String, String, bool)>) -> PresentAndAbsent<T> {
    let mut found = PresentAndAbsent::new();
    for (place, value, is_present) in rows {
        let Some(term) = T::stored(&value) else { continue };
        let (present, absent) = found.entry(place).or_default();
        if is_present { present.push(term) } else { absent.push(term) }
    }
    found
}

async fn places(db: &impl ConnectionTrait) -> Result<Vec<Place>, StoreError> {
    let mut names: HashMap<String, Vec<String>> = HashMap::new();
    for row in rows::<place_name::Entity>(db).await? {
        names.entry(row.place).or_default().push(row.name);
    }
    let facilities = rows::<place_facility::Entity>(db).await?;
    let mut facilities = gather(facilities.into_iter().map(|row| (row.place, row.facility, row.present)));
    let activities = rows::<place_activity::Entity>(db).await?;
    let mut activities = gather(activities.into_iter().map(|row| (row.place, row.activity, row.present)));

    let mut places = Vec::new();
    for row in rows::<place::Entity>(db).await? {
        let at = Row("place", &row.key);
        let (facilities, absent_facilities) = facilities.remove(&row.key).unwrap_or_default();
        let (activities, absent_activities) = activities.remove(&row.key).unwrap_or_default();
        let address = (row.street.is_some() || row.house_number.is_some() || row.postcode.is_some())
            .then_some(Address { street: row.street, house_number: row.house_number, postcode: row.postcode });
        let location = match (row.lon, row.lat, row.precision) {
            (Some(lon), Some(lat), Some(precision)) => Term::stored(&precision).map(|precision| Location {
                lon,
                lat,
                precision,
                uncertainty_radius_m: row.uncertainty_radius_m.unwrap_or_default(),
                outline: row.outline,
            }),
            _ => None,
        };
        let contact = row.contact.map(|text| json("place", &row.key, &text)).transpose()?;
        places.push(Place {
            kind: row.kind.as_deref().and_then(Term::stored),
            kind_basis: row.kind_basis.as_deref().and_then(Term::stored),
            status: row.status.as_deref().and_then(Term::stored),
            last_confirmed: row.last_confirmed.map(|date| at.parse(&date, "date")).transpose()?,
            municipality: at.parse(&row.municipality, "municipality code")?,
            legal_form: row.legal_form.as_deref().and_then(Term::stored),
            run_by: row.run_by.as_deref().and_then(Term::stored),
            owned_by: row.owned_by.as_deref().and_then(Term::stored),
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
            contact,
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
        let Some(theme) = Term::stored(&row.theme) else { continue };
        themes.entry(row.document).or_default().push(theme);
    }
    let mut documents = Vec::new();
    for row in rows::<policy_document::Entity>(db).await? {
        let at = Row("policy_document", &row.key);
        let Some(kind) = Term::stored(&row.kind) else { continue };
        documents.push(PolicyDocument {
            municipality: at.parse(&row.municipality, "municipality code")?,
            kind,
            stance: row.stance.as_deref().and_then(Term::stored),
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

/// Those of `documents`, which are those that can be read.
async fn policy_statuses(
    db: &impl ConnectionTrait,
    documents: &[PolicyDocument],
) -> Result<Vec<PolicyStatus>, StoreError> {
    let documents: HashSet<&str> = documents.iter().map(|document| document.key.as_str()).collect();
    let mut statuses = Vec::new();
    for row in rows::<policy_status::Entity>(db).await? {
        let at = Row("policy_status", &row.municipality);
        let status = PolicyTheme::stored(&row.theme).and_then(|theme| Themed::stored(theme, &row.status));
        let Some(status) = status.filter(|_| documents.contains(row.document.as_str())) else { continue };
        statuses.push(PolicyStatus {
            status,
            municipality: at.parse(&row.municipality, "municipality code")?,
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
            .filter_map(|row| {
                let about = Term::stored(&row.about)?;
                Some(SurveyQuestion {
                    answers: nested(&row.key, None, &answers),
                    key: row.key,
                    section: row.section,
                    about,
                    base: row.base,
                    multiple: row.multiple,
                    legibility: row.legibility,
                })
            })
            .collect(),
        instruments: instruments
            .into_iter()
            .map(|row| SurveyInstrument { key: row.key, label_nl: row.label_nl, label_en: row.label_en })
            .collect(),
        findings: findings
            .into_iter()
            .filter_map(|row| {
                let kind = Term::stored(&row.kind)?;
                Some(SurveyFinding {
                    key: row.key,
                    kind,
                    section: row.section,
                    text_nl: row.text_nl,
                    text_en: row.text_en,
                })
            })
            .collect(),
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

fn nested(question: &str, part_of: Option<&str>, rows: &[survey_answer::Model]) -> Vec<SurveyAnswer> {
    rows.iter()
        .filter(|row| row.question == question && row.part_of.as_deref() == part_of)
        .filter_map(|row| {
            Some(SurveyAnswer {
                key: row.key.clone(),
                label_nl: row.label_nl.clone(),
                label_en: row.label_en.clone(),
                count: row.count,
                published_percentage: row.published_percentage,
                legibility: Term::stored(&row.legibility)?,
                of_which: nested(question, Some(&row.key), rows),
            })
        })
        .collect()
}
