//! What is left of a clock, in its own kind of time, and in words; and instants in words (`clocks.md`).

use chrono::{DateTime, Datelike, Utc};
use chrono_tz::Tz;

use super::clock::{Clock, ClockKind};
use crate::calendar::{Calendar, Counted, Status};

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// What is left of a clock that has not stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Remaining {
    /// Seconds in the clock's own kind of time: open time for a business clock, else all time. Below zero once it is
    /// missed, and then all the time that has passed since, also while the desk is closed: what is due first is missed by
    /// most. While it is paused, open time also where that is below zero. Never below zero for a silence.
    pub seconds: i64,
    /// How its time counts.
    pub counted: Counted,
    /// Its due instant; while it is paused, that from before the pause.
    pub due_at: DateTime<Utc>,
    /// It stands still while the customer is waited for.
    pub paused: bool,
    /// The next opening, where the desk is closed and the clock counts open time that is left, so that it does not count
    /// down.
    pub opens: Option<DateTime<Utc>>,
}

impl Remaining {
    /// What is left of `clock` at `now` by the calendar of its policy and office; `None` once it has stopped.
    pub fn of(clock: &Clock, calendar: Option<&Calendar>, now: DateTime<Utc>) -> Option<Self> {
        if clock.stopped.is_some() {
            return None;
        }
        let business = calendar.filter(|_| clock.counted != Counted::Elapsed);
        let missed = clock.paused.is_none() && now > clock.due_at;
        let left = match (clock.paused, business) {
            (Some(pause), _) => pause.left,
            (None, Some(calendar)) if !missed => calendar.open_seconds(now, clock.due_at),
            (None, _) => (clock.due_at - now).num_seconds(),
        };
        let seconds = match clock.kind {
            ClockKind::Silence => left.max(0),
            // Within the first second no whole one has passed.
            _ if missed => left.min(-1),
            _ => left,
        };
        let opens = business.and_then(|calendar| match calendar.status(now) {
            Status::Closed { opens, .. } => opens,
            Status::Open { .. } => None,
        });
        Some(Self {
            seconds,
            counted: clock.counted,
            due_at: clock.due_at,
            paused: clock.paused.is_some(),
            opens: opens.filter(|_| clock.paused.is_none() && !missed),
        })
    }

    /// In words for people at `now` in `zone`: `1 h 20 min of business time, due Fri 11:30 PST`, followed by `closed,
    /// opens Mon 08:30 PST` while it does not count down; `missed by 1 h 4 min, was due Fri 11:30 PST`.
    pub fn in_words(&self, now: DateTime<Utc>, zone: Tz) -> String {
        let missed = self.seconds < 0;
        let length = if self.counted == Counted::Elapsed || missed && !self.paused {
            days_in_words(self.seconds.saturating_abs())
        } else {
            hours_in_words(self.seconds.saturating_abs()) + " of business time"
        };
        let due = day_and_time(self.due_at, now, zone);
        let mut text = match (self.paused, missed) {
            (true, false) => return format!("paused with {length} left"),
            (true, true) => return format!("paused, missed by {length}"),
            (false, true) => format!("missed by {length}, was due {due}"),
            (false, false) => format!("{length}, due {due}"),
        };
        if let Some(opens) = self.opens {
            text.push_str(&format!(
                "; closed, opens {}",
                day_and_time(opens, now, zone)
            ));
        }
        text
    }
}

