//! A clock that walks minute by minute over the wall clock of an office.

use std::cell::RefCell;
use std::collections::HashMap;

use chrono::{DateTime, Duration, LocalResult, NaiveDate, NaiveDateTime, TimeZone, Utc};
use chrono::{Datelike, Timelike};
use chrono_tz::{OffsetComponents, Tz};

/// How a promise is counted.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    /// Hours of open time.
    BusinessTime(u32),
    /// Working days.
    BusinessDays(u32),
    /// Hours, open or closed, then the next opening.
    Hours(u32),
    /// Days by the wall clock, then the next opening.
    Days(u32),
}

/// The hours of an office: from and to in minutes of the day on which a shift begins, for each weekday.
pub(super) struct Hours {
    zone: Tz,
    holiday: fn(NaiveDate) -> bool,
    week: [Vec<(u32, u32)>; 7],
    /// A day of the year, as month and day, with hours of its own.
    half_day: Option<((u32, u32), (u32, u32))>,
    /// Closures, and openings where it says so.
    deviations: Vec<(DateTime<Utc>, DateTime<Utc>, bool)>,
    /// Which minutes of a day of UTC belong to the shifts of which day, as far as anybody asked.
    walked: RefCell<HashMap<NaiveDate, Vec<Option<NaiveDate>>>>,
}

impl Hours {
    pub(super) fn new(
        zone: Tz,
        holiday: fn(NaiveDate) -> bool,
        week: [Vec<(u32, u32)>; 7],
    ) -> Self {
        Self {
            zone,
            holiday,
            week,
            half_day: None,
            deviations: Vec::new(),
            walked: RefCell::default(),
        }
    }

    pub(super) fn with_half_day(mut self, day: (u32, u32), hours: (u32, u32)) -> Self {
        self.half_day = Some((day, hours));
        self
    }

    pub(super) fn deviate(&mut self, from: DateTime<Utc>, to: DateTime<Utc>, opens: bool) {
        self.deviations.push((from, to, opens));
    }

    /// Whether something that is not of every week or year begins or ends within days of that one.
    pub(super) fn deviates_around(&self, day: NaiveDate) -> bool {
        let near = |at: &DateTime<Utc>| (at.date_naive() - day).num_days().abs() <= 4;
        self.deviations
            .iter()
            .any(|(from, to, _)| near(from) || near(to))
    }

    pub(super) fn has_deviations(&self) -> bool {
        !self.deviations.is_empty()
    }

    pub(super) fn is_holiday(&self, day: NaiveDate) -> bool {
        (self.holiday)(day)
    }

    /// Whether clocks are changed on that day.
    pub(super) fn changes_clocks(&self, day: NaiveDate) -> bool {
        let saving = |day: NaiveDate| {
            let noon = day.and_hms_opt(12, 0, 0).unwrap();
            let at = self.zone.from_local_datetime(&noon).unwrap();
            at.offset().dst_offset()
        };
        saving(day) != saving(day.pred_opt().unwrap())
    }

    /// The shifts that begin on a day, but for deviations.
    fn shifts(&self, day: NaiveDate) -> &[(u32, u32)] {
        match &self.half_day {
            _ if self.is_holiday(day) => &[],
            Some((half, hours)) if *half == (day.month(), day.day()) => std::slice::from_ref(hours),
            _ => &self.week[day.weekday().num_days_from_monday() as usize],
        }
    }

    /// Whether the shop works on a day: some minute of it is open.
    fn works_on(&self, day: NaiveDate) -> bool {
        let midnight = self.instant(day.and_hms_opt(0, 0, 0).unwrap());
        let mut minutes = (0..2 * 1_440).map(|minute| midnight + Duration::minutes(minute));
        minutes.any(|at| self.day_of(at) == Some(day))
    }

    /// The day whose shift is on at a wall clock's time: today's, or yesterday's that goes past midnight.
    fn shift_at(&self, local: NaiveDateTime) -> Option<NaiveDate> {
        let minute = local.hour() * 60 + local.minute();
        let yesterday = local.date().pred_opt().unwrap();
        let on = |day: NaiveDate, minute: u32| {
            let mut shifts = self.shifts(day).iter();
            shifts.any(|(from, to)| (*from..*to).contains(&minute))
        };
        if on(yesterday, minute + 1_440) {
            Some(yesterday)
        } else {
            on(local.date(), minute).then(|| local.date())
        }
    }

