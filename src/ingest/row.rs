//! A row of a table as statements on one place.
//!
//! A cell that runs into a rule is left out and told; the rest of the row goes on. Only the address is taken or left as a
//! whole: a street without its refused number would overrule an address that is right.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
};

use chrono::{Datelike as _, NaiveDate};

use super::{
    cell,
    column::{Choices, Column, Lexicon},
    personal,
    report::{Finding, Report},
    rule::Rule,
    table::{self, CellKind, Geometry, Table},
};
use crate::{
    model::{
        Address, Location, MunicipalityCode, Statement,
        vocabulary::{LocationPrecision, Term},
    },
    spatial::Wgs84,
};

/// Two locations of one row are the same up to here.
const SAME_PLACE_M: f64 = 25.0;

/// The longest list in one cell.
const LONGEST_LIST_CHARS: usize = 2_000;

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
    /// The day of the statement, where the row has one of its own.
    pub stated: Option<NaiveDate>,
    /// All that the row says, in the order of [`Statement`]'s variants. An empty cell says nothing.
    pub statements: Vec<Statement>,
}

/// The headings of a table as columns.
pub(super) struct Heading {
    /// The column of each heading that is read, and whether `-` says something in it.
    columns: Vec<Option<(Column, bool)>>,
    names: Vec<Arc<str>>,
}

/// Reads the rows of a table of places, and tells what could not be taken. `None`: it has no column that names a place.
///
/// A row without any cell that is read is passed over; one without name and key is refused.
pub fn places(table: &Table, file: &Arc<str>, lexicon: &Lexicon, report: &mut Report) -> Option<Vec<PlaceRow>> {
    let sheet: Option<Arc<str>> = table.sheet.as_deref().map(Arc::from);
    let heading = headings(table, file, sheet.as_ref(), lexicon, report)?;
    let mut rows = Vec::new();
    let mut has_foreign_ids = false;
    for record in &table.records {
        let reader = RowReader {
            lexicon,
            file,
            sheet: sheet.as_ref(),
            row: record.row,
            has_letters: table.heading_row > 0,
            heading: &heading,
            cells: HashMap::new(),
            refused: HashSet::new(),
            has_foreign_ids: &mut has_foreign_ids,
            report,
        };
        rows.extend(reader.read(record));
    }
    Some(rows)
}

/// Whether a table says which places it is about: by name, by key, or by an id of ours. The ids of another register do not.
pub(super) fn is_of_places(table: &Table, lexicon: &Lexicon) -> bool {
    (0..).zip(&table.headings).any(|(position, heading): (u16, _)| {
        match lexicon.column(heading).map(|info| info.column) {
            Some(Column::Name | Column::Key) => true,
            Some(Column::Id) => table.records.iter().any(|record| {
                let id = record.cells.iter().find(|cell| cell.column == position);
                id.is_some_and(|cell| cell.text.trim_start().starts_with("place:"))
            }),
            _ => false,
        }
    })
}

fn headings(
    table: &Table,
    file: &Arc<str>,
    sheet: Option<&Arc<str>>,
    lexicon: &Lexicon,
    report: &mut Report,
) -> Option<Heading> {
    let mut seen: HashMap<Column, &str> = HashMap::new();
    let mut columns = Vec::with_capacity(table.headings.len());
    let mut findings = Vec::new();
    for (position, heading) in (0..).zip(&table.headings) {
        let mut tell = |rule, details| {
            let mut finding = Finding::new(file, sheet, rule, heading);
            finding.row = Some(table.heading_row).filter(|row| *row > 0);
            finding.column = Some(Arc::from(finding.value.as_str()));
            finding.position = Some(position).filter(|_| table.heading_row > 0);
            finding.details = details;
            findings.push(finding);
        };
        let info = lexicon.column(heading);
        let column = match info.map(|info| info.column) {
            // Nothing is read from these, so that any number of them may be there.
            Some(Column::Derived) => None,
            Some(column) => match seen.get(&column) {
                Some(first) => {
                    tell(Rule::DuplicateHeading, vec![(*first).to_owned()]);
                    None
                }
                None => {
                    seen.insert(column, heading);
                    Some(column)
                }
            },
            None if heading.is_empty() => None,
            None => {
                match lexicon.nearest_heading(heading) {
                    Some(near) => tell(Rule::MisspeltHeading, vec![near.to_owned()]),
                    None => tell(Rule::UnknownHeading, Vec::new()),
                }
                None
            }
        };
        columns.push(column.map(|column| (column, info.is_some_and(|info| info.takes_dash))));
    }
    let names_place = is_of_places(table, lexicon);
    if !names_place {
        let mut finding = Finding::new(file, sheet, Rule::MissingHeading, "");
        let found: Vec<&str> = table.headings.iter().map(String::as_str).filter(|name| !name.is_empty()).collect();
        finding.details = vec![super::report::shown(&found.join(", "))];
        report.add(finding);
    }
    findings.into_iter().for_each(|finding| report.add(finding));
    let names = table.headings.iter().map(|name| Arc::from(super::report::shown(name).as_str())).collect();
    names_place.then_some(Heading { columns, names })
}

