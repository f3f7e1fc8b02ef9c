//! Whose word the lists of places are, and what they say.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use chrono::{DateTime, NaiveDate, Utc};

use super::{municipality_sheet::MunicipalitySheet, row::PlaceRow, workbook::Workbook};
use crate::{
    claims::{At, Record, Sender},
    edition::Edition,
    findings::{Finding, Rule},
    ingest::{batch::Batch, whereabouts::Whereabouts},
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
    /// The municipality of rows and sheets that do not say it; it is derived where `None`.
    pub municipality: Option<MunicipalityCode>,
}

/// A file that was read, with the name by which the report calls it.
pub struct File {
    /// Its name.
    pub name: Arc<str>,
    /// What stands in it.
    pub workbook: Workbook,
}

/// The records of files, those of each municipality under the source that speaks for it.
pub fn batch(books: &Books, edition: &Edition, files: &[File], said: &Said, now: DateTime<Utc>) -> Batch {
    let mut batch = Batch::default();
    let whereabouts = Whereabouts::of(&books.facts, edition, said.municipality.clone());
    let mut groups: BTreeMap<Option<MunicipalityCode>, Vec<Record>> = BTreeMap::new();
    let known: HashMap<&str, &MunicipalityCode> =
        books.facts.places.iter().map(|place| (place.key.as_str(), &place.municipality)).collect();
    for file in files {
        batch.report.append(file.workbook.report.clone());
        let sheet = file.workbook.municipality.as_ref();
        let mut spoken_for = BTreeSet::new();
        let speaks_for = sheet.and_then(|sheet| sheet.municipality.as_ref());
        let mut rows = whereabouts.rows(&file.name);
        for row in &file.workbook.rows {
            let mut row = row.clone();
            rows.complete(&mut row, speaks_for);
            let record = record(&file.name, &row, sheet, said, now);
            let municipality = municipality_of(&record, &known);
            spoken_for.extend(municipality.clone());
            match (&municipality, speaks_for) {
                (Some(municipality), Some(speaks_for)) if municipality != speaks_for => {
                    let name = record.name().unwrap_or_default();
                    let details = vec![named(municipality, books), named(speaks_for, books)];
                    let finding = Finding::new(&file.name, row.sheet.as_ref(), Rule::OtherMunicipalitysRow, name);
                    batch.report.add(Finding { row: Some(row.row), details, ..finding });
                    batch.refused += 1;
                }
                _ => groups.entry(municipality).or_default().push(record),
            }
        }
        batch.report.extend(rows.told());
        // With a sheet of its own the file says whose it is, and rows of others are refused.
        if sheet.is_none() {
            batch.report.extend(several_municipalities(&file.name, spoken_for, books, said));
        }
        if let Some(sheet) = sheet.filter(|_| said.by == Authority::Municipality) {
            let mut sender = sender(said, sheet.municipality.as_ref(), books, now);
            sender.source.published = sheet.stated.or(said.on).day(now.date_naive()).map(Into::into);
            batch.sheets.push((sender, sheet.clone(), file.name.clone()));
        }
    }
    batch.groups = groups
        .into_iter()
        .map(|(municipality, records)| (sender(said, municipality.as_ref(), books, now), records))
        .collect();
    batch
}

fn record(
    file: &Arc<str>,
    row: &PlaceRow,
    sheet: Option<&MunicipalitySheet>,
    said: &Said,
    now: DateTime<Utc>,
) -> Record {
    let of_sheet = sheet.map(|sheet| sheet.stated).unwrap_or_default();
    Record {
        at: At { file: file.clone(), sheet: row.sheet.clone(), row: row.row },
        key: row.key.clone(),
        municipality: row.municipality.clone(),
        may_be_new: true,
        stated: row.stated.or(of_sheet).or(said.on).day(now.date_naive()),
        statements: row
            .statements
            .iter()
            .filter(|statement| !matches!(statement, Statement::Municipality(_)))
            .cloned()
            .collect(),
        cleared: row.cleared.clone(),
    }
}

