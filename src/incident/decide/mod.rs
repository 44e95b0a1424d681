//! The rules: a command, the state, the policy and the instant in, events or a refusal out. A rule lives here and
//! nowhere else; keys in the console are disabled, and commands exit 1, by the same words.

mod appointment;
mod call;
mod channel;
mod clocks;
mod closure;
mod contact;
mod cover;
mod edit;
mod emergency;
mod escalate;
mod fork;
mod log;
mod mail;
mod message;
mod money;
mod people;
mod phone;
mod possible;
mod purchase;
mod resolve;
mod respond;
mod text;
mod time;
mod undo;
mod ways;
mod work;

use chrono::{DateTime, Utc};

use super::clock::ClockKind;
use super::command::Step;
use super::event::{Event, Recorded};
use super::people::{Customer, Entitlement};
use super::pin::PinCheck;
use super::refusal::{Refusal, in_utc};
use super::state::{Incident, State};
use crate::incident::TechRef;
use crate::policy::{Deadlines, Money, Policy};

pub use closure::{decide_closure, removable};
pub use cover::{Asked, CoverChoice, choose as choose_cover, used_up};
pub use edit::decide_edit;
pub use emergency::share_of;
pub use fork::{
    Party, decide_link, decide_merge, decide_same_as, decide_split, decide_together, decide_unlink,
    decide_unmerge,
};
pub use log::decide_log;
pub use money::{charge_today, owed_today};
pub use people::{approver, decide_leave, decide_person, decide_reach};
pub use phone::dialable;
pub use possible::{StepKind, possible};
pub use purchase::{
    Ended, Granted, decide_ending, decide_entitlement, price_of_the_day, read_paid,
};
pub use respond::wants_estimate;
pub use text::{MOST_TEXT, checked as checked_text};
pub use time::asks_outside;
pub use undo::{CallKept, Past, call_kept, decide_undo, merge_to_undo, step_to_undo};
pub use ways::{MoneyWay, Rung, money_ways, rungs};

use possible::workable;

/// All that a rule may look at besides the incident itself.
#[derive(Clone, Copy)]
pub struct Situation<'a> {
    /// The policy in the version that rules.
    pub policy: &'a Policy,
    /// That version's number.
    pub policy_version: u32,
    /// The policy's calendars and targets.
    pub deadlines: &'a Deadlines,
    /// The policy in its newest version, which says what things cost today (P1-09).
    pub newest: &'a Policy,
    /// The customer.
    pub customer: &'a Customer,
    /// What the customer bought or was granted, with what is left.
    pub entitlements: &'a [Entitlement],
    /// What the customer owes for call time on other incidents, where the policy charges time.
    pub owing: &'a [(TechRef, Money)],
    /// What the caller's PIN was worth, which only the desk can say.
    pub pin: PinCheck,
    /// Who works here.
    pub agents: &'a [String],
    /// When it happened.
    pub at: DateTime<Utc>,
    /// When it is recorded; never before `at`.
    pub now: DateTime<Utc>,
    /// Who records it.
    pub agent: &'a str,
    /// Nobody is written to: what is recorded is history from elsewhere.
    pub quiet: bool,
}

impl Situation<'_> {
    /// Why an instant that is so early is refused: what was typed is to be typed again, a clock that is wrong to be put
    /// right.
    fn too_early(&self, what: &str) -> Refusal {
        if self.at < self.now {
            return Refusal::input(format!("that is {what}: give a later instant"));
        }
        let now = in_utc(self.now);
        Refusal::rule(format!(
            "this machine's clock stands at {now}, {what}: put its date right, then try again"
        ))
    }
}

/// An event with the instant at which it happened.
pub type Dated = (DateTime<Utc>, Event);

/// What was decided about one incident.
#[derive(Debug, Clone, PartialEq)]
pub struct Decided {
    /// The incident as the events make it.
    pub incident: Incident,
    /// What is to be recorded on its timeline; nothing where there is nothing to change.
    pub events: Vec<Dated>,
}

impl Decided {
    /// What is decided next about the same incident.
    pub fn then(&mut self, next: Self) {
        self.incident = next.incident;
        self.events.extend(next.events);
    }
}

/// A decision in the making: the incident as the events so far make it, and those events.
struct Draft<'a> {
    incident: Incident,
    events: Vec<Dated>,
    situation: Situation<'a>,
}

impl<'a> Draft<'a> {
    /// A decision about `incident`, which has changed nothing yet but that a silence that ran out is written down.
    fn about(incident: &Incident, situation: Situation<'a>, heard: bool) -> Result<Self, Refusal> {
        if situation.at < incident.opened_at {
            let opened = in_utc(incident.opened_at);
            let number = incident.tech_ref;
            return Err(situation.too_early(&format!("before {number} was received, {opened}")));
        }
        let mut draft = Self {
            incident: incident.clone(),
            events: Vec::new(),
            situation,
        };
        settle_silence(&mut draft, heard);
        Ok(draft)
    }

    /// The decision, once everything is in it.
    fn decided(self) -> Decided {
        Decided {
            incident: self.incident,
            events: self.events,
        }
    }

    fn push(&mut self, event: Event) {
        self.push_at(self.situation.at, event);
    }

    fn push_at(&mut self, at: DateTime<Utc>, event: Event) {
        let entry = Recorded {
            at,
            recorded_at: self.situation.now,
            agent: self.situation.agent.to_owned(),
            event,
        };
        self.incident.apply(&entry);
        self.events.push((at, entry.event));
    }
}

