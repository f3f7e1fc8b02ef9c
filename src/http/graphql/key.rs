//! What an answer depends on: the edition, the tokens of the query, the operation and the variables.

use serde_json::{Map, Value as Json};
use sha2::{Digest, Sha256};

use crate::http::kept::Key;

/// Puts a key together while the query is read for the first time. Who asks chooses it, hence a digest for which nobody can make two of one value; over
/// all of it at once, since a digest of a hundred small pieces takes several times as long.
pub(crate) struct KeyBuilder(Vec<u8>);

impl KeyBuilder {
    pub(crate) fn new() -> Self {
        Self(Vec::with_capacity(1024))
    }

    /// One token of the query. No token has the byte that ends it, except inside a string, which has its own end.
    pub(crate) fn token(&mut self, token: &str) {
        self.0.extend_from_slice(token.as_bytes());
        self.0.push(0);
    }

    pub(crate) fn finish(mut self, edition: &str, operation: Option<&str>, variables: &Map<String, Json>) -> Key {
        for part in [Some(edition), operation] {
            // The length keeps one part from running into the next.
            self.0.extend_from_slice(&part.map_or(u64::MAX, |part| part.len() as u64).to_le_bytes());
            self.0.extend_from_slice(part.unwrap_or_default().as_bytes());
        }
        self.object(variables);
        Sha256::digest(&self.0).into()
    }

    /// Keys in order: two objects that are equal are one key.
    fn object(&mut self, object: &Map<String, Json>) {
        let mut entries: Vec<_> = object.iter().collect();
        entries.sort_unstable_by_key(|(key, _)| *key);
        self.tag(b'{', entries.len());
        for (key, value) in entries {
            self.tag(b'"', key.len());
            self.0.extend_from_slice(key.as_bytes());
            self.value(value);
        }
    }

    fn value(&mut self, value: &Json) {
        match value {
            Json::Null => self.0.push(b'n'),
            Json::Bool(boolean) => self.0.extend_from_slice(&[b'b', u8::from(*boolean)]),
            Json::Number(number) => {
                let text = number.to_string();
                self.tag(b'#', text.len());
                self.0.extend_from_slice(text.as_bytes());
            }
            Json::String(text) => {
                self.tag(b'"', text.len());
                self.0.extend_from_slice(text.as_bytes());
            }
            Json::Array(values) => {
                self.tag(b'[', values.len());
                values.iter().for_each(|value| self.value(value));
            }
            Json::Object(object) => self.object(object),
        }
    }

    fn tag(&mut self, kind: u8, length: usize) {
        self.0.push(kind);
        self.0.extend_from_slice(&(length as u64).to_le_bytes());
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
}
