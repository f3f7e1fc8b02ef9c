//! What stands in one cell: texts that are clean, numbers, dates, coordinates.
//!
//! Each function is given the text with its white space put right ([`normalised`]).

use chrono::{Datelike as _, NaiveDate};
use encoding_rs::WINDOWS_1252;

use crate::{
    findings::{
        Rule,
        formula::{FORMULA_SIGNS, as_it_was},
        personal_data,
    },
    spatial::{Rd, Wgs84},
};

/// The white space of a cell put right: none at the ends, one space in between, no invisible signs of copied text.
pub(crate) fn normalised(text: &str) -> String {
    let is_invisible = |c: char| matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}');
    let visible: String = text.chars().filter(|c| !is_invisible(*c)).collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a cell says in words that nothing is known.
pub(crate) fn says_nothing(text: &str) -> bool {
    let small = text.to_lowercase();
    if text.chars().all(|c| matches!(c, '?' | '.' | '…')) {
        return true;
    }
    matches!(
        small.as_str(),
        "null"
            | "none"
            | "nan"
            | "n.v.t."
            | "n.v.t"
            | "nvt"
            | "n/a"
            | "nb"
            | "n.b."
            | "onbekend"
            | "unknown"
            | "niet bekend"
    )
}

/// The word with which a cell takes back what its sender said there before.
pub(crate) const CLEAR: &str = "wis";

/// Whether a cell takes back what its sender said there before: the word for that, alone.
pub(crate) fn clears(text: &str) -> bool {
    matches!(text.trim().to_lowercase().as_str(), CLEAR | "clear")
}

/// Whether a cell says that something is not there: `-`, which word processors lengthen.
pub(crate) fn is_dash(text: &str) -> bool {
    matches!(text, "-" | "–" | "—" | "'-")
}

/// Whether a text is what a Dutch or English spreadsheet shows for an error, and then writes into a CSV file.
pub(crate) fn is_spreadsheet_error(text: &str) -> bool {
    const ERRORS: [&str; 18] = [
        "#N/A",
        "#N/B",
        "#REF!",
        "#VERW!",
        "#VALUE!",
        "#WAARDE!",
        "#DIV/0!",
        "#DEEL/0!",
        "#NAME?",
        "#NAAM?",
        "#NUM!",
        "#GETAL!",
        "#NULL!",
        "#LEEG!",
        "#SPILL!",
        "#OVERLOOP!",
        "#CALC!",
        "#BEREKENEN!",
    ];
    // A column that is too narrow shows nothing else.
    let is_narrow = text.len() >= 3 && text.bytes().all(|byte| byte == b'#');
    is_narrow || ERRORS.iter().any(|error| text.eq_ignore_ascii_case(error))
}

/// A rule that a cell runs into, with what fills its sentence in.
pub(crate) type Trouble = (Rule, Vec<String>);

/// A text as it is taken, with what was repaired in it.
///
/// # Errors
/// The rule that it runs into.
pub(crate) fn clean(text: &str) -> Result<(String, Vec<Trouble>), Trouble> {
    let refused = |rule| Err((rule, Vec::new()));
    let mut repairs = Vec::new();
    let mut clean = text.to_owned();
    if let Some(meant) = read_as_windows_1252(&clean) {
        repairs.push((Rule::WrongEncoding, vec![meant.clone()]));
        clean = meant;
    }
    if clean.contains('\u{FFFD}') {
        return refused(Rule::LostCharacter);
    }
    let plain = without_entities(&clean);
    if has_tag(&plain) {
        return refused(Rule::Html);
    }
    if plain != clean {
        clean = normalised(&plain);
        repairs.push((Rule::Entity, vec![clean.clone()]));
    }
    let is_control = |c: char| c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    if clean.contains(is_control) {
        clean = normalised(&clean.replace(is_control, ""));
        repairs.push((Rule::ControlCharacter, Vec::new()));
    }
    if personal_data::is_personal(&clean) {
        return refused(Rule::PersonalData);
    }
    if clean.starts_with(FORMULA_SIGNS) {
        return refused(Rule::FormulaInText);
    }
    clean = as_it_was(&clean);
    if !clean.chars().any(char::is_alphanumeric) {
        return refused(Rule::TextWithoutLetter);
    }
    Ok((clean, repairs))
}