/// A length in hours and minutes: `3 h 15 min`, `45 min`, `less than a minute`; seconds are cut.
pub fn hours_in_words(seconds: i64) -> String {
    let (hours, minutes) = (seconds / HOUR, seconds % HOUR / MINUTE);
    match (hours, minutes) {
        (0, 0) if seconds == 0 => "0 min".to_owned(),
        (0, 0) => "less than a minute".to_owned(),
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

/// A length in days and hours from two days on, else as [`hours_in_words`]: `3 days 4 h`.
pub fn days_in_words(seconds: i64) -> String {
    if seconds < 2 * DAY {
        return hours_in_words(seconds);
    }
    let (days, hours) = (seconds / DAY, seconds % DAY / HOUR);
    match hours {
        0 => format!("{days} days"),
        hours => format!("{days} days {hours} h"),
    }
}

/// An instant near `now` as people say it: `Fri 11:30 PST` today and within the six days to come, else
/// `Fri 4 Dec 11:30 PST`, with the year where that is another one. A day that is past has its date: without one it would
/// read as the coming one.
pub fn day_and_time(at: DateTime<Utc>, now: DateTime<Utc>, zone: Tz) -> String {
    let (local, today) = (at.with_timezone(&zone), now.with_timezone(&zone));
    let days = local.date_naive() - today.date_naive();
    if (0..7).contains(&days.num_days()) {
        return local.format("%a %H:%M %Z").to_string();
    }
    date_and_time(at, now, zone)
}

/// An instant with its date on the clock of `zone`: `Fri 4 Dec 11:30 PST`, with the year where that is not the one of `now`.
pub fn date_and_time(at: DateTime<Utc>, now: DateTime<Utc>, zone: Tz) -> String {
    let local = at.with_timezone(&zone);
    format!("{} {}", day_with_date(at, now, zone), local.format("%Z"))
}

/// An instant with its date: `Fri 4 Dec 11:30`, with the year where that is not the one of `now`.
pub fn day_with_date(at: DateTime<Utc>, now: DateTime<Utc>, zone: Tz) -> String {
    let (local, today) = (at.with_timezone(&zone), now.with_timezone(&zone));
    let form = match local.year() == today.year() {
        true => "%a %-d %b %H:%M",
        false => "%a %-d %b %Y %H:%M",
    };
    local.format(form).to_string()
}

/// An instant in full, in `zone`: `Mon 23 Nov 2026 13:00 PST`.
pub fn full_instant(at: DateTime<Utc>, zone: Tz) -> String {
    at.with_timezone(&zone)
        .format("%a %-d %b %Y %H:%M %Z")
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::{CalendarSpec, WeekHours};
    use crate::incident::Pause;
    use rstest::rstest;

    const ZONE: Tz = chrono_tz::America::Los_Angeles;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn calendar() -> Calendar {
        let day = || vec!["08:30-17:00".to_owned()];
        let spec = CalendarSpec {
            zone: ZONE.to_string(),
            hours: WeekHours {
                mon: day(),
                tue: day(),
                wed: day(),
                thu: day(),
                fri: day(),
                ..WeekHours::default()
            },
            holidays: Vec::new(),
            yearly_closed: Vec::new(),
            special: Vec::new(),
        };
        Calendar::new(&spec, &[]).unwrap()
    }

    /// A clock that is due on Friday 20 November 2026 at 11:30 in California.
    fn clock(kind: ClockKind, counted: Counted) -> Clock {
        Clock {
            kind,
            counted,
            started_at: at("2026-11-19T18:00:00Z"),
            due_at: at("2026-11-20T19:30:00Z"),
            grace: 0,
            stood_still: 0,
            pauses: Vec::new(),
            paused: None,
            stopped: None,
        }
    }

    #[rstest]
    #[case(
        "2026-11-20T18:10:00Z",
        "1 h 20 min of business time, due Fri 11:30 PST"
    )]
    #[case(
        "2026-11-20T05:00:00Z",
        "3 h of business time, due Fri 11:30 PST; closed, opens Fri 08:30 PST"
    )]
    #[case("2026-11-20T19:30:00Z", "0 min of business time, due Fri 11:30 PST")]
    #[case(
        "2026-11-20T19:30:01Z",
        "missed by less than a minute, was due Fri 11:30 PST"
    )]
    #[case("2026-11-20T20:34:00Z", "missed by 1 h 4 min, was due Fri 11:30 PST")]
    #[case(
        "2026-11-22T20:00:00Z",
        "missed by 2 days, was due Fri 20 Nov 11:30 PST"
    )]
    fn what_is_left_of_business_time_is_told_in_it_and_what_is_missed_in_all_time(
        #[case] now: &str,
        #[case] words: &str,
    ) {
        let clock = clock(ClockKind::Response, Counted::BusinessTime);
        let left = Remaining::of(&clock, Some(&calendar()), at(now)).unwrap();
        assert_eq!(left.in_words(at(now), ZONE), words);
    }

    #[rstest]
    #[case("2026-11-10T19:30:00Z", "10 days, due Fri 20 Nov 11:30 PST")]
    #[case("2026-11-18T14:30:00Z", "2 days 5 h, due Fri 11:30 PST")]
    #[case("2026-11-20T19:29:30Z", "less than a minute, due Fri 11:30 PST")]
    #[case("2026-11-20T20:34:00Z", "missed by 1 h 4 min, was due Fri 11:30 PST")]
    #[case(
        "2027-01-20T19:30:00Z",
        "missed by 61 days, was due Fri 20 Nov 2026 11:30 PST"
    )]
    fn elapsed_time_is_told_in_days(#[case] now: &str, #[case] words: &str) {
        let clock = clock(ClockKind::Estimate, Counted::Elapsed);
        let left = Remaining::of(&clock, Some(&calendar()), at(now)).unwrap();
        assert_eq!(left.in_words(at(now), ZONE), words);
    }

    #[test]
    fn missed_on_a_closed_desk_is_missed_all_the_same() {
        let mut clock = clock(ClockKind::Response, Counted::BusinessTime);
        clock.due_at = at("2026-11-21T01:00:00Z");
        let left = Remaining::of(&clock, Some(&calendar()), at("2026-11-21T20:00:00Z")).unwrap();
        assert!(left.seconds < 0);
    }

    #[test]
    fn a_silence_is_never_late() {
        let clock = clock(ClockKind::Silence, Counted::Elapsed);
        let left = Remaining::of(&clock, None, at("2026-11-30T00:00:00Z")).unwrap();
        assert_eq!(left.seconds, 0);
    }

    #[test]
    fn a_pause_keeps_what_was_left() {
        let mut clock = clock(ClockKind::Resolution, Counted::BusinessTime);
        let pause = |left| {
            Some(Pause {
                at: at("2026-11-20T18:00:00Z"),
                left,
            })
        };
        let now = at("2026-11-30T20:00:00Z");
        clock.paused = pause(5_400);
        let left = Remaining::of(&clock, Some(&calendar()), now).unwrap();
        assert_eq!(
            left.in_words(now, ZONE),
            "paused with 1 h 30 min of business time left"
        );
        clock.paused = pause(-5_400);
        let left = Remaining::of(&clock, Some(&calendar()), now).unwrap();
        assert_eq!(
            left.in_words(now, ZONE),
            "paused, missed by 1 h 30 min of business time"
        );
    }
}
