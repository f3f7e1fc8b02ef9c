//! What holds of every address that answers a GET: HEAD tells the same, what is known is not sent again, compressed is the same, a part
//! is a part of the whole, and an edition in the address is read.

use std::{
    collections::BTreeMap,
    io::{Read, Write},
    net::TcpStream,
};

use noaber::library;
use reqwest::{
    Method, Response, StatusCode,
    header::{self, HeaderMap, HeaderName},
};

use crate::support::TestApp;

const PLACE: &str = "de-wiekelaar-oudleusen";

/// What is known of an address.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A page, of the edition that its address names.
    Page,
    /// A file, of the edition that its address names, of which a part can be had.
    File,
    /// A file of the program, of which a part can be had.
    Program,
    /// An answer of the API.
    Api,
    /// It depends on who asks, and reads no edition.
    Own,
}

/// Every address that answers a GET and may be kept, some with what can be asked.
const ADDRESSES: [(&str, Kind); 32] = [
    ("/", Kind::Page),
    ("/en", Kind::Page),
    ("/?municipality=GM0148&kind=KULTURHUS", Kind::Page),
    ("/?lang=en", Kind::Page),
    ("/places", Kind::Page),
    ("/search?text=dalfsen", Kind::Page),
    ("/settlement/oldemarkt", Kind::Page),
    ("/agenda", Kind::Page),
    ("/data", Kind::Page),
    ("/examples", Kind::Page),
    ("/en/examples", Kind::Page),
    ("/place/de-wiekelaar-oudleusen", Kind::Page),
    ("/en/place/de-wiekelaar-oudleusen", Kind::Page),
    ("/municipality/dalfsen", Kind::Page),
    ("/en/municipality/dalfsen", Kind::Page),
    ("/embed", Kind::Page),
    ("/embed?municipality=GM0148&basemap=brt&lang=en", Kind::Page),
    ("/embed/ground.geojson", Kind::File),
    ("/places.geojson", Kind::File),
    ("/places.csv", Kind::File),
    ("/places.csv?kind=MFA", Kind::File),
    ("/map.svg?municipality=dalfsen", Kind::File),
    ("/map.png?municipality=dalfsen&scale=40", Kind::File),
    ("/graphql?query=%7Bdataset%7Bedition%7D%7D", Kind::Api),
    ("/graphql?query=%7Bplaces(first:100)%7Bnodes%7Bid%20name%20facilities%7D%7D%7D", Kind::Api),
    ("/schema.graphql", Kind::Program),
    ("/assets/site.css", Kind::Program),
    ("/assets/leaflet.js", Kind::Program),
    ("/graphiql", Kind::Own),
    ("/privacy", Kind::Own),
    ("/en/privacy", Kind::Own),
    ("/embed/maker?municipality=GM0148", Kind::Own),
];

async fn ask(app: &TestApp, method: Method, path: &str, headers: &[(HeaderName, &str)]) -> Response {
    let mut request = app.client.request(method, format!("{}{path}", app.url));
    for (name, value) in headers {
        request = request.header(name, *value);
    }
    request.send().await.unwrap()
}

/// What an answer tells, except when it was given.
fn told(headers: &HeaderMap) -> BTreeMap<String, String> {
    let told = headers.iter().filter(|(name, _)| *name != header::DATE);
    told.map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned())).collect()
}

fn with_edition(path: &str, id: &str) -> String {
    format!("{path}{}edition={id}", if path.contains('?') { '&' } else { '?' })
}

