//! Coverage against brute force: every settlement, every place, by the definitions and nothing else. Distances come from
//! the RD coordinates that the service tells, whose conversion is held against control points elsewhere.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::{
    oracle::{
        Change, Degrees, GAPS, Metres, Oracle, Outline, Place, Random, Settlement, Truth, asks_for_status, statements,
    },
    support::TestApp,
};

/// What coordinates told in centimetres leave unknown of a distance, with a sum of two of them: metres.
const ROUNDING_M: f64 = 0.03;

const FIGURES: &str = "populationCovered shareCovered averageDistance";

/// How far outside the outline of its settlement or municipality a place without a location can be: DATA.md.
const BESIDE_M: f64 = 1_000.0;

/// Where a place can be.
enum Spot {
    /// At most so far from a point.
    Circle(Metres, f64),
    /// In or beside one of these, or in the circle of a settlement; nothing else is known.
    Beside(Vec<Ring>, Vec<(Metres, f64)>),
}

type Ring = Vec<Metres>;

/// The distance to the nearest point within a ring, every edge looked at.
fn metres_to(ring: &Ring, from: Metres) -> f64 {
    let edges = || ring.windows(2).map(|edge| (edge[0], edge[1]));
    let crossings = edges()
        .filter(|(a, b)| (a.y > from.y) != (b.y > from.y) && from.x < (b.x - a.x) * (from.y - a.y) / (b.y - a.y) + a.x);
    if crossings.count() % 2 == 1 {
        return 0.0;
    }
    edges().map(|(a, b)| to_side(from, a, b)).fold(f64::INFINITY, f64::min)
}

/// The distance to the nearest point of an edge.
fn to_side(from: Metres, a: Metres, b: Metres) -> f64 {
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let length = dx * dx + dy * dy;
    let along = if length == 0.0 { 0.0 } else { ((from.x - a.x) * dx + (from.y - a.y) * dy) / length };
    let along = along.clamp(0.0, 1.0);
    from.distance(Metres { x: a.x + along * dx, y: a.y + along * dy })
}

/// The outer rings of a geometry in RD.
fn rings(boundary: &Value) -> Vec<Ring> {
    let metres = |ring: &Vec<Degrees>| ring.iter().map(|at| Metres { x: at.lon, y: at.lat }).collect();
    Outline::of(boundary).polygons().iter().map(|rings| metres(&rings[0])).collect()
}

/// Who may be within reach, by brute force.
struct Judge {
    oracle: Oracle,
    /// By id: where places can be.
    spots: BTreeMap<String, Spot>,
    /// By id: settlements with inhabitants of their own, and where they are counted.
    points: BTreeMap<String, (f64, Metres)>,
}

/// A settlement as it must be.
#[derive(Clone, Debug)]
struct Expected {
    population: f64,
    status: &'static str,
    lower: Option<f64>,
    upper: Option<f64>,
}

/// The places of a question: those for which the filter is TRUE, and those for which it may be.
struct Served<'a> {
    /// Those for which it is TRUE.
    matching: Vec<&'a Place>,
    /// Of these the ones that are surely in use.
    sure: Vec<&'a Place>,
    possible: Vec<&'a Place>,
}

fn uncertainty(place: &Place) -> f64 {
    place.known("uncertainty_radius").map_or(0.0, |radius| radius.parse().unwrap())
}

fn least(distances: impl Iterator<Item = f64>) -> Option<f64> {
    distances.min_by(f64::total_cmp)
}

impl Judge {
    async fn seed(app: &TestApp) -> Self {
        Self::changed(app, &[]).await
    }

    async fn changed(app: &TestApp, changes: &[Change]) -> Self {
        let mut oracle = Oracle::changed(changes);
        oracle.measure(&app.located().await);
        let places: BTreeMap<String, f64> = oracle.settlements.iter().map(|own| (own.id(), own_people(own))).collect();
        let nodes = app.all("settlements", "id location { rd { x y } }").await;
        let points = nodes.iter().filter_map(|node| {
            let (id, rd) = (node["id"].as_str().unwrap(), &node["location"]["rd"]);
            let at = Metres { x: rd["x"].as_f64().unwrap(), y: rd["y"].as_f64().unwrap() };
            Some((id.to_owned(), (*places.get(id).filter(|own| **own > 0.0)?, at)))
        });
        let spots = Self::spots(app, &oracle).await;
        Self { points: points.collect(), spots, oracle }
    }

    async fn spots(app: &TestApp, oracle: &Oracle) -> BTreeMap<String, Spot> {
        let data = app.graphql("{ municipalities { code boundary(crs: RD) } }", json!({})).await;
        let municipality = |code: &str| {
            let all = data["municipalities"].as_array().unwrap();
            rings(&all.iter().find(|one| one["code"] == code).unwrap()["boundary"])
        };
        let named = |place: &Place, name: &str| -> Vec<String> {
            let of_name = |own: &&Settlement| {
                own.properties["municipality"] == place.row["municipality"]
                    && own.properties["name"] == name
                    && own.properties["kind"] != "INDUSTRIEKERN"
            };
            oracle.settlements.iter().filter(of_name).map(Settlement::id).collect()
        };
        let mut spots = BTreeMap::new();
        for place in &oracle.places {
            if let Some(at) = place.rd {
                spots.insert(place.id(), Spot::Circle(at, uncertainty(place)));
                continue;
            }
            let mut ids = named(place, &place.row["settlement"]);
            if ids.is_empty() {
                spots.insert(place.id(), Spot::Beside(municipality(&place.row["municipality"]), Vec::new()));
                continue;
            }
            ids.extend(place.known("neighbourhood").into_iter().flat_map(|name| named(place, name)));
            let query = "query ($ids: [ID!]!) {
                nodes(ids: $ids) { id ... on Settlement { location { rd { x y } } boundary(crs: RD) } }
            }";
            let data = app.graphql(query, json!({ "ids": ids })).await;
            let nodes = data["nodes"].as_array().unwrap();
            let outlines = nodes.iter().flat_map(|node| rings(&node["boundary"])).collect();
            let circle = |node: &Value| {
                let own = oracle.settlements.iter().find(|own| node["id"] == *own.id()).unwrap();
                let square_metres = own.properties["areaHa"].as_f64().unwrap() * 10_000.0;
                let rd = &node["location"]["rd"];
                let at = Metres { x: rd["x"].as_f64().unwrap(), y: rd["y"].as_f64().unwrap() };
                (at, (square_metres / std::f64::consts::PI).sqrt().round())
            };
            spots.insert(place.id(), Spot::Beside(outlines, nodes.iter().map(circle).collect()));
        }
        spots
    }

    /// The place is no nearer than this.
    fn lower(&self, from: Metres, place: &Place) -> f64 {
        let nearest = |rings: &Vec<Ring>| rings.iter().map(|ring| metres_to(ring, from)).fold(f64::INFINITY, f64::min);
        match &self.spots[&place.id()] {
            Spot::Circle(at, radius) => (at.distance(from) - radius).max(0.0),
            Spot::Beside(rings, circles) => {
                let in_circle = circles.iter().map(|(at, radius)| at.distance(from) - radius);
                in_circle.fold(nearest(rings) - BESIDE_M, f64::min).max(0.0)
            }
        }
    }

    /// The place is no farther than this.
    fn upper(&self, from: Metres, place: &Place) -> Option<f64> {
        match &self.spots[&place.id()] {
            Spot::Circle(at, radius) => Some(at.distance(from) + radius),
            Spot::Beside(..) => None,
        }
    }

    fn served(&self, filter: &Value) -> Served<'_> {
        let serves =
            |place: &&Place| !place.is_closed() && (place.row["status"] != "PLANNED" || asks_for_status(filter));
        let at_least = |least: Truth| -> Vec<&Place> {
            let wanted = |place: &&Place| self.oracle.truth(filter, place) >= least;
            self.oracle.places.iter().filter(serves).filter(wanted).collect()
        };
        let matching = at_least(Truth::True);
        // Of the others it is not known whether they are in use.
        let is_in_use = |place: &&&Place| place.known("status").is_some();
        Served {
            sure: matching.iter().filter(is_in_use).copied().collect(),
            matching,
            possible: at_least(Truth::Unknown),
        }
    }

    /// The settlements for which `is_meant`, by id.
    fn expected(
        &self,
        reach: f64,
        served: &Served<'_>,
        is_meant: impl Fn(&Settlement) -> bool,
    ) -> BTreeMap<String, Expected> {
        let meant = self.oracle.settlements.iter().filter(|settlement| is_meant(settlement));
        let row = |settlement: &Settlement| {
            let (population, from) = *self.points.get(&settlement.id())?;
            let lower = least(served.possible.iter().map(|place| self.lower(from, place)));
            let upper = least(served.sure.iter().filter_map(|place| self.upper(from, place)));
            for bound in lower.iter().chain(&upper) {
                assert!((bound - reach).abs() > ROUNDING_M, "{}: too close to tell", settlement.id());
            }
            let is_within = |bound: Option<f64>| bound.is_some_and(|metres| metres <= reach);
            let status = match (is_within(upper), is_within(lower)) {
                (true, _) => "COVERED",
                (false, true) => "UNCERTAIN",
                (false, false) => "UNCOVERED",
            };
            Some((settlement.id(), Expected { population, status, lower, upper }))
        };
        meant.filter_map(row).collect()
    }
}

