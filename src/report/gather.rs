//! One pass over the desk: every incident, every call, everything owned adds to the sums.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, TimeDelta, Timelike, Utc};

use super::money::MoneySums;
use super::section::Row;
use super::sections::money;
use super::tally::{Spread, Tally};
use super::wanted::{By, Wanted};
use crate::incident::{ClockKind, Ending, Entitlement, Incident, State};
use crate::policy::{Channel, EntitlementKind, Policy};
use crate::store::{Call, CallKind, Desk, Seen, StoreError};

/// The clocks that stand for something that was promised: the customer's silence does not.
pub(super) const PROMISED: [ClockKind; 5] = [
    ClockKind::Response,
    ClockKind::Resolution,
    ClockKind::Estimate,
    ClockKind::Patch,
    ClockKind::Appointment,
];

/// What stands for nobody, no severity, no customer.
const NONE: &str = "-";

/// The sums that a report is made of.
pub struct Figures {
    /// What was asked for.
    pub wanted: Wanted,
    /// The instant at which one looked.
    pub now: DateTime<Utc>,
    /// The sums of each policy, customer, agent, severity or week.
    pub(super) groups: BTreeMap<String, Group>,
    /// The sums of all together.
    pub(super) all: Group,
    /// All clocks by the week in which they started.
    pub(super) weeks: BTreeMap<String, Tally>,
    /// Calls by the hour of the day in which they began.
    pub(super) hours: [Calls; 24],
    /// What customers have that runs out soon, by customer.
    pub(super) running_out: Vec<Row>,
    /// Money that moved or is owed.
    pub(super) money: MoneySums,
}

/// Sums that belong together.
#[derive(Default)]
pub(super) struct Group {
    /// The clocks, as [`PROMISED`].
    pub clocks: [Tally; PROMISED.len()],
    /// How long things took.
    pub times: BTreeMap<Measure, Spread>,
    /// Incidents that came by phone and were resolved; of these, those on the first call.
    pub resolved_by_phone: u64,
    pub on_first_call: u64,
    /// How things ended.
    pub ends: BTreeMap<(End, String), u64>,
    /// Steps up the ladder by level.
    pub ladder: BTreeMap<u8, Climb>,
}

/// What a length of time is measured of, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Measure {
    ResponseOpen,
    Response,
    ResolutionOpen,
    Resolution,
    ResolutionOwn,
}

/// How something ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum End {
    Resolved,
    Closed,
    Declined,
    NoIncident,
}

/// What became of the steps up to one level.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Climb {
    pub made: u64,
    pub answered: u64,
    pub withdrawn: u64,
}

/// Calls of an hour of the day.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Calls {
    pub incoming: u64,
    pub outgoing: u64,
    pub attempts: u64,
    pub no_incident: u64,
}

impl Calls {
    pub(super) fn all(self) -> u64 {
        self.incoming + self.outgoing + self.attempts + self.no_incident
    }
}

/// Days before its last one from which on something owned is said to run out.
const ENDS_SOON: i64 = 30;
/// So many times what is left is no more than what was granted.
const NEARLY_USED: i64 = 5;

/// Counts everything that is wanted, on the desk as it is now throughout.
///
/// # Errors
/// When the file cannot be read.
pub fn figures(desk: &Desk, wanted: Wanted, now: DateTime<Utc>) -> Result<Figures, StoreError> {
    let Wanted {
        customer,
        from,
        until,
        zone,
        ..
    } = wanted;
    desk.still(|desk| {
        let mut figures = Figures {
            wanted,
            now,
            groups: BTreeMap::new(),
            all: Group::default(),
            weeks: BTreeMap::new(),
            hours: [Calls::default(); 24],
            running_out: Vec::new(),
            money: MoneySums::default(),
        };
        desk.each_incident(customer, from, until, now, |seen| figures.incident(&seen))?;
        desk.each_call(customer, from, until, |call| figures.call(&call))?;
        desk.each_move(from, until, customer, |moved| {
            figures.money.add(moved, zone);
        })?;
        let today = now.with_timezone(&zone).date_naive();
        let mut running_out = Vec::new();
        desk.each_entitlement(customer, |name, owned| {
            if runs_out(&owned, today) {
                running_out.push((owned.id, money::runs_out(name, &owned)));
            }
        })?;
        // Here, where few are left of all.
        running_out.sort_by(|(id, one), (other_id, other)| {
            (&one.labels[0], id).cmp(&(&other.labels[0], other_id))
        });
        figures.running_out = running_out.into_iter().map(|(_, row)| row).collect();
        Ok(figures)
    })
}

