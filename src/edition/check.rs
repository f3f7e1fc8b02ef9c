//! What facts must be to make an edition, beyond what their types say: one sentence for each fault.

use std::collections::{BTreeSet, HashSet};

use crate::model::{Activity, Facts, PlaceSource, PolicyDocument, Survey, SurveyAnswer, SurveyTotal};

/// Faults in references between facts.
pub(super) fn references(facts: &Facts) -> Vec<String> {
    let mut faults = Vec::new();
    check_sources(facts, &mut faults);
    check_survey(&facts.survey, &mut faults);
    check_totals(&facts.survey, &facts.survey_totals, &mut faults);
    faults
}

fn check_sources(facts: &Facts, faults: &mut Vec<String>) {
    let layers: HashSet<&str> = facts.layers.iter().map(|layer| layer.key.as_str()).collect();
    for source in facts.sources.iter().filter(|source| !layers.contains(source.layer.as_str())) {
        faults.push(format!("source `{}` is of layer `{}`, which is not there", source.id, source.layer));
    }
    let known: HashSet<&str> = facts.sources.iter().map(|source| source.id.as_str()).collect();
    let places: HashSet<&str> = facts.places.iter().map(|place| place.key.as_str()).collect();
    let mut used = |source: &str, by: &str| {
        if !known.contains(source) {
            faults.push(format!("{by} names source `{source}`, which is not there"));
        }
    };
    for PlaceSource { place, source, .. } in &facts.place_sources {
        used(source, place);
    }
    for PolicyDocument { key, source, described_by, .. } in &facts.policy_documents {
        used(source, key);
        described_by.iter().for_each(|source| used(source, key));
    }
    for status in &facts.policy_statuses {
        status.stated_by.iter().for_each(|source| used(source, &status.document));
    }
    for source in &facts.survey.sources {
        used(source, "the report");
    }
    for SurveyTotal { question, source, .. } in &facts.survey_totals {
        used(source, question);
    }
    for Activity { key, source, .. } in &facts.activities {
        used(source, key);
    }
    let located: BTreeSet<&str> =
        facts.places.iter().filter(|place| place.location.is_some()).map(|place| place.key.as_str()).collect();
    let told: BTreeSet<&str> = facts
        .place_sources
        .iter()
        .filter(|link| link.fields.iter().any(|field| field == "location"))
        .map(|link| link.place.as_str())
        .collect();
    faults.extend(located.difference(&told).map(|place| format!("the location of `{place}` has no source")));
    for link in &facts.place_sources {
        if !places.contains(link.place.as_str()) {
            faults.push(format!("source `{}` supports `{}`, which is no place", link.source, link.place));
        }
    }
}

fn check_survey(survey: &Survey, faults: &mut Vec<String>) {
    for question in &survey.questions {
        if !survey.bases.iter().any(|base| base.key == question.base) {
            faults.push(format!("question `{}` was asked of `{}`, which is no base", question.key, question.base));
        }
    }
}

/// A total of fewer than ten places must not be published, whoever wrote it into the tables.
fn check_totals(survey: &Survey, totals: &[SurveyTotal], faults: &mut Vec<String>) {
    fn has(answers: &[SurveyAnswer], key: &str) -> bool {
        answers.iter().any(|answer| answer.key == key || has(&answer.of_which, key))
    }
    for SurveyTotal { question, answer, count, base, .. } in totals {
        let asked = survey.questions.iter().find(|asked| asked.key == *question);
        if !asked.is_some_and(|asked| has(&asked.answers, answer)) {
            faults.push(format!("a total is of answer `{answer}` to question `{question}`, which is not there"));
        }
        if *base < SurveyTotal::FEWEST_PLACES {
            let fewest = SurveyTotal::FEWEST_PLACES;
            faults.push(format!("the total of `{question}` is over {base} places; fewer than {fewest} are not told"));
        }
        if !(0..=*base).contains(count) {
            faults.push(format!("{count} of {base} places cannot have answered `{answer}` to `{question}`"));
        }
    }
}
