//! The file in which a municipality keeps its policy: a row a document, as workbook or CSV.
//!
//! With `filled` it holds the documents as they are known; reading it back says exactly what is known already.

use chrono::{Datelike as _, NaiveDate};
use rust_xlsxwriter::{DataValidation, DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::column::{Column, PolicyWords};
use crate::{
    findings::defuse,
    ingest::tabular::{
        cell::CLEAR,
        columns::ColumnInfo,
        style::{fixed_format, heading_format, hint, refusing, text_format, title_format, wrapped_format},
        template::{TemplateError, TemplateFormat},
    },
    model::{
        Facts, Municipality, MunicipalityCode, PolicyDocument,
        vocabulary::{PolicyTheme, Term},
    },
};

/// Rows below the last document that have drop-downs as well.
const SPARE_ROWS: u32 = 200;

/// The template of a municipality's policy, with its documents as they are known where `filled`, newest first.
///
/// # Errors
/// [`TemplateError`], when there is no such municipality; else none that a writer into memory is known to have.
pub fn template(
    facts: &Facts,
    municipality: &MunicipalityCode,
    filled: bool,
    format: TemplateFormat,
    today: NaiveDate,
) -> Result<Vec<u8>, TemplateError> {
    let known = facts.municipalities.iter().find(|known| known.code == *municipality);
    let known = known.ok_or_else(|| TemplateError::UnknownMunicipality(municipality.clone()))?;
    let mut documents: Vec<&PolicyDocument> =
        facts.policy_documents.iter().filter(|document| filled && document.municipality == *municipality).collect();
    documents.sort_by(|a, b| b.year.cmp(&a.year).then_with(|| a.key.cmp(&b.key)));
    let writer = Writer { facts, words: PolicyWords::new(facts, today), municipality: known, documents, today };
    match format {
        TemplateFormat::Xlsx => writer.xlsx(),
        TemplateFormat::Csv => writer.csv(),
    }
}

struct Writer<'a> {
    facts: &'a Facts,
    words: PolicyWords,
    municipality: &'a Municipality,
    documents: Vec<&'a PolicyDocument>,
    today: NaiveDate,
}

