//! When a step is possible at all, whatever it is filled in with: the table of `lifecycle.md`. Keys are disabled by the
//! same words by which [`decide`](super::decide) refuses.

use super::{Situation, appointment, cover, emergency, escalate, fork, money, resolve};
use crate::incident::clock::ClockKind;
use crate::incident::command::Step;
use crate::incident::event::NoteKind;
use crate::incident::refusal::Refusal;
use crate::incident::state::{Incident, State};

/// What kind of step, without what it is filled in with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StepKind {
    /// It is within remit.
    Accept,
    /// It is not within remit or scope.
    Decline,
    /// It is ordered at the price of the day.
    Order,
    /// A payment is confirmed.
    Pay,
    /// What the customer has bought meanwhile pays for it.
    Cover,
    /// The shop does not charge.
    Waive,
    /// What was paid is given back.
    Refund,
    /// Somebody is to work on it.
    Assign,
    /// The customer is answered.
    Respond,
    /// The customer is asked something.
    Wait,
    /// Work goes on.
    Resume,
    /// A contact on this incident.
    Contact,
    /// The call on which it was logged or continued is over.
    CallEnded,
    /// A note of this kind.
    Note(NoteKind),
    /// Emergency service is asked for.
    Emergency,
    /// Another severity is agreed on.
    Severity,
    /// A new estimate.
    Estimate,
    /// A call is arranged.
    Schedule,
    /// The arranged call falls away.
    CancelAppointment,
    /// The patch is out.
    Patched,
    /// A step up the ladder.
    Escalate,
    /// An escalation by mail gets its ground.
    GroundEscalation,
    /// An escalation is answered.
    AnswerEscalation,
    /// An escalation is taken back.
    WithdrawEscalation,
    /// It is resolved.
    Resolve,
    /// It is closed without a resolution.
    Close,
    /// It is opened again.
    Reopen,
    /// Something is done with a message of the outbox.
    Message,
    /// A mail came in.
    Mail,
    /// The caller has the number.
    Given,
    /// What was taken down about it is put right.
    Edit,
    /// Another aspect of it becomes an incident of its own.
    Split,
    /// It is one matter with another incident.
    Merge,
    /// It turns out not to be.
    Unmerge,
    /// Another incident has to do with it.
    Link,
    /// It does not, after all.
    Unlink,
    /// It is a fault that many have.
    Known,
    /// It is the same as a known fault.
    SameAs,
    /// Whatever the passing of time has brought.
    Tick,
}

impl Step {
    /// What kind of step it is.
    pub fn kind(&self) -> StepKind {
        match self {
            Self::Accept { .. } => StepKind::Accept,
            Self::Decline { .. } => StepKind::Decline,
            Self::Order { .. } => StepKind::Order,
            Self::Pay { .. } => StepKind::Pay,
            Self::Cover { .. } => StepKind::Cover,
            Self::Waive { .. } => StepKind::Waive,
            Self::Refund { .. } => StepKind::Refund,
            Self::Assign(_) => StepKind::Assign,
            Self::Respond(_) => StepKind::Respond,
            Self::Wait { .. } => StepKind::Wait,
            Self::Resume(_) => StepKind::Resume,
            Self::Contact(_) => StepKind::Contact,
            Self::CallEnded(_) => StepKind::CallEnded,
            Self::Note { kind, .. } => StepKind::Note(*kind),
            Self::Emergency { .. } => StepKind::Emergency,
            Self::Severity { .. } => StepKind::Severity,
            Self::Estimate(_) => StepKind::Estimate,
            Self::Schedule(_) => StepKind::Schedule,
            Self::CancelAppointment => StepKind::CancelAppointment,
            Self::Patched => StepKind::Patched,
            Self::Escalate(_) => StepKind::Escalate,
            Self::GroundEscalation { .. } => StepKind::GroundEscalation,
            Self::AnswerEscalation { .. } => StepKind::AnswerEscalation,
            Self::WithdrawEscalation { .. } => StepKind::WithdrawEscalation,
            Self::Resolve(_) => StepKind::Resolve,
            Self::Close { .. } => StepKind::Close,
            Self::Reopen { .. } => StepKind::Reopen,
            Self::Message(..) => StepKind::Message,
            Self::Mail(_) => StepKind::Mail,
            Self::Given => StepKind::Given,
            Self::Known(_) => StepKind::Known,
            Self::Tick => StepKind::Tick,
        }
    }
}

