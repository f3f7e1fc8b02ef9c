//! Gives each place that has no location the one that is known already, as an import does at its end.

use chrono::{DateTime, Utc};

use super::{
    accept::Verdict,
    apply::{Applied, apply, forget_outdated},
    choose::{Only, wanted},
    offline::Known,
    wanted::Wanted,
};
use crate::model::{Books, Provider};

/// Locates places by what is known; `None` where every place has a location already, or nothing is known of the others.
///
/// A point that was taken over so for another village or address than the place has now is taken back first.
pub fn locate(books: &Books, now: DateTime<Utc>) -> Option<Applied> {
    let current = forget_outdated(books, now);
    let books = current.as_ref().unwrap_or(books);
    let wanted = wanted(books, Only::Missing);
    if wanted.is_empty() {
        return current.map(Applied::untouched);
    }
    let known = Known::of(books);
    let look_up = |wanted: Wanted| {
        let verdict = known.find(&wanted);
        (wanted, verdict)
    };
    let found: Vec<(Wanted, Verdict)> = wanted.into_iter().map(look_up).collect();
    Some(apply(books, Provider::Offline, &found, now))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::vocabulary::LocationPrecision;

    fn now() -> DateTime<Utc> {
        "2026-12-01T09:00:00Z".parse().unwrap()
    }

    #[test]
    fn a_place_without_a_location_gets_that_of_its_village_and_another_with_another_village() {
        let mut books = crate::testing::books();
        assert!(locate(&books, now()).is_none(), "all have a location");
        let like = books.facts.places.iter().find(|place| place.settlement == "Ommen").unwrap().clone();
        let new = |key: &str, settlement: &str| crate::model::Place {
            key: key.to_owned(),
            settlement: settlement.to_owned(),
            neighbourhood: None,
            address: None,
            location: None,
            ..like.clone()
        };
        books.facts.places.extend([new("zz-een", "Beerze"), new("zz-twee", "Nergenshuizen")]);
        let applied = locate(&books, now()).unwrap();
        assert_eq!(applied.located.iter().map(|(key, _)| key.as_str()).collect::<Vec<_>>(), ["zz-een"]);
        assert_eq!(applied.not_found, ["zz-twee"]);
        let of = |books: &Books, key: &str| books.facts.places.iter().find(|place| place.key == key).unwrap().clone();
        let found = of(&applied.books, "zz-een").location.unwrap();
        let named = |name: &str| {
            let mut all = books.facts.settlements.iter().filter(|of| of.municipality == like.municipality);
            all.find(|of| of.name == name).unwrap().id.clone()
        };
        assert_eq!((found.precision, found.outline), (LocationPrecision::Settlement, Some(named("Beerze"))));
        // Again nothing is to be done.
        let again = locate(&applied.books, now()).unwrap();
        assert_eq!((&again.books, again.located.len()), (&applied.books, 0));

        let mut moved = applied.books.clone();
        let place = moved.facts.places.iter_mut().find(|place| place.key == "zz-een").unwrap();
        place.settlement = "Lemele".to_owned();
        let before = moved.ledger.places.originals.get_mut("zz-een").unwrap();
        before.subject.settlement = "Lemele".to_owned();
        let after = locate(&moved, now()).unwrap();
        assert_eq!(of(&after.books, "zz-een").location.unwrap().outline, Some(named("Lemele")));
    }
}
