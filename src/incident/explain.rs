//! Why a clock is due when it is: the ledger behind it, down to the sum (`clocks.md`, "Explain").

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::clock::{Clock, ClockKind, ClockState};
use super::event::{Event, Recorded};
use super::remaining::{days_in_words, full_instant, hours_in_words};
use super::state::Incident;
use crate::calendar::{Calendar, Counted};
use crate::policy::{Deadlines, Policy, target_in_words};

#[cfg(test)]
mod tests;

/// Columns of the words in front of a line.
const LABEL: usize = 10;

/// The ledger of every clock of an incident, oldest first: what started it, the policy and its rule, the open time that
/// was counted, closed days, pauses, the sum and the due instant. `deadlines` are those of the incident's own policy
/// version, `timeline` is whole and oldest first; instants are in the policy's zone, and in `zone` where that differs.
/// Lines are as long as they must be.
pub fn explain(
    incident: &Incident,
    timeline: &[Recorded],
    deadlines: &Deadlines,
    now: DateTime<Utc>,
    zone: Tz,
) -> Vec<String> {
    let calendar = deadlines
        .calendar(incident.office.as_deref())
        .ok()
        .flatten();
    let desk = calendar.map_or(zone, Calendar::zone);
    let accounts = accounts(incident, timeline);
    if accounts.is_empty() {
        let policy = deadlines.policy();
        return vec![match &policy.response {
            None => format!("No clock: policy {} states no target", policy.name),
            Some(_) => "No clock has started yet".to_owned(),
        }];
    }
    let ledger = Ledger {
        incident,
        policy: deadlines.policy(),
        calendar,
        desk,
        zone,
        now,
    };
    let mut lines = Vec::new();
    for account in &accounts {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        ledger.write(account, &mut lines);
    }
    lines
}

/// The whole time of each clock of an incident, in seconds of its own kind: what was counted to its due instant, without
/// the pauses. `timeline` is whole and oldest first, `calendar` that of the incident's policy and office.
pub fn whole_times(
    incident: &Incident,
    timeline: &[Recorded],
    calendar: Option<&Calendar>,
) -> Vec<i64> {
    let whole = |account: &Account<'_>| {
        let clock = account.clock;
        let business = calendar.filter(|_| clock.counted != Counted::Elapsed);
        let counted = |(from, to): (DateTime<Utc>, DateTime<Utc>)| match business {
            Some(calendar) => calendar.open_seconds(from, to),
            None => (to - from).num_seconds(),
        };
        let ran: i64 = stretches(account).into_iter().map(counted).sum();
        ran + clock.paused.map_or(0, |pause| pause.left)
    };
    accounts(incident, timeline).iter().map(whole).collect()
}

/// One clock with what the timeline says of it.
struct Account<'a> {
    clock: &'a Clock,
    /// The step that it followed from.
    step: &'a Recorded,
    /// Pauses, ends of pauses, moves.
    changes: Vec<&'a Recorded>,
    /// The severity that was in force when its due instant was last computed.
    severity: Option<&'a str>,
}

/// The clocks beside the timeline: the n-th start in it is that of the n-th clock.
fn accounts<'a>(incident: &'a Incident, timeline: &'a [Recorded]) -> Vec<Account<'a>> {
    let mut accounts: Vec<Account<'a>> = Vec::new();
    let mut clocks = incident.clocks.iter();
    let mut severity = None;
    let mut step = None;
    for entry in timeline {
        if is_step(&entry.event) {
            step = Some(entry);
        }
        let of = |kind: ClockKind, accounts: &'_ mut Vec<Account<'a>>| {
            accounts
                .iter()
                .rposition(|account| account.clock.kind == kind)
        };
        match &entry.event {
            Event::Opened(opened) => severity = opened.severity.as_deref(),
            Event::SeverityAgreed { severity: new, .. } => severity = Some(new.as_str()),
            Event::ClockStarted { .. } => accounts.extend(clocks.next().map(|clock| Account {
                clock,
                step: step.unwrap_or(entry),
                changes: Vec::new(),
                severity,
            })),
            Event::ClockMoved { clock, .. }
            | Event::ClockPaused { clock, .. }
            | Event::ClockResumed { clock, .. } => {
                let at = of(*clock, &mut accounts);
                if let Some(account) = at.and_then(|at| accounts.get_mut(at)) {
                    account.changes.push(entry);
                    account.severity = severity;
                }
            }
            _ => {}
        }
    }
    accounts
}

