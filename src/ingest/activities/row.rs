//! A row of a table of activities.

use std::{collections::BTreeSet, sync::Arc};

use chrono::NaiveDate;

use super::{
    column::{Column, Words},
    draft::{self, Draft, PlaceSaid, Times},
    when::{self, Days, Span},
};
use crate::{
    claims::At,
    findings::{Finding, Report, Rule, report::shown},
    ingest::{
        places::contact,
        tabular::{
            cell,
            columns::headings,
            row::{Cells, Said, Sheet, parts},
            table::Table,
        },
    },
    model::{Activity, ActivitySchedule, Address, vocabulary::Audience},
};

/// The longest text in one cell, characters.
const MOST_CHARS: usize = 200;

/// Whether a table says what is held.
pub(super) fn is_of_activities(table: &Table, words: &Words) -> bool {
    let is_naming = |heading: &String| words.columns.find(heading).is_some_and(|info| info.column == Column::Name);
    table.headings.iter().any(is_naming)
}

/// Reads the rows of a table, and tells what could not be taken. `None`: it has no column that names an activity. A row that names none is an error of
/// the list.
pub(super) fn activities(
    table: &Table,
    file: &Arc<str>,
    words: &Words,
    report: &mut Report,
) -> Option<Vec<Option<Draft>>> {
    let sheet = Sheet::of(table, file);
    if !is_of_activities(table, words) {
        let found: Vec<&str> = table.headings.iter().map(String::as_str).filter(|name| !name.is_empty()).collect();
        let finding = Finding::new(file, sheet.name.as_ref(), Rule::NoActivityHeading, "");
        report.add(Finding { details: vec![shown(&found.join(", "))], ..finding });
        return None;
    }
    let heading = headings(table, file, &words.columns, |_| false, report);
    let rows = table.records.iter().filter_map(|record| {
        let cells = Cells::of(record, &sheet, &words.columns, &heading, report);
        RowReader { words, sheet: &sheet, cells }.read()
    });
    Some(rows.collect())
}

/// Where a row tells whom to ask.
const CONTACT: contact::Columns<Column> = contact::Columns {
    role: Column::ContactRole,
    organisation: None,
    email: Column::ContactEmail,
    phone: Column::ContactPhone,
    url: Column::ContactUrl,
};

struct RowReader<'a> {
    words: &'a Words,
    sheet: &'a Sheet<'a>,
    cells: Cells<'a, Column>,
}

