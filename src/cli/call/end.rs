//! `holdline call end`.

use chrono::{DateTime, Utc};
use serde_json::json;

use super::log::Part;
use super::said::Said;
use super::which;
use crate::cli::step::Standing;
use crate::cli::{Failure, Session};
use crate::incident::{
    CallEnd, Command, CustomerId, LooseCall, LooseReason, NewContact, NoteKind, Step, TechRef,
    Timer, Way, is_off_call,
};
use crate::policy::Channel;
use crate::store::{Batch, Context, Desk, Holder, Live, LiveCall, StoreError};

/// Hangs a call up.
///
/// Where the call is open in a console, that asks what is still missing, unless it is said here. Else the call is
/// recorded: on the incidents that it is about, on those of --on, or as one that led to none. An incident that was logged
/// since the call began for its customer gets the call's length, and needs no --on where it is the only one; an older one is
/// continued by it. A customer who was added meanwhile is whose call it was.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline call end
  holdline call end 7 --on 10001-4 --answered --no-estimate \"all is said\" --note \"Explained the cable\"
  holdline call end 7 --on 10001-4=5 --on 10002-3=10
  holdline call end 7 --no-incident wrong-number")]
pub struct End {
    /// The call's number; the agent's only call without it.
    #[arg(value_name = "ID")]
    id: Option<i64>,
    /// An incident that it was about; with several, each with its share as REF=MINUTES.
    #[arg(long, value_name = "REF")]
    on: Vec<Part>,
    /// It led to no incident.
    #[arg(long, value_enum, value_name = "REASON", conflicts_with = "on")]
    no_incident: Option<LooseReason>,
    /// Of a call with which we rang the customer up: nobody answered, or a mailbox did.
    #[arg(long, conflicts_with_all = ["no_incident", "answered"])]
    attempt: bool,
    #[command(flatten)]
    said: Said,
}

/// A call that is over.
pub(in crate::cli) struct Over {
    found: LiveCall,
    timer: Timer,
    ended: DateTime<Utc>,
    /// Incidents that were logged or gone on with on it.
    known: Vec<TechRef>,
    /// Incidents that were logged or gone on with meanwhile for another customer than the call's.
    others: Vec<TechRef>,
    /// Whose it was, as far as that is known.
    customer: Option<CustomerId>,
}

impl Over {
    /// The call, with what was recorded while it ran; what it went on with and was taken back is no part of it.
    ///
    /// # Errors
    /// When it has no length, or the desk cannot be read.
    pub(in crate::cli) fn of(
        session: &Session,
        desk: &Desk,
        mut found: LiveCall,
        ended: DateTime<Utc>,
    ) -> Result<Self, Failure> {
        let Some(timer) = found.call.timer else {
            return Err(which::gone(found.id));
        };
        let mut gone = Vec::new();
        for part in &found.call.parts {
            let (incident, _) = desk.incident(part.number, session.now())?;
            let timeline = desk.timeline(part.number)?;
            let off = is_off_call(&incident, &timeline, timer.began_at);
            gone.extend(off.then_some(part.number));
        }
        let seconds = timer.seconds(ended);
        found.call.let_go(|number| gone.contains(&number), seconds);
        let call = &found.call;
        let mut known: Vec<TechRef> = call.parts.iter().map(|part| part.number).collect();
        let mut others = Vec::new();
        let mut customer = call.customer;
        if !matches!(found.holder, Holder::Console(..)) {
            let agent = session.context()?.recorded_agent();
            let meanwhile = desk.recorded_since(&agent, timer.began_at)?;
            customer = customer.or(match meanwhile.customers.as_slice() {
                [one] => Some(*one),
                _ => None,
            });
            let found = meanwhile.incidents.into_iter();
            for number in found.filter(|_| call.parts.is_empty()) {
                let (_, of) = desk.incident(number, session.now())?;
                match customer.is_none_or(|customer| customer == of.id) {
                    true => known.push(number),
                    false => others.push(number),
                }
            }
        }
        Ok(Self {
            found,
            timer,
            ended,
            known,
            others,
            customer,
        })
    }

    /// Incidents that were logged or gone on with on it, the current one last.
    pub(in crate::cli) fn known(&self) -> &[TechRef] {
        &self.known
    }