#[tokio::test]
async fn a_head_tells_what_a_get_tells_and_sends_nothing() {
    let app = TestApp::shared().await;
    let refused = [
        "/health/live",
        "/health/ready",
        "/nergens",
        "/place/nergens",
        "/municipality/nergens",
        "/assets/nergens.css",
        "/?kind=kerk",
        "/embed?kind=kerk",
        "/embed/maker?height=1",
        "/places.csv?kind=kerk",
        "/places.csv?edition=2020-01-01-0123456789ab",
        "/map.svg?municipality=nergens",
        "/graphql",
        "/graphql?query=%7Bnope%7D",
        "/place/De-Wiekelaar-Oudleusen",
    ];
    for path in ADDRESSES.iter().map(|(path, _)| *path).chain(refused) {
        for encoding in ["identity", "gzip"] {
            let asked = [(header::ACCEPT_ENCODING, encoding)];
            let get = ask(&app, Method::GET, path, &asked).await;
            let head = ask(&app, Method::HEAD, path, &asked).await;
            assert_eq!(head.status(), get.status(), "{path}");
            assert_eq!(told(head.headers()), told(get.headers()), "{path}, {encoding}");
            let length = get.headers()[header::CONTENT_LENGTH].to_str().unwrap().to_owned();
            assert_eq!(length, get.bytes().await.unwrap().len().to_string(), "{path}, {encoding}");
            assert!(head.bytes().await.unwrap().is_empty(), "{path}");
        }
    }
}

#[tokio::test]
async fn what_is_known_is_not_sent_again_and_compressed_is_the_same() {
    let app = TestApp::shared().await;
    for (path, _) in ADDRESSES {
        let mut tags = Vec::new();
        let mut bodies = Vec::new();
        for encoding in ["identity", "gzip"] {
            let first = ask(&app, Method::GET, path, &[(header::ACCEPT_ENCODING, encoding)]).await;
            assert_eq!(first.status(), StatusCode::OK, "{path}");
            let kept = first.headers().clone();
            let tag = kept[header::ETAG].to_str().unwrap().to_owned();
            assert!(tag.starts_with('"') && tag.ends_with('"'), "{path}: {tag} is a strong tag");
            let several = format!("\"a\", W/{tag} ,\"b\"");
            for (given, expected) in [
                (tag.as_str(), StatusCode::NOT_MODIFIED),
                (&several, StatusCode::NOT_MODIFIED),
                ("*", StatusCode::NOT_MODIFIED),
                ("\"other\"", StatusCode::OK),
                (tag.trim_matches('"'), StatusCode::OK),
            ] {
                for method in [Method::GET, Method::HEAD] {
                    let asked = [(header::ACCEPT_ENCODING, encoding), (header::IF_NONE_MATCH, given)];
                    let again = ask(&app, method, path, &asked).await;
                    assert_eq!(again.status(), expected, "{path}, {encoding}, {given}");
                    for name in [header::ETAG, header::CACHE_CONTROL, header::VARY] {
                        assert_eq!(again.headers()[&name], kept[&name], "{path}: {name}");
                    }
                    if expected == StatusCode::NOT_MODIFIED {
                        assert!(!again.headers().contains_key(header::CONTENT_TYPE), "{path}");
                        assert!(again.bytes().await.unwrap().is_empty(), "{path}");
                    }
                }
            }
            assert!(kept[header::VARY].to_str().unwrap().contains("Accept-Encoding"), "{path}");
            let is_gzip = kept.contains_key(header::CONTENT_ENCODING);
            let body = first.bytes().await.unwrap();
            bodies.push(if is_gzip {
                let mut unpacked = Vec::new();
                flate2::read::GzDecoder::new(body.as_ref()).read_to_end(&mut unpacked).unwrap();
                assert!(body.len() < unpacked.len(), "{path}");
                unpacked
            } else {
                body.to_vec()
            });
            tags.push((is_gzip, tag));
        }
        assert!(bodies[0] == bodies[1], "{path}");
        let is_small = bodies[0].len() < 512 || path.starts_with("/map.png");
        assert_eq!(tags[1].0, !is_small, "{path} is compressed where that is worth it");
        assert_eq!(tags[0].1 == tags[1].1, is_small, "{path}: other bytes have another tag");
    }
}

