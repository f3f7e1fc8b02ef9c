//! Every fact of an edition, one plain type per kind of thing. An absent value (`None`) is not known, never "no".

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Deserializer, Serialize};

use super::{
    Activity, ContactPoint, Layer, MunicipalityCode, NeighbourhoodCode, PartialDate, Postcode, Survey, SurveyTotal,
    vocabulary::{
        self, ActivityType, AmbitionStatus, ContactMoment, FacilityType, FinancialSupport, InventoryStatus, KindBasis,
        LegalForm, LocationPrecision, NeighbourhoodLevel, OtherSupport, Owner, PlaceKind, PlaceStatus,
        PolicyDocumentKind, PolicyStance, PolicyTheme, RunBy, SettlementKind, VisionStatus,
    },
};

/// Everything that is known, each list ascending by its key.
///
/// The order is part of the value: an edition's id is computed from it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Facts {
    /// Layers of data, each with its licence.
    pub layers: Vec<Layer>,
    /// Where facts come from.
    pub sources: Vec<Source>,
    /// The municipalities.
    pub municipalities: Vec<Municipality>,
    /// Villages, districts and hamlets.
    pub settlements: Vec<Settlement>,
    /// CBS wijken and buurten; empty until imported.
    pub neighbourhoods: Vec<Neighbourhood>,
    /// The meeting places.
    pub places: Vec<Place>,
    /// Which source supports which field of which place.
    pub place_sources: Vec<PlaceSource>,
    /// Policy documents of municipalities.
    pub policy_documents: Vec<PolicyDocument>,
    /// What a municipality decided, per theme.
    pub policy_statuses: Vec<PolicyStatus>,
    /// The 2024 report.
    pub survey: Survey,
    /// Totals of the answers to its questionnaire; empty until one is imported.
    // Not written when empty: the id of an edition from before there were any stays what it was.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub survey_totals: Vec<SurveyTotal>,
    /// What is held at places and when, as each source says it; empty until such a file is imported.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub activities: Vec<Activity>,
    /// Where postcodes are; empty until imported.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub postcodes: Vec<PostcodePoint>,
}

impl Facts {
    /// The same facts in their one order: ascending by key, whatever order they were written or read in.
    ///
    /// A database sorts text by its own collation, hence the order is made here.
    pub fn in_order(mut self) -> Self {
        self.layers.sort_by(|a, b| a.key.cmp(&b.key));
        self.sources.sort_by(|a, b| a.id.cmp(&b.id));
        self.municipalities.sort_by(|a, b| a.code.cmp(&b.code));
        self.settlements.sort_by(|a, b| a.id.cmp(&b.id));
        self.neighbourhoods.sort_by(|a, b| a.code.cmp(&b.code));
        self.places.sort_by(|a, b| a.key.cmp(&b.key));
        for place in &mut self.places {
            place.alternative_names.sort_unstable();
            place.facilities.sort_unstable();
            place.absent_facilities.sort_unstable();
            place.activities.sort_unstable();
            place.absent_activities.sort_unstable();
        }
        self.place_sources.sort_by(|a, b| (&a.place, &a.source).cmp(&(&b.place, &b.source)));
        for link in &mut self.place_sources {
            link.fields.sort_unstable();
        }
        self.policy_documents.sort_by(|a, b| a.key.cmp(&b.key));
        for document in &mut self.policy_documents {
            document.themes.sort_unstable();
        }
        self.policy_statuses.sort_by(|a, b| {
            let key = |status: &PolicyStatus| {
                (status.municipality.clone(), status.status.theme(), status.status.value(), status.document.clone())
            };
            key(a).cmp(&key(b))
        });
        self.survey_totals.sort_by(|a, b| (&a.question, &a.answer).cmp(&(&b.question, &b.answer)));
        self.activities.sort_by(|a, b| (&a.key, &a.source).cmp(&(&b.key, &b.source)));
        for activity in &mut self.activities {
            activity.audiences.sort_unstable();
        }
        self.postcodes.sort_by(|a, b| a.postcode.cmp(&b.postcode));
        self
    }
}

/// A publication that supports facts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Source {
    /// Stable id.
    pub id: String,
    /// Key of the [`Layer`] that what it says belongs to, and under whose licence it is given.
    // Editions from before it was stored: `store` says it for them.
    #[serde(default)]
    pub layer: String,
    /// Its title, or the name of the site.
    pub title: String,
    /// Where it stands.
    pub url: Option<String>,
    /// Its licence, as an SPDX identifier.
    pub licence: Option<String>,
    /// When it was published.
    pub published: Option<PartialDate>,
    /// When it was read.
    pub retrieved: Option<NaiveDate>,
}

