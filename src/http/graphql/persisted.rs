//! Documents by the digest of their text (Apollo's automatic persisted queries): a client sends 64 digits instead of a query, and is
//! asked for the query where nobody here knows it. What is asked this way fits into an address, so that caches on the way keep its answer.
//!
//! The documented queries are known from the start. Another is known once it was answered, and forgotten where others are asked more: a
//! client has to be ready for `PERSISTED_QUERY_NOT_FOUND` at any time.

use std::{collections::HashMap, fmt::Write as _, sync::Arc};

use moka::sync::Cache;
use serde_json::{Map, Value as Json};
use sha2::{Digest as _, Sha256};

use super::request::HttpRefusal;
use crate::examples::EXAMPLES;
use crate::graphql::refusal::{ECHO, ErrorCode, Refusal, clip};

/// Bytes of documents that are kept, beside the documented queries: some two thousand of the usual size.
const MAX_BYTES: u64 = 2 << 20;

/// What an entry takes beside its text.
const ENTRY_BYTES: usize = 128;

/// The SHA-256 of the UTF-8 of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Digest([u8; 32]);

/// The documents that are known by their digest.
pub(super) struct Persisted {
    /// As the explorer shows them, and as the files are.
    documented: HashMap<Digest, &'static str>,
    met: Cache<Digest, Arc<str>>,
}

impl Digest {
    /// The digest of a text.
    fn of(text: &str) -> Self {
        Self(Sha256::digest(text).into())
    }

    /// 64 hexadecimal digits, of any case.
    fn parse(text: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        if text.len() != 64 || !text.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return None;
        }
        for (byte, digits) in bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
            *byte = u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
        }
        Some(Self(bytes))
    }

    /// What `extensions` say of the document; none, where they say nothing of it.
    ///
    /// # Errors
    /// [`HttpRefusal`] where it is not what the protocol has.
    pub(crate) fn given(extensions: &Map<String, Json>) -> Result<Option<Self>, HttpRefusal> {
        let given = match extensions.get("persistedQuery") {
            None | Some(Json::Null) => return Ok(None),
            Some(Json::Object(given)) => given,
            Some(_) => return Err(HttpRefusal::bad("`extensions.persistedQuery` must be an object.")),
        };
        if given.get("version") != Some(&Json::from(1)) {
            let version = given.get("version").map_or("missing".to_owned(), |version| clip(&version.to_string(), ECHO));
            let message = format!("`extensions.persistedQuery.version` is {version}; it must be 1.");
            return Err(HttpRefusal::bad(message));
        }
        let digest = given.get("sha256Hash").and_then(Json::as_str).and_then(Self::parse);
        let bad = || HttpRefusal::bad("`extensions.persistedQuery.sha256Hash` must be 64 hexadecimal digits.");
        digest.map(Some).ok_or_else(bad)
    }

    fn text(self) -> String {
        self.0.iter().fold(String::with_capacity(64), |mut text, byte| {
            // Writing to a text cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
    }
}

impl Default for Persisted {
    fn default() -> Self {
        let texts = EXAMPLES.iter().flat_map(|example| [example.query(), example.text()]);
        let weigh = |_: &Digest, text: &Arc<str>| u32::try_from(text.len() + ENTRY_BYTES).unwrap_or(u32::MAX);
        Self {
            documented: texts.map(|text| (Digest::of(text), text)).collect(),
            met: Cache::builder().max_capacity(MAX_BYTES).weigher(weigh).build(),
        }
    }
}

impl Persisted {
    /// The document of a request that has it, its digest, or both.
    ///
    /// # Errors
    /// [`HttpRefusal`] where it has neither, a digest that nobody knows, or that of another document.
    pub(super) fn document(&self, query: Option<String>, digest: Option<Digest>) -> Result<Arc<str>, HttpRefusal> {
        match (query, digest) {
            (None, None) => Err(HttpRefusal::bad("`query` is missing.")),
            (Some(query), None) => Ok(query.into()),
            (Some(query), Some(digest)) if Digest::of(&query) == digest => Ok(query.into()),
            (Some(query), Some(digest)) => Err(HttpRefusal::bad(format!(
                "`extensions.persistedQuery.sha256Hash` is {}, but the SHA-256 of `query` is {}.",
                digest.text(),
                Digest::of(&query).text()
            ))),
            (None, Some(digest)) => {
                let documented = self.documented.get(&digest).map(|text| Arc::from(*text));
                documented.or_else(|| self.met.get(&digest)).ok_or_else(HttpRefusal::not_found)
            }
        }
    }

    /// Knows a document from now on, because it was answered: what is refused takes no room.
    pub(super) fn keep(&self, digest: Option<Digest>, document: &Arc<str>) {
        if let Some(digest) = digest
            && !self.documented.contains_key(&digest)
            && !self.met.contains_key(&digest)
        {
            self.met.insert(digest, document.clone());
        }
    }
}

impl HttpRefusal {
    /// Clients look for these very words, and send the document then.
    fn not_found() -> Self {
        Self {
            refusal: Refusal::new(ErrorCode::PersistedQueryNotFound, "PersistedQueryNotFound"),
            ..Self::bad(String::new())
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn given(persisted: Json) -> Result<Option<Digest>, String> {
        let extensions = Map::from_iter([("persistedQuery".to_owned(), persisted)]);
        Digest::given(&extensions).map_err(|refused| refused.refusal.message)
    }

    /// The digest is that of the protocol's own description.
    #[test]
    fn a_digest_is_read_and_written() {
        let text = "ecf4edb46db40b5132295c0291d62fb65d6759a9eedfa4d5d612dd5ec54a6b38";
        assert_eq!(Digest::of("{__typename}").text(), text);
        for hash in [text.to_owned(), text.to_uppercase()] {
            let read = given(json!({ "version": 1, "sha256Hash": hash }));
            assert_eq!(read, Ok(Some(Digest::of("{__typename}"))));
        }
        assert_eq!(given(json!(null)), Ok(None));
    }

    #[test]
    fn what_is_no_digest_is_refused() {
        let hash = "0".repeat(64);
        for (persisted, part) in [
            (json!([]), "an object"),
            (json!({ "sha256Hash": hash }), "version` is missing; it must be 1"),
            (json!({ "version": 2, "sha256Hash": hash }), "version` is 2; it must be 1"),
            (json!({ "version": 1 }), "64 hexadecimal digits"),
            (json!({ "version": 1, "sha256Hash": "0".repeat(63) }), "64 hexadecimal digits"),
            (json!({ "version": 1, "sha256Hash": format!("+{}", "0".repeat(63)) }), "64 hexadecimal digits"),
            (json!({ "version": 1, "sha256Hash": 5 }), "64 hexadecimal digits"),
        ] {
            let refused = given(persisted.clone()).unwrap_err();
            assert!(refused.contains(part), "{persisted}: {refused}");
        }
    }

    #[test]
    fn documents_are_kept_within_bounds() {
        let persisted = Persisted::default();
        for number in 0..3_000 {
            let text: Arc<str> = format!("query A{number} {{ __typename {} }}", "x ".repeat(1_000)).into();
            persisted.keep(Some(Digest::of(&text)), &text);
        }
        persisted.met.run_pending_tasks();
        assert!(persisted.met.weighted_size() <= MAX_BYTES && persisted.met.entry_count() > 500);
        // However much is asked: these stay.
        for example in EXAMPLES {
            for text in [example.query(), example.text()] {
                let known = persisted.document(None, Some(Digest::of(text))).ok();
                assert_eq!(known.as_deref(), Some(text), "{}", example.name);
            }
        }
    }
}
