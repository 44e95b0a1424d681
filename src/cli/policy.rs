//! `holdline policy`.

mod add;
mod check;
mod list;
mod set;
mod show;

use serde_json::json;

use super::{Failure, Session};
use crate::store::Done;

/// Policies: what the shop promises.
#[derive(Debug, clap::Args)]
pub struct Policy {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    Add(add::Add),
    Check(check::Check),
    List(list::List),
    Set(set::Set),
    Show(show::Show),
}

impl Policy {
    /// Does what was asked.
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        match self.action {
            Action::Add(add) => add.run(session),
            Action::Check(check) => check.run(session),
            Action::List(list) => list.run(session),
            Action::Set(set) => set.run(session),
            Action::Show(show) => show.run(session),
        }
    }
}

/// Says which version of a policy is in force now.
fn report(done: Done, session: &Session) -> Result<(), Failure> {
    let (name, version, added) = match done {
        Done::Policy(name, version) => (name, version, true),
        Done::PolicyKept(name, version) => (name, version, false),
        // A key of `--once` that another command used: its answer is that one's.
        other => return session.answer(&other, "done already, by another command with that key"),
    };
    let text = match (added, version) {
        (true, 1) => format!("Added {name}, version 1"),
        (true, _) => {
            format!("Added {name}, version {version}; incidents of earlier versions keep theirs")
        }
        (false, _) => format!("Nothing to change: {name} is like this already, version {version}"),
    };
    session.answer(
        &json!({"name": name, "version": version, "added": added}),
        text,
    )
}
