//! Geocoding against a server on this machine: what is asked, how politely, and what is made of the answers.
//!
//! On PostgreSQL where `NOABER_TEST_POSTGRES` names a server, else on SQLite.

use std::{
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    sync::{
        Arc, LazyLock, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use noaber::{
    claims::plausibility::Surroundings,
    edition::Edition,
    geocode::{
        Only, Wanted,
        accept::Verdict,
        answer::{Answer, Kind, Unusable},
        pdok::{Failure, Pdok as Client, Timeouts},
        run::{Clock, Desk, End, Found, Pace, run},
        wanted,
    },
    model::{Books, Facts, Ledger, Place, Provider, vocabulary::LocationPrecision},
    seed,
    store::Store,
};

use crate::{
    database::TestDatabase,
    pdok::{NOTHING, Pdok, REFUSAL, Reply, WITHOUT_DOCS, answer, document, knows},
};

static SEED: LazyLock<Facts> = LazyLock::new(|| seed::read().expect("the seed can be read"));

/// Places with an address of postcode and number that no other place has, each at a point of its own.
fn addressed(many: usize) -> Vec<&'static Place> {
    let full = |place: &&Place| {
        place.is_at_address()
            && place.address.as_ref().is_some_and(|address| {
                address.street.is_some()
                    && address.postcode.is_some()
                    && address
                        .house_number
                        .as_ref()
                        .is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
            })
    };
    let alone = |place: &&Place| {
        let same = |other: &&Place| {
            other.address.as_ref().is_some_and(|address| {
                let mine = place.address.as_ref().expect("it is full");
                (&address.postcode, &address.house_number) == (&mine.postcode, &mine.house_number)
            })
        };
        SEED.places.iter().filter(same).count() == 1
    };
    let places: Vec<&Place> = SEED.places.iter().filter(full).filter(alone).take(many).collect();
    assert_eq!(places.len(), many);
    places
}

/// The seed without the locations of some places.
fn without_locations(places: &[&Place]) -> Facts {
    let mut facts = SEED.clone();
    for place in facts.places.iter_mut().filter(|place| places.iter().any(|other| other.key == place.key)) {
        place.location = None;
    }
    for link in facts.place_sources.iter_mut().filter(|link| places.iter().any(|place| place.key == link.place)) {
        link.fields.retain(|field| field != "location");
    }
    facts.place_sources.retain(|link| !link.fields.is_empty());
    facts
}

async fn filled(facts: &Facts) -> TestDatabase {
    let database = TestDatabase::fresh().await;
    let store = Store::open(&database.url).await.unwrap();
    store.migrate().await.unwrap();
    store.save(facts).await.unwrap();
    store.close().await;
    database
}

async fn books(database: &TestDatabase) -> Books {
    let store = Store::open(&database.url).await.unwrap();
    let books = store.books().await.unwrap();
    store.close().await;
    books
}

fn place<'a>(books: &'a Books, key: &str) -> &'a Place {
    books.facts.places.iter().find(|place| place.key == key).unwrap()
}

// The loop, with a clock of its own.

/// Time that passes only where somebody waits for it, and the waits.
#[derive(Clone, Default)]
struct TestClock {
    now: Arc<Mutex<Duration>>,
    waits: Arc<Mutex<Vec<Duration>>>,
}

impl Clock for TestClock {
    fn now(&self) -> Duration {
        *self.now.lock().unwrap()
    }

    async fn sleep(&self, time: Duration) {
        *self.now.lock().unwrap() += time;
        self.waits.lock().unwrap().push(time);
    }

    fn chance(&self) -> f64 {
        0.5
    }
}

const PACE: Pace = Pace {
    interval: Duration::from_millis(200),
    attempts: 4,
    backoff: Duration::from_millis(500),
    longest: Duration::from_secs(60),
    give_up_after: 3,
};

const TIMEOUTS: Timeouts = Timeouts { connect: Duration::from_secs(5), whole: Duration::from_secs(10) };

struct Bench {
    database: TestDatabase,
    books: Books,
    edition: Edition,
    clock: TestClock,
}

