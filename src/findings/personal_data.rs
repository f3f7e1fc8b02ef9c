//! Mail addresses and telephone numbers in a text, which the data has none of.

/// Whether the text holds a mail address or a Dutch telephone number.
pub(crate) fn is_personal(text: &str) -> bool {
    !spans(text).is_empty()
}

/// Whether the text addresses a person: `Mw. Jansen`, `de heer P. de Vries`, `J. Jansen`. Other names cannot be told from words.
pub(crate) fn is_person(text: &str) -> bool {
    const TITLES: [&str; 12] = ["mw", "mevr", "mevrouw", "dhr", "hr", "heer", "mr", "mrs", "ms", "drs", "ir", "dr"];
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_title = |word: &&str| TITLES.contains(&word.trim_end_matches('.').to_lowercase().as_str());
    // One or more letters, each with a full stop.
    let is_initials = |word: &&str| {
        word.ends_with('.')
            && word.split_terminator('.').all(|part| part.chars().count() == 1 && part.chars().all(char::is_uppercase))
    };
    words.iter().any(|word| is_title(word) || is_initials(word))
}

/// Whether running text names a person by a form of address, an office or initials: `mevrouw Jansen`, `wethouder De Vries`,
/// `A. de Vries`. A first name and a surname alone cannot be told from the name of a house.
pub(crate) fn names_person(text: &str) -> bool {
    const TITLES: [&str; 13] =
        ["mw", "mevr", "mevrouw", "dhr", "hr", "heer", "mr", "mrs", "ms", "drs", "ir", "wethouder", "burgemeester"];
    const ROLES: [&str; 8] = [
        "raadslid",
        "ambtenaar",
        "beheerder",
        "voorzitter",
        "secretaris",
        "penningmeester",
        "contactpersoon",
        "medewerker",
    ];
    const PARTICLES: [&str; 9] = ["de", "den", "der", "het", "ten", "ter", "van", "von", "in"];
    // Burgemeester Backxlaan
    const NO_NAMES: [&str; 9] = ["straat", "laan", "weg", "plein", "park", "school", "huis", "zaal", "kade"];
    let words: Vec<&str> = text.split_whitespace().collect();
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let is_surname = |word: &str| {
        let word = bare(word);
        let is_of_a_place = NO_NAMES.iter().any(|ending| word.to_lowercase().ends_with(ending));
        word.chars().next().is_some_and(char::is_uppercase) && word.chars().count() > 1 && !is_of_a_place
    };
    let is_initials = |word: &str| {
        word.trim_start_matches('(').ends_with('.')
            && word
                .trim_start_matches('(')
                .split_terminator('.')
                .all(|part| part.chars().count() == 1 && part.chars().all(char::is_uppercase))
    };
    (0..words.len()).any(|at| {
        let word = bare(words[at]).to_lowercase();
        // What ends a sentence is not said before a name.
        let ends = words[at].ends_with(['.', ',', ';', ':', '!', '?']) && word.chars().count() > 5;
        let is_title = TITLES.contains(&word.as_str()) && !ends;
        let has_role = ROLES.iter().any(|role| word.ends_with(role)) && !ends;
        let mut behind = words[at + 1..].iter().peekable();
        if has_role {
            // Not the manager of a house: the name follows at once.
            return behind.peek().is_some_and(|next| is_surname(next) || is_initials(next));
        }
        let behind = behind.skip_while(|next| PARTICLES.contains(&next.to_lowercase().as_str()) || is_initials(next));
        let names_somebody = is_title || is_initials(words[at]);
        names_somebody && behind.take(1).any(|next| is_surname(next))
    })
}

/// First names that many people in the Netherlands have, and few organisations begin with.
const FIRST_NAMES: [&str; 120] = [
    "albert",
    "alex",
    "alie",
    "andre",
    "anja",
    "anke",
    "ankie",
    "anna",
    "annemarie",
    "annemieke",
    "annie",
    "anton",
    "arie",
    "arjan",
    "bart",
    "ben",
    "bennie",
    "bert",
    "betty",
    "bianca",
    "bram",
    "carla",
    "chantal",
    "cor",
    "corrie",
    "daan",
    "daniel",
    "dennis",
    "diana",
    "dick",
    "dirk",
    "edwin",
    "ellen",
    "els",
    "elly",
    "emma",
    "eric",
    "erik",
    "esther",
    "eva",
    "femke",
    "ferdinand",
    "frans",
    "fred",
    "freek",
    "gea",
    "geert",
    "gerard",
    "gerda",
    "gerrie",
    "gerrit",
    "gert",
    "greet",
    "hans",
    "harm",
    "harry",
    "hein",
    "heleen",
    "henk",
    "hennie",
    "herman",
    "ilse",
    "ina",
    "ineke",
    "inge",
    "ingrid",
    "jaap",
    "jacqueline",
    "jan",
    "janneke",
    "janny",
    "jantje",
    "jeroen",
    "joan",
    "johan",
    "johannes",
    "joke",
    "jolanda",
    "joop",
    "jos",
    "josé",
    "karin",
    "kees",
    "klaas",
    "koos",
    "lars",
    "leo",
    "lianne",
    "linda",
    "lisa",
    "lucas",
    "maaike",
    "marcel",
    "margriet",
    "maria",
    "marian",
    "marieke",
    "marijke",
    "marjan",
    "mark",
    "martijn",
    "martin",
    "mieke",
    "miranda",
    "monique",
    "nel",
    "nico",
    "patricia",
    "paul",
    "peter",
    "piet",
    "pieter",
    "renate",
    "riet",
    "rob",
    "ronald",
    "ruud",
    "sandra",
    "tineke",
    "wilma",
];

