//! Villages, districts, neighbourhoods and hamlets of TOP10NL.

use super::{
    collection::{Collection, Geometry, Shape},
    column::Kind,
    common::{self, Of},
    value::Value,
};
use crate::{
    edition::{Edition, NodeId},
    model::{Layer, Settlement, vocabulary::SettlementKind},
    spatial::Wgs84,
};

fn facts(edition: &Edition, settlement: u32) -> &Settlement {
    &edition.settlement(settlement).facts
}

/// Those of its places too: they are counted.
fn layers(edition: &Edition, settlement: u32) -> Vec<&Layer> {
    let own = common::layers_named(edition, &["settlements"]);
    let of_places = edition.layers_of(&edition.settlement(settlement).places.certain);
    own.into_iter().chain(of_places).collect()
}

/// Settlements with their outlines and inhabitants.
pub(super) fn collection() -> Collection {
    let mut columns = vec![
        common::id(|edition, row| NodeId::Settlement(facts(edition, row).id.clone()).to_string()),
        common::slug(|edition, row| &facts(edition, row).slug),
        Of::new("name", Kind::Text, ["naam", "name"], ["niet uniek", "not unique"], |edition, row| {
            Value::text(&facts(edition, row).name)
        }),
        Of::new(
            "kind",
            Kind::term::<SettlementKind>(),
            ["soort", "kind"],
            ["typeGebied van TOP10NL", "typeGebied of TOP10NL"],
            |edition, row| Value::term(Some(facts(edition, row).kind)),
        ),
    ];
    columns.extend(common::municipality(|edition, row| {
        Some(&edition.municipality(edition.settlement(row).municipality).facts)
    }));
    columns.extend(figures());
    columns.extend(common::coordinates(|edition, row| {
        let at = facts(edition, row);
        Some(Wgs84 { lon: at.lon, lat: at.lat })
    }));
    columns.extend(common::provenance(|_, _| Vec::new(), layers));
    Collection {
        name: "settlements",
        title: ["Kernen", "Settlements"].into(),
        description: [
            "Dorpen, steden, wijken, buurten en buurtschappen van TOP10NL, met omtrek en inwoners; ze overlappen, dus tel alleen eigen inwoners op.",
            "Villages, towns, districts and hamlets of TOP10NL, with outline and inhabitants; they overlap, so add up own inhabitants only.",
        ]
        .into(),
        shape: Some(Shape::MultiPolygon),
        columns,
        rows: |edition| edition.settlements().len(),
        listed: |edition| common::all(edition.settlements().len()),
        geometry: |edition, row| Some(Geometry::Area(edition.settlement(row).region.polygons())),
        layers,
        sources: |_, _| Vec::new(),
    }
}

fn figures() -> [Of; 8] {
    [
        Of::new(
            "parentId",
            Kind::Text,
            ["ligt in (id)", "part of (id)"],
            ["id van de kleinste grotere kern die haar bevat", "id of the smallest larger settlement that holds it"],
            |edition, row| {
                let parent = edition.settlement(row).parent;
                parent.map_or(Value::Unknown, |parent| {
                    Value::made(NodeId::Settlement(facts(edition, parent).id.clone()).to_string())
                })
            },
        ),
        Of::new(
            "parent",
            Kind::Text,
            ["ligt in", "part of"],
            ["naam van die kern", "name of that settlement"],
            |edition, row| Value::text(edition.settlement(row).parent.map(|parent| &facts(edition, parent).name)),
        ),
        Of::new(
            "population",
            Kind::Integer,
            ["inwoners", "inhabitants"],
            [
                "delen meegerekend: niet optellen (CBS, op 5 afgerond)",
                "parts included: do not add up (CBS, rounded to 5)",
            ],
            |edition, row| Value::integer(facts(edition, row).population),
        ),
        Of::new(
            "ownPopulation",
            Kind::number(None),
            ["eigen inwoners", "own inhabitants"],
            ["die bij geen deel horen: deze tellen op", "that belong to no part: these add up"],
            |edition, row| Value::number(facts(edition, row).own_population),
        ),
        Of::new(
            "populationDate",
            Kind::Date,
            ["peildatum inwoners", "date of inhabitants"],
            ["dag van de inwoners", "day of the inhabitants"],
            |edition, row| Value::date(facts(edition, row).population_date),
        ),
        Of::new(
            "area",
            Kind::number("har"),
            ["oppervlakte (ha)", "area (ha)"],
            ["van de omtrek, hectare", "of the outline, hectares"],
            |edition, row| Value::number(facts(edition, row).area_ha),
        ),
        Of::new(
            "shareInMunicipality",
            Kind::number(None),
            ["deel in gemeente", "share in municipality"],
            ["deel van de omtrek in die gemeente, 0 tot 1", "share of the outline in that municipality, 0 to 1"],
            |edition, row| Value::number(facts(edition, row).share_in_municipality),
        ),
        Of::new(
            "placeCount",
            Kind::Integer,
            ["bekende plekken", "known places"],
            ["niet gesloten en zeker daarbinnen, delen meegerekend", "not closed and surely in it, parts included"],
            |edition, row| Value::count(edition.places_in_settlement(row)),
        ),
    ]
}
