//! Where something stands in a text.

use async_graphql::Pos;

/// Line and column, from 1, of the byte `offset` of `text`. A line ends with LF, CR, or both as one; a column is a
/// character.
pub(crate) fn position(text: &str, offset: usize) -> Pos {
    let before = text.get(..offset).unwrap_or(text);
    let mut at = Pos { line: 1, column: 1 };
    let mut characters = before.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\r' if characters.peek() == Some(&'\n') => {}
            '\r' | '\n' => at = Pos { line: at.line + 1, column: 1 },
            _ => at.column += 1,
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_of_the_three_line_ends_is_one() {
        for (text, line, column) in [
            ("", 1, 1),
            ("{é", 1, 3),
            ("{\n", 2, 1),
            ("{\r", 2, 1),
            ("{\r\n", 2, 1),
            ("{\r\r  ", 3, 3),
            ("{\n\r", 3, 1),
            ("{\r\n\r\n\n a", 4, 3),
        ] {
            let at = position(text, text.len());
            assert_eq!((at.line, at.column), (line, column), "{text:?}");
        }
    }
}
