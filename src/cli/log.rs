//! `holdline log`.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;

use super::emergency::{self, Gate};
use super::{Failure, Session};
use crate::calendar::Status;
use crate::incident::{
    ClockKind, Command, Contact, Customer, EntitlementId, Estimate, Incident, Log as NewIncident,
    State, TechRef, day_and_time,
};
use crate::policy::{Channel, Policy};
use crate::store::{Access, Desk, Done};

/// Logs a contact as a new incident.
///
/// Prints its Tech Reference number alone, for the caller and for scripts; what the caller is to be told besides goes
/// to standard error.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline log --customer \"Blue Fern\" --summary \"Invoices print twice\" --severity high --minutes 6
  holdline log --customer C-0001 --summary \"How do I export?\" --answered --no-estimate \"solved on the call\"
  holdline log --customer C-0001 --same-as 10001-4
  holdline log --customer C-0001 --summary \"No dial tone\" --route matter=fault --changed \"new router\"
  holdline log --customer C-0001 --summary \"All lines are down\" --detail \"Since nine\" \\
    --emergency --calls-tried 40 --calls-failed 25 --pin-stdin < pin.txt")]
pub struct Log {
    /// Whose it is: a name or code.
    #[arg(long, value_name = "NAME-or-CODE")]
    customer: String,
    /// The issue in one line; that of the known fault without it, where it is the same as one.
    #[arg(long, value_name = "TEXT", required_unless_present = "same_as")]
    summary: Option<String>,
    /// It is the same as this known fault: what is not given is as it is there.
    #[arg(long, value_name = "REF")]
    same_as: Option<String>,
    /// The issue in full.
    #[arg(long, value_name = "TEXT")]
    detail: Option<String>,
    /// The policy; the customer's, else the desk's first, without it.
    #[arg(long, value_name = "NAME")]
    policy: Option<String>,
    /// The severity that the customer asks for.
    #[arg(long, value_name = "NAME")]
    severity: Option<String>,
    /// How it reached us.
    #[arg(long, value_enum, default_value = "phone")]
    channel: Channel,
    /// How long the call was: it began that many minutes ago, unless --at says when.
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u32).range(0..=10_080))]
    minutes: u32,
    /// It was answered on this call, which is the response.
    #[arg(long)]
    answered: bool,
    /// With --answered: when it will be resolved.
    #[arg(
        long,
        value_name = "INSTANT",
        requires = "answered",
        conflicts_with = "no_estimate",
        allow_hyphen_values = true
    )]
    estimate: Option<String>,
    /// With --answered: why that cannot be said.
    #[arg(long, value_name = "REASON", requires = "answered")]
    no_estimate: Option<String>,
    /// Who spoke for the customer.
    #[arg(long, value_name = "NAME")]
    contact: Option<String>,
    /// The office whose hours count; the customer's without it.
    #[arg(long, value_name = "NAME")]
    office: Option<String>,
    /// The answer to one of the policy's routing questions; may be given several times.
    #[arg(long = "route", value_name = "Q=A", num_args = 1.., value_parser = answer)]
    routing: Vec<(String, String)>,
    /// The product.
    #[arg(long, value_name = "NAME")]
    product: Option<String>,
    /// What changed before it began.
    #[arg(long, value_name = "TEXT")]
    changed: Option<String>,
    /// The entitlement to take, where the first that fits is not wanted; `customer show` lists them.
    #[arg(long, value_name = "ID")]
    entitlement: Option<i64>,
    /// Emergency service is asked for; where it cannot be given, this is logged as an ordinary incident.
    #[arg(long)]
    emergency: bool,
    #[command(flatten)]
    gate: Gate,
    /// Its number in another system.
    #[arg(long, value_name = "TEXT")]
    external_id: Option<String>,
}

fn answer(text: &str) -> Result<(String, String), String> {
    text.split_once('=')
        .map(|(question, answer)| (question.trim().to_owned(), answer.trim().to_owned()))
        .ok_or_else(|| format!("\"{text}\" is no answer: write QUESTION=ANSWER"))
}

