//! The municipality's own sheet: whether its list of places is complete, and where to ask.
//!
//! A question a line, the answer beside it; or the questions as headings with the answers below.

use std::sync::Arc;

use chrono::Datelike as _;

use super::{column::Lexicon, contact};
use crate::{
    findings::{Finding, Report, Rule, report::shown},
    ingest::tabular::{
        cell,
        columns::compact,
        stated::Stated,
        table::{CellKind, Table},
    },
    model::{MunicipalityCode, vocabulary::InventoryStatus},
    search::fold,
};

/// What a municipality says of its list of places.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MunicipalitySheet {
    /// The municipality.
    pub municipality: Option<MunicipalityCode>,
    /// Whether the list is complete; an empty answer says nothing.
    pub inventory: Option<InventoryStatus>,
    /// How many places there are.
    pub expected_places: Option<i32>,
    /// The role to ask, such as "accommodatiebeleid".
    pub contact_role: Option<String>,
    /// A page to ask at.
    pub contact_url: Option<String>,
    /// A mailbox of the role.
    pub contact_mailbox: Option<String>,
    /// The day on which the municipality says all this.
    pub stated: Stated,
    /// Whether what it said of the completeness is taken back.
    pub clears_inventory: bool,
    /// Whether the number of places is.
    pub clears_expected: bool,
    /// Whether the contact is.
    pub clears_contact: bool,
}

/// A question of the sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Question {
    Code,
    Name,
    Complete,
    Expected,
    Role,
    Url,
    Mailbox,
    Stated,
}

/// What a question is called and what it asks.
pub(crate) struct QuestionInfo {
    pub(crate) question: Question,
    pub(crate) heading: &'static str,
    pub(crate) explanation: &'static str,
    names: &'static [&'static str],
}

pub(crate) const QUESTIONS: [QuestionInfo; 8] = [
    QuestionInfo {
        question: Question::Code,
        heading: "gemeentecode",
        explanation: "CBS-code; niet wijzigen.",
        names: &["municipalityCode", "code", "cbs gemeentecode"],
    },
    QuestionInfo {
        question: Question::Name,
        heading: "gemeente",
        explanation: "Niet wijzigen.",
        names: &["municipality", "gemeentenaam", "naam"],
    },
    QuestionInfo {
        question: Question::Complete,
        heading: "lijst volledig",
        explanation: "ja: alle ontmoetingsplekken van de gemeente staan op het blad Plekken. nee: er ontbreken plekken. Leeg: geen uitspraak.",
        names: &["inventoryComplete", "inventaris volledig", "volledig"],
    },
    QuestionInfo {
        question: Question::Expected,
        heading: "aantal plekken",
        explanation: "Hoeveel ontmoetingsplekken er volgens de gemeente zijn; gesloten plekken tellen niet mee.",
        names: &["expectedPlaces", "verwacht aantal plekken", "verwacht aantal"],
    },
    QuestionInfo {
        question: Question::Role,
        heading: "contact functie",
        explanation: "De functie of afdeling om het aan te vragen, zoals accommodatiebeleid. Geen naam van een persoon.",
        names: &["contactRole", "functie", "afdeling"],
    },
    QuestionInfo {
        question: Question::Url,
        heading: "contact webpagina",
        explanation: "Een pagina van de gemeente, https://…",
        names: &["contactUrl", "webpagina", "website"],
    },
    QuestionInfo {
        question: Question::Mailbox,
        heading: "contact postbus",
        explanation: "Een postbus van die functie, zoals info@ of gemeente@. Geen adres van een persoon.",
        names: &["contactMailbox", "contactEmail", "postbus", "mailadres", "email"],
    },
    QuestionInfo {
        question: Question::Stated,
        heading: "datum opgave",
        explanation: "De dag waarop de gemeente dit opgeeft, zoals 2026-03-15.",
        names: &["statedOn", "opgave datum", "datum", "peildatum"],
    },
];

fn question(text: &str) -> Option<&'static QuestionInfo> {
    let name = compact(text);
    QUESTIONS.iter().find(|info| compact(info.heading) == name || info.names.iter().any(|known| compact(known) == name))
}

