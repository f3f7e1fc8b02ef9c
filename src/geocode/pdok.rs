//! The client of PDOK Locatieserver v3.1.
//!
//! It waits in a thread of its own, so that a signal to stop need not wait for an answer.

use std::{
    io,
    sync::mpsc::{self, Sender},
    thread,
    time::Duration,
};

use chrono::{DateTime, Utc};
use tokio::sync::oneshot;
use ureq::{Agent, http};

use super::{
    answer::{Answer, Unusable},
    query::Question,
};

/// An answer of ours has some 20 kB; a street with its geometry more.
const MOST_BYTES: u64 = 1 << 20;

/// How long things may take.
#[derive(Clone, Copy, Debug)]
pub struct Timeouts {
    /// To be connected.
    pub connect: Duration,
    /// From the first letter of the question to the last of the answer.
    pub whole: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self { connect: Duration::from_secs(5), whole: Duration::from_secs(15) }
    }
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Failure {
    /// Nobody is there.
    #[error("it cannot be reached: {0}")]
    Unreachable(String),
    /// No answer in time.
    #[error("it does not answer in time")]
    Slow,
    /// Too many questions; come back after that time, where it tells one.
    #[error("it has too much to do (status 429)")]
    Busy(Option<Duration>),
    /// An error of its own, or an answer that is none, such as a redirect.
    #[error("it answers with status {0}")]
    Status(u16),
    /// The answer cannot be used.
    #[error(transparent)]
    Unusable(#[from] Unusable),
}

impl Failure {
    /// The sentence in Dutch; what a machine says stays in its words.
    pub fn in_dutch(&self) -> String {
        match self {
            Self::Unreachable(cause) => format!("niet te bereiken: {cause}"),
            Self::Slow => "geen antwoord binnen de tijd".to_owned(),
            Self::Busy(_) => "te druk (status 429)".to_owned(),
            Self::Status(status) => format!("antwoordt met status {status}"),
            Self::Unusable(Unusable::Nonsense(cause)) => {
                format!("het antwoord is er geen van PDOK Locatieserver: {cause}")
            }
            Self::Unusable(Unusable::Refused(cause)) => format!("PDOK Locatieserver weigert de vraag: {cause}"),
        }
    }

    /// Whether the same question may be answered a little later.
    pub fn may_pass(&self) -> bool {
        match self {
            Self::Unreachable(_) | Self::Slow | Self::Busy(_) | Self::Unusable(Unusable::Nonsense(_)) => true,
            Self::Status(status) => *status >= 500,
            Self::Unusable(Unusable::Refused(_)) => false,
        }
    }

    /// Whether it is the question that is wrong, and not the service.
    pub fn is_refusal(&self) -> bool {
        matches!(self, Self::Unusable(Unusable::Refused(_)))
    }
}

/// Something that answers questions.
pub trait Service {
    /// Asks once.
    fn ask(&self, question: &Question) -> impl Future<Output = Result<Answer, Failure>>;
}

/// The service.
pub struct Pdok {
    to_thread: Sender<Job>,
}

/// A question for the thread, and where it says the answer.
struct Job {
    question: Question,
    reply: oneshot::Sender<Result<Answer, Failure>>,
}

impl Pdok {
    /// A client of the service at `url`, which ends in a slash.
    ///
    /// # Errors
    /// When there is no thread to be had.
    pub fn new(url: &str, timeouts: Timeouts) -> io::Result<Self> {
        let agent: Agent = Agent::config_builder()
            .user_agent(user_agent())
            .timeout_connect(Some(timeouts.connect))
            .timeout_global(Some(timeouts.whole))
            .http_status_as_error(false)
            // An address we were not told is not asked.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .build()
            .into();
        let endpoint = format!("{url}free");
        let (to_thread, jobs) = mpsc::channel::<Job>();
        thread::Builder::new().name("geocode".to_owned()).spawn(move || {
            for Job { question, reply } in jobs {
                // Where nobody waits any more there is nobody to tell.
                let _ = reply.send(ask(&agent, &endpoint, &question));
            }
        })?;
        Ok(Self { to_thread })
    }
}

/// Who asks: the program, its version, and where it can be read about.
fn user_agent() -> String {
    let (version, homepage) = (env!("CARGO_PKG_VERSION"), env!("CARGO_PKG_HOMEPAGE"));
    if homepage.is_empty() { format!("noaber/{version}") } else { format!("noaber/{version} (+{homepage})") }
}

impl Service for Pdok {
    async fn ask(&self, question: &Question) -> Result<Answer, Failure> {
        let gone = || Failure::Unreachable("the client has ended".to_owned());
        let (reply, answer) = oneshot::channel();
        self.to_thread.send(Job { question: question.clone(), reply }).map_err(|_| gone())?;
        answer.await.map_err(|_| gone())?
    }
}

fn ask(agent: &Agent, endpoint: &str, question: &Question) -> Result<Answer, Failure> {
    let request = agent.get(endpoint).header("accept", "application/json").query_pairs(question.parameters());
    let mut response = request.call().map_err(failure)?;
    let status = response.status().as_u16();
    match status {
        200 | 400 => {}
        429 => return Err(Failure::Busy(retry_after(response.headers(), Utc::now()))),
        _ => return Err(Failure::Status(status)),
    }
    let body = response.body_mut().with_config().limit(MOST_BYTES).read_to_vec().map_err(failure)?;
    match Answer::parse(&body) {
        Ok(_) | Err(Unusable::Nonsense(_)) if status == 400 => Err(Failure::Status(status)),
        parsed => Ok(parsed?),
    }
}

fn failure(cause: ureq::Error) -> Failure {
    let nonsense = |text: &str| Failure::Unusable(Unusable::Nonsense(text.to_owned()));
    match cause {
        ureq::Error::Timeout(_) => Failure::Slow,
        ureq::Error::BodyExceedsLimit(_) => nonsense("it is larger than 1 MiB"),
        ureq::Error::Protocol(cause) => nonsense(&cause.to_string()),
        ureq::Error::Http(cause) => nonsense(&cause.to_string()),
        ureq::Error::Io(cause) if cause.kind() == io::ErrorKind::TimedOut => Failure::Slow,
        ureq::Error::Io(cause) if cause.kind() == io::ErrorKind::UnexpectedEof => nonsense("it breaks off"),
        cause => Failure::Unreachable(cause.to_string()),
    }
}

/// The wait that is asked for: seconds, or a date.
fn retry_after(headers: &http::HeaderMap, now: DateTime<Utc>) -> Option<Duration> {
    let text = headers.get(http::header::RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = DateTime::parse_from_rfc2822(text).ok()?;
    (until.with_timezone(&Utc) - now).to_std().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_asked_for_in_seconds_or_until_a_date() {
        let now = "2026-11-25T10:00:00Z".parse().unwrap();
        for (text, expected) in [
            ("7", Some(7)),
            ("Wed, 25 Nov 2026 10:01:30 GMT", Some(90)),
            ("Wed, 25 Nov 2026 09:00:00 GMT", None),
            ("soon", None),
            ("-5", None),
        ] {
            let mut headers = http::HeaderMap::new();
            headers.insert(http::header::RETRY_AFTER, text.parse().unwrap());
            assert_eq!(retry_after(&headers, now), expected.map(Duration::from_secs), "{text}");
        }
    }
}
