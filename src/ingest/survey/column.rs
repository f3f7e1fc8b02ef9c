//! The columns of a file of answers: what recognises the place, consent, and one or more for each question.
//!
//! What a column is not known for is not read: neither persons nor open answers get any further than the heading.

use std::collections::HashMap;

use super::question::{KIND, LEGAL_FORM, Question};
use crate::{
    ingest::{
        places::column::{Column as PlaceColumn, Lexicon},
        tabular::columns::compact,
    },
    search::fold,
};

/// A column that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Column {
    /// Whether the four things that are served may be.
    Consent,
    /// Whether the row is made up.
    Synthetic,
    /// What recognises the place, or is served of it.
    Place(PlaceColumn),
    /// The same, and the answers to a question, by its number.
    PlaceQuestion(PlaceColumn, usize),
    /// The answers to a question, by its number.
    Question(usize),
    /// Whether an answer to a question was given, by their numbers.
    Answer(usize, usize),
}

/// Why a column is not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Unread {
    /// It is of a person, or holds what people wrote in words of their own.
    Personal,
    /// It tells something of a place that is not served from a questionnaire.
    NotServed,
    /// Nobody knows it; with the known heading that it is close to, if any.
    Unknown(Option<String>),
    /// Nothing stands above it.
    Nameless,
}

const CONSENT: [&str; 6] = [
    "toestemming",
    "consent",
    "toestemming publicatie",
    "toestemming voor publicatie",
    "toestemming openbaarmaking",
    "consent to publish",
];

const SYNTHETIC: [&str; 2] = ["synthetisch", "synthetic"];

/// Words of headings above which stands who filled it in, how to reach somebody, or an answer in words of their own.
const PERSONAL: [&str; 43] = [
    "contact",
    "contactpersoon",
    "contactgegevens",
    "invuller",
    "ingevuld",
    "respondent",
    "persoon",
    "person",
    "mail",
    "email",
    "mailadres",
    "emailadres",
    "telefoon",
    "telefoonnummer",
    "tel",
    "mobiel",
    "gsm",
    "phone",
    "telephone",
    "mobile",
    "voornaam",
    "achternaam",
    "voorletters",
    "surname",
    "geboortedatum",
    "functie",
    "voorzitter",
    "secretaris",
    "penningmeester",
    "beheerder",
    "iban",
    "handtekening",
    "opmerking",
    "opmerkingen",
    "toelichting",
    "namelijk",
    "suggesties",
    "motivatie",
    "omschrijf",
    "remarks",
    "comments",
    "explanation",
    "specify",
];

/// What the columns of a file are called.
#[derive(Clone, Debug)]
pub(super) struct Headings<'a> {
    lexicon: &'a Lexicon,
    by_name: HashMap<String, Column>,
    by_answer: HashMap<String, Column>,
}

impl<'a> Headings<'a> {
    /// The headings for `questions`.
    pub(super) fn new(lexicon: &'a Lexicon, questions: &[Question]) -> Self {
        let mut by_name = HashMap::new();
        by_name.extend(CONSENT.map(|name| (compact(name), Column::Consent)));
        by_name.extend(SYNTHETIC.map(|name| (compact(name), Column::Synthetic)));
        let mut by_answer = HashMap::new();
        let mut bare: HashMap<String, Option<Column>> = HashMap::new();
        for (number, question) in questions.iter().enumerate() {
            let column = match question.key.as_str() {
                KIND => Column::PlaceQuestion(PlaceColumn::Kind, number),
                LEGAL_FORM => Column::PlaceQuestion(PlaceColumn::LegalForm, number),
                _ => Column::Question(number),
            };
            let names = question.names();
            by_name.extend(names.iter().map(|name| (name.clone(), column)));
            for (answer, of) in question.answers.iter().enumerate().filter(|_| question.multiple) {
                let column = Column::Answer(number, answer);
                for label in of.full_names() {
                    by_answer.extend(names.iter().map(|name| (format!("{name}{label}"), column)));
                    // "Andere" is an answer to more than one question.
                    let shared = bare.entry(label).or_insert(Some(column));
                    *shared = shared.filter(|other| *other == column);
                }
            }
        }
        for (name, column) in bare {
            if let Some(column) = column {
                by_answer.entry(name).or_insert(column);
            }
        }
        Self { lexicon, by_name, by_answer }
    }

    /// What stands under a heading, or why it is not read.
    pub(super) fn column(&self, heading: &str) -> Result<Column, Unread> {
        let name = compact(heading);
        if let Some(column) = self.by_name.get(&name) {
            return Ok(*column);
        }
        // "Naam contactpersoon" is no name of a place, and a function is that of a person.
        let is_personal =
            fold(heading).split(' ').any(|word| PERSONAL.contains(&word)) || compact(heading).contains("email");
        let place = self.lexicon.columns().find(heading).map(|info| info.column);
        if let Some(column) = place.filter(|column| is_read_of_a_place(*column) && !is_personal) {
            return Ok(Column::Place(column));
        }
        if let Some(column) = self.by_answer.get(&name) {
            return Ok(*column);
        }
        if heading.trim().is_empty() {
            return Err(Unread::Nameless);
        }
        if is_personal {
            return Err(Unread::Personal);
        }
        if place.is_some() {
            return Err(Unread::NotServed);
        }
        Err(Unread::Unknown(
            self.lexicon.columns().nearest(heading, |column| column != PlaceColumn::Derived).map(str::to_owned),
        ))
    }
}

