//! The source `places`: lists of places in the columns of the template, by a municipality or somebody who speaks for one.

use std::{collections::BTreeMap, sync::Arc};

use chrono::{DateTime, NaiveDate, Utc};

use super::{
    At, CC0, Record, Sender, batch::Batch, municipality::MunicipalitySheet, row::PlaceRow, workbook::Workbook,
};
use crate::{
    model::{Authority, Books, Layer, MunicipalityCode, Source, Statement},
    search::fold,
};

/// Who says what the files say, and when.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    /// How much the word counts.
    pub by: Authority,
    /// The name of the source; that of the municipality where `None`.
    pub title: Option<String>,
    /// Where the source stands.
    pub url: Option<String>,
    /// The licence under which it may be published, as an SPDX identifier.
    pub licence: Option<String>,
    /// The day on which it was said, for rows and sheets that have none of their own; that of the import where `None`.
    pub on: Option<NaiveDate>,
}

/// A file that was read, with the name by which the report calls it.
pub struct File {
    /// Its name.
    pub name: Arc<str>,
    /// What stands in it.
    pub workbook: Workbook,
}

/// The records of files, those of each municipality under the source that speaks for it.
pub fn batch(books: &Books, files: &[File], said: &Said, now: DateTime<Utc>) -> Batch {
    let mut batch = Batch::default();
    let mut groups: BTreeMap<Option<MunicipalityCode>, Vec<Record>> = BTreeMap::new();
    for file in files {
        batch.report.append(file.workbook.report.clone());
        let sheet = file.workbook.municipality.as_ref();
        for row in &file.workbook.rows {
            let record = record(&file.name, row, sheet, said);
            groups.entry(municipality_of(&record, books)).or_default().push(record);
        }
        if let Some(sheet) = sheet.filter(|_| said.by == Authority::Municipality) {
            let source = sender(said, sheet.municipality.as_ref(), books, now).source;
            batch.sheets.push((source, sheet.clone()));
        }
    }
    batch.groups = groups
        .into_iter()
        .map(|(municipality, records)| (sender(said, municipality.as_ref(), books, now), records))
        .collect();
    batch
}

fn record(file: &Arc<str>, row: &PlaceRow, sheet: Option<&MunicipalitySheet>, said: &Said) -> Record {
    Record {
        at: At { file: file.clone(), sheet: row.sheet.clone(), row: row.row },
        key: row.key.clone(),
        municipality: row.municipality.clone().or_else(|| match row.key {
            // A key says more than the sheet that the row stands beside.
            Some(_) => None,
            None => sheet.and_then(|sheet| sheet.municipality.clone()),
        }),
        may_be_new: true,
        stated: row.stated.or_else(|| sheet.and_then(|sheet| sheet.stated)).or(said.on),
        statements: row
            .statements
            .iter()
            .filter(|statement| !matches!(statement, Statement::Municipality(_)))
            .cloned()
            .collect(),
    }
}

/// The municipality that a record names or that its place lies in.
fn municipality_of(record: &Record, books: &Books) -> Option<MunicipalityCode> {
    let by_key = |key: &String| books.facts.places.iter().find(|place| place.key == *key);
    let of_place = || record.key.as_ref().and_then(by_key).map(|place| place.municipality.clone());
    record.municipality.clone().or_else(of_place)
}

fn sender(said: &Said, municipality: Option<&MunicipalityCode>, books: &Books, now: DateTime<Utc>) -> Sender {
    let code = municipality.map_or("overijssel", MunicipalityCode::as_str);
    let known = books.facts.municipalities.iter().find(|known| Some(&known.code) == municipality);
    let of = known.map_or_else(|| "de gemeente".to_owned(), |known| format!("de gemeente {}", known.name));
    let (id, title) = match (said.by, &said.title) {
        (Authority::Municipality, title) => {
            (format!("municipality-{code}"), title.clone().unwrap_or_else(|| format!("Opgave van {of}")))
        }
        (_, Some(title)) => (format!("list-{}", fold(title).replace(' ', "-")), title.clone()),
        (_, None) => ("list".to_owned(), "Lijst van ontmoetingsplekken".to_owned()),
    };
    Sender {
        source: Source {
            id,
            title,
            url: said.url.clone(),
            licence: said.licence.clone(),
            published: None,
            retrieved: Some(now.date_naive()),
        },
        authority: said.by,
        layer: layer(said),
        may_repeat: false,
        is_inventory: said.by == Authority::Municipality,
    }
}

/// One layer for each licence, since a layer has one.
fn layer(said: &Said) -> Layer {
    let licence = said.licence.clone().unwrap_or_default();
    let is_cc0 = licence == "CC0-1.0";
    Layer {
        key: format!("statements-{}", licence.to_lowercase()),
        title: "Opgaven van gemeenten en organisaties over hun ontmoetingsplekken".to_owned(),
        licence_url: is_cc0.then(|| CC0.to_owned()),
        licence,
        attribution: "Bron: de gemeente of organisatie die bij de plek genoemd is".to_owned(),
        reference_date: None,
    }
}
