//! The languages in which sentences are told.

/// The language of a sentence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// Dutch, that of the clerk.
    #[default]
    Nl,
    /// English.
    En,
}
