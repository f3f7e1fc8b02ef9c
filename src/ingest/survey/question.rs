//! The questions about places of the report's questionnaire, and the words by which their answers are known.

use std::collections::{HashMap, HashSet};

use crate::{
    ingest::tabular::columns::compact,
    model::{
        Survey, SurveyAnswer, SurveyQuestion,
        vocabulary::{LegalForm, PlaceKind, SurveySubject, Term},
    },
};

/// The question of which a place's own answer is served as its kind.
pub(super) const KIND: &str = "place.kind";
/// The question of which a place's own answer is served as its legal form.
pub(super) const LEGAL_FORM: &str = "place.legal-form";

/// The answer of who did not answer.
const UNKNOWN: &str = "unknown";

/// What columns are called besides the key and the section of their question: key, headings.
const HEADINGS: [(&str, &[&str]); 9] = [
    (KIND, &["soort", "kind", "soort plek", "soort ontmoetingsplek", "type"]),
    (LEGAL_FORM, &["rechtsvorm", "legalForm"]),
    ("place.board-size", &["bestuur", "bestuursleden", "aantal bestuursleden", "omvang bestuur", "boardSize"]),
    ("place.staffing", &["bemensing", "inzet", "vrijwilligers en loondienst", "staff"]),
    ("place.no-facilities", &["geen voorzieningen", "geen maatschappelijke voorzieningen"]),
    (
        "place.cultural-programme",
        &["cultureel programma", "cultureel aanbod", "culturele activiteiten", "culturalProgram"],
    ),
    ("place.support-received", &["ondersteuning", "ontvangen ondersteuning", "support"]),
    ("place.support-missed", &["gemiste ondersteuning", "ondersteuning die wordt gemist", "missed support"]),
    ("place.income", &["inkomsten", "inkomstenbronnen", "sources of income"]),
];

/// A question about places.
#[derive(Clone, Debug)]
pub(super) struct Question {
    pub(super) key: String,
    pub(super) section: String,
    pub(super) multiple: bool,
    /// Answers and what is part of them, in the order of the report.
    pub(super) answers: Vec<Answer>,
    /// The answer that stands for none.
    pub(super) unknown: Option<usize>,
    by_name: HashMap<String, usize>,
}

/// An answer.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    /// What the report has of it.
    pub(super) published: SurveyAnswer,
    /// The answer that it is part of.
    pub(super) part_of: Option<usize>,
}

/// The questions about places, in the order of the report.
pub(super) fn questions(survey: &Survey) -> Vec<Question> {
    survey.questions.iter().filter(|asked| asked.about == SurveySubject::Places).map(Question::of).collect()
}

impl Question {
    fn of(asked: &SurveyQuestion) -> Self {
        let mut answers = Vec::new();
        flatten(&asked.answers, None, &mut answers);
        let mut by_name = HashMap::new();
        // What belongs to one answer alone comes first, then what two might share.
        for names in [Answer::full_names, Answer::short_names] {
            for (index, answer) in answers.iter().enumerate() {
                for name in names(answer) {
                    by_name.entry(name).or_insert(index);
                }
            }
        }
        Self {
            key: asked.key.clone(),
            section: asked.section.clone(),
            multiple: asked.multiple,
            unknown: answers.iter().position(|answer| answer.published.key == UNKNOWN),
            answers,
            by_name,
        }
    }

    /// The answer that a text names, by key or label.
    pub(super) fn find(&self, text: &str) -> Option<usize> {
        self.by_name.get(&compact(text)).copied()
    }

    /// The answer of a kind of place, where the report has one.
    pub(super) fn of_kind(&self, kind: PlaceKind) -> Option<usize> {
        self.position(&kind.name().to_lowercase())
    }

    /// The answer of a legal form.
    pub(super) fn of_legal_form(&self, form: LegalForm) -> Option<usize> {
        self.position(if form == LegalForm::Overig { "other" } else { form.name() })
    }

    /// The name of the kind or legal form that a text names, where it is an answer to the question on that.
    pub(super) fn term_of(&self, text: &str) -> Option<String> {
        let key = &self.answers[self.find(text)?].published.key;
        Some(if key == "other" { LegalForm::Overig.name().to_owned() } else { key.to_uppercase() })
    }

    fn position(&self, key: &str) -> Option<usize> {
        self.answers.iter().position(|answer| answer.published.key.eq_ignore_ascii_case(key))
    }

