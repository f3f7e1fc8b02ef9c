//! A list over several pages: a page that grows with the data is one that nobody can load.

use std::ops::Range;

use super::Words;
use crate::http::{
    pages::{language::Language, words::with},
    parameters::{Name, Parameters, Refused},
};

/// How many places stand on a page.
pub(in crate::http) const A_PAGE: usize = 50;

/// Where in a list a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::http) struct Paging {
    /// From 1.
    page: usize,
    /// At least 1: an empty list is one page.
    last: usize,
    listed: usize,
}

/// Another page, as a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::http) struct OtherPage {
    /// `?name=value&…`, or empty.
    pub(in crate::http) query: String,
    /// What it is called.
    pub(in crate::http) label: &'static str,
    /// Its relation: `prev` or `next`.
    pub(in crate::http) rel: &'static str,
}

impl Paging {
    /// The first page of so many.
    pub(in crate::http) fn first(listed: usize) -> Self {
        Self { page: 1, last: listed.div_ceil(A_PAGE).max(1), listed }
    }

    /// The page that is asked for of so many.
    ///
    /// # Errors
    /// One sentence where there is no such page.
    pub(in crate::http) fn of(parameters: &Parameters, listed: usize) -> Result<Self, Refused> {
        let first = Self::first(listed);
        let Some(asked) = parameters.get(Name::Page) else { return Ok(first) };
        let page = asked.parse().ok().filter(|page| (1..=first.last).contains(page));
        page.map(|page| Self { page, ..first }).ok_or_else(|| Refused::no_page(asked, first.last))
    }

    /// What of the list stands on it.
    pub(in crate::http) fn range(self) -> Range<usize> {
        let start = (self.page - 1) * A_PAGE;
        start..self.listed.min(start + A_PAGE)
    }

    /// `bladzijde 2 van 6`; none where there is but one.
    pub(in crate::http) fn told(self, language: Language) -> Option<String> {
        let numbers = [("page", &*language.number(self.page)), ("last", &*language.number(self.last))];
        (self.last > 1).then(|| with(Words::of(language).page_of, &numbers))
    }

    /// The pages before and after it, with the parameters of this one.
    pub(in crate::http) fn others(self, parameters: &Parameters, language: Language) -> Vec<OtherPage> {
        let t = Words::of(language);
        let to = |page: usize, label, rel| {
            let mut parameters = parameters.only(|name| name != Name::Page);
            if page > 1 {
                parameters.set(Name::Page, page.to_string());
            }
            OtherPage { query: parameters.query_string(), label, rel }
        };
        let previous = (self.page > 1).then(|| to(self.page - 1, t.previous, "prev"));
        let next = (self.page < self.last).then(|| to(self.page + 1, t.next, "next"));
        previous.into_iter().chain(next).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(page: &str) -> Parameters {
        let mut parameters = Parameters::default();
        parameters.set(Name::Kind, "DORPSHUIS".to_owned());
        parameters.set(Name::Page, page.to_owned());
        parameters
    }

    #[test]
    fn every_line_stands_on_one_page() {
        for listed in [0, 1, 49, 50, 51, 100, 255, 100_000] {
            let last = Paging::first(listed).last;
            let lines: Vec<usize> =
                (1..=last).flat_map(|page| Paging::of(&asked(&page.to_string()), listed).unwrap().range()).collect();
            assert_eq!(lines, (0..listed).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_page_that_is_not_there_is_refused_with_the_last() {
        for page in ["0", "-1", "7", "x", "1.5", "99999999999999999999999"] {
            let refused = Paging::of(&asked(page), 255).unwrap_err();
            assert_eq!(refused.sentence(Language::En), format!("`page` is `{page}`; expected a page from 1 to 6"));
        }
    }

    #[test]
    fn a_link_keeps_what_is_asked() {
        let others = |page| Paging::of(&asked(page), 120).unwrap().others(&asked(page), Language::En);
        let queries = |page| others(page).into_iter().map(|other| (other.rel, other.query)).collect::<Vec<_>>();
        assert_eq!(queries("1"), [("next", "?kind=DORPSHUIS&page=2".to_owned())]);
        assert_eq!(
            queries("2"),
            [("prev", "?kind=DORPSHUIS".to_owned()), ("next", "?kind=DORPSHUIS&page=3".to_owned())]
        );
        assert_eq!(Paging::first(50).others(&asked("1"), Language::En), []);
        assert_eq!(Paging::of(&asked("2"), 120).unwrap().told(Language::Nl).unwrap(), "Bladzijde 2 van 3");
    }
}
