//! Reads the answers, and takes them into the books.
//!
//! An oddity: a questionnaire without a day confirms its places on the first of January of the year of the interviews,
//! since a claim has a day or that of the import.

use std::sync::Arc;

use chrono::{DateTime, Datelike as _, NaiveDate, Utc};

use super::{
    compare::{Compared, Comparison, State},
    question::{self, Question},
    row::{self, Answers, Row},
    totals::{Counted, Said, count},
};
use crate::{
    claims::{At, Record, Sender},
    edition::Edition,
    findings::{Finding, Report, Rule},
    ingest::{
        batch::Batch,
        outcome::{Counted as List, Outcome, Tally},
        places::{column::Lexicon, row::PlaceRow},
        tabular::table::Table,
    },
    model::{Authority, Books, Layer, PartialDate, Source, Statement, Survey, SurveyTotal},
    search::fold,
};

/// Sheets that explain and are not read.
const NOT_READ: [&str; 2] = ["uitleg", "lijsten"];

/// The files of a questionnaire, read.
#[derive(Clone, Debug, Default)]
pub struct Questionnaire {
    pub(super) questions: Vec<Question>,
    pub(super) rows: Vec<Row>,
    pub(super) records: Vec<(At, PlaceRow)>,
    consents: usize,
    silent: usize,
    synthetic: usize,
    on: Option<NaiveDate>,
    stated: Option<NaiveDate>,
    file: Option<Arc<str>>,
    pub(super) report: Report,
}

impl Questionnaire {
    /// A questionnaire on the report's questions without a row yet; `on` is the day on which it was filled in, where the
    /// files do not tell.
    pub fn new(survey: &Survey, on: Option<NaiveDate>) -> Self {
        Self { questions: question::questions(survey), on, ..Self::default() }
    }

    /// Adds the rows of a file.
    pub fn add(&mut self, file: &Arc<str>, tables: &[Table], lexicon: &Lexicon) {
        self.file.get_or_insert_with(|| file.clone());
        for table in tables {
            let sheet: Option<Arc<str>> = table.sheet.as_deref().map(Arc::from);
            if sheet.as_deref().is_some_and(|name| NOT_READ.contains(&fold(name).as_str())) || table.records.is_empty()
            {
                continue;
            }
            let Some(read) = row::read(table, file, lexicon, &self.questions, &mut self.report) else {
                let value = sheet.as_deref().unwrap_or(file);
                self.report.add(Finding::new(file, sheet.as_ref(), Rule::SheetWithoutQuestions, value));
                continue;
            };
            let Answers { rows, places, consents, silent, synthetic, stated } = read;
            self.rows.extend(rows);
            self.consents += consents;
            self.silent += silent;
            self.synthetic += synthetic;
            self.stated = self.stated.max(stated);
            let at = |row: u32| At { file: file.clone(), sheet: sheet.clone(), row };
            self.records.extend(places.into_iter().map(|place| (at(place.row), place)));
        }
    }

    /// Takes the answers into the books of which `edition` was made.
    pub fn take(&self, books: &Books, edition: &Edition, now: DateTime<Utc>) -> Outcome {
        let rows = self.rows.len() + self.silent;
        let when = self.when(&books.facts.survey, now);
        if let Some((rule, details)) = self.refusal(books, &when) {
            let mut outcome =
                Outcome { report: self.report.clone(), refused: rows, ..Outcome::untouched(books.clone(), rows) };
            let file = self.file.clone().unwrap_or_else(|| "".into());
            outcome.report.add(Finding { details, ..Finding::new(&file, None, rule, "") });
            return outcome;
        }
        let is_synthetic = self.synthetic > 0;
        let sender = sender(is_synthetic, &when, now);
        let records = self.records.iter().map(|(at, row)| record(at, row, when.day)).collect();
        let mut books = books.clone();
        // What an earlier questionnaire said is taken back, that of another year and a made-up one too: in which year this
        // one was filled in depends on its rows, and must not decide what stays public.
        let is_former = |id: &str| is_of_questionnaire(id) && id != sender.source.id;
        let former: Vec<Source> = books.facts.sources.iter().filter(|source| is_former(&source.id)).cloned().collect();
        // What persons decided of its rows is kept for those that are there again.
        for pair in books.ledger.pairs.values_mut().filter(|pair| is_former(&pair.source)) {
            pair.source.clone_from(&sender.source.id);
        }
        let mut groups: Vec<(Sender, Vec<Record>)> =
            former.into_iter().map(|source| (Sender { source, ..sender.clone() }, Vec::new())).collect();
        groups.push((sender.clone(), records));
        let refused = self.consents - self.records.len();
        let batch = Batch { groups, report: self.report.clone(), refused, ..Batch::default() };
        let mut outcome = batch.take(&books, edition, now);

        let (totals, comparison) = self.totals(&outcome.books.facts.survey_totals, &sender.source.id, is_synthetic);
        let has_taken = outcome.records > outcome.refused || outcome.taken_back > 0 || comparison.has_totals();
        outcome.records = rows;
        if !has_taken {
            outcome.refused = rows;
        }
        outcome.tallies = vec![tally(&self.questions, &books.facts.survey_totals, &totals)];
        outcome.books.facts.survey_totals = totals;
        settle_sources(&mut outcome.books, sender);
        outcome.survey = Some(comparison);
        outcome
    }

