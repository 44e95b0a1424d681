//! `holdline policy set`.

use crate::cli::settings::Value;
use crate::cli::{Failure, Session};
use crate::incident::Command;

/// Changes what a policy of the desk leaves open, as a new version of it.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  holdline policy set tech-reference rate=105.00")]
pub(super) struct Set {
    /// The policy's name.
    name: String,
    /// Its new settings; the others stay.
    #[arg(value_name = "KEY=VALUE", required = true)]
    settings: Vec<Value>,
}

impl Set {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let Self { name, settings } = self;
        let done = session.execute_with(|desk| {
            let mut source = desk.policy_source(&name)?;
            let new = settings.into_iter().map(Value::into_pair);
            source.settings.extend(new);
            Ok(Command::AddPolicy(source))
        })?;
        super::report(done, session)
    }
}
