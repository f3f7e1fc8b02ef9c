//! Whether two addresses can be the same.

use crate::{model::Address, search::fold};

/// Whether two addresses cannot be the same one.
pub(crate) fn contradicts(one: &Address, other: &Address) -> bool {
    FoldedAddress::of(one).contradicts(&FoldedAddress::of(other))
}

/// An address as it is compared, whatever the capitals, signs and spaces that it is written with.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct FoldedAddress {
    pub(super) street: Option<String>,
    pub(super) house_number: Option<String>,
    pub(super) postcode: Option<String>,
}

impl FoldedAddress {
    pub(super) fn of(address: &Address) -> Self {
        Self {
            street: address.street.as_deref().map(fold),
            house_number: address.house_number.as_deref().map(|number| fold(number).replace(' ', "")),
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
            differ(|address| &address.house_number),
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
}