    /// Whether all rows say that they are made up (`true`) or none does (`false`); `None`: some do.
    pub fn is_synthetic(&self) -> Option<bool> {
        match self.synthetic {
            0 => Some(false),
            synthetic => (synthetic == self.rows.len() + self.silent).then_some(true),
        }
    }

    /// When it was filled in: on the day of the command or the last one that a row tells, or else in the year in which the
    /// report's interviews were held.
    fn when(&self, survey: &Survey, now: DateTime<Utc>) -> When {
        let year = survey.fieldwork.split(|c: char| !c.is_ascii_digit()).find(|digits| digits.len() == 4);
        let first = year.and_then(|year| {
            let day = NaiveDate::from_ymd_opt(year.parse().ok()?, 1, 1)?;
            Some(When { day, told: year.parse().ok()? })
        });
        match (self.on.or(self.stated), first) {
            (None, Some(first)) => first,
            (day, _) => {
                let day = day.unwrap_or_else(|| now.date_naive());
                When { day, told: day.into() }
            }
        }
    }

    /// Why nothing can be taken, if so.
    fn refusal(&self, books: &Books, when: &When) -> Option<(Rule, Vec<String>)> {
        let rows = self.rows.len() + self.silent;
        if self.rows.is_empty() && self.consents == 0 {
            return Some((Rule::NoAnswers, Vec::new()));
        }
        if self.synthetic > 0 && self.synthetic < rows {
            return Some((Rule::SyntheticMixed, vec![self.synthetic.to_string(), rows.to_string()]));
        }
        let sources = books.facts.sources.iter();
        let real =
            sources.filter(|source| is_of_questionnaire(&source.id) && source.id != SurveyTotal::SYNTHETIC_SOURCE);
        let newest = real.max_by_key(|source| source.published.clone())?;
        if self.synthetic > 0 {
            return Some((Rule::SyntheticOverReal, vec![newest.id.clone()]));
        }
        // Nobody but who gives the file says that it is an older one. The last day in its rows does not: it is an earlier one
        // when the row of that day is left out, to take its consent back.
        self.on?;
        let published = newest.published.clone()?;
        let details = || vec![when.told.to_string(), published.to_string()];
        (published > when.told).then(|| (Rule::OlderQuestionnaire, details()))
    }

    /// The totals that are kept from now on, and what the report has beside them.
    fn totals(&self, before: &[SurveyTotal], source: &str, is_synthetic: bool) -> (Vec<SurveyTotal>, Comparison) {
        let mut totals = Vec::new();
        let mut questions = Vec::new();
        for (number, question) in self.questions.iter().enumerate() {
            let said = || self.rows.iter().map(|row| &row.said[number]);
            let counted = count(question, said());
            // What is served of single places can be taken off a total; what is left is told of as few.
            let left = self.rows.iter().filter(|row| !row.has_consent).map(|row| &row.said[number]);
            let left = if question.is_served() { count(question, left) } else { Counted::default() };
            let kept = Counted::kept(question, before, source);
            let state = if said().all(|said| *said == Said::NotAsked) {
                State::NotAsked
            } else if !counted.is_enough() || !(left.answered == 0 || left.is_enough()) {
                State::TooFew
            } else if !is_synthetic && kept.is_some_and(|kept| counted.tells_of_a_few(&kept)) {
                State::HeldBack
            } else {
                State::Counted
            };
            match state {
                State::Counted => totals.extend(counted.totals(question, source)),
                State::HeldBack => {
                    totals.extend(before.iter().filter(|total| total.question == question.key).cloned());
                }
                State::TooFew | State::NotAsked => {}
            }
            questions.push(Compared::of(question, state, &counted, source));
        }
        totals.sort_by(|a, b| (&a.question, &a.answer).cmp(&(&b.question, &b.answer)));
        let (rows, silent, consents) = (self.rows.len(), self.silent, self.consents);
        (totals, Comparison { rows, silent, consents, is_synthetic, questions })
    }
}

/// When a questionnaire was filled in.
struct When {
    /// The day on which its places are taken to have said so: where only the year is known its first one, since a later day
    /// would claim more than is known.
    day: NaiveDate,
    /// As precisely as it is known.
    told: PartialDate,
}