/// Where the addresses with a postcode are (CBS, kaart van postcodes).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PostcodePoint {
    /// The postcode, of four digits or with its letters.
    pub postcode: Postcode,
    /// The middle of its outline, CRS84 degrees.
    pub lon: f64,
    /// The middle of its outline, CRS84 degrees.
    pub lat: f64,
    /// How far its outline reaches from there, metres.
    pub radius_m: f64,
}

/// A municipality (gemeente).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Municipality {
    /// CBS code.
    pub code: MunicipalityCode,
    /// Name for an address on the web.
    pub slug: String,
    /// Name.
    pub name: String,
    /// Inhabitants on `population_date`.
    pub population: Option<i32>,
    /// Date of `population`.
    pub population_date: Option<NaiveDate>,
    /// Land without water, km².
    pub land_area_km2: Option<f64>,
    /// Year of `land_area_km2`.
    pub land_area_year: Option<i32>,
    /// Where a label stands, CRS84 degrees.
    pub label_lon: f64,
    /// Where a label stands, CRS84 degrees.
    pub label_lat: f64,
    /// Whether the municipality says its list of places is complete.
    pub inventory: InventoryStatus,
    /// How many places it says there are.
    pub expected_places: Option<i32>,
    /// Where to ask.
    pub contact: Option<ContactPoint>,
    /// Boundary: GeoJSON Polygon or MultiPolygon, CRS84.
    pub boundary: String,
}

/// A village, district, neighbourhood or hamlet of TOP10NL (plaats).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Settlement {
    /// TOP10NL id.
    pub id: String,
    /// Name for an address on the web.
    pub slug: String,
    /// Name.
    pub name: String,
    /// TOP10NL typeGebied.
    pub kind: SettlementKind,
    /// The municipality with the largest share.
    pub municipality: MunicipalityCode,
    /// The smallest larger outline that holds this one.
    pub parent: Option<String>,
    /// Inhabitants, children included.
    pub population: Option<i32>,
    /// Inhabitants that belong to no child; these add up.
    pub own_population: Option<f64>,
    /// Date of the populations.
    pub population_date: Option<NaiveDate>,
    /// Inner point, CRS84 degrees.
    pub lon: f64,
    /// Inner point, CRS84 degrees.
    pub lat: f64,
    /// Area of the outline, hectares.
    pub area_ha: f64,
    /// Share of the outline in `municipality`, 0 to 1.
    pub share_in_municipality: f64,
    /// Outline: GeoJSON Polygon or MultiPolygon, CRS84.
    pub outline: String,
}

impl Settlement {
    /// How far a place of which only the settlement is known is taken to be from its inner point: the radius of a circle of its area,
    /// whole metres.
    pub fn uncertainty_radius_m(&self) -> f64 {
        (self.area_ha * 10_000.0 / std::f64::consts::PI).sqrt().round()
    }
}

/// A CBS wijk or buurt.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Neighbourhood {
    /// CBS code.
    pub code: NeighbourhoodCode,
    /// Name.
    pub name: String,
    /// Wijk or buurt.
    pub level: NeighbourhoodLevel,
    /// Its municipality.
    pub municipality: MunicipalityCode,
    /// Inhabitants.
    pub population: Option<i32>,
    /// Boundary: GeoJSON Polygon or MultiPolygon, CRS84.
    pub boundary: String,
}

/// A social meeting place (sociale ontmoetingsplek).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// Stable key, also the slug.
    pub key: String,
    /// Name.
    pub name: String,
    /// Other names it is known by.
    pub alternative_names: Vec<String>,
    /// What kind of place it is.
    #[serde(default, deserialize_with = "vocabulary::or_unknown")]
    pub kind: Option<PlaceKind>,
    /// How the kind is known.
    #[serde(default, deserialize_with = "vocabulary::or_unknown")]
    pub kind_basis: Option<KindBasis>,
    /// Open, planned or closed.
    #[serde(default, deserialize_with = "vocabulary::or_unknown")]
    pub status: Option<PlaceStatus>,
    /// The newest dated source.
    pub last_confirmed: Option<PartialDate>,
    /// Its municipality.
    pub municipality: MunicipalityCode,
    /// Village or town, as the source says it.
    pub settlement: String,
    /// District, as the source says it.
    pub neighbourhood: Option<String>,
    /// Street, number and postcode.
    pub address: Option<Address>,
    /// Where it stands.
    #[serde(default, deserialize_with = "known_location")]
    pub location: Option<Location>,
    /// Its own site.
    pub website: Option<String>,
    /// Legal form of the organisation.
    #[serde(default, deserialize_with = "vocabulary::or_unknown")]
    pub legal_form: Option<LegalForm>,
    /// Year of foundation.
    pub founded_year: Option<i32>,
    /// Facilities known to be there.
    #[serde(deserialize_with = "vocabulary::those_known")]
    pub facilities: Vec<FacilityType>,
    /// Facilities stated not to be there.
    #[serde(deserialize_with = "vocabulary::those_known")]
    pub absent_facilities: Vec<FacilityType>,
    /// Activities known to be held there.
    #[serde(deserialize_with = "vocabulary::those_known")]
    pub activities: Vec<ActivityType>,
    /// Activities stated not to be held there.
    #[serde(deserialize_with = "vocabulary::those_known")]
    pub absent_activities: Vec<ActivityType>,
    /// Whether it organises a cultural programme.
    pub cultural_programme: Option<bool>,
    /// Who runs it.
    #[serde(default, deserialize_with = "vocabulary::or_unknown")]
    pub run_by: Option<RunBy>,
    /// Who owns the building.
    // As below: not written while it is not known, so that editions from before there was such a field keep their ids.
    #[serde(default, deserialize_with = "vocabulary::or_unknown", skip_serializing_if = "Option::is_none")]
    pub owned_by: Option<Owner>,
    /// Opening hours in OpenStreetMap notation.
    pub opening_hours: Option<String>,
    /// Whether a wheelchair gets in.
    pub wheelchair_accessible: Option<bool>,
    /// Where to ask.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<ContactPoint>,
    /// When a fact last changed in the data.
    pub updated_at: DateTime<Utc>,
}

