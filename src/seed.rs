//! The committed data of `seed/`, compiled into the binary and read into [`Facts`].
//!
//! `seed/README.md` names the source, date and licence of each file. In the CSV files an empty cell is not known, and a
//! list is separated by `|`.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Deserializer, de::DeserializeOwned};

use crate::model::{
    Address, Facts, Layer, Location, Municipality, MunicipalityCode, Neighbourhood, NeighbourhoodCode, PartialDate,
    Place, PlaceSource, PolicyDocument, PolicyStatus, Settlement, Source, Themed,
    vocabulary::{
        ActivityType, FacilityType, InventoryStatus, KindBasis, LegalForm, LocationPrecision, NeighbourhoodLevel,
        Owner, PlaceKind, PlaceStatus, PolicyDocumentKind, PolicyStance, PolicyTheme, RunBy, SettlementKind, Term,
    },
};

/// The ids, as editions, of the seeds of releases that did not write down with which they filled a database.
pub const EARLIER: [&str; 2] = ["2026-11-24-c2640acaea17", "2026-11-24-d0f58640e560"];

/// A file of the seed that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    /// A row or cell is not what it should be.
    #[error("seed/{0}: {1}")]
    Csv(&'static str, #[source] csv::Error),
    /// The file is not the JSON it should be.
    #[error("seed/{0}: {1}")]
    Json(&'static str, #[source] serde_json::Error),
    /// A status is not one of its theme.
    #[error("seed/policy_status.csv: `{1}` is no status of {0}")]
    Status(&'static str, String),
}

/// Reads the seed of this binary.
///
/// # Errors
/// [`SeedError`] names the file, and the row and cell where there is one; the tests show that this build has none.
pub fn read() -> Result<Facts, SeedError> {
    let facts = Facts {
        layers: csv("layers.csv", include_str!("../seed/layers.csv"))?.into_iter().map(LayerRow::into).collect(),
        sources: csv("sources.csv", include_str!("../seed/sources.csv"))?.into_iter().map(SourceRow::into).collect(),
        municipalities: features("municipalities.geojson", include_str!("../seed/municipalities.geojson"))?
            .map(|(row, boundary): (MunicipalityRow, String)| row.with(boundary))
            .collect(),
        settlements: features("settlements.geojson", include_str!("../seed/settlements.geojson"))?
            .map(|(row, outline): (SettlementRow, String)| row.with(outline))
            .collect(),
        neighbourhoods: features("neighbourhoods.geojson", include_str!("../seed/neighbourhoods.geojson"))?
            .map(|(row, boundary): (NeighbourhoodRow, String)| row.with(boundary))
            .collect(),
        places: csv("places.csv", include_str!("../seed/places.csv"))?.into_iter().map(PlaceRow::into).collect(),
        place_sources: csv("place_sources.csv", include_str!("../seed/place_sources.csv"))?
            .into_iter()
            .map(|row: PlaceSourceRow| PlaceSource { place: row.place, source: row.source, fields: row.fields.0 })
            .collect(),
        policy_documents: csv("policy_documents.csv", include_str!("../seed/policy_documents.csv"))?
            .into_iter()
            .map(PolicyDocumentRow::into)
            .collect(),
        policy_statuses: csv("policy_status.csv", include_str!("../seed/policy_status.csv"))?
            .into_iter()
            .map(PolicyStatusRow::into_status)
            .collect::<Result<_, _>>()?,
        survey: json("report.json", include_str!("../seed/report.json"))?,
        // Of whoever has the answers; the report has none.
        survey_totals: Vec::new(),
        postcodes: Vec::new(),
        activities: Vec::new(),
    };
    Ok(facts.in_order())
}

fn csv<T: DeserializeOwned>(file: &'static str, text: &str) -> Result<Vec<T>, SeedError> {
    csv::Reader::from_reader(text.as_bytes())
        .deserialize()
        .collect::<Result<_, _>>()
        .map_err(|cause| SeedError::Csv(file, cause))
}

fn json<T: DeserializeOwned>(file: &'static str, text: &str) -> Result<T, SeedError> {
    serde_json::from_str(text).map_err(|cause| SeedError::Json(file, cause))
}

/// The features of a FeatureCollection: properties, and the geometry as text.
fn features<T: DeserializeOwned>(
    file: &'static str,
    text: &str,
) -> Result<impl Iterator<Item = (T, String)>, SeedError> {
    #[derive(Deserialize)]
    struct Collection<T> {
        features: Vec<Feature<T>>,
    }
    #[derive(Deserialize)]
    struct Feature<T> {
        properties: T,
        geometry: serde_json::Value,
    }
    let collection: Collection<T> = json(file, text)?;
    Ok(collection.features.into_iter().map(|feature| (feature.properties, feature.geometry.to_string())))
}

/// A cell with a list, separated by `|`.
struct List<T>(Vec<T>);

impl<'de, T: FromCell> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let cell = String::deserialize(deserializer)?;
        cell.split('|')
            .filter(|item| !item.is_empty())
            .map(|item| {
                T::from_cell(item).ok_or_else(|| serde::de::Error::custom(format!("`{item}` is not one of its terms")))
            })
            .collect::<Result<_, _>>()
            .map(List)
    }
}

