//! The published figures on municipalities, beside what is known of each.

use askama::Template;
use serde::Deserialize;
use serde_json::Value;

use super::{
    answers::{Vocabulary, label},
    section::{Body, Fault, Shown, legend},
    words::Words,
};
use crate::drawing::{
    Swatch,
    bars::{self, Axis},
};
use crate::http::pages::words::with;

#[derive(Deserialize)]
struct Answer {
    survey: Survey,
    municipalities: Vec<Municipality>,
    vocabularies: Vec<Vocabulary>,
}

#[derive(Deserialize)]
struct Survey {
    title: String,
    publisher: String,
    questions: Vec<Question>,
}

#[derive(Deserialize)]
struct Question {
    key: String,
    section: String,
    base: u32,
    multiple: bool,
    legibility: Option<String>,
    answers: Vec<Given>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Given {
    key: String,
    label: String,
    count: Option<u32>,
    published_percentage: Option<f64>,
    legibility: String,
    #[serde(default)]
    of_which: Vec<Given>,
}

#[derive(Deserialize)]
struct Municipality {
    name: String,
    policy: Policy,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Policy {
    vision: Option<String>,
    financial_support: Option<Vec<String>>,
    other_support: Option<Vec<String>>,
    ambition: Option<String>,
    contact_moment: Option<String>,
    documents: Vec<Value>,
}

impl Policy {
    /// What is known on the theme of a question; none: not known, or not a theme of ours.
    fn known(&self, question: &str) -> Option<Vec<&str>> {
        match question {
            "municipality.vision" => one(self.vision.as_deref()),
            "municipality.financial-support" => many(self.financial_support.as_deref()),
            "municipality.other-support" => many(self.other_support.as_deref()),
            "municipality.ambition" => one(self.ambition.as_deref()),
            "municipality.contact-moment" => one(self.contact_moment.as_deref()),
            _ => None,
        }
    }
}

fn one(term: Option<&str>) -> Option<Vec<&str>> {
    term.map(|term| vec![term])
}

fn many(terms: Option<&[String]>) -> Option<Vec<&str>> {
    terms.map(|terms| terms.iter().map(String::as_str).collect())
}

/// The themes that are kept by municipality: the question of the survey, and the vocabulary of its terms.
const THEMES: [(&str, &str); 5] = [
    ("municipality.vision", "VisionStatus"),
    ("municipality.financial-support", "FinancialSupport"),
    ("municipality.other-support", "OtherSupport"),
    ("municipality.ambition", "AmbitionStatus"),
    ("municipality.contact-moment", "ContactMoment"),
];

struct Group {
    section: String,
    remark: String,
    rows: Vec<Row>,
}

struct Row {
    label: String,
    is_part: bool,
    bar: String,
    count: String,
    percentage: String,
    known: String,
}

struct MunicipalityRow {
    name: String,
    /// One per theme; none: not known.
    cells: Vec<Option<String>>,
    documents: String,
}

#[derive(Template)]
#[template(path = "pages/examples/policy.html")]
struct Published<'a> {
    t: &'static Words,
    anchor: &'a str,
    legend: Vec<(String, String)>,
    caption: String,
    ruler: String,
    groups: Vec<Group>,
    municipalities: Vec<MunicipalityRow>,
}

pub(super) fn show(shown: &Shown<'_>, answer: &Value) -> Result<Body, Fault> {
    let Shown { language, t, anchor, .. } = *shown;
    let answer = Answer::deserialize(answer)?;
    let base = answer.survey.questions.iter().map(|question| question.base).max().unwrap_or_default();
    let axis = Axis::of_parts(f64::from(base));
    let group = |question: &Question| Group {
        section: question.section.clone(),
        remark: remark(shown, question),
        rows: rows(shown, &answer, question, axis),
    };
    let municipality = |municipality: &Municipality| {
        let cell = |(question, vocabulary): &(&str, &str)| {
            let terms = municipality.policy.known(question)?;
            let labels: Vec<&str> = terms.iter().map(|term| label(&answer.vocabularies, vocabulary, term)).collect();
            Some(labels.join("; "))
        };
        MunicipalityRow {
            name: municipality.name.clone(),
            cells: THEMES.iter().map(cell).collect(),
            documents: match municipality.policy.documents.len() {
                0 => t.none_known.to_owned(),
                count => language.number(count),
            },
        }
    };
    let source = format!("{}, {}", answer.survey.title, answer.survey.publisher);
    let page = Published {
        t,
        anchor,
        legend: legend(&[(Swatch::Pale, t.policy_published), (Swatch::Thin, t.policy_shown)]),
        caption: with(t.policy_caption, &[("source", &source)]),
        ruler: bars::ruler(axis, "", |count| language.decimal(count, 0)),
        groups: answer.survey.questions.iter().map(group).collect(),
        municipalities: answer.municipalities.iter().map(municipality).collect(),
    };
    Ok(Body { title: t.policy_title.to_owned(), lead: t.policy_lead.to_owned(), html: page.render()? })
}

fn remark(shown: &Shown<'_>, question: &Question) -> String {
    let Shown { language, t, .. } = *shown;
    let mut parts = vec![with(t.policy_base, &[("base", &language.number(question.base as usize))])];
    if question.multiple {
        parts.push(t.policy_multiple.to_owned());
    }
    parts.extend(question.legibility.clone());
    parts.join("; ")
}

fn rows(shown: &Shown<'_>, answer: &Answer, question: &Question, axis: Axis) -> Vec<Row> {
    let Shown { language, t, .. } = *shown;
    let mut rows = Vec::new();
    for (given, is_part) in question
        .answers
        .iter()
        .flat_map(|given| std::iter::once((given, false)).chain(given.of_which.iter().map(|part| (part, true))))
    {
        let is_kept = THEMES.iter().any(|(theme, _)| *theme == question.key);
        // The keys of the answers are the terms in small letters.
        let term = given.key.to_uppercase().replace('-', "_");
        let shows = |municipality: &&Municipality| {
            municipality.policy.known(&question.key).is_some_and(|terms| terms.contains(&term.as_str()))
        };
        let names: Vec<&str> =
            answer.municipalities.iter().filter(shows).map(|municipality| municipality.name.as_str()).collect();
        let known = (!names.is_empty()).then_some(names.len() as f64);
        let legibility = match given.legibility.as_str() {
            "READ" => String::new(),
            "RECONSTRUCTED" => format!(" ({})", t.policy_reconstructed),
            _ => format!(" ({})", t.policy_unreadable),
        };
        rows.push(Row {
            label: if is_part { format!("{}: {}", t.policy_which, given.label) } else { given.label.clone() },
            is_part,
            bar: bars::beside(axis, given.count.map(f64::from), known),
            count: match given.count {
                Some(count) => format!("{}{legibility}", language.number(count as usize)),
                None => format!("{}{legibility}", t.not_known),
            },
            percentage: match given.published_percentage {
                Some(percentage) => {
                    let decimals = usize::from(percentage.fract() != 0.0);
                    format!("{}%", language.decimal(percentage, decimals))
                }
                None if given.legibility == "READ" => t.policy_not_published.to_owned(),
                None => t.not_known.to_owned(),
            },
            known: match (names.len(), is_kept) {
                (0, false) => t.policy_not_kept.to_owned(),
                (0, true) => t.not_known.to_owned(),
                (count, _) => format!("{}: {}", language.number(count), names.join(", ")),
            },
        });
    }
    rows
}
