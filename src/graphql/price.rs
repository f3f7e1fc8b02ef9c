//! The price list of [`cost`](crate::graphql::cost): what single fields cost and how long lists are taken to be.

use async_graphql::{
    Value,
    parser::types::{BaseType, Type},
};

/// What a field costs besides what is under it, where that is not 1: type (or `*`), field, cost. One unit stands for about
/// a microsecond and fifty bytes of answer.
pub const WEIGHTS: &[(&str, &str, u64)] = &[
    // Three thousand characters of JSON, and the work to write them.
    ("*", "boundary", 150),
    ("*", "feature", 10),
    // A selection over the index and the bit sets, whatever the page.
    ("*", "places", 10),
    ("*", "nearestPlaces", 10),
    ("*", "programme", 10),
    ("Query", "activities", 50),
    // Makes moments of rules.
    ("*", "occurrences", 50),
    ("ActivitySchedule", "text", 5),
    ("*", "nearby", 10),
    ("Query", "neighbourhoods", 10),
    ("Query", "settlements", 10),
    ("Query", "search", 100),
    // Looks ahead day by day.
    ("Place", "openNow", 20),
    ("Place", "nextOpening", 20),
    // Walks over every match.
    ("*", "facets", 200),
    ("*", "extent", 20),
    ("*", "clusters", 200),
    ("Query", "placeStatistics", 500),
    // Two editions are read from the archive and compared.
    ("Query", "changes", 25_000),
    ("Place", "identifiers", 10),
    ("Place", "possibleDuplicates", 20),
    // A pass over all places.
    ("Municipality", "confirmedShare", 20),
    // Read from the database.
    ("Dataset", "editions", 100),
    // Distances from every settlement.
    ("*", "coverage", 2_000),
    // What is written of the polygons, beside what they cost to make.
    ("Coverage", "coveredGeometry", 10_000),
    ("Coverage", "uncertainGeometry", 10_000),
    ("Coverage", "uncoveredGeometry", 10_000),
    ("Coverage", "coveredArea", 10),
    ("Coverage", "uncertainArea", 10),
    ("Coverage", "uncoveredArea", 10),
    ("Coverage", "improvements", 2_000),
];

/// Fields that ask for the polygons of a coverage, and what these cost, however many of the fields there are: circles, their union, and
/// the differences with a boundary are made once.
pub const POLYGONS: (&str, [&str; 6]) = (
    "Coverage",
    ["coveredGeometry", "uncertainGeometry", "uncoveredGeometry", "coveredArea", "uncertainArea", "uncoveredArea"],
);

/// What the polygons of a coverage cost that is asked of a type: those of one municipality are a fraction of those of the province.
pub(super) fn polygons(of: &str) -> u64 {
    if of == "Municipality" { 10_000 } else { 50_000 }
}

/// What a vertex of a boundary costs: forty characters, and the work to write them.
pub const VERTEX: u64 = 2;

/// What a piece of an edge of an asked area costs where the area is cut along it: in a coverage. An edge across the province has many.
pub const PIECE: u64 = 16;

/// How long a piece is in degrees, as `spatial::coverage::to_rd_along_edges` cuts them: about 4 km.
const PIECE_DEGREES: f64 = 0.04;

