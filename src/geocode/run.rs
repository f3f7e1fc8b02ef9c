//! The loop: what has been answered before is not asked again, what is asked is asked slowly, and each answer is stored
//! as it comes, so that whatever ends the loop loses nothing.

use std::{
    collections::HashMap,
    future::poll_fn,
    hash::{BuildHasher, RandomState},
    pin::Pin,
    time::{Duration, Instant},
};

use chrono::Utc;

use super::{
    accept::{Verdict, judge},
    answer::{Answer, Document, Unusable},
    pdok::{Failure, Service},
    query::{Question, questions},
    wanted::Wanted,
};
use crate::{
    claims::plausibility::Surroundings,
    model::Provider,
    store::{Store, StoreError, StoredAnswer},
};

/// How a service is treated.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// From the beginning of one question to that of the next, at least.
    pub interval: Duration,
    /// How often one question is asked, the first time included.
    pub attempts: u32,
    /// How long to wait before the second attempt; twice as long before each next one.
    pub backoff: Duration,
    /// The longest wait. A service that asks for a longer one is left alone.
    pub longest: Duration,
    /// After so many places in a row without an answer it is left alone.
    pub give_up_after: usize,
}

impl Pace {
    /// So many questions a second.
    pub fn at_rate(a_second: f64) -> Self {
        Self {
            interval: Duration::from_secs_f64(1.0 / a_second),
            attempts: 4,
            backoff: Duration::from_millis(500),
            longest: Duration::from_secs(60),
            give_up_after: 3,
        }
    }
}

/// Time, as the loop knows it.
pub trait Clock {
    /// The time since some moment.
    fn now(&self) -> Duration;
    /// Waits.
    fn sleep(&self, time: Duration) -> impl Future<Output = ()>;
    /// Something between 0 and 1, so that many who wait do not come back together.
    fn chance(&self) -> f64;
}

/// The time of this machine.
pub struct MachineClock(Instant);

impl MachineClock {
    /// It begins now.
    pub fn start() -> Self {
        Self(Instant::now())
    }
}

impl Clock for MachineClock {
    fn now(&self) -> Duration {
        self.0.elapsed()
    }

    fn sleep(&self, time: Duration) -> impl Future<Output = ()> {
        tokio::time::sleep(time)
    }

    fn chance(&self) -> f64 {
        // Each RandomState has a key of its own, made from what the system gives.
        f64::from(u16::try_from(RandomState::new().hash_one(0) >> 48).unwrap_or_default()) / f64::from(u16::MAX)
    }
}

/// How the loop ended.
#[derive(Clone, Debug, PartialEq)]
pub enum End {
    /// Every place has been looked up.
    Done,
    /// Somebody said stop.
    Stopped,
    /// The service does not answer; what it did last.
    GaveUp(Failure),
}

/// What the loop found.
#[derive(Clone, Debug)]
pub struct Found {
    /// The places about which everything was answered, with what that means.
    pub verdicts: Vec<(Wanted, Verdict)>,
    /// Questions that were sent, each attempt counted.
    pub asked: usize,
    /// Questions whose answer was there already.
    pub from_cache: usize,
    /// Places about which something was not answered, with the last failure.
    pub failed: Vec<(Wanted, Failure)>,
    /// Places that were not come to.
    pub left: usize,
    /// How it ended.
    pub end: End,
}

/// What it takes to look something up.
pub struct Desk<'a, S, C> {
    /// Where answers are kept.
    pub store: &'a Store,
    /// Who is asked.
    pub service: &'a S,
    /// What time it is.
    pub clock: &'a C,
    /// How the service is treated.
    pub pace: Pace,
    /// What answers are held against.
    pub surroundings: &'a Surroundings<'a>,
}

/// Looks up places, until somebody says `stop`. `done` is told how many are done.
///
/// # Errors
/// [`StoreError`] when an answer cannot be read or stored.
pub async fn run(
    desk: Desk<'_, impl Service, impl Clock>,
    wanted: Vec<Wanted>,
    stop: impl Future<Output = ()>,
    mut done: impl FnMut(usize),
) -> Result<Found, StoreError> {
    let all = wanted.len();
    let mut work = Work {
        stop: Box::pin(stop),
        answers: desk.store.geocode_answers(Provider::Pdok).await?,
        desk,
        next: Duration::ZERO,
        found: Found { verdicts: Vec::new(), asked: 0, from_cache: 0, failed: Vec::new(), left: 0, end: End::Done },
    };
    // First what needs no service, which may be gone.
    let (known, unknown): (Vec<_>, Vec<_>) = wanted.into_iter().partition(|wanted| work.is_answered(wanted));
    let mut in_a_row = 0;
    for wanted in known.into_iter().chain(unknown) {
        match work.look_up(&wanted).await? {
            Ok(verdict) => {
                work.found.verdicts.push((wanted, verdict));
                in_a_row = 0;
            }
            Err(Ended::Stopped) => {
                work.found.end = End::Stopped;
                break;
            }
            Err(Ended::Failed(failure)) => {
                in_a_row = if failure.is_refusal() { 0 } else { in_a_row + 1 };
                work.found.failed.push((wanted, failure.clone()));
                let is_sent_away = matches!(failure, Failure::Busy(Some(after)) if after > work.desk.pace.longest);
                if is_sent_away || in_a_row >= work.desk.pace.give_up_after {
                    work.found.end = End::GaveUp(failure);
                    break;
                }
            }
        }
        done(work.found.verdicts.len() + work.found.failed.len());
    }
    work.found.left = all - work.found.verdicts.len() - work.found.failed.len();
    Ok(work.found)
}