#[tokio::test]
async fn each_language_media_type_and_edition_has_a_tag_of_its_own() {
    let app = TestApp::start().await;
    let tag = async |path: &str, accept: &str| {
        let response = ask(&app, Method::GET, path, &[(header::ACCEPT, accept)]).await;
        response.headers()[header::ETAG].to_str().unwrap().to_owned()
    };
    let pages =
        ["/", "/examples", "/place/de-wiekelaar-oudleusen", "/municipality/dalfsen", "/privacy", "/embed/maker"];
    for path in pages {
        assert_ne!(tag(path, "*/*").await, tag(&format!("/en{}", path.trim_end_matches('/')), "*/*").await, "{path}");
    }
    let query = "/graphql?query=%7Bdataset%7Bedition%7D%7D";
    assert_ne!(tag(query, "application/json").await, tag(query, "application/graphql-response+json").await);
    let before = tag("/places.csv", "*/*").await;
    app.publish(&[&format!("UPDATE place SET name = 'Anders' WHERE key = '{PLACE}'")]).await;
    assert_ne!(tag("/places.csv", "*/*").await, before);
}

#[tokio::test]
async fn a_part_of_a_file_is_a_part_of_the_whole() {
    let app = TestApp::shared().await;
    for (path, kind) in ADDRESSES {
        let whole = ask(&app, Method::GET, path, &[]).await;
        let has_ranges = matches!(kind, Kind::File | Kind::Program);
        assert_eq!(whole.headers().contains_key(header::ACCEPT_RANGES), has_ranges, "{path}");
        let told = whole.headers().clone();
        let whole = whole.bytes().await.unwrap();
        let length = whole.len();
        if !has_ranges {
            let asked = ask(&app, Method::GET, path, &[(header::RANGE, "bytes=0-1")]).await;
            assert_eq!((asked.status(), asked.bytes().await.unwrap()), (StatusCode::OK, whole), "{path}");
            continue;
        }
        let beyond = format!("bytes={length}-");
        for (range, expected) in [
            ("bytes=0-0", Some(0..1)),
            ("bytes=5-104", Some(5..105)),
            ("bytes=100-", Some(100..length)),
            ("bytes=-7", Some(length - 7..length)),
            ("bytes=0-99999999", Some(0..length)),
            (beyond.as_str(), None),
        ] {
            // Parts are of the bytes as they are, also for those who read gzip.
            let part = ask(&app, Method::GET, path, &[(header::RANGE, range), (header::ACCEPT_ENCODING, "gzip")]).await;
            let headers = part.headers().clone();
            let Some(expected) = expected else {
                assert_eq!(part.status(), StatusCode::RANGE_NOT_SATISFIABLE, "{path}");
                assert_eq!(headers[header::CONTENT_RANGE], format!("bytes */{length}"), "{path}");
                continue;
            };
            assert_eq!(part.status(), StatusCode::PARTIAL_CONTENT, "{path}, {range}");
            let place = format!("bytes {}-{}/{length}", expected.start, expected.end - 1);
            assert_eq!(headers[header::CONTENT_RANGE], place, "{path}, {range}");
            for name in [header::ETAG, header::CONTENT_TYPE, header::CACHE_CONTROL, header::VARY] {
                assert_eq!(headers[&name], told[&name], "{path}: {name}");
            }
            assert!(!headers.contains_key(header::CONTENT_ENCODING), "{path}");
            assert!(part.bytes().await.unwrap() == whole[expected], "{path}, {range}");
        }
        let tag = told[header::ETAG].to_str().unwrap();
        for (condition, expected) in [(tag, 206), ("\"other\"", 200)] {
            let asked = [(header::RANGE, "bytes=0-0"), (header::IF_RANGE, condition)];
            assert_eq!(ask(&app, Method::GET, path, &asked).await.status(), expected, "{path}, {condition}");
        }
        let known = [(header::RANGE, "bytes=0-0"), (header::IF_NONE_MATCH, tag)];
        assert_eq!(ask(&app, Method::GET, path, &known).await.status(), 304, "{path}");
        let several = ask(&app, Method::GET, path, &[(header::RANGE, "bytes=0-0,2-3")]).await;
        assert_eq!(several.status(), StatusCode::OK, "{path}");
        let head = ask(&app, Method::HEAD, path, &[(header::RANGE, "bytes=0-0")]).await;
        assert_eq!(
            (head.status(), &head.headers()[header::CONTENT_LENGTH]),
            (StatusCode::OK, &told[header::CONTENT_LENGTH])
        );
    }
}

