//! Connections, byte by byte: half requests, answers that nobody reads, more clients than may be, hosts.
//!
//! Where a test waits for a time limit, the other limits are an hour, so that what it sees is that one.

use std::{
    io::{Read, Write},
    net::TcpStream,
    thread::sleep,
    time::{Duration, Instant},
};

use noaber::http::server::ConnectionLimits;

use crate::support::TestApp;

const HOUR: Duration = Duration::from_secs(3_600);
const SOON: Duration = Duration::from_millis(200);
/// Longer than anything here takes on the slowest machine.
const PATIENCE: Duration = Duration::from_secs(30);

fn no_limits() -> ConnectionLimits {
    ConnectionLimits { connections: 100, head: HOUR, idle: HOUR, stalled: HOUR, grace: SOON }
}

fn connect(app: &TestApp) -> TcpStream {
    let stream = TcpStream::connect(app.url.trim_start_matches("http://")).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream
}

/// What comes until the connection ends, however it ends.
fn rest(mut stream: TcpStream) -> String {
    let mut bytes = Vec::new();
    match stream.read_to_end(&mut bytes) {
        Err(cause) if matches!(cause.kind(), std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut) => {
            panic!("it is still open after {PATIENCE:?}")
        }
        _ => String::from_utf8_lossy(&bytes).into_owned(),
    }
}

/// Reads an answer to `/health/live`, which says how long it is.
fn read_live(stream: &mut TcpStream) -> String {
    let mut answer = Vec::new();
    let mut byte = [0];
    while !answer.ends_with(b"\"live\"}") {
        stream.read_exact(&mut byte).expect("an answer");
        answer.push(byte[0]);
    }
    String::from_utf8(answer).unwrap()
}

const LIVE: &[u8] = b"GET /health/live HTTP/1.1\r\nhost: localhost\r\n\r\n";

/// Work that waits, beside the service, which runs on this runtime.
async fn beside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    tokio::task::spawn_blocking(work).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn half_a_head_is_closed_however_it_comes() {
    let app = TestApp::start_with_connections(ConnectionLimits { head: SOON, ..no_limits() }).await;
    for part in ["", "GET /he", "GET / HTTP/1.1\r\nhost: localhost\r\nx-a: b\r\n"] {
        let mut stream = connect(&app);
        stream.write_all(part.as_bytes()).unwrap();
        assert_eq!(beside(move || rest(stream)).await, "", "{part:?}");
    }
    // A header now and then is no progress.
    let mut dripping = connect(&app);
    dripping.write_all(b"GET / HTTP/1.1\r\nhost: localhost\r\n").unwrap();
    beside(move || {
        let began = Instant::now();
        while dripping.write_all(b"x-a: b\r\n").is_ok() {
            assert!(began.elapsed() < PATIENCE, "it is still open");
            sleep(SOON / 8);
        }
    })
    .await;
    // After an answer, too; and whoever sends whole heads is answered.
    let mut second = connect(&app);
    second.write_all(LIVE).unwrap();
    let second = beside(move || {
        read_live(&mut second);
        second.write_all(b"GET /he").unwrap();
        rest(second)
    });
    assert_eq!(second.await, "");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_is_silent_between_two_requests_is_closed() {
    let app = TestApp::start_with_connections(ConnectionLimits { idle: SOON, ..no_limits() }).await;
    let mut stream = connect(&app);
    stream.write_all(LIVE).unwrap();
    let answer = beside(move || rest(stream)).await;
    assert!(answer.starts_with("HTTP/1.1 200 OK") && answer.ends_with("\"live\"}"), "{answer}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_nobody_reads_is_closed() {
    let app = TestApp::start_with_connections(ConnectionLimits { stalled: SOON, ..no_limits() }).await;
    let mut stream = connect(&app);
    stream.set_write_timeout(Some(PATIENCE)).unwrap();
    beside(move || {
        let began = Instant::now();
        // More than the system takes for the client; at the end the connection is reset.
        while stream.write_all(b"GET /schema.graphql HTTP/1.1\r\nhost: localhost\r\n\r\n").is_ok() {
            assert!(began.elapsed() < PATIENCE, "it is still open");
            sleep(SOON / 100);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_there_is_no_room_who_has_had_an_answer_leaves_for_who_waits() {
    let app = TestApp::start_with_connections(ConnectionLimits { connections: 3, ..no_limits() }).await;
    let mut open = Vec::new();
    for _ in 0..12 {
        let mut stream = connect(&app);
        stream.write_all(LIVE).unwrap();
        open.push(
            beside(move || {
                assert!(read_live(&mut stream).starts_with("HTTP/1.1 200 OK"));
                stream
            })
            .await,
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn half_requests_in_every_place_keep_others_out_no_longer_than_they_may_last() {
    let app = TestApp::start_with_connections(ConnectionLimits { connections: 3, head: SOON, ..no_limits() }).await;
    let half: Vec<TcpStream> = (0..6)
        .map(|_| {
            let mut stream = connect(&app);
            stream.write_all(b"GET /he").unwrap();
            stream
        })
        .collect();
    let mut stream = connect(&app);
    stream.write_all(LIVE).unwrap();
    let answer = beside(move || read_live(&mut stream)).await;
    assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
    drop(half);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_of_http_1_1_has_one_host() {
    let app = TestApp::start().await;
    let ask = |head: &str| {
        let mut stream = connect(&app);
        write!(stream, "{head}connection: close\r\n\r\n").unwrap();
        beside(move || rest(stream))
    };
    for (head, status) in [
        ("GET /health/live HTTP/1.1\r\nhost: localhost\r\n", 200),
        ("GET /health/live HTTP/1.1\r\n", 400),
        ("GET /health/live HTTP/1.1\r\nhost: a.nl\r\nhost: b.nl\r\n", 400),
        ("GET http://a.nl/health/live HTTP/1.1\r\n", 400),
        ("GET /health/live HTTP/1.1\r\nhost: a b\r\n", 400),
        ("GET /health/live HTTP/1.0\r\n", 200),
    ] {
        let answer = ask(head).await;
        assert_eq!(answer.get(9..12), Some(status.to_string().as_str()), "{head:?}: {answer}");
        assert_eq!(status == 400, answer.contains("application/problem+json"), "{answer}");
    }
    let answer = ask("GET /graphql?query={__typename} HTTP/1.1\r\n").await;
    assert!(answer.starts_with("HTTP/1.1 400 ") && answer.contains("\"code\":\"BAD_REQUEST\""), "{answer}");
    assert!(answer.contains("The header `Host` is missing; a request of HTTP/1.1 has one."), "{answer}");
}

#[tokio::test(flavor = "multi_thread")]
async fn http_2_is_not_spoken() {
    let app = TestApp::start().await;
    let mut stream = connect(&app);
    stream.write_all(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0").unwrap();
    let answer = beside(move || rest(stream)).await;
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 400"), "{answer:?}");
}
