//! What an import did, counted from what was recorded.

use std::fmt;

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::bad::{BadLine, rehearsed};
use super::made::{Made, made_in_words};
use super::quoted;
use crate::incident::{ClockKind, ClockState, Incident, State};

/// What an import did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Account {
    /// The policy that the incidents came under.
    pub policy: String,
    /// Its version.
    pub policy_version: u32,
    /// Whether it was a rehearsal, and nothing was kept.
    pub dry_run: bool,
    /// Lines after the first: the sum of the next four.
    pub lines: u64,
    /// Those that the map declares ignored.
    pub ignored: u64,
    /// Those that could not be placed and were left out.
    pub bad: u64,
    /// The first of these, and why.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub bad_lines: Vec<BadLine>,
    /// Those of cases that an earlier import brought.
    pub already_here: u64,
    /// Those that were carried out.
    pub events: u64,
    /// Cases that an earlier import brought.
    pub cases_already_here: usize,
    /// Incidents opened.
    pub incidents: u64,
    /// Of these, resolved in the end.
    pub resolved: u64,
    /// Of these, closed without resolution in the end.
    pub closed_unresolved: u64,
    /// Of these, still open.
    pub still_open: u64,
    /// How often one was opened again.
    pub reopenings: u64,
    /// The verdicts of their response clocks.
    pub response_targets: Targets,
    /// Incidents that never had a response target.
    pub without_target: u64,
    /// Columns that nothing was taken of.
    pub columns_left: Vec<String>,
    /// Customers made.
    pub customers: u64,
    /// The first of them.
    pub customers_made: Vec<Made>,
    /// Agents made.
    pub agents: usize,
    /// The first of them.
    pub agents_made: Vec<String>,
}

/// Response clocks by how they ended.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Targets {
    /// Stopped in time.
    pub met: u64,
    /// Stopped too late, or still running past the due instant.
    pub missed: u64,
    /// Still running, and not due yet.
    pub running: u64,
    /// Ended without a verdict.
    pub cancelled: u64,
}

impl Account {
    /// Counts an incident as it was recorded, seen at `now`.
    pub(super) fn count(&mut self, incident: &Incident, now: DateTime<Utc>) {
        self.incidents += 1;
        match incident.state {
            State::Resolved => self.resolved += 1,
            state if state.is_open() => self.still_open += 1,
            _ => self.closed_unresolved += 1,
        }
        self.reopenings += u64::from(incident.reopened);
        let mut without = true;
        for clock in incident
            .clocks
            .iter()
            .filter(|clock| clock.kind == ClockKind::Response)
        {
            without = false;
            let targets = &mut self.response_targets;
            match clock.state(now) {
                ClockState::Met => targets.met += 1,
                ClockState::Missed => targets.missed += 1,
                ClockState::Running | ClockState::Paused => targets.running += 1,
                ClockState::Cancelled | ClockState::Replaced | ClockState::Expired => {
                    targets.cancelled += 1;
                }
            }
        }
        self.without_target += u64::from(without);
    }
}

impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Targets {
            met,
            missed,
            running,
            cancelled,
        } = self.response_targets;
        let known = self.cases_already_here as u64;
        let rows = [
            ("lines", self.lines, String::new()),
            ("  ignored by the map", self.ignored, String::new()),
            ("  left out as bad", self.bad, String::new()),
            (
                "  already here",
                self.already_here,
                format!(" of {} cases", grouped(known)),
            ),
            ("  events", self.events, String::new()),
            (
                "incidents opened",
                self.incidents,
                format!(" under {}", self.policy),
            ),
            ("  resolved", self.resolved, String::new()),
            ("  closed unresolved", self.closed_unresolved, String::new()),
            ("  still open", self.still_open, String::new()),
            ("reopenings", self.reopenings, String::new()),
            ("response targets met", met, String::new()),
            ("response targets missed", missed, String::new()),
            ("  running", running, String::new()),
            ("  ended without verdict", cancelled, String::new()),
            (
                "incidents without target",
                self.without_target,
                String::new(),
            ),
            ("customers made", self.customers, String::new()),
            ("agents made", self.agents as u64, String::new()),
        ];
        for (n, (what, count, more)) in rows.iter().enumerate() {
            let end = if n + 1 < rows.len() { "\n" } else { "" };
            let more = if *count == 0 { "" } else { more };
            write!(f, "{what:<24} {:>11}{more}{end}", grouped(*count))?;
        }
        made_in_words(f, "customers", &self.customers_made, self.customers)?;
        made_in_words(f, "agents", &self.agents_made, self.agents as u64)?;
        left_in_words(f, &self.columns_left)?;
        if self.dry_run {
            rehearsed(f, &self.bad_lines, self.bad)?;
            f.write_str("\nNothing was kept: this was a rehearsal")?;
        }
        Ok(())
    }
}

/// Says of which columns nothing was taken.
pub(super) fn left_in_words(f: &mut fmt::Formatter<'_>, columns: &[String]) -> fmt::Result {
    match columns.is_empty() {
        true => Ok(()),
        false => write!(f, "\nnothing was taken of the columns {}", quoted(columns)),
    }
}

/// A number with its thousands apart.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
