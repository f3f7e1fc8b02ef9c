//! Which of the things that are said of a place is served.
//!
//! Everybody who says the same supports the value.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};

use super::{
    address::contradicts,
    address_parts::{completed, is_part_of},
    precedence::{self, PollingLists, heard, whole},
};
use crate::{
    model::{
        Address, Authority, Claim, Location, MunicipalityCode, Original, Place, PlaceSource, Statement,
        vocabulary::LocationPrecision,
    },
    search::fold,
};

type Voice<'a> = precedence::Voice<'a, Statement>;

/// A place as it is served, with what supports it and what lost.
#[derive(Clone, Debug, PartialEq)]
pub struct Resolved {
    /// The place; `updated_at` is that of the base, or the beginning of time.
    pub place: Place,
    /// Its sources, ascending by source.
    pub sources: Vec<PlaceSource>,
    /// What was said and is not served, with the id of a source; `None` where the seed has no source for it.
    pub overruled: Vec<(Statement, Option<String>)>,
}

/// Decides what is served of the place `key`, from what it was before the first claim (`None`: not there) and the claims.
pub fn resolve(
    key: &str,
    municipality: &MunicipalityCode,
    original: Option<&Original<Statement>>,
    claims: &[Claim<Statement>],
    lists: &PollingLists,
) -> Resolved {
    let heard = heard(original, claims, lists);
    let address = heard.get("address").and_then(|voices| Some((voices.first()?.authority, whole_address(voices))));

    let mut place = Place::unsaid(key.to_owned(), municipality.clone());
    let mut supported: BTreeMap<String, Vec<String>> = original.map(unspoken_support).unwrap_or_default();
    let mut overruled = Vec::new();
    let mut contradicting: BTreeSet<&str> = BTreeSet::new();
    let mut names = Vec::new();
    for (name, mut voices) in heard {
        if name == "name" {
            names = names_in_use(&voices);
        }
        if name == "location"
            && let Some((authority, address)) = &address
        {
            // The point of an address that is no longer believed is not where the place stands.
            let (kept, moved) =
                voices.into_iter().partition(|voice| stands_at(voice, *authority, address.as_ref(), original, claims));
            voices = kept;
            overruled.extend(moved.into_iter().flat_map(lost));
        }
        let Some(best) = voices.first() else { continue };
        let statement = match &address {
            Some((_, Some(whole))) if name == "address" => Statement::Address(whole.clone()),
            // A number alone.
            Some((_, None)) if name == "address" => {
                overruled.extend(voices.into_iter().flat_map(lost));
                continue;
            }
            _ => best.statement.clone().into_owned(),
        };
        statement.apply_to(&mut place);
        for voice in voices {
            if supports(&voice.statement, &statement) {
                for source in voice.sources {
                    let fields = supported.entry(source.to_owned()).or_default();
                    if !fields.iter().any(|field| field == statement.field()) {
                        fields.push(statement.field().to_owned());
                    }
                }
            } else {
                let claimed = voice.claim.filter(|claim| is_contradicted(&claim.statement, &statement));
                contradicting.extend(claimed.map(|claim| claim.source.as_str()));
                overruled.extend(lost(voice));
            }
        }
    }
    keep_names(&mut place, names);
    // That something still stands on a map confirms nothing: nobody may have looked for years. Nor does a source that says
    // otherwise than what is served.
    let confirming = claims.iter().filter(|claim| claim.authority > Authority::Openstreetmap);
    let confirming = confirming.filter(|claim| !contradicting.contains(claim.source.as_str()));
    let dates = confirming.filter_map(|claim| claim.stated.map(whole));
    let before = original.map(|original| &original.subject);
    place.last_confirmed = before.and_then(|before| before.last_confirmed.clone()).into_iter().chain(dates).max();
    place.updated_at = before.map_or(DateTime::<Utc>::MIN_UTC, |before| before.updated_at);
    place.alternative_names.sort_unstable();
    place.facilities.sort_unstable();
    place.absent_facilities.sort_unstable();
    place.activities.sort_unstable();
    place.absent_activities.sort_unstable();
    let sources = supported.into_iter().filter(|(_, fields)| !fields.is_empty()).map(|(source, mut fields)| {
        fields.sort_unstable();
        PlaceSource { place: key.to_owned(), source, fields }
    });
    Resolved { sources: sources.collect(), place, overruled }
}

