//! Whether something that was found is what was looked for.
//!
//! Never by its score: the service answers with what resembles the question, and `Kerkstraat 1` exists in every village.

use std::fmt;

use super::{
    answer::{Document, Kind},
    query::{HouseNumber, postcode},
    wanted::Wanted,
};
use crate::{
    claims::plausibility::{Surroundings, Suspicion},
    model::{Location, vocabulary::LocationPrecision},
    search::fold,
};

/// How far a street reaches from its middle where its geometry is not given: few are longer than two kilometres.
const STREET_M: f64 = 1_000.0;

/// How far a postcode reaches where its geometry is not given: one side of a street, some twenty addresses.
const POSTCODE_M: f64 = 500.0;

/// Two points of one address farther apart than this are two buildings.
const ONE_BUILDING_M: f64 = 100.0;

/// What was found for a place.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// It is that.
    Accepted(Hit),
    /// It may be that, and a person has to say.
    Doubtful(Hit, Doubt),
    /// Nothing that is of use.
    Nothing,
}

/// Something found, with what is kept of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Where it is, and how precisely.
    pub location: Location,
    /// What it is called by who found it.
    pub matched: String,
    /// How well it matched by the measure of who found it.
    pub score: Option<f64>,
    /// Id of the source that knows the point; `None`: the service that was asked.
    pub source: Option<String>,
    /// BAG id of the nummeraanduiding.
    pub nummeraanduiding: Option<String>,
    /// BAG id of the object that has the address.
    pub adresseerbaar_object: Option<String>,
}

/// Why a person has to say whether a place is there.
#[derive(Clone, Debug, PartialEq)]
pub enum Doubt {
    /// The number is there with another addition only.
    Number,
    /// The street and number are those of another village.
    Settlement(String),
    /// It lies in another municipality, or in none that is told.
    Municipality,
    /// The point cannot be that of the place.
    Astray(Suspicion),
    /// There are two of it, so many metres apart.
    Twice(f64),
}

impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number => f.write_str("the house number is there with another letter or addition only"),
            Self::Settlement(there) => write!(f, "the street and number are those of {there}"),
            Self::Municipality => f.write_str("it lies in another municipality"),
            Self::Astray(Suspicion::OutsideMunicipality(Some(there))) => write!(f, "the point lies in {there}"),
            Self::Astray(Suspicion::OutsideMunicipality(None)) => f.write_str("the point lies outside Overijssel"),
            Self::Astray(Suspicion::OutsideSettlement(away)) => {
                write!(f, "the point lies {away:.0} m outside the settlement")
            }
            Self::Astray(Suspicion::SharedPoint(other)) => write!(f, "the point is that of {other}"),
            Self::Twice(apart) => write!(f, "the address is there twice, {apart:.0} m apart"),
        }
    }
}

/// A doubt as it is kept with what was found, in Dutch; one that another release wrote stays as it is.
pub fn doubt_in_dutch(reason: &str) -> String {
    let phrase = |before: &str, after: &str| reason.strip_prefix(before)?.strip_suffix(after);
    if let Some(there) = phrase("the street and number are those of ", "") {
        return format!("de straat en het nummer zijn die van {there}");
    }
    if let Some(away) = phrase("the point lies ", " outside the settlement") {
        return format!("het punt ligt {away} buiten de kern");
    }
    if let Some(other) = phrase("the point is that of ", "") {
        return format!("het punt is dat van {other}");
    }
    if let Some(apart) = phrase("the address is there twice, ", " apart") {
        return format!("het adres is er twee keer, {apart} uit elkaar");
    }
    match reason {
        "the house number is there with another letter or addition only" => {
            "het huisnummer is er alleen met een andere letter of toevoeging".to_owned()
        }
        "it lies in another municipality" => "het ligt in een andere gemeente".to_owned(),
        "the point lies outside Overijssel" => "het punt ligt buiten Overijssel".to_owned(),
        _ => match phrase("the point lies in ", "") {
            Some(there) => format!("het punt ligt in {there}"),
            None => reason.to_owned(),
        },
    }
}

