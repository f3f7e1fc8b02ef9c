//! The program as its user meets it: the real binary, its output, its exit codes and its signals.
//!
//! On PostgreSQL where `NOABER_TEST_POSTGRES` names a server, else on SQLite.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    path::Path,
    process::{Child, ChildStderr, Command, ExitStatus, Output, Stdio},
    thread::sleep,
    time::{Duration, Instant},
};

use noaber::{model::Facts, store::Store};
use sea_orm::ConnectionTrait;

use crate::database::TestDatabase;

const COUNTS: &str =
    "282 places (and 3 closed), 25 municipalities, 1138 settlements, 17 survey questions, 237 policy documents";

/// The program in an environment without settings. A backtrace is asked for, so that a test sees where one is shown.
pub(crate) fn noaber(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_noaber"));
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("NOABER_") {
            command.env_remove(name);
        }
    }
    command.args(arguments).env("RUST_BACKTRACE", "1").stdin(Stdio::null());
    command
}

/// What a run that ends by itself said, and its exit code.
pub(crate) struct Said {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) error: String,
}

impl From<Output> for Said {
    fn from(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).expect("the program writes UTF-8");
        Self { code: output.status.code(), out: text(output.stdout), error: text(output.stderr) }
    }
}

pub(crate) fn run(command: &mut Command) -> Said {
    command.output().expect("the program starts").into()
}

/// The one sentence with which a run was refused.
pub(crate) fn refusal(command: &mut Command, code: i32) -> String {
    let said = run(command);
    assert_eq!((said.code, said.out.as_str()), (Some(code), ""), "{}", said.error);
    let text = said.error.strip_prefix("noaber: ").unwrap_or_else(|| panic!("not ours: {}", said.error)).trim_end();
    assert!(!text.contains('\n') && !text.contains("panicked") && !text.contains("backtrace"), "{text}");
    text.to_owned()
}

/// A program that serves.
pub(crate) struct Server {
    pub(crate) child: Child,
    pub(crate) address: SocketAddr,
    /// What it printed at the start.
    pub(crate) told: String,
}

impl Server {
    pub(crate) fn start(database: &TestDatabase) -> Self {
        let mut command = noaber(&["serve", "--listen", "127.0.0.1:0", "--database", &database.url]);
        Self::begin(command.stderr(Stdio::inherit()))
    }

    pub(crate) fn begin(command: &mut Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).spawn().expect("the program starts");
        let mut told = String::new();
        let mut lines = BufReader::new(child.stdout.as_mut().expect("it is piped"));
        while !told.contains("stop with Ctrl-C\n") {
            assert_ne!(lines.read_line(&mut told).expect("it can be read"), 0, "it ended after saying: {told}");
        }
        let address = told.lines().find_map(|line| line.strip_prefix("http://")?.split('/').next()?.parse().ok());
        Self { address: address.unwrap_or_else(|| panic!("no address in: {told}")), child, told }
    }

    pub(crate) fn signal(&self, name: &str) {
        // A built-in of the shell; the command `kill` is not on every machine.
        let script = format!("kill -{name} {}", self.child.id());
        assert!(Command::new("sh").args(["-c", &script]).status().expect("there is a shell").success(), "{script}");
    }

    /// What it writes to standard error, where that is piped; once.
    pub(crate) fn errors(&mut self) -> ChildStderr {
        self.child.stderr.take().expect("it is piped")
    }

    /// How it ended; it has less time for that than running requests get to finish.
    pub(crate) fn ended(&mut self) -> ExitStatus {
        let began = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().expect("it is ours") {
                return status;
            }
            assert!(began.elapsed() < Duration::from_secs(8), "it still runs");
            sleep(Duration::from_millis(20));
        }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).expect("it listens");
        stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a timeout can be set");
        stream
    }

    /// The whole answer to a GET.
    pub(crate) fn get(&self, path: &str) -> String {
        String::from_utf8(self.bytes(path)).expect("it is text")
    }

    /// The same, whatever it is.
    fn bytes(&self, path: &str) -> Vec<u8> {
        let mut stream = self.connect();
        write!(stream, "GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n").expect("it reads");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("it answers");
        answer
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Reads up to the end of a head.
fn head(stream: &mut TcpStream) -> String {
    let (mut head, mut byte) = (Vec::new(), [0]);
    while !head.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte).expect("a whole head");
        head.push(byte[0]);
    }
    String::from_utf8(head).expect("a head is ASCII")
}

