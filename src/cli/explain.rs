//! `holdline explain`.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use serde::Serialize;

use super::{Failure, Session};
use crate::calendar::Counted;
use crate::incident::{
    ClockKind, ClockState, Incident, Ledger, TechRef, describe, explain, ledgers,
};
use crate::store::Access;

/// Shows the ledger behind an incident's deadlines.
///
/// For every clock: what started it, the rule, each stretch of time that was counted, pauses, holidays and closures,
/// the sum, and the due instant.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  holdline explain 10001-4")]
pub struct Explain {
    /// The Tech Reference number.
    #[arg(value_name = "REF")]
    number: String,
}

impl Explain {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let number = session.number(&self.number)?;
        session.open(Access::Read)?.still(|desk| {
            let (incident, _) = desk.incident(number, session.now())?;
            let ruling = desk.ruling_of(&incident.policy, incident.policy_version)?;
            let timeline = desk.timeline(number)?;
            let ledgers = ledgers(&incident, &timeline, &ruling.deadlines, &ruling.closures)
                .map_err(Failure::input)?;
            let zone = session.zone_of(&ruling, incident.office.as_deref());
            if session.json() {
                return session.answer(&View::of(&incident, &ledgers, zone, session.now()), "");
            }
            session.print(explain(&incident, &ledgers, zone, session.now()))
        })
    }
}

/// The ledgers as JSON.
#[derive(Serialize)]
struct View<'a> {
    tech_ref: TechRef,
    policy: &'a str,
    policy_version: u32,
    office: Option<&'a str>,
    zone: &'static str,
    clocks: Vec<LedgerView>,
}

#[derive(Serialize)]
struct LedgerView {
    kind: ClockKind,
    state: ClockState,
    started_at: DateTime<Utc>,
    started_by: Option<String>,
    rule: String,
    counted: Counted,
    spans: Vec<SpanView>,
    sum_seconds: i64,
    pauses: Vec<PauseView>,
    closed: Vec<ClosedView>,
    moves: Vec<MoveView>,
    fell_due_closed_at: Option<DateTime<Utc>>,
    due_at: Option<DateTime<Utc>>,
    stopped_at: Option<DateTime<Utc>>,
}

#[derive(Serialize)]
struct SpanView {
    from: DateTime<Utc>,
    to: DateTime<Utc>,
    seconds: i64,
}

#[derive(Serialize)]
struct PauseView {
    from: DateTime<Utc>,
    to: Option<DateTime<Utc>>,
    left_seconds: i64,
}

#[derive(Serialize)]
struct ClosedView {
    date: NaiveDate,
    reason: String,
}

#[derive(Serialize)]
struct MoveView {
    at: DateTime<Utc>,
    from: DateTime<Utc>,
    due_at: DateTime<Utc>,
    why: String,
}

impl<'a> View<'a> {
    fn of(incident: &'a Incident, ledgers: &[Ledger], zone: Tz, now: DateTime<Utc>) -> Self {
        Self {
            tech_ref: incident.tech_ref,
            policy: &incident.policy,
            policy_version: incident.policy_version,
            office: incident.office.as_deref(),
            zone: zone.name(),
            clocks: ledgers
                .iter()
                .map(|ledger| LedgerView::of(ledger, now))
                .collect(),
        }
    }
}

impl LedgerView {
    fn of(ledger: &Ledger, now: DateTime<Utc>) -> Self {
        let clock = &ledger.clock;
        let spans = ledger.counted.iter().map(|span| SpanView {
            from: span.from,
            to: span.to,
            seconds: span.seconds(),
        });
        let pauses = ledger.halts.iter().map(|halt| PauseView {
            from: halt.from,
            to: halt.to,
            left_seconds: halt.left,
        });
        let closed = ledger.closed.iter().map(|day| ClosedView {
            date: day.date,
            reason: day.reason.clone(),
        });
        let moves = ledger.moves.iter().map(|change| MoveView {
            at: change.at,
            from: change.from,
            due_at: change.due_at,
            why: change.why.clone(),
        });
        Self {
            kind: clock.kind,
            state: clock.state(now),
            started_at: clock.started_at,
            started_by: ledger.cause.as_ref().map(describe),
            rule: ledger.rule_in_words(),
            counted: clock.counted,
            spans: spans.collect(),
            sum_seconds: ledger.seconds,
            pauses: pauses.collect(),
            closed: closed.collect(),
            moves: moves.collect(),
            fell_due_closed_at: ledger.moved_from,
            due_at: clock.paused.is_none().then_some(clock.due_at),
            stopped_at: clock.stopped.map(|stopped| stopped.at),
        }
    }
}
