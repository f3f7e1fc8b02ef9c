//! The published figures of the 2024 report on social meeting places in Overijssel.

use serde::{Deserialize, Serialize};

use super::vocabulary::{self, FindingKind, Legibility, SurveySubject};

/// The report: what it asked, of whom, and what it published.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Survey {
    /// Title of the report.
    pub title: String,
    /// Who published it.
    pub publisher: String,
    /// When the interviews were held.
    pub fieldwork: String,
    /// The groups that were asked.
    pub bases: Vec<SurveyBase>,
    /// The questions, in the order of the report.
    #[serde(deserialize_with = "vocabulary::items")]
    pub questions: Vec<SurveyQuestion>,
    /// Instruments of the province for meeting places.
    pub instruments: Vec<SurveyInstrument>,
    /// Reasons, conclusions and recommendations.
    #[serde(deserialize_with = "vocabulary::items")]
    pub findings: Vec<SurveyFinding>,
    /// Ids of the sources.
    pub sources: Vec<String>,
}

/// A group that was asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SurveyBase {
    /// Stable key, such as `places_responded`.
    pub key: String,
    /// How many there are.
    pub size: i32,
    /// A remark of the report.
    pub note: Option<String>,
    /// The response in per cent, as published.
    pub published_response_percentage: Option<f64>,
}

/// A question with its answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SurveyQuestion {
    /// Stable key, such as `municipality.vision`.
    pub key: String,
    /// The section of the report in which it stands.
    pub section: String,
    /// Whom it is about.
    pub about: SurveySubject,
    /// Key of the [`SurveyBase`] that was asked.
    pub base: String,
    /// Whether one respondent could give several answers.
    pub multiple: bool,
    /// Why figures are missing or reconstructed.
    pub legibility: Option<String>,
    /// The answers, in the order of the report.
    #[serde(deserialize_with = "vocabulary::items")]
    pub answers: Vec<SurveyAnswer>,
}

/// An answer with its published figures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SurveyAnswer {
    /// Stable key within its question.
    pub key: String,
    /// The answer in Dutch.
    pub label_nl: String,
    /// The answer in English.
    pub label_en: String,
    /// How many gave it.
    pub count: Option<i32>,
    /// The percentage as published.
    pub published_percentage: Option<f64>,
    /// Whether the figures could be read.
    pub legibility: Legibility,
    /// Answers of which the count is part of this one's.
    #[serde(default, deserialize_with = "vocabulary::items")]
    pub of_which: Vec<SurveyAnswer>,
}

/// How many of those who answered a questionnaire gave an answer of the report, counted by us and not published in it.
///
/// Kept only where at least ten places answered the question: their board, staff and money were told to a researcher, not
/// to the public.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SurveyTotal {
    /// Key of the question.
    pub question: String,
    /// Key of the answer within it.
    pub answer: String,
    /// How many places gave the answer.
    pub count: i32,
    /// How many places the question was counted over.
    pub base: i32,
    /// Id of the source: the questionnaire.
    pub source: String,
}

impl SurveyTotal {
    /// So many places have to have answered a question before anything is told of their answers.
    pub const FEWEST_PLACES: i32 = 10;
    /// The source of answers that are made up, for tests and demonstrations.
    pub const SYNTHETIC_SOURCE: &'static str = "survey-synthetic";

    /// `count` in per cent of `base`.
    pub fn percentage(&self) -> f64 {
        if self.base == 0 { 0.0 } else { f64::from(self.count) / f64::from(self.base) * 100.0 }
    }

    /// `count` minus the published one; `None` where none was published, or it could not be read.
    pub fn count_difference(&self, published: &SurveyAnswer) -> Option<i32> {
        let count = published.count.filter(|_| published.legibility == Legibility::Read)?;
        Some(self.count - count)
    }

    /// The percentage minus the published one, percentage points with two decimals; `None` where none was published, or
    /// it could not be read.
    pub fn percentage_difference(&self, published: &SurveyAnswer) -> Option<f64> {
        let percentage = published.published_percentage.filter(|_| published.legibility == Legibility::Read)?;
        let points = ((self.percentage() - percentage) * 100.0).round() / 100.0;
        // No minus before nothing.
        Some(if points == 0.0 { 0.0 } else { points })
    }

    /// Whether the answers that were counted are made up.
    pub fn is_synthetic(&self) -> bool {
        self.source == Self::SYNTHETIC_SOURCE
    }
}

/// An instrument of the province.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SurveyInstrument {
    /// Stable key.
    pub key: String,
    /// Its name in Dutch.
    pub label_nl: String,
    /// Its name in English.
    pub label_en: String,
}

/// A reason, conclusion or recommendation, in our own words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SurveyFinding {
    /// Stable key.
    pub key: String,
    /// What sort of finding it is.
    pub kind: FindingKind,
    /// The section of the report in which it stands.
    pub section: String,
    /// The finding in Dutch.
    pub text_nl: String,
    /// The finding in English.
    pub text_en: String,
}
