//! `holdline policy add`.

use crate::cli::init::{faults, policy_text};
use crate::cli::settings::{Setting, hand_out};
use crate::cli::{Failure, Session};
use crate::incident::{Command, NewPolicy};
use crate::policy;

/// Adds a policy to the desk, or a new version of one.
///
/// New incidents are under the newest version; an incident keeps the version that it was opened under.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline policy add per-incident
  holdline policy add ./our-promise.toml
  holdline policy add tech-reference --set rate=95.00 --set currency=USD --set increment=15m")]
pub(super) struct Add {
    /// The policy's file, or the name of one that comes with Holdline.
    #[arg(value_name = "FILE-or-NAME")]
    policy: String,
    /// What the policy leaves open.
    #[arg(long = "set", value_name = "KEY=VALUE", num_args = 1..)]
    settings: Vec<Setting>,
}

impl Add {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let name = self.policy.as_str();
        let text = policy_text(name)?;
        let settings = hand_out(&self.settings, &[(name, &text)])?;
        let settings = settings.into_iter().next().unwrap_or_default();
        let loaded = policy::load(&text, &settings).map_err(|error| faults(name, &error))?;
        for warning in loaded.warnings {
            session.note(format_args!("{name}: {warning}"));
        }
        let done = session.execute(&Command::AddPolicy(NewPolicy { text, settings }))?;
        super::report(done, session)
    }
}