/// What a text says when its UTF-8 was once read as Windows-1252: `CafÃ©` is `Café`.
fn read_as_windows_1252(text: &str) -> Option<String> {
    // The first byte of two or three, as Windows-1252 shows it; without one there is nothing to try.
    if !text.contains(['Ã', 'Â', 'â', 'Å', 'Ä']) {
        return None;
    }
    let (bytes, _, has_unmappable) = WINDOWS_1252.encode(text);
    let meant = String::from_utf8(bytes.into_owned()).ok().filter(|_| !has_unmappable)?;
    (meant != text).then_some(meant)
}

/// Whether there is an opening or closing tag, or a comment, of HTML.
fn has_tag(text: &str) -> bool {
    text.match_indices('<').any(|(at, _)| {
        let behind = &text[at + 1..];
        behind.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'))
    })
}

/// The text with the entities of HTML that people paste written out.
fn without_entities(text: &str) -> String {
    const NAMED: [(&str, char); 16] = [
        ("amp", '&'),
        ("lt", '<'),
        ("gt", '>'),
        ("quot", '"'),
        ("apos", '\''),
        ("nbsp", ' '),
        ("eacute", 'é'),
        ("egrave", 'è'),
        ("ecirc", 'ê'),
        ("euml", 'ë'),
        ("iuml", 'ï'),
        ("ouml", 'ö'),
        ("uuml", 'ü'),
        ("rsquo", '’'),
        ("lsquo", '‘'),
        ("ndash", '–'),
    ];
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        let behind = &rest[at + 1..];
        // Not further than an entity is long: of a text that is all ampersands each would be looked for to the end.
        let end = behind.bytes().take(9).position(|byte| byte == b';');
        let entity = end.map(|end| (&behind[..end], &behind[end + 1..]));
        let decoded = entity.and_then(|(name, after)| {
            let number = name.strip_prefix('#').and_then(|number| match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok(),
                None => number.parse().ok(),
            });
            let named = NAMED.iter().find(|(known, _)| *known == name).map(|(_, c)| *c);
            number.and_then(char::from_u32).or(named).map(|c| (c, after))
        });
        match decoded {
            Some((c, after)) => {
                plain.push(c);
                rest = after;
            }
            None => {
                plain.push('&');
                rest = behind;
            }
        }
    }
    plain.push_str(rest);
    plain
}

/// Yes or no, in the ways that people tick a box.
pub(crate) fn yes_or_no(text: &str) -> Option<bool> {
    if is_dash(text) {
        return Some(false);
    }
    match text.to_lowercase().as_str() {
        "ja" | "j" | "yes" | "y" | "true" | "waar" | "x" | "1" | "v" | "✓" | "✔" | "aanwezig" => Some(true),
        "nee" | "n" | "no" | "false" | "onwaar" | "0" | "neen" | "afwezig" => Some(false),
        _ => None,
    }
}

/// A postcode as `1234 AB`.
pub(crate) fn postcode(text: &str) -> Option<String> {
    let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_uppercase();
    let (digits, letters) = compact.split_at_checked(4)?;
    let is_right = digits.bytes().all(|byte| byte.is_ascii_digit())
        && !digits.starts_with('0')
        && letters.len() == 2
        && letters.bytes().all(|byte| byte.is_ascii_uppercase());
    is_right.then(|| format!("{digits} {letters}"))
}

