//! Strings with escapes that the parser does not know (specification of September 2025, 2.9.4).

/// Why a string is not one.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct BadEscape {
    /// Where the escape begins, in bytes of the string.
    pub(super) at: usize,
    /// One sentence.
    pub(super) told: String,
}

/// A string in quotes with the same value, whose escapes are `\uXXXX` of one character each and those of one letter.
/// `None` when it is so already. It is never longer.
///
/// # Errors
/// Half a character, and a number that is no character. Other mistakes are the parser's to name.
pub(super) fn readable_string(text: &str) -> Result<Option<String>, BadEscape> {
    if !text.contains("\\u") {
        return Ok(None);
    }
    let mut written = String::with_capacity(text.len());
    let (mut at, mut changed) = (0, false);
    while let Some(step) = text[at..].find('\\') {
        written.push_str(&text[at..at + step]);
        at += step;
        let escape = &text[at..];
        let (character, length) = if let Some(braced) = escape.strip_prefix("\\u{") {
            by_number(at, braced)?
        } else if let Some(first) = four_digits(escape) {
            match first {
                0xD800..=0xDBFF => {
                    let second =
                        escape.get(6..).and_then(four_digits).filter(|second| (0xDC00..=0xDFFF).contains(second));
                    let Some(second) = second else { return Err(half(at, escape)) };
                    let number = 0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00);
                    (char::from_u32(number).ok_or_else(|| half(at, escape))?, 12)
                }
                0xDC00..=0xDFFF => return Err(half(at, escape)),
                _ => {
                    written.push_str(&escape[..6]);
                    at += 6;
                    continue;
                }
            }
        } else {
            // Of one letter, or a mistake. An escaped character may be longer than a byte.
            let length = escape.chars().take(2).map(char::len_utf8).sum();
            written.push_str(&escape[..length]);
            at += length;
            continue;
        };
        push(&mut written, character);
        changed = true;
        at += length;
    }
    written.push_str(&text[at..]);
    Ok(changed.then_some(written))
}

/// The character of `\u{…}` and the length of that; `braced` is what follows the bracket.
fn by_number(at: usize, braced: &str) -> Result<(char, usize), BadEscape> {
    let wrong = |told: String| BadEscape { at, told };
    let digits = braced.bytes().take_while(u8::is_ascii_hexdigit).count();
    if digits == 0 || !braced[digits..].starts_with('}') {
        return Err(wrong(
            "The escape `\\u{` wants the number of a character in hexadecimal digits and `}`, such as `\\u{1F3E0}`."
                .to_owned(),
        ));
    }
    let number = &braced[..digits];
    let character = u32::from_str_radix(number, 16).ok().and_then(char::from_u32);
    let length = 3 + digits + 1;
    character.map(|character| (character, length)).ok_or_else(|| {
        let short: String = number.chars().take(12).collect();
        wrong(format!("The escape `\\u{{{short}}}` is no character; those are 0 to D7FF and E000 to 10FFFF."))
    })
}

/// The number of `\uXXXX` at the start of `text`.
fn four_digits(text: &str) -> Option<u32> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    digits.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| u32::from_str_radix(digits, 16).ok())?
}

fn half(at: usize, escape: &str) -> BadEscape {
    let told = format!(
        "The escape `{}` is half a character; write both halves, such as `\\uD83C\\uDFE0`, or its number, `\\u{{1F3E0}}`.",
        &escape[..6]
    );
    BadEscape { at, told }
}

fn push(written: &mut String, character: char) {
    match character {
        '"' => written.push_str("\\\""),
        '\\' => written.push_str("\\\\"),
        '\n' => written.push_str("\\n"),
        '\r' => written.push_str("\\r"),
        other => written.push(other),
    }
}

