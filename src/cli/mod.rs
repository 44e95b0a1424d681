//! The command line: one file a subcommand, whose doc comments are its help.
//!
//! `args` holds what every command takes, `session` what every command needs, `failure` the exit codes, `when` the
//! instants that people type, `view` the JSON shape.

mod args;
mod failure;
mod import;
mod init;
mod progress;
mod session;
mod settings;
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
        Command::Init(init) => init.run(session),
        Command::Import(import) => import.run(session),
    }
}