/// Asks over a socket, with nothing between; the status line and headers, and the body that they announce.
fn raw(socket: &mut TcpStream, request: &str) -> (String, Vec<u8>) {
    socket.write_all(request.as_bytes()).unwrap();
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        socket.read_exact(&mut byte).unwrap();
        head.push(byte[0]);
    }
    let head = String::from_utf8(head).unwrap().to_ascii_lowercase();
    let length = head.split("content-length: ").nth(1).unwrap().split("\r\n").next().unwrap().parse().unwrap();
    let mut body = vec![0; if request.starts_with("HEAD") { 0 } else { length }];
    socket.read_exact(&mut body).unwrap();
    (head, body)
}

/// GDAL's `/vsicurl/` asks for the length with a HEAD and reads the file in blocks of 16 kB over the same connection, some of them twice.
#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_read_in_blocks_as_gdal_does() {
    let app = TestApp::shared().await;
    let whole = app.get("/places.geojson").await.bytes().await.unwrap();
    let host = app.url.strip_prefix("http://").unwrap().to_owned();
    let read = tokio::task::spawn_blocking(move || {
        let mut socket = TcpStream::connect(&host).unwrap();
        let rest = format!("/places.geojson HTTP/1.1\r\nHost: {host}\r\nUser-Agent: GDAL/3.6\r\nAccept: */*\r\n");
        let (head, _) = raw(&mut socket, &format!("HEAD {rest}\r\n"));
        assert!(head.starts_with("http/1.1 200") && head.contains("accept-ranges: bytes\r\n"), "{head}");
        let length: usize =
            head.split("content-length: ").nth(1).unwrap().split("\r\n").next().unwrap().parse().unwrap();
        let mut file = vec![0; length];
        for first in (0..length).step_by(16_384).chain([0]) {
            let last = (first + 16_383).min(length - 1);
            let (head, body) = raw(&mut socket, &format!("GET {rest}Range: bytes={first}-{last}\r\n\r\n"));
            assert!(head.starts_with("http/1.1 206"), "{head}");
            assert!(head.contains(&format!("content-range: bytes {first}-{last}/{length}\r\n")), "{head}");
            file[first..=last].copy_from_slice(&body);
        }
        file
    });
    assert!(read.await.unwrap() == whole);
}

#[tokio::test]
async fn an_edition_in_the_address_is_read_wherever_there_is_something_of_it() {
    let app = TestApp::start().await;
    let old = app.edition();
    let new = app.publish(&[&format!("UPDATE place SET name = 'Anders' WHERE key = '{PLACE}'")]).await;
    for (path, kind) in ADDRESSES {
        // These are of the program, and refuse to name an edition of it.
        if ["/schema.graphql", "/graphiql"].contains(&path) {
            assert_eq!(app.get(&with_edition(path, &old)).await.status(), StatusCode::BAD_REQUEST, "{path}");
            continue;
        }
        for id in [old.as_str(), new.as_str(), ""] {
            assert_eq!(app.get(&with_edition(path, id)).await.status(), 200, "{path} of `{id}`");
        }
        if kind == Kind::Page || kind == Kind::File {
            let unknown = app.get(&with_edition(path, "2020-01-01-0123456789ab")).await;
            assert_eq!(unknown.status(), StatusCode::NOT_FOUND, "{path}");
            let (was, is) = (app.body(&with_edition(path, &old)).await.1, app.body(&with_edition(path, &new)).await.1);
            if !path.starts_with("/map.png") && !path.contains("brt") {
                assert!(was.contains(&old) && !was.contains(&new), "{path} names the edition that it is of");
                assert!(is.contains(&new), "{path}");
            }
        }
    }
}

