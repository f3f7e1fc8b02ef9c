//! Who lives within reach of a place, a row for each settlement with inhabitants of its own: as computed for what is asked.

use std::sync::Arc;

use super::{
    collection::{Collection, Geometry, Shape},
    column::{Column, Kind},
    common,
    value::Value,
};
use crate::{
    edition::{
        Edition, NodeId,
        coverage::{Coverage, Reach, SettlementCoverage},
    },
    model::{Layer, Settlement},
};

/// A coverage with the edition that it is of.
pub struct Reached {
    edition: Arc<Edition>,
    coverage: Coverage,
    /// Positions of the layers of the settlements and of the places that may serve them.
    layers: Vec<usize>,
}

impl Reached {
    /// A coverage of an edition.
    pub fn new(edition: Arc<Edition>, coverage: Coverage) -> Self {
        let own = common::layers_named(&edition, &["settlements"]);
        let of_places = edition.layers_of(&coverage.places.possible);
        let keys: Vec<&str> = own.into_iter().chain(of_places).map(|layer| layer.key.as_str()).collect();
        let is_its = |at: &usize| edition.layers.get(*at).is_some_and(|layer| keys.contains(&layer.key.as_str()));
        let layers = (0..edition.layers.len()).filter(is_its).collect();
        Self { edition, coverage, layers }
    }

    /// The edition.
    pub fn edition(&self) -> &Edition {
        &self.edition
    }
}

type Of = Column<Reached>;

fn row(of: &Reached, row: u32) -> &SettlementCoverage {
    &of.coverage.settlements[row as usize]
}

fn settlement(of: &Reached, index: u32) -> &Settlement {
    &of.edition.settlement(row(of, index).settlement).facts
}

fn layers(of: &Reached, _: u32) -> Vec<&Layer> {
    of.layers.iter().filter_map(|at| of.edition.layers.get(*at)).collect()
}

fn place<'a>(of: &'a Reached, index: u32, read: impl Fn(&'a crate::model::Place) -> Value<'a>) -> Value<'a> {
    row(of, index).place.map_or(Value::Unknown, |place| read(&of.edition.place(place).facts))
}

