//! `holdline log`.

use chrono::TimeDelta;
use serde_json::json;

use super::emergency::Gate;
use super::outside::OutsideHours;
use super::person::Person;
use super::{Failure, Session, routing, told};
use crate::incident::{Command, Customer, EntitlementId, Estimate, Log as NewIncident};
use crate::policy::Channel;
use crate::store::{Access, Done};

/// Logs a contact as a new incident.
///
/// Prints its Tech Reference number alone, for the caller and for scripts; what the caller is to be told besides goes
/// to standard error.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline log --customer \"Blue Fern\" --summary \"Invoices print twice\" --severity high --minutes 6
  holdline log --customer C-0001 --summary \"How do I export?\" --answered --no-estimate \"solved on the call\"
  holdline log --customer C-0001 --same-as 10001-4 --severity high
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
    /// It is the same as this known fault: its summary and product are taken over where none is given.
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
    /// Why it came by a channel that the agreement does not cover.
    #[arg(long, value_name = "TEXT")]
    channel_reason: Option<String>,
    /// How long the call was: it began that many minutes ago, unless --at says when.
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u32).range(0..=10_080))]
    minutes: u32,
    #[command(flatten)]
    outside: OutsideHours,
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
    /// With --answered: the manual page that answers it.
    #[arg(long, value_name = "PAGE", requires = "answered")]
    manual: Option<String>,
    /// How the caller behaved, if that is worth keeping: seen at the customer's next call.
    #[arg(long, value_name = "TEXT")]
    conduct: Option<String>,
    #[command(flatten)]
    person: Person,
    /// The office whose hours count; the customer's without it.
    #[arg(long, value_name = "NAME")]
    office: Option<String>,
    /// The answer to one of the policy's routing questions; may be given several times.
    #[arg(long = "route", value_name = "Q=A", num_args = 1.., value_parser = routing::answer)]
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
        told::tell(&desk, number, session)
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
        Ok(NewIncident {
            contact: self.person.read(session, customer)?,
            policy: self.policy,
            office: self.office,
            detail: self.detail,
            product: self.product,
            severity: self.severity,
            channel: self.channel,
            channel_reason: self.channel_reason,
            call_seconds: i64::from(self.minutes) * 60,
            outside: self.outside.read(),
            answered: self.answered,
            estimate,
            manual_page: self.manual,
            conduct: self.conduct,
            routing: routing::answers(self.routing)?,
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
