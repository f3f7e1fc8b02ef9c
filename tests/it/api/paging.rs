//! Paging: every walk gives the same list, and a cursor is of use in its own list only.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use crate::{
    oracle::{self, GAPS, Oracle, Place, sort_key},
    support::TestApp,
};

/// A list that is paged: how the query opens it, its arguments besides those of paging, where it stands in the answer.
struct List {
    open: String,
    arguments: String,
    close: &'static str,
    at: &'static str,
}

impl List {
    fn root(field: &'static str, arguments: impl Into<String>) -> Self {
        let at = match field {
            "places" => "/places",
            "settlements" => "/settlements",
            "nearestPlaces" => "/nearestPlaces",
            other => panic!("{other} is no list"),
        };
        Self { open: format!("{{ {field}"), arguments: arguments.into(), close: "}", at }
    }

    fn of_municipality(code: &str, arguments: &str) -> Self {
        let open = format!(r#"{{ municipality(by: {{ code: "{code}" }}) {{ places"#);
        Self { open, arguments: arguments.to_owned(), close: "} }", at: "/municipality/places" }
    }

    fn of_settlement(id: &str, arguments: &str) -> Self {
        let open = format!(r#"{{ node(id: "{id}") {{ ... on Settlement {{ places"#);
        Self { open, arguments: arguments.to_owned(), close: "} } }", at: "/node/places" }
    }

    fn query(&self, paging: &str) -> String {
        let Self { open, arguments, close, .. } = self;
        format!(
            "{open}({arguments} {paging}) {{ edges {{ cursor node {{ id }} }} nodes {{ id }} totalCount \
             pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }} }} {close}"
        )
    }

    async fn page(&self, app: &TestApp, paging: &str) -> Value {
        let data = app.graphql(&self.query(paging), json!({})).await;
        data.pointer(self.at).unwrap().clone()
    }

    /// The ids of the list, walked from its start or its end; looks at `pageInfo` in every step.
    async fn walk(&self, app: &TestApp, size: usize, is_forward: bool) -> Vec<String> {
        let mut pages: Vec<Vec<String>> = Vec::new();
        let mut cursor = String::new();
        loop {
            let paging = if is_forward { format!("first: {size} {cursor}") } else { format!("last: {size} {cursor}") };
            let page = self.page(app, &paging).await;
            let edges = page["edges"].as_array().unwrap();
            let ids: Vec<String> = edges.iter().map(|edge| edge["node"]["id"].as_str().unwrap().to_owned()).collect();
            let nodes: Vec<&str> =
                page["nodes"].as_array().unwrap().iter().map(|node| node["id"].as_str().unwrap()).collect();
            assert_eq!(ids, nodes);

            let info = &page["pageInfo"];
            let cursor_of = |edge: Option<&Value>| edge.map_or(Value::Null, |edge| edge["cursor"].clone());
            assert_eq!(info["startCursor"], cursor_of(edges.first()));
            assert_eq!(info["endCursor"], cursor_of(edges.last()));
            let total = usize::try_from(page["totalCount"].as_u64().unwrap()).unwrap();
            let seen = pages.iter().map(Vec::len).sum::<usize>() + ids.len();
            let (behind, ahead) = (!pages.is_empty(), seen < total);
            let (next, previous) = if is_forward { (ahead, behind) } else { (behind, ahead) };
            assert_eq!((&info["hasNextPage"], &info["hasPreviousPage"]), (&json!(next), &json!(previous)), "{paging}");
            assert_eq!(ids.len(), size.min(total + ids.len() - seen), "{paging}: only the last page is shorter");

            pages.push(ids);
            if !ahead {
                break;
            }
            cursor = match is_forward {
                true => format!("after: {}", info["endCursor"]),
                false => format!("before: {}", info["startCursor"]),
            };
        }
        if !is_forward {
            pages.reverse();
        }
        pages.concat()
    }
}

const ORDERS: [&str; 8] = [
    "NAME, direction: ASC",
    "NAME, direction: DESC",
    "MUNICIPALITY, direction: ASC",
    "MUNICIPALITY, direction: DESC",
    "KIND, direction: ASC",
    "KIND, direction: DESC",
    "UPDATED, direction: ASC",
    "UPDATED, direction: DESC",
];

#[tokio::test]
async fn every_walk_over_the_places_gives_the_same_list_in_every_order() {
    let app = TestApp::start_changed(&oracle::statements(&GAPS)).await;
    for order in ORDERS {
        let list = List::root("places", format!("orderBy: {{ field: {order} }}"));
        let whole = list.walk(&app, 100, true).await;
        assert_eq!(whole.len(), 282);
        for size in [7, 20, 100] {
            assert_eq!(list.walk(&app, size, true).await, whole, "{order}, {size} forward");
            assert_eq!(list.walk(&app, size, false).await, whole, "{order}, {size} backward");
        }
        // One at a time, over what a filter leaves.
        let list = List::root("places", format!("filter: {{ kinds: [MFA, KULTURHUS] }} orderBy: {{ field: {order} }}"));
        let some = list.walk(&app, 100, true).await;
        assert!(some.len() > 30, "{some:?}");
        for is_forward in [true, false] {
            assert_eq!(list.walk(&app, 1, is_forward).await, some, "{order}, one by one");
        }
    }
}

#[tokio::test]
async fn every_walk_over_the_other_lists_gives_the_same_list() {
    let app = TestApp::shared().await;
    let to = "to: { rd: { x: 203000, y: 503000 } }";
    let lists = [
        (List::root("settlements", ""), 1_138, [7, 20, 100]),
        (List::root("settlements", r#"filter: { municipalities: ["GM0148"] }"#), 20, [1, 7, 20]),
        (List::root("nearestPlaces", to), 282, [7, 20, 100]),
        (List::root("nearestPlaces", format!("{to} maxDistance: 15000")), 10, [1, 7, 20]),
        (List::of_municipality("GM0150", ""), 10, [1, 7, 20]),
        (List::of_municipality("GM0150", "orderBy: { field: KIND, direction: DESC }"), 10, [1, 7, 20]),
        (List::of_settlement("settlement:NL.TOP10NL.132596635", "includeUnknown: true"), 10, [1, 7, 20]),
    ];
    for (list, least, sizes) in lists {
        let whole = list.walk(&app, 100, true).await;
        assert!(whole.len() >= least, "{}: {}", list.query(""), whole.len());
        for size in sizes {
            assert_eq!(list.walk(&app, size, true).await, whole, "{} {size} forward", list.query(""));
            assert_eq!(list.walk(&app, size, false).await, whole, "{} {size} backward", list.query(""));
        }
    }
}

#[tokio::test]
async fn a_page_is_20_items_unless_asked_otherwise() {
    let app = TestApp::shared().await;
    for list in [
        List::root("places", "includeUnknown: false"),
        List::root("settlements", "filter: {}"),
        List::root("nearestPlaces", "to: { rd: { x: 203000, y: 503000 } }"),
    ] {
        let page = list.page(&app, "").await;
        assert_eq!(page["nodes"].as_array().unwrap().len(), 20);
        assert_eq!(page, list.page(&app, "first: 20").await);
    }
}

#[tokio::test]
async fn an_empty_list_has_one_empty_page() {
    let app = TestApp::shared().await;
    let list = List::root("places", "filter: { kinds: [] }");
    assert_eq!(list.walk(&app, 7, true).await, [""; 0]);
    assert_eq!(list.walk(&app, 7, false).await, [""; 0]);
}

#[tokio::test]
async fn a_page_between_two_cursors_holds_what_lies_between() {
    let app = TestApp::shared().await;
    let list = List::root("places", "includeUnknown: false");
    let page = list.page(&app, "first: 10").await;
    let cursor = |index: usize| &page["edges"][index]["cursor"];
    let ids = |page: &Value| -> Vec<Value> { page["nodes"].as_array().unwrap().clone() };
    let between = list.page(&app, &format!("after: {} before: {}", cursor(2), cursor(6))).await;
    assert_eq!(ids(&between), ids(&page)[3..6]);
    assert_eq!(between["pageInfo"]["hasNextPage"], true);
    assert_eq!(between["pageInfo"]["hasPreviousPage"], true);
    let last = list.page(&app, &format!("last: 2 after: {} before: {}", cursor(2), cursor(6))).await;
    assert_eq!(ids(&last), ids(&page)[4..6]);
    let nothing = list.page(&app, &format!("after: {} before: {}", cursor(6), cursor(2))).await;
    assert_eq!(ids(&nothing), [Value::Null; 0]);
}

#[tokio::test]
async fn a_page_size_that_is_none_is_refused_with_the_sizes_there_are() {
    let app = TestApp::shared().await;
    for list in [
        List::root("places", ""),
        List::root("settlements", ""),
        List::root("nearestPlaces", "to: { rd: { x: 203000, y: 503000 } }"),
        List::of_municipality("GM0150", ""),
    ] {
        for name in ["first", "last"] {
            for size in [0, -1, 101, i32::MAX] {
                let refusal = app.refusal(&list.query(&format!("{name}: {size}")), json!({})).await;
                let text = "a page has 1 to 100 items, 20 when it is left out";
                assert_eq!(refusal, format!("BAD_USER_INPUT: `{name}` is {size}; {text}"));
            }
        }
        let refusal = app.refusal(&list.query("first: 5, last: 5"), json!({})).await;
        insta::allow_duplicates! {
            insta::assert_snapshot!(refusal, @"BAD_USER_INPUT: `first` and `last` cannot be given together; take `first` with `after` to go forward, or `last` with `before` to go back");
        }
    }
    for query in [
        r#"{ search(text: "heino", first: 0) { __typename } }"#,
        r#"{ place(by: { slug: "t-aahoes-aadorp" }) { nearby(first: 0) { totalCount } } }"#,
        r#"{ node(id: "settlement:NL.TOP10NL.132597206") { ... on Settlement { nearestPlaces(first: 0) { totalCount } } } }"#,
    ] {
        let refusal = app.refusal(query, json!({})).await;
        assert_eq!(refusal, "BAD_USER_INPUT: `first` is 0; a page has 1 to 100 items, 20 when it is left out");
    }
}

/// A cursor with one of its five parts replaced: version, edition, order, list, item.
fn forged(cursor: &Value, part: usize, value: &str) -> String {
    let text = URL_SAFE_NO_PAD.decode(cursor.as_str().unwrap()).unwrap();
    let text = String::from_utf8(text).unwrap();
    let mut parts: Vec<&str> = text.split(' ').collect();
    assert_eq!(parts.len(), 5, "{text}");
    parts[part] = value;
    URL_SAFE_NO_PAD.encode(parts.join(" "))
}

#[tokio::test]
async fn a_cursor_of_another_list_is_refused_by_what_differs() {
    let app = TestApp::shared().await;
    let own = List::root("places", "filter: { kinds: [MFA] } orderBy: { field: NAME, direction: ASC }");
    let cursor = own.page(&app, "first: 3").await["pageInfo"]["endCursor"].clone();
    let mut told = Vec::new();
    for list in [
        List::root("places", "filter: { kinds: [MFA] } orderBy: { field: NAME, direction: DESC }"),
        List::root("places", "filter: { kinds: [MFA] } orderBy: { field: KIND, direction: ASC }"),
        List::root("places", "filter: { kinds: [KULTURHUS] }"),
        List::root("places", "filter: { kinds: [MFA] } includeUnknown: true"),
        List::root("places", ""),
        List::root("nearestPlaces", "filter: { kinds: [MFA] } to: { rd: { x: 203000, y: 503000 } }"),
        List::root("settlements", ""),
        List::of_municipality("GM0148", "filter: { kinds: [MFA] }"),
        List::of_settlement("settlement:NL.TOP10NL.132596635", "filter: { kinds: [MFA] }"),
    ] {
        told.push(app.refusal(&list.query(&format!("first: 3 after: {cursor}")), json!({})).await);
    }
    let edition = forged(&cursor, 1, "2020-01-01-0123456789ab");
    told.push(app.refusal(&own.query(&format!(r#"first: 3 after: "{edition}""#)), json!({})).await);
    told.push(app.refusal(&own.query(&format!(r#"last: 3 before: "{edition}""#)), json!({})).await);
    let served = app.graphql("{ dataset { edition } }", json!({})).await;
    let served = served["dataset"]["edition"].as_str().unwrap();
    let told = told.join("\n").replace(served, "SERVED");
    insta::assert_snapshot!(told, @r"
        BAD_CURSOR: the cursor in `after` belongs to order NAME_ASC, and NAME_DESC is asked; start again without it
        BAD_CURSOR: the cursor in `after` belongs to order NAME_ASC, and KIND_ASC is asked; start again without it
        BAD_CURSOR: the cursor in `after` belongs to another list: the field, its filter or what it hangs from is another; start again without it
        BAD_CURSOR: the cursor in `after` belongs to another list: the field, its filter or what it hangs from is another; start again without it
        BAD_CURSOR: the cursor in `after` belongs to another list: the field, its filter or what it hangs from is another; start again without it
        BAD_CURSOR: the cursor in `after` belongs to order NAME_ASC, and DISTANCE is asked; start again without it
        BAD_CURSOR: the cursor in `after` belongs to another list: the field, its filter or what it hangs from is another; start again without it
        BAD_CURSOR: the cursor in `after` belongs to another list: the field, its filter or what it hangs from is another; start again without it
        BAD_CURSOR: the cursor in `after` belongs to another list: the field, its filter or what it hangs from is another; start again without it
        BAD_CURSOR: the cursor in `after` belongs to edition `2020-01-01-0123456789ab`, and edition `SERVED` is now served; start again without it
        BAD_CURSOR: the cursor in `before` belongs to edition `2020-01-01-0123456789ab`, and edition `SERVED` is now served; start again without it
    ");
}

#[tokio::test]
async fn a_cursor_of_one_municipality_is_refused_in_another() {
    let app = TestApp::shared().await;
    let page = List::of_municipality("GM0148", "").page(&app, "first: 1").await;
    let cursor = &page["pageInfo"]["endCursor"];
    let refusal = app.refusal(&List::of_municipality("GM0150", "").query(&format!("after: {cursor}")), json!({})).await;
    assert!(refusal.starts_with("BAD_CURSOR: "), "{refusal}");
}

#[tokio::test]
async fn the_cursor_of_an_older_edition_is_refused_with_both_editions() {
    let older = TestApp::shared().await;
    let newer = TestApp::start_changed(&oracle::statements(&GAPS)).await;
    let list = List::root("places", "");
    let cursor = list.page(&older, "first: 1").await["pageInfo"]["endCursor"].clone();
    let refusal = newer.refusal(&list.query(&format!("first: 1 after: {cursor}")), json!({})).await;
    for app in [&older, &newer] {
        let edition = app.graphql("{ dataset { edition } }", json!({})).await;
        assert!(refusal.contains(edition["dataset"]["edition"].as_str().unwrap()), "{refusal}");
    }
    assert!(refusal.starts_with("BAD_CURSOR: "), "{refusal}");
}

#[tokio::test]
async fn what_is_no_cursor_is_refused() {
    let app = TestApp::shared().await;
    let list = List::root("places", "");
    let cursor = list.page(&app, "first: 1").await["pageInfo"]["endCursor"].clone();
    let encode = |text: &str| URL_SAFE_NO_PAD.encode(text);
    let garbage = [
        String::new(),
        "x".to_owned(),
        "%%%".to_owned(),
        "é".to_owned(),
        encode(""),
        encode("1 2 3 4"),
        encode("1 2 3 4 5 6"),
        URL_SAFE_NO_PAD.encode([0xff, 0xfe]),
        forged(&cursor, 0, "2"),
        forged(&cursor, 4, "-1"),
        forged(&cursor, 4, "99999999999999999999"),
        format!("{}=", cursor.as_str().unwrap()),
    ];
    for cursor in garbage {
        for (name, size) in [("after", "first"), ("before", "last")] {
            let query = list.query(&format!("{size}: 1 {name}: {}", json!(cursor)));
            let refusal = app.refusal(&query, json!({})).await;
            let text =
                "is no cursor of this service; take it from `cursor`, `startCursor` or `endCursor` of an earlier page";
            assert_eq!(refusal, format!("BAD_CURSOR: `{name}` {text}"), "{cursor}");
        }
    }
    let beyond = list.query(&format!(r#"first: 1 after: "{}""#, forged(&cursor, 4, "4000000000")));
    insta::assert_snapshot!(app.refusal(&beyond, json!({})).await, @"BAD_CURSOR: the item of the cursor in `after` is not in this list; start again without it");
}

#[tokio::test]
async fn a_cursor_does_not_depend_on_how_the_query_is_written() {
    let app = TestApp::shared().await;
    let written =
        r#"{ places(filter: { kinds: [MFA], text: "de" }, first: 2) { nodes { id } pageInfo { endCursor } } }"#;
    let written = app.graphql(written, json!({})).await;
    let cursor = &written["places"]["pageInfo"]["endCursor"];
    let ways = [
        (
            "query ($f: PlaceFilter, $a: String) { places(filter: $f, first: 2, after: $a) { nodes { id } } }",
            json!({ "f": { "kinds": ["MFA"], "text": "de" }, "a": cursor }),
        ),
        (
            "query ($f: PlaceFilter, $a: String) { places(filter: $f, first: 2, after: $a) { nodes { id } } }",
            json!({ "f": { "text": "de", "kinds": ["MFA"] }, "a": cursor }),
        ),
        (
            "query ($a: String) { places(filter: { text: \"de\", kinds: [MFA] }, first: 2, after: $a) { nodes { id } } }",
            json!({ "a": cursor }),
        ),
        (
            "query ($a: String) { places(includeUnknown: false, filter: { text: \"de\", kinds: [MFA] }, first: 2, after: $a) { nodes { id } } }",
            json!({ "a": cursor }),
        ),
        (
            "query ($k: [PlaceKind!], $a: String) { x: places(filter: { kinds: $k, text: \"de\", not: null }, first: 2, after: $a) { nodes { id } } }",
            json!({ "k": ["MFA"], "a": cursor }),
        ),
    ];
    let mut answers = Vec::new();
    for (query, variables) in ways {
        let data = app.graphql(query, variables).await;
        answers.push(data.as_object().unwrap().values().next().unwrap().clone());
    }
    assert_eq!(answers[0]["nodes"].as_array().unwrap().len(), 2);
    for answer in &answers {
        assert_eq!(answer, &answers[0]);
    }
}

#[tokio::test]
async fn places_come_in_the_order_that_is_asked() {
    let app = TestApp::start_changed(&oracle::statements(&GAPS)).await;
    let oracle = Oracle::changed(&GAPS);
    let names = app.graphql("{ municipalities { code name } }", json!({})).await;
    let municipality = |place: &Place| -> String {
        let all = names["municipalities"].as_array().unwrap();
        let found = all.iter().find(|one| one["code"] == place.row["municipality"]).unwrap();
        sort_key(found["name"].as_str().unwrap())
    };
    let kinds = ["KULTURHUS", "DORPSHUIS", "BUURTHUIS", "WIJKCENTRUM", "MFA", "GEMEENSCHAPSHUIS", "OVERIG"];
    let kind = |place: &Place| place.known("kind").map(|kind| kinds.iter().position(|other| *other == kind).unwrap());
    // What is compared, and whether it is not known.
    let key = |field: &str, place: &Place| -> (bool, (usize, String, String)) {
        let name = sort_key(&place.row["name"]);
        match field {
            "NAME" => (false, (0, name, String::new())),
            "MUNICIPALITY" => (false, (0, municipality(place), name)),
            "KIND" if kind(place).is_none() => (true, (0, String::new(), String::new())),
            "KIND" => (false, (kind(place).unwrap(), name, String::new())),
            "UPDATED" => (false, (0, place.row["updated_at"].clone(), String::new())),
            other => panic!("{other} is no order"),
        }
    };
    for order in ORDERS {
        let field = order.split(',').next().unwrap();
        let mut expected: Vec<&Place> = oracle.places.iter().filter(|place| !place.is_closed()).collect();
        expected.sort_by(|a, b| {
            let ((a_unknown, a_key), (b_unknown, b_key)) = (key(field, a), key(field, b));
            let by_key = if order.ends_with("DESC") { b_key.cmp(&a_key) } else { a_key.cmp(&b_key) };
            a_unknown.cmp(&b_unknown).then(by_key).then(a.row["key"].cmp(&b.row["key"]))
        });
        let expected: Vec<String> = expected.into_iter().map(Place::id).collect();
        let list = List::root("places", format!("orderBy: {{ field: {order} }}"));
        assert_eq!(list.walk(&app, 100, true).await, expected, "{order}");
    }
    // Four places of unknown kind, last in both directions.
    let kinds = List::root("places", "orderBy: { field: KIND, direction: DESC }").walk(&app, 100, true).await;
    let unknown = [
        "place:activiteitencentrum-het-zumpke-enter",
        "place:berflo-bedrijf-hengelo",
        "place:mfa-kerkweg-deurningen",
        "place:t-aahoes-aadorp",
    ];
    assert_eq!(kinds[278..], unknown);
}

#[tokio::test]
async fn settlements_come_by_name_then_by_id() {
    let app = TestApp::shared().await;
    let mut settlements = Oracle::seed().settlements;
    settlements.sort_by_cached_key(|one| (sort_key(one.properties["name"].as_str().unwrap()), one.id()));
    let expected: Vec<String> = settlements.iter().map(oracle::Settlement::id).collect();
    assert_eq!(List::root("settlements", "").walk(&app, 100, true).await, expected);
}
