//! The 2024 report.

use std::sync::Arc;

use async_graphql::{Object, SimpleObject};

use super::Source;
use crate::{
    edition::Edition,
    model::{
        self, Language,
        vocabulary::{FindingKind, Legibility, SurveySubject},
    },
};

/// The report of an edition.
pub struct Survey(Arc<Edition>);

impl Survey {
    /// The report.
    pub fn new(edition: &Arc<Edition>) -> Self {
        Self(edition.clone())
    }

    fn answer_of(&self, question: &model::SurveyQuestion, answer: &model::SurveyAnswer, base: i32) -> SurveyAnswer {
        let of_which = answer.of_which.iter().map(|part| self.answer_of(question, part, base)).collect();
        let is_own = |total: &&model::SurveyTotal| total.question == question.key && total.answer == answer.key;
        let total = self.0.survey_totals.iter().find(is_own).and_then(|total| {
            // That the source exists is checked when an edition is built.
            let source = self.0.source(&total.source)?.clone();
            Some(SurveyTotal { total: total.clone(), published: answer.clone(), source })
        });
        SurveyAnswer { answer: answer.clone(), base, total, of_which }
    }

    fn question_of(&self, question: &model::SurveyQuestion) -> SurveyQuestion {
        // That the base exists is checked when an edition is built.
        let base = self.0.survey.bases.iter().find(|base| base.key == question.base).map_or(0, |base| base.size);
        SurveyQuestion {
            key: question.key.clone(),
            section: question.section.clone(),
            base,
            multiple: question.multiple,
            legibility: question.legibility.clone(),
            answers: question.answers.iter().map(|answer| self.answer_of(question, answer, base)).collect(),
        }
    }
}

/// The 2024 report on social meeting places in Overijssel: every figure that it publishes (onderzoek).
#[Object]
impl Survey {
    /// Title (titel).
    async fn title(&self) -> &str {
        &self.0.survey.title
    }

    /// Who published it (uitgever).
    async fn publisher(&self) -> &str {
        &self.0.survey.publisher
    }

    /// When the interviews were held (veldwerk).
    async fn fieldwork(&self) -> &str {
        &self.0.survey.fieldwork
    }

    /// The groups that were asked (grondslagen): 25 municipalities, 325 places approached, 140 that answered.
    async fn bases(&self) -> Vec<SurveyBase> {
        let of = |base: &model::SurveyBase| SurveyBase {
            key: base.key.clone(),
            size: base.size,
            note: base.note.clone(),
            published_response_percentage: base.published_response_percentage,
        };
        self.0.survey.bases.iter().map(of).collect()
    }

    /// The questions (vragen), in the order of the report.
    async fn questions(
        &self,
        #[graphql(desc = "Only questions about these.")] about: Option<SurveySubject>,
    ) -> Vec<SurveyQuestion> {
        let wanted = |question: &&model::SurveyQuestion| about.is_none_or(|about| question.about == about);
        self.0.survey.questions.iter().filter(wanted).map(|question| self.question_of(question)).collect()
    }

    /// One question by its key; null: no question has that key.
    async fn question(
        &self,
        #[graphql(desc = "Its key, such as `municipality.vision`.")] key: String,
    ) -> Option<SurveyQuestion> {
        let found = self.0.survey.questions.iter().find(|question| question.key == key);
        found.map(|question| self.question_of(question))
    }

    /// Instruments of the province for meeting places (provinciale instrumenten).
    async fn instruments(&self) -> Vec<ProvincialInstrument> {
        self.0.survey.instruments.iter().cloned().map(ProvincialInstrument).collect()
    }

    /// Reasons, conclusions and recommendations (bevindingen), in our own words.
    async fn findings(
        &self,
        #[graphql(desc = "Only findings of this sort.")] kind: Option<FindingKind>,
    ) -> Vec<SurveyFinding> {
        let wanted = |finding: &&model::SurveyFinding| kind.is_none_or(|kind| finding.kind == kind);
        self.0.survey.findings.iter().filter(wanted).cloned().map(SurveyFinding).collect()
    }

    /// The report itself and the sites it names (bronnen).
    async fn sources(&self) -> Vec<Source> {
        let found = self.0.survey.sources.iter().filter_map(|id| self.0.source(id));
        found.map(|source| Source::of(source, Vec::new())).collect()
    }
}

/// A group that was asked (grondslag).
#[derive(SimpleObject)]
pub struct SurveyBase {
    /// Stable key, such as `places_responded`.
    key: String,
    /// How many there are (omvang).
    size: i32,
    /// A remark of the report; null: none.
    note: Option<String>,
    /// Response in per cent as published (respons); null: none published.
    published_response_percentage: Option<f64>,
}

/// A question with its answers (vraag).
#[derive(SimpleObject)]
pub struct SurveyQuestion {
    /// Stable key, such as `municipality.vision`.
    key: String,
    /// The section of the report in which it stands (paragraaf).
    section: String,
    /// How many were asked (grondslag): the whole of `share`.
    base: i32,
    /// Whether one respondent could give several answers, so that shares do not add up to 1.
    multiple: bool,
    /// Why figures are missing or reconstructed; null: all were read.
    legibility: Option<String>,
    /// The answers, in the order of the report (antwoorden).
    answers: Vec<SurveyAnswer>,
}