impl Writer<'_> {
    fn columns(&self) -> &[ColumnInfo<Column>] {
        self.words.columns.all()
    }

    /// What stands in a cell; empty where nothing is known.
    fn value(&self, document: &PolicyDocument, column: Column) -> String {
        let words = &self.words;
        let own = || self.facts.policy_statuses.iter().filter(|status| status.document == document.key);
        let of = |theme: PolicyTheme| own().filter(move |status| status.status.theme() == theme);
        match column {
            Column::Key => document.key.clone(),
            Column::Municipality => self.municipality.name.clone(),
            Column::Title => document.title.clone(),
            Column::Kind => words.kinds.label(document.kind).to_owned(),
            Column::Stance => document.stance.map(|stance| words.stances.label(stance).to_owned()).unwrap_or_default(),
            Column::Year => document.year.map(|year| year.to_string()).unwrap_or_default(),
            Column::Themes => {
                document.themes.iter().map(|theme| words.themes.label(*theme)).collect::<Vec<_>>().join(" | ")
            }
            Column::Summary => document.summary.clone(),
            Column::Url => {
                let source = self.facts.sources.iter().find(|source| source.id == document.source);
                source.and_then(|source| source.url.clone()).unwrap_or_default()
            }
            Column::Status(theme) => {
                of(theme).next().map(|status| words.label(status.status).to_owned()).unwrap_or_default()
            }
            Column::Support(kind) => {
                let holds = own().any(|status| status.status == kind);
                if holds { "ja".to_owned() } else { String::new() }
            }
            // One ground a theme; where kinds of support have grounds of their own, an empty cell leaves each its own.
            Column::Ground(theme) => {
                let mut grounds: Vec<&String> = of(theme).map(|status| &status.ground).collect();
                grounds.dedup();
                if let [ground] = grounds.as_slice() { (*ground).clone() } else { String::new() }
            }
            Column::StatedOn => String::new(),
        }
    }

    fn csv(&self) -> Result<Vec<u8>, TemplateError> {
        let mut writer = csv::WriterBuilder::new()
            .delimiter(b';')
            .terminator(csv::Terminator::CRLF)
            .from_writer("\u{feff}".as_bytes().to_vec());
        writer.write_record(self.columns().iter().map(|info| info.heading.as_str()))?;
        for document in &self.documents {
            let cells = self.columns().iter().map(|info| self.value(document, info.column));
            writer.write_record(cells.map(|text| defuse(&text).into_owned()))?;
        }
        Ok(writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))?)
    }

    fn xlsx(&self) -> Result<Vec<u8>, TemplateError> {
        let mut workbook = Workbook::new();
        let year = u16::try_from(self.today.year()).unwrap_or(u16::MAX);
        // Its clock would make each file another one.
        let [month, day] = [self.today.month(), self.today.day()].map(|part| u8::try_from(part).unwrap_or(1));
        let created = ExcelDateTime::from_ymd(year, month, day)?;
        let title = format!("Beleid over ontmoetingsplekken in {}", self.municipality.name);
        workbook.set_properties(
            &DocProperties::new().set_title(title).set_author("noaber").set_creation_datetime(&created),
        );
        self.explain(workbook.add_worksheet())?;
        self.list(workbook.add_worksheet())?;
        self.choices(workbook.add_worksheet())?;
        Ok(workbook.save_to_buffer()?)
    }

    /// The sheet Uitleg.
    fn explain(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let (bold, wrapped) = (heading_format(), wrapped_format());
        sheet.set_name("Uitleg")?;
        sheet.set_column_width(0, 44)?.set_column_width(1, 40)?.set_column_width(2, 90)?;
        let name = &self.municipality.name;
        let title = format!("Beleid over ontmoetingsplekken in {name}: uitleg");
        sheet.write_string_with_format(0, 0, title, &title_format())?;
        let lines = [
            "Op het blad Beleidsstukken staat elk stuk op een eigen rij: een visie, een regeling, een raadsbesluit, een bericht daarover.",
            "Een lege cel betekent: niet bekend. Zo’n cel zegt niets en wist niets.",
            "wis betekent: wat wij hier eerder opgaven, geldt niet meer. Dat kan bij strekking, jaar, thema’s en wat het stuk per thema laat zien.",
            "Per thema staat er wat het stuk laat zien. Vul dat alleen in bij een besluit dat geldt, met de zin of het besluit waaruit het blijkt in de kolom grond.",
            "Bij ondersteuning betekent ja: het stuk laat dit zien; -: het laat dit niet zien. Een - haalt ook weg wat er ten onrechte staat.",
            "Een stuk dat u mist, zet u op een nieuwe rij; laat de sleutel dan leeg. Nodig zijn titel, soort stuk en samenvatting.",
            "Een rij die u verwijdert, haalt het stuk niet weg. Is een stuk verlopen, kies dan Verlopen bij strekking.",
            "Verander de sleutel niet: daaraan herkennen we het stuk.",
            "Wat de gemeente opgeeft, gaat voor wat op internet is gevonden; dat blijft bewaard met zijn bron.",
            "Zet geen namen, mailadressen of telefoonnummers van personen in deze lijst. Een cel waarin we zoiets herkennen, nemen we niet over; niet elke naam is te herkennen.",
            "Wat u opgeeft, wordt als open data gepubliceerd onder CC0 1.0: iedereen mag het gebruiken, zonder voorwaarden. De gemeente blijft als bron genoemd.",
        ];
        let mut row = 2;
        for line in lines {
            sheet.merge_range(row, 0, row, 2, line, &wrapped)?;
            // Merged cells do not grow with their text.
            sheet.set_row_height(row, if line.chars().count() > 150 { 32 } else { 17 })?;
            row += 1;
        }
        row += 1;
        for (column, heading) in (0..).zip(["kolom van het blad Beleidsstukken", "Engelse naam", "wat erin staat"]) {
            sheet.write_string_with_format(row, column, heading, &bold)?;
        }
        for info in self.columns() {
            row += 1;
            sheet.write_string_with_format(row, 0, &info.heading, &wrapped)?;
            sheet.write_string_with_format(row, 1, &info.key, &wrapped)?;
            sheet.write_string_with_format(row, 2, &info.explanation, &wrapped)?;
        }
        Ok(())
    }

    /// The sheet Beleidsstukken.
    fn list(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let (bold, text, fixed) = (heading_format(), text_format(), fixed_format());
        let number = Format::new().set_num_format("0");
        sheet.set_name("Beleidsstukken")?;
        let last = u32::try_from(self.documents.len()).unwrap_or(u32::MAX);
        let last_row = last.saturating_add(SPARE_ROWS);
        for (position, info) in (0_u16..).zip(self.columns()) {
            let format = match info.column {
                Column::Key => &fixed,
                Column::Year => &number,
                _ => &text,
            };
            sheet.set_column_width(position, width(info.column))?;
            sheet.set_column_format(position, format)?;
            sheet.write_string_with_format(0, position, &info.heading, &bold)?;
            sheet.add_data_validation(0, position, 0, position, &hint(info)?)?;
            if let Some(choice) = self.choice(info.column)? {
                sheet.add_data_validation(1, position, last_row, position, &choice)?;
            }
        }
        for (row, document) in (1..).zip(&self.documents) {
            for (position, info) in (0_u16..).zip(self.columns()) {
                let value = self.value(document, info.column);
                match (info.column, document.year) {
                    _ if value.is_empty() => continue,
                    (Column::Year, Some(year)) => sheet.write_number_with_format(row, position, year, &number)?,
                    (Column::Key, _) => sheet.write_string_with_format(row, position, value, &fixed)?,
                    _ => sheet.write_string_with_format(row, position, defuse(&value), &text)?,
                };
            }
        }
        let last_column = u16::try_from(self.columns().len().saturating_sub(1)).unwrap_or(u16::MAX);
        sheet.autofilter(0, 0, last.max(1), last_column)?;
        // The heading, and key to title.
        sheet.set_freeze_panes(1, 3)?;
        sheet.set_active(true);
        Ok(())
    }

    /// The drop-down of a column, out of the sheet Lijsten.
    fn choice(&self, column: Column) -> Result<Option<DataValidation>, XlsxError> {
        let lists = self.lists();
        let Some(index) = lists.iter().position(|(of, _, _)| of.contains(&column)) else { return Ok(None) };
        let letter = crate::findings::report::letters(u16::try_from(index).unwrap_or(u16::MAX));
        let last = lists[index].2.len() + 1;
        let list = format!("=Lijsten!${letter}$2:${letter}${last}");
        Ok(Some(refusing(DataValidation::new().allow_list_formula(list.as_str().into()))?))
    }

    /// The choices: of which columns, under which heading, which.
    fn lists(&self) -> Vec<(Vec<Column>, String, Vec<&str>)> {
        let words = &self.words;
        let mut lists = vec![
            (vec![Column::Kind], "soort stuk".to_owned(), words.kinds.labels().collect()),
            (vec![Column::Stance], "strekking".to_owned(), words.stances.labels().chain([CLEAR]).collect()),
        ];
        for theme in PolicyTheme::all().filter(|theme| !theme.has_several()) {
            let mut statuses = words.statuses(theme);
            statuses.extend(["-", CLEAR]);
            lists.push((vec![Column::Status(theme)], format!("{}: stand", words.themes.label(theme)), statuses));
        }
        let of_support = self.columns().iter().map(|info| info.column);
        let of_support = of_support.filter(|column| matches!(column, Column::Support(_))).collect();
        lists.push((of_support, "ondersteuning".to_owned(), vec!["ja", "-", CLEAR]));
        // To copy from: a cell takes one choice, and a document has several themes.
        lists.push((Vec::new(), "thema’s".to_owned(), words.themes.labels().collect()));
        lists
    }

    /// The sheet Lijsten.
    fn choices(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let bold = heading_format();
        sheet.set_name("Lijsten")?;
        for (position, (_, heading, choices)) in (0_u16..).zip(self.lists()) {
            sheet.set_column_width(position, 44)?;
            sheet.write_string_with_format(0, position, heading, &bold)?;
            for (row, choice) in (1..).zip(choices) {
                sheet.write_string(row, position, choice)?;
            }
        }
        sheet.set_freeze_panes(1, 0)?;
        Ok(())
    }
}

fn width(column: Column) -> f64 {
    match column {
        Column::Title | Column::Summary | Column::Url | Column::Ground(_) => 48.0,
        Column::Key | Column::Kind | Column::Stance | Column::Themes | Column::Status(_) => 30.0,
        Column::Municipality | Column::Support(_) => 20.0,
        Column::Year | Column::StatedOn => 14.0,
    }
}
