//! Maps: the places and figures of the API, drawn where they are; names that do not overlap; the same bytes for the same address.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::Cursor,
};

use noaber::drawing::raster;
use reqwest::{StatusCode, header};
use resvg::usvg::{self, Node, Rect, Tree, roxmltree};
use serde_json::{Value, json};

use crate::{
    oracle::{Oracle, seed_csv},
    support::TestApp,
};

async fn svg(app: &TestApp, parameters: &str) -> String {
    let (status, body) = app.body(&format!("/map.svg{parameters}")).await;
    assert_eq!(status, 200, "{parameters}: {body}");
    body
}

fn parsed(svg: &str) -> roxmltree::Document<'_> {
    roxmltree::Document::parse(svg).unwrap()
}

fn classed<'a>(document: &'a roxmltree::Document<'a>, class: &'a str) -> impl Iterator<Item = roxmltree::Node<'a, 'a>> {
    document
        .descendants()
        .filter(move |node| node.attribute("class").is_some_and(|classes| classes.split(' ').any(|one| one == class)))
}

/// The ids of what is drawn as a symbol, and of what is drawn as an area.
fn drawn(svg: &str) -> (BTreeSet<String>, BTreeSet<String>) {
    let document = parsed(svg);
    let ids = |class| {
        let all = classed(&document, class).filter_map(|node| node.attribute("data-id").map(str::to_owned));
        all.flat_map(|ids| ids.split(' ').map(str::to_owned).collect::<Vec<_>>()).collect()
    };
    let symbols =
        document.descendants().filter(|node| node.has_tag_name("g") && node.attribute("class") == Some("place"));
    (symbols.filter_map(|node| node.attribute("data-id").map(str::to_owned)).collect(), ids("coarse"))
}

fn described(svg: &str) -> String {
    let document = parsed(svg);
    let text = document.descendants().find(|node| node.has_tag_name("desc")).and_then(|node| node.text());
    text.unwrap().to_owned()
}

/// Where a renderer puts the ink of each child of a group of the drawing, with its text.
fn ink(svg: &str, group: &str) -> Vec<(String, Rect)> {
    let begin = svg.find(group).unwrap_or_else(|| panic!("no {group}"));
    let document = parsed(svg);
    let root = document.root_element();
    let head = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"{}\" font-family=\"{}\">",
        root.attribute("viewBox").unwrap(),
        root.attribute("font-family").unwrap()
    );
    // Halos are there to lie on things; ink is what must not.
    let body = svg[begin..].replace(" stroke=\"#ffffff\"", " data-halo=\"\"");
    let end = body.find("</g>").unwrap() + 4;
    let tree = Tree::from_str(&format!("{head}{}</svg>", &body[..end]), &raster::options()).unwrap();
    let mut found = Vec::new();
    collect(tree.root(), &mut found);
    found
}

fn collect(group: &usvg::Group, found: &mut Vec<(String, Rect)>) {
    for node in group.children() {
        match node {
            Node::Group(group) => collect(group, found),
            Node::Text(text) => {
                let words = text.chunks().iter().map(|chunk| chunk.text()).collect();
                found.push((words, text.flattened().abs_bounding_box()));
            }
            Node::Path(path) => found.push((String::new(), path.abs_bounding_box())),
            Node::Image(_) => {}
        }
    }
}

fn overlap(one: &Rect, other: &Rect) -> bool {
    one.left() < other.right() && other.left() < one.right() && one.top() < other.bottom() && other.top() < one.bottom()
}

/// The rectangle of the map on its sheet.
fn frame(svg: &str) -> Rect {
    let document = parsed(svg);
    let clip = document.descendants().find(|node| node.attribute("id") == Some("panel")).unwrap();
    let rect = clip.first_element_child().unwrap();
    let [x, y, width, height] =
        ["x", "y", "width", "height"].map(|name| rect.attribute(name).unwrap().parse::<f32>().unwrap());
    Rect::from_xywh(x, y, width, height).unwrap()
}