/// A house number: up to five digits, then a letter and an addition. `27 t/m 29` is `27-29`.
///
/// # Errors
/// [`Rule::HouseNumberAsDate`] when a spreadsheet made a date of `15-11`, [`Rule::SeveralHouseNumbers`] for `12; 14`, else
/// [`Rule::HouseNumberShape`].
pub(crate) fn house_number(text: &str) -> Result<String, Rule> {
    const MONTHS: [&str; 14] =
        ["jan", "feb", "mrt", "mar", "apr", "mei", "may", "jun", "jul", "aug", "sep", "okt", "oct", "nov"];
    let text = range(text);
    let small = text.to_lowercase();
    let is_month = |word: &str| word == "dec" || MONTHS.contains(&word);
    if date(&text).is_some() || small.split(['-', ' ', '/', '.']).any(is_month) {
        return Err(Rule::HouseNumberAsDate);
    }
    let is_one = |text: &str| {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let (_, addition) = text.split_at(digits);
        (1..=5).contains(&digits)
            && !text.starts_with('0')
            && addition.chars().count() <= 12
            && addition.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-' | '/' | '.' | '+'))
    };
    let and = small.replace(" en ", ";");
    let mut several = and.split([';', ',', '&']).map(str::trim);
    if is_one(&text) && !and.contains(';') {
        Ok(text)
    } else if several.clone().count() > 1 && several.all(is_one) {
        Err(Rule::SeveralHouseNumbers)
    } else {
        Err(Rule::HouseNumberShape)
    }
}

/// `27 t/m 29` as `27-29`.
fn range(text: &str) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    match words.as_slice() {
        [from, to, last] if to.eq_ignore_ascii_case("t/m") => format!("{from}-{last}"),
        _ => text.to_owned(),
    }
}

/// An address that is written in one cell.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Split {
    pub(crate) street: Option<String>,
    pub(crate) house_number: Option<String>,
    pub(crate) postcode: Option<String>,
    pub(crate) town: Option<String>,
}

/// `Kerkstraat 1, 7722 AB Dalfsen` in its parts; `None` where it can be read in more ways than one.
///
/// `town` is the one that the row names besides; without it the town has to stand behind a comma or a postcode.
pub(crate) fn split_address(text: &str, town: Option<&str>) -> Option<Split> {
    let signs = [' ', ','];
    let filled = |text: &str| Some(text.trim_matches(signs).to_owned()).filter(|text| !text.is_empty());
    let mut split = Split::default();
    let (street, behind) = match postcode_within(text) {
        Some((before, postcode, behind)) => {
            split.postcode = Some(postcode);
            let before = before.trim_matches(signs);
            match before.is_empty().then(|| number_before(behind, town)).flatten() {
                Some((number, behind)) => {
                    split.house_number = Some(number);
                    ("", behind)
                }
                None => (before, behind),
            }
        }
        None => match text.split_once(',') {
            Some((street, behind)) => (street.trim(), behind),
            // A street without a number is not told from a town.
            None if !text.contains(|c: char| c.is_ascii_digit()) => ("", text),
            None => (without_town(text, town), ""),
        },
    };
    split.town = filled(behind);
    // What is left may hold neither another part nor digits, or it is something else.
    if split.town.as_deref().is_some_and(|town| town.contains(',') || town.chars().any(|c| c.is_ascii_digit())) {
        return None;
    }
    if street.is_empty() {
        return Some(split);
    }
    if street.contains(',') {
        return None;
    }
    if !street.chars().any(|c| c.is_ascii_digit()) {
        split.street = Some(street.to_owned());
        return Some(split);
    }
    let (name, number) = street_and_number(street)?;
    (split.street, split.house_number) = (Some(name), Some(number));
    Some(split)
}

/// What stands before and behind a postcode, and the postcode.
///
/// `Plein 1945 te Enschede` has none: with a space in it its letters are capitals, or it stands at the beginning or behind a
/// comma.
fn postcode_within(text: &str) -> Option<(&str, String, &str)> {
    let starts = text.char_indices().filter(|(at, c)| {
        let before = text[..*at].chars().next_back();
        c.is_ascii_digit() && before.is_none_or(|before| matches!(before, ' ' | ','))
    });
    starts.into_iter().find_map(|(at, _)| {
        let rest = &text[at..];
        let is_first = text[..at].trim_end().is_empty() || text[..at].trim_end().ends_with(',');
        let letters = rest.get(4..)?.trim_start_matches(' ');
        let has_space = letters.len() + 4 < rest.len();
        let end = rest.len() - letters.len() + 2;
        let (code, behind) = rest.split_at_checked(end)?;
        let is_capital = letters.get(..2)?.bytes().all(|letter| letter.is_ascii_uppercase());
        let is_whole = behind.is_empty() || behind.starts_with([' ', ',']);
        let postcode = postcode(code).filter(|_| is_whole && (is_first || is_capital || !has_space))?;
        Some((&text[..at], postcode, behind))
    })
}