/// Whether a short text that should name a role or an organisation is a person's name: one of the usual first names, alone or with what may be a
/// surname behind it.
pub(crate) fn is_name(text: &str) -> bool {
    const PARTICLES: [&str; 9] = ["de", "den", "der", "het", "te", "ten", "ter", "van", "von"];
    let words: Vec<&str> = text.split_whitespace().collect();
    let Some((first, rest)) = words.split_first() else { return false };
    let is_capitalised = |word: &&&str| word.chars().next().is_some_and(char::is_uppercase);
    let is_surname = |word: &&str| {
        PARTICLES.contains(&word.to_lowercase().as_str())
            || is_capitalised(&word) && word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '’' | '\''))
    };
    FIRST_NAMES.contains(&first.to_lowercase().as_str())
        && is_capitalised(&first)
        && rest.len() <= 4
        && rest.iter().all(is_surname)
}

/// Whether an address on the web is the profile of a person.
pub(crate) fn is_profile(url: &str) -> bool {
    const PROFILES: [&str; 4] =
        ["linkedin.com/in/", "linkedin.com/pub/", "facebook.com/profile", "facebook.com/people/"];
    let url = url.to_lowercase();
    PROFILES.iter().any(|profile| url.contains(profile))
}

/// Whether the text holds a mail address.
pub(crate) fn has_mail_address(text: &str) -> bool {
    !mail_addresses(text).is_empty()
}

/// The text with each mail address as `…@…` and each telephone number as `…`.
pub fn redacted(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut at = 0;
    for (start, end, is_mail) in spans(text) {
        if start < at {
            continue;
        }
        clean.push_str(&text[at..start]);
        clean.push_str(if is_mail { "…@…" } else { "…" });
        at = end;
    }
    clean.push_str(&text[at..]);
    clean
}

/// Start, end in bytes, and whether it is a mail address, in order.
fn spans(text: &str) -> Vec<(usize, usize, bool)> {
    let mut spans: Vec<_> = mail_addresses(text).into_iter().map(|(start, end)| (start, end, true)).collect();
    spans.extend(telephone_numbers(text).into_iter().map(|(start, end)| (start, end, false)));
    spans.sort_unstable();
    spans
}

/// Something, an at sign, and a name with a full stop: enough to leave `@home` and `3 @ 5` alone.
fn mail_addresses(text: &str) -> Vec<(usize, usize)> {
    let in_local = |c: char| c.is_alphanumeric() || "!#$%&'*+/=?^_`{|}~.-".contains(c);
    let in_domain = |c: char| c.is_alphanumeric() || c == '.' || c == '-';
    text.match_indices(['@', '＠'])
        .filter_map(|(at, sign)| {
            let before = &text[..at];
            let start = before.char_indices().rev().take_while(|(_, c)| in_local(*c)).last()?.0;
            let after = &text[at + sign.len()..];
            let length = after.find(|c| !in_domain(c)).unwrap_or(after.len());
            let domain = after[..length].trim_end_matches(['.', '-']);
            let has_stop = domain.trim_start_matches('.').contains('.');
            has_stop.then_some((start, at + sign.len() + domain.len()))
        })
        .collect()
}

/// Ten digits that begin with a zero, or nine after `+31` or `0031`, in the groups that people write them in.
///
/// Opening hours, years, dates and numbers of a register are no telephone numbers: the first group has to be an area code
/// of three digits or more, or 06.
fn telephone_numbers(text: &str) -> Vec<(usize, usize)> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let begins_group = at == 0 || !bytes[at - 1].is_ascii_alphanumeric();
        if begins_group
            && (bytes[at] == b'+' || bytes[at] == b'0')
            && let Some(end) = telephone_number(bytes, at)
        {
            found.push((at, end));
            at = end;
        } else {
            at += 1;
        }
    }
    found
}

/// The end of the telephone number that begins at `start`.
fn telephone_number(bytes: &[u8], start: usize) -> Option<usize> {
    let mut digits = Vec::new();
    let mut first_group = None;
    let mut separators = 0;
    let mut at = start + usize::from(bytes[start] == b'+');
    while at < bytes.len() {
        let byte = bytes[at];
        if byte.is_ascii_digit() {
            digits.push(byte);
            separators = 0;
            let group_ends = !bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
            if group_ends {
                first_group.get_or_insert(digits.len());
                let followed_by_letter = bytes.get(at + 1).is_some_and(u8::is_ascii_alphabetic);
                if !followed_by_letter && is_number(&digits, bytes[start] == b'+', first_group.unwrap_or_default()) {
                    return Some(at + 1);
                }
            }
            if digits.len() > 14 {
                return None;
            }
        } else if b" -/().".contains(&byte) && separators < 3 {
            separators += 1;
            if !digits.is_empty() {
                first_group.get_or_insert(digits.len());
            }
        } else {
            return None;
        }
        at += 1;
    }
    None
}