/// Judges what was found for a place, all answers together, in the order of the questions.
pub fn judge(wanted: &Wanted, documents: &[Document], surroundings: &Surroundings<'_>) -> Verdict {
    let judge = Judge { wanted, surroundings, asked: Asked::of(wanted) };
    match judge.address(documents) {
        Verdict::Nothing => judge.coarse(documents),
        verdict => verdict,
    }
}

/// The address in the forms in which the service has it.
struct Asked {
    street: Option<String>,
    number: Option<HouseNumber>,
    postcode: Option<String>,
}

impl Asked {
    fn of(wanted: &Wanted) -> Self {
        let address = wanted.address.as_ref();
        Self {
            street: address.and_then(|address| address.street.as_deref()).map(street),
            number: address.and_then(|address| address.house_number.as_deref()).and_then(HouseNumber::parse),
            postcode: address.and_then(|address| address.postcode.as_deref()).and_then(postcode),
        }
    }

    fn is_street(&self, document: &Document) -> bool {
        let names = [&document.street, &document.short_street];
        self.street.as_ref().is_some_and(|asked| names.into_iter().flatten().any(|name| street(name) == *asked))
    }

    fn is_postcode(&self, document: &Document) -> bool {
        self.postcode.is_some() && self.postcode == document.postcode
    }
}

struct Judge<'a> {
    wanted: &'a Wanted,
    surroundings: &'a Surroundings<'a>,
    asked: Asked,
}

impl Judge<'_> {
    fn address(&self, documents: &[Document]) -> Verdict {
        let Some(asked) = &self.asked.number else { return Verdict::Nothing };
        let has = |document: &&Document| {
            document.kind == Kind::Address && document.number.as_ref().is_some_and(|there| there.number == asked.number)
        };
        let mut sure: Option<&Document> = None;
        let mut doubtful: Option<(&Document, Doubt)> = None;
        for document in documents.iter().filter(has) {
            let by_postcode = self.asked.is_postcode(document);
            if !by_postcode && !self.asked.is_street(document) {
                continue;
            }
            let doubt = if document.number.as_ref() != Some(asked) {
                Some(Doubt::Number)
            } else if !by_postcode && !self.is_settlement(document) {
                Some(Doubt::Settlement(document.settlement.clone().unwrap_or_else(|| "another village".to_owned())))
            } else {
                self.doubt_where(document)
            };
            match (doubt, sure) {
                (None, None) => sure = Some(document),
                (None, Some(first)) => {
                    let apart_m = first.at.to_rd().distance_m(document.at.to_rd());
                    if apart_m > ONE_BUILDING_M {
                        return Verdict::Doubtful(
                            self.hit(first, LocationPrecision::Address, 0.0),
                            Doubt::Twice(apart_m),
                        );
                    }
                }
                (Some(doubt), _) => drop(doubtful.get_or_insert((document, doubt))),
            }
        }
        match (sure, doubtful) {
            (Some(document), _) => Verdict::Accepted(self.hit(document, LocationPrecision::Address, 0.0)),
            (None, Some((document, doubt))) => {
                Verdict::Doubtful(self.hit(document, LocationPrecision::Address, 0.0), doubt)
            }
            (None, None) => Verdict::Nothing,
        }
    }

    /// The finest of what holds the address, where that is finer than what is known.
    fn coarse(&self, documents: &[Document]) -> Verdict {
        let streets = || {
            let found = documents.iter().find(|document| {
                document.kind == Kind::Street
                    && self.asked.is_street(document)
                    && self.is_settlement(document)
                    && self.doubt_where(document).is_none()
            })?;
            Some(self.hit(found, LocationPrecision::Street, found.reach_m.unwrap_or(STREET_M)))
        };
        let hits = streets().into_iter().chain(self.postcode_area(documents)).chain(self.settlement(documents));
        let best =
            hits.filter(|hit| self.wanted.is_improved_by(&hit.location)).min_by_key(|hit| hit.location.precision);
        best.map_or(Verdict::Nothing, Verdict::Accepted)
    }

    fn postcode_area(&self, documents: &[Document]) -> Option<Hit> {
        // A postcode has a document for each of its streets.
        let parts: Vec<&Document> = documents
            .iter()
            .filter(|document| document.kind == Kind::Postcode && self.asked.is_postcode(document))
            .filter(|document| self.doubt_where(document).is_none())
            .collect();
        let named = parts.iter().find(|part| self.asked.is_street(part));
        let reach = |part: &Document| part.reach_m.unwrap_or(POSTCODE_M);
        if let Some(named) = named {
            return Some(self.hit(named, LocationPrecision::Postcode, reach(named)));
        }
        let first = parts.first()?;
        let from = first.at.to_rd();
        let whole = parts.iter().map(|part| part.at.to_rd().distance_m(from) + reach(part)).fold(0.0, f64::max);
        Some(self.hit(first, LocationPrecision::Postcode, whole))
    }

    fn settlement(&self, documents: &[Document]) -> Option<Hit> {
        let found = documents.iter().find(|document| {
            document.kind == Kind::Settlement && self.is_settlement(document) && self.doubt_where(document).is_none()
        })?;
        let reach = self.surroundings.reach_m(&self.wanted.municipality, &self.wanted.settlement, found.at)?;
        Some(self.hit(found, LocationPrecision::Settlement, reach))
    }

    fn is_settlement(&self, document: &Document) -> bool {
        document.settlement.as_deref().is_some_and(|there| fold(there) == fold(&self.wanted.settlement))
    }

    fn doubt_where(&self, document: &Document) -> Option<Doubt> {
        let municipality = &self.wanted.municipality;
        if document.municipality.as_ref() != Some(municipality) {
            return Some(Doubt::Municipality);
        }
        self.surroundings.astray(municipality, &[&self.wanted.settlement], document.at).map(Doubt::Astray)
    }

    fn hit(&self, document: &Document, precision: LocationPrecision, uncertainty_m: f64) -> Hit {
        Hit {
            location: Location {
                lon: document.at.lon,
                lat: document.at.lat,
                precision,
                // Up: less would say more than is known.
                uncertainty_radius_m: uncertainty_m.ceil(),
                outline: None,
            },
            matched: document.shown.clone(),
            score: document.score,
            source: None,
            nummeraanduiding: document.nummeraanduiding.clone(),
            adresseerbaar_object: document.adresseerbaar_object.clone(),
        }
    }
}

