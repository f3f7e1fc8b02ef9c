//! A row of a table as statements on one place.
//!
//! A cell that runs into a rule is left out and told; the rest of the row goes on.
//!
//! An oddity: a website that is stated not to be there (`-`) is null in the API, like one that is not known; the claim
//! knows better.

mod address;
mod hours;
mod location;
mod slid;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use chrono::Datelike as _;

use super::{
    column::{Column, Lexicon},
    contact,
};
use crate::{
    findings::{Finding, Report, Rule, personal_data},
    ingest::tabular::{
        cell,
        choices::Choices,
        columns::headings,
        row::{Cells, Sheet, parts},
        stated::Stated,
        table::{self, Table},
    },
    model::{MunicipalityCode, Statement, vocabulary::Term},
};

/// What a row says of a place.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceRow {
    /// The sheet it stands on, where the file has sheets.
    pub sheet: Option<Arc<str>>,
    /// Its number in the file, for what other stages have to say of it.
    pub row: u32,
    /// Our key of the place, in the right shape; whether there is such a place is not known here.
    pub key: Option<String>,
    /// The name; also a statement.
    pub name: Option<String>,
    /// The municipality; also a statement.
    pub municipality: Option<MunicipalityCode>,
    /// Village or town; also a statement.
    pub settlement: Option<String>,
    /// Whether it says in which municipality it is and that could not be taken; else it may be found out.
    pub is_elsewhere: bool,
    /// The day of the statement, where the row has one of its own.
    pub stated: Stated,
    /// All that the row says, in the order of [`Statement`]'s variants. An empty cell says nothing.
    pub statements: Vec<Statement>,
    /// What is to be taken back, ascending: keys of statements, or fields with all that was said of them.
    pub cleared: Vec<String>,
}

/// Reads the rows of a table of places, and tells what could not be taken. `None`: it has no column that names a place.
///
/// A row without any cell that is read is passed over; one without name and key is refused.
pub fn places(table: &Table, file: &Arc<str>, lexicon: &Lexicon, report: &mut Report) -> Option<Vec<PlaceRow>> {
    let sheet = Sheet::of(table, file);
    if !is_of_places(table, lexicon) {
        let mut finding = Finding::new(file, sheet.name.as_ref(), Rule::MissingHeading, "");
        let found: Vec<&str> = table.headings.iter().map(String::as_str).filter(|name| !name.is_empty()).collect();
        finding.details = vec![crate::findings::report::shown(&found.join(", "))];
        report.add(finding);
    }
    // Of what is derived any number of columns may be there.
    let heading = headings(table, file, lexicon.columns(), |column| column == Column::Derived, report);
    if !is_of_places(table, lexicon) {
        return None;
    }
    if let Some(finding) = slid::shifted(table, &heading, lexicon, file) {
        report.add(finding);
        return Some(Vec::new());
    }
    let mut rows = Vec::new();
    let mut has_foreign_ids = false;
    for record in &table.records {
        let cells = Cells::of(record, &sheet, lexicon.columns(), &heading, report);
        let says_municipality = [Column::Municipality, Column::MunicipalityCode]
            .iter()
            .any(|column| cells.said.contains_key(column) || cells.refused.contains(column));
        let reader =
            RowReader { lexicon, sheet: &sheet, cells, has_foreign_ids: &mut has_foreign_ids, says_municipality };
        rows.extend(reader.read(record));
    }
    Some(rows)
}

/// Whether a table says which places it is about: by name, by key, or by an id of ours. The ids of another register do not.
pub(crate) fn is_of_places(table: &Table, lexicon: &Lexicon) -> bool {
    (0..).zip(&table.headings).any(|(position, heading): (u16, _)| {
        match lexicon.columns().find(heading).map(|info| info.column) {
            Some(Column::Name | Column::Key) => true,
            Some(Column::Id) => table.records.iter().any(|record| {
                let id = record.cells.iter().find(|cell| cell.column == position);
                id.is_some_and(|cell| cell.text.trim_start().starts_with("place:"))
            }),
            _ => false,
        }
    })
}

/// Where a row tells whom to ask.
const CONTACT: contact::Columns<Column> = contact::Columns {
    role: Column::ContactRole,
    organisation: Some(Column::ContactOrganisation),
    email: Column::ContactEmail,
    phone: Column::ContactPhone,
    url: Column::ContactUrl,
};

struct RowReader<'a> {
    lexicon: &'a Lexicon,
    sheet: &'a Sheet<'a>,
    cells: Cells<'a, Column>,
    /// Told once: another register's numbers stand in every row.
    has_foreign_ids: &'a mut bool,
    says_municipality: bool,
}

