//! A server on this machine that speaks the protocol of PDOK Locatieserver, as well or as badly as a test wants.

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};

use noaber::model::{Facts, Place};
use serde_json::{Value, json};

pub(crate) const NOTHING: &str = include_str!("nothing.json");
pub(crate) const WITHOUT_DOCS: &str = include_str!("without_docs.json");
pub(crate) const REFUSAL: &str = include_str!("refusal.json");
const ADDRESS: &str = include_str!("address.json");

/// A question as it arrived.
#[derive(Clone, Debug)]
pub(crate) struct Question {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) parameters: BTreeMap<String, String>,
    pub(crate) headers: BTreeMap<String, String>,
}

impl Question {
    pub(crate) fn q(&self) -> &str {
        &self.parameters["q"]
    }

    pub(crate) fn fq(&self) -> &str {
        &self.parameters["fq"]
    }
}

/// What is sent back.
#[derive(Clone, Debug)]
pub(crate) enum Reply {
    /// A good answer with that body.
    Body(String),
    /// Another status, further lines of the head, a body.
    Status(u16, String, String),
    /// A head that promises more than comes.
    Truncated(String),
    /// Nothing for that long, then nothing found.
    Slow(Duration),
    /// Nothing any more.
    Silent,
}

/// The server; it answers as long as the test runs.
pub(crate) struct Pdok {
    pub(crate) url: String,
    seen: Arc<Mutex<Vec<Question>>>,
}

impl Pdok {
    /// Answers with what `rule` makes of a question and its number, counted from 0.
    pub(crate) fn start(rule: impl Fn(&Question, usize) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let url = format!("http://{}/search/v3_1/", listener.local_addr().expect("it is bound"));
        let seen = Arc::new(Mutex::new(Vec::new()));
        let (all, rule) = (seen.clone(), Arc::new(rule));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (all, rule) = (all.clone(), rule.clone());
                thread::spawn(move || {
                    if let Some(question) = read(&stream) {
                        let number = {
                            let mut all = all.lock().expect("no test panics with it");
                            all.push(question.clone());
                            all.len() - 1
                        };
                        send(stream, rule(&question, number));
                    }
                });
            }
        });
        Self { url, seen }
    }

    /// Answers always with the same.
    pub(crate) fn always(reply: Reply) -> Self {
        Self::start(move |_, _| reply.clone())
    }

    /// What has been asked up to now.
    pub(crate) fn seen(&self) -> Vec<Question> {
        self.seen.lock().expect("no test panics with it").clone()
    }
}

fn read(stream: &TcpStream) -> Option<Question> {
    let mut lines = BufReader::new(stream).lines();
    let first = lines.next()?.ok()?;
    let mut headers = BTreeMap::new();
    for line in lines {
        let line = line.ok()?;
        if line.is_empty() {
            break;
        }
        let (name, value) = line.split_once(':')?;
        headers.insert(name.to_lowercase(), value.trim().to_owned());
    }
    let mut words = first.split(' ');
    let (method, target) = (words.next()?.to_owned(), words.next()?);
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let mut parameters = BTreeMap::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let previous = parameters.insert(decoded(name), decoded(value));
        assert_eq!(previous, None, "{name} is given twice");
    }
    Some(Question { method, path: path.to_owned(), parameters, headers })
}

fn decoded(text: &str) -> String {
    let (mut bytes, mut rest) = (Vec::new(), text.bytes());
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let hex = [rest.next(), rest.next()].map(|digit| char::from(digit.expect("two digits")));
                u8::from_str_radix(&hex.iter().collect::<String>(), 16).expect("hexadecimal")
            }
            byte => byte,
        });
    }
    String::from_utf8(bytes).expect("UTF-8")
}

fn send(mut stream: TcpStream, reply: Reply) {
    let good = |body: &str, length: usize| {
        format!(
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
        )
    };
    let text = match reply {
        Reply::Body(body) => good(&body, body.len()),
        Reply::Status(status, head, body) => {
            format!("HTTP/1.1 {status} X\r\n{head}content-length: {}\r\nconnection: close\r\n\r\n{body}", body.len())
        }
        Reply::Truncated(body) => good(&body, body.len() + 500),
        Reply::Slow(time) => {
            thread::sleep(time);
            good(NOTHING, NOTHING.len())
        }
        Reply::Silent => {
            // Until the other side has had enough.
            let _ = stream.read(&mut [0]);
            return;
        }
    };
    // The client may be gone: that is what some tests are about.
    let _ = stream.write_all(text.as_bytes());
}

/// An answer of these documents.
pub(crate) fn answer(documents: &[Value]) -> Reply {
    Reply::Body(
        json!({"response": {"numFound": documents.len(), "start": 0, "maxScore": 9.25, "numFoundExact": true, "docs": documents}})
            .to_string(),
    )
}

/// The document of an address at a point.
pub(crate) fn document(place: &Place, lon: f64, lat: f64) -> Value {
    let address = place.address.as_ref().expect("it has an address");
    let number = address.house_number.as_deref().unwrap_or("1");
    let digits: String = number.chars().take_while(char::is_ascii_digit).collect();
    let rest = number[digits.len()..].trim_matches([' ', '-']);
    let street = address.street.as_deref().unwrap_or("Kerkstraat");
    let postcode = address.postcode.as_deref().unwrap_or("7777 ZZ").replace(' ', "");
    let mut document: Value = serde_json::from_str(ADDRESS).expect("the fixture is JSON");
    let fields = json!({
        "weergavenaam": format!("{street} {number}, {postcode} {}", place.settlement),
        "straatnaam": street,
        "straatnaam_verkort": street,
        "huisnummer": digits.parse::<u32>().expect("a number"),
        "huis_nlt": format!("{digits}{rest}"),
        "huisletter": rest,
        "postcode": postcode,
        "woonplaatsnaam": place.settlement,
        "gemeentecode": &place.municipality.to_string()[2..],
        "centroide_ll": format!("POINT({lon} {lat})"),
    });
    for (name, value) in fields.as_object().expect("an object") {
        document[name] = value.clone();
    }
    document
}

/// A rule that knows where the places of `facts` are.
pub(crate) fn knows(facts: Facts) -> impl Fn(&Question, usize) -> Reply + Send + Sync + 'static {
    move |question, _| {
        let asked = question.q().strip_prefix("postcode:").and_then(|rest| rest.split_once(" and huisnummer:"));
        let Some((postcode, number)) = asked else { return Reply::Body(NOTHING.to_owned()) };
        let there = facts.places.iter().filter(|place| {
            place.is_at_address()
                && place.address.as_ref().is_some_and(|address| {
                    let number_there = address.house_number.as_deref().unwrap_or_default();
                    let digits: String = number_there.chars().take_while(char::is_ascii_digit).collect();
                    address.postcode.as_deref().is_some_and(|there| there.replace(' ', "") == postcode)
                        && digits == number
                })
        });
        let at = |place: &Place| place.location.clone().expect("it is located");
        let documents: Vec<Value> = there.map(|place| document(place, at(place).lon, at(place).lat)).collect();
        answer(&documents)
    }
}
