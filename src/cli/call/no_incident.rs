//! `holdline call no-incident`.

use chrono::TimeDelta;

use crate::cli::{Failure, Session};
use crate::incident::{Command, LooseCall, LooseReason};
use crate::store::Access;

/// Records a call that led to no incident, with the reason: it is counted all the same.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline call no-incident wrong-number --minutes 1
  holdline call no-incident sales --customer \"Blue Fern\" --note \"Asks for a price\"")]
pub struct NoIncident {
    /// Why there is no incident.
    #[arg(value_enum, value_name = "REASON")]
    reason: LooseReason,
    /// How long it lasted: it began that many minutes ago, unless --at says when.
    #[arg(long, value_name = "N", default_value_t = 0)]
    minutes: u32,
    /// Who rang, if that is known: a name or code.
    #[arg(long, value_name = "NAME-or-CODE")]
    customer: Option<String>,
    /// What was said.
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
}

impl NoIncident {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let desk = session.open(Access::Read)?;
        let named = self.customer.as_deref();
        let customer = named.map(|named| desk.customer_named(named)).transpose()?;
        let command = Command::CallWithoutIncident(LooseCall {
            reason: self.reason,
            seconds: i64::from(self.minutes) * 60,
            held: 0,
            customer: customer.map(|customer| customer.id),
            text: self.note,
        });
        let mut context = session.context()?;
        let minutes = TimeDelta::minutes(i64::from(self.minutes));
        context.at = context.at.or_else(|| Some(session.now() - minutes));
        session.batch(|batch| batch.execute(&command, &context))?;
        let reason = self.reason.word();
        session.answer(
            &serde_json::json!({ "no_incident": reason }),
            format!("a call without an incident is on record: {reason}"),
        )
    }
}