/// The middle of each symbol, from its outline.
fn symbols(svg: &str) -> BTreeMap<String, Rect> {
    let document = parsed(svg);
    let groups =
        document.descendants().filter(|node| node.has_tag_name("g") && node.attribute("class") == Some("place"));
    let size = document.root_element().attribute("viewBox").unwrap();
    groups
        .map(|group| {
            let path = group.children().rfind(|node| node.has_tag_name("path")).unwrap().attribute("d").unwrap();
            let one =
                format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"{size}\"><path d=\"{path}\"/></svg>");
            let mut found = Vec::new();
            collect(Tree::from_str(&one, &raster::options()).unwrap().root(), &mut found);
            (group.attribute("data-id").unwrap().to_owned(), found[0].1)
        })
        .collect()
}

fn codes() -> Vec<String> {
    let places = seed_csv("places.csv");
    let codes: BTreeSet<String> = places.iter().map(|row| row["municipality"].clone()).collect();
    codes.into_iter().collect()
}

#[tokio::test]
async fn a_map_has_the_places_of_the_query_as_points_where_they_are_known_and_as_areas_where_not() {
    let app = TestApp::shared().await;
    let oracle = Oracle::seed();
    let bbox = json!({ "west": 6.0, "south": 52.4, "east": 6.4, "north": 52.65 });
    let mut cases: Vec<(String, Value)> = codes()
        .into_iter()
        .map(|code| (format!("?municipality={code}"), json!({ "within": { "municipalities": [code] } })))
        .collect();
    cases.extend([
        (String::new(), json!({})),
        ("?kind=dorpshuis,mfa".to_owned(), json!({ "kinds": ["DORPSHUIS", "MFA"] })),
        ("?facility=theater&activity=".to_owned(), json!({ "facilities": { "any": ["THEATER"] } })),
        ("?activity=bridge,kaarten".to_owned(), json!({ "activities": { "any": ["BRIDGE", "KAARTEN"] } })),
        ("?status=CLOSED".to_owned(), json!({ "status": ["CLOSED"] })),
        ("?municipality=dalfsen,Ommen".to_owned(), json!({ "within": { "municipalities": ["GM0148", "GM0175"] } })),
        ("?bbox=6.0,52.4,6.4,52.65".to_owned(), json!({ "within": { "bbox": bbox } })),
    ]);
    for (parameters, filter) in cases {
        let (symbols, areas) = drawn(&svg(&app, &parameters).await);
        let expected: BTreeSet<String> = oracle.answer(&filter, false).into_iter().collect();
        let (at_address, coarse): (BTreeSet<_>, BTreeSet<_>) =
            expected.into_iter().partition(|id| oracle.place(id).row["precision"] == "ADDRESS");
        assert_eq!(symbols, at_address, "{parameters}");
        assert_eq!(areas, coarse, "{parameters}");
    }
    // A village, by slug and by id, with what the API says is in it.
    let query = "{ municipality(by: { code: \"GM0148\" }) { settlements { id slug } } }";
    let data = app.graphql(query, json!({})).await;
    let villages = data["municipality"]["settlements"].as_array().unwrap();
    let village = villages.iter().find(|one| one["slug"] == "lemelerveld").unwrap();
    let filter = json!({ "within": { "settlements": [village["id"]] } });
    let ids: BTreeSet<String> = app.places(&filter, false).await.into_iter().collect();
    assert!(!ids.is_empty());
    for name in [&village["id"], &village["slug"]] {
        let (symbols, areas) = drawn(&svg(&app, &format!("?settlement={}", name.as_str().unwrap())).await);
        assert_eq!(symbols.into_iter().chain(areas).collect::<BTreeSet<_>>(), ids, "{name}");
    }
}

