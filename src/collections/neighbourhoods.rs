//! Wijken and buurten of CBS.

use super::{
    collection::{Collection, Geometry, Shape},
    column::Kind,
    common::{self, Of},
    value::Value,
};
use crate::{
    edition::{Edition, NodeId},
    model::{Layer, Neighbourhood, vocabulary::NeighbourhoodLevel},
};

fn facts(edition: &Edition, neighbourhood: u32) -> &Neighbourhood {
    &edition.neighbourhood(neighbourhood).facts
}

fn layers(edition: &Edition, _: u32) -> Vec<&Layer> {
    common::layers_named(edition, &["neighbourhoods"])
}

/// Neighbourhoods with their borders and inhabitants.
pub(super) fn collection() -> Collection {
    let mut columns = vec![
        common::id(|edition, row| NodeId::Neighbourhood(facts(edition, row).code.clone()).to_string()),
        Of::new(
            "code",
            Kind::Text,
            ["code", "code"],
            ["CBS-code: WK… of BU…", "CBS code: WK… or BU…"],
            |edition, row| Value::Text(facts(edition, row).code.as_str().into()),
        ),
        Of::new("name", Kind::Text, ["naam", "name"], ["naam volgens CBS", "name as CBS has it"], |edition, row| {
            Value::text(&facts(edition, row).name)
        }),
        Of::new(
            "level",
            Kind::term::<NeighbourhoodLevel>(),
            ["niveau", "level"],
            ["wijk of buurt", "wijk (district) or buurt (neighbourhood)"],
            |edition, row| Value::term(Some(facts(edition, row).level)),
        ),
    ];
    columns.extend(common::municipality(|edition, row| {
        Some(&edition.municipality(edition.neighbourhood(row).municipality).facts)
    }));
    columns.push(Of::new(
        "population",
        Kind::Integer,
        ["inwoners", "inhabitants"],
        ["leeg: niet bekend", "empty: not known"],
        |edition, row| Value::integer(facts(edition, row).population),
    ));
    columns.extend(common::coordinates(|edition, row| edition.neighbourhood(row).region.inner_point()));
    columns.extend(common::provenance(|_, _| Vec::new(), layers));
    Collection {
        name: "neighbourhoods",
        title: ["Wijken en buurten", "Neighbourhoods"].into(),
        description: [
            "Wijken van het CBS, en buurten waar die zijn ingelezen; het punt ligt erbinnen.",
            "Wijken (districts) of CBS, and buurten where they were imported; the point lies within.",
        ]
        .into(),
        shape: Some(Shape::MultiPolygon),
        columns,
        rows: |edition| edition.neighbourhoods().len(),
        listed: |edition| common::all(edition.neighbourhoods().len()),
        geometry: |edition, row| Some(Geometry::Area(edition.neighbourhood(row).region.polygons())),
        layers,
        sources: |_, _| Vec::new(),
    }
}
