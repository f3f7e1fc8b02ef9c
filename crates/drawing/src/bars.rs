//! Bars of a table: one small drawing per row, all on one axis, as wide as their cell.
//!
//! Widths are per cent of the cell, so a bar keeps its meaning and its legibility on any screen; the numbers stand beside it in
//! the table, so it is hidden from screen readers.

use super::{PALE, SOFT, SURE, number};

/// Height of a bar's drawing, pixels.
const HEIGHT: u32 = 22;

/// From zero to a round number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Axis {
    most: f64,
    step: f64,
}

impl Axis {
    /// An axis that `largest` fits on, with at most five steps of 1, 2, 2.5 or 5 times a power of ten.
    pub fn to_hold(largest: f64) -> Self {
        let largest = if largest.is_finite() && largest > 0.0 { largest } else { 1.0 };
        let power = 10_f64.powf(largest.log10().floor() - 1.0);
        let rounds = [1.0, 2.0, 2.5, 5.0, 10.0, 20.0, 25.0, 50.0, 100.0];
        let step = rounds.iter().map(|round| round * power).find(|step| largest / step <= 5.0 + 1e-9);
        let step = step.unwrap_or(largest);
        Self { most: (largest / step - 1e-9).ceil() * step, step }
    }

    /// An axis from 0 to 1 by quarters.
    pub fn of_shares() -> Self {
        Self { most: 1.0, step: 0.25 }
    }

    /// An axis from 0 to `whole` by fifths.
    pub fn of_parts(whole: f64) -> Self {
        let whole = if whole > 0.0 { whole } else { 1.0 };
        Self { most: whole, step: whole / 5.0 }
    }

    /// The values of its marks, 0 and the end included.
    pub fn marks(self) -> Vec<f64> {
        let mut marks = Vec::new();
        let mut at = 0_u32;
        while f64::from(at) * self.step <= self.most * (1.0 + 1e-9) {
            marks.push(f64::from(at) * self.step);
            at += 1;
        }
        marks
    }

    fn percent(self, value: f64) -> f64 {
        (value / self.most * 100.0).clamp(0.0, 100.0)
    }
}

/// The marks of an axis with their labels, for the head of the column; the last one has the unit.
///
/// Those between the ends have the class `between`, for a style sheet that has no room for them on a small screen.
pub fn ruler(axis: Axis, unit: &str, label: impl Fn(f64) -> String) -> String {
    let marks = axis.marks();
    let last = marks.len().saturating_sub(1);
    let mut svg = open("ruler", 20);
    for (position, mark) in marks.iter().enumerate() {
        let (class, anchor, unit) = match position {
            0 => ("end", "start", ""),
            _ if position == last => ("end", "end", unit),
            _ => ("between", "middle", ""),
        };
        svg.push_str(&format!(
            "<text class=\"{class}\" x=\"{}%\" y=\"14\" text-anchor=\"{anchor}\" fill=\"{SOFT}\">{}</text>",
            number(axis.percent(*mark)),
            super::escape(&format!("{}{unit}", label(*mark)))
        ));
    }
    svg.push_str("</svg>");
    svg
}

/// An interval: solid up to `at_least`, hatched from there to `at_most`. Without an `at_most` the hatching runs off the axis.
pub fn interval(axis: Axis, at_least: f64, at_most: Option<f64>) -> String {
    let (from, to) = (axis.percent(at_least), at_most.map_or(100.0, |most| axis.percent(most)));
    let mut svg = open("bar", HEIGHT);
    grid(&mut svg, axis);
    bar(&mut svg, "sure", SURE, 0.0, from, 4, 14);
    bar(&mut svg, "maybe", "url(#hatch)", from, to - from, 4, 14);
    svg.push_str("</svg>");
    svg
}

