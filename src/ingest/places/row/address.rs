//! The address that a row gives, in cells of its parts or in one.

use super::{super::column::Column, RowReader};
use crate::{
    findings::{Rule, personal_data},
    ingest::tabular::{cell, row::Said},
    model::Address,
};

impl RowReader<'_> {
    /// The address, from its own columns; what they lack from the one that has it all, which may also name the settlement.
    ///
    /// A part that is refused is left out and the others are taken: a part that is not said overrules nothing.
    pub(super) fn address(&mut self, settlement: &mut Option<String>) -> Option<Address> {
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
}
