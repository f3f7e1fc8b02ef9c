//! The published figures of the report of 2024, a row for each answer.

use super::{
    collection::Collection,
    column::Kind,
    common::{self, Of},
    value::Value,
};
use crate::{
    edition::Edition,
    model::{
        Layer, Source, SurveyAnswer, SurveyBase, SurveyQuestion, SurveyTotal,
        vocabulary::{Legibility, SurveySubject},
    },
};

/// An answer to a question.
struct Row<'a> {
    question: &'a SurveyQuestion,
    answer: &'a SurveyAnswer,
    /// The answer of which it is a part.
    whole: Option<&'a SurveyAnswer>,
}

/// Answers with those that are part of them.
fn answers<'a>(
    question: &'a SurveyQuestion,
    answers: &'a [SurveyAnswer],
    whole: Option<&'a SurveyAnswer>,
    rows: &mut Vec<Row<'a>>,
) {
    for answer in answers {
        rows.push(Row { question, answer, whole });
        self::answers(question, &answer.of_which, Some(answer), rows);
    }
}

fn rows(edition: &Edition) -> Vec<Row<'_>> {
    let mut rows = Vec::new();
    for question in &edition.survey.questions {
        answers(question, &question.answers, None, &mut rows);
    }
    rows
}

/// A report has some hundred answers.
fn row(edition: &Edition, row: u32) -> Option<Row<'_>> {
    rows(edition).into_iter().nth(row as usize)
}

fn of<'a>(edition: &'a Edition, index: u32, read: fn(Row<'a>) -> Value<'a>) -> Value<'a> {
    row(edition, index).map_or(Value::Unknown, read)
}

fn base(edition: &Edition, index: u32) -> Option<&SurveyBase> {
    let row = row(edition, index)?;
    edition.survey.bases.iter().find(|base| base.key == row.question.base)
}

fn total(edition: &Edition, index: u32) -> Option<&SurveyTotal> {
    let row = row(edition, index)?;
    let is_own = |total: &&SurveyTotal| total.question == row.question.key && total.answer == row.answer.key;
    edition.survey_totals.iter().find(is_own)
}

fn sources(edition: &Edition, index: u32) -> Vec<(&Source, &[String])> {
    let counted = total(edition, index).map(|total| &total.source);
    common::sources_named(edition, edition.survey.sources.iter().chain(counted))
}

fn layers(edition: &Edition, index: u32) -> Vec<&Layer> {
    let counted = total(edition, index).map(|total| &total.source);
    common::layers_of_sources(edition, edition.survey.sources.iter().chain(counted))
}

/// Answers with their published figures, and those that were counted from a questionnaire.
pub(super) fn collection() -> Collection {
    let mut columns = vec![
        common::id(|edition, index| {
            row(edition, index).map_or_else(String::new, |row| format!("{}:{}", row.question.key, row.answer.key))
        }),
        Of::new(
            "question",
            Kind::Text,
            ["vraag", "question"],
            ["sleutel van de vraag", "key of the question"],
            |edition, index| of(edition, index, |row| Value::text(&row.question.key)),
        ),
        Of::new(
            "section",
            Kind::Text,
            ["paragraaf", "section"],
            ["waar het in het onderzoek staat", "where it stands in the report"],
            |edition, index| of(edition, index, |row| Value::text(&row.question.section)),
        ),
        Of::new(
            "about",
            Kind::term::<SurveySubject>(),
            ["over", "about"],
            ["gemeenten of ontmoetingsplekken", "municipalities or meeting places"],
            |edition, index| of(edition, index, |row| Value::term(Some(row.question.about))),
        ),
        Of::new(
            "answer",
            Kind::Text,
            ["antwoord (sleutel)", "answer (key)"],
            ["sleutel binnen de vraag", "key within the question"],
            |edition, index| of(edition, index, |row| Value::text(&row.answer.key)),
        ),
        Of::new(
            "answerLabel",
            Kind::Words,
            ["antwoord", "answer"],
            ["het antwoord in woorden", "the answer in words"],
            {
                |edition, index| {
                    of(edition, index, |row| {
                        Value::Words([row.answer.label_nl.as_str().into(), row.answer.label_en.as_str().into()])
                    })
                }
            },
        ),
        Of::new(
            "partOf",
            Kind::Text,
            ["deel van", "part of"],
            ["sleutel van het antwoord waarin het is meegeteld", "key of the answer that counts it in"],
            |edition, index| of(edition, index, |row| Value::text(row.whole.map(|whole| &whole.key))),
        ),
        Of::new(
            "count",
            Kind::Integer,
            ["aantal", "count"],
            [
                "zoals gepubliceerd; leeg: niet gepubliceerd of onleesbaar",
                "as published; empty: not published or not readable",
            ],
            |edition, index| of(edition, index, |row| Value::integer(row.answer.count)),
        ),
        Of::new(
            "base",
            Kind::Integer,
            ["grondslag", "base"],
            ["aan hoeveel het gevraagd is", "how many were asked"],
            |edition, index| Value::integer(base(edition, index).map(|base| base.size)),
        ),
        Of::new(
            "publishedPercentage",
            Kind::number("%"),
            ["percentage", "percentage"],
            ["zoals gepubliceerd", "as published"],
            |edition, index| of(edition, index, |row| Value::number(row.answer.published_percentage)),
        ),
        Of::new(
            "multiple",
            Kind::Boolean,
            ["meer antwoorden mogelijk", "several answers"],
            ["dan tellen de aandelen niet op tot 100%", "shares then do not add up to 100%"],
            |edition, index| of(edition, index, |row| Value::is(row.question.multiple)),
        ),
        Of::new(
            "legibility",
            Kind::term::<Legibility>(),
            ["leesbaarheid", "legibility"],
            ["of de cijfers gelezen konden worden", "whether the figures could be read"],
            |edition, index| of(edition, index, |row| Value::term(Some(row.answer.legibility))),
        ),
        Of::new(
            "countedCount",
            Kind::Integer,
            ["aantal volgens telling", "count of the questionnaire"],
            ["uit een ingelezen vragenlijst geteld", "counted from a questionnaire that was imported"],
            |edition, index| Value::integer(total(edition, index).map(|total| total.count)),
        ),
        Of::new(
            "countedBase",
            Kind::Integer,
            ["grondslag van de telling", "base of the questionnaire"],
            ["over hoeveel plekken, minstens 10", "over how many places, at least 10"],
            |edition, index| Value::integer(total(edition, index).map(|total| total.base)),
        ),
        Of::new(
            "synthetic",
            Kind::Boolean,
            ["verzonnen antwoorden", "made-up answers"],
            ["ja: de telling zegt niets over echte plekken", "yes: the count says nothing of real places"],
            |edition, index| Value::is(total(edition, index).map(SurveyTotal::is_synthetic)),
        ),
    ];
    columns.extend(common::provenance(sources, layers));
    Collection {
        name: "survey",
        title: ["Onderzoek van 2024", "Report of 2024"].into(),
        description: [
            "De gepubliceerde cijfers van het Onderzoek Sociale ontmoetingsplekken Overijssel, elk met zijn grondslag.",
            "The published figures of the report on social meeting places in Overijssel, each with its base.",
        ]
        .into(),
        shape: None,
        columns,
        rows: |edition| rows(edition).len(),
        listed: |edition| common::all(rows(edition).len()),
        geometry: |_, _| None,
        layers,
        sources,
    }
}
