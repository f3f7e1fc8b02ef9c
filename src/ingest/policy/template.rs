//! The file in which a municipality keeps its policy: a row a document, as workbook or CSV.
//!
//! With `filled` it holds the documents as they are known; reading it back says exactly what is known already.

use chrono::NaiveDate;
use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use super::column::{Column, PolicyWords};
use crate::{
    findings::defuse,
    ingest::tabular::{
        cell::CLEAR,
        columns::ColumnInfo,
        template::{
            TemplateError, TemplateFormat,
            sheets::{self, Explanation, List, Lists},
            style::{fixed_format, heading_format, hint, text_format},
        },
    },
    model::{Facts, Municipality, MunicipalityCode, PolicyDocument, vocabulary::PolicyTheme},
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
        let cells = |document: &&PolicyDocument| {
            let cells = self.columns().iter().map(|info| self.value(document, info.column));
            cells.map(|text| defuse(&text).into_owned()).collect()
        };
        let headings = self.columns().iter().map(|info| info.heading.as_str());
        Ok(sheets::csv(headings, self.documents.iter().map(cells))?)
    }

    fn xlsx(&self) -> Result<Vec<u8>, TemplateError> {
        let title = format!("Beleid over ontmoetingsplekken in {}", self.municipality.name);
        let mut workbook = sheets::workbook(&title, self.today)?;
        self.explain(workbook.add_worksheet())?;
        self.list(workbook.add_worksheet())?;
        self.lists().write(workbook.add_worksheet(), 44.0)?;
        Ok(workbook.save_to_buffer()?)
    }

    /// The sheet Uitleg.
    fn explain(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
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
        let explanation = Explanation {
            title: format!("Beleid over ontmoetingsplekken in {}: uitleg", self.municipality.name),
            widths: &[44.0, 40.0, 90.0],
            lines: &lines,
            headings: &["kolom van het blad Beleidsstukken", "Engelse naam", "wat erin staat"],
        };
        explanation.of_columns(sheet, self.columns())
    }

    /// The sheet Beleidsstukken.
    fn list(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let (bold, text, fixed) = (heading_format(), text_format(), fixed_format());
        let number = Format::new().set_num_format("0");
        sheet.set_name("Beleidsstukken")?;
        let lists = self.lists();
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
            if let Some(choice) = lists.drop_down(&info.column)? {
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

    /// The choices of the sheet Lijsten.
    fn lists(&self) -> Lists<'_, Column> {
        let words = &self.words;
        let list = |of, heading, choices| List { of, heading, choices };
        let mut lists = vec![
            list(vec![Column::Kind], "soort stuk", words.kinds.labels().collect()),
            list(vec![Column::Stance], "strekking", words.stances.labels().chain([CLEAR]).collect()),
        ];
        for info in self.columns() {
            if let Column::Status(theme) = info.column {
                let statuses = words.statuses(theme).into_iter().chain(["-", CLEAR]).collect();
                lists.push(list(vec![info.column], &info.heading, statuses));
            }
        }
        let of_support = self.columns().iter().map(|info| info.column);
        let of_support = of_support.filter(|column| matches!(column, Column::Support(_))).collect();
        lists.push(list(of_support, "ondersteuning", vec!["ja", "-", CLEAR]));
        // To copy from: a cell takes one choice, and a document has several themes.
        lists.push(list(Vec::new(), "thema’s", words.themes.labels().collect()));
        Lists(lists)
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
