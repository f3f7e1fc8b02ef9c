//! The parts of an address, which stand and fall by themselves: who gives a street and a number says nothing of the postcode.
//!
//! What is left out stays known as long as nothing that is said differs. A number belongs to its street, a postcode to street
//! and number: where one of these differs, what hangs on it is no longer known to hold, and is not shown beside it.

use super::address::street;
use crate::{
    model::{Address, Claim, Claims, Statement},
    search::fold,
};

/// An address with what it lacks taken from another one, as far as that may belong to it.
///
/// A postcode is that of a whole house number, so a letter or addition that differs leaves it as it is.
pub(super) fn completed(address: &Address, other: &Address) -> Address {
    let streets_differ = differ(&address.street, &other.street, street);
    let numbers_differ = differ(&address.house_number, &other.house_number, digits);
    let postcodes_differ = differ(&address.postcode, &other.postcode, compact);
    let missing = |part: &Option<String>, known: &Option<String>, may: bool| {
        part.clone().or_else(|| known.clone().filter(|_| may))
    };
    Address {
        street: missing(&address.street, &other.street, !postcodes_differ),
        house_number: missing(&address.house_number, &other.house_number, !streets_differ && !postcodes_differ),
        postcode: missing(&address.postcode, &other.postcode, !streets_differ && !numbers_differ),
    }
}

/// Whether all that one address says is in the other, however it is spelt.
pub(super) fn is_part_of(address: &Address, whole: &Address) -> bool {
    let is_in = |part: &Option<String>, known: &Option<String>, read: fn(&str) -> String| match (part, known) {
        (Some(part), Some(known)) => read(part) == read(known),
        (part, _) => part.is_none(),
    };
    is_in(&address.street, &whole.street, street)
        && is_in(&address.house_number, &whole.house_number, compact)
        && is_in(&address.postcode, &whole.postcode, compact)
}

/// Notes a claim as [`Claims::note`] does; of an address the parts stay that the same source said on another day.
pub(super) fn note(claims: &mut Claims<Statement>, mut claim: Claim<Statement>) -> bool {
    if let Statement::Address(now) = &mut claim.statement
        && let Some(noted) = claims.by_subject.get_mut(&claim.subject)
        && let Some(own) = noted.iter_mut().find(|own| own.source == claim.source && own.statement.key() == "address")
        && let Statement::Address(before) = &mut own.statement
    {
        if own.stated > claim.stated {
            *before = completed(before, now);
        } else {
            *now = completed(now, before);
        }
    }
    claims.note(claim)
}

fn differ(one: &Option<String>, other: &Option<String>, read: fn(&str) -> String) -> bool {
    one.as_deref().zip(other.as_deref()).is_some_and(|(one, other)| read(one) != read(other))
}

fn compact(text: &str) -> String {
    fold(text).replace(' ', "")
}

fn digits(text: &str) -> String {
    text.chars().take_while(char::is_ascii_digit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> Address {
        let parts: Vec<Option<String>> =
            text.split('|').map(|part| Some(part.trim().to_owned()).filter(|part| !part.is_empty())).collect();
        let [street, house_number, postcode] = parts.as_slice() else { panic!("{text}") };
        Address { street: street.clone(), house_number: house_number.clone(), postcode: postcode.clone() }
    }

    #[test]
    fn a_part_that_is_not_said_stays_unless_what_it_belongs_to_differs() {
        for (said, known, expected) in [
            ("Beneluxlaan|50|", "Beneluxlaan|50|7543 XT", "Beneluxlaan|50|7543 XT"),
            ("Beneluxlaan||", "Beneluxlaan|50|7543 XT", "Beneluxlaan|50|7543 XT"),
            ("||7543 XT", "Beneluxlaan|50|7543 XT", "Beneluxlaan|50|7543 XT"),
            ("|50|7543 XT", "Beneluxlaan|50|7543 XT", "Beneluxlaan|50|7543 XT"),
            ("Beneluxlaan|50|7543 XT", "|50|", "Beneluxlaan|50|7543 XT"),
            ("BENELUXLN.|50|", "Beneluxlaan|50|7543 XT", "BENELUXLN.|50|7543 XT"),
            ("Beneluxlaan|50a|", "Beneluxlaan|50|7543 XT", "Beneluxlaan|50a|7543 XT"),
            ("Beneluxlaan|52|", "Beneluxlaan|50|7543 XT", "Beneluxlaan|52|"),
            ("|52|7543 XT", "Beneluxlaan|50|7543 XT", "Beneluxlaan|52|7543 XT"),
            ("Dorpsstraat||", "Beneluxlaan|50|7543 XT", "Dorpsstraat||"),
            ("Dorpsstraat|50|", "Beneluxlaan|50|7543 XT", "Dorpsstraat|50|"),
            ("Dorpsstraat||7543 XT", "Beneluxlaan|50|7543 XT", "Dorpsstraat||7543 XT"),
            ("||7511 AA", "Beneluxlaan|50|7543 XT", "||7511 AA"),
            ("|50|7511 AA", "Beneluxlaan|50|7543 XT", "|50|7511 AA"),
            ("Beneluxlaan||7511 AA", "Beneluxlaan|50|7543 XT", "Beneluxlaan||7511 AA"),
        ] {
            assert_eq!(completed(&address(said), &address(known)), address(expected), "{said} after {known}");
        }
    }

    #[test]
    fn who_says_a_part_supports_the_whole() {
        let whole = address("G.W. Spiegelstraat|6|7722 ST");
        for part in ["||7722ST", "G.W.Spiegelstraat|6|", "g.w. spiegelstr.||7722 ST"] {
            assert!(is_part_of(&address(part), &whole), "{part}");
        }
        for other in ["G.W. Spiegelstraat|6a|", "||7722 SX", "Spiegelstraat|6|7722 ST"] {
            assert!(!is_part_of(&address(other), &whole), "{other}");
        }
        assert!(!is_part_of(&whole, &address("G.W. Spiegelstraat|6|")));
    }
}
