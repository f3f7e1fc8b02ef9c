//! Places written as GeoJSON and CSV, with sources, licences and edition inside.

use roaring::RoaringBitmap;
use serde_json::json;

use crate::{
    edition::{Direction, Edition, PlaceEntry, PlaceOrderField, attribution_of, licences_of},
    findings::defuse,
    model::{self, Cell, Municipality, PLAIN, Place, PlainField, vocabulary::Term},
    spatial::Crs,
};

/// Places as the downloads list them: by municipality and name.
pub fn in_order(edition: &Edition, places: &RoaringBitmap) -> Vec<u32> {
    edition.sorted(places, PlaceOrderField::Municipality, Direction::Asc)
}

/// Places of an edition as a FeatureCollection in CRS84 with their sources.
///
/// # Errors
/// When it cannot be written as JSON, which means out of memory.
pub fn write_geojson(edition: &Edition, places: &[u32]) -> Result<Vec<u8>, serde_json::Error> {
    let mut collection = edition.feature_collection(places.iter().copied(), Crs::Crs84);
    if let Some(features) = collection["features"].as_array_mut() {
        for (feature, place) in features.iter_mut().zip(places) {
            feature["properties"]["sources"] = edition
                .sources_of(*place)
                .map(|(source, fields)| {
                    json!({ "title": source.title, "url": source.url, "licence": source.licence, "fields": fields })
                })
                .collect();
            let layers = edition.layers_of([*place]);
            feature["properties"]["licences"] = licences_of(&layers);
            feature["properties"]["attribution"] = json!(attribution_of(layers));
        }
    }
    serde_json::to_vec(&collection)
}

/// What a row of the CSV is written from.
struct Row<'a> {
    edition: &'a Edition,
    place: u32,
    entry: &'a PlaceEntry,
    facts: &'a Place,
    municipality: &'a Municipality,
}

impl Row<'_> {
    /// Licences and attributions of its layers, side by side, so that it can be read which licence asks for which
    /// attribution.
    fn terms(&self) -> Vec<(&str, &str)> {
        let mut terms: Vec<(&str, &str)> = Vec::new();
        for layer in self.edition.layers_of([self.place]) {
            let term = (layer.licence.as_str(), layer.attribution.as_str());
            if !terms.contains(&term) {
                terms.push(term);
            }
        }
        terms
    }

    fn address(&self, part: fn(&model::Address) -> &Option<String>) -> String {
        text(self.facts.address.as_ref().and_then(|address| part(address).as_ref()))
    }
}

/// A column of the CSV: its name, and its cell of a place.
type Column = (&'static str, fn(&Row<'_>) -> String);

/// Before the columns of the plain fields.
static FIRST: [Column; 22] = [
    ("id", |row| format!("place:{}", row.facts.key)),
    ("name", |row| row.facts.name.clone()),
    ("alternative_names", |row| row.facts.alternative_names.join("|")),
    ("kind", |row| name(row.facts.kind)),
    ("kind_label", |row| row.facts.kind.and_then(Term::label).map(|label| label.label_nl.clone()).unwrap_or_default()),
    ("kind_basis", |row| name(row.facts.kind_basis)),
    ("status", |row| name(row.facts.status)),
    ("last_confirmed", |row| text(row.facts.last_confirmed.as_ref())),
    ("municipality_code", |row| row.municipality.code.to_string()),
    ("municipality", |row| row.municipality.name.clone()),
    ("settlement", |row| row.facts.settlement.clone()),
    ("street", |row| row.address(|address| &address.street)),
    ("house_number", |row| row.address(|address| &address.house_number)),
    ("postcode", |row| row.address(|address| &address.postcode)),
    ("lon", |row| text(row.facts.location.as_ref().map(|at| at.lon))),
    ("lat", |row| text(row.facts.location.as_ref().map(|at| at.lat))),
    ("rd_x", |row| row.entry.rd.map(|rd| format!("{:.1}", rd.x)).unwrap_or_default()),
    ("rd_y", |row| row.entry.rd.map(|rd| format!("{:.1}", rd.y)).unwrap_or_default()),
    ("location_precision", |row| name(row.facts.location.as_ref().map(|at| at.precision))),
    ("uncertainty_radius_m", |row| text(row.facts.location.as_ref().map(|at| at.uncertainty_radius_m))),
    ("facilities", |row| names(&row.facts.facilities)),
    ("activities", |row| names(&row.facts.activities)),
];

/// Behind them.
static LAST: [Column; 5] = [
    ("updated_at", |row| row.facts.updated_at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)),
    ("sources", |row| {
        let told = row.edition.sources_of(row.place).map(|(source, _)| source.url.as_deref().unwrap_or(&source.title));
        told.collect::<Vec<_>>().join("|")
    }),
    ("licence", |row| row.terms().iter().map(|(licence, _)| *licence).collect::<Vec<_>>().join("|")),
    ("attribution", |row| row.terms().iter().map(|(_, attribution)| *attribution).collect::<Vec<_>>().join("|")),
    ("edition", |row| row.edition.id.clone()),
];

/// Places of an edition as CSV with their sources.
///
/// # Errors
/// When it cannot be written, which means out of memory.
pub fn write_csv(edition: &Edition, places: &[u32]) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let of = |columns: &'static [Column]| columns.iter().map(|(name, _)| (*name).to_owned());
    writer.write_record(of(&FIRST).chain(PLAIN.iter().map(PlainField::column)).chain(of(&LAST)))?;
    for place in places {
        let entry = edition.place(*place);
        let facts = &entry.facts;
        let row =
            Row { edition, place: *place, entry, facts, municipality: &edition.municipality(entry.municipality).facts };
        let of = |columns: &'static [Column]| columns.iter().map(|(_, cell)| cell(&row));
        let plain = PLAIN.iter().map(|plain| match (plain.of)(facts) {
            Cell::Unknown => String::new(),
            Cell::Text(text) | Cell::Site(text) | Cell::Term(_, text) => text.to_owned(),
            Cell::Number(number) => number.to_string(),
            Cell::Is(is) => is.to_string(),
        });
        // A name that an import brought must not be computed by a spreadsheet; what is read back in is as it was.
        let cells = of(&FIRST).chain(plain).chain(of(&LAST));
        writer.write_record(cells.map(|cell| defuse(&cell).into_owned()))?;
    }
    writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))
}

fn text(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

fn name(term: Option<impl Term>) -> String {
    term.map(|term| term.name().to_owned()).unwrap_or_default()
}

fn names<T: Term>(terms: &[T]) -> String {
    terms.iter().map(|term| term.name()).collect::<Vec<_>>().join("|")
}