fn named(code: &MunicipalityCode, books: &Books) -> String {
    let known = books.facts.municipalities.iter().find(|known| known.code == *code);
    known.map_or_else(|| code.to_string(), |known| known.name.clone())
}

/// The municipality that a record names or that its place lies in.
fn municipality_of(record: &Record, known: &HashMap<&str, &MunicipalityCode>) -> Option<MunicipalityCode> {
    let of_place = || record.key.as_ref().and_then(|key| known.get(key.as_str())).copied();
    record.municipality.as_ref().or_else(of_place).cloned()
}

/// That one file speaks for several municipalities, each with the word of its own.
pub(crate) fn several_municipalities(
    file: &Arc<str>,
    municipalities: BTreeSet<MunicipalityCode>,
    books: &Books,
    said: &Said,
) -> Option<Finding> {
    let is_told = said.by == Authority::Municipality && municipalities.len() > 1;
    let names: Vec<String> = municipalities.iter().map(|code| named(code, books)).collect();
    is_told.then(|| Finding::new(file, None, Rule::SeveralMunicipalities, &names.join(", ")))
}

/// Who speaks for a municipality; `None`: for none that is known.
pub(crate) fn sender(
    said: &Said,
    municipality: Option<&MunicipalityCode>,
    books: &Books,
    now: DateTime<Utc>,
) -> Sender {
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
    // Without one nothing is known of what may be done with it.
    let layer = Layer::of_statements(said.licence.as_deref().unwrap_or_default());
    Sender {
        source: Source {
            id,
            layer: layer.key.clone(),
            title,
            url: said.url.clone(),
            licence: said.licence.clone(),
            published: None,
            retrieved: Some(now.date_naive()),
        },
        authority: said.by,
        layer,
        may_repeat: false,
        is_inventory: said.by == Authority::Municipality,
        only_recognises: false,
        is_whole: false,
        restates: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        findings::Report,
        ingest::{places::row::PlaceRow, tabular::stated::Stated},
    };

    #[test]
    fn a_file_of_one_municipality_does_not_speak_for_another() {
        let books = crate::testing::books();
        let row = |row, code: &str| PlaceRow {
            sheet: None,
            row,
            key: None,
            name: Some("Het Honk".to_owned()),
            municipality: Some(code.parse().unwrap()),
            settlement: None,
            is_elsewhere: false,
            stated: Stated::Unsaid,
            statements: vec![Statement::Name("Het Honk".to_owned()), Statement::Settlement("Ommen".to_owned())],
            cleared: Vec::new(),
        };
        let sheet = MunicipalitySheet { municipality: Some("GM0148".parse().unwrap()), ..MunicipalitySheet::default() };
        let rows = vec![row(2, "GM0148"), row(3, "GM0175")];
        let file = |municipality| File {
            name: "x.xlsx".into(),
            workbook: Workbook { rows: rows.clone(), municipality, report: Report::default() },
        };
        let said =
            Said { by: Authority::Municipality, title: None, url: None, licence: None, on: None, municipality: None };
        let edition = Edition::build(books.facts.clone()).unwrap();
        let batch = |municipality| {
            batch(&books, &edition, &[file(municipality)], &said, "2026-12-01T09:00:00Z".parse().unwrap())
        };
        let with_sheet = batch(Some(sheet));
        assert_eq!((with_sheet.groups.len(), with_sheet.refused), (1, 1));
        let told = with_sheet.report.to_text(crate::model::Language::Nl, 10);
        assert!(told.contains("een plek in Ommen, en het bestand is de opgave van Dalfsen"), "{told}");
        // Without a sheet nobody is spoken for: the province can send one list of all.
        assert_eq!((batch(None).groups.len(), batch(None).refused), (2, 0));
    }
}