/// How many items a list without a page is taken to have: type (or `*`), field, items. The counts of the province where
/// they are known, otherwise generous.
pub const SIZES: &[(&str, &str, u64)] = &[
    ("Query", "municipalities", 25),
    ("Query", "facilityTypes", 18),
    ("Query", "activityTypes", 22),
    ("Query", "vocabularies", 25),
    ("Query", "placeStatistics", 200),
    ("Municipality", "neighbourhoods", 50),
    ("Municipality", "settlements", 50),
    ("Municipality", "adjacent", 6),
    ("PlaceFacets", "kinds", 7),
    ("PlaceFacets", "municipalities", 25),
    ("PlaceFacets", "neighbourhoods", 100),
    ("PlaceFacets", "settlements", 100),
    ("PlaceFacets", "facilities", 18),
    ("PlaceFacets", "activities", 22),
    ("PlaceFacets", "legalForms", 3),
    ("PlaceFacets", "runBy", 4),
    ("PlaceFacets", "precision", 5),
    ("PlaceFacets", "statuses", 3),
    ("PlaceFacets", "wheelchairAccessible", 2),
    ("Municipality", "completeness", 14),
    ("ActivityFacets", "types", 22),
    ("ActivityFacets", "weekdays", 7),
    ("ActivityFacets", "audiences", 11),
    ("ActivityFacets", "municipalities", 25),
    ("Activity", "schedule", 2),
    ("Activity", "audiences", 2),
    ("ActivitySchedule", "weekdays", 2),
    ("ActivitySchedule", "except", 4),
    ("Completeness", "missing", 10),
    ("Change", "values", 3),
    ("Place", "identifiers", 2),
    ("Place", "possibleDuplicates", 1),
    ("*", "clusters", 250),
    ("Coverage", "municipalities", 25),
    ("Survey", "questions", 20),
    ("Survey", "findings", 30),
    ("SurveyQuestion", "answers", 6),
    ("SurveyAnswer", "ofWhich", 1),
    ("Vocabulary", "terms", 12),
    ("PlaceGroup", "keys", 2),
    ("Change", "fields", 3),
    ("Dataset", "sources", 520),
    ("*", "sources", 4),
    ("*", "facilities", 4),
    ("*", "activities", 4),
    ("*", "absentFacilities", 2),
    ("*", "absentActivities", 2),
    ("*", "alternativeNames", 2),
    ("*", "extent", 4),
    // Introspection: means over all types, of which most are scalars, enums and inputs. `__Schema.types` is counted.
    ("__Type", "fields", 5),
    ("__Type", "inputFields", 2),
    ("__Type", "enumValues", 2),
    ("__Type", "possibleTypes", 1),
    ("__Type", "interfaces", 1),
    ("__Field", "args", 1),
    ("__Directive", "args", 1),
    ("__Directive", "locations", 4),
    ("__Schema", "directives", 6),
];

/// Groups of `placeStatistics` by settlement or neighbourhood, of which those without places are told too.
pub(super) const GROUPS_BY_SMALL_AREA: u64 = 1_200;

/// Items of a list that [`SIZES`] does not name.
pub const DEFAULT_SIZE: u64 = 10;

/// The cost of one row of a `featureCollection`: the properties of a place and its point.
pub const FEATURE: u64 = 10;

/// The price of one field, looked up once when the schema is read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Price {
    pub(super) weight: u64,
    pub(super) items: Items,
}

/// What multiplies the selection under a field.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Items {
    /// Nothing: one value.
    One,
    /// A list.
    Assumed(u64),
    /// A connection: the page size is for the fields below.
    Connection,
    /// `nodes`, `edges` or `featureCollection` of a connection: for each item of its page, this and what is under it.
    Page(u64),
}

impl Price {
    /// The price of `parent.field`, which returns `ty`.
    pub(crate) fn of(parent: &str, field: &str, ty: &Type) -> Self {
        let weight = lookup(WEIGHTS, parent, field).unwrap_or(1);
        let on_connection = parent.ends_with("Connection");
        let items = match &ty.base {
            BaseType::List(_) if on_connection && matches!(field, "nodes" | "edges") => Items::Page(0),
            BaseType::List(_) => Items::Assumed(lookup(SIZES, parent, field).unwrap_or(DEFAULT_SIZE)),
            BaseType::Named(_) if on_connection && field == "featureCollection" => Items::Page(FEATURE),
            BaseType::Named(name) if name.ends_with("Connection") => Items::Connection,
            BaseType::Named(_) => Items::One,
        };
        Self { weight, items }
    }

    /// Sets the size of a list that is known exactly.
    pub(crate) fn items_are(&mut self, count: u64) {
        self.items = Items::Assumed(count);
    }
}

fn lookup(table: &[(&str, &str, u64)], parent: &str, field: &str) -> Option<u64> {
    let find = |ty: &str| table.iter().find(|row| row.0 == ty && row.1 == field).map(|row| row.2);
    find(parent).or_else(|| find("*"))
}

