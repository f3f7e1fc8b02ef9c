//! Where facts come from: the publications, and the layers to which these belong.

use super::{
    collection::Collection,
    column::Kind,
    common::{self, Of},
    value::Value,
};
use crate::{
    edition::Edition,
    model::{Layer, Source},
};

fn source(edition: &Edition, row: u32) -> Option<&Source> {
    edition.sources.get(row as usize)
}

fn layer_of_source(edition: &Edition, row: u32) -> Option<&Layer> {
    let key = &source(edition, row)?.layer;
    edition.layers.iter().find(|layer| layer.key == *key)
}

fn layers_of_source(edition: &Edition, row: u32) -> Vec<&Layer> {
    layer_of_source(edition, row).into_iter().collect()
}

fn itself(edition: &Edition, row: u32) -> Vec<(&Source, &[String])> {
    source(edition, row).into_iter().map(|source| (source, &[][..])).collect()
}

/// A row for each publication.
pub(super) fn collection() -> Collection {
    let mut columns = vec![
        common::id(|edition, row| source(edition, row).map_or_else(String::new, |source| source.id.clone())),
        Of::new(
            "title",
            Kind::Text,
            ["titel", "title"],
            ["titel, of naam van de site", "title, or name of the site"],
            |edition, row| Value::text(source(edition, row).map(|source| &source.title)),
        ),
        Of::new(
            "url",
            Kind::Url,
            ["webadres", "address on the web"],
            ["leeg: niet op het web", "empty: not on the web"],
            |edition, row| Value::url(source(edition, row).and_then(|source| source.url.as_ref())),
        ),
        Of::new(
            "sourceLicence",
            Kind::Text,
            ["licentie van de bron", "licence of the source"],
            [
                "SPDX; leeg: niet bekend. Feiten zijn vrij, teksten en foto's niet",
                "SPDX; empty: not known. Facts are free, texts and pictures are not",
            ],
            |edition, row| Value::text(source(edition, row).and_then(|source| source.licence.as_ref())),
        ),
        Of::new(
            "publishedAt",
            Kind::PartialDate,
            ["gepubliceerd", "published"],
            ["zo precies als bekend", "as precise as it is known"],
            |edition, row| Value::partial_date(source(edition, row).and_then(|source| source.published.as_ref())),
        ),
        Of::new(
            "retrievedAt",
            Kind::Date,
            ["geraadpleegd", "retrieved"],
            ["dag waarop het gelezen is", "day on which it was read"],
            |edition, row| Value::date(source(edition, row).and_then(|source| source.retrieved)),
        ),
        Of::new("layer", Kind::Text, ["bronlaag", "layer"], ["sleutel in layers", "key in layers"], |edition, row| {
            Value::text(source(edition, row).map(|source| &source.layer))
        }),
    ];
    // Its sources are itself.
    columns.extend(common::provenance(itself, layers_of_source).into_iter().filter(|column| column.name != "sources"));
    Collection {
        name: "sources",
        title: ["Bronnen", "Sources"].into(),
        description: [
            "De publicaties waarop de feiten steunen, met hun licentie.",
            "The publications on which the facts rest, with their licence.",
        ]
        .into(),
        shape: None,
        columns,
        rows: |edition| edition.sources.len(),
        listed: |edition| common::all(edition.sources.len()),
        geometry: |_, _| None,
        layers: layers_of_source,
        sources: itself,
    }
}

fn layer(edition: &Edition, row: u32) -> Option<&Layer> {
    edition.layers.get(row as usize)
}

/// A row for each layer.
pub(super) fn layers() -> Collection {
    let columns = vec![
        common::id(|edition, row| layer(edition, row).map_or_else(String::new, |layer| layer.key.clone())),
        Of::new("title", Kind::Text, ["titel", "title"], ["wat het is", "what it is, in Dutch"], |edition, row| {
            Value::text(layer(edition, row).map(|layer| &layer.title))
        }),
        Of::new(
            "licence",
            Kind::Text,
            ["licentie", "licence"],
            ["SPDX, waar er een is", "SPDX, where there is one"],
            |edition, row| Value::text(layer(edition, row).map(|layer| &layer.licence)),
        ),
        Of::new(
            "licenceUrl",
            Kind::Url,
            ["tekst van de licentie", "text of the licence"],
            ["waar die staat", "where it stands"],
            |edition, row| Value::url(layer(edition, row).and_then(|layer| layer.licence_url.as_ref())),
        ),
        Of::new(
            "attribution",
            Kind::Text,
            ["bronvermelding", "attribution"],
            ["zoals de licentie die vraagt", "as the licence asks for it"],
            |edition, row| Value::text(layer(edition, row).map(|layer| &layer.attribution)),
        ),
        Of::new(
            "referenceDate",
            Kind::PartialDate,
            ["peildatum", "reference date"],
            ["waar de laag over gaat", "the date that the layer describes"],
            |edition, row| Value::partial_date(layer(edition, row).and_then(|layer| layer.reference_date.as_ref())),
        ),
    ];
    Collection {
        name: "layers",
        title: ["Bronlagen en licenties", "Layers and licences"].into(),
        description: [
            "De lagen van de gegevens, elk met één licentie en één bronvermelding.",
            "The layers of the data, each with one licence and one attribution.",
        ]
        .into(),
        shape: None,
        columns,
        rows: |edition| edition.layers.len(),
        listed: |edition| common::all(edition.layers.len()),
        geometry: |_, _| None,
        layers: |edition, row| layer(edition, row).into_iter().collect(),
        sources: |_, _| Vec::new(),
    }
}
