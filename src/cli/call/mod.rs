//! `holdline call`: calls that are over, and calls while they run.

mod answer;
mod discard;
pub(super) mod end;
mod hand;
mod hold;
mod list;
mod log;
mod no_incident;
mod said;
mod start;
pub(super) mod which;

use super::{Failure, Session};

/// Calls: logged on incidents that exist, without one, and as they run.
#[derive(Debug, clap::Subcommand)]
pub enum CallCommand {
    Log(Box<log::CallLog>),
    NoIncident(no_incident::NoIncident),
    Start(start::Start),
    Answer(answer::Answer),
    Hold(hold::Hold),
    End(Box<end::End>),
    Discard(discard::Discard),
    Hand(hand::Hand),
    List(list::List),
}

impl CallCommand {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        match self {
            Self::Log(log) => log.run(session),
            Self::NoIncident(call) => call.run(session),
            Self::Start(start) => start.run(session),
            Self::Answer(answer) => answer.run(session),
            Self::Hold(hold) => hold.run(session),
            Self::End(end) => end.run(session),
            Self::Discard(discard) => discard.run(session),
            Self::Hand(hand) => hand.run(session),
            Self::List(list) => list.run(session),
        }
    }
}