/// What evaluating an argument costs. A text is searched for word by word; a number is mostly half a position of a polygon
/// that each place is held against; what remains is a set or two to combine.
pub fn argument(name: &str, value: &Value) -> u64 {
    match value {
        // The hours of every place are asked.
        Value::String(_) if name == "openAt" => 200,
        Value::Enum(_) if name == "openOn" => 200,
        // The rules of every activity are asked.
        Value::String(_) if matches!(name, "on" | "from" | "until") => 300,
        Value::Enum(_) if name == "weekdays" => 50,
        Value::Enum(field) if name == "field" && field == "NEXT" => 1_000,
        Value::String(text) if name == "text" => 100 + 2 * text.chars().count() as u64,
        Value::String(text) => 1 + text.len() as u64 / 8,
        Value::Number(_) => 4,
        Value::List(items) => items.iter().fold(0, |sum, item| sum.saturating_add(argument(name, item))),
        Value::Object(fields) => {
            fields.iter().fold(2, |sum, (name, value)| sum.saturating_add(argument(name.as_str(), value)))
        }
        Value::Null | Value::Boolean(_) | Value::Enum(_) | Value::Binary(_) => 1,
    }
}

/// How many pieces the edges of the outlines in a value have together: of lists of positions, however deep they stand.
pub fn pieces(value: &Value) -> u64 {
    match value {
        Value::List(items) => {
            let positions: Vec<_> = items.iter().map_while(position).collect();
            if positions.len() == items.len() && items.len() > 1 {
                let length = |(from, to): (&(f64, f64), &(f64, f64))| (to.0 - from.0).hypot(to.1 - from.1);
                let edges = positions.iter().zip(positions.iter().skip(1)).map(length);
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
                let pieces = |degrees: f64| (degrees / PIECE_DEGREES).ceil().clamp(1.0, 1_000.0) as u64;
                return edges.fold(0, |sum, edge| sum.saturating_add(pieces(edge)));
            }
            items.iter().fold(0, |sum, item| sum.saturating_add(pieces(item)))
        }
        Value::Object(fields) => fields.values().fold(0, |sum, value| sum.saturating_add(pieces(value))),
        _ => 0,
    }
}

/// The position that a value is.
fn position(value: &Value) -> Option<(f64, f64)> {
    let Value::List(numbers) = value else { return None };
    match numbers.as_slice() {
        [Value::Number(lon), Value::Number(lat), ..] => Some((lon.as_f64()?, lat.as_f64()?)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edge_has_as_many_pieces_as_it_is_long() {
        let of = |json| pieces(&Value::from_json(json).unwrap());
        let square = serde_json::json!([[6.0, 52.0], [6.01, 52.0], [6.01, 52.01], [6.0, 52.01], [6.0, 52.0]]);
        assert_eq!(of(square.clone()), 4);
        assert_eq!(
            of(serde_json::json!({ "geometry": { "type": "MultiPolygon", "coordinates": [[square], [square]] } })),
            8
        );
        assert_eq!(of(serde_json::json!([[6.0, 52.0], [7.0, 52.0], [6.0, 52.0]])), 50);
        assert_eq!(of(serde_json::json!([[-1e300, 1e300], [1e300, 5]])), 1_000);
        assert_eq!(of(serde_json::json!({ "municipalities": ["GM0193"], "bbox": { "west": 6, "south": 52 } })), 0);
    }

    #[test]
    fn a_text_and_the_positions_of_a_polygon_are_what_a_filter_costs() {
        let price = |json| argument("filter", &Value::from_json(json).unwrap());
        assert_eq!(price(serde_json::json!({ "kinds": ["MFA"] })), 3);
        assert_eq!(price(serde_json::json!({ "text": "Trefkoele" })), 2 + 100 + 18);
        let ring = vec![[6.1, 52.1]; 100];
        let polygon = serde_json::json!({ "type": "Polygon", "coordinates": [ring] });
        assert_eq!(price(serde_json::json!({ "within": { "geometry": polygon } })), 3 * 2 + 1 + 100 * 2 * 4);
    }
}