    /// The day to whose shifts the minute of `at` belongs; none while closed.
    fn day_of(&self, at: DateTime<Utc>) -> Option<NaiveDate> {
        let day = at.date_naive();
        let minute = (at.hour() * 60 + at.minute()) as usize;
        let mut walked = self.walked.borrow_mut();
        let minutes = walked.entry(day).or_insert_with(|| {
            let mut minutes = Vec::with_capacity(1_440);
            for quarter in 0..96 {
                // Shifts begin and end, and clocks are changed, on the quarter of an hour.
                let at = day.and_hms_opt(quarter / 4, quarter % 4 * 15, 0).unwrap();
                let local = self.zone.from_utc_datetime(&at).naive_local();
                let within = |(from, to, _): &&(DateTime<Utc>, DateTime<Utc>, bool)| {
                    *from <= at.and_utc() && at.and_utc() < *to
                };
                let met = || self.deviations.iter().filter(within);
                let shift = self.shift_at(local);
                // A closure goes before an opening, and what is open already stays of its day.
                let shift = match (met().next(), met().all(|(.., opens)| *opens)) {
                    (None, _) => shift,
                    (Some(_), true) => shift.or(Some(local.date())),
                    (Some(_), false) => None,
                };
                minutes.extend([shift; 15]);
            }
            minutes
        });
        minutes[minute]
    }

    fn is_open(&self, at: DateTime<Utc>) -> bool {
        self.day_of(at).is_some()
    }

    /// The next time at which it opens or closes, after `at`.
    pub(super) fn next_edge(&self, at: DateTime<Utc>) -> DateTime<Utc> {
        let mut edge = next_minute(at);
        while self.is_open(edge) == self.is_open(edge - Duration::seconds(1)) {
            edge = next_minute(edge);
        }
        edge
    }

    /// That instant while open, else the next opening.
    fn open_from(&self, mut at: DateTime<Utc>) -> DateTime<Utc> {
        while !self.is_open(at) {
            at = next_minute(at);
        }
        at
    }

    /// The instant of a wall clock's time: the first of two, and one that is skipped as if clocks had not changed yet.
    fn instant(&self, local: NaiveDateTime) -> DateTime<Utc> {
        match self.zone.from_local_datetime(&local) {
            LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => at.to_utc(),
            LocalResult::None => self.instant(local - Duration::hours(1)) + Duration::hours(1),
        }
    }

    fn local(&self, at: DateTime<Utc>) -> NaiveDateTime {
        at.with_timezone(&self.zone).naive_local()
    }

    /// When a promise that starts at `from` is due.
    pub(super) fn due(&self, from: DateTime<Utc>, kind: Kind) -> DateTime<Utc> {
        match kind {
            Kind::BusinessTime(hours) => self.after_open_time(from, i64::from(hours) * 3_600),
            Kind::BusinessDays(days) => self.after_working_days(from, days),
            Kind::Hours(hours) => self.open_from(from + Duration::hours(i64::from(hours))),
            Kind::Days(days) => {
                let local = self.local(from) + Duration::days(i64::from(days));
                self.open_from(self.instant(local))
            }
        }
    }

    fn after_open_time(&self, mut at: DateTime<Utc>, mut left: i64) -> DateTime<Utc> {
        while left > 0 {
            let next = next_minute(at);
            if self.is_open(at) {
                let open = (next - at).num_seconds();
                if open >= left {
                    return at + Duration::seconds(left);
                }
                left -= open;
            }
            at = next;
        }
        at
    }

    fn after_working_days(&self, from: DateTime<Utc>, days: u32) -> DateTime<Utc> {
        let start = self.open_from(from);
        let day = self.day_of(start).unwrap();
        let time = self.local(start) - day.and_hms_opt(0, 0, 0).unwrap();
        let mut due_day = day;
        for _ in 0..days {
            due_day = due_day.succ_opt().unwrap();
            while !self.works_on(due_day) {
                due_day = due_day.succ_opt().unwrap();
            }
        }
        let same_time = self.instant(due_day.and_hms_opt(0, 0, 0).unwrap() + time);
        let at = self.within(due_day, same_time);
        if self.is_open(at) && !self.is_open(at - Duration::seconds(1)) {
            self.last_closing(at - Duration::minutes(1))
        } else {
            at
        }
    }

    /// An instant within the shifts of a day: itself, else the day's closing before it, else the day's first opening.
    fn within(&self, day: NaiveDate, at: DateTime<Utc>) -> DateTime<Utc> {
        let on = |at| self.day_of(at) == Some(day);
        if on(at) {
            return at;
        }
        let minute = at.with_second(0).unwrap();
        for back in 0..2_880 {
            let at = minute - Duration::minutes(back);
            if on(at - Duration::minutes(1)) {
                return at;
            }
        }
        let mut at = minute;
        while !on(at) {
            at += Duration::minutes(1);
        }
        at
    }

    /// The end of the open time that came last before a minute in which it is closed.
    fn last_closing(&self, mut at: DateTime<Utc>) -> DateTime<Utc> {
        while !self.is_open(at) {
            at -= Duration::minutes(1);
        }
        next_minute(at)
    }
}

/// The next full minute after `at`.
fn next_minute(at: DateTime<Utc>) -> DateTime<Utc> {
    at.with_second(0).unwrap() + Duration::minutes(1)
}
