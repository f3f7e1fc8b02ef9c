//! What the OGC API takes and gives, as OpenAPI 3.0: GDAL reads from it how much may be asked at once, code generators all of it.

use serde_json::{Map, Value, json};

use super::{
    about::{self, GEOJSON, JSON, SCHEMA},
    asked::{LIMIT, MOST, OF_ITEMS, is_queryable},
    cql2::Notation,
    links::Links,
    systems::System,
};
use crate::{
    collections::{self, Collection, Role, Shape, Words},
    http::{
        API_VERSION,
        openapi::parts::{Operation, components, in_path, known, pascal, query},
    },
    model::Language,
};

const LANDING: Words = Words { nl: "beginpagina", en: "landing page" };
const CONFORMANCE: Words = Words { nl: "normen waaraan dit voldoet", en: "standards that this conforms to" };
const COLLECTIONS: Words = Words { nl: "alle verzamelingen", en: "all collections" };
const QUERYABLES: Words = Words { nl: "waarop gefilterd kan worden", en: "what can be filtered by" };
const FIELDS: Words = Words { nl: "de velden", en: "the fields" };
const ID: Words = Words { nl: "blijvende id van een item", en: "lasting id of an item" };

/// The document.
pub(super) fn document(links: &Links) -> Value {
    let language = links.language();
    let of = |words: Words| words.of(language);
    let about = || ["f", "lang", "edition"].map(known).to_vec();
    let mut paths = Map::new();
    let mut add = |path: &str, id: &str, summary: &str, parameters: Vec<Value>, media_type: &str, schema: Value| {
        let (id, summary, media_type) = (id.to_owned(), summary.to_owned(), media_type.to_owned());
        let operation = Operation { id, tag: "features", summary, parameters, media_type, schema };
        let mut written = operation.written(language);
        written["get"]["responses"]["200"]["content"]["text/html"] = json!({ "schema": { "type": "string" } });
        paths.insert(path.to_owned(), written);
    };
    let object = || json!({ "type": "object" });
    add("/", "getLandingPage", of(LANDING), about(), JSON, object());
    add("/conformance", "getConformance", of(CONFORMANCE), about(), JSON, object());
    add("/collections", "getCollections", of(COLLECTIONS), about(), JSON, object());
    let mut schemas = Map::new();
    for one in collections::all() {
        let (at, name, title) = (format!("/collections/{}", one.name), pascal(one.name), of(one.title));
        let told = |words: Words| format!("{title}: {}", of(words));
        add(&at, &format!("get{name}Collection"), title, about(), JSON, object());
        add(&format!("{at}/queryables"), &format!("get{name}Queryables"), &told(QUERYABLES), about(), SCHEMA, object());
        add(&format!("{at}/schema"), &format!("get{name}Schema"), &told(FIELDS), about(), SCHEMA, object());
        let mut parameters = OF_ITEMS.map(known).to_vec();
        parameters.extend(
            one.columns
                .iter()
                .filter(|column| is_queryable(column))
                .map(|column| query(column.name, column.description.of(language), &about::asked_by(column), false)),
        );
        let list = json!({ "$ref": format!("#/components/schemas/{name}Features") });
        add(&format!("{at}/items"), &format!("get{name}Items"), of(one.description), parameters, GEOJSON, list);
        let mut parameters = vec![in_path("featureId", of(ID), &json!({ "type": "string" }))];
        parameters.extend(["crs", "f", "lang", "edition", "without"].map(known));
        let item = json!({ "$ref": format!("#/components/schemas/{name}Feature") });
        add(&format!("{at}/items/{{featureId}}"), &format!("get{name}Item"), title, parameters, GEOJSON, item.clone());
        schemas.insert(format!("{name}Feature"), feature(one, language));
        schemas.insert(
            format!("{name}Features"),
            json!({
                "type": "object",
                "required": ["type", "features"],
                "properties": {
                    "type": { "type": "string", "enum": ["FeatureCollection"] },
                    "numberMatched": { "type": "integer" },
                    "numberReturned": { "type": "integer" },
                    "edition": { "type": "string" },
                    "attribution": { "type": "string" },
                    "links": { "type": "array", "items": { "type": "object" } },
                    "features": { "type": "array", "items": item },
                },
            }),
        );
    }
    json!({
        "openapi": "3.0.3",
        "info": { "title": of(about::TITLE), "description": of(about::DESCRIPTION), "version": API_VERSION },
        "servers": [{ "url": links.plain("/ogc") }],
        "tags": [{ "name": "features", "description": "OGC API Features" }],
        "paths": paths,
        "components": components(language, shared(language), schemas),
    })
}

