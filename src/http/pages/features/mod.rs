//! `/ogc` for who opens it in a browser: what a program reads there, as pages. Which of both an address gives is for `http/ogc` to say, and so
//! is what stands on a page: here is what it looks like.

mod view;
mod words;

pub(in crate::http) use self::{
    view::{Entry, Fact, FeaturesView, Group, Link, render},
    words::Words,
};