#[tokio::test]
async fn symbols_stand_where_rd_says() {
    let app = TestApp::shared().await;
    let located: BTreeMap<String, [f64; 2]> = app
        .located()
        .await
        .into_iter()
        .map(|node| {
            let rd = &node["location"]["rd"];
            (node["id"].as_str().unwrap().to_owned(), [rd["x"].as_f64().unwrap(), rd["y"].as_f64().unwrap()])
        })
        .collect();
    for parameters in
        ["", "?municipality=GM0141", "?bbox=6.75,52.2,6.95,52.3", "?municipality=enschede&width=297&height=210"]
    {
        let svg = svg(&app, parameters).await;
        let metres: f64 = parsed(&svg)
            .descendants()
            .find_map(|node| node.attribute("data-metres-per-unit"))
            .unwrap()
            .parse()
            .unwrap();
        // A square, a circle and a diamond have their middle in the middle of their box.
        let squares = symbols(&svg);
        let kinds = ["KULTURHUS", "DORPSHUIS", "WIJKCENTRUM", "MFA"];
        let oracle = Oracle::seed();
        let measured: Vec<([f64; 2], [f64; 2])> = squares
            .iter()
            .filter(|(id, _)| kinds.contains(&oracle.place(id).row["kind"].as_str()))
            .map(|(id, rect)| {
                let middle = [f64::from(rect.left() + rect.right()) / 2.0, f64::from(rect.top() + rect.bottom()) / 2.0];
                (middle, located[id])
            })
            .collect();
        assert!(measured.len() >= 4, "{parameters}");
        let (first, rest) = measured.split_first().unwrap();
        for (at, rd) in rest {
            // North is up: down on the sheet is south in the plane.
            let (east, north) = (rd[0] - first.1[0], rd[1] - first.1[1]);
            let (right, down) = ((at[0] - first.0[0]) * metres, (at[1] - first.0[1]) * metres);
            assert!(
                (east - right).abs() < metres * 0.05 && (north + down).abs() < metres * 0.05,
                "{parameters} {rd:?}"
            );
        }
    }
}

#[tokio::test]
async fn no_two_names_overlap_and_none_crosses_the_frame_or_a_symbol_in_any_municipality() {
    let app = TestApp::shared().await;
    let mut cases: Vec<String> = codes().into_iter().map(|code| format!("?municipality={code}&lang=en")).collect();
    cases.extend(
        [
            "",
            "?labels=all",
            "?coverage=2000&width=120",
            "?bbox=6.75,52.2,6.95,52.3",
            "?municipality=zwolle&width=297&height=210",
            "?width=420",
        ]
        .map(str::to_owned),
    );
    let mut names = 0;
    for parameters in cases {
        let svg = svg(&app, &parameters).await;
        let (labels, frame) = (ink(&svg, "<g class=\"names\">"), frame(&svg));
        names += labels.len();
        for (index, (name, room)) in labels.iter().enumerate() {
            assert!(
                frame.left() <= room.left()
                    && room.right() <= frame.right()
                    && frame.top() <= room.top()
                    && room.bottom() <= frame.bottom(),
                "{parameters}: {name} leaves the map"
            );
            for (other, its) in &labels[index + 1..] {
                assert!(!overlap(room, its), "{parameters}: {name} lies on {other}");
            }
            for (id, symbol) in symbols(&svg) {
                let (x, y) = ((symbol.left() + symbol.right()) / 2.0, (symbol.top() + symbol.bottom()) / 2.0);
                let core = Rect::from_xywh(
                    x - symbol.width() * 0.4,
                    y - symbol.height() * 0.4,
                    symbol.width() * 0.8,
                    symbol.height() * 0.8,
                );
                assert!(!overlap(room, &core.unwrap()), "{parameters}: {name} lies on {id}");
            }
        }
    }
    assert!(names > 600, "{names} names");
}

#[tokio::test]
async fn a_map_of_the_province_names_all_its_municipalities() {
    let app = TestApp::shared().await;
    let data = app.graphql("{ municipalities { name } }", json!({})).await;
    let names: BTreeSet<&str> =
        data["municipalities"].as_array().unwrap().iter().map(|entry| entry["name"].as_str().unwrap()).collect();
    let svg = svg(&app, "").await;
    let drawn: BTreeSet<String> = ink(&svg, "<g class=\"names\">").into_iter().map(|(name, _)| name).collect();
    for name in names {
        assert!(drawn.contains(name), "{name} is missing");
    }
}

