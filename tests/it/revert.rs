//! Taking back with the real program: an import, a source, a cell.
//!
//! On PostgreSQL where `NOABER_TEST_POSTGRES` names a server, else on SQLite.

use noaber::model::{Books, Facts, vocabulary::FacilityType};

use crate::desk::{Desk, ending};

/// What is served, whenever it changed.
fn served(books: &Books) -> Facts {
    let mut facts = books.facts.clone();
    facts.places.iter_mut().for_each(|place| place.updated_at = chrono::DateTime::UNIX_EPOCH);
    facts
}

/// The edition that the last line names.
fn edition(out: &str) -> String {
    ending(out).split(' ').find(|word| word.starts_with("20")).expect("an edition").to_owned()
}

const WRONG: &str = "sleutel;naam;gemeente;plaats;bibliotheek;opgericht;datum opgave\n\
                     de-wiekelaar-oudleusen;De Weikelaar;;;-;1900;2026-11-25\n\
                     ;Buurthuis De Vergissing;Dalfsen;Dalfsen;ja;;2026-11-25\n";

const RIGHT: &str = "sleutel;naam;gemeente;plaats;sport;opgericht;datum opgave\n\
                     de-wiekelaar-oudleusen;De Wiekelaar;;;ja;1987;2026-11-25\n";

#[tokio::test]
async fn a_wrong_file_is_taken_back_though_a_right_one_came_after_it() {
    let desk = Desk::new().await;
    desk.write("fout.csv", WRONG);
    desk.write("goed.csv", RIGHT);
    let wrong = edition(&desk.done(&["ingest", "places", "fout.csv"]));
    desk.done(&["ingest", "places", "goed.csv"]);
    let both = desk.books().await;

    let trial = desk.done(&["revert", &wrong, "--dry-run"]);
    assert!(trial.starts_with(&format!("Terug te nemen: editie {wrong} (ingest places fout.csv).\n")), "{trial}");
    assert!(trial.contains("Bibliotheek: nee → ja"), "{trial}");
    assert!(
        trial.contains("niemand anders zegt dat deze plekken er zijn:\n  Buurthuis De Vergissing, Dalfsen"),
        "{trial}"
    );
    assert!(trial.contains("Blijft staan, omdat het later opnieuw of anders is opgegeven: 2 gegeven(s)."), "{trial}");
    assert_eq!(ending(&trial), "Proef: niets opgeslagen.");
    assert_eq!(desk.books().await, both);

    let said = desk.done(&["revert", &wrong]);
    assert!(ending(&said).starts_with("Opgeslagen als editie"), "{said}");
    let other = Desk::new().await;
    other.write("goed.csv", RIGHT);
    other.done(&["ingest", "places", "goed.csv"]);
    assert_eq!(served(&desk.books().await), served(&other.books().await));
    assert!(desk.done(&["editions"]).contains(&format!("revert {wrong} (ingest places fout.csv)")));

    let refused = desk.run(&["revert", &wrong]);
    let by = edition(&said);
    assert_eq!(refused.code, Some(1));
    assert!(refused.error.contains(&format!("is al teruggenomen, in editie {by}")), "{}", refused.error);
    // And back again.
    let back = desk.done(&["revert", &by]);
    assert!(back.contains("Terug:\n  Buurthuis De Vergissing, Dalfsen"), "{back}");
    assert_eq!(served(&desk.books().await), served(&both));
    let again = desk.done(&["revert", &edition(&back), "--language", "en"]);
    assert!(again.contains("Gone; nobody else says that these places are there:"), "{again}");
    assert_eq!(served(&desk.books().await), served(&other.books().await));
}

