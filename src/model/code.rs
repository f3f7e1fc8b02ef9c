//! Codes of Statistics Netherlands (CBS) for areas, parsed once so that nobody checks them again.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

/// Why a text is no area code.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CodeError {
    /// Not `GM` and four digits.
    #[error("`{0}` is not a CBS municipality code; expected `GM` and four digits, such as `GM0193`")]
    Municipality(String),
    /// Neither `WK` and six nor `BU` and eight characters.
    #[error(
        "`{0}` is not a CBS neighbourhood code; expected `WK` and six digits (a wijk) or `BU` and eight (a buurt), such as `WK019310`"
    )]
    Neighbourhood(String),
}

/// A CBS municipality code (gemeentecode): `GM` and four digits, such as `GM0193` for Zwolle.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MunicipalityCode(String);

/// A CBS code of a wijk (`WK` and six characters) or a buurt (`BU` and eight).
///
/// The last pairs may hold capital letters: CBS uses them where a municipality has a hundred wijken or more.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NeighbourhoodCode(String);

impl FromStr for MunicipalityCode {
    type Err = CodeError;

    fn from_str(text: &str) -> Result<Self, CodeError> {
        let upper = text.to_ascii_uppercase();
        match upper.strip_prefix("GM") {
            Some(digits) if digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit()) => Ok(Self(upper)),
            _ => Err(CodeError::Municipality(excerpt(text))),
        }
    }
}

impl FromStr for NeighbourhoodCode {
    type Err = CodeError;

    fn from_str(text: &str) -> Result<Self, CodeError> {
        let shaped = |rest: &str, length: usize| {
            rest.len() == length
                && rest.bytes().take(4).all(|b| b.is_ascii_digit())
                && rest.bytes().skip(4).all(|b| b.is_ascii_digit() || b.is_ascii_uppercase())
        };
        let upper = text.to_ascii_uppercase();
        let valid = upper.strip_prefix("WK").is_some_and(|rest| shaped(rest, 6))
            || upper.strip_prefix("BU").is_some_and(|rest| shaped(rest, 8));
        if valid { Ok(Self(upper)) } else { Err(CodeError::Neighbourhood(excerpt(text))) }
    }
}

impl MunicipalityCode {
    /// The code of no municipality, for a place that only carries values for a moment.
    pub(super) fn of_nothing() -> Self {
        Self(String::new())
    }
}

impl NeighbourhoodCode {
    /// Whether this is the wijk of which `other` is a buurt: a buurt's code begins with that of its wijk.
    pub fn is_wijk_of(&self, other: &Self) -> bool {
        match (self.0.strip_prefix("WK"), other.0.strip_prefix("BU")) {
            (Some(wijk), Some(buurt)) => buurt.starts_with(wijk),
            _ => false,
        }
    }
}

/// At most forty characters of `text`, so that an error never repeats a large input.
pub(crate) fn excerpt(text: &str) -> String {
    let clean = |c: char| if c.is_control() { '\u{fffd}' } else { c };
    let mut short: String = text.chars().take(40).map(clean).collect();
    if text.chars().nth(40).is_some() {
        short.push('…');
    }
    short
}

macro_rules! text_code {
    ($($code:ident)*) => {$(
        impl $code {
            /// The code as CBS writes it.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
        impl fmt::Display for $code {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
        impl<'de> Deserialize<'de> for $code {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
            }
        }
        impl Serialize for $code {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }
    )*};
}
text_code!(MunicipalityCode NeighbourhoodCode);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_that_lost_a_zero_is_refused_with_the_right_shape() {
        let error = "GM153".parse::<MunicipalityCode>().unwrap_err();
        insta::assert_snapshot!(error, @"`GM153` is not a CBS municipality code; expected `GM` and four digits, such as `GM0193`");
        for wrong in ["", "GM", "GM01533", "GM015x", "0153", "GM０１５３"] {
            assert!(wrong.parse::<MunicipalityCode>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_code_may_be_written_in_small_letters() {
        for text in ["GM0148", "gm0148", "Gm0148"] {
            assert_eq!(text.parse::<MunicipalityCode>().unwrap().as_str(), "GM0148");
        }
        assert_eq!("bu0193a1b2".parse::<NeighbourhoodCode>().unwrap().as_str(), "BU0193A1B2");
        assert_eq!("wk019310".parse::<NeighbourhoodCode>().unwrap().as_str(), "WK019310");
    }

    #[test]
    fn the_last_pairs_of_a_neighbourhood_code_may_hold_letters() {
        for right in ["WK019310", "BU01931000", "WK01931A", "BU0193A1B2"] {
            assert!(right.parse::<NeighbourhoodCode>().is_ok(), "{right}");
        }
        for wrong in ["WK01931", "BU019310", "GM0193", "WK0A9310", "BU0193é00"] {
            assert!(wrong.parse::<NeighbourhoodCode>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_long_input_is_not_repeated_whole() {
        let error = "x".repeat(10_000).parse::<MunicipalityCode>().unwrap_err().to_string();
        assert!(error.len() < 200, "{error}");
    }
}
