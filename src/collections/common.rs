//! Columns that several collections have, and what their rows come from.

use super::{
    collection::Supports,
    column::{Column, Kind, Role},
    value::Value,
};
use crate::{
    edition::Edition,
    model::{ContactPoint, Layer, Municipality, Source},
    spatial::Wgs84,
};

/// A column of an edition.
pub(super) type Of = Column<Edition>;

/// The layers of a row.
pub(super) type Layers = for<'a> fn(&'a Edition, u32) -> Vec<&'a Layer>;

/// The sources of a row, with the fields that each supports.
pub(super) type Sources = for<'a> fn(&'a Edition, u32) -> Supports<'a>;

/// The id of a row.
pub(super) fn id(read: impl Fn(&Edition, u32) -> String + Send + Sync + 'static) -> Of {
    let description = ["blijvend, en uniek in deze verzameling", "lasting, and unique in this collection"];
    Of::of((Role::Id, "id", Kind::Text), ["id", "id"], description, move |edition, row| Value::made(read(edition, row)))
}

/// What an address on the web calls it.
pub(super) fn slug(read: for<'a> fn(&'a Edition, u32) -> &'a String) -> Of {
    let description = ["naam voor een webadres, uniek", "name for an address on the web, unique"];
    Of::new("slug", Kind::Text, ["webnaam", "slug"], description, move |edition, row| Value::text(read(edition, row)))
}

/// The municipality of a row: code and name.
pub(super) fn municipality(of: for<'a> fn(&'a Edition, u32) -> Option<&'a Municipality>) -> [Of; 2] {
    let code = ["CBS-code van de gemeente, zoals GM0193", "CBS code of the municipality, such as GM0193"];
    let name = ["naam van de gemeente", "name of the municipality"];
    [
        Of::new("municipalityCode", Kind::Text, ["gemeentecode", "municipality code"], code, move |edition, row| {
            of(edition, row).map_or(Value::Unknown, |facts| Value::Text(facts.code.as_str().into()))
        }),
        Of::new("municipality", Kind::Text, ["gemeente", "municipality"], name, move |edition, row| {
            Value::text(of(edition, row).map(|facts| &facts.name))
        }),
    ]
}

/// The point of a row, in degrees and in metres.
pub(super) fn coordinates(point: fn(&Edition, u32) -> Option<Wgs84>) -> [Of; 4] {
    let column = |name, kind, label, description, read: fn(Wgs84) -> f64| {
        let read = move |edition: &Edition, row| point(edition, row).map(read);
        Of::of((Role::Coordinate, name, kind), label, description, move |edition, row| {
            Value::number(read(edition, row))
        })
    };
    let degrees = Kind::Number { unit: Some("deg"), decimals: None };
    let metres = Kind::Number { unit: Some("m"), decimals: Some(1) };
    [
        column("lon", degrees, ["lengtegraad", "longitude"], ["WGS 84, graden", "WGS 84, degrees"], |at| at.lon),
        column("lat", degrees, ["breedtegraad", "latitude"], ["WGS 84, graden", "WGS 84, degrees"], |at| at.lat),
        column("rdX", metres, ["RD x", "RD x"], ["RD New, meter naar het oosten", "RD New, metres east"], |at| {
            at.to_rd().x
        }),
        column("rdY", metres, ["RD y", "RD y"], ["RD New, meter naar het noorden", "RD New, metres north"], |at| {
            at.to_rd().y
        }),
    ]
}

