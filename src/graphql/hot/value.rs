//! Answers as JSON text, with what lists wrote themselves copied as it is.

use async_graphql::{Response, Value};
use serde::Serialize;

/// The data of a response. serde would write the bytes of a list as numbers.
pub fn data(response: &Response) -> Vec<u8> {
    let mut body = Vec::with_capacity(1024);
    write_value(&mut body, &response.data);
    body
}

/// Writes a value in the order of its keys. `Binary` is JSON that a field has written itself, and is taken over as it is.
pub fn write_value(body: &mut Vec<u8>, value: &Value) {
    match value {
        Value::Binary(json) => body.extend_from_slice(json),
        Value::List(values) => {
            body.push(b'[');
            for (index, value) in values.iter().enumerate() {
                if index > 0 {
                    body.push(b',');
                }
                write_value(body, value);
            }
            body.push(b']');
        }
        Value::Object(fields) => {
            body.push(b'{');
            for (index, (key, value)) in fields.iter().enumerate() {
                if index > 0 {
                    body.push(b',');
                }
                write_scalar(body, key.as_str());
                body.push(b':');
                write_value(body, value);
            }
            body.push(b'}');
        }
        Value::String(text) => write_scalar(body, text),
        Value::Enum(name) => write_scalar(body, name.as_str()),
        Value::Number(number) => write_scalar(body, number),
        Value::Boolean(boolean) => write_scalar(body, boolean),
        Value::Null => body.extend_from_slice(b"null"),
    }
}

fn write_scalar<T: Serialize + ?Sized>(body: &mut Vec<u8>, scalar: &T) {
    if serde_json::to_writer(&mut *body, scalar).is_err() {
        body.extend_from_slice(b"null");
    }
}
