//! What is known of a request while it is answered, wherever that is: what it takes is counted, and what it was is told to the log.
//!
//! Never what somebody searched for or from: neither the address that is asked, nor variables, nor the address of who asks.

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{SystemTime, UNIX_EPOCH},
};

use crate::admission::{Client, Exceeded, RateLimit, Standing};

tokio::task_local! {
    static VISIT: Visit;
}

/// A request that is being answered.
#[derive(Clone)]
pub(super) struct Visit(Arc<Inner>);

struct Inner {
    id: String,
    /// Who pays, where anybody does.
    payer: Option<(Arc<RateLimit>, Client)>,
    told: Mutex<Told>,
}

/// What became known of it.
#[derive(Clone, Debug, Default)]
pub(super) struct Told {
    /// The edition that it reads.
    pub(super) edition: Option<String>,
    /// The name of its operation: letters, digits and underscores.
    pub(super) operation: Option<String>,
    /// What it costs, beside what was kept already.
    pub(super) price: u64,
    /// What is left to its client.
    pub(super) standing: Option<Standing>,
    /// That there is not so much left.
    pub(super) exceeded: Option<Exceeded>,
}

impl Visit {
    /// A request that is paid by somebody, or by nobody.
    pub(super) fn new(payer: Option<(Arc<RateLimit>, Client)>) -> Self {
        Self(Arc::new(Inner { id: request_id(), payer, told: Mutex::default() }))
    }

    /// An id that no other request of this process has, and hardly one of another.
    pub(super) fn id(&self) -> &str {
        &self.0.id
    }

    /// By which it is counted, where it is.
    pub(super) fn rate_limit(&self) -> Option<&RateLimit> {
        self.0.payer.as_ref().map(|(limit, _)| &**limit)
    }

    /// What became known of it.
    pub(super) fn told(&self) -> Told {
        self.tell(|told| told.clone())
    }

    fn tell<T>(&self, tell: impl FnOnce(&mut Told) -> T) -> T {
        // What is in it is whole whoever panicked.
        tell(&mut self.0.told.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn charge(&self, units: u64) -> Result<(), Exceeded> {
        let charged = self.0.payer.as_ref().map(|(limit, client)| limit.charge(*client, units)).transpose();
        self.tell(|told| {
            match &charged {
                Ok(standing) => {
                    told.price = told.price.saturating_add(units);
                    told.standing = standing.or(told.standing);
                }
                Err(exceeded) => told.exceeded = Some(*exceeded),
            }
            charged.map(|_| ())
        })
    }

    /// Answers it: what is done within finds it.
    pub(super) async fn around<T>(self, answer: impl Future<Output = T>) -> T {
        VISIT.scope(self, answer).await
    }
}

/// Takes so many units from what the client of this request has left.
///
/// # Errors
/// [`Exceeded`] where there is not so much left.
pub(super) fn charge(units: u64) -> Result<(), Exceeded> {
    VISIT.try_with(|visit| visit.charge(units)).unwrap_or(Ok(()))
}

/// Tells which edition this request reads.
pub(super) fn reads(edition: &str) {
    let _ = VISIT.try_with(|visit| visit.tell(|told| told.edition = Some(edition.to_owned())));
}

/// Tells the name of the operation of this request, where it is one.
pub(super) fn runs(operation: Option<&str>) {
    const LONGEST: usize = 60;
    let is_name =
        |name: &&str| name.len() <= LONGEST && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let operation = operation.filter(is_name).map(str::to_owned);
    let _ = VISIT.try_with(|visit| visit.tell(|told| told.operation = operation));
}

/// The id of this request.
pub(super) fn id() -> String {
    VISIT.try_with(|visit| visit.id().to_owned()).unwrap_or_else(|_| request_id())
}

fn request_id() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis());
    format!("{now:x}-{:x}", NEXT.fetch_add(1, Ordering::Relaxed))
}
