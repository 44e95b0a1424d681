//! Who is open when: each office's clock, whether it is open, what changes next; and a month of the selected one with
//! its holidays and closures.

use chrono::{DateTime, Datelike, Months, NaiveDate, TimeDelta, Utc};

use crate::calendar::{Calendar, ClosedDay, Status};
use crate::console::model::Model;
use crate::incident::ClosureId;

mod detail;
mod forms;
mod view;

#[cfg(test)]
mod tests;

pub use forms::{add, nothing_ahead, remove};
pub use view::body;

/// The state of the screen.
#[derive(Debug, Clone, Default)]
pub struct HoursScreen {
    /// Which of the offices.
    at: usize,
    /// How many months after this one.
    month: i32,
    /// The closure whose office is to be selected once it was read.
    pub wanted: Option<ClosureId>,
}

impl HoursScreen {
    /// Another one of `count` offices.
    pub fn step(&mut self, by: isize, count: usize) {
        let last = count.saturating_sub(1);
        self.at = self.at.saturating_add_signed(by).min(last);
    }

    /// Another month.
    pub fn turn(&mut self, by: isize) {
        let by = i32::try_from(by).unwrap_or_default();
        self.month = self.month.saturating_add(by).clamp(-600, 600);
    }
}

/// An office whose hours are kept; a policy without offices has one of its own name.
pub struct Office<'a> {
    /// The policy.
    pub policy: &'a str,
    /// The office's name; none where the policy has no offices.
    pub name: Option<&'a str>,
    /// What it is called.
    pub title: &'a str,
    /// Its hours; none where none are stated.
    pub calendar: Option<&'a Calendar>,
}

/// Every office of every policy of the desk.
pub fn offices(model: &Model) -> Vec<Office<'_>> {
    let rulings = model.desk.iter().flat_map(|desk| &desk.rulings);
    let of_ruling = |ruling: &'_ std::sync::Arc<crate::store::Ruling>| ruling.policy.offices.len();
    let mut offices = Vec::new();
    for ruling in rulings {
        let policy = &ruling.policy;
        let calendar = |office| ruling.deadlines.calendar(office).ok().flatten();
        if of_ruling(ruling) == 0 {
            offices.push(Office {
                policy: &policy.name,
                name: None,
                title: &policy.name,
                calendar: calendar(None),
            });
        }
        offices.extend(policy.offices.iter().map(|office| Office {
            policy: &policy.name,
            name: Some(&office.name),
            title: &office.title,
            calendar: calendar(Some(&office.name)),
        }));
    }
    offices
}

/// Selects the first office that a closure which was just added concerns, unless the selected one is such.
pub fn select_wanted(model: &mut Model) {
    let Some(wanted) = model.hours.wanted.take() else {
        return;
    };
    let rulings = model.desk.iter().flat_map(|desk| &desk.rulings);
    let mut closures = rulings.flat_map(|ruling| &ruling.closures);
    let added = closures.find(|closure| closure.id == wanted && closure.removed_at.is_none());
    let Some(added) = added else { return };
    let offices = offices(model);
    let concerned = |office: &Office<'_>| added.reach.covers(office.policy, office.name);
    let selected = offices.get(model.hours.at);
    if !selected.is_some_and(concerned)
        && let Some(at) = offices.iter().position(concerned)
    {
        model.hours.at = at;
    }
}

/// What a month of an office looks like.
struct Month {
    /// Its first day.
    first: NaiveDate,
    /// Today where the office is.
    today: NaiveDate,
    /// For each day of the month, whether the office opens on it.
    open: Vec<bool>,
    /// The days that are closed, or shorter, for a reason of their own.
    closed: Vec<ClosedDay>,
}

impl Month {
    /// The month that lies `after` months after that of `now`.
    fn of(calendar: &Calendar, now: DateTime<Utc>, after: i32) -> Option<Self> {
        let today = calendar.local(now).date_naive();
        let this = today.with_day(1)?;
        let months = Months::new(after.unsigned_abs());
        let first = if after < 0 {
            this.checked_sub_months(months)?
        } else {
            this.checked_add_months(months)?
        };
        let next = first.checked_add_months(Months::new(1))?;
        let midnight = |day: NaiveDate| calendar.instant(day.and_time(chrono::NaiveTime::MIN));
        let days = first.iter_days().take_while(|day| *day < next);
        let open = days
            .map(|day| {
                let end = day.succ_opt().unwrap_or(day);
                calendar.open_seconds(midnight(day), midnight(end)) > 0
            })
            .collect();
        let last = midnight(next) - TimeDelta::seconds(1);
        Some(Self {
            first,
            today,
            open,
            closed: calendar.closed_days(midnight(first), last),
        })
    }

    /// Whether a day of it has a reason of its own to be closed or shorter.
    fn is_marked(&self, day: NaiveDate) -> bool {
        self.closed.iter().any(|closed| closed.date == day)
    }
}

/// In how many seconds something on the screen changes: an office opens or closes.
pub fn next_change(model: &Model) -> Option<i64> {
    let offices = offices(model).into_iter();
    let changes = offices.filter_map(|office| match office.calendar?.status(model.now) {
        Status::Open { closes } => closes,
        Status::Closed { opens, .. } => opens,
    });
    changes
        .map(|at| (at - model.now).num_seconds().max(1))
        .min()
}