fn own_people(settlement: &Settlement) -> f64 {
    settlement.properties["ownPopulation"].as_f64().unwrap_or(0.0)
}

fn code_of(settlement: &Settlement) -> &str {
    settlement.properties["municipality"].as_str().unwrap()
}

/// Looks whether figures are the sums of rows, by one of the two bounds.
fn check_figures<'a>(
    figures: &Value,
    reach: f64,
    rows: impl Iterator<Item = &'a Expected> + Clone,
    bound: impl Fn(&Expected) -> Option<f64>,
    what: &str,
) {
    let people: f64 = rows.clone().map(|row| row.population).sum();
    let known: Vec<(f64, f64)> = rows.filter_map(|row| Some((row.population, bound(row)?))).collect();
    let covered: f64 = known.iter().filter(|(_, metres)| *metres <= reach).map(|(people, _)| people).sum();
    let told = figures["populationCovered"].as_f64().unwrap();
    assert!((told - covered).abs() <= 0.51, "{what}: {told}, not {covered}");
    match figures["shareCovered"].as_f64() {
        Some(share) => assert!((share - covered / people).abs() <= 0.000_051, "{what}: {share}"),
        None => assert!(people == 0.0, "{what}"),
    }
    let measured: f64 = known.iter().map(|(people, _)| people).sum();
    match figures["averageDistance"].as_f64() {
        Some(average) => {
            let mean = known.iter().map(|(people, metres)| people * metres).sum::<f64>() / measured;
            assert!((average - mean).abs() <= ROUNDING_M, "{what}: {average}, not {mean}");
        }
        None => assert!(measured == 0.0, "{what}"),
    }
}

fn check_both<'a>(node: &Value, reach: f64, rows: impl Iterator<Item = &'a Expected> + Clone, what: &str) {
    let people: f64 = rows.clone().map(|row| row.population).sum();
    assert!((node["population"].as_f64().unwrap() - people).abs() <= 0.51, "{what}: {node}, {people}");
    check_figures(&node["atLeast"], reach, rows.clone(), |row| row.upper, what);
    check_figures(&node["atMost"], reach, rows, |row| row.lower, what);
}

fn filters() -> Vec<Value> {
    vec![
        json!({}),
        json!({ "facilities": { "any": ["BIBLIOTHEEK"] } }),
        json!({ "kinds": ["KULTURHUS", "MFA"] }),
        json!({ "kinds": [] }),
    ]
}

/// `Query.coverage` with a selection.
async fn coverage(app: &TestApp, reach: f64, filter: &Value, area: &Value, selection: &str) -> Value {
    let query = format!(
        "query ($reach: Float!, $filter: PlaceFilter, $area: AreaInput) {{
            coverage(maxDistance: $reach, places: $filter, area: $area) {{ {selection} }}
        }}"
    );
    let mut data = app.graphql(&query, json!({ "reach": reach, "filter": filter, "area": area })).await;
    data["coverage"].take()
}

/// All rows of settlements, with more arguments of theirs.
async fn rows(app: &TestApp, reach: f64, filter: &Value, area: &Value, arguments: &str) -> Vec<Value> {
    let mut found = Vec::new();
    let mut after = String::new();
    loop {
        let selection = format!(
            "settlements(first: 100 {arguments} {after}) {{
                nodes {{
                    settlement {{ id }} population status place {{ id }} distanceAtLeast distanceAtMost
                    within1Km within3Km within5Km borderNearer divided
                }}
                totalCount
                pageInfo {{ hasNextPage endCursor }}
            }}"
        );
        let mut answer = coverage(app, reach, filter, area, &selection).await["settlements"].take();
        let Value::Array(nodes) = answer["nodes"].take() else { panic!("{answer}") };
        found.extend(nodes);
        if answer["pageInfo"]["hasNextPage"] == false {
            assert_eq!(answer["totalCount"], found.len());
            return found;
        }
        after = format!("after: {}", answer["pageInfo"]["endCursor"]);
    }
}

fn id_of(row: &Value) -> &str {
    row["settlement"]["id"].as_str().unwrap()
}

fn check_bound(row: &Value, field: &str, bound: Option<f64>) {
    match (row[field].as_f64(), bound) {
        (Some(told), Some(bound)) => assert!((told - bound).abs() <= ROUNDING_M, "{row}: {field} is {bound}"),
        (told, bound) => assert_eq!(told, bound, "{row}: {field}"),
    }
}

fn check_row(judge: &Judge, served: &Served<'_>, row: &Value, expected: &Expected) {
    let (_, from) = judge.points[id_of(row)];
    assert_eq!(row["population"].as_f64(), Some(expected.population), "{row}");
    assert_eq!(row["status"], expected.status, "{row}");
    check_bound(row, "distanceAtLeast", expected.lower);
    check_bound(row, "distanceAtMost", expected.upper);

    // The place that is surely nearest, or else the one that may be; of those in one point the first.
    let (candidates, best, is_upper) = match expected.upper {
        Some(upper) => (&served.sure, Some(upper), true),
        None => (&served.possible, expected.lower, false),
    };
    let metres = |place: &Place| if is_upper { judge.upper(from, place) } else { Some(judge.lower(from, place)) };
    match (row["place"]["id"].as_str(), best) {
        (Some(id), Some(best)) => {
            let place = judge.oracle.place(id);
            assert!((metres(place).unwrap() - best).abs() <= ROUNDING_M, "{row}");
            let same = |other: &&&Place| metres(other).is_some_and(|other| (other - best).abs() < 1e-9);
            assert_eq!(candidates.iter().filter(same).map(|other| other.id()).min().as_deref(), Some(id), "{row}");
        }
        (told, best) => assert!(told.is_none() && best.is_none(), "{row}: {best:?}"),
    }
    for (field, limit) in [("within1Km", 1_000.0), ("within3Km", 3_000.0), ("within5Km", 5_000.0)] {
        let within = |slack: f64| {
            let surely = |place: &&&Place| judge.upper(from, place).is_some_and(|upper| upper <= limit + slack);
            served.sure.iter().filter(surely).count() as u64
        };
        let told = row[field].as_u64().unwrap();
        assert!((within(-ROUNDING_M)..=within(ROUNDING_M)).contains(&told), "{row}: {field} {}", within(0.0));
    }
}