/// An answer of the report.
#[derive(Clone)]
pub struct SurveyAnswer {
    answer: model::SurveyAnswer,
    base: i32,
    total: Option<SurveyTotal>,
    of_which: Vec<SurveyAnswer>,
}

/// An answer with its published figures (antwoord).
#[Object]
impl SurveyAnswer {
    /// Stable key within its question.
    async fn key(&self) -> &str {
        &self.answer.key
    }

    /// The answer in words.
    async fn label(
        &self,
        #[graphql(desc = "Language of the label.", default_with = "Some(Language::Nl)")] language: Option<Language>,
    ) -> &str {
        match language.unwrap_or(Language::Nl) {
            Language::Nl => &self.answer.label_nl,
            Language::En => &self.answer.label_en,
        }
    }

    /// How many gave it (aantal); null: not published or not readable, see `legibility`. Never computed from a percentage.
    async fn count(&self) -> Option<i32> {
        self.answer.count
    }

    /// The percentage as published; null: not published or not readable.
    async fn published_percentage(&self) -> Option<f64> {
        self.answer.published_percentage
    }

    /// `count` divided by the question's `base`, from 0 to 1, four decimals (aandeel); null where the count is.
    async fn share(&self) -> Option<f64> {
        let count = self.answer.count.filter(|_| self.base > 0)?;
        Some((f64::from(count) / f64::from(self.base) * 10_000.0).round() / 10_000.0)
    }

    /// Whether the figures could be read (leesbaarheid).
    async fn legibility(&self) -> Legibility {
        self.answer.legibility
    }

    /// Answers whose count is part of this one's (waarvan).
    async fn of_which(&self) -> Vec<SurveyAnswer> {
        self.of_which.clone()
    }

    /// How many gave it in the answers to the questionnaire that were counted here (telling), beside the published figures;
    /// null: no questionnaire with this question was imported, or fewer than ten places answered it.
    async fn total(&self) -> Option<SurveyTotal> {
        self.total.clone()
    }
}

/// A total of the answers to a questionnaire.
#[derive(Clone)]
pub struct SurveyTotal {
    total: model::SurveyTotal,
    published: model::SurveyAnswer,
    source: model::Source,
}

/// How many places gave an answer to the questionnaire, counted from the answers and not published in the report (telling). Only
/// where at least ten places answered the question; of single places nothing is told.
#[Object]
impl SurveyTotal {
    /// How many places gave the answer (aantal).
    async fn count(&self) -> i32 {
        self.total.count
    }

    /// How many places were counted: those that answered the question and, where the report has an answer for those that did
    /// not, also they (grondslag). At least 10.
    async fn base(&self) -> i32 {
        self.total.base
    }

    /// `count` divided by `base`, from 0 to 1, four decimals (aandeel).
    async fn share(&self) -> f64 {
        (self.total.percentage() * 100.0).round() / 10_000.0
    }

    /// `count` minus the published count (verschil in aantal); null: none was published, or it could not be read with
    /// certainty.
    async fn count_difference(&self) -> Option<i32> {
        self.total.count_difference(&self.published)
    }

    /// The share in per cent minus the published percentage, in percentage points, two decimals (verschil in procentpunten);
    /// null: none was published, or it could not be read with certainty. The report rounds, so a small difference need not
    /// be one of the answers.
    async fn percentage_difference(&self) -> Option<f64> {
        self.total.percentage_difference(&self.published)
    }

    /// Whether the answers are made up, for tests and demonstrations (synthetisch). Then they say nothing of any place.
    async fn synthetic(&self) -> bool {
        self.total.is_synthetic()
    }

    /// The questionnaire that was counted (bron).
    async fn source(&self) -> Source {
        Source::of(&self.source, Vec::new())
    }
}

/// An instrument of the province.
pub struct ProvincialInstrument(model::SurveyInstrument);

/// An instrument of the province for meeting places (provinciaal instrument).
#[Object]
impl ProvincialInstrument {
    /// Stable key.
    async fn key(&self) -> &str {
        &self.0.key
    }

    /// What it is called (benaming).
    async fn label(
        &self,
        #[graphql(desc = "Language of the label.", default_with = "Some(Language::Nl)")] language: Option<Language>,
    ) -> &str {
        match language.unwrap_or(Language::Nl) {
            Language::Nl => &self.0.label_nl,
            Language::En => &self.0.label_en,
        }
    }
}

/// A finding of the report.
pub struct SurveyFinding(model::SurveyFinding);

/// A reason, conclusion or recommendation of the report (bevinding).
#[Object]
impl SurveyFinding {
    /// Stable key.
    async fn key(&self) -> &str {
        &self.0.key
    }

    /// What sort of finding it is (soort).
    async fn kind(&self) -> FindingKind {
        self.0.kind
    }

    /// The section of the report in which it stands (paragraaf).
    async fn section(&self) -> &str {
        &self.0.section
    }

    /// The finding in our own words (tekst).
    async fn text(
        &self,
        #[graphql(desc = "Language of the text.", default_with = "Some(Language::Nl)")] language: Option<Language>,
    ) -> &str {
        match language.unwrap_or(Language::Nl) {
            Language::Nl => &self.0.text_nl,
            Language::En => &self.0.text_en,
        }
    }
}
