//! What an operation costs, known before it runs.
//!
//! A field costs 1, a heavy one what [`WEIGHTS`] says, and a list multiplies what is under it:
//! - a connection by `first` or `last` (at most `max_page_size`; `default_page_size` without), which is carried by its
//!   `nodes`, `edges` and `featureCollection`;
//! - a list with `first` or `ids` by that number;
//! - another list by the size that [`SIZES`] assumes. A list of scalars costs one for each of its items.
//!
//! The arguments of a field cost what [`argument`] says, once for each time the field is resolved: a filter is evaluated
//! anew under every parent.
//!
//! Fields of an interface or union cost what the dearest of its objects would. A selection that `@skip` or `@include`
//! leaves out costs nothing.
//!
//! # Example
//! `{ municipalities { name places(first: 100) { totalCount nodes { id name facilities } } } }`
//!
//! | part | cost |
//! |---|---|
//! | one place: `id`, `name`, `facilities` (1 + 4 assumed) | 7 |
//! | `nodes`: 1 + 100 × 7 | 701 |
//! | `places`: its weight 10 + `totalCount` 1 + 701 | 712 |
//! | one municipality: `name` 1 + 712 | 713 |
//! | `municipalities`: 1 + 25 × 713 | **17,826** |
//!
//! # How it stays linear
//! `nodes` and `edges` may stand in a fragment that two connections of different page sizes spread. So a selection set
//! has a cost *a + b·n*, where *n* is the page size of the connection it is on, and that pair is computed once per
//! selection set and object type. Sums and products saturate.

use std::collections::HashMap;

use async_graphql::Value;
use async_graphql::parser::types::{ExecutableDocument, Field, OperationDefinition, Selection, SelectionSet};
use geo::CoordsIter as _;

use crate::edition::Edition;
use crate::graphql::limits::Limits;
use crate::graphql::price::{GROUPS_BY_SMALL_AREA, Items, PIECE, POLYGONS, VERTEX, argument, pieces, polygons};
#[cfg(doc)]
use crate::graphql::price::{SIZES, WEIGHTS};
use crate::graphql::schema_map::{FieldEntry, SchemaMap};

/// *a + b·n*, with *n* the page size of the connection it is on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Affine {
    a: u64,
    b: u64,
    /// Whether one of the fields of [`POLYGONS`] is among them.
    has_polygons: bool,
}

impl Affine {
    fn at(self, n: u64) -> u64 {
        self.a.saturating_add(self.b.saturating_mul(n))
    }

    fn add(&mut self, other: Self) {
        self.a = self.a.saturating_add(other.a);
        self.b = self.b.saturating_add(other.b);
        self.has_polygons |= other.has_polygons;
    }

    /// *a* alone.
    fn fixed(a: u64) -> Self {
        Self { a, ..Self::default() }
    }
}

/// The cost of `operation`, whose variables have been written into it.
///
/// The document must have passed [`check_document`](crate::graphql::guard::check_document): cycles would not end.
pub fn cost(map: &SchemaMap, limits: &Limits, document: &ExecutableDocument, operation: &OperationDefinition) -> u64 {
    cost_in(None, map, limits, document, operation)
}

/// The same in an edition, of which it is known how long its boundaries are: those of an imported map can be a hundred times as long as
/// those of the price list.
pub fn cost_in(
    edition: Option<&Edition>,
    map: &SchemaMap,
    limits: &Limits,
    document: &ExecutableDocument,
    operation: &OperationDefinition,
) -> u64 {
    let mut walk = Walk { edition, map, limits, document, known: HashMap::new(), boundary: None };
    walk.set(&operation.selection_set.node, map.query()).at(0)
}

struct Walk<'a> {
    edition: Option<&'a Edition>,
    map: &'a SchemaMap,
    limits: &'a Limits,
    document: &'a ExecutableDocument,
    /// By the address of the selection set, which the document keeps in place, and the type.
    known: HashMap<(usize, &'a str), Affine>,
    /// What the longest boundary of a municipality costs, once it was asked.
    boundary: Option<u64>,
}