/// Whether little is left of it, or of its days; what is used up or over has run out already.
fn runs_out(owned: &Entitlement, today: NaiveDate) -> bool {
    let nearly_used = owned
        .remaining()
        .is_some_and(|left| left * NEARLY_USED <= owned.granted);
    let single = owned.kind == EntitlementKind::PerIncident;
    let soon = today + TimeDelta::days(ENDS_SOON);
    let ends = owned.to.is_some_and(|to| to <= soon);
    owned.covers(today) && (nearly_used && !single || ends)
}

impl Figures {
    /// Adds to the sums of one group, and to those of all.
    fn add(&mut self, of: String, change: impl Fn(&mut Group)) {
        change(self.groups.entry(of).or_default());
        change(&mut self.all);
    }

    /// The group of something that happened to an incident.
    fn of(&self, seen: &Seen<'_>, at: DateTime<Utc>) -> String {
        let incident = seen.incident;
        let named = |name: &Option<String>| name.clone().unwrap_or_else(|| NONE.to_owned());
        match self.wanted.by {
            By::Policy => incident.policy.clone(),
            By::Customer => seen.customer.to_owned(),
            By::Agent => named(&incident.assignee),
            By::Severity => named(&incident.severity.agreed),
            By::Week => self.wanted.week(at),
        }
    }

    fn incident(&mut self, seen: &Seen<'_>) {
        self.clocks(seen);
        self.times(seen);
        self.ends(seen);
        for step in &seen.incident.escalations {
            // One that a merge carried over counts with the incident for which it was made.
            if step.merged_from.is_some() || !self.wanted.covers(step.at) {
                continue;
            }
            self.add(self.of(seen, step.at), |group| {
                let climb = group.ladder.entry(step.level).or_default();
                climb.made += 1;
                climb.answered += u64::from(step.answer.is_some());
                climb.withdrawn += u64::from(step.withdrawn_at.is_some());
            });
        }
    }

    fn clocks(&mut self, seen: &Seen<'_>) {
        let incident = seen.incident;
        for clock in &incident.clocks {
            let place = PROMISED.iter().position(|kind| *kind == clock.kind);
            let (Some(place), true) = (place, self.wanted.covers(clock.started_at)) else {
                continue;
            };
            let state = clock.state(self.now);
            let week = self.wanted.week(clock.started_at);
            self.weeks.entry(week).or_default().add(clock, state);
            self.add(self.of(seen, clock.started_at), |group| {
                if let Some(tally) = group.clocks.get_mut(place) {
                    tally.add(clock, state);
                }
            });
        }
        if incident.state == State::Merged || !self.wanted.covers(incident.opened_at) {
            return;
        }
        let policy = &seen.ruling.policy;
        let without = [
            answers_without_target(incident, policy),
            policy.resolution.is_none(),
        ];
        self.add(self.of(seen, incident.opened_at), |group| {
            // The first two of the clocks are those that a policy may state a target for.
            for (tally, without) in group.clocks.iter_mut().zip(without) {
                tally.no_target += u64::from(without);
            }
        });
    }

    fn times(&mut self, seen: &Seen<'_>) {
        let (incident, policy) = (seen.incident, &seen.ruling.policy);
        for clock in &incident.clocks {
            let verdict = clock
                .stopped
                .filter(|stopped| matches!(stopped.ending, Ending::Met | Ending::Missed));
            if let (ClockKind::Response, Some(stopped)) = (clock.kind, verdict) {
                self.response(seen, clock.started_at, stopped.at);
            }
        }
        if let Some(first) = incident.first_response_at
            && answers_without_target(incident, policy)
        {
            self.response(seen, incident.opened_at, first);
        }
        let Some(at) = resolved_by_somebody(incident, policy) else {
            return;
        };
        if !self.wanted.covers(at) {
            return;
        }
        let elapsed = (at - incident.opened_at).num_seconds();
        let open = open_seconds(seen, incident.opened_at, at);
        let own = incident.own_seconds(self.now);
        let phone = incident.channel == Channel::Phone;
        let first_call = phone && on_first_call(incident);
        self.add(self.of(seen, at), |group| {
            group.took(Measure::ResolutionOpen, open);
            group.took(Measure::Resolution, Some(elapsed));
            group.took(Measure::ResolutionOwn, Some(own));
            group.resolved_by_phone += u64::from(phone);
            group.on_first_call += u64::from(first_call);
        });
    }

