//! What an operator meets: wrong addresses, several servers, locks, networks and databases that go.
//!
//! On PostgreSQL where `NOABER_TEST_POSTGRES` names a server, else on SQLite.

use std::{
    io::{Read, Write},
    net::{Shutdown, SocketAddr, TcpListener, TcpStream},
    process::Stdio,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use noaber_migrations::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, DbBackend, TransactionTrait};

use crate::{
    cli::{Server, noaber, refusal, run},
    database::TestDatabase,
};

/// Of the seed.
const PLACE: &str = "de-wiekelaar-oudleusen";

#[test]
fn no_command_tells_a_password_whatever_is_wrong_with_the_address() {
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    for address in [
        "postgres://pw1:geheim/2024@127.0.0.1:1/x",
        "postgres://pw1:geheim#2024@127.0.0.1:1/x",
        "postgres://pw1:geheim?2024@127.0.0.1:1/x",
        "postgres://pw1:p@geheim/w#rd@127.0.0.1:1/x",
        "postgres://pw1:geheim@127.0.0.1:65536/x",
        "postgres://pw1:geheim@/x",
        "postgres://pw1:geheim@a,,b/x",
        "postgres://pw1:50%geheim@127.0.0.1/x",
        "postgres://127.0.0.1:1/x?user=pw1&wachtwoord=geheim",
        "pw1:geheim@127.0.0.1/x",
        &format!("postgres://pw1:geheim@{closed}/x"),
        &format!("postgres://pw1:geheim@{closed},{closed}/x?target_session_attrs=read-write"),
        &format!("postgres://{closed}/x?user=pw1&password=geheim"),
    ] {
        for command in ["serve", "check", "editions", "migrate"] {
            let mut asked = noaber(&[command, "--database", address, "--log", "trace", "--start-wait", "0"]);
            let said = run(&mut asked);
            let told = format!("{}{}", said.out, said.error);
            assert!(matches!(said.code, Some(1 | 2)), "{command} {address}: {told}");
            assert!(!told.contains("geheim") && !told.contains("pw1"), "{command} {address}: {told}");
            let said = run(noaber(&[command]).env("NOABER_DATABASE", address).env("NOABER_START_WAIT", "0"));
            assert!(!format!("{}{}", said.out, said.error).contains("geheim"), "{command} {address}");
        }
    }
    // Where it does not belong.
    let said = run(&mut noaber(&["serve", "postgres://pw1:geheim@127.0.0.1/x"]));
    assert_eq!(said.code, Some(2));
    assert!(!said.error.contains("geheim") && said.error.contains("unexpected argument"), "{}", said.error);
}