#[tokio::test]
async fn text_stays_on_the_sheet() {
    let app = TestApp::shared().await;
    for parameters in [
        "",
        "?width=60",
        "?municipality=zwolle&coverage=1000&width=297&height=210&facility=theater,horeca,sport&kind=kulturhus,mfa,wijkcentrum",
        "?width=90&lang=en&title=Een%20lange%20titel%20voor%20een%20smalle%20kaart%20van%20de%20provincie%20Overijssel",
        "?municipality=GM1735&coverage=1234.5&width=420&height=297",
        "?municipality=borne&width=60&title=Ontmoetingsplekkenbeleidsonderzoeksrapportage",
        "?width=60&height=180&lang=en",
    ] {
        let svg = svg(&app, parameters).await;
        let tree = Tree::from_str(&svg, &raster::options()).unwrap();
        let mut found = Vec::new();
        collect(tree.root(), &mut found);
        let size = tree.size();
        for (text, room) in found.iter().filter(|(text, _)| !text.is_empty()) {
            assert!(
                room.left() >= 0.0
                    && room.right() <= size.width()
                    && room.top() >= 0.0
                    && room.bottom() <= size.height(),
                "{parameters}: {text} at {room:?} of {size:?}"
            );
        }
        let scale: Vec<_> = ink(&svg, "<g class=\"scale\">").into_iter().filter(|(text, _)| !text.is_empty()).collect();
        assert!(scale.len() >= 2, "{parameters}: {scale:?}");
        for (index, (text, room)) in scale.iter().enumerate() {
            for (other, its) in &scale[index + 1..] {
                assert!(!overlap(room, its), "{parameters}: {text} lies on {other}");
            }
        }
    }
}

#[tokio::test]
async fn a_description_has_the_figures_of_the_api() {
    let app = TestApp::shared().await;
    let query = "{ municipality(by: { code: \"GM0193\" }) { coverage(maxDistance: 1000) {
        coveredArea uncertainArea uncoveredArea population
        atLeast { populationCovered } atMost { populationCovered } } } }";
    let coverage = app.graphql(query, json!({})).await["municipality"]["coverage"].take();
    let text = described(&svg(&app, "?municipality=zwolle&coverage=1000&lang=en").await);
    for name in ["coveredArea", "uncertainArea", "uncoveredArea"] {
        let area = format!("{:.1} km²", coverage[name].as_f64().unwrap());
        assert!(text.contains(&area), "{name} {area}: {text}");
    }
    let grouped = |number: f64| {
        let digits = format!("{number:.0}");
        let (thousands, rest) = digits.split_at(digits.len() - 3);
        format!("{thousands},{rest}")
    };
    for count in
        [&coverage["population"], &coverage["atLeast"]["populationCovered"], &coverage["atMost"]["populationCovered"]]
    {
        let count = grouped(count.as_f64().unwrap());
        assert!(text.contains(&count), "{count}: {text}");
    }
    insta::assert_snapshot!(described(&svg(&app, "?municipality=dalfsen").await), @"Kaart van de gemeente Dalfsen met 5 plekken. Naar soort: Kulturhus 5. Per kern: Dalfsen 1, Hoonhorst 1, Lemelerveld 1, Nieuwleusen 1, Oudleusen 1. Van 1 plek is alleen de kern, de wijk, de buurt of de straat bekend; daarvan is het hele gebied getekend, geen punt. Geen volledige lijst: het provinciale onderzoek van 2024 benaderde 325 plekken, in deze editie zijn er 282 bekend (3 gesloten plekken niet meegeteld). Waar geen plek staat, kan er een zijn. Bron: CBS / Kadaster; noaber, uit de per plek genoemde openbare bronnen; gemeenten / Kiesraad / Waar is mijn stemlokaal; Kadaster (BRT TOP10NL), inwoners CBS. Licenties: CC BY 4.0, CC0 1.0. Editie 2026-11-30-2f7330b9f63e van 30 november 2026.");
    insta::assert_snapshot!(described(&svg(&app, "?municipality=dalfsen&coverage=2000&lang=en&kind=kulturhus").await), @"Map of the municipality of Dalfsen with 5 places. Kind of meeting place: Kulturhus. By kind: Kulturhus 5. By village or town: Dalfsen 1, Hoonhorst 1, Lemelerveld 1, Nieuwleusen 1, Oudleusen 1. Of 1 place only the village, district, neighbourhood or street is known; the whole area is drawn for these, not a point. Coloured is what lies within 2 km of a place in a straight line: 57.5 km² surely (34.5%), 5.7 km² perhaps (3.4%) and 103.4 km² surely not (62.1%). Of the 24,530 inhabitants of the settlements 23,454 (95.6%) live within 2 km in a straight line, measured from the middle of their village or district; those who live outside do not count. Not a complete list: the provincial survey of 2024 approached 325 places, this edition knows 282 (3 closed places not counted). Where none is drawn there may be one. Source: CBS / Kadaster; noaber, uit de per plek genoemde openbare bronnen; gemeenten / Kiesraad / Waar is mijn stemlokaal; Kadaster (BRT TOP10NL), inwoners CBS. Licences: CC BY 4.0, CC0 1.0. Edition 2026-11-30-2f7330b9f63e of 30 November 2026.");
}