impl<'a> Walk<'a> {
    /// The cost of a selection set on a value of the type `on`.
    fn set(&mut self, set: &'a SelectionSet, on: &'a str) -> Affine {
        if set.items.is_empty() {
            return Affine::default();
        }
        let key = (std::ptr::from_ref(set) as usize, on);
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        let possible = self.map.composite(on).map_or(&[][..], |entry| entry.possible.as_slice());
        let total = match possible {
            // An object, or a type that the schema does not have, which validation will say.
            [] => self.sum(set, on),
            [only] if only == on => self.sum(set, on),
            // The dearest of a and the dearest of b: never below the dearest object.
            many => many.iter().fold(Affine::default(), |dearest, object| {
                let cost = self.set(set, object);
                Affine {
                    a: dearest.a.max(cost.a),
                    b: dearest.b.max(cost.b),
                    has_polygons: dearest.has_polygons || cost.has_polygons,
                }
            }),
        };
        self.known.insert(key, total);
        total
    }

    /// The sum over the selections that apply to the object `on`.
    fn sum(&mut self, set: &'a SelectionSet, on: &'a str) -> Affine {
        let mut sum = Affine::default();
        for selection in &set.items {
            if left_out(&selection.node) {
                continue;
            }
            match &selection.node {
                Selection::Field(field) => sum.add(self.field(&field.node, on)),
                Selection::InlineFragment(fragment) => {
                    let condition = fragment.node.type_condition.as_ref().map(|c| c.node.on.node.as_str());
                    if condition.is_none_or(|condition| self.map.is_a(on, condition)) {
                        sum.add(self.set(&fragment.node.selection_set.node, on));
                    }
                }
                Selection::FragmentSpread(spread) => {
                    if let Some(fragment) = self.document.fragments.get(&spread.node.fragment_name.node)
                        && self.map.is_a(on, &fragment.node.type_condition.node.on.node)
                    {
                        sum.add(self.set(&fragment.node.selection_set.node, on));
                    }
                }
            }
        }
        sum
    }

    fn field(&mut self, field: &'a Field, on: &'a str) -> Affine {
        let map = self.map;
        let Some(entry) = map.composite(on).and_then(|c| c.fields.get(field.name.node.as_str())) else {
            // `__typename`, or a field that validation will refuse.
            return Affine::fixed(1);
        };
        let below = self.set(&field.selection_set.node, &entry.returns);
        let mut weight = entry.price.weight.saturating_add(arguments(field));
        if field.name.node == "boundary" && on == "Municipality" {
            weight = weight.max(self.boundary());
        }
        let (type_with_polygons, fields_of_polygons) = POLYGONS;
        if entry.returns == type_with_polygons {
            weight = weight.saturating_add(if below.has_polygons { polygons(on) } else { 0 });
            weight = weight.saturating_add(PIECE.saturating_mul(outlines(field)));
        }
        let has_polygons = on == type_with_polygons && fields_of_polygons.contains(&field.name.node.as_str());
        match entry.price.items {
            Items::One => Affine { has_polygons, ..Affine::fixed(weight.saturating_add(below.at(0))) },
            Items::Connection => {
                let page = self.page(field, entry).unwrap_or(self.limits.default_page_size as u64);
                Affine::fixed(weight.saturating_add(below.at(page)))
            }
            Items::Page(each) => Affine { b: each.saturating_add(below.at(0)).max(1), ..Affine::fixed(weight) },
            Items::Assumed(assumed) => {
                let known = self.ids(field).or_else(|| self.page(field, entry)).or_else(|| groups(field));
                let items = known.unwrap_or(assumed);
                Affine::fixed(weight.saturating_add(items.saturating_mul(below.at(0).max(1))))
            }
        }
    }

    /// What the longest boundary of a municipality costs.
    fn boundary(&mut self) -> u64 {
        let Some(edition) = self.edition else { return 0 };
        *self.boundary.get_or_insert_with(|| {
            let outlines = (0..).zip(edition.municipalities()).filter_map(|(index, _)| edition.boundary(index));
            let corners = outlines.map(|region| region.polygons().coords_count()).max().unwrap_or_default();
            VERTEX.saturating_mul(corners as u64)
        })
    }

    /// `first` or `last` as given or as the schema has it by default; one that is out of bounds counts as the most.
    fn page(&self, field: &Field, entry: &FieldEntry) -> Option<u64> {
        let most = self.limits.max_page_size as u64;
        let size = |value: &Value| match value {
            Value::Number(number) => Some(number.as_u64().unwrap_or(most).min(most)),
            _ => None,
        };
        ["first", "last"]
            .into_iter()
            .filter_map(|name| match field.get_argument(name) {
                Some(value) => size(&value.node.clone().into_const()?),
                None => size(entry.argument(name)?.default.as_ref()?),
            })
            .max()
    }

