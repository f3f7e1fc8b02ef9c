//! A row of a table as statements on one place.
//!
//! A cell that runs into a rule is left out and told; the rest of the row goes on.
//!
//! An oddity: a website that is stated not to be there (`-`) is null in the API, like one that is not known; the claim
//! knows better.

use std::{collections::BTreeMap, sync::Arc};

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
        opening_hours,
        row::{Cells, Said, Sheet, parts},
        stated::Stated,
        table::{self, Geometry, Table},
    },
    model::{
        Address, ContactPoint, Location, MunicipalityCode, Statement,
        vocabulary::{LocationPrecision, Term},
    },
    spatial::Wgs84,
};

/// Two locations of one row are the same up to here.
const SAME_PLACE_M: f64 = 25.0;

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
        statements.extend(self.contact().map(Statement::Contact));
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
        let named = self.one_municipality(Column::Municipality);
        let coded = self.one_municipality(Column::MunicipalityCode);
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

    fn one_municipality(&mut self, column: Column) -> Option<MunicipalityCode> {
        let said = self.cells.take(column)?;
        match self.lexicon.municipality(&said.text) {
            None => {
                self.cells.tell(column, &said, Rule::UnknownMunicipality, Vec::new());
                None
            }
            Some((code, is_repaired)) => {
                let code = code.clone();
                if is_repaired {
                    self.cells.tell(column, &said, Rule::MunicipalityCodeRepaired, vec![code.to_string()]);
                }
                Some(code)
            }
        }
    }

    /// The address, from its own columns; what they lack from the one that has it all, which may also name the settlement.
    ///
    /// A part that is refused is left out and the others are taken: a part that is not said overrules nothing.
    fn address(&mut self, settlement: &mut Option<String>) -> Option<Address> {
        let whole = self.cells.take(Column::Address);
        let mut address = Address {
            street: self.cells.text(Column::Street, 100),
            house_number: self.house_number(),
            postcode: self.cells.shaped(Column::Postcode, Rule::PostcodeShape, cell::postcode),
        };
        // A street of its own is the one of the address, and beside it the line says nothing else.
        if let Some(said) = whole.filter(|_| address.street.is_none() && !self.cells.refused.contains(&Column::Street))
            && let Some(split) = self.split(&said, Column::Address, settlement.as_deref(), &address)
        {
            if settlement.is_none() && !self.cells.refused.contains(&Column::Settlement) {
                settlement.clone_from(&split.town);
            }
            let is_refused = |column| self.cells.refused.contains(&column);
            address.street = split.street;
            address.house_number =
                address.house_number.or(split.house_number.filter(|_| !is_refused(Column::HouseNumber)));
            address.postcode = address.postcode.or(split.postcode.filter(|_| !is_refused(Column::Postcode)));
        }
        let town = self.cells.take(Column::PostcodeAndTown);
        let town = town.and_then(|said| self.split(&said, Column::PostcodeAndTown, settlement.as_deref(), &address));
        if let Some(split) = town.filter(|split| split.street.is_none() && split.house_number.is_none()) {
            if settlement.is_none() && !self.cells.refused.contains(&Column::Settlement) {
                *settlement = split.town;
            }
            address.postcode =
                address.postcode.or(split.postcode.filter(|_| !self.cells.refused.contains(&Column::Postcode)));
        }
        if address.street.is_none() && address.postcode.is_none() {
            // What its street is may stand in the cell that was refused.
            const REFUSED: [Column; 3] = [Column::Street, Column::Postcode, Column::Address];
            let is_told = REFUSED.iter().any(|column| self.cells.refused.contains(column));
            if let Some(number) = address.house_number.filter(|_| !is_told) {
                self.cells.tell_row(Rule::NumberWithoutStreet, &number, Vec::new());
            }
            return None;
        }
        Some(address)
    }

    /// The parts of an address that stands in one cell; told where they cannot be told apart.
    fn split(&mut self, said: &Said, column: Column, town: Option<&str>, beside: &Address) -> Option<cell::Split> {
        let clean = self.cells.clean(column, said, &said.text, 300)?;
        // The town, where it is known, is no guess: without it nothing is left that could be a street.
        if town == Some(clean.as_str()) {
            return None;
        }
        // Beside a house number it is a street.
        if column == Column::Address
            && beside.house_number.is_some()
            && !clean.contains(|c: char| c.is_ascii_digit() || c == ',')
        {
            return Some(cell::Split { street: Some(clean), ..cell::Split::default() });
        }
        // A lone word is a town only if the row says so; it might be a street.
        let is_sure = |split: &cell::Split| {
            let has_town_only = column == Column::PostcodeAndTown || split.town.as_deref() == town;
            split.street.is_some() || split.postcode.is_some() || has_town_only
        };
        let split = cell::split_address(&clean, town).filter(is_sure);
        if split.is_none() {
            self.cells.tell(column, said, Rule::AddressNotSplit, Vec::new());
        }
        split
    }

    fn house_number(&mut self) -> Option<String> {
        let letter = self.cells.take(Column::HouseLetter);
        let addition = self.cells.take(Column::HouseAddition);
        let Some(said) = self.cells.take(Column::HouseNumber) else {
            // Where the number itself was refused, that is told.
            if !self.cells.refused.contains(&Column::HouseNumber) {
                for (column, said) in [(Column::HouseLetter, letter), (Column::HouseAddition, addition)] {
                    let said = said.iter();
                    said.for_each(|said| self.cells.tell(column, said, Rule::AdditionWithoutNumber, Vec::new()));
                }
            }
            return None;
        };
        let mut text = said.text.clone();
        text.push_str(letter.as_ref().map_or("", |letter| &letter.text));
        if let Some(addition) = &addition {
            text.push('-');
            text.push_str(&addition.text);
        }
        match cell::house_number(&text) {
            Ok(number) => Some(number),
            Err(rule) => {
                let rule = if personal_data::is_personal(&text) { Rule::PersonalData } else { rule };
                let whole = Said { text, position: said.position };
                self.cells.tell(Column::HouseNumber, &whole, rule, Vec::new());
                None
            }
        }
    }

    fn location(&mut self, geometry: Option<&Geometry>) -> Option<Location> {
        let degrees = self.pair(Column::Longitude, Column::Latitude, false);
        let metres = self.pair(Column::RdX, Column::RdY, true);
        let both = self.both();
        let precision = self.cells.take(Column::Precision);
        if let Some(said) = precision {
            let is_coarse = self.lexicon.precisions.find(&said.text) != Some(LocationPrecision::Address);
            if is_coarse {
                let has_any = degrees.is_some() || metres.is_some() || both.is_some() || geometry.is_some();
                if has_any {
                    self.cells.tell(Column::Precision, &said, Rule::CoarseLocation, Vec::new());
                }
                return None;
            }
        }
        let mut points: Vec<Wgs84> = Vec::new();
        if let Some((lon, lat, position)) = degrees {
            points.extend(self.point(cell::degrees(lon, lat), lon, lat, Some(position)));
        }
        if let Some((lat, lon, position)) = both {
            // Either may stand first.
            let read =
                cell::degrees(lon, lat).map(|(at, rule)| (at, rule.filter(|rule| *rule != Rule::CoordinatesSwapped)));
            points.extend(self.point(read, lat, lon, Some(position)));
        }
        match geometry {
            Some(Geometry::Point(point)) => {
                points.extend(self.point(cell::degrees(point.lon, point.lat), point.lon, point.lat, None));
            }
            Some(Geometry::Other(name)) => self.cells.tell_row(Rule::GeometryNotPoint, name, Vec::new()),
            None => {}
        }
        if let Some((x, y, position)) = metres {
            points.extend(self.point(cell::metres(x, y), x, y, Some(position)));
        }
        let first = *points.first()?;
        let apart = points.iter().map(|point| point.to_rd().distance_m(first.to_rd())).fold(0.0, f64::max);
        if apart > SAME_PLACE_M {
            self.cells.tell_row(Rule::LocationsDisagree, "", vec![format!("{apart:.0}")]);
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
            Some(position) => self.cells.tell_at(position, rule, &stands, details),
            None => self.cells.tell_row(rule, &stands, details),
        }
        point
    }

    /// The two numbers of one cell, such as `52.5117, 6.0917`, and its position.
    fn both(&mut self) -> Option<(f64, f64, u16)> {
        let said = self.cells.take(Column::Point)?;
        let inner =
            said.text.trim_start_matches(|c: char| c.is_alphabetic() || c == ' ').trim_matches(['(', ')', '[', ']']);
        // A comma parts them, unless it is that of their decimals.
        let sign = [';', '|', ' '].into_iter().find(|sign| inner.contains(*sign)).unwrap_or(',');
        let mut parts =
            inner.split(sign).map(|part| part.trim().trim_end_matches([',', ';'])).filter(|part| !part.is_empty());
        let numbers = (parts.next(), parts.next(), parts.next());
        if let (Some(first), Some(second), None) = numbers
            && let (Some(first), Some(second)) = (cell::number(first, false), cell::number(second, false))
        {
            return Some((first, second, said.position));
        }
        let rule = if personal_data::is_personal(&said.text) { Rule::PersonalData } else { Rule::CoordinateNotNumber };
        self.cells.tell(Column::Point, &said, rule, Vec::new());
        None
    }

    /// Two numbers, with the position of the first.
    fn pair(&mut self, first: Column, second: Column, is_metres: bool) -> Option<(f64, f64, u16)> {
        // Their values tell what they are, whatever column they stand in: metres may stand in the columns of degrees.
        let read = |text: &str| cell::number(text, is_metres);
        let one = self.cells.take(first).map(|said| (read(&said.text), said));
        let other = self.cells.take(second).map(|said| (read(&said.text), said));
        if let (Some((Some(a), said)), Some((Some(b), _))) = (&one, &other) {
            return Some((*a, *b, said.position));
        }
        // What is no number is told; only where nothing else is, that the other one is missing.
        let is_alone = !self.cells.refused.contains(&first) && !self.cells.refused.contains(&second);
        let is_alone = is_alone && one.is_some() != other.is_some();
        for (column, (value, said)) in
            [(first, one), (second, other)].into_iter().filter_map(|(c, cell)| Some((c, cell?)))
        {
            match value {
                None if personal_data::is_personal(&said.text) => {
                    self.cells.tell(column, &said, Rule::PersonalData, Vec::new())
                }
                None => self.cells.tell(column, &said, Rule::CoordinateNotNumber, Vec::new()),
                Some(_) if is_alone => self.cells.tell(column, &said, Rule::CoordinateAlone, Vec::new()),
                Some(_) => {}
            }
        }
        None
    }

    fn website(&mut self) -> Option<Option<String>> {
        let said = self.cells.take(Column::Website)?;
        if cell::is_dash(&said.text) {
            return Some(None);
        }
        self.web_address(Column::Website, &said).map(Some)
    }

    fn web_address(&mut self, column: Column, said: &Said) -> Option<String> {
        if personal_data::has_mail_address(&said.text) || personal_data::is_personal(&said.text) {
            self.cells.tell(column, said, Rule::PersonalData, Vec::new());
            return None;
        }
        match cell::website(&said.text) {
            None => {
                self.cells.tell(column, said, Rule::WebsiteShape, Vec::new());
                None
            }
            Some((site, is_repaired)) => {
                if is_repaired {
                    self.cells.tell(column, said, Rule::WebsiteRepaired, vec![site.clone()]);
                }
                Some(site)
            }
        }
    }

    /// Where to ask, of the cells that are right; a page or number without a role is that of the general desk.
    fn contact(&mut self) -> Option<ContactPoint> {
        let lexicon = self.lexicon;
        let role = self.by(Column::ContactRole, contact::role);
        let organisation = self.by(Column::ContactOrganisation, contact::role);
        let email = self.by(Column::ContactEmail, |text| contact::mailbox(text, lexicon));
        let phone = self.by(Column::ContactPhone, contact::phone);
        let url = self.cells.take(Column::ContactUrl);
        let url = url.and_then(|said| self.web_address(Column::ContactUrl, &said));
        let has_any = [&role, &organisation, &url, &email, &phone].into_iter().any(Option::is_some);
        has_any.then(|| ContactPoint {
            role: role.unwrap_or_else(|| ContactPoint::GENERAL.to_owned()),
            organisation,
            url,
            email,
            phone,
        })
    }

    /// A cell that is checked by a function of its own.
    fn by(&mut self, column: Column, read: impl FnOnce(&str) -> Result<String, cell::Trouble>) -> Option<String> {
        let said = self.cells.take(column)?;
        match read(&said.text) {
            Ok(text) if text.chars().count() <= 200 => Some(text),
            Ok(text) => {
                let heading = self.lexicon.columns().name(column);
                let details = vec![text.chars().count().to_string(), heading, "200".to_owned()];
                self.cells.tell(column, &said, Rule::TextTooLong, details);
                None
            }
            Err((rule, details)) => {
                self.cells.tell(column, &said, rule, details);
                None
            }
        }
    }

    /// The opening hours of columns of single days; one that cannot be read leaves all of them out, since a day that is not
    /// named counts as closed.
    fn hours_by_day(&mut self) -> Option<String> {
        const DAYS: [&str; 7] = ["ma", "di", "wo", "do", "vr", "za", "zo"];
        let mut days = Vec::new();
        let mut is_right = true;
        let mut first = None;
        for (number, day) in (0..).zip(DAYS) {
            let column = Column::HoursOf(number);
            is_right &= !self.cells.refused.contains(&column);
            let Some(said) = self.cells.take(column) else { continue };
            let is_closed = cell::is_dash(&said.text) || matches!(said.text.to_lowercase().as_str(), "closed");
            let text = if is_closed { "gesloten" } else { &said.text };
            match opening_hours::from_dutch(&format!("{day} {text}")) {
                Some(hours) => days.push(hours),
                None => {
                    let rule = if personal_data::is_personal(&said.text) {
                        Rule::PersonalData
                    } else {
                        Rule::OpeningHoursShape
                    };
                    self.cells.tell(column, &said, rule, Vec::new());
                    is_right = false;
                }
            }
            first.get_or_insert((column, said));
        }
        let days = days.join("; ");
        let (column, said) = first.filter(|_| is_right)?;
        let Err(fault) = opening_hours::checked(&days) else { return Some(days) };
        let (rule, details) = opening_hours::rule_of(fault);
        self.cells.tell(column, &said, rule, details);
        None
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

    fn opening_hours(&mut self) -> Option<Option<String>> {
        let by_day = self.hours_by_day();
        if self.cells.said.get(&Column::OpeningHours).is_some_and(|said| cell::is_dash(&said.text)) {
            return Some(None);
        }
        let Some(said) = self.cells.take(Column::OpeningHours) else { return by_day.map(Some) };
        if personal_data::is_personal(&said.text) {
            self.cells.tell(Column::OpeningHours, &said, Rule::PersonalData, Vec::new());
            return None;
        }
        let Err(fault) = opening_hours::checked(&said.text) else { return Some(Some(said.text)) };
        let read = match opening_hours::from_dutch(&said.text) {
            Some(read) => opening_hours::checked(&read).map(|()| read),
            None => Err(fault),
        };
        let read = match read {
            Ok(read) => read,
            Err(fault) => {
                let (rule, details) = opening_hours::rule_of(fault);
                self.cells.tell(Column::OpeningHours, &said, rule, details);
                return None;
            }
        };
        self.cells.tell(Column::OpeningHours, &said, Rule::OpeningHoursRead, vec![read.clone()]);
        Some(Some(read))
    }
}

#[cfg(test)]
mod tests;