fn is_number(digits: &[u8], has_plus: bool, first_group: usize) -> bool {
    let abroad = if has_plus { Some(digits) } else { digits.strip_prefix(b"00") };
    if let Some(national) = abroad.and_then(|digits| digits.strip_prefix(b"31")) {
        // As in +31 (0)6 12345678.
        let significant = national.strip_prefix(b"0").unwrap_or(national);
        return significant.len() == 9;
    }
    !has_plus
        && digits.len() == 10
        && digits[0] == b'0'
        && digits[1] != b'0'
        && (first_group >= 3 || (first_group == 2 && digits[1] == b'6'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn telephone_numbers_are_seen_in_every_notation() {
        for text in [
            "0612345678",
            "06-12345678",
            "06 12 34 56 78",
            "06 - 1234 5678",
            "038-4214545",
            "(038) 421 45 45",
            "0572 123456",
            "+31612345678",
            "+31 6 12345678",
            "+31 (0)38 421 45 45",
            "0031 38 4214545",
            "bel 06.12345678!",
            "beheer: Jan, 0548-512345 ('s avonds)",
        ] {
            assert!(is_personal(text), "{text}");
            assert!(!redacted(text).chars().any(|c| c.is_ascii_digit()), "{}", redacted(text));
        }
    }

    #[test]
    fn the_name_of_a_person_is_told_from_that_of_an_organisation() {
        for text in ["Jan de Vries", "Henk", "Marieke van den Berg", "Piet Jansen-Bakker", "Els ter Haar"] {
            assert!(is_name(text), "{text}");
        }
        for text in [
            "Bridgeclub Dalfsen",
            "Welzijn Dalfsen",
            "de beheerder",
            "Stichting Jan Ligthart",
            "Anna Stichting 1920",
            "jan ligthartschool",
            "",
        ] {
            assert!(!is_name(text), "{text}");
        }
    }

    #[test]
    fn a_person_in_running_text_is_seen_by_address_office_and_initials() {
        for text in [
            "Contact: mevrouw A. de Vries, beleidsadviseur.",
            "Dhr. J. Pietersen is aanspreekpunt.",
            "Besluit van burgemeester Peter Snijders van 3 maart.",
            "Volgens wethouder Van der Molen blijft het zo.",
            "Beleidsmedewerker Jan Jansen heeft het geschreven.",
            "Geschreven door J.P. van den Berg.",
        ] {
            assert!(names_person(text), "{text}");
        }
        for text in [
            "Het college van B. en W. besloot ertoe.",
            "Burgemeester en wethouders stelden de nota vast.",
            "De beheerder. Het gebouw is oud.",
            "Aan de Burgemeester Backxlaan in Zwolle.",
            "De gemeente vergoedt een deel van de exploitatie; de voorzitter van elk bestuur tekent.",
            "Artikel 2. Het college verstrekt subsidie.",
        ] {
            assert!(!names_person(text), "{text}");
        }
        for document in crate::testing::facts().policy_documents {
            assert!(
                !names_person(&document.summary) && !names_person(&document.title),
                "{} {}",
                document.title,
                document.summary
            );
        }
        assert!(
            is_profile("https://nl.linkedin.com/in/jan-pietersen") && !is_profile("https://www.linkedin.com/company/x")
        );
    }

    #[test]
    fn other_numbers_are_no_telephone_numbers() {
        for text in [
            "Kulturhus 2015-2019",
            "Mo-Fr 09:00-17:00; Sa 10:00-12:00",
            "Mo 09.00-12.00 13.00-17.00",
            "Plein 1940 12",
            "15-11",
            "2026-11-24",
            "KvK 12345678",
            "https://example.nl/artikel/20190612345678",
            "NL.TOP10NL.132596442",
            "0",
            "+",
            "",
        ] {
            assert!(!is_personal(text), "{text}: {}", redacted(text));
        }
    }

    #[test]
    fn mail_addresses_are_seen_and_at_signs_left_alone() {
        for text in ["jan.devries@example.nl", "mail naar info@dorpshuis.nl.", "<a@b.c>", "zoë@café.nl"] {
            assert!(is_personal(text) && has_mail_address(text), "{text}");
            assert!(redacted(text).contains("…@…"), "{}", redacted(text));
        }
        for text in ["@home", "Jeugdhonk @ het plein", "a@b", "@.", "3@5"] {
            assert!(!is_personal(text), "{text}");
        }
        assert_eq!(redacted("naar info@dorpshuis.nl."), "naar …@….");
    }
}
