//! The file that a municipality fills in: an Excel workbook with drop-downs and an explanation, or CSV.
//!
//! It holds the columns that [`column`](super::column) has for it, and with `filled` the places as they are known, so that
//! reading it back says of each place exactly what is known of it already. The same facts and day give the same bytes.
//!
//! - A text that begins with `=`, `+`, `-` or `@` gets an apostrophe before it, in both formats, which the reader takes
//!   away again. An apostrophe that belongs to a name (`'t Hoekje`) stays.
//! - A coarse location, the inner point of a village, is left out: it would come back as that of the building.
//! - In CSV coordinates have a decimal comma. A Dutch Excel takes `6.875486` for almost seven million.
//! - CSV has no second sheet, so it cannot say that the list is complete.

use chrono::NaiveDate;
use rust_xlsxwriter::{DataValidation, Format, IgnoreError, Worksheet, XlsxError};

use super::{
    column::{Column, Lexicon},
    municipality_sheet::{QUESTIONS, Question},
};
use crate::{
    findings::defuse,
    ingest::tabular::{
        cell::CLEAR,
        columns::ColumnInfo,
        template::{
            TemplateError, TemplateFormat,
            sheets::{self, Explanation, List, Lists},
            style::{fixed_format, heading_format, hint, refusing, text_format, wrapped_format},
        },
    },
    model::{
        Cell, Facts, Language, Municipality, MunicipalityCode, PLAIN, Place,
        vocabulary::{self, InventoryStatus},
    },
    search::fold,
};

/// Rows below the last place that have drop-downs as well, for new places.
const SPARE_ROWS: u32 = 500;

/// The template of a municipality, with its places as they are known where `filled`, closed ones too.
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
    let mut places: Vec<&Place> =
        facts.places.iter().filter(|place| filled && place.municipality == *municipality).collect();
    // By village, as a clerk goes through them.
    places.sort_by_cached_key(|place| (fold(&place.settlement), fold(&place.name), place.key.clone()));
    let writer = Writer { lexicon: Lexicon::new(facts, today), municipality: known, places, filled, today };
    match format {
        TemplateFormat::Xlsx => writer.xlsx(),
        TemplateFormat::Csv => writer.csv(),
    }
}

/// What stands in a cell of the template.
#[derive(Debug, PartialEq)]
enum Value {
    Empty,
    Text(String),
    Degrees(f64),
    Year(i32),
}

impl Value {
    fn text(text: impl AsRef<str>) -> Self {
        Self::Text(defuse(text.as_ref()).into_owned())
    }

    fn optional(text: Option<impl AsRef<str>>) -> Self {
        text.map_or(Self::Empty, Self::text)
    }

    fn yes_or(no: &str, value: Option<bool>) -> Self {
        match value {
            None => Self::Empty,
            Some(true) => Self::Text("ja".to_owned()),
            Some(false) => Self::Text(no.to_owned()),
        }
    }
}

struct Writer<'a> {
    lexicon: Lexicon,
    municipality: &'a Municipality,
    places: Vec<&'a Place>,
    filled: bool,
    today: NaiveDate,
}