async fn facts(database: &TestDatabase) -> Facts {
    let store = Store::open(&database.url).await.expect("the database opens");
    let facts = store.load().await.expect("the facts are read");
    store.close().await;
    facts
}

fn in_it(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("the folder can be read");
    entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect()
}

#[tokio::test]
async fn serve_fills_an_empty_database_and_finds_its_data_the_second_time() {
    let database = TestDatabase::fresh().await;
    let mut server = Server::start(&database);
    assert!(server.told.contains(COUNTS), "{}", server.told);
    assert!(server.told.contains("database filled from the seed"), "{}", server.told);
    assert_ne!(server.address.port(), 0);
    for (path, expected) in [
        ("/health/ready", "200 OK"),
        ("/graphql?query=%7Bmunicipalities%7Bcode%7D%7D", r#"{"code":"GM0193"}"#),
        ("/", "<h1"),
        ("/schema.graphql", "type Query"),
        ("/nowhere", "404 Not Found"),
    ] {
        let answer = server.get(path);
        assert!(answer.contains(expected), "{path}: {answer}");
    }
    server.signal("TERM");
    assert_eq!(server.ended().code(), Some(0));
    let before = facts(&database).await;

    let mut again = Server::start(&database);
    assert!(again.told.contains("database as it was"), "{}", again.told);
    let edition = |told: &str| told.lines().find(|line| line.starts_with("edition ")).map(str::to_owned);
    assert_eq!(edition(&again.told), edition(&server.told));
    assert!(edition(&again.told).is_some_and(|line| line.ends_with(COUNTS)));
    again.signal("INT");
    assert_eq!(again.ended().code(), Some(0));
    assert!(facts(&database).await == before, "the second start changed facts");
}

#[tokio::test]
async fn a_signal_to_stop_lets_the_running_request_finish() {
    let database = TestDatabase::filled().await;
    for signal in ["TERM", "INT"] {
        let mut server = Server::start(&database);
        // Waiting clients must not hold it: one that never asked anything, one between two questions.
        let _silent = server.connect();
        let mut idle = server.connect();
        write!(idle, "GET /health/live HTTP/1.1\r\nhost: localhost\r\n\r\n").unwrap();
        assert!(head(&mut idle).starts_with("HTTP/1.1 200 OK"));

        // That the body is asked for shows that the request runs.
        let body = r#"{"query":"{ municipalities { code } }"}"#;
        let mut running = server.connect();
        write!(
            running,
            "POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n\
             accept: application/json\r\nexpect: 100-continue\r\ncontent-length: {}\r\n\r\n",
            body.len()
        )
        .unwrap();
        assert!(head(&mut running).starts_with("HTTP/1.1 100 Continue"));

        server.signal(signal);
        let began = Instant::now();
        while TcpStream::connect(server.address).is_ok() {
            assert!(began.elapsed() < Duration::from_secs(4), "SIG{signal}: it still takes new clients");
            sleep(Duration::from_millis(10));
        }
        assert!(server.child.try_wait().unwrap().is_none(), "SIG{signal}: it ended before the request did");
        running.write_all(body.as_bytes()).unwrap();
        let mut answer = String::new();
        running.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 200 OK") && answer.contains(r#"{"code":"GM0193"}"#), "{signal}: {answer}");
        assert_eq!(server.ended().code(), Some(0), "SIG{signal}");
    }
}

#[tokio::test]
async fn half_a_request_and_a_map_that_is_being_drawn_do_not_hold_the_end() {
    let database = TestDatabase::filled().await;
    let mut server = Server::start(&database);
    let mut half = server.connect();
    half.write_all(b"GET /he").unwrap();
    let mut drawing = server.connect();
    write!(drawing, "GET /map.png?width=500&dpi=300 HTTP/1.1\r\nhost: localhost\r\n\r\n").unwrap();
    // It has been read when the next one is answered.
    server.get("/health/live");
    server.signal("TERM");
    assert_eq!(server.ended().code(), Some(0));
}

#[tokio::test]
async fn a_log_that_nobody_reads_stops_nothing() {
    let database = TestDatabase::filled().await;
    let mut command = noaber(&["serve", "--listen", "127.0.0.1:0", "--database", &database.url, "--log", "trace"]);
    let mut server = Server::begin(command.stderr(Stdio::piped()));
    // Each tells more than the pipe holds in the end.
    for _ in 0..200 {
        assert!(server.get("/health/ready").contains("200 OK"));
    }
    server.signal("TERM");
    assert_eq!(server.ended().code(), Some(0));
}

#[tokio::test]
async fn no_command_eats_what_somebody_filled_in() {
    let database = TestDatabase::filled().await;
    let folder = tempfile::tempdir().unwrap();
    let on = |arguments: &[&str]| {
        let mut command = noaber(arguments);
        command.args(["--database", &database.url]).current_dir(&folder);
        run(&mut command)
    };
    let list = folder.path().join("list.csv");
    let text = "naam;plaats;gemeente\nDe Nieuwe Hoeve;Dalfsen;Dalfsen\n";
    std::fs::write(&list, text).unwrap();
    std::fs::hard_link(&list, folder.path().join("same.csv")).unwrap();
    let unharmed = || assert_eq!(std::fs::read_to_string(&list).unwrap(), text);
    for (arguments, expected) in [
        (
            &["ingest", "places", "list.csv", "--report", "list.csv"][..],
            "--report is list.csv, het bestand dat wordt ingelezen",
        ),
        (
            &["ingest", "places", "list.csv", "--report", "same.csv"],
            "--report is list.csv, het bestand dat wordt ingelezen",
        ),
        (&["export", "places", "--output", "list.csv"], "list.csv is there already and not empty; name another file"),
        (
            &["template", "places", "--municipality", "GM0148", "--output", "list.csv"],
            "list.csv is er al en is niet leeg; noem met --output een ander bestand",
        ),
    ] {
        let said = on(arguments);
        assert_eq!(said.code, Some(1), "{arguments:?}: {}", said.error);
        assert!(said.error.contains(expected), "{arguments:?}: {}", said.error);
        unharmed();
    }
    std::fs::write(folder.path().join("other.csv"), "naam\nIemand vulde dit in\n").unwrap();
    let said = on(&["ingest", "places", "list.csv", "--dry-run", "--report", "other.csv"]);
    assert_eq!(said.code, Some(1), "{}", said.out);
    assert!(said.error.contains("other.csv is er al en is geen verslag"), "{}", said.error);
    // A report replaces an earlier one, and any file where that is asked.
    for more in [&["--report", "new.csv"][..], &["--report", "new.csv"], &["--report", "other.csv", "--overwrite"]] {
        let said = on(&[&["ingest", "places", "list.csv", "--dry-run"], more].concat());
        assert!(said.out.contains("Proef: niets opgeslagen."), "{more:?}: {}{}", said.out, said.error);
    }
    for name in ["new.csv", "other.csv"] {
        assert!(std::fs::read_to_string(folder.path().join(name)).unwrap().starts_with("file,sheet,row,"), "{name}");
    }
    let said = on(&["export", "places", "--output", "list.csv", "--overwrite"]);
    assert_eq!(said.code, Some(0), "{}", said.error);
    assert!(std::fs::read_to_string(&list).unwrap().starts_with("id,name,"));
    #[cfg(unix)]
    {
        let said = on(&["ingest", "places", "/dev/null"]);
        assert!(said.error.contains("/dev/null is geen gewoon bestand"), "{}", said.error);
    }
}

#[tokio::test]
async fn the_reason_of_a_withdrawal_holds_nobody() {
    let database = TestDatabase::filled().await;
    for (reason, expected) in [
        ("bel 06-12345678", "--reason holds a mail address or a telephone number"),
        ("verzoek van jan.jansen@example.nl", "--reason holds a mail address or a telephone number"),
        ("op verzoek van mevrouw Jansen", "which names a person"),
        ("<b>weg</b>", "expected a sentence in letters, without markup"),
        ("=1+1", "expected a sentence in letters, without markup"),
    ] {
        let key = "de-wiekelaar-oudleusen";
        let error = refusal(&mut noaber(&["withdraw", key, "--reason", reason, "--database", &database.url]), 1);
        assert!(error.contains(expected), "{reason}: {error}");
        assert!(!error.contains("jan.jansen") && !error.contains("12345678"), "{error}");
    }
}

#[tokio::test]
async fn who_says_stop_twice_does_not_wait_for_running_requests() {
    let database = TestDatabase::filled().await;
    let mut server = Server::start(&database);
    let mut running = server.connect();
    write!(
        running,
        "POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\nexpect: 100-continue\r\n\
         content-length: 40\r\n\r\n"
    )
    .unwrap();
    assert!(head(&mut running).starts_with("HTTP/1.1 100 Continue"));
    server.signal("INT");
    let began = Instant::now();
    while TcpStream::connect(server.address).is_ok() {
        assert!(began.elapsed() < Duration::from_secs(4), "it still takes new clients");
        sleep(Duration::from_millis(10));
    }
    server.signal("INT");
    assert_eq!(server.ended().code(), Some(130));
}

#[tokio::test]
async fn a_signal_right_after_the_address_is_told_stops_it_well() {
    let database = TestDatabase::filled().await;
    for _ in 0..3 {
        let mut server = Server::start(&database);
        server.signal("TERM");
        assert_eq!(server.ended().code(), Some(0));
    }
}

#[tokio::test]
async fn it_starts_again_after_being_killed_whenever_that_was() {
    let database = TestDatabase::fresh().await;
    let mut server = Server::start(&database);
    server.signal("KILL");
    assert_eq!(server.ended().code(), None);
    assert!(Server::start(&database).told.contains("database as it was"));

    // While it makes tables, fills them or builds the edition.
    let database = TestDatabase::fresh().await;
    for delay_ms in [5, 10, 20, 30, 45, 60, 80, 110, 150, 200, 300] {
        let mut command = noaber(&["serve", "--listen", "127.0.0.1:0", "--database", &database.url]);
        let mut child = command.stdout(Stdio::null()).spawn().unwrap();
        sleep(Duration::from_millis(delay_ms));
        child.kill().unwrap();
        child.wait().unwrap();
    }
    let server = Server::start(&database);
    assert!(server.told.contains(COUNTS), "{}", server.told);
    let said = run(&mut noaber(&["check", "--database", &database.url]));
    assert!(said.out.ends_with("; the same as the seed\n"), "{}", said.out);
}

#[tokio::test]
async fn migrate_makes_the_tables_and_check_follows_the_database_through_its_life() {
    let database = TestDatabase::fresh().await;
    let check = || run(&mut noaber(&["check", "--database", &database.url]));
    for _ in 0..2 {
        let said = run(&mut noaber(&["migrate", "--database", &database.url]));
        assert_eq!((said.code, said.out.as_str()), (Some(0), "the tables are up to date\n"), "{}", said.error);
    }
    let said = check();
    assert_eq!(said.code, Some(0), "{}", said.error);
    assert!(said.out.ends_with("\ndatabase: no data yet; `noaber serve` fills it\n"), "{}", said.out);

    drop(Server::start(&database));
    let said = check();
    assert_eq!(said.code, Some(0), "{}", said.error);
    let lines: Vec<&str> = said.out.lines().collect();
    let [seed, archive, stored] = lines[..] else { panic!("{}", said.out) };
    assert_eq!(archive, "archive: 1 edition(s), each as it was recorded");
    assert_eq!(stored, format!("{}; the same as the seed", seed.replace("seed:", "database:")));
    assert!(seed.ends_with(COUNTS), "{seed}");

    let db = database.connect().await;
    db.execute_unprepared("UPDATE place SET name = 'Een andere naam' WHERE key = 't-aahoes-aadorp'").await.unwrap();
    let said = check();
    assert_eq!(said.code, Some(1), "{}", said.error);
    assert!(said.out.ends_with("; other data than the seed\n"), "{}", said.out);
    assert!(
        said.error.contains("which nobody has published (place:t-aahoes-aadorp name); `noaber publish`"),
        "{}",
        said.error
    );

    for (damage, expected) in [
        (
            "UPDATE place SET lat = 1.5 WHERE key = 't-aahoes-aadorp'",
            "the location of `t-aahoes-aadorp` cannot be right",
        ),
        ("UPDATE place SET last_confirmed = 'gisteren' WHERE key = 't-aahoes-aadorp'", "`gisteren` is no date"),
        ("DROP TABLE place_name", "place_name"),
    ] {
        db.execute_unprepared(damage).await.unwrap();
        let said = check();
        assert_eq!(said.code, Some(1), "{damage}: {}", said.out);
        assert!(said.error.starts_with("noaber: ") && said.error.lines().count() == 1, "{}", said.error);
        assert!(said.error.contains(expected), "{damage}: {}", said.error);
        assert!(said.error.contains("(--database or NOABER_DATABASE): "), "{damage}: {}", said.error);
        // No command builds on it, and what was published before is what is served, as long as the tables can be read at all.
        let on_it = ["pairs", "same", "x", "y", "--database", &database.url, "--language", "en"];
        let error = run(&mut noaber(&on_it)).error;
        assert!(error.contains(expected) || error.contains("which nobody has published"), "{damage}: {error}");
        // From the archive, and it is told a moment later that the tables hold something else, or cannot be read.
        let mut server = Server::begin(
            noaber(&["serve", "--listen", "127.0.0.1:0", "--database", &database.url]).stderr(Stdio::piped()),
        );
        assert!(server.get("/place/t-aahoes-aadorp").contains("<h1"));
        let mut log = BufReader::new(server.child.stderr.take().unwrap()).lines();
        let told = log.by_ref().map_while(Result::ok).find(|line| line.contains("ERROR")).unwrap();
        assert!(told.contains(expected) || told.contains("which nobody has published"), "{damage}: {told}");
        if !damage.starts_with("DROP") {
            let began = Instant::now();
            while !server.get("/health/ready").contains("notPublished") {
                assert!(began.elapsed() < Duration::from_secs(20));
                sleep(Duration::from_millis(20));
            }
        }
    }
}

#[test]
fn check_makes_no_database_and_tells_a_missing_one_from_a_damaged_one() {
    let folder = tempfile::tempdir().unwrap();
    let check = || run(noaber(&["check"]).current_dir(&folder));
    let said = check();
    assert_eq!(said.code, Some(0), "{}", said.error);
    assert!(said.out.contains("seed: edition ") && said.out.contains(COUNTS), "{}", said.out);
    insta::assert_snapshot!(
        said.out.lines().last().unwrap_or_default(),
        @"database: sqlite://noaber.db?mode=rwc (--database or NOABER_DATABASE) is not there yet; `noaber serve` makes it"
    );
    assert_eq!(in_it(folder.path()), [""; 0]);

    std::fs::write(folder.path().join("noaber.db"), "No database, and long enough to be taken for one. ".repeat(99))
        .unwrap();
    let said = check();
    assert_eq!(said.code, Some(1), "{}", said.out);
    insta::assert_snapshot!(said.error, @"noaber: sqlite://noaber.db?mode=rwc (--database or NOABER_DATABASE): the database cannot be opened: file is not a database (26)");
}

#[test]
fn schema_prints_the_committed_file_and_makes_no_database() {
    let folder = tempfile::tempdir().unwrap();
    let said = run(noaber(&["schema"]).current_dir(&folder));
    assert_eq!((said.code, said.error.as_str()), (Some(0), ""));
    assert!(
        said.out == include_str!("../../schema/schema.graphql"),
        "`noaber schema > schema/schema.graphql` makes them equal"
    );
    assert_eq!(in_it(folder.path()), [""; 0]);
}

#[test]
fn a_reader_that_has_seen_enough_is_no_failure() {
    let mut child = noaber(&["schema"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut first = String::new();
    BufReader::with_capacity(16, child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    assert!(!first.is_empty());
    let said = Said::from(child.wait_with_output().unwrap());
    assert_eq!((said.code, said.error.as_str()), (Some(0), ""));
}

#[test]
fn help_lists_commands_variables_and_defaults() {
    let said = run(&mut noaber(&["--help"]));
    assert_eq!(said.code, Some(0));
    for expected in [
        "serve",
        "migrate",
        "schema",
        "check",
        "--listen",
        "--database",
        "--log",
        "NOABER_LISTEN",
        "NOABER_DATABASE",
        "NOABER_LOG",
        "127.0.0.1:8080",
        "sqlite://noaber.db?mode=rwc",
        "[warn]",
    ] {
        assert!(said.out.contains(expected), "{expected} is not in:\n{}", said.out);
    }
}

#[test]
fn a_wrong_setting_is_one_sentence_that_names_it() {
    insta::assert_snapshot!(
        refusal(&mut noaber(&["--listen", "x"]), 2),
        @"--listen is `x`; expected an address and a port, such as 127.0.0.1:8080 or [::]:8080"
    );
    insta::assert_snapshot!(
        refusal(noaber(&[]).env("NOABER_LISTEN", "8080"), 2),
        @"NOABER_LISTEN is `8080`; expected an address and a port, such as 127.0.0.1:8080 or [::]:8080"
    );
    insta::assert_snapshot!(
        refusal(noaber(&["check"]).env("NOABER_DATABASE", "mysql://me:secret@host/db"), 2),
        @"NOABER_DATABASE has `mysql`; expected sqlite://FILE?mode=rwc or postgres://USER:PASSWORD@HOST/NAME"
    );
    insta::assert_snapshot!(
        refusal(noaber(&["schema"]).env("NOABER_LOG", "a=b=c"), 2),
        @"NOABER_LOG is `a=b=c`; expected error, warn, info, debug, trace or parts such as noaber=debug"
    );
    insta::assert_snapshot!(
        refusal(noaber(&["migrate"]).env("NOABER_PORT", "80"), 2),
        @"NOABER_PORT is no setting; the settings are NOABER_LISTEN, NOABER_DATABASE, NOABER_LOG, NOABER_PDOK, NOABER_CONTACT, NOABER_PUBLISHER, NOABER_PUBLISHER_URL, NOABER_MEMORY, NOABER_RATE_LIMIT, NOABER_TRUSTED_PROXIES, NOABER_METRICS, NOABER_START_WAIT, NOABER_LOCK_WAIT, NOABER_READ_ONLY, NOABER_TRUST_CLOCK, NOABER_KEEP_EDITIONS"
    );
    let said = run(&mut noaber(&["start"]));
    assert_eq!((said.code, said.error.contains("unrecognized subcommand 'start'")), (Some(2), true), "{}", said.error);
}

#[cfg(unix)]
#[test]
fn an_environment_that_is_no_unicode_is_no_panic() {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt};
    let no_unicode = OsStr::from_bytes(b"\xff\xfe");
    assert_eq!(run(noaber(&["schema"]).env("SOMETHING", no_unicode).env(no_unicode, "x")).code, Some(0));
    insta::assert_snapshot!(
        refusal(noaber(&["schema"]).env("NOABER_LISTEN", no_unicode), 2),
        @"NOABER_LISTEN is `��`; expected an address and a port, such as 127.0.0.1:8080 or [::]:8080"
    );
}

#[test]
fn what_fails_at_the_start_is_one_sentence_that_names_the_setting() {
    let folder = tempfile::tempdir().unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let error = refusal(noaber(&["--listen", &address]).current_dir(&folder), 1);
    insta::assert_snapshot!(
        error.replace(&address, "ADDRESS"),
        @"cannot listen on ADDRESS; choose another address with --listen or NOABER_LISTEN: Address already in use (os error 98)"
    );

    for command in ["serve", "migrate"] {
        let arguments = [command, "--listen", "127.0.0.1:0", "--database", "sqlite://no/such/folder.db?mode=rwc"];
        insta::allow_duplicates! {
            insta::assert_snapshot!(refusal(noaber(&arguments).current_dir(&folder), 1), @"sqlite://no/such/folder.db?mode=rwc (--database or NOABER_DATABASE): there is no folder `no/such`");
        }
    }
    insta::assert_snapshot!(
        refusal(noaber(&["--listen", "127.0.0.1:0", "--database", "sqlite://new.db?mode=readonly"]).current_dir(&folder), 1),
        @r#"sqlite://new.db?mode=readonly (--database or NOABER_DATABASE): the database cannot be opened: error with configuration: unknown value "readonly" for `mode`"#
    );
}

#[test]
fn a_database_server_that_does_not_answer_is_named_without_its_password() {
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let error = refusal(&mut noaber(&["migrate", "--database", &format!("postgres://me:secret@{closed}/db")]), 1);
    assert!(!error.contains("secret"), "{error}");
    insta::assert_snapshot!(error.replace(&closed.to_string(), "HOST:PORT").split(" within ").next().unwrap_or_default(), @"postgres://HOST:PORT/db (--database or NOABER_DATABASE): the database cannot be opened: Connection refused (os error 111)");
}

#[tokio::test]
async fn editions_are_listed_exported_and_withdrawn_from() {
    let database = TestDatabase::filled().await;
    let folder = tempfile::tempdir().unwrap();
    let on = |arguments: &[&str]| {
        let mut command = noaber(arguments);
        command.args(["--database", &database.url]).current_dir(&folder);
        command
    };
    let mut server = Server::start(&database);
    let csv = server.get("/places.csv").split_once("\r\n\r\n").unwrap().1.to_owned();
    let geojson = server.get("/places.geojson").split_once("\r\n\r\n").unwrap().1.to_owned();
    server.signal("TERM");
    server.ended();

    let listed = run(&mut on(&["editions"]));
    assert_eq!((listed.code, listed.error.as_str()), (Some(0), ""));
    let lines: Vec<&str> = listed.out.lines().collect();
    assert_eq!(lines[0], "number  edition                  published (UTC)   places  note");
    assert_eq!(lines.len(), 2, "{}", listed.out);
    let id = lines[1].split_whitespace().nth(1).unwrap();
    assert!(
        lines[1].starts_with("     1  20") && lines[1].ends_with("     285  the seed of this binary"),
        "{}",
        lines[1]
    );

    // By default all facts, to standard output; a file says nothing there.
    let all = run(&mut on(&["export", "edition", id]));
    assert_eq!((all.code, all.error.as_str()), (Some(0), ""));
    let document: serde_json::Value = serde_json::from_str(&all.out).unwrap();
    let exported: Facts = serde_json::from_value(document["facts"].clone()).unwrap();
    assert!(exported == facts(&database).await, "other facts than the database has");
    assert_eq!((&document["edition"], &document["withdrawn"]), (&id.into(), &serde_json::json!([])));
    assert!(document["attribution"].to_string().contains("Bron: CBS / Kadaster"));
    for (format, served) in [("csv", &csv), ("geojson", &geojson)] {
        let said = run(&mut on(&["export", "edition", id, "--format", format, "--output", "out", "--overwrite"]));
        assert_eq!((said.code, said.out.as_str(), said.error.as_str()), (Some(0), "", ""));
        assert!(std::fs::read_to_string(folder.path().join("out")).unwrap() == *served, "{format} is not the download");
    }

    let key = "de-wiekelaar-oudleusen";
    let said = run(&mut on(&["withdraw", &format!("place:{key}"), "--reason", "asked by the owner"]));
    assert_eq!((said.code, said.error.as_str()), (Some(0), ""));
    assert!(
        said.out.starts_with("place:de-wiekelaar-oudleusen is withdrawn from 1 edition(s); the newest is "),
        "{}",
        said.out
    );
    let listed = run(&mut on(&["editions"])).out;
    let lines: Vec<&str> = listed.lines().collect();
    assert!(
        lines[1].starts_with("     2  ") && lines[1].ends_with("     284  place:de-wiekelaar-oudleusen withdrawn"),
        "{listed}"
    );
    assert!(lines[2].ends_with("     284  the seed of this binary; without place:de-wiekelaar-oudleusen"), "{listed}");
    let document: serde_json::Value = serde_json::from_str(&run(&mut on(&["export", "edition", id])).out).unwrap();
    let withdrawn = &document["withdrawn"][0];
    assert_eq!(
        (&withdrawn["id"], &withdrawn["reason"]),
        (&format!("place:{key}").into(), &"asked by the owner".into())
    );
    assert!(!document["facts"].to_string().contains(&format!("\"{key}\"")));

    insta::assert_snapshot!(
        refusal(&mut on(&["export", "edition", "2020-01-01-0123456789ab"]), 1).replace(&database.url, "URL").split(" in ").next().unwrap(),
        @"there is no edition `2020-01-01-0123456789ab`"
    );
    let again = refusal(&mut on(&["withdraw", key, "--reason", "x"]), 1);
    assert!(again.ends_with("there is no place `de-wiekelaar-oudleusen` in the database or in an edition; a key is what follows `place:` in an id"), "{again}");
    let empty = refusal(&mut on(&["withdraw", key, "--reason", " "]), 1);
    assert!(empty.starts_with("--reason is empty"), "{empty}");
    for wrong in [vec!["export", "edition", id, "--format", "xml"], vec!["withdraw", key], vec!["export"]] {
        assert_eq!(run(&mut on(&wrong)).code, Some(2), "{wrong:?}");
    }
}

#[test]
fn commands_on_editions_make_no_database() {
    let folder = tempfile::tempdir().unwrap();
    for arguments in
        [vec!["editions"], vec!["export", "edition", "2020-01-01-0123456789ab"], vec!["withdraw", "x", "--reason", "y"]]
    {
        let error = refusal(noaber(&arguments).args(["--database", "sqlite://new.db"]).current_dir(&folder), 1);
        assert!(error.ends_with("is not there yet; `noaber serve` makes it"), "{error}");
    }
    assert_eq!(in_it(folder.path()), [""; 0]);
}

#[tokio::test]
async fn a_running_server_serves_what_another_process_withdrew_without_a_restart() {
    let database = TestDatabase::fresh().await;
    let server = Server::start(&database);
    assert!(server.get("/places.csv").contains("place:de-wiekelaar-oudleusen"));
    let said =
        run(&mut noaber(&["withdraw", "de-wiekelaar-oudleusen", "--reason", "test", "--database", &database.url]));
    assert_eq!(said.code, Some(0), "{}", said.error);
    let began = Instant::now();
    while server.get("/places.csv").contains("place:de-wiekelaar-oudleusen") {
        assert!(began.elapsed() < Duration::from_secs(30), "it is served on");
        sleep(Duration::from_millis(200));
    }
}

#[tokio::test]
async fn two_processes_draw_the_same_map_byte_for_byte() {
    let databases = [TestDatabase::fresh().await, TestDatabase::fresh().await];
    let servers = databases.each_ref().map(Server::start);
    for path in [
        "/map.svg?coverage=2000",
        "/map.svg?municipality=zwolle&lang=en",
        "/map.png?municipality=dalfsen&coverage=2000&scale=72",
    ] {
        let [one, other] = servers.each_ref().map(|server| {
            let answer = server.bytes(path);
            assert!(answer.starts_with(b"HTTP/1.1 200 OK"), "{path}");
            let end = answer.windows(4).position(|window| window == b"\r\n\r\n").expect("a head");
            answer[end..].to_vec()
        });
        assert!(one.len() > 10_000 && one == other, "{path}");
    }
}
