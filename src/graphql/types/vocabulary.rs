//! The words the data is told in.

use std::sync::Arc;

use async_graphql::Object;

use super::{int, term_label};
use crate::{
    edition::Edition,
    graphql::hot::{FieldPlan, Hot, Write},
    model::{
        Language,
        vocabulary::{self, ActivityType, FacilityType, Term},
    },
};

/// A closed list of terms.
pub struct Vocabulary {
    edition: Arc<Edition>,
    name: &'static str,
    values: Vec<&'static str>,
}

impl Vocabulary {
    /// Every vocabulary, in the order of the schema.
    pub fn all(edition: &Arc<Edition>) -> Vec<Self> {
        let of = |(name, values)| Self { edition: edition.clone(), name, values };
        vocabulary::all().into_iter().map(of).collect()
    }
}

/// A closed list of terms (begrippenlijst): an enum of the domain with labels for people.
#[Object]
impl Vocabulary {
    /// Name of the enum.
    async fn name(&self) -> &str {
        self.name
    }

    /// What it is called (benaming).
    async fn label(
        &self,
        #[graphql(desc = "Language of the label.", default_with = "Some(Language::Nl)")] language: Option<Language>,
    ) -> String {
        term_label(&self.edition, self.name, "", language.unwrap_or(Language::Nl))
    }

    /// Its terms (begrippen), in the order of the enum.
    async fn terms(&self) -> Vec<VocabularyTerm> {
        let of = |value: &&'static str| VocabularyTerm { edition: self.edition.clone(), vocabulary: self.name, value };
        self.values.iter().map(of).collect()
    }
}

/// A term of a closed list.
pub struct VocabularyTerm {
    edition: Arc<Edition>,
    vocabulary: &'static str,
    value: &'static str,
}

/// A term of a closed list (begrip).
#[Object]
impl VocabularyTerm {
    /// The enum value (waarde).
    async fn value(&self) -> &str {
        self.value
    }

    /// What it is called (benaming).
    async fn label(
        &self,
        #[graphql(desc = "Language of the label.", default_with = "Some(Language::Nl)")] language: Option<Language>,
    ) -> String {
        term_label(&self.edition, self.vocabulary, self.value, language.unwrap_or(Language::Nl))
    }

    /// What it means (omschrijving); null where the label says it all.
    async fn description(
        &self,
        #[graphql(desc = "Language of the description.", default_with = "Some(Language::Nl)")] language: Option<
            Language,
        >,
    ) -> Option<String> {
        let label = self.edition.label(self.vocabulary, self.value)?;
        match language.unwrap_or(Language::Nl) {
            Language::Nl => label.description_nl.clone(),
            Language::En => label.description_en.clone(),
        }
    }
}

/// A type of facility with its places.
pub struct FacilityTypeInfo {
    edition: Arc<Edition>,
    facility: FacilityType,
}

impl FacilityTypeInfo {
    /// Every type, in the order of the schema.
    pub fn all(edition: &Arc<Edition>) -> Vec<Self> {
        FacilityType::all().map(|facility| Self::of(edition, facility)).collect()
    }

    /// One type.
    pub fn of(edition: &Arc<Edition>, facility: FacilityType) -> Self {
        Self { edition: edition.clone(), facility }
    }
}

/// A type of facility (soort voorziening).
#[Object]
impl FacilityTypeInfo {
    /// The enum value (waarde).
    #[graphql(name = "type")]
    async fn facility_type(&self) -> FacilityType {
        self.facility
    }

    /// What it is called (benaming).
    async fn label(
        &self,
        #[graphql(desc = "Language of the label.", default_with = "Some(Language::Nl)")] language: Option<Language>,
    ) -> String {
        term_label(&self.edition, FacilityType::VOCABULARY, self.facility.name(), language.unwrap_or(Language::Nl))
    }

    /// OpenStreetMap tags of such a facility, `key=value`, any of them; empty where it has none.
    async fn osm_tags(&self) -> Vec<String> {
        let label = self.edition.label(FacilityType::VOCABULARY, self.facility.name());
        label.map(|label| label.osm_tags.clone()).unwrap_or_default()
    }

    /// How many places that are not closed list it (aantal plekken); most places list nothing.
    async fn place_count(&self) -> i32 {
        int(self.edition.places_with_facility(self.facility))
    }
}

/// A type of activity with its places.
pub struct ActivityTypeInfo {
    edition: Arc<Edition>,
    activity: ActivityType,
}

impl ActivityTypeInfo {
    /// Every type, in the order of the schema.
    pub fn all(edition: &Arc<Edition>) -> Vec<Self> {
        ActivityType::all().map(|activity| Self::of(edition, activity)).collect()
    }

    /// One type.
    pub fn of(edition: &Arc<Edition>, activity: ActivityType) -> Self {
        Self { edition: edition.clone(), activity }
    }
}

/// A type of activity (soort activiteit).
#[Object]
impl ActivityTypeInfo {
    /// The enum value (waarde).
    #[graphql(name = "type")]
    async fn activity_type(&self) -> ActivityType {
        self.activity
    }

    /// What it is called (benaming).
    async fn label(
        &self,
        #[graphql(desc = "Language of the label.", default_with = "Some(Language::Nl)")] language: Option<Language>,
    ) -> String {
        term_label(&self.edition, ActivityType::VOCABULARY, self.activity.name(), language.unwrap_or(Language::Nl))
    }

    /// How many places that are not closed list it (aantal plekken); most places list nothing.
    async fn place_count(&self) -> i32 {
        int(self.edition.places_with_activity(self.activity))
    }
}

impl Hot for FacilityTypeInfo {
    fn plan(field: &FieldPlan<'_>) -> Option<Write<Self>> {
        Some(match field.name {
            "type" => Box::new(|info, json| json.term(info.facility)),
            "label" => Box::new(|info, json| {
                json.text(&term_label(&info.edition, FacilityType::VOCABULARY, info.facility.name(), Language::Nl));
            }),
            "placeCount" => Box::new(|info, json| json.int(int(info.edition.places_with_facility(info.facility)))),
            _ => return None,
        })
    }
}

impl Hot for ActivityTypeInfo {
    fn plan(field: &FieldPlan<'_>) -> Option<Write<Self>> {
        Some(match field.name {
            "type" => Box::new(|info, json| json.term(info.activity)),
            "label" => Box::new(|info, json| {
                json.text(&term_label(&info.edition, ActivityType::VOCABULARY, info.activity.name(), Language::Nl));
            }),
            "placeCount" => Box::new(|info, json| json.int(int(info.edition.places_with_activity(info.activity)))),
            _ => return None,
        })
    }
}
