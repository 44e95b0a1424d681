//! `holdline agent leave`.

use serde_json::json;

use crate::cli::{Failure, Session};
use crate::incident::{Command, LeftTo};
use crate::store::Access;

/// Somebody does not work here any more.
///
/// What they had open goes to another agent, or waits to be taken; where there is something, one of these must be said.
/// They cannot act from then on, until somebody adds them again. What they did stays under their name.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline agent leave jonas
  holdline agent leave jonas --to mira
  holdline agent leave jonas --unassign --dry-run")]
pub(super) struct Leave {
    /// Who leaves.
    #[arg(value_name = "AGENT")]
    name: String,
    /// Who takes over what they have open.
    #[arg(long, value_name = "AGENT", conflicts_with = "unassign")]
    to: Option<String>,
    /// What they have open waits to be taken.
    #[arg(long)]
    unassign: bool,
    /// Changes nothing, and says what would become of which incidents.
    #[arg(long)]
    dry_run: bool,
}

impl Leave {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let name = self.name.trim().to_owned();
        let open = session.open(Access::Read)?.assigned_to(&name)?;
        let left_to = match &self.to {
            Some(to) => LeftTo::Agent(to.trim().to_owned()),
            None if self.unassign => LeftTo::Queue,
            None => LeftTo::Unsaid,
        };
        let (command, context) = (
            Command::AgentLeaves(name.clone(), left_to),
            session.context()?,
        );
        let done = match self.dry_run {
            true => session.rehearse(|batch| batch.execute(&command, &context)),
            false => session.batch(|batch| batch.execute(&command, &context)),
        };
        done.map_err(|failure| match failure {
            Failure::Rule(why) if !open.is_empty() && self.to.is_none() && !self.unassign => {
                Failure::Rule(format!("{why}: --to AGENT, or --unassign"))
            }
            other => other,
        })?;
        let numbers: Vec<String> = open.iter().map(ToString::to_string).collect();
        let taken = match (&self.to, numbers.is_empty()) {
            (_, true) => "nothing of theirs is open".to_owned(),
            (Some(to), false) => format!("{to} takes over {}", numbers.join(", ")),
            (None, false) => format!("{} wait to be taken", numbers.join(", ")),
        };
        let leaves = if self.dry_run {
            "would leave"
        } else {
            "works here no more"
        };
        session.answer(
            &json!({"agent": name, "dry_run": self.dry_run, "to": self.to, "incidents": numbers}),
            format!("{name} {leaves}; {taken}"),
        )
    }
}
