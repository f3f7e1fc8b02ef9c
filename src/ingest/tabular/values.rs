//! The values that tables of several kinds hold: prose, pages, municipalities, and what has a check of its own.

use std::hash::Hash;

use super::{
    cell::{self, Trouble},
    row::Cells,
};
use crate::{
    findings::{Rule, personal_data},
    model::MunicipalityCode,
};

impl<C: Copy + Eq + Hash> Cells<'_, C> {
    /// Running text, in which nobody is named.
    pub(crate) fn prose(&mut self, column: C, most: usize) -> Option<String> {
        let said = self.take(column)?;
        let text = self.clean(column, &said, &said.text, most)?;
        if personal_data::names_person(&text) {
            self.tell(column, &said, Rule::PersonNamed, Vec::new());
            return None;
        }
        Some(text)
    }

    /// The address of a page on the web, which is nobody's profile.
    pub(crate) fn web_address(&mut self, column: C) -> Option<String> {
        let said = self.take(column)?;
        match cell::page(&said.text) {
            Ok((url, is_repaired)) => {
                if is_repaired {
                    self.tell(column, &said, Rule::WebsiteRepaired, vec![url.clone()]);
                }
                Some(url)
            }
            Err(rule) => {
                self.tell(column, &said, rule, Vec::new());
                None
            }
        }
    }

    /// The municipality that is meant; `find` has the code of a text, and whether that had to be repaired.
    pub(crate) fn municipality<'m>(
        &mut self,
        column: C,
        find: impl FnOnce(&str) -> Option<(&'m MunicipalityCode, bool)>,
    ) -> Option<MunicipalityCode> {
        let said = self.take(column)?;
        let Some((code, is_repaired)) = find(&said.text) else {
            self.tell(column, &said, Rule::UnknownMunicipality, Vec::new());
            return None;
        };
        if is_repaired {
            self.tell(column, &said, Rule::MunicipalityCodeRepaired, vec![code.to_string()]);
        }
        Some(code.clone())
    }

    /// A text that is checked by a function of its own, of at most so many characters.
    pub(crate) fn checked(
        &mut self,
        column: C,
        most: usize,
        read: impl FnOnce(&str) -> Result<String, Trouble>,
    ) -> Option<String> {
        let said = self.take(column)?;
        match read(&said.text) {
            Ok(text) if text.chars().count() <= most => Some(text),
            Ok(text) => {
                let details = vec![text.chars().count().to_string(), self.heading_of(column), most.to_string()];
                self.tell(column, &said, Rule::TextTooLong, details);
                None
            }
            Err((rule, details)) => {
                self.tell(column, &said, rule, details);
                None
            }
        }
    }
}
