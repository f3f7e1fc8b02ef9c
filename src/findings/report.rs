//! What was refused, repaired or left alone in a file, cell by cell, with the rule and the way out.
//!
//! A [`Finding`] keeps the rule and the words that fill its sentences in; the sentences themselves are made when a report
//! is written, in Dutch or in English. The value is shown without mail addresses and telephone numbers: a report is mailed
//! around, and what was refused for being personal must not travel in it.

use std::{collections::HashMap, fmt::Write as _, sync::Arc};

use serde::{Serialize, Serializer, ser::SerializeStruct as _};

use super::{formula::defuse, personal_data, rule::Rule, severity::Severity};
use crate::model::Language;

/// So many findings are kept; of the rest only the number is told. A file with more has one mistake, made in every row.
const KEPT: usize = 100_000;
/// So many findings of a kind are shown on a terminal besides the first.
const OTHERS_SHOWN: usize = 5;
/// So much of a value is shown.
const SHOWN_CHARS: usize = 80;

/// One thing to know about one cell, row or sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Name of the file.
    pub file: Arc<str>,
    /// Name of the sheet, where the file has sheets.
    pub sheet: Option<Arc<str>>,
    /// The row number that a spreadsheet shows, the headings being row 1; `None`: the sheet as a whole.
    pub row: Option<u32>,
    /// The heading of the column as it is written there; `None`: the row as a whole.
    pub column: Option<Arc<str>>,
    /// The position of the column from 0, where it has one: the third is column C.
    pub position: Option<u16>,
    /// The beginning of what stands there, without personal data.
    pub value: String,
    /// The rule that it runs into.
    pub rule: Rule,
    /// What fills the sentences of the rule in, `{0}` and on.
    pub details: Vec<String>,
}

impl Finding {
    /// A finding on a file or sheet as a whole; the other fields are set by those who know them.
    ///
    /// What may be personal in `value` is made unreadable here, so that no report can show it.
    pub fn new(file: &Arc<str>, sheet: Option<&Arc<str>>, rule: Rule, value: &str) -> Self {
        Self {
            file: Arc::clone(file),
            sheet: sheet.cloned(),
            row: None,
            column: None,
            position: None,
            // Beside a number or an address there is often a name, and a report is mailed around.
            value: if rule.is_of_persons() || rule == Rule::PersonalData && personal_data::is_personal(value) {
                "…".to_owned()
            } else {
                shown(value)
            },
            rule,
            details: Vec::new(),
        }
    }

    /// What became of the cell.
    pub fn severity(&self) -> Severity {
        self.rule.severity()
    }

    /// What is the matter, one sentence.
    pub fn message(&self, language: Language) -> String {
        self.filled_in(self.rule.message(language))
    }

    /// What to do about it, one sentence; empty where there is nothing to do.
    pub fn remedy(&self, language: Language) -> String {
        self.filled_in(self.rule.remedy(language))
    }

    /// The cell as a spreadsheet names it, such as `C12`; `None` where the finding is not about one cell.
    pub fn cell(&self) -> Option<String> {
        Some(format!("{}{}", letters(self.position?), self.row?))
    }

    /// The sentence with the value and the details in their places; what they hold is not looked at again.
    fn filled_in(&self, sentence: &str) -> String {
        let mut text = String::with_capacity(sentence.len() + self.value.len());
        let mut rest = sentence;
        while let Some((before, after)) = rest.split_once('{') {
            let Some((name, behind)) = after.split_once('}') else { break };
            text.push_str(before);
            match name {
                "value" => text.push_str(&self.value),
                number => {
                    let detail = number.parse::<usize>().ok().and_then(|index| self.details.get(index));
                    text.push_str(detail.map_or("", String::as_str));
                }
            }
            rest = behind;
        }
        text.push_str(rest);
        text
    }
}

