//! Hearing of new editions, and serving through a pooler: what PostgreSQL has and SQLite has not.
//!
//! Where `NOABER_TEST_POSTGRES` names no server, and where pgbouncer is not installed, it is said that these were left out.

use std::{
    fs,
    net::TcpListener,
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use sea_orm::{ConnectionTrait, DbBackend};

use crate::{
    cli::Server,
    database::TestDatabase,
    desk::{Desk, ending},
    support::TestApp,
};

const RENAME: [&str; 2] = [
    "UPDATE place SET name = 'Een' WHERE key = 'de-wiekelaar-oudleusen'",
    "UPDATE place SET name = 'Twee' WHERE key = 'de-wiekelaar-oudleusen'",
];

#[tokio::test]
async fn what_is_published_is_heard_of_also_after_the_connection_was_lost() {
    // Longer than the test may take: what is served by then was heard of.
    let app = TestApp::start_looking_every(Duration::from_secs(3_600)).await;
    let db = app.database().connect().await;
    if db.get_database_backend() != DbBackend::Postgres {
        eprintln!("note: SQLite says nothing: left out");
        return;
    }
    app.publish(&RENAME[..1]).await;
    db.execute_unprepared(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND pid <> pg_backend_pid()",
    )
    .await
    .unwrap();
    app.publish(&RENAME[1..]).await;
    // What another process takes out of an edition that stays as old as it is.
    let before = app.library().generation();
    app.run(&["withdraw", "carrousel-ommen", "--reason", "Op verzoek"]);
    app.until("the withdrawal is heard of", |library| library.generation() > before).await;
    db.close().await.unwrap();
}

/// pgbouncer in transaction mode, before the server of a test database.
struct Pooler {
    child: Child,
    _folder: tempfile::TempDir,
    /// The address of the database through it.
    url: String,
}

impl Pooler {
    fn start(database: &TestDatabase) -> Option<Self> {
        const PROGRAM: &str = "/usr/sbin/pgbouncer";
        let Some((user, rest)) = database.url.strip_prefix("postgres://").and_then(|rest| rest.split_once('@')) else {
            eprintln!("note: not on PostgreSQL: left out");
            return None;
        };
        if !Path::new(PROGRAM).exists() {
            eprintln!("note: pgbouncer is not installed: left out");
            return None;
        }
        let (server, name) = rest.split_once('/').unwrap();
        let (host, port) = server.split_once(':').unwrap();
        let own = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let folder = tempfile::tempdir().unwrap();
        let settings = folder.path().join("pgbouncer.ini");
        // Fewer connections than clients, so that each is used by several.
        fs::write(
            &settings,
            format!(
                "[databases]\n* = host={host} port={port} user={user}\n[pgbouncer]\nlisten_addr = 127.0.0.1\n\
                 listen_port = {own}\nunix_socket_dir =\nauth_type = any\npool_mode = transaction\n\
                 default_pool_size = 4\nmax_client_conn = 200\n"
            ),
        )
        .unwrap();
        let mut command = Command::new(PROGRAM);
        // It refuses to be root.
        if fs::metadata("/proc/self").is_ok_and(|me| std::os::unix::fs::MetadataExt::uid(&me) == 0) {
            let open = <fs::Permissions as std::os::unix::fs::PermissionsExt>::from_mode(0o755);
            fs::set_permissions(folder.path(), open).unwrap();
            command.args(["-u", "nobody"]);
        }
        let child = command.arg(&settings).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let began = Instant::now();
        while std::net::TcpStream::connect(("127.0.0.1", own)).is_err() {
            assert!(began.elapsed() < Duration::from_secs(30), "pgbouncer does not listen");
            thread::sleep(Duration::from_millis(50));
        }
        let url = format!("postgres://{user}@127.0.0.1:{own}/{name}?pooler=transaction");
        Some(Self { child, _folder: folder, url })
    }
}

impl Drop for Pooler {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[tokio::test]
async fn three_servers_share_a_database_through_a_pooler_in_transaction_mode() {
    let mut database = TestDatabase::fresh().await;
    let Some(pooler) = Pooler::start(&database) else { return };
    database.url.clone_from(&pooler.url);
    let desk = Desk { database, folder: tempfile::tempdir().unwrap() };
    // Tables, seed and edition are made through it, by whoever is first.
    let servers: Vec<Server> = thread::scope(|scope| {
        let start = || {
            scope.spawn(|| {
                Server::begin(&mut desk.command(&["serve", "--listen", "127.0.0.1:0", "--lock-wait", "10min"]))
            })
        };
        [start(), start(), start()].into_iter().map(|starting| starting.join().unwrap()).collect()
    });
    assert_eq!(servers.iter().filter(|server| server.told.contains("filled from the seed")).count(), 1);
    let first = desk.done(&["editions"]);
    let first = first.split_whitespace().find(|word| word.len() == 23).unwrap();

    desk.write("lijst.csv", "sleutel;naam;gemeente;plaats;opgericht\nde-wiekelaar-oudleusen;De Wiekelaar;;;1951\n");
    for _ in 0..3 {
        let said = desk.done(&["ingest", "places", "lijst.csv"]);
        let id = said.split_whitespace().find(|word| word.len() == 23 && word.starts_with("20")).unwrap();
        let began = Instant::now();
        while !servers.iter().all(|server| server.get("/health/ready").contains(id)) {
            assert!(began.elapsed() < Duration::from_secs(60), "{id} is not served");
            thread::sleep(Duration::from_millis(50));
        }
        // All at the same time, of what needs the database.
        thread::scope(|scope| {
            for server in servers.iter().cycle().take(24) {
                let query = "/graphql?query=%7Bplace(by:%7Bslug:%22de-wiekelaar-oudleusen%22%7D)%7Bidentifiers%7Bvalue%7D%7D%7D";
                let paths = [format!("/places.csv?edition={first}"), query.to_owned()];
                scope.spawn(move || {
                    for path in paths {
                        // A machine that is busy tells so, which is not what this is about.
                        let mut answers = std::iter::repeat_with(|| server.get(&path));
                        let answer = answers.find(|answer| !answer.contains("more to do than it can"));
                        let answer = answer.expect("there is always another");
                        assert!(
                            answer.starts_with("HTTP/1.1 200") && !answer.contains("\"errors\""),
                            "{path}: {answer}"
                        );
                    }
                });
            }
        });
        let said = desk.done(&["revert", id]);
        assert!(ending(&said).starts_with("Opgeslagen"), "{said}");
    }
    desk.done(&["withdraw", "carrousel-ommen", "--reason", "Op verzoek"]);
    desk.done(&["check"]);
}
