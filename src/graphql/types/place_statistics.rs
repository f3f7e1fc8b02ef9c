//! Counts of places by one or two dimensions.

use std::{borrow::Cow, sync::Arc};

use async_graphql::{Context, Enum, Object, resolver_utils::enum_value};

use super::{int, meaning, places_per_10000};
use crate::{
    edition::{self, DimensionValue, Edition, Group},
    graphql::{error::ApiError, input::PlaceFilter, limits::Limits},
    model::{Language, vocabulary::InventoryStatus},
};

/// What places are counted by (dimensie).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "edition::Dimension")]
pub enum PlaceDimension {
    /// Municipality (gemeente); the value is the CBS code.
    Municipality,
    /// Settlement (kern) that surely holds the place; the value is the id. A place counts in each: in a village, its parts and its whole.
    Settlement,
    /// CBS wijk or buurt that surely holds the place; the value is the code. A place counts in its buurt and its wijk.
    Neighbourhood,
    /// Kind (soort).
    Kind,
    /// Facility (voorziening); a place counts in each that it lists, one that lists none is not known.
    Facility,
    /// Activity (activiteit); a place counts in each that it lists, one that lists none is not known.
    Activity,
    /// Legal form (rechtsvorm).
    LegalForm,
    /// Who runs it (beheer).
    RunBy,
    /// Who owns the building (eigenaar).
    OwnedBy,
    /// Open, planned or closed (status); CLOSED only where the filter asks for it.
    Status,
    /// Year of the last confirmation (jaar van bevestiging): of the newest dated source; the value is the year.
    Confirmed,
    /// Whether a wheelchair gets in (rolstoeltoegankelijk); the value is `true` or `false`.
    WheelchairAccessible,
    /// Precision of the location (nauwkeurigheid); not known for a place without a location.
    Precision,
}

/// Places with the same values, among all that were counted.
pub struct PlaceGroup {
    edition: Arc<Edition>,
    dimensions: Arc<[PlaceDimension]>,
    group: Group,
    total: u64,
}

impl PlaceGroup {
    /// The places for which `filter` is TRUE by one or two dimensions.
    ///
    /// # Errors
    /// [`ApiError`] for none, more than two or two equal dimensions, and for what the filter refuses.
    pub fn of(
        ctx: &Context<'_>,
        edition: &Arc<Edition>,
        dimensions: &[PlaceDimension],
        filter: Option<PlaceFilter>,
        limits: &Limits,
    ) -> Result<Vec<Self>, ApiError> {
        let (first, second) = match *dimensions {
            [only] => (only, None),
            [one, other] if one == other => {
                let name = enum_value(one);
                return Err(ApiError::BadUserInput(format!(
                    "`groupBy` has {name} twice; give it once, or cross it with another dimension"
                )));
            }
            [one, other] => (one, Some(other)),
            _ => {
                let count = dimensions.len();
                return Err(ApiError::BadUserInput(format!(
                    "`groupBy` has {count} dimensions; places are counted by one or two"
                )));
            }
        };
        let members = edition.select(&filter.unwrap_or_default().resolve(ctx, edition, limits)?).certain;
        let groups = edition.statistics(&members, first.into(), second.map(Into::into));
        let dimensions: Arc<[PlaceDimension]> = dimensions.into();
        let of = |group| Self { edition: edition.clone(), dimensions: dimensions.clone(), group, total: members.len() };
        Ok(groups.into_iter().map(of).collect())
    }

    /// The area of the group, where it was counted by one: two areas that cross have no inhabitants of their own.
    fn area(&self) -> Option<DimensionValue> {
        let values = self.dimensions.iter().zip(&self.group.values);
        let mut areas = values.filter(|(dimension, _)| edition::Dimension::from(**dimension).is_area());
        let (_, area) = areas.next()?;
        area.filter(|_| areas.next().is_none())
    }
}

/// Places with the same values (groep), and how many there are.
#[Object]
impl PlaceGroup {
    /// What the places have in common (kenmerken), in the order of `groupBy`.
    async fn keys(&self) -> Vec<PlaceGroupKey> {
        let key = |(dimension, value): (&PlaceDimension, &Option<DimensionValue>)| PlaceGroupKey {
            edition: self.edition.clone(),
            dimension: *dimension,
            value: *value,
        };
        self.dimensions.iter().zip(&self.group.values).map(key).collect()
    }

    /// How many places are known (aantal); 0 is "none known", not "none".
    async fn count(&self) -> i32 {
        int(self.group.count)
    }

    /// `count` as a share of all places for which the filter is TRUE (aandeel), 0 to 1, four decimals; null: there are none.
    async fn share(&self) -> Option<f64> {
        // Counts of places are far below 2⁵³.
        #[expect(clippy::cast_precision_loss, reason = "a count of places is far below 2^53")]
        let share = (self.total > 0).then(|| self.group.count as f64 / self.total as f64);
        share.map(|share| (share * 10_000.0).round() / 10_000.0)
    }

    /// `count` per 10,000 inhabitants of the group's area, two decimals; null: counted by no area or by two, or the area or its inhabitants are
    /// not known. Inhabitants of the `populationDate` of a municipality or settlement, its parts included. Compares how thoroughly was searched as
    /// well: see `inventory`.
    #[graphql(name = "placesPer10000")]
    async fn places_per_10000(&self) -> Option<f64> {
        places_per_10000(self.group.count, self.edition.value_population(self.area()?))
    }

    /// Whether the municipality of the group's area calls its list of places complete (volledigheid); null: counted by no area or by two, or the
    /// area is not known. A ranking of areas ranks how thoroughly was searched, too, unless this is COMPLETE.
    async fn inventory(&self) -> Option<InventoryStatus> {
        self.edition.value_inventory(self.area()?)
    }
}

/// A value that the places of a group share.
pub struct PlaceGroupKey {
    edition: Arc<Edition>,
    dimension: PlaceDimension,
    value: Option<DimensionValue>,
}

/// A value that the places of a group share (kenmerk).
#[Object]
impl PlaceGroupKey {
    /// By what was counted (dimensie).
    async fn dimension(&self) -> PlaceDimension {
        self.dimension
    }

    /// The enum value, CBS code or node id to filter by (waarde); null: it is not known of these places.
    async fn value(&self) -> Option<Cow<'_, str>> {
        self.value.map(|value| self.edition.value_text(value))
    }

    /// What it is called (benaming); onbekend or unknown where the value is null.
    async fn label(
        &self,
        #[graphql(desc = "Language of the label.", default_with = "Some(Language::Nl)")] language: Option<Language>,
    ) -> String {
        let language = language.unwrap_or(Language::Nl);
        match (self.value, language) {
            (Some(value), _) => meaning(&self.edition, value, language),
            (None, Language::Nl) => "onbekend".to_owned(),
            (None, Language::En) => "unknown".to_owned(),
        }
    }
}