/// The number with which `7545 TP 27, Enschede` goes on, and what follows it.
fn number_before<'a>(behind: &'a str, town: Option<&str>) -> Option<(String, &'a str)> {
    let (number, rest) = behind.trim_start_matches([' ', ',']).split_once(',').unwrap_or((behind.trim(), ""));
    let number = without_town(number.trim(), town);
    is_number_of_house(number).then(|| house_number(number).ok()).flatten().map(|number| (number, rest))
}

/// A text without the town that it ends in.
fn without_town<'a>(text: &'a str, town: Option<&str>) -> &'a str {
    let Some(town) = town.filter(|town| !town.is_empty()) else { return text };
    let start = text.len().checked_sub(town.len()).and_then(|at| text.split_at_checked(at));
    match start {
        Some((before, last)) if last.to_lowercase() == town.to_lowercase() && before.ends_with(' ') => {
            before.trim_end()
        }
        _ => text,
    }
}

/// `Kerkstraat 1a` as street and number; `None` where it is not sure where the number begins.
fn street_and_number(text: &str) -> Option<(String, String)> {
    let is_year = |number: &str| number.parse::<u32>().is_ok_and(|number| (1800..2100).contains(&number));
    let starts = text.match_indices(' ').filter(|(at, _)| text[at + 1..].starts_with(|c: char| c.is_ascii_digit()));
    let (at, _) = starts.into_iter().find(|(at, _)| is_number_of_house(&text[at + 1..]))?;
    let (street, number) = (&text[..at], &text[at + 1..]);
    // Plein 1940 has no number, Plein 1940 12 and Plein 1940-1945 12 have one: a year may be part of the name. Any other number
    // there is one too many.
    let numbers = street.split(' ').skip(1).filter(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    let is_of_name = numbers.into_iter().all(|word| word.ends_with('e') || word.split(['-', '/']).all(is_year));
    if !is_of_name || number.split(['-', '/']).all(is_year) {
        return None;
    }
    Some((street.to_owned(), house_number(number).ok()?))
}

/// Whether a text is nothing but a house number, as far as a street or town behind it could be told from an addition: a
/// letter, one of the words that number dwellings, or digits behind a sign.
fn is_number_of_house(text: &str) -> bool {
    const ADDITIONS: [&str; 6] = ["bis", "hs", "zw", "rd", "rood", "zwart"];
    let text = range(text);
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=5).contains(&digits) {
        return false;
    }
    let mut rest = &text[digits..];
    while let Some(first) = rest.chars().next() {
        let is_sign = matches!(first, ' ' | '-' | '/' | '.');
        let token = if is_sign { &rest[1..] } else { rest };
        let letters = token.bytes().take_while(u8::is_ascii_alphabetic).count();
        let digits = token.bytes().take_while(u8::is_ascii_digit).count();
        let is_addition = letters == 1 || ADDITIONS.contains(&token[..letters].to_lowercase().as_str());
        rest = match (letters, digits) {
            (1.., _) if is_addition => &token[letters..],
            (0, 1..=5) if first != ' ' => &token[digits..],
            _ => return false,
        };
    }
    true
}

/// A whole number as a program writes it that takes it for a decimal, `12.0` or `12,0`: `12`.
pub(crate) fn without_decimal_nought(text: &str) -> Option<&str> {
    let whole = text.strip_suffix(".0").or_else(|| text.strip_suffix(",0"))?;
    let is_whole = !whole.is_empty() && whole.bytes().all(|byte| byte.is_ascii_digit());
    is_whole.then_some(whole)
}