/// Settlements with the bounds of their distance to the nearest place.
pub fn coverage() -> Collection<Reached> {
    let mut columns = vec![
        Of::of(
            (super::Role::Id, "id", Kind::Text),
            ["id", "id"],
            ["id van de kern: zie settlements", "id of the settlement: see settlements"],
            |of, index| Value::made(NodeId::Settlement(settlement(of, index).id.clone()).to_string()),
        ),
        Of::new("name", Kind::Text, ["kern", "settlement"], ["naam, niet uniek", "name, not unique"], |of, index| {
            Value::text(&settlement(of, index).name)
        }),
        Of::new(
            "municipalityCode",
            Kind::Text,
            ["gemeentecode", "municipality code"],
            ["CBS-code", "CBS code"],
            |of, index| Value::Text(settlement(of, index).municipality.as_str().into()),
        ),
        Of::new(
            "population",
            Kind::number(None),
            ["eigen inwoners", "own inhabitants"],
            ["die bij geen deel horen: deze tellen op", "that belong to no part: these add up"],
            |of, index| Value::number(row(of, index).population),
        ),
        Of::new(
            "maxDistance",
            Kind::number("m"),
            ["bereik (m)", "reach (m)"],
            ["gevraagd, hemelsbreed", "as asked, in a straight line"],
            |of, _| Value::number(of.coverage.max_distance_m),
        ),
        Of::new(
            "status",
            Kind::Text,
            ["binnen bereik (code)", "within reach (code)"],
            ["COVERED, UNCERTAIN of UNCOVERED", "COVERED, UNCERTAIN or UNCOVERED"],
            |of, index| Value::Text(code(row(of, index).status).into()),
        ),
        Of::new(
            "statusLabel",
            Kind::Words,
            ["binnen bereik", "within reach"],
            [
                "van de plekken die bekend zijn; er kunnen er meer zijn",
                "of the places that are known; there may be more",
            ],
            |of, index| Value::Words(label(row(of, index).status).map(Into::into)),
        ),
    ];
    columns.extend([
        Of::new(
            "placeId",
            Kind::Text,
            ["dichtstbijzijnde plek (id)", "nearest place (id)"],
            ["waarop de bovengrens rust", "on which the upper bound rests"],
            |of, index| place(of, index, |place| Value::made(NodeId::Place(place.key.clone()).to_string())),
        ),
        Of::new(
            "placeName",
            Kind::Text,
            ["dichtstbijzijnde plek", "nearest place"],
            ["waarop de bovengrens rust", "on which the upper bound rests"],
            |of, index| place(of, index, |place| Value::text(&place.name)),
        ),
        Of::new(
            "distanceAtLeast",
            Kind::Number { unit: Some("m"), decimals: Some(0) },
            ["afstand minstens (m)", "distance at least (m)"],
            [
                "dichterbij is geen bekende plek; leeg: misschien is er geen",
                "no known place is nearer; empty: there may be none",
            ],
            |of, index| Value::number(row(of, index).at_least_m),
        ),
        Of::new(
            "distanceAtMost",
            Kind::Number { unit: Some("m"), decimals: Some(0) },
            ["afstand hoogstens (m)", "distance at most (m)"],
            ["zo dichtbij is er zeker een; leeg: geen is zeker", "one is surely this near; empty: none is sure"],
            |of, index| Value::number(row(of, index).at_most_m),
        ),
        Of::new(
            "borderNearer",
            Kind::Boolean,
            ["grens dichterbij", "border nearer"],
            ["ja: een plek buiten Overijssel kan dichterbij zijn", "yes: a place outside Overijssel may be nearer"],
            |of, index| Value::Boolean(row(of, index).is_border_nearer),
        ),
        Of::of(
            (super::Role::Provenance, "licence", Kind::Texts),
            ["licentie", "licence"],
            ["per bronlaag", "of each layer"],
            |of, index| Value::texts(layers(of, index).into_iter().map(|layer| &layer.licence)),
        ),
        Of::of(
            (super::Role::Provenance, "attribution", Kind::Texts),
            ["bronvermelding", "attribution"],
            ["zoals de licentie die vraagt", "as the licence asks for it"],
            |of, index| Value::texts(layers(of, index).into_iter().map(|layer| &layer.attribution)),
        ),
        Of::of(
            (super::Role::Provenance, "edition", Kind::Text),
            ["editie", "edition"],
            ["uitgave van de gegevens: noem die erbij", "edition of the data: name it with a figure"],
            |of, _| Value::text(&of.edition.id),
        ),
    ]);
    Collection {
        name: "coverage",
        title: ["Bereik per kern", "Coverage by settlement"].into(),
        description: [
            "Hoe ver de inwoners van elke kern van een ontmoetingsplek wonen, als twee grenzen: geteld van het punt van de kern, hemelsbreed.",
            "How far the inhabitants of each settlement live from a meeting place, as two bounds: from the point of the settlement, in a straight line.",
        ]
        .into(),
        shape: Some(Shape::MultiPolygon),
        columns,
        rows: |of| of.coverage.settlements.len(),
        listed: |of| common::all(of.coverage.settlements.len()),
        geometry: |of, index| Some(Geometry::Area(of.edition.settlement(row(of, index).settlement).region.polygons())),
        layers,
        sources: |_, _| Vec::new(),
    }
}

fn code(reach: Reach) -> &'static str {
    match reach {
        Reach::Covered => "COVERED",
        Reach::Partly => "PARTLY",
        Reach::Uncertain => "UNCERTAIN",
        Reach::Uncovered => "UNCOVERED",
    }
}

fn label(reach: Reach) -> [&'static str; 2] {
    match reach {
        Reach::Covered => ["zeker", "surely"],
        Reach::Partly => ["deels", "partly"],
        Reach::Uncertain => ["misschien", "perhaps"],
        Reach::Uncovered => ["niet van een bekende plek", "not of a known place"],
    }
}
