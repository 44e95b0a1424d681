//! How a clock reads in a few words, and when it next reads otherwise.

use chrono::{DateTime, Datelike, TimeDelta, Timelike, Utc};
use chrono_tz::Tz;

use crate::calendar::{Calendar, Counted, Status};
use crate::console::look::Look;
use crate::console::model::Model;
use crate::console::theme::Role;
use crate::console::widgets::countdown;
use crate::incident::{Clock, ClockKind, Remaining, State, without_clock};
use crate::store::{Listed, Ruling};

#[cfg(test)]
mod tests;

/// A clock that has not stopped, beside what its reading depends on.
#[derive(Clone, Copy)]
pub struct Running<'a> {
    /// What it measures.
    pub kind: ClockKind,
    /// What is left of it.
    pub left: Remaining,
    calendar: Option<&'a Calendar>,
    /// With so many seconds left or fewer it is due soon.
    soon: i64,
    now: DateTime<Utc>,
}

impl<'a> Running<'a> {
    /// What is left of `clock` at `now` by the hours of its policy at `office`; `None` once it has stopped.
    pub fn of(
        clock: &Clock,
        ruling: Option<&'a Ruling>,
        office: Option<&str>,
        now: DateTime<Utc>,
    ) -> Option<Self> {
        let calendar = ruling.and_then(|ruling| ruling.deadlines.calendar(office).ok().flatten());
        let now = now.with_nanosecond(0).unwrap_or(now);
        Some(Self {
            kind: clock.kind,
            left: Remaining::of(clock, calendar, now)?,
            calendar: calendar.filter(|_| clock.counted != Counted::Elapsed),
            soon: ruling.map_or(3_600, |ruling| ruling.policy.due_soon.nominal_seconds()),
            now,
        })
    }

    /// The clock that a row of a list counts down: the one that is due first, a silence only where nothing else runs.
    /// A patch is owed beyond the resolution.
    pub fn in_row(row: &Listed, ruling: Option<&'a Ruling>, now: DateTime<Utc>) -> Option<Self> {
        let silence = || Some((ClockKind::Silence, Counted::Elapsed, row.silence_at?));
        let counts = row.next.or_else(silence);
        let (kind, counted, due_at) =
            counts.filter(|(kind, ..)| *kind == ClockKind::Patch || row.state.is_open())?;
        let clock = running(kind, counted, due_at);
        Self::of(&clock, ruling, row.office.as_deref(), now)
    }

    /// What is still to come on a row whose first clock is missed.
    pub fn ahead_in_row(
        row: &Listed,
        ruling: Option<&'a Ruling>,
        now: DateTime<Utc>,
    ) -> Option<Self> {
        let (kind, counted, due_at) = row.ahead(now)?;
        let clock = running(kind, counted, due_at);
        Self::of(&clock, ruling, row.office.as_deref(), now)
    }

    /// In words with its symbol, in at most 25 columns for a response: `▲ missed 12m`, `● 42:10`, `○ 3h 20m`,
    /// `⏸ closed, opens Mon 08:30`, `⏸ resolves Fri 14:30`. Hours are those of `zone`.
    pub fn words(&self, zone: Tz, look: &Look) -> (String, Role) {
        let (words, role) = self.countdown(zone, look);
        match (self.kind, self.left.opens) {
            (ClockKind::Response | ClockKind::Silence, _) => (words, role),
            (_, Some(_)) => (words, role),
            (other, _) => (format!("{words} {}", other.word()), role),
        }
    }

