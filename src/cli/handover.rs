//! `holdline handover`.

use chrono::TimeDelta;

use super::{Failure, Session};
use crate::incident::Command;
use crate::report;
use crate::store::Access;

/// How long a shift is where nobody says.
const SHIFT: TimeDelta = TimeDelta::hours(8);

/// What the next shift must know, in Markdown: late, due in its hours, promised, escalated, changed since the last one.
///
/// Whoever takes over says so with --take: from then on changes are told since that instant.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline handover
  holdline handover --until 22:00 > handover.md
  holdline handover --take --note \"Read it all; ringing 10001-4 first\"")]
pub struct Handover {
    /// When the next shift ends; eight hours from now where it is not said.
    #[arg(long, value_name = "INSTANT")]
    until: Option<String>,
    /// You take over: that is put down, with your name.
    #[arg(long)]
    take: bool,
    /// What you say to it.
    #[arg(long, value_name = "TEXT", requires = "take")]
    note: Option<String>,
}

impl Handover {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let now = session.now();
        let until = match &self.until {
            Some(typed) => session.instant(typed, true)?,
            None => now + SHIFT,
        };
        if until <= now {
            return Err(Failure::Input(
                "--until is not later than now: say when the next shift ends".to_owned(),
            ));
        }
        let access = Access::Read;
        let handover = session
            .open(access)?
            .still(|desk| report::handover(desk, now, until))?;
        // What was read is what is taken over; nobody takes over what could not be read.
        let text = match session.is_plain() {
            true => handover.spoken(session.zone()),
            false => handover.markdown(session.zone()),
        };
        session.answer(&handover, text.trim_end())?;
        if self.take {
            session.execute(&Command::TakeOver(self.note))?;
            session.note(format_args!("{} took over", session.agent()));
        }
        Ok(())
    }
}