    /// Why it cannot be recorded without more, where it is about no incident.
    fn without_incident(&self) -> Failure {
        let id = self.found.id;
        let others: Vec<String> = self.others.iter().map(TechRef::to_string).collect();
        let yet = match others.is_empty() {
            true => String::new(),
            false => format!(
                " ({}, recorded meanwhile, is another customer's)",
                others.join(", ")
            ),
        };
        Failure::Rule(format!(
            "call {id} is about no incident yet{yet}: give --on REF, or --no-incident REASON"
        ))
    }

    /// Its seconds without hold.
    pub(in crate::cli) fn seconds(&self) -> i64 {
        self.timer.seconds(self.ended)
    }

    /// What each incident that it turned to has of its seconds.
    pub(in crate::cli) fn shares(&self) -> Vec<(TechRef, i64)> {
        let parts = &self.found.call.parts;
        let last = parts.last().map(|part| part.number);
        let share = parts.iter().map(|part| {
            let is_current = Some(part.number) == last;
            (part.number, part.share(self.seconds(), is_current))
        });
        share.collect()
    }

    /// Records it on these incidents, the current one last, each with its share and what was said about it.
    ///
    /// # Errors
    /// When the desk or a rule refuses: then nothing is recorded.
    pub(in crate::cli) fn record(
        &self,
        session: &Session,
        shares: &[(TechRef, i64)],
        said: impl Fn(TechRef) -> NewContact,
    ) -> Result<Vec<Standing>, Failure> {
        let context = session.context()?;
        let current = shares.last().map(|(number, _)| *number);
        session.batch(|batch| {
            let mut standings = Vec::new();
            for (number, seconds) in shares {
                let said = said(*number);
                let (way, is_current) = (said.way, Some(*number) == current);
                let end = CallEnd {
                    began_at: self.timer.began_at,
                    seconds: *seconds,
                    held: if is_current {
                        self.timer.held(self.ended)
                    } else {
                        0
                    },
                    outside: said.outside,
                    answered: said.answered,
                    estimate: said.estimate,
                    text: said.text,
                    with: said.with,
                    manual_page: said.manual_page,
                };
                let known = self.known.contains(number) || self.others.contains(number);
                let (step, at) = step(batch, *number, end, way, known, self, session)?;
                let context = Context {
                    at: Some(at),
                    ..context.clone()
                };
                batch.execute(&Command::Step(*number, step), &context)?;
                let notes = self.found.call.notes.iter().filter(|_| is_current);
                let notes = notes.map(|text| (NoteKind::Internal, text.clone()));
                let conduct = said.conduct.map(|text| (NoteKind::Conduct, text));
                for (kind, text) in notes.chain(conduct) {
                    let note = Command::Step(*number, Step::Note { kind, text });
                    batch.execute(&note, &context)?;
                }
                standings.push(Standing::read(batch, *number, session)?);
            }
            Ok(standings)
        })
    }
}