/// Whether an entry is what somebody did, rather than what followed from it.
fn is_step(event: &Event) -> bool {
    !matches!(
        event,
        Event::Covered { .. }
            | Event::CoverUsed
            | Event::CoverReleased
            | Event::Uncovered
            | Event::PaymentAsked { .. }
            | Event::Assigned {
                by_rule: Some(_),
                ..
            }
            | Event::ClockStarted { .. }
            | Event::ClockMoved { .. }
            | Event::ClockPaused { .. }
            | Event::ClockResumed { .. }
            | Event::ClockStopped { .. }
    )
}

/// What every account is written with.
struct Ledger<'a> {
    incident: &'a Incident,
    policy: &'a Policy,
    calendar: Option<&'a Calendar>,
    desk: Tz,
    zone: Tz,
    now: DateTime<Utc>,
}

impl Ledger<'_> {
    fn write(&self, account: &Account<'_>, lines: &mut Vec<String>) {
        let clock = account.clock;
        let title = clock.kind.word().to_uppercase();
        lines.push(format!("{title}  {}", self.standing(clock)));
        let mut line = |label: &str, text: &str| lines.push(format!("{label:<LABEL$}{text}"));
        let started = full_instant(clock.started_at, self.desk);
        let step = super::describe_in(&account.step.event, self.desk);
        let step = step.lines().next().unwrap_or_default();
        line("start", &format!("{started}: {step}"));
        let office = self.incident.office.as_deref();
        let office = office.map_or(String::new(), |office| format!(", office {office}"));
        line(
            "policy",
            &format!(
                "{}, version {}{office}",
                self.policy.name, self.incident.policy_version
            ),
        );
        line("rule", &self.rule(account));
        for change in &account.changes {
            if let Event::ClockMoved { due_at, why, .. } = &change.event {
                line(
                    "moved",
                    &format!(
                        "{}: {why}; due {}",
                        full_instant(change.at, self.desk),
                        full_instant(*due_at, self.desk)
                    ),
                );
            }
        }
        let stretches = stretches(account);
        let mut sum = 0;
        for (from, to) in &stretches {
            sum += self.counted(clock.counted, *from, *to, &mut line);
        }
        for (from, to) in pauses(account) {
            let until = to.map_or_else(|| "now".to_owned(), |to| full_instant(to, self.desk));
            line(
                "paused",
                &format!(
                    "{} to {until}, waiting for the customer",
                    full_instant(from, self.desk)
                ),
            );
        }
        line("sum", &self.sum(clock.counted, sum));
        match clock.paused {
            Some(pause) => line("left", &seconds(pause.left)),
            None => line("due", &self.instant(clock.due_at)),
        }
    }

    /// Where the clock stands: `missed`, `met Mon 23 Nov 2026 14:10 PST`.
    fn standing(&self, clock: &Clock) -> String {
        let state = clock.state(self.now);
        match (clock.stopped, state) {
            (Some(stopped), state) => {
                format!("{}, {}", state.word(), full_instant(stopped.at, self.desk))
            }
            (None, ClockState::Missed) => "missed, and still running".to_owned(),
            (None, state) => state.word().to_owned(),
        }
    }

    /// The rule in words, with what makes it hold here.
    fn rule(&self, account: &Account<'_>) -> String {
        let policy = self.policy;
        let target = match account.clock.kind {
            ClockKind::Response => policy.response_target(account.severity).ok().flatten(),
            ClockKind::Patch => policy.patch.as_ref(),
            ClockKind::Resolution => policy.resolution.as_ref(),
            ClockKind::Silence => policy.silence.as_ref().map(|silence| &silence.after),
            ClockKind::Estimate => return "as promised to the customer".to_owned(),
            ClockKind::Appointment => return "as agreed with the customer".to_owned(),
        };
        let words = target.map_or_else(|| "none now".to_owned(), target_in_words);
        match account.severity {
            Some(severity) if account.clock.kind == ClockKind::Response => {
                format!("{words} (severity {severity})")
            }
            _ => words,
        }
    }

    /// Writes what is counted between two instants, and gives its seconds.
    fn counted(
        &self,
        counted: Counted,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
        line: &mut impl FnMut(&str, &str),
    ) -> i64 {
        let business = self.calendar.filter(|_| counted != Counted::Elapsed);
        let Some(calendar) = business else {
            let passed = (to - from).num_seconds().max(0);
            line("counted", &self.span(from, to, passed));
            return passed;
        };
        let closed = calendar.closed_days(from, to);
        let mut closed = closed.iter().peekable();
        let mut sum = 0;
        for span in calendar.open_spans(from, to) {
            let day = calendar.local(span.from).date_naive();
            while let Some(day) = closed.next_if(|closed| closed.date <= day) {
                line(
                    "closed",
                    &format!("{}: {}", day.date.format("%a %-d %b %Y"), day.reason),
                );
            }
            sum += span.seconds();
            line("counted", &self.span(span.from, span.to, span.seconds()));
        }
        sum
    }

    /// A stretch of time in the desk's zone, with its length.
    fn span(&self, from: DateTime<Utc>, to: DateTime<Utc>, length: i64) -> String {
        let (first, last) = (from.with_timezone(&self.desk), to.with_timezone(&self.desk));
        let end = if first.date_naive() == last.date_naive() {
            last.format("%H:%M:%S")
        } else {
            last.format("%a %-d %b %Y %H:%M:%S")
        };
        format!(
            "{} to {end} {}  {length} s",
            first.format("%a %-d %b %Y %H:%M:%S"),
            last.format("%Z")
        )
    }

    fn sum(&self, counted: Counted, sum: i64) -> String {
        let (words, kind) = match counted {
            Counted::BusinessTime => (hours_in_words(sum), " of business time"),
            Counted::BusinessDays => (hours_in_words(sum), " of business time in those days"),
            Counted::Elapsed => (days_in_words(sum), ""),
        };
        format!("{words}{kind}, {sum} s")
    }

    /// An instant on the desk's clock, and on the agent's where it shows another time.
    fn instant(&self, at: DateTime<Utc>) -> String {
        let (desk, own) = (full_instant(at, self.desk), full_instant(at, self.zone));
        if desk == own {
            desk
        } else {
            format!("{desk} ({own})")
        }
    }
}

