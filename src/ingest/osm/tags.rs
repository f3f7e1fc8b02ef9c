//! What the tags of an element say of a meeting place: the mapping, in one place; the table in DATA.md is
//! held against it.
//!
//! A tag that is not in the tables below is not read. Above all not `phone`, `email` and the other `contact:*`, and of
//! `operator` nothing but the legal form: those may name a person.

use std::collections::HashMap;

use chrono::{Datelike as _, NaiveDate};

use super::element::Tags;
use crate::{
    claims::identity::kind_of,
    findings::{Rule, Severity, personal_data},
    ingest::tabular::{cell, opening_hours},
    model::{
        Address, Statement,
        vocabulary::{self, FacilityType, LegalForm, PlaceKind, PlaceStatus, Term},
    },
    search::fold,
};

/// What an element is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// A meeting place.
    Place,
    /// Something that may be in a meeting place, such as a library; its hours and its site are its own.
    Something,
}

/// A tag that makes an element one to look at.
struct Feature {
    key: &'static str,
    value: &'static str,
    part: Part,
}

const FEATURES: [Feature; 9] = [
    Feature { key: "amenity", value: "community_centre", part: Part::Place },
    Feature { key: "amenity", value: "social_centre", part: Part::Place },
    Feature { key: "amenity", value: "arts_centre", part: Part::Something },
    Feature { key: "amenity", value: "events_venue", part: Part::Something },
    Feature { key: "amenity", value: "library", part: Part::Something },
    Feature { key: "amenity", value: "social_facility", part: Part::Something },
    Feature { key: "amenity", value: "theatre", part: Part::Something },
    Feature { key: "leisure", value: "sports_centre", part: Part::Something },
    Feature { key: "leisure", value: "sports_hall", part: Part::Something },
];

/// Says more of a community centre, and that it is one.
const SUBKIND: &str = "community_centre";

/// The values of `community_centre=*` that tell a kind of place. Another value tells none.
const SUBKINDS: [(&str, PlaceKind); 3] =
    [("village_hall", PlaceKind::Dorpshuis), ("youth_centre", PlaceKind::Overig), ("parish_hall", PlaceKind::Overig)];

/// The values of `community_centre=*` that are the house of a club, for its members.
const CLUB_HOUSES: [&str; 3] = ["club_home", "scout", "clubhouse"];

/// The values of `access=*` that keep others out.
const CLOSED_TO_OTHERS: [&str; 4] = ["private", "no", "members", "customers"];

/// What stands before a key when the thing is there no longer.
const GONE: [&str; 6] = ["disused", "abandoned", "was", "demolished", "removed", "razed"];

/// The first of these is the name, the others are names besides.
const NAMES: [&str; 7] = ["name", "name:nl", "official_name", "alt_name", "loc_name", "short_name", "old_name"];

/// The first of these that is there is the site.
const SITES: [&str; 3] = ["website", "contact:website", "url"];

/// The last of these days is the day of the statement.
const CHECKED: [&str; 3] = ["check_date", "survey:date", "check_date:opening_hours"];

/// The legal forms that a name of an organisation tells: the word, whether it may be the end of one, and the form.
const LEGAL_FORMS: [(&str, bool, LegalForm); 5] = [
    ("stichting", false, LegalForm::Stichting),
    ("stg", false, LegalForm::Stichting),
    ("vereniging", true, LegalForm::Vereniging),
    ("cooperatie", false, LegalForm::Overig),
    ("vof", false, LegalForm::Overig),
];

/// Whether a key can make an element one to look at; asked first, since most elements have none.
pub fn may_be_of_interest(key: &str) -> bool {
    let bare = without_gone(key).unwrap_or(key);
    bare == SUBKIND || FEATURES.iter().any(|feature| feature.key == bare)
}

/// Whether an element may have to do with meeting places.
pub fn is_of_interest(tags: &Tags) -> bool {
    is_gone(tags) || part_by_tags(tags).is_some()
}

/// What the terms of the vocabularies are called in OpenStreetMap.
pub struct Words {
    facilities: HashMap<String, FacilityType>,
}

