//! Where a fact comes from.

use async_graphql::SimpleObject;

use crate::{
    graphql::scalar::{Date, PartialDate, Url},
    model,
};

/// Where facts come from (bron).
#[derive(Clone, Debug, SimpleObject)]
pub struct Source {
    /// Its title, or the name of the site (titel).
    pub title: String,
    /// Where it stands (adres); null: not on the web, or withheld because the address names a person.
    pub url: Option<Url>,
    /// Its licence as an SPDX identifier (licentie); null: not known. Facts are free to cite, texts and pictures are not.
    pub licence: Option<String>,
    /// When it was published (publicatiedatum); null: not known.
    pub published_at: Option<PartialDate>,
    /// When it was read for this data (geraadpleegd); null: not known.
    pub retrieved_at: Option<Date>,
    /// The fields of `Place` that it supports (velden); empty where it supports something as a whole.
    pub fields: Vec<String>,
}

impl Source {
    /// A source with the fields that it supports.
    pub fn of(source: &model::Source, fields: Vec<String>) -> Self {
        Self {
            title: source.title.clone(),
            url: source.url.clone().map(Url),
            licence: source.licence.clone(),
            published_at: source.published.clone().map(PartialDate),
            retrieved_at: source.retrieved.map(Date),
            fields,
        }
    }
}
