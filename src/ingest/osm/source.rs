//! Reads maps, and says what their elements say of places.

use std::{
    fs::File,
    io::{BufReader, Read, Seek, SeekFrom},
    path::Path,
    sync::Arc,
};

use chrono::NaiveDate;

use super::{
    element::Extract,
    error::OsmError,
    overpass, pbf,
    tags::{self, Part, Words},
};
use crate::{
    claims::{At, Record, Sender, plausibility::Surroundings},
    edition::Edition,
    findings::{Finding, Report, Rule},
    ingest::{
        batch::Batch,
        progress::{Watch, Watched},
    },
    model::{
        Authority, Layer, Location, MunicipalityCode, Source, Statement,
        vocabulary::{LocationPrecision, SettlementKind},
    },
    search::fold,
    spatial::Wgs84,
};

/// The source and the layer of what OpenStreetMap says.
pub const OPENSTREETMAP: &str = Layer::OPENSTREETMAP;

/// Reads a file, whose format is told by its content.
///
/// Of a `.osm.pbf` no more is in memory than one block and the elements that are wanted, whatever its size.
///
/// # Errors
/// [`OsmError`], one sentence on why nothing can be read.
pub fn read(path: &Path, watch: &Watch) -> Result<Extract, OsmError> {
    let file = Watched::new(File::open(path).map_err(OsmError::Io)?, watch).map_err(OsmError::Io)?;
    extract(BufReader::with_capacity(1 << 16, file))
}

fn extract(mut reader: impl Read + Seek) -> Result<Extract, OsmError> {
    let mut head = Vec::new();
    reader.by_ref().take(64).read_to_end(&mut head).map_err(OsmError::Io)?;
    reader.seek(SeekFrom::Start(0)).map_err(OsmError::Io)?;
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&head).trim_ascii_start();
    match text {
        _ if pbf::is_pbf(&head) => pbf::read(reader),
        [] => Err(OsmError::Empty),
        [b'{', ..] => overpass::read(reader),
        [b'<', ..] => Err(OsmError::OtherFormat("XML")),
        [0x1f, 0x8b, ..] => Err(OsmError::OtherFormat("gzip")),
        [b'B', b'Z', b'h', ..] => Err(OsmError::OtherFormat("bzip2")),
        [b'P', b'K', ..] => Err(OsmError::OtherFormat("zip")),
        _ => Err(OsmError::Unknown),
    }
}

/// Adds what a file says to a batch.
///
/// `on` is the day on which it was said where the file does not tell, else that is `today`.
pub fn add(
    batch: &mut Batch,
    file: &Arc<str>,
    extract: &Extract,
    edition: &Edition,
    on: Option<NaiveDate>,
    today: NaiveDate,
) {
    let day = extract.day.filter(|day| *day <= today).or(on).unwrap_or(today);
    let words = Words::of_this_release();
    let map = Map { edition, surroundings: Surroundings::of(edition, &[]) };
    let mut report = Report::default();
    let (mut nowhere, mut elsewhere, mut unnamed, mut misnamed) = (0, 0, 0, 0);
    let mut records = Vec::new();
    for element in &extract.elements {
        let Some(at) = element.at else {
            nowhere += 1;
            continue;
        };
        let Some(municipality) = edition.municipality_at(at) else {
            elsewhere += 1;
            continue;
        };
        let code = edition.municipality(municipality).facts.code.clone();
        let said = tags::read(&element.tags, &words, today);
        let is_misnamed = said.has_refused_name();
        let at_element = At { file: file.clone(), sheet: Some(element.id.to_string().into()), row: 0 };
        for tags::Trouble { rule, key, value, details } in said.troubles {
            let column = Some(key.into());
            report.add(Finding { column, details, ..Finding::new(file, at_element.sheet.as_ref(), rule, &value) });
        }
        let Some(name) = said.name else {
            // What was refused has been told.
            *(if is_misnamed { &mut misnamed } else { &mut unnamed }) += 1;
            continue;
        };
        let mut statements = vec![Statement::Name(name)];
        statements.extend(map.settlement(&code, said.town.as_deref(), at).map(Statement::Settlement));
        statements.push(Statement::Location(Location {
            lon: at.lon,
            lat: at.lat,
            // Somebody drew it there, from an aerial photograph or standing before it.
            precision: LocationPrecision::Address,
            uncertainty_radius_m: 0.0,
            outline: None,
        }));
        statements.extend(said.statements);
        let record = Record {
            at: at_element,
            key: None,
            municipality: Some(code),
            may_be_new: said.may_be_new,
            stated: Some(said.checked.unwrap_or(day)),
            statements,
        };
        records.push((said.part, element.id, record));
    }
    // A library in a new place is recognised when the place is there, and what is said of the place itself is heard first.
    // The same elements give the same data in whatever order a file has them.
    records.sort_by_key(|(part, id, _)| (*part == Part::Something, *id));
    records.dedup_by_key(|(_, id, _)| *id);
    let records = records.into_iter().map(|(.., record)| record).collect();
    let mut count = |rule, number: usize| {
        if number > 0 {
            report.add(Finding::new(file, None, rule, &number.to_string()));
        }
    };
    count(Rule::MapElementUnreadable, extract.unreadable);
    count(Rule::MapElementNowhere, nowhere);
    count(Rule::MapElementElsewhere, elsewhere);
    count(Rule::MapElementUnnamed, unnamed);
    if let Some(remark) = &extract.remark {
        report.add(Finding::new(file, None, Rule::MapIncomplete, remark));
    }
    batch.report.append(report);
    batch.refused += extract.unreadable + nowhere + misnamed;
    batch.left_aside += elsewhere + unnamed;
    batch.groups.push((sender(day, today), records));
}