/// Whether a sheet is called as the municipality's is.
pub(crate) fn is_named(table: &Table) -> bool {
    table.sheet.as_deref().is_some_and(|name| matches!(fold(name).as_str(), "gemeente" | "municipality"))
}

/// Whether two of the questions stand below each other in the first column.
pub(crate) fn asks(table: &Table) -> bool {
    let below = table.records.iter().filter_map(|record| record.cells.first().filter(|cell| cell.column == 0));
    let below = below.map(|cell| cell.text.as_str()).chain(table.headings.first().map(String::as_str));
    below.filter(|text| question(text).is_some()).count() >= 2
}

/// An answer with where it stands.
struct Answer {
    row: u32,
    position: u16,
    text: String,
    kind: CellKind,
}

/// Reads a municipality's sheet, and tells what could not be taken.
pub fn municipality(table: &Table, file: &Arc<str>, lexicon: &Lexicon, report: &mut Report) -> MunicipalitySheet {
    let sheet: Option<Arc<str>> = table.sheet.as_deref().map(Arc::from);
    let mut reader = Reader { file, sheet: sheet.as_ref(), lexicon, report, said: MunicipalitySheet::default() };
    let lies_flat = table.headings.iter().filter(|heading| question(heading).is_some()).count() >= 2;
    if lies_flat {
        for cell in table.records.first().into_iter().flat_map(|record| &record.cells) {
            let heading = table.headings.get(usize::from(cell.column)).map_or("", String::as_str);
            let row = table.records.first().map_or(0, |record| record.row);
            reader.answer(heading, Answer { row, position: cell.column, text: cell.text.clone(), kind: cell.kind });
        }
        return reader.said;
    }
    // The first line counts as well: a sheet may begin with its first question.
    if let [first, second, ..] = table.headings.as_slice()
        && question(first).is_some()
    {
        let answer = Answer { row: table.heading_row, position: 1, text: second.clone(), kind: CellKind::Plain };
        reader.answer(first, answer);
    }
    for record in &table.records {
        let Some(asked) = record.cells.iter().find(|cell| cell.column == 0) else { continue };
        let answer = record.cells.iter().find(|cell| cell.column == 1);
        let (text, kind) = answer.map_or((String::new(), CellKind::Plain), |cell| (cell.text.clone(), cell.kind));
        reader.answer(&asked.text, Answer { row: record.row, position: 1, text, kind });
    }
    reader.said
}

struct Reader<'a> {
    file: &'a Arc<str>,
    sheet: Option<&'a Arc<str>>,
    lexicon: &'a Lexicon,
    report: &'a mut Report,
    said: MunicipalitySheet,
}

