//! What the answers must be, by the slowest way there is: the seed files read anew and every place looked at. Shares no
//! code with the service.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use serde_json::Value;
use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

/// One row of a CSV file, by column.
pub(crate) type Row = BTreeMap<String, String>;

/// A file of the project.
pub(crate) fn project_file(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The rows of a CSV file of the seed.
pub(crate) fn seed_csv(name: &str) -> Vec<Row> {
    let mut reader = csv::Reader::from_path(project_file("seed").join(name)).unwrap();
    reader.deserialize().map(Result::unwrap).collect()
}

/// A JSON file of the seed.
pub(crate) fn seed_json(name: &str) -> Value {
    serde_json::from_slice(&std::fs::read(project_file("seed").join(name)).unwrap()).unwrap()
}

/// A truth value of Kleene's logic: `and` is the least, `or` the greatest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Truth {
    False,
    Unknown,
    True,
}

impl Truth {
    fn not(self) -> Self {
        match self {
            Self::False => Self::True,
            Self::Unknown => Self::Unknown,
            Self::True => Self::False,
        }
    }
}

impl From<bool> for Truth {
    fn from(known: bool) -> Self {
        if known { Self::True } else { Self::False }
    }
}

/// A point of CRS84.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Degrees {
    pub(crate) lon: f64,
    pub(crate) lat: f64,
}

/// A point of the RD plane.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Metres {
    pub(crate) x: f64,
    pub(crate) y: f64,
}

impl Metres {
    pub(crate) fn distance(self, other: Self) -> f64 {
        (self.x - other.x).hypot(self.y - other.y)
    }
}

type Ring = Vec<Degrees>;

/// Polygons, each an outer ring and its holes.
#[derive(Clone, Debug)]
pub(crate) struct Outline {
    polygons: Vec<Vec<Ring>>,
    southwest: Degrees,
    northeast: Degrees,
}

impl Outline {
    /// The outline of a GeoJSON geometry, or of a Feature with one.
    pub(crate) fn of(geometry: &Value) -> Self {
        let ring = |ring: &Value| -> Ring {
            let position = |at: &Value| Degrees { lon: at[0].as_f64().unwrap(), lat: at[1].as_f64().unwrap() };
            ring.as_array().unwrap().iter().map(position).collect()
        };
        let polygon = |rings: &Value| -> Vec<Ring> { rings.as_array().unwrap().iter().map(ring).collect() };
        let polygons: Vec<Vec<Ring>> = match geometry["type"].as_str().unwrap() {
            "Feature" => return Self::of(&geometry["geometry"]),
            "Polygon" => vec![polygon(&geometry["coordinates"])],
            "MultiPolygon" => geometry["coordinates"].as_array().unwrap().iter().map(polygon).collect(),
            other => panic!("{other} is no area"),
        };
        let all = || polygons.iter().flatten().flatten();
        let (west, east) = all().fold((180.0_f64, -180.0_f64), |(west, east), at| (west.min(at.lon), east.max(at.lon)));
        let (south, north) = all().fold((90.0_f64, -90.0_f64), |(low, high), at| (low.min(at.lat), high.max(at.lat)));
        Self { southwest: Degrees { lon: west, lat: south }, northeast: Degrees { lon: east, lat: north }, polygons }
    }

    pub(crate) fn polygons(&self) -> &[Vec<Ring>] {
        &self.polygons
    }

    /// Whether a point lies in it or on its edge: a ray to the east crosses the rings an odd number of times.
    pub(crate) fn contains(&self, at: Degrees) -> bool {
        if !(self.southwest.lon..=self.northeast.lon).contains(&at.lon)
            || !(self.southwest.lat..=self.northeast.lat).contains(&at.lat)
        {
            return false;
        }
        self.polygons.iter().any(|rings| {
            let edges = || rings.iter().flat_map(|ring| ring.windows(2));
            let crossings = edges().filter(|edge| {
                let (a, b) = (edge[0], edge[1]);
                (a.lat > at.lat) != (b.lat > at.lat)
                    && at.lon < (b.lon - a.lon) * (at.lat - a.lat) / (b.lat - a.lat) + a.lon
            });
            crossings.count() % 2 == 1 || edges().any(|edge| is_between(at, edge[0], edge[1]))
        })
    }