fn sender(day: NaiveDate, today: NaiveDate) -> Sender {
    Sender {
        source: Source {
            id: OPENSTREETMAP.to_owned(),
            layer: OPENSTREETMAP.to_owned(),
            title: "OpenStreetMap".to_owned(),
            url: Some("https://www.openstreetmap.org/copyright".to_owned()),
            licence: Some("ODbL-1.0".to_owned()),
            published: Some(day.into()),
            retrieved: Some(today),
        },
        authority: Authority::Openstreetmap,
        layer: Layer {
            key: OPENSTREETMAP.to_owned(),
            title: "Ontmoetingsplekken in OpenStreetMap".to_owned(),
            licence: "ODbL-1.0".to_owned(),
            licence_url: Some("https://opendatacommons.org/licenses/odbl/1-0/".to_owned()),
            attribution: "© OpenStreetMap-bijdragers".to_owned(),
            // The day of the newest map is that of the source; what is known of a layer stays.
            reference_date: None,
        },
        // A house and the node in it, or the library in the house.
        may_repeat: true,
        is_inventory: false,
        is_whole: false,
        restates: true,
        only_recognises: false,
    }
}

/// What points are held against.
struct Map<'a> {
    edition: &'a Edition,
    surroundings: Surroundings<'a>,
}

impl Map<'_> {
    /// In which settlement of a municipality a point lies: the town of its address where that is one of the municipality
    /// and not far, else the outline that holds the point. `None`: in none.
    fn settlement(&self, municipality: &MunicipalityCode, town: Option<&str>, at: Wgs84) -> Option<String> {
        let index = self.edition.municipality_by_code(municipality)?;
        let of_municipality = || self.edition.settlements().iter().filter(move |entry| entry.municipality == index);
        let is_near = |town: &&str| self.surroundings.astray(municipality, &[town], at).is_none();
        let town = town.filter(is_near).filter(|town| {
            let town = fold(town);
            of_municipality().any(|entry| fold(&entry.facts.name) == town)
        });
        if let Some(town) = town {
            return Some(town.to_owned());
        }
        // A district lies in a town; what is asked is the town.
        let around = of_municipality().filter(|entry| entry.region.contains(at));
        let largest = around.max_by(|one, other| {
            let is_town = |kind| kind == SettlementKind::Woonkern;
            let rank = |facts: &crate::model::Settlement| (is_town(facts.kind), facts.area_ha);
            let ((one_is, one_ha), (other_is, other_ha)) = (rank(&one.facts), rank(&other.facts));
            one_is.cmp(&other_is).then(one_ha.total_cmp(&other_ha))
        });
        largest.map(|entry| entry.facts.name.clone())
    }
}

#[cfg(test)]
mod tests;