    fn response(&mut self, seen: &Seen<'_>, from: DateTime<Utc>, to: DateTime<Utc>) {
        if !self.wanted.covers(from) {
            return;
        }
        let open = open_seconds(seen, from, to);
        self.add(self.of(seen, from), |group| {
            group.took(Measure::ResponseOpen, open);
            group.took(Measure::Response, Some((to - from).num_seconds()));
        });
    }

    fn ends(&mut self, seen: &Seen<'_>) {
        let (incident, policy) = (seen.incident, &seen.ruling.policy);
        let now = incident.resolution.iter().map(|end| {
            let kind = match incident.state {
                State::ClosedUnresolved => End::Closed,
                _ => End::Resolved,
            };
            (kind, end)
        });
        let before = incident.resolutions_before.iter().map(|end| {
            let known = policy
                .outcomes
                .iter()
                .any(|known| known.name == end.outcome);
            (if known { End::Resolved } else { End::Closed }, end)
        });
        let ended = now
            .chain(before)
            .map(|(kind, end)| (kind, end.outcome.clone(), end.at));
        let declined = incident.declined.iter();
        let declined = declined.map(|declined| (End::Declined, String::new(), declined.at));
        for (kind, which, at) in ended.chain(declined) {
            if self.wanted.covers(at) {
                self.add(self.of(seen, at), |group| group.ended(kind, &which));
            }
        }
    }

    fn call(&mut self, call: &Call) {
        let hour = call.at.with_timezone(&self.wanted.zone).hour();
        let calls = usize::try_from(hour).ok();
        if let Some(calls) = calls.and_then(|hour| self.hours.get_mut(hour)) {
            *match call.what {
                CallKind::Out => &mut calls.outgoing,
                CallKind::Attempt => &mut calls.attempts,
                CallKind::Loose(_) => &mut calls.no_incident,
                CallKind::In | CallKind::Appointment | CallKind::Callback => &mut calls.incoming,
            } += 1;
        }
        let CallKind::Loose(reason) = call.what else {
            return;
        };
        let of = match self.wanted.by {
            By::Policy | By::Severity => NONE.to_owned(),
            By::Customer => call.customer.clone().unwrap_or_else(|| NONE.to_owned()),
            By::Agent => call.agent.clone(),
            By::Week => self.wanted.week(call.at),
        };
        self.add(of, |group| group.ended(End::NoIncident, reason.word()));
    }
}

impl Group {
    fn took(&mut self, measure: Measure, seconds: Option<i64>) {
        if let Some(seconds) = seconds {
            self.times.entry(measure).or_default().add(seconds);
        }
    }

    fn ended(&mut self, end: End, which: &str) {
        *self.ends.entry((end, which.to_owned())).or_default() += 1;
    }
}

/// Whether the policy states no response target for the incident.
fn answers_without_target(incident: &Incident, policy: &Policy) -> bool {
    let severity = incident.severity.agreed.as_deref();
    matches!(policy.response_target(severity), Ok(None))
}

/// When it was resolved, unless the customer's silence did that.
fn resolved_by_somebody(incident: &Incident, policy: &Policy) -> Option<DateTime<Utc>> {
    let resolution = incident.resolution.as_ref()?;
    let silence = policy.silence.as_ref();
    let by_silence = silence.is_some_and(|silence| silence.outcome == resolution.outcome);
    (incident.state == State::Resolved && !by_silence).then_some(resolution.at)
}

/// Whether nobody had to be in touch again after the call that brought it. Without another call all of its call time is
/// that call's.
fn on_first_call(incident: &Incident) -> bool {
    let ended = incident.opened_at + TimeDelta::seconds(incident.call_seconds);
    incident.reopened == 0
        && incident.last_call_at == Some(incident.opened_at)
        && incident.last_contact_at <= ended
}

/// Open seconds of the incident's office between two instants; none where the policy states no hours.
fn open_seconds(seen: &Seen<'_>, from: DateTime<Utc>, to: DateTime<Utc>) -> Option<i64> {
    let office = seen.incident.office.as_deref();
    let calendar = seen.ruling.deadlines.calendar(office).ok().flatten()?;
    Some(calendar.open_seconds(from, to))
}
