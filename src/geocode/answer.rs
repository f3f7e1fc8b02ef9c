//! What PDOK Locatieserver answers: read strictly, so that nonsense is told from nothing found.

use serde::{Deserialize, Deserializer, Serialize, de::Error as _};
use serde_json::value::RawValue;

use super::query::{HouseNumber, postcode};
use crate::{
    model::MunicipalityCode,
    spatial::{Rd, Wgs84},
};

/// Both points of a document name one spot; ours is converted within 0.25 m.
const SAME_SPOT_M: f64 = 5.0;

/// What kind of thing a document is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `adres`
    Address,
    /// `weg`
    Street,
    /// `postcode`
    Postcode,
    /// `woonplaats`
    Settlement,
}

/// One thing that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// What kind of thing it is.
    pub kind: Kind,
    /// How the service shows it.
    pub shown: String,
    /// How relevant it is within this answer; no probability.
    pub score: Option<f64>,
    /// Its municipality.
    pub municipality: Option<MunicipalityCode>,
    /// Its street.
    pub street: Option<String>,
    /// Its street, shortened.
    pub short_street: Option<String>,
    /// Its house number.
    pub number: Option<HouseNumber>,
    /// Its postcode, `1234AB`.
    pub postcode: Option<String>,
    /// Its woonplaats.
    pub settlement: Option<String>,
    /// Where it is.
    pub at: Wgs84,
    /// How far it reaches from there, metres, where its geometry was given.
    pub reach_m: Option<f64>,
    /// BAG id of the nummeraanduiding.
    pub nummeraanduiding: Option<String>,
    /// BAG id of the object that has the address.
    pub adresseerbaar_object: Option<String>,
}

/// Why an answer cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unusable {
    /// It is not what the service is documented to answer.
    #[error("the answer is no answer of PDOK Locatieserver: {0}")]
    Nonsense(String),
    /// The service refused the question.
    #[error("PDOK Locatieserver refuses the question: {0}")]
    Refused(String),
}

/// An answer, as far as it is read and kept.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    response: Response,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Response {
    // Absent or null where nothing was found, in some versions.
    #[serde(default, deserialize_with = "readable")]
    docs: Option<Vec<RawDocument>>,
}

#[derive(Deserialize)]
struct Refusal {
    error: RefusalBody,
}

#[derive(Deserialize)]
struct RefusalBody {
    #[serde(default)]
    msg: String,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct RawDocument {
    #[serde(rename = "type")]
    kind: String,
    weergavenaam: String,
    score: Option<f64>,
    gemeentecode: Option<String>,
    straatnaam: Option<String>,
    straatnaam_verkort: Option<String>,
    huisnummer: Option<Number>,
    huisletter: Option<String>,
    huisnummertoevoeging: Option<String>,
    huis_nlt: Option<String>,
    postcode: Option<String>,
    woonplaatsnaam: Option<String>,
    nummeraanduiding_id: Option<String>,
    adresseerbaarobject_id: Option<String>,
    centroide_ll: Option<String>,
    centroide_rd: Option<String>,
    geometrie_ll: Option<String>,
}

/// The documents without the odd ones among them, which spoil nothing of the others; where all are odd it is the answer that is.
fn readable<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Vec<RawDocument>>, D::Error> {
    let Some(documents) = Option::<Vec<serde_json::Value>>::deserialize(deserializer)? else { return Ok(None) };
    let mut read = Vec::with_capacity(documents.len());
    let mut odd = None;
    for document in documents {
        match serde_json::from_value(document) {
            Ok(document) => read.push(document),
            Err(cause) => odd = Some(cause),
        }
    }
    match odd {
        Some(cause) if read.is_empty() => Err(D::Error::custom(cause)),
        _ => Ok(Some(read)),
    }
}

/// A number that some versions write as text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
enum Number {
    Number(u32),
    Text(String),
}

impl Answer {
    /// Reads the body of an answer.
    ///
    /// # Errors
    /// [`Unusable`] with what is wrong with it.
    pub fn parse(body: &[u8]) -> Result<Self, Unusable> {
        if let Ok(Refusal { error }) = serde_json::from_slice(body) {
            return Err(Unusable::Refused(shortened(&error.msg)));
        }
        serde_json::from_slice(body).map_err(|cause| {
            let is_json = serde_json::from_slice::<&RawValue>(body).is_ok();
            let what = if is_json { "JSON of another kind" } else { "no JSON" };
            Unusable::Nonsense(format!("{what} ({cause})"))
        })
    }

