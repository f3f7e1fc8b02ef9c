//! The command that writes the places out, whole or without a layer.

use std::sync::Arc;

use anyhow::Context as _;
use clap::ValueEnum;

use super::{editions, output::Output, tongue::say};
use crate::{
    app,
    config::Config,
    edition::PlaceFilter,
    http::{
        export::{in_order, write_csv, write_geojson},
        without::Download,
    },
    library,
    model::Language,
};

/// How places are written out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// As `/places.csv` has them
    Csv,
    /// As `/places.geojson` has them
    Geojson,
}

/// `noaber export places`
pub(super) async fn export(
    config: &Config,
    format: Format,
    without: Option<&str>,
    output: &Output,
    language: Language,
) -> anyhow::Result<()> {
    app::ensure_there(config)?;
    let store = editions::open(config, language).await?;
    let read = async {
        anyhow::Ok(match without {
            Some(layer) => Download::without(&store.books().await?, layer)?.edition,
            // What is served, whatever the tables hold.
            None => {
                let newest = store.newest().await?.ok_or_else(|| {
                    anyhow::anyhow!(say(
                        language,
                        "er is nog geen editie; `noaber serve` maakt de eerste",
                        "there is no edition yet; `noaber serve` makes the first"
                    ))
                })?;
                Arc::new(library::read(&store, &newest.id).await?)
            }
        })
    };
    let edition = read.await.with_context(|| config.database_named());
    store.close().await;
    let edition = edition?;
    let places = in_order(&edition, &edition.select(&PlaceFilter::default()).certain);
    let bytes = match format {
        Format::Csv => write_csv(&edition, &places)?,
        Format::Geojson => write_geojson(&edition, &places)?,
    };
    output.write(&bytes, language)
}
