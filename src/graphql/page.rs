//! Relay paging over a list that is fixed by edition, filter and order.

use std::{fmt::Write, sync::Arc};

use async_graphql::{Context, SimpleObject, Value};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

use super::{error::ApiError, limits::Limits};
use crate::library::Library;

/// Whether a list goes on before and after a page (Relay).
#[derive(Clone, Debug, PartialEq, Eq, SimpleObject)]
pub struct PageInfo {
    /// Whether there are items after this page.
    pub has_next_page: bool,
    /// Whether there are items before this page.
    pub has_previous_page: bool,
    /// Cursor of the first item; null on an empty page.
    pub start_cursor: Option<String>,
    /// Cursor of the last item; null on an empty page.
    pub end_cursor: Option<String>,
}

/// The paging arguments as they were given.
#[derive(Clone, Debug, Default)]
pub struct PageArgs {
    /// Items from the start, or after `after`.
    pub first: Option<i32>,
    /// Cursor before the page.
    pub after: Option<String>,
    /// Items from the end, or before `before`.
    pub last: Option<i32>,
    /// Cursor after the page.
    pub before: Option<String>,
}

/// Which list a cursor belongs to.
#[derive(Clone)]
pub struct Scope {
    edition: String,
    order: String,
    list: String,
    /// Knows which other editions can be read; none where a schema is run without.
    library: Option<Arc<Library>>,
}

/// A page of indices.
#[derive(Clone)]
pub struct Page {
    /// The items of the page, in order.
    pub items: Vec<u32>,
    has_next: bool,
    has_previous: bool,
    scope: Scope,
}

impl PageArgs {
    /// How many items from which end.
    ///
    /// # Errors
    /// [`ApiError::BadUserInput`] for `first` with `last`, and for a size outside 1 to [`Limits::max_page_size`].
    pub fn window(&self, limits: &Limits) -> Result<Window, ApiError> {
        let size = |name: &str, given: i32| {
            usize::try_from(given).ok().filter(|size| (1..=limits.max_page_size).contains(size)).ok_or_else(|| {
                ApiError::BadUserInput(format!(
                    "`{name}` is {given}; a page has 1 to {} items, {} when it is left out",
                    limits.max_page_size, limits.default_page_size
                ))
            })
        };
        match (self.first, self.last) {
            (Some(_), Some(_)) => Err(ApiError::BadUserInput(
                "`first` and `last` cannot be given together; take `first` with `after` to go forward, or `last` with `before` to go back".to_owned(),
            )),
            (None, Some(last)) => size("last", last).map(Window::Last),
            (Some(first), None) => size("first", first).map(Window::First),
            (None, None) => Ok(Window::First(limits.default_page_size)),
        }
    }
}

/// A number of items from one end of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Window {
    /// From the start.
    First(usize),
    /// From the end.
    Last(usize),
}

impl Scope {
    /// The list that the field of `ctx` answers with in an edition: its name and arguments (paging and order aside),
    /// what it hangs from, and its order by name.
    ///
    /// # Errors
    /// [`ApiError::Internal`] when the arguments cannot be read; they have been once.
    pub fn of(ctx: &Context<'_>, edition: &str, parent: &str, order: String) -> Result<Self, ApiError> {
        let hash = fingerprint(ctx, parent)?;
        let list = hash.iter().take(6).fold(String::new(), |mut hex, byte| {
            // Writing into a String does not fail.
            let _ = write!(hex, "{byte:02x}");
            hex
        });
        Ok(Self { edition: edition.to_owned(), order, list, library: ctx.data_opt::<Arc<Library>>().cloned() })
    }

    /// The cursor of an item: readable only to us, and of no use in another list.
    pub fn cursor(&self, item: u32) -> String {
        URL_SAFE_NO_PAD.encode(format!("1 {} {} {} {item}", self.edition, self.order, self.list))
    }

    /// The item of a cursor.
    ///
    /// # Errors
    /// [`ApiError::BadCursor`] says whether the edition, the order or the list is another one.
    pub fn item(&self, name: &str, cursor: &str) -> Result<u32, ApiError> {
        let damaged = || {
            ApiError::BadCursor(format!(
                "`{name}` is no cursor of this service; take it from `cursor`, `startCursor` or `endCursor` of an earlier page"
            ))
        };
        let text = URL_SAFE_NO_PAD.decode(cursor).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        let text = text.ok_or_else(damaged)?;
        let [version, edition, order, list, item] =
            <[&str; 5]>::try_from(text.split(' ').collect::<Vec<_>>()).map_err(|_| damaged())?;
        let item = item.parse().map_err(|_| damaged())?;
        if version != "1" {
            return Err(damaged());
        }
        let other =
            |what: String| ApiError::BadCursor(format!("the cursor in `{name}` {what}; start again without it"));
        let short = crate::model::excerpt;
        if edition != self.edition {
            let belongs = format!("belongs to edition `{}`, and edition `{}` is", short(edition), self.edition);
            // Only ids of ours are known, so that no text of a caller is repeated as an address.
            return Err(match &self.library {
                Some(library) if library.has(edition) => ApiError::BadCursor(format!(
                    "the cursor in `{name}` {belongs} read; go on with it at `/graphql?edition={edition}`, or start again without it"
                )),
                _ => other(format!("{belongs} now served")),
            });
        }
        if order != self.order {
            return Err(other(format!("belongs to order {}, and {} is asked", short(order), self.order)));
        }
        if list != self.list {
            return Err(other(
                "belongs to another list: the field, its filter or what it hangs from is another".to_owned(),
            ));
        }
        Ok(item)
    }
}