    /// Everything that its one column may be called, in one piece.
    pub(super) fn names(&self) -> HashSet<String> {
        let short = self.key.strip_prefix("place.").unwrap_or(&self.key);
        let more = HEADINGS.iter().find(|(key, _)| *key == self.key).map_or(&[][..], |(_, names)| *names);
        [self.key.as_str(), short, &self.section].iter().chain(more).map(|name| compact(name)).collect()
    }

    /// What its column is called in the template.
    pub(super) fn heading(&self) -> &str {
        let known = HEADINGS.iter().find(|(key, _)| *key == self.key);
        known.and_then(|(_, names)| names.first()).unwrap_or(&self.key.as_str())
    }

    /// Whether the answer of a place with consent is served.
    pub(super) fn is_served(&self) -> bool {
        [KIND, LEGAL_FORM].contains(&self.key.as_str())
    }

    /// Whether its one answer is given by saying yes.
    pub(super) fn is_yes_or_no(&self) -> bool {
        !self.multiple && self.answers.len() == 1
    }

    /// The labels to choose from, in Dutch.
    pub(super) fn labels(&self) -> impl Iterator<Item = &str> {
        self.answers.iter().map(|answer| answer.published.label_nl.as_str())
    }
}

impl Answer {
    /// Key and labels, in one piece.
    pub(super) fn full_names(&self) -> Vec<String> {
        [&self.published.key, &self.published.label_nl, &self.published.label_en].map(|name| compact(name)).to_vec()
    }

    /// Labels without what explains them: `Andere (kerkelijke organisatie, VOF)`, `MFA - multifunctionele accommodatie`.
    fn short_names(&self) -> Vec<String> {
        let labels = [&self.published.label_nl, &self.published.label_en];
        let short = |label: &&String| {
            let (before, _) = label.split_once(" (").or_else(|| label.split_once(" - "))?;
            Some(compact(before))
        };
        labels.iter().filter_map(short).filter(|name| !name.is_empty()).collect()
    }
}

fn flatten(published: &[SurveyAnswer], part_of: Option<usize>, answers: &mut Vec<Answer>) {
    for answer in published {
        let index = answers.len();
        answers.push(Answer { published: answer.clone(), part_of });
        flatten(&answer.of_which, Some(index), answers);
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(crate) fn of_report(key: &str) -> Question {
        let questions = questions(&crate::testing::facts().survey);
        questions.into_iter().find(|question| question.key == key).expect("the report asks it")
    }

    #[test]
    fn every_question_about_places_has_headings_of_its_own() {
        let questions = questions(&crate::testing::facts().survey);
        assert_eq!(questions.len(), HEADINGS.len());
        let mut seen = HashMap::new();
        for question in &questions {
            assert!(HEADINGS.iter().any(|(key, _)| *key == question.key), "{}", question.key);
            for name in question.names() {
                assert_eq!(seen.insert(name.clone(), question.key.clone()), None, "{name}");
            }
        }
    }

    #[test]
    fn an_answer_is_known_by_its_key_and_by_both_labels() {
        for question in questions(&crate::testing::facts().survey) {
            for (index, answer) in question.answers.iter().enumerate() {
                let SurveyAnswer { key, label_nl, label_en, .. } = &answer.published;
                for text in [key, label_nl, label_en, &label_nl.to_uppercase()] {
                    assert_eq!(question.find(text), Some(index), "{}: {text}", question.key);
                }
            }
            assert_eq!(question.find("iets anders"), None);
        }
        let board = of_report("place.board-size");
        assert_eq!(board.find("1 persoon"), board.find("1"));
        assert_eq!((board.find("10"), board.find("")), (None, None));
    }

    #[test]
    fn a_kind_and_a_legal_form_are_answers_where_the_report_has_them() {
        let (kind, form) = (of_report(KIND), of_report(LEGAL_FORM));
        assert_eq!(kind.of_kind(PlaceKind::Mfa), kind.find("mfa"));
        assert!(kind.of_kind(PlaceKind::Mfa).is_some() && kind.of_kind(PlaceKind::Overig).is_none());
        for term in LegalForm::all() {
            assert!(form.of_legal_form(term).is_some(), "{}", term.name());
        }
        // And each of their answers, as the report words it, is a term.
        for answer in &kind.answers {
            assert!(PlaceKind::parse(&kind.term_of(&answer.published.label_nl).unwrap()).is_some(), "{answer:?}");
        }
        for answer in &form.answers {
            assert!(LegalForm::parse(&form.term_of(&answer.published.label_en).unwrap()).is_some(), "{answer:?}");
        }
    }
}
