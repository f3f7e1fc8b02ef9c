//! The command that writes the places out, whole or without a layer.

use clap::ValueEnum;

use super::output::Output;
use crate::{
    app,
    config::Config,
    edition::PlaceFilter,
    http::{
        export::{in_order, write_csv, write_geojson},
        without::Download,
    },
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
    let (store, _) = app::prepare_existing(config).await?;
    let books = store.books().await;
    store.close().await;
    let Download { edition, sources } = match without {
        Some(layer) => Download::without(&books?, layer)?,
        None => Download::whole(&books?)?,
    };
    let places = in_order(&edition, &edition.select(&PlaceFilter::default()).certain);
    let bytes = match format {
        Format::Csv => write_csv(&edition, &places, &sources)?,
        Format::Geojson => write_geojson(&edition, &places, &sources)?,
    };
    output.write(&bytes, language)
}
