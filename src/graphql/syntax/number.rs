//! Numbers as the specification writes them.

/// Whether `text` is one number, or several with only the sign of the next between them: `1-2` is two.
///
/// The parser would read `01` as two numbers as well.
pub(super) fn is_numbers(text: &str) -> bool {
    let mut rest = text.as_bytes();
    loop {
        match after_number(rest) {
            None => return false,
            Some([]) => return true,
            Some(next @ [b'-', ..]) => rest = next,
            Some(_) => return false,
        }
    }
}

/// What follows the number at the start of `bytes`, if there is one.
fn after_number(bytes: &[u8]) -> Option<&[u8]> {
    let bytes = bytes.strip_prefix(b"-").unwrap_or(bytes);
    let mut rest = match bytes {
        [b'0', rest @ ..] => rest,
        _ => digits(bytes)?,
    };
    if let [b'.', fraction @ ..] = rest {
        rest = digits(fraction)?;
    }
    if let [b'e' | b'E', exponent @ ..] = rest {
        let exponent = exponent.strip_prefix(b"+").or_else(|| exponent.strip_prefix(b"-")).unwrap_or(exponent);
        rest = digits(exponent)?;
    }
    Some(rest)
}

/// What follows the digits at the start of `bytes`, of which there must be one.
fn digits(bytes: &[u8]) -> Option<&[u8]> {
    let count = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    (count > 0).then(|| &bytes[count..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_those_of_the_specification() {
        for text in ["0", "-0", "7", "-12", "1.5", "0.0", "1e9", "1E+9", "-1.25e-3", "0e0", "1-2", "0-0.5"] {
            assert!(is_numbers(text), "{text}");
        }
        for text in
            ["", "-", "00", "01", "-01", "1.", "1.e3", "1e", "1e+", "0xF", "1a", "1_000", "1.2.3", "1-", "1--2", "1+2"]
        {
            assert!(!is_numbers(text), "{text}");
        }
    }
}
