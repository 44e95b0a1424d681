//! `holdline call log`.

use std::str::FromStr;

use chrono::{DateTime, TimeDelta, Utc};

use super::said::Said;
use crate::cli::person::Person;
use crate::cli::step::{Standing, stepped};
use crate::cli::{Failure, Session};
use crate::incident::{NewContact, Refusal, Step, TechRef, Way};
use crate::policy::Channel;
use crate::store::{Access, Batch, Context, StoreError};

/// Logs a contact on one incident, or one call about several.
///
/// It began as many minutes ago as it lasted, unless --at says when. A contact from the customer ends the waiting; a
/// call that we made and that was answered is a response.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline call log 10001-4 --in --minutes 6 --answered --estimate +2d --note \"Explained the cable\"
  holdline call log 10001-4=5 10002-3=10 --out
  holdline call log 10001-4 --in --minutes 5 --with account_manager --note \"Wants a date\"
  holdline call log 10001-4 --attempt --note \"Mailbox\"")]
pub struct CallLog {
    /// Tech Reference numbers; REF=MINUTES gives each its own share of the call.
    #[arg(value_name = "REF", required = true)]
    parts: Vec<Part>,
    #[command(flatten)]
    way: WayArgs,
    /// How long it lasted.
    #[arg(long, value_name = "N", default_value_t = 0)]
    minutes: u32,
    #[command(flatten)]
    said: Said,
    /// How it reached us, or we them.
    #[arg(long, value_enum, default_value = "phone")]
    channel: Channel,
    /// Why it came by a channel that the agreement does not cover.
    #[arg(long, value_name = "TEXT")]
    channel_reason: Option<String>,
    #[command(flatten)]
    person: Person,
}

/// Which way a contact went.
#[derive(Debug, clap::Args)]
#[group(required = true, multiple = false)]
struct WayArgs {
    /// From the customer.
    #[arg(long = "in")]
    incoming: bool,
    /// To the customer, who answered.
    #[arg(long = "out")]
    outgoing: bool,
    /// To the customer; nobody answered, or a mailbox did.
    #[arg(long)]
    attempt: bool,
}

impl WayArgs {
    fn way(&self) -> Way {
        match (self.incoming, self.attempt) {
            (true, _) => Way::In,
            (_, true) => Way::Attempt,
            _ => Way::Out,
        }
    }
}

/// An incident's part in a call.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub(super) number: String,
    pub(super) minutes: Option<u32>,
}

impl FromStr for Part {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (number, minutes) = match text.split_once('=') {
            None => (text, None),
            Some((number, minutes)) => {
                let parsed = minutes
                    .parse()
                    .map_err(|_| format!("\"{minutes}\" is no number of minutes"))?;
                (number, Some(parsed))
            }
        };
        Ok(Self {
            number: number.to_owned(),
            minutes,
        })
    }
}

impl CallLog {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let parts: Vec<(TechRef, Option<u32>)> = self
            .parts
            .iter()
            .map(|part| Ok((session.number(&part.number)?, part.minutes)))
            .collect::<Result<_, Failure>>()?;
        let context = session.context()?;
        let several = parts.len() > 1;
        if several && context.if_revision.is_some() {
            return Err(Failure::Input(
                "--if-revision is about one incident: log this call on each of them alone"
                    .to_owned(),
            ));
        }
        let at = context.at.unwrap_or_else(|| self.began(session.now()));
        let typed: Vec<TechRef> = parts.iter().map(|(number, _)| *number).collect();
        let contact = self.contact(session, &typed)?;
        let standings = session.batch(|batch| {
            let (mut standings, mut seen) = (Vec::new(), Vec::new());
            for (place, (number, minutes)) in parts.into_iter().enumerate() {
                let led = batch.desk().leads_to(number)?;
                if seen.contains(&led) {
                    return Err(Refusal::input(format!(
                        "{number} is given twice: give each incident its one share of the call"
                    ))
                    .into());
                }
                seen.push(led);
                if several && minutes.is_none() && contact.seconds > 0 {
                    shareable(batch, number, session.now())?;
                }
                let seconds = minutes.map_or(contact.seconds, |minutes| i64::from(minutes) * 60);
                let step = Step::Contact(NewContact {
                    seconds,
                    ..contact.clone()
                });
                // One key stands for the whole call: the first incident has it, each further one an answer of its own.
                let once = context.once.as_ref().map(|key| {
                    if place > 0 {
                        format!("{key} {number}")
                    } else {
                        key.clone()
                    }
                });
                let context = Context {
                    at: Some(at),
                    once,
                    ..context.clone()
                };
                let number = stepped(batch, number, step, &context)?;
                standings.push(Standing::read(batch, number, session)?);
            }
            Ok(standings)
        })?;
        let lines: Vec<String> = standings.iter().map(Standing::to_string).collect();
        match standings.as_slice() {
            [one] => session.answer(one, one),
            _ => session.answer(&standings, lines.join("\n")),
        }?;
        for (number, standing) in typed.into_iter().zip(&standings) {
            standing.said_of(number, session);
        }
        Ok(())
    }

    /// When a call that ends at `now` began: shares of it follow each other.
    fn began(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        let shares = self.parts.iter().filter_map(|part| part.minutes);
        let minutes = self.minutes.max(shares.fold(0, u32::saturating_add));
        now - TimeDelta::minutes(i64::from(minutes))
    }

    /// The contact, as long as --minutes says.
    fn contact(self, session: &Session, on: &[TechRef]) -> Result<NewContact, Failure> {
        let contact = match on.first().filter(|_| self.person.is_named()) {
            Some(number) => {
                let desk = session.open(Access::Read)?;
                let (_, customer) = desk.incident(desk.leads_to(*number)?, session.now())?;
                self.person.read(session, &customer)?
            }
            None => None,
        };
        Ok(NewContact {
            way: self.way.way(),
            channel: self.channel,
            seconds: i64::from(self.minutes) * 60,
            contact,
            channel_reason: self.channel_reason,
            ..self.said.read(session)?
        })
    }
}

/// Refuses a share of a call that is not its own, where time is charged.
fn shareable(batch: &Batch<'_>, number: TechRef, now: DateTime<Utc>) -> Result<(), StoreError> {
    let desk = batch.desk();
    let (incident, _) = desk.incident(desk.leads_to(number)?, now)?;
    let ruling = desk.ruling_of(&incident.policy, incident.policy_version)?;
    if incident.charges_time(&ruling.policy) {
        return Err(Refusal::rule(format!(
            "the time of {number} is charged: give its own share of the call as {number}=MINUTES"
        ))
        .into());
    }
    Ok(())
}
