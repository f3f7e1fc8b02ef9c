//! Whose word counts, whatever it is about.
//!
//! The more exact location wins, then the stronger voice, of equally strong ones the later, of those what the seed has, which a
//! person compiled, and then the one whose source comes last in the alphabet, so that the answer does not depend on the order
//! of imports.

use std::{borrow::Cow, cmp::Reverse, collections::BTreeMap};

use chrono::NaiveDate;

use crate::model::{Authority, Claim, Layer, Original, PartialDate, Property, Source, vocabulary::LocationPrecision};

/// The number of the rules of this release; another where they would decide otherwise of what is known already.
pub const RULES: i32 = 2;

/// Something said of a subject, by a source that claims it or by all that supported it before the first claim.
#[derive(Clone, Debug)]
pub(super) struct Voice<'a, P: Property> {
    /// What is said.
    pub(super) statement: Cow<'a, P>,
    /// How much it counts; `None` for a guess.
    pub(super) authority: Option<Authority>,
    /// Ids of the sources, of which the seed may have several or none.
    pub(super) sources: Vec<&'a str>,
    /// The claim, where it is one.
    pub(super) claim: Option<&'a Claim<P>>,
    stated: Option<PartialDate>,
}

/// How much a voice counts beside another on the same property.
type Rank<'a> = (Option<Reverse<LocationPrecision>>, Strength<'a>, bool, Option<&'a str>);

/// How much a voice counts by who speaks and when.
///
/// Of two guesses that of the seed stands, which a person made, whatever the day of the other.
pub(super) type Strength<'a> = (Option<Authority>, bool, Option<&'a PartialDate>);

impl<'a, P: Property> Voice<'a, P> {
    fn of_claim(claim: &'a Claim<P>) -> Self {
        Self {
            authority: spoken_with(&claim.statement, claim.authority),
            stated: claim.stated.map(whole),
            statement: Cow::Borrowed(&claim.statement),
            sources: vec![&claim.source],
            claim: Some(claim),
        }
    }

    fn rank(&self) -> Rank<'_> {
        (self.statement.exactness(), self.strength(), self.claim.is_none(), self.sources.first().copied())
    }

    /// How much it counts beside others, on another property too.
    pub(super) fn strength(&self) -> Strength<'_> {
        (self.authority, self.authority.is_none() && self.claim.is_none(), self.stated.as_ref())
    }
}

/// What is said of each property of a subject, by the key of the property, the voice that wins first.
pub(super) type Heard<'a, P> = BTreeMap<String, Vec<Voice<'a, P>>>;

/// The lists of polling places among the sources, each with the day of its election.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PollingLists(BTreeMap<String, Option<PartialDate>>);

impl PollingLists {
    /// Those among `sources`.
    pub fn of(sources: &[Source]) -> Self {
        let lists = sources.iter().filter(|source| source.layer == Layer::POLLING_PLACES);
        Self(lists.map(|source| (source.id.clone(), source.published.clone())).collect())
    }

    /// The day of the last of those lists, where nobody else is among the sources and there are any.
    fn alone(&self, sources: &[&str]) -> Option<Option<PartialDate>> {
        let days: Option<Vec<_>> = sources.iter().map(|source| self.0.get(*source)).collect();
        days?.into_iter().max().cloned()
    }
}

/// Everything that is said of a subject, from what it was before the first claim (`None`: not there) and the claims.
pub(super) fn heard<'a, P: Property>(
    original: Option<&'a Original<P>>,
    claims: &'a [Claim<P>],
    lists: &PollingLists,
) -> Heard<'a, P> {
    let before = original.map(P::said_before).unwrap_or_default().into_iter().map(|said| {
        // What only lists of polling places say is no surer for having been compiled; the rest is from the web.
        let listed = lists.alone(&said.sources).filter(|_| said.statement.is_of_polling_places());
        let (authority, stated) = listed.map_or((Authority::Web, said.stated), |day| (Authority::PollingPlaces, day));
        Voice {
            authority: spoken_with(&said.statement, authority),
            stated,
            statement: Cow::Owned(said.statement),
            sources: said.sources,
            claim: None,
        }
    });
    let mut heard: Heard<'a, P> = BTreeMap::new();
    for voice in before.chain(claims.iter().map(Voice::of_claim)) {
        heard.entry(voice.statement.key()).or_default().push(voice);
    }
    for voices in heard.values_mut() {
        voices.sort_by(|a, b| b.rank().cmp(&a.rank()));
    }
    heard
}

