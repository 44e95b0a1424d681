//! `holdline hooks`.

use super::table::Table;
use super::{Failure, Session};
use crate::config::{Config, Hook};
use crate::hooks::run_once;
use crate::store::Access;

/// Lists your hooks: programs that are told what you record.
///
/// They stand in `config.toml`, in the folder that HOLDLINE_CONFIG names or else in the platform's folder for settings.
/// After a command of yours, in the console too, a hook gets what was recorded on its standard input, an object of JSON a
/// line, as `tail --json` prints them. Nobody waits for it; one that fails or takes too long is told of. It runs without a
/// shell, with HOLDLINE_DESK set to the desk, and what it does with the desk tells no hook again. Imports tell none.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example of config.toml, which nobody else may write:
  [[hook]]
  on = [\"escalated\"]                 # kinds of entries, as tail --json prints them; everything without it
  run = [\"/usr/local/bin/page\", \"--team\", \"support\"]
  seconds = 20                       # it is ended after that; 10 without it, 300 at most")]
pub struct Hooks {
    /// Tells each of them the newest entry of the desk that it is told of, and says how that went.
    #[arg(long = "try")]
    tried: bool,
}

impl Hooks {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let (config, _) = Config::own().map_err(Failure::input)?;
        let hooks = config.hooks;
        if self.tried {
            return tried(session, &hooks);
        }
        if session.json() {
            return session.answer(&hooks, "");
        }
        if hooks.is_empty() {
            return session.print("there are no hooks: see `holdline hooks --help`");
        }
        let mut table = Table::new(["ON", "RUNS", "SECONDS"], session.columns());
        for hook in hooks {
            let on = match hook.on.as_slice() {
                [] => "everything".to_owned(),
                kinds => kinds.join(", "),
            };
            table.row([on, hook.run.join(" "), hook.seconds.to_string()]);
        }
        session.print_table(&table)
    }
}

/// Runs each with the newest entry of its kinds.
fn tried(session: &Session, hooks: &[Hook]) -> Result<(), Failure> {
    let desk = session.open(Access::Read)?;
    let mut failed = 0;
    for hook in hooks {
        let name = hook.program();
        let Some(entry) = desk.newest_entry_of(&hook.on)? else {
            session.print(format_args!(
                "{name}: nothing of its kinds is on record yet"
            ))?;
            continue;
        };
        match run_once(hook, desk.path(), &[entry]) {
            Ok(()) => session.print(format_args!("{name}: done"))?,
            Err(why) => {
                failed += 1;
                session.print(format_args!("{name}: {why}"))?;
            }
        }
    }
    match failed {
        0 => Ok(()),
        failed => Err(Failure::Rule(format!(
            "{failed} of {} hooks failed: run them by hand with a line of `holdline tail --json --no-follow`",
            hooks.len()
        ))),
    }
}
