//! The municipalities.

use super::{
    collection::{Collection, Geometry, Shape},
    column::Kind,
    common::{self, Of},
    value::Value,
};
use crate::{
    edition::{Edition, NodeId},
    model::{Layer, Municipality, vocabulary::InventoryStatus},
    spatial::Wgs84,
};

/// Where borders, inhabitants and land come from.
const LAYERS: [&str; 3] = ["land-area", "municipalities", "population"];

fn facts(edition: &Edition, municipality: u32) -> &Municipality {
    &edition.municipality(municipality).facts
}

/// Those of its places too: they are counted.
fn layers(edition: &Edition, municipality: u32) -> Vec<&Layer> {
    let own = common::layers_named(edition, &LAYERS);
    let of_places = edition.layers_of(&edition.municipality(municipality).places);
    own.into_iter().chain(of_places).collect()
}

/// Municipalities with their borders, inhabitants and numbers of places.
pub(super) fn collection() -> Collection {
    let mut columns = vec![
        common::id(|edition, row| NodeId::Municipality(facts(edition, row).code.clone()).to_string()),
        Of::new(
            "code",
            Kind::Text,
            ["gemeentecode", "municipality code"],
            ["CBS-code, zoals GM0193", "CBS code, such as GM0193"],
            |edition, row| Value::Text(facts(edition, row).code.as_str().into()),
        ),
        common::slug(|edition, row| &facts(edition, row).slug),
        Of::new(
            "name",
            Kind::Text,
            ["naam", "name"],
            ["naam van de gemeente", "name of the municipality"],
            |edition, row| Value::text(&facts(edition, row).name),
        ),
    ];
    columns.extend(figures());
    columns.extend(common::contact(|edition, row| facts(edition, row).contact.as_ref()));
    columns.extend(common::coordinates(|edition, row| {
        let at = facts(edition, row);
        Some(Wgs84 { lon: at.label_lon, lat: at.label_lat })
    }));
    columns.extend(common::provenance(|_, _| Vec::new(), layers));
    Collection {
        name: "municipalities",
        title: ["Gemeenten", "Municipalities"].into(),
        description: [
            "De gemeenten van Overijssel, met grens, inwoners en het aantal bekende ontmoetingsplekken; het punt is een labelpunt.",
            "The municipalities of Overijssel, with border, inhabitants and the number of known meeting places; the point is where a label stands.",
        ]
        .into(),
        shape: Some(Shape::MultiPolygon),
        columns,
        rows: |edition| edition.municipalities().len(),
        listed: |edition| common::all(edition.municipalities().len()),
        geometry: |edition, row| edition.boundary(row).map(|region| Geometry::Area(region.polygons())),
        layers,
        sources: |_, _| Vec::new(),
    }
}

fn figures() -> [Of; 8] {
    [
        Of::new(
            "population",
            Kind::Integer,
            ["inwoners", "inhabitants"],
            ["op de peildatum (CBS)", "on the date beside it (CBS)"],
            |edition, row| Value::integer(facts(edition, row).population),
        ),
        Of::new(
            "populationDate",
            Kind::Date,
            ["peildatum inwoners", "date of inhabitants"],
            ["dag van de inwoners", "day of the inhabitants"],
            |edition, row| Value::date(facts(edition, row).population_date),
        ),
        Of::new(
            "landArea",
            Kind::number("km2"),
            ["land (km²)", "land (km²)"],
            ["land zonder water, vierkante kilometer (CBS)", "land without water, square kilometres (CBS)"],
            |edition, row| Value::number(facts(edition, row).land_area_km2),
        ),
        Of::new(
            "landAreaYear",
            Kind::Integer,
            ["jaar land", "year of land"],
            ["jaar van de oppervlakte", "year of the land area"],
            |edition, row| Value::integer(facts(edition, row).land_area_year),
        ),
        Of::new(
            "placeCount",
            Kind::Integer,
            ["bekende plekken", "known places"],
            ["bekend en niet gesloten; er kunnen er meer zijn", "known and not closed; there may be more"],
            |edition, row| Value::count(edition.places_in_municipality(row)),
        ),
        Of::new(
            "placesPer10000",
            Kind::Number { unit: None, decimals: Some(2) },
            ["plekken per 10.000 inwoners", "places per 10,000 inhabitants"],
            ["vergelijkt ook hoe grondig er gezocht is", "compares how thoroughly was searched as well"],
            |edition, row| {
                let population = facts(edition, row).population.filter(|population| *population > 0);
                let places = edition.places_in_municipality(row) as f64;
                Value::number(population.map(|population| places * 10_000.0 / f64::from(population)))
            },
        ),
        Of::new(
            "inventory",
            Kind::term::<InventoryStatus>(),
            ["lijst volledig", "list complete"],
            ["of de gemeente haar lijst volledig noemt", "whether the municipality calls its list complete"],
            |edition, row| Value::term(Some(facts(edition, row).inventory)),
        ),
        Of::new(
            "expectedPlaces",
            Kind::Integer,
            ["verwacht aantal plekken", "expected places"],
            [
                "hoeveel er volgens de gemeente zijn; leeg: niet gezegd",
                "how many it says there are; empty: it has not said",
            ],
            |edition, row| Value::integer(facts(edition, row).expected_places),
        ),
    ]
}
