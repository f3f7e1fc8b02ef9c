//! What a record says whatever the edition: texts, keywords, themes, services, and names of others.

use crate::collections::Words;

pub(super) const TITLE: Words =
    Words { nl: "Sociale ontmoetingsplekken in Overijssel", en: "Social meeting places in Overijssel" };
pub(super) const DESCRIPTION: Words = Words {
    nl: "Kulturhusen, dorpshuizen, buurthuizen, wijkcentra en MFA’s in de 25 gemeenten van Overijssel, met hun voorzieningen, activiteiten, \
        openingstijden en bronnen, en met gemeenten, kernen, wijken en beleid. Leeg betekent: niet bekend.",
    en: "Kulturhus, village halls, community and neighbourhood centres in the 25 municipalities of Overijssel, with their facilities, activities, \
        opening hours and sources, and with municipalities, settlements, neighbourhoods and policy. Empty means: not known.",
};
pub(super) const CATALOGUE: Words = Words { nl: "noaber: open gegevens", en: "noaber: open data" };
pub(super) const KEYWORDS: [Words; 5] = [
    Words { nl: "ontmoetingsplek", en: "meeting place" },
    Words { nl: "dorpshuis", en: "village hall" },
    Words { nl: "buurthuis", en: "community centre" },
    Words { nl: "kulturhus", en: "kulturhus" },
    Words { nl: "sociale basis", en: "social infrastructure" },
];
pub(super) const THEMES: [(&str, Words); 2] = [
    ("eu:data-theme/SOCI", Words { nl: "Bevolking en samenleving", en: "Population and society" }),
    ("eu:data-theme/REGI", Words { nl: "Regio’s en steden", en: "Regions and cities" }),
];
pub(super) const LANGUAGES: [&str; 2] = ["eu:language/NLD", "eu:language/ENG"];
pub(super) const FEATURES: &str = "http://www.opengis.net/doc/IS/ogcapi-features-1/1.0";
pub(super) const TILES: &str = "https://github.com/mapbox/vector-tile-spec/tree/master/2.1";
/// Overijssel and its municipalities, as the register of the government names them (TOOI).
pub(super) const PROVINCE: &str = "https://identifier.overheid.nl/tooi/id/provincie/pv23";
pub(super) const MUNICIPALITY: &str = "https://identifier.overheid.nl/tooi/id/gemeente/";

/// A service: name, endpoint, description, the standard it follows, what it is called, a sentence.
pub(super) type Service = (&'static str, &'static str, &'static str, &'static str, Words, Words);

pub(super) const SERVICES: [Service; 5] = [
    (
        "graphql",
        "/graphql",
        "/schema.graphql",
        "https://spec.graphql.org/September2025/",
        Words { nl: "GraphQL-API", en: "GraphQL API" },
        Words { nl: "Vragen op maat, zonder sleutel.", en: "Queries to measure, without a key." },
    ),
    (
        "features",
        "/ogc",
        "/ogc/api",
        FEATURES,
        Words { nl: "OGC API Features", en: "OGC API Features" },
        Words {
            nl: "Kaartlagen voor QGIS, GDAL en andere kaartprogramma’s.",
            en: "Layers for QGIS, GDAL and other programs for maps.",
        },
    ),
    (
        "tiles",
        "/tiles/places",
        "/openapi.json",
        TILES,
        Words { nl: "Vectortegels", en: "Vector tiles" },
        Words { nl: "Kaartlagen voor webkaarten.", en: "Layers for maps on the web." },
    ),
    (
        "directory",
        "/hsds/",
        "/hsds/",
        "https://github.com/openreferral/specification/tree/3.0",
        Words { nl: "Gids van diensten (HSDS)", en: "Directory of services (HSDS)" },
        Words {
            nl: "Activiteiten en plekken voor sociale kaarten.",
            en: "Activities and places for social directories.",
        },
    ),
    (
        "rest",
        "/v1",
        "/openapi.json",
        "https://spec.openapis.org/oas/v3.0.3",
        Words { nl: "Bestanden en kaarten", en: "Files and maps" },
        Words { nl: "Bestanden, kaarten en tegels over HTTP.", en: "Files, maps and tiles by HTTP." },
    ),
];
