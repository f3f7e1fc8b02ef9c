//! Rules of the specification that async-graphql does not hold a document to, before any value is looked at: which fields
//! may stand under one key (5.3.2, [`merge`]), and no field of an input object twice (5.6.3, [`input_object`]). The
//! others are [`guard`](crate::graphql::guard)'s and [`coerce`](crate::graphql::coerce)'s.

pub mod input_object;
pub mod merge;
