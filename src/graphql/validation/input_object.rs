//! No field of an input object stands in it twice (specification 5.6.3).
//!
//! The parser keeps the last of two, so this is read from the text: also inside a scalar that is an object, such as a geometry.

use std::collections::HashMap;

use crate::graphql::refusal::{ECHO, Refusal, clip};
use crate::graphql::syntax::{Kind, Token, Tokens, position};

/// What is open: a bracket that is no object, or the fields of an object so far.
enum Open<'a> {
    Other,
    Object(HashMap<&'a str, usize>),
}

/// Checks the text of a query that parses. The time is linear in the text.
///
/// # Errors
/// A refusal for each field that is there already, at most `max_errors`, in the order of the text.
pub fn check(text: &str, max_errors: usize) -> Result<(), Vec<Refusal>> {
    let mut refusals = Vec::new();
    let mut open: Vec<Open<'_>> = Vec::new();
    // Curly brackets inside round ones are values.
    let mut round = 0_usize;
    let mut before: Option<Token<'_>> = None;
    for token in Tokens::new(text) {
        match token.text {
            "(" => {
                round += 1;
                open.push(Open::Other);
            }
            "{" if round > 0 => open.push(Open::Object(HashMap::new())),
            "{" | "[" => open.push(Open::Other),
            ")" => {
                round = round.saturating_sub(1);
                open.pop();
            }
            "}" | "]" => {
                open.pop();
            }
            ":" => {
                if let (Some(Open::Object(fields)), Some(name)) = (open.last_mut(), before)
                    && name.kind == Kind::Name
                    && let Some(first) = fields.insert(name.text, name.start)
                {
                    let (first, second) = (position(text, first), position(text, name.start));
                    refusals.push(
                        Refusal::invalid(format!(
                            "An object has the field `{}` twice, at {} and at {}; it can have one value.",
                            clip(name.text, ECHO),
                            told(first),
                            told(second)
                        ))
                        .at(first)
                        .and_at(second),
                    );
                    if refusals.len() >= max_errors {
                        break;
                    }
                }
            }
            _ => {}
        }
        before = Some(token);
    }
    if refusals.is_empty() { Ok(()) } else { Err(refusals) }
}

/// A position as a sentence says it.
pub(super) fn told(at: async_graphql::Pos) -> String {
    format!("line {}, column {}", at.line, at.column)
}

#[cfg(test)]
mod tests {
    fn check(text: &str) -> Vec<String> {
        super::check(text, 10).err().unwrap_or_default().into_iter().map(|refusal| refusal.message).collect()
    }

    #[test]
    fn a_field_that_is_there_twice_is_named_with_both_places() {
        assert_eq!(
            check("{places(filter:{kinds:[MFA],\n kinds:[DORPSHUIS]}){totalCount}}"),
            [
                "An object has the field `kinds` twice, at line 1, column 17 and at line 2, column 2; it can have one value."
            ]
        );
        for text in [
            "{a(b:{c:{d:1 d:1}})}",
            "{a(b:[{d:1},{d:$x e:[] d:{}}])}",
            "{a @skip(if:{d:1 d:2})}",
            "query($x:F={d:1 e:{f:1 f:2}}){a(b:$x)}",
            "{a(within:{geometry:{type:\"Polygon\" coordinates:[] type:\"Point\"}})}",
            "fragment F on Q{a{b(c:{type:A type:B})}}",
        ] {
            assert_eq!(check(text).len(), 1, "{text}");
        }
        assert_eq!(check("{a(b:{c:1 c:2 c:3 d:1 d:1})}").len(), 3);
    }

    #[test]
    fn the_same_name_elsewhere_is_no_matter() {
        for text in [
            "{a:b{c:d c:d} a:b}",
            "{a(b:{c:1} d:{c:1})}",
            "{a(b:{c:{c:{c:c}}})}",
            "{a(b:[{c:1},{c:1}])}",
            "query($a:A={c:1} $b:A={c:1}){a(b:{c:$a d:$b}) @include(if:true){c:c c:c}}",
            "{a(b:\"{c:1 c:1}\" d:\"\"\"{c:1 c:1}\"\"\") # {c:1 c:1}\n}",
        ] {
            assert_eq!(check(text), [""; 0], "{text}");
        }
    }
}
