//! Today's release on what earlier ones left behind: databases that they filled and imported into, on SQLite and, where
//! `NOABER_TEST_POSTGRES` names a server, on PostgreSQL. And terms that one release has and another has not.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::Read,
    path::{Path, PathBuf},
};

use flate2::read::GzDecoder;
use noaber::{
    app::{self, App},
    claims::policy::{municipality_of, resolve},
    config::{Config, Overrides},
    edition::Edition,
    library,
    model::{Facts, vocabulary::FacilityType},
    store::Store,
};
use sea_orm::ConnectionTrait;

use crate::database::{TestDatabase, column, tables};

/// The folder of each release.
pub(crate) fn releases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/releases");
    let is_release = |path: &PathBuf| path.join("editions.txt").is_file();
    let mut found: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(is_release).collect();
    found.sort();
    assert!(!found.is_empty());
    found
}

fn unpacked(path: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    GzDecoder::new(fs::File::open(path).unwrap()).read_to_end(&mut bytes).unwrap();
    bytes
}

/// The database that a release left behind.
pub(crate) async fn left_by(release: &Path) -> TestDatabase {
    let database = TestDatabase::fresh().await;
    match database.url.strip_prefix("sqlite://") {
        Some(file) => {
            let file = file.split('?').next().unwrap();
            fs::write(file, unpacked(&release.join("noaber.db.gz"))).unwrap();
        }
        None => {
            let script = String::from_utf8(unpacked(&release.join("noaber.sql.gz"))).unwrap();
            // A connection of its own: the script leaves its settings behind.
            let connection = database.connect().await;
            connection.execute_unprepared(&script).await.unwrap();
            connection.close().await.unwrap();
        }
    }
    database
}

pub(crate) fn config(database: &TestDatabase) -> Config {
    let overrides = Overrides { database: Some(database.url.clone()), ..Overrides::default() };
    Config::read(overrides, std::iter::empty()).unwrap()
}

/// The id of the seed of this release.
fn seed_id() -> String {
    Edition::id_of(&noaber::seed::read().unwrap()).unwrap()
}

/// How many places each edition has, as `noaber editions` said of both databases, the newest first.
fn told(release: &Path) -> Vec<i32> {
    let text = fs::read_to_string(release.join("editions.txt")).unwrap();
    text.lines().skip(1).map(|line| line.split_whitespace().nth(4).unwrap().parse().unwrap()).collect()
}

/// The ids of the editions of a database, the newest first. They differ between the two: it was not filled in one moment.
async fn ids(database: &TestDatabase) -> Vec<String> {
    read(database, "SELECT id FROM edition ORDER BY number DESC").await
}

#[tokio::test]
async fn todays_release_starts_on_what_each_earlier_one_left_behind() {
    for release in releases() {
        let database = left_by(&release).await;
        let known: Vec<(String, i32)> = ids(&database).await.into_iter().zip(told(&release)).collect();
        assert_eq!(known.len(), told(&release).len());
        let (store, edition, seeded) = app::prepare(&config(&database)).await.unwrap();
        assert!(!seeded);
        // One edition more, which says why it is there: this release has a newer seed.
        let editions = store.editions().await.unwrap();
        assert_eq!(editions.len(), known.len() + 1, "{editions:?}");
        let note = editions[0].note.as_deref().unwrap_or_default();
        assert!(note.starts_with(&format!("a newer release of noaber: its seed {} (places: ", seed_id())), "{note}");
        assert!(note.ends_with("); what others stated stands"), "{note}");
        assert_eq!(edition.id, editions[0].id);
        // All that was published before can be read, with its places.
        for (id, places) in &known {
            let old = library::read(&store, id).await.unwrap();
            assert_eq!((&old.id, old.places().len()), (id, usize::try_from(*places).unwrap()));
            assert!(old.sources.iter().all(|source| old.layers.iter().any(|layer| layer.key == source.layer)));
        }
        // And the next start finds it as it is.
        store.close().await;
        let (store, again, _) = app::prepare(&config(&database)).await.unwrap();
        assert_eq!(again.id, edition.id);
        assert_eq!(store.editions().await.unwrap().len(), editions.len());
        store.close().await;
    }
}