#[tokio::test]
async fn a_map_says_how_many_closed_places_it_does_not_count() {
    let app = TestApp::shared().await;
    let rows = seed_csv("places.csv");
    let closed = rows.iter().filter(|row| row["status"] == "CLOSED").count();
    assert_eq!(closed, 3);
    let said = format!("zijn er {} bekend (3 gesloten plekken niet meegeteld).", rows.len() - closed);
    for query in ["", "?status=OPEN,CLOSED"] {
        let described = described(&svg(&app, query).await);
        assert!(described.contains(&said), "{said}: {described}");
    }
}

#[tokio::test]
async fn a_map_says_where_it_comes_from_and_what_draws_it_again() {
    let app = TestApp::shared().await;
    let edition = app.edition();
    let first = svg(&app, "?lang=nl&municipality=Dalfsen&kind=mfa,KULTURHUS&utm_source=x").await;
    let document = parsed(&first);
    let origin = document.descendants().find(|node| node.has_tag_name("metadata")).unwrap().text().unwrap();
    assert_eq!(origin, format!("/map.svg?edition={edition}&kind=KULTURHUS,MFA&lang=nl&municipality=GM0148&width=180"));
    assert_eq!(app.body(origin).await.1, first);
    let notes: Vec<&str> = classed(&document, "note").filter_map(|node| node.text()).collect();
    let notes = notes.join(" ");
    for layer in seed_csv("layers.csv") {
        let attribution = layer["attribution"].trim_start_matches("Bron: ");
        let is_drawn =
            ["municipalities", "settlements", "place-facts", "polling-places"].contains(&layer["layer"].as_str());
        assert!(!is_drawn || notes.contains(attribution), "{attribution}: {notes}");
    }
    for text in [edition.as_str(), "30 november 2026", "CC BY 4.0", "CC0 1.0", "325 plekken", "Bron: "] {
        assert!(notes.contains(text), "{text}: {notes}");
    }
    assert!(!notes.contains("AnnoNu"), "the report is not drawn");
    let root = document.root_element();
    assert_eq!((root.attribute("role"), root.attribute("lang")), (Some("img"), Some("nl")));
    for id in root.attribute("aria-labelledby").unwrap().split(' ') {
        assert!(document.descendants().any(|node| node.attribute("id") == Some(id) && node.text().is_some()), "{id}");
    }
}