#[tokio::test]
async fn a_source_is_taken_back_whole_its_list_too() {
    let desk = Desk::new().await;
    let before = desk.books().await;
    desk.write("fout.csv", WRONG);
    desk.done(&["ingest", "places", "fout.csv"]);
    let said = desk.done(&["revert", "municipality-GM0148"]);
    assert!(said.starts_with("Terug te nemen: alles wat bron municipality-GM0148 zegt.\n"), "{said}");
    assert_eq!(served(&desk.books().await), served(&before));
    assert_eq!(desk.books().await.ledger, before.ledger);
    for (what, expected) in [
        ("municipality-GM0148", "er is geen editie en geen bron “municipality-GM0148”"),
        ("cbs-85039ned", "bron “cbs-85039ned” hoort bij de gegevens waarmee noaber begon"),
        ("2026-11-24-000000000000", "er is geen editie en geen bron"),
    ] {
        let refused = desk.run(&["revert", what]);
        assert_eq!(refused.code, Some(1), "{what}");
        assert!(refused.error.contains(expected), "{what}: {}", refused.error);
    }
    // The edition of the start is of no import.
    let first =
        desk.done(&["editions"]).lines().last().and_then(|line| line.split_whitespace().nth(1)).unwrap().to_owned();
    let refused = desk.run(&["revert", &first]).error;
    assert!(
        refused.contains("is niet bijgehouden wat ze zei") && refused.contains("`noaber revert BRON`"),
        "{refused}"
    );
}

#[tokio::test]
async fn a_place_that_was_withdrawn_is_in_no_journal_and_does_not_come_back() {
    let desk = Desk::new().await;
    desk.write("fout.csv", WRONG);
    let wrong = edition(&desk.done(&["ingest", "places", "fout.csv"]));
    let by = edition(&desk.done(&["revert", &wrong]));
    desk.done(&["withdraw", "buurthuis-de-vergissing-dalfsen", "--reason", "op verzoek"]);
    desk.done(&["revert", &by]);
    assert!(!desk.facts().await.places.iter().any(|place| place.name.contains("Vergissing")));
}

#[tokio::test]
async fn the_word_wis_takes_back_what_the_source_said_in_a_cell() {
    let desk = Desk::new().await;
    let place =
        |books: &Books| books.facts.places.iter().find(|place| place.key == "de-wiekelaar-oudleusen").unwrap().clone();
    let before = place(&desk.books().await);
    desk.write(
        "een.csv",
        "sleutel;straat;huisnummer;postcode;bibliotheek;biljarten;opgericht;andere namen;datum opgave\n\
         de-wiekelaar-oudleusen;Kerkstraat;4;7722 XX;-;ja;1900;De Weikelaar;2026-11-25\n",
    );
    desk.done(&["ingest", "places", "een.csv"]);
    let changed = place(&desk.books().await);
    assert_eq!(changed.founded_year, Some(1900));
    assert!(changed.absent_facilities.contains(&FacilityType::Bibliotheek));
    desk.write(
        "wis.csv",
        "sleutel;straat;bibliotheek;biljarten;opgericht;andere namen;website;naam;datum opgave\n\
         de-wiekelaar-oudleusen;wis;Wis;WIS;clear;wis;wis;;2026-11-26\n",
    );
    let said = desk.done(&["ingest", "places", "wis.csv"]);
    assert!(said.contains("want deze bron zei niets over website"), "{said}");
    let after = place(&desk.books().await);
    let same = |place: &noaber::model::Place| {
        (
            place.address.clone(),
            place.facilities.clone(),
            place.absent_facilities.clone(),
            place.activities.clone(),
            place.founded_year,
        )
    };
    assert_eq!(same(&after), same(&before));
    assert_eq!(after.alternative_names, before.alternative_names);
    // What was said on a later day stands, and what a row needs cannot go.
    desk.write("laat.csv", "sleutel;opgericht;datum opgave\nde-wiekelaar-oudleusen;1950;2026-11-27\n");
    desk.done(&["ingest", "places", "laat.csv"]);
    desk.write("oud.csv", "sleutel;opgericht;plaats;datum opgave\nde-wiekelaar-oudleusen;wis;wis;2026-11-26\n");
    let said = desk.done(&["ingest", "places", "oud.csv"]);
    assert!(said.contains("[older-statement]") && said.contains("“wis” kan niet in kolom “plaats”"), "{said}");
    assert_eq!(place(&desk.books().await).founded_year, Some(1950));
}