/// A cell that says something, white space put right.
struct Said {
    text: String,
    position: u16,
}

struct RowReader<'a> {
    lexicon: &'a Lexicon,
    file: &'a Arc<str>,
    sheet: Option<&'a Arc<str>>,
    row: u32,
    has_letters: bool,
    heading: &'a Heading,
    cells: HashMap<Column, Said>,
    refused: HashSet<Column>,
    /// Told once: another register's numbers stand in every row.
    has_foreign_ids: &'a mut bool,
    report: &'a mut Report,
}

impl RowReader<'_> {
    fn read(mut self, record: &table::Record) -> Option<PlaceRow> {
        self.take_cells(&record.cells);
        if self.cells.is_empty() && self.refused.is_empty() {
            return None;
        }
        let mut statements = Vec::new();
        let key = self.key();
        let name = self.text(Column::Name, 200);
        statements.extend(name.clone().map(Statement::Name));
        for alternative in self.alternative_names(name.as_deref()) {
            statements.push(Statement::AlternativeName(alternative));
        }
        let lexicon = self.lexicon;
        statements.extend(self.term(Column::Kind, &lexicon.kinds).map(Statement::Kind));
        statements.extend(self.term(Column::Status, &lexicon.statuses).map(Statement::Status));
        let municipality = self.municipality();
        statements.extend(municipality.clone().map(Statement::Municipality));
        let mut settlement = self.text(Column::Settlement, 100);
        let neighbourhood = self.text(Column::Neighbourhood, 100);
        let address = self.address(&mut settlement);
        statements.extend(settlement.clone().map(Statement::Settlement));
        statements.extend(neighbourhood.map(Statement::Neighbourhood));
        statements.extend(address.map(Statement::Address));
        statements.extend(self.location(record.geometry.as_ref()).map(Statement::Location));
        statements.extend(self.website().map(Statement::Website));
        statements.extend(self.term(Column::LegalForm, &lexicon.legal_forms).map(Statement::LegalForm));
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
        statements.extend(self.yes_or_no(Column::CulturalProgramme).map(Statement::CulturalProgramme));
        statements.extend(self.term(Column::RunBy, &lexicon.run_by).map(Statement::RunBy));
        statements.extend(self.opening_hours().map(Statement::OpeningHours));
        statements.extend(self.yes_or_no(Column::WheelchairAccessible).map(Statement::WheelchairAccessible));
        let stated = self.stated();
        if name.is_none() && key.is_none() {
            let finding =
                Finding { row: Some(self.row), ..Finding::new(self.file, self.sheet, Rule::RowWithoutName, "") };
            self.report.add(finding);
            return None;
        }
        Some(PlaceRow {
            sheet: self.sheet.cloned(),
            row: self.row,
            key,
            name,
            municipality,
            settlement,
            stated,
            statements,
        })
    }

    /// Keeps what the cells of known columns say; what can be told without knowing the column's kind is told here.
    fn take_cells(&mut self, cells: &[table::Cell]) {
        for cell in cells {
            let Some(heading) = self.heading.columns.get(usize::from(cell.column)) else {
                self.tell_at(cell.column, Rule::CellWithoutHeading, &cell.text, Vec::new());
                continue;
            };
            let Some((column, takes_dash)) = *heading else {
                let has_name = self.heading.names.get(usize::from(cell.column)).is_some_and(|name| !name.is_empty());
                if !has_name {
                    self.tell_at(cell.column, Rule::CellWithoutHeading, &cell.text, Vec::new());
                }
                continue;
            };
            let text = cell::normalised(&cell.text);
            let trouble = match cell.kind {
                CellKind::Error => Some((Rule::ErrorCell, Vec::new())),
                CellKind::Nested => Some((Rule::NestedValue, Vec::new())),
                CellKind::FormulaWithoutValue => Some((Rule::FormulaWithoutValue, Vec::new())),
                CellKind::TooLong(chars) => {
                    Some((Rule::CellTooLong, vec![chars.to_string(), table::MOST_CELL_CHARS.to_string()]))
                }
                CellKind::Plain | CellKind::Formula if cell::is_spreadsheet_error(&text) => {
                    Some((Rule::ErrorCell, Vec::new()))
                }
                CellKind::Plain | CellKind::Formula => None,
            };
            if let Some((rule, details)) = trouble {
                self.refused.insert(column);
                self.tell_at(cell.column, rule, &text, details);
                continue;
            }
            if text.is_empty() {
                continue;
            }
            if cell.kind == CellKind::Formula {
                self.tell_at(cell.column, Rule::FormulaCell, &text, Vec::new());
            }
            if cell::says_nothing(&text) {
                self.tell_at(cell.column, Rule::SaysNothing, &text, Vec::new());
                continue;
            }
            if cell::is_dash(&text) && !takes_dash {
                self.refused.insert(column);
                let heading = self.heading.names.get(usize::from(cell.column)).map(ToString::to_string);
                self.tell_at(cell.column, Rule::DashNotAllowed, &text, heading.into_iter().collect());
                continue;
            }
            self.cells.insert(column, Said { text, position: cell.column });
        }
    }

    fn tell_at(&mut self, position: u16, rule: Rule, value: &str, details: Vec<String>) {
        let mut finding = Finding::new(self.file, self.sheet, rule, value);
        finding.row = Some(self.row);
        finding.column = self.heading.names.get(usize::from(position)).filter(|name| !name.is_empty()).cloned();
        finding.position = Some(position).filter(|_| self.has_letters);
        finding.details = details;
        self.report.add(finding);
    }

    /// Tells what became of a cell that was taken out of the row.
    fn tell(&mut self, column: Column, said: &Said, rule: Rule, details: Vec<String>) {
        if rule.severity() == super::report::Severity::Refused {
            self.refused.insert(column);
        }
        self.tell_at(said.position, rule, &said.text, details);
    }

    /// Tells of the row as a whole, or of the geometry of a feature.
    fn tell_row(&mut self, rule: Rule, value: &str, details: Vec<String>) {
        let mut finding = Finding::new(self.file, self.sheet, rule, value);
        finding.row = Some(self.row);
        finding.details = details;
        self.report.add(finding);
    }

    fn take(&mut self, column: Column) -> Option<Said> {
        self.cells.remove(&column)
    }

    /// A list of a length that all terms of a vocabulary fit in: each wrong item is told by itself.
    fn take_list(&mut self, column: Column) -> Option<Said> {
        let said = self.take(column)?;
        let chars = said.text.chars().count();
        if chars <= LONGEST_LIST_CHARS {
            return Some(said);
        }
        let heading = self.lexicon.info(column).map(|info| info.heading.clone()).unwrap_or_default();
        self.tell(column, &said, Rule::TextTooLong, vec![chars.to_string(), heading, LONGEST_LIST_CHARS.to_string()]);
        None
    }

    fn clean(&mut self, column: Column, said: &Said, text: &str, most: usize) -> Option<String> {
        match cell::clean(text) {
            Err((rule, details)) => {
                self.tell(column, said, rule, details);
                None
            }
            Ok((clean, repairs)) => {
                let chars = clean.chars().count();
                if chars > most {
                    let heading = self.lexicon.info(column).map(|info| info.heading.clone()).unwrap_or_default();
                    self.tell(column, said, Rule::TextTooLong, vec![chars.to_string(), heading, most.to_string()]);
                    return None;
                }
                for (rule, details) in repairs {
                    self.tell(column, said, rule, details);
                }
                Some(clean)
            }
        }
    }

    fn text(&mut self, column: Column, most: usize) -> Option<String> {
        let said = self.take(column)?;
        self.clean(column, &said, &said.text, most)
    }

    /// A value that is checked by its own shape; what is personal is still told as that.
    fn shaped<T>(&mut self, column: Column, rule: Rule, read: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let said = self.take(column)?;
        let value = read(&said.text);
        if value.is_none() {
            let rule = if personal::is_personal(&said.text) { Rule::PersonalData } else { rule };
            self.tell(column, &said, rule, Vec::new());
        }
        value
    }

    /// `place:KEY`, or the key alone where the column is ours.
    fn key(&mut self) -> Option<String> {
        let is_key = |text: &str| {
            (1..=100).contains(&text.len())
                && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
                && !text.starts_with('-')
        };
        let bare = |text: &str| text.strip_prefix("place:").unwrap_or(text).to_owned();
        let id = self.take(Column::Id);
        if let Some(said) = self.take(Column::Key) {
            let key = bare(&said.text);
            if is_key(&key) {
                return Some(key);
            }
            self.tell(Column::Key, &said, Rule::KeyShape, Vec::new());
        }
        let said = id?;
        match said.text.strip_prefix("place:").filter(|key| is_key(key)) {
            Some(key) => Some(key.to_owned()),
            None => {
                if !std::mem::replace(self.has_foreign_ids, true) {
                    self.tell(Column::Id, &said, Rule::ForeignId, Vec::new());
                }
                None
            }
        }
    }

    fn alternative_names(&mut self, name: Option<&str>) -> Vec<String> {
        let Some(said) = self.take_list(Column::AlternativeNames) else { return Vec::new() };
        if personal::is_personal(&said.text) {
            self.tell(Column::AlternativeNames, &said, Rule::PersonalData, Vec::new());
            return Vec::new();
        }
        let mut names = Vec::new();
        for part in parts(&said.text, &[';']) {
            if let Some(clean) = self.clean(Column::AlternativeNames, &said, part, 200)
                && !names.contains(&clean)
                && Some(clean.as_str()) != name
            {
                names.push(clean);
            }
        }
        names
    }

    fn term<T: Term>(&mut self, column: Column, choices: &Choices<T>) -> Option<T> {
        let said = self.take(column)?;
        let term = choices.find(&said.text);
        if term.is_none() {
            self.unknown_term(column, &said, &said.text, choices);
        }
        term
    }

    fn unknown_term<T: Term>(&mut self, column: Column, said: &Said, text: &str, choices: &Choices<T>) {
        if personal::is_personal(text) {
            return self.tell(column, said, Rule::PersonalData, Vec::new());
        }
        let heading = self.lexicon.info(column).map(|info| info.heading.clone()).unwrap_or_default();
        let labels = choices.labels().collect::<Vec<_>>().join(", ");
        let said = Said { text: text.to_owned(), position: said.position };
        self.tell(column, &said, Rule::UnknownTerm, vec![heading, labels]);
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
            let Some(said) = self.take_list(column) else { continue };
            for part in parts(&said.text, &[';', ',']) {
                match choices.find(part) {
                    Some(term) => add(term, is_there),
                    None => self.unknown_term(column, &said, part, choices),
                }
            }
        }
        for term in T::all() {
            if let Some(is_there) = self.yes_or_no(own(term)) {
                add(term, is_there);
            }
        }
        for term in contradicted {
            found.remove(&term);
            self.tell_row(Rule::Contradiction, "", vec![choices.label(term).to_owned()]);
        }
        found
    }

    fn yes_or_no(&mut self, column: Column) -> Option<bool> {
        self.shaped(column, Rule::NotYesOrNo, cell::yes_or_no)
    }

    fn municipality(&mut self) -> Option<MunicipalityCode> {
        let named = self.one_municipality(Column::Municipality);
        let coded = self.one_municipality(Column::MunicipalityCode);
        match (named, coded) {
            (Some(named), Some(coded)) if named != coded => {
                let name = self.lexicon.municipality_name(&named).unwrap_or_default();
                let details = vec![format!("{name} ({named})"), coded.to_string()];
                self.tell_row(Rule::MunicipalitiesDisagree, "", details);
                None
            }
            (named, coded) => named.or(coded),
        }
    }

    fn one_municipality(&mut self, column: Column) -> Option<MunicipalityCode> {
        let said = self.take(column)?;
        match self.lexicon.municipality(&said.text) {
            None => {
                self.tell(column, &said, Rule::UnknownMunicipality, Vec::new());
                None
            }
            Some((code, is_repaired)) => {
                let code = code.clone();
                if is_repaired {
                    self.tell(column, &said, Rule::MunicipalityCodeRepaired, vec![code.to_string()]);
                }
                Some(code)
            }
        }
    }

    /// The address, from its own columns or else from the one that has it all; the latter may name the settlement.
    fn address(&mut self, settlement: &mut Option<String>) -> Option<Address> {
        let whole = self.take(Column::Address);
        let street = self.text(Column::Street, 100);
        let house_number = self.house_number();
        let postcode = self.shaped(Column::Postcode, Rule::PostcodeShape, cell::postcode);
        const PARTS: [Column; 5] =
            [Column::Street, Column::HouseNumber, Column::HouseLetter, Column::HouseAddition, Column::Postcode];
        if PARTS.iter().any(|part| self.refused.contains(part)) {
            return None;
        }
        if street.is_some() || house_number.is_some() || postcode.is_some() {
            return Some(Address { street, house_number, postcode });
        }
        let said = whole?;
        let clean = self.clean(Column::Address, &said, &said.text, 300)?;
        // The town, where it is known, is no guess: without it nothing is left that could be a street.
        let known_town = settlement.as_deref();
        let split = match known_town.filter(|town| clean == **town) {
            Some(_) => return None,
            None => cell::split_address(&clean),
        };
        // A lone word is a town only if the row says so; it might be a street.
        let is_sure = |split: &cell::Split| {
            split.street.is_some() || split.postcode.is_some() || split.town.as_deref() == known_town
        };
        let Some(split) = split.filter(is_sure) else {
            self.tell(Column::Address, &said, Rule::AddressNotSplit, Vec::new());
            return None;
        };
        if settlement.is_none() && !self.refused.contains(&Column::Settlement) {
            settlement.clone_from(&split.town);
        }
        Some(Address { street: split.street, house_number: split.house_number, postcode: split.postcode })
    }

    fn house_number(&mut self) -> Option<String> {
        let letter = self.take(Column::HouseLetter);
        let addition = self.take(Column::HouseAddition);
        let said = self.take(Column::HouseNumber)?;
        let mut text = said.text.clone();
        text.push_str(letter.as_ref().map_or("", |letter| &letter.text));
        if let Some(addition) = &addition {
            text.push('-');
            text.push_str(&addition.text);
        }
        match cell::house_number(&text) {
            Ok(number) => Some(number),
            Err(rule) => {
                let rule = if personal::is_personal(&text) { Rule::PersonalData } else { rule };
                let whole = Said { text, position: said.position };
                self.tell(Column::HouseNumber, &whole, rule, Vec::new());
                None
            }
        }
    }

    fn location(&mut self, geometry: Option<&Geometry>) -> Option<Location> {
        let degrees = self.pair(Column::Longitude, Column::Latitude, false);
        let metres = self.pair(Column::RdX, Column::RdY, true);
        let precision = self.take(Column::Precision);
        if let Some(said) = precision {
            let is_coarse = self.lexicon.precisions.find(&said.text) != Some(LocationPrecision::Address);
            if is_coarse {
                let has_any = degrees.is_some() || metres.is_some() || geometry.is_some();
                if has_any {
                    self.tell(Column::Precision, &said, Rule::CoarseLocation, Vec::new());
                }
                return None;
            }
        }
        let mut points: Vec<Wgs84> = Vec::new();
        if let Some((lon, lat, position)) = degrees {
            points.extend(self.point(cell::degrees(lon, lat), lon, lat, Some(position)));
        }
        match geometry {
            Some(Geometry::Point(point)) => {
                points.extend(self.point(cell::degrees(point.lon, point.lat), point.lon, point.lat, None));
            }
            Some(Geometry::Other(name)) => self.tell_row(Rule::GeometryNotPoint, name, Vec::new()),
            None => {}
        }
        if let Some((x, y, position)) = metres {
            points.extend(self.point(cell::metres(x, y), x, y, Some(position)));
        }
        let first = *points.first()?;
        let apart = points.iter().map(|point| point.to_rd().distance_m(first.to_rd())).fold(0.0, f64::max);
        if apart > SAME_PLACE_M {
            self.tell_row(Rule::LocationsDisagree, "", vec![format!("{apart:.0}")]);
            return None;
        }
        Some(Location {
            lon: first.lon,
            lat: first.lat,
            precision: LocationPrecision::Address,
            uncertainty_radius_m: 0.0,
            outline: None,
        })
    }

    fn point(
        &mut self,
        read: Result<(Wgs84, Option<Rule>), Rule>,
        first: f64,
        second: f64,
        position: Option<u16>,
    ) -> Option<Wgs84> {
        let stands = cell::pair(first, second);
        let (rule, details, point) = match read {
            Ok((point, None)) => return Some(point),
            Ok((point, Some(rule))) => (rule, vec![stands.clone(), cell::pair(point.lon, point.lat)], Some(point)),
            Err(rule) => (rule, vec![stands.clone()], None),
        };
        match position {
            Some(position) => self.tell_at(position, rule, &stands, details),
            None => self.tell_row(rule, &stands, details),
        }
        point
    }

    /// Two numbers, with the position of the first.
    fn pair(&mut self, first: Column, second: Column, is_metres: bool) -> Option<(f64, f64, u16)> {
        // Their values tell what they are, whatever column they stand in: metres may stand in the columns of degrees.
        let read = |text: &str| cell::number(text, is_metres);
        let one = self.take(first).map(|said| (read(&said.text), said));
        let other = self.take(second).map(|said| (read(&said.text), said));
        if let (Some((Some(a), said)), Some((Some(b), _))) = (&one, &other) {
            return Some((*a, *b, said.position));
        }
        // What is no number is told; only where nothing else is, that the other one is missing.
        let is_alone = !self.refused.contains(&first) && !self.refused.contains(&second);
        let is_alone = is_alone && one.is_some() != other.is_some();
        for (column, (value, said)) in
            [(first, one), (second, other)].into_iter().filter_map(|(c, cell)| Some((c, cell?)))
        {
            match value {
                None if personal::is_personal(&said.text) => self.tell(column, &said, Rule::PersonalData, Vec::new()),
                None => self.tell(column, &said, Rule::CoordinateNotNumber, Vec::new()),
                Some(_) if is_alone => self.tell(column, &said, Rule::CoordinateAlone, Vec::new()),
                Some(_) => {}
            }
        }
        None
    }

    fn website(&mut self) -> Option<Option<String>> {
        let said = self.take(Column::Website)?;
        if cell::is_dash(&said.text) {
            return Some(None);
        }
        if personal::has_mail_address(&said.text) || personal::is_personal(&said.text) {
            self.tell(Column::Website, &said, Rule::PersonalData, Vec::new());
            return None;
        }
        match cell::website(&said.text) {
            None => {
                self.tell(Column::Website, &said, Rule::WebsiteShape, Vec::new());
                None
            }
            Some((site, is_repaired)) => {
                if is_repaired {
                    self.tell(Column::Website, &said, Rule::WebsiteRepaired, vec![site.clone()]);
                }
                Some(Some(site))
            }
        }
    }

    fn founded_year(&mut self) -> Option<i32> {
        let said = self.take(Column::FoundedYear)?;
        let today = self.lexicon.today;
        // A cell formatted as a date still knows its year.
        let year = cell::year(&said.text, today).or_else(|| {
            cell::date(&said.text).map(|date| date.year()).filter(|year| (1200..=cell::last_year(today)).contains(year))
        });
        if year.is_none() {
            let rule = if personal::is_personal(&said.text) { Rule::PersonalData } else { Rule::YearShape };
            self.tell(Column::FoundedYear, &said, rule, vec![cell::last_year(today).to_string()]);
        }
        year
    }

    fn opening_hours(&mut self) -> Option<Option<String>> {
        if self.cells.get(&Column::OpeningHours).is_some_and(|said| cell::is_dash(&said.text)) {
            return Some(None);
        }
        let read = |text: &str| {
            let is_clean = !personal::is_personal(text) && cell::are_opening_hours(text);
            is_clean.then(|| text.to_owned())
        };
        self.shaped(Column::OpeningHours, Rule::OpeningHoursShape, read).map(Some)
    }

    fn stated(&mut self) -> Option<NaiveDate> {
        let date = self.cells.get(&Column::StatedOn).and_then(|said| cell::date(&said.text));
        let today = self.lexicon.today;
        if date.is_some_and(|date| date > today || date.year() < 2000) {
            let said = self.take(Column::StatedOn)?;
            self.tell(Column::StatedOn, &said, Rule::DateOutOfRange, Vec::new());
            return None;
        }
        self.shaped(Column::StatedOn, Rule::DateShape, cell::date)
    }
}

/// The items of a list: by bars where there is one, else by the other signs.
pub(super) fn parts<'a>(text: &'a str, others: &'a [char]) -> impl Iterator<Item = &'a str> {
    let signs: &[char] = if text.contains('|') { &['|'] } else { others };
    text.split(signs).map(str::trim).filter(|part| !part.is_empty())
}

#[cfg(test)]
mod tests;