trait FromCell: Sized {
    fn from_cell(item: &str) -> Option<Self>;
}

impl FromCell for String {
    fn from_cell(item: &str) -> Option<Self> {
        Some(item.to_owned())
    }
}

macro_rules! terms_from_cells {
    ($($term:ty)*) => {$(
        impl FromCell for $term {
            fn from_cell(item: &str) -> Option<Self> {
                Term::parse(item)
            }
        }
    )*};
}
terms_from_cells!(FacilityType ActivityType PolicyTheme);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LayerRow {
    layer: String,
    title: String,
    licence: String,
    licence_url: Option<String>,
    attribution: String,
    reference_date: Option<PartialDate>,
}

impl From<LayerRow> for Layer {
    fn from(row: LayerRow) -> Self {
        Self {
            key: row.layer,
            title: row.title,
            licence: row.licence,
            licence_url: row.licence_url,
            attribution: row.attribution,
            reference_date: row.reference_date,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SourceRow {
    id: String,
    layer: String,
    title: String,
    url: Option<String>,
    licence: Option<String>,
    published: Option<PartialDate>,
    retrieved: Option<NaiveDate>,
}

impl From<SourceRow> for Source {
    fn from(row: SourceRow) -> Self {
        Self {
            id: row.id,
            layer: row.layer,
            title: row.title,
            url: row.url,
            licence: row.licence,
            published: row.published,
            retrieved: row.retrieved,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct MunicipalityRow {
    code: MunicipalityCode,
    slug: String,
    name: String,
    population: Option<i32>,
    population_date: Option<NaiveDate>,
    land_area_km2: Option<f64>,
    land_area_year: Option<i32>,
    label_lon: f64,
    label_lat: f64,
}

impl MunicipalityRow {
    fn with(self, boundary: String) -> Municipality {
        Municipality {
            code: self.code,
            slug: self.slug,
            name: self.name,
            population: self.population,
            population_date: self.population_date,
            land_area_km2: self.land_area_km2,
            land_area_year: self.land_area_year,
            label_lon: self.label_lon,
            label_lat: self.label_lat,
            inventory: InventoryStatus::Unknown,
            expected_places: None,
            contact: None,
            boundary,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct SettlementRow {
    id: String,
    slug: String,
    name: String,
    kind: SettlementKind,
    municipality: MunicipalityCode,
    parent: Option<String>,
    population: Option<i32>,
    own_population: Option<f64>,
    population_date: Option<NaiveDate>,
    lon: f64,
    lat: f64,
    area_ha: f64,
    share_in_municipality: f64,
}

impl SettlementRow {
    fn with(self, outline: String) -> Settlement {
        Settlement {
            id: self.id,
            slug: self.slug,
            name: self.name,
            kind: self.kind,
            municipality: self.municipality,
            parent: self.parent,
            population: self.population,
            own_population: self.own_population,
            population_date: self.population_date,
            lon: self.lon,
            lat: self.lat,
            area_ha: self.area_ha,
            share_in_municipality: self.share_in_municipality,
            outline,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NeighbourhoodRow {
    code: NeighbourhoodCode,
    name: String,
    municipality: MunicipalityCode,
    population: Option<i32>,
}

impl NeighbourhoodRow {
    fn with(self, boundary: String) -> Neighbourhood {
        Neighbourhood {
            code: self.code,
            name: self.name,
            level: NeighbourhoodLevel::Wijk,
            municipality: self.municipality,
            population: self.population,
            boundary,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PlaceRow {
    key: String,
    name: String,
    alternative_names: List<String>,
    kind: Option<PlaceKind>,
    kind_basis: Option<KindBasis>,
    status: Option<PlaceStatus>,
    last_confirmed: Option<PartialDate>,
    municipality: MunicipalityCode,
    settlement: String,
    neighbourhood: Option<String>,
    street: Option<String>,
    house_number: Option<String>,
    postcode: Option<String>,
    lon: Option<f64>,
    lat: Option<f64>,
    precision: Option<LocationPrecision>,
    outline: Option<String>,
    uncertainty_radius: Option<f64>,
    website: Option<String>,
    legal_form: Option<LegalForm>,
    founded_year: Option<i32>,
    facilities: List<FacilityType>,
    absent_facilities: List<FacilityType>,
    activities: List<ActivityType>,
    absent_activities: List<ActivityType>,
    cultural_programme: Option<bool>,
    run_by: Option<RunBy>,
    owned_by: Option<Owner>,
    opening_hours: Option<String>,
    wheelchair_accessible: Option<bool>,
    updated_at: DateTime<Utc>,
}

impl From<PlaceRow> for Place {
    fn from(row: PlaceRow) -> Self {
        let has_address = row.street.is_some() || row.house_number.is_some() || row.postcode.is_some();
        let location = row.lon.zip(row.lat).zip(row.precision).map(|((lon, lat), precision)| Location {
            lon,
            lat,
            precision,
            uncertainty_radius_m: row.uncertainty_radius.unwrap_or_default(),
            outline: row.outline,
        });
        Self {
            key: row.key,
            name: row.name,
            alternative_names: row.alternative_names.0,
            kind: row.kind,
            kind_basis: row.kind_basis,
            status: row.status,
            last_confirmed: row.last_confirmed,
            municipality: row.municipality,
            settlement: row.settlement,
            neighbourhood: row.neighbourhood,
            address: has_address.then_some(Address {
                street: row.street,
                house_number: row.house_number,
                postcode: row.postcode,
            }),
            location,
            website: row.website,
            legal_form: row.legal_form,
            founded_year: row.founded_year,
            facilities: row.facilities.0,
            absent_facilities: row.absent_facilities.0,
            activities: row.activities.0,
            absent_activities: row.absent_activities.0,
            cultural_programme: row.cultural_programme,
            run_by: row.run_by,
            owned_by: row.owned_by,
            opening_hours: row.opening_hours,
            wheelchair_accessible: row.wheelchair_accessible,
            contact: None,
            updated_at: row.updated_at,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PlaceSourceRow {
    place: String,
    source: String,
    fields: List<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PolicyDocumentRow {
    key: String,
    municipality: MunicipalityCode,
    title: String,
    kind: PolicyDocumentKind,
    stance: Option<PolicyStance>,
    year: Option<i32>,
    themes: List<PolicyTheme>,
    summary: String,
    source: String,
}

impl From<PolicyDocumentRow> for PolicyDocument {
    fn from(row: PolicyDocumentRow) -> Self {
        Self {
            key: row.key,
            municipality: row.municipality,
            title: row.title,
            kind: row.kind,
            stance: row.stance,
            year: row.year,
            themes: row.themes.0,
            summary: row.summary,
            source: row.source,
            described_by: None,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PolicyStatusRow {
    municipality: MunicipalityCode,
    theme: PolicyTheme,
    status: String,
    document: String,
    ground: String,
    assessed: NaiveDate,
}

impl PolicyStatusRow {
    fn into_status(self) -> Result<PolicyStatus, SeedError> {
        let status =
            Themed::parse(self.theme, &self.status).ok_or(SeedError::Status(self.theme.name(), self.status))?;
        Ok(PolicyStatus {
            municipality: self.municipality,
            status,
            document: self.document,
            ground: self.ground,
            assessed: self.assessed,
            stated_by: None,
        })
    }
}
