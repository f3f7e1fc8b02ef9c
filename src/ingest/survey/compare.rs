//! What was counted beside what the report published, question by question, for a terminal.

use std::fmt::Write as _;

use super::{question::Question, totals::Counted};
use crate::model::{Language, SurveyAnswer, SurveyTotal, vocabulary::Legibility};

/// The answers to a questionnaire beside the published figures.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// How many rows answer anything.
    pub rows: usize,
    /// How many rows answer nothing; they are not counted.
    pub silent: usize,
    /// How many rows gave their consent.
    pub consents: usize,
    /// Whether the answers are made up.
    pub is_synthetic: bool,
    /// The questions about places, in the order of the report.
    pub questions: Vec<Compared>,
}

/// A question with what became of its answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// Key of the question.
    pub key: String,
    /// The section of the report in which it stands.
    pub section: String,
    /// What became of its answers.
    pub state: State,
    /// Over how many places is counted; 0 unless they were counted.
    pub base: i32,
    /// The answers with their totals; empty unless they were counted.
    pub answers: Vec<(SurveyAnswer, SurveyTotal)>,
}

/// What became of the answers to a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// They are told as totals.
    Counted,
    /// Fewer than ten places answered, or fewer than ten of which the answer is not served: nothing is told.
    TooFew,
    /// They differ from what was told before by fewer than ten places, so that what was told before stays.
    HeldBack,
    /// The file has no column for it.
    NotAsked,
}

impl Compared {
    pub(super) fn of(question: &Question, state: State, counted: &Counted, source: &str) -> Self {
        let is_told = state == State::Counted;
        let answers = || {
            let published = question.answers.iter().map(|answer| answer.published.clone());
            published.zip(counted.totals(question, source)).collect()
        };
        Self {
            key: question.key.clone(),
            section: question.section.clone(),
            state,
            base: if is_told { counted.base } else { 0 },
            answers: if is_told { answers() } else { Vec::new() },
        }
    }
}

impl Comparison {
    /// Whether any question has totals, be they those of before.
    pub fn has_totals(&self) -> bool {
        self.questions.iter().any(|question| matches!(question.state, State::Counted | State::HeldBack))
    }

    /// The comparison as text: a table for each question, and which questions have none and why.
    pub fn to_text(&self, language: Language) -> String {
        let nl = language == Language::Nl;
        let mut text = String::new();
        let Self { rows, silent, consents, .. } = self;
        // Writing into a String does not fail.
        let _ = if nl {
            writeln!(text, "Rijen met antwoorden: {rows}, met toestemming: {consents}, zonder antwoorden: {silent}.")
        } else {
            writeln!(text, "Rows with answers: {rows}, with consent: {consents}, without answers: {silent}.")
        };
        if self.is_synthetic {
            let _ = writeln!(
                text,
                "{}",
                if nl {
                    "Deze rijen zijn synthetisch: het zijn geen echte antwoorden, en de bron zegt dat ook."
                } else {
                    "These rows are synthetic: they are no real answers, and the source says so."
                }
            );
        }
        for question in self.questions.iter().filter(|question| question.state == State::Counted) {
            table(&mut text, question, nl);
        }
        for (state, dutch, english) in [
            (
                State::TooFew,
                "Minder dan tien plekken gaven antwoord, of minder dan tien van wie het antwoord niet openbaar is, dus geen totaal:",
                "Fewer than ten places answered, or fewer than ten whose answer is not public, so there is no total:",
            ),
            (
                State::HeldBack,
                "Het verschil met de vorige telling gaat over minder dan tien plekken; die telling blijft staan:",
                "The difference from the last count is about fewer than ten places; that count stays:",
            ),
            (State::NotAsked, "Niet in dit bestand gevraagd:", "Not asked in this file:"),
        ] {
            let of_state: Vec<&Compared> = self.questions.iter().filter(|question| question.state == state).collect();
            if !of_state.is_empty() {
                let _ = writeln!(text, "{}", if nl { dutch } else { english });
                for question in of_state {
                    let _ = writeln!(text, "  {} [{}]", question.section, question.key);
                }
            }
        }
        text
    }
}

fn table(text: &mut String, question: &Compared, nl: bool) {
    let over = if nl { "geteld over" } else { "counted over" };
    let _ = writeln!(text, "{} [{}], {over} {}:", question.section, question.key, question.base);
    let heads = if nl { ["gepubliceerd", "geteld", "verschil"] } else { ["published", "counted", "difference"] };
    let mut rows = vec![[String::new(), heads[0].to_owned(), heads[1].to_owned(), heads[2].to_owned()]];
    for (published, total) in &question.answers {
        let label = if nl { &published.label_nl } else { &published.label_en };
        rows.push([shortened(label), figure(published, nl), counted(total, nl), difference(published, total, nl)]);
    }
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or_default();
    let widths = [0, 1, 2, 3].map(width);
    for [label, published, counted, difference] in &rows {
        let line = format!(
            "  {label:<0$}  {published:>1$}  {counted:>2$}  {difference:>3$}",
            widths[0], widths[1], widths[2], widths[3]
        );
        let _ = writeln!(text, "{}", line.trim_end());
    }
}

/// So much of a label fits on a terminal beside the figures.
const LONGEST_LABEL: usize = 50;

fn shortened(label: &str) -> String {
    if label.chars().count() <= LONGEST_LABEL {
        return label.to_owned();
    }
    format!("{}…", label.chars().take(LONGEST_LABEL - 1).collect::<String>().trim_end())
}

fn decimals(number: f64, nl: bool) -> String {
    let text = format!("{number:.1}");
    if nl { text.replace('.', ",") } else { text }
}

fn figure(published: &SurveyAnswer, nl: bool) -> String {
    if published.legibility != Legibility::Read {
        return if nl { "niet leesbaar" } else { "not legible" }.to_owned();
    }
    match (published.count, published.published_percentage) {
        (Some(count), Some(percentage)) => format!("{count} ({}%)", decimals(percentage, nl)),
        (Some(count), None) => count.to_string(),
        (None, Some(percentage)) => format!("{}%", decimals(percentage, nl)),
        (None, None) => "-".to_owned(),
    }
}

fn counted(total: &SurveyTotal, nl: bool) -> String {
    format!("{} ({}%)", total.count, decimals(total.percentage(), nl))
}

fn difference(published: &SurveyAnswer, total: &SurveyTotal, nl: bool) -> String {
    let count = total.count_difference(published).map(|difference| format!("{difference:+}").replace("+0", "0"));
    let points = total.percentage_difference(published).map(|difference| {
        let sign = if difference > 0.0 { "+" } else { "" };
        format!("{sign}{} {}", decimals(difference, nl), if nl { "procentpunt" } else { "points" })
    });
    match (count, points) {
        (Some(count), Some(points)) => format!("{count} ({points})"),
        (count, points) => count.or(points).unwrap_or_default(),
    }
}