#[tokio::test]
async fn what_was_accepted_by_an_earlier_release_is_all_there() {
    for release in releases() {
        let database = left_by(&release).await;
        let before: BTreeMap<String, i64> = counts(&database).await;
        let (store, ..) = app::prepare(&config(&database)).await.unwrap();
        let after = counts(&database).await;
        for (table, rows) in before.iter().filter(|(table, _)| **table != "term") {
            // What anybody stated, decided or looked up is as it was; of which municipality a document is, became a claim as well.
            let is_kept = [
                "claim",
                "geocode_answer",
                "geocoding",
                "municipality",
                "pair",
                "place_base",
                "settlement",
                "survey_total",
                "withdrawal",
                "withdrawal_edition",
            ];
            let is_same = after[table] == *rows;
            assert!(is_same || !is_kept.contains(&table.as_str()), "{table}: {rows}, {}", after[table]);
            // The newer seed knows more than the older.
            assert!(after[table] >= *rows, "{table}: {rows}, {}", after[table]);
        }
        let books = store.books().await.unwrap();
        let spil = books.facts.places.iter().find(|place| place.key == "kulturhus-de-spil-nieuwleusen").unwrap();
        assert_eq!(spil.opening_hours.as_deref(), Some("Mo-Fr 09:00-17:00"));
        assert!(books.ledger.withdrawn.contains("kulturhus-de-mozaiek-lemelerveld"));
        // What it had claimed of policy still decides what is served, and what it had looked up is where it was.
        let policy = &books.ledger.policy;
        let claimed: BTreeSet<_> = policy.by_subject.values().map(|claims| municipality_of(claims).unwrap()).collect();
        assert!(!claimed.is_empty());
        for municipality in claimed {
            let resolved = resolve(policy, municipality);
            let own = books.facts.policy_documents.iter().filter(|document| document.municipality == *municipality);
            assert_eq!(resolved.documents.iter().collect::<Vec<_>>(), own.collect::<Vec<_>>());
        }
        assert_eq!(books.ledger.geocodings.len(), 4);
        for place in books.facts.places.iter().filter(|place| books.ledger.geocodings.contains_key(&place.key)) {
            assert_eq!(books.ledger.found_at(&place.key), place.location.as_ref(), "{}", place.key);
        }
        let layers: BTreeSet<&str> = books.facts.sources.iter().map(|source| source.layer.as_str()).collect();
        for layer in ["openstreetmap", "questionnaire", "statements-cc0-1.0", "polling-places", "place-facts"] {
            assert!(layers.contains(layer), "{layer}");
        }
        store.close().await;
    }
}

async fn counts(database: &TestDatabase) -> BTreeMap<String, i64> {
    let db = database.connect().await;
    let mut counts = BTreeMap::new();
    for table in tables(&db).await {
        let query = format!("SELECT CAST(COUNT(*) AS TEXT) FROM {table}");
        counts.insert(table, column(&db, &query, &query).await[0].parse().unwrap());
    }
    db.close().await.unwrap();
    counts
}

async fn read(database: &TestDatabase, query: &str) -> Vec<String> {
    let db = database.connect().await;
    let found = column(&db, query, query).await;
    db.close().await.unwrap();
    found
}

async fn change(database: &TestDatabase, statements: &[&str]) {
    let connection = database.connect().await;
    for statement in statements {
        connection.execute_unprepared(statement).await.unwrap();
    }
    connection.close().await.unwrap();
}

const PLACE: &str = "kulturhus-de-marke-hengevelde";

/// Terms of another release in every table that has terms.
const OTHER_TERMS: [&str; 12] = [
    "UPDATE place SET kind = 'PALEIS', kind_basis = 'DROOM', status = 'ONDER_WATER', legal_form = 'GILDE', run_by = 'ROBOTS' WHERE key = 'kulturhus-de-marke-hengevelde'",
    "INSERT INTO place_facility (place, facility, present) VALUES ('kulturhus-de-marke-hengevelde', 'HOLODEK', TRUE)",
    "INSERT INTO place_activity (place, activity, present) VALUES ('kulturhus-de-marke-hengevelde', 'ZWEVEN', FALSE)",
    "UPDATE place SET precision = 'PLANEET' WHERE key = 'activiteitencentrum-het-zumpke-enter'",
    "UPDATE municipality SET inventory = 'HALF' WHERE code = 'GM0193'",
    "UPDATE settlement SET kind = 'RUIMTESTATION' WHERE id = (SELECT MIN(parent) FROM settlement)",
    "UPDATE policy_document SET kind = 'ZANG' WHERE key = 'policy-011'",
    "UPDATE policy_document SET stance = 'DWARS' WHERE key = 'policy-001'",
    "INSERT INTO policy_document_theme (document, theme) VALUES ('policy-001', 'RUIMTEVAART')",
    "UPDATE survey_question SET about = 'MARSMANNETJES' WHERE key = (SELECT MIN(key) FROM survey_question)",
    "UPDATE survey_finding SET kind = 'DROOM' WHERE key = (SELECT MIN(key) FROM survey_finding)",
    "UPDATE survey_answer SET legibility = 'WAZIG' WHERE key = (SELECT MIN(key) FROM survey_answer)",
];

