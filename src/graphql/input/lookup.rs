//! One thing by what names it, and orders.

use std::sync::Arc;

use async_graphql::{Enum, ID, InputObject, OneofObject};

use super::area::{PointInput, municipality};
use crate::{
    edition::{ActivityOrderField, Direction, Edition, NodeId, PlaceOrderField},
    graphql::{error::ApiError, types::IdentifierScheme},
    library::Library,
    model::excerpt,
    search::fold,
};

/// A place (plek) by one of its names: exactly one field.
#[derive(Clone, Debug, OneofObject)]
pub enum PlaceBy {
    /// Its id, such as `place:de-schalm-dalfsen`.
    Id(ID),
    /// Its slug, as in its address on the web.
    Slug(String),
    /// A name that another register has for it (kenmerk).
    Identifier(IdentifierInput),
}

/// A name of a place in another register (kenmerk).
#[derive(Clone, Debug, InputObject)]
pub struct IdentifierInput {
    /// Whose name it is (stelsel).
    pub scheme: IdentifierScheme,
    /// The name (waarde): 16 digits for BAG_ADDRESS, `node/101` for OSM.
    pub value: String,
}

impl IdentifierInput {
    /// The key of the place with that name, by what the database of `library` notes; `None`: it is known of no place.
    ///
    /// # Errors
    /// [`ApiError::BadUserInput`] for a value that is none of its scheme.
    pub async fn find(&self, library: &Library) -> Result<Option<String>, ApiError> {
        let value = self.value.trim();
        let wrong = |expected: &str| Err(ApiError::BadUserInput(format!("`{}` is not {expected}", excerpt(value))));
        let found = match self.scheme {
            IdentifierScheme::BagAddress => {
                if value.len() != 16 || !value.bytes().all(|byte| byte.is_ascii_digit()) {
                    return wrong("the BAG id of an address, which is 16 digits, such as `0148200000000001`");
                }
                library.store().place_of_address(value).await
            }
            IdentifierScheme::Osm => {
                let is_element = value.split_once('/').is_some_and(|(kind, number)| {
                    ["node", "way", "relation"].contains(&kind) && number.parse::<u64>().is_ok()
                });
                if !is_element {
                    return wrong("an element of OpenStreetMap, such as `node/101`, `way/102` or `relation/103`");
                }
                library.store().place_of_element(value).await
            }
            // Known of no place yet.
            IdentifierScheme::BagBuilding
            | IdentifierScheme::Kvk
            | IdentifierScheme::Wikidata
            | IdentifierScheme::Other => Ok(None),
        };
        Ok(found?)
    }
}

/// A settlement (kern) by one of its names: exactly one field.
#[derive(Clone, Debug, OneofObject)]
pub enum SettlementBy {
    /// Its id, such as `settlement:NL.TOP10NL.132597206`.
    Id(ID),
    /// Its slug, such as `dalfsen`.
    Slug(String),
}

/// A municipality (gemeente) by what names it: exactly one field.
#[derive(Clone, Debug, OneofObject)]
pub enum MunicipalityBy {
    /// Its id, such as `municipality:GM0193`.
    Id(ID),
    /// Its CBS code (gemeentecode), such as `GM0193`, in any case.
    Code(String),
    /// Its name (naam), without regard to case and accents; `Hengelo (O.)`, as CBS writes it, is Hengelo.
    Name(String),
    /// A point in it (punt); on a border the one with the lower code; null outside Overijssel.
    At(PointInput),
}

/// An activity (activiteit) by one of its names: exactly one field.
#[derive(Clone, Debug, OneofObject)]
pub enum ActivityBy {
    /// Its id, such as `activity:bridge-de-schalm-deventer`.
    Id(ID),
    /// Its slug, as in its address on the web.
    Slug(String),
}

/// How activities are sorted: by what, and in which direction; ties by ascending id.
#[derive(Clone, Debug, InputObject)]
pub struct ActivityOrder {
    /// By what (veld).
    pub field: ActivityOrderField,
    /// In which direction (richting).
    pub direction: Direction,
}

/// How places are sorted: by what, and in which direction; ties by ascending id.
#[derive(Clone, Debug, InputObject)]
pub struct PlaceOrder {
    /// By what (veld).
    pub field: PlaceOrderField,
    /// In which direction (richting).
    pub direction: Direction,
}

/// By what municipalities are sorted, and in which direction; equal ones by ascending code, unknown values last.
#[derive(Clone, Debug, InputObject)]
pub struct MunicipalityOrder {
    /// By what (veld).
    pub field: MunicipalityOrderField,
    /// In which direction (richting).
    pub direction: Direction,
}

/// By what municipalities are sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum MunicipalityOrderField {
    /// Naam: by name, without regard to case, accents and punctuation.
    Name,
    /// Gemeentecode: by CBS code.
    Code,
    /// Inwoners: by number of inhabitants.
    Population,
    /// Aantal plekken: by number of places that are not closed.
    PlaceCount,
    /// Plekken per 10.000 inwoners: by places per 10,000 inhabitants. This ranks how thoroughly was searched as well; see `inventory`.
    #[graphql(name = "PLACES_PER_10000")]
    PlacesPer10000,
}

