//! Municipal policy on meeting places.

use std::sync::Arc;

use async_graphql::{Object, SimpleObject};

use super::Source;
use crate::{
    edition::{Edition, Policy},
    graphql::{error::ApiError, scalar::Date},
    model::{
        PolicyStatus,
        vocabulary::{
            AmbitionStatus, ContactMoment, FinancialSupport, OtherSupport, PolicyDocumentKind, PolicyStance,
            PolicyTheme, VisionStatus,
        },
    },
};

/// The policy of a municipality.
pub struct MunicipalPolicy {
    edition: Arc<Edition>,
    municipality: u32,
}

impl MunicipalPolicy {
    /// The policy of the municipality of that index.
    pub fn new(edition: &Arc<Edition>, municipality: u32) -> Self {
        Self { edition: edition.clone(), municipality }
    }

    fn policy(&self) -> &Policy {
        &self.edition.municipality(self.municipality).policy
    }

    fn source(&self, id: Option<&String>) -> Option<Source> {
        let source = self.edition.source(id?)?;
        Some(Source::of(source, Vec::new()))
    }

    fn document(&self, index: u32) -> Result<PolicyDocument, ApiError> {
        let document = self.edition.document(index);
        // References are checked when an edition is built.
        let source = self
            .edition
            .source(&document.source)
            .ok_or_else(|| ApiError::internal(anyhow::anyhow!("document {} has no source", document.key)))?;
        Ok(PolicyDocument {
            title: document.title.clone(),
            kind: document.kind,
            stance: document.stance,
            year: document.year,
            themes: document.themes.clone(),
            summary: document.summary.clone(),
            source: Source::of(source, Vec::new()),
            described_by: self.source(document.described_by.as_ref()),
        })
    }
}

/// What a municipality decided on meeting places (gemeentelijk beleid). Null: not known from a public source. A status stands on a municipal
/// decision in force; the documents of its `basis` show it. The report of 2024 publishes totals only, see `survey`.
#[Object]
impl MunicipalPolicy {
    /// Vision or policy on meeting places (visie of beleid).
    async fn vision(&self) -> Option<VisionStatus> {
        self.policy().vision
    }

    /// Support with money that documents show (financiële ondersteuning); there may be more.
    async fn financial_support(&self) -> Option<&[FinancialSupport]> {
        self.policy().financial_support.as_deref()
    }

    /// Other support that documents show (andere ondersteuning); there may be more.
    async fn other_support(&self) -> Option<&[OtherSupport]> {
        self.policy().other_support.as_deref()
    }

    /// Ambition (ambitie).
    async fn ambition(&self) -> Option<AmbitionStatus> {
        self.policy().ambition
    }

    /// Recurring contact with the places (contactmoment).
    async fn contact_moment(&self) -> Option<ContactMoment> {
        self.policy().contact_moment
    }

    /// The documents on which the status of a theme stands (grondslag); empty where the status is null.
    async fn basis(&self, #[graphql(desc = "The theme.")] theme: PolicyTheme) -> Result<Vec<PolicyDocument>, ApiError> {
        let grounds = self.policy().basis.iter().filter(|(of, _)| *of == theme);
        grounds.map(|(_, index)| self.document(*index)).collect()
    }

    /// The grounds of the statuses on a theme (gronden): which document shows which status, by which sentence or decision, and who says so; empty
    /// where the status is null.
    async fn grounds(&self, #[graphql(desc = "The theme.")] theme: PolicyTheme) -> Result<Vec<PolicyGround>, ApiError> {
        let of_theme = self.policy().grounds.iter().filter(|(status, _)| status.status.theme() == theme);
        let ground = |(status, index): &(PolicyStatus, u32)| {
            Ok(PolicyGround {
                status: status.status.value(),
                ground: status.ground.clone(),
                assessed: Date(status.assessed),
                document: self.document(*index)?,
                stated_by: self.source(status.stated_by.as_ref()),
            })
        };
        of_theme.map(ground).collect()
    }

    /// All documents known (beleidsstukken), newest first, undated ones last; evidence, not a classification.
    async fn documents(
        &self,
        #[graphql(desc = "Only documents on this theme.")] theme: Option<PolicyTheme>,
    ) -> Result<Vec<PolicyDocument>, ApiError> {
        let wanted = |index: &&u32| theme.is_none_or(|theme| self.edition.document(**index).themes.contains(&theme));
        self.policy().documents.iter().filter(wanted).map(|index| self.document(*index)).collect()
    }
}

/// A document on municipal policy (beleidsstuk).
#[derive(SimpleObject)]
pub struct PolicyDocument {
    /// Title (titel).
    title: String,
    /// Kind of document (soort stuk).
    kind: PolicyDocumentKind,
    /// What it does for meeting places (strekking); null: not assessed.
    stance: Option<PolicyStance>,
    /// Year (jaar); null: undated.
    year: Option<i32>,
    /// What it is about (thema's).
    themes: Vec<PolicyTheme>,
    /// Summary in Dutch, in our own words (samenvatting).
    summary: String,
    /// Where it stands (bron).
    source: Source,
    /// Who describes it so (opgave van): the municipality or organisation that stated title, kind or summary; null: this compilation.
    described_by: Option<Source>,
}

/// Why a status stands (grond).
#[derive(SimpleObject)]
pub struct PolicyGround {
    /// The status (stand): a value of the enum of its theme, such as `ADOPTED`.
    status: &'static str,
    /// The sentence or decision that shows it, in Dutch, in our own words or those of who states it (grond).
    ground: String,
    /// The day on which that was assessed (beoordeeld op).
    assessed: Date,
    /// The document (stuk).
    document: PolicyDocument,
    /// Who says so (opgave van): the municipality or organisation; null: this compilation.
    stated_by: Option<Source>,
}
