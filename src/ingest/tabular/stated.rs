//! The day on which something was said, as a file gives it.

use chrono::NaiveDate;

/// The day on which something was said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stated {
    /// The file does not say; somebody else may.
    #[default]
    Unsaid,
    /// On this day.
    On(NaiveDate),
    /// It says so in a way that nobody can read, or that it is not known. That is never today: what is years old would count as new.
    Unreadable,
}

impl Stated {
    /// This one, or another where nothing is said.
    pub(crate) fn or(self, other: impl Into<Self>) -> Self {
        if self == Self::Unsaid { other.into() } else { self }
    }

    /// The day that is said.
    pub(crate) fn said(self) -> Option<NaiveDate> {
        match self {
            Self::On(day) => Some(day),
            Self::Unsaid | Self::Unreadable => None,
        }
    }

    /// The day; `None` where it cannot be read. It was `otherwise` where nothing is said.
    pub(crate) fn day(self, otherwise: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Unsaid => Some(otherwise),
            Self::On(day) => Some(day),
            Self::Unreadable => None,
        }
    }
}

impl From<Option<NaiveDate>> for Stated {
    fn from(day: Option<NaiveDate>) -> Self {
        day.map_or(Self::Unsaid, Self::On)
    }
}