impl Words {
    /// The words of this release.
    ///
    /// A tag that stands at several terms tells none of them apart, and says nothing: `amenity=childcare` at
    /// `KINDEROPVANG` and `BSO`, `amenity=community_centre` at most kinds of place and at `HUISKAMER_VAN_DE_WIJK`.
    pub fn of_this_release() -> Self {
        let facilities =
            FacilityType::all().map(|facility| (Some(facility), FacilityType::VOCABULARY, facility.name()));
        let kinds = PlaceKind::all().map(|kind| (None, PlaceKind::VOCABULARY, kind.name()));
        let mut meant: HashMap<&str, Option<FacilityType>> = HashMap::new();
        for (facility, list, name) in facilities.chain(kinds) {
            for tag in vocabulary::label(list, name).into_iter().flat_map(|label| &label.osm_tags) {
                let known = meant.entry(tag).or_insert(facility);
                *known = known.filter(|known| Some(*known) == facility);
            }
        }
        let facilities = meant.into_iter().filter_map(|(tag, facility)| Some((tag.to_owned(), facility?)));
        Self { facilities: facilities.collect() }
    }

    /// The facilities that tags tell, ascending.
    fn facilities(&self, tags: &Tags) -> Vec<FacilityType> {
        let pairs = tags.iter().flat_map(|(key, values)| parts(values).map(move |value| format!("{key}={value}")));
        let mut found: Vec<FacilityType> = pairs.filter_map(|pair| self.facilities.get(&pair).copied()).collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// A tag that could not be taken, and the rule it runs into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// The rule.
    pub rule: Rule,
    /// The key of the tag.
    pub key: String,
    /// Its value.
    pub value: String,
    /// What fills the sentence in.
    pub details: Vec<String>,
}

/// What an element says.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    /// What it is about.
    pub part: Part,
    /// What it is called; an element without a name is no place that anybody could be told of.
    pub name: Option<String>,
    /// The town of its address.
    pub town: Option<String>,
    /// Whether it is a meeting place also where none is known.
    pub may_be_new: bool,
    /// The day on which somebody looked.
    pub checked: Option<NaiveDate>,
    /// What it says besides name, settlement and location.
    pub statements: Vec<Statement>,
    /// What could not be taken.
    pub troubles: Vec<Trouble>,
}

impl Said {
    /// Whether it is called something that could not be taken.
    pub fn has_refused_name(&self) -> bool {
        let is_refused =
            |trouble: &Trouble| NAMES.contains(&trouble.key.as_str()) && trouble.rule.severity() == Severity::Refused;
        self.troubles.iter().any(is_refused)
    }
}

/// Reads the tags of an element that [`is_of_interest`]; a day after `today` is refused.
pub fn read(tags: &Tags, words: &Words, today: NaiveDate) -> Said {
    let mut reader = Reader { tags, troubles: Vec::new() };
    let mut names = reader.names();
    let name = if names.is_empty() { None } else { Some(names.remove(0)) };
    let called = name.as_deref().and_then(kind_of);
    // Libraries are named after the house they are in.
    let begins_with_kind = || name.as_deref().and_then(|name| kind_of(name.split(' ').next()?)).is_some();
    let is_gone = is_gone(tags);
    let part = match part_by_tags(tags) {
        Some(Part::Something) if begins_with_kind() && !has(tags, "amenity", "library") => Part::Place,
        Some(part) => part,
        // What is gone: the prefix is there in place of the key.
        None => Part::Place,
    };
    let mut statements: Vec<Statement> = names.into_iter().map(Statement::AlternativeName).collect();
    statements.extend(reader.address().map(Statement::Address));
    statements.extend(words.facilities(tags).into_iter().map(|facility| Statement::Facility(facility, true)));
    if part == Part::Place {
        statements.extend(kind(tags, called));
        statements.extend(is_gone.then_some(Statement::Status(PlaceStatus::Closed)));
        statements.extend(reader.website().map(|site| Statement::Website(Some(site))));
        statements.extend(legal_form(tags).map(Statement::LegalForm));
        statements.extend(reader.opening_hours().map(|hours| Statement::OpeningHours(Some(hours))));
        statements.extend(wheelchair(tags).map(Statement::WheelchairAccessible));
    }
    let town = reader.text("addr:city", 100);
    let checked = reader.checked(today);
    let may_be_new = part == Part::Place && !is_gone;
    Said { part, name, town, may_be_new, checked, statements, troubles: reader.troubles }
}