impl Serialize for Finding {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Finding", 12)?;
        object.serialize_field("file", &*self.file)?;
        object.serialize_field("sheet", &self.sheet.as_deref())?;
        object.serialize_field("row", &self.row)?;
        object.serialize_field("column", &self.column.as_deref())?;
        object.serialize_field("cell", &self.cell())?;
        object.serialize_field("value", &self.value)?;
        object.serialize_field("severity", &self.severity())?;
        object.serialize_field("rule", self.rule.code())?;
        object.serialize_field("messageNl", &self.message(Language::Nl))?;
        object.serialize_field("remedyNl", &self.remedy(Language::Nl))?;
        object.serialize_field("messageEn", &self.message(Language::En))?;
        object.serialize_field("remedyEn", &self.remedy(Language::En))?;
        object.end()
    }
}

/// All findings of an import, in the order in which they were made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    findings: Vec<Finding>,
    counts: [u64; 3],
}

impl Report {
    /// Adds what there is to tell.
    pub fn extend(&mut self, findings: impl IntoIterator<Item = Finding>) {
        findings.into_iter().for_each(|finding| self.add(finding));
    }

    /// Adds a finding. Of more than a hundred thousand only the number is kept.
    pub fn add(&mut self, finding: Finding) {
        self.counts[finding.severity() as usize] += 1;
        if self.findings.len() < KEPT {
            self.findings.push(finding);
        }
    }

    /// The report with each finding as `change` makes it; its severity stays.
    pub(crate) fn map(mut self, change: impl FnMut(Finding) -> Finding) -> Self {
        self.findings = self.findings.into_iter().map(change).collect();
        self
    }

    /// Adds those of another stage or file behind these.
    pub fn append(&mut self, other: Self) {
        for (count, more) in self.counts.iter_mut().zip(other.counts) {
            *count += more;
        }
        let room = KEPT.saturating_sub(self.findings.len());
        self.findings.extend(other.findings.into_iter().take(room));
    }

    /// The findings that are kept.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// How many there were of a severity, those that are not kept included.
    pub fn count(&self, severity: Severity) -> u64 {
        self.counts[severity as usize]
    }

    /// Whether there is nothing to tell.
    pub fn is_empty(&self) -> bool {
        self.total() == 0
    }

    fn total(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// The findings by kind: one rule in one column of one sheet. What a person has to decide on comes first and each by itself,
    /// then what was refused, repaired and noted.
    fn kinds(&self) -> Vec<Kind<'_>> {
        let mut in_order: Vec<&Finding> = self.findings.iter().collect();
        // Stable: within a row the order in which the cells were read.
        in_order.sort_by(|a, b| (&a.file, &a.sheet, a.row).cmp(&(&b.file, &b.sheet, b.row)));
        let mut kinds: Vec<Kind<'_>> = Vec::new();
        let mut known: HashMap<_, usize> = HashMap::new();
        for finding in in_order {
            let column = finding.column.as_ref().filter(|_| !finding.rule.is_of_headings());
            let index = *known.entry((&finding.file, &finding.sheet, finding.rule, column)).or_insert(kinds.len());
            match kinds.get_mut(index).filter(|_| !finding.rule.is_told_singly()) {
                Some(kind) => kind.others.push(finding),
                None => kinds.push(Kind { first: finding, others: Vec::new() }),
            }
        }
        kinds.sort_by_key(|kind| (!kind.first.rule.is_doubtful(), kind.first.severity()));
        kinds
    }

