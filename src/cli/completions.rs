//! `holdline completions`.

use clap::builder::PossibleValuesParser;

use super::{Failure, Session, complete};

/// Prints what lets a shell complete commands, options, and what the desk has.
///
/// Tech Reference numbers, customers, agents, policies, severities and outcomes are looked up on the desk at the moment
/// when they are asked for: that of --desk on the line that is typed, else as everywhere.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  source <(holdline completions bash)                                  # in ~/.bashrc
  source <(holdline completions zsh)                                   # in ~/.zshrc
  holdline completions fish > ~/.config/fish/completions/holdline.fish # again after an upgrade
  eval (holdline completions elvish | slurp)                           # in rc.elv
  holdline completions powershell | Out-String | Invoke-Expression     # in $PROFILE")]
pub struct Completions {
    /// The shell.
    #[arg(value_name = "SHELL", value_parser = PossibleValuesParser::new(complete::shells()))]
    shell: String,
}

impl Completions {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        // The parser lets no other shell by.
        let script = complete::script(&self.shell)?.unwrap_or_default();
        session.print_raw(script.trim_start())
    }
}