/// A street in the one form in which it is compared: `Dr. Ariënsstr.` is `doctor ariensstraat`.
fn street(name: &str) -> String {
    let words = fold(name);
    let words = words.split(' ').map(|word| match word {
        "dr" => "doctor".to_owned(),
        "ds" => "dominee".to_owned(),
        "mr" => "meester".to_owned(),
        "ir" => "ingenieur".to_owned(),
        "prof" => "professor".to_owned(),
        "burg" => "burgemeester".to_owned(),
        "past" => "pastoor".to_owned(),
        "kon" => "koningin".to_owned(),
        "st" => "sint".to_owned(),
        "vd" => "van de".to_owned(),
        _ => match word.strip_suffix("str") {
            Some(stem) if !stem.is_empty() => format!("{stem}straat"),
            _ => word.to_owned(),
        },
    });
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        geocode::answer::Answer,
        model::{Address, Authority},
        testing::EDITION,
    };

    /// A place in Hengevelde, municipality Hof van Twente.
    fn wanted(street: &str, number: &str, postcode: &str) -> Wanted {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Wanted {
            place: "x".to_owned(),
            municipality: "GM1735".parse().unwrap(),
            settlement: "Hengevelde".to_owned(),
            neighbourhood: None,
            address: Some(Address { street: some(street), house_number: some(number), postcode: some(postcode) }),
            location: None,
            authority: Authority::Web,
        }
    }

    /// Within Hengevelde.
    const HERE: &str = "6.6382 52.1983";

    fn address(street: &str, number: u32, letter: &str, postcode: &str, place: &str, code: &str, at: &str) -> String {
        format!(
            r#"{{"type":"adres","weergavenaam":"{street} {number}{letter}, {place}","score":9.5,"straatnaam":"{street}",
                "huisnummer":{number},"huisletter":"{letter}","postcode":"{postcode}","woonplaatsnaam":"{place}",
                "gemeentecode":"{code}","centroide_ll":"POINT({at})"}}"#
        )
    }

    fn judged(wanted: &Wanted, documents: &[String]) -> Verdict {
        let body = format!(r#"{{"response":{{"docs":[{}]}}}}"#, documents.join(","));
        let documents = Answer::parse(body.as_bytes()).unwrap().documents();
        judge(wanted, &documents, &Surroundings::of(&EDITION, &[]))
    }

    fn told(verdict: Verdict) -> String {
        match verdict {
            Verdict::Accepted(hit) => {
                format!("{:?} ±{} {}", hit.location.precision, hit.location.uncertainty_radius_m, hit.matched)
            }
            Verdict::Doubtful(hit, doubt) => format!("{}? {doubt}", hit.matched),
            Verdict::Nothing => "nothing".to_owned(),
        }
    }

    #[test]
    fn an_address_is_accepted_by_what_it_says_and_never_by_its_score() {
        let right = || address("Dorpsstraat", 16, "", "7496AA", "Hengevelde", "1735", HERE);
        let lettered = || address("Dorpsstraat", 16, "A", "7496AA", "Hengevelde", "1735", HERE);
        let other_number = || address("Dorpsstraat", 18, "", "7496AA", "Hengevelde", "1735", HERE);
        let elsewhere = || address("Dorpsstraat", 16, "", "7431AA", "Diepenveen", "0150", "6.1497 52.2897");
        let full = || wanted("Dorpsstraat", "16", "7496 AA");
        let no_code = || wanted("Dorpsstr.", "16", "");
        for (wanted, documents, expected) in [
            (full(), vec![other_number(), right()], "Address ±0 Dorpsstraat 16, Hengevelde"),
            (no_code(), vec![elsewhere(), right()], "Address ±0 Dorpsstraat 16, Hengevelde"),
            (full(), vec![lettered(), right()], "Address ±0 Dorpsstraat 16, Hengevelde"),
            (
                wanted("Dorpsstraat", "16 a", "7496AA"),
                vec![right(), lettered()],
                "Address ±0 Dorpsstraat 16A, Hengevelde",
            ),
            (
                full(),
                vec![lettered()],
                "Dorpsstraat 16A, Hengevelde? the house number is there with another letter or addition only",
            ),
            (full(), vec![other_number()], "nothing"),
            (no_code(), vec![elsewhere()], "Dorpsstraat 16, Diepenveen? the street and number are those of Diepenveen"),
            (
                wanted("", "16", "7431AA"),
                vec![elsewhere()],
                "Dorpsstraat 16, Diepenveen? it lies in another municipality",
            ),
            (
                full(),
                vec![address("Dorpsstraat", 16, "", "7496AA", "Hengevelde", "1735", "6.1497 52.2897")],
                "Dorpsstraat 16, Hengevelde? the point lies in Deventer",
            ),
            (
                full(),
                vec![address("Dorpsstraat", 16, "", "7496AA", "Hengevelde", "1735", "6.5862 52.2347")],
                "Dorpsstraat 16, Hengevelde? the point lies 4462 m outside the settlement",
            ),
            (
                full(),
                vec![right(), address("Dorpsstraat", 16, "", "7496AA", "Hengevelde", "1735", "6.6420 52.1983")],
                "Dorpsstraat 16, Hengevelde? the address is there twice, 260 m apart",
            ),
            (full(), vec![], "nothing"),
        ] {
            let verdict = told(judged(&wanted, &documents));
            assert!(verdict.starts_with(expected), "{verdict}, expected {expected}");
        }
    }

    #[test]
    fn a_street_and_a_postcode_are_what_they_are() {
        let street = |place: &str, geometry: &str| {
            format!(
                r#"{{"type":"weg","weergavenaam":"Dorpsstraat, {place}","straatnaam":"Dorpsstraat","woonplaatsnaam":"{place}",
                    "gemeentecode":"1735","centroide_ll":"POINT({HERE})"{geometry}}}"#
            )
        };
        let postcode = |street: &str, at: &str| {
            format!(
                r#"{{"type":"postcode","weergavenaam":"{street}, 7496AA Hengevelde","straatnaam":"{street}","postcode":"7496AA",
                    "woonplaatsnaam":"Hengevelde","gemeentecode":"1735","centroide_ll":"POINT({at})"}}"#
            )
        };
        let line = r#","geometrie_ll":"LINESTRING(6.6362 52.1983,6.6402 52.1983)""#;
        let at_street = || wanted("Dorpsstraat", "", "");
        assert_eq!(told(judged(&at_street(), &[street("Hengevelde", "")])), "Street ±1000 Dorpsstraat, Hengevelde");
        assert_eq!(told(judged(&at_street(), &[street("Hengevelde", line)])), "Street ±137 Dorpsstraat, Hengevelde");
        assert_eq!(told(judged(&at_street(), &[street("Goor", "")])), "nothing");
        let by_postcode = wanted("", "", "7496 AA");
        let two = [postcode("Dorpsstraat", HERE), postcode("Kerkpad", "6.6420 52.1983")];
        assert_eq!(told(judged(&by_postcode, &two)), "Postcode ±760 Dorpsstraat, 7496AA Hengevelde");
        let named = wanted("Kerkpad", "", "7496 AA");
        assert_eq!(told(judged(&named, &two)), "Postcode ±500 Kerkpad, 7496AA Hengevelde");
    }

    #[test]
    fn what_is_no_finer_than_what_is_known_is_nothing() {
        let mut known = wanted("Dorpsstraat", "", "");
        let document = format!(
            r#"{{"type":"weg","weergavenaam":"Dorpsstraat","straatnaam":"Dorpsstraat","woonplaatsnaam":"Hengevelde",
                "gemeentecode":"1735","centroide_ll":"POINT({HERE})"}}"#
        );
        for (precision, radius, expected) in [
            (LocationPrecision::Settlement, 1_200.0, true),
            (LocationPrecision::Settlement, 600.0, false),
            (LocationPrecision::Street, 1_200.0, false),
            (LocationPrecision::Address, 0.0, false),
        ] {
            known.location =
                Some(Location { lon: 6.6, lat: 52.2, precision, uncertainty_radius_m: radius, outline: None });
            let verdict = judged(&known, std::slice::from_ref(&document));
            assert_eq!(verdict != Verdict::Nothing, expected, "{precision:?} ±{radius}");
        }
    }

    #[test]
    fn a_village_is_a_point_as_far_off_as_its_outline_reaches() {
        let mut wanted = wanted("", "", "");
        wanted.address = None;
        let village = format!(
            r#"{{"type":"woonplaats","weergavenaam":"Hengevelde","woonplaatsnaam":"Hengevelde","gemeentecode":"1735",
                "centroide_ll":"POINT({HERE})"}}"#
        );
        let Verdict::Accepted(hit) = judged(&wanted, std::slice::from_ref(&village)) else { panic!("not accepted") };
        assert_eq!(hit.location.precision, LocationPrecision::Settlement);
        assert!((300.0..3_000.0).contains(&hit.location.uncertainty_radius_m), "{:?}", hit.location);
        wanted.settlement = "Nergenshuizen".to_owned();
        assert_eq!(judged(&wanted, &[village]), Verdict::Nothing);
    }

    #[test]
    fn streets_are_the_same_however_they_are_shortened() {
        assert_eq!(street("Dr. Ariënsstr."), street("Doctor Ariensstraat"));
        assert_eq!(street("Burg. v.d. Poelstraat"), street("Burgemeester van de Poelstraat"));
        assert_ne!(street("Kerkstraat"), street("Kerkweg"));
    }
}
