//! `holdline call discard`.

use serde_json::json;

use super::which;
use crate::cli::{Failure, Session};
use crate::store::Context;

/// Takes a call that runs, or was cut off, off the record. The reason is kept: as a note on its incident, else as a call
/// that led to none.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline call discard 7 --reason \"A test of the telephone\"")]
pub struct Discard {
    /// The call's number.
    #[arg(value_name = "ID")]
    id: i64,
    /// Why it is not kept.
    #[arg(long, value_name = "TEXT")]
    reason: String,
}

impl Discard {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let (_, mut live) = which::open(session)?;
        let found = which::pick(&live, session, Some(self.id), |_| true, "runs")?;
        let ended = match found.ended() {
            Some(ended) => ended,
            None => which::instant(session, &found)?,
        };
        let context = Context {
            at: found.call.timer.map(|timer| timer.began_at),
            ..session.context()?
        };
        session.batch(|batch| {
            let commands = found.call.discarded(ended, &self.reason);
            let mut commands = commands.iter();
            commands.try_for_each(|command| batch.execute(command, &context).map(drop))
        })?;
        live.end(found.id)?;
        session.answer(
            &json!({ "call": found.id, "discarded": self.reason }),
            format_args!("call {} is discarded", found.id),
        )
    }
}
