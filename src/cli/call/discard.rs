//! `holdline call discard`.

use serde_json::json;

use super::which;
use crate::cli::{Failure, Session};
use crate::store::{Context, Live, LiveCall};

/// Takes a call that runs, or was cut off, off the record. The reason is kept: as a note on its incident, else as a call
/// that led to none. One that was begun by mistake is no call, and counts as none.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline call discard 7 --reason \"A test of the telephone\"
  holdline call discard 7 --mistake")]
pub struct Discard {
    /// The call's number.
    #[arg(value_name = "ID")]
    id: i64,
    /// Why it is not kept.
    #[arg(long, value_name = "TEXT", required_unless_present = "mistake")]
    reason: Option<String>,
    /// It was begun by mistake: nothing is recorded. Only while nobody is known and nothing noted.
    #[arg(long, conflicts_with = "reason")]
    mistake: bool,
}

impl Discard {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let (_, mut live) = which::open(session)?;
        let found = which::pick(&live, session, Some(self.id), |_| true, "runs")?;
        let Some(reason) = self.reason else {
            return mistaken(session, live, &found);
        };
        let ended = match found.ended() {
            Some(ended) => ended,
            None => which::instant(session, &found)?,
        };
        let context = Context {
            at: found.call.timer.map(|timer| timer.began_at),
            ..session.context()?
        };
        session.batch(|batch| {
            let commands = found.call.discarded(ended, &reason);
            let mut commands = commands.iter();
            commands.try_for_each(|command| batch.execute(command, &context).map(drop))
        })?;
        live.end(found.id)?;
        session.answer(
            &json!({ "call": found.id, "discarded": reason }),
            format_args!("call {} is discarded", found.id),
        )
    }
}

/// Takes a call off the record that was none.
fn mistaken(session: &Session, mut live: Live, found: &LiveCall) -> Result<(), Failure> {
    let id = found.id;
    if !found.call.is_nobodys() {
        return Err(Failure::Rule(format!(
            "somebody is known of call {id}, or something was noted on it: say why it is not kept (--reason), or end it \
             with `call end`"
        )));
    }
    live.end(id)?;
    session.answer(
        &json!({ "call": id, "discarded": null }),
        format_args!("call {id} was begun by mistake: nothing is recorded"),
    )
}