#[tokio::test]
async fn equal_requests_at_once_and_those_after_them_cost_the_database_what_one_costs() {
    let app = TestApp::start().await;
    let cost = async |path: &str| {
        let before = app.statements();
        let answers = futures_util::future::join_all((0..12).map(|_| app.body(path))).await;
        assert!(answers.iter().all(|answer| *answer == answers[0] && answer.0 == 200), "{path}");
        app.statements() - before
    };
    for (path, expected) in [
        ("/places.csv", 0),
        ("/places.geojson?municipality=GM0148", 0),
        ("/place/de-wiekelaar-oudleusen", 0),
        ("/privacy", 1),
    ] {
        assert_eq!(cost(path).await, expected, "{path}");
        assert_eq!(cost(path).await, 0, "{path} is kept");
    }
}

#[tokio::test]
async fn what_was_kept_is_not_given_after_a_withdrawal() {
    let app = TestApp::start().await;
    let old = app.edition();
    app.publish(&["UPDATE place SET name = 'Anders' WHERE key = 'kulturhus-trefkoele-dalfsen'"]).await;
    let addresses = [
        "/?municipality=dalfsen",
        "/places.csv",
        "/places.geojson",
        "/municipality/dalfsen",
        "/map.svg?municipality=dalfsen",
        "/embed",
    ];
    let all = || addresses.iter().flat_map(|path| [(*path).to_owned(), with_edition(path, &old)]);
    for path in all() {
        assert!(app.body(&path).await.1.contains(PLACE), "{path}");
    }
    assert_eq!(app.body(&format!("/place/{PLACE}")).await.0, 200);
    library::withdraw(app.library().store(), PLACE, "op verzoek").await.unwrap();
    app.until("the withdrawal is seen", |library| library.generation() > 0).await;
    for path in all() {
        let (status, body) = app.body(&path).await;
        let body = body.replace(&format!("\"place:{PLACE}\""), "");
        assert!(status == 200 && !body.contains(PLACE), "{path}");
    }
    assert_eq!(app.body(&format!("/place/{PLACE}")).await.0, 410);
    assert_eq!(app.body(&with_edition(&format!("/place/{PLACE}"), &old)).await.0, 410);
    assert!(app.body("/privacy").await.1.contains(PLACE));
}

#[tokio::test]
async fn what_crawlers_look_for_is_there_and_names_only_pages_that_are() {
    let app = TestApp::start_configured(|config| config.contact = Some("data@example.nl".to_owned())).await;
    let robots = app.body("/robots.txt").await.1;
    assert!(robots.contains(&format!("Sitemap: {}/sitemap.xml\n", app.url)), "{robots}");
    let (status, security) = app.body("/.well-known/security.txt").await;
    assert_eq!(status, 200);
    assert!(security.starts_with("Contact: mailto:data@example.nl\nExpires: 20"), "{security}");
    assert_eq!(app.body("/.well-known/other.txt").await.0, 404);
    let (_, sitemap) = app.body("/sitemap.xml").await;
    let addresses: Vec<&str> =
        sitemap.split("<loc>").skip(1).map(|rest| rest.split('<').next().unwrap_or_default()).collect();
    let told = app.graphql("{ places { totalCount } }", serde_json::json!({})).await;
    let places = told["places"]["totalCount"].as_u64().unwrap();
    assert_eq!(addresses.len() as u64, 2 * (places + 25 + 9));
    // Each kind of page once, in both languages.
    for address in addresses.iter().take(22).chain(addresses.iter().rev().take(4)) {
        let path = address.strip_prefix(&app.url).unwrap();
        assert_eq!(app.body(path).await.0, 200, "{address}");
    }
    let (_, llms) = app.body("/llms.txt").await;
    assert!(llms.starts_with("# noaber\n") && llms.contains("/schema.graphql"), "{llms}");
    for rest in llms.split("](").skip(1) {
        let address = rest.split(')').next().unwrap_or_default();
        let path = address.strip_prefix(&app.url).unwrap();
        let asked = if path == "/graphql" { "/graphql?query=%7B__typename%7D" } else { path };
        let status = app.body(asked).await.0;
        // To which agents send their requests by POST.
        assert_eq!(status, if path == "/mcp" { 405 } else { 200 }, "{address}");
    }
}