/// Decides a step of `incident`.
///
/// # Errors
/// A [`Refusal`] with the rule, in words that can be said to a caller; then nothing is to be changed.
pub fn decide(
    step: &Step,
    incident: &Incident,
    situation: Situation<'_>,
) -> Result<Decided, Refusal> {
    let heard = matches!(step, Step::Contact(contact) if contact.way == super::event::Way::In);
    let mut draft = Draft::about(incident, situation, heard)?;
    possible(step.kind(), &draft.incident, situation)?;
    match step {
        Step::Accept { entitlement } => cover::accept(&mut draft, *entitlement),
        Step::Decline { reason } => money::decline(&mut draft, reason),
        Step::Order { reference } => money::order(&mut draft, reference.as_deref()),
        Step::Pay {
            method,
            reference,
            amount,
        } => money::pay(&mut draft, method, reference, amount.as_deref()),
        Step::Cover { entitlement } => cover::pay(&mut draft, *entitlement),
        Step::Waive { reason } => money::waive(&mut draft, reason),
        Step::Refund { reason } => money::refund(&mut draft, reason),
        Step::Assign(agent) => work::assign(&mut draft, agent.as_deref()),
        Step::Respond(respond) => respond::respond(&mut draft, respond),
        Step::Wait { text } => respond::wait(&mut draft, text),
        Step::Resume(reason) => respond::resume(&mut draft, reason.as_deref()),
        Step::Contact(contact) => contact::contact(&mut draft, contact),
        Step::CallEnded(end) => call::ended(&mut draft, end),
        Step::Note { kind, text } => work::note(&mut draft, *kind, text),
        Step::Emergency { by, call } => emergency::ask(&mut draft, *by, call),
        Step::Severity {
            severity,
            agreed_with,
        } => work::severity(&mut draft, severity, agreed_with),
        Step::Estimate(by) => respond::estimate(&mut draft, *by),
        Step::Schedule(instant) => appointment::schedule(&mut draft, *instant),
        Step::CancelAppointment => {
            appointment::cancel(&mut draft);
            Ok(())
        }
        Step::Patched => {
            resolve::patched(&mut draft);
            Ok(())
        }
        Step::Escalate(wanted) => escalate::escalate(&mut draft, wanted),
        Step::GroundEscalation { level, ground } => escalate::ground(&mut draft, *level, ground),
        Step::AnswerEscalation { level, answer } => escalate::answer(&mut draft, *level, answer),
        Step::WithdrawEscalation { level, reason } => {
            escalate::withdraw(&mut draft, *level, reason)
        }
        Step::Resolve(resolution) => resolve::resolve(&mut draft, resolution),
        Step::Close { reason, detail } => resolve::close(&mut draft, *reason, detail),
        Step::Reopen {
            by_customer,
            recurring,
            reason,
        } => resolve::reopen(&mut draft, *by_customer, *recurring, reason.as_deref()),
        Step::Message(n, step) => message::treat(&mut draft, *n, step),
        Step::Mail(mail) => mail::taken(&mut draft, mail),
        Step::Given => {
            work::given(&mut draft);
            Ok(())
        }
        Step::Known(known) => fork::know(&mut draft, *known),
        Step::Tick => Ok(()),
    }?;
    Ok(draft.decided())
}

/// The incident as everybody sees it at `now`: resolved by silence from the instant at which the silence ran out,
/// whether or not somebody has written that down yet (P2-11).
pub fn as_of(incident: &Incident, policy: &Policy, now: DateTime<Utc>) -> Incident {
    let mut seen = incident.clone();
    if let Some(events) = silence_events(incident, policy, now) {
        for (at, event) in events {
            seen.apply(&Recorded {
                at,
                recorded_at: now,
                agent: String::new(),
                event,
            });
        }
        seen.revision = incident.revision;
    }
    seen
}

/// Writes down a silence that has run out, unless the customer was heard before that instant.
fn settle_silence(draft: &mut Draft<'_>, heard: bool) {
    let now = if heard {
        draft.situation.at
    } else {
        draft.situation.now
    };
    if let Some(events) = silence_events(&draft.incident, draft.situation.policy, now) {
        events
            .into_iter()
            .for_each(|(at, event)| draft.push_at(at, event));
    }
}

fn silence_events(incident: &Incident, policy: &Policy, now: DateTime<Utc>) -> Option<Vec<Dated>> {
    let silence = policy.silence.as_ref()?;
    let at = incident.silence_ends().filter(|at| *at <= now)?;
    Some(resolve::by_silence(incident, &silence.outcome, at))
}

impl Incident {
    /// When the customer's silence resolves the incident, if it goes on until then.
    pub fn silence_ends(&self) -> Option<DateTime<Utc>> {
        (self.state == State::Waiting)
            .then(|| self.running(ClockKind::Silence))
            .flatten()
            .map(|clock| clock.due_at)
    }
}

/// Refuses a change of state that is dated before the newest one: what followed it would no longer fit.
fn in_order(draft: &Draft<'_>) -> Result<(), Refusal> {
    let incident = &draft.incident;
    later_than(draft, incident.state_since, incident.state.word())
}

/// Refuses an instant before `since`, from which on the incident is as `word` says.
fn later_than(draft: &Draft<'_>, since: DateTime<Utc>, word: &str) -> Result<(), Refusal> {
    if draft.situation.at >= since {
        return Ok(());
    }
    let (number, since) = (draft.incident.tech_ref, in_utc(since));
    Err(Refusal::input(format!(
        "{number} is {word} since {since}: give a later instant"
    )))
}
