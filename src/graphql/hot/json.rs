//! JSON as it is written.

use async_graphql::{Value, resolver_utils::EnumType};

/// JSON text under construction.
#[derive(Default)]
pub struct Json(Vec<u8>);

impl Json {
    /// The finished text as a value that the endpoint copies as it is.
    pub(super) fn into_value(self) -> Value {
        Value::Binary(self.0.into())
    }

    /// `null`
    pub fn null(&mut self) {
        self.0.extend_from_slice(b"null");
    }

    /// A text with its quotes and escapes.
    pub fn text(&mut self, text: &str) {
        self.scalar(text);
    }

    /// A number; what is no finite number is null.
    pub fn float(&mut self, number: f64) {
        self.scalar(&number);
    }

    /// A whole number.
    pub fn int(&mut self, number: i32) {
        self.scalar(&number);
    }

    /// `true` or `false`
    pub fn bool(&mut self, value: bool) {
        self.scalar(&value);
    }

    /// The name of an enum value.
    pub fn term<T: EnumType + PartialEq>(&mut self, term: T) {
        // Every value is among the items; names need no escapes.
        let name = T::items().iter().find(|item| item.value == term).map_or("", |item| item.name);
        self.0.push(b'"');
        self.0.extend_from_slice(name.as_bytes());
        self.0.push(b'"');
    }

    /// What `write` makes of a value, or null.
    pub fn maybe<T>(&mut self, value: Option<T>, write: impl FnOnce(&mut Self, T)) {
        match value {
            Some(value) => write(self, value),
            None => self.null(),
        }
    }

    /// A list of what `write` makes of each item.
    pub fn list<T>(&mut self, items: impl IntoIterator<Item = T>, mut write: impl FnMut(&mut Self, T)) {
        self.0.push(b'[');
        for (position, item) in items.into_iter().enumerate() {
            if position > 0 {
                self.0.push(b',');
            }
            write(self, item);
        }
        self.0.push(b']');
    }

    /// An object of finished keys (with quotes and colon) and what `write` makes of each value.
    pub(super) fn object<'k, T: 'k>(
        &mut self,
        fields: impl IntoIterator<Item = &'k (String, T)>,
        mut write: impl FnMut(&mut Self, &'k T),
    ) {
        self.0.push(b'{');
        for (position, (key, value)) in fields.into_iter().enumerate() {
            if position > 0 {
                self.0.push(b',');
            }
            self.0.extend_from_slice(key.as_bytes());
            write(self, value);
        }
        self.0.push(b'}');
    }

    fn scalar<T: serde::Serialize + ?Sized>(&mut self, scalar: &T) {
        // Writing into memory does not fail, and these types have no failure of their own.
        if serde_json::to_writer(&mut self.0, scalar).is_err() {
            self.null();
        }
    }
}