/// Why a place has no verdict.
enum Ended {
    Stopped,
    Failed(Failure),
}

struct Work<'a, S, C, F> {
    desk: Desk<'a, S, C>,
    stop: Pin<Box<F>>,
    answers: HashMap<String, StoredAnswer>,
    /// When the next question may be sent.
    next: Duration,
    found: Found,
}

impl<S: Service, C: Clock, F: Future<Output = ()>> Work<'_, S, C, F> {
    /// Whether everything that would be asked about a place has been answered.
    fn is_answered(&self, wanted: &Wanted) -> bool {
        let mut documents = Vec::new();
        for question in questions(wanted) {
            match self.answers.get(&question.key()).map(read) {
                Some(Ok(answer)) => documents.extend(answer.documents()),
                Some(Err(_)) => return true,
                None => return false,
            }
            if is_enough(&judge(wanted, &documents, self.desk.surroundings)) {
                return true;
            }
        }
        true
    }

    async fn look_up(&mut self, wanted: &Wanted) -> Result<Result<Verdict, Ended>, StoreError> {
        let mut documents: Vec<Document> = Vec::new();
        for question in questions(wanted) {
            match self.answer(&question).await? {
                Ok(answer) => documents.extend(answer.documents()),
                Err(ended) => return Ok(Err(ended)),
            }
            if is_enough(&judge(wanted, &documents, self.desk.surroundings)) {
                break;
            }
        }
        Ok(Ok(judge(wanted, &documents, self.desk.surroundings)))
    }

    async fn answer(&mut self, question: &Question) -> Result<Result<Answer, Ended>, StoreError> {
        let key = question.key();
        if let Some(stored) = self.answers.get(&key) {
            self.found.from_cache += 1;
            return Ok(read(stored).map_err(Ended::Failed));
        }
        let answer = match self.ask(question).await {
            Err(Ended::Stopped) => return Ok(Err(Ended::Stopped)),
            Err(Ended::Failed(failure)) => Err(failure),
            Ok(answer) => Ok(answer),
        };
        let (status, body) = match &answer {
            Ok(answer) => (200, answer.kept()),
            // That it is refused is an answer too.
            Err(Failure::Unusable(Unusable::Refused(text))) => (400, text.clone()),
            Err(_) => return Ok(answer.map_err(Ended::Failed)),
        };
        let stored = StoredAnswer { asked_at: Utc::now(), status, body };
        self.desk.store.keep_geocode_answer(Provider::Pdok, &key, &stored).await?;
        self.answers.insert(key, stored);
        Ok(answer.map_err(Ended::Failed))
    }

    /// Asks until there is an answer, or no sense in asking again.
    async fn ask(&mut self, question: &Question) -> Result<Answer, Ended> {
        for attempt in 1.. {
            let wait = self.next.saturating_sub(self.desk.clock.now());
            if !wait.is_zero() {
                let sleep = self.desk.clock.sleep(wait);
                unless(&mut self.stop, sleep).await.ok_or(Ended::Stopped)?;
            }
            self.next = self.desk.clock.now() + self.desk.pace.interval;
            self.found.asked += 1;
            let answer = self.desk.service.ask(question);
            let failure = match unless(&mut self.stop, answer).await.ok_or(Ended::Stopped)? {
                Ok(answer) => return Ok(answer),
                Err(failure) => failure,
            };
            tracing::debug!(question = question.key(), attempt, %failure, "PDOK Locatieserver");
            let asked_for = match failure {
                Failure::Busy(after) => after.unwrap_or_default(),
                _ => Duration::ZERO,
            };
            // The next place has to wait for it too.
            self.next = self.next.max(self.desk.clock.now() + asked_for);
            if attempt >= self.desk.pace.attempts || !failure.may_pass() || asked_for > self.desk.pace.longest {
                return Err(Ended::Failed(failure));
            }
            // From once to one and a half times, so that nobody is early.
            let backoff = self.desk.pace.backoff * 2_u32.saturating_pow(attempt - 1);
            let backoff = backoff.mul_f64(1.0 + self.desk.clock.chance() / 2.0);
            self.next = self.next.max(self.desk.clock.now() + backoff.min(self.desk.pace.longest));
        }
        unreachable!("the last attempt returns")
    }
}

/// The next question is asked where no address was found.
fn is_enough(verdict: &Verdict) -> bool {
    use crate::model::vocabulary::LocationPrecision::Address;
    matches!(verdict, Verdict::Accepted(hit) if hit.location.precision == Address)
}

fn read(stored: &StoredAnswer) -> Result<Answer, Failure> {
    if stored.status == 400 {
        return Err(Unusable::Refused(stored.body.clone()).into());
    }
    Ok(Answer::parse(stored.body.as_bytes())?)
}

/// What `work` gives, or `None` where somebody says stop before.
async fn unless<T>(stop: &mut Pin<Box<impl Future<Output = ()>>>, work: impl Future<Output = T>) -> Option<T> {
    tokio::select! {
        biased;
        () = poll_fn(|context| stop.as_mut().poll(context)) => None,
        done = work => Some(done),
    }
}
