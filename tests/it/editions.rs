//! Editions in the database: kept whole, shared parts once, and without what was withdrawn.
//!
//! On PostgreSQL where `NOABER_TEST_POSTGRES` names a server, else on SQLite.

use std::io::Read;

use noaber::{
    edition::Edition,
    library,
    model::Facts,
    seed,
    store::{self, Store, StoreError},
};
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement, TransactionTrait};

use crate::database::{TestDatabase, tables};

async fn filled(database: &TestDatabase) -> Store {
    let store = Store::open(&database.url).await.unwrap();
    store.migrate().await.unwrap();
    store.save(&seed::read().unwrap()).await.unwrap();
    store
}

fn id_of(facts: &Facts) -> String {
    Edition::id_of(facts).unwrap()
}

/// Changes the facts and records the edition, as an import does.
async fn change(store: &Store, statements: &[&str]) -> String {
    let transaction = store.begin_change().await.unwrap();
    for statement in statements {
        transaction.execute_unprepared(statement).await.unwrap_or_else(|cause| panic!("{statement}: {cause}"));
    }
    let facts = store::load(&*transaction).await.unwrap();
    store::record(&*transaction, &id_of(&facts), None, &facts).await.unwrap();
    transaction.commit().await.unwrap();
    id_of(&facts)
}

/// All content of the archive, unpacked.
async fn archived(db: &DatabaseConnection) -> Vec<String> {
    let query = Statement::from_string(db.get_database_backend(), "SELECT bytes FROM archive");
    let unpack = |bytes: Vec<u8>| {
        let mut text = String::new();
        flate2::read::GzDecoder::new(bytes.as_slice()).read_to_string(&mut text).unwrap();
        text
    };
    db.query_all_raw(query).await.unwrap().iter().map(|row| unpack(row.try_get_by(0).unwrap())).collect()
}

async fn number(db: &DatabaseConnection, query: &str) -> i64 {
    let query = Statement::from_string(db.get_database_backend(), query);
    db.query_one_raw(query).await.unwrap().unwrap().try_get_by(0).unwrap()
}

#[tokio::test]
async fn an_archived_edition_is_the_facts_that_were_published_and_the_same_edition() {
    let database = TestDatabase::fresh().await;
    let store = filled(&database).await;
    assert_eq!(store.newest().await.unwrap(), None);
    let edition = library::record(&store, Some("first")).await.unwrap();
    assert_eq!(edition.id, id_of(&seed::read().unwrap()));
    let facts = store.facts_of(&edition.id).await.unwrap().unwrap();
    assert!(facts == seed::read().unwrap(), "the facts came back as others");
    assert_eq!(Edition::build(facts).unwrap().id, edition.id);
    assert!(store.facts_of("2020-01-01-0123456789ab").await.unwrap().is_none());

    // What is recorded already is not recorded again.
    library::record(&store, Some("second")).await.unwrap();
    let editions = store.editions().await.unwrap();
    assert_eq!(editions.len(), 1);
    let told = (editions[0].number, editions[0].places, editions[0].note.as_deref());
    assert_eq!((told, &editions[0].id), ((1, 285, Some("first")), &edition.id));
}

#[tokio::test]
async fn a_part_that_did_not_change_is_kept_once_and_the_archive_is_small() {
    let database = TestDatabase::fresh().await;
    let store = filled(&database).await;
    library::record(&store, None).await.unwrap();
    let db = database.connect().await;
    assert_eq!(number(&db, "SELECT count(*) FROM archive").await, 11);
    let size = number(&db, "SELECT sum(length(bytes)) FROM archive").await;
    assert!((400_000..550_000).contains(&size), "the seed takes {size} bytes");

    change(&store, &["UPDATE place SET name = 'Anders' WHERE key = 'de-wiekelaar-oudleusen'"]).await;
    assert_eq!(number(&db, "SELECT count(*) FROM archive").await, 12, "the places are another list, no other is");
    let more = number(&db, "SELECT sum(length(bytes)) FROM archive").await - size;
    assert!(more < 25_000, "an edition in which one place changed takes {more} bytes");
    assert_eq!(number(&db, "SELECT count(*) FROM edition_part").await, 26);

    // Put back as it was it is the first edition again, under a number of its own.
    let before = store.editions().await.unwrap()[1].id.clone();
    let name =
        seed::read().unwrap().places.into_iter().find(|place| place.key == "de-wiekelaar-oudleusen").unwrap().name;
    change(&store, &[&format!("UPDATE place SET name = '{name}' WHERE key = 'de-wiekelaar-oudleusen'")]).await;
    assert_eq!(store.newest().await.unwrap().map(|newest| (newest.number, newest.id)), Some((3, before)));
    assert_eq!(number(&db, "SELECT count(*) FROM archive").await, 12);
    db.close().await.unwrap();
}

