//! An address as questions to PDOK Locatieserver.
//!
//! Only parameters that its specification knows: any other is refused. The question as it is sent is also the key under
//! which its answer is kept, so that it is asked once.

use super::wanted::Wanted;
use crate::search::fold;

/// What is read of a document; the service sends no more than is asked for.
const FIELDS: &str = "id,type,weergavenaam,score,gemeentecode,straatnaam,straatnaam_verkort,huisnummer,huisletter,\
                      huisnummertoevoeging,huis_nlt,postcode,woonplaatsnaam,nummeraanduiding_id,\
                      adresseerbaarobject_id,centroide_ll,centroide_rd,geometrie_ll";

/// So many documents: all additions of a house number, and a street in the villages that have one of its name.
const ROWS: &str = "25";

/// One question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The search text.
    pub q: String,
    /// What kind of thing is looked for.
    pub fq: &'static str,
}

impl Question {
    /// The parameters, in the one order in which they are sent.
    pub fn parameters(&self) -> [(&'static str, &str); 4] {
        [("q", &self.q), ("fq", self.fq), ("fl", FIELDS), ("rows", ROWS)]
    }

    /// The key under which the answer is kept.
    pub fn key(&self) -> String {
        format!("free q={} fq={}", self.q, self.fq)
    }
}

/// What to ask about a place, the surest question first; the next is only asked where the one before gave no address.
///
/// By postcode and number, then by street and number, then for what is coarser: postcode, or the village where nothing
/// else is known and the place stands nowhere yet.
pub fn questions(wanted: &Wanted) -> Vec<Question> {
    let mut questions = Vec::new();
    let address = wanted.address.as_ref();
    let street = address.and_then(|address| address.street.as_deref()).map(plain).filter(|street| !street.is_empty());
    let number = address.and_then(|address| address.house_number.as_deref()).and_then(HouseNumber::parse);
    let postcode = address.and_then(|address| address.postcode.as_deref()).and_then(postcode);
    if let (Some(postcode), Some(number)) = (&postcode, &number) {
        // Not the addition: how it is written differs, and without it all of them come.
        questions
            .push(Question { q: format!("postcode:{postcode} and huisnummer:{}", number.number), fq: "type:adres" });
    }
    let settlement = plain(&wanted.settlement);
    if let Some(street) = street {
        let number = number.map(|number| format!(" {}", number.written())).unwrap_or_default();
        let fq = if number.is_empty() { "type:weg" } else { "type:(adres OR weg)" };
        questions.push(Question { q: format!("{street}{number} {settlement}"), fq });
    }
    if let Some(postcode) = postcode {
        questions.push(Question { q: format!("postcode:{postcode}"), fq: "type:postcode" });
    }
    if questions.is_empty() && wanted.location.is_none() && !settlement.is_empty() {
        questions.push(Question { q: settlement, fq: "type:woonplaats" });
    }
    questions
}

/// The address in the one form in which it is compared: another one is a new question, another spelling is not.
pub fn fingerprint(wanted: &Wanted) -> String {
    let address = wanted.address.as_ref();
    let folded = |text: Option<&String>| text.map(|text| fold(text)).unwrap_or_default();
    let number = address.and_then(|address| address.house_number.as_deref());
    let number = number.map(|text| HouseNumber::parse(text).map_or_else(|| fold(text), |number| number.written()));
    [
        folded(address.and_then(|address| address.street.as_ref())),
        number.unwrap_or_default(),
        address.and_then(|address| address.postcode.as_deref()).and_then(postcode).unwrap_or_default(),
        fold(&wanted.settlement),
        wanted.municipality.to_string(),
    ]
    .join("|")
}

/// A house number, taken apart, so that `18 a`, `18A` and `18-a` are the same, and `18-1` and `181` are not.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct HouseNumber {
    /// The number.
    pub number: u32,
    /// Letter and addition: letters in lower case and digits.
    pub addition: String,
}

