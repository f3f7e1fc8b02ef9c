//! How much one client may take in a minute.

use std::{
    hash::{BuildHasher, RandomState},
    net::IpAddr,
    num::NonZeroU32,
    str::FromStr,
    time::Duration,
};

use governor::{
    NotUntil, Quota, RateLimiter,
    clock::{Clock, DefaultClock},
    middleware::StateInformationMiddleware,
    nanos::Nanos,
    state::{InMemoryState, NotKeyed, StateStore},
};

/// Clients that are told apart: the others share what one of them may take. A bucket is eight bytes, so all take two megabytes however
/// many addresses come.
const BUCKETS: usize = 1 << 18;

/// Seconds in which what a client may take comes back.
const WINDOW_S: u64 = 60;

/// Who is limited together: an address of IPv4, or a network of IPv6 of 64 bits, which one household has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Client(u64, bool);

impl From<IpAddr> for Client {
    fn from(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V4(address) => Self(u64::from(address.to_bits()), false),
            IpAddr::V6(address) => Self((address.to_bits() >> 64) as u64, true),
        }
    }
}

/// What one client may take, in units of the cost of a query, which are about microseconds of a processor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RatePolicy {
    /// So much in a minute, also at once.
    pub per_minute: NonZeroU32,
    /// Whether requests from this machine are not counted: they may come from a proxy that nobody has named, and so from everybody.
    pub spares_this_machine: bool,
}

/// A text that is no rate limit.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected units of cost in a minute from 1000000 to 4000000000, such as 30000000, or off")]
pub struct RateError;

impl RatePolicy {
    /// The policy that a text names; `None` for `off`.
    ///
    /// # Errors
    /// [`RateError`]
    pub fn read(text: &str, spares_this_machine: bool) -> Result<Option<Self>, RateError> {
        if text == "off" {
            return Ok(None);
        }
        let per_minute = NonZeroU32::from_str(text).map_err(|_| RateError)?;
        // Not less than the dearest that can be asked at once, which nobody would get then.
        if !(1_000_000..=4_000_000_000).contains(&per_minute.get()) {
            return Err(RateError);
        }
        Ok(Some(Self { per_minute, spares_this_machine }))
    }
}

/// What is left to a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Units.
    pub remaining: u32,
    /// Seconds until all is there again.
    pub reset_s: u64,
}

/// A client has taken what it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exceeded {
    /// Seconds until there is enough for what was asked.
    pub retry_after_s: u64,
}

/// Counts what clients take.
pub struct RateLimit<C: Clock + Clone = DefaultClock> {
    policy: RatePolicy,
    limiter: RateLimiter<Client, Buckets, C, StateInformationMiddleware>,
    clock: C,
}

impl RateLimit {
    /// Counts by a policy.
    pub fn new(policy: RatePolicy) -> Self {
        Self::by(policy, DefaultClock::default())
    }
}

impl<C: Clock + Clone> RateLimit<C> {
    fn by(policy: RatePolicy, clock: C) -> Self {
        let quota = Quota::per_minute(policy.per_minute);
        let limiter = RateLimiter::new(quota, Buckets::default(), clock.clone());
        Self { policy, limiter, clock }
    }

    /// By what it counts.
    pub fn policy(&self) -> RatePolicy {
        self.policy
    }

    /// Takes so many units from what a client has left. One that asks more than there is in a minute pays all of it.
    ///
    /// # Errors
    /// [`Exceeded`] where there is not so much left; nothing is taken then.
    pub fn charge(&self, client: Client, units: u64) -> Result<Standing, Exceeded> {
        let most = self.policy.per_minute;
        let units = u32::try_from(units).ok().and_then(NonZeroU32::new).unwrap_or(most).min(most);
        match self.limiter.check_key_n(&client, units) {
            Ok(Ok(left)) => {
                let remaining = left.remaining_burst_capacity();
                let missing = u64::from(most.get().saturating_sub(remaining));
                Ok(Standing { remaining, reset_s: (missing * WINDOW_S).div_ceil(u64::from(most.get())) })
            }
            Ok(Err(until)) => Err(Exceeded { retry_after_s: self.wait(&until) }),
            // Not more than there ever is: see above.
            Err(_) => Err(Exceeded { retry_after_s: WINDOW_S }),
        }
    }