#[tokio::test]
async fn of_two_writers_that_do_not_wait_for_one_another_one_is_told_that_it_lost() {
    let database = TestDatabase::fresh().await;
    let store = filled(&database).await;
    library::record(&store, None).await.unwrap();
    let facts = seed::read().unwrap();
    let (one, two) = (database.connect().await, database.connect().await);
    let (first, second) = (one.begin().await.unwrap(), two.begin().await.unwrap());
    // Both have read before either has written.
    store::load(&second).await.unwrap();
    store::record(&first, "a", None, &facts).await.unwrap();
    let losing = async { store::record(&second, "b", None, &facts).await };
    let winning = async {
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        first.commit().await.unwrap();
    };
    let (lost, ()) = tokio::join!(losing, winning);
    assert!(matches!(lost, Err(StoreError::Raced(_))), "{lost:?}");
    second.rollback().await.unwrap();
    assert_eq!(store.newest().await.unwrap().map(|newest| (newest.number, newest.id)), Some((2, "a".to_owned())));
}

#[tokio::test]
async fn writers_that_wait_for_one_another_both_get_their_turn() {
    let database = TestDatabase::fresh().await;
    let store = filled(&database).await;
    library::record(&store, None).await.unwrap();
    let changes: Vec<_> = (0..6)
        .map(|writer| {
            let store = store.clone();
            tokio::spawn(async move {
                // Each another row, so that the rows do not make them wait.
                let place = format!("(SELECT key FROM place ORDER BY key LIMIT 1 OFFSET {writer})");
                change(&store, &[&format!("UPDATE place SET founded_year = 3000 WHERE key = {place}")]).await
            })
        })
        .collect();
    for change in changes {
        change.await.unwrap();
    }
    let newest = store.newest().await.unwrap().unwrap();
    assert_eq!(newest.number, 7);
    let facts = store.load().await.unwrap();
    assert_eq!(facts.places.iter().filter(|place| place.founded_year == Some(3000)).count(), 6);
    assert_eq!(newest.id, id_of(&facts), "the newest edition is what the tables hold");
}

#[tokio::test]
async fn two_services_that_start_at_once_record_one_edition() {
    let database = TestDatabase::fresh().await;
    let store = filled(&database).await;
    let other = Store::open(&database.url).await.unwrap();
    let (one, two) = tokio::join!(library::record(&store, None), library::record(&other, None));
    assert_eq!(one.unwrap().id, two.unwrap().id);
    assert_eq!(store.editions().await.unwrap().len(), 1);
}

const ADDED: [&str; 6] = [
    "INSERT INTO source (id, layer, title, url) VALUES ('web-kwakelborg', 'place-facts', 'Site van Huis Kwakelborg', 'https://kwakelborg.example/')",
    "INSERT INTO place (key, name, municipality, settlement, street, house_number, postcode, lon, lat, precision, uncertainty_radius_m, updated_at)
     VALUES ('proefplek', 'Huis Kwakelborg', 'GM0193', 'Zwolle', 'Kwakelborgstraat', '1', '8011 ZZ', 6.09, 52.51, 'ADDRESS', 0, '2026-11-25 00:00:00+00:00')",
    "INSERT INTO place_name (place, name) VALUES ('proefplek', 'De oude Kwakelborg')",
    "INSERT INTO place_facility (place, facility, present) VALUES ('proefplek', 'SPORT', true)",
    "INSERT INTO place_source (place, source, field) VALUES ('proefplek', 'web-kwakelborg', 'name')",
    "INSERT INTO place_source (place, source, field)
     VALUES ('proefplek', (SELECT min(source) FROM place_source WHERE place = 'de-wiekelaar-oudleusen'), 'location')",
];