/// A number with a decimal comma or a decimal point. In metres (`is_metres`) `203.000` is two hundred thousand.
pub(crate) fn number(text: &str, is_metres: bool) -> Option<f64> {
    let compact: String = text.chars().filter(|c| !matches!(c, ' ' | '\'')).collect();
    if !compact.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '+' | 'e' | 'E')) {
        return None;
    }
    let separators: Vec<(usize, char)> = compact.char_indices().filter(|(_, c)| matches!(c, '.' | ',')).collect();
    let plain = match separators.as_slice() {
        [] => compact,
        [(at, separator)] => {
            let is_thousands = is_metres && compact.len() - at == 4 && (1..=3).contains(at);
            if is_thousands { compact.replace(*separator, "") } else { compact.replace(',', ".") }
        }
        [.., (at, last)] => {
            let others = separators.iter().filter(|(_, c)| c == last).count();
            if others > 1 {
                // 6.875.486: one sign for thousands, and no decimals.
                compact.replace(['.', ','], "")
            } else {
                format!("{}.{}", compact[..*at].replace(['.', ','], ""), &compact[at + 1..])
            }
        }
    };
    plain.parse::<f64>().ok().filter(|number| number.is_finite())
}

/// A pair as a sentence shows it.
pub(crate) fn pair(first: f64, second: f64) -> String {
    format!("{first}; {second}")
}

/// A point of longitude and latitude as they stand in their columns, and the repair it took.
///
/// # Errors
/// The rule that they run into.
pub(crate) fn degrees(lon: f64, lat: f64) -> Result<(Wgs84, Option<Rule>), Rule> {
    if lon == 0.0 && lat == 0.0 {
        return Err(Rule::NullIsland);
    }
    if let Ok(point) = Wgs84::checked(lon, lat) {
        return Ok((point, None));
    }
    if let Ok(point) = Wgs84::checked(lat, lon) {
        return Ok((point, Some(Rule::CoordinatesSwapped)));
    }
    // Before RD: what lost its point has a longitude that begins with 5 to 7, where RD of Overijssel begins with 1 or 2.
    if let Ok(point) = Wgs84::checked(pointed(lon, 10.0), pointed(lat, 100.0)) {
        return Ok((point, Some(Rule::DecimalPointLost)));
    }
    let rd = Rd::checked(lon, lat).or_else(|_| Rd::checked(lat, lon));
    rd.map(|rd| (rounded(rd.to_wgs84()), Some(Rule::RdInDegrees))).map_err(|_| Rule::OutsideNetherlands)
}

/// A point of x and y as they stand in their columns, and the repair it took.
///
/// # Errors
/// The rule that they run into.
pub(crate) fn metres(x: f64, y: f64) -> Result<(Wgs84, Option<Rule>), Rule> {
    if x == 0.0 && y == 0.0 {
        return Err(Rule::NullIsland);
    }
    if let Ok(rd) = Rd::checked(x, y) {
        return Ok((rounded(rd.to_wgs84()), None));
    }
    if let Ok(rd) = Rd::checked(y, x) {
        return Ok((rounded(rd.to_wgs84()), Some(Rule::CoordinatesSwapped)));
    }
    let degrees = Wgs84::checked(x, y).or_else(|_| Wgs84::checked(y, x));
    degrees.map(|point| (point, Some(Rule::DegreesInRd))).map_err(|_| Rule::OutsideNetherlands)
}

/// The number with its point before the digits that go beyond `below`: 6875486 is 6.875486.
fn pointed(number: f64, below: f64) -> f64 {
    let digits = number.to_string();
    if number < 1_000.0 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return number;
    }
    let whole = if below > 10.0 { 2 } else { 1 };
    // By text, so that no digit changes.
    format!("{}.{}", &digits[..whole], &digits[whole..]).parse().unwrap_or(number)
}

/// To a hundredth of a metre: more digits than RD knows would only look precise.
fn rounded(point: Wgs84) -> Wgs84 {
    let round = |degrees: f64| (degrees * 1e7).round() / 1e7;
    Wgs84 { lon: round(point.lon), lat: round(point.lat) }
}

/// The day of a moment: what stands before `T` and a time, or before a word with a colon in it.
fn without_time(text: &str) -> &str {
    let is_digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
    let bytes = text.as_bytes();
    let mark =
        (1..bytes.len()).find(|&at| bytes[at] == b'T' && is_digit(bytes.get(at - 1)) && is_digit(bytes.get(at + 1)));
    let text = &text[..mark.unwrap_or(text.len())];
    let colon = text.find(':').unwrap_or(text.len());
    match text[..colon].rsplit_once(' ') {
        Some((day, _)) if colon < text.len() => day,
        _ => text,
    }
}

