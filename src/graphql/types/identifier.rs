//! How others know a place.

use async_graphql::{Enum, SimpleObject};

use crate::graphql::scalar::Url;

/// Whose name for a place it is (stelsel).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum IdentifierScheme {
    /// BAG-nummeraanduiding: its address in the register of addresses and buildings, 16 digits.
    BagAddress,
    /// BAG-pand: its building there. Known of no place yet.
    BagBuilding,
    /// OpenStreetMap: an element, such as `node/101`.
    Osm,
    /// KVK-nummer: its organisation in the trade register. Known of no place yet.
    Kvk,
    /// Wikidata: an item. Known of no place yet.
    Wikidata,
    /// Ander: another one. Known of no place yet.
    Other,
}

/// A name of a place in another register (kenmerk).
#[derive(Clone, Debug, SimpleObject)]
pub struct Identifier {
    /// Whose name it is (stelsel).
    pub scheme: IdentifierScheme,
    /// The name (waarde).
    pub value: String,
    /// Where it is told what that is (adres); null: there is no such page.
    pub url: Option<Url>,
}

impl Identifier {
    /// An address of the BAG.
    pub fn address(nummeraanduiding: &str) -> Self {
        let url = format!("https://bag.basisregistraties.overheid.nl/bag/id/nummeraanduiding/{nummeraanduiding}");
        Self { scheme: IdentifierScheme::BagAddress, value: nummeraanduiding.to_owned(), url: Some(Url(url)) }
    }

    /// An element of OpenStreetMap.
    pub fn element(element: &str) -> Self {
        let url = format!("https://www.openstreetmap.org/{element}");
        Self { scheme: IdentifierScheme::Osm, value: element.to_owned(), url: Some(Url(url)) }
    }
}
