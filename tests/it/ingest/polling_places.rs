//! A newer list of polling places, and what the seed has from an older one.
//!
//! On PostgreSQL where `NOABER_TEST_POSTGRES` names a server, else on SQLite.

use noaber::model::{Books, Place};

use crate::{
    database::column,
    desk::{Desk, ending},
};

/// A place of which only the list of March 2023 tells the address, the point and whether a wheelchair gets in.
const PLACE: &str = "buurtcentrum-de-boei-enschede";

fn place(books: &Books) -> Place {
    books.facts.places.iter().find(|place| place.key == PLACE).unwrap().clone()
}

/// A list of that day that says of the place what is known of it, but for the wheelchair.
fn list(place: &Place, day: &str, accessible: bool) -> String {
    let address = place.address.as_ref().unwrap();
    format!(
        "CBS gemeentecode;Naam stembureau;Straatnaam;Huisnummer;Postcode;Plaats;Openingstijd;Toegankelijk voor mensen met \
         een lichamelijke beperking\n{};{};{};{};{};{};{day}T07:30:00;{}\n",
        place.municipality,
        place.name,
        address.street.as_deref().unwrap(),
        address.house_number.as_deref().unwrap(),
        address.postcode.as_deref().unwrap(),
        place.settlement,
        if accessible { "ja" } else { "nee" },
    )
}

#[tokio::test]
async fn a_newer_list_says_anew_what_the_seed_has_from_an_older_one() {
    let desk = Desk::new().await;
    let before = place(&desk.books().await);
    let accessible = before.wheelchair_accessible.unwrap();
    desk.write("new.csv", list(&before, "2027-03-17", !accessible));
    let said = desk.done(&["ingest", "polling-places", "new.csv"]);
    assert!(said.starts_with("Rijen: 1. Nieuwe plekken: 0, gewijzigd: 1, bevestigd: 0,"), "{said}");
    let after = place(&desk.books().await);
    assert_eq!(after.wheelchair_accessible, Some(!accessible));
    assert_eq!(after.last_confirmed.as_ref().map(|day| day.as_str()), Some("2027-03-17"));
    // The one before it changes nothing and confirms nothing, and it is told why.
    desk.write("old.csv", list(&before, "2025-10-29", accessible));
    let said = desk.done(&["ingest", "polling-places", "old.csv"]);
    assert!(said.starts_with("Rijen: 1. Nieuwe plekken: 0, gewijzigd: 0, bevestigd: 0,"), "{said}");
    assert!(said.contains("[overruled]"), "{said}");
    // It has one more source, for what it says alike.
    let still = place(&desk.books().await);
    assert_eq!(Place { updated_at: after.updated_at, ..still }, after);
}

#[tokio::test]
async fn a_list_that_a_stronger_voice_contradicts_confirms_nothing_and_is_told() {
    let desk = Desk::new().await;
    let before = place(&desk.books().await);
    let accessible = before.wheelchair_accessible.unwrap();
    let yes_no = |yes: bool| if yes { "ja" } else { "nee" };
    desk.write("stated.csv", format!("sleutel;rolstoeltoegankelijk\n{PLACE};{}\n", yes_no(accessible)));
    desk.done(&["ingest", "places", "stated.csv", "--date", "2026-11-20"]);
    let stated = place(&desk.books().await);
    desk.write("new.csv", list(&before, "2027-03-17", !accessible));
    let said = desk.done(&["ingest", "polling-places", "new.csv"]);
    assert!(said.contains("bevestigd: 0,"), "{said}");
    let told = format!(
        "Over “{}” staat hier bij rolstoeltoegankelijk: {}. We tonen {},",
        before.name,
        yes_no(!accessible),
        yes_no(accessible)
    );
    assert!(said.contains(&told), "{told}\n{said}");
    let after = place(&desk.books().await);
    assert_eq!((after.wheelchair_accessible, &after.last_confirmed), (Some(accessible), &stated.last_confirmed));
    // One that agrees confirms.
    desk.write("newest.csv", list(&before, "2028-03-17", accessible));
    desk.done(&["ingest", "polling-places", "newest.csv"]);
    let confirmed = place(&desk.books().await).last_confirmed;
    assert_eq!(confirmed.as_ref().map(|day| day.as_str()), Some("2028-03-17"));
}

#[tokio::test]
async fn a_database_that_was_decided_by_other_rules_is_decided_anew_at_the_next_start() {
    let desk = Desk::new().await;
    let before = place(&desk.books().await);
    let accessible = before.wheelchair_accessible.unwrap();
    desk.write("new.csv", list(&before, "2027-03-17", !accessible));
    desk.done(&["ingest", "polling-places", "new.csv"]);
    let after = place(&desk.books().await);
    // As a release left it for which the seed spoke louder than the list.
    let db = desk.database.connect().await;
    let former = format!("UPDATE place SET wheelchair_accessible = {accessible} WHERE key = '{PLACE}' RETURNING key");
    assert_eq!(column(&db, &former, &former).await, [PLACE]);
    let rules = "DELETE FROM precedence RETURNING CAST(rules AS TEXT)";
    assert_eq!(column(&db, rules, rules).await.len(), 1);
    db.close().await.unwrap();
    let editions = desk.done(&["editions"]).lines().count();
    // Who only reads changes nothing.
    desk.done(&["pairs", "list"]);
    assert_eq!(place(&desk.books().await).wheelchair_accessible, Some(accessible));
    desk.done(&["geocode", "--provider", "offline", "--dry-run"]);
    let anew = place(&desk.books().await);
    assert_eq!(Place { updated_at: after.updated_at, ..anew }, after);
    let told = desk.done(&["editions"]);
    assert!(told.lines().count() == editions + 1 && told.contains("weighed otherwise"), "{told}");
    assert_eq!(ending(&desk.done(&["editions"])), ending(&told));
}
