//! The clock of the Netherlands, with both its changes a year.

use chrono::{DateTime, Duration, NaiveDateTime, NaiveTime, Offset, TimeZone, Utc};
use chrono_tz::{Europe::Amsterdam, Tz};

/// What the clock shows at a moment: date and time in Europe/Amsterdam.
pub fn local(moment: DateTime<Utc>) -> NaiveDateTime {
    zoned(moment).naive_local()
}

/// The moment at which the next day begins on the clock.
pub fn next_midnight(moment: DateTime<Utc>) -> DateTime<Utc> {
    let tomorrow = local(moment).date().succ_opt().map(|day| day.and_time(NaiveTime::MIN));
    // The clock is never changed at midnight, so that each has a moment.
    tomorrow.and_then(moment_of).unwrap_or(moment)
}

/// The first moment at which the clock shows that time; none in the hour that is left out in spring.
pub fn moment_of(local: NaiveDateTime) -> Option<DateTime<Utc>> {
    Amsterdam.from_local_datetime(&local).earliest().map(|moment| moment.with_timezone(&Utc))
}

/// How far the clock is ahead of UTC.
pub(crate) fn ahead(moment: DateTime<Utc>) -> Duration {
    Duration::seconds(i64::from(zoned(moment).offset().fix().local_minus_utc()))
}

/// The first moment after `moment`, and at most `until`, from which on the clock is set otherwise.
pub(crate) fn next_change(moment: DateTime<Utc>, until: DateTime<Utc>) -> Option<DateTime<Utc>> {
    const STEP: Duration = Duration::days(30);
    let now = ahead(moment);
    let (mut same, mut other) = (moment, moment);
    while ahead(other) == now {
        if other >= until {
            return None;
        }
        same = other;
        other = (other + STEP).min(until);
    }
    while other - same > Duration::seconds(1) {
        let middle = same + (other - same) / 2;
        if ahead(middle) == now { same = middle } else { other = middle }
    }
    // Changes are at a whole second.
    DateTime::from_timestamp(other.timestamp(), 0)
}

fn zoned(moment: DateTime<Utc>) -> DateTime<Tz> {
    moment.with_timezone(&Amsterdam)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utc(text: &str) -> DateTime<Utc> {
        text.parse().unwrap_or_else(|_| panic!("{text}"))
    }

    #[test] // Besluit zomertijd: 29 March and 25 October 2026, at 1:00 UTC
    fn the_clock_changes_on_the_last_sundays_of_march_and_october() {
        let until = utc("2030-01-01T00:00:00Z");
        let march = next_change(utc("2026-01-15T12:34:56Z"), until);
        assert_eq!(march, Some(utc("2026-03-29T01:00:00Z")));
        assert_eq!(next_change(utc("2026-03-29T01:00:00Z"), until), Some(utc("2026-10-25T01:00:00Z")));
        assert_eq!(next_change(utc("2026-03-29T00:59:59Z"), until), march);
        assert_eq!(next_change(utc("2026-04-01T00:00:00Z"), utc("2026-10-01T00:00:00Z")), None);
        assert_eq!(local(utc("2026-07-01T12:00:00Z")).to_string(), "2026-07-01 14:00:00");
        assert_eq!(local(utc("2026-12-01T12:00:00Z")).to_string(), "2026-12-01 13:00:00");
    }

    #[test]
    fn a_day_begins_at_midnight_whatever_its_length() {
        assert_eq!(next_midnight(utc("2026-03-28T23:00:00Z")), utc("2026-03-29T22:00:00Z"));
        assert_eq!(next_midnight(utc("2026-10-24T22:00:00Z")), utc("2026-10-25T23:00:00Z"));
    }
}
