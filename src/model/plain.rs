//! The fields of a place that hold one value or none, in one table.
//!
//! Who writes places out, compares them or tells of them goes through [`PLAIN`]: downloads, changes, the template, the
//! summary of an import, the page of a place. A field that is added to the table is in all of them; one that is added to
//! [`Place`] and not to the table fails a test that names it.

use serde::{Serialize, Serializer};

use super::{
    ContactPoint, Language, MunicipalityCode, Place, Statement,
    vocabulary::{self, LegalForm, Owner, RunBy, Term},
};

/// A cell of a plain field.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell<'a> {
    /// Not known.
    Unknown,
    /// A text in the words of the source.
    Text(&'a str),
    /// An address on the web.
    Site(&'a str),
    /// A number.
    Number(i32),
    /// Yes or no.
    Is(bool),
    /// A term: its vocabulary and its name.
    Term(&'static str, &'static str),
}

impl Cell<'_> {
    /// What it says as the API writes it: a term by its name; `None`: not known.
    pub fn written(self) -> Option<String> {
        Some(match self {
            Self::Unknown => return None,
            Self::Text(text) | Self::Site(text) | Self::Term(_, text) => text.to_owned(),
            Self::Number(number) => number.to_string(),
            Self::Is(is) => is.to_string(),
        })
    }

    /// What it says to people; `None`: not known.
    pub fn told(self, language: Language) -> Option<String> {
        Some(match self {
            Self::Unknown => return None,
            Self::Text(text) | Self::Site(text) => text.to_owned(),
            Self::Number(number) => number.to_string(),
            Self::Is(is) => language.yes_or_no(is).to_owned(),
            Self::Term(list, name) => vocabulary::label(list, name).map_or(name, |label| label.of(language)).to_owned(),
        })
    }
}

/// What the cells of a plain field are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlainKind {
    /// [`Cell::Text`]
    Text,
    /// [`Cell::Site`]
    Site,
    /// [`Cell::Number`]
    Number,
    /// [`Cell::Is`]
    Is,
    /// [`Cell::Term`] of this vocabulary.
    Term(&'static str),
}

/// As the downloads have it: a term by its name, null where it is not known.
impl Serialize for Cell<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Unknown => serializer.serialize_none(),
            Self::Text(text) | Self::Site(text) | Self::Term(_, text) => serializer.serialize_str(text),
            Self::Number(number) => serializer.serialize_i32(*number),
            Self::Is(is) => serializer.serialize_bool(*is),
        }
    }
}

/// One cell of a plain field. Most fields have one; a contact has several.
pub struct PlainField {
    /// The field of `Place` in the schema, to which sources and changes refer.
    pub field: &'static str,
    /// The name of the cell: in GeoJSON as it is, in CSV with underscores (`opening_hours`).
    pub name: &'static str,
    /// What it is called in Dutch, in small letters: the heading in the template.
    pub nl: &'static str,
    /// What it is called in English, in small letters.
    pub en: &'static str,
    /// What it means, in Dutch.
    pub meaning_nl: &'static str,
    /// What it means, in English.
    pub meaning_en: &'static str,
    /// What its cells are.
    pub kind: PlainKind,
    /// The cell of a place.
    pub of: fn(&Place) -> Cell<'_>,
}

impl PlainField {
    /// The name of its column in CSV: `opening_hours`.
    pub fn column(&self) -> String {
        underscored(self.name)
    }

    /// What it is called.
    pub fn called(&self, language: Language) -> &'static str {
        match language {
            Language::Nl => self.nl,
            Language::En => self.en,
        }
    }
}

macro_rules! plain {
    ($($field:ident / $name:literal, $nl:literal, $en:literal; $meaning_nl:literal, $meaning_en:literal; $kind:expr, $of:expr;)*) => {
        &[$(PlainField {
            field: stringify!($field),
            name: $name,
            nl: $nl,
            en: $en,
            meaning_nl: $meaning_nl,
            meaning_en: $meaning_en,
            kind: $kind,
            of: $of,
        }),*]
    };
}

