//! What the handlers share, and how they answer with it: an edition is pinned, and what is made of it is kept.

use std::sync::Arc;

use async_graphql::dataloader::DataLoader;
use chrono::{DateTime, Utc};
use poem::{
    Request, Response,
    http::{HeaderValue, StatusCode, header},
};

use super::{
    graphql::{Door, Pin},
    kept::{Kept, Key, key},
    pages::words::capitalised,
    parameters::named_edition,
    problem::Problem,
    representation::{About, CACHE_FOR, CACHE_NAMED_FOR, FOR_S, NAMED_FOR_S, Representation},
    visit,
    without::WithoutLayers,
};
use crate::{
    admission::{Lanes, Memory},
    edition::Edition,
    graphql::{
        Query,
        coverage::CoverageCache,
        limits::Limits,
        loader,
        refusal::{ErrorCode, Refusal},
        sdl,
    },
    library::{DATABASE_AWAY, Library, LibraryError},
};

/// Bytes of answers of documented queries, as they are shown on the list page, that are kept.
const KEPT_TEXTS: u64 = 1 << 20;

/// What the handlers share.
#[derive(Clone)]
pub(super) struct State {
    pub(super) library: Arc<Library>,
    pub(super) door: Arc<Door<Query>>,
    pub(super) limits: Arc<Limits>,
    pub(super) notes: Arc<DataLoader<loader::NotesLoader>>,
    pub(super) coverage: Arc<CoverageCache>,
    /// Where corrections and requests for removal are sent.
    pub(super) contact: Option<Arc<str>>,
    /// What the publisher is called, and the address by which it is known.
    pub(super) publisher: Arc<(Option<String>, Option<String>)>,
    pub(super) without: Arc<WithoutLayers>,
    /// Where work is done that takes more than a moment.
    pub(super) lanes: Arc<Lanes>,
    /// The schema as text.
    pub(super) schema: Arc<Representation>,
    /// Texts that several pages show.
    pub(super) texts: Arc<Kept<Vec<String>>>,
    kept: Arc<Kept<Representation>>,
}

/// The edition that a request reads, from its beginning to its end.
pub(super) struct Pinned {
    pub(super) edition: Arc<Edition>,
    /// Its id, where the address has one.
    pub(super) named: Option<String>,
    /// Names its state: what is made of the same state by the same rules is the same.
    pub(super) state: String,
}

/// Why what was made is not kept.
pub(super) enum Unkept {
    /// It was refused, or failed.
    Refused(Problem),
    /// A page that says so, or shows what failed by chance.
    Page(StatusCode, &'static About, Representation),
}

impl<E: Into<Problem>> From<E> for Unkept {
    fn from(error: E) -> Self {
        Self::Refused(error.into())
    }
}

impl State {
    /// What is served from `library`.
    pub(super) fn new(
        library: Arc<Library>,
        door: Door<Query>,
        limits: Limits,
        contact: Option<String>,
        memory: Memory,
        lanes: Arc<Lanes>,
    ) -> Self {
        Self {
            notes: Arc::new(loader::notes(library.clone())),
            library,
            schema: Arc::new(Representation::new(sdl())),
            door: Arc::new(door.among(lanes.clone())),
            limits: Arc::new(limits),
            coverage: Arc::new(CoverageCache::of(memory.coverage())),
            contact: contact.map(Arc::from),
            publisher: Arc::default(),
            without: Arc::default(),
            lanes,
            texts: Arc::new(Kept::new(KEPT_TEXTS)),
            kept: Arc::new(Kept::new(memory.pages())),
        }
    }

    /// The edition that the address of a request names, or else the one that is served.
    ///
    /// # Errors
    /// [`StatusCode::NOT_FOUND`] where there is no edition of that name, [`StatusCode::BAD_REQUEST`] where it is the name of none.
    pub(super) async fn pin(&self, request: &Request) -> Result<Pinned, Problem> {
        Ok(self.pin_named(named_edition(request)).await?)
    }

    async fn pin_named(&self, named: Option<String>) -> Result<Pinned, LibraryError> {
        // Before the edition: what is forgotten meanwhile is then kept under a name that nobody asks for again.
        let generation = self.library.generation();
        let edition = self.library.edition(named.as_deref()).await?;
        visit::reads(&edition.id);
        let state = format!("{} {generation}", edition.state());
        Ok(Pinned { edition, named, state })
    }

    /// Answers a GET with what is kept under `key`, or else with what `make` makes, which is then kept.
    ///
    /// # Errors
    /// Those of `make`.
    pub(super) async fn answer(
        &self,
        request: &Request,
        about: &About,
        key: Key,
        make: impl Future<Output = Result<Representation, Unkept>> + Send,
    ) -> Result<Response, Problem> {
        self.answer_for(request, about, key, cache_of(request), make).await
    }

