//! The text of a query: its tokens, and what the parser reads otherwise than the specification.

mod number;
mod position;
mod readable;
mod string;
mod token;

pub(crate) use position::position;
pub use readable::readable;
pub(crate) use token::{Kind, Token, Tokens};