impl HouseNumber {
    /// Reads `12`, `12a`, `12 A-2`; `None` where no number comes first.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let digits = text.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(text.len());
        let number = text[..digits].parse().ok().filter(|number| *number > 0)?;
        Some(Self::new(number, &text[digits..]))
    }

    /// A number with what comes after it.
    pub fn new(number: u32, addition: &str) -> Self {
        let addition =
            addition.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        Self { number, addition }
    }

    fn written(&self) -> String {
        let separator = if self.addition.starts_with(|first: char| first.is_ascii_digit()) { "-" } else { "" };
        format!("{}{separator}{}", self.number, self.addition)
    }
}

/// A postcode as the service writes it, `1234AB`.
pub fn postcode(text: &str) -> Option<String> {
    let code: String = text.chars().filter(|letter| !letter.is_whitespace()).flat_map(char::to_uppercase).collect();
    let right = code.len() == 6
        && code.bytes().take(4).all(|byte| byte.is_ascii_digit())
        && code.bytes().skip(4).all(|byte| byte.is_ascii_uppercase());
    right.then_some(code)
}

/// Words without what has a meaning of its own in a search: `:`, `(`, `*`, a hyphen before a word.
fn plain(text: &str) -> String {
    let kept = |letter: char| if letter.is_alphanumeric() || "'’.-".contains(letter) { letter } else { ' ' };
    let text: String = text.chars().map(kept).collect();
    let words = text.split_whitespace().map(|word| word.trim_matches('-')).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ").replace('’', "'")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Address, Authority};

    fn wanted(street: &str, number: &str, postcode: &str) -> Wanted {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let address = Address { street: some(street), house_number: some(number), postcode: some(postcode) };
        Wanted {
            place: "x".to_owned(),
            municipality: "GM0148".parse().unwrap(),
            settlement: "Nieuwleusen".to_owned(),
            neighbourhood: None,
            address: (street.len() + number.len() + postcode.len() > 0).then_some(address),
            location: None,
            authority: Authority::Web,
        }
    }

    #[test]
    fn the_surest_question_comes_first() {
        for (street, number, code, expected) in [
            (
                "Kon. Julianalaan",
                "10 b",
                "7711 kl",
                vec![
                    "free q=postcode:7711KL and huisnummer:10 fq=type:adres",
                    "free q=Kon. Julianalaan 10b Nieuwleusen fq=type:(adres OR weg)",
                    "free q=postcode:7711KL fq=type:postcode",
                ],
            ),
            ("'t Weegel", "15-11", "", vec!["free q='t Weegel 15-11 Nieuwleusen fq=type:(adres OR weg)"]),
            ("Burg.weg (oost): *", "", "", vec!["free q=Burg.weg oost Nieuwleusen fq=type:weg"]),
            ("", "", "7711KL", vec!["free q=postcode:7711KL fq=type:postcode"]),
            ("", "", "", vec!["free q=Nieuwleusen fq=type:woonplaats"]),
        ] {
            let asked: Vec<String> = questions(&wanted(street, number, code)).iter().map(Question::key).collect();
            assert_eq!(asked, expected);
        }
    }

    #[test]
    fn a_house_number_is_the_same_however_its_addition_is_written() {
        let parse = |text| HouseNumber::parse(text).unwrap();
        assert_eq!(parse("18 A"), parse("18a"));
        assert_eq!(parse("18-a 2"), parse("18A2"));
        assert_ne!(parse("18-1"), parse("181"));
        for none in ["", "a", "0", "99999999999"] {
            assert_eq!(HouseNumber::parse(none), None, "{none}");
        }
    }

    #[test]
    fn another_spelling_is_the_same_question_and_another_number_is_not() {
        let one = fingerprint(&wanted("Kerkstraat", "1a", "7711 KL"));
        assert_eq!(one, fingerprint(&wanted("KERKSTRAAT", "1 A", "7711kl")));
        assert_ne!(one, fingerprint(&wanted("Kerkstraat", "2", "7711 KL")));
    }
}