    /// The report for a terminal, kind by kind, at most `most` of them and the number of the other findings; each with its
    /// first finding and where the others are, all of them where `most` has no bound.
    pub fn to_text(&self, language: Language, most: usize) -> String {
        let mut text = String::new();
        let mut here = None;
        let kinds = self.kinds();
        let others_shown = if most == usize::MAX { usize::MAX } else { OTHERS_SHOWN };
        let mut told = 0;
        for kind in kinds.iter().take(most) {
            let finding = kind.first;
            told += kind.count() as u64;
            let place = (&finding.file, &finding.sheet, finding.row);
            if here != Some(place) {
                here = Some(place);
                text.push_str(&finding.file);
                if let Some(sheet) = &finding.sheet {
                    let _ = write!(text, " / {sheet}");
                }
                if let Some(row) = finding.row {
                    let word = if language == Language::Nl { "rij" } else { "row" };
                    let _ = write!(text, ", {word} {row}");
                }
                text.push('\n');
            }
            let _ = write!(text, "  {}", finding.severity().word(language));
            if kind.count() > 1 {
                let times = if language == Language::Nl { "keer" } else { "times" };
                let _ = write!(text, ", {} {times}", kind.count());
            }
            text.push_str(": ");
            if let Some(column) = &finding.column {
                let _ = match finding.cell() {
                    Some(cell) => write!(text, "{column} ({cell}): "),
                    None => write!(text, "{column}: "),
                };
            }
            text.push_str(&finding.message(language));
            let remedy = finding.remedy(language);
            if !remedy.is_empty() {
                text.push(' ');
                text.push_str(&remedy);
            }
            let _ = writeln!(text, " [{}]", finding.rule.code());
            if kind.count() > 1 {
                let also = if language == Language::Nl { "ook" } else { "also" };
                let _ = writeln!(text, "    {also}: {}", kind.also(language, others_shown));
            }
        }
        let more = self.total() - told;
        if more > 0 {
            let _ = match language {
                Language::Nl => writeln!(text, "… en nog {more}"),
                Language::En => writeln!(text, "… and {more} more"),
            };
        }
        text
    }

    /// The report as CSV: UTF-8, a comma, a line a kind, with how many findings there are of it and where the others are. No
    /// cell can be taken for a formula.
    ///
    /// # Errors
    /// None that a writer into memory is known to have.
    pub fn to_csv(&self, language: Language) -> Result<Vec<u8>, csv::Error> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(COLUMNS)?;
        for kind in self.kinds() {
            let finding = kind.first;
            writer.write_record([
                defuse(&finding.file).as_ref(),
                defuse(finding.sheet.as_deref().unwrap_or_default()).as_ref(),
                &finding.row.map(|row| row.to_string()).unwrap_or_default(),
                defuse(finding.column.as_deref().unwrap_or_default()).as_ref(),
                &finding.cell().unwrap_or_default(),
                defuse(&finding.value).as_ref(),
                finding.severity().code(),
                finding.rule.code(),
                defuse(&finding.message(language)).as_ref(),
                defuse(&finding.remedy(language)).as_ref(),
                &kind.count().to_string(),
                defuse(&kind.also(language, usize::MAX)).as_ref(),
            ])?;
        }
        writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))
    }

    /// Whether a file holds a report, as [`Report::to_csv`] and [`Report::to_json`] write it, or as text: its lines name rules.
    pub fn is_one(bytes: &[u8]) -> bool {
        let Ok(text) = std::str::from_utf8(bytes) else { return false };
        let is_csv = || text.lines().next().is_some_and(|first| first == COLUMNS.join(","));
        let is_json = || {
            let read: Result<serde_json::Map<String, serde_json::Value>, _> = serde_json::from_str(text);
            read.is_ok_and(|object| ["refused", "kinds", "findings"].iter().all(|key| object.contains_key(*key)))
        };
        let is_text = || {
            let mut findings =
                text.lines().filter(|line| line.starts_with("  ") && !line.starts_with("    ")).peekable();
            findings.peek().is_some() && findings.all(|line| line.ends_with(']'))
        };
        is_csv() || is_json() || is_text()
    }

    /// The report as JSON: `{"refused": 1, "repaired": 0, "notes": 2, "kinds": […], "findings": […]}`, sentences in both
    /// languages. A kind has a count and its first finding; the findings are all of them.
    ///
    /// # Errors
    /// None that a writer into memory is known to have.
    pub fn to_json(&self) -> Result<Vec<u8>, serde_json::Error> {
        serde_json::to_vec_pretty(self)
    }
}

impl Serialize for Report {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Report", 5)?;
        object.serialize_field("refused", &self.count(Severity::Refused))?;
        object.serialize_field("repaired", &self.count(Severity::Repaired))?;
        object.serialize_field("notes", &self.count(Severity::Note))?;
        object.serialize_field("kinds", &self.kinds())?;
        object.serialize_field("findings", &self.findings)?;
        object.end()
    }
}

