//! The command line: one file a subcommand, whose doc comments are its help.
//!
//! `args` holds what every command takes, `session` what every command needs, `failure` the exit codes, `view` the JSON
//! shape.

mod agent;
mod args;
mod contact;
mod customer;
mod entitlement;
mod failure;
mod init;
mod log;
mod session;
mod settings;
mod table;

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
        Command::Log(log) => log.run(session),
        Command::Customer(customer) => customer.run(session),
        Command::Contact(contact) => contact.run(session),
        Command::Entitlement(entitlement) => entitlement.run(session),
        Command::Agent(agent) => agent.run(session),
    }
}
