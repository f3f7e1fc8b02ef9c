//! Whether two addresses can be the same.

use crate::{model::Address, search::fold};

/// Whether two addresses cannot be the same one.
pub(crate) fn contradicts(one: &Address, other: &Address) -> bool {
    FoldedAddress::of(one).contradicts(&FoldedAddress::of(other))
}

/// Whether two addresses are surely the same: a number in common, and the postcode or the street.
pub(super) fn is_same(one: &Address, other: &Address) -> bool {
    let (one, other) = (FoldedAddress::of(one), FoldedAddress::of(other));
    let both =
        |one: &Option<String>, other: &Option<String>| one.as_ref().zip(other.as_ref()).is_some_and(|(a, b)| a == b);
    let has_numbers = one.house_numbers.is_some() && other.house_numbers.is_some();
    has_numbers
        && (both(&one.postcode, &other.postcode) || both(&one.street, &other.street))
        && !one.contradicts(&other)
}

/// A name as it is compared: in small letters without signs, and `y` for `ij`, since both are written for the same sound.
pub(super) fn alike(text: &str) -> String {
    fold(text).replace("ij", "y")
}

/// A street as it is compared: G.W.Spiegelstr. is G W Spiegelstraat, and Reijersdam Reyersdam.
pub(super) fn street(text: &str) -> String {
    const SHORT: [(&str, &str); 4] = [("str", "straat"), ("ln", "laan"), ("wg", "weg"), ("pln", "plein")];
    let street = alike(text).replace(' ', "");
    let whole = SHORT.iter().find_map(|(short, long)| Some(format!("{}{long}", street.strip_suffix(short)?)));
    whole.unwrap_or(street)
}

/// The numbers that a house number stands for, as they are compared: one for most, both of `69/69a`, both ends of `69-71`.
///
/// `12-2` is 12 with an addition: a row of houses goes up.
fn numbers(text: &str) -> Vec<String> {
    let digits = |text: &str| text.trim().parse::<u32>().ok();
    if let Some((first, last)) = text.split_once(['-', '–'])
        && let (Some(from), Some(to)) = (digits(first), digits(last))
        && from < to
        && from + LONGEST_ROW >= to
    {
        let mut numbers: Vec<String> = (from..=to).step_by(2).chain([to]).map(|number| number.to_string()).collect();
        numbers.dedup();
        return numbers;
    }
    let mut numbers: Vec<String> = text
        .split(['/', '+', '&'])
        .map(number)
        .filter(|number| number.starts_with(|c: char| c.is_ascii_digit()))
        .collect();
    numbers.dedup();
    if numbers.is_empty() { vec![number(text)] } else { numbers }
}

/// One number with its letter or addition, of which digits stay apart: 12-2 is not 122.
fn number(text: &str) -> String {
    fold(text).split(' ').fold(String::new(), |mut number, part| {
        if number.ends_with(|c: char| c.is_ascii_digit()) && part.starts_with(|c: char| c.is_ascii_digit()) {
            number.push('-');
        }
        number + part
    })
}

/// So many numbers one house has at most.
const LONGEST_ROW: u32 = 40;

/// An address as it is compared, whatever the capitals, signs and spaces that it is written with.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct FoldedAddress {
    pub(super) street: Option<String>,
    /// All numbers that the house has; `None` where it is not said.
    pub(super) house_numbers: Option<Vec<String>>,
    pub(super) postcode: Option<String>,
}

impl FoldedAddress {
    pub(super) fn of(address: &Address) -> Self {
        Self {
            street: address.street.as_deref().map(street),
            house_numbers: address.house_number.as_deref().map(numbers),
            postcode: address.postcode.as_deref().map(|code| code.replace(' ', "").to_uppercase()),
        }
    }

    /// Whether the two cannot be the same.
    ///
    /// Postcode and number are enough to be the same, whatever the spelling of the street; where one of the two lacks what
    /// it takes to compare, they may be the same.
    pub(super) fn contradicts(&self, other: &Self) -> bool {
        let differ =
            |part: fn(&Self) -> &Option<String>| part(self).as_ref().zip(part(other).as_ref()).map(|(a, b)| a != b);
        let (numbers, postcodes, streets) = (
            self.house_numbers
                .as_ref()
                .zip(other.house_numbers.as_ref())
                .map(|(one, other)| !one.iter().any(|number| other.contains(number))),
            differ(|address| &address.postcode),
            differ(|address| &address.street),
        );
        match (numbers, postcodes, streets) {
            (Some(true), _, _) => true,
            (_, Some(false), _) | (_, _, Some(false)) => false,
            (_, postcodes, streets) => postcodes == Some(true) || streets == Some(true),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(street: &str, number: &str, postcode: &str) -> Address {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Address { street: some(street), house_number: some(number), postcode: some(postcode) }
    }

    #[test]
    fn addresses_contradict_only_where_they_can_be_compared() {
        let kerkstraat = address("Kerkstraat", "1", "7721 AA");
        for (other, expected) in [
            (address("Kerkstr.", "1", "7721AA"), false),
            (address("Kerkstraat", "1/1a", ""), false),
            (address("Kerkstraat", "1-3", ""), false),
            (address("Kerkstraat", "3-1", ""), true),
            (address("Kerkstraat", "11", ""), true),
            (address("KERKSTRAAT", "1", ""), false),
            (address("Kerkstraat", "", ""), false),
            (address("", "", ""), false),
            (address("Kerkstraat", "1a", ""), true),
            (address("Dorpsstraat", "1", ""), true),
            (address("Dorpsstraat", "1", "7721 BB"), true),
        ] {
            assert_eq!(contradicts(&kerkstraat, &other), expected, "{other:?}");
            assert_eq!(contradicts(&other, &kerkstraat), expected, "{other:?}");
        }
    }

    #[test]
    fn a_street_is_the_same_however_its_initials_and_its_ij_are_written() {
        for other in ["G.W.Spiegelstraat", "G.W. Spiegelstraat", "G W Spiegelstraat", "g.w. spiegelstr."] {
            assert_eq!(street(other), "gwspiegelstraat", "{other}");
        }
        assert_eq!(street("Reijersdam"), street("REYERSDAM"));
        assert_eq!(street("Dĳkweg"), street("Dykwg."));
        assert_ne!(street("W. Spiegelstraat"), street("G.W. Spiegelstraat"));
    }

    #[test]
    fn a_house_may_have_several_numbers() {
        for (text, expected) in [
            ("69", &["69"][..]),
            ("69 a", &["69a"]),
            ("69/69a", &["69", "69a"]),
            ("69-71", &["69", "71"]),
            ("69 - 75", &["69", "71", "73", "75"]),
            ("12-2", &["12-2"]),
            ("27b-3", &["27b3"]),
            ("5-900", &["5-900"]),
            ("", &[""]),
        ] {
            assert_eq!(numbers(text), expected, "{text}");
        }
    }
}
