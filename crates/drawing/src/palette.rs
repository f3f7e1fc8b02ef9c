//! The colours of printed maps, chosen by computation: the tests below are the reasons.
//!
//! What must be told apart differs in shape or pattern first. Colours are for those who see them: each is far enough from what lies
//! under it (WCAG 2.2, 1.4.3 and 1.4.11), and the grounds differ in lightness, so that they survive a copying machine.

/// Letters and the edges of symbols.
pub const INK: &str = "#1b2430";
/// Letters of what is beside the matter.
pub const SOFT: &str = "#4a5663";
/// Paper, and the edge around letters and symbols.
pub const PAPER: &str = "#ffffff";
/// Where there are no data: outside the province.
pub const OUTSIDE: &str = "#e3e6e8";
/// The municipalities around the one that is shown.
pub const BESIDE: &str = "#f1f2ef";
/// What is shown.
pub const SUBJECT: &str = "#fdfcf7";
/// The built-up area of villages and towns.
pub const SETTLEMENT: &str = "#ece5d3";
/// The edge of villages and towns, where zones cover their colour.
pub const SETTLEMENT_EDGE: &str = "#8d8468";
/// Borders.
pub const BORDER: &str = "#5a6572";
/// Surely within reach.
pub const COVERED: &str = "#7fb3b5";
/// The ground of what may be within reach.
pub const UNCERTAIN: &str = "#bfd9d7";
/// The lines of it.
pub const UNCERTAIN_LINE: &str = "#69a4a7";
/// Surely not within reach.
pub const UNCOVERED: &str = "#f8f4ea";
/// The dots of it.
pub const UNCOVERED_DOT: &str = "#b08d57";
/// Steps of a figure, from low to high.
pub const STEPS: [&str; 4] = ["#f7f4e8", "#d0d9c5", "#a1beb5", "#719ea2"];
/// The lines of what may be in a higher step.
pub const STEP_LINE: &str = "#3f4b57";
/// Where a place is only known to be somewhere: letters and edge.
pub const COARSE: &str = "#3f2456";
/// How much of it covers what lies under it.
pub const COARSE_OPACITY: f64 = 0.2;
/// The same where zones lie under it, which have to stay what they are; there its edge tells it.
pub const COARSE_OPACITY_ON_ZONES: f64 = 0.06;

