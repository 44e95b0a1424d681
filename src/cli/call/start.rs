//! `holdline call start`.

use serde_json::json;

use super::which;
use crate::cli::ring::dialled;
use crate::cli::{Failure, Session};
use crate::incident::{RunningCall, Timer};

/// Begins a call: the agent's open console takes it on, and its timer runs; the agent's other call goes on hold.
///
/// Prints the call's number, which the other `call` commands take. Without a console the call runs all the same, until
/// `call end`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline call start
  holdline --agent mira call start --from \"+1 555 0100\" --line sales
  holdline call start --customer \"Blue Fern\" --at -2m")]
pub struct Start {
    /// The number of the caller.
    #[arg(long, value_name = "NUMBER")]
    from: Option<String>,
    /// The line that rang.
    #[arg(long, value_name = "LINE")]
    line: Option<String>,
    /// Whose call it is, where the number does not tell: a name or code.
    #[arg(long, value_name = "NAME-or-CODE")]
    customer: Option<String>,
}

impl Start {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let (desk, mut live) = which::open(session)?;
        let now = which::now(session)?;
        let from = self.from.as_deref().map(dialled).transpose()?;
        let mut call = match &from {
            Some(number) => desk.who_rings(number)?.call(),
            None => RunningCall::default(),
        };
        if let Some(named) = &self.customer {
            let customer = desk.customer_named(named)?;
            if call.customer != Some(customer.id) {
                call.contact = None;
            }
            (call.customer, call.who) = (Some(customer.id), customer.name);
        }
        call.timer = Some(Timer::begin(now));
        call.from = from.filter(|number| !number.is_empty());
        call.line = self.line;
        let id = live.start(&session.agent(), &call, session.now())?;
        let held = which::hold_others(session, &mut live, id, now)?;
        session.answer(&json!({ "call": id, "put_on_hold": held }), id)
    }
}