/// Whether the two say of one property what cannot both be.
///
/// Of a name, a district and a village there are several spellings, a point is more or less exact, and a kind that was read
/// from a name is a guess: these contradict nothing.
pub(super) fn is_contradicted(said: &Statement, shown: &Statement) -> bool {
    match (said, shown) {
        (Statement::Address(said), Statement::Address(shown)) => contradicts(said, shown),
        (Statement::Kind(said), Statement::Kind(shown)) => said != shown,
        (
            Statement::Name(_)
            | Statement::AlternativeName(_)
            | Statement::Municipality(_)
            | Statement::Settlement(_)
            | Statement::Neighbourhood(_)
            | Statement::Location(_)
            | Statement::Kind(_)
            | Statement::KindFromName(_),
            _,
        ) => false,
        _ => said.key() == shown.key() && said != shown,
    }
}

/// How much the word of the served address counts; `None` where there is no address.
pub fn authority_of_address(
    original: Option<&Original<Statement>>,
    claims: &[Claim<Statement>],
    lists: &PollingLists,
) -> Option<Authority> {
    heard(original, claims, lists).get("address")?.first()?.authority
}

/// The support of the seed for what is no statement, such as the outline that a place lies in.
fn unspoken_support(original: &Original<Statement>) -> BTreeMap<String, Vec<String>> {
    let spoken: Vec<&str> = original.subject.statements().iter().map(Statement::field).collect();
    let unspoken =
        |link: &PlaceSource| link.fields.iter().filter(|field| !spoken.contains(&field.as_str())).cloned().collect();
    original.support.iter().map(|link| (link.source.clone(), unspoken(link))).collect()
}

fn told(claim: &Claim<Statement>) -> Option<&Address> {
    match &claim.statement {
        Statement::Address(address) => Some(address),
        _ => None,
    }
}

