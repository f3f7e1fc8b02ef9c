//! What is read from the database while answering: one loader per relation, one statement per batch.

use std::{collections::HashMap, convert::Infallible, sync::Arc};

use async_graphql::dataloader::{DataLoader, Loader};

use crate::{
    library::{Library, LibraryError},
    store::{PlaceNotes, PlaceProvenance, StoreError},
};

/// The sources of the place with this key, as they are in this edition.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SourcesOf {
    /// Id of the edition.
    pub edition: String,
    /// Key of the place.
    pub place: String,
}

/// Loads the sources of all places that a request asks for at once.
pub struct ProvenanceLoader(Arc<Library>);

impl Loader<SourcesOf> for ProvenanceLoader {
    /// An edition whose sources cannot be read fails only those who asked for them.
    type Value = Result<Arc<PlaceProvenance>, Arc<LibraryError>>;
    type Error = Infallible;

    async fn load(&self, keys: &[SourcesOf]) -> Result<HashMap<SourcesOf, Self::Value>, Self::Error> {
        // Requests that read different editions may come together in a batch.
        let mut by_edition: HashMap<&str, Vec<String>> = HashMap::new();
        for key in keys {
            by_edition.entry(&key.edition).or_default().push(key.place.clone());
        }
        let mut loaded = HashMap::with_capacity(keys.len());
        for (edition, places) in by_edition {
            let key = |place: String| SourcesOf { edition: edition.to_owned(), place };
            match self.0.provenance(edition, &places).await {
                Ok(found) => {
                    loaded.extend(found.into_iter().map(|(place, sources)| (key(place), Ok(Arc::new(sources)))));
                }
                Err(error) => {
                    let error = Arc::new(error);
                    loaded.extend(places.into_iter().map(|place| (key(place), Err(error.clone()))));
                }
            }
        }
        Ok(loaded)
    }
}

/// The loader of sources of the editions of a library.
pub fn provenance(library: Arc<Library>) -> DataLoader<ProvenanceLoader> {
    DataLoader::new(ProvenanceLoader(library), tokio::spawn)
}

/// What is noted of the place with this key, which itself is this record.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct NotesOf {
    /// Key of the place.
    pub place: String,
    /// What identifies it among records: municipality, folded name and settlement.
    pub record: String,
}

/// Loads what is noted of all places that a request asks for at once.
pub struct NotesLoader(Arc<Library>);

impl Loader<NotesOf> for NotesLoader {
    type Value = Arc<PlaceNotes>;
    type Error = Arc<StoreError>;

    async fn load(&self, keys: &[NotesOf]) -> Result<HashMap<NotesOf, Self::Value>, Self::Error> {
        let places: Vec<_> = keys.iter().map(|key| (key.place.clone(), key.record.clone())).collect();
        let mut notes = self.0.store().notes(&places).await.map_err(Arc::new)?;
        let noted = |key: &NotesOf| (key.clone(), Arc::new(notes.remove(&key.place).unwrap_or_default()));
        Ok(keys.iter().map(noted).collect())
    }
}

/// The loader of what is noted in the database of a library.
pub fn notes(library: Arc<Library>) -> DataLoader<NotesLoader> {
    DataLoader::new(NotesLoader(library), tokio::spawn)
}