/// Two amounts of one thing from two sources: a pale, high bar for `whole`, a dark, low one on it for `part`. What is not known is
/// not drawn.
pub fn beside(axis: Axis, whole: Option<f64>, part: Option<f64>) -> String {
    let mut svg = open("bar", HEIGHT);
    grid(&mut svg, axis);
    if let Some(whole) = whole {
        bar(&mut svg, "pale", PALE, 0.0, axis.percent(whole), 4, 14);
    }
    if let Some(part) = part {
        bar(&mut svg, "sure", SURE, 0.0, axis.percent(part), 8, 6);
    }
    svg.push_str("</svg>");
    svg
}

fn open(class: &str, height: u32) -> String {
    format!("<svg class=\"{class}\" width=\"100%\" height=\"{height}\" aria-hidden=\"true\" focusable=\"false\">")
}

fn grid(svg: &mut String, axis: Axis) {
    for mark in axis.marks() {
        let at = number(axis.percent(mark));
        svg.push_str(&format!(
            "<line class=\"grid\" x1=\"{at}%\" x2=\"{at}%\" y1=\"0\" y2=\"{HEIGHT}\" stroke=\"#d9d6cd\"/>"
        ));
    }
}

/// Nothing is drawn of no width: a stroke would make it something.
fn bar(svg: &mut String, class: &str, fill: &str, x: f64, width: f64, y: u32, height: u32) {
    if width < 0.005 {
        return;
    }
    svg.push_str(&format!(
        "<rect class=\"{class}\" x=\"{}%\" y=\"{y}\" width=\"{}%\" height=\"{height}\" fill=\"{fill}\" stroke=\"{SURE}\"/>",
        number(x),
        number(width)
    ));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_ends_at_a_round_number_that_holds_the_largest() {
        for (largest, marks) in [
            (5.77, vec![0.0, 2.0, 4.0, 6.0]),
            (1.0, vec![0.0, 0.2, 0.4, 0.6, 0.8, 1.0]),
            (17.6, vec![0.0, 5.0, 10.0, 15.0, 20.0]),
            (250.0, vec![0.0, 50.0, 100.0, 150.0, 200.0, 250.0]),
        ] {
            let seen = Axis::to_hold(largest).marks();
            assert!(
                seen.len() == marks.len() && seen.iter().zip(&marks).all(|(a, b)| (a - b).abs() < 1e-9),
                "{seen:?}"
            );
        }
        for nothing in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert!(Axis::to_hold(nothing).percent(0.5) > 0.0, "{nothing}");
        }
    }

    #[test]
    fn an_interval_is_solid_to_its_lower_and_hatched_to_its_upper_bound() {
        let svg = interval(Axis::of_shares(), 0.18, Some(0.8937));
        assert!(svg.contains("class=\"sure\" x=\"0%\" y=\"4\" width=\"18%\""), "{svg}");
        assert!(svg.contains("class=\"maybe\" x=\"18%\" y=\"4\" width=\"71.37%\""), "{svg}");
        assert!(!interval(Axis::of_shares(), 0.5, Some(0.5)).contains("maybe"));
        assert!(interval(Axis::of_shares(), 0.25, None).contains("class=\"maybe\" x=\"25%\" y=\"4\" width=\"75%\""));
    }

    #[test]
    fn what_is_not_known_is_not_drawn() {
        assert!(!beside(Axis::of_parts(25.0), None, None).contains("rect"));
        let svg = beside(Axis::of_parts(25.0), Some(6.0), Some(2.0));
        assert!(svg.contains("class=\"pale\" x=\"0%\" y=\"4\" width=\"24%\"") && svg.contains("width=\"8%\""), "{svg}");
    }

    #[test]
    fn the_marks_of_a_ruler_are_labelled_in_the_words_of_the_caller() {
        let svg = ruler(Axis::of_shares(), "%", |share| format!("{}<", share * 100.0));
        assert!(svg.contains("x=\"25%\" y=\"14\" text-anchor=\"middle\"") && svg.contains(">25&#60;</text>"), "{svg}");
        assert!(svg.contains(">100&#60;%</text>") && svg.matches("between").count() == 3, "{svg}");
    }
}
