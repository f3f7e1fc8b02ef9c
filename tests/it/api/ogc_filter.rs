//! Filters in CQL2 on `/ogc`, against an oracle that reads what the items say and shares no code with what it judges.

use std::collections::BTreeSet;

use proptest::{
    prelude::*,
    strategy::ValueTree as _,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use serde_json::{Value, json};

use crate::support::TestApp;

/// A condition as a test makes it: written in both notations, and judged by what an item says.
#[derive(Clone, Debug)]
enum Asked {
    All(Vec<Asked>),
    Any(Vec<Asked>),
    Not(Box<Asked>),
    Text(&'static str, &'static str, String),
    Folded(&'static str, String),
    Number(&'static str, &'static str, i64),
    Is(&'static str, bool),
    OneOf(&'static str, Vec<String>),
    Between(&'static str, i64, i64),
    Like(&'static str, &'static str),
    Null(&'static str),
    Since(&'static str, String),
    Box([f64; 4]),
    Triangle([[f64; 2]; 3]),
}

/// TRUE, FALSE or not known.
type Truth = Option<bool>;

fn all_of(all: impl IntoIterator<Item = Truth>) -> Truth {
    let all: Vec<Truth> = all.into_iter().collect();
    if all.contains(&Some(false)) { Some(false) } else { (!all.contains(&None)).then_some(true) }
}

impl Asked {
    fn text(&self) -> String {
        let quoted = |text: &str| format!("'{}'", text.replace('\'', "''"));
        let joined = |all: &[Self], with: &str| {
            all.iter().map(|one| format!("({})", one.text())).collect::<Vec<_>>().join(&format!(" {with} "))
        };
        match self {
            Self::All(all) => joined(all, "AND"),
            Self::Any(all) => joined(all, "or"),
            Self::Not(one) => format!("NOT ({})", one.text()),
            Self::Text(name, operator, value) => format!("{name}{operator}{}", quoted(value)),
            Self::Folded(name, value) => format!("CASEI({name}) = casei({})", quoted(value)),
            Self::Number(name, operator, value) => format!("\"{name}\" {operator} {value}"),
            Self::Is(name, is) => format!("{name} = {is}"),
            Self::OneOf(name, values) => {
                format!("{name} IN ({})", values.iter().map(|value| quoted(value)).collect::<Vec<_>>().join(", "))
            }
            Self::Between(name, low, high) => format!("{name} BETWEEN {low} AND {high}"),
            Self::Like(name, pattern) => format!("{name} LIKE {}", quoted(pattern)),
            Self::Null(name) => format!("{name} IS NULL"),
            Self::Since(name, day) => format!("T_AFTER({name}, DATE('{day}'))"),
            Self::Box([west, south, east, north]) => {
                format!("S_INTERSECTS(geometry, BBOX({west}, {south}, {east}, {north}))")
            }
            Self::Triangle(corners) => {
                let ring = [corners[0], corners[1], corners[2], corners[0]].map(|[x, y]| format!("{x} {y}")).join(",");
                format!("S_INTERSECTS(POLYGON(({ring})), geometry)")
            }
        }
    }

    fn json(&self) -> Value {
        let property = |name: &str| json!({ "property": name });
        let op = |name: &str, arguments: Value| json!({ "op": name, "args": arguments });
        let all = |all: &[Self]| all.iter().map(Self::json).collect::<Value>();
        match self {
            Self::All(parts) => op("and", all(parts)),
            Self::Any(parts) => op("or", all(parts)),
            Self::Not(one) => op("not", json!([one.json()])),
            Self::Text(name, operator, value) => op(operator, json!([property(name), value])),
            Self::Folded(name, value) => {
                op("=", json!([op("casei", json!([property(name)])), op("casei", json!([value]))]))
            }
            Self::Number(name, operator, value) => op(operator, json!([property(name), value])),
            Self::Is(name, is) => op("=", json!([property(name), is])),
            Self::OneOf(name, values) => op("in", json!([property(name), values])),
            Self::Between(name, low, high) => op("between", json!([property(name), low, high])),
            Self::Like(name, pattern) => op("like", json!([property(name), pattern])),
            Self::Null(name) => op("isNull", json!([property(name)])),
            Self::Since(name, day) => op("t_after", json!([property(name), { "date": day }])),
            Self::Box(sides) => op("s_intersects", json!([property("geometry"), { "bbox": sides }])),
            Self::Triangle([a, b, c]) => {
                op("s_intersects", json!([property("geometry"), { "type": "Polygon", "coordinates": [[a, b, c, a]] }]))
            }
        }
    }

    /// What is so of a feature, by brute force.
    fn truth(&self, feature: &Value) -> Truth {
        let property = |name: &str| Some(&feature["properties"][name]).filter(|value| !value.is_null());
        let texts = |name: &str| -> Option<Vec<&str>> {
            let texts: Vec<&str> = match property(name)? {
                Value::Array(all) => all.iter().filter_map(Value::as_str).collect(),
                one => vec![one.as_str().unwrap()],
            };
            (!texts.is_empty()).then_some(texts)
        };
        let ordered = |operator: &str, order: std::cmp::Ordering| match operator {
            "=" => order.is_eq(),
            "<>" => order.is_ne(),
            "<" => order.is_lt(),
            ">" => order.is_gt(),
            "<=" => order.is_le(),
            _ => order.is_ge(),
        };
        let point = || -> Option<[f64; 2]> {
            let at = feature["geometry"].get("coordinates")?;
            Some([at[0].as_f64()?, at[1].as_f64()?])
        };
        match self {
            Self::All(all) => all_of(all.iter().map(|one| one.truth(feature))),
            Self::Any(all) => all_of(all.iter().map(|one| one.truth(feature).map(|is| !is))).map(|none| !none),
            Self::Not(one) => one.truth(feature).map(|is| !is),
            Self::Text(name, "<>", value) => texts(name).map(|all| !all.contains(&value.as_str())),
            Self::Text(name, operator, value) => {
                texts(name).map(|all| all.iter().any(|one| ordered(operator, (*one).cmp(value.as_str()))))
            }
            Self::Folded(name, value) => {
                texts(name).map(|all| all.iter().any(|one| one.to_lowercase() == value.to_lowercase()))
            }
            Self::Number(name, operator, value) => {
                property(name).map(|known| ordered(operator, known.as_i64().unwrap().cmp(value)))
            }
            Self::Is(name, is) => property(name).map(|known| known.as_bool().unwrap() == *is),
            Self::OneOf(name, values) => {
                texts(name).map(|all| all.iter().any(|one| values.iter().any(|value| value == one)))
            }
            Self::Between(name, low, high) => {
                property(name).map(|known| (*low..=*high).contains(&known.as_i64().unwrap()))
            }
            Self::Like(name, pattern) => texts(name).map(|all| all.iter().any(|one| like(one, pattern))),
            Self::Null(name) => Some(property(name).is_none_or(|value| value.as_array().is_some_and(Vec::is_empty))),
            // Of `2024` it is not known whether it is after a day of 2024; texts of one length order as days do.
            Self::Since(name, day) => property(name).and_then(|known| {
                let known = &known.as_str().unwrap()[..10.min(known.as_str().unwrap().len())];
                let same = &day[..known.len()];
                match known.cmp(same) {
                    std::cmp::Ordering::Equal if known.len() < day.len() => {
                        // Unless the day is the last of it, or ends it.
                        (day.ends_with("-12-31") || (known.len() == 7 && day.ends_with("-31"))).then_some(false)
                    }
                    order => Some(order.is_gt()),
                }
            }),
            Self::Box([west, south, east, north]) => {
                point().map(|[lon, lat]| *west <= lon && lon <= *east && *south <= lat && lat <= *north)
            }
            Self::Triangle([a, b, c]) => point().map(|at| {
                let side = |one: &[f64; 2], other: &[f64; 2]| {
                    (other[0] - one[0]) * (at[1] - one[1]) - (other[1] - one[1]) * (at[0] - one[0])
                };
                let sides = [side(a, b), side(b, c), side(c, a)];
                sides.iter().all(|side| *side >= 0.0) || sides.iter().all(|side| *side <= 0.0)
            }),
        }
    }
}

/// By trying every way in which a `%` can be read.
fn like(text: &str, pattern: &str) -> bool {
    let mut rest = pattern.chars();
    match rest.next() {
        None => text.is_empty(),
        Some('%') => {
            (0..=text.len()).filter(|at| text.is_char_boundary(*at)).any(|at| like(&text[at..], rest.as_str()))
        }
        Some(wanted) => {
            let mut others = text.chars();
            others.next().is_some_and(|first| wanted == '_' || wanted == first) && like(others.as_str(), rest.as_str())
        }
    }
}

fn asked() -> impl Strategy<Value = Asked> {
    let operator = prop::sample::select(vec!["=", "<>", "<", ">", "<=", ">="]);
    let equal = prop::sample::select(vec!["=", "<>"]);
    let kind =
        prop::sample::select(vec!["MFA", "DORPSHUIS", "KULTURHUS", "BUURTHUIS", "WIJKCENTRUM"]).prop_map(String::from);
    let facility = prop::sample::select(vec!["BIBLIOTHEEK", "SPORT", "HORECA", "THEATER"]).prop_map(String::from);
    let words = prop::sample::select(vec!["Zwolle", "Dalfsen", "ENSCHEDE", "De Wiekelaar", "", "'t Hoogehuys", "M"])
        .prop_map(String::from);
    let text = prop::sample::select(vec!["name", "settlement", "municipality", "alternativeNames"]);
    let day = prop::sample::select(vec!["2022-03-16", "2023-12-31", "2024-06-01", "1999-12-31"]).prop_map(String::from);
    let corner = || (5.9..7.0, 52.1..52.8).prop_map(|(x, y): (f64, f64)| [x, y]);
    let leaf =
        prop_oneof![
            (equal, kind.clone()).prop_map(|(operator, value)| Asked::Text("kind", operator, value)),
            facility.clone().prop_map(|value| Asked::Text("facilities", "=", value)),
            facility.clone().prop_map(|value| Asked::Text("facilities", "<>", value)),
            (text.clone(), operator.clone(), words.clone())
                .prop_map(|(name, operator, value)| Asked::Text(name, operator, value)),
            (text.clone(), words).prop_map(|(name, value)| Asked::Folded(name, value)),
            (operator, 1850..2026_i64).prop_map(|(operator, year)| Asked::Number("foundedYear", operator, year)),
            any::<bool>().prop_map(|is| Asked::Is("wheelchairAccessible", is)),
            prop::collection::vec(kind, 1..3).prop_map(|all| Asked::OneOf("kind", all)),
            prop::collection::vec(facility, 1..3).prop_map(|all| Asked::OneOf("facilities", all)),
            (1850..2026_i64, 0..80_i64).prop_map(|(low, wide)| Asked::Between("foundedYear", low, low + wide)),
            (text, prop::sample::select(vec!["%uis%", "De %", "_e%", "%", "", "%e_"]))
                .prop_map(|(name, pattern)| Asked::Like(name, pattern)),
            prop::sample::select(vec!["facilities", "foundedYear", "website", "lastConfirmed"]).prop_map(Asked::Null),
            day.prop_map(|day| Asked::Since("lastConfirmed", day)),
            (corner(), 0.01..0.6, 0.01..0.6).prop_map(|([west, south], wide, high): ([f64; 2], f64, f64)| Asked::Box(
                [west, south, west + wide, south + high]
            )),
            [corner(), corner(), corner()].prop_map(Asked::Triangle),
        ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..4).prop_map(Asked::All),
            prop::collection::vec(inner.clone(), 1..4).prop_map(Asked::Any),
            inner.prop_map(|one| Asked::Not(Box::new(one))),
        ]
    })
}

fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

async fn found(app: &TestApp, filter: &str, more: &str) -> BTreeSet<String> {
    let path = format!("/ogc/collections/places/items?limit=1000&filter={}{more}", encoded(filter));
    let (status, body) = app.body(&path).await;
    assert_eq!(status, 200, "{filter}: {body}");
    ids(serde_json::from_str::<Value>(&body).unwrap()["features"].as_array().unwrap())
}

fn ids<'a>(features: impl IntoIterator<Item = &'a Value>) -> BTreeSet<String> {
    features.into_iter().map(|feature| feature["id"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_filter_finds_what_is_so_for_certain_in_both_notations() {
    let app = TestApp::shared().await;
    let (_, body) = app.body("/ogc/collections/places/items?limit=1000").await;
    let all: Value = serde_json::from_str(&body).unwrap();
    let all = all["features"].as_array().unwrap();
    // The same in every run: what fails can be run again.
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let strategy = asked();
    let mut some = 0;
    for _ in 0..150 {
        let asked = strategy.new_tree(&mut runner).unwrap().current();
        let known = ids(all.iter().filter(|feature| asked.truth(feature) == Some(true)));
        let text = asked.text();
        assert_eq!(found(&app, &text, "").await, known, "{text}");
        let json = asked.json().to_string();
        assert_eq!(found(&app, &json, "&filter-lang=cql2-json").await, known, "{json}");
        some += usize::from(!known.is_empty() && known.len() < all.len());
    }
    assert!(some > 50, "only {some} filters tell items apart");
}

#[tokio::test]
async fn a_filter_is_in_the_system_that_it_names_and_counts_with_the_rest() {
    let app = TestApp::shared().await;
    let degrees = found(&app, "S_INTERSECTS(geometry,BBOX(6.0,52.4,6.4,52.65))", "").await;
    assert!(degrees.len() > 20);
    let exchanged = "S_INTERSECTS(geometry,POLYGON((52.4 6.0,52.4 6.4,52.65 6.4,52.65 6.0,52.4 6.0)))";
    let more = "&filter-crs=http://www.opengis.net/def/crs/EPSG/0/4258";
    assert_eq!(found(&app, exchanged, more).await, degrees);
    // A kilometre around the Grote Kerk of Zwolle, whose RD coordinates are known from elsewhere.
    let metres =
        found(&app, "S_INTERSECTS(geometry,BBOX(202000,502000,204000,504000))", "&filter-crs=EPSG:28992").await;
    let town = found(&app, "municipality='Zwolle'", "").await;
    assert!(!metres.is_empty() && metres.is_subset(&town), "{metres:?}");
    let both = found(&app, "kind='MFA' OR kind='WIJKCENTRUM'", "&municipality=Zwolle").await;
    assert!(!both.is_empty() && both.is_subset(&town));
    // What touches a line, and a day that is only known to the year.
    let (_, crossed) = app
        .body(&format!(
            "/ogc/collections/municipalities/items?filter={}",
            encoded("S_INTERSECTS(geometry, LINESTRING(6.10 52.51, 6.25 52.51))")
        ))
        .await;
    let crossed: Value = serde_json::from_str(&crossed).unwrap();
    let names: BTreeSet<&str> =
        crossed["features"].as_array().unwrap().iter().filter_map(|one| one["properties"]["name"].as_str()).collect();
    assert!(names.contains("Zwolle") && names.contains("Dalfsen") && names.len() < 6, "{names:?}");
}

#[tokio::test]
async fn what_a_filter_says_wrongly_is_refused_with_its_place() {
    let app = TestApp::shared().await;
    for (filter, sentence) in [
        ("kind = ", "`filter` is wrong at character 7: what can stand here is a value"),
        ("soort = 'MFA'", "`filter` is wrong at character 1: `soort` is no property of `places`; there are name,"),
        ("kind = 'mfa'", "`filter` is wrong at character 8: `mfa` is no value of `kind`; there are"),
        ("name = 3", "`filter` is wrong at character 8: text is compared with a number"),
        ("lastConfirmed > 'gisteren'", "`filter` is wrong at character 17: `gisteren` is no day and no moment"),
        ("kind = 'MFA' ANDD name = 'x'", "`filter` is wrong at character 14: what can stand here is"),
        ("kind IN ('MFA' 'KULTURHUS')", "`filter` is wrong at character 16: what can stand here is `,` or `)`"),
        ("(kind = 'MFA'", "`filter` is wrong at character 14: what can stand here is `)`, `AND` or `OR`"),
        (
            "S_WITHIN(geometry, POINT(6 52))",
            "`filter` is wrong at character 1: there is no `S_WITHIN`; there are S_INTERSECTS",
        ),
        (
            "T_LATER(updatedAt, DATE('2024-01-01'))",
            "`filter` is wrong at character 1: there is no `T_LATER`; there are T_AFTER",
        ),
        ("S_INTERSECTS(name, POINT(6 52))", "`filter` is wrong at character 14: one of both is `geometry`"),
        ("updatedAt > DATE('2024-13-01')", "`filter` is wrong at character 18: `2024-13-01` is no day"),
        ("foundedYear LIKE '19%'", "`filter` is wrong at character 1: text belongs here, and this is a number"),
    ] {
        let path = format!("/ogc/collections/places/items?filter={}", encoded(filter));
        let (status, body) = app.body(&path).await;
        assert_eq!(status, 400, "{filter}: {body}");
        assert!(body.contains(sentence), "{filter}: {body}");
    }
    for (filter, sentence) in [
        ("kind = 'MFA'", "`filter` is wrong: it is not JSON"),
        (
            r#"{"op":"and","args":[true,{"op":"=","args":[{"property":"kind"}]}]}"#,
            "at `/args/1`: `=` needs 2 arguments",
        ),
        (r#"{"op":"=","args":[{"property":"soort"},"x"]}"#, "at `/args/0`: `soort` is no property"),
        (r#"{"op":"s_touches","args":[1,2]}"#, "at `/op`: there is no `s_touches`"),
        (r#"{"op":"in","args":[{"property":"name"},"x"]}"#, "at `/args/1`: a list of values belongs here"),
    ] {
        let path = format!("/ogc/collections/places/items?filter-lang=cql2-json&filter={}", encoded(filter));
        let (status, body) = app.body(&path).await;
        assert_eq!(status, 400, "{filter}: {body}");
        assert!(body.contains(sentence), "{filter}: {body}");
    }
    let deep = format!("{}true{}", "(".repeat(400), ")".repeat(400));
    let (status, body) = app.body(&format!("/ogc/collections/places/items?filter={}", encoded(&deep))).await;
    assert!(status == 400 && body.contains("at character 41: brackets are more than 40 deep"), "{body}");
    let (status, body) = app.body("/ogc/collections/places/items?filter=true&filter-lang=cql").await;
    assert!(status == 400 && body.contains("`filter-lang` is `cql`; there are cql2-text and cql2-json"), "{body}");
}