#[tokio::test]
async fn servers_that_start_together_all_come_up_on_an_empty_database_and_on_an_older_one() {
    for applied in [None, None, Some(9), None, Some(12)] {
        let database = TestDatabase::fresh().await;
        if let Some(applied) = applied {
            let db = database.connect().await;
            Migrator::up(&db, Some(applied)).await.unwrap();
            db.close().await.unwrap();
        }
        let start = || {
            let mut command = noaber(&["serve", "--listen", "127.0.0.1:0", "--database", &database.url]);
            // However busy the machine is.
            command.args(["--lock-wait", "10min"]).stdout(Stdio::piped()).spawn().unwrap()
        };
        let mut all = [start(), start(), start()];
        let mut told = Vec::new();
        for child in &mut all {
            let mut out = child.stdout.take().unwrap();
            let (mut text, mut some) = (String::new(), [0; 1_024]);
            while !text.contains("stop with Ctrl-C") {
                let read = out.read(&mut some).unwrap();
                assert_ne!(read, 0, "one of three ended ({applied:?}) after: {text}");
                text.push_str(&String::from_utf8_lossy(&some[..read]));
            }
            told.push(text);
        }
        for child in &mut all {
            child.kill().unwrap();
            child.wait().unwrap();
        }
        assert_eq!(told.iter().filter(|text| text.contains("filled from the seed")).count(), 1, "{told:?}");
        let listed = run(&mut noaber(&["editions", "--database", &database.url])).out;
        assert!(listed.lines().count() == 2 && listed.contains("the seed of this binary"), "{listed}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_says_that_it_waits_for_another_and_gives_up_when_told_to() {
    let database = TestDatabase::filled().await;
    let db = database.connect().await;
    let holds = db.begin().await.unwrap();
    let lock = match holds.get_database_backend() {
        DbBackend::Postgres => "LOCK TABLE edition IN EXCLUSIVE MODE",
        _ => "UPDATE edition SET note = note",
    };
    holds.execute_unprepared(lock).await.unwrap();
    let withdraw = |wait: &str| {
        let arguments = ["withdraw", PLACE, "--reason", "gevraagd", "--database", &database.url, "--lock-wait", wait];
        run(&mut noaber(&arguments))
    };
    let said = withdraw("1s");
    assert_eq!(said.code, Some(1), "{}", said.out);
    assert_eq!(
        said.error.matches("another process is changing the database; waiting for it, up to 1s").count(),
        1,
        "{}",
        said.error
    );
    assert!(
        said.error.contains("another process has been changing the database for 1s; try again later"),
        "{}",
        said.error
    );
    // Who only reads waits for nobody.
    let said = run(&mut noaber(&["check", "--database", &database.url]));
    assert_eq!(said.code, Some(0), "{}", said.error);

    let done = thread::scope(|scope| {
        let waiting = scope.spawn(|| withdraw("60s"));
        thread::sleep(Duration::from_millis(500));
        waiting_is_over(holds);
        waiting.join().unwrap()
    });
    assert_eq!(done.code, Some(0), "{}", done.error);
}

/// Gives a lock back, on a runtime of its own.
fn waiting_is_over(holds: sea_orm::DatabaseTransaction) {
    let runtime = tokio::runtime::Handle::current();
    tokio::task::block_in_place(|| runtime.block_on(holds.rollback())).unwrap();
}

/// The network between a server and its database: it can be cut, silently, and restored.
struct Network {
    address: SocketAddr,
    is_silent: Arc<AtomicBool>,
    lines: Arc<Mutex<Vec<TcpStream>>>,
}

impl Network {
    /// To a database, from a port that nothing listens to until then.
    fn to(server: SocketAddr, address: SocketAddr) -> Self {
        let listener = TcpListener::bind(address).unwrap();
        let is_silent = Arc::new(AtomicBool::new(false));
        let lines: Arc<Mutex<Vec<TcpStream>>> = Arc::default();
        let (silent, kept) = (is_silent.clone(), lines.clone());
        thread::spawn(move || {
            for near in listener.incoming().flatten() {
                let Ok(far) = TcpStream::connect(server) else { continue };
                for (mut from, mut to) in [
                    (near.try_clone().unwrap(), far.try_clone().unwrap()),
                    (far.try_clone().unwrap(), near.try_clone().unwrap()),
                ] {
                    let silent = silent.clone();
                    thread::spawn(move || {
                        let mut some = [0; 8_192];
                        while let Ok(read @ 1..) = from.read(&mut some) {
                            // What is lost is lost: neither end hears of it.
                            if silent.load(Ordering::SeqCst) {
                                continue;
                            }
                            if to.write_all(&some[..read]).is_err() {
                                break;
                            }
                        }
                        let _ = to.shutdown(Shutdown::Both);
                    });
                }
                kept.lock().unwrap().extend([near, far]);
            }
        });
        Self { address, is_silent, lines }
    }
}

/// The address of a database of PostgreSQL, and the same by way of another port.
fn rerouted(url: &str) -> Option<(SocketAddr, SocketAddr, String)> {
    let (before, rest) = url.strip_prefix("postgres")?.split_once('@')?;
    let (server, name) = rest.split_once('/')?;
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    Some((server.parse().ok()?, free, format!("postgres{before}@{free}/{name}")))
}

#[tokio::test]
async fn a_server_waits_for_a_database_that_is_not_there_yet_and_says_so() {
    let database = TestDatabase::filled().await;
    let Some((server, free, url)) = rerouted(&database.url) else { return };
    let error = refusal(&mut noaber(&["serve", "--listen", "127.0.0.1:0", "--database", &url, "--start-wait", "0"]), 1);
    assert!(error.contains("Connection refused"), "{error}");
    let mut command = noaber(&["serve", "--listen", "127.0.0.1:0", "--database", &url, "--start-wait", "60s"]);
    let started = thread::spawn(move || {
        let mut server = Server::begin(command.stderr(Stdio::piped()));
        server.signal("TERM");
        assert_eq!(server.ended().code(), Some(0));
        let mut log = String::new();
        server.child.stderr.take().unwrap().read_to_string(&mut log).unwrap();
        log
    });
    thread::sleep(Duration::from_secs(1));
    let _network = Network::to(server, free);
    let log = started.join().unwrap();
    assert_eq!(log.matches("waiting for it, up to 60s").count(), 1, "{log}");
}

#[tokio::test]
async fn a_network_that_goes_silent_is_noticed_and_holds_neither_answers_nor_the_end() {
    let database = TestDatabase::filled().await;
    let Some((address, free, url)) = rerouted(&database.url) else { return };
    let network = Network::to(address, free);
    let start = || {
        let mut command = noaber(&["serve", "--listen", "127.0.0.1:0", "--database", &url]);
        Server::begin(command.stderr(Stdio::null()))
    };
    let (mut one, mut other) = (start(), start());
    let until = |server: &Server, text: &str| {
        let began = Instant::now();
        while !server.get("/health/ready").contains(text) {
            assert!(began.elapsed() < Duration::from_secs(60), "{text}: {}", server.get("/health/ready"));
            thread::sleep(Duration::from_millis(100));
        }
    };
    until(&one, r#""database":"answers""#);
    network.is_silent.store(true, Ordering::SeqCst);
    for server in [&one, &other] {
        until(server, r#""database":"does not answer""#);
        assert!(server.get("/health/ready").starts_with("HTTP/1.1 200 OK"));
        for (path, expected) in [
            ("/place/de-wiekelaar-oudleusen", "200 OK"),
            ("/places.csv", "200 OK"),
            ("/graphql?query=%7Bplaces(first:5)%7Bnodes%7Bsources%7Btitle%7D%7D%7D%7D", r#""sources":[{"title""#),
            ("/place/nergens", "503 Service Unavailable"),
        ] {
            let answer = server.get(path);
            assert!(answer.contains(expected), "{path}: {answer}");
        }
    }
    // It ends while the network is silent.
    one.signal("TERM");
    assert_eq!(one.ended().code(), Some(0));

    // Somebody else publishes, and the network comes back: the lines of before are dead, the other follows by new ones.
    let said = run(&mut noaber(&["withdraw", PLACE, "--reason", "gevraagd", "--database", &database.url]));
    assert_eq!(said.code, Some(0), "{}", said.error);
    network.is_silent.store(false, Ordering::SeqCst);
    let newest = said.out.split("the newest is ").nth(1).unwrap().lines().next().unwrap().to_owned();
    until(&other, &newest);
    until(&other, r#""database":"answers""#);
    other.signal("TERM");
    assert_eq!(other.ended().code(), Some(0));
    network.lines.lock().unwrap().clear();
    assert_ne!(network.address.port(), 0);
}

#[test]
fn a_file_that_is_no_database_is_told_in_our_words_and_an_empty_one_is_not_filled() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("empty.db"), "").unwrap();
    std::fs::create_dir(folder.path().join("folder.db")).unwrap();
    for (file, expected) in [
        (
            "empty.db",
            "`empty.db` is an empty file, which may be what is left of a database; put a backup in its place, or remove it to begin anew",
        ),
        ("folder.db", "`folder.db` is a folder; expected a file"),
        ("no/such/folder.db", "there is no folder `no/such`"),
    ] {
        for command in ["serve", "migrate"] {
            let address = format!("sqlite://{file}");
            let arguments = [command, "--listen", "127.0.0.1:0", "--database", &address];
            let error = refusal(noaber(&arguments).current_dir(&folder), 1);
            assert!(error.ends_with(expected), "{error}");
        }
    }
    assert_eq!(std::fs::metadata(folder.path().join("empty.db")).unwrap().len(), 0);
    // A new one is there under its name once it has something in it, and leaves nothing beside it.
    let said = run(noaber(&["migrate", "--database", "sqlite://new.db"]).current_dir(&folder));
    assert_eq!(said.code, Some(0), "{}", said.error);
    let names = || std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name());
    assert!(names().all(|name| !name.to_string_lossy().ends_with(".new")), "{:?}", names().collect::<Vec<_>>());
}

/// The bytes of a file and of its log.
fn bytes(folder: &std::path::Path) -> Vec<u8> {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files
        .filter(|file| file.to_string_lossy().contains("noaber.db"))
        .flat_map(|file| std::fs::read(file).unwrap())
        .collect()
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

#[tokio::test]
async fn what_an_interrupted_withdrawal_left_in_the_file_is_wiped_by_the_next_start_and_by_repeating_it() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("noaber.db");
    crate::database::filled_file(&file).await;
    let url = format!("sqlite://{}?mode=rwc", file.display());
    let withdraw = || run(&mut noaber(&["withdraw", PLACE, "--reason", "gevraagd", "--database", &url]));
    assert_eq!(withdraw().code, Some(0));
    assert!(!holds(&bytes(folder.path()), "Spiegelstraat 6"));
    // Nothing is due: that it was withdrawn is told as before.
    assert_eq!(withdraw().code, Some(1));
    let interrupted = || async {
        let db = sea_orm::Database::connect(&url).await.unwrap();
        db.execute_unprepared("INSERT INTO wiping (due) VALUES (1)").await.unwrap();
        db.close().await.unwrap();
    };
    let due =
        || run(&mut noaber(&["check", "--database", &url])).error.contains("what was withdrawn is still in the file");
    interrupted().await;
    assert!(due());
    let said = withdraw();
    assert_eq!(said.code, Some(0), "{}", said.error);
    assert!(!due());
    interrupted().await;
    let mut server =
        Server::begin(noaber(&["serve", "--listen", "127.0.0.1:0", "--database", &url]).stderr(Stdio::null()));
    assert!(!due());

    // Somebody who reads from the log holds it up, and that is told by the exit code.
    let db = sea_orm::Database::connect(&url).await.unwrap();
    let reads = db.begin().await.unwrap();
    reads
        .query_one_raw(sea_orm::Statement::from_string(DbBackend::Sqlite, "SELECT count(*) FROM place"))
        .await
        .unwrap();
    let said =
        run(&mut noaber(&["withdraw", "kulturhus-trefkoele-dalfsen", "--reason", "gevraagd", "--database", &url]));
    assert_eq!(said.code, Some(1), "{}", said.out);
    assert!(said.out.contains("is withdrawn from") && said.error.contains("give the command again"), "{}", said.error);
    reads.rollback().await.unwrap();
    db.close().await.unwrap();
    let said =
        run(&mut noaber(&["withdraw", "kulturhus-trefkoele-dalfsen", "--reason", "gevraagd", "--database", &url]));
    assert_eq!(said.code, Some(0), "{}", said.error);
    server.signal("TERM");
    assert_eq!(server.ended().code(), Some(0));
}

#[tokio::test]
async fn a_damaged_edition_is_told_by_check_refused_by_its_digest_and_stops_no_withdrawal() {
    let database = TestDatabase::filled().await;
    let db = database.connect().await;
    let first = run(&mut noaber(&["editions", "--database", &database.url])).out;
    let first = first.lines().nth(1).unwrap().split_whitespace().nth(1).unwrap().to_owned();
    // Something else that is whole in itself: only the digest tells.
    let of_places = "(SELECT digest FROM edition_part WHERE edition = 1 AND part = 'places')";
    let other = "(SELECT bytes FROM archive WHERE digest = (SELECT digest FROM edition_part WHERE edition = 1 AND part = 'sources'))";
    let said = run(&mut noaber(&[
        "withdraw",
        "kulturhus-trefkoele-dalfsen",
        "--reason",
        "gevraagd",
        "--database",
        &database.url,
    ]));
    assert_eq!(said.code, Some(0), "{}", said.error);
    db.execute_unprepared(&format!("UPDATE archive SET bytes = {other} WHERE digest = {of_places}")).await.unwrap();
    let said = run(&mut noaber(&["check", "--database", &database.url]));
    assert_eq!(said.code, Some(1), "{}", said.out);
    assert!(
        said.error.contains(&format!("edition {first} is damaged: ")) && said.error.contains("its digest is"),
        "{}",
        said.error
    );
    let said = run(&mut noaber(&["export", "edition", &first, "--database", &database.url]));
    assert!(said.code == Some(1) && said.error.contains("is damaged"), "{}", said.error);

    let said = run(&mut noaber(&["withdraw", PLACE, "--reason", "gevraagd", "--database", &database.url]));
    assert_eq!(said.code, Some(1), "{}", said.out);
    assert!(said.out.contains("is withdrawn from 2 edition(s)"), "{}", said.out);
    assert!(
        said.error.contains(&format!("left as they are, perhaps with the place in them: {first}")),
        "{}",
        said.error
    );
    let server = Server::start(&database);
    assert!(server.get(&format!("/place/{PLACE}")).contains("410 Gone"));
    db.close().await.unwrap();
}

#[tokio::test]
async fn what_somebody_changed_in_the_tables_is_published_by_who_says_so_only() {
    let database = TestDatabase::filled().await;
    let db = database.connect().await;
    db.execute_unprepared("UPDATE place SET name = 'Kuluurhus' WHERE key = 'kulturhus-trefkoele-dalfsen'")
        .await
        .unwrap();
    db.close().await.unwrap();
    let page = "/place/kulturhus-trefkoele-dalfsen";
    let server =
        Server::begin(noaber(&["serve", "--listen", "127.0.0.1:0", "--database", &database.url]).stderr(Stdio::null()));
    assert!(!server.get(page).contains("Kuluurhus"));
    // The tables are compared while it serves.
    let ready = || server.get("/health/ready");
    let began = Instant::now();
    while !ready().contains("which nobody has published") {
        assert!(began.elapsed() < Duration::from_secs(120), "{}", ready());
        thread::sleep(Duration::from_millis(100));
    }
    drop(server);
    let editions = || run(&mut noaber(&["editions", "--database", &database.url])).out.lines().count();
    assert_eq!(editions(), 2);
    let publish = || run(&mut noaber(&["publish", "--reason", "Hersteld met de hand", "--database", &database.url]));
    let said = publish();
    assert!(said.code == Some(0) && said.out.contains("is published"), "{}{}", said.out, said.error);
    assert_eq!(editions(), 3);
    assert!(publish().out.contains("there is nothing to publish"));
    assert!(Server::start(&database).get(page).contains("Kuluurhus"));
}

#[tokio::test]
async fn commands_that_read_change_no_older_tables_and_a_newer_release_is_named() {
    let database = TestDatabase::filled().await;
    let db = database.connect().await;
    let count = || async {
        crate::database::column(
            &db,
            "SELECT CAST(count(*) AS TEXT) FROM seaql_migrations",
            "SELECT count(*)::text FROM seaql_migrations",
        )
        .await
    };
    Migrator::down(&db, Some(1)).await.unwrap();
    let before = count().await;
    for command in [&["editions"][..], &["check"], &["export", "places"]] {
        let said = run(noaber(command).args(["--database", &database.url]));
        assert_eq!(said.code, Some(0), "{command:?}: {}", said.error);
        assert_eq!(count().await, before, "{command:?}");
    }
    let said = run(&mut noaber(&["check", "--database", &database.url]));
    assert!(said.out.contains("of an earlier release (1 step(s) to go); `noaber migrate`"), "{}", said.out);
    Migrator::up(&db, None).await.unwrap();
    db.execute_unprepared("INSERT INTO seaql_migrations (version, applied_at) VALUES ('m20990101_000099_future', 0)")
        .await
        .unwrap();
    for command in ["check", "migrate", "serve"] {
        let said = run(noaber(&[command]).args(["--listen", "127.0.0.1:0", "--database", &database.url]));
        assert!(
            said.code == Some(1) && said.error.contains("made by a newer noaber (m20990101_000099_future)"),
            "{command}: {}",
            said.error
        );
    }
    db.close().await.unwrap();
}

#[tokio::test]
async fn a_role_that_may_only_read_serves() {
    let database = TestDatabase::filled().await;
    let db = database.connect().await;
    let mut url = database.url.clone();
    let role = format!("reader_{}", std::process::id());
    let mut read_only = None;
    if db.get_database_backend() == DbBackend::Postgres {
        for statement in
            [format!("CREATE ROLE {role} LOGIN"), format!("GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}")]
        {
            db.execute_unprepared(&statement).await.unwrap();
        }
        let (before, after) = url.split_once('@').unwrap();
        url = format!("{}://{role}@{after}", before.split_once("://").unwrap().0);
    } else {
        // A folder in which nothing can be made, as far as that holds for who runs the test.
        read_only = Some(url.replace("?mode=rwc", "?mode=ro"));
    }
    db.close().await.unwrap();
    for url in [Some(url.clone()), read_only].into_iter().flatten() {
        let server =
            Server::begin(&mut noaber(&["serve", "--read-only", "--listen", "127.0.0.1:0", "--database", &url]));
        assert!(server.get(&format!("/place/{PLACE}")).contains("<h1"));
        assert!(server.get("/health/ready").contains(r#""database":"answers""#));
    }
    if url != database.url {
        for command in ["editions", "check"] {
            let said = run(&mut noaber(&[command, "--database", &url]));
            assert_eq!(said.code, Some(0), "{command}: {}", said.error);
        }
        let db = database.connect().await;
        db.execute_unprepared(&format!("DROP OWNED BY {role}")).await.unwrap();
        db.execute_unprepared(&format!("DROP ROLE {role}")).await.unwrap();
        db.close().await.unwrap();
    }
}

#[tokio::test]
async fn a_backup_is_whole_replaces_nothing_unasked_and_can_be_put_back() {
    let database = TestDatabase::filled().await;
    let folder = tempfile::tempdir().unwrap();
    let backup = |more: &[&str]| {
        let mut command = noaber(&["backup", "kopie.db", "--database", &database.url]);
        run(command.args(more).current_dir(&folder))
    };
    let said = backup(&[]);
    if database.url.starts_with("postgres") {
        assert!(
            said.code == Some(1) && said.error.contains("`pg_dump --format=custom --file=kopie.db postgres://"),
            "{}",
            said.error
        );
        return;
    }
    assert_eq!(said.code, Some(0), "{}", said.error);
    let copy = folder.path().join("kopie.db");
    let first = std::fs::read(&copy).unwrap();
    let withdraw = ["withdraw", PLACE, "--reason", "gevraagd", "--database", &database.url];
    assert_eq!(run(&mut noaber(&withdraw)).code, Some(0));
    let said = backup(&[]);
    assert!(said.code == Some(1) && said.error.contains("kopie.db is there already"), "{}", said.error);
    assert!(std::fs::read(&copy).unwrap() == first);

    // Put back under a running server: it says so instead of serving what nobody sees, and a start has it again.
    let file = database.url.trim_start_matches("sqlite://").trim_end_matches("?mode=rwc").to_owned();
    let mut server =
        Server::begin(noaber(&["serve", "--listen", "127.0.0.1:0", "--database", &database.url]).stderr(Stdio::null()));
    std::fs::remove_file(&file).unwrap();
    std::fs::copy(&copy, &file).unwrap();
    let began = Instant::now();
    while !server.get("/health/ready").contains(r#""database":"replaced""#) {
        assert!(began.elapsed() < Duration::from_secs(60), "{}", server.get("/health/ready"));
        thread::sleep(Duration::from_millis(100));
    }
    server.signal("HUP");
    assert!(server.get(&format!("/place/{PLACE}")).contains("410 Gone"));
    server.signal("TERM");
    assert_eq!(server.ended().code(), Some(0));
    for left in ["-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{file}{left}"));
    }
    assert!(Server::start(&database).get(&format!("/place/{PLACE}")).contains("<h1"));
    assert_eq!(backup(&["--overwrite"]).code, Some(0));
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1);
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_disk_that_is_full_under_the_output_does_not_stop_the_start() {
    let database = TestDatabase::filled().await;
    let full = || std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let mut command = noaber(&["serve", "--listen", &free.to_string(), "--database", &database.url]);
    let mut child = command.stdout(full()).stderr(full()).spawn().unwrap();
    let began = Instant::now();
    while TcpStream::connect(free).is_err() {
        assert!(child.try_wait().unwrap().is_none() && began.elapsed() < Duration::from_secs(60), "it does not serve");
        thread::sleep(Duration::from_millis(50));
    }
    child.kill().unwrap();
    child.wait().unwrap();
}

#[tokio::test]
async fn of_several_hosts_the_one_that_answers_is_used_and_left_again_when_it_goes() {
    let database = TestDatabase::filled().await;
    let Some((address, one, _)) = rerouted(&database.url) else { return };
    let other = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let url = database.url.replace(&address.to_string(), &format!("{one},{other}"));
    // Nobody listens at the first yet.
    let second = Network::to(address, other);
    let mut command = noaber(&["serve", "--listen", "127.0.0.1:0", "--database"]);
    let mut server = Server::begin(command.arg(format!("{url}?target_session_attrs=read-write")).stderr(Stdio::null()));
    let until = |text: &str| {
        let began = Instant::now();
        while !server.get("/health/ready").contains(text) {
            assert!(began.elapsed() < Duration::from_secs(60), "{text}: {}", server.get("/health/ready"));
            thread::sleep(Duration::from_millis(100));
        }
    };
    until(r#""database":"answers""#);
    second.is_silent.store(true, Ordering::SeqCst);
    until(r#""database":"does not answer""#);
    let _first = Network::to(address, one);
    until(r#""database":"answers""#);
    server.signal("TERM");
    assert_eq!(server.ended().code(), Some(0));
}

#[tokio::test]
async fn a_clock_that_is_off_changes_nothing_until_somebody_insists() {
    let database = TestDatabase::filled().await;
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("list.csv"), "naam;plaats;gemeente\nDe Nieuwe Hoeve;Dalfsen;Dalfsen\n").unwrap();
    let store = noaber::store::Store::open(&database.url).await.unwrap();
    let ahead = chrono::Utc::now() + chrono::Duration::days(2);
    store
        .revise("a clock that was ahead", |books| {
            let mut after = books.clone();
            let place = after.facts.places.iter_mut().find(|place| place.key == PLACE).unwrap();
            place.updated_at = chrono::SubsecRound::trunc_subsecs(ahead, 0);
            let id = noaber::edition::Edition::build(after.facts.clone()).unwrap().id;
            Some((after, id))
        })
        .await
        .unwrap();
    store.close().await;
    let ingest = |more: &[&str]| {
        let mut command = noaber(&["ingest", "places", "list.csv", "--database", &database.url]);
        run(command.args(more).current_dir(&folder))
    };
    let said = ingest(&[]);
    assert_eq!(said.code, Some(1), "{}", said.out);
    assert!(said.error.contains("de klok van deze machine staat op 20"), "{}", said.error);
    assert!(said.error.contains(&format!("is van {}", ahead.format("%Y-%m-%d %H:%M UTC"))), "{}", said.error);
    let said = ingest(&["--trust-clock"]);
    assert!(!said.error.contains("de klok"), "{}", said.error);
    // A server is no change: it serves what there is.
    assert!(Server::start(&database).get("/health/ready").contains("200 OK"));
}

#[tokio::test]
async fn a_database_with_another_day_than_this_machine_is_not_changed() {
    let database = TestDatabase::filled().await;
    let db = database.connect().await;
    if db.get_database_backend() != DbBackend::Postgres {
        eprintln!("note: SQLite has no clock of its own: left out");
        return;
    }
    // The server is somebody else's: to this database alone its clock is two days behind.
    let name = database.url.rsplit_once('/').unwrap().1;
    for statement in [
        "CREATE SCHEMA behind",
        "CREATE FUNCTION behind.now() RETURNS timestamptz LANGUAGE sql AS 'SELECT pg_catalog.now() - interval ''2 days'''",
        &format!("ALTER DATABASE {name} SET search_path = public, behind, pg_catalog"),
    ] {
        db.execute_unprepared(statement).await.unwrap();
    }
    db.close().await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("list.csv"), "naam;plaats;gemeente\nDe Nieuwe Hoeve;Dalfsen;Dalfsen\n").unwrap();
    let ingest = |more: &[&str]| {
        let mut command = noaber(&["ingest", "places", "list.csv", "--database", &database.url]);
        run(command.args(more).current_dir(&folder))
    };
    let said = ingest(&[]);
    let there = chrono::Utc::now() - chrono::Duration::days(2);
    assert_eq!(said.code, Some(1), "{}", said.out);
    assert!(said.error.contains(&format!("en die van de database op {}", there.format("%Y-%m-%d"))), "{}", said.error);
    assert_eq!(ingest(&["--trust-clock"]).code, Some(0));
}

#[tokio::test]
async fn a_port_that_is_taken_is_told_before_a_database_is_made() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let database = TestDatabase::fresh().await;
    for asked in [["--listen", &address, "--log", "warn"], ["--listen", "127.0.0.1:0", "--metrics", &address]] {
        let mut command = noaber(&["serve", "--database", &database.url]);
        let error = refusal(command.args(asked), 1);
        assert!(error.starts_with(&format!("cannot listen on {address}; choose another address")), "{error}");
        let folder = database.url.strip_prefix("sqlite://").map(|file| file.split('?').next().unwrap().to_owned());
        match folder {
            Some(file) => assert!(!std::path::Path::new(&file).exists(), "{file} was made"),
            None => assert_eq!(crate::database::tables(&database.connect().await).await, [""; 0]),
        }
    }
}
