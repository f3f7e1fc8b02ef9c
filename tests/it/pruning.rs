//! Letting old editions go by a setting: what stays, what is said of what went, and that nothing else becomes otherwise.
//!
//! On PostgreSQL where `NOABER_TEST_POSTGRES` names a server, else on SQLite.

use std::{
    io::{BufRead, BufReader},
    process::Stdio,
    time::{Duration, Instant},
};

use chrono::{Datelike as _, Months, Utc};
use noaber::store::Store;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::json;

use crate::{
    cli::Server,
    database::{TestDatabase, run as run_statements},
    desk::{Desk, ending},
    support::TestApp,
};

/// Puts the first editions, so many, on days after one another in one month that is more than a year ago.
async fn backdate(database: &TestDatabase, editions: u32) {
    let month = Utc::now().date_naive().with_day(1).unwrap() - Months::new(13);
    for number in 1..=editions {
        let day = month.with_day(10 + number).unwrap();
        let statement = format!("UPDATE edition SET published_at = '{day}T12:00:00+00:00' WHERE number = {number}");
        run_statements(&database.url, &[statement]).await;
    }
}

/// An import that says a name and a year of a place; the id of the edition that it makes.
fn import(desk: &Desk, year: i32) -> String {
    let today = Utc::now().date_naive();
    desk.write(
        "lijst.csv",
        format!(
            "sleutel;naam;gemeente;plaats;opgericht;datum opgave\n\
             de-wiekelaar-oudleusen;De Wiekelaar;;;{year};{today}\n"
        ),
    );
    let said = desk.done(&["ingest", "places", "lijst.csv"]);
    said.split_whitespace().find(|word| word.len() == 23 && word.starts_with("20")).expect("an edition").to_owned()
}

async fn count(database: &TestDatabase, query: &str) -> i64 {
    let db = database.connect().await;
    let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), query)).await.unwrap();
    let count = row.unwrap().try_get_by(0).unwrap();
    db.close().await.unwrap();
    count
}

/// Seven editions, of which all but the last two are more than a year old; their ids.
async fn old(desk: &Desk) -> Vec<String> {
    let mut ids = vec![desk.done(&["editions"]).split_whitespace().find(|word| word.len() == 23).unwrap().to_owned()];
    ids.extend((1951..=1956).map(|year| import(desk, year)));
    backdate(&desk.database, 5).await;
    ids
}

#[tokio::test]
async fn what_goes_is_shown_first_and_what_went_is_told_by_name() {
    let desk = Desk::new().await;
    let ids = old(&desk).await;
    let contents = "SELECT count(*) FROM archive";
    let before = count(&desk.database, contents).await;

    assert!(desk.run(&["editions", "prune"]).error.contains("--keep-editions is all, so every edition stays"));
    let trial = desk.done(&["editions", "prune", "--dry-run", "--keep-editions", "30d"]);
    assert_eq!(count(&desk.database, contents).await, before);
    // The first, the last of its month, and those of 30 days stay; the last goes with the one before it as long as its import can be
    // taken back.
    let going = |text: &str| {
        let ids = ids.iter().enumerate().filter(|(_, id)| text.contains(id.as_str()));
        ids.map(|(index, _)| index + 1).collect::<Vec<_>>()
    };
    assert_eq!(going(&trial), [2, 3, 4], "{trial}");
    assert!(ending(&trial).starts_with("gone: 3 edition(s), ") && trial.ends_with("; a trial: nothing was changed\n"));
    let listed = desk.done(&["editions", "--keep-editions", "30d"]);
    assert_eq!(listed.matches("goes by --keep-editions").count(), 3, "{listed}");
    let checked = desk.done(&["check", "--keep-editions", "30d"]);
    assert!(checked.contains("`noaber editions prune` (--keep-editions 30d) gone: 3 edition(s)"), "{checked}");

    desk.done(&["editions", "keep", &ids[2], "--reason", "Staat in het jaarverslag"]);
    assert!(desk.done(&["editions"]).contains("kept: Staat in het jaarverslag"));
    let said = desk.done(&["editions", "prune", "--keep-editions", "30d"]);
    assert_eq!(going(&said), [2, 4], "{said}");
    assert!(desk.done(&["editions", "prune", "--keep-editions", "30d"]).starts_with("gone: 0 edition(s), 0 kB"));
    assert_eq!(
        count(&desk.database, contents).await,
        before - 2,
        "the places of two editions; the rest they share with others"
    );
    let listed = desk.done(&["editions"]);
    assert!(
        listed.ends_with("and 2 edition(s) that are no longer kept; `noaber editions --all` lists them\n"),
        "{listed}"
    );
    assert_eq!(desk.done(&["editions", "--all"]).matches("no longer kept since 20").count(), 2);
    let checked = desk.done(&["check"]);
    assert!(checked.contains("archive: 5 edition(s), each as it was recorded"), "{checked}");

    // Of what went: when it was, since when it is gone, and what is nearest.
    let today = Utc::now().date_naive();
    let gone = desk.run(&["export", "edition", &ids[1]]);
    let told = format!("is no longer kept since {today}; the next one that is, is `{}`", ids[2]);
    assert!(gone.code == Some(1) && gone.error.contains(&told), "{}", gone.error);
    desk.done(&["export", "edition", &ids[2], "--output", "kept.json"]);
    let gone = desk.run(&["editions", "keep", &ids[1], "--reason", "Te laat"]);
    assert!(gone.error.contains("there is no edition"), "{}", gone.error);
    // What it said cannot be taken back any more; what a later one said can.
    let refused = desk.run(&["revert", &ids[1]]);
    assert!(refused.error.contains("is sinds") && refused.error.contains("niet meer bewaard (--keep-editions)"));
    let refused = desk.run(&["revert", &ids[2], "--language", "en"]);
    assert!(refused.error.contains("is no longer kept since"), "{}", refused.error);
    let reverted = desk.done(&["revert", &ids[6]]);
    assert!(reverted.contains("1956 → 1955"), "{reverted}");
    // Privacy goes on as before.
    desk.done(&["withdraw", "de-wiekelaar-oudleusen", "--reason", "Op verzoek"]);
    assert_eq!(desk.run(&["check"]).code, Some(0));

    let server = Server::start(&desk.database);
    let page = server.get(&format!("/places.csv?edition={}", ids[1]));
    assert!(page.contains("404") && page.contains("is no longer kept since"), "{page}");
    let query = format!("%7Bchanges(since:%22{}%22)%7BtotalCount%7D%7D", ids[1]);
    let answer = server.get(&format!("/graphql?query={query}"));
    assert!(answer.contains("EDITION_UNAVAILABLE") && answer.contains("is no longer kept since"), "{answer}");
    let page = server.get(&format!("/changes?since={}", ids[3]));
    assert!(page.contains("404") && page.contains("is no longer kept since"), "{page}");
    // It is made a few seconds at a time.
    let began = Instant::now();
    while !server.get("/feeds/places").contains("\"items\"") {
        assert!(began.elapsed() < Duration::from_secs(120), "{}", server.get("/feeds/places"));
    }
}