/// Looks whether each row of a settlement without inhabitants of its own says what holds for all its parts, and that none is missing.
fn check_divided(judge: &Judge, divided: &[Value], rows: &[Value], is_of_all: bool) {
    let by_id: BTreeMap<String, &Settlement> = judge.oracle.settlements.iter().map(|own| (own.id(), own)).collect();
    let settlement = |id: &str| by_id[id];
    let is_part = |row: &Value, whole: &str| {
        settlement(id_of(row)).ancestors.iter().any(|up| format!("settlement:{up}") == whole)
    };
    for row in divided {
        let whole = id_of(row);
        assert_eq!(own_people(settlement(whole)), 0.0, "{row}");
        let parts: Vec<&Value> = rows.iter().filter(|part| is_part(part, whole)).collect();
        assert!(!parts.is_empty(), "{row}");
        let numbers = |field: &str| parts.iter().map(|part| part[field].as_f64()).collect::<Vec<_>>();
        let people: f64 = numbers("population").into_iter().flatten().sum();
        assert!((row["population"].as_f64().unwrap() - people).abs() < 1e-6, "{row} {people}");
        assert_eq!(row["distanceAtLeast"].as_f64(), least(numbers("distanceAtLeast").into_iter().flatten()), "{row}");
        let farthest = numbers("distanceAtMost").into_iter().collect::<Option<Vec<f64>>>();
        let farthest = farthest.map(|all| all.into_iter().fold(0.0, f64::max));
        assert_eq!(row["distanceAtMost"].as_f64(), farthest, "{row}");
        for field in ["within1Km", "within3Km", "within5Km"] {
            assert_eq!(row[field].as_f64(), least(numbers(field).into_iter().flatten()), "{row}: {field}");
        }
        assert_eq!(row["borderNearer"], parts.iter().any(|part| part["borderNearer"] == true), "{row}");
        let statuses: BTreeSet<&str> = parts.iter().map(|part| part["status"].as_str().unwrap()).collect();
        let expected = match statuses.into_iter().collect::<Vec<_>>()[..] {
            [only] => only,
            [.., "UNCOVERED"] | [.., "UNCOVERED", _] if parts.iter().any(|part| part["status"] == "COVERED") => {
                "PARTLY"
            }
            _ => "UNCERTAIN",
        };
        assert_eq!(row["status"], expected, "{row}");
    }
    let told: BTreeSet<&str> = divided.iter().map(id_of).collect();
    for row in rows {
        for whole in &settlement(id_of(row)).ancestors {
            let whole = format!("settlement:{whole}");
            let is_told = told.contains(whole.as_str());
            let is_divided = settlement(&whole).properties["ownPopulation"].as_f64() == Some(0.0);
            // Of an area only those that lie in it themselves.
            assert!(is_told == is_divided || (is_divided && !is_of_all), "{whole}");
        }
    }
}

const TOTALS: &str = "method maxDistance population placesConsidered placesWithoutLocation placesCoarselyLocated";

/// Looks at all figures and rows of one question; the number of rows.
async fn agree(
    app: &TestApp,
    judge: &Judge,
    reach: f64,
    filter: &Value,
    area: &Value,
    is_meant: impl Fn(&Settlement) -> bool,
) -> usize {
    let served = judge.served(filter);
    let expected = judge.expected(reach, &served, is_meant);
    let what = format!("{reach} {filter} {area}");
    let selection = format!(
        "{TOTALS} atLeast {{ {FIGURES} }} atMost {{ {FIGURES} }}
         municipalities {{
            municipality {{ code population }} population places placesPer10000 inventory
            atLeast {{ {FIGURES} }} atMost {{ {FIGURES} }}
         }}"
    );
    let answer = coverage(app, reach, filter, area, &selection).await;
    assert_eq!((&answer["method"], &answer["maxDistance"]), (&json!("STRAIGHT_LINE"), &json!(reach)));
    check_both(&answer, reach, expected.values(), &what);
    assert_eq!(answer["placesConsidered"], served.possible.len(), "{what}");
    let unlocated = served.possible.iter().filter(|place| place.at.is_none());
    assert_eq!(answer["placesWithoutLocation"], unlocated.count(), "{what}");
    let coarse = served.possible.iter().filter(|place| place.at.is_some() && place.row["precision"] != "ADDRESS");
    assert_eq!(answer["placesCoarselyLocated"], coarse.count(), "{what}");

    // Rows of municipalities, and that they add up.
    let municipality: BTreeMap<String, &str> =
        judge.oracle.settlements.iter().map(|settlement| (settlement.id(), code_of(settlement))).collect();
    let codes: BTreeSet<&str> = expected.keys().map(|id| municipality[id]).collect();
    let told = answer["municipalities"].as_array().unwrap();
    assert_eq!(told.iter().map(|row| row["municipality"]["code"].as_str().unwrap()).collect::<BTreeSet<_>>(), codes);
    assert_eq!(told.len(), codes.len());
    for row in told {
        let code = row["municipality"]["code"].as_str().unwrap();
        let own = expected.iter().filter(|(id, _)| municipality[*id] == code).map(|(_, row)| row);
        check_both(row, reach, own, &format!("{what} {code}"));
        let places = served.matching.iter().filter(|place| place.row["municipality"] == code).count();
        assert_eq!(row["places"], places, "{what} {code}");
        let share = places as f64 * 10_000.0 / row["municipality"]["population"].as_f64().unwrap();
        assert!((row["placesPer10000"].as_f64().unwrap() - share).abs() <= 0.005_1, "{what} {row}");
        assert_eq!(row["inventory"], "UNKNOWN");
    }
    for pointer in ["/population", "/atLeast/populationCovered", "/atMost/populationCovered"] {
        let number = |row: &Value| row.pointer(pointer).unwrap().as_i64().unwrap();
        // Each is rounded to people.
        let difference = (told.iter().map(number).sum::<i64>() - number(&answer)).abs();
        assert!(difference <= 13, "{what}: {pointer} differs by {difference}");
    }

    let (divided, rows): (Vec<Value>, Vec<Value>) =
        rows(app, reach, filter, area, "").await.into_iter().partition(|row| row["divided"] == true);
    check_divided(judge, &divided, &rows, area.is_null());
    assert_eq!(rows.iter().map(id_of).collect::<BTreeSet<_>>(), expected.keys().map(String::as_str).collect());
    assert_eq!(rows.len(), expected.len());
    for row in &rows {
        check_row(judge, &served, row, &expected[id_of(row)]);
    }
    // Worst first.
    let rank = |row: &Value| {
        ["UNCOVERED", "UNCERTAIN", "PARTLY", "COVERED"].iter().position(|status| row["status"] == *status)
    };
    for pair in rows.windows(2) {
        let key = |row: &Value| (rank(row).unwrap(), -row["population"].as_f64().unwrap());
        let (a, b) = (key(&pair[0]), key(&pair[1]));
        assert!(a < b || (a == b && id_of(&pair[0]) < id_of(&pair[1])), "{what}: {pair:#?}");
    }
    rows.len()
}

#[tokio::test]
async fn every_figure_and_row_is_what_brute_force_says() {
    let app = TestApp::shared().await;
    let judge = Judge::seed(&app).await;
    for filter in filters() {
        for reach in [1_000.0, 2_000.0, 5_000.0, 15_000.0] {
            assert!(agree(&app, &judge, reach, &filter, &Value::Null, |_| true).await > 900);
        }
    }
}

#[tokio::test]
async fn the_people_of_an_area_are_served_by_places_outside_it_too() {
    let app = TestApp::shared().await;
    let judge = Judge::seed(&app).await;
    let library = json!({ "facilities": { "any": ["BIBLIOTHEEK"] } });
    let of = |code: &'static str| move |settlement: &Settlement| code_of(settlement) == code;
    for (filter, reach) in [(json!({}), 2_000.0), (library, 5_000.0)] {
        let area = json!({ "municipalities": ["GM0148"] });
        assert!(agree(&app, &judge, reach, &filter, &area, of("GM0148")).await > 5);
        let bbox = json!({ "bbox": { "west": 6.2, "south": 52.4, "east": 6.5, "north": 52.6 } });
        let is_in_box = |settlement: &Settlement| {
            let Degrees { lon, lat } = settlement.at();
            (6.2..=6.5).contains(&lon) && (52.4..=52.6).contains(&lat)
        };
        assert!(agree(&app, &judge, reach, &filter, &bbox, is_in_box).await > 20);
        let center = Metres { x: 240_000.0, y: 480_000.0 };
        let circle = json!({ "circle": { "center": { "rd": { "x": center.x, "y": center.y } }, "radius": 9_000 } });
        let is_in_circle = |settlement: &Settlement| {
            judge.points.get(&settlement.id()).is_some_and(|(_, at)| at.distance(center) <= 9_000.0)
        };
        assert!(agree(&app, &judge, reach, &filter, &circle, is_in_circle).await > 5);
        // A town holds its parts.
        let town = judge.oracle.settlements.iter().find(|own| own.properties["slug"] == "deventer").unwrap();
        let area = json!({ "settlements": [town.id()] });
        let is_of_town = |settlement: &Settlement| {
            settlement.id() == town.id() || settlement.ancestors.iter().any(|up| town.id().ends_with(up.as_str()))
        };
        assert!(agree(&app, &judge, reach, &filter, &area, is_of_town).await > 5);
    }
}

