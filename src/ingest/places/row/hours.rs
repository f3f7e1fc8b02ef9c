//! The opening hours that a row gives, in one cell or in one for each day of the week.

use super::{super::column::Column, RowReader};
use crate::{
    findings::{Rule, personal_data},
    ingest::tabular::{cell, opening_hours},
};

impl RowReader<'_> {
    pub(super) fn opening_hours(&mut self) -> Option<Option<String>> {
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
}
