//! Municipalities by the names that people and registers give them.

use super::Edition;
use crate::search::fold;

/// What may stand behind a name to tell it from that of a municipality elsewhere, folded: CBS writes "Hengelo (O.)".
const PROVINCE: [&str; 3] = ["o", "ov", "overijssel"];

impl Edition {
    /// The municipality of a name, by index, without regard to case, accents and punctuation; also as CBS writes it since
    /// 2024, `Hengelo (O.)`, and with "gemeente" before it. `None` when there is none of that name.
    pub fn municipality_named(&self, text: &str) -> Option<u32> {
        let name = plain_name(text);
        let found = (0..).zip(self.municipalities()).find(|(_, entry)| fold(&entry.facts.name) == name);
        found.map(|(index, _)| index)
    }
}

/// The name of a municipality, folded, without "gemeente" before it and without its province behind it.
///
/// Another province stays: `Hengelo (Gld)` is another place.
pub fn plain_name(text: &str) -> String {
    let folded = fold(text);
    let name = folded.strip_prefix("gemeente ").unwrap_or(&folded);
    match name.rsplit_once(' ') {
        Some((before, last)) if PROVINCE.contains(&last) || last == "gemeente" => before.to_owned(),
        _ => name.to_owned(),
    }
}

/// A text to be searched for, without a province in brackets at its end: all that can be found is in Overijssel, so it says
/// nothing, and no name has it.
pub(super) fn without_province(text: &str) -> &str {
    let trimmed = text.trim_end();
    match trimmed.strip_suffix(')').and_then(|rest| rest.rsplit_once('(')) {
        Some((before, inside)) if PROVINCE.contains(&fold(inside).as_str()) && !before.trim().is_empty() => before,
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_known_by_its_province_and_by_gemeente() {
        for text in [
            "Hengelo",
            "HENGELO",
            "Hengelo (O.)",
            "Hengelo (O)",
            "Hengelo (Ov.)",
            "gemeente Hengelo (Overijssel)",
            "hengelo o",
            "Hengelo (gemeente)",
        ] {
            assert_eq!(plain_name(text), "hengelo", "{text}");
        }
        assert_eq!(plain_name("Hengelo (Gld)"), "hengelo gld");
        assert_eq!(plain_name("O"), "o");
        assert_eq!(plain_name("gemeente"), "gemeente");
        assert_eq!(plain_name("Hof van Twente"), "hof van twente");
    }

    #[test]
    fn a_province_in_brackets_is_not_searched_for() {
        for (text, searched) in [
            ("Hengelo (O.)", "Hengelo "),
            ("Kulturhus Hengelo (Ov) ", "Kulturhus Hengelo "),
            ("Hengelo O", "Hengelo O"),
            ("(O.)", "(O.)"),
            ("De Ark (Oost)", "De Ark (Oost)"),
            ("Hengelo (O.) noord", "Hengelo (O.) noord"),
        ] {
            assert_eq!(without_province(text), searched);
        }
    }
}