impl Reader<'_> {
    fn tell(&mut self, asked: &str, answer: &Answer, rule: Rule, details: Vec<String>) {
        let value = if rule == Rule::UnknownQuestion { asked } else { &answer.text };
        let mut finding = Finding::new(self.file, self.sheet, rule, value);
        finding.row = Some(answer.row);
        finding.column = Some(Arc::from(shown(asked).as_str()));
        finding.position = Some(answer.position);
        finding.details = details;
        self.report.add(finding);
    }

    fn answer(&mut self, asked: &str, mut answer: Answer) {
        answer.text = cell::normalised(&answer.text);
        let Some(info) = question(asked) else {
            if !answer.text.is_empty() {
                self.tell(asked, &answer, Rule::UnknownQuestion, Vec::new());
            }
            return;
        };
        if info.question == Question::Stated && (answer.kind != CellKind::Plain || !answer.text.is_empty()) {
            // Until it is read.
            self.said.stated = Stated::Unreadable;
        }
        match answer.kind {
            CellKind::Error => return self.tell(asked, &answer, Rule::ErrorCell, Vec::new()),
            CellKind::FormulaWithoutValue => return self.tell(asked, &answer, Rule::FormulaWithoutValue, Vec::new()),
            CellKind::Formula => self.tell(asked, &answer, Rule::FormulaCell, Vec::new()),
            CellKind::Plain | CellKind::Nested | CellKind::TooLong(_) => {}
        }
        if answer.text.is_empty() {
            return;
        }
        if cell::says_nothing(&answer.text) {
            return self.tell(asked, &answer, Rule::SaysNothing, Vec::new());
        }
        if cell::clears(&answer.text) {
            return match info.question {
                Question::Complete => self.said.clears_inventory = true,
                Question::Expected => self.said.clears_expected = true,
                Question::Role | Question::Url | Question::Mailbox => self.said.clears_contact = true,
                Question::Code | Question::Name | Question::Stated => {
                    self.tell(asked, &answer, Rule::NotClearable, vec![info.heading.to_owned()]);
                }
            };
        }
        if let Err((rule, details)) = self.take(info.question, &answer) {
            self.tell(asked, &answer, rule, details);
        }
    }

    /// Takes an answer.
    ///
    /// # Errors
    /// The rule that it runs into, or that it was repaired by.
    fn take(&mut self, question: Question, answer: &Answer) -> Result<(), cell::Trouble> {
        let text = answer.text.as_str();
        let refused = |rule| (rule, Vec::new());
        match question {
            Question::Code | Question::Name => {
                let (code, is_repaired) =
                    self.lexicon.municipality(text).ok_or_else(|| refused(Rule::UnknownMunicipality))?;
                if let Some(other) = self.said.municipality.as_ref().filter(|other| *other != code) {
                    let details = vec![code.to_string(), other.to_string()];
                    self.said.municipality = None;
                    return Err((Rule::MunicipalitiesDisagree, details));
                }
                self.said.municipality = Some(code.clone());
                if is_repaired {
                    return Err((Rule::MunicipalityCodeRepaired, vec![code.to_string()]));
                }
            }
            Question::Complete => {
                let is_complete = cell::yes_or_no(text).filter(|_| !cell::is_dash(text));
                self.said.inventory = Some(match is_complete.ok_or_else(|| refused(Rule::NotYesOrNo))? {
                    true => InventoryStatus::Complete,
                    false => InventoryStatus::Incomplete,
                });
            }
            Question::Expected => {
                let number = text.parse::<i32>().ok().filter(|number| (0..=10_000).contains(number));
                self.said.expected_places = Some(number.ok_or_else(|| refused(Rule::NumberShape))?);
            }
            Question::Role => {
                let (role, repairs) = cell::clean(text)?;
                if role.chars().count() > 200 {
                    let details =
                        vec![role.chars().count().to_string(), "contact functie".to_owned(), "200".to_owned()];
                    return Err((Rule::TextTooLong, details));
                }
                if contact::is_somebody(&role) {
                    return Err((Rule::PersonInsteadOfRole, Vec::new()));
                }
                self.said.contact_role = Some(role);
                if let Some(repair) = repairs.into_iter().next() {
                    return Err(repair);
                }
            }
            Question::Url => {
                let (url, is_repaired) = cell::page(text).map_err(refused)?;
                self.said.contact_url = Some(url.clone());
                if is_repaired {
                    return Err((Rule::WebsiteRepaired, vec![url]));
                }
            }
            Question::Mailbox => {
                let mailbox = contact::mailbox(text, self.lexicon)?;
                self.said.contact_mailbox = Some(mailbox);
            }
            Question::Stated => {
                let date = cell::date(text).ok_or_else(|| refused(Rule::DateShape))?;
                if date > self.lexicon.today || date.year() < 2000 {
                    return Err(refused(Rule::DateOutOfRange));
                }
                self.said.stated = Stated::On(date);
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::ingest::tabular::file;

    fn read(text: &str) -> (MunicipalitySheet, Report) {
        let today = NaiveDate::from_ymd_opt(2026, 11, 25).unwrap();
        let lexicon = Lexicon::new(&crate::testing::facts(), today);
        let tables = file::read_bytes(text.as_bytes()).unwrap();
        assert!(asks(&tables[0]) || text.lines().count() == 2, "{text}");
        let mut report = Report::default();
        let sheet = municipality(&tables[0], &Arc::from("gemeente.csv"), &lexicon, &mut report);
        (sheet, report)
    }

    fn rules(report: &Report) -> Vec<Rule> {
        report.findings().iter().map(|finding| finding.rule).collect()
    }

    #[test]
    fn a_sheet_states_that_the_list_is_complete() {
        let text = "vraag;antwoord\ngemeentecode;GM0148\ngemeente;Dalfsen\nlijst volledig;ja\naantal plekken;24\n\
            contact functie;accommodatiebeleid\ncontact webpagina;https://www.dalfsen.nl\ncontact postbus;gemeente@dalfsen.nl\n\
            datum opgave;2026-11-20\n";
        let (sheet, report) = read(text);
        assert!(report.is_empty(), "{report:?}");
        assert_eq!(
            sheet,
            MunicipalitySheet {
                municipality: "GM0148".parse().ok(),
                inventory: Some(InventoryStatus::Complete),
                expected_places: Some(24),
                contact_role: Some("accommodatiebeleid".to_owned()),
                contact_url: Some("https://www.dalfsen.nl".to_owned()),
                contact_mailbox: Some("gemeente@dalfsen.nl".to_owned()),
                stated: Stated::from(NaiveDate::from_ymd_opt(2026, 11, 20)),
                ..MunicipalitySheet::default()
            }
        );
    }

    #[test]
    fn the_questions_may_stand_side_by_side_or_begin_at_once() {
        let (sheet, report) = read("municipalityCode,inventoryComplete,expectedPlaces\nGM0148,no,3\n");
        assert!(report.is_empty(), "{report:?}");
        assert_eq!((sheet.inventory, sheet.expected_places), (Some(InventoryStatus::Incomplete), Some(3)));
        let (sheet, _) = read("gemeente;Dalfsen\nlijst volledig;ja\naantal plekken;\n");
        assert_eq!(
            (sheet.municipality.map(|code| code.to_string()), sheet.expected_places),
            (Some("GM0148".into()), None)
        );
    }

    #[test]
    fn a_day_that_is_not_known_is_not_that_of_the_import() {
        for (answer, stated) in [("onbekend", Stated::Unreadable), ("#VERW!", Stated::Unreadable), ("", Stated::Unsaid)]
        {
            let (sheet, _) = read(&format!("gemeentecode;GM0148\ndatum opgave;{answer}\n"));
            assert_eq!(sheet.stated, stated, "{answer}");
        }
    }

    #[test]
    fn wrong_answers_are_left_out_and_told() {
        let text = "gemeentecode;GM0148\ngemeente;Zwolle\nlijst volledig;bijna\naantal plekken;-3\ntelefoon;038-1234567\n\
            contact postbus;jan.devries@dalfsen.nl\ndatum opgave;2027-01-01\ncontact functie;bel 06-12345678\n";
        let (sheet, report) = read(text);
        assert_eq!(sheet, MunicipalitySheet { stated: Stated::Unreadable, ..MunicipalitySheet::default() });
        assert_eq!(
            rules(&report),
            [
                Rule::MunicipalitiesDisagree,
                Rule::NotYesOrNo,
                Rule::NumberShape,
                Rule::UnknownQuestion,
                Rule::PersonalMailbox,
                Rule::DateOutOfRange,
                Rule::PersonalData,
            ]
        );
        let text = report.to_text(crate::model::Language::Nl, 100);
        assert!(!text.contains("devries") && !text.contains("12345678") && !text.contains("1234567"), "{text}");
    }

    #[test]
    fn a_mailbox_is_that_of_a_role() {
        let lexicon = Lexicon::new(&crate::testing::facts(), NaiveDate::from_ymd_opt(2026, 11, 25).unwrap());
        for right in [
            "info@dalfsen.nl",
            "Gemeente@Dalfsen.nl",
            "sociaal.domein@zwolle.nl",
            "team-wijken@enschede.nl",
            "dalfsen@dalfsen.nl",
        ] {
            assert!(contact::mailbox(right, &lexicon).is_ok(), "{right}");
        }
        for personal in ["jan.devries@dalfsen.nl", "j.devries@dalfsen.nl", "info@gmail.com", "m_jansen@zwolle.nl"] {
            assert_eq!(contact::mailbox(personal, &lexicon).unwrap_err().0, Rule::PersonalMailbox, "{personal}");
        }
        for wrong in ["info", "@dalfsen.nl", "info@dalfsen", "info@dalfsen.nl, b@c.nl", "info@dalfsen.nl/x"] {
            assert_eq!(contact::mailbox(wrong, &lexicon).unwrap_err().0, Rule::MailboxShape, "{wrong}");
        }
    }
}