    /// The same, which may be repeated for as long as `kept_for` says.
    ///
    /// # Errors
    /// Those of `make`.
    pub(super) async fn answer_for(
        &self,
        request: &Request,
        about: &About,
        key: Key,
        kept_for: &'static str,
        make: impl Future<Output = Result<Representation, Unkept>> + Send,
    ) -> Result<Response, Problem> {
        // Also where another is making it: who waits pays as well, and nobody is refused for what another has taken.
        if self.kept.get(&key).await.is_none() {
            visit::charge(price(about.media_type)).map_err(|_| Problem::rate_limited())?;
        }
        match self.kept.get_or_make(key, Box::pin(make)).await {
            Ok(made) => Ok(made.answer(request.headers(), about, kept_for).await),
            Err(unkept) => match &*unkept {
                Unkept::Refused(problem) => Err(problem.clone()),
                Unkept::Page(status, about, page) => Ok(page.once(*status, request.headers(), about).await),
            },
        }
    }

    /// The same, of what is true until a moment: nobody repeats it longer.
    ///
    /// # Errors
    /// Those of `make`.
    pub(super) async fn answer_until(
        &self,
        request: &Request,
        about: &About,
        key: Key,
        until: Option<DateTime<Utc>>,
        make: impl Future<Output = Result<Representation, Unkept>> + Send,
    ) -> Result<Response, Problem> {
        let mut response = self.answer(request, about, key, make).await?;
        let left = until.map(|until| (until - Utc::now()).num_seconds().max(0));
        // What is refused is kept by nobody, and says so.
        if let Some(left) = left.filter(|_| response.headers().contains_key(header::CACHE_CONTROL)) {
            let usual = if named_edition(request).is_some() { NAMED_FOR_S } else { FOR_S };
            if left < usual && !response.headers()[header::CACHE_CONTROL].as_bytes().starts_with(b"no-") {
                let told = HeaderValue::try_from(format!("public, max-age={left}")).map_err(Problem::internal)?;
                response.headers_mut().insert(header::CACHE_CONTROL, told);
            }
        }
        Ok(response)
    }

    /// The request with what its resolvers read.
    pub(super) fn with_data(&self, request: async_graphql::Request, edition: &Arc<Edition>) -> async_graphql::Request {
        request
            .data(edition.clone())
            .data(self.limits.clone())
            .data(self.library.clone())
            .data(self.notes.clone())
            .data(self.coverage.clone())
    }
}

impl Pinned {
    /// The key of what an address gives of this state.
    pub(super) fn key(&self, address: &str, asked: &str) -> Key {
        key(&[&self.state, address, asked, self.named.as_deref().unwrap_or_default()])
    }
}

/// What it costs to make what is served, in the units of the cost of a query.
fn price(media_type: &str) -> u64 {
    match media_type.split(';').next().unwrap_or_default() {
        "image/png" | "application/geopackage+sqlite3" => 500_000,
        // Zipped as they are made.
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" => 200_000,
        "image/svg+xml" | "application/geo+json" | "application/flatgeobuf" => 100_000,
        "text/csv" => 50_000,
        _ => 10_000,
    }
}

/// For how long an answer may be repeated: one of an edition that the address names for longer.
pub(super) fn cache_of(request: &Request) -> &'static str {
    if named_edition(request).is_some() { CACHE_NAMED_FOR } else { CACHE_FOR }
}

impl Pin for State {
    async fn pin(&self, id: Option<&str>, request: &mut async_graphql::Request) -> Result<String, Refusal> {
        let pinned = self.pin_named(id.map(str::to_owned)).await.map_err(|error| match error {
            LibraryError::Unavailable(_) | LibraryError::Pruned(_) => {
                Refusal::new(ErrorCode::EditionUnavailable, sentence(&error))
            }
            LibraryError::NoId(_) => Refusal::input(sentence(&error)),
            LibraryError::Busy => Refusal::new(ErrorCode::ServiceUnavailable, sentence(&error)),
            _ if error.is_away() => {
                Refusal::new(ErrorCode::DatabaseUnavailable, format!("{}.", capitalised(DATABASE_AWAY)))
            }
            _ => {
                tracing::error!(cause = %error, "an edition cannot be read");
                Refusal::new(ErrorCode::InternalServerError, "internal error; the cause is in the server's log")
            }
        })?;
        *request = self.with_data(std::mem::replace(request, async_graphql::Request::new("")), &pinned.edition);
        Ok(pinned.state)
    }
}

/// A refusal of the whole request is a sentence with a capital and a full stop.
fn sentence(error: &LibraryError) -> String {
    format!("{}.", capitalised(&error.to_string()))
}
