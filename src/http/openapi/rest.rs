//! The REST side: files, maps, tiles and health, as OpenAPI 3.0 describes them.

use serde_json::{Map, Value, json};

use super::parts::{Operation, components, in_path, known, pascal, query};
use crate::{
    collections::{self, Words},
    http::{
        API_VERSION,
        files::files,
        ogc::links::Links,
        operator::Operator,
        parameters::{Address, Name},
        versioned::{FILES, VERSION},
    },
    model::Language,
};

const TITLE: Words =
    Words { nl: "noaber: ontmoetingsplekken in Overijssel", en: "noaber: meeting places in Overijssel" };
const DESCRIPTION: Words = Words {
    nl: "Bestanden, kaarten en tegels van open gegevens over sociale ontmoetingsplekken in de 25 gemeenten van Overijssel. Leeg betekent: niet bekend. \
        De GraphQL-API staat op `/graphql` (haar schema op `/schema.graphql`), OGC API Features op `/ogc` (beschreven in `/ogc/api`), een gids van diensten (HSDS) op `/hsds/`, feeds op `/feeds/places`, `/feeds/activities` en `/changes`.\n\n\
        Elk adres is er ook zonder `/v1`. Bestanden heten hier `/files/places.csv` en zijn ook te vinden als `/places.csv`: de API Design Rules \
        willen dat het eerste deel van een pad een woord is, en een bestand heeft zijn extensie in de naam.",
    en: "Files, maps and tiles of open data on social meeting places in the 25 municipalities of Overijssel. Empty means: not known. \
        The GraphQL API is at `/graphql` (its schema at `/schema.graphql`), OGC API Features at `/ogc` (described in `/ogc/api`), a directory of services (HSDS) at `/hsds/`, feeds at `/feeds/places`, `/feeds/activities` and `/changes`.\n\n\
        Every address is there without `/v1` too. Files are called `/files/places.csv` here and are at `/places.csv` as well: the Dutch API Design \
        Rules want the first part of a path to be a word, and a file has its extension in its name.",
};
const TAGS: [(&str, Words); 4] = [
    ("files", Words { nl: "bestanden", en: "files" }),
    ("maps", Words { nl: "kaarten als plaatje", en: "maps as pictures" }),
    ("tiles", Words { nl: "vectortegels voor webkaarten", en: "vector tiles for web maps" }),
    ("health", Words { nl: "of de dienst er is", en: "whether the service is there" }),
];
const LAYER: Words = Words { nl: "wat de laag is (TileJSON 3.0)", en: "what the layer is (TileJSON 3.0)" };
const TILE: Words = Words {
    nl: "een tegel (Mapbox Vector Tile 2.1, WebMercatorQuad)",
    en: "a tile (Mapbox Vector Tile 2.1, WebMercatorQuad)",
};
const COVERAGE: Words = Words { nl: "bereik", en: "coverage" };
const ZOOM: Words = Words { nl: "zoomniveau", en: "zoom level" };
const COLUMN: Words = Words { nl: "kolom vanaf het westen", en: "column from the west" };
const ROW: Words = Words { nl: "rij vanaf het noorden", en: "row from the north" };

/// What is described: where, how it is called, its group, what it takes, what comes, a line on it.
type Described = (&'static str, &'static str, &'static str, Address, &'static str, Words);

const OTHERS: [Described; 5] = [
    (
        "/files/gaps.csv",
        "getGaps",
        "files",
        Address::Download,
        "text/csv",
        Words { nl: "wat er van plekken niet bekend is", en: "what is not known of places" },
    ),
    (
        "/files/template.xlsx",
        "getTemplate",
        "files",
        Address::Template,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        Words { nl: "de lijst van een gemeente om aan te vullen", en: "the list of a municipality to complete" },
    ),
    (
        "/files/map.svg",
        "getMapAsSvg",
        "maps",
        Address::MapSvg,
        "image/svg+xml",
        Words { nl: "een kaart van plekken", en: "a map of places" },
    ),
    (
        "/files/map.png",
        "getMapAsPng",
        "maps",
        Address::MapPng,
        "image/png",
        Words { nl: "een kaart van plekken in pixels", en: "a map of places in pixels" },
    ),
    (
        "/files/schema.graphql",
        "getGraphqlSchema",
        "files",
        Address::Schema,
        "text/plain",
        Words { nl: "het schema van de GraphQL-API", en: "the schema of the GraphQL API" },
    ),
];