/// A block string that holds `\"""`, which the parser leaves as it is, as a string in quotes of the same value; `None`
/// for any other.
pub(super) fn readable_block(text: &str) -> Option<String> {
    let inside = text.strip_prefix("\"\"\"")?.strip_suffix("\"\"\"")?;
    if !inside.contains("\\\"\"\"") {
        return None;
    }
    let normal = inside.replace("\r\n", "\n").replace('\r', "\n");
    let lines: Vec<&str> = normal.split('\n').collect();
    let indent_of = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let is_blank = |line: &&str| indent_of(line) == line.len();
    let indent = lines.iter().skip(1).filter(|line| !is_blank(line)).map(|line| indent_of(line)).min().unwrap_or(0);
    let first = lines.iter().position(|line| !is_blank(line)).unwrap_or(lines.len());
    let last = lines.iter().rposition(|line| !is_blank(line)).map_or(first, |last| last + 1);
    let mut written = "\"".to_owned();
    for (index, line) in lines.iter().enumerate().take(last).skip(first) {
        if index > first {
            written.push_str("\\n");
        }
        let line = if index == 0 { line } else { line.get(indent..).unwrap_or_default() };
        line.replace("\\\"\"\"", "\"\"\"").chars().for_each(|character| push(&mut written, character));
    }
    written.push('"');
    Some(written)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        readable_string(text).unwrap().unwrap_or_else(|| text.to_owned())
    }

    #[test]
    fn two_halves_and_a_number_are_one_character() {
        assert_eq!(read(r#""a \uD83C\uDFE0 b""#), "\"a 🏠 b\"");
        assert_eq!(read(r#""\ud83c\udfe0\u{1f3e0}\u{1F3E0}\u{00001F3E0}""#), "\"🏠🏠🏠🏠\"");
        assert_eq!(read(r#""\uDBFF\uDFFF\u{10FFFF}\u{E9}""#), "\"\u{10FFFF}\u{10FFFF}é\"");
    }

    #[test]
    fn what_the_parser_reads_stays_as_it_is() {
        for text in [r#""""#, r#""abc""#, r#""\u00e9\n\\u{1}\\\u0041""#, r#""\u12""#, r#""\q\u00E9""#, r#""\é\u00E9""#]
        {
            assert_eq!(readable_string(text), Ok(None), "{text}");
        }
    }

    #[test]
    fn a_character_that_ends_a_string_is_escaped_again() {
        assert_eq!(read(r#""\u{22}\u{5C}\u{A}\u{D}\u{9}""#), "\"\\\"\\\\\\n\\r\t\"");
    }

    #[test]
    fn half_a_character_is_refused_where_it_stands() {
        for (text, at, part) in [
            (r#""\uD83C""#, 1, "`\\uD83C` is half a character"),
            (r#""ab\uDFE0""#, 3, "`\\uDFE0` is half a character"),
            (r#""\uD83C\uD83C""#, 1, "half"),
            (r#""\uD83C \uDFE0""#, 1, "half"),
            (r#""\uD83C\n""#, 1, "half"),
            (r#""\uD83Cé""#, 1, "half"),
            (r#""\u{D83C}\u{DFE0}""#, 1, "`\\u{D83C}` is no character"),
            (r#""\u{110000}""#, 1, "is no character"),
            (r#""\u{FFFFFFFFFFFFFFFFFFFFF}""#, 1, "`\\u{FFFFFFFFFFFF}` is no character"),
            (r#""\u{}""#, 1, "hexadecimal"),
            (r#""\u{12""#, 1, "hexadecimal"),
            (r#""\u{é}""#, 1, "hexadecimal"),
        ] {
            let error = readable_string(text).unwrap_err();
            assert!(error.at == at && error.told.contains(part), "{text}: {error:?}");
        }
    }

    /// The example of the specification, with quotes in it.
    #[test]
    fn a_block_string_may_hold_its_own_quotes() {
        assert_eq!(readable_block("\"\"\"a\"\"\""), None);
        assert_eq!(readable_block("\"\"\"a \\\"\"\" b\"\"\"").unwrap(), r#""a \"\"\" b""#);
        let text = "\"\"\"\r\n    Hello,\r      \\\"\"\"World\\u!\n\n    Yours,\n  \t \n\"\"\"";
        assert_eq!(readable_block(text).unwrap(), r#""Hello,\n  \"\"\"World\\u!\n\nYours,""#);
    }
}
