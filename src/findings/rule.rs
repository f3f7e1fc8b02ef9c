//! The rules that cells run into, each with its sentences in Dutch and English.
//!
//! A file a subject; each hands its rules on to the next, and the macro `rules` makes one enum of them all.
//!
//! `{value}` is what stands in the cell, `{0}` and on are the details of the finding.

mod activity;
mod area;
mod hours;
mod location;
mod map_element;
mod place;
mod policy;
mod survey;
mod table;
mod text;

use self::{
    activity::activity, area::area, hours::hours, location::location, map_element::map_element, place::place,
    policy::policy, survey::survey, table::table, text::text,
};
use super::severity::Severity;
use crate::model::Language;

macro_rules! rules {
    ([] $($(#[$comment:meta])* $rule:ident $code:literal $severity:ident {
        $nl:literal $nl_remedy:literal
        $en:literal $en_remedy:literal
    })*) => {
        /// A rule on what a cell, a row or a sheet may hold.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Rule {
            $($(#[$comment])* $rule,)*
        }

        impl Rule {
            /// All rules, in the order of this file.
            pub const ALL: &[Self] = &[$(Self::$rule,)*];

            /// The name by which programs know the rule; it stays.
            pub fn code(self) -> &'static str {
                match self { $(Self::$rule => $code,)* }
            }

            /// What becomes of a cell that runs into it.
            pub fn severity(self) -> Severity {
                match self { $(Self::$rule => Severity::$severity,)* }
            }

            /// What is the matter.
            pub(crate) fn message(self, language: Language) -> &'static str {
                match (self, language) { $((Self::$rule, Language::Nl) => $nl, (Self::$rule, Language::En) => $en,)* }
            }

            /// What to do.
            pub(crate) fn remedy(self, language: Language) -> &'static str {
                match (self, language) {
                    $((Self::$rule, Language::Nl) => $nl_remedy, (Self::$rule, Language::En) => $en_remedy,)*
                }
            }
        }
    };
}

table! { [text hours location place survey policy activity map_element area rules] }

impl Rule {
    /// Whether somebody has to decide what is meant.
    pub(crate) fn is_doubtful(self) -> bool {
        matches!(self, Self::DoubtfulPair | Self::MapElementDoubtful | Self::MisspeltHeading | Self::SettlementMisspelt)
    }

    /// Whether its sentence says something else of each record, so that one cannot stand for all.
    pub(crate) fn is_told_singly(self) -> bool {
        self.is_doubtful()
            || matches!(self, Self::Recognised | Self::Overruled | Self::DuplicateHeading | Self::StatusesDisagree)
    }

    /// Whether a person is named in what runs into it.
    pub(crate) fn is_of_persons(self) -> bool {
        matches!(self, Self::PersonNamed | Self::PersonInsteadOfRole | Self::PersonInsteadOfOrganisation)
    }

    /// Whether it is about a heading, and so each time in another column.
    pub(crate) fn is_of_headings(self) -> bool {
        matches!(self, Self::UnknownHeading | Self::HeadingNotExplained | Self::PersonalColumn | Self::ColumnNotServed)
    }
}

#[cfg(test)]
mod tests;
