//! Answers that have been given, as the bytes that are sent.
//!
//! An answer is a function of the edition and the request, so there is nothing to invalidate: a new edition has other keys,
//! and what nobody asks for any more is pushed out by the bound on bytes.

use std::io::Write as _;
use std::sync::{Arc, OnceLock};

use flate2::Compression;
use flate2::write::GzEncoder;
use moka::sync::Cache;
use poem::Body;
use serde_json::{Map, Value as Json};
use sha2::{Digest, Sha256};

/// What an answer depends on: a digest of the edition, the tokens of the query, the operation and the variables.
pub(crate) type Key = [u8; 32];

/// Puts a key together while the query is read for the first time.
pub(crate) struct KeyBuilder(Sha256);

impl KeyBuilder {
    pub(crate) fn new() -> Self {
        Self(Sha256::new())
    }

    /// One token of the query. No token has the byte that ends it, except inside a string, which has its own end.
    pub(crate) fn token(&mut self, token: &str) {
        self.0.update(token);
        self.0.update([0]);
    }

    pub(crate) fn finish(mut self, edition: &str, operation: Option<&str>, variables: &Map<String, Json>) -> Key {
        for part in [Some(edition), operation] {
            // The length keeps one part from running into the next.
            self.0.update(part.map_or(u64::MAX, |part| part.len() as u64).to_le_bytes());
            self.0.update(part.unwrap_or_default());
        }
        self.object(variables);
        self.0.finalize().into()
    }

    /// Keys in order: two objects that are equal are one key.
    fn object(&mut self, object: &Map<String, Json>) {
        let mut entries: Vec<_> = object.iter().collect();
        entries.sort_unstable_by_key(|(key, _)| *key);
        self.tag(b'{', entries.len());
        for (key, value) in entries {
            self.tag(b'"', key.len());
            self.0.update(key);
            self.value(value);
        }
    }

    fn value(&mut self, value: &Json) {
        match value {
            Json::Null => self.0.update([b'n']),
            Json::Bool(boolean) => self.0.update([b'b', u8::from(*boolean)]),
            Json::Number(number) => {
                let text = number.to_string();
                self.tag(b'#', text.len());
                self.0.update(text);
            }
            Json::String(text) => {
                self.tag(b'"', text.len());
                self.0.update(text);
            }
            Json::Array(values) => {
                self.tag(b'[', values.len());
                values.iter().for_each(|value| self.value(value));
            }
            Json::Object(object) => self.object(object),
        }
    }

    fn tag(&mut self, kind: u8, length: usize) {
        self.0.update([kind]);
        self.0.update((length as u64).to_le_bytes());
    }
}

/// Bytes that are sent many times without being copied.
#[derive(Clone)]
pub(crate) struct Shared {
    /// poem's type of shared bytes is not ours to name; a closure can hold it.
    body: Arc<dyn Fn() -> Body + Send + Sync>,
    pub(crate) length: usize,
}

impl Shared {
    pub(crate) async fn new(bytes: Vec<u8>) -> Self {
        let length = bytes.len();
        match Body::from_vec(bytes).into_bytes().await {
            Ok(bytes) => Self { body: Arc::new(move || Body::from_bytes(bytes.clone())), length },
            // Memory that is read cannot fail to be read.
            Err(_) => Self { body: Arc::new(Body::empty), length: 0 },
        }
    }

    pub(crate) fn body(&self) -> Body {
        (self.body)()
    }
}

/// One answer, in the forms it has been asked in.
pub(crate) struct Answer {
    identity: Shared,
    /// Made on the first wish; `None` where it would not be smaller.
    gzip: OnceLock<Option<Shared>>,
    /// The beginning of a digest of the body, for the ETag.
    pub(crate) tag: String,
}

/// Below this gzip gains nothing over the bytes of its frame.
const WORTH_COMPRESSING: usize = 512;

/// Above this compressing takes milliseconds, and is done where it holds up nobody else.
const LONG: usize = 128 * 1024;

/// What an entry takes besides its bytes.
const OVERHEAD: usize = 512;

impl Answer {
    pub(crate) async fn new(body: Vec<u8>) -> Self {
        let digest = Sha256::digest(&body);
        let tag = digest.iter().take(12).map(|byte| format!("{byte:02x}")).collect();
        Self { identity: Shared::new(body).await, gzip: OnceLock::new(), tag }
    }