impl Place {
    /// Whether the building itself is located, not something that holds it.
    pub fn is_at_address(&self) -> bool {
        self.location.as_ref().is_some_and(|location| location.precision == LocationPrecision::Address)
    }
}

/// Street, number and postcode; at least one is known.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Address {
    /// Street.
    pub street: Option<String>,
    /// House number with its letter and addition.
    pub house_number: Option<String>,
    /// Postcode, `1234 AB`.
    pub postcode: Option<String>,
}

impl Address {
    /// What is known on one line: `Kerkstraat 1, 7722 AB Dalfsen`.
    pub fn line(&self, settlement: &str) -> String {
        let join = |parts: [Option<&str>; 2]| parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
        let street = join([self.street.as_deref(), self.house_number.as_deref().filter(|_| self.street.is_some())]);
        let town = join([self.postcode.as_deref(), Some(settlement)]);
        if street.is_empty() { town } else { format!("{street}, {town}") }
    }
}

/// Where a place stands, and how well that is known.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Location {
    /// CRS84 longitude, degrees.
    pub lon: f64,
    /// CRS84 latitude, degrees.
    pub lat: f64,
    /// What the point stands for.
    pub precision: LocationPrecision,
    /// How far the place can be from the point, metres; 0 at ADDRESS.
    pub uncertainty_radius_m: f64,
    /// The settlement whose inner point this is, where coarse.
    pub outline: Option<String>,
}

/// A stored location; `None` where this release does not have the term for what its point stands for.
fn known_location<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Location>, D::Error> {
    #[derive(Deserialize)]
    struct Stored {
        lon: f64,
        lat: f64,
        #[serde(deserialize_with = "vocabulary::or_unknown")]
        precision: Option<LocationPrecision>,
        uncertainty_radius_m: f64,
        outline: Option<String>,
    }
    let Some(stored) = Option::<Stored>::deserialize(deserializer)? else { return Ok(None) };
    let Stored { lon, lat, precision, uncertainty_radius_m, outline } = stored;
    Ok(precision.map(|precision| Location { lon, lat, precision, uncertainty_radius_m, outline }))
}

/// A source supports a field of a place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlaceSource {
    /// Key of the place.
    pub place: String,
    /// Id of the source.
    pub source: String,
    /// Names of the fields of `Place` in the schema, ascending.
    pub fields: Vec<String>,
}

/// A document on a municipality's policy.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PolicyDocument {
    /// Stable key.
    pub key: String,
    /// The municipality.
    pub municipality: MunicipalityCode,
    /// Title.
    pub title: String,
    /// What sort of document it is.
    pub kind: PolicyDocumentKind,
    /// What it does for meeting places; `None`: not assessed.
    #[serde(default, deserialize_with = "vocabulary::or_unknown")]
    pub stance: Option<PolicyStance>,
    /// Year.
    pub year: Option<i32>,
    /// What it is about.
    #[serde(deserialize_with = "vocabulary::those_known")]
    pub themes: Vec<PolicyTheme>,
    /// Summary in Dutch, in our own words.
    pub summary: String,
    /// Id of the source.
    pub source: String,
    /// Id of the source that describes it so, where that is not this compilation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub described_by: Option<String>,
}

/// What a municipality decided on a theme, and on what ground that is said.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PolicyStatus {
    /// The municipality.
    pub municipality: MunicipalityCode,
    /// Theme and value.
    pub status: Themed,
    /// Key of the document.
    pub document: String,
    /// Why the document supports the status, one sentence in Dutch.
    pub ground: String,
    /// When that was assessed.
    pub assessed: NaiveDate,
    /// Id of the source that says so, where that is not this compilation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stated_by: Option<String>,
}

