//! Where to ask: a role or an organisation with its page, mailbox and number, never a person.

use std::hash::Hash;

use super::column::Lexicon;
use crate::{
    findings::{Rule, personal_data},
    ingest::tabular::{cell, row::Cells},
    model::ContactPoint,
};

/// The longest role, mailbox or number, characters.
const MOST_CHARS: usize = 200;

/// The columns in which a table tells whom to ask.
pub(crate) struct Columns<C> {
    pub(crate) role: C,
    /// Where the table has one.
    pub(crate) organisation: Option<C>,
    pub(crate) email: C,
    pub(crate) phone: C,
    pub(crate) url: C,
}

/// Where to ask, of the cells that are right; a page or number without a role is that of the general desk.
pub(crate) fn point<C: Copy + Eq + Hash>(
    cells: &mut Cells<'_, C>,
    columns: &Columns<C>,
    lexicon: &Lexicon,
) -> Option<ContactPoint> {
    let said_role = cells.checked(columns.role, MOST_CHARS, role);
    let organisation = columns.organisation.and_then(|column| cells.checked(column, MOST_CHARS, role));
    let email = cells.checked(columns.email, MOST_CHARS, |text| mailbox(text, lexicon));
    let phone = cells.checked(columns.phone, MOST_CHARS, phone);
    let url = cells.web_address(columns.url);
    let has_any = [&said_role, &organisation, &url, &email, &phone].into_iter().any(Option::is_some);
    has_any.then(|| ContactPoint {
        role: said_role.unwrap_or_else(|| ContactPoint::GENERAL.to_owned()),
        organisation,
        url,
        email,
        phone,
    })
}

/// A role, department or organisation.
///
/// # Errors
/// What is the matter with it, such as the name of a person.
pub(crate) fn role(text: &str) -> Result<String, cell::Trouble> {
    let (role, _) = cell::clean(text)?;
    if is_somebody(&role) {
        return Err((Rule::PersonInsteadOfRole, Vec::new()));
    }
    Ok(role)
}

/// Whether what should be a role or an organisation is the name of a person.
pub(super) fn is_somebody(role: &str) -> bool {
    personal_data::is_person(role) || personal_data::names_person(role) || personal_data::is_name(role)
}

/// The mailbox of a role, in small letters.
///
/// A name before the at sign cannot be told from a role with certainty. Refused is what looks like `voornaam.achternaam`
/// or `j.jansen` and has no word of a role in it, and every address with a provider of private mail.
pub(crate) fn mailbox(text: &str, lexicon: &Lexicon) -> Result<String, cell::Trouble> {
    const ROLES: [&str; 34] = [
        "info",
        "gemeente",
        "post",
        "postbus",
        "contact",
        "welzijn",
        "accommodatie",
        "accommodaties",
        "vastgoed",
        "beleid",
        "sociaal",
        "domein",
        "samenleving",
        "ontmoeten",
        "ontmoeting",
        "ontmoetingsplekken",
        "wijk",
        "wijken",
        "dorp",
        "dorpen",
        "kernen",
        "loket",
        "secretariaat",
        "bestuur",
        "team",
        "afdeling",
        "cluster",
        "opendata",
        "data",
        "klant",
        "balie",
        "cultuur",
        "sport",
        "subsidie",
    ];
    const PRIVATE: [&str; 12] = [
        "gmail.com",
        "hotmail.com",
        "hotmail.nl",
        "outlook.com",
        "outlook.nl",
        "live.nl",
        "live.com",
        "ziggo.nl",
        "kpnmail.nl",
        "icloud.com",
        "yahoo.com",
        "planet.nl",
    ];
    let small = text.strip_prefix("mailto:").unwrap_or(text).to_lowercase();
    let shape = || (Rule::MailboxShape, Vec::new());
    let (local, domain) = small.split_once('@').ok_or_else(shape)?;
    let is_local = !local.is_empty() && local.chars().all(|c| c.is_ascii_alphanumeric() || "._-+".contains(c));
    if !is_local || cell::website(domain).is_none_or(|_| domain.contains(['/', ':', '?', '#'])) || small.len() > 254 {
        return Err(shape());
    }
    let words: Vec<&str> = local.split(['.', '_', '-', '+']).filter(|word| !word.is_empty()).collect();
    let is_role = words
        .iter()
        .any(|word| ROLES.contains(word) || lexicon.municipality(word).is_some_and(|(_, repaired)| !repaired));
    let looks_personal = words.len() > 1 && words.iter().all(|word| word.chars().all(char::is_alphabetic));
    if PRIVATE.contains(&domain) || (looks_personal && !is_role) {
        return Err((Rule::PersonalMailbox, Vec::new()));
    }
    Ok(small)
}