/// The colour of a step of a figure, from 0.
pub(crate) fn step(step: usize) -> &'static str {
    STEPS[step.min(STEPS.len() - 1)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::symbols::Symbol;

    type Rgb = [f64; 3];

    /// sRGB to linear light (IEC 61966-2-1).
    fn linear(colour: &str) -> Rgb {
        std::array::from_fn(|channel| {
            let at = 1 + 2 * channel;
            let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
            if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        })
    }

    /// Relative luminance, as WCAG defines it.
    fn luminance(colour: Rgb) -> f64 {
        0.2126 * colour[0] + 0.7152 * colour[1] + 0.0722 * colour[2]
    }

    fn contrast(one: Rgb, other: Rgb) -> f64 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    /// CIELAB under D65 (CIE 15).
    fn lab([r, g, b]: Rgb) -> Rgb {
        let x = (0.412_456 * r + 0.357_576 * g + 0.180_437 * b) / 0.950_47;
        let y = 0.212_673 * r + 0.715_152 * g + 0.072_175 * b;
        let z = (0.019_334 * r + 0.119_192 * g + 0.950_304 * b) / 1.088_83;
        let [x, y, z] =
            [x, y, z].map(|t| if t > 216.0 / 24_389.0 { t.cbrt() } else { (24_389.0 / 27.0 * t + 16.0) / 116.0 });
        [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
    }

    /// ΔE*ab (CIE 1976).
    fn difference(one: Rgb, other: Rgb) -> f64 {
        let (one, other) = (lab(one), lab(other));
        one.iter().zip(other).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt()
    }

    fn over(colour: &str, opacity: f64, ground: &str) -> Rgb {
        // Renderers mix in sRGB, not in linear light.
        let channel = |text: &str, at: usize| f64::from(u8::from_str_radix(&text[1 + 2 * at..3 + 2 * at], 16).unwrap());
        let mixed: Vec<u8> = (0..3)
            .map(|at| (channel(colour, at) * opacity + channel(ground, at) * (1.0 - opacity)).round() as u8)
            .collect();
        linear(&format!("#{:02x}{:02x}{:02x}", mixed[0], mixed[1], mixed[2]))
    }

    /// Full protanopia, deuteranopia and tritanopia: the matrices for severity 1.0 of Machado, Oliveira and Fernandes, "A
    /// Physiologically-based Model for Simulation of Color Vision Deficiency", IEEE TVCG 15 (6), 2009, for linear light.
    const DEFICIENCIES: [[Rgb; 3]; 3] = [
        [[0.152_286, 1.052_583, -0.204_868], [0.114_503, 0.786_281, 0.099_216], [-0.003_882, -0.048_116, 1.051_998]],
        [[0.367_322, 0.860_646, -0.227_968], [0.280_085, 0.672_501, 0.047_413], [-0.011_820, 0.042_940, 0.968_881]],
        [[1.255_528, -0.076_749, -0.178_779], [-0.078_411, 0.930_809, 0.147_602], [0.004_733, 0.691_367, 0.303_900]],
    ];

    /// A colour as it is, as four kinds of eyes see it, and in grey.
    fn seen(colour: Rgb) -> Vec<Rgb> {
        let mut all = vec![colour];
        for matrix in DEFICIENCIES {
            all.push(matrix.map(|row| {
                row.iter().zip(colour).map(|(weight, channel)| weight * channel).sum::<f64>().clamp(0.0, 1.0)
            }));
        }
        all.push([luminance(colour); 3]);
        all
    }

    const ZONES: [&str; 3] = [COVERED, UNCERTAIN, UNCOVERED];

    /// All that letters and symbols can lie on.
    fn grounds() -> Vec<Rgb> {
        let plain = [OUTSIDE, BESIDE, SUBJECT, SETTLEMENT, COVERED, UNCERTAIN, UNCOVERED];
        let tinted = [OUTSIDE, BESIDE, SUBJECT, SETTLEMENT].map(|ground| over(COARSE, COARSE_OPACITY, ground));
        let zones = ZONES.map(|zone| over(COARSE, COARSE_OPACITY_ON_ZONES, zone));
        plain.into_iter().map(linear).chain(tinted).chain(zones).collect()
    }

    #[test]
    fn the_computations_agree_with_published_values() {
        assert!((contrast(linear("#000000"), linear("#ffffff")) - 21.0).abs() < 1e-9);
        // #767676 on white: the well-known grey that just passes 4.5.
        assert!((contrast(linear("#767676"), linear("#ffffff")) - 4.54).abs() < 0.01);
        // sRGB red and green in CIELAB, D65 (Lindbloom).
        for (colour, known) in [("#ff0000", [53.24, 80.09, 67.20]), ("#00ff00", [87.73, -86.18, 83.18])] {
            let computed = lab(linear(colour));
            assert!(computed.iter().zip(known).all(|(a, b)| (a - b).abs() < 0.05), "{colour} {computed:?}");
        }
        // A dichromat sees grey as grey: the rows of each matrix add up to 1.
        for row in DEFICIENCIES.iter().flatten() {
            assert!((row.iter().sum::<f64>() - 1.0).abs() < 1e-5);
        }
    }

    #[test]
    fn letters_can_be_read_on_everything_they_lie_on() {
        // They have an edge of paper on the map; still they do without.
        let pale = [PAPER, OUTSIDE, BESIDE, SUBJECT].map(linear).to_vec();
        for (letters, grounds) in [(INK, grounds()), (COARSE, grounds()), (SOFT, pale)] {
            for ground in grounds {
                for (letters, ground) in seen(linear(letters)).into_iter().zip(seen(ground)) {
                    let reached = contrast(letters, ground);
                    assert!(reached >= 4.5, "{reached}");
                }
            }
        }
    }

    #[test]
    fn symbols_stand_out_from_everything_for_everybody() {
        for ground in grounds() {
            for (edge, ground) in seen(linear(INK)).into_iter().zip(seen(ground)) {
                assert!(contrast(edge, ground) >= 3.0, "edge");
            }
        }
        for symbol in Symbol::ALL {
            let fill = symbol.fill();
            for (fill, paper) in seen(linear(fill)).into_iter().zip(seen(linear(PAPER))) {
                let reached = contrast(fill, paper);
                assert!(symbol == Symbol::Ring || reached >= 3.0, "{symbol:?} has {reached}");
            }
        }
    }

    #[test]
    fn no_two_kinds_share_a_shape_and_most_differ_in_colour_too() {
        for (at, one) in Symbol::ALL.into_iter().enumerate() {
            for other in &Symbol::ALL[at + 1..] {
                assert_ne!(one.path(0.0, 0.0, 10.0), other.path(0.0, 0.0, 10.0));
                let apart = difference(linear(one.fill()), linear(other.fill()));
                assert!(apart >= 20.0, "{one:?} and {other:?}: {apart}");
            }
        }
    }

    /// At least so far apart in lightness (L*, 0 to 100) are any two zones, for everybody and in grey.
    const ZONES_APART: f64 = 10.0;

    #[test]
    fn zones_differ_in_lightness_for_everybody_and_on_a_copying_machine() {
        // With its lines the uncertain zone is darker than its ground: by their share of the pattern.
        let hatched = over(UNCERTAIN_LINE, 0.2, UNCERTAIN);
        for uncertain in [linear(UNCERTAIN), hatched] {
            let zones = [linear(ZONES[0]), uncertain, linear(ZONES[2])].map(seen);
            for (one, other) in [(0, 1), (1, 2), (0, 2)] {
                for (a, b) in zones[one].iter().zip(&zones[other]) {
                    let apart = (lab(*a)[0] - lab(*b)[0]).abs();
                    assert!(apart >= ZONES_APART, "{one} and {other}: {apart}");
                }
            }
        }
    }

    #[test]
    fn steps_differ_in_lightness_for_everybody_and_names_can_be_read_on_them() {
        let steps = STEPS.map(|step| seen(linear(step)));
        for (lower, higher) in steps.iter().zip(&steps[1..]) {
            for (a, b) in lower.iter().zip(higher) {
                let apart = lab(*a)[0] - lab(*b)[0];
                assert!(apart >= ZONES_APART, "{apart}");
            }
        }
        for ground in &steps {
            for (letters, ground) in seen(linear(INK)).into_iter().zip(ground) {
                let reached = contrast(letters, *ground);
                assert!(reached >= 4.5, "{reached}");
            }
        }
        // Above the highest step there is none, so that it has no lines.
        for ground in &steps[..STEPS.len() - 1] {
            for (line, ground) in seen(linear(STEP_LINE)).into_iter().zip(ground) {
                assert!(contrast(line, *ground) >= 3.0, "the lines of what may be more");
            }
        }
    }

    #[test]
    fn an_area_somewhere_in_which_a_place_is_differs_from_its_ground() {
        for ground in [SUBJECT, SETTLEMENT] {
            for (tinted, plain) in seen(over(COARSE, COARSE_OPACITY, ground)).into_iter().zip(seen(linear(ground))) {
                let apart = (lab(tinted)[0] - lab(plain)[0]).abs();
                assert!(apart >= 10.0, "{ground}: {apart}");
            }
        }
        for ground in grounds() {
            let edge = contrast(linear(COARSE), ground);
            assert!(edge >= 3.0, "{edge}");
        }
    }

    #[test]
    fn a_zone_stays_what_it_is_under_an_area() {
        for zone in ZONES {
            let moved = difference(over(COARSE, COARSE_OPACITY_ON_ZONES, zone), linear(zone));
            let nearest =
                ZONES.iter().filter(|other| **other != zone).map(|other| difference(linear(other), linear(zone)));
            assert!(moved * 1.9 < nearest.fold(f64::INFINITY, f64::min), "{zone} {moved}");
        }
    }
}