/// A status with the theme it belongs to, so that no theme can hold another's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Themed {
    /// VISION
    Vision(VisionStatus),
    /// FINANCIAL_SUPPORT
    FinancialSupport(FinancialSupport),
    /// OTHER_SUPPORT
    OtherSupport(OtherSupport),
    /// AMBITION
    Ambition(AmbitionStatus),
    /// CONTACT_MOMENT
    ContactMoment(ContactMoment),
}

impl Themed {
    /// The value named `value` of `theme`; `None` where the theme has no such value.
    pub fn parse(theme: PolicyTheme, value: &str) -> Option<Self> {
        use super::vocabulary::Term;
        Some(match theme {
            PolicyTheme::Vision => Self::Vision(Term::parse(value)?),
            PolicyTheme::FinancialSupport => Self::FinancialSupport(Term::parse(value)?),
            PolicyTheme::OtherSupport => Self::OtherSupport(Term::parse(value)?),
            PolicyTheme::Ambition => Self::Ambition(Term::parse(value)?),
            PolicyTheme::ContactMoment => Self::ContactMoment(Term::parse(value)?),
        })
    }

    /// The value of that name in stored data, as [`Term::stored`](super::vocabulary::Term::stored).
    pub fn stored(theme: PolicyTheme, value: &str) -> Option<Self> {
        use super::vocabulary::Term;
        Some(match theme {
            PolicyTheme::Vision => Self::Vision(Term::stored(value)?),
            PolicyTheme::FinancialSupport => Self::FinancialSupport(Term::stored(value)?),
            PolicyTheme::OtherSupport => Self::OtherSupport(Term::stored(value)?),
            PolicyTheme::Ambition => Self::Ambition(Term::stored(value)?),
            PolicyTheme::ContactMoment => Self::ContactMoment(Term::stored(value)?),
        })
    }

    /// The theme.
    pub fn theme(self) -> PolicyTheme {
        match self {
            Self::Vision(_) => PolicyTheme::Vision,
            Self::FinancialSupport(_) => PolicyTheme::FinancialSupport,
            Self::OtherSupport(_) => PolicyTheme::OtherSupport,
            Self::Ambition(_) => PolicyTheme::Ambition,
            Self::ContactMoment(_) => PolicyTheme::ContactMoment,
        }
    }

    /// The name of the value.
    pub fn value(self) -> &'static str {
        use super::vocabulary::Term;
        match self {
            Self::Vision(value) => value.name(),
            Self::FinancialSupport(value) => value.name(),
            Self::OtherSupport(value) => value.name(),
            Self::Ambition(value) => value.name(),
            Self::ContactMoment(value) => value.name(),
        }
    }
}

/// A place with a value in every field.
#[cfg(test)]
pub(crate) fn every_field() -> Place {
    Place {
        key: "het-honk-ommen".to_owned(),
        name: "Het Honk".to_owned(),
        alternative_names: vec!["’t Honk".to_owned()],
        kind: Some(PlaceKind::Dorpshuis),
        kind_basis: Some(KindBasis::Stated),
        status: Some(PlaceStatus::Open),
        last_confirmed: Some(NaiveDate::default().into()),
        municipality: "GM0175".parse().unwrap(),
        settlement: "Ommen".to_owned(),
        neighbourhood: Some("Dante".to_owned()),
        address: Some(Address {
            street: Some("Kerkstraat".to_owned()),
            house_number: Some("1".to_owned()),
            postcode: Some("7731 AA".to_owned()),
        }),
        location: Some(Location {
            lon: 6.42,
            lat: 52.52,
            precision: LocationPrecision::Address,
            uncertainty_radius_m: 0.0,
            outline: None,
        }),
        website: Some("https://www.hethonk.example".to_owned()),
        legal_form: Some(LegalForm::Stichting),
        founded_year: Some(1978),
        facilities: vec![FacilityType::Bibliotheek],
        absent_facilities: vec![FacilityType::Theater],
        activities: vec![ActivityType::Bridge],
        absent_activities: vec![ActivityType::Bingo],
        cultural_programme: Some(true),
        run_by: Some(RunBy::Volunteers),
        owned_by: Some(Owner::Municipality),
        opening_hours: Some("Mo-Fr 09:00-17:00".to_owned()),
        wheelchair_accessible: Some(true),
        contact: Some(ContactPoint {
            role: "beheer".to_owned(),
            organisation: Some("Stichting Het Honk".to_owned()),
            url: Some("https://www.hethonk.example/contact".to_owned()),
            email: Some("info@hethonk.example".to_owned()),
            phone: Some("0529 450000".to_owned()),
        }),
        updated_at: DateTime::<Utc>::MIN_UTC,
    }
}