impl RowReader<'_> {
    /// `None`: there is nothing in the row; `Some(None)`: it names no activity, or what it names may not be told.
    fn read(mut self) -> Option<Option<Draft>> {
        if self.cells.are_empty() {
            return None;
        }
        let place = self.place();
        let is_named = self.cells.said.contains_key(&Column::Name);
        let Some(name) = self.cells.prose(Column::Name, MOST_CHARS) else {
            if !is_named && !self.cells.refused.contains(&Column::Name) {
                self.cells.tell_row(Rule::ActivityWithoutName, "", Vec::new());
            }
            return Some(None);
        };
        let words = self.words;
        let told_type = self.cells.term(Column::Type, &words.types);
        let schedule = self.schedule();
        let (min_age, max_age) = self.ages();
        let (free, cost) = self.cost();
        let activity = Activity {
            activity_type: told_type.or_else(|| draft::type_of(&name)),
            status: self.cells.term(Column::Status, &words.statuses),
            schedule: schedule.into_iter().collect(),
            audiences: self.audiences(),
            min_age,
            max_age,
            free,
            cost,
            registration_required: self.cells.yes_or_no(Column::Registration),
            referral_required: self.cells.yes_or_no(Column::Referral),
            organiser: self.organiser(),
            contact: contact::point(&mut self.cells, &CONTACT, &words.lexicon),
            website: self.cells.web_address(Column::Website),
            ..draft::named(name)
        };
        let stated = self.cells.stated(Column::StatedOn, words.lexicon.today);
        let at = At { file: self.sheet.file.clone(), sheet: self.sheet.name.clone(), row: self.cells.row };
        Some(Some(Draft { at, place, activity, stated }))
    }

    fn place(&mut self) -> PlaceSaid {
        let key = self.cells.text(Column::PlaceKey, 120);
        let name = self.cells.text(Column::Place, MOST_CHARS);
        let municipality = self.cells.municipality(Column::Municipality, |text| self.words.lexicon.municipality(text));
        let settlement = self.cells.text(Column::Settlement, MOST_CHARS);
        let street = self.cells.text(Column::Street, MOST_CHARS);
        let house_number = match self.cells.take(Column::HouseNumber) {
            Some(said) => match cell::house_number(&said.text) {
                Ok(number) => Some(number),
                Err(rule) => {
                    self.cells.tell(Column::HouseNumber, &said, rule, Vec::new());
                    None
                }
            },
            None => None,
        };
        let postcode = self.cells.shaped(Column::Postcode, Rule::PostcodeShape, cell::postcode);
        let is_address = street.is_some() || house_number.is_some() || postcode.is_some();
        let address = is_address.then_some(Address { street, house_number, postcode });
        PlaceSaid { key, name, municipality, settlement, address }
    }

    /// When it is held, where that is said and can be read.
    fn schedule(&mut self) -> Option<ActivitySchedule> {
        let written = self.cells.take(Column::Rrule);
        let said = self.cells.take(Column::Days);
        let of_days = said.as_ref().map(|said| (said, when::days(&said.text)));
        let (days, told) = match (&written, &of_days) {
            (Some(written), _) => (Some(Days::of(written.text.clone())), Span::default()),
            (None, Some((_, Some((days, span))))) => (Some(days.clone()), span.unwrap_or_default()),
            (None, Some((said, None))) => {
                let is_weeks = said.text.to_lowercase().contains("even ");
                let rule = if is_weeks { Rule::EvenWeeks } else { Rule::DayShape };
                self.cells.tell(Column::Days, said, rule, Vec::new());
                (None, Span::default())
            }
            (None, None) => (None, Span::default()),
        };
        let start = self.time(Column::Start);
        let end = self.time(Column::End);
        let start_and_end = start.unwrap_or(told);
        let from = self.day(Column::From);
        let through = self.day(Column::Through);
        let except = self.exceptions();
        let days = days?;
        let times = Times {
            start: start_and_end.start,
            end: end.and_then(|end| end.start).or(start_and_end.end),
            from,
            through,
        };
        match draft::schedule(&days, times, &except) {
            Ok(schedule) => Some(schedule),
            Err(rule) => {
                let column = if written.is_some() { Column::Rrule } else { Column::Days };
                if let Some(said) = written.or(said) {
                    self.cells.tell(column, &said, rule, Vec::new());
                }
                None
            }
        }
    }

    fn time(&mut self, column: Column) -> Option<Span> {
        self.cells.shaped(column, Rule::TimeShape, when::span)
    }

    fn day(&mut self, column: Column) -> Option<NaiveDate> {
        self.cells.shaped(column, Rule::DateShape, cell::date)
    }

    fn exceptions(&mut self) -> Vec<NaiveDate> {
        let Some(said) = self.cells.take_list(Column::Except) else { return Vec::new() };
        let mut days = Vec::new();
        for part in parts(&said.text, &[';', ',', '&']) {
            match cell::date(part) {
                Some(day) => days.push(day),
                None => {
                    let said = Said { text: part.to_owned(), position: said.position };
                    self.cells.tell(Column::Except, &said, Rule::DateShape, Vec::new());
                }
            }
        }
        days
    }

    fn audiences(&mut self) -> Vec<Audience> {
        let Some(said) = self.cells.take_list(Column::Audiences) else { return Vec::new() };
        let mut found = BTreeSet::new();
        for part in parts(&said.text, &[';', ',', '/', '&']) {
            match self.words.audiences.find(part) {
                Some(audience) => drop(found.insert(audience)),
                None => self.cells.unknown_term(Column::Audiences, &said, part, &self.words.audiences),
            }
        }
        found.into_iter().collect()
    }

    fn ages(&mut self) -> (Option<i32>, Option<i32>) {
        let (least, most) = (self.age(Column::MinAge), self.age(Column::MaxAge));
        match (least, most) {
            (Some(least), Some(most)) if most < least => {
                self.cells.tell_row(Rule::AgesReversed, &most.to_string(), vec![least.to_string()]);
                (None, None)
            }
            ages => ages,
        }
    }

    fn age(&mut self, column: Column) -> Option<i32> {
        self.cells.shaped(column, Rule::AgeShape, |text| {
            let number = text.trim_end_matches(" jaar").trim_end_matches('+');
            number.parse().ok().filter(|age| (0..=120).contains(age))
        })
    }

    /// Whether it is free, and what it costs in words.
    fn cost(&mut self) -> (Option<bool>, Option<String>) {
        let free = self.cells.yes_or_no(Column::Free);
        let position = self.cells.said.get(&Column::Cost).map(|said| said.position);
        let Some(text) = self.cells.prose(Column::Cost, MOST_CHARS) else { return (free, None) };
        let (told, cost) = cost(&text);
        match (free, told, position) {
            (Some(free), Some(told), Some(position)) if free != told => {
                self.cells.tell_at(position, Rule::FreeAndCosts, &text, Vec::new());
                (None, None)
            }
            _ => (free.or(told), cost),
        }
    }

    fn organiser(&mut self) -> Option<String> {
        self.cells.checked(Column::Organiser, MOST_CHARS, |text| {
            contact::role(text).map_err(|(rule, details)| match rule {
                Rule::PersonInsteadOfRole => (Rule::PersonInsteadOfOrganisation, details),
                rule => (rule, details),
            })
        })
    }
}

/// Whether something is free, as far as its price tells, and the price in words: an amount alone gets its sign.
pub(super) fn cost(text: &str) -> (Option<bool>, Option<String>) {
    let bare = text.trim_start_matches('€').trim().trim_end_matches(",-").trim_end_matches(",–");
    if matches!(text.to_lowercase().as_str(), "gratis" | "free" | "geen" | "geen kosten" | "kosteloos") {
        return (Some(true), None);
    }
    match cell::number(bare, false) {
        Some(0.0) => (Some(true), None),
        Some(amount) if amount > 0.0 && amount < 10_000.0 => {
            (Some(false), Some(format!("€ {amount:.2}").replace('.', ",")))
        }
        _ => (None, Some(text.to_owned())),
    }
}