impl RowReader<'_> {
    fn read(mut self, record: &table::Record) -> Option<PlaceRow> {
        if self.cells.are_empty() {
            return None;
        }
        let mut statements = Vec::new();
        let cleared = self.cells.take_cleared(|column| cleared(column).is_some());
        let cleared: BTreeSet<String> = cleared.into_iter().filter_map(self::cleared).collect();
        let key = self.key();
        let name = self.cells.text(Column::Name, 200);
        statements.extend(name.clone().map(Statement::Name));
        for alternative in self.alternative_names(name.as_deref()) {
            statements.push(Statement::AlternativeName(alternative));
        }
        let lexicon = self.lexicon;
        statements.extend(self.cells.term(Column::Kind, &lexicon.kinds).map(Statement::Kind));
        statements.extend(self.cells.term(Column::Status, &lexicon.statuses).map(Statement::Status));
        let municipality = self.municipality();
        statements.extend(municipality.clone().map(Statement::Municipality));
        let mut settlement = self.cells.text(Column::Settlement, 100);
        let neighbourhood = self.cells.text(Column::Neighbourhood, 100);
        let address = self.address(&mut settlement);
        statements.extend(settlement.clone().map(Statement::Settlement));
        statements.extend(neighbourhood.map(Statement::Neighbourhood));
        statements.extend(address.map(Statement::Address));
        statements.extend(self.location(record.geometry.as_ref()).map(Statement::Location));
        statements.extend(self.website().map(Statement::Website));
        statements.extend(self.cells.term(Column::LegalForm, &lexicon.legal_forms).map(Statement::LegalForm));
        statements.extend(self.founded_year().map(Statement::FoundedYear));
        let facilities = self.terms(
            [(Column::Facilities, true), (Column::AbsentFacilities, false)],
            &lexicon.facilities,
            Column::Facility,
        );
        statements.extend(facilities.into_iter().map(|(term, is_there)| Statement::Facility(term, is_there)));
        let activities = self.terms(
            [(Column::Activities, true), (Column::AbsentActivities, false)],
            &lexicon.activities,
            Column::Activity,
        );
        statements.extend(activities.into_iter().map(|(term, is_there)| Statement::Activity(term, is_there)));
        statements.extend(self.cells.yes_or_no(Column::CulturalProgramme).map(Statement::CulturalProgramme));
        statements.extend(self.cells.term(Column::RunBy, &lexicon.run_by).map(Statement::RunBy));
        statements.extend(self.cells.term(Column::OwnedBy, &lexicon.owned_by).map(Statement::OwnedBy));
        statements.extend(self.opening_hours().map(Statement::OpeningHours));
        statements.extend(self.cells.yes_or_no(Column::WheelchairAccessible).map(Statement::WheelchairAccessible));
        statements.extend(contact::point(&mut self.cells, &CONTACT, lexicon).map(Statement::Contact));
        let stated = self.cells.stated(Column::StatedOn, lexicon.today);
        if stated == Stated::Unreadable {
            self.cells.tell_row(Rule::Undated, "", Vec::new());
        }
        let is_elsewhere = municipality.is_none() && self.says_municipality;
        if name.is_none() && key.is_none() {
            self.cells.tell_row(Rule::RowWithoutName, "", Vec::new());
            return None;
        }
        Some(PlaceRow {
            sheet: self.sheet.name.clone(),
            row: self.cells.row,
            key,
            name,
            municipality,
            settlement,
            is_elsewhere,
            stated,
            statements,
            cleared: cleared.into_iter().collect(),
        })
    }

    /// `place:KEY`, or the key alone where the column is ours.
    fn key(&mut self) -> Option<String> {
        let is_key = |text: &str| {
            (1..=100).contains(&text.len())
                && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
                && !text.starts_with('-')
        };
        let bare = |text: &str| text.strip_prefix("place:").unwrap_or(text).to_owned();
        let id = self.cells.take(Column::Id);
        if let Some(said) = self.cells.take(Column::Key) {
            let key = bare(&said.text);
            if is_key(&key) {
                return Some(key);
            }
            self.cells.tell(Column::Key, &said, Rule::KeyShape, Vec::new());
        }
        let said = id?;
        match said.text.strip_prefix("place:").filter(|key| is_key(key)) {
            Some(key) => Some(key.to_owned()),
            None => {
                if !std::mem::replace(self.has_foreign_ids, true) {
                    self.cells.tell(Column::Id, &said, Rule::ForeignId, Vec::new());
                }
                None
            }
        }
    }

    fn alternative_names(&mut self, name: Option<&str>) -> Vec<String> {
        let Some(said) = self.cells.take_list(Column::AlternativeNames) else { return Vec::new() };
        if personal_data::is_personal(&said.text) {
            self.cells.tell(Column::AlternativeNames, &said, Rule::PersonalData, Vec::new());
            return Vec::new();
        }
        let mut names = Vec::new();
        for part in parts(&said.text, &[';']) {
            if let Some(clean) = self.cells.clean(Column::AlternativeNames, &said, part, 200)
                && !names.contains(&clean)
                && Some(clean.as_str()) != name
            {
                names.push(clean);
            }
        }
        names
    }

    /// The terms of the lists and of the columns of their own, each with whether it is there.
    fn terms<T: Term + Ord>(
        &mut self,
        lists: [(Column, bool); 2],
        choices: &Choices<T>,
        own: impl Fn(T) -> Column,
    ) -> BTreeMap<T, bool> {
        let mut found = BTreeMap::new();
        let mut contradicted: Vec<T> = Vec::new();
        let mut add = |term: T, is_there: bool| {
            if found.insert(term, is_there).is_some_and(|before| before != is_there) {
                contradicted.push(term);
            }
        };
        for (column, is_there) in lists {
            let Some(said) = self.cells.take_list(column) else { continue };
            for part in parts(&said.text, &[';', ',']) {
                match choices.find(part) {
                    Some(term) => add(term, is_there),
                    None => self.cells.unknown_term(column, &said, part, choices),
                }
            }
        }
        for term in T::all() {
            if let Some(is_there) = self.cells.yes_or_no(own(term)) {
                add(term, is_there);
            }
        }
        for term in contradicted {
            found.remove(&term);
            self.cells.tell_row(Rule::Contradiction, "", vec![choices.label(term).to_owned()]);
        }
        found
    }

    fn municipality(&mut self) -> Option<MunicipalityCode> {
        let find = |text: &str| self.lexicon.municipality(text);
        let named = self.cells.municipality(Column::Municipality, find);
        let coded = self.cells.municipality(Column::MunicipalityCode, find);
        match (named, coded) {
            (Some(named), Some(coded)) if named != coded => {
                let name = self.lexicon.municipality_name(&named).unwrap_or_default();
                let details = vec![format!("{name} ({named})"), coded.to_string()];
                self.cells.tell_row(Rule::MunicipalitiesDisagree, "", details);
                None
            }
            (named, coded) => named.or(coded),
        }
    }

    fn website(&mut self) -> Option<Option<String>> {
        if self.cells.said.get(&Column::Website).is_some_and(|said| cell::is_dash(&said.text)) {
            return Some(None);
        }
        self.cells.web_address(Column::Website).map(Some)
    }

    fn founded_year(&mut self) -> Option<i32> {
        let said = self.cells.take(Column::FoundedYear)?;
        let today = self.lexicon.today;
        // A cell formatted as a date still knows its year.
        let year = cell::year(&said.text, today).or_else(|| {
            cell::date(&said.text).map(|date| date.year()).filter(|year| (1200..=cell::last_year(today)).contains(year))
        });
        if year.is_none() {
            let rule = if personal_data::is_personal(&said.text) { Rule::PersonalData } else { Rule::YearShape };
            self.cells.tell(Column::FoundedYear, &said, rule, vec![cell::last_year(today).to_string()]);
        }
        year
    }
}