#[tokio::test]
async fn an_edition_is_drawn_the_same_after_the_next_one() {
    let app = TestApp::start().await;
    let old = app.edition();
    for path in ["/map.svg?municipality=GM0148&coverage=2000", "/map.png?municipality=GM0148&coverage=2000&scale=50"] {
        let pinned = format!("{path}&edition={old}");
        let before = app.get(path).await.bytes().await.unwrap();
        assert_eq!(app.get(&pinned).await.bytes().await.unwrap(), before);
    }
    let before = app.get("/map.svg?municipality=GM0148").await.bytes().await.unwrap();
    app.publish(&["UPDATE place SET name = 'De nieuwe naam' WHERE key = 'kulturhus-de-spil-nieuwleusen'"]).await;
    let after = svg(&app, "?municipality=GM0148").await;
    assert_ne!(after.as_bytes(), before);
    let response = app.get(&format!("/map.svg?municipality=GM0148&edition={old}")).await;
    assert_eq!(response.headers()[header::CACHE_CONTROL], "public, max-age=86400");
    assert_eq!(response.bytes().await.unwrap(), before);
    assert_eq!(app.get("/map.svg?edition=2020-01-01-000000000000").await.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_png_has_its_size_its_resolution_and_its_texts() {
    let app = TestApp::shared().await;
    for (parameters, width, dpi) in
        [("?municipality=borne", 1_063, 150.0), ("?municipality=borne&width=100&scale=300", 1_181, 300.0)]
    {
        let response = app.get(&format!("/map.png{parameters}")).await;
        assert_eq!(response.headers()[header::CONTENT_TYPE], "image/png");
        assert!(!response.headers().contains_key(header::CONTENT_ENCODING));
        let bytes = response.bytes().await.unwrap();
        let mut reader = png::Decoder::new(Cursor::new(&bytes)).read_info().unwrap();
        assert_eq!(reader.info().width, width);
        let per_metre = reader.info().pixel_dims.unwrap();
        assert_eq!((f64::from(per_metre.xppu) * 0.025_4).round(), dpi);
        let texts: BTreeMap<String, String> =
            reader.info().utf8_text.iter().map(|chunk| (chunk.keyword.clone(), chunk.get_text().unwrap())).collect();
        let svg = svg(&app, &parameters.replace("&scale=300", "")).await;
        assert_eq!(texts["Description"], described(&svg));
        assert_eq!(texts["Title"], "Ontmoetingsplekken in de gemeente Borne");
        assert!(texts["Copyright"].contains("CC BY 4.0") && texts["Copyright"].contains(&app.edition()), "{texts:?}");
        assert!(
            texts["Source"].starts_with("/map.png?edition=") && texts["Source"].contains("&municipality=GM0147&"),
            "{texts:?}"
        );
        // The words are there, in our own typeface: without it the head of the sheet would be white.
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut pixels).unwrap();
        let head = &pixels[..pixels.len() / 16];
        assert!(head.chunks_exact(3).filter(|pixel| pixel[0] < 80).count() > 1_000);
    }
}

#[tokio::test]
async fn a_map_that_is_known_is_not_sent_again() {
    let app = TestApp::shared().await;
    for path in ["/map.svg?municipality=borne", "/map.png?municipality=borne&scale=50"] {
        let first = app.get(path).await;
        assert_eq!(first.headers()[header::CACHE_CONTROL], "public, max-age=60");
        assert_eq!(first.headers()[header::CONTENT_SECURITY_POLICY], "default-src 'none'");
        let tag = first.headers()[header::ETAG].clone();
        let again =
            app.client.get(format!("{}{path}", app.url)).header(header::IF_NONE_MATCH, &tag).send().await.unwrap();
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED, "{path}");
        assert!(again.bytes().await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn a_title_is_text_and_names_are_told_by_choice() {
    let app = TestApp::shared().await;
    let titled = svg(&app, "?municipality=borne&title=%3Cscript%3E%26%22%20caf%C3%A9&labels=none").await;
    assert!(!titled.contains("<script"), "{titled}");
    let document = parsed(&titled);
    let title = document.descendants().find(|node| node.attribute("id") == Some("map-title")).unwrap();
    assert_eq!(title.text(), Some("<script>&\" café"));
    assert_eq!(classed(&document, "town").count() + classed(&document, "area").count(), 0);
    for (labels, towns, places) in [("areas", true, false), ("places", false, true), ("all", true, true)] {
        let svg = svg(&app, &format!("?municipality=dalfsen&labels={labels}")).await;
        let document = parsed(&svg);
        let texts = |class| classed(&document, class).filter(|node| node.has_tag_name("text")).count() > 0;
        assert_eq!((texts("town"), texts("place")), (towns, places), "{labels}");
    }
}

#[tokio::test]
async fn a_wrong_parameter_of_a_map_is_a_problem_that_says_what_would_be_right() {
    let app = TestApp::shared().await;
    let mut told = Vec::new();
    for path in [
        "/map.svg?gemeente=Zwolle",
        "/map.svg?scale=300",
        "/map.svg?municipality=Amsterdam",
        "/map.svg?municipality=place:de-schalm-dalfsen",
        "/map.svg?municipality=dalfsen,lemelerveld",
        "/map.svg?width=100&width=120",
        "/map.svg?near=4.8,52.3&radius=5000",
        "/map.svg?bbox=4.8,52.3,5.0,52.4",
        "/map.svg?kind=kerk",
        "/map.svg?status=kapot",
        "/map.svg?lang=de",
        "/map.svg?labels=veel",
        "/map.svg?coverage=150001",
        "/map.svg?coverage=ver",
        "/map.svg?width=59",
        "/map.svg?width=NaN",
        "/map.svg?width=180&height=60",
        "/map.svg?width=60&height=1200",
        "/map.png?scale=301",
        "/map.png?scale=300&width=900&height=900",
        "/map.svg?title=%D0%9E%D0%B2%D0%B5%D1%80%D0%B5%D0%B9%D1%81%D1%81%D0%B5%D0%BB",
        "/map.svg?title=a%00b",
    ] {
        let response = app.get(path).await;
        assert_eq!(response.status(), StatusCode::BAD_REQUEST, "{path}");
        assert_eq!(response.headers()[header::CONTENT_TYPE], "application/problem+json");
        let problem: Value = response.json().await.unwrap();
        told.push(problem["detail"].as_str().unwrap().to_owned());
    }
    let long = app.get(&format!("/map.svg?title={}", "a".repeat(151))).await;
    assert_eq!(long.status(), StatusCode::BAD_REQUEST);
    insta::assert_snapshot!(told.join("\n"), @r"
        `gemeente` is not a parameter here; use municipality, settlement, kind, facility, activity, status, bbox, near, postcode, radius, text, lang, edition, without, coverage, theme, labels, title, width or height
        `scale` is not a parameter here; use municipality, settlement, kind, facility, activity, status, bbox, near, postcode, radius, text, lang, edition, without, coverage, theme, labels, title, width or height
        `Amsterdam` is not one of the 25 municipalities of Overijssel; name one by CBS code or name, such as GM0193 or Zwolle
        `place:de-schalm-dalfsen` is not one of the 25 municipalities of Overijssel; name one by CBS code or name, such as GM0193 or Zwolle
        `lemelerveld` is not one of the 25 municipalities of Overijssel; name one by CBS code or name, such as GM0193 or Zwolle
        `width` is given twice; name one
        `near` is `4.800,52.300`; nothing of Overijssel lies in it, which is within 5.7,52.1,7.1,52.9
        `bbox` is `4.8,52.3,5,52.4`; nothing of Overijssel lies in it, which is within 5.7,52.1,7.1,52.9
        `kerk` is not a value of `kind`; there are KULTURHUS, DORPSHUIS, BUURTHUIS, WIJKCENTRUM, MFA, GEMEENSCHAPSHUIS and OVERIG
        `kapot` is not a value of `status`; there are OPEN, PLANNED and CLOSED
        `de` is not a value of `lang`; there are nl and en
        `veel` is not a value of `labels`; there are all, areas, places and none
        `coverage` is `150001`; people are within reach at more than 0 and at most 150000 metres, such as 2000
        `coverage` is `ver`; people are within reach at more than 0 and at most 150000 metres, such as 2000
        `width` is `59`; expected millimetres from 60 to 1200
        `width` is `NaN`; expected millimetres from 60 to 1200
        `height` is 60; title, legend and sources of this map need at least 99 millimetres at this `width`; leave `height` out for as much as it takes
        `width` and `height` are 60 and 1200; one is at most 3 times the other: leave `height` out for as much as the map takes
        `scale` is `301`; expected dots per inch from 36 to 300
        a map of 900 by 900 mm at 300 dots per inch has 10630 × 10630 pixels; at most 36000000 are drawn: ask for a lower `scale`, a smaller `width` or /map.svg
        `title` has the character `О` (U+041E); the typeface of the maps has the letters of western and central European languages
        `title` has the character `�` (U+0000); the typeface of the maps has the letters of western and central European languages
    ");
}

/// The figures that a map of a theme has beside the names, as its description tells them.
fn figures(svg: &str, heading: &str) -> BTreeMap<String, String> {
    let told = described(svg);
    let list = told.split_once(&format!("{heading}: ")).unwrap_or_else(|| panic!("{told}")).1;
    let list = list.split(". ").next().unwrap();
    list.split(", ")
        .map(|item| item.rsplit_once(' ').unwrap())
        .map(|(name, figure)| (name.to_owned(), figure.to_owned()))
        .collect()
}

#[tokio::test]
async fn a_map_of_a_figure_has_that_of_the_api_for_each_municipality() {
    let app = TestApp::shared().await;
    let query = "query ($kinds: [PlaceKind!]) { municipalities { code name population
        places(filter: { kinds: $kinds }) { totalCount }
        maybe: places(filter: { kinds: $kinds }, includeUnknown: true) { totalCount }
        coverage(maxDistance: 3000) { atLeast { shareCovered } atMost { shareCovered } } } }";
    // In the order in which they are drawn.
    let of_all = |data: Value| {
        let mut all = data["municipalities"].as_array().unwrap().clone();
        all.sort_by_key(|one| one["code"].as_str().unwrap().to_owned());
        all
    };
    for (asked, kinds) in [("", Value::Null), ("&kind=kulturhus,mfa", json!(["KULTURHUS", "MFA"]))] {
        let data = of_all(app.graphql(query, json!({ "kinds": kinds })).await);
        let map = svg(&app, &format!("?theme=per10000&lang=en{asked}")).await;
        let heading = "Known meeting places per 10,000 inhabitants, by municipality";
        let title = if asked.is_empty() {
            heading.to_owned()
        } else {
            format!("{heading}: kulturhus or multifunctional accommodation (mfa)")
        };
        let found = figures(&map, &title);
        assert_eq!(found.len(), 25);
        let mut shades = BTreeMap::new();
        let document = parsed(&map);
        let areas = classed(&document, "step").map(|node| node.attribute("fill").unwrap());
        for (node, shade) in data.iter().zip(areas) {
            let per = |path: &str| {
                node.pointer(path).unwrap().as_f64().unwrap() * 10_000.0 / node["population"].as_f64().unwrap()
            };
            let bounds = ["/places/totalCount", "/maybe/totalCount"].map(|path| (per(path) * 10.0).round() / 10.0);
            let [least, most] = bounds.map(|figure| format!("{figure:.1}"));
            let told = if least == most { least } else { format!("{least}–{most}") };
            assert_eq!(found[node["name"].as_str().unwrap()], told, "{node}");
            shades.entry(shade.to_owned()).or_insert_with(Vec::new).push(bounds[0]);
        }
        // Where one shade ends the next begins, and each has a line in the legend.
        let mut spans: Vec<[f64; 2]> = shades
            .values()
            .map(|all| [all.iter().copied().fold(f64::MAX, f64::min), all.iter().copied().fold(0.0, f64::max)])
            .collect();
        spans.sort_by(|a, b| a[0].total_cmp(&b[0]));
        assert!(spans.len() > 1 && spans.windows(2).all(|two| two[0][1] < two[1][0]), "{spans:?}");
        assert_eq!(drawn(&map), (BTreeSet::new(), BTreeSet::new()), "no places");
    }
    let data = of_all(app.graphql(query, json!({})).await);
    let map = svg(&app, "?theme=reach&coverage=3000&lang=en").await;
    let found = figures(&map, "Inhabitants within 3 km of a meeting place, by municipality");
    let mut is_apart = false;
    for node in &data {
        let share = |path: &str| format!("{:.0}%", (node.pointer(path).unwrap().as_f64().unwrap() * 100.0).round());
        let [least, most] = ["/coverage/atLeast/shareCovered", "/coverage/atMost/shareCovered"].map(share);
        is_apart |= least != most;
        let told = if least == most { least } else { format!("{}–{most}", least.trim_end_matches('%')) };
        assert_eq!(found[node["name"].as_str().unwrap()], told, "{node}");
    }
    assert!(is_apart && map.contains("class=\"perhaps-more\""), "bounds that differ are drawn");
    // One municipality has its figure; a village has none of its own.
    assert_eq!(figures(&svg(&app, "?theme=per10000&municipality=dalfsen").await, "10.000 inwoners: Dalfsen").len(), 1);
    let (status, body) = app.body("/map.svg?theme=reach&settlement=oldemarkt").await;
    assert!(status == 400 && body.contains("`theme` compares municipalities"), "{body}");
}