/// A guess has no authority, whoever makes it.
fn spoken_with(statement: &impl Property, authority: Authority) -> Option<Authority> {
    (!statement.is_guess()).then_some(authority)
}

/// A day as a date that may be less than one.
pub(super) fn whole(date: NaiveDate) -> PartialDate {
    PartialDate::from(date)
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, sync::LazyLock};

    use proptest::{prelude::*, sample::select};

    use super::*;
    use crate::{
        claims::{place, policy},
        model::{
            Claims, Facts, MunicipalityCode, PolicyStatement, Statement, Themed,
            vocabulary::{
                AmbitionStatus, FacilityType, OtherSupport, PlaceKind, PlaceStatus, PolicyStance, VisionStatus,
            },
        },
    };

    static SEED: LazyLock<Facts> = LazyLock::new(crate::testing::facts);

    /// Who speaks, each with one voice.
    const SOURCES: [(&str, Authority); 6] = [
        ("a", Authority::Municipality),
        ("b", Authority::Municipality),
        ("c", Authority::Organisation),
        ("d", Authority::Web),
        ("z", Authority::Web),
        ("e", Authority::PollingPlaces),
    ];

    /// Days around those on which the seed was compiled.
    const DAYS: [&str; 4] = ["2020-01-01", "2026-11-23", "2026-11-24", "2026-11-25"];

    fn of_place() -> Original<Statement> {
        let mut place = SEED.places.iter().find(|place| place.key == "kulturhus-de-marke-hengevelde").unwrap().clone();
        place.last_confirmed = Some("2026-11-24".parse().unwrap());
        let support = SEED.place_sources.iter().filter(|link| link.place == place.key).cloned().collect();
        Original { subject: place, support }
    }

    fn of_document() -> Original<PolicyStatement> {
        let document = SEED.policy_documents.iter().find(|document| document.key == "policy-153").unwrap().clone();
        let statuses = SEED.policy_statuses.iter().filter(|status| status.document == document.key).cloned().collect();
        Original { subject: document, support: statuses }
    }

    fn of_places() -> Vec<Statement> {
        vec![
            Statement::Name("Het Hart".to_owned()),
            Statement::Name("HET HART".to_owned()),
            Statement::Kind(PlaceKind::Mfa),
            Statement::KindFromName(PlaceKind::Dorpshuis),
            Statement::Status(PlaceStatus::Closed),
            Statement::Status(PlaceStatus::Open),
            Statement::Facility(FacilityType::Horeca, true),
            Statement::Facility(FacilityType::Horeca, false),
            Statement::Website(None),
        ]
    }

    fn of_policy() -> Vec<PolicyStatement> {
        let shows = |status, ground: &str| PolicyStatement::shows(status, ground.to_owned());
        let network = Themed::OtherSupport(OtherSupport::Network);
        vec![
            PolicyStatement::Title("Kader".to_owned()),
            PolicyStatement::Title("Een kader".to_owned()),
            PolicyStatement::Stance(PolicyStance::Supports),
            PolicyStatement::Year(2021),
            shows(Themed::Vision(VisionStatus::None), "Zo staat het er."),
            shows(Themed::Vision(VisionStatus::Planned), "Zo staat het er."),
            PolicyStatement::NoStatus(Themed::Ambition(AmbitionStatus::Yes).theme()),
            shows(network, "Het netwerk."),
            PolicyStatement::NoSupport(network),
        ]
    }

    /// Claims of which no source says two things of one property on one day, in two orders.
    fn two_orders<P: Property + 'static>(said: Vec<P>) -> impl Strategy<Value = (Vec<Claim<P>>, Vec<Claim<P>>)> {
        let one = (select(&SOURCES[..]), select(said), select(&DAYS[..]));
        let claims = prop::collection::vec(one, 1..24).prop_map(|all| {
            let mut known = BTreeSet::new();
            let is_first = |((source, _), statement, day): &((&'static str, Authority), P, &'static str)| {
                known.insert((*source, statement.key(), *day))
            };
            let claim = |((source, authority), statement, day): ((&str, Authority), P, &str)| Claim {
                subject: "x".to_owned(),
                source: source.to_owned(),
                authority,
                statement,
                stated: Some(day.parse().unwrap()),
            };
            all.into_iter().filter(is_first).map(claim).collect::<Vec<_>>()
        });
        claims.prop_flat_map(|claims| (Just(claims.clone()), Just(claims).prop_shuffle()))
    }

    fn noted<P: Property>(original: &Original<P>, claims: Vec<Claim<P>>) -> Claims<P> {
        let mut all = Claims::default();
        all.remember("x", || original.clone());
        for claim in claims {
            all.note(claim);
        }
        all
    }

    /// Of each property of which something is claimed: what is served, by a walk along all that was ever said. What a source
    /// said before its last word does not count.
    fn by_the_book<P: Property>(original: &Original<P>, claims: &[Claim<P>]) -> BTreeMap<String, P> {
        let before = P::said_before(original);
        let keys: BTreeSet<String> = claims.iter().map(|claim| claim.statement.key()).collect();
        let winner = |key: &String| {
            let of_key: Vec<&Claim<P>> = claims.iter().filter(|claim| claim.statement.key() == *key).collect();
            let is_last = |claim: &&&Claim<P>| {
                !of_key.iter().any(|other| other.source == claim.source && other.stated > claim.stated)
            };
            let best = of_key
                .iter()
                .filter(is_last)
                .max_by_key(|claim| (!claim.statement.is_guess(), claim.authority, claim.stated, claim.source.clone()));
            let best = best.unwrap();
            let seed = before.iter().find(|said| said.statement.key() == *key);
            let stands = seed.filter(|said| match (best.statement.is_guess(), said.statement.is_guess()) {
                (true, _) => true,
                (false, true) => false,
                (false, false) if best.authority != Authority::Web => best.authority < Authority::Web,
                (false, false) => said.stated >= best.stated.map(whole),
            });
            (key.clone(), stands.map_or_else(|| best.statement.clone(), |said| said.statement.clone()))
        };
        keys.iter().map(winner).collect()
    }

    fn served<P: Property>(claims: &Claims<P>, keys: &BTreeMap<String, P>) -> BTreeMap<String, P> {
        let heard = heard(claims.originals.get("x"), claims.of("x"), &PollingLists::default());
        keys.keys().map(|key| (key.clone(), heard[key][0].statement.clone().into_owned())).collect()
    }

    proptest! {
        #[test]
        fn of_a_place_what_is_served_is_the_same_in_whatever_order_it_was_said((one, other) in two_orders(of_places())) {
            let (original, municipality) = (of_place(), of_place().subject.municipality);
            let expected = by_the_book(&original, &one);
            let (one, other) = (noted(&original, one), noted(&original, other));
            prop_assert_eq!(&one, &other);
            prop_assert_eq!(served(&one, &expected), expected);
            // Nor in what order they are told.
            let mut reversed = one.of("x").to_vec();
            reversed.reverse();
            let resolved = |claims: &[_]| place::resolve("x", &municipality, Some(&original), claims, &PollingLists::default());
            prop_assert_eq!(resolved(&reversed), resolved(other.of("x")));
        }

        #[test]
        fn of_policy_what_is_served_is_the_same_in_whatever_order_it_was_said((one, other) in two_orders(of_policy())) {
            let (original, municipality): (_, MunicipalityCode) = (of_document(), of_document().subject.municipality);
            let expected = by_the_book(&original, &one);
            let (mut one, other) = (noted(&original, one), noted(&original, other));
            prop_assert_eq!(&one, &other);
            prop_assert_eq!(served(&one, &expected), expected);
            one.by_subject.values_mut().for_each(|claims| claims.reverse());
            prop_assert_eq!(policy::resolve(&one, &municipality), policy::resolve(&other, &municipality));
        }
    }
}