#[tokio::test]
async fn a_municipality_says_the_same_as_the_question_about_its_area() {
    let app = TestApp::shared().await;
    let selection = format!(
        "{TOTALS} note warnings populationDate coveredArea atLeast {{ {FIGURES} }} atMost {{ {FIGURES} }}
         settlements(first: 100) {{ nodes {{ settlement {{ id }} status distanceAtLeast distanceAtMost }} totalCount }}
         improvements(first: 5) {{ place {{ id }} need populationUncertain }}"
    );
    let filter = json!({ "facilities": { "any": ["BIBLIOTHEEK"] } });
    for code in ["GM0148", "GM0150", "GM1735"] {
        let query = format!(
            "query ($code: String!, $filter: PlaceFilter) {{
                municipality(by: {{ code: $code }}) {{ coverage(maxDistance: 3000, places: $filter) {{ {selection} }} }}
            }}"
        );
        let own = app.graphql(&query, json!({ "code": code, "filter": filter })).await;
        let asked = coverage(&app, 3_000.0, &filter, &json!({ "municipalities": [code] }), &selection).await;
        assert_eq!(own["municipality"]["coverage"], asked, "{code}");
        assert!(asked["settlements"]["totalCount"].as_u64().unwrap() > 3);
    }
}

#[tokio::test]
async fn places_without_a_location_or_planned_or_closed_are_counted_as_they_are() {
    let app = TestApp::start_changed(&statements(&GAPS)).await;
    let judge = Judge::changed(&app, &GAPS).await;
    let library = json!({ "facilities": { "any": ["BIBLIOTHEEK"] } });
    let planned = json!({ "status": ["OPEN", "PLANNED", "CLOSED"] });
    for filter in [json!({}), library, planned, json!({ "kinds": ["OVERIG"] }), json!({ "status": ["PLANNED"] })] {
        agree(&app, &judge, 2_000.0, &filter, &Value::Null, |_| true).await;
    }
    // Seven are planned, and of 49 it is not known whether they are.
    let answer = coverage(&app, 2_000.0, &json!({ "status": ["PLANNED"] }), &Value::Null, TOTALS).await;
    assert_eq!((&answer["placesConsidered"], &answer["placesWithoutLocation"]), (&json!(56), &json!(1)));
}

#[tokio::test]
async fn a_filter_that_nothing_answers_gives_nought_and_null_and_closed_places_never_serve() {
    let app = TestApp::shared().await;
    let nothing = json!({ "populationCovered": 0, "shareCovered": 0.0, "averageDistance": null });
    let selection = format!("{TOTALS} atLeast {{ {FIGURES} }} atMost {{ {FIGURES} }} improvements {{ need }}");
    let answer = coverage(&app, 2_000.0, &json!({ "kinds": [] }), &Value::Null, &selection).await;
    assert_eq!((&answer["atLeast"], &answer["atMost"]), (&nothing, &nothing));
    assert_eq!((&answer["placesConsidered"], &answer["improvements"]), (&json!(0), &json!([])));

    // Nobody lives here.
    let sea = json!({ "bbox": { "west": 4.0, "south": 53.0, "east": 4.1, "north": 53.1 } });
    let selection =
        format!("population atLeast {{ {FIGURES} }} coveredArea uncertainArea uncoveredArea uncoveredGeometry");
    let answer = coverage(&app, 2_000.0, &json!({}), &sea, &selection).await;
    assert_eq!(answer["population"], 0);
    assert_eq!(answer["atLeast"], json!({ "populationCovered": 0, "shareCovered": null, "averageDistance": null }));
    for field in ["coveredArea", "uncertainArea", "uncoveredArea"] {
        assert_eq!(answer[field], 0.0, "{field}");
    }

    // The status of some is not known, so they may be closed: those may serve, in `atMost`.
    let closed = coverage(
        &app,
        2_000.0,
        &json!({ "status": ["CLOSED"] }),
        &Value::Null,
        &format!("{TOTALS} atLeast {{ {FIGURES} }}"),
    )
    .await;
    assert_eq!(closed["atLeast"], nothing);
    let oracle = Oracle::seed();
    let place = oracle.places.iter().find(|place| place.is_closed()).unwrap();
    let rows = rows(&app, 5_000.0, &json!({ "status": ["CLOSED", "OPEN"] }), &Value::Null, "").await;
    assert!(rows.iter().all(|row| row["place"]["id"] != *place.id()));
}

#[tokio::test]
async fn settlements_are_ordered_filtered_and_paged() {
    let app = TestApp::shared().await;
    let judge = Judge::seed(&app).await;
    let (filter, area) =
        (json!({ "facilities": { "any": ["BIBLIOTHEEK"] } }), json!({ "municipalities": ["GM0163", "GM0148"] }));
    let whole = rows(&app, 2_000.0, &filter, &area, "").await;
    for status in ["COVERED", "PARTLY", "UNCERTAIN", "UNCOVERED"] {
        let some = rows(&app, 2_000.0, &filter, &area, &format!("status: [{status}]")).await;
        let expected: Vec<&Value> = whole.iter().filter(|row| row["status"] == status).collect();
        assert_eq!(some.iter().collect::<Vec<_>>(), expected, "{status}");
    }
    assert!(rows(&app, 2_000.0, &filter, &area, "status: []").await.is_empty());
    let people = |row: &&Value| {
        let settlement = judge.oracle.settlements.iter().find(|settlement| settlement.id() == id_of(row)).unwrap();
        settlement.properties["population"].as_i64().unwrap() >= 500
    };
    let large = rows(&app, 2_000.0, &filter, &area, "minPopulation: 500").await;
    assert_eq!(large.iter().collect::<Vec<_>>(), whole.iter().filter(people).collect::<Vec<_>>());
    assert!(!large.is_empty() && large.len() < whole.len());
    let is_village = |row: &&Value| {
        let settlement = judge.oracle.settlements.iter().find(|settlement| settlement.id() == id_of(row)).unwrap();
        settlement.properties["kind"] == "WOONKERN"
    };
    let villages = rows(&app, 2_000.0, &filter, &area, "kinds: [WOONKERN]").await;
    assert_eq!(villages.iter().collect::<Vec<_>>(), whole.iter().filter(is_village).collect::<Vec<_>>());
    assert!(villages.iter().any(|row| row["divided"] == true) && villages.len() < whole.len());
    assert!(rows(&app, 2_000.0, &filter, &area, "kinds: []").await.is_empty());

    for filter in filters() {
        let far = rows(&app, 2_000.0, &filter, &Value::Null, "orderBy: DISTANCE").await;
        let key = |row: &Value| {
            let metres = |field: &str| -row[field].as_f64().unwrap_or(f64::INFINITY);
            (metres("distanceAtLeast"), metres("distanceAtMost"))
        };
        for pair in far.windows(2) {
            let (a, b) = (key(&pair[0]), key(&pair[1]));
            assert!(a < b || (a == b && id_of(&pair[0]) < id_of(&pair[1])), "{filter}: {pair:#?}");
        }
    }

    // Every page size, from both ends.
    let expected: Vec<&str> = whole.iter().map(id_of).collect();
    for size in [1, 7, 99] {
        for (count, cursor, more, end) in
            [("first", "after", "hasNextPage", "endCursor"), ("last", "before", "hasPreviousPage", "startCursor")]
        {
            let (mut pages, mut position) = (Vec::new(), String::new());
            loop {
                let selection = format!(
                    "settlements({count}: {size} {position}) {{ edges {{ cursor node {{ settlement {{ id }} }} }}
                     pageInfo {{ {more} {end} }} }}"
                );
                let answer = coverage(&app, 2_000.0, &filter, &area, &selection).await;
                let page = answer["settlements"]["edges"].as_array().unwrap();
                pages.push(page.iter().map(|edge| id_of(&edge["node"]).to_owned()).collect::<Vec<_>>());
                let info = &answer["settlements"]["pageInfo"];
                if info[more] == false {
                    break;
                }
                position = format!("{cursor}: {}", info[end]);
            }
            if count == "last" {
                pages.reverse();
            }
            assert_eq!(pages.concat(), expected, "{count} {size}");
        }
    }
}