/// Whether a step of this kind is possible on `incident` as it stands.
///
/// # Errors
/// The [`Refusal`] that [`decide`](super::decide) gives for every step of the kind.
pub fn possible(
    kind: StepKind,
    incident: &Incident,
    situation: Situation<'_>,
) -> Result<(), Refusal> {
    let policy = situation.policy;
    match kind {
        StepKind::Accept => cover::acceptable(incident),
        StepKind::Decline => money::declinable(incident),
        StepKind::Order => money::orderable(incident).map(drop),
        StepKind::Pay => money::owing(incident, "pay").map(drop),
        StepKind::Cover => cover::payable(incident, situation).map(drop),
        StepKind::Waive => money::owing(incident, "waive it").map(drop),
        StepKind::Refund => money::refundable(incident, policy).map(drop),
        StepKind::Assign => still_there(incident, "assign it"),
        StepKind::Given => still_there(incident, "give out its number"),
        StepKind::Emergency => emergency::askable(incident, policy),
        StepKind::Severity => {
            still_there(incident, "change its severity")?;
            if policy.severities.is_empty() {
                let name = &policy.name;
                return Err(Refusal::rule(format!("policy {name} knows no severities")));
            }
            Ok(())
        }
        StepKind::Respond => {
            answerable(incident)?;
            unowing(incident, situation, "respond")
        }
        StepKind::Wait => {
            workable(incident, "wait for the customer")?;
            unowing(incident, situation, "ask the customer")
        }
        StepKind::Resume => waiting(incident),
        StepKind::Estimate => workable(incident, "promise an estimate"),
        StepKind::Schedule => appointment::schedulable(incident),
        StepKind::CancelAppointment => appointment::scheduled(incident),
        StepKind::Resolve => {
            workable(incident, "resolve it")?;
            unowing(incident, situation, "resolve it")
        }
        StepKind::Contact if incident.state == State::Merged => workable(incident, "log a contact"),
        StepKind::Note(NoteKind::Work | NoteKind::Answer)
            if incident.state == State::AwaitingPayment =>
        {
            workable(incident, "note work on it")
        }
        StepKind::Note(NoteKind::Work | NoteKind::Answer) => {
            unowing(incident, situation, "note work on it")
        }
        StepKind::Patched => patch_awaited(incident),
        StepKind::Escalate => escalate::next_level(incident, situation).map(drop),
        StepKind::Close if incident.state.is_open() => Ok(()),
        StepKind::Close => workable(incident, "close it"),
        StepKind::Reopen => resolve::reopenable(incident),
        StepKind::Split => fork::ongoing(incident, "split it"),
        StepKind::Merge => fork::mergeable(incident),
        StepKind::Unmerge => fork::merged(incident).map(drop),
        StepKind::Unlink => fork::linked(incident),
        StepKind::Edit => still_there(incident, "change it"),
        StepKind::Known => still_there(incident, "mark it as a known fault"),
        StepKind::SameAs => still_there(incident, "count it to a known fault"),
        StepKind::GroundEscalation | StepKind::AnswerEscalation | StepKind::WithdrawEscalation => {
            escalate::escalated(incident, situation)
        }
        StepKind::Contact
        | StepKind::CallEnded
        | StepKind::Note(_)
        | StepKind::Link
        | StepKind::Message
        | StepKind::Mail
        | StepKind::Tick => Ok(()),
    }
}

/// Refuses whatever needs an incident that may be worked on; `doing` completes "before you …".
pub(super) fn workable(incident: &Incident, doing: &str) -> Result<(), Refusal> {
    let number = incident.tech_ref;
    let because = match incident.state {
        State::Open | State::Waiting => return Ok(()),
        State::AwaitingAcceptance => {
            format!("{number} is not accepted yet: accept it as within remit before you {doing}")
        }
        State::AwaitingPayment => {
            format!(
                "{number} awaits payment, which comes before any work: confirm or waive it before you {doing}"
            )
        }
        State::Resolved | State::ClosedUnresolved => {
            format!(
                "{number} is {}: reopen it before you {doing}",
                incident.state.word()
            )
        }
        State::Merged => {
            let into = incident.forks.leads_to();
            let into = into.map_or_else(|| "another".to_owned(), |into| into.to_string());
            format!("{number} was merged into {into}: go on with that number")
        }
        State::Declined | State::Void => {
            format!(
                "{number} is {}: log a new incident instead",
                incident.state.word()
            )
        }
    };
    Err(Refusal::rule(because))
}

/// Refuses further work while time past the prepaid hours is owed (P5-05): for this incident, or, where the customer's
/// hours pay for this one too, for another of theirs. `doing` completes "before you …".
fn unowing(incident: &Incident, situation: Situation<'_>, doing: &str) -> Result<(), Refusal> {
    if !incident.state.is_workable() {
        return Ok(());
    }
    let own = incident.owed().map(|owed| (incident.tech_ref, owed));
    let mut others = situation.owing.iter().copied();
    let charged = incident.charges_time(situation.policy);
    match own.or_else(|| others.next().filter(|_| charged)) {
        None => Ok(()),
        Some((number, owed)) => Err(Refusal::rule(format!(
            "{owed} is owed for call time on {number}, past what was paid for: confirm or waive it before you {doing}"
        ))),
    }
}

/// Refuses what makes no sense on an incident that has come to nothing.
fn still_there(incident: &Incident, doing: &str) -> Result<(), Refusal> {
    match incident.state {
        State::ClosedUnresolved | State::Declined | State::Merged | State::Void => {
            workable(incident, doing)
        }
        _ => Ok(()),
    }
}

/// A response needs an incident that may be worked on, or a resolution after which we stay a resource (P2-10).
pub(super) fn answerable(incident: &Incident) -> Result<(), Refusal> {
    let resolution = incident.resolution.as_ref();
    let after = resolution.is_some_and(|resolution| resolution.contacts_after);
    if incident.state == State::Resolved && after {
        return Ok(());
    }
    workable(incident, "respond")
}

fn waiting(incident: &Incident) -> Result<(), Refusal> {
    workable(incident, "resume")?;
    if incident.state == State::Waiting {
        return Ok(());
    }
    let number = incident.tech_ref;
    Err(Refusal::rule(format!(
        "{number} does not wait for the customer: there is nothing to resume"
    )))
}

fn patch_awaited(incident: &Incident) -> Result<(), Refusal> {
    let number = incident.tech_ref;
    match incident.running(ClockKind::Patch) {
        Some(_) => Ok(()),
        None => Err(Refusal::rule(format!("no patch is awaited for {number}"))),
    }
}
