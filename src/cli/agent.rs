//! `holdline agent`.

mod leave;

use serde_json::json;

use super::{Failure, Session};
use crate::incident::Command;
use crate::store::Access;

/// Who works here.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline agent add mira
  holdline agent list
  holdline agent leave jonas --to mira
  holdline agent leave jonas --unassign --dry-run")]
pub struct Agent {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Adds somebody who works here; one who is there already stays.
    Add {
        /// The agent's name, by which incidents are assigned.
        name: String,
    },
    /// Lists who works here, by name.
    List,
    Leave(leave::Leave),
}

impl Agent {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        match self.what {
            What::Add { name } => {
                let name = name.trim().to_owned();
                session.execute(&Command::AddAgent(name.clone()))?;
                session.answer(&json!({"agent": name}), format!("{name} works here"))
            }
            What::Leave(leave) => leave.run(session),
            What::List => {
                let agents = session.open(Access::Read)?.agents()?;
                session.answer(&agents, agents.join("\n"))
            }
        }
    }
}
