//! Counts of a list of places.

use std::{borrow::Cow, sync::Arc};

use async_graphql::Object;
use roaring::RoaringBitmap;

use super::{int, meaning};
use crate::{
    edition::{Count, Dimension, DimensionValue, Edition},
    graphql::hot::{FieldPlan, Hot, Json, Rows, Write},
    model::Language,
};

/// Counts of all places of a list, not of the page.
pub struct PlaceFacets {
    edition: Arc<Edition>,
    members: RoaringBitmap,
}

impl PlaceFacets {
    /// Counts of some places.
    pub fn new(edition: &Arc<Edition>, members: &RoaringBitmap) -> Self {
        Self { edition: edition.clone(), members: members.clone() }
    }

    fn by(&self, dimension: Dimension) -> Rows<FacetValue> {
        let counts = self.edition.count_by(&self.members, dimension);
        Rows(counts.into_iter().map(|count| FacetValue::new(&self.edition, count)).collect())
    }
}

/// How many places of a list there are by each value (facetten), most places first. Values without places, and places of which the value is
/// not known, are in no row. Filtering by a value gives as many places as its row says.
#[Object]
impl PlaceFacets {
    /// By kind (soort).
    async fn kinds(&self) -> Rows<FacetValue> {
        self.by(Dimension::Kind)
    }

    /// By municipality (gemeente); the value is the CBS code.
    async fn municipalities(&self) -> Rows<FacetValue> {
        self.by(Dimension::Municipality)
    }

    /// By CBS wijk and buurt (wijk, buurt); the value is the code. A place counts in its buurt and its wijk; one that is known to a village or district
    /// only counts in the wijk that holds the whole of that.
    async fn neighbourhoods(&self) -> Rows<FacetValue> {
        self.by(Dimension::Neighbourhood)
    }

    /// By settlement (kern); the value is the id. A place counts in each settlement that holds it.
    async fn settlements(&self) -> Rows<FacetValue> {
        self.by(Dimension::Settlement)
    }

    /// By facility (voorziening); a place counts in each that it lists.
    async fn facilities(&self) -> Rows<FacetValue> {
        self.by(Dimension::Facility)
    }

    /// By activity (activiteit); a place counts in each that it lists.
    async fn activities(&self) -> Rows<FacetValue> {
        self.by(Dimension::Activity)
    }

    /// By legal form (rechtsvorm).
    async fn legal_forms(&self) -> Rows<FacetValue> {
        self.by(Dimension::LegalForm)
    }

    /// By who runs it (beheer).
    async fn run_by(&self) -> Rows<FacetValue> {
        self.by(Dimension::RunBy)
    }

    /// By who owns the building (eigenaar).
    async fn owned_by(&self) -> Rows<FacetValue> {
        self.by(Dimension::OwnedBy)
    }

    /// By status (status).
    async fn statuses(&self) -> Rows<FacetValue> {
        self.by(Dimension::Status)
    }

    /// By whether a wheelchair gets in (rolstoeltoegankelijk); the value is `true` or `false`.
    async fn wheelchair_accessible(&self) -> Rows<FacetValue> {
        self.by(Dimension::WheelchairAccessible)
    }

    /// By precision of the location (nauwkeurigheid).
    async fn precision(&self) -> Rows<FacetValue> {
        self.by(Dimension::Precision)
    }
}

/// A value with its number of places.
pub struct FacetValue {
    edition: Arc<Edition>,
    count: Count,
}

impl FacetValue {
    /// A value that was counted.
    pub(super) fn new(edition: &Arc<Edition>, count: Count) -> Self {
        Self { edition: edition.clone(), count }
    }

    fn parent_value(&self) -> Option<String> {
        let parent = self.edition.parent_of(self.count.value)?;
        Some(self.edition.value_text(parent).into_owned())
    }

    fn wijk(&self) -> Option<String> {
        let DimensionValue::Settlement(index) = self.count.value else { return None };
        let wijk = self.edition.wijk_of_settlement(index)?;
        Some(self.edition.value_text(DimensionValue::Neighbourhood(wijk)).into_owned())
    }
}

/// A value with its number of places or activities (facetwaarde).
#[Object]
impl FacetValue {
    /// The enum value, CBS code or node id to filter by (waarde).
    async fn value(&self) -> Cow<'_, str> {
        self.edition.value_text(self.count.value)
    }

    /// What it is called (benaming).
    async fn label(
        &self,
        #[graphql(desc = "Language of the label.", default_with = "Some(Language::Nl)")] language: Option<Language>,
    ) -> String {
        meaning(&self.edition, self.count.value, language.unwrap_or(Language::Nl))
    }

    /// How many places or activities (aantal).
    async fn count(&self) -> i32 {
        int(self.count.count)
    }

    /// The value of the area of the same list that holds this one (hoort bij): of a settlement the smallest larger one, of a buurt its wijk; null: nothing
    /// does, or it is no area.
    async fn parent(&self) -> Option<String> {
        self.parent_value()
    }

    /// The code of the CBS wijk that has at least four fifths of a settlement (wijk), to list settlements by wijk; null: none has, or it is no settlement.
    async fn neighbourhood(&self) -> Option<String> {
        self.wijk()
    }
}

impl Hot for FacetValue {
    fn plan(field: &FieldPlan<'_>) -> Option<Write<Self>> {
        Some(match field.name {
            "value" => Box::new(|facet, json| json.text(&facet.edition.value_text(facet.count.value))),
            "label" => Box::new(|facet, json| json.text(&meaning(&facet.edition, facet.count.value, Language::Nl))),
            "count" => Box::new(|facet, json| json.int(int(facet.count.count))),
            "parent" => Box::new(|facet, json| json.maybe(facet.parent_value().as_deref(), Json::text)),
            "neighbourhood" => Box::new(|facet, json| json.maybe(facet.wijk().as_deref(), Json::text)),
            _ => return None,
        })
    }
}