    pub(crate) fn identity(&self) -> &Shared {
        &self.identity
    }

    /// The compressed bytes, and whether they were made just now.
    async fn gzip(&self) -> (Option<&Shared>, bool) {
        if let Some(made) = self.gzip.get() {
            return (made.as_ref(), false);
        }
        let made = if self.identity.length < WORTH_COMPRESSING { None } else { self.compress().await };
        (self.gzip.get_or_init(|| made).as_ref(), true)
    }

    async fn compress(&self) -> Option<Shared> {
        let bytes = self.identity.body().into_bytes().await.ok()?;
        let made = if self.identity.length > LONG {
            tokio::task::spawn_blocking(move || compress(&bytes)).await.ok()?
        } else {
            compress(&bytes)
        }?;
        if made.len() >= self.identity.length {
            return None;
        }
        Some(Shared::new(made).await)
    }

    fn weight(&self) -> u32 {
        let gzip = self.gzip.get().and_then(Option::as_ref).map_or(0, |gzip| gzip.length);
        u32::try_from(self.identity.length + gzip + OVERHEAD).unwrap_or(u32::MAX)
    }
}

fn compress(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len() / 4), Compression::default());
    encoder.write_all(bytes).ok()?;
    encoder.finish().ok()
}

/// The answers at hand, bounded by their bytes.
pub(crate) struct Answers(Cache<Key, Arc<Answer>>);

impl Answers {
    pub(crate) fn new(max_bytes: u64) -> Self {
        Self(Cache::builder().max_capacity(max_bytes).weigher(|_, answer: &Arc<Answer>| answer.weight()).build())
    }

    pub(crate) fn get(&self, key: &Key) -> Option<Arc<Answer>> {
        self.0.get(key)
    }

    pub(crate) fn insert(&self, key: Key, answer: Arc<Answer>) {
        self.0.insert(key, answer);
    }

    /// The compressed form of an answer. When it is new the answer is put back, so that its weight is taken again.
    pub(crate) async fn gzip<'a>(&self, key: Key, answer: &'a Arc<Answer>) -> Option<&'a Shared> {
        let (gzip, new) = answer.gzip().await;
        if new && gzip.is_some() {
            self.insert(key, Arc::clone(answer));
        }
        gzip
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn key(edition: &str, tokens: &[&str], operation: Option<&str>, variables: Json) -> Key {
        let mut key = KeyBuilder::new();
        tokens.iter().for_each(|token| key.token(token));
        let Json::Object(variables) = variables else { panic!("variables are an object") };
        key.finish(edition, operation, &variables)
    }

    #[test]
    fn the_order_of_keys_does_not_matter_and_everything_else_does() {
        let base = key("e", &["{", "a", "}"], None, json!({"x": 1, "y": [true, null]}));
        assert_eq!(base, key("e", &["{", "a", "}"], None, json!({"y": [true, null], "x": 1})));
        for other in [
            key("f", &["{", "a", "}"], None, json!({"x": 1, "y": [true, null]})),
            key("e", &["{a", "}"], None, json!({"x": 1, "y": [true, null]})),
            key("e", &["{", "a", "}"], Some(""), json!({"x": 1, "y": [true, null]})),
            key("e", &["{", "a", "}"], None, json!({"x": "1", "y": [true, null]})),
            key("e", &["{", "a", "}"], None, json!({"x": 1.0, "y": [true, null]})),
            key("e", &["{", "a", "}"], None, json!({"x": 1, "y": [[true], null]})),
            key("e", &["{", "a", "}"], None, json!({"x": 1})),
        ] {
            assert_ne!(base, other);
        }
    }

    #[tokio::test]
    async fn the_cache_holds_no_more_bytes_than_it_may() {
        let answers = Answers::new(100_000);
        for index in 0..200_u8 {
            answers.insert([index; 32], Arc::new(Answer::new(vec![b'x'; 10_000]).await));
        }
        answers.0.run_pending_tasks();
        assert!(answers.0.weighted_size() <= 100_000, "{} bytes", answers.0.weighted_size());
        assert!(answers.0.entry_count() > 0);
    }
}