    /// The same where the clock's name stands beside it. Open time is called so where closed time lies before the due
    /// instant: else `3h 20m` beside another clock's `5h 00m` would look later where it is due earlier.
    pub fn countdown(&self, zone: Tz, look: &Look) -> (String, Role) {
        let symbols = look.symbols;
        let day = |at| near(at, self.now, zone);
        if self.kind == ClockKind::Silence {
            return (
                format!("{} resolves {}", symbols.paused, day(self.left.due_at)),
                Role::Waiting,
            );
        }
        let mut count = countdown::countdown(self.left.seconds);
        let until_due = (self.left.due_at - self.now).num_seconds();
        if !self.left.paused && (0..until_due).contains(&self.left.seconds) {
            count.push_str(" open");
        }
        match self.left {
            left if left.paused => (format!("{} paused, {count}", symbols.paused), Role::Paused),
            left if left.seconds < 0 => (format!("{} {count}", symbols.missed), Role::Missed),
            Remaining {
                opens: Some(opens), ..
            } => (
                format!("{} closed, opens {}", symbols.paused, day(opens)),
                Role::Paused,
            ),
            left if left.seconds <= self.soon => {
                (format!("{} {count}", symbols.soon), Role::DueSoon)
            }
            _ => (format!("{} {count}", symbols.running), Role::Running),
        }
    }

    /// In how many seconds the words read otherwise, at least 1; `None` where they only change with the date. A clock
    /// that stands still does not tick.
    pub fn next_change(&self) -> Option<i64> {
        let left = &self.left;
        if left.paused || self.kind == ClockKind::Silence {
            return None;
        }
        let until = |at: DateTime<Utc>| (at - self.now).num_seconds().max(1);
        let ticks = countdown::next_change(left.seconds);
        let status = self.calendar.map(|calendar| calendar.status(self.now));
        Some(match status {
            _ if left.seconds < 0 => ticks,
            // Due at the closing itself: missed a second later.
            Some(Status::Closed { opens, .. }) => {
                until(opens?).min(until(left.due_at + TimeDelta::seconds(1)))
            }
            Some(Status::Open {
                closes: Some(closes),
            }) => ticks.min(until(closes)),
            Some(Status::Open { closes: None }) | None => ticks,
        })
    }
}

/// A clock of which only its countdown is known.
fn running(kind: ClockKind, counted: Counted, due_at: DateTime<Utc>) -> Clock {
    Clock {
        kind,
        counted,
        started_at: due_at,
        due_at,
        paused: None,
        stopped: None,
        grace: 0,
        stood_still: 0,
        pauses: Vec::new(),
    }
}

/// What a list shows of a row's time: its countdown, with what is still to come where that is missed; what it waits for, or
/// its age.
pub fn of_row(row: &Listed, model: &Model, look: &Look) -> (String, Role) {
    let ruling = model.ruling(&row.policy).map(AsRef::as_ref);
    if let Some(running) = Running::in_row(row, ruling, model.now) {
        let (words, role) = running.words(model.zone, look);
        let ahead = Running::ahead_in_row(row, ruling, model.now);
        return match ahead.map(|ahead| ahead.words(model.zone, look).0) {
            Some(ahead) => (format!("{words} {ahead}"), role),
            None => (words, role),
        };
    }
    let words = without_clock(row.state, row.place, row.opened_at, model.now);
    let (symbol, role) = match row.state {
        State::Open => (look.symbols.separator, Role::Muted),
        State::Waiting => (look.symbols.paused, Role::Waiting),
        _ if row.state.is_open() => (look.symbols.paused, Role::Paused),
        _ => (look.symbols.good, Role::Good),
    };
    let words = words.as_deref().unwrap_or(row.state.said());
    (format!("{symbol} {words}"), role)
}

/// An instant near `now`, short: `08:30` today, `Mon 08:30` within six days, `28 Dec` beyond, `4 Jan 2027` in another
/// year.
pub fn near(at: DateTime<Utc>, now: DateTime<Utc>, zone: Tz) -> String {
    let (local, today) = (at.with_timezone(&zone), now.with_timezone(&zone));
    let days = (local.date_naive() - today.date_naive()).num_days().abs();
    let form = match days {
        0 => "%H:%M",
        1..7 => "%a %H:%M",
        _ if local.year() == today.year() => "%-d %b",
        _ => "%-d %b %Y",
    };
    local.format(form).to_string()
}