/// A digest of what a field is asked: its name, its arguments (paging and order aside) as they are meant, and what it hangs
/// from.
///
/// # Errors
/// [`ApiError::Internal`] when the arguments cannot be read; they have been once.
pub fn fingerprint(ctx: &Context<'_>, parent: &str) -> Result<[u8; 32], ApiError> {
    const PAGING: [&str; 5] = ["first", "after", "last", "before", "orderBy"];
    // In one piece: a digest of many small ones takes several times as long.
    let mut asked = Vec::with_capacity(256);
    asked.extend_from_slice(parent.as_bytes());
    asked.push(0);
    asked.extend_from_slice(ctx.field().name().as_bytes());
    let arguments = ctx.field().arguments().map_err(|error| ApiError::internal(anyhow::anyhow!(error.message)))?;
    for (name, value) in arguments {
        // `includeUnknown: false` is what is meant where it is left out.
        if !PAGING.contains(&name.as_str()) && value != Value::Null && value != Value::Boolean(false) {
            asked.push(0);
            asked.extend_from_slice(name.as_bytes());
            write_plain(&mut asked, &value);
        }
    }
    Ok(Sha256::digest(&asked).into())
}

/// Adds a value as it is meant: the order of the fields of an object, fields that are null, and whether an enum value came
/// as a literal or in a variable make no other list.
fn write_plain(asked: &mut Vec<u8>, value: &Value) {
    asked.push(0);
    match value {
        Value::Object(fields) => {
            let mut fields: Vec<_> = fields.iter().filter(|(_, value)| **value != Value::Null).collect();
            fields.sort_unstable_by_key(|(name, _)| name.as_str());
            asked.push(b'{');
            for (name, value) in fields {
                asked.push(0);
                asked.extend_from_slice(name.as_bytes());
                write_plain(asked, value);
            }
            asked.push(b'}');
        }
        Value::List(items) => {
            asked.push(b'[');
            items.iter().for_each(|item| write_plain(asked, item));
            asked.push(b']');
        }
        Value::Enum(name) => asked.extend_from_slice(Value::String(name.to_string()).to_string().as_bytes()),
        // 2000 and 2000.0 are one number; no argument takes an integer that a double does not hold.
        Value::Number(number) => {
            asked.extend_from_slice(number.as_f64().unwrap_or(f64::NAN).to_string().as_bytes());
        }
        other => asked.extend_from_slice(other.to_string().as_bytes()),
    }
}

impl Page {
    /// The page that `args` ask of `list`.
    ///
    /// # Errors
    /// Those of [`PageArgs::window`], and [`ApiError::BadCursor`] for a cursor of another list.
    pub fn of(list: &[u32], args: &PageArgs, scope: Scope, limits: &Limits) -> Result<Self, ApiError> {
        let window = args.window(limits)?;
        let find = |name: &str, cursor: &str| {
            let item = scope.item(name, cursor)?;
            list.iter().position(|other| *other == item).ok_or_else(|| {
                ApiError::BadCursor(format!(
                    "the item of the cursor in `{name}` is not in this list; start again without it"
                ))
            })
        };
        let from = args.after.as_deref().map(|cursor| find("after", cursor)).transpose()?.map_or(0, |at| at + 1);
        let to = args.before.as_deref().map(|cursor| find("before", cursor)).transpose()?.unwrap_or(list.len());
        let (from, to) = (from, to.max(from));
        let (start, end) = match window {
            Window::First(size) => (from, to.min(from + size)),
            Window::Last(size) => (from.max(to.saturating_sub(size)), to),
        };
        Ok(Self { items: list[start..end].to_vec(), has_next: end < list.len(), has_previous: start > 0, scope })
    }

    /// The cursor of an item of the page.
    pub fn cursor(&self, item: u32) -> String {
        self.scope.cursor(item)
    }

    /// What the page says of itself.
    pub fn info(&self) -> PageInfo {
        PageInfo {
            has_next_page: self.has_next,
            has_previous_page: self.has_previous,
            start_cursor: self.items.first().map(|item| self.cursor(*item)),
            end_cursor: self.items.last().map(|item| self.cursor(*item)),
        }
    }
}