impl End {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let (desk, mut live) = which::open(session)?;
        let found = which::pick(&live, session, self.id, |_| true, "runs")?;
        let ended = match found.ended() {
            Some(ended) => ended,
            None => which::instant(session, &found)?,
        };
        let in_console = matches!(found.holder, Holder::Console(..));
        if in_console && !self.says_anything() {
            return hung_up(session, &mut live, &found, ended);
        }
        let over = Over::of(session, &desk, found, ended)?;
        let id = over.found.id;
        let standings = self.record(session, &over)?;
        live.end(id)?;
        let lines: Vec<String> = standings.iter().map(Standing::to_string).collect();
        let words = match lines.as_slice() {
            [] => format!("call {id} is on record: it led to no incident"),
            lines => lines.join("\n"),
        };
        session.answer(&json!({ "call": id, "incidents": standings }), words)
    }

    fn says_anything(&self) -> bool {
        let given = self.attempt || self.no_incident.is_some();
        given || !self.said.is_empty() || !self.on.is_empty()
    }

    /// Records the call on the desk.
    fn record(self, session: &Session, over: &Over) -> Result<Vec<Standing>, Failure> {
        let context = session.context()?;
        let seconds = over.seconds();
        let mut shares = over.shares();
        let given = !self.on.is_empty() || self.no_incident.is_some();
        match over.known.as_slice() {
            _ if given || !shares.is_empty() => {}
            [] => {}
            [one] => shares.push((*one, seconds)),
            several => {
                let shares: Vec<String> = several
                    .iter()
                    .map(|number| format!("--on {number}=MINUTES"))
                    .collect();
                return Err(Failure::Input(format!(
                    "several incidents were logged since the call began: give each its share, as {}",
                    shares.join(" ")
                )));
            }
        }
        for part in &self.on {
            let number = session.number(&part.number)?;
            let share = match part.minutes {
                Some(minutes) => i64::from(minutes) * 60,
                None if self.on.len() == 1 && shares.is_empty() => seconds,
                None if shares.iter().any(|(known, _)| *known == number) => continue,
                None => {
                    return Err(Failure::Input(format!(
                        "the call is about several incidents: give each its share, as {number}=MINUTES"
                    )));
                }
            };
            shares.retain(|(known, _)| *known != number);
            shares.push((number, share));
        }
        if shares.is_empty() {
            let Some(reason) = self.no_incident else {
                return Err(over.without_incident());
            };
            let said = self.said.read(session)?.text;
            session.batch(|batch| loose(batch, over, reason, said.as_ref(), &context))?;
            return Ok(Vec::new());
        }
        if self.no_incident.is_some() {
            let numbers: Vec<String> = shares
                .iter()
                .map(|(number, _)| number.to_string())
                .collect();
            return Err(Failure::Rule(format!(
                "call {} is about {}: leave out --no-incident",
                over.found.id,
                numbers.join(", ")
            )));
        }
        if self.attempt && !over.found.call.rung_up {
            return Err(Failure::Rule(format!(
                "call {} came from the customer: --attempt is for one with which we rang them up",
                over.found.id
            )));
        }
        let way = match (over.found.call.rung_up, self.attempt) {
            (false, _) => Way::In,
            (true, false) => Way::Out,
            (true, true) => Way::Attempt,
        };
        let said = NewContact {
            way,
            ..self.said.read(session)?
        };
        let current = shares.last().map(|(number, _)| *number);
        over.record(session, &shares, |number| NewContact {
            text: said.text.clone().filter(|_| Some(number) == current),
            conduct: said.conduct.clone().filter(|_| Some(number) == current),
            ..said.clone()
        })
    }
}

/// Records a call that led to no incident.
fn loose(
    batch: &mut Batch<'_>,
    over: &Over,
    reason: LooseReason,
    note: Option<&String>,
    context: &Context,
) -> Result<(), StoreError> {
    let notes = over.found.call.notes.iter().chain(note);
    let said: Vec<&str> = notes.map(String::as_str).collect();
    let command = Command::CallWithoutIncident(LooseCall {
        reason,
        seconds: over.timer.seconds(over.ended),
        held: over.timer.held(over.ended),
        customer: over.customer,
        text: (!said.is_empty()).then(|| said.join("\n")),
    });
    let context = Context {
        at: Some(over.timer.began_at),
        ..context.clone()
    };
    batch.execute(&command, &context).map(drop)
}

/// What the end of the call is for an incident, and when: the end itself where the call has led to it or gone on with it
/// already, else a contact from the call's beginning on; one with which we rang them up always is one.
fn step(
    batch: &Batch<'_>,
    number: TechRef,
    end: CallEnd,
    way: Way,
    known: bool,
    over: &Over,
    session: &Session,
) -> Result<(Step, DateTime<Utc>), StoreError> {
    let desk = batch.desk();
    let (incident, _) = desk.incident(desk.leads_to(number)?, session.now())?;
    let is_new = incident.opened_at >= over.timer.began_at;
    if is_new || known && !over.found.call.rung_up {
        return Ok((Step::CallEnded(end), over.ended));
    }
    let contact = NewContact {
        seconds: end.seconds,
        outside: end.outside,
        answered: end.answered,
        estimate: end.estimate,
        text: end.text,
        contact: over.found.call.contact.clone(),
        with: end.with,
        manual_page: end.manual_page,
        ..NewContact::new(way, Channel::Phone)
    };
    Ok((Step::Contact(contact), over.timer.began_at))
}

/// The console that has the call asks what is missing.
fn hung_up(
    session: &Session,
    live: &mut Live,
    found: &LiveCall,
    ended: DateTime<Utc>,
) -> Result<(), Failure> {
    which::change(live, found.id, |found| {
        if let Some(timer) = &mut found.call.timer {
            timer.take_back(ended);
        }
        found.call.ended_at = Some(ended);
    })?;
    let (id, agent) = (found.id, &found.agent);
    session.answer(
        &json!({ "call": id, "incidents": [] }),
        format_args!("call {id} is hung up: {agent}'s console asks what is missing"),
    )
}