/// The columns of a report as CSV.
const COLUMNS: [&str; 12] =
    ["file", "sheet", "row", "column", "cell", "value", "severity", "rule", "message", "remedy", "count", "also"];

/// Findings that are the same but for where they are.
struct Kind<'a> {
    first: &'a Finding,
    others: Vec<&'a Finding>,
}

impl Kind<'_> {
    fn count(&self) -> usize {
        1 + self.others.len()
    }

    /// Where the others are, with what stands there where that differs: at most `most` of them, and the number of the rest.
    fn also(&self, language: Language, most: usize) -> String {
        let nl = language == Language::Nl;
        let place = |finding: &Finding| {
            let row = || Some(format!("{} {}", if nl { "rij" } else { "row" }, finding.row?));
            let place = finding.cell().or_else(row).unwrap_or_default();
            let value = Some(&finding.value).filter(|value| **value != self.first.value && !value.is_empty());
            let value = value.map(|value| format!("“{value}”"));
            [Some(place).filter(|place| !place.is_empty()), value].into_iter().flatten().collect::<Vec<_>>().join(" ")
        };
        let mut places: Vec<String> = self.others.iter().take(most).map(|finding| place(finding)).collect();
        let more = self.others.len().saturating_sub(most);
        if more > 0 {
            places.push(if nl { format!("en nog {more}") } else { format!("and {more} more") });
        }
        places.join(", ")
    }
}

impl Serialize for Kind<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Kind", 2)?;
        object.serialize_field("count", &self.count())?;
        object.serialize_field("first", self.first)?;
        object.end()
    }
}

/// The beginning of a value on one line, without personal data.
pub(crate) fn shown(value: &str) -> String {
    // Before it is cut: half an address is not known as one.
    let line: String = value.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let clean = personal_data::redacted(&line);
    let mut short: String = clean.chars().take(SHOWN_CHARS).collect();
    if clean.chars().nth(SHOWN_CHARS).is_some() {
        short.push('…');
    }
    short
}

