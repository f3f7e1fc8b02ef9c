//! What is read from the database while answering: for all places that a request asks of at once.

use std::{collections::HashMap, sync::Arc};

use async_graphql::dataloader::{DataLoader, Loader};

use crate::{
    library::Library,
    store::{PlaceNotes, StoreError},
};

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
