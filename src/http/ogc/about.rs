//! What there is: landing page, conformance, collections, and what a collection can be asked by.

use serde_json::{Map, Value, json};

use super::{
    asked::is_queryable,
    links::{Links, link},
    systems::System,
};
use crate::{
    collections::{self, Collection, Column, Geometry, Kind, Role, Shape, Words},
    edition::Edition,
    model::vocabulary,
};

pub(super) const JSON: &str = "application/json";
pub(super) const GEOJSON: &str = "application/geo+json";
const HTML: &str = "text/html";
pub(super) const SCHEMA: &str = "application/schema+json";
/// The relation of a collection, or of its items, to what they can be asked by.
pub(super) const TO_QUERYABLES: &str = "http://www.opengis.net/def/rel/ogc/1.0/queryables";
/// How OGC calls the media type of OpenAPI 3.0.
pub(super) const OPENAPI: &str = "application/vnd.oai.openapi+json;version=3.0";

pub(super) const CONFORMANCE: [&str; 21] = [
    "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/html",
    "http://www.opengis.net/spec/ogcapi-common-2/1.0/conf/collections",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/html",
    "http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs",
    "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables",
    "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables-query-parameters",
    "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/filter",
    "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/features-filter",
    "http://www.opengis.net/spec/cql2/1.0/conf/cql2-text",
    "http://www.opengis.net/spec/cql2/1.0/conf/cql2-json",
    "http://www.opengis.net/spec/cql2/1.0/conf/basic-cql2",
    "http://www.opengis.net/spec/cql2/1.0/conf/advanced-comparison-operators",
    "http://www.opengis.net/spec/cql2/1.0/conf/case-insensitive-comparison",
    "http://www.opengis.net/spec/cql2/1.0/conf/basic-spatial-functions",
    "http://www.opengis.net/spec/cql2/1.0/conf/basic-spatial-functions-plus",
    "http://www.opengis.net/spec/cql2/1.0/conf/temporal-functions",
    "http://www.opengis.net/spec/cql2/1.0/conf/property-property",
];

pub(super) const TITLE: Words =
    Words { nl: "noaber: ontmoetingsplekken in Overijssel", en: "noaber: meeting places in Overijssel" };
pub(super) const DESCRIPTION: Words = Words {
    nl: "Open gegevens over sociale ontmoetingsplekken in de 25 gemeenten van Overijssel. Leeg betekent: niet bekend.",
    en: "Open data on social meeting places in the 25 municipalities of Overijssel. Null means: not known.",
};
const ABOUT_API: Words =
    Words { nl: "beschrijving voor programma’s (OpenAPI)", en: "description for programs (OpenAPI)" };
const CONFORMS: Words = Words { nl: "normen waaraan dit voldoet", en: "standards that this conforms to" };
const COLLECTIONS: Words = Words { nl: "verzamelingen", en: "collections" };
const ITEMS: Words = Words { nl: "items als GeoJSON", en: "items as GeoJSON" };
const QUERYABLES: Words = Words { nl: "waarop je kunt filteren", en: "what can be filtered by" };
const PAGE: Words = Words { nl: "als bladzijde", en: "as a page" };
const FIELDS: Words = Words { nl: "velden", en: "fields" };

/// The same as a page.
pub(super) fn alternate(links: &Links) -> Value {
    link("alternate", HTML, &links.in_format("html"), PAGE.of(links.language()))
}

/// The landing page.
pub(super) fn landing(edition: &Edition, links: &Links) -> Value {
    let of = |words: Words| words.of(links.language());
    json!({
        "title": of(TITLE),
        "description": of(DESCRIPTION),
        "edition": edition.id,
        "attribution": edition.attribution().join("; "),
        "links": [
            link("self", JSON, &links.here(), of(TITLE)),
            alternate(links),
            link("service-desc", OPENAPI, &links.to("/ogc/api"), of(ABOUT_API)),
            link("service-doc", HTML, &links.to("/ogc/api"), of(ABOUT_API)),
            link("conformance", JSON, &links.to("/ogc/conformance"), of(CONFORMS)),
            link("data", JSON, &links.to("/ogc/collections"), of(COLLECTIONS)),
        ],
    })
}

/// What this conforms to.
pub(super) fn conformance() -> Value {
    json!({ "conformsTo": CONFORMANCE })
}

/// All collections.
pub(super) fn collections(edition: &Edition, links: &Links) -> Value {
    let of = |words: Words| words.of(links.language());
    let all: Vec<Value> = collections::all().iter().map(|one| described(edition, one, links, false)).collect();
    json!({
        "links": [link("self", JSON, &links.here(), of(COLLECTIONS)), alternate(links)],
        "crs": System::ALL.map(System::uri),
        "collections": all,
    })
}

/// One collection.
pub(super) fn collection(edition: &Edition, one: &Collection, links: &Links) -> Value {
    described(edition, one, links, true)
}