/// The parameters that several addresses take.
fn shared(language: Language) -> Map<String, Value> {
    let systems = json!({ "type": "string", "format": "uri", "enum": System::ALL.map(System::uri), "default": System::Crs84.uri() });
    let text = json!({ "type": "string" });
    let all: [(&str, [&str; 2], Value, bool); 13] = [
        (
            "limit",
            [
                "items op een pagina; meer dan het hoogste is het hoogste",
                "items on a page; more than the most is the most",
            ],
            json!({ "type": "integer", "minimum": 1, "maximum": MOST, "default": LIMIT }),
            true,
        ),
        (
            "offset",
            ["zoveel items overslaan", "items to skip"],
            json!({ "type": "integer", "minimum": 0, "default": 0 }),
            false,
        ),
        (
            "bbox",
            [
                "links onder en rechts boven, in het stelsel van `bbox-crs`; hoogten tellen niet mee",
                "lower left and upper right, in the system of `bbox-crs`; heights do not count",
            ],
            json!({ "type": "array", "minItems": 4, "maxItems": 6, "items": { "type": "number" } }),
            true,
        ),
        ("bbox-crs", ["stelsel van `bbox`", "system of `bbox`"], systems.clone(), false),
        ("crs", ["stelsel van het antwoord", "system of the answer"], systems.clone(), false),
        (
            "filter",
            [
                "voorwaarde in CQL2 op eigenschappen en geometrie; wat niet bekend is, voldoet nooit",
                "condition in CQL2 on properties and geometry; what is not known never meets it",
            ],
            text.clone(),
            false,
        ),
        ("filter-crs", ["stelsel van geometrieën in `filter`", "system of geometries in `filter`"], systems, false),
        (
            "filter-lang",
            ["notatie van `filter`", "notation of `filter`"],
            json!({ "type": "string", "enum": Notation::NAMES, "default": Notation::NAMES[0] }),
            false,
        ),
        (
            "datetime",
            [
                "een dag, een moment of een periode van RFC 3339: van een activiteit wanneer ze is, van de rest wanneer het hier het laatst veranderde",
                "a day, a moment or an interval of RFC 3339: of an activity when it is held, of the rest when it last changed here",
            ],
            text.clone(),
            true,
        ),
        (
            "f",
            ["vorm van het antwoord", "format of the answer"],
            json!({ "type": "string", "enum": ["json", "geojson", "html"] }),
            false,
        ),
        (
            "lang",
            ["taal van wat uitgelegd wordt", "language of what is explained"],
            json!({ "type": "string", "enum": ["nl", "en"], "default": "nl" }),
            false,
        ),
        ("edition", ["editie; zonder komt de nieuwste", "edition; without it the newest"], text.clone(), false),
        (
            "without",
            [
                "laag die weggelaten wordt, zoals openstreetmap; niet samen met `edition`",
                "layer to leave out, such as openstreetmap; not together with `edition`",
            ],
            text,
            false,
        ),
    ];
    all.into_iter()
        .map(|(name, words, schema, is_list)| {
            (name.to_owned(), query(name, Words::from(words).of(language), &schema, is_list))
        })
        .collect()
}

/// An item; a member that is null is not known.
fn feature(one: &Collection, language: Language) -> Value {
    let mut properties = Map::new();
    for column in one.columns.iter().filter(|column| !matches!(column.role, Role::Id | Role::Coordinate)) {
        let mut schema = about::typed(column);
        schema["nullable"] = json!(true);
        schema["description"] = json!(column.description.of(language));
        // Without it null would be no value.
        if let Some(terms) = schema.get_mut("enum").and_then(Value::as_array_mut) {
            terms.push(Value::Null);
        }
        properties.insert(column.name.to_owned(), schema);
    }
    let geometry = one.shape.map_or("Point", |shape| match shape {
        Shape::Point => "Point",
        Shape::MultiPolygon => "MultiPolygon",
    });
    json!({
        "type": "object",
        "required": ["type", "id", "geometry", "properties"],
        "properties": {
            "type": { "type": "string", "enum": ["Feature"] },
            "id": { "type": "string" },
            "geometry": {
                "type": "object",
                "nullable": true,
                "required": ["type", "coordinates"],
                "properties": {
                    "type": { "type": "string", "enum": [geometry] },
                    "coordinates": { "type": "array", "items": {} },
                },
            },
            "properties": { "type": "object", "properties": properties },
        },
    })
}