#[tokio::test]
async fn an_edition_that_is_asked_for_by_its_id_long_after_a_newer_one_came_is_kept() {
    let app = TestApp::start().await;
    let first = app.edition();
    let [second, third, fourth] = [1961, 1962, 1963]
        .map(|year| format!("UPDATE place SET founded_year = {year} WHERE key = 'de-wiekelaar-oudleusen'"));
    let second = app.publish(&[&second]).await;
    let third = app.publish(&[&third]).await;
    backdate(app.database(), 3).await;
    app.publish(&[&fourth]).await;
    let (status, data) = app.response(&format!("{{ changes(since: \"{second}\") {{ totalCount }} }}"), json!({})).await;
    assert_eq!((status.as_u16(), &data["data"]["changes"]["totalCount"]), (200, &json!(1)));
    // The one before the newest is asked for by who pages through it.
    for id in [&third, &first] {
        app.get(&format!("/places.csv?edition={id}")).await.error_for_status().unwrap();
    }
    let asked = "SELECT count(*) FROM edition_mark WHERE asked_at IS NOT NULL";
    while count(app.database(), asked).await < 2 {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    let store = Store::open(&app.database().url).await.unwrap();
    let prunable = store.prunable("30d".parse().unwrap(), Utc::now()).await.unwrap();
    assert!(!prunable.editions.iter().any(|(_, id)| *id == second), "{prunable:?}");
    let asked: Vec<String> = store
        .editions()
        .await
        .unwrap()
        .into_iter()
        .filter(|known| known.asked_at.is_some())
        .map(|known| known.id)
        .collect();
    assert_eq!(asked, [second, first]);
    store.close().await;
}

#[tokio::test]
async fn a_service_lets_old_editions_go_by_itself_and_says_so() {
    let desk = Desk::new().await;
    let ids = old(&desk).await;
    let serve = || {
        let mut command = desk.command(&["serve", "--listen", "127.0.0.1:0", "--keep-editions", "30d"]);
        command.stderr(Stdio::piped());
        Server::begin(&mut command)
    };
    let mut server = serve();
    let log = BufReader::new(server.errors());
    let line =
        log.lines().map_while(Result::ok).find(|line| line.contains("no longer kept")).expect("a line in the log");
    assert!(line.contains(&format!("editions=\"{} {} {}\"", ids[1], ids[2], ids[3])), "{line}");
    assert!(line.contains("as --keep-editions 30d has it"), "{line}");
    // An old edition is made anew, unless the machine is busy, which it says.
    let path = format!("/places.csv?edition={}", ids[4]);
    let kept = std::iter::repeat_with(|| server.get(&path)).find(|answer| !answer.contains("more to do than it can"));
    assert!(kept.is_some_and(|kept| kept.starts_with("HTTP/1.1 200")));
    assert!(server.get(&format!("/places.csv?edition={}", ids[2])).contains("no longer kept since"));
}