/// The values of a tag: several are separated by semicolons.
fn parts(value: &str) -> impl Iterator<Item = &str> {
    value.split(';').map(str::trim).filter(|part| !part.is_empty())
}

fn has(tags: &Tags, key: &str, value: &str) -> bool {
    tags.get(key).is_some_and(|values| parts(values).any(|part| part == value))
}

fn has_one_of(tags: &Tags, key: &str, values: &[&str]) -> bool {
    values.iter().any(|value| has(tags, key, value))
}

/// The key behind a prefix that says that the thing is gone.
fn without_gone(key: &str) -> Option<&str> {
    let (prefix, bare) = key.split_once(':')?;
    GONE.contains(&prefix).then_some(bare)
}

/// Whether the tags say of a meeting place that it is there no longer.
fn is_gone(tags: &Tags) -> bool {
    tags.iter().any(|(key, value)| {
        let of_place = |bare: &str| {
            let is_place = |feature: &Feature| feature.part == Part::Place && feature.key == bare;
            bare == SUBKIND
                || FEATURES.iter().any(|feature| is_place(feature) && parts(value).any(|part| part == feature.value))
        };
        without_gone(key).is_some_and(of_place)
    })
}

/// What an element is about by its tags alone; `None`: nothing that is looked at.
fn part_by_tags(tags: &Tags) -> Option<Part> {
    let is = |part: Part| FEATURES.iter().any(|feature| feature.part == part && has(tags, feature.key, feature.value));
    let subkind = tags.get(SUBKIND).is_some_and(|value| value != "no");
    let for_members = has_one_of(tags, SUBKIND, &CLUB_HOUSES) || tags.contains_key("club");
    let for_few = for_members || has_one_of(tags, "access", &CLOSED_TO_OTHERS);
    match (is(Part::Place) || subkind, is(Part::Something)) {
        (true, _) if for_few => Some(Part::Something),
        (true, _) => Some(Part::Place),
        (false, true) => Some(Part::Something),
        (false, false) => None,
    }
}

/// The kind is what a place is called: by its name, else by its tag.
fn kind(tags: &Tags, called: Option<PlaceKind>) -> Option<Statement> {
    let tagged = SUBKINDS.iter().find(|(value, _)| has(tags, SUBKIND, value)).map(|(_, kind)| *kind);
    match (called, tagged) {
        (Some(called), Some(tagged)) if called == tagged => Some(Statement::Kind(tagged)),
        (Some(called), _) => Some(Statement::KindFromName(called)),
        (None, tagged) => tagged.map(Statement::Kind),
    }
}