impl Bench {
    async fn of(places: &[&Place]) -> Self {
        let facts = without_locations(places);
        let edition = Edition::build(facts.clone()).unwrap();
        Self {
            database: filled_with_nothing().await,
            books: Books { facts, ledger: Ledger::default() },
            edition,
            clock: TestClock::default(),
        }
    }

    fn wanted(&self) -> Vec<Wanted> {
        wanted(&self.books, Only::Missing)
    }

    async fn run(&self, pdok: &Pdok) -> Found {
        self.run_with(pdok, TIMEOUTS, std::future::pending()).await
    }

    async fn run_with(&self, pdok: &Pdok, timeouts: Timeouts, stop: impl Future<Output = ()>) -> Found {
        let store = Store::open(&self.database.url).await.unwrap();
        let client = Client::new(&pdok.url, timeouts).unwrap();
        let surroundings = Surroundings::of(&self.edition, &[]);
        let desk =
            Desk { store: &store, service: &client, clock: &self.clock, pace: PACE, surroundings: &surroundings };
        let found = run(desk, self.wanted(), stop, |_| ()).await.unwrap();
        store.close().await;
        found
    }

    /// Without the answers and waits of before.
    async fn anew(&mut self) {
        self.database = filled_with_nothing().await;
        self.clock = TestClock::default();
    }

    async fn stored(&self) -> usize {
        let store = Store::open(&self.database.url).await.unwrap();
        let answers = store.geocode_answers(Provider::Pdok).await.unwrap();
        store.close().await;
        answers.len()
    }

    fn waits(&self) -> Vec<f64> {
        self.clock.waits.lock().unwrap().iter().map(Duration::as_secs_f64).collect()
    }
}

/// Only answers are stored in it: the loop does not need the facts.
async fn filled_with_nothing() -> TestDatabase {
    let database = TestDatabase::fresh().await;
    let store = Store::open(&database.url).await.unwrap();
    store.migrate().await.unwrap();
    store.close().await;
    database
}

fn located(found: &Found) -> usize {
    found.verdicts.iter().filter(|(_, verdict)| matches!(verdict, Verdict::Accepted(_))).count()
}

#[tokio::test]
async fn what_is_asked_is_asked_slowly_by_name_and_with_known_parameters_only() {
    let places = addressed(5);
    let bench = Bench::of(&places).await;
    let (clock, knows) = (bench.clock.clone(), knows(SEED.clone()));
    let times = Arc::new(Mutex::new(Vec::new()));
    let at = times.clone();
    let pdok = Pdok::start(move |question, number| {
        at.lock().unwrap().push(clock.now());
        knows(question, number)
    });
    let found = bench.run(&pdok).await;
    assert_eq!((found.asked, located(&found), &found.end), (5, 5, &End::Done));
    for question in pdok.seen() {
        assert_eq!((question.method.as_str(), question.path.as_str()), ("GET", "/search/v3_1/free"));
        let names: Vec<&str> = question.parameters.keys().map(String::as_str).collect();
        assert_eq!(names, ["fl", "fq", "q", "rows"]);
        assert_eq!(question.headers["user-agent"], format!("noaber/{}", env!("CARGO_PKG_VERSION")));
    }
    for pair in times.lock().unwrap().windows(2) {
        assert!(pair[1] - pair[0] >= PACE.interval, "{pair:?}");
    }
    let again = bench.run(&pdok).await;
    assert_eq!((again.asked, again.from_cache, again.verdicts), (0, 5, found.verdicts));
    assert_eq!(pdok.seen().len(), 5, "a second run asks nothing");
}