fn is_of_questionnaire(source: &str) -> bool {
    source.starts_with("survey-")
}

/// The place's organisation says it, under the licence that its consent is for.
fn sender(is_synthetic: bool, when: &When, now: DateTime<Utc>) -> Sender {
    let year = when.day.year();
    let (id, mark, key) = if is_synthetic {
        (SurveyTotal::SYNTHETIC_SOURCE.to_owned(), " (synthetisch, geen echte antwoorden)", "questionnaire-synthetic")
    } else {
        (format!("survey-{year}"), "", "questionnaire")
    };
    Sender {
        source: Source {
            id,
            layer: key.to_owned(),
            title: format!("Vragenlijst sociale ontmoetingsplekken {year}{mark}"),
            url: None,
            licence: Some("CC0-1.0".to_owned()),
            published: Some(when.told.clone()),
            retrieved: Some(now.date_naive()),
        },
        authority: Authority::Organisation,
        layer: Layer {
            key: key.to_owned(),
            title: format!("Antwoorden op de vragenlijst over sociale ontmoetingsplekken{mark}"),
            licence: "CC0-1.0".to_owned(),
            licence_url: Some(Layer::CC0.to_owned()),
            attribution: "Bron: de organisaties achter de plekken, in antwoord op de vragenlijst".to_owned(),
            reference_date: None,
        },
        may_repeat: false,
        is_inventory: false,
        only_recognises: true,
        is_whole: true,
        restates: false,
    }
}

/// What recognises the place, and the four things that are served of it.
fn record(at: &At, row: &PlaceRow, day: NaiveDate) -> Record {
    let is_served = |statement: &&Statement| match statement {
        Statement::Name(_)
        | Statement::Settlement(_)
        | Statement::Address(_)
        | Statement::Kind(_)
        | Statement::LegalForm(_) => true,
        Statement::Facility(_, is_there) | Statement::Activity(_, is_there) => *is_there,
        _ => false,
    };
    Record {
        at: at.clone(),
        key: row.key.clone(),
        municipality: row.municipality.clone(),
        may_be_new: true,
        stated: row.stated.day(day),
        statements: row.statements.iter().filter(is_served).cloned().collect(),
        cleared: Vec::new(),
    }
}

/// The source is there where something rests on it, and nowhere else; its layer with it.
fn settle_sources(books: &mut Books, sender: Sender) {
    let rests_on = |books: &Books, id: &str| {
        books.facts.survey_totals.iter().any(|total| total.source == id)
            || books.ledger.places.all().any(|claim| claim.source == id)
    };
    if rests_on(books, &sender.source.id) {
        match books.facts.sources.iter_mut().find(|source| source.id == sender.source.id) {
            Some(source) => *source = sender.source,
            None => books.facts.sources.push(sender.source),
        }
        if !books.facts.layers.iter().any(|layer| layer.key == sender.layer.key) {
            books.facts.layers.push(sender.layer);
        }
    }
    let idle: Vec<String> = (books.facts.sources.iter().map(|source| source.id.clone()))
        .filter(|id| is_of_questionnaire(id) && !rests_on(books, id))
        .collect();
    books.facts.sources.retain(|source| !idle.contains(&source.id));
    let sources = &books.facts.sources;
    let is_idle = |layer: &Layer| {
        layer.key.starts_with("questionnaire") && !sources.iter().any(|source| source.layer == layer.key)
    };
    books.facts.layers.retain(|layer| !is_idle(layer));
    books.facts.sources.sort_by(|a, b| a.id.cmp(&b.id));
    books.facts.layers.sort_by(|a, b| a.key.cmp(&b.key));
}

/// What became of the totals, by the section of their question.
fn tally(questions: &[Question], before: &[SurveyTotal], after: &[SurveyTotal]) -> Tally {
    let mut tally = Tally {
        of: List::SurveyTotals,
        added: Vec::new(),
        changed: Vec::new(),
        aspects: Vec::new(),
        removed: Vec::new(),
        unchanged: 0,
    };
    for question in questions {
        let of = |totals: &[SurveyTotal]| -> Vec<SurveyTotal> {
            totals.iter().filter(|total| total.question == question.key).cloned().collect()
        };
        let (was, is) = (of(before), of(after));
        match (was.is_empty(), is.is_empty()) {
            (true, true) => {}
            (true, false) => tally.added.push(question.section.clone()),
            (false, true) => tally.removed.push(question.section.clone()),
            (false, false) if was == is => tally.unchanged += 1,
            (false, false) => tally.changed.push(question.section.clone()),
        }
    }
    tally
}

#[cfg(test)]
mod tests;