impl Default for MunicipalityOrder {
    fn default() -> Self {
        Self { field: MunicipalityOrderField::Name, direction: Direction::Asc }
    }
}

impl PlaceBy {
    /// The place, by index; `None` when there is none. Only another register's name is looked for in the database.
    ///
    /// # Errors
    /// [`ApiError::BadUserInput`] for an id of something else, and as [`IdentifierInput::find`].
    pub async fn find<'a>(
        &self,
        edition: &Edition,
        library: impl FnOnce() -> Result<&'a Arc<Library>, ApiError>,
    ) -> Result<Option<u32>, ApiError> {
        match self {
            Self::Slug(slug) => Ok(edition.place_by_key(slug)),
            Self::Identifier(identifier) => {
                let key = identifier.find(library()?).await?;
                Ok(key.and_then(|key| edition.place_by_key(&key)))
            }
            Self::Id(id) => match id.parse()? {
                NodeId::Place(key) => Ok(edition.place_by_key(&key)),
                _ => Err(ApiError::BadUserInput(format!(
                    "`{}` is not the id of a place; those begin with `place:`",
                    excerpt(id)
                ))),
            },
        }
    }
}

impl SettlementBy {
    /// The settlement, by index; `None` when there is none.
    ///
    /// # Errors
    /// [`ApiError::BadUserInput`] for an id of something else.
    pub fn find(&self, edition: &Edition) -> Result<Option<u32>, ApiError> {
        match self {
            Self::Slug(slug) => Ok(edition.settlement_by_slug(slug)),
            Self::Id(id) => match id.parse()? {
                NodeId::Settlement(key) => Ok(edition.settlement_by_id(&key)),
                _ => Err(ApiError::BadUserInput(format!(
                    "`{}` is not the id of a settlement; those begin with `settlement:`",
                    excerpt(id)
                ))),
            },
        }
    }
}

impl ActivityBy {
    /// The activity, by index; `None` when there is none.
    ///
    /// # Errors
    /// [`ApiError::BadUserInput`] for an id of something else.
    pub fn find(&self, edition: &Edition) -> Result<Option<u32>, ApiError> {
        match self {
            Self::Slug(slug) => Ok(edition.activity_by_key(slug)),
            Self::Id(id) => match id.parse()? {
                NodeId::Activity(key) => Ok(edition.activity_by_key(&key)),
                _ => Err(ApiError::BadUserInput(format!(
                    "`{}` is not the id of an activity; those begin with `activity:`",
                    excerpt(id)
                ))),
            },
        }
    }
}

impl MunicipalityBy {
    /// The municipality, by index; `None` when there is none of that name or at that point.
    ///
    /// # Errors
    /// [`ApiError::BadUserInput`] for a code or id that is not one of Overijssel, and for wrong coordinates.
    pub fn find(&self, edition: &Edition) -> Result<Option<u32>, ApiError> {
        match self {
            Self::Id(id) => match id.parse()? {
                NodeId::Municipality(code) => municipality(code.as_str(), edition).map(Some),
                _ => Err(ApiError::BadUserInput(format!(
                    "`{}` is not the id of a municipality; those look like `municipality:GM0193`",
                    excerpt(id)
                ))),
            },
            Self::Code(code) => municipality(code, edition).map(Some),
            Self::Name(name) => Ok(edition.municipality_named(name)),
            Self::At(point) => Ok(edition.municipality_at(point.resolve(edition)?.wgs84)),
        }
    }
}

impl MunicipalityOrder {
    /// Sorts municipalities, ascending by code beforehand.
    pub fn sort(&self, edition: &Edition, municipalities: &mut [u32]) {
        let entry = |index: &u32| edition.municipality(*index);
        match self.field {
            MunicipalityOrderField::Code => self.by(municipalities, |index| Some(*index)),
            MunicipalityOrderField::Name => self.by(municipalities, |index| Some(fold(&entry(index).facts.name))),
            MunicipalityOrderField::Population => self.by(municipalities, |index| entry(index).facts.population),
            MunicipalityOrderField::PlaceCount => {
                self.by(municipalities, |index| Some(edition.places_in_municipality(*index)));
            }
            MunicipalityOrderField::PlacesPer10000 => self.by(municipalities, |index| {
                // Compared as places × 10⁹ / inhabitants, in whole numbers, so that the order is total.
                let population = entry(index).facts.population.and_then(|known| u64::try_from(known).ok());
                population
                    .filter(|known| *known > 0)
                    .map(|known| edition.places_in_municipality(*index) * 1_000_000_000 / known)
            }),
        }
    }

    fn by<K: Ord>(&self, municipalities: &mut [u32], key: impl Fn(&u32) -> Option<K>) {
        // Stable, so equal ones keep their order by code.
        municipalities.sort_by(|a, b| match (key(a), key(b)) {
            (Some(a), Some(b)) if self.direction == Direction::Asc => a.cmp(&b),
            (Some(a), Some(b)) => b.cmp(&a),
            (a, b) => b.is_some().cmp(&a.is_some()),
        });
    }
}
