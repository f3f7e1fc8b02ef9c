//! The workbook into which answers are copied: the columns that are read, drop-downs, and what becomes of the answers.

use chrono::NaiveDate;
use rust_xlsxwriter::{Worksheet, XlsxError};

use super::question::{KIND, LEGAL_FORM, Question, questions};
use crate::{
    ingest::{
        places::column::{Column, Lexicon},
        tabular::template::{
            sheets::{self, Explanation, List, Lists},
            style::{heading_format, text_format},
        },
    },
    model::Facts,
};

/// Rows with drop-downs: more than places were ever approached.
const ROWS: u32 = 500;

/// What recognises a place.
const PLACE: [Column; 8] = [
    Column::Key,
    Column::Name,
    Column::Municipality,
    Column::Settlement,
    Column::Street,
    Column::HouseNumber,
    Column::Postcode,
    Column::StatedOn,
];

/// A column of the workbook.
struct Asked {
    heading: String,
    explanation: String,
    choices: Vec<String>,
}

/// The workbook, the same bytes for the same facts and day.
///
/// # Errors
/// None that a writer into memory is known to have.
pub fn template(facts: &Facts, today: NaiveDate) -> Result<Vec<u8>, XlsxError> {
    let columns = columns(facts, today);
    let mut workbook = sheets::workbook("Vragenlijst sociale ontmoetingsplekken", today)?;
    explain(workbook.add_worksheet(), &columns)?;
    let lists = lists(&columns);
    answers(workbook.add_worksheet(), &columns, &lists)?;
    lists.write(workbook.add_worksheet(), 34.0)?;
    workbook.save_to_buffer()
}

fn columns(facts: &Facts, today: NaiveDate) -> Vec<Asked> {
    let lexicon = Lexicon::new(facts, today);
    let yes_or_no = || vec!["ja".to_owned(), "nee".to_owned()];
    let mut columns: Vec<Asked> = PLACE
        .into_iter()
        .filter_map(|column| lexicon.columns().all().iter().find(|info| info.column == column))
        .map(|info| Asked { heading: info.heading.clone(), explanation: info.explanation.clone(), choices: Vec::new() })
        .collect();
    columns.push(Asked {
        heading: "toestemming".to_owned(),
        explanation: "ja: van deze plek mogen soort, rechtsvorm, voorzieningen en activiteiten openbaar worden, als open data onder CC0 1.0."
            .to_owned(),
        choices: yes_or_no(),
    });
    for question in questions(&facts.survey) {
        ask(&mut columns, &question, &lexicon);
    }
    let terms =
        lexicon.columns().all().iter().filter(|info| matches!(info.column, Column::Facility(_) | Column::Activity(_)));
    columns.extend(terms.map(|info| Asked {
        heading: info.heading.clone(),
        explanation: "ja: is er. Met toestemming openbaar.".to_owned(),
        choices: vec!["ja".to_owned()],
    }));
    columns
}

fn ask(columns: &mut Vec<Asked>, question: &Question, lexicon: &Lexicon) {
    let heading = question.heading();
    let told = if question.is_served() { "Met toestemming openbaar, en als totaal." } else { "Alleen als totaal." };
    if question.multiple {
        columns.extend(question.labels().map(|label| Asked {
            heading: format!("{heading}: {label}"),
            explanation: format!("{}. {told}", question.section),
            choices: vec!["ja".to_owned(), "nee".to_owned()],
        }));
        return;
    }
    let choices: Vec<String> = match question.key.as_str() {
        KIND => lexicon.kinds.labels().map(str::to_owned).collect(),
        LEGAL_FORM => lexicon.legal_forms.labels().map(str::to_owned).collect(),
        _ if question.is_yes_or_no() => vec!["ja".to_owned(), "nee".to_owned()],
        _ => question.labels().map(str::to_owned).collect(),
    };
    columns.push(Asked { heading: heading.to_owned(), explanation: format!("{}. {told}", question.section), choices });
}

/// The sheet Uitleg.
fn explain(sheet: &mut Worksheet, columns: &[Asked]) -> Result<(), XlsxError> {
    let lines = [
        "Zet op het blad Antwoorden elke plek op een eigen rij. Een lege cel betekent: niet ingevuld.",
        "Per plek worden alleen soort, rechtsvorm, voorzieningen en activiteiten openbaar, en alleen bij ja in de kolom toestemming. Iets anders dan ja telt als nee.",
        "Al het andere wordt alleen geteld, over tien plekken of meer. Van een plek zonder toestemming wordt verder niets bewaard.",
        "Wat niet is aangevinkt, geldt niet als afwezig.",
        "Lees altijd het hele bestand in: wat er niet meer in staat, wordt ingetrokken. Zo kan een plek haar toestemming ook terugnemen.",
        "Zet geen namen, mailadressen, telefoonnummers of open antwoorden in het bestand. Kolommen daarvan worden niet gelezen.",
    ];
    let explanation = Explanation {
        title: "Vragenlijst sociale ontmoetingsplekken: uitleg".to_owned(),
        widths: &[60.0, 100.0],
        lines: &lines,
        headings: &["kolom van het blad Antwoorden", "wat erin staat"],
    };
    explanation.write(sheet, columns.iter().map(|asked| vec![asked.heading.as_str(), &asked.explanation]))
}