/// A date: `2026-03-15`, `15-3-2026`, `15/03/2026`, `15 maart 2026`, each with or without a time behind it.
pub(crate) fn date(text: &str) -> Option<NaiveDate> {
    const MONTHS: [(&str, &str); 12] = [
        ("jan", "januari"),
        ("feb", "februari"),
        ("mrt", "maart"),
        ("apr", "april"),
        ("mei", "mei"),
        ("jun", "juni"),
        ("jul", "juli"),
        ("aug", "augustus"),
        ("sep", "september"),
        ("okt", "oktober"),
        ("nov", "november"),
        ("dec", "december"),
    ];
    let text = without_time(text);
    let parts: Vec<&str> = text.split(['-', '/', '.', ' ']).filter(|part| !part.is_empty()).collect();
    let [first, month, last] = parts.as_slice() else { return None };
    let month = match month.parse::<u32>() {
        Ok(month) if month_is_short(parts[1]) => month,
        _ => {
            let small = month.to_lowercase();
            let index = MONTHS.iter().position(|(short, long)| small == *short || small == *long)?;
            u32::try_from(index).ok()? + 1
        }
    };
    let is_year = |part: &str| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_digit());
    let (year, day) = match (is_year(first), is_year(last)) {
        (true, false) => (first, last),
        (false, true) => (last, first),
        _ => return None,
    };
    let day = Some(day).filter(|day| month_is_short(day))?;
    NaiveDate::from_ymd_opt(year.parse().ok()?, month, day.parse().ok()?)
}

fn month_is_short(part: &str) -> bool {
    (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
}

/// A year from 1200 to ten years from now.
pub(crate) fn year(text: &str, today: NaiveDate) -> Option<i32> {
    let is_shaped = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    let year = text.parse().ok().filter(|_| is_shaped)?;
    (1200..=last_year(today)).contains(&year).then_some(year)
}

/// The last year of foundation that is believed.
pub(crate) fn last_year(today: NaiveDate) -> i32 {
    today.year() + 10
}

/// The address of a page that may be shown, and whether `https://` was put before it.
///
/// # Errors
/// It is no address on the web, holds a mail address or telephone number, or is the profile of a person.
pub(crate) fn page(text: &str) -> Result<(String, bool), Rule> {
    if personal_data::has_mail_address(text) || personal_data::is_personal(text) {
        return Err(Rule::PersonalData);
    }
    if personal_data::is_profile(text) {
        return Err(Rule::PersonNamed);
    }
    website(text).ok_or(Rule::WebsiteShape)
}

/// An address on the web, and whether `https://` was put before it; `None`: it is none.
///
/// Only `http` and `https`, so that nothing that runs in a browser gets behind a link.
pub(crate) fn website(text: &str) -> Option<(String, bool)> {
    let small = text.to_lowercase();
    let scheme = ["https://", "http://"].into_iter().find(|scheme| small.starts_with(scheme));
    let rest = &text[scheme.map_or(0, str::len)..];
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    let (host, port) = match authority.split_once(':') {
        Some((host, port)) => (host, Some(port)),
        None => (authority, None),
    };
    let labels: Vec<&str> = host.split('.').collect();
    let is_label = |label: &&str| {
        !label.is_empty()
            && label.len() <= 63
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let last_is_name =
        labels.last().is_some_and(|last| last.chars().count() >= 2 && last.chars().all(char::is_alphabetic));
    let is_right = labels.len() >= 2
        && labels.iter().all(is_label)
        && last_is_name
        && port.is_none_or(|port| port.parse::<u16>().is_ok())
        && !path.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"`{}|\\^".contains(c))
        && text.chars().count() <= 500;
    if !is_right {
        return None;
    }
    Some(match scheme {
        // The scheme in small letters, the rest as it is.
        Some(scheme) => (format!("{scheme}{rest}"), false),
        None => (format!("https://{rest}"), true),
    })
}

#[cfg(test)]
mod tests;
