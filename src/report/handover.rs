//! What the next shift must know, for whoever takes over.

mod markdown;

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;

use crate::incident::{ClockKind, Incident, Property, Query, Span, TechRef, Term, whole};
use crate::store::{ChangedIncident, Desk, Live, NextStep, Page, ShiftCall, StoreError, TakenOver};

/// The most incidents of a section: nobody reads more at the change of a shift.
const MOST: usize = 50;
/// So many incidents are counted.
const COUNTED: usize = 1_000_000;
/// How far back the changes go where nobody ever took over.
const FIRST_LOOK: TimeDelta = TimeDelta::days(1);

/// What the next shift must know. A section holds as many incidents as one reads at the change of a shift.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Handover {
    /// The desk.
    pub desk: String,
    /// The instant that it tells of.
    pub at: DateTime<Utc>,
    /// The end of the next shift.
    pub until: DateTime<Utc>,
    /// Who took over last.
    pub last: Option<TakenOver>,
    /// Clocks past their due instant, the longest first; of many incidents those that were missed last.
    pub missed: Vec<Due>,
    /// Clocks that are due in the next shift, but for what was promised to the customer by name.
    pub due: Vec<Due>,
    /// What was promised to the customer for the next shift: estimates and calls.
    pub promises: Vec<Due>,
    /// Silences that run out in the next shift, and so resolve.
    pub silences: Vec<Due>,
    /// Calls that run, are on hold or were cut off.
    pub calls: Vec<Talking>,
    /// What was left to be done next.
    pub next_steps: Vec<NextStep>,
    /// Who was not reached, and is to be called back.
    pub call_backs: Vec<CallBack>,
    /// Escalations without an answer.
    pub escalations: Vec<WaitingEscalation>,
    /// How many mails wait in quarantine.
    pub quarantine: usize,
    /// How many messages wait to be sent.
    pub queued: usize,
    /// How many messages could not be sent.
    pub unsent: usize,
    /// What was done since the last one.
    pub changes: Vec<ChangedIncident>,
    /// Of how many incidents there is something to tell in all.
    pub incidents: InAll,
    /// The newest entry of the timeline, `PLACE:HASH`: `desk check --head` tells later whether it is there still.
    pub head: String,
}

/// Of how many incidents there is something to tell: more than a section holds, where there are many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct InAll {
    /// Missed.
    pub missed: usize,
    /// Due in the next shift, promised ones among them.
    pub due: usize,
    /// Resolved by silence in the next shift.
    pub silences: usize,
    /// What was left to be done next.
    pub next_steps: usize,
    /// With an escalation that waits.
    pub escalated: usize,
    /// Changed since the last one.
    pub changed: usize,
}

/// A clock that is due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Due {
    /// Its incident.
    pub tech_ref: TechRef,
    /// That incident's customer.
    pub customer: String,
    /// The issue in one line.
    pub summary: String,
    /// Who works on it.
    pub assignee: Option<String>,
    /// The agreed severity.
    pub severity: Option<String>,
    /// What it measures.
    pub clock: &'static str,
    /// When it is due.
    pub due_at: DateTime<Utc>,
}

/// A call that has no end yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Talking {
    /// Its number among the calls.
    pub id: i64,
    /// How it stands: talking, on hold, cut off.
    pub state: &'static str,
    /// Whose call it is.
    pub agent: String,
    /// Who is on the line, as far as that is known.
    pub who: String,
    /// How long, in seconds without hold.
    pub seconds: i64,
    /// The incidents that it is about.
    pub tech_refs: Vec<TechRef>,
}

/// Who was not reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CallBack {
    /// The incident that the attempt was about.
    pub tech_ref: Option<TechRef>,
    /// That incident's customer.
    pub customer: Option<String>,
    /// The issue in one line.
    pub summary: String,
    /// Who works on it.
    pub assignee: Option<String>,
    /// When it was tried last.
    pub tried_at: DateTime<Utc>,
}

/// An escalation that waits for its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WaitingEscalation {
    /// Its incident.
    pub tech_ref: TechRef,
    /// That incident's customer.
    pub customer: String,
    /// The issue in one line.
    pub summary: String,
    /// Its level.
    pub level: u8,
    /// The concern or request.
    pub concern: String,
    /// Since when it waits.
    pub at: DateTime<Utc>,
}

