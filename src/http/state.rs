//! What the handlers share.

use std::sync::Arc;

use async_graphql::dataloader::DataLoader;
use moka::sync::Cache;
use tokio::sync::{Mutex, Semaphore};

use super::{
    graphql::{Door, Pin},
    pages::language::Language,
    parameters::{Name, Parameters, Refused, Trouble},
    without::{Download, WithoutLayers},
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

/// Editions whose answers are kept.
pub(in crate::http) const KEPT: usize = 4;

/// Bytes of pictures that are kept. A map of the province takes half a megabyte as SVG, and as PNG at 300 dpi one.
const KEPT_MAPS: u64 = 64 << 20;

/// Maps that are drawn at a time. A PNG of the most pixels takes 250 MB while it is made.
const AT_A_TIME: usize = 2;

/// Editions whose ground is kept.
const KEPT_GROUNDS: u64 = 4;

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

/// The answers of the examples by edition, the last few: asked once.
#[derive(Default)]
pub(in crate::http) struct WorkedAnswers(pub(in crate::http) Mutex<Vec<(String, Arc<Vec<String>>)>>);

/// A page by the state of its edition and its language.
type KeptPage = ((String, Language), Arc<str>);

/// The pages of the last few editions: rendered once, at the first wish.
#[derive(Default)]
pub(in crate::http) struct WorkedPages(pub(in crate::http) Mutex<Vec<KeptPage>>);

/// Maps by the state of their edition and their address.
pub(super) struct Maps {
    pub(in crate::http) kept: Cache<(String, String), Arc<Vec<u8>>>,
    pub(in crate::http) drawing: Arc<Semaphore>,
}

impl Default for Maps {
    fn default() -> Self {
        let weigh = |(state, address): &(String, String), bytes: &Arc<Vec<u8>>| {
            u32::try_from(state.len() + address.len() + bytes.len()).unwrap_or(u32::MAX)
        };
        let kept = Cache::builder().max_capacity(KEPT_MAPS).weigher(weigh).build();
        Self { kept, drawing: Arc::new(Semaphore::new(AT_A_TIME)) }
    }
}

/// What lies under the maps of the last few editions.
pub(in crate::http) struct Grounds(pub(in crate::http) Cache<String, Arc<Vec<u8>>>);

impl Default for Grounds {
    fn default() -> Self {
        Self(Cache::new(KEPT_GROUNDS))
    }
}

/// What an address is answered from.
#[derive(Clone)]
pub(in crate::http) struct Opened {
    /// The edition.
    pub(in crate::http) edition: Arc<Edition>,
    /// The same with the sources of its places, where a layer was left out.
    pub(in crate::http) left: Option<Arc<Download>>,
}

impl State {
    /// The edition that parameters name, or that is served, whole or without a layer.
    pub(super) async fn open(&self, parameters: &Parameters) -> Result<Opened, Trouble> {
        let Some(layer) = parameters.get(Name::Without) else {
            return Ok(Opened { edition: self.library.edition(parameters.edition()).await?, left: None });
        };
        if parameters.edition().is_some() {
            return Err(Refused::new(|t| t.without_edition.to_owned()).into());
        }
        let left = self.without.get(&self.library, layer).await?;
        Ok(Opened { edition: left.edition.clone(), left: Some(left) })
    }

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