/// What recognises a place, and the four things of it that are served.
fn is_read_of_a_place(column: PlaceColumn) -> bool {
    use PlaceColumn::{Activities, Activity, Facilities, Facility, Kind, LegalForm, StatedOn};
    recognises(column)
        || matches!(column, StatedOn | Kind | LegalForm | Facilities | Activities | Facility(_) | Activity(_))
}

/// Whether a column serves to recognise a place; what stands in the others is told in no report.
pub(super) fn recognises(column: PlaceColumn) -> bool {
    use PlaceColumn::{
        Address, HouseAddition, HouseLetter, HouseNumber, Id, Key, Municipality, MunicipalityCode, Name, Postcode,
        Settlement, Street,
    };
    matches!(
        column,
        Key | Id
            | Name
            | Municipality
            | MunicipalityCode
            | Settlement
            | Street
            | HouseNumber
            | HouseLetter
            | HouseAddition
            | Postcode
            | Address
    )
}

/// Whether a cell under that column is an answer to something.
pub(super) fn is_answer(column: Column) -> bool {
    use PlaceColumn::{Activities, Activity, Facilities, Facility};
    match column {
        Column::Consent | Column::Synthetic => false,
        Column::Place(of) => matches!(of, Facilities | Activities | Facility(_) | Activity(_)),
        Column::PlaceQuestion(..) | Column::Question(_) | Column::Answer(..) => true,
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::{ingest::survey::question::questions, model::vocabulary::FacilityType};

    #[test]
    fn headings_are_read_in_dutch_and_english_and_persons_are_not_read() {
        let facts = crate::testing::facts();
        let lexicon = Lexicon::new(&facts, NaiveDate::from_ymd_opt(2026, 11, 27).unwrap());
        let questions = questions(&facts.survey);
        let headings = Headings::new(&lexicon, &questions);
        let number = |key: &str| questions.iter().position(|question| question.key == key).unwrap();
        let (income, missed) = (number("place.income"), number("place.support-missed"));
        let answer = |of: usize, text: &str| Column::Answer(of, questions[of].find(text).unwrap());
        for (heading, column) in [
            ("Toestemming", Column::Consent),
            ("consent", Column::Consent),
            ("SYNTHETISCH", Column::Synthetic),
            ("naam", Column::Place(PlaceColumn::Name)),
            ("Plaats", Column::Place(PlaceColumn::Settlement)),
            ("Soort", Column::PlaceQuestion(PlaceColumn::Kind, number(KIND))),
            ("legal form", Column::PlaceQuestion(PlaceColumn::LegalForm, number(LEGAL_FORM))),
            ("place.board-size", Column::Question(number("place.board-size"))),
            ("Aantal bestuursleden", Column::Question(number("place.board-size"))),
            ("Opbouw bestuur van de sociale ontmoetingsplek", Column::Question(number("place.board-size"))),
            // A question here, a column of its own in a list of places.
            ("cultureel programma", Column::Question(number("place.cultural-programme"))),
            ("Inkomsten", Column::Question(income)),
            ("inkomsten: Subsidie", answer(income, "subsidy")),
            ("place.income.subsidy", answer(income, "subsidy")),
            ("income - catering", answer(income, "catering")),
            ("WOZ-bijdrage", answer(missed, "property-tax-contribution")),
            // A facility of that name comes before the answer.
            ("Horeca", Column::Place(PlaceColumn::Facility(FacilityType::Horeca))),
        ] {
            assert_eq!(headings.column(heading), Ok(column), "{heading}");
        }
        for heading in [
            "Contactpersoon",
            "naam contactpersoon",
            "E-mail",
            "e-mailadres",
            "Telefoon (privé)",
            "Naam invuller",
            "Anders, namelijk",
            "Toelichting",
            "inkomsten: toelichting",
            "Functie",
        ] {
            assert_eq!(headings.column(heading), Err(Unread::Personal), "{heading}");
        }
        assert_eq!(headings.column("website"), Err(Unread::NotServed));
        assert_eq!(headings.column("openingstijden"), Err(Unread::NotServed));
        assert_eq!(headings.column("postkode"), Err(Unread::Unknown(Some("postcode".to_owned()))));
        assert_eq!(headings.column("schoenmaat"), Err(Unread::Unknown(None)));
        assert_eq!(headings.column(" "), Err(Unread::Nameless));
    }
}
