//! The newest edition without one layer, for downloads that may not hold what its licence asks.

use std::sync::Arc;

use moka::{future::Cache, policy::EvictionPolicy};
use tokio::sync::Mutex;

use super::{
    aside::aside,
    pages::words::with,
    parameters::{Refused, Trouble},
    problem::Problem,
};
use crate::{
    admission::Lane,
    claims::without_layer::{self, NotSeparable},
    edition::{Edition, EditionError},
    library::{Library, LibraryError},
    model::{Books, Facts, excerpt},
};

/// So many are kept. One takes as much memory as an edition.
const KEPT: u64 = 2;

/// What a download is made of.
pub struct Download {
    /// The edition; where a layer was left out its id is that of the whole one and says so.
    pub edition: Arc<Edition>,
}

/// Why a layer cannot be left out.
#[derive(Debug, thiserror::Error)]
pub enum WithoutError {
    /// There is no such layer, or other data rests on it.
    #[error(transparent)]
    NotSeparable(#[from] NotSeparable),
    /// What is left is no edition.
    #[error(transparent)]
    Edition(#[from] EditionError),
}

impl Download {
    /// What is left of the books without a layer.
    ///
    /// # Errors
    /// [`WithoutError::NotSeparable`] for a text that is no layer that can be left out.
    pub fn without(books: &Books, layer: &str) -> Result<Self, WithoutError> {
        let (layer, left) = without_layer::leave_out(books, layer)?;
        let mut left = Self::of(left.facts)?;
        if let Some(edition) = Arc::get_mut(&mut left.edition) {
            // Not in the archive under an id of its own: it follows from the whole one.
            edition.id = format!("{} without {layer}", Edition::id_of(&books.facts)?);
        }
        Ok(left)
    }

    fn of(facts: Facts) -> Result<Self, EditionError> {
        Ok(Self { edition: Arc::new(Edition::build(facts)?) })
    }
}

/// Editions without a layer, made when they are first asked for.
pub(super) struct WithoutLayers {
    kept: Cache<(String, String), Arc<Download>>,
    /// What was refused is kept as well, so that asking for nonsense stays cheap.
    refused: Cache<String, Arc<Vec<String>>>,
    making: Mutex<()>,
}

impl Default for WithoutLayers {
    fn default() -> Self {
        let lru = EvictionPolicy::lru;
        Self {
            kept: Cache::builder().max_capacity(KEPT).eviction_policy(lru()).build(),
            refused: Cache::builder().max_capacity(KEPT).eviction_policy(lru()).build(),
            making: Mutex::default(),
        }
    }
}

impl WithoutLayers {
    /// The newest edition without `layer`.
    pub(super) async fn get(&self, library: &Library, lane: &Lane, layer: &str) -> Result<Arc<Download>, Trouble> {
        let state = format!("{} {}", library.served().id, library.generation());
        let key = (state.clone(), layer.to_ascii_lowercase());
        let made = self.kept.try_get_with(key, self.make(library, lane, state, layer)).await;
        made.map_err(|trouble| Trouble::clone(&trouble))
    }

    async fn make(&self, library: &Library, lane: &Lane, state: String, layer: &str) -> Result<Arc<Download>, Trouble> {
        // One at a time: it reads all of the books and builds an edition.
        let _one = self.making.lock().await;
        if let Some(there) = self.refused.get(&state).await
            && !there.iter().any(|known| known.eq_ignore_ascii_case(layer))
        {
            return Err(not_separable(layer, &there).into());
        }
        let books = library.store().books().await.map_err(LibraryError::from)?;
        let asked = layer.to_owned();
        match aside(lane, move || Download::without(&books, &asked)).await? {
            Ok(left) => Ok(Arc::new(left)),
            Err(WithoutError::NotSeparable(refused)) => {
                self.refused.insert(state, Arc::new(refused.there.clone())).await;
                Err(not_separable(layer, &refused.there).into())
            }
            Err(WithoutError::Edition(cause)) => Err(Problem::internal(cause).into()),
        }
    }
}

/// The sentence of [`NotSeparable`] in both languages.
fn not_separable(layer: &str, there: &[String]) -> Refused {
    Refused::new(|t| match there {
        [] => with(t.no_layer_yet, &[("value", &excerpt(layer))]),
        there => with(t.no_layer, &[("known", &there.join(", ")), ("value", &excerpt(layer))]),
    })
}