#[tokio::test]
async fn a_term_that_this_release_does_not_have_is_read_as_not_known_and_stops_nothing() {
    let database = TestDatabase::filled().await;
    let (store, whole, _) = app::prepare(&config(&database)).await.unwrap();
    store.close().await;
    change(&database, &OTHER_TERMS).await;
    let store = Store::open(&database.url).await.unwrap();
    library::record(&store, Some("a later release")).await.unwrap();
    store.close().await;
    let (store, edition, _) = app::prepare(&config(&database)).await.unwrap();
    assert_eq!(edition.place_count(), whole.place_count());
    let at = |edition: &Edition, key: &str| edition.place(edition.place_by_key(key).unwrap()).facts.clone();
    let (before, after) = (at(&whole, PLACE), at(&edition, PLACE));
    assert_eq!((after.kind, after.kind_basis, after.status), (None, None, None));
    assert_eq!((after.legal_form, after.run_by), (None, None));
    assert_eq!((&after.facilities, &after.absent_activities), (&before.facilities, &before.absent_activities));
    assert_eq!(at(&edition, "activiteitencentrum-het-zumpke-enter").location, None);
    assert_eq!(edition.settlements().len(), whole.settlements().len() - 1);
    store.close().await;
}

#[tokio::test]
async fn an_edition_with_terms_of_another_release_can_be_read() {
    let database = TestDatabase::fresh().await;
    let (store, edition, _) = app::prepare(&config(&database)).await.unwrap();
    let facts: Facts = store.load().await.unwrap();
    // As a release with more terms would have written it: the names are exchanged in its parts.
    let mut known = serde_json::to_value(&facts.places).unwrap();
    known[0]["kind"] = "PALEIS".into();
    known[0]["facilities"] = serde_json::json!(["BIBLIOTHEEK", "HOLODEK"]);
    let places: Vec<noaber::model::Place> = serde_json::from_value(known).unwrap();
    assert_eq!((places[0].kind, places[0].facilities.as_slice()), (None, &[FacilityType::Bibliotheek][..]));
    assert_eq!(library::read(&store, &edition.id).await.unwrap().places().len(), 285);
    store.close().await;
}

#[tokio::test]
async fn what_another_release_said_of_a_place_stays_when_this_one_changes_it() {
    let database = TestDatabase::fresh().await;
    let (store, ..) = app::prepare(&config(&database)).await.unwrap();
    change(&database, &OTHER_TERMS).await;
    let source = "INSERT INTO source (id, layer, title) VALUES ('future', 'place-facts', 'A later release')";
    let claim = format!(
        "INSERT INTO claim (place, key, source, authority, statement, stated) VALUES \
         ('{PLACE}', 'kind', 'future', 'MUNICIPALITY', '{{\"property\":\"kind\",\"value\":\"PALEIS\"}}', '2026-11-28')"
    );
    change(&database, &[source, &claim]).await;
    store
        .revise("test", |books| {
            let mut after = books.clone();
            let place = after.facts.places.iter_mut().find(|place| place.key == PLACE).unwrap();
            place.opening_hours = Some("Mo 10:00-12:00".to_owned());
            let id = Edition::build(after.facts.clone()).unwrap().id;
            Some((after, id))
        })
        .await
        .unwrap();
    let place = format!("FROM place WHERE key = '{PLACE}'");
    assert_eq!(read(&database, &format!("SELECT opening_hours {place}")).await, ["Mo 10:00-12:00"]);
    for (cell, value) in [("kind", "PALEIS"), ("status", "ONDER_WATER"), ("legal_form", "GILDE"), ("run_by", "ROBOTS")]
    {
        assert_eq!(read(&database, &format!("SELECT {cell} {place}")).await, [value]);
    }
    let rows = |table: &str, cell: &str, value: &str| format!("SELECT place FROM {table} WHERE {cell} = '{value}'");
    assert_eq!(read(&database, &rows("place_facility", "facility", "HOLODEK")).await, [PLACE]);
    assert_eq!(read(&database, &rows("place_activity", "activity", "ZWEVEN")).await, [PLACE]);
    assert_eq!(read(&database, &rows("claim", "source", "future")).await, [PLACE]);
    store.close().await;
}

/// The layers of the sources of each place, as the tables have them: key of the place, licence and attribution.
async fn layers_by_place(database: &TestDatabase) -> BTreeMap<String, BTreeSet<(String, String)>> {
    let rows = read(
        database,
        "SELECT DISTINCT link.place || '\u{1f}' || layer.licence || '\u{1f}' || layer.attribution FROM place_source link \
         JOIN source ON source.id = link.source JOIN layer ON layer.key = source.layer",
    )
    .await;
    let mut found: BTreeMap<String, BTreeSet<(String, String)>> = BTreeMap::new();
    for row in rows {
        let cells: Vec<&str> = row.split('\u{1f}').collect();
        found.entry(cells[0].to_owned()).or_default().insert((cells[1].to_owned(), cells[2].to_owned()));
    }
    found
}

