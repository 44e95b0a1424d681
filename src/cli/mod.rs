//! The command line: one file a subcommand, whose doc comments are its help.
//!
//! `args` holds what every command takes, `session` what every command needs, `failure` the exit codes, `when` the
//! instants that people type, `shelf` where a policy that is named comes from, `view` the JSON shape.

mod args;
mod due;
mod failure;
mod hours;
mod init;
mod policy;
mod session;
mod settings;
mod shelf;
mod when;

pub use args::{Args, Command, Globals};
pub use failure::Failure;
pub use session::Session;

/// Runs a subcommand.
///
/// # Errors
/// A [`Failure`] with its exit code and one clear line.
pub fn run(command: Command, session: &Session) -> Result<(), Failure> {
    match command {
        Command::Due(due) => due.run(session),
        Command::Hours(hours) => hours.run(session),
        Command::Init(init) => init.run(session),
        Command::Policy(policy) => policy.run(session),
    }
}
