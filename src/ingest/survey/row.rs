//! A table of answers as rows: what each says to each question, and what those with consent say of their place.
//!
//! What a finding tells of a row is its number and the column, never what stands there: the answers were given to a
//! researcher. Of a place that gave its consent the cells that recognise it are told as in any list of places; in the others
//! somebody may have written what nobody consented to.

use std::{collections::HashMap, sync::Arc};

use chrono::NaiveDate;

use super::{
    column::{Column, Headings, Unread, is_answer, recognises},
    question::{KIND, LEGAL_FORM, Question},
    totals::Said,
};
use crate::{
    findings::{Finding, Report, Rule, report::shown},
    ingest::{
        places::{
            column::Lexicon,
            row::{self, PlaceRow},
        },
        tabular::{
            cell,
            row::parts,
            table::{self, Cell, CellKind, Table},
        },
    },
    search::fold,
};

/// What a report shows in place of what stands in a cell.
const HIDDEN: &str = "…";

/// A row of answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// Whether its place consented.
    pub(super) has_consent: bool,
    /// What it says to each question, in the order of the questions.
    pub(super) said: Vec<Said>,
}

/// What was read from a table.
#[derive(Clone, Debug, Default)]
pub(super) struct Answers {
    /// The rows that say anything to any question.
    pub(super) rows: Vec<Row>,
    /// The places that gave their consent.
    pub(super) places: Vec<PlaceRow>,
    /// How many rows gave it, those that do not say which place they are about included.
    pub(super) consents: usize,
    /// How many rows answer nothing.
    pub(super) silent: usize,
    /// How many rows say that they are made up, those that answer nothing included.
    pub(super) synthetic: usize,
    /// The last day on which a row with consent was filled in, where it says so.
    pub(super) stated: Option<NaiveDate>,
}

/// Reads a table; `None`: it has neither a question nor consent in its headings.
pub(super) fn read(
    table: &Table,
    file: &Arc<str>,
    lexicon: &Lexicon,
    questions: &[Question],
    report: &mut Report,
) -> Option<Answers> {
    let sheet: Option<Arc<str>> = table.sheet.as_deref().map(Arc::from);
    let names: Vec<Arc<str>> = table.headings.iter().map(|name| Arc::from(shown(name).as_str())).collect();
    let headings = Headings::new(lexicon, questions);
    let mut reader = Reader {
        table,
        file,
        sheet: sheet.as_ref(),
        lexicon,
        questions,
        columns: Vec::new(),
        names: &names,
        findings: Report::default(),
    };
    reader.columns = reader.headings(&headings);
    let is_of_answers = reader.columns.iter().flatten().any(|column| is_answer(*column) || *column == Column::Consent);
    if !is_of_answers {
        return None;
    }
    if !reader.has(Column::Consent) {
        reader.findings.add(Finding::new(file, sheet.as_ref(), Rule::NoConsentColumn, ""));
    }
    let mut answers = Answers::default();
    let mut consenting = Vec::new();
    for record in &table.records {
        reader.record(record, &mut answers, &mut consenting);
    }
    answers.consents = consenting.len();
    if !consenting.is_empty() {
        let mut of_places = Report::default();
        let rows = row::places(&reader.of_places(consenting), file, lexicon, &mut of_places);
        answers.places = rows.unwrap_or_default();
        for finding in of_places.findings() {
            reader.findings.add(in_confidence(finding.clone(), lexicon));
        }
        answers.stated = answers.places.iter().filter_map(|place| place.stated.said()).max();
    }
    report.append(reader.findings);
    Some(answers)
}

struct Reader<'a> {
    table: &'a Table,
    file: &'a Arc<str>,
    sheet: Option<&'a Arc<str>>,
    lexicon: &'a Lexicon,
    questions: &'a [Question],
    columns: Vec<Option<Column>>,
    names: &'a [Arc<str>],
    findings: Report,
}

