//! Why a clock is due when it is, in words: the ledger behind it, down to the sum (`clocks.md`, "Explain").

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::describe::describe_in;
use super::ledger::Ledger;
use super::remaining::{days_in_words, full_instant, hours_in_words};
use super::state::Incident;
use crate::calendar::Counted;
use crate::policy::target_in_words;
use crate::text::{cut, visible};

/// The ledgers of an incident's clocks in text: for each what started it, the rule, each stretch of time that was
/// counted, closed days, the sum, pauses, moves, and the due instant. Instants are in `zone`; lines are as long as they
/// must be, with nothing hidden in them.
pub fn explain(incident: &Incident, ledgers: &[Ledger], zone: Tz, now: DateTime<Utc>) -> String {
    let mut lines = vec![
        format!("{}  {}", incident.tech_ref, visible(&incident.summary)),
        format!(
            "policy {}, version {}",
            incident.policy, incident.policy_version
        ),
    ];
    if ledgers.is_empty() {
        lines.push("\nNo clock was started: nothing is due.".to_owned());
    }
    for ledger in ledgers {
        let clock = &ledger.clock;
        lines.push(format!(
            "\n{}, {}",
            clock.kind.word(),
            clock.state(now).word()
        ));
        for (name, value) in rows(ledger, zone) {
            lines.push(format!("  {name:<10}{}", visible(&value)));
        }
    }
    lines.join("\n")
}

fn rows(ledger: &Ledger, zone: Tz) -> Vec<(&'static str, String)> {
    let clock = &ledger.clock;
    let at = |at| full_instant(at, zone);
    let length = |seconds| exactly(seconds, clock.counted);
    let mut rows = vec![("started", at(clock.started_at))];
    rows.extend(
        ledger
            .cause
            .as_ref()
            .map(|cause| ("by", first_line(&describe_in(cause, zone)))),
    );
    rows.push(("rule", ledger.rule_in_words()));
    for span in &ledger.counted {
        let (from, to) = (span.from.with_timezone(&zone), span.to.with_timezone(&zone));
        let until = if from.date_naive() == to.date_naive() {
            to.format("%H:%M %Z").to_string()
        } else {
            at(span.to)
        };
        rows.push((
            "counted",
            format!(
                "{} to {until}: {}",
                from.format("%a %-d %b %Y %H:%M"),
                length(span.seconds())
            ),
        ));
    }
    for halt in &ledger.halts {
        let until = halt.to.map_or_else(|| "now".to_owned(), at);
        rows.push((
            "paused",
            format!("{} to {until}, {} left", at(halt.from), length(halt.left)),
        ));
    }
    for day in &ledger.closed {
        rows.push((
            "closed",
            format!("{}: {}", day.date.format("%a %-d %b %Y"), day.reason),
        ));
    }
    rows.push(("sum", length(ledger.seconds)));
    for change in &ledger.moves {
        rows.push((
            "moved",
            format!(
                "recorded {}, due moved from {} to {}: {}",
                at(change.at),
                at(change.from),
                at(change.due_at),
                change.why
            ),
        ));
    }
    if let Some(falls) = ledger.moved_from {
        rows.push((
            "falls",
            format!("{}, while closed: moves to the next opening", at(falls)),
        ));
    }
    match clock.paused {
        Some(_) => rows.push(("due", "paused".to_owned())),
        None => rows.push(("due", at(clock.due_at))),
    }
    rows.extend(clock.stopped.map(|stopped| ("stopped", at(stopped.at))));
    rows
}

impl Ledger {
    /// The rule in words: `4h of business time`.
    pub fn rule_in_words(&self) -> String {
        let promised = || "an instant that was promised".to_owned();
        self.rule.as_ref().map_or_else(promised, target_in_words)
    }
}

/// What happened, without what was said at length.
fn first_line(text: &str) -> String {
    cut(text.lines().next().unwrap_or_default(), 100).into_owned()
}

/// A length to the second, so that the parts add up to the sum.
fn exactly(length: i64, counted: Counted) -> String {
    let (sign, whole) = (if length < 0 { "-" } else { "" }, length.saturating_abs());
    let (minutes, seconds) = (whole - whole % 60, whole % 60);
    let words = if counted == Counted::Elapsed {
        days_in_words(minutes)
    } else {
        hours_in_words(minutes)
    };
    match (minutes, seconds) {
        (_, 0) => format!("{sign}{words}"),
        (0, seconds) => format!("{sign}{seconds} s"),
        (_, seconds) => format!("{sign}{words} {seconds} s"),
    }
}
