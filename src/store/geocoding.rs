//! Answers of geocoders, each stored as it comes, and what was made of them, which changes with the books.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, IntoActiveModel, Iterable, QueryFilter,
    TransactionTrait as _, sea_query::OnConflict,
};

use super::{
    Store, StoreError,
    entity::{geocode_answer, geocoding},
    json::{json, to_json},
};
use crate::model::{
    Geocoding, GeocodingState, Ledger, Location, Provider,
    vocabulary::{LocationPrecision, Term},
};

/// The states as they are stored.
pub(super) const ACCEPTED: &str = "ACCEPTED";
const WAITING: &str = "WAITING";
const REJECTED: &str = "REJECTED";

/// An answer as it is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredAnswer {
    /// When it was given.
    pub asked_at: DateTime<Utc>,
    /// The status of HTTP.
    pub status: u16,
    /// What it said, as far as it is read.
    pub body: String,
}

impl Store {
    /// All answers of a provider, by question.
    ///
    /// # Errors
    /// [`StoreError::Read`] when the database does not answer.
    pub async fn geocode_answers(&self, provider: Provider) -> Result<HashMap<String, StoredAnswer>, StoreError> {
        let of_provider = geocode_answer::Column::Provider.eq(name(&provider).map_err(StoreError::Read)?);
        let rows = geocode_answer::Entity::find().filter(of_provider).all(&self.db).await.map_err(StoreError::Read)?;
        let answer = |row: geocode_answer::Model| StoredAnswer {
            asked_at: row.asked_at,
            status: u16::try_from(row.status).unwrap_or_default(),
            body: row.body,
        };
        Ok(rows.into_iter().map(|row| (row.question.clone(), answer(row))).collect())
    }

    /// Keeps an answer, in the place of an older one.
    ///
    /// # Errors
    /// [`StoreError::Write`] when it cannot be stored.
    pub async fn keep_geocode_answer(
        &self,
        provider: Provider,
        question: &str,
        answer: &StoredAnswer,
    ) -> Result<(), StoreError> {
        let row = geocode_answer::Model {
            provider: name(&provider).map_err(StoreError::Write)?,
            question: question.to_owned(),
            asked_at: answer.asked_at,
            status: answer.status.into(),
            body: answer.body.clone(),
        };
        let transaction = self.db.begin().await.map_err(StoreError::Write)?;
        geocode_answer::Entity::insert(row.into_active_model())
            .on_conflict(
                OnConflict::columns([geocode_answer::Column::Provider, geocode_answer::Column::Question])
                    .update_columns(geocode_answer::Column::iter())
                    .to_owned(),
            )
            .exec_without_returning(&transaction)
            .await
            .map_err(StoreError::Write)?;
        transaction.commit().await.map_err(StoreError::Write)
    }
}

pub(super) async fn load(db: &impl ConnectionTrait) -> Result<BTreeMap<String, Geocoding>, StoreError> {
    let mut geocodings = BTreeMap::new();
    for row in geocoding::Entity::find().all(db).await.map_err(StoreError::Read)? {
        let state = state(&row)?;
        let found = Geocoding {
            provider: json("geocoding", &row.place, &format!("\"{}\"", row.provider))?,
            state,
            source: row.source,
            asked: row.asked,
            matched: row.matched,
            score: row.score,
            found_on: row.found_on,
            nummeraanduiding: row.nummeraanduiding,
            adresseerbaar_object: row.adresseerbaar_object,
            reason: row.reason,
        };
        geocodings.insert(row.place, found);
    }
    Ok(geocodings)
}

/// What became of what was found; what is served has its point in its claim and not here.
fn state(row: &geocoding::Model) -> Result<GeocodingState, StoreError> {
    let wrong = |value: &str, expected| StoreError::Value {
        table: "geocoding",
        row: row.place.clone(),
        value: value.to_owned(),
        expected,
    };
    let location = || {
        let (Some(lon), Some(lat), Some(uncertainty_radius_m)) = (row.lon, row.lat, row.uncertainty_radius_m) else {
            return Err(wrong(&row.state, "a state with its point"));
        };
        let precision = row.precision.as_deref().unwrap_or_default();
        let precision =
            LocationPrecision::parse(precision).ok_or_else(|| wrong(precision, "a term of LocationPrecision"))?;
        Ok(Location { lon, lat, precision, uncertainty_radius_m, outline: row.outline.clone() })
    };
    match row.state.as_str() {
        ACCEPTED => Ok(GeocodingState::Accepted),
        WAITING => location().map(GeocodingState::Waiting),
        REJECTED => location().map(GeocodingState::Rejected),
        other => Err(wrong(other, "ACCEPTED, WAITING or REJECTED")),
    }
}

pub(super) async fn change(db: &DatabaseTransaction, old: &Ledger, new: &Ledger) -> Result<(), DbErr> {
    for place in old.geocodings.keys().filter(|place| !new.geocodings.contains_key(*place)) {
        geocoding::Entity::delete_by_id(place.clone()).exec(db).await?;
    }
    for (place, found) in new.geocodings.iter().filter(|(place, found)| old.geocodings.get(*place) != Some(*found)) {
        let (state, location) = match &found.state {
            GeocodingState::Accepted => (ACCEPTED, None),
            GeocodingState::Waiting(location) => (WAITING, Some(location)),
            GeocodingState::Rejected(location) => (REJECTED, Some(location)),
        };
        let row = geocoding::Model {
            place: place.clone(),
            provider: name(&found.provider)?,
            source: found.source.clone(),
            asked: found.asked.clone(),
            matched: found.matched.clone(),
            score: found.score,
            lon: location.map(|at| at.lon),
            lat: location.map(|at| at.lat),
            precision: location.map(|at| at.precision.name().to_owned()),
            uncertainty_radius_m: location.map(|at| at.uncertainty_radius_m),
            outline: location.and_then(|at| at.outline.clone()),
            found_on: found.found_on,
            nummeraanduiding: found.nummeraanduiding.clone(),
            adresseerbaar_object: found.adresseerbaar_object.clone(),
            state: state.to_owned(),
            reason: found.reason.clone(),
        };
        geocoding::Entity::insert(row.into_active_model())
            .on_conflict(
                OnConflict::column(geocoding::Column::Place).update_columns(geocoding::Column::iter()).to_owned(),
            )
            .exec_without_returning(db)
            .await?;
    }
    Ok(())
}

/// The name of a variant, as serde writes it.
fn name(value: &impl serde::Serialize) -> Result<String, DbErr> {
    Ok(to_json(value)?.trim_matches('"').to_owned())
}