    fn wait(&self, until: &NotUntil<C::Instant>) -> u64 {
        let wait = until.wait_time_from(self.clock.now());
        wait.saturating_add(Duration::from_millis(999)).as_secs().max(1)
    }
}

/// A bucket for each of so many clients.
struct Buckets {
    states: Vec<InMemoryState>,
    hash: RandomState,
}

impl Default for Buckets {
    fn default() -> Self {
        Self { states: (0..BUCKETS).map(|_| InMemoryState::default()).collect(), hash: RandomState::new() }
    }
}

impl StateStore for Buckets {
    type Key = Client;

    fn measure_and_replace<T, F, E>(&self, client: &Client, measure: F) -> Result<T, E>
    where
        F: Fn(Option<Nanos>) -> Result<(T, Nanos), E>,
    {
        #[expect(clippy::cast_possible_truncation, reason = "the lower bits")]
        let bucket = self.hash.hash_one(client) as usize % self.states.len();
        self.states[bucket].measure_and_replace(&NotKeyed::NonKey, measure)
    }
}

#[cfg(test)]
mod tests {
    use governor::clock::FakeRelativeClock;

    use super::*;

    fn of(per_minute: u32) -> RatePolicy {
        RatePolicy { per_minute: NonZeroU32::new(per_minute).unwrap(), spares_this_machine: false }
    }

    fn client(address: &str) -> Client {
        Client::from(address.parse::<IpAddr>().unwrap())
    }

    #[test]
    fn a_household_is_one_client() {
        assert_eq!(client("2001:db8:1:2::1"), client("2001:db8:1:2:ffff:ffff:ffff:ffff"));
        assert_ne!(client("2001:db8:1:2::1"), client("2001:db8:1:3::1"));
        assert_eq!(client("::ffff:192.0.2.1"), client("192.0.2.1"));
        assert_ne!(client("192.0.2.1"), client("192.0.2.2"));
        assert_ne!(client("::c000:201:0:0:0:1"), client("192.0.2.1"));
    }

    #[test]
    fn what_is_taken_comes_back_within_a_minute() {
        let clock = FakeRelativeClock::default();
        let policy = of(60_000);
        let limit = RateLimit::by(policy, clock.clone());
        let one = client("192.0.2.1");
        assert_eq!(limit.charge(one, 45_000), Ok(Standing { remaining: 15_000, reset_s: 45 }));
        assert_eq!(limit.charge(one, 20_000), Err(Exceeded { retry_after_s: 5 }));
        assert_eq!(limit.charge(one, 15_000), Ok(Standing { remaining: 0, reset_s: 60 }));
        clock.advance(Duration::from_secs(30));
        assert_eq!(limit.charge(one, 30_000), Ok(Standing { remaining: 0, reset_s: 60 }));
        clock.advance(Duration::from_secs(3_600));
        // More than there is in a minute costs all of it.
        assert_eq!(limit.charge(one, u64::MAX), Ok(Standing { remaining: 0, reset_s: 60 }));
        assert_eq!(limit.charge(one, 1), Err(Exceeded { retry_after_s: 1 }));
    }

    #[test]
    fn others_are_not_limited_by_one_and_a_million_take_no_more_memory() {
        let policy = of(10_000);
        let limit = RateLimit::by(policy, FakeRelativeClock::default());
        // Each bucket has some, and none has so many that they are refused for what they take together.
        for number in 0..1_000_000_u32 {
            assert!(limit.charge(Client(u64::from(number), false), 1).is_ok());
        }
        let limit = RateLimit::by(policy, FakeRelativeClock::default());
        assert!(limit.charge(client("192.0.2.1"), 10_000).is_ok());
        assert!(limit.charge(client("192.0.2.1"), 1).is_err());
        // Two of a few may share a bucket, by a chance of one in a hundred thousand; not all of them.
        assert!((2..5).any(|number| limit.charge(client(&format!("192.0.2.{number}")), 10_000).is_ok()));
    }

    #[test]
    fn a_policy_is_a_number_or_off() {
        assert_eq!(RatePolicy::read("off", true), Ok(None));
        for wrong in ["", "0", "-1", "999999", "4000000001", "99999999999", "1e6", "OFF", "30 000 000"] {
            assert_eq!(RatePolicy::read(wrong, true), Err(RateError), "{wrong}");
        }
    }
}