    /// The number of ids given, or the most when they cannot be counted.
    fn ids(&self, field: &Field) -> Option<u64> {
        match field.get_argument("ids")?.node.clone().into_const() {
            Some(Value::List(ids)) => Some(ids.len() as u64),
            Some(Value::Null) => Some(0),
            Some(_) => Some(1),
            None => Some(self.limits.max_ids as u64),
        }
    }
}

/// How many groups a field has that groups by a dimension with many values.
fn groups(field: &Field) -> Option<u64> {
    let by = field.get_argument("groupBy")?.node.clone().into_const()?;
    let is_small =
        |value: &Value| matches!(value, Value::Enum(name) if ["SETTLEMENT", "NEIGHBOURHOOD"].contains(&name.as_str()));
    let many = match &by {
        Value::List(dimensions) => dimensions.iter().any(is_small),
        one => is_small(one),
    };
    many.then_some(GROUPS_BY_SMALL_AREA)
}

/// What the arguments of a field cost, those of paging aside.
fn arguments(field: &Field) -> u64 {
    const PAGING: [&str; 6] = ["first", "after", "last", "before", "ids", "includeUnknown"];
    let priced = field.arguments.iter().filter(|(name, _)| !PAGING.contains(&name.node.as_str()));
    // Variables have been written into the document.
    let values = priced.filter_map(|(name, value)| Some((name, value.node.clone().into_const()?)));
    values.fold(0, |sum, (name, value)| sum.saturating_add(argument(&name.node, &value)))
}

/// How many pieces the edges of the areas in the arguments of a field have.
fn outlines(field: &Field) -> u64 {
    let values = field.arguments.iter().filter_map(|(_, value)| value.node.clone().into_const());
    values.fold(0, |sum, value| sum.saturating_add(pieces(&value)))
}

