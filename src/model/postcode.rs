//! Postcodes.

use std::{borrow::Borrow, fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

/// Why a text is no [`Postcode`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a postcode; expected four digits, or four digits and two letters, such as `7411` or `7411 AB`")]
pub struct PostcodeError(String);

/// A Dutch postcode: four digits, or four digits and two letters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Postcode(String);

impl Postcode {
    /// Its four digits.
    pub fn four(&self) -> &str {
        &self.0[..4]
    }

    /// The postcode of four digits that holds it.
    pub fn area(&self) -> Self {
        Self(self.four().to_owned())
    }

    /// Whether it has its letters.
    pub fn is_whole(&self) -> bool {
        self.0.len() == 6
    }
}

impl FromStr for Postcode {
    type Err = PostcodeError;

    fn from_str(text: &str) -> Result<Self, PostcodeError> {
        let plain: String = text.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_uppercase()).collect();
        let is_right = |(index, byte): (usize, u8)| match index {
            0 => (b'1'..=b'9').contains(&byte),
            1..4 => byte.is_ascii_digit(),
            _ => byte.is_ascii_uppercase(),
        };
        // Letters that no postcode has, for what they once stood for.
        let is_given_out = !["SA", "SD", "SS"].iter().any(|letters| plain.ends_with(letters));
        if matches!(plain.len(), 4 | 6) && plain.bytes().enumerate().all(is_right) && is_given_out {
            Ok(Self(plain))
        } else {
            Err(PostcodeError(super::excerpt(text)))
        }
    }
}

/// As it is written without white space, so that those that begin with some text stand together.
impl Borrow<str> for Postcode {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl Serialize for Postcode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Postcode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

impl fmt::Display for Postcode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.split_at(4) {
            (digits, "") => f.write_str(digits),
            (digits, letters) => write!(f, "{digits} {letters}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_postcode_is_read_however_it_is_typed() {
        for (text, read) in [("7411", "7411"), ("7411 AB", "7411 AB"), ("7411ab", "7411 AB"), (" 7411  ab ", "7411 AB")]
        {
            assert_eq!(text.parse::<Postcode>().map(|code| code.to_string()).as_deref(), Ok(read));
        }
        let whole: Postcode = "7411AB".parse().unwrap();
        assert_eq!((whole.four(), whole.is_whole(), whole.area().to_string()), ("7411", true, "7411".to_owned()));
        for wrong in ["", "741", "0411", "7411A", "7411 SS", "7411 AB 1", "74111", "AB 7411", "7411 ÄB", "７４１１"]
        {
            let error = wrong.parse::<Postcode>().unwrap_err().to_string();
            assert!(error.starts_with(&format!("`{wrong}` is not a postcode")), "{error}");
        }
    }
}
