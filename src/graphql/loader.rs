//! What is read from the database while answering: one loader per relation, one statement per batch.

use std::{collections::HashMap, sync::Arc};

use async_graphql::dataloader::{DataLoader, Loader};

use crate::store::{PlaceProvenance, Store, StoreError};

/// The sources of the place with this key.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SourcesOf(pub String);

/// Loads the sources of all places that a request asks for at once.
pub struct ProvenanceLoader(Store);

impl Loader<SourcesOf> for ProvenanceLoader {
    type Value = Arc<PlaceProvenance>;
    type Error = Arc<StoreError>;

    async fn load(&self, keys: &[SourcesOf]) -> Result<HashMap<SourcesOf, Self::Value>, Self::Error> {
        let places: Vec<String> = keys.iter().map(|key| key.0.clone()).collect();
        let found = self.0.provenance(&places).await?;
        Ok(found.into_iter().map(|(place, sources)| (SourcesOf(place), Arc::new(sources))).collect())
    }
}

/// The loader of sources from a database.
pub fn provenance(store: Store) -> DataLoader<ProvenanceLoader> {
    DataLoader::new(ProvenanceLoader(store), tokio::spawn)
}