    /// Square degrees, for comparing outlines that lie close together.
    fn area(&self) -> f64 {
        let of = |ring: &Ring| {
            let doubled: f64 = ring.windows(2).map(|edge| edge[0].lon * edge[1].lat - edge[1].lon * edge[0].lat).sum();
            (doubled / 2.0).abs()
        };
        self.polygons.iter().map(|rings| of(&rings[0]) - rings[1..].iter().map(of).sum::<f64>()).sum()
    }
}

fn is_between(at: Degrees, a: Degrees, b: Degrees) -> bool {
    let cross = (b.lon - a.lon) * (at.lat - a.lat) - (b.lat - a.lat) * (at.lon - a.lon);
    let dot = (at.lon - a.lon) * (at.lon - b.lon) + (at.lat - a.lat) * (at.lat - b.lat);
    cross == 0.0 && dot <= 0.0
}

/// A place as the seed has it.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub(crate) row: Row,
    /// In degrees, with a location.
    pub(crate) at: Option<Degrees>,
    /// In metres as the service says; see [`Oracle::measure`].
    pub(crate) rd: Option<Metres>,
    /// Settlements that surely hold it.
    pub(crate) settlements: BTreeSet<String>,
    /// Settlements of which it is not known whether they hold it.
    pub(crate) perhaps: BTreeSet<String>,
}

impl Place {
    /// The fields that the seed leaves empty, as the API names them and in its order.
    pub(crate) fn missing(&self) -> Vec<&'static str> {
        const FIELDS: [(&str, &[&str]); 14] = [
            ("KIND", &["kind"]),
            ("STATUS", &["status"]),
            ("ADDRESS", &["street", "house_number", "postcode"]),
            ("LOCATION", &["lon"]),
            ("FACILITIES", &["facilities", "absent_facilities"]),
            ("ACTIVITIES", &["activities", "absent_activities"]),
            ("PROGRAMME", &[]),
            ("OPENING_HOURS", &["opening_hours"]),
            ("CONTACT", &[]),
            ("WEBSITE", &["website"]),
            ("WHEELCHAIR_ACCESSIBLE", &["wheelchair_accessible"]),
            ("LEGAL_FORM", &["legal_form"]),
            ("RUN_BY", &["run_by"]),
            ("OWNED_BY", &["owned_by"]),
        ];
        let is_missing = |columns: &[&str]| columns.iter().all(|column| self.known(column).is_none());
        FIELDS.into_iter().filter(|(_, columns)| is_missing(columns)).map(|(field, _)| field).collect()
    }

    pub(crate) fn id(&self) -> String {
        format!("place:{}", self.row["key"])
    }

    /// The cell of a column; `None` where it is not known.
    pub(crate) fn known(&self, column: &str) -> Option<&str> {
        Some(self.row[column].as_str()).filter(|cell| !cell.is_empty())
    }

    /// The members of a list cell.
    pub(crate) fn list(&self, column: &str) -> Vec<&str> {
        self.known(column).map(|cell| cell.split('|').collect()).unwrap_or_default()
    }

    pub(crate) fn is_closed(&self) -> bool {
        self.row["status"] == "CLOSED"
    }
}

/// A settlement as the seed has it.
#[derive(Clone, Debug)]
pub(crate) struct Settlement {
    /// What holds it, inmost first.
    pub(crate) ancestors: Vec<String>,
    pub(crate) properties: Value,
    pub(crate) outline: Outline,
}

impl Settlement {
    pub(crate) fn id(&self) -> String {
        format!("settlement:{}", self.properties["id"].as_str().unwrap())
    }