/// The address of the strongest voice, with what it leaves out taken from the others, the strongest first; `None` where
/// neither street nor postcode is known.
fn whole_address(voices: &[Voice<'_>]) -> Option<Address> {
    let addresses = voices.iter().filter_map(address_of).cloned();
    let whole = addresses.reduce(|whole, other| completed(&whole, &other));
    whole.filter(|whole| whole.street.is_some() || whole.postcode.is_some())
}

/// Whether who says the one supports the other: it is the same, or of an address a part.
fn supports(said: &Statement, served: &Statement) -> bool {
    match (said, served) {
        (Statement::Address(said), Statement::Address(served)) => is_part_of(said, served),
        _ => said == served,
    }
}

fn address_of<'a>(voice: &'a Voice<'_>) -> Option<&'a Address> {
    match &*voice.statement {
        Statement::Address(address) => Some(address),
        _ => None,
    }
}

/// Whether a location may be that of the served address: it is coarse, or who tells it tells no other address, and it is told
/// by a voice as strong or belonged to the same address before.
fn stands_at(
    voice: &Voice<'_>,
    authority: Option<Authority>,
    address: Option<&Address>,
    original: Option<&Original<Statement>>,
    claims: &[Claim<Statement>],
) -> bool {
    let coarse = matches!(&*voice.statement, Statement::Location(Location { precision, .. }) if *precision != LocationPrecision::Address);
    let before = original.and_then(|original| original.subject.address.as_ref());
    let moved = before.zip(address).is_some_and(|(before, now)| contradicts(before, now));
    let own = voice.claim.and_then(|point| claims.iter().filter(|claim| claim.source == point.source).find_map(told));
    let is_elsewhere = own.zip(address).is_some_and(|(own, address)| contradicts(own, address));
    coarse || !is_elsewhere && (voice.authority >= authority || !moved)
}

fn lost(voice: Voice<'_>) -> Vec<(Statement, Option<String>)> {
    if voice.sources.is_empty() {
        return vec![(voice.statement.into_owned(), None)];
    }
    let statement = &*voice.statement;
    voice.sources.iter().map(|source| (statement.clone(), Some((*source).to_owned()))).collect()
}

/// What a place is called by those who know it. Polling lists and maps spell names as it suits them.
fn names_in_use(voices: &[Voice<'_>]) -> Vec<String> {
    let known = voices.iter().filter(|voice| voice.authority >= Some(Authority::Web));
    known
        .filter_map(|voice| if let Statement::Name(name) = &*voice.statement { Some(name.clone()) } else { None })
        .collect()
}

/// A name that lost is still one by which the place is known, unless it is the same but for capitals and signs.
fn keep_names(place: &mut Place, names: Vec<String>) {
    for name in names {
        let is_known =
            std::iter::once(&place.name).chain(&place.alternative_names).any(|known| fold(known) == fold(&name));
        if !is_known {
            place.alternative_names.push(name);
        }
    }
    let name = place.name.clone();
    place.alternative_names.retain(|alternative| *alternative != name);
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use chrono::NaiveDate;

    use super::*;
    use crate::model::vocabulary::{FacilityType, KindBasis, PlaceKind};

    type Base = Original<Statement>;

    static LISTS: LazyLock<PollingLists> = LazyLock::new(|| PollingLists::of(&crate::testing::facts().sources));

    fn bases() -> Vec<Base> {
        let facts = crate::testing::facts();
        let links = facts.place_sources;
        let sources = |key: &str| links.iter().filter(|link| link.place == key).cloned().collect();
        facts.places.into_iter().map(|place| Base { support: sources(&place.key), subject: place }).collect()
    }

    fn base(key: &str) -> Base {
        static BASES: LazyLock<Vec<Base>> = LazyLock::new(bases);
        BASES.iter().find(|base| base.subject.key == key).unwrap().clone()
    }

    fn claim(base: &Base, source: &str, authority: Authority, statement: Statement) -> Claim<Statement> {
        let stated = NaiveDate::from_ymd_opt(2026, 11, 25);
        Claim { subject: base.subject.key.clone(), source: source.to_owned(), authority, statement, stated }
    }

    fn resolved(base: &Base, claims: &[Claim<Statement>]) -> Resolved {
        resolve(&base.subject.key, &base.subject.municipality, Some(base), claims, &LISTS)
    }

    #[test]
    fn a_place_without_claims_is_what_it_was() {
        for base in bases() {
            let resolved = resolved(&base, &[]);
            assert_eq!((&resolved.place, &resolved.sources), (&base.subject, &base.support));
            assert_eq!(resolved.overruled, []);
        }
    }

    #[test]
    fn the_municipality_wins_over_the_web_and_what_lost_keeps_its_source() {
        let base = base("kulturhus-de-marke-hengevelde");
        let claims = [claim(&base, "municipality-GM1735", Authority::Municipality, Statement::Kind(PlaceKind::Mfa))];
        let resolved = resolved(&base, &claims);
        assert_eq!(resolved.place.kind, Some(PlaceKind::Mfa));
        assert_eq!(resolved.place.kind_basis, Some(KindBasis::Stated));
        assert!(resolved.sources.iter().any(|link| link.source == "municipality-GM1735" && link.fields == ["kind"]));
        assert!(resolved.overruled.iter().any(|(statement, _)| *statement == Statement::Kind(PlaceKind::Kulturhus)));
        let others =
            |links: &[PlaceSource]| links.iter().filter(|link| link.fields.iter().any(|f| f == "kind")).count();
        assert_eq!(others(&resolved.sources), 1, "who said otherwise no longer supports the kind");
        assert_eq!(resolved.place.last_confirmed.map(|date| date.to_string()).as_deref(), Some("2026-11-25"));
    }

    #[test]
    fn the_name_that_the_municipality_replaces_stays_one_of_its_names() {
        let base = base("kulturhus-de-marke-hengevelde");
        let renamed = |name: &str| {
            let said = Statement::Name(name.to_owned());
            resolved(&base, &[claim(&base, "municipality-GM1735", Authority::Municipality, said)]).place
        };
        assert_eq!(renamed("Het Hart").alternative_names, ["Kulturhus De Marke"]);
        assert_eq!(renamed("Kulturhus de Marke").alternative_names, [""; 0], "the same but for a capital");
    }

    #[test]
    fn a_guess_of_the_kind_does_not_replace_that_of_the_seed() {
        let base = base("de-trefkoel-buurse");
        assert_eq!(base.subject.kind_basis, Some(KindBasis::FromName));
        let guess = Statement::KindFromName(PlaceKind::Gemeenschapshuis);
        let resolved = resolved(&base, &[claim(&base, "polls", Authority::PollingPlaces, guess)]);
        assert_eq!(resolved.place, Place { last_confirmed: resolved.place.last_confirmed.clone(), ..base.subject });
    }

    #[test]
    fn a_polling_list_fills_what_is_not_known_and_overrules_nothing() {
        let base = base("kulturhus-de-marke-hengevelde");
        let said = |statement| claim(&base, "polls", Authority::PollingPlaces, statement);
        let claims = [said(Statement::Name("MARKE (A)".to_owned())), said(Statement::Neighbourhood("Dorp".to_owned()))];
        let resolved = resolved(&base, &claims);
        assert_eq!(resolved.place.name, "Kulturhus De Marke");
        assert_eq!(resolved.place.neighbourhood.as_deref(), Some("Dorp"));
        assert_eq!(resolved.place.alternative_names, [""; 0], "a spelling of a polling list is no name in use");
    }

    #[test]
    fn a_facility_said_to_be_absent_is_absent_and_the_others_stay() {
        let mut base = base("kulturhus-de-marke-hengevelde");
        base.subject.facilities = vec![FacilityType::Bibliotheek, FacilityType::Horeca];
        let claims = [claim(
            &base,
            "municipality-GM1735",
            Authority::Municipality,
            Statement::Facility(FacilityType::Bibliotheek, false),
        )];
        let resolved = resolved(&base, &claims);
        assert_eq!(resolved.place.facilities, [FacilityType::Horeca]);
        assert_eq!(resolved.place.absent_facilities, [FacilityType::Bibliotheek]);
    }

    fn address(street: &str, number: &str, postcode: &str) -> Address {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Address { street: some(street), house_number: some(number), postcode: some(postcode) }
    }

    #[test]
    fn the_point_of_an_address_that_is_no_longer_believed_goes_with_it() {
        let base = base("kulturhus-de-marke-hengevelde");
        assert!(base.subject.is_at_address());
        let moved = |address| {
            let claims = [claim(&base, "municipality-GM1735", Authority::Municipality, Statement::Address(address))];
            resolved(&base, &claims).place.location
        };
        assert_eq!(
            moved(address("Bretelerstraat", "16", "7496PP")),
            base.subject.location,
            "the same, spelt otherwise"
        );
        assert_eq!(moved(address("Dorpsstraat", "3", "7496 AA")), None);
    }

    #[test]
    fn a_point_at_the_address_wins_over_the_middle_of_a_village_whoever_says_it() {
        let base = bases().into_iter().find(|base| {
            base.subject.address.is_none()
                && base.subject.location.as_ref().is_some_and(|at| at.precision == LocationPrecision::Settlement)
        });
        let base = base.unwrap();
        let exact = Location {
            lon: 6.5,
            lat: 52.3,
            precision: LocationPrecision::Address,
            uncertainty_radius_m: 0.0,
            outline: None,
        };
        let claims = [claim(&base, "polls", Authority::PollingPlaces, Statement::Location(exact.clone()))];
        assert_eq!(resolved(&base, &claims).place.location, Some(exact));
    }

    /// A place of which only a list of polling places says whether a wheelchair gets in, with that list's day.
    fn listed() -> (Base, bool, NaiveDate) {
        let sources = crate::testing::facts().sources;
        let day = |id: &str| {
            let published = sources.iter().find(|source| source.id == id).unwrap().published.as_ref();
            published.and_then(|day| day.as_str().parse().ok())
        };
        let found = bases().into_iter().find_map(|base| {
            let list = base.support.iter().find(|link| link.fields.iter().any(|field| field == "wheelchairAccessible"));
            let day = day(&list?.source)?;
            Some((base.subject.wheelchair_accessible?, day, base.clone()))
        });
        let (accessible, day, base) = found.unwrap();
        (base, accessible, day)
    }

    fn on(day: NaiveDate, claim: Claim<Statement>) -> Claim<Statement> {
        Claim { stated: Some(day), ..claim }
    }

    #[test]
    fn what_the_seed_has_from_a_list_of_polling_places_goes_with_the_next_one() {
        let (base, accessible, day) = listed();
        let said = |days: i64, accessible: bool| {
            let claim = claim(&base, "polls", Authority::PollingPlaces, Statement::WheelchairAccessible(accessible));
            resolved(&base, &[on(day + chrono::Duration::days(days), claim)]).place
        };
        assert_eq!(said(1, !accessible).wheelchair_accessible, Some(!accessible));
        assert_eq!(said(-1, !accessible).wheelchair_accessible, Some(accessible), "an older list changes nothing");
        let address = address("Heel Andere Straat", "1", "9999 ZZ");
        let moved = claim(&base, "polls", Authority::PollingPlaces, Statement::Address(address.clone()));
        let moved = resolved(&base, &[on(day + chrono::Duration::days(1), moved)]).place;
        let is_listed = heard(Some(&base), &[], &LISTS)["address"][0].authority == Some(Authority::PollingPlaces);
        assert_eq!(moved.address == Some(address), is_listed, "an address that the web has too stands");
    }

    #[test]
    fn what_contradicts_what_is_served_confirms_nothing() {
        let (base, accessible, day) = listed();
        let later = |days: i64| day + chrono::Duration::days(days);
        let wheelchair = |accessible| Statement::WheelchairAccessible(accessible);
        let municipality = claim(&base, "municipality", Authority::Municipality, wheelchair(accessible));
        let list = |accessible| {
            let said = [wheelchair(accessible), Statement::Municipality(base.subject.municipality.clone())];
            said.map(|said| on(later(9_000), claim(&base, "polls", Authority::PollingPlaces, said)))
        };
        let confirmed = |list: [Claim<Statement>; 2]| {
            let claims: Vec<_> = list.into_iter().chain([on(later(4_000), municipality.clone())]).collect();
            resolved(&base, &claims).place.last_confirmed
        };
        assert_eq!(confirmed(list(accessible)), Some(whole(later(9_000))));
        assert_eq!(confirmed(list(!accessible)), Some(whole(later(4_000))));
    }

    #[test]
    fn the_point_of_another_address_is_not_where_the_place_stands() {
        let base = base("kulturhus-de-marke-hengevelde");
        let elsewhere = Location {
            lon: 6.5,
            lat: 52.3,
            precision: LocationPrecision::Address,
            uncertainty_radius_m: 0.0,
            outline: None,
        };
        let point = claim(&base, "list", Authority::Web, Statement::Location(elsewhere.clone()));
        assert_eq!(resolved(&base, std::slice::from_ref(&point)).place.location, Some(elsewhere));
        let municipality = Statement::Address(base.subject.address.clone().unwrap());
        let municipality = claim(&base, "municipality", Authority::Municipality, municipality);
        let other = claim(&base, "list", Authority::Web, Statement::Address(address("Dorpsstraat", "3", "7496 AA")));
        assert_eq!(resolved(&base, &[point, other, municipality]).place.location, base.subject.location);
    }
}
