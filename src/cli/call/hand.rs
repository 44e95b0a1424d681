//! `holdline call hand`.

use serde_json::json;

use super::which;
use crate::cli::{Failure, Session};
use crate::incident::Refusal;

/// Hands a call to another agent with its timer and notes: on hold until that agent takes it.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline call hand --to jonas
  holdline call hand 7 --to jonas")]
pub struct Hand {
    /// The call's number; the agent's call that runs without it.
    #[arg(value_name = "ID")]
    id: Option<i64>,
    /// Who goes on with it.
    #[arg(long, value_name = "AGENT")]
    to: String,
}

impl Hand {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let (desk, mut live) = which::open(session)?;
        let agents = desk.agents()?;
        let found = which::pick(&live, session, self.id, |_| true, "runs")?;
        if found.agent == self.to {
            let (id, to) = (found.id, self.to);
            return Err(Failure::Rule(format!("call {id} is with {to} already")));
        }
        if !agents.contains(&self.to) {
            let agents = agents.iter().map(String::as_str);
            return Err(Refusal::unknown("agent", &self.to, agents).into());
        }
        let at = which::instant(session, &found)?;
        if !live.hand(found.id, &self.to, &session.agent(), at)? {
            return Err(which::gone(found.id));
        }
        session.answer(
            &json!({ "call": found.id, "agent": self.to }),
            format_args!("call {} is with {} now, on hold", found.id, self.to),
        )
    }
}