    /// The answer as it is kept, which [`Answer::parse`] reads.
    pub fn kept(&self) -> String {
        // Plain text, numbers and lists: there is nothing in it that cannot be written.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// What was found, in the order of the service; without what is of another kind or has no point that can be.
    pub fn documents(&self) -> Vec<Document> {
        self.response.docs.iter().flatten().filter_map(RawDocument::read).collect()
    }
}

impl RawDocument {
    fn read(&self) -> Option<Document> {
        let kind = match self.kind.as_str() {
            "adres" => Kind::Address,
            "weg" => Kind::Street,
            "postcode" => Kind::Postcode,
            "woonplaats" => Kind::Settlement,
            _ => return None,
        };
        let at = self.point()?;
        let text = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
        Some(Document {
            kind,
            shown: self.weergavenaam.clone(),
            score: self.score,
            municipality: self.gemeentecode.as_ref().and_then(|code| format!("GM{code}").parse().ok()),
            street: text(&self.straatnaam),
            short_street: text(&self.straatnaam_verkort),
            number: self.number(),
            postcode: self.postcode.as_deref().and_then(postcode),
            settlement: text(&self.woonplaatsnaam),
            at,
            reach_m: self.geometrie_ll.as_deref().and_then(vertices).map(|vertices| {
                let from = at.to_rd();
                vertices.iter().map(|vertex| vertex.to_rd().distance_m(from)).fold(0.0, f64::max)
            }),
            nummeraanduiding: self.nummeraanduiding_id.clone().filter(|id| is_bag_id(id)),
            adresseerbaar_object: self.adresseerbaarobject_id.clone().filter(|id| is_bag_id(id)),
        })
    }

    fn number(&self) -> Option<HouseNumber> {
        let number = match &self.huisnummer {
            Some(Number::Number(number)) => Some(*number),
            Some(Number::Text(text)) => text.trim().parse().ok(),
            None => None,
        };
        let Some(number) = number else { return self.huis_nlt.as_deref().and_then(HouseNumber::parse) };
        let part = |part: &Option<String>| part.clone().unwrap_or_default();
        Some(HouseNumber::new(number, &(part(&self.huisletter) + &part(&self.huisnummertoevoeging))))
    }