#[tokio::test]
async fn a_withdrawn_place_is_nowhere_any_more_and_its_key_and_the_reason_stay() {
    let database = TestDatabase::fresh().await;
    let store = filled(&database).await;
    let seed_id = library::record(&store, None).await.unwrap().id;
    let with = change(&store, &ADDED).await;
    let later = change(&store, &["UPDATE place SET name = 'Villa Kwakelborg' WHERE key = 'proefplek'"]).await;
    let db = database.connect().await;
    assert!(archived(&db).await.iter().any(|text| text.contains("Kwakelborgstraat")));

    let none = library::withdraw(&store, "no-such-place", "x").await;
    assert!(matches!(none, Err(StoreError::NoPlace(_))), "{none:?}");
    assert_eq!(store.withdrawals().await.unwrap(), [], "what is not there leaves nothing");

    let withdrawn = library::withdraw(&store, "proefplek", "asked by its owner").await.unwrap();
    // Without it the data is the seed again.
    assert_eq!((withdrawn.editions, &withdrawn.edition), (2, &seed_id));
    assert!(store.load().await.unwrap() == seed::read().unwrap());
    for text in archived(&db).await {
        assert!(!text.contains("wakelborg") && !text.contains("proefplek"), "it is in the archive");
    }
    for table in tables(&db).await.iter().filter(|table| *table != "archive") {
        let query = if db.get_database_backend() == sea_orm::DbBackend::Sqlite {
            format!("SELECT * FROM {table}")
        } else {
            format!("SELECT to_json(row)::text AS row FROM {table} row")
        };
        for row in db.query_all_raw(Statement::from_string(db.get_database_backend(), query)).await.unwrap() {
            let values = row.column_names().into_iter().filter_map(|name| row.try_get::<String>("", &name).ok());
            assert!(!values.collect::<String>().contains("wakelborg"), "it is in table {table}");
        }
    }

    let kept = store.withdrawals().await.unwrap();
    assert_eq!((kept[0].place.as_str(), kept[0].reason.as_str()), ("proefplek", "asked by its owner"));
    let editions = store.editions().await.unwrap();
    let told: Vec<(&str, i32, usize)> =
        editions.iter().map(|edition| (edition.id.as_str(), edition.places, edition.withdrawn.len())).collect();
    assert_eq!(told, [(seed_id.as_str(), 285, 0), (&later, 285, 1), (&with, 285, 1), (&seed_id, 285, 0)]);
    assert_eq!(store.withdrawn_from(&later).await.unwrap(), ["proefplek"]);
    // The id is a label now; the edition reads and builds all the same.
    let edition = library::read(&store, &later).await.unwrap();
    assert_eq!((&edition.id, edition.withdrawn.as_slice()), (&later, &["place:proefplek".to_owned()][..]));
    assert_eq!(edition.place_by_key("proefplek"), None);

    // Not as bytes that are merely marked as free either.
    db.close().await.unwrap();
    store.close().await;
    if let Some(path) = database.url.strip_prefix("sqlite://").and_then(|rest| rest.split('?').next()) {
        for suffix in ["", "-wal", "-shm"] {
            let bytes = std::fs::read(format!("{path}{suffix}")).unwrap_or_default();
            for text in ["Kwakelborg", "kwakelborg"] {
                assert!(
                    !bytes.windows(text.len()).any(|window| window == text.as_bytes()),
                    "{text} is in {path}{suffix}"
                );
            }
        }
    }
}

#[tokio::test]
async fn a_place_that_is_in_old_editions_only_is_withdrawn_from_them() {
    let database = TestDatabase::fresh().await;
    let store = filled(&database).await;
    library::record(&store, None).await.unwrap();
    change(&store, &ADDED).await;
    let gone = change(
        &store,
        &["DELETE FROM place WHERE key = 'proefplek'", "DELETE FROM source WHERE id = 'web-kwakelborg'"],
    )
    .await;
    let withdrawn = library::withdraw(&store, "proefplek", "asked by its owner").await.unwrap();
    assert_eq!((withdrawn.editions, &withdrawn.edition), (1, &gone));
    assert_eq!(store.newest().await.unwrap().map(|newest| newest.number), Some(3), "the data did not change");
    let again = library::withdraw(&store, "proefplek", "x").await;
    assert!(matches!(again, Err(StoreError::NoPlace(_))), "{again:?}");
}

#[tokio::test]
async fn a_source_that_says_what_was_decided_stays_when_its_place_is_withdrawn() {
    let database = TestDatabase::fresh().await;
    let store = filled(&database).await;
    library::record(&store, None).await.unwrap();
    let stated = "UPDATE policy_status SET stated_by = 'web-kwakelborg' WHERE document = (SELECT min(document) FROM policy_status)";
    let with = change(&store, &[&ADDED[..], &[stated]].concat()).await;
    library::withdraw(&store, "proefplek", "asked by its owner").await.unwrap();
    let is_there = |facts: &Facts| facts.sources.iter().any(|source| source.id == "web-kwakelborg");
    assert!(is_there(&store.load().await.unwrap()));
    assert!(is_there(&store.facts_of(&with).await.unwrap().unwrap()));
    assert_eq!(library::read(&store, &with).await.unwrap().place_by_key("proefplek"), None);
}
