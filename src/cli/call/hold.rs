//! `holdline call hold`.

use serde_json::json;

use super::which;
use crate::cli::{Failure, Session};

/// Puts a call on hold; its time there is kept apart. `call answer` takes it back.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline call hold
  holdline call hold 7 --at -30s")]
pub struct Hold {
    /// The call's number; the agent's call that runs without it.
    #[arg(value_name = "ID")]
    id: Option<i64>,
}

impl Hold {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let (_, mut live) = which::open(session)?;
        let runs = |found: &crate::store::LiveCall| found.call.is_running();
        let found = which::pick(&live, session, self.id, runs, "runs")?;
        if !found.call.is_running() {
            return Err(Failure::Rule(format!(
                "call {} does not run: it is {}",
                found.id,
                found.call.state()
            )));
        }
        let at = which::instant(session, &found)?;
        which::change(&mut live, found.id, |found| found.call.hold(at))?;
        let (id, who) = (found.id, found.call.in_words());
        session.answer(
            &json!({ "call": id, "who": who }),
            format_args!("call {id} is on hold: {who}"),
        )
    }
}