fn described(edition: &Edition, one: &Collection, links: &Links, is_alone: bool) -> Value {
    let of = |words: Words| words.of(links.language());
    let at = format!("/ogc/collections/{}", one.name);
    let own = links.to(&at);
    let mut around = vec![
        link("self", JSON, if is_alone { links.here() } else { own }.as_str(), of(one.title)),
        link("items", GEOJSON, &links.to(&format!("{at}/items")), of(ITEMS)),
        link(TO_QUERYABLES, SCHEMA, &links.to(&format!("{at}/queryables")), of(QUERYABLES)),
        link("http://www.opengis.net/def/rel/ogc/1.0/schema", SCHEMA, &links.to(&format!("{at}/schema")), of(FIELDS)),
    ];
    if is_alone {
        around.push(alternate(links));
    }
    let layers = licences(edition, one);
    around.extend(layers.iter().map(|(licence, url)| link("license", "text/html", url, licence)));
    let mut described = json!({
        "id": one.name,
        "title": of(one.title),
        "description": of(one.description),
        "itemType": "feature",
        "links": around,
    });
    if let Some(bounds) = bounds(edition, one) {
        described["extent"] = json!({ "spatial": { "bbox": [bounds], "crs": System::Crs84.uri() } });
        described["crs"] = json!(System::ALL.map(System::uri));
        described["storageCrs"] = json!(System::Crs84.uri());
    }
    described
}

/// The licences of what a collection has, each with its address.
pub(super) fn licences(edition: &Edition, one: &Collection) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for row in one.listed(edition) {
        for layer in one.layers(edition, row) {
            if let Some(url) = &layer.licence_url
                && !found.iter().any(|(_, known)| known == url)
            {
                found.push((layer.licence.clone(), url.clone()));
            }
        }
    }
    found
}

/// West, south, east and north of all geometries.
fn bounds(edition: &Edition, one: &Collection) -> Option<[f64; 4]> {
    one.shape?;
    let mut all: Option<[f64; 4]> = None;
    for row in one.listed(edition) {
        let sides = match one.geometry(edition, row) {
            Some(Geometry::Point(at)) => [at.lon, at.lat, at.lon, at.lat],
            Some(Geometry::Area(area)) => match crate::spatial::window::bounds(area) {
                Some(sides) => sides,
                None => continue,
            },
            None => continue,
        };
        all = Some(match all {
            None => sides,
            Some([west, south, east, north]) => {
                [west.min(sides[0]), south.min(sides[1]), east.max(sides[2]), north.max(sides[3])]
            }
        });
    }
    // Where there is no location yet: the Netherlands.
    Some(all.unwrap_or([3.0, 50.0, 8.0, 54.0]))
}

/// What the items of a collection can be asked by, as JSON Schema.
pub(super) fn queryables(one: &Collection, links: &Links) -> Value {
    schema_of(one, links, is_queryable, asked_by)
}

/// The type of what is asked of a column.
pub(super) fn asked_by(column: &Column) -> Value {
    let mut schema = typed(column);
    // One term is asked for, also of a list.
    if let Some(items) = schema.as_object_mut().and_then(|schema| schema.remove("items")) {
        schema["type"] = json!("string");
        if let Some(terms) = items.get("enum") {
            schema["enum"] = terms.clone();
        }
    }
    schema
}

/// What the items of a collection have, as JSON Schema.
pub(super) fn schema(one: &Collection, links: &Links) -> Value {
    schema_of(one, links, |column| !matches!(column.role, Role::Coordinate), typed)
}

fn schema_of(
    one: &Collection,
    links: &Links,
    is_in: impl Fn(&Column) -> bool,
    schema: impl Fn(&Column) -> Value,
) -> Value {
    let language = links.language();
    let mut properties = Map::new();
    for column in one.columns.iter().filter(|column| is_in(column)) {
        let mut schema = schema(column);
        schema["title"] = json!(column.label.of(language));
        schema["description"] = json!(column.description.of(language));
        if column.role == Role::Id {
            schema["x-ogc-role"] = json!("id");
        }
        properties.insert(column.name.to_owned(), schema);
    }
    if let Some(shape) = one.shape {
        let format = match shape {
            Shape::Point => "geometry-point",
            Shape::MultiPolygon => "geometry-multipolygon",
        };
        properties.insert("geometry".to_owned(), json!({ "x-ogc-role": "primary-geometry", "format": format }));
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": links.plain(links.path()),
        "type": "object",
        "title": one.title.of(language),
        "description": one.description.of(language),
        "properties": properties,
        "additionalProperties": false,
    })
}

/// The type of a column.
pub(in crate::http) fn typed(column: &Column) -> Value {
    let terms = |name: &str| -> Vec<&'static str> {
        vocabulary::all().into_iter().find(|(known, _)| *known == name).map(|(_, terms)| terms).unwrap_or_default()
    };
    match column.kind {
        Kind::Text | Kind::Words => json!({ "type": "string" }),
        Kind::Url => json!({ "type": "string", "format": "uri" }),
        Kind::Integer => json!({ "type": "integer" }),
        Kind::Number { unit: None, .. } => json!({ "type": "number" }),
        Kind::Number { unit: Some(unit), .. } => {
            json!({ "type": "number", "x-ogc-unit": unit, "x-ogc-unitLang": "http://www.opengis.net/def/uom/UCUM/" })
        }
        Kind::Boolean => json!({ "type": "boolean" }),
        Kind::Date => json!({ "type": "string", "format": "date" }),
        Kind::PartialDate => json!({ "type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$" }),
        Kind::DateTime => json!({ "type": "string", "format": "date-time" }),
        Kind::Term(list) => json!({ "type": "string", "enum": terms(list) }),
        Kind::Terms(list) => json!({ "type": "array", "items": { "type": "string", "enum": terms(list) } }),
        Kind::Texts => json!({ "type": "array", "items": { "type": "string" } }),
    }
}
