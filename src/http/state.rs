//! What the handlers share.

use std::sync::Arc;

use async_graphql::dataloader::DataLoader;

use super::{
    embed::ground::Grounds,
    graphql::{Door, Pin},
    map::Maps,
    pages::{examples::WorkedPages, landing::WorkedAnswers},
    without::WithoutLayers,
};
use crate::{
    edition::Edition,
    graphql::{
        Query,
        coverage::CoverageCache,
        limits::Limits,
        loader,
        refusal::{ErrorCode, Refusal},
    },
    library::{Library, LibraryError},
};

/// What the handlers share.
#[derive(Clone)]
pub(super) struct State {
    pub(super) library: Arc<Library>,
    pub(super) door: Arc<Door<Query>>,
    pub(super) limits: Arc<Limits>,
    pub(super) provenance: Arc<DataLoader<loader::ProvenanceLoader>>,
    pub(super) worked: Arc<WorkedAnswers>,
    pub(super) pages: Arc<WorkedPages>,
    pub(super) coverage: Arc<CoverageCache>,
    /// Where corrections and requests for removal are sent.
    pub(super) contact: Option<Arc<str>>,
    pub(super) without: Arc<WithoutLayers>,
    pub(super) maps: Arc<Maps>,
    pub(super) grounds: Arc<Grounds>,
}

impl State {
    /// The request with what its resolvers read.
    pub(super) fn with_data(&self, request: async_graphql::Request, edition: &Arc<Edition>) -> async_graphql::Request {
        request
            .data(edition.clone())
            .data(self.limits.clone())
            .data(self.library.clone())
            .data(self.provenance.clone())
            .data(self.coverage.clone())
    }
}

impl Pin for State {
    async fn pin(&self, id: Option<&str>, request: &mut async_graphql::Request) -> Result<String, Refusal> {
        // Before the edition: what is forgotten meanwhile is then kept under a name that nobody asks for again.
        let generation = self.library.generation();
        let edition = self.library.edition(id).await.map_err(|error| match error {
            LibraryError::Unavailable(_) => Refusal::new(ErrorCode::EditionUnavailable, sentence(&error)),
            _ => {
                tracing::error!(cause = %error, "an edition cannot be read");
                Refusal::new(ErrorCode::InternalServerError, "internal error; the cause is in the server's log")
            }
        })?;
        *request = self.with_data(std::mem::replace(request, async_graphql::Request::new("")), &edition);
        Ok(format!("{} {generation}", edition.id))
    }
}

/// A refusal of the whole request is a sentence with a capital and a full stop.
fn sentence(error: &LibraryError) -> String {
    let text = error.to_string();
    let mut characters = text.chars();
    let first = characters.next().map(char::to_uppercase);
    format!("{}{}.", first.into_iter().flatten().collect::<String>(), characters.as_str())
}