impl Reader<'_> {
    fn headings(&mut self, headings: &Headings<'_>) -> Vec<Option<Column>> {
        let mut seen: HashMap<Column, &str> = HashMap::new();
        let mut columns = Vec::with_capacity(self.table.headings.len());
        for (position, heading) in (0..).zip(&self.table.headings) {
            let (rule, details) = match headings.column(heading) {
                Ok(column) => match seen.get(&column) {
                    None => {
                        seen.insert(column, heading);
                        columns.push(Some(column));
                        continue;
                    }
                    Some(first) => (Rule::DuplicateHeading, vec![shown(first)]),
                },
                Err(Unread::Nameless) => {
                    columns.push(None);
                    continue;
                }
                Err(Unread::Personal) => (Rule::PersonalColumn, Vec::new()),
                Err(Unread::NotServed) => (Rule::ColumnNotServed, Vec::new()),
                Err(Unread::Unknown(None)) if self.table.is_explained => (Rule::HeadingNotExplained, Vec::new()),
                Err(Unread::Unknown(None)) => (Rule::UnknownHeading, Vec::new()),
                Err(Unread::Unknown(Some(near))) => (Rule::MisspeltHeading, vec![near]),
            };
            columns.push(None);
            let mut finding = Finding::new(self.file, self.sheet, rule, heading);
            finding.row = Some(self.table.heading_row).filter(|row| *row > 0);
            finding.column = Some(Arc::from(finding.value.as_str()));
            finding.position = Some(position).filter(|_| self.table.heading_row > 0);
            finding.details = details;
            self.findings.add(finding);
        }
        columns
    }

    fn has(&self, column: Column) -> bool {
        self.columns.contains(&Some(column))
    }

    fn column(&self, cell: &Cell) -> Option<Column> {
        self.columns.get(usize::from(cell.column)).copied().flatten()
    }

    fn record(&mut self, record: &table::Record, answers: &mut Answers, consenting: &mut Vec<table::Record>) {
        let cells: Vec<(Column, &Cell)> =
            record.cells.iter().filter_map(|cell| Some((self.column(cell)?, cell))).collect();
        let text = |column: Column| {
            let cell = cells.iter().find(|(of, _)| *of == column)?.1;
            Some((cell, cell::normalised(&cell.text))).filter(|(_, text)| !text.is_empty())
        };
        if cells.is_empty() {
            return;
        }
        // Here what is unclear is yes: made-up answers must not pass for real ones.
        let is_synthetic = text(Column::Synthetic).is_some_and(|(_, text)| cell::yes_or_no(&text) != Some(false));
        answers.synthetic += usize::from(is_synthetic);
        let consent = text(Column::Consent);
        let has_consent = consent.as_ref().is_some_and(|(cell, text)| cell.kind != CellKind::Error && is_yes(text));
        if let Some((cell, text)) = consent
            && !has_consent
            && cell::yes_or_no(&text) != Some(false)
        {
            self.tell(record.row, cell, Rule::ConsentUnclear, Vec::new());
        }
        if has_consent {
            consenting.push(record.clone());
        }
        let mut said: Vec<Said> = (0..self.questions.len()).map(|number| self.unanswered(number)).collect();
        for (column, cell) in &cells {
            self.answer(*column, cell, record.row, has_consent, &mut said);
        }
        let is_answered = cells.iter().any(|(column, cell)| is_answer(*column) && !cell.text.trim().is_empty());
        if is_answered {
            answers.rows.push(Row { has_consent, said });
        } else {
            answers.silent += 1;
        }
    }

    /// What a row says to a question when nothing stands in its cells.
    fn unanswered(&self, number: usize) -> Said {
        let asks = |column: &Column| match *column {
            Column::Question(of) | Column::PlaceQuestion(_, of) | Column::Answer(of, _) => of == number,
            _ => false,
        };
        if self.columns.iter().flatten().any(asks) { Said::Nothing } else { Said::NotAsked }
    }

    fn answer(&mut self, column: Column, cell: &Cell, row: u32, has_consent: bool, said: &mut [Said]) {
        let number = match column {
            Column::Question(number) | Column::PlaceQuestion(_, number) | Column::Answer(number, _) => number,
            Column::Consent | Column::Synthetic | Column::Place(_) => return,
        };
        let question = &self.questions[number];
        let text = cell::normalised(&cell.text);
        let is_text = matches!(cell.kind, CellKind::Plain | CellKind::Formula) && !cell::is_spreadsheet_error(&text);
        if text.is_empty() && is_text {
            return;
        }
        if is_text && cell::says_nothing(&text) && question.find(&text).is_none() {
            if let (Some(unknown), false) = (question.unknown, matches!(column, Column::Answer(..))) {
                add(&mut said[number], [unknown]);
            }
            return;
        }
        let (given, rule) = match column {
            _ if !is_text => (None, Rule::SurveyAnswer),
            Column::Answer(_, answer) => {
                (cell::yes_or_no(&text).map(|is_given| if is_given { vec![answer] } else { vec![] }), Rule::SurveyTick)
            }
            _ if question.multiple => {
                let mut given = Vec::new();
                let mut is_whole = true;
                if let Some(answer) = question.find(&text) {
                    given.push(answer);
                } else if !cell::is_dash(&text) {
                    for part in parts(&text, &[';']) {
                        match question.find(part) {
                            Some(answer) => given.push(answer),
                            None => is_whole = false,
                        }
                    }
                }
                if !is_whole {
                    // What is known of the list counts.
                    let details = self.choices(number);
                    self.tell(row, cell, Rule::SurveyAnswer, details);
                    if given.is_empty() {
                        said[number] = Said::Unread;
                        return;
                    }
                }
                (Some(given), Rule::SurveyAnswer)
            }
            _ => (self.single(number, &text), Rule::SurveyAnswer),
        };
        match given {
            Some(given) => add(&mut said[number], given),
            None => {
                if matches!(said[number], Said::Nothing) {
                    said[number] = Said::Unread;
                }
                // Of a place with consent the row of the place tells it.
                if !(has_consent && matches!(column, Column::PlaceQuestion(..))) {
                    let details = self.choices(number);
                    self.tell(row, cell, rule, details);
                }
            }
        }
    }

    /// The answer that a text names; none of the answers where it is a kind that the report does not list, or a no.
    fn single(&self, number: usize, text: &str) -> Option<Vec<usize>> {
        let question = &self.questions[number];
        if let Some(answer) = question.find(text) {
            return Some(vec![answer]);
        }
        match question.key.as_str() {
            KIND => self.lexicon.kinds.find(text).map(|kind| question.of_kind(kind).into_iter().collect()),
            LEGAL_FORM => {
                self.lexicon.legal_forms.find(text).map(|form| question.of_legal_form(form).into_iter().collect())
            }
            _ if question.is_yes_or_no() => {
                cell::yes_or_no(text).map(|is_given| if is_given { vec![0] } else { vec![] })
            }
            _ => None,
        }
    }

    fn choices(&self, number: usize) -> Vec<String> {
        let question = &self.questions[number];
        let labels: Vec<&str> = question.labels().collect();
        vec![question.section.clone(), labels.join("; ")]
    }

    /// Tells where something stands, not what.
    fn tell(&mut self, row: u32, cell: &Cell, rule: Rule, details: Vec<String>) {
        let mut finding = Finding::new(self.file, self.sheet, rule, "");
        finding.row = Some(row);
        finding.column = self.names.get(usize::from(cell.column)).filter(|name| !name.is_empty()).cloned();
        finding.position = Some(cell.column).filter(|_| self.table.heading_row > 0);
        finding.details = details;
        self.findings.add(finding);
    }

    /// The table with nothing but the rows with consent, and of these the columns of places.
    fn of_places(&self, consenting: Vec<table::Record>) -> Table {
        let is_read = |column: Option<Column>| matches!(column, Some(Column::Place(_) | Column::PlaceQuestion(..)));
        let records = consenting.into_iter().map(|mut record| {
            record.cells.retain(|cell| is_read(self.column(cell)));
            for cell in &mut record.cells {
                // The report words some answers otherwise than the vocabulary.
                if let Some(Column::PlaceQuestion(_, number)) = self.column(cell)
                    && let Some(term) = self.questions[number].term_of(&cell.text)
                {
                    cell.text = term;
                }
            }
            record.geometry = None;
            record
        });
        let headings = self.table.headings.iter().zip(&self.columns);
        // The report's question has more names than the column of a list of places.
        let name = |(heading, column): (&String, &Option<Column>)| match column {
            Some(Column::PlaceQuestion(of, _)) => self.lexicon.columns().name(*of),
            Some(Column::Place(_)) => heading.clone(),
            _ => String::new(),
        };
        Table {
            sheet: self.table.sheet.clone(),
            heading_row: self.table.heading_row,
            headings: headings.map(name).collect(),
            records: records.collect(),
            ..Table::default()
        }
    }
}

/// The finding without what stands in the cell, unless that serves to recognise the place.
fn in_confidence(mut finding: Finding, lexicon: &Lexicon) -> Finding {
    let column = finding.column.as_ref().map(|name| lexicon.columns().find(name).map(|info| info.column));
    let is_open = match column {
        Some(column) => column.is_some_and(recognises),
        None => finding.rule != Rule::Contradiction,
    };
    if is_open {
        return finding;
    }
    finding.value = HIDDEN.to_owned();
    // Of these the details are headings, choices and lengths.
    let is_told =
        matches!(finding.rule, Rule::UnknownTerm | Rule::DashNotAllowed | Rule::TextTooLong | Rule::CellTooLong);
    if !is_told {
        finding.details.iter_mut().for_each(|detail| HIDDEN.clone_into(detail));
    }
    finding
}

fn add(said: &mut Said, more: impl IntoIterator<Item = usize>) {
    match said {
        Said::Answers(given) => given.extend(more),
        _ => *said = Said::Answers(more.into_iter().collect()),
    }
}

/// Nothing else is taken for consent: what is unclear is no.
fn is_yes(text: &str) -> bool {
    matches!(fold(text).as_str(), "ja" | "yes" | "true" | "1")
}
