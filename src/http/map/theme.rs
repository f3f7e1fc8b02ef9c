//! Maps of figures: municipalities in steps of a figure, instead of the places themselves.
//!
//! A figure has two bounds, since it may not be known whether a place matches, or where it is. A municipality is in the step of its lower bound,
//! hatched where it may be in a higher one, and both bounds stand beside its name.

use crate::{drawing::palette::STEPS, http::pages::language::Language};

/// What municipalities are told apart by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Theme {
    /// Known places for each 10,000 inhabitants.
    Density,
    /// The share of inhabitants within reach of a place.
    Reach,
}

impl Theme {
    /// The one of that name.
    pub(super) fn named(name: &str) -> Option<Self> {
        match name {
            "per10000" => Some(Self::Density),
            "reach" => Some(Self::Reach),
            _ => None,
        }
    }

    /// A figure as it is written and told apart: to one decimal, or to whole percents.
    fn rounded(self, figure: f64) -> f64 {
        match self {
            Self::Density => (figure * 10.0).round() / 10.0,
            Self::Reach => (figure * 100.0).round() / 100.0,
        }
    }

    /// A figure in words.
    pub(super) fn told(self, figure: f64, language: Language) -> String {
        match self {
            Self::Density => language.decimal(figure, 1),
            Self::Reach => format!("{}%", language.decimal(figure * 100.0, 0)),
        }
    }
}

/// The figures of the municipalities that a map is of.
pub(super) struct Figures {
    pub(super) theme: Theme,
    /// Each municipality with its lower and its upper bound; none: it is not known how many people live there.
    pub(super) all: Vec<(u32, Option<[f64; 2]>)>,
    /// Where a step ends and the next begins.
    breaks: Vec<f64>,
}

impl Figures {
    /// Those of some municipalities.
    pub(super) fn of(theme: Theme, municipalities: &[u32], figure: impl Fn(u32) -> Option<[f64; 2]>) -> Self {
        let rounded = |bounds: [f64; 2]| bounds.map(|bound| theme.rounded(bound));
        let all: Vec<_> = municipalities.iter().map(|index| (*index, figure(*index).map(rounded))).collect();
        let breaks = breaks(all.iter().filter_map(|(_, bounds)| bounds.map(|[least, _]| least)).collect());
        Self { theme, all, breaks }
    }

    /// The figures of a municipality.
    pub(super) fn bounds(&self, municipality: u32) -> Option<[f64; 2]> {
        self.all.iter().find(|(index, _)| *index == municipality).and_then(|(_, bounds)| *bounds)
    }

    /// The step that a figure is in, from 0.
    pub(super) fn step(&self, figure: f64) -> usize {
        self.breaks.iter().filter(|at| figure >= **at).count()
    }

    /// Whether a municipality may be in a higher step than that of its lower bound.
    pub(super) fn is_perhaps_more(&self, [least, most]: [f64; 2]) -> bool {
        self.step(most) > self.step(least)
    }

    /// Each step: where it begins, where it ends, and how many municipalities are in it by their lower bound. An end that is open has none.
    pub(super) fn steps(&self) -> Vec<(Option<f64>, Option<f64>, usize)> {
        let least = |step: usize| step.checked_sub(1).and_then(|before| self.breaks.get(before)).copied();
        let lower = || self.all.iter().filter_map(|(_, bounds)| bounds.map(|[least, _]| self.step(least)));
        let count = |step: usize| lower().filter(|of| *of == step).count();
        (0..=self.breaks.len()).map(|step| (least(step), self.breaks.get(step).copied(), count(step))).collect()
    }
}

/// So that about as many are in each step; fewer steps where many have the same figure.
fn breaks(mut figures: Vec<f64>) -> Vec<f64> {
    figures.sort_by(f64::total_cmp);
    let at = |step: usize| figures.get(figures.len() * step / STEPS.len()).copied();
    let mut breaks: Vec<f64> = (1..STEPS.len()).filter_map(at).collect();
    breaks.dedup();
    // What all are above tells nothing apart.
    breaks.retain(|at| figures.first().is_some_and(|first| first < at));
    breaks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(all: &[f64]) -> Figures {
        let municipalities: Vec<u32> = (0..).zip(all).map(|(index, _)| index).collect();
        Figures::of(Theme::Density, &municipalities, |index| all.get(index as usize).map(|figure| [*figure; 2]))
    }

    #[test]
    fn each_figure_is_in_one_step_and_steps_are_about_as_full() {
        let some = figures(&[0.4, 0.5, 0.7, 1.0, 1.1, 1.2, 2.0, 9.0]);
        assert_eq!(
            some.steps(),
            [(None, Some(0.7), 2), (Some(0.7), Some(1.1), 2), (Some(1.1), Some(2.0), 2), (Some(2.0), None, 2)]
        );
        assert_eq!([0.69, 0.7, 5.0].map(|figure| some.step(figure)), [0, 1, 3]);
        assert!(some.is_perhaps_more([0.6, 0.8]) && !some.is_perhaps_more([0.7, 1.0]));
        assert_eq!(figures(&[1.0; 5]).steps(), [(None, None, 5)]);
        assert_eq!(figures(&[0.0, 0.0, 0.0, 3.0]).steps(), [(None, Some(3.0), 3), (Some(3.0), None, 1)]);
        assert_eq!(figures(&[2.0]).steps(), [(None, None, 1)]);
        assert_eq!(figures(&[]).steps(), [(None, None, 0)]);
    }
}