/// The letters above a column of a spreadsheet, of its position from 0: A, …, Z, AA.
pub(crate) fn letters(position: u16) -> String {
    let mut letters = Vec::new();
    let mut rest = u32::from(position) + 1;
    while rest > 0 {
        rest -= 1;
        // Below 26, hence it fits.
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or_default()));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(rule: Rule, value: &str) -> Finding {
        let mut finding = Finding::new(&Arc::from("a.xlsx"), Some(&Arc::from("Plekken")), rule, value);
        finding.row = Some(12);
        finding.column = Some(Arc::from("postcode"));
        finding.position = Some(2);
        finding
    }

    #[test]
    fn a_column_has_the_letters_of_a_spreadsheet() {
        let named = [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")];
        for (position, expected) in named {
            assert_eq!(letters(position), expected, "{position}");
        }
    }

    #[test]
    fn a_report_names_row_cell_value_rule_and_remedy() {
        let mut report = Report::default();
        report.add(finding(Rule::PostcodeShape, "81 AB"));
        let text = report.to_text(Language::Nl, 10);
        assert!(text.starts_with("a.xlsx / Plekken, rij 12\n  niet overgenomen: postcode (C12): "), "{text}");
        assert!(text.contains("81 AB") && text.contains("1234 AB") && text.contains("[postcode-shape]"), "{text}");
        let english = report.to_text(Language::En, 10);
        assert!(english.contains("row 12\n  refused: postcode (C12): "), "{english}");
        let csv = String::from_utf8(report.to_csv(Language::Nl).unwrap()).unwrap();
        assert!(csv.contains("a.xlsx,Plekken,12,postcode,C12,81 AB,refused,postcode-shape,"), "{csv}");
        let json: serde_json::Value = serde_json::from_slice(&report.to_json().unwrap()).unwrap();
        assert_eq!((json["refused"].as_u64(), json["findings"][0]["cell"].as_str()), (Some(1), Some("C12")));
    }

    #[test]
    fn a_long_report_says_how_much_more_there_is() {
        let mut report = Report::default();
        for _ in 0..(KEPT + 5) {
            report.add(finding(Rule::PostcodeShape, "x"));
        }
        assert_eq!(report.findings().len(), KEPT);
        assert_eq!(report.count(Severity::Refused), KEPT as u64 + 5);
        assert!(report.to_text(Language::Nl, 3).ends_with("… en nog 5\n"));
        let mut two = report.clone();
        two.append(report);
        assert_eq!((two.findings().len(), two.count(Severity::Refused)), (KEPT, 2 * KEPT as u64 + 10));
    }

    #[test]
    fn findings_of_one_kind_are_told_once_and_what_waits_for_a_person_first() {
        let mut report = Report::default();
        let at = |row, rule, value: &str| Finding { row: Some(row), ..finding(rule, value) };
        let heading = |position, value: &str| {
            let column = Some(Arc::from(value));
            Finding { row: Some(1), column, position: Some(position), ..finding(Rule::UnknownHeading, value) }
        };
        report.extend((0..29).map(|position| heading(position, &format!("kop {position}"))));
        report
            .extend((2..9_002).map(|row| at(row, Rule::UnknownMunicipality, if row < 5 { "Pekela" } else { "Assen" })));
        report.extend([at(40, Rule::DoubtfulPair, "De Boei"), at(41, Rule::DoubtfulPair, "De Brug")]);
        report.add(at(77, Rule::NullIsland, "0; 0"));
        let text = report.to_text(Language::Nl, 40);
        let codes: Vec<&str> = text.lines().filter_map(|line| line.rsplit_once('[')).map(|(_, code)| code).collect();
        assert_eq!(
            codes,
            ["doubtful-pair]", "doubtful-pair]", "unknown-municipality]", "null-island]", "unknown-heading]"]
        );
        assert!(text.contains("  niet overgenomen, 9000 keer: postcode (C2): “Pekela” is geen gemeente"), "{text}");
        assert!(text.contains("\n    ook: C3, C4, C5 “Assen”, C6 “Assen”, C7 “Assen”, en nog 8994\n"), "{text}");
        assert!(text.contains("let op, 29 keer: kop 0 (A1): Kolom “kop 0”"), "{text}");
        assert!(text.contains("ook: B1 “kop 1”"), "{text}");
        let whole = report.to_text(Language::En, usize::MAX);
        assert!(whole.contains("C9001 “Assen”") && whole.contains("AC1 “kop 28”"), "a file has all of them");
        let csv = String::from_utf8(report.to_csv(Language::Nl).unwrap()).unwrap();
        assert_eq!(csv.lines().count(), 6, "a line a kind");
        assert!(csv.lines().nth(3).unwrap().contains(",9000,\"C3, C4, C5 “Assen”"), "{}", &csv[..900]);
        let json: serde_json::Value = serde_json::from_slice(&report.to_json().unwrap()).unwrap();
        assert_eq!(json["kinds"][2]["count"], 9_000);
        assert_eq!(json["findings"].as_array().unwrap().len(), 9_032);
    }

    #[test]
    fn no_report_shows_a_mail_address_a_telephone_number_or_a_formula() {
        let mut report = Report::default();
        report.add(finding(Rule::PersonalData, "bel Jan de Vries 06-12345678 of jan.devries@example.nl"));
        report.add(finding(Rule::FormulaInText, "=HYPERLINK(\"http://evil.example\")"));
        let csv = String::from_utf8(report.to_csv(Language::Nl).unwrap()).unwrap();
        let json = String::from_utf8(report.to_json().unwrap()).unwrap();
        for text in [report.to_text(Language::Nl, 10), csv.clone(), json] {
            assert!(!text.contains("12345678") && !text.contains("devries@") && !text.contains("example.nl"), "{text}");
        }
        assert!(!csv.contains(",=HYP") && !csv.contains(",\"=HYP") && csv.contains("'=HYPERLINK"), "{csv}");
    }

    #[test]
    fn a_value_with_braces_does_not_fill_itself_in() {
        let mut odd = finding(Rule::UnknownTerm, "{0}{value}");
        odd.details = vec!["{value}".to_owned()];
        assert!(odd.message(Language::Nl).contains("{0}{value}"), "{}", odd.message(Language::Nl));
    }
}