fn seconds(left: i64) -> String {
    format!("{}, {left} s", hours_in_words(left.saturating_abs()))
}

/// The stretches during which the clock ran, up to its due instant or the pause that it is in.
fn stretches(account: &Account<'_>) -> Vec<(DateTime<Utc>, DateTime<Utc>)> {
    let mut stretches = Vec::new();
    let mut from = Some(account.clock.started_at);
    for change in &account.changes {
        match change.event {
            Event::ClockPaused { .. } => {
                stretches.extend(from.take().map(|from| (from, change.at)));
            }
            Event::ClockResumed { .. } => from = Some(change.at),
            _ => {}
        }
    }
    stretches.extend(from.map(|from| (from, account.clock.due_at)));
    stretches
}

/// The stretches during which the clock stood still; the last one may go on.
fn pauses(account: &Account<'_>) -> Vec<(DateTime<Utc>, Option<DateTime<Utc>>)> {
    let mut pauses: Vec<(DateTime<Utc>, Option<DateTime<Utc>>)> = Vec::new();
    for change in &account.changes {
        match (&change.event, pauses.last_mut()) {
            (Event::ClockPaused { .. }, _) => pauses.push((change.at, None)),
            (Event::ClockResumed { .. }, Some((_, end))) => *end = Some(change.at),
            _ => {}
        }
    }
    pauses
}
