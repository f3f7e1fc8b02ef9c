//! Lists of HSDS: pages of them, or a line each.

use serde_json::{Map, Value as Json, json};

use crate::http::{
    parameters::{DirectoryChoice, Refused},
    problem::Problem,
};

/// The items of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Page {
    number: usize,
    size: usize,
    last: usize,
    total: usize,
}

impl Page {
    /// The page that is asked of so many items.
    ///
    /// # Errors
    /// One sentence where there is no such page.
    pub(super) fn of(choice: &DirectoryChoice, total: usize) -> Result<Self, Refused> {
        let size = choice.per_page.unwrap_or(if choice.wants_all { total.max(1) } else { DirectoryChoice::PER_PAGE });
        let last = total.div_ceil(size).max(1);
        let asked = choice.page.as_deref();
        let number = asked.map_or(Some(1), |page| page.parse().ok().filter(|page| (1..=last).contains(page)));
        let number = number.ok_or_else(|| Refused::no_page(asked.unwrap_or_default(), last))?;
        Ok(Self { number, size, last, total })
    }

    /// Those of a list that stand on it.
    pub(super) fn items<T>(self, all: &[T]) -> &[T] {
        let start = (self.number - 1).saturating_mul(self.size).min(all.len());
        &all[start..all.len().min(start.saturating_add(self.size))]
    }

    /// The page as it is written, lines where they are wanted.
    ///
    /// # Errors
    /// Where it cannot be written as JSON, which means out of memory.
    pub(super) fn write(self, contents: Vec<Json>, as_lines: bool) -> Result<Vec<u8>, Problem> {
        let contents: Vec<Json> = contents.into_iter().map(known).collect();
        if as_lines {
            let mut lines = Vec::new();
            for item in &contents {
                serde_json::to_writer(&mut lines, item).map_err(Problem::internal)?;
                lines.push(b'\n');
            }
            return Ok(lines);
        }
        let page = json!({
            "total_items": self.total,
            "total_pages": self.last,
            "page_number": self.number,
            "size": contents.len(),
            "first_page": self.number == 1,
            "last_page": self.number == self.last,
            "empty": contents.is_empty(),
            "contents": contents,
        });
        serde_json::to_vec(&page).map_err(Problem::internal)
    }
}

/// Without what is not known: HSDS leaves it out, and has no null.
pub(super) fn known(value: Json) -> Json {
    match value {
        Json::Object(object) => {
            let members = object.into_iter().map(|(name, value)| (name, known(value)));
            Json::Object(members.filter(|(_, value)| !is_nothing(value)).collect::<Map<_, _>>())
        }
        Json::Array(items) => items.into_iter().map(known).collect(),
        value => value,
    }
}

fn is_nothing(value: &Json) -> bool {
    value.is_null() || value.as_array().is_some_and(Vec::is_empty)
}