/// Designated is made for wheelchairs; limited is neither yes nor no.
fn wheelchair(tags: &Tags) -> Option<bool> {
    match tags.get("wheelchair")?.as_str() {
        "yes" | "designated" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

fn legal_form(tags: &Tags) -> Option<LegalForm> {
    let operator = fold(tags.get("operator")?);
    let is_form = |word: &str, form: &str, ends: bool| word == form || (ends && word.ends_with(form));
    operator
        .split(' ')
        .find_map(|word| LEGAL_FORMS.iter().find(|(form, ends, _)| is_form(word, form, *ends)).map(|(.., form)| *form))
}

struct Reader<'a> {
    tags: &'a Tags,
    troubles: Vec<Trouble>,
}

impl Reader<'_> {
    fn tell(&mut self, rule: Rule, key: &str, value: &str, details: Vec<String>) {
        self.troubles.push(Trouble { rule, key: key.to_owned(), value: value.to_owned(), details });
    }

    /// The value of a tag, white space put right; `None` where it says nothing.
    fn value(&self, key: &str) -> Option<String> {
        let value = cell::normalised(self.tags.get(key)?);
        (!value.is_empty() && !cell::says_nothing(&value)).then_some(value)
    }

    fn clean(&mut self, key: &str, value: &str, most: usize) -> Option<String> {
        match cell::clean(value) {
            Err((rule, details)) => {
                self.tell(rule, key, value, details);
                None
            }
            Ok((clean, _)) if clean.chars().count() > most => {
                let details = vec![clean.chars().count().to_string(), key.to_owned(), most.to_string()];
                self.tell(Rule::TextTooLong, key, value, details);
                None
            }
            Ok((clean, repairs)) => {
                for (rule, details) in repairs {
                    self.tell(rule, key, value, details);
                }
                Some(clean)
            }
        }
    }

    fn text(&mut self, key: &str, most: usize) -> Option<String> {
        let value = self.value(key)?;
        self.clean(key, &value, most)
    }

    /// A value of its own shape; what is personal is told as that.
    fn shaped<T>(&mut self, key: &str, read: impl FnOnce(&str) -> Result<T, Rule>) -> Option<T> {
        let value = self.value(key)?;
        match read(&value) {
            Ok(read) => Some(read),
            Err(rule) => {
                let rule = if personal_data::is_personal(&value) { Rule::PersonalData } else { rule };
                self.tell(rule, key, &value, Vec::new());
                None
            }
        }
    }

    /// What it is called, each name once.
    fn names(&mut self) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for key in NAMES {
            let Some(value) = self.value(key) else { continue };
            // A semicolon in the name itself is part of it.
            let values: Vec<&str> = if key == "name" { vec![&value] } else { parts(&value).collect() };
            for value in values {
                if let Some(name) = self.clean(key, value, 200)
                    && !names.iter().any(|known| fold(known) == fold(&name))
                {
                    names.push(name);
                }
            }
        }
        names
    }

    /// What can be taken of it: a part that is not said overrules nothing.
    fn address(&mut self) -> Option<Address> {
        let street = self.text("addr:street", 100);
        let house_number = self.shaped("addr:housenumber", cell::house_number);
        let postcode = self.shaped("addr:postcode", |text| cell::postcode(text).ok_or(Rule::PostcodeShape));
        (street.is_some() || postcode.is_some()).then_some(Address { street, house_number, postcode })
    }

    fn website(&mut self) -> Option<String> {
        let key = SITES.into_iter().find(|key| self.value(key).is_some())?;
        let first = |text: &str| {
            // Of several the first; a semicolon in an address stays.
            let next = text.match_indices(';').find(|(at, _)| {
                let rest = text[at + 1..].trim_start();
                rest.starts_with("http") || rest.starts_with("www.")
            });
            next.map_or(text, |(at, _)| &text[..at]).to_owned()
        };
        self.shaped(key, |text| {
            if personal_data::is_personal(text) {
                Err(Rule::PersonalData)
            } else {
                cell::page(&first(text)).map(|(site, _)| site)
            }
        })
    }

    fn opening_hours(&mut self) -> Option<String> {
        let text = self.value("opening_hours")?;
        if personal_data::is_personal(&text) {
            self.tell(Rule::PersonalData, "opening_hours", &text, Vec::new());
            return None;
        }
        let Err(fault) = opening_hours::checked(&text) else { return Some(text) };
        let (rule, details) = match opening_hours::rule_of(fault) {
            // Mappers know their notation: where it breaks is told to those who type a cell.
            (Rule::OpeningHoursFault, _) => (Rule::OpeningHoursShape, Vec::new()),
            told => told,
        };
        self.tell(rule, "opening_hours", &text, details);
        None
    }

    /// The last of the days on which somebody looked; a month is its first day.
    fn checked(&mut self, today: NaiveDate) -> Option<NaiveDate> {
        let day = |text: &str| {
            let whole = if text.len() == 7 { format!("{text}-01") } else { text.to_owned() };
            match cell::date(&whole) {
                Some(day) if day > today || day.year() < 2000 => Err(Rule::DateOutOfRange),
                Some(day) => Ok(day),
                None => Err(Rule::DateShape),
            }
        };
        CHECKED.into_iter().filter_map(|key| self.shaped(key, day)).max()
    }
}

#[cfg(test)]
mod tests;