/// The sheet Antwoorden.
fn answers(sheet: &mut Worksheet, columns: &[Asked], lists: &Lists<'_, u16>) -> Result<(), XlsxError> {
    let (bold, text) = (heading_format(), text_format());
    sheet.set_name("Antwoorden")?;
    for (position, asked) in (0_u16..).zip(columns) {
        let width = u32::try_from(asked.heading.chars().count() + 4).unwrap_or(60).clamp(12, 60);
        sheet.set_column_width(position, f64::from(width))?;
        sheet.set_column_format(position, &text)?;
        sheet.write_string_with_format(0, position, &asked.heading, &bold)?;
        if let Some(choice) = lists.drop_down(&position)? {
            sheet.add_data_validation(1, position, ROWS, position, &choice)?;
        }
    }
    sheet.set_freeze_panes(1, 2)?;
    sheet.set_active(true);
    Ok(())
}

/// The choices of the sheet Lijsten, each list once, under the heading of the first column that has it.
fn lists(columns: &[Asked]) -> Lists<'_, u16> {
    let mut lists: Vec<List<'_, u16>> = Vec::new();
    for (position, asked) in (0_u16..).zip(columns).filter(|(_, asked)| !asked.choices.is_empty()) {
        match lists.iter_mut().find(|list| list.choices == asked.choices) {
            Some(list) => list.of.push(position),
            None => lists.push(List {
                of: vec![position],
                heading: &asked.heading,
                choices: asked.choices.iter().map(String::as_str).collect(),
            }),
        }
    }
    Lists(lists)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::{
        survey::{source::Questionnaire, totals::count},
        tabular::file,
    };

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 27).unwrap()
    }

    #[test]
    fn every_column_and_every_choice_of_the_template_is_read() {
        let facts = crate::testing::facts();
        let lexicon = Lexicon::new(&facts, today());
        let columns = columns(&facts, today());
        let most = columns.iter().map(|asked| asked.choices.len()).max().unwrap();
        // A row for each choice; where a column has fewer, its last one again.
        let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer(Vec::new());
        writer.write_record(columns.iter().map(|asked| asked.heading.as_str())).unwrap();
        for row in 0..most {
            let cell = |asked: &Asked| match (asked.heading.as_str(), asked.choices.as_slice()) {
                ("naam", _) => format!("Honk {}", char::from(b'A' + u8::try_from(row).unwrap()).to_string().repeat(9)),
                ("gemeente" | "plaats", _) => "Dalfsen".to_owned(),
                ("toestemming", _) => "ja".to_owned(),
                (_, choices) => choices.get(row).or(choices.last()).cloned().unwrap_or_default(),
            };
            writer.write_record(columns.iter().map(cell)).unwrap();
        }
        let bytes = writer.into_inner().unwrap();
        let mut questionnaire = Questionnaire::new(&facts.survey, None);
        questionnaire.add(&"a.csv".into(), &file::read_bytes(&bytes).unwrap(), &lexicon);
        assert!(questionnaire.report.is_empty(), "{}", questionnaire.report.to_text(Default::default(), 100));
        assert_eq!((questionnaire.rows.len(), questionnaire.records.len()), (most, most));
        for (number, question) in questionnaire.questions.iter().enumerate() {
            let counted = count(question, questionnaire.rows.iter().map(|row| &row.said[number]));
            assert!(counted.counts.iter().all(|count| *count > 0) && counted.base > 0, "{}: {counted:?}", question.key);
        }
    }

    #[test]
    fn the_workbook_is_the_same_twice_and_its_sheet_of_answers_is_the_one_that_is_read() {
        let facts = crate::testing::facts();
        let bytes = template(&facts, today()).unwrap();
        assert_eq!(bytes, template(&facts, today()).unwrap());
        // No row yet, so there is nothing to take: only the sheets that explain have rows.
        let tables = file::read_bytes(&bytes).unwrap();
        let mut questionnaire = Questionnaire::new(&facts.survey, None);
        questionnaire.add(&"a.xlsx".into(), &tables, &Lexicon::new(&facts, today()));
        assert!(questionnaire.report.is_empty() && questionnaire.rows.is_empty());
        let answers = tables.iter().find(|table| table.sheet.as_deref() == Some("Antwoorden")).unwrap();
        assert_eq!(answers.headings.len(), columns(&facts, today()).len());
        assert!(answers.headings.contains(&"inkomsten: Subsidie".to_owned()));
    }
}
