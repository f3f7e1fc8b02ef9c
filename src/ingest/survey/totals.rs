//! From rows of answers to totals: pure counting, and what may be told of it.
//!
//! An oddity: a total says nothing of what it replaced, so three files one after the other (140 rows, five, 141) get
//! around the rule on two totals that differ by a few. Who imports has the answers anyway.

use std::collections::BTreeSet;

use super::question::Question;
use crate::model::SurveyTotal;

/// What a row says to a question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Said {
    /// The file of the row does not ask it.
    #[default]
    NotAsked,
    /// The cell is empty.
    Nothing,
    /// Something that is no answer stands there.
    Unread,
    /// These answers, by their numbers; none of them where it is empty.
    Answers(BTreeSet<usize>),
}

/// The answers to a question counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Counted {
    /// The places over which is counted: those that answered, and where the report has an answer for those that did not,
    /// also they.
    pub(super) base: i32,
    /// The places that gave an answer.
    pub(super) answered: i32,
    /// How many gave each answer, or one that is part of it.
    pub(super) counts: Vec<i32>,
}

/// Counts what the rows say to `question`.
pub(super) fn count<'a>(question: &Question, rows: impl IntoIterator<Item = &'a Said>) -> Counted {
    let mut counted = Counted { counts: vec![0; question.answers.len()], ..Counted::default() };
    for said in rows {
        let (given, is_answered) = match (said, question.unknown) {
            (Said::Answers(given), Some(unknown)) => (given.clone(), given.iter().any(|answer| *answer != unknown)),
            (Said::Answers(given), None) => (given.clone(), true),
            // "Niet bekend of niet ingevuld"
            (Said::Nothing, Some(unknown)) => (BTreeSet::from([unknown]), false),
            (Said::Nothing, None) | (Said::Unread | Said::NotAsked, _) => continue,
        };
        counted.base += 1;
        counted.answered += i32::from(is_answered);
        for answer in with_wholes(question, given) {
            counted.counts[answer] += 1;
        }
    }
    counted
}

/// The answers, and those that they are part of.
fn with_wholes(question: &Question, given: BTreeSet<usize>) -> BTreeSet<usize> {
    let mut all = given.clone();
    for answer in given {
        let mut whole = question.answers[answer].part_of;
        while let Some(index) = whole {
            all.insert(index);
            whole = question.answers[index].part_of;
        }
    }
    all
}

impl Counted {
    /// Whether enough places answered to tell anything of it.
    pub(super) fn is_enough(&self) -> bool {
        self.answered >= SurveyTotal::FEWEST_PLACES
    }

    /// Whether this beside what was told before would show what a few places answered: it differs, and nothing in it by as
    /// many as may be told of. Whatever differs by ten is over ten places at least.
    pub(super) fn tells_of_a_few(&self, before: &Self) -> bool {
        let apart = |one: i32, other: i32| one.abs_diff(other);
        let most = (self.counts.iter().zip(&before.counts))
            .map(|(now, was)| apart(*now, *was))
            .chain([apart(self.base, before.base)])
            .max()
            .unwrap_or_default();
        most > 0 && most < SurveyTotal::FEWEST_PLACES.unsigned_abs()
    }

    /// What is kept of it.
    pub(super) fn totals(&self, question: &Question, source: &str) -> Vec<SurveyTotal> {
        let answers = question.answers.iter().zip(&self.counts);
        let total = answers.map(|(answer, count)| SurveyTotal {
            question: question.key.clone(),
            answer: answer.published.key.clone(),
            count: *count,
            base: self.base,
            source: source.to_owned(),
        });
        total.collect()
    }

    /// What is kept already, of one source; `None`: nothing is.
    pub(super) fn kept(question: &Question, totals: &[SurveyTotal], source: &str) -> Option<Self> {
        let own: Vec<&SurveyTotal> =
            totals.iter().filter(|total| total.question == question.key && total.source == source).collect();
        let base = own.first()?.base;
        let count = |key: &str| own.iter().find(|total| total.answer == key).map_or(0, |total| total.count);
        let counts = question.answers.iter().map(|answer| count(&answer.published.key)).collect();
        Some(Self { base, answered: base, counts })
    }
}

#[cfg(test)]
mod tests {
    use super::super::question::tests::of_report;
    use super::*;

    fn gave(question: &Question, answers: &[&str]) -> Said {
        Said::Answers(answers.iter().map(|answer| question.find(answer).unwrap()).collect())
    }

    #[test]
    fn an_empty_cell_is_the_answer_of_who_did_not_answer_where_the_report_has_one() {
        let board = of_report("place.board-size");
        let rows = [gave(&board, &["5"]), gave(&board, &["unknown"]), Said::Nothing, Said::Unread, Said::NotAsked];
        let counted = count(&board, &rows);
        assert_eq!((counted.base, counted.answered), (3, 1));
        assert_eq!(counted.counts[board.unknown.unwrap()], 2);
        let culture = of_report("place.cultural-programme");
        let rows = [gave(&culture, &["organises"]), Said::Answers(BTreeSet::new()), Said::Nothing];
        let counted = count(&culture, &rows);
        assert_eq!((counted.base, counted.answered, counted.counts), (2, 2, vec![1]));
    }

    #[test]
    fn several_answers_of_one_place_are_counted_each_and_a_part_counts_for_its_whole() {
        let mut income = of_report("place.income");
        let (subsidy, funds) = (income.find("subsidy").unwrap(), income.find("funds").unwrap());
        income.answers[funds].part_of = Some(subsidy);
        let rows = [gave(&income, &["funds"]), gave(&income, &["funds", "subsidy", "catering"])];
        let counted = count(&income, &rows);
        assert_eq!((counted.base, counted.counts[subsidy], counted.counts[funds]), (2, 2, 2));
        assert_eq!(counted.counts.iter().sum::<i32>(), 5);
    }

    #[test]
    fn nine_answers_are_too_few_however_many_did_not_answer() {
        let board = of_report("place.board-size");
        let rows = |answers: usize| {
            let given = std::iter::repeat_n(gave(&board, &["5"]), answers);
            given.chain(std::iter::repeat_n(Said::Nothing, 100)).collect::<Vec<_>>()
        };
        assert!(!count(&board, &rows(9)).is_enough());
        assert!(count(&board, &rows(10)).is_enough());
    }

    #[test]
    fn two_totals_that_differ_by_a_few_places_tell_of_those() {
        let of = |base, counts: &[i32]| Counted { base, answered: base, counts: counts.to_vec() };
        let before = of(140, &[80, 60]);
        assert!(!before.tells_of_a_few(&before), "the same again");
        for after in [of(141, &[80, 61]), of(140, &[81, 59]), of(131, &[80, 51]), of(140, &[89, 51])] {
            assert!(after.tells_of_a_few(&before), "{after:?}");
        }
        for after in [of(150, &[80, 70]), of(140, &[90, 50]), of(140, &[79, 50])] {
            assert!(!after.tells_of_a_few(&before), "{after:?}");
        }
    }
}