#[tokio::test]
async fn a_cursor_belongs_to_its_distance_places_area_and_order() {
    let app = TestApp::shared().await;
    let page = |arguments: &str, settlements: &str| {
        format!(
            "{{ coverage({arguments}) {{ settlements(first: 2 {settlements}) {{ nodes {{ status }} pageInfo {{ endCursor }} }} }} }}"
        )
    };
    let data = app.graphql(&page("maxDistance: 2000", ""), json!({})).await;
    let cursor = format!("after: {}", data["coverage"]["settlements"]["pageInfo"]["endCursor"]);
    app.graphql(&page("maxDistance: 2000", &cursor), json!({})).await;
    // The same number, written otherwise: one list, and so one computation.
    for same in ["2000.0", "2e3", "2000.000"] {
        let data = app.graphql(&page(&format!("maxDistance: {same}"), &cursor), json!({})).await;
        assert_eq!(data["coverage"]["settlements"]["nodes"].as_array().unwrap().len(), 2, "{same}");
    }
    for (arguments, settlements) in [
        ("maxDistance: 2001", String::new()),
        ("maxDistance: 2000, places: { kinds: [MFA] }", String::new()),
        (r#"maxDistance: 2000, area: { municipalities: ["GM0148"] }"#, String::new()),
        ("maxDistance: 2000", "orderBy: DISTANCE ".to_owned()),
        ("maxDistance: 2000", "status: [UNCOVERED] ".to_owned()),
        ("maxDistance: 2000", "minPopulation: 3 ".to_owned()),
    ] {
        let refusal = app.refusal(&page(arguments, &(settlements + &cursor)), json!({})).await;
        assert!(refusal.starts_with("BAD_CURSOR"), "{arguments}: {refusal}");
    }
    let refusal = app.refusal(&page("maxDistance: 2000", r#"after: "abc""#), json!({})).await;
    assert!(refusal.starts_with("BAD_CURSOR"), "{refusal}");
}

#[tokio::test]
async fn what_cannot_be_a_reach_is_refused() {
    let app = TestApp::shared().await;
    let limit = app.graphql("{ dataset { limits { maxDistance } } }", json!({})).await;
    let limit = limit["dataset"]["limits"]["maxDistance"].as_f64().unwrap();
    for reach in [0.0, -1.0, limit + 1.0, 1e300] {
        for query in [
            format!("{{ coverage(maxDistance: {reach}) {{ population }} }}"),
            format!(
                r#"{{ municipality(by: {{ code: "GM0148" }}) {{ coverage(maxDistance: {reach}) {{ population }} }} }}"#
            ),
        ] {
            let refusal = app.refusal(&query, json!({})).await;
            assert!(refusal.starts_with("BAD_USER_INPUT: `maxDistance` is "), "{refusal}");
        }
    }
    for reach in ["NaN", "\"2000\"", "1e400"] {
        let query = format!("{{ coverage(maxDistance: {reach}) {{ population }} }}");
        let (_, body) = app.response(&query, json!({})).await;
        assert!(body["errors"].as_array().is_some_and(|errors| !errors.is_empty()), "{reach}: {body}");
    }
    let answer = coverage(&app, limit, &json!({}), &Value::Null, &format!("atLeast {{ {FIGURES} }}")).await;
    assert_eq!(answer["atLeast"]["shareCovered"], 1.0);
    for first in [0, -1, 101] {
        let query = format!("{{ coverage(maxDistance: 2000) {{ improvements(first: {first}) {{ need }} }} }}");
        let refusal = app.refusal(&query, json!({})).await;
        assert!(refusal.starts_with("BAD_USER_INPUT"), "{refusal}");
    }
}

#[tokio::test]
async fn a_larger_reach_never_lowers_a_bound_and_at_least_is_at_most_at_most() {
    let app = TestApp::shared().await;
    let selection = format!("atLeast {{ {FIGURES} }} atMost {{ {FIGURES} }}");
    for filter in filters() {
        let mut before = (0, 0);
        for reach in [1.0, 300.0, 700.0, 1_000.0, 1_500.0, 2_000.0, 4_000.0, 8_000.0, 16_000.0, 50_000.0] {
            let answer = coverage(&app, reach, &filter, &Value::Null, &selection).await;
            let covered = |bound: &str| answer[bound]["populationCovered"].as_i64().unwrap();
            let now = (covered("atLeast"), covered("atMost"));
            assert!(now.0 >= before.0 && now.1 >= before.1 && now.0 <= now.1, "{filter} {reach}: {before:?} {now:?}");
            before = now;
        }
    }
}

/// The rows by id.
async fn by_id(app: &TestApp, filter: &Value) -> BTreeMap<String, Value> {
    let rows = rows(app, 2_000.0, filter, &Value::Null, "").await;
    rows.into_iter().map(|row| (id_of(&row).to_owned(), row)).collect()
}

#[tokio::test]
async fn geocoding_narrows_every_interval_and_a_coordinate_never_lowers_at_least() {
    const COARSE: &str = "activiteitencentrum-het-zumpke-enter";
    const PLACED: &str = "boerderij-stakenboer-oldenzaal";
    let unlocated: Vec<Change> =
        ["lon", "lat", "precision", "outline", "uncertainty_radius"].map(|column| (PLACED, column, "")).to_vec();
    let geocoded: [Change; 3] =
        [(COARSE, "precision", "ADDRESS"), (COARSE, "uncertainty_radius", "0"), (COARSE, "outline", "")];
    let before = TestApp::start_changed(&statements(&unlocated)).await;
    let seed = TestApp::shared().await;
    let after = TestApp::start_changed(&statements(&geocoded)).await;
    for filter in [json!({}), json!({ "kinds": ["OVERIG"] })] {
        let (fewer, coarse, exact) =
            (by_id(&before, &filter).await, by_id(&seed, &filter).await, by_id(&after, &filter).await);
        let mut narrowed = 0;
        for (id, coarse) in &coarse {
            let number = |row: &Value, field: &str| row[field].as_f64().unwrap_or(f64::INFINITY);
            let exact = &exact[id];
            assert!(number(exact, "distanceAtLeast") >= number(coarse, "distanceAtLeast"), "{coarse} {exact}");
            assert!(number(exact, "distanceAtMost") <= number(coarse, "distanceAtMost"), "{coarse} {exact}");
            narrowed += usize::from(exact != coarse);
            assert!(number(&fewer[id], "distanceAtMost") >= number(coarse, "distanceAtMost"), "{coarse}");
            assert!(fewer[id]["status"] != "COVERED" || coarse["status"] == "COVERED", "{coarse}");
        }
        assert!(narrowed > 0);
        let selection = "placesWithoutLocation atLeast { populationCovered }";
        let without = coverage(&before, 2_000.0, &filter, &Value::Null, selection).await;
        let with = coverage(&seed, 2_000.0, &filter, &Value::Null, selection).await;
        assert_eq!(without["placesWithoutLocation"], 1);
        let covered = |answer: &Value| answer["atLeast"]["populationCovered"].as_i64().unwrap();
        assert!(covered(&with) >= covered(&without));
    }
}

#[tokio::test]
async fn what_would_narrow_the_bounds_is_told_with_the_people_it_is_about() {
    let app = TestApp::shared().await;
    let judge = Judge::seed(&app).await;
    let mut needs = BTreeSet::new();
    for filter in [
        json!({}),
        json!({ "facilities": { "any": ["BIBLIOTHEEK"] } }),
        json!({ "activities": { "any": ["BINGO"] } }),
        json!({ "facilities": { "any": ["BIBLIOTHEEK"] }, "activities": { "any": ["BINGO"] } }),
        json!({ "culturalProgramme": true }),
        json!({ "or": [{ "facilities": { "all": ["SPORT"] } }, { "culturalProgramme": true }] }),
    ] {
        let reach = 2_000.0;
        let served = judge.served(&filter);
        let mut people: BTreeMap<String, f64> = BTreeMap::new();
        for (id, row) in judge.expected(reach, &served, |_| true) {
            let (_, from) = judge.points[&id];
            let may_serve = |place: &&&Place| judge.lower(from, place) <= reach;
            for place in served.possible.iter().filter(may_serve).filter(|_| row.status == "UNCERTAIN") {
                *people.entry(place.id()).or_default() += row.population;
            }
        }
        let selection = "improvements(first: 100) { place { id } need populationUncertain }";
        let answer = coverage(&app, reach, &filter, &Value::Null, selection).await;
        let told = answer["improvements"].as_array().unwrap();
        assert_eq!(told.len(), people.len().min(100), "{filter}");
        let mut before = f64::INFINITY;
        for improvement in told {
            let id = improvement["place"]["id"].as_str().unwrap();
            let place = judge.oracle.place(id);
            let uncertain = improvement["populationUncertain"].as_f64().unwrap();
            assert!((uncertain - people[id]).abs() <= 0.51 && uncertain <= before, "{filter}: {improvement}");
            before = uncertain;
            let is_unknown = |field: &str| {
                let asked = filter.get(field).or_else(|| filter["or"].get(0)?.get(field));
                asked.is_some_and(|asked| judge.oracle.truth(&json!({ field: asked }), place) == Truth::Unknown)
            };
            let is_in_use = place.known("status").is_some();
            let need = if judge.oracle.truth(&filter, place) == Truth::True && is_in_use {
                assert!(place.row["precision"] != "ADDRESS");
                "LOCATION"
            } else if is_unknown("facilities") {
                "FACILITIES"
            } else if is_unknown("activities") {
                "ACTIVITIES"
            } else if !is_in_use {
                "STATUS"
            } else {
                "OTHER_FACTS"
            };
            assert_eq!(improvement["need"], need, "{filter}: {improvement}");
            needs.insert(need);
        }
        // What is left out is about no more people than what is told.
        let left: Vec<f64> = people
            .into_iter()
            .filter(|(id, _)| !told.iter().any(|one| one["place"]["id"] == **id))
            .map(|(_, people)| people)
            .collect();
        assert!(left.iter().all(|people| *people <= before + 0.51));
    }
    assert_eq!(
        needs.into_iter().collect::<Vec<_>>(),
        ["ACTIVITIES", "FACILITIES", "LOCATION", "OTHER_FACTS", "STATUS"]
    );
}

/// Square kilometres by the shoelace formula.
fn km2(outline: &Outline) -> f64 {
    let of = |ring: &Vec<Degrees>| {
        let origin = ring[0];
        let cross = |a: Degrees, b: Degrees| {
            (a.lon - origin.lon) * (b.lat - origin.lat) - (b.lon - origin.lon) * (a.lat - origin.lat)
        };
        (ring.windows(2).map(|edge| cross(edge[0], edge[1])).sum::<f64>() / 2.0).abs()
    };
    outline.polygons().iter().map(|rings| of(&rings[0]) - rings[1..].iter().map(of).sum::<f64>()).sum::<f64>() / 1e6
}

#[tokio::test]
async fn the_geometries_are_the_parts_of_the_area_that_brute_force_says() {
    let app = TestApp::shared().await;
    let judge = Judge::seed(&app).await;
    let mut random = Random(23);
    let mut seen = [0; 3];
    for (code, reach, filter) in
        [("GM0148", 2_000.0, json!({})), ("GM0163", 3_000.0, json!({ "facilities": { "any": ["BIBLIOTHEEK"] } }))]
    {
        let boundary = format!(r#"{{ municipality(by: {{ code: "{code}" }}) {{ boundary(crs: RD) }} }}"#);
        let whole = Outline::of(&app.graphql(&boundary, json!({})).await["municipality"]["boundary"]);
        let selection = "coveredArea uncertainArea uncoveredArea
            coveredGeometry(crs: RD) uncertainGeometry(crs: RD) uncoveredGeometry(crs: RD)";
        let answer = coverage(&app, reach, &filter, &json!({ "municipalities": [code] }), selection).await;
        let areas = ["coveredArea", "uncertainArea", "uncoveredArea"].map(|field| answer[field].as_f64().unwrap());
        let total = km2(&whole);
        assert!((areas.iter().sum::<f64>() - total).abs() <= total / 1_000.0, "{code}: {areas:?}, {total}");
        let parts =
            ["coveredGeometry", "uncertainGeometry", "uncoveredGeometry"].map(|field| Outline::of(&answer[field]));
        for (part, area) in parts.iter().zip(areas) {
            assert!((km2(part) - area).abs() <= area / 1_000.0 + 0.002, "{code}: {} and {area}", km2(part));
        }

        let all: Vec<Degrees> = whole.polygons().iter().flatten().flatten().copied().collect();
        let range = |number: fn(&Degrees) -> f64| {
            let values = || all.iter().map(number);
            (values().fold(f64::INFINITY, f64::min), values().fold(f64::NEG_INFINITY, f64::max))
        };
        let ((west, east), (south, north)) = (range(|at| at.lon), range(|at| at.lat));
        let served = judge.served(&filter);
        let mut sampled = 0;
        while sampled < 500 {
            let (x, y) = (random.between(west, east), random.between(south, north));
            let (at, from) = (Degrees { lon: x, lat: y }, Metres { x, y });
            let lower = least(served.possible.iter().map(|place| judge.lower(from, place)));
            let upper = least(served.sure.iter().filter_map(|place| judge.upper(from, place)));
            // A circle of 128 sides is within 0.02 % of its radius.
            let is_near_an_edge = lower.iter().chain(&upper).any(|bound| (bound - reach).abs() < 3.0);
            if !whole.contains(at) || is_near_an_edge {
                continue;
            }
            let expected = match (upper.is_some_and(|upper| upper <= reach), lower.is_some_and(|lower| lower <= reach))
            {
                (true, _) => 0,
                (false, true) => 1,
                (false, false) => 2,
            };
            let held: Vec<usize> = (0..3).filter(|part| parts[*part].contains(at)).collect();
            assert_eq!(held, [expected], "{code}: {x} {y} {lower:?} {upper:?}");
            seen[expected] += 1;
            sampled += 1;
        }
    }
    assert!(seen.iter().all(|count| *count > 50), "{seen:?}");
}

/// How near in degrees a place may lie to the edge of a geometry for brute force not to tell: what doubles leave open.
const ON_THE_EDGE: f64 = 1e-9;

#[tokio::test]
async fn a_geometry_that_was_answered_is_accepted_as_an_area_and_holds_the_places_that_brute_force_says() {
    let app = TestApp::shared().await;
    let oracle = Oracle::seed();
    let library = json!({ "facilities": { "any": ["BIBLIOTHEEK"] } });
    let mut found = 0;
    for (code, reach, filter) in [
        ("GM0148", 2_000.0, json!({})),
        ("GM0148", 2_000.0, library.clone()),
        ("GM0150", 1_000.0, json!({})),
        ("GM0153", 1_000.0, json!({})),
        ("GM0193", 500.0, json!({})),
        ("GM0160", 5_000.0, library),
    ] {
        let area = json!({ "municipalities": [code] });
        let answer = coverage(&app, reach, &filter, &area, "coveredGeometry uncertainGeometry uncoveredGeometry").await;
        for field in ["coveredGeometry", "uncertainGeometry", "uncoveredGeometry"] {
            let geometry = &answer[field];
            let outline = Outline::of(geometry);
            if outline.polygons().is_empty() {
                continue;
            }
            let query = "query ($geometry: GeoJSON!) {
                places(filter: { within: { geometry: $geometry } }, first: 100) { totalCount nodes { id } }
            }";
            let places = app.graphql(query, json!({ "geometry": geometry })).await["places"].take();
            let told: BTreeSet<String> = places["nodes"]
                .as_array()
                .unwrap()
                .iter()
                .map(|node| node["id"].as_str().unwrap().to_owned())
                .collect();
            assert_eq!(places["totalCount"], told.len(), "{code} {reach} {field}");
            let edges = outline.polygons().iter().flatten().flat_map(|ring| ring.windows(2));
            for place in &oracle.places {
                // The list leaves closed ones out.
                let Some(at) = place.at.filter(|_| !place.is_closed()) else { continue };
                let is_on_edge = edges.clone().any(|edge| {
                    let (a, b) = (edge[0], edge[1]);
                    let turn = (b.lon - a.lon) * (at.lat - a.lat) - (b.lat - a.lat) * (at.lon - a.lon);
                    turn.abs() < ON_THE_EDGE * (b.lon - a.lon).hypot(b.lat - a.lat)
                        && (a.lon.min(b.lon)..=a.lon.max(b.lon)).contains(&at.lon)
                });
                if !is_on_edge {
                    assert_eq!(
                        told.contains(&place.id()),
                        outline.contains(at),
                        "{code} {reach} {field} {}",
                        place.id()
                    );
                }
            }
            found += told.len();
        }
    }
    assert!(found > 40, "{found}");
}

#[tokio::test]
async fn the_areas_are_those_that_shapely_computes() {
    let app = TestApp::shared().await;
    let text = include_str!("../../fixtures/coverage_by_status_shapely.csv");
    let rows =
        text.lines().filter(|line| !line.starts_with('#')).skip(1).map(|line| line.split(',').collect::<Vec<_>>());
    let mut seen = 0;
    for row in rows {
        let area = if row[0] == "Overijssel" { Value::Null } else { json!({ "municipalities": [row[0]] }) };
        let [reach, expected @ ..] = [1, 2, 3, 4].map(|column| row[column].parse::<f64>().unwrap());
        let selection = "coveredArea uncertainArea uncoveredArea";
        let answer = coverage(&app, reach, &json!({}), &area, selection).await;
        for (field, expected) in ["coveredArea", "uncertainArea", "uncoveredArea"].into_iter().zip(expected) {
            let told = answer[field].as_f64().unwrap();
            assert!((told - expected).abs() <= expected * 0.005 + 0.001, "{row:?} {field}: {told}");
        }
        seen += 1;
    }
    assert!(seen > 15, "{seen}");
}

#[tokio::test]
async fn geometries_come_in_three_reference_systems() {
    let app = TestApp::shared().await;
    let of = |crs: &str| {
        format!("covered: coveredGeometry{crs} uncertain: uncertainGeometry{crs} uncovered: uncoveredGeometry{crs}")
    };
    let area = json!({ "municipalities": ["GM0148"] });
    let plain = coverage(&app, 2_000.0, &json!({}), &area, &of("")).await;
    let metres = coverage(&app, 2_000.0, &json!({}), &area, &of("(crs: RD)")).await;
    assert_eq!(plain, coverage(&app, 2_000.0, &json!({}), &area, &of("(crs: CRS84)")).await);
    assert_eq!(
        plain["covered"]["coordinates"],
        coverage(&app, 2_000.0, &json!({}), &area, &of("(crs: ETRS89)")).await["covered"]["coordinates"]
    );
    for part in ["covered", "uncertain", "uncovered"] {
        for (geometry, x, y) in
            [(&plain[part], 5.0..8.0, 52.0..53.0), (&metres[part], 180_000.0..280_000.0, 450_000.0..550_000.0)]
        {
            assert!(["Polygon", "MultiPolygon"].contains(&geometry["type"].as_str().unwrap()), "{part}");
            let outline = Outline::of(geometry);
            assert!(!outline.polygons().is_empty(), "{part}");
            for rings in outline.polygons() {
                for (number, ring) in rings.iter().enumerate() {
                    assert!(ring.len() >= 4 && ring.first() == ring.last(), "{part}: closed");
                    assert!(ring.iter().all(|at| x.contains(&at.lon) && y.contains(&at.lat)), "{part}");
                    // RFC 7946: the outer ring runs counter-clockwise, holes clockwise.
                    let origin = ring[0];
                    let turn: f64 = ring
                        .windows(2)
                        .map(|edge| {
                            (edge[0].lon - origin.lon) * (edge[1].lat - origin.lat)
                                - (edge[1].lon - origin.lon) * (edge[0].lat - origin.lat)
                        })
                        .sum();
                    assert_eq!(turn > 0.0, number == 0, "{part}, ring {number}");
                }
            }
        }
    }
}

#[tokio::test]
async fn the_border_is_told_where_it_is_nearer_than_the_nearest_place() {
    let app = TestApp::shared().await;
    let judge = Judge::seed(&app).await;
    // The border of the province: sides of municipalities that no other municipality shares.
    let data = app.graphql("{ municipalities { boundary(crs: RD) } }", json!({})).await;
    let mut sides: BTreeMap<[(i64, i64); 2], (Metres, Metres, usize)> = BTreeMap::new();
    for municipality in data["municipalities"].as_array().unwrap() {
        for ring in Outline::of(&municipality["boundary"]).polygons().iter().flatten() {
            for side in ring.windows(2) {
                let [a, b] = [side[0], side[1]].map(|at| Metres { x: at.lon, y: at.lat });
                #[expect(clippy::cast_possible_truncation, reason = "RD coordinates are below a million metres")]
                let key = |at: Metres| ((at.x * 100.0).round() as i64, (at.y * 100.0).round() as i64);
                let mut name = [key(a), key(b)];
                name.sort_unstable();
                sides.entry(name).or_insert((a, b, 0)).2 += 1;
            }
        }
    }
    let border: Vec<(Metres, Metres)> =
        sides.into_values().filter(|(_, _, count)| *count == 1).map(|(a, b, _)| (a, b)).collect();
    let rows = rows(&app, 2_000.0, &json!({ "facilities": { "any": ["BIBLIOTHEEK"] } }), &Value::Null, "").await;
    let mut seen = [0; 2];
    for row in rows.iter().filter(|row| row["divided"] == false) {
        let (_, from) = judge.points[id_of(row)];
        let to_border = least(border.iter().map(|(a, b)| to_side(from, *a, *b))).unwrap();
        let nearest = row["distanceAtMost"].as_f64().unwrap();
        if (to_border - nearest).abs() > 2.0 {
            assert_eq!(row["borderNearer"], to_border < nearest, "{row}: {to_border}");
            seen[usize::from(to_border < nearest)] += 1;
        }
    }
    assert!(seen[0] > 300 && seen[1] > 100, "{seen:?}");
}

#[tokio::test]
async fn the_note_and_the_warnings_say_what_the_figures_are_in_two_languages() {
    let app = TestApp::shared().await;
    let selection = "populationDate note english: note(language: EN) warnings warningsEn: warnings(language: EN)";
    let library = json!({ "facilities": { "any": ["BIBLIOTHEEK"] } });
    let fine = coverage(&app, 999.0, &library, &Value::Null, selection).await;
    let coarse = coverage(&app, 1_000.0, &library, &Value::Null, selection).await;
    assert_eq!(fine["populationDate"], "2025-07-01");
    let edition = app.graphql("{ dataset { edition } }", json!({})).await;
    let edition = edition["dataset"]["edition"].as_str().unwrap();
    for (note, words) in [
        (&coarse["note"], ["hemelsbreed", "2025-07-01", "niet hetzelfde als geen plek", "325", "1.000 meter"]),
        (&coarse["english"], ["straight lines", "2025-07-01", "not the same as no place", "325", "1,000 metres"]),
    ] {
        let note = note.as_str().unwrap();
        assert!(words.iter().all(|word| note.contains(word)) && note.contains(edition), "{note}");
    }
    for (field, word) in [("warnings", "te grof"), ("warningsEn", "too coarse")] {
        let about = |answer: &Value| {
            let warnings = answer[field].as_array().unwrap();
            warnings.iter().filter(|warning| warning.as_str().unwrap().contains(word)).count()
        };
        assert_eq!((about(&fine), about(&coarse)), (1, 0), "{field}");
        assert_eq!(fine[field].as_array().unwrap().len(), coarse[field].as_array().unwrap().len() + 1);
        assert!(coarse[field][0].as_str().unwrap().contains("155"), "{coarse:#}");
    }
}

#[tokio::test]
async fn the_note_and_the_warnings_of_a_question_word_for_word() {
    let app = TestApp::shared().await;
    let edition = app.graphql("{ dataset { edition } }", json!({})).await;
    let edition = edition["dataset"]["edition"].as_str().unwrap();
    let library = json!({ "facilities": { "any": ["BIBLIOTHEEK"] } });
    let bbox = json!({ "bbox": { "west": 6.2, "south": 52.4, "east": 6.5, "north": 52.6 } });
    let text = async |language: &str| {
        let selection = format!("note(language: {language}) warnings(language: {language})");
        let answer = coverage(&app, 900.0, &library, &bbox, &selection).await;
        let sentences = answer["warnings"].as_array().unwrap().iter().map(|warning| warning.as_str().unwrap());
        let all: Vec<&str> = [answer["note"].as_str().unwrap()].into_iter().chain(sentences).collect();
        all.join("\n").replace(edition, "(edition)")
    };
    insta::assert_snapshot!(text("NL").await, @r"Afstanden zijn hemelsbreed (rechte lijn in het RD-vlak), niet over de weg, en dus geen ‘nabijheid’ van het CBS. Inwoners (TOP10NL/CBS, 2025-07-01) tellen op het binnenpunt van hun kern; wie buiten de kernen woont, telt niet mee. ‘Ten minste’ rekent met de grootste afstand tot plekken die zeker voldoen, ‘ten hoogste’ met de kleinste afstand tot plekken die zeker of misschien voldoen, beide binnen 900 meter. Geen plek bekend is niet hetzelfde als geen plek: er zijn 282 plekken bekend (gesloten niet meegeteld), het onderzoek van 2024 benaderde er 325. Van de 25 gemeenten zeggen er 0 dat de lijst van plekken volledig is. Editie (edition).
Onder 1.000 meter is het binnenpunt van een kern te grof: waar in de kern mensen wonen, is niet bekend.
Van 155 plekken is niet bekend of zij voldoen aan de vraag; zij tellen alleen bij ‘ten hoogste’.
Van 31 plekken is niet bekend of zij nog in gebruik zijn; zij tellen alleen bij ‘ten hoogste’.
Van 56 plekken is alleen de kern of wijk bekend, niet het adres.
Van 25 gemeenten is niet bekend of de lijst van plekken volledig is.
Voor 15 kernen ligt de grens van Overijssel dichterbij dan de dichtstbijzijnde plek die zeker voldoet; plekken over de grens zijn niet bekend.
Van het gevraagde gebied telt alleen het deel in Overijssel.");
    insta::assert_snapshot!(text("EN").await, @r"Distances are straight lines in the RD plane, not by road, and so not CBS's proximity statistic. Inhabitants (TOP10NL/CBS, 2025-07-01) count at the inner point of their settlement; those who live outside the settlements do not count. ‘At least’ uses the largest distance to places that surely match, ‘at most’ the smallest distance to places that surely or possibly match, both within 900 metres. No place known is not the same as no place: 282 places are known (closed ones not counted), the report of 2024 approached 325. Of the 25 municipalities 0 say that the list of places is complete. Edition (edition).
Below 1,000 metres the inner point of a settlement is too coarse: where in it people live is not known.
Of 155 places it is not known whether they match; they count in ‘at most’ only.
Of 31 places it is not known whether they are still in use; they count in ‘at most’ only.
Of 56 places only the settlement or district is known, not the address.
Of 25 municipalities it is not known whether the list of places is complete.
For 15 settlements the border of Overijssel is nearer than the nearest place that surely matches; places beyond it are not known.
Of the area asked only the part in Overijssel counts.");
}

#[tokio::test]
async fn one_question_asked_twice_with_other_selections_has_one_answer() {
    let app = TestApp::shared().await;
    let (filter, area) = (json!({}), json!({ "municipalities": ["GM0148"] }));
    let first = coverage(&app, 2_000.0, &filter, &area, "population uncoveredArea").await;
    let second = coverage(&app, 2_000.0, &filter, &area, "uncoveredArea coveredArea population placesConsidered").await;
    assert_eq!((&first["population"], &first["uncoveredArea"]), (&second["population"], &second["uncoveredArea"]));
    let other = coverage(&app, 4_000.0, &filter, &area, "population uncoveredArea").await;
    assert_eq!(other["population"], first["population"]);
    assert!(other["uncoveredArea"].as_f64() < first["uncoveredArea"].as_f64());
    // Two of them in one request, next to one another.
    let data = app
        .graphql(
            r#"{ a: coverage(maxDistance: 2000) { population } b: coverage(maxDistance: 2000, area: { municipalities: ["GM0148"] }) { population } }"#,
            json!({}),
        )
        .await;
    assert_eq!(data["b"]["population"], first["population"]);
    assert!(data["a"]["population"].as_u64() > data["b"]["population"].as_u64());
}

#[tokio::test]
async fn a_town_whose_people_live_in_its_districts_is_among_the_villages_that_are_far_from_a_place() {
    let app = TestApp::shared().await;
    let selection =
        "settlements(kinds: [WOONKERN], minPopulation: 500, status: [UNCOVERED], orderBy: DISTANCE, first: 100) {
        nodes { settlement { name population parent { name } } population divided distanceAtLeast distanceAtMost }
    }";
    let answer = coverage(&app, 3_000.0, &json!({}), &Value::Null, selection).await;
    let nodes = answer["settlements"]["nodes"].as_array().unwrap();
    let hasselt = nodes.iter().find(|node| node["settlement"]["name"] == "Hasselt").expect("Hasselt is far");
    assert_eq!((&hasselt["settlement"]["population"], &hasselt["divided"]), (&json!(7_240), &json!(true)));
    assert!((hasselt["population"].as_f64().unwrap() - 7_240.0).abs() < 100.0, "{hasselt}");
    assert!(hasselt["distanceAtLeast"].as_f64() < hasselt["distanceAtMost"].as_f64());
    // Every village and town of 500 inhabitants has a row, and no district has one.
    let all = app
        .graphql("{ settlements(filter: { kinds: [WOONKERN], minPopulation: 500 }) { totalCount } }", json!({}))
        .await;
    let rows = coverage(
        &app,
        3_000.0,
        &json!({}),
        &Value::Null,
        "settlements(kinds: [WOONKERN], minPopulation: 500) { totalCount }",
    )
    .await;
    assert_eq!(all["settlements"]["totalCount"], rows["settlements"]["totalCount"]);
    // Its districts say where they are.
    let districts = coverage(
        &app,
        3_000.0,
        &json!({}),
        &json!({ "municipalities": ["GM1896"] }),
        "settlements(kinds: [WIJK], first: 100) { nodes { settlement { name parent { name } } } }",
    )
    .await;
    let of_hasselt = |node: &&Value| node["settlement"]["parent"]["name"] == "Hasselt";
    assert!(districts["settlements"]["nodes"].as_array().unwrap().iter().filter(of_hasselt).count() > 2, "{districts}");
}