/// In the order in which they are told to people.
pub static PLAIN: &[PlainField] = plain! {
    openingHours / "openingHours", "openingstijden", "opening hours";
        "in de notatie van OpenStreetMap, zoals Mo-Fr 09:00-17:00", "in OpenStreetMap's notation, such as Mo-Fr 09:00-17:00";
        PlainKind::Text, |place| text(place.opening_hours.as_ref());
    wheelchairAccessible / "wheelchairAccessible", "rolstoeltoegankelijk", "wheelchair accessible";
        "of een rolstoel binnenkomt, meestal zoals opgegeven voor een verkiezingsdag", "whether a wheelchair gets in, mostly as stated for an election day";
        PlainKind::Is, |place| is(place.wheelchair_accessible);
    culturalProgramme / "culturalProgramme", "cultureel programma", "cultural programme";
        "of de plek zelf culturele activiteiten organiseert", "whether the place itself organises culture";
        PlainKind::Is, |place| is(place.cultural_programme);
    website / "website", "website", "website";
        "eigen website van de plek", "own site of the place";
        PlainKind::Site, |place| site(place.website.as_ref());
    contact / "contactRole", "contact functie", "contact role";
        "functie of loket, nooit een persoon", "role or desk, never a person";
        PlainKind::Text, |place| contact(place, |contact| Some(&contact.role), Cell::Text);
    contact / "contactOrganisation", "contact organisatie", "contact organisation";
        "organisatie waar je terechtkunt", "organisation to ask";
        PlainKind::Text, |place| contact(place, |contact| contact.organisation.as_ref(), Cell::Text);
    contact / "contactUrl", "contact webpagina", "contact page";
        "pagina met contactgegevens", "page with contact details";
        PlainKind::Site, |place| contact(place, |contact| contact.url.as_ref(), Cell::Site);
    contact / "contactEmail", "contact postbus", "contact mailbox";
        "postbus van een functie, nooit van een persoon", "mailbox of a role, never of a person";
        PlainKind::Text, |place| contact(place, |contact| contact.email.as_ref(), Cell::Text);
    contact / "contactPhone", "contact telefoon", "contact telephone";
        "algemeen vast nummer", "general landline number";
        PlainKind::Text, |place| contact(place, |contact| contact.phone.as_ref(), Cell::Text);
    runBy / "runBy", "wie draait de plek", "run by";
        "wie de plek beheert, volgens openbare bronnen", "who runs the place, as public sources say";
        PlainKind::Term(RunBy::VOCABULARY), |place| term(place.run_by);
    ownedBy / "ownedBy", "eigenaar gebouw", "owner of the building";
        "van wie het gebouw is, volgens openbare bronnen", "who owns the building, as public sources say";
        PlainKind::Term(Owner::VOCABULARY), |place| term(place.owned_by);
    legalForm / "legalForm", "rechtsvorm", "legal form";
        "rechtsvorm van de organisatie", "legal form of the organisation";
        PlainKind::Term(LegalForm::VOCABULARY), |place| term(place.legal_form);
    foundedYear / "foundedYear", "opgericht", "founded";
        "jaar van oprichting van de plek, soms van het gebouw", "year of foundation of the place, sometimes of its building";
        PlainKind::Number, |place| place.founded_year.map_or(Cell::Unknown, Cell::Number);
};

/// `openingHours` as `opening_hours`.
pub(crate) fn underscored(name: &str) -> String {
    let mut text = String::with_capacity(name.len() + 4);
    for letter in name.chars() {
        if letter.is_ascii_uppercase() {
            text.push('_');
        }
        text.push(letter.to_ascii_lowercase());
    }
    text
}

/// The cells of one field of the schema.
pub fn plain_field(field: &str) -> impl Iterator<Item = &'static PlainField> {
    PLAIN.iter().filter(move |plain| plain.field == field)
}

impl Statement {
    /// What the cells of a plain field say once the statement is written into a place; none where it says that there is
    /// nothing, such as no website.
    pub fn told(&self, language: Language) -> Vec<String> {
        let mut place = Place::unsaid(String::new(), MunicipalityCode::of_nothing());
        self.apply_to(&mut place);
        plain_field(self.field()).filter_map(|plain| (plain.of)(&place).told(language)).collect()
    }
}

fn text(text: Option<&String>) -> Cell<'_> {
    text.map_or(Cell::Unknown, |text| Cell::Text(text))
}

fn site(site: Option<&String>) -> Cell<'_> {
    site.map_or(Cell::Unknown, |site| Cell::Site(site))
}

fn is(is: Option<bool>) -> Cell<'static> {
    is.map_or(Cell::Unknown, Cell::Is)
}

fn term<T: Term>(term: Option<T>) -> Cell<'static> {
    term.map_or(Cell::Unknown, |term| Cell::Term(T::VOCABULARY, term.name()))
}

fn contact<'a>(
    place: &'a Place,
    of: fn(&'a ContactPoint) -> Option<&'a String>,
    cell: fn(&'a str) -> Cell<'a>,
) -> Cell<'a> {
    place.contact.as_ref().and_then(of).map_or(Cell::Unknown, |text| cell(text))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// What is told of a place otherwise than by a plain cell, by the names of its members.
    const STRUCTURED: [&str; 17] = [
        "key",
        "name",
        "alternative_names",
        "kind",
        "kind_basis",
        "status",
        "last_confirmed",
        "municipality",
        "settlement",
        "neighbourhood",
        "address",
        "location",
        "facilities",
        "absent_facilities",
        "activities",
        "absent_activities",
        "updated_at",
    ];

    #[test]
    fn every_member_of_a_place_is_a_plain_field_or_told_in_a_way_of_its_own() {
        let members = crate::model::every_field();
        let members = serde_json::to_value(members).unwrap();
        let members: BTreeSet<String> = members.as_object().unwrap().keys().cloned().collect();
        let plain = PLAIN.iter().map(|plain| underscored(plain.field));
        let told: BTreeSet<String> = STRUCTURED.iter().map(|name| (*name).to_owned()).chain(plain).collect();
        assert_eq!(members, told);
    }

    #[test]
    fn every_plain_cell_of_a_full_place_says_something_and_of_an_empty_one_nothing() {
        let full = crate::model::every_field();
        let empty = Place::unsaid("x".to_owned(), full.municipality.clone());
        for plain in PLAIN {
            for language in [Language::Nl, Language::En] {
                assert!((plain.of)(&full).told(language).is_some_and(|text| !text.is_empty()), "{}", plain.name);
            }
            assert_eq!((plain.of)(&empty), Cell::Unknown, "{}", plain.name);
            let kind = match (plain.of)(&full) {
                Cell::Unknown => continue,
                Cell::Text(_) => PlainKind::Text,
                Cell::Site(_) => PlainKind::Site,
                Cell::Number(_) => PlainKind::Number,
                Cell::Is(_) => PlainKind::Is,
                Cell::Term(list, _) => PlainKind::Term(list),
            };
            assert_eq!(kind, plain.kind, "{}", plain.name);
        }
    }
}
