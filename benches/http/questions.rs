//! What is asked: for each workload one document, and variables that nobody has sent before.

use noaber::model::{Facts, Place};
use serde_json::{Value as Json, json};

use crate::invented::Random;

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Workload {
    /// One box again and again, as a map that many look at asks it.
    Repeated,
    /// The same, compressed.
    RepeatedGzip,
    /// The first hundred places in a box.
    Viewport,
    /// A municipality: its policy and its first hundred places.
    Page,
    /// The ten nearest within five kilometres.
    Nearest,
    /// How many there are by municipality, kind and facility.
    Facets,
    /// Twenty hits of what somebody types.
    Search,
}

impl Workload {
    pub(crate) const ALL: [Self; 7] =
        [Self::Repeated, Self::RepeatedGzip, Self::Viewport, Self::Page, Self::Nearest, Self::Facets, Self::Search];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Repeated => "repeated",
            Self::RepeatedGzip => "repeated, gzip",
            Self::Viewport => "viewport of 100",
            Self::Page => "municipality page",
            Self::Nearest => "nearest 10",
            Self::Facets => "facets",
            Self::Search => "search 20",
        }
    }

    pub(crate) fn is_repeated(self) -> bool {
        matches!(self, Self::Repeated | Self::RepeatedGzip)
    }

    fn document(self) -> &'static str {
        match self {
            Self::Repeated | Self::RepeatedGzip | Self::Viewport => {
                "query Viewport($box: BboxInput!) { places(filter: { within: { bbox: $box } }, first: 100) {
                   nodes { id name kind location { lon lat } municipality { code name } facilities } } }"
            }
            Self::Page => {
                "query Page($code: String!) { municipality(by: { code: $code }) {
                   code name population policy { vision financialSupport }
                   places(first: 100) { nodes { id name kind location { lon lat } facilities activities } } } }"
            }
            Self::Nearest => {
                "query Nearest($lon: Float!, $lat: Float!) {
                   nearestPlaces(to: { wgs84: { lon: $lon, lat: $lat } }, maxDistance: 5000, first: 10) {
                     edges { distance node { id name kind location { lon lat } } } } }"
            }
            Self::Facets => {
                "{ places { totalCount facets {
                   municipalities { value count } kinds { value count } facilities { value count } } } }"
            }
            Self::Search => {
                "query Search($text: String!) { search(text: $text, first: 20) {
                   __typename
                   ... on Place { id name settlement municipality { name } }
                   ... on Municipality { id name } ... on Settlement { id name } ... on StreetHit { street settlement }
                   ... on FacilityTypeInfo { label } ... on ActivityTypeInfo { label } } }"
            }
        }
    }
}

/// Questions without end.
pub(crate) struct Questions<'a> {
    facts: &'a Facts,
    random: Random,
    asked: u64,
}

impl<'a> Questions<'a> {
    pub(crate) fn about(facts: &'a Facts) -> Self {
        Self { facts, random: Random(7), asked: 0 }
    }

    /// The body of the next one.
    pub(crate) fn next(&mut self, workload: Workload) -> String {
        let mut variables = match workload {
            Workload::Repeated | Workload::RepeatedGzip => return body(workload, &bbox(6.2, 52.4, 0.3)),
            Workload::Viewport => {
                let (lon, lat) = self.somewhere();
                let width = self.random.between(0.04..0.40);
                bbox(lon, lat, width)
            }
            Workload::Page => json!({ "code": self.random.one_of(&self.facts.municipalities).code.as_str() }),
            Workload::Nearest => {
                let (lon, lat) = self.somewhere();
                json!({ "lon": lon + self.random.between(-0.01..0.01), "lat": lat + self.random.between(-0.01..0.01) })
            }
            Workload::Facets => json!({}),
            Workload::Search => json!({ "text": self.typed() }),
        };
        // No variable of the document: the question is the same as one before, and asked as if it were new.
        self.asked += 1;
        variables["asked"] = self.asked.into();
        body(workload, &variables)
    }

    fn place(&mut self) -> &'a Place {
        self.random.one_of(&self.facts.places)
    }

    /// Where a place stands.
    fn somewhere(&mut self) -> (f64, f64) {
        self.place().location.as_ref().map_or((6.4, 52.4), |at| (at.lon, at.lat))
    }

    /// What somebody types who looks for a place: the beginning of its own name, that name with a letter too few, its name and village, or its kind and village.
    fn typed(&mut self) -> String {
        let place = self.place();
        let (head, own) =
            (place.name.split(' ').next().unwrap_or_default(), place.name.split(' ').next_back().unwrap_or_default());
        match self.random.below(4) {
            0 => own.chars().take(3 + self.random.below(5)).collect(),
            1 => {
                let without = 1 + self.random.below(own.len() - 1);
                own.chars().enumerate().filter(|(at, _)| *at != without).map(|(_, letter)| letter).collect()
            }
            2 => format!("{own} {}", place.settlement),
            _ => format!("{head} {}", place.settlement),
        }
    }
}

fn bbox(lon: f64, lat: f64, width: f64) -> Json {
    let (half, high) = (width / 2.0, width / 3.0);
    json!({ "box": { "west": lon - half, "south": lat - high, "east": lon + half, "north": lat + high } })
}

fn body(workload: Workload, variables: &Json) -> String {
    json!({ "query": workload.document(), "variables": variables }).to_string()
}