/// The document.
pub(super) fn document(links: &Links, operator: Operator<'_>) -> Value {
    let language = links.language();
    let mut all = Writer { language, paths: Map::new(), used: Vec::new() };
    for file in files() {
        let format = file.format;
        let summary = format!("{} ({})", file.title.of(language), format.name);
        let id = format!("get{}As{}", pascal(file.name), pascal(&format.name.to_lowercase()));
        all.add(&format!("{FILES}{}", file.path), id, "files", file.address, format.media_type, summary, Vec::new());
    }
    for (path, id, tag, address, media_type, words) in OTHERS {
        all.add(path, id.to_owned(), tag, address, media_type, words.of(language).to_owned(), Vec::new());
    }
    let layers = collections::all().iter().filter(|collection| collection.shape.is_some());
    let layers = layers
        .map(|collection| (collection.name, collection.title.of(language)))
        .chain([("coverage", COVERAGE.of(language))]);
    for (name, title) in layers {
        let address = match name {
            "places" => Address::PlaceTiles,
            "coverage" => Address::CoverageTiles,
            _ => Address::Tiles,
        };
        let (called, told) = (pascal(name), |words: Words| format!("{title}: {}", words.of(language)));
        all.add(
            &format!("/tiles/{name}"),
            format!("get{called}Layer"),
            "tiles",
            address,
            "application/json",
            told(LAYER),
            Vec::new(),
        );
        let whole = |most: u32| json!({ "type": "integer", "minimum": 0, "maximum": most });
        let numbers =
            [("zoom", ZOOM, whole(22)), ("column", COLUMN, whole((1 << 22) - 1)), ("row", ROW, whole((1 << 22) - 1))];
        let numbers = numbers.map(|(name, words, schema)| in_path(name, words.of(language), &schema)).to_vec();
        let media_type = "application/vnd.mapbox-vector-tile";
        all.add(
            &format!("/tiles/{name}/{{zoom}}/{{column}}/{{row}}"),
            format!("get{called}Tile"),
            "tiles",
            address,
            media_type,
            told(TILE),
            numbers,
        );
    }
    for (name, words) in [
        ("live", Words { nl: "of het programma loopt", en: "whether the program runs" }),
        ("ready", Words { nl: "of er een editie geserveerd wordt", en: "whether an edition is served" }),
    ] {
        let (id, summary) = (format!("getHealth{}", pascal(name)), words.of(language).to_owned());
        all.add(&format!("/health/{name}"), id, "health", Address::Crawlers, "application/json", summary, Vec::new());
    }
    let parameters = all.used.iter().map(|name| {
        (name.text().to_owned(), query(name.text(), name.meaning().of(language), &name.schema(), name.has_several()))
    });
    let mut info =
        json!({ "title": TITLE.of(language), "description": DESCRIPTION.of(language), "version": API_VERSION });
    if let Some(contact) = operator.contact_of_document() {
        info["contact"] = contact;
    }
    let tags = TAGS.map(|(name, words)| json!({ "name": name, "description": words.of(language) }));
    json!({
        "openapi": "3.0.3",
        "info": info,
        "servers": [{ "url": links.root(VERSION) }],
        "externalDocs": { "url": links.root("/ogc/api"), "description": "OGC API Features" },
        "tags": tags,
        "paths": all.paths,
        "components": components(language, parameters.collect(), Map::new()),
    })
}

/// A document that grows.
struct Writer {
    language: Language,
    paths: Map<String, Value>,
    /// The parameters that any address takes.
    used: Vec<Name>,
}

impl Writer {
    #[expect(clippy::too_many_arguments, reason = "a row of a table")]
    fn add(
        &mut self,
        path: &str,
        id: String,
        tag: &'static str,
        address: Address,
        media_type: &str,
        summary: String,
        of_path: Vec<Value>,
    ) {
        let mut parameters = of_path;
        for name in address.parameters() {
            if !self.used.contains(&name) {
                self.used.push(name);
            }
            parameters.push(known(name.text()));
        }
        let schema = match media_type {
            "application/json" | "application/geo+json" => json!({ "type": "object" }),
            text if text.starts_with("text/") || text == "image/svg+xml" => json!({ "type": "string" }),
            _ => json!({ "type": "string", "format": "binary" }),
        };
        let media_type = media_type.to_owned();
        let operation = Operation { id, tag, summary, parameters, media_type, schema };
        self.paths.insert(path.to_owned(), operation.written(self.language));
    }
}