impl Log {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let mut desk = session.open(Access::Write)?;
        session.known_agent(&desk)?;
        let customer = desk.customer_named(&self.customer)?;
        let mut context = session.context()?;
        let minutes = TimeDelta::minutes(i64::from(self.minutes));
        context.at = context.at.or_else(|| Some(session.now() - minutes));
        let command = Command::Log(Box::new(self.contact(session, &customer)?));
        let Done::Logged(number) = desk.execute(&command, &context)? else {
            return Err(super::session::other_answer());
        };
        session.answer(&json!({"tech_ref": number}), number)?;
        tell(&desk, number, session)
    }

    /// What was typed, as the contact that is to be logged.
    fn contact(self, session: &Session, customer: &Customer) -> Result<NewIncident, Failure> {
        let by = self
            .estimate
            .map(|by| session.instant(&by, true))
            .transpose()?;
        let estimate = by.map(Estimate::By).or(self.no_estimate.map(Estimate::No));
        if !self.emergency && !self.gate.is_empty() {
            return Err(Failure::Input(
                "--calls-tried, --calls-failed and --pin-stdin are about an emergency: add --emergency, or leave them out"
                    .to_owned(),
            ));
        }
        let emergency = self.emergency.then(|| self.gate.read()).transpose()?;
        let mut routing = BTreeMap::new();
        for (question, answer) in self.routing {
            if let Some(before) = routing.insert(question.clone(), answer) {
                return Err(Failure::Input(format!(
                    "--route {question} is answered twice, also with {before}: give one answer"
                )));
            }
        }
        Ok(NewIncident {
            contact: self.contact.map(|name| person(session, customer, &name)),
            policy: self.policy,
            office: self.office,
            detail: self.detail,
            product: self.product,
            severity: self.severity,
            channel: self.channel,
            call_seconds: i64::from(self.minutes) * 60,
            answered: self.answered,
            estimate,
            routing,
            what_changed: self.changed,
            entitlement: self.entitlement.map(EntitlementId),
            emergency,
            external_id: self.external_id,
            same_as: self
                .same_as
                .map(|fault| session.number(&fault))
                .transpose()?,
            ..NewIncident::new(customer.id, self.summary.unwrap_or_default())
        })
    }
}

/// The contact of that name; somebody who is not known yet is logged by the name alone, so that no call is lost.
fn person(session: &Session, customer: &Customer, name: &str) -> Contact {
    let name = name.trim();
    let known = customer
        .contacts
        .iter()
        .find(|known| known.name.to_lowercase() == name.to_lowercase());
    known.cloned().unwrap_or_else(|| {
        let customer = &customer.name;
        session.note(format_args!(
            "{name} is no contact of {customer} yet: add the number to call back with `holdline contact add`"
        ));
        Contact {
            name: name.to_owned(),
            ..Contact::default()
        }
    })
}

/// Says what the caller of a new incident is to be told besides its number.
pub(super) fn tell(desk: &Desk, number: TechRef, session: &Session) -> Result<(), Failure> {
    let (incident, _) = desk.incident(number, session.now())?;
    for note in to_tell(desk, &incident, session)? {
        session.note(note);
    }
    Ok(())
}

/// What the agent tells the caller of a new incident.
fn to_tell(desk: &Desk, incident: &Incident, session: &Session) -> Result<Vec<String>, Failure> {
    let ruling = desk.ruling_of(&incident.policy, incident.policy_version)?;
    let office = incident.office.as_deref();
    let calendar = ruling.deadlines.calendar(office).ok().flatten();
    let zone = session.zone_of(&ruling, office);
    let said = |at: DateTime<Utc>| day_and_time(at, session.now(), zone);
    let mut notes = Vec::new();
    match calendar.map(|calendar| calendar.status(incident.opened_at)) {
        None => notes.push("no hours are stated: promise none".to_owned()),
        Some(Status::Closed { opens, why }) => {
            let why = why.map(|why| format!(" ({why})")).unwrap_or_default();
            let opens = opens.map_or_else(
                || "does not open".to_owned(),
                |at| format!("opens {}", said(at)),
            );
            notes.push(format!("outside the hours{why}: {opens}"));
        }
        Some(Status::Open { .. }) => {}
    }
    notes.extend(emergency::told(&ruling.policy, incident));
    notes.extend(outside_channels(&ruling.policy, incident.channel));
    match (incident.state, incident.charge) {
        (State::AwaitingAcceptance, _) => {
            notes.push("to be accepted as within remit before any work".to_owned());
        }
        (State::AwaitingPayment, Some(charge)) => notes.push(format!(
            "awaiting payment of {}: no work before it is confirmed or waived",
            charge.price
        )),
        _ => {}
    }
    if incident.uncovered {
        notes.push("nothing covers it: it is worked on, and marked".to_owned());
    }
    if let Some(clock) = incident.running(ClockKind::Response) {
        notes.push(format!("response due {}", said(clock.due_at)));
    } else if ruling.policy.response.is_none() {
        notes.push("no response target is stated: promise none".to_owned());
    }
    Ok(notes)
}

fn outside_channels(policy: &Policy, channel: Channel) -> Option<String> {
    let named: Vec<String> = policy.channels.iter().map(|known| word(*known)).collect();
    (!policy.channels.contains(&channel)).then(|| {
        format!(
            "outside the agreement by its channel: policy {} covers {}",
            policy.name,
            named.join(", ")
        )
    })
}

/// The word by which a channel is chosen.
pub(super) fn word(channel: Channel) -> String {
    let value = clap::ValueEnum::to_possible_value(&channel);
    value.map_or_else(String::new, |value| value.get_name().to_owned())
}