#[tokio::test]
async fn what_passes_is_waited_for_longer_each_time() {
    let places = addressed(1);
    let mut bench = Bench::of(&places).await;
    let busy = |head: &str| Reply::Status(429, head.to_owned(), String::new());
    let broken = || Reply::Status(503, String::new(), "<html>".to_owned());
    // The first three replies, then a good one; the waits.
    for (replies, waits) in [
        ([broken(), broken(), broken()], [0.625, 1.25, 2.5]),
        ([busy("retry-after: 7\r\n"), busy(""), broken()], [7.0, 1.25, 2.5]),
        ([Reply::Truncated(r#"{"response":{"docs":["#.to_owned()), broken(), broken()], [0.625, 1.25, 2.5]),
    ] {
        bench.anew().await;
        let knows = knows(SEED.clone());
        let pdok = Pdok::start(move |question, number| {
            replies.get(number).cloned().unwrap_or_else(|| knows(question, number))
        });
        let found = bench.run(&pdok).await;
        assert_eq!((found.asked, located(&found)), (4, 1), "{found:?}");
        assert_eq!(bench.waits(), waits);
    }
}

#[tokio::test]
async fn what_does_not_pass_is_told_and_not_kept() {
    let places = addressed(1);
    let mut bench = Bench::of(&places).await;
    let html = "<!doctype html><title>Inloggen</title>";
    let nan = r#"{"response":{"numFound":1,"maxScore":NaN,"docs":[]}}"#;
    let huge = format!(r#"{{"response":{{"docs":[]}},"vulling":"{}"}}"#, "x".repeat(2 << 20));
    for (reply, attempts, expected) in [
        (Reply::Body(html.to_owned()), 4, "no answer of PDOK Locatieserver: no JSON"),
        (Reply::Body(nan.to_owned()), 4, "no answer of PDOK Locatieserver: no JSON"),
        (Reply::Body("[1, 2]".to_owned()), 4, "no answer of PDOK Locatieserver: JSON of another kind"),
        (Reply::Body(huge), 4, "larger than 1 MiB"),
        (Reply::Truncated(NOTHING.to_owned()), 4, "no answer of PDOK Locatieserver: "),
        (Reply::Status(500, String::new(), String::new()), 4, "status 500"),
        (Reply::Status(403, String::new(), String::new()), 1, "status 403"),
        (Reply::Status(429, "retry-after: 3600\r\n".to_owned(), String::new()), 1, "status 429"),
        (Reply::Status(302, "location: http://example.org/\r\n".to_owned(), String::new()), 1, "status 302"),
        (Reply::Status(400, String::new(), html.to_owned()), 1, "status 400"),
    ] {
        bench.anew().await;
        let pdok = Pdok::always(reply);
        let found = bench.run(&pdok).await;
        let [(_, failure)] = &found.failed[..] else { panic!("{found:?}") };
        assert!(failure.to_string().contains(expected), "{failure}, expected {expected}");
        assert_eq!((found.asked, pdok.seen().len()), (attempts, attempts), "{failure}");
        assert_eq!(bench.stored().await, 0, "{failure}");
    }
}

#[tokio::test]
async fn a_service_that_is_slow_or_gone_is_given_up_and_what_was_answered_before_is_used() {
    let places = addressed(6);
    let bench = Bench::of(&places).await;
    // Two are known from before.
    let good = Pdok::start(knows(SEED.clone()));
    let counted = AtomicUsize::new(0);
    let stop = std::future::poll_fn(|_| {
        if good.seen().len() < 2 || counted.fetch_add(1, Ordering::Relaxed) < 1 {
            std::task::Poll::Pending
        } else {
            std::task::Poll::Ready(())
        }
    });
    let before = bench.run_with(&good, TIMEOUTS, stop).await;
    assert_eq!(before.end, End::Stopped);
    let kept = bench.stored().await;
    assert!((1..6).contains(&kept), "{kept}");

    let short = Timeouts { whole: Duration::from_millis(150), ..TIMEOUTS };
    for reply in [Reply::Slow(Duration::from_millis(400)), Reply::Silent] {
        let found = bench.run_with(&Pdok::always(reply), short, std::future::pending()).await;
        assert_eq!(found.end, End::GaveUp(Failure::Slow));
        assert_eq!(
            (located(&found), found.failed.len(), found.left),
            (kept, 3.min(6 - kept), 6 - kept - 3.min(6 - kept))
        );
        assert_eq!(found.asked, 3 * 4);
    }
    let mut gone = Pdok::always(Reply::Silent);
    gone.url = "http://127.0.0.1:9/".to_owned();
    let found = bench.run(&gone).await;
    assert!(matches!(found.end, End::GaveUp(Failure::Unreachable(_))), "{:?}", found.end);
    assert_eq!(located(&found), kept);
}

#[tokio::test]
async fn a_refused_question_is_asked_once_and_does_not_end_the_run() {
    let places = addressed(5);
    let bench = Bench::of(&places).await;
    let pdok = Pdok::always(Reply::Status(400, String::new(), REFUSAL.to_owned()));
    for asked in [5, 0] {
        let found = bench.run(&pdok).await;
        assert_eq!((found.asked, found.failed.len(), found.end), (asked, 5, End::Done));
        let Failure::Unusable(Unusable::Refused(text)) = &found.failed[0].1 else { panic!("{:?}", found.failed) };
        assert_eq!(text, "query parameter 'onbekend' not defined in the specifications");
    }
    assert_eq!(pdok.seen().len(), 5);
}

#[tokio::test]
async fn a_service_that_sends_away_for_long_is_not_asked_again() {
    let bench = Bench::of(&addressed(3)).await;
    let pdok = Pdok::always(Reply::Status(429, "retry-after: 3600\r\n".to_owned(), String::new()));
    let found = bench.run(&pdok).await;
    assert_eq!(found.end, End::GaveUp(Failure::Busy(Some(Duration::from_secs(3600)))));
    assert_eq!((pdok.seen().len(), found.left), (1, 2));
}

#[tokio::test]
async fn nothing_found_is_kept_and_further_questions_are_asked() {
    let places = addressed(1);
    let mut bench = Bench::of(&places).await;
    for nothing in [NOTHING, WITHOUT_DOCS] {
        bench.anew().await;
        let pdok = Pdok::always(Reply::Body(nothing.to_owned()));
        let found = bench.run(&pdok).await;
        assert!(matches!(found.verdicts[..], [(_, Verdict::Nothing)]), "{found:?}");
        let kinds: Vec<String> = pdok.seen().iter().map(|question| question.fq().to_owned()).collect();
        assert_eq!(kinds, ["type:adres", "type:(adres OR weg)", "type:postcode"]);
        assert_eq!(bench.stored().await, 3);
    }
}

#[tokio::test]
async fn what_is_not_the_address_or_has_no_point_that_can_be_is_not_accepted() {
    let places = addressed(1);
    let mut bench = Bench::of(&places).await;
    let place = places[0];
    let (lon, lat) = place.location.as_ref().map(|at| (at.lon, at.lat)).unwrap();
    let right = document(place, lon, lat);
    let with = |name: &str, value: &str| {
        let mut document = right.clone();
        document[name] = serde_json::from_str(value).unwrap();
        document
    };
    let swapped = format!("\"POINT({lat} {lon})\"");
    let rd_only = {
        let rd = noaber::spatial::Wgs84 { lon, lat }.to_rd();
        let mut document = with("centroide_rd", &format!("\"POINT({:.3} {:.3})\"", rd.x, rd.y));
        document.as_object_mut().unwrap().remove("centroide_ll");
        document
    };
    for (documents, expected) in [
        (vec![right.clone()], "accepted"),
        (vec![with("huisnummer", "9999"), right.clone()], "accepted"),
        (vec![with("score", "null"), with("score", "0.001")], "accepted"),
        (vec![rd_only], "accepted"),
        (vec![with("huisletter", "\"Z\"")], "doubtful"),
        (vec![with("gemeentecode", "\"0344\"")], "doubtful"),
        // Maastricht, under the code of the right municipality.
        (vec![with("centroide_ll", "\"POINT(5.69 50.85)\"")], "doubtful"),
        (vec![with("centroide_ll", &swapped)], "nothing"),
        (vec![with("centroide_ll", "\"POINT(NaN NaN)\"")], "nothing"),
        (vec![with("centroide_ll", "\"ergens\"")], "nothing"),
        (vec![with("type", "\"perceel\"")], "nothing"),
        (vec![with("huisnummer", "9999")], "nothing"),
    ] {
        bench.anew().await;
        let pdok = Pdok::always(answer(&documents));
        let found = bench.run(&pdok).await;
        let verdict = match &found.verdicts[..] {
            [(_, Verdict::Accepted(hit))] => {
                assert!((hit.location.lon - lon).abs() < 1e-5 && (hit.location.lat - lat).abs() < 1e-5, "{hit:?}");
                assert_eq!(hit.location.precision, LocationPrecision::Address);
                "accepted"
            }
            [(_, Verdict::Doubtful(..))] => "doubtful",
            [(_, Verdict::Nothing)] => "nothing",
            other => panic!("{other:?}"),
        };
        assert_eq!(verdict, expected, "{documents:?}");
    }
}

// The program.

fn noaber(database: &TestDatabase, pdok: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_noaber"));
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy().to_lowercase();
        if name.starts_with("noaber_") || name.ends_with("_proxy") {
            command.env_remove(&name).env_remove(name.to_uppercase());
        }
    }
    let fixed = ["--database", &database.url, "--log", "error"];
    command.args(arguments).args(fixed).env("NOABER_PDOK", pdok).stdin(Stdio::null());
    // The places that a test took the location from, and none of the coarse ones of the seed.
    let looks_up = arguments.first() == Some(&"geocode") && arguments.get(1).is_none_or(|next| next.starts_with("--"));
    if arguments.first() == Some(&"geocode") {
        command.args(["--language", "en"]);
    }
    if looks_up && !arguments.contains(&"--only") {
        command.args(["--only", "MISSING"]);
    }
    command
}

struct Said {
    code: Option<i32>,
    out: String,
    error: String,
}

impl From<Output> for Said {
    fn from(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Self { code: output.status.code(), out: text(output.stdout), error: text(output.stderr) }
    }
}

fn geocode(database: &TestDatabase, pdok: &str, arguments: &[&str]) -> Said {
    let arguments: Vec<&str> = std::iter::once("geocode").chain(arguments.iter().copied()).collect();
    noaber(database, pdok, &arguments).output().unwrap().into()
}

#[tokio::test]
async fn places_get_the_points_of_their_addresses_and_nothing_else_changes() {
    let places = addressed(4);
    let database = filled(&without_locations(&places)).await;
    let before = books(&database).await;
    let pdok = Pdok::start(knows(SEED.clone()));
    let trial = geocode(&database, &pdok.url, &["--dry-run", "--rate", "50"]);
    assert_eq!(trial.code, Some(0), "{}", trial.error);
    assert!(trial.out.contains("A trial: nothing was changed."), "{}", trial.out);
    assert_eq!(books(&database).await, before);
    assert_eq!(pdok.seen().len(), 4);

    let said = geocode(&database, &pdok.url, &["--rate", "50"]);
    assert_eq!((said.code, said.error.as_str()), (Some(0), ""));
    assert!(said.out.contains("Located at the address: 4, coarser: 0"), "{}", said.out);
    assert!(said.out.contains("Questions asked: 0, answered from the database: 4."), "{}", said.out);
    assert!(said.out.contains("Stored as edition "), "{}", said.out);
    assert_eq!(pdok.seen().len(), 4, "the trial kept the answers");

    let after = books(&database).await;
    assert_ne!(Edition::id_of(&after.facts).unwrap(), Edition::id_of(&before.facts).unwrap());
    for original in &places {
        let now = place(&after, &original.key);
        let (at, expected) = (now.location.as_ref().unwrap(), original.location.as_ref().unwrap());
        assert_eq!((at.lon, at.lat, at.precision), (expected.lon, expected.lat, LocationPrecision::Address));
        assert_eq!((&now.last_confirmed, &now.address), (&original.last_confirmed, &original.address));
        let link =
            after.facts.place_sources.iter().find(|link| link.place == now.key && link.source == "pdok-locatieserver");
        assert_eq!(link.unwrap().fields, ["location"]);
        let kept = &after.ledger.geocodings[&now.key];
        assert_eq!(kept.nummeraanduiding.as_deref(), Some("0000200000000001"));
        assert_eq!((kept.score, kept.matched.contains(&now.settlement)), (Some(9.25), true));
    }
    let layer = after.facts.layers.iter().find(|layer| layer.key == "addresses").unwrap();
    assert_eq!((layer.licence.as_str(), layer.attribution.as_str()), ("CC-BY-4.0", "Bron: Kadaster/PDOK"));
    let others = |books: &Books| -> Vec<Place> {
        let is_other = |place: &&Place| !places.iter().any(|other| other.key == place.key);
        books.facts.places.iter().filter(is_other).cloned().collect()
    };
    assert_eq!(others(&after), others(&before));

    let again = geocode(&database, &pdok.url, &[]);
    assert_eq!(again.code, Some(0), "nothing to do is no failure");
    assert!(again.out.contains("Places: 0.") && again.out.contains("The data stays as it was."), "{}", again.out);
    assert_eq!(pdok.seen().len(), 4);
}

#[tokio::test]
async fn a_run_that_is_killed_goes_on_where_it_was() {
    let places = addressed(5);
    let database = filled(&without_locations(&places)).await;
    let knows_all = knows(SEED.clone());
    let holds = Arc::new(AtomicBool::new(true));
    let hold = holds.clone();
    let pdok = Pdok::start(move |question, number| {
        // The fourth never comes.
        if number >= 3 && hold.load(Ordering::Relaxed) { Reply::Silent } else { knows_all(question, number) }
    });
    let mut child = noaber(&database, &pdok.url, &["geocode", "--rate", "50"]).stdout(Stdio::null()).spawn().unwrap();
    wait_for(|| pdok.seen().len() == 4);
    child.kill().unwrap();
    child.wait().unwrap();
    holds.store(false, Ordering::Relaxed);

    let said = geocode(&database, &pdok.url, &["--rate", "50"]);
    assert_eq!(said.code, Some(0), "{}", said.error);
    assert!(said.out.contains("Located at the address: 5"), "{}", said.out);
    assert!(said.out.contains("Questions asked: 2, answered from the database: 3."), "{}", said.out);
    assert_eq!(pdok.seen().len(), 6);
}

#[cfg(unix)]
#[tokio::test]
async fn a_signal_to_stop_keeps_and_publishes_what_was_found() {
    let places = addressed(4);
    for signal in ["INT", "TERM"] {
        let database = filled(&without_locations(&places)).await;
        let knows = knows(SEED.clone());
        let pdok =
            Pdok::start(move |question, number| if number >= 2 { Reply::Silent } else { knows(question, number) });
        let mut command = noaber(&database, &pdok.url, &["geocode", "--rate", "50"]);
        let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        wait_for(|| pdok.seen().len() == 3);
        let began = Instant::now();
        kill(&child, signal);
        let said = Said::from(child.wait_with_output().unwrap());
        assert!(began.elapsed() < Duration::from_secs(8), "it does not wait for the answer");
        assert_eq!(said.code, Some(0), "{}", said.error);
        for expected in ["Located at the address: 2", "not come to: 2", "Stopped; ", "Stored as edition "] {
            assert!(said.out.contains(expected), "{expected} is not in {}", said.out);
        }
        let located = books(&database).await.ledger.geocodings.len();
        assert_eq!(located, 2);
    }
}

#[tokio::test]
async fn what_is_doubtful_waits_for_a_person_whose_word_is_kept() {
    let places = addressed(2);
    let database = filled(&without_locations(&places)).await;
    let shown: Vec<Place> = places.iter().map(|place| (*place).clone()).collect();
    let pdok = Pdok::start(move |question, _| {
        let is_asked = |place: &&Place| {
            let postcode = place.address.as_ref().and_then(|address| address.postcode.clone()).unwrap();
            question.q().contains(&postcode.replace(' ', "")) && question.fq() == "type:adres"
        };
        match shown.iter().find(is_asked) {
            Some(place) => {
                let at = place.location.as_ref().unwrap();
                let mut document = document(place, at.lon, at.lat);
                document["huisletter"] = "B".into();
                answer(&[document])
            }
            None => Reply::Body(NOTHING.to_owned()),
        }
    });
    let before = books(&database).await;
    let said = geocode(&database, &pdok.url, &["--rate", "50"]);
    assert_eq!(said.code, Some(0), "{}", said.error);
    assert!(said.out.contains("waiting for a person: 2"), "{}", said.out);
    assert!(said.out.contains("The data stays as it was."), "{}", said.out);
    assert_eq!(books(&database).await.facts, before.facts);

    let [right, wrong] = [places[0].key.as_str(), places[1].key.as_str()];
    let list = geocode(&database, &pdok.url, &["list"]).out;
    for expected in [right, wrong, "another letter or addition", "noaber geocode accept"] {
        assert!(list.contains(expected), "{expected} is not in {list}");
    }
    let accepted = geocode(&database, &pdok.url, &["accept", &format!("place:{right}")]);
    assert_eq!(accepted.code, Some(0), "{}", accepted.error);
    assert!(accepted.out.contains("is served; edition "), "{}", accepted.out);
    let rejected = geocode(&database, &pdok.url, &["reject", wrong]);
    assert_eq!(rejected.code, Some(0), "{}", rejected.error);
    let after = books(&database).await;
    assert!(place(&after, right).is_at_address() && place(&after, wrong).location.is_none());

    let asked = pdok.seen().len();
    let again = geocode(&database, &pdok.url, &[]);
    assert!(again.out.contains("Places: 0."), "{}", again.out);
    assert_eq!(pdok.seen().len(), asked, "what was rejected is not asked again");
    assert_eq!(geocode(&database, &pdok.url, &["list"]).out, "nothing waits for a person\n");
    let twice = geocode(&database, &pdok.url, &["reject", wrong]);
    assert_eq!(twice.code, Some(1));
    assert!(twice.error.contains("`noaber geocode list --all` shows"), "{}", twice.error);
    // What is served can be taken back.
    assert_eq!(geocode(&database, &pdok.url, &["reject", right]).code, Some(0));
    assert_eq!(place(&books(&database).await, right).location, None);

    let said: Said = noaber(&database, "", &["withdraw", right, "--reason", "op verzoek"])
        .env_remove("NOABER_PDOK")
        .output()
        .unwrap()
        .into();
    assert_eq!(said.code, Some(0), "{}", said.error);
    let after = books(&database).await;
    assert!(after.facts.places.iter().all(|place| place.key != right));
    let ledger = &after.ledger;
    assert!(
        !ledger.places.by_subject.contains_key(right)
            && !ledger.places.originals.contains_key(right)
            && !ledger.geocodings.contains_key(right)
    );
    let store = Store::open(&database.url).await.unwrap();
    assert!(store.geocode_answers(Provider::Pdok).await.unwrap().is_empty(), "they hold its address");
    store.close().await;
}

#[tokio::test]
async fn a_service_that_is_not_there_is_one_sentence() {
    let places = addressed(1);
    let database = filled(&without_locations(&places)).await;
    let said = geocode(&database, "http://127.0.0.1:9/", &["--rate", "50"]);
    assert_eq!(said.code, Some(1));
    let sentence = said.error.trim_end();
    assert!(
        sentence.starts_with("noaber: PDOK Locatieserver at http://127.0.0.1:9/: it cannot be reached"),
        "{sentence}"
    );
    assert_eq!(sentence.lines().count(), 1);
}

#[tokio::test]
async fn offline_asks_nobody_and_tells_the_outline_that_holds_the_place() {
    let coarse: Vec<&Place> = SEED
        .places
        .iter()
        .filter(|place| {
            place.address.is_none()
                && place.location.as_ref().is_some_and(|at| at.precision == LocationPrecision::Settlement)
        })
        .take(3)
        .collect();
    let database = filled(&without_locations(&coarse)).await;
    let pdok = Pdok::always(Reply::Silent);
    let said = geocode(&database, &pdok.url, &["--provider", "offline"]);
    assert_eq!((said.code, said.error.as_str()), (Some(0), ""), "{}", said.out);
    assert_eq!(pdok.seen().len(), 0);
    let after = books(&database).await;
    for original in coarse {
        let now = place(&after, &original.key);
        assert_eq!(now.location, original.location, "{}", now.key);
        assert_eq!(now.last_confirmed, original.last_confirmed);
    }
}

#[tokio::test]
async fn wrong_arguments_are_told() {
    let database = TestDatabase::fresh().await;
    for arguments in
        [&["--only", "SOME"][..], &["--provider", "google"], &["--rate", "0"], &["--rate", "NaN"], &["accept"]]
    {
        assert_eq!(geocode(&database, "http://127.0.0.1:9/", arguments).code, Some(2), "{arguments:?}");
    }
    let said = geocode(&database, "http://127.0.0.1:9/", &["--pdok-url", "api.pdok.nl"]);
    assert_eq!(said.code, Some(2));
    assert!(said.error.starts_with("noaber: --pdok-url is `api.pdok.nl`"), "{}", said.error);
}

fn wait_for(done: impl Fn() -> bool) {
    let began = Instant::now();
    while !done() {
        assert!(began.elapsed() < Duration::from_secs(30), "it does not come so far");
        thread::sleep(Duration::from_millis(10));
    }
}

#[cfg(unix)]
fn kill(child: &Child, signal: &str) {
    let script = format!("kill -{signal} {}", child.id());
    assert!(Command::new("sh").args(["-c", &script]).status().unwrap().success());
}

// What holds of the code and of the service.

#[test]
fn nothing_but_the_command_line_calls_the_room_that_calls_the_network() {
    fn files(folder: &Path) -> Vec<PathBuf> {
        let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
    }
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut callers = Vec::new();
    for path in files(&source).iter().filter(|path| path.extension().is_some_and(|extension| extension == "rs")) {
        let inside = path.strip_prefix(&source).unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(path).unwrap();
        let calls = ["geocode::", "use ureq", "ureq::"].iter().any(|name| text.contains(name));
        if calls && !inside.starts_with("geocode/") && !inside.starts_with("cli") {
            callers.push(inside);
        }
    }
    assert_eq!(callers, [""; 0]);
}

/// Answers of the real service, recorded by others; they are not part of the repository.
#[test]
fn recorded_answers_of_the_service_are_read() {
    let folders = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().map(|above| above.join("shared/data/raw/pdok"));
    let Some(folder) = folders.into_iter().find(|folder| folder.is_dir()) else {
        eprintln!("SKIPPED: there is no folder shared/data/raw/pdok with recorded answers beside this one");
        return;
    };
    let parse = |name: &str| {
        let body = std::fs::read_to_string(folder.join(name)).unwrap();
        // One of them is a document without its envelope.
        let whole = if name.contains("-doc-") { format!(r#"{{"response":{{"docs":[{body}]}}}}"#) } else { body };
        Answer::parse(whole.as_bytes())
    };
    for (name, kind, shown, lon, lat, id) in [
        (
            "v3-free-sample.json",
            Kind::Address,
            "Bolstraat 1, 3581WS Utrecht",
            5.132_875_87,
            52.088_841_61,
            "0344200000159102",
        ),
        (
            "v3-lookup-sample.json",
            Kind::Address,
            "Europalaan 93, 3526KP Utrecht",
            5.106_960_41,
            52.064_150_55,
            "0344200000128086",
        ),
        (
            "v3_1-free-adres-all-fields.json",
            Kind::Address,
            "Amstel 1, 1011PN Amsterdam",
            4.900_165_47,
            52.367_645_6,
            "0363200012145295",
        ),
        (
            "v3_1-doc-adres-nijmegen.json",
            Kind::Address,
            "Arend Noorduijnstraat 1, 6512BK Nijmegen",
            5.853_515_25,
            51.840_920_97,
            "0268200000002093",
        ),
        (
            "v3_1-free-postcode-3584CC.json",
            Kind::Postcode,
            "Genèvelaan, 3584CC Utrecht",
            5.171_961_01,
            52.085_178_66,
            "",
        ),
    ] {
        let documents = parse(name).unwrap().documents();
        let first = &documents[0];
        assert_eq!((first.kind, first.shown.as_str()), (kind, shown), "{name}");
        assert_eq!((first.at.lon, first.at.lat), (lon, lat), "{name}");
        assert_eq!(first.nummeraanduiding.as_deref().unwrap_or_default(), id, "{name}");
    }
    assert_eq!(parse("v3_1-free-postcode-3584CC.json").unwrap().documents().len(), 2);
    let kinds_we_do_not_read = parse("v3_1-free-gemeente-utrecht.json").unwrap();
    assert_eq!(kinds_we_do_not_read.documents(), []);
    assert_eq!(parse("v3-suggest-sample.json").unwrap().documents(), [], "suggestions have no point");
    let Err(Unusable::Refused(text)) = parse("v3-error-sample.json") else { panic!("it is a refusal") };
    assert!(text.ends_with("Verplichte parameter 'id' ontbreekt"), "{text}");
}