    pub(crate) fn at(&self) -> Degrees {
        Degrees { lon: self.properties["lon"].as_f64().unwrap(), lat: self.properties["lat"].as_f64().unwrap() }
    }
}

/// A fact that differs from the seed: place, column of `places.csv`, value.
pub(crate) type Change = (&'static str, &'static str, &'static str);

/// Everything the answers follow from.
#[derive(Clone, Debug)]
pub(crate) struct Oracle {
    /// By ascending key.
    pub(crate) places: Vec<Place>,
    /// By ascending id.
    pub(crate) settlements: Vec<Settlement>,
    /// Municipality, theme and status.
    pub(crate) statuses: Vec<(String, String, String)>,
}

impl Oracle {
    /// The seed.
    pub(crate) fn seed() -> Self {
        Self::changed(&[])
    }

    /// The seed with changes.
    pub(crate) fn changed(changes: &[Change]) -> Self {
        let features = seed_json("settlements.geojson");
        let features = features["features"].as_array().unwrap();
        let parent = |feature: &Value| {
            let text = |name: &str| feature["properties"][name].as_str().map(str::to_owned);
            text("parent").map(|parent| (text("id").unwrap(), parent))
        };
        let parents: BTreeMap<String, String> = features.iter().filter_map(parent).collect();
        let settlement = |feature: &Value| {
            let id = feature["properties"]["id"].as_str().unwrap();
            Settlement {
                ancestors: std::iter::successors(parents.get(id), |up| parents.get(*up)).cloned().collect(),
                properties: feature["properties"].clone(),
                outline: Outline::of(&feature["geometry"]),
            }
        };
        let mut settlements: Vec<Settlement> = features.iter().map(settlement).collect();
        settlements.sort_by_key(Settlement::id);
        let mut rows = seed_csv("places.csv");
        for (key, column, value) in changes {
            let row = rows.iter_mut().find(|row| row["key"] == *key).unwrap();
            *row.get_mut(*column).unwrap() = (*value).to_owned();
        }
        rows.sort_by(|a, b| a["key"].cmp(&b["key"]));
        let places = rows.into_iter().map(|row| place(row, &settlements)).collect();
        let statuses = seed_csv("policy_status.csv")
            .into_iter()
            .map(|row| (row["municipality"].clone(), row["theme"].clone(), row["status"].clone()))
            .collect();
        Self { places, settlements, statuses }
    }

    /// Notes where the places stand in the RD plane, from `location { rd }` of the service; the conversion itself is
    /// held against control points elsewhere.
    pub(crate) fn measure(&mut self, nodes: &[Value]) {
        for node in nodes {
            let rd = &node["location"]["rd"];
            let place = self.places.iter_mut().find(|place| node["id"] == *place.id()).unwrap();
            place.rd = rd.is_object().then(|| Metres { x: rd["x"].as_f64().unwrap(), y: rd["y"].as_f64().unwrap() });
        }
    }

    /// What a filter, as a caller writes it, says of a place. Text is not among what it understands.
    pub(crate) fn truth(&self, filter: &Value, place: &Place) -> Truth {
        let conditions = filter.as_object().unwrap().iter().filter(|(_, asked)| !asked.is_null());
        conditions.map(|(field, asked)| self.condition(field, asked, place)).min().unwrap_or(Truth::True)
    }

    fn condition(&self, field: &str, asked: &Value, place: &Place) -> Truth {
        let each = |asked: &Value| -> Vec<Truth> {
            asked.as_array().unwrap().iter().map(|filter| self.truth(filter, place)).collect()
        };
        match field {
            "kinds" => one_of(asked, place.known("kind")),
            "legalForms" => one_of(asked, place.known("legal_form")),
            "runBy" => one_of(asked, place.known("run_by")),
            "status" => one_of(asked, place.known("status")),
            "precision" => texts(asked).contains(&place.row["precision"].as_str()).into(),
            "located" => (asked.as_bool().unwrap() == place.at.is_some()).into(),
            "culturalProgramme" => place
                .known("cultural_programme")
                .map_or(Truth::Unknown, |known| (known.parse().ok() == asked.as_bool()).into()),
            "updatedSince" => (place.row["updated_at"].as_str() >= asked.as_str().unwrap()).into(),
            "facilities" => lists(asked, &place.list("facilities"), &place.list("absent_facilities")),
            "activities" => lists(asked, &place.list("activities"), &place.list("absent_activities")),
            "within" => within(asked, place),
            "policy" => self.policy(asked, &place.row["municipality"]),
            "and" => each(asked).into_iter().min().unwrap_or(Truth::True),
            "or" => each(asked).into_iter().max().unwrap_or(Truth::False),
            "not" => self.truth(asked, place).not(),
            other => panic!("the oracle does not know {other}"),
        }
    }

    /// What a policy filter says of a municipality.
    pub(crate) fn policy(&self, filter: &Value, municipality: &str) -> Truth {
        let known = |theme: &str| -> Vec<&str> {
            let own = self.statuses.iter().filter(|(of, about, _)| of == municipality && about == theme);
            own.map(|(_, _, status)| status.as_str()).collect()
        };
        let condition = |(field, asked): (&String, &Value)| match field.as_str() {
            "vision" => one_of(asked, known("VISION").first().copied()),
            "ambition" => one_of(asked, known("AMBITION").first().copied()),
            "contactMoment" => one_of(asked, known("CONTACT_MOMENT").first().copied()),
            "financialSupport" => shown(asked, &known("FINANCIAL_SUPPORT")),
            "otherSupport" => shown(asked, &known("OTHER_SUPPORT")),
            "unknown" => texts(asked).iter().any(|theme| known(theme).is_empty()).into(),
            other => panic!("the oracle does not know {other}"),
        };
        filter.as_object().unwrap().iter().map(condition).min().unwrap_or(Truth::True)
    }

    /// The ids of the places that answer a filter, ascending: closed ones only where it asks for a status.
    pub(crate) fn answer(&self, filter: &Value, include_unknown: bool) -> Vec<String> {
        let least = if include_unknown { Truth::Unknown } else { Truth::True };
        let wanted =
            |place: &&Place| (asks_for_status(filter) || !place.is_closed()) && self.truth(filter, place) >= least;
        self.places.iter().filter(wanted).map(Place::id).collect()
    }

    pub(crate) fn place(&self, id: &str) -> &Place {
        self.places.iter().find(|place| place.id() == id).unwrap()
    }
}

pub(crate) fn asks_for_status(filter: &Value) -> bool {
    match filter {
        Value::Object(fields) => fields.contains_key("status") || fields.values().any(asks_for_status),
        Value::Array(filters) => filters.iter().any(asks_for_status),
        _ => false,
    }
}

fn place(row: Row, settlements: &[Settlement]) -> Place {
    let at = (!row["lon"].is_empty())
        .then(|| Degrees { lon: row["lon"].parse().unwrap(), lat: row["lat"].parse().unwrap() });
    let exact = at.filter(|_| row["precision"] == "ADDRESS");
    let own = |settlement: &&Settlement| settlement.properties["municipality"] == row["municipality"];
    let id = |settlement: &Settlement| settlement.properties["id"].as_str().unwrap().to_owned();

    // Where the point of an address lies; else the outline that is stated; else the village of that name.
    let around = exact.into_iter().flat_map(|at| settlements.iter().filter(move |other| other.outline.contains(at)));
    let mut surely: BTreeSet<String> = around.map(id).collect();
    if surely.is_empty() && !row["outline"].is_empty() {
        surely.insert(row["outline"].clone());
    }
    if surely.is_empty() {
        let named = settlements.iter().filter(own).filter(|other| other.properties["name"] == *row["settlement"]);
        let named = named.filter(|other| other.properties["kind"] != "INDUSTRIEKERN");
        surely.extend(named.max_by_key(|other| other.properties["population"].as_i64()).map(id));
    }
    let known = surely.clone();
    for settlement in settlements.iter().filter(|settlement| known.contains(&id(settlement))) {
        surely.extend(settlement.ancestors.iter().cloned());
    }
    // What is known to stand in a town only may stand in any part of it.
    let mut perhaps = BTreeSet::new();
    if exact.is_none() {
        let is_part = |other: &&Settlement| other.ancestors.iter().any(|up| known.contains(up));
        let parts = settlements.iter().filter(|other| if known.is_empty() { own(other) } else { is_part(other) });
        perhaps.extend(parts.map(id).filter(|part| !surely.contains(part)));
    }
    Place { row, at, rd: None, settlements: surely, perhaps }
}

fn texts(asked: &Value) -> Vec<&str> {
    asked.as_array().unwrap().iter().map(|text| text.as_str().unwrap()).collect()
}

fn one_of(asked: &Value, known: Option<&str>) -> Truth {
    match known {
        _ if texts(asked).is_empty() => Truth::False,
        Some(known) => texts(asked).contains(&known).into(),
        None => Truth::Unknown,
    }
}

/// Kinds of support that documents show; of the others it is not known.
fn shown(asked: &Value, shown: &[&str]) -> Truth {
    let asked = texts(asked);
    match asked.iter().any(|one| shown.contains(one)) {
        true => Truth::True,
        false if asked.is_empty() => Truth::False,
        false => Truth::Unknown,
    }
}

fn lists(asked: &Value, present: &[&str], absent: &[&str]) -> Truth {
    let has = |term: &&str| match present.contains(term) {
        true => Truth::True,
        false if present.is_empty() && !absent.contains(term) => Truth::Unknown,
        false => Truth::False,
    };
    let condition = |(field, asked): (&String, &Value)| {
        let terms = texts(asked);
        let each = terms.iter().map(has);
        match field.as_str() {
            "all" => each.min().unwrap_or(Truth::True),
            "any" => each.max().unwrap_or(Truth::False),
            "none" => each.max().unwrap_or(Truth::False).not(),
            other => panic!("the oracle does not know {other}"),
        }
    };
    asked.as_object().unwrap().iter().map(condition).min().unwrap_or(Truth::True)
}

fn within(asked: &Value, place: &Place) -> Truth {
    let (field, asked) = asked.as_object().unwrap().iter().next().unwrap();
    let lies = |inside: &dyn Fn(Degrees) -> bool| place.at.map_or(Truth::Unknown, |at| inside(at).into());
    let number = |name: &str| asked[name].as_f64().unwrap();
    match field.as_str() {
        "bbox" => lies(&|at| {
            (number("west")..=number("east")).contains(&at.lon) && (number("south")..=number("north")).contains(&at.lat)
        }),
        "geometry" => lies(&|at| Outline::of(asked).contains(at)),
        "circle" => {
            let center = &asked["center"]["rd"];
            let center = Metres { x: center["x"].as_f64().unwrap(), y: center["y"].as_f64().unwrap() };
            lies(&|_| place.rd.unwrap().distance(center) <= number("radius"))
        }
        "municipalities" => texts(asked).contains(&place.row["municipality"].as_str()).into(),
        "settlements" => texts(asked)
            .iter()
            .map(|id| {
                let id = id.strip_prefix("settlement:").unwrap();
                match (place.settlements.contains(id), place.perhaps.contains(id)) {
                    (true, _) => Truth::True,
                    (false, perhaps) => {
                        if perhaps {
                            Truth::Unknown
                        } else {
                            Truth::False
                        }
                    }
                }
            })
            .max()
            .unwrap_or(Truth::False),
        other => panic!("the oracle does not know {other}"),
    }
}

/// The outline with the smallest area of those that hold a point.
pub(crate) fn smallest_around(at: Degrees, settlements: &[Settlement]) -> Option<&Settlement> {
    let around = settlements.iter().filter(|settlement| settlement.outline.contains(at));
    around.min_by(|a, b| a.outline.area().total_cmp(&b.outline.area()))
}

/// A name as it is sorted: without case, accents, apostrophes and full stops; other signs part words.
pub(crate) fn sort_key(name: &str) -> String {
    let plain: String = name
        .to_lowercase()
        .nfd()
        .filter(|letter| !is_combining_mark(*letter) && !['\'', '’', '‘', '.'].contains(letter))
        .map(|letter| if letter.is_alphanumeric() { letter } else { ' ' })
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A random number generator that gives the same numbers everywhere (SplitMix64).
pub(crate) struct Random(pub(crate) u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// From 0 to `end` − 1.
    #[expect(clippy::cast_possible_truncation, reason = "smaller than `end`")]
    pub(crate) fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    #[expect(clippy::cast_precision_loss, reason = "53 bits fit")]
    pub(crate) fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * ((self.next() >> 11) as f64 / (1_u64 << 53) as f64)
    }

    pub(crate) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    /// Some of them, perhaps none, rarely all.
    pub(crate) fn some<T: Copy>(&mut self, from: &[T]) -> Vec<T> {
        let count = self.below(from.len().min(4) + 1);
        (0..count).map(|_| self.pick(from)).collect()
    }
}

/// What the seed does not have: places without a location, of unknown kind, with facilities stated to be absent, planned
/// ones, others changed later.
pub(crate) const GAPS: [Change; 19] = [
    ("activiteitencentrum-het-zumpke-enter", "kind", ""),
    ("activiteitencentrum-het-zumpke-enter", "kind_basis", ""),
    ("berflo-bedrijf-hengelo", "kind", ""),
    ("berflo-bedrijf-hengelo", "kind_basis", ""),
    ("berflo-bedrijf-hengelo", "updated_at", "2026-11-25T12:00:00Z"),
    ("berflo-bedrijf-hengelo", "cultural_programme", "false"),
    ("boerderij-stakenboer-oldenzaal", "lon", ""),
    ("boerderij-stakenboer-oldenzaal", "lat", ""),
    ("boerderij-stakenboer-oldenzaal", "precision", ""),
    ("boerderij-stakenboer-oldenzaal", "outline", ""),
    ("boerderij-stakenboer-oldenzaal", "uncertainty_radius", ""),
    ("boerderij-stakenboer-oldenzaal", "status", "PLANNED"),
    ("t-aahoes-aadorp", "kind", ""),
    ("t-aahoes-aadorp", "kind_basis", ""),
    ("t-aahoes-aadorp", "updated_at", "2026-11-26T09:30:00Z"),
    ("activiteitencentrum-het-zumpke-enter", "absent_facilities", "SPORT|BIBLIOTHEEK"),
    ("berflo-bedrijf-hengelo", "absent_facilities", "SPORT"),
    ("berflo-bedrijf-hengelo", "absent_activities", "BINGO"),
    ("activiteitencentrum-het-zumpke-enter", "updated_at", "2026-11-25T12:00:00Z"),
];

/// The statements that make changes in a database.
pub(crate) fn statements(changes: &[Change]) -> Vec<String> {
    let statement = |(key, column, value): &Change| -> Vec<String> {
        let insert = |table: &str| {
            let row =
                |term| format!("INSERT INTO place_{table} (place, {table}, present) VALUES ('{key}', '{term}', false)");
            value.split('|').map(row).collect()
        };
        let cell = match (*column, *value) {
            ("absent_facilities", _) => return insert("facility"),
            ("absent_activities", _) => return insert("activity"),
            (_, "") => "NULL".to_owned(),
            ("cultural_programme", known) => known.to_owned(),
            (_, text) => format!("'{text}'"),
        };
        let column = if *column == "uncertainty_radius" { "uncertainty_radius_m" } else { column };
        vec![format!("UPDATE place SET {column} = {cell} WHERE key = '{key}'")]
    };
    changes.iter().flat_map(statement).collect()
}