/// What is taken back where the word for that stands in a column: the key of a statement, or a field; `None`: nothing can be,
/// since it tells what the row is about.
fn cleared(column: Column) -> Option<String> {
    let key = match column {
        Column::Key
        | Column::Id
        | Column::Name
        | Column::Municipality
        | Column::MunicipalityCode
        | Column::Settlement
        | Column::Precision
        | Column::StatedOn
        | Column::Derived => return None,
        Column::AlternativeNames => "alternativeNames",
        Column::Kind => "kind",
        Column::Status => "status",
        Column::Neighbourhood => "neighbourhood",
        Column::Street
        | Column::HouseNumber
        | Column::HouseLetter
        | Column::HouseAddition
        | Column::Postcode
        | Column::Address
        | Column::PostcodeAndTown => "address",
        Column::Longitude | Column::Latitude | Column::RdX | Column::RdY | Column::Point => "location",
        Column::Website => "website",
        Column::LegalForm => "legalForm",
        Column::FoundedYear => "foundedYear",
        Column::Facilities | Column::AbsentFacilities => "facilities",
        Column::Activities | Column::AbsentActivities => "activities",
        Column::CulturalProgramme => "culturalProgramme",
        Column::RunBy => "runBy",
        Column::OwnedBy => "ownedBy",
        Column::OpeningHours | Column::HoursOf(_) => "openingHours",
        Column::WheelchairAccessible => "wheelchairAccessible",
        Column::ContactRole
        | Column::ContactOrganisation
        | Column::ContactUrl
        | Column::ContactEmail
        | Column::ContactPhone => "contact",
        Column::Facility(facility) => return Some(Statement::Facility(facility, true).key()),
        Column::Activity(activity) => return Some(Statement::Activity(activity, true).key()),
    };
    Some(key.to_owned())
}

#[cfg(test)]
mod tests;