impl Writer<'_> {
    fn columns(&self) -> Vec<&ColumnInfo<Column>> {
        self.lexicon.columns().all().iter().filter(|info| info.is_in_template).collect()
    }

    fn value(&self, place: &Place, info: &ColumnInfo<Column>) -> Value {
        let lexicon = &self.lexicon;
        let address = place.address.as_ref();
        let building = place.location.as_ref().filter(|_| place.is_at_address());
        let there = |is_there: bool, is_absent: bool| (is_there || is_absent).then_some(is_there);
        match info.column {
            Column::Key => Value::text(&place.key),
            Column::Name => Value::text(&place.name),
            Column::AlternativeNames => match place.alternative_names.as_slice() {
                [] => Value::Empty,
                // A bar behind it says that the semicolon is part of the name.
                [name] if name.contains(';') => Value::text(format!("{name} |")),
                names => Value::text(names.join(" | ")),
            },
            Column::Kind => Value::optional(place.kind.map(|kind| lexicon.kinds.label(kind))),
            Column::Status => Value::optional(place.status.map(|status| lexicon.statuses.label(status))),
            Column::Municipality => Value::text(&self.municipality.name),
            Column::Settlement => Value::text(&place.settlement),
            Column::Neighbourhood => Value::optional(place.neighbourhood.as_ref()),
            Column::Street => Value::optional(address.and_then(|address| address.street.as_ref())),
            Column::HouseNumber => Value::optional(address.and_then(|address| address.house_number.as_ref())),
            Column::Postcode => Value::optional(address.and_then(|address| address.postcode.as_ref())),
            Column::Longitude => building.map_or(Value::Empty, |at| Value::Degrees(at.lon)),
            Column::Latitude => building.map_or(Value::Empty, |at| Value::Degrees(at.lat)),
            Column::Facility(term) => {
                Value::yes_or("-", there(place.facilities.contains(&term), place.absent_facilities.contains(&term)))
            }
            Column::Activity(term) => {
                Value::yes_or("-", there(place.activities.contains(&term), place.absent_activities.contains(&term)))
            }
            _ => {
                // The others are read only, or the clerk's to fill in.
                let plain = PLAIN.iter().find(|plain| plain.name == info.key);
                match plain.map_or(Cell::Unknown, |plain| (plain.of)(place)) {
                    Cell::Number(year) => Value::Year(year),
                    cell => Value::optional(cell.told(Language::Nl)),
                }
            }
        }
    }

    fn csv(&self) -> Result<Vec<u8>, TemplateError> {
        let columns = self.columns();
        let rows = self.places.iter().map(|place| {
            let cell = |info: &&ColumnInfo<Column>| match self.value(place, info) {
                Value::Empty => String::new(),
                Value::Text(text) => text,
                Value::Degrees(degrees) => degrees.to_string().replace('.', ","),
                Value::Year(year) => year.to_string(),
            };
            columns.iter().map(cell).collect()
        });
        Ok(sheets::csv(columns.iter().map(|info| info.heading.as_str()), rows)?)
    }

    fn xlsx(&self) -> Result<Vec<u8>, TemplateError> {
        let title = format!("Ontmoetingsplekken in {}", self.municipality.name);
        let mut workbook = sheets::workbook(&title, self.today)?;
        self.explain(workbook.add_worksheet())?;
        self.ask(workbook.add_worksheet())?;
        self.list(workbook.add_worksheet())?;
        self.choices(workbook.add_worksheet())?;
        Ok(workbook.save_to_buffer()?)
    }

    /// The sheet Uitleg.
    fn explain(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let name = &self.municipality.name;
        let date = self.today.format("%-d-%-m-%Y");
        let first = if self.filled {
            format!("Op het blad Plekken staat wat er op {date} bekend is. Kijk het na, verbeter het en vul het aan.")
        } else {
            "Zet op het blad Plekken elke ontmoetingsplek op een eigen rij, onder de koppen.".to_owned()
        };
        let lines = [
            first.as_str(),
            "Een lege cel betekent: niet bekend. Zo’n cel zegt niets en wist niets.",
            "wis betekent: wat wij hier eerder opgaven, geldt niet meer. Wat anderen zeggen, blijft staan. Het kan niet bij naam, gemeente en plaats.",
            "Een - betekent: is er niet. Zet dat alleen als u het zeker weet; het kan bij voorzieningen, activiteiten, website en openingstijden.",
            "ja betekent: is er. Bij voorzieningen en activiteiten staat elke keuze in een eigen kolom.",
            "Een rij die u niet verandert, bevestigt dat de plek op de dag van uw opgave zo is.",
            "Een plek die u mist, zet u op een nieuwe rij; laat de sleutel dan leeg.",
            "Een rij die u verwijdert, sluit de plek niet. Is een plek dicht, zet dan Gesloten in de kolom status; komt er een, zet dan Gepland.",
            "Verander de sleutel niet: daaraan herkennen we de plek.",
            "Is de lijst volledig? Zet dat op het blad Gemeente, met het aantal plekken. Pas dan telt “geen plek” als “er is geen plek”.",
            "Zet geen namen, mailadressen of telefoonnummers van personen in deze lijst, ook niet van beheerders. Een cel waarin we zoiets herkennen, nemen we niet over; niet elke naam is te herkennen.",
            "Wat u opgeeft, wordt als open data gepubliceerd onder CC0 1.0: iedereen mag het gebruiken, zonder voorwaarden. De gemeente blijft als bron genoemd.",
            "Na het inlezen krijgt u een verslag van elke cel die niet is overgenomen, met de reden. De rest van de rij telt wel.",
        ];
        let explanation = Explanation {
            title: format!("Ontmoetingsplekken in {name}: uitleg"),
            widths: &[28.0, 28.0, 90.0],
            lines: &lines,
            headings: &["kolom van het blad Plekken", "Engelse naam", "wat erin staat"],
        };
        explanation.of_columns(sheet, self.columns())
    }

    /// The sheet Gemeente.
    fn ask(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let (bold, wrapped, text, fixed) = (heading_format(), wrapped_format(), text_format(), fixed_format());
        sheet.set_name("Gemeente")?;
        sheet.set_column_width(0, 22)?.set_column_width(1, 36)?.set_column_width(2, 90)?;
        for (column, heading) in (0..).zip(["vraag", "antwoord", "toelichting"]) {
            sheet.write_string_with_format(0, column, heading, &bold)?;
        }
        let of = self.municipality;
        let contact = of.contact.as_ref().filter(|_| self.filled);
        for (row, asked) in (1..).zip(&QUESTIONS) {
            sheet.write_string_with_format(row, 0, asked.heading, &wrapped)?;
            let answer = match asked.question {
                Question::Code => Some(of.code.to_string()),
                Question::Name => Some(of.name.clone()),
                Question::Complete if self.filled => match of.inventory {
                    InventoryStatus::Unknown => None,
                    InventoryStatus::Incomplete => Some("nee".to_owned()),
                    InventoryStatus::Complete => Some("ja".to_owned()),
                },
                Question::Expected if self.filled => of.expected_places.map(|number| number.to_string()),
                Question::Role => contact.map(|contact| contact.role.clone()),
                Question::Url => contact.and_then(|contact| contact.url.clone()),
                Question::Mailbox => contact.and_then(|contact| contact.email.clone()),
                // The day of the next statement is not that of the last.
                Question::Stated | Question::Complete | Question::Expected => None,
            };
            let format = match asked.question {
                Question::Code | Question::Name => &fixed,
                _ => &text,
            };
            match answer {
                Some(answer) => sheet.write_string_with_format(row, 1, defuse(&answer), format)?,
                None => sheet.write_blank(row, 1, format)?,
            };
            sheet.write_string_with_format(row, 2, asked.explanation, &wrapped)?;
            if asked.question == Question::Complete {
                let choice = DataValidation::new().allow_list_strings(&["ja", "nee", CLEAR])?;
                sheet.add_data_validation(row, 1, row, 1, &refusing(choice)?)?;
            }
        }
        sheet.set_freeze_panes(1, 0)?;
        Ok(())
    }

    /// The sheet Plekken.
    fn list(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let (bold, text, fixed) = (heading_format(), text_format(), fixed_format());
        let degrees = Format::new().set_num_format("0.000000");
        let number = Format::new().set_num_format("0");
        sheet.set_name("Plekken")?;
        let lists = self.lists();
        let columns = self.columns();
        let last_place = u32::try_from(self.places.len()).unwrap_or(u32::MAX);
        let last_row = last_place.saturating_add(SPARE_ROWS);
        for (position, info) in (0_u16..).zip(&columns) {
            // Text, so that 15-11 stays a house number and does not become the fifteenth of November.
            let format = match info.column {
                Column::Key => &fixed,
                Column::Longitude | Column::Latitude => &degrees,
                Column::FoundedYear => &number,
                _ => &text,
            };
            sheet.set_column_width(position, width(info))?;
            sheet.set_column_format(position, format)?;
            sheet.write_string_with_format(0, position, &info.heading, &bold)?;
            sheet.add_data_validation(0, position, 0, position, &hint(info)?)?;
            if info.column == Column::HouseNumber {
                // Without the green corner that every number in a column of text gets.
                sheet.ignore_error_range(1, position, last_row, position, IgnoreError::NumberStoredAsText)?;
            }
            if let Some(choice) = lists.drop_down(&info.column)? {
                sheet.add_data_validation(1, position, last_row, position, &choice)?;
            }
        }
        for (row, place) in (1..).zip(&self.places) {
            for (position, info) in (0_u16..).zip(&columns) {
                match self.value(place, info) {
                    Value::Empty => continue,
                    Value::Text(value) if info.column == Column::Key => {
                        sheet.write_string_with_format(row, position, value, &fixed)?
                    }
                    Value::Text(value) => sheet.write_string_with_format(row, position, value, &text)?,
                    Value::Degrees(value) => sheet.write_number_with_format(row, position, value, &degrees)?,
                    Value::Year(value) => sheet.write_number_with_format(row, position, value, &number)?,
                };
            }
        }
        let last_column = u16::try_from(columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
        sheet.autofilter(0, 0, last_place.max(1), last_column)?;
        // The heading, and key and name.
        sheet.set_freeze_panes(1, 2)?;
        sheet.set_active(true);
        Ok(())
    }

    fn lists(&self) -> Lists<'_, Column> {
        let lexicon = &self.lexicon;
        let list = |column, heading, terms: Vec<_>| List {
            of: vec![column],
            heading,
            choices: terms.into_iter().chain([CLEAR]).collect(),
        };
        let is_term = |column: &Column| matches!(column, Column::Facility(_) | Column::Activity(_));
        Lists(vec![
            list(Column::Kind, "soort", lexicon.kinds.labels().collect()),
            list(Column::Status, "status", lexicon.statuses.labels().collect()),
            list(Column::LegalForm, "rechtsvorm", lexicon.legal_forms.labels().collect()),
            list(Column::RunBy, "wie draait de plek", lexicon.run_by.labels().collect()),
            list(Column::OwnedBy, "eigenaar", lexicon.owned_by.labels().collect()),
            List {
                of: self.columns().iter().map(|info| info.column).filter(is_term).collect(),
                heading: "voorziening, activiteit",
                choices: vec!["ja", "-", CLEAR],
            },
            List {
                of: vec![Column::CulturalProgramme, Column::WheelchairAccessible],
                heading: "ja of nee",
                choices: vec!["ja", "nee", CLEAR],
            },
        ])
    }

    /// The sheet Lijsten: the choices with their explanations.
    fn choices(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let (bold, wrapped) = (heading_format(), wrapped_format());
        let lists = self.lists();
        lists.write(sheet, 34.0)?;
        // Beside them, after an empty column.
        let first = u16::try_from(lists.0.len() + 1).unwrap_or(u16::MAX);
        let second = first.saturating_add(1);
        let explained = ["PlaceKind", "LegalForm", "RunBy", "OwnedBy"];
        sheet.set_column_width(first, 34)?.set_column_width(second, 80)?;
        sheet.write_string_with_format(0, first, "keuze", &bold)?;
        sheet.write_string_with_format(0, second, "wat het is", &bold)?;
        let terms = vocabulary::labels()
            .iter()
            .filter(|term| explained.contains(&term.vocabulary.as_str()) && !term.value.is_empty());
        let with_description = terms.filter_map(|term| Some((&term.label_nl, term.description_nl.as_ref()?)));
        for (row, (label, description)) in (1..).zip(with_description) {
            sheet.write_string(row, first, label)?;
            sheet.write_string_with_format(row, second, description, &wrapped)?;
        }
        Ok(())
    }
}

fn width(info: &ColumnInfo<Column>) -> f64 {
    let least: u32 = match info.column {
        Column::Key | Column::Name | Column::Website | Column::RunBy => 34,
        Column::AlternativeNames | Column::OpeningHours | Column::Street | Column::Kind => 26,
        Column::Settlement | Column::Neighbourhood | Column::Municipality => 18,
        _ => 12,
    };
    // Room for the button of the filter.
    f64::from(least.max(u32::try_from(info.heading.chars().count() + 4).unwrap_or(least)))
}

#[cfg(test)]
mod tests;