/// A general telephone number, written as `038 421 45 45` is: digits in groups.
///
/// A mobile number is somebody's, so it is refused.
///
/// # Errors
/// Where it is no Dutch number, or a mobile one.
pub(crate) fn phone(text: &str) -> Result<String, cell::Trouble> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let is_written_so = text.chars().all(|c| c.is_ascii_digit() || " -+()./".contains(c));
    let national = match (text.trim_start().starts_with('+'), digits.as_str()) {
        (true, digits) => digits.strip_prefix("31").map(|rest| format!("0{}", rest.trim_start_matches('0'))),
        (false, digits) => match digits.strip_prefix("0031") {
            Some(rest) => Some(format!("0{}", rest.trim_start_matches('0'))),
            None => Some(digits.to_owned()),
        },
    };
    let is_number = |number: &String| number.len() == 10 && number.starts_with('0') && !number.starts_with("00");
    let Some(number) = national.filter(is_number).filter(|_| is_written_so) else {
        return Err((Rule::PhoneShape, Vec::new()));
    };
    if number.starts_with("06") {
        return Err((Rule::MobileNumber, Vec::new()));
    }
    // Area codes of three digits are those of the larger towns and of services; the others have four.
    const SHORT: [&str; 26] = [
        "010", "013", "014", "015", "020", "023", "024", "026", "030", "033", "035", "036", "038", "040", "043", "045",
        "046", "050", "053", "055", "058", "070", "071", "072", "073", "074",
    ];
    let is_short =
        SHORT.contains(&&number[..3]) || matches!(&number[..3], "075" | "076" | "077" | "078" | "079" | "085" | "088");
    let (area, rest) = number.split_at(if is_short { 3 } else { 4 });
    Ok(format!("{area} {rest}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_general_number_is_read_in_every_notation_and_a_mobile_one_is_refused() {
        for (text, number) in [
            ("038-4214545", "038 4214545"),
            ("(038) 421 45 45", "038 4214545"),
            ("+31 (0)38 421 45 45", "038 4214545"),
            ("0031 38 4214545", "038 4214545"),
            ("0529 450 000", "0529 450000"),
            ("088 1234567", "088 1234567"),
        ] {
            assert_eq!(phone(text).as_deref(), Ok(number), "{text}");
        }
        for text in ["06-12345678", "+31 6 1234 5678", "0031612345678"] {
            assert_eq!(phone(text), Err((Rule::MobileNumber, Vec::new())), "{text}");
        }
        for text in ["14 038", "112", "038-42145", "038-4214545 (Jan)", "=1+1", ""] {
            assert_eq!(phone(text), Err((Rule::PhoneShape, Vec::new())), "{text}");
        }
    }

    #[test]
    fn a_person_is_no_role() {
        for text in ["mevrouw De Vries", "J. Jansen", "Dhr. P. de Boer", "Henk Bakker"] {
            assert_eq!(role(text), Err((Rule::PersonInsteadOfRole, Vec::new())), "{text}");
        }
        assert_eq!(role("beheer zalen").as_deref(), Ok("beheer zalen"));
        assert!(role("bel 06-12345678").is_err());
    }
}