/// What a shift that lasts until `until` must know at `now`.
///
/// # Errors
/// When the desk cannot be read.
pub fn handover(
    desk: &Desk,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Handover, StoreError> {
    let (now, until) = (whole(now), whole(until));
    let last = desk.last_taken_over()?;
    let (changes, changed) = desk.changed_since(last.as_ref(), now - FIRST_LOOK, now, MOST)?;
    let ahead = Span {
        from: Some(now),
        before: Some(until),
    };
    // What was missed last is what the shift does not know yet.
    let (late, all_missed) = incidents(desk, Term::Is(Property::Missed), Page::Last, now)?;
    let (mut soon, all_due) = incidents(desk, Term::Due(ahead), Page::First, now)?;
    let (waiting, escalated) = incidents(desk, Term::Is(Property::Escalated), Page::First, now)?;
    let silent = ClockKind::Silence.word();
    let spoken = |due: &Due| due.clock != silent;
    let mut missed = clocks_of(&late, until);
    missed.retain(|due| spoken(due) && due.due_at < now);
    // What is missed may be promised again.
    let more = late.into_iter();
    soon.extend(
        more.filter(|(one, _)| soon.iter().all(|(it, _)| it.tech_ref != one.tech_ref))
            .collect::<Vec<_>>(),
    );
    let mut ahead = clocks_of(&soon, until);
    ahead.retain(|due| spoken(due) && due.due_at >= now);
    let (quiet, all_quiet) = quiet(desk, now, until)?;
    let mut silences = clocks_of(&quiet, until);
    silences.retain(|due| !spoken(due));
    let promised = [ClockKind::Estimate, ClockKind::Appointment].map(ClockKind::word);
    let (promises, due): (Vec<_>, Vec<_>) = ahead
        .into_iter()
        .partition(|due| promised.contains(&due.clock));
    let mail = desk.correspondence(usize::MAX)?;
    let mut next_steps = desk.next_steps(COUNTED)?;
    let all_next = next_steps.len();
    next_steps.truncate(MOST);
    Ok(Handover {
        desk: desk.name()?,
        at: now,
        until,
        last,
        missed,
        due,
        promises,
        silences,
        calls: talking(desk, now)?,
        next_steps,
        call_backs: desk.callbacks()?.into_iter().map(call_back).collect(),
        escalations: waiting.iter().flat_map(escalations).collect(),
        quarantine: mail.quarantine,
        queued: mail.queued,
        unsent: mail.failed,
        head: desk.head()?.to_string(),
        changes,
        incidents: InAll {
            missed: all_missed,
            due: all_due,
            silences: all_quiet,
            next_steps: all_next,
            escalated,
            changed,
        },
    })
}

fn call_back(call: ShiftCall) -> CallBack {
    CallBack {
        tech_ref: call.number,
        customer: call.customer,
        summary: call.about,
        assignee: call.agent,
        tried_at: call.at,
    }
}

/// The calls that have no end yet.
fn talking(desk: &Desk, now: DateTime<Utc>) -> Result<Vec<Talking>, StoreError> {
    let Some(live) = Live::if_there(desk.path())? else {
        return Ok(Vec::new());
    };
    let talking = live.calls()?.into_iter().filter_map(|found| {
        let (state, at) = found.stands(now);
        let timer = found.call.timer?;
        Some(Talking {
            id: found.id,
            state,
            who: found.call.in_words().to_owned(),
            seconds: timer.seconds(at),
            tech_refs: found.call.parts.iter().map(|part| part.number).collect(),
            agent: found.agent,
        })
    });
    Ok(talking.collect())
}

/// The open incidents that a term means, each with its customer's name, at most as many as a section holds; and how many
/// there are.
fn incidents(
    desk: &Desk,
    term: Term,
    page: Page<'_>,
    now: DateTime<Utc>,
) -> Result<(Vec<(Incident, String)>, usize), StoreError> {
    let query = Query {
        terms: vec![(false, term)],
    };
    let mut found = Vec::new();
    for row in desk.list(&query, page, MOST, now)? {
        let (incident, _) = desk.incident(row.number, now)?;
        found.push((incident, row.customer_name));
    }
    let all = match found.len() {
        MOST => desk.count(&query, COUNTED, now)?,
        few => few,
    };
    Ok((found, all))
}

/// The incidents that the customer's silence resolves before `until`.
fn quiet(
    desk: &Desk,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<(Vec<(Incident, String)>, usize), StoreError> {
    let numbers = desk.silences_due(until)?;
    let all = numbers.len();
    let mut found = Vec::new();
    for number in numbers.into_iter().take(MOST) {
        let (incident, customer) = desk.incident(number, now)?;
        found.push((incident, customer.name));
    }
    Ok((found, all))
}

/// The running clocks of incidents that are due before `until`, the earliest first.
fn clocks_of(incidents: &[(Incident, String)], until: DateTime<Utc>) -> Vec<Due> {
    let each = incidents.iter();
    let mut clocks: Vec<Due> = each
        .flat_map(|(incident, customer)| clocks(incident, customer, until))
        .collect();
    clocks.sort_by_key(|clock| (clock.due_at, clock.tech_ref));
    clocks
}

/// The running clocks of an incident that are due before `until`.
fn clocks<'a>(
    incident: &'a Incident,
    customer: &'a str,
    until: DateTime<Utc>,
) -> impl Iterator<Item = Due> + 'a {
    let running = incident.clocks.iter().filter(|clock| clock.is_running());
    let running = running.filter(move |clock| clock.due_at < until);
    running.map(move |clock| Due {
        tech_ref: incident.tech_ref,
        customer: customer.to_owned(),
        summary: incident.summary.clone(),
        assignee: incident.assignee.clone(),
        severity: incident.severity.agreed.clone(),
        clock: clock.kind.word(),
        due_at: clock.due_at,
    })
}

fn escalations(
    (incident, customer): &(Incident, String),
) -> impl Iterator<Item = WaitingEscalation> {
    let waiting = incident.standing_escalations();
    let waiting = waiting.filter(|step| step.answered_at.is_none());
    waiting.map(move |step| WaitingEscalation {
        tech_ref: incident.tech_ref,
        customer: customer.clone(),
        summary: incident.summary.clone(),
        level: step.level,
        concern: step.concern.clone(),
        at: step.at,
    })
}