#[tokio::test]
async fn every_place_has_in_every_download_the_licences_of_its_own_sources_and_no_others() {
    let release = releases().pop().unwrap();
    let database = left_by(&release).await;
    let config = Config { listen: "127.0.0.1:0".parse().unwrap(), ..config(&database) };
    let app = App::start(&config).await.unwrap();
    let url = format!("http://{}", app.address);
    let expected = layers_by_place(&database).await;
    // What each of these is made of, told by hand.
    let alone = |licence: &str, place: &str| {
        // Their points are those of their villages, which is the Kadaster's word.
        let told = expected[place].iter().filter(|(_, attribution)| !attribution.contains("Kadaster"));
        assert_eq!(told.map(|(licence, _)| licence.as_str()).collect::<Vec<_>>(), [licence], "{place}");
        assert!(!expected[place].iter().any(|(_, attribution)| attribution.contains("noaber")), "{place}");
    };
    alone("CC0-1.0", "het-proeflokaal-ommen");
    alone("CC0-1.0", "het-proefhuis-lemelerveld");
    let only_mapped = expected.iter().filter(|(_, layers)| layers.iter().all(|(licence, _)| licence == "ODbL-1.0"));
    assert!(only_mapped.count() > 0);

    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let served = tokio::spawn(app.serve(async move { drop(stopped.await) }));
    let get = async |path: &str| reqwest::get(format!("{url}{path}")).await.unwrap().text().await.unwrap();
    let rows: Vec<BTreeMap<String, String>> =
        csv::Reader::from_reader(get("/places.csv").await.as_bytes()).deserialize().map(Result::unwrap).collect();
    let geojson: serde_json::Value = serde_json::from_str(&get("/places.geojson").await).unwrap();
    let features = geojson["features"].as_array().unwrap();
    assert_eq!(rows.len(), features.len());
    let titles: Vec<&str> =
        geojson["licences"].as_array().unwrap().iter().map(|one| one["layer"].as_str().unwrap()).collect();
    assert!(titles.iter().any(|title| title.contains("vragenlijst")), "{titles:?}");
    for (row, feature) in rows.iter().zip(features) {
        let key = row["id"].trim_start_matches("place:");
        let told = |licences: Vec<&str>, attributions: Vec<&str>| -> BTreeSet<(String, String)> {
            assert_eq!(licences.len(), attributions.len(), "{key}");
            licences.into_iter().zip(attributions).map(|(one, other)| (one.to_owned(), other.to_owned())).collect()
        };
        assert_eq!(told(row["licence"].split('|').collect(), row["attribution"].split('|').collect()), expected[key]);

        let attributions: BTreeSet<&str> = expected[key].iter().map(|(_, attribution)| attribution.as_str()).collect();
        let licences: BTreeSet<&str> = expected[key].iter().map(|(licence, _)| licence.as_str()).collect();
        let texts = |list: &serde_json::Value| -> BTreeSet<String> {
            list.as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect()
        };
        let licences_in = |list: &serde_json::Value| -> BTreeSet<String> {
            list.as_array().unwrap().iter().map(|one| one["licence"].as_str().unwrap().to_owned()).collect()
        };
        let same = |attribution: &serde_json::Value, list: &serde_json::Value| {
            assert_eq!(texts(attribution), attributions.iter().map(|text| (*text).to_owned()).collect(), "{key}");
            assert_eq!(licences_in(list), licences.iter().map(|text| (*text).to_owned()).collect(), "{key}");
        };
        same(&feature["properties"]["attribution"], &feature["properties"]["licences"]);
    }
    // A page and the API, for every place.
    let client = reqwest::Client::new();
    for (key, layers) in &expected {
        let page = get(&format!("/place/{key}")).await;
        for attribution in ["noaber, uit de per plek", "OpenStreetMap-bijdragers", "in antwoord op de vragenlijst"] {
            let is_own = layers.iter().any(|(_, own)| own.contains(attribution));
            assert_eq!(page.contains(attribution), is_own, "{key}: {attribution}");
        }
        let query = serde_json::json!({ "query": format!("{{ place(by: {{ slug: \"{key}\" }}) {{ feature }} }}") });
        let answer = client.post(format!("{url}/graphql")).json(&query).send().await.unwrap();
        let answer: serde_json::Value = answer.json().await.unwrap();
        let feature = &answer["data"]["place"]["feature"];
        let told: BTreeSet<&str> =
            feature["licences"].as_array().unwrap().iter().map(|one| one["licence"].as_str().unwrap()).collect();
        assert_eq!(told, layers.iter().map(|(licence, _)| licence.as_str()).collect(), "{key}");
    }
    drop(stop);
    served.await.unwrap().unwrap();
}