    /// The point, by degrees or, where those are absent, by metres. Where both are given they have to agree.
    fn point(&self) -> Option<Wgs84> {
        let rd = self.centroide_rd.as_deref().map(|text| {
            let (x, y) = point(text)?;
            Rd::checked(x, y).ok()
        });
        match (&self.centroide_ll, rd) {
            (Some(degrees), rd) => {
                let (lon, lat) = point(degrees)?;
                let at = Wgs84::checked(lon, lat).ok()?;
                let agrees = |rd: Option<Rd>| rd.is_some_and(|rd| rd.distance_m(at.to_rd()) <= SAME_SPOT_M);
                rd.is_none_or(agrees).then_some(at)
            }
            (None, rd) => Some(rd??.to_wgs84()),
        }
    }
}

/// `POINT(first second)`, and nothing else: two finite numbers in digits.
fn point(text: &str) -> Option<(f64, f64)> {
    let inner = text.strip_prefix("POINT")?.trim_start().strip_prefix('(')?.strip_suffix(')')?;
    let mut numbers = inner.split_whitespace().map(number);
    match (numbers.next(), numbers.next(), numbers.next()) {
        (Some(first), Some(second), None) => Some((first?, second?)),
        _ => None,
    }
}

/// The vertices of a geometry in WKT, whatever its kind; `None` where one of them cannot be.
fn vertices(text: &str) -> Option<Vec<Wgs84>> {
    let (_, inner) = text.split_once('(')?;
    let pairs = inner.split([',', '(', ')']).map(str::trim).filter(|pair| !pair.is_empty());
    let vertices: Option<Vec<Wgs84>> = pairs
        .map(|pair| {
            let (lon, lat) = pair.split_once(' ')?;
            Wgs84::checked(number(lon)?, number(lat.trim())?).ok()
        })
        .collect();
    vertices.filter(|vertices| !vertices.is_empty())
}

/// Rust reads `NaN`, `inf` and `1e5` as numbers; WKT of the service has none of them.
fn number(text: &str) -> Option<f64> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.' || byte == b'-');
    plain.then(|| text.parse().ok()).flatten()
}

fn is_bag_id(text: &str) -> bool {
    text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// What others wrote, short enough for a message.
pub(super) fn shortened(text: &str) -> String {
    let text: String = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    let text = text.trim();
    if text.chars().count() <= 160 { text.to_owned() } else { text.chars().take(160).chain(['…']).collect() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn document(fields: &str) -> Vec<Document> {
        let body = format!(r#"{{"response":{{"numFound":1,"maxScore":null,"docs":[{{"type":"adres",{fields}}}]}}}}"#);
        Answer::parse(body.as_bytes()).unwrap().documents()
    }

    #[test]
    fn a_point_is_read_strictly_longitude_first() {
        for (fields, expected) in [
            (r#""centroide_ll":"POINT(6.5 52.5)""#, true),
            (r#""centroide_ll":"POINT (6.5 52.5)""#, true),
            (r#""centroide_ll":"POINT(52.5 6.5)""#, false),
            (r#""centroide_ll":"POINT(NaN NaN)""#, false),
            (r#""centroide_ll":"POINT(6.5 inf)""#, false),
            (r#""centroide_ll":"POINT(6,5 52,5)""#, false),
            (r#""centroide_ll":"POINT(6.5 52.5 0)""#, false),
            (r#""centroide_ll":"POINT(6.5)""#, false),
            (r#""centroide_ll":"MULTIPOINT(6.5 52.5)""#, false),
            (r#""centroide_ll":"POINT(212000 500000)""#, false),
            (r#""centroide_ll":"""#, false),
            (r#""centroide_rd":"POINT(212000 500000)""#, true),
            (r#""centroide_rd":"POINT(500000 212000)""#, false),
            (r#""centroide_rd":"POINT(6.5 52.5)""#, false),
            // The two are kilometres apart.
            (r#""centroide_ll":"POINT(6.5 52.5)","centroide_rd":"POINT(212000 500000)""#, false),
            (r#""huisnummer":1"#, false),
        ] {
            assert_eq!(document(fields).len(), usize::from(expected), "{fields}");
        }
    }

    #[test]
    fn nothing_found_is_told_from_nonsense_and_from_a_refusal() {
        for body in [
            r#"{"response":{"numFound":0,"start":0,"maxScore":null,"numFoundExact":true,"docs":[]}}"#,
            r#"{"response":{"numFound":0,"start":0,"maxScore":0.0}}"#,
        ] {
            assert_eq!(Answer::parse(body.as_bytes()).unwrap().documents(), [], "{body}");
        }
        for body in ["", "<!doctype html><title>502</title>", r#"{"response":{"docs":[{"type":"ad"#, "{}", "[]", "null"]
        {
            assert!(matches!(Answer::parse(body.as_bytes()), Err(Unusable::Nonsense(_))), "{body}");
        }
        let refusal = br#"{"error":{"metadata":["error-class","x"],"msg":"query parameter 'a' not defined in the specifications","code":400}}"#;
        assert_eq!(
            Answer::parse(refusal),
            Err(Unusable::Refused("query parameter 'a' not defined in the specifications".to_owned()))
        );
    }

    #[test]
    fn an_odd_document_is_passed_over_and_the_others_are_read() {
        let right = r#"{"type":"adres","weergavenaam":"Laan 16","score":9.25,"gemeentecode":"0148","huisnummer":16,
            "centroide_ll":"POINT(6.5 52.5)"}"#;
        let answer = |documents: &str| {
            let body = format!(r#"{{"response":{{"numFound":2,"docs":[{documents}]}}}}"#);
            Answer::parse(body.as_bytes())
        };
        for odd in [
            r#"{"type":"adres","weergavenaam":null,"huisnummer":14,"centroide_ll":"POINT(6.4 52.5)"}"#,
            r#"{"type":"adres","score":"9.25"}"#,
            r#"{"type":"adres","gemeentecode":177}"#,
            r#"{"type":"adres","huisnummer":12.0}"#,
            r#"{"type":["adres"]}"#,
            "null",
            r#""adres""#,
            "17",
        ] {
            for both in [format!("{odd},{right}"), format!("{right},{odd}")] {
                let answer = answer(&both).unwrap();
                let [document] = &answer.documents()[..] else { panic!("{odd}") };
                assert_eq!(
                    (document.shown.as_str(), &document.number),
                    ("Laan 16", &HouseNumber::parse("16")),
                    "{odd}"
                );
                assert_eq!(Answer::parse(answer.kept().as_bytes()).unwrap(), answer, "{odd}");
            }
            // Nothing found it is not: nobody can tell what was.
            assert!(matches!(answer(odd), Err(Unusable::Nonsense(_))), "{odd}");
        }
    }

    #[test]
    fn what_is_kept_reads_as_what_came() {
        let body = r#"{"response":{"numFound":1,"docs":[{"type":"adres","weergavenaam":"Laan 1A-2","score":7.25,
            "huisnummer":1,"huisletter":"A","huisnummertoevoeging":"2","centroide_ll":"POINT(6.5 52.5)",
            "nummeraanduiding_id":"0148200000000001","adresseerbaarobject_id":"17"}]}}"#;
        let answer = Answer::parse(body.as_bytes()).unwrap();
        assert_eq!(Answer::parse(answer.kept().as_bytes()).unwrap(), answer);
        let [document] = &answer.documents()[..] else { panic!("one") };
        assert_eq!(document.number, HouseNumber::parse("1 a-2"));
        assert_eq!(document.nummeraanduiding.as_deref(), Some("0148200000000001"));
        assert_eq!(document.adresseerbaar_object, None, "no id of the BAG");
    }

    #[test]
    fn a_geometry_tells_how_far_a_street_reaches() {
        let body = r#"{"response":{"docs":[{"type":"weg","centroide_ll":"POINT(6.5 52.5)",
            "geometrie_ll":"MULTILINESTRING((6.499 52.5,6.5 52.5),(6.5 52.5, 6.502 52.5))"}]}}"#;
        let [street] = &Answer::parse(body.as_bytes()).unwrap().documents()[..] else { panic!("one") };
        // 0.002 degrees of longitude at 52.5° north.
        assert!(street.reach_m.is_some_and(|reach| (reach - 135.8).abs() < 1.0), "{:?}", street.reach_m);
    }

    proptest! {
        #[test]
        fn no_text_is_a_panic(body in ".{0,200}", point_text in "POINT\\(.{0,20}\\)") {
            let _ = Answer::parse(body.as_bytes());
            let _ = (point(&point_text), vertices(&point_text));
        }
    }
}