/// Whether `@skip` or `@include` leaves a selection out, whatever the data.
fn left_out(selection: &Selection) -> bool {
    selection.directives().iter().any(|directive| {
        let condition = directive.node.get_argument("if").and_then(|value| value.node.clone().into_const());
        match directive.node.name.node.as_str() {
            "skip" => condition == Some(Value::Boolean(true)),
            "include" => condition == Some(Value::Boolean(false)),
            _ => false,
        }
    })
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use async_graphql::parser::parse_query;
    use proptest::prelude::*;

    use super::*;
    use crate::graphql::coerce;
    use crate::graphql::price::{SIZES, WEIGHTS};

    const SDL: &str = "
interface Node { id: ID! }
union Hit = Place | Municipality
type Query {
  node(id: ID!): Node
  nodes(ids: [ID!]!): [Node]!
  municipalities: [Municipality!]!
  places(first: Int, last: Int, filter: Filter): PlaceConnection!
  search(first: Int = 5): [Hit!]!
  name: String!
}
type Municipality implements Node { id: ID! name: String! boundary: String! places(first: Int, filter: Filter): PlaceConnection! }
input Filter { or: [Filter!] text: String }
type PlaceConnection {
  edges: [PlaceEdge!]! nodes: [Place!]! totalCount: Int! featureCollection: String!
  facets: PlaceFacets!
}
type PlaceEdge { cursor: String! node: Place! }
type PlaceFacets { kinds: [String!]! }
type Place implements Node {
  id: ID! name: String! a: Int! b: Int! c: Int! d: Int! e: Int! f: Int! g: Int!
  facilities: [String!]! municipality: Municipality! nearby(first: Int): PlaceConnection!
}
schema { query: Query }";

    fn map() -> SchemaMap {
        SchemaMap::from_sdl(SDL).unwrap()
    }

    /// The cost of the one operation in `text`, its variables at their defaults.
    fn cost_of(map: &SchemaMap, text: &str) -> u64 {
        let limits = Limits::default();
        let document = parse_query(text).unwrap();
        let document = coerce::resolve_values(map, &limits, document, None, &serde_json::Map::new()).unwrap();
        let operation = coerce::select(&document, None).unwrap();
        cost(map, &limits, &document, &operation.node)
    }

    fn cost_here(text: &str) -> u64 {
        cost_of(&map(), text)
    }

    #[test]
    fn the_worked_example_of_the_documentation_is_right() {
        let text = "{ municipalities { name places(first: 100) { totalCount nodes { id name facilities } } } }";
        assert_eq!(cost_here(text), 17_826);
    }

    #[test]
    fn a_page_is_what_was_asked_for_and_never_more_than_the_most() {
        for (page, items) in [
            ("", 20),
            ("(first: 3)", 3),
            ("(last: 4)", 4),
            ("(first: 3, last: 4)", 4),
            ("(first: 0)", 0),
            ("(first: 2147483647)", 100),
            ("(first: -1)", 100),
            ("(first: null)", 20),
        ] {
            assert_eq!(cost_here(&format!("{{places{page}{{nodes{{id}}}}}}")), 11 + items, "{page}");
        }
        assert_eq!(cost_here("query($n:Int=7){places(first:$n){nodes{id}}}"), 18);
        assert_eq!(cost_here("query($n:Int){places(first:$n){nodes{id}}}"), 31);
        assert_eq!(cost_here("{nodes(ids:[1,2,3]){id __typename}}"), 7);
        assert_eq!(cost_here("{search{... on Place{id}}}"), 105);
        assert_eq!(cost_here("{search(first:9){... on Place{id}}}"), 109);
    }

    #[test]
    fn an_interface_costs_what_its_dearest_object_costs() {
        assert_eq!(cost_here("{node(id:1){id ... on Place{name a} ... on Municipality{boundary}}}"), 1 + 4 + 1 + 150);
        assert_eq!(cost_here("{node(id:1){... on Node{... on Place{name}}}}"), 1 + 4 + 1);
    }

    #[test]
    fn a_filter_costs_anew_under_each_parent() {
        let filter = "filter:{or:[{text:\"een twee\"}]}";
        let one = cost_here(&format!("{{places({filter}){{totalCount}}}}"));
        assert_eq!(one, 10 + (2 + 2 + 100 + 2 * 8) + 1);
        let each = cost_here(&format!("{{municipalities{{places({filter}){{totalCount}}}}}}"));
        assert_eq!(each, 1 + 25 * one);
    }

    #[test]
    fn what_is_left_out_costs_nothing() {
        assert_eq!(cost_here("{name @skip(if:true) places @include(if:false){nodes{id}} __typename}"), 1);
        assert_eq!(cost_here("query($x:Boolean=true){name @skip(if:$x) ...@include(if:$x){name}}"), 1);
    }

    #[test]
    fn two_connections_share_a_fragment_and_keep_their_pages() {
        let text =
            "{a:places(first:2){...P} b:places(first:50){...P}} fragment P on PlaceConnection{nodes{id} totalCount}";
        assert_eq!(cost_here(text), (10 + 1 + 2 + 1) + (10 + 1 + 50 + 1));
    }

    #[test]
    fn every_municipality_with_a_hundred_places_of_ten_fields_passes() {
        let text = "{municipalities{places(first:100){nodes{id name a b c d e f g facilities}}}}";
        assert!(cost_here(text) <= Limits::default().max_cost, "{}", cost_here(text));
        let nested = "{places(first:100){nodes{nearby(first:100){nodes{nearby(first:100){nodes{id}}}}}}}";
        assert!(cost_here(nested) > Limits::default().max_cost);
        let nine = "nearby(first:100){nodes{".repeat(9);
        let enormous = format!("{{places(first:100){{nodes{{{nine}id}}}}{}}}", "}}".repeat(9));
        assert_eq!(cost_here(&enormous), u64::MAX);
    }

    #[test]
    fn groups_by_settlement_are_many() {
        let map = SchemaMap::from_sdl(&crate::graphql::schema().sdl()).unwrap();
        let by = |by: &str| cost_of(&map, &format!("{{placeStatistics(groupBy:{by}){{count share}}}}"));
        assert_eq!(by("[KIND]"), 500 + 1 + 200 * 2);
        assert_eq!(by("[SETTLEMENT]"), 500 + 1 + 1_200 * 2);
        assert_eq!(by("SETTLEMENT"), 500 + 1 + 1_200 * 2);
        assert_eq!(by("[KIND, NEIGHBOURHOOD]"), 500 + 2 + 1_200 * 2);
        let all =
            "{placeStatistics(groupBy:[SETTLEMENT]){keys{dimension value label} count share placesPer10000 inventory}}";
        assert!(cost_of(&map, all) < Limits::default().max_cost / 5, "{}", cost_of(&map, all));
    }

    #[test]
    fn coverage_costs_what_its_figures_rows_and_geometries_cost() {
        let map = SchemaMap::from_sdl(&crate::graphql::schema().sdl()).unwrap();
        let of = |fields: &str| cost_of(&map, &format!("{{coverage(maxDistance:2000){{{fields}}}}}"));
        // The field and its number, `maxDistance`.
        let field = 2_000 + 4;
        assert_eq!(of("population atLeast{shareCovered} atMost{shareCovered}"), field + 1 + 2 + 2);
        // A row per municipality, of which there are 25, and one per settlement of the page.
        let rows = "municipalities{population atLeast{shareCovered}} settlements(first:50){totalCount nodes{status}}";
        assert_eq!(of(rows), field + (1 + 25 * 3) + (1 + 1 + 1 + 50));
        let geometries = "coveredGeometry uncertainGeometry uncoveredGeometry(crs:RD) coveredArea";
        // The polygons are made once, whatever is asked of them and however often.
        assert_eq!(of(geometries), field + 50_000 + 3 * 10_000 + 1 + 10);
        let in_fragments =
            "{coverage(maxDistance:2000){...A ...on Coverage{b:uncoveredArea}}} fragment A on Coverage{a:coveredArea}";
        assert_eq!(cost_of(&map, in_fragments), field + 50_000 + 2 * 10);
        assert_eq!(
            cost_of(&map, "{municipalities{coverage(maxDistance:2000){coveredArea}}}"),
            1 + 25 * (field + 10_000 + 10)
        );
        assert_eq!(of("coveredArea @skip(if:true) population"), field + 1);
        assert!(of(geometries) <= Limits::default().max_cost);
        let edition = Edition::build(crate::seed::read().unwrap().in_order()).unwrap();
        let limits = Limits::default();
        let document = parse_query("{municipalities{boundary}}").unwrap();
        let operation = coerce::select(&document, None).unwrap();
        let longest = cost_in(Some(&edition), &map, &limits, &document, &operation.node);
        assert!((1 + 25 * 150..100_000).contains(&longest), "{longest}");
        let two = "{a:coverage(maxDistance:1000){coveredArea} b:coverage(maxDistance:2000){coveredArea}}";
        assert_eq!(cost_of(&map, two), 2 * (field + 50_000 + 10));
        let star: Vec<String> = (0..1_000).map(|i| format!("[6.5,52.4],[{}.0,52.{i:03}]", 5 + i % 2 * 3)).collect();
        let star = format!(
            "{{coverage(maxDistance:2000,area:{{geometry:{{type:\"Polygon\",coordinates:[[{}]]}}}}){{population}}}}",
            star.join(",")
        );
        assert!(cost_of(&map, &star) > 5 * Limits::default().max_cost, "{}", cost_of(&map, &star));
        let filter = "{coverage(maxDistance:2000,places:{kinds:[MFA]}){population}}";
        assert_eq!(cost_of(&map, filter), field + 3 + 1);
    }

    #[test]
    fn introspection_passes_on_the_schema_of_the_service() {
        let map = SchemaMap::from_sdl(&crate::graphql::schema().sdl()).unwrap();
        let text = include_str!("../../tests/audits/introspection.graphql");
        assert!(cost_of(&map, text) < Limits::default().max_cost, "{}", cost_of(&map, text));
    }

    /// Every table row names something, so that a field that was renamed does not fall back to the price of any other.
    #[test]
    fn every_row_of_the_tables_is_a_field_of_the_service() {
        let map = SchemaMap::from_sdl(&crate::graphql::schema().sdl()).unwrap();
        for (ty, field, _) in WEIGHTS.iter().chain(SIZES) {
            let known = match *ty {
                "*" => map.composites().any(|entry| entry.fields.contains_key(*field)),
                ty => map.composite(ty).is_some_and(|entry| entry.fields.contains_key(*field)),
            };
            assert!(known, "{ty}.{field}");
        }
    }

    /// As many types as the whole contract has, and half as many again.
    #[test]
    fn introspection_passes_on_a_large_schema_and_a_circle_does_not() {
        let mut sdl = SDL.to_owned();
        for index in 0..150 {
            let _ = write!(sdl, " scalar S{index}");
        }
        let map = SchemaMap::from_sdl(&sdl).unwrap();
        let text = include_str!("../../tests/audits/introspection.graphql");
        let most = Limits::default().max_cost;
        assert!(cost_of(&map, text) < most, "{}", cost_of(&map, text));
        let circle = |times: usize| {
            format!("{{__schema{{types{}{{name}}{}}}}}", "{fields{type".repeat(times), "}}".repeat(times))
        };
        assert!(cost_of(&map, &circle(2)) < most);
        assert!(cost_of(&map, &circle(4)) > most);
    }

    /// The cost by writing every fragment out, with the page handed down: no memory, no a and b.
    fn by_hand(document: &ExecutableDocument, set: &SelectionSet, on: &str, page: u64) -> u64 {
        let mut sum = 0;
        for selection in &set.items {
            sum += match &selection.node {
                Selection::FragmentSpread(spread) => {
                    let fragment = &document.fragments[&spread.node.fragment_name.node].node;
                    by_hand(document, &fragment.selection_set.node, on, page)
                }
                Selection::InlineFragment(fragment) => by_hand(document, &fragment.node.selection_set.node, on, page),
                Selection::Field(field) => {
                    let below = |on: &str, page: u64| by_hand(document, &field.node.selection_set.node, on, page);
                    let first = field
                        .node
                        .get_argument("first")
                        .map_or(20, |value| value.node.to_string().parse::<u64>().unwrap().min(100));
                    match (on, field.node.name.node.as_str()) {
                        (_, "places" | "nearby") => 10 + below("PlaceConnection", first),
                        ("PlaceConnection", "nodes") => 1 + page * below("Place", 0),
                        ("PlaceConnection", "edges") => 1 + page * below("PlaceEdge", 0),
                        ("PlaceConnection", "featureCollection") => 1 + page * 10,
                        ("PlaceEdge", "node") => 1 + below("Place", 0),
                        ("Query", "municipalities") => 1 + 25 * below("Municipality", 0),
                        ("Place", "municipality") => 1 + below("Municipality", 0),
                        ("Place", "facilities") => 1 + 4,
                        ("Municipality", "boundary") => 150,
                        _ => 1,
                    }
                }
            };
        }
        sum
    }

    /// A selection set on `on` that spreads only fragments with a number from `after` on.
    fn random_set(choices: &mut dyn Iterator<Item = u8>, on: &str, after: usize, depth: usize) -> String {
        let mut set = "{__typename ".to_owned();
        for _ in 0..choices.next().unwrap_or(0) % 4 {
            let choice = choices.next().unwrap_or(0);
            if choice.is_multiple_of(4)
                && let Some(index) = (after..FRAGMENTS.len()).find(|index| FRAGMENTS[*index] == on)
            {
                let _ = write!(set, "...F{index} ");
                continue;
            }
            let fields: &[(&str, &str)] = match on {
                "Query" => &[("places(first:N)", "PlaceConnection"), ("municipalities", "Municipality"), ("name", "")],
                "PlaceConnection" => {
                    &[("nodes", "Place"), ("edges", "PlaceEdge"), ("totalCount", ""), ("featureCollection", "")]
                }
                "PlaceEdge" => &[("node", "Place"), ("cursor", "")],
                "Place" => &[
                    ("id", ""),
                    ("facilities", ""),
                    ("municipality", "Municipality"),
                    ("nearby(first:N)", "PlaceConnection"),
                    ("nearby", "PlaceConnection"),
                ],
                _ => &[("name", ""), ("boundary", ""), ("places(first:N)", "PlaceConnection")],
            };
            let (field, returns) = fields[usize::from(choice) % fields.len()];
            if returns.is_empty() {
                let _ = write!(set, "{field} ");
            } else if depth > 0 {
                let first = choices.next().unwrap_or(0).to_string();
                let below = random_set(choices, returns, after, depth - 1);
                let _ = write!(set, "a{}:{}{below} ", set.len(), field.replace('N', &first));
            }
        }
        set.push('}');
        set
    }

    const FRAGMENTS: [&str; 6] = ["Query", "Place", "PlaceConnection", "Place", "Municipality", "PlaceConnection"];

    proptest! {
        #[test]
        fn the_cost_is_that_of_the_query_written_out(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let mut choices = bytes.into_iter();
            let mut text = random_set(&mut choices, "Query", 0, 4);
            for (index, on) in FRAGMENTS.iter().enumerate() {
                let _ = write!(text, " fragment F{index} on {on} {}", random_set(&mut choices, on, index + 1, 3));
            }
            let map = map();
            let document = parse_query(&text).unwrap();
            let operation = &coerce::select(&document, None).unwrap().node;
            let expected = by_hand(&document, &operation.selection_set.node, "Query", 0);
            prop_assert_eq!(cost(&map, &Limits::default(), &document, operation), expected, "{}", text);
        }
    }
}