/// Where to ask: a role, never a person.
pub(super) fn contact(of: for<'a> fn(&'a Edition, u32) -> Option<&'a ContactPoint>) -> [Of; 5] {
    let none = ["leeg: niet bekend", "empty: not known"];
    [
        Of::new("contactRole", Kind::Text, ["contact functie", "contact role"], none, move |edition, row| {
            Value::text(of(edition, row).map(|contact| &contact.role))
        }),
        Of::new(
            "contactOrganisation",
            Kind::Text,
            ["contact organisatie", "contact organisation"],
            none,
            move |edition, row| Value::text(of(edition, row).and_then(|contact| contact.organisation.as_ref())),
        ),
        Of::new("contactUrl", Kind::Url, ["contact webpagina", "contact page"], none, move |edition, row| {
            Value::url(of(edition, row).and_then(|contact| contact.url.as_ref()))
        }),
        Of::new("contactEmail", Kind::Text, ["contact postbus", "contact mailbox"], none, move |edition, row| {
            Value::text(of(edition, row).and_then(|contact| contact.email.as_ref()))
        }),
        Of::new("contactPhone", Kind::Text, ["contact telefoon", "contact telephone"], none, move |edition, row| {
            Value::text(of(edition, row).and_then(|contact| contact.phone.as_ref()))
        }),
    ]
}

/// Where a row comes from and on what terms, and the edition.
pub(super) fn provenance(sources: Sources, layers: Layers) -> [Of; 4] {
    let column = |name, label, description, read: fn(&Edition, u32, Sources, Layers) -> Vec<String>| {
        Of::of((Role::Provenance, name, Kind::Texts), label, description, move |edition, row| {
            Value::Texts(read(edition, row, sources, layers).into_iter().map(Into::into).collect())
        })
    };
    let edition = ["uitgave van de gegevens: noem die erbij", "edition of the data: name it with a figure"];
    [
        column(
            "sources",
            ["bronnen", "sources"],
            ["adressen van de bronnen; zonder adres hun titel", "addresses of the sources; without one their title"],
            |edition, row, sources, _| {
                let told = |(source, _): (&Source, _)| source.url.as_ref().unwrap_or(&source.title).clone();
                sources(edition, row).into_iter().map(told).collect()
            },
        ),
        column(
            "licence",
            ["licentie", "licence"],
            ["per bronlaag, naast de bronvermelding", "of each layer of sources, beside its attribution"],
            |edition, row, _, layers| {
                terms(&layers(edition, row)).into_iter().map(|(licence, _)| licence.to_owned()).collect()
            },
        ),
        column(
            "attribution",
            ["bronvermelding", "attribution"],
            ["zoals de licentie die vraagt", "as the licence asks for it"],
            |edition, row, _, layers| {
                terms(&layers(edition, row)).into_iter().map(|(_, attribution)| attribution.to_owned()).collect()
            },
        ),
        Of::of((Role::Provenance, "edition", Kind::Text), ["editie", "edition"], edition, |edition, _| {
            Value::text(&edition.id)
        }),
    ]
}

/// Licences and attributions of layers, side by side, so that it can be read which licence asks for which attribution.
fn terms<'a>(layers: &[&'a Layer]) -> Vec<(&'a str, &'a str)> {
    let mut terms: Vec<(&str, &str)> = Vec::new();
    for layer in layers {
        let term = (layer.licence.as_str(), layer.attribution.as_str());
        if !terms.contains(&term) {
            terms.push(term);
        }
    }
    terms
}

/// The layers of these keys, as far as the edition has them.
pub(super) fn layers_named<'a>(edition: &'a Edition, keys: &[&str]) -> Vec<&'a Layer> {
    edition.layers.iter().filter(|layer| keys.contains(&layer.key.as_str())).collect()
}

/// The layers of these sources, each once.
pub(super) fn layers_of_sources<'a>(edition: &'a Edition, ids: impl IntoIterator<Item = &'a String>) -> Vec<&'a Layer> {
    let keys: Vec<&str> = sources_named(edition, ids).iter().map(|(source, _)| source.layer.as_str()).collect();
    layers_named(edition, &keys)
}

/// The sources of these ids, which support what names them as a whole.
pub(super) fn sources_named<'a>(
    edition: &'a Edition,
    ids: impl IntoIterator<Item = &'a String>,
) -> Vec<(&'a Source, &'a [String])> {
    ids.into_iter().filter_map(|id| Some((edition.source(id)?, &[][..]))).collect()
}

/// All rows, in their order.
pub(super) fn all(rows: usize) -> Vec<u32> {
    (0..u32::try_from(rows).unwrap_or(u32::MAX)).collect()
}
