//! The command line: one file a subcommand, whose doc comments are its help.
//!
//! `args` holds what every command takes, `session` what every command needs, `failure` the exit codes, `when` the
//! instants that people type, `view` the JSON shape.

mod agent;
mod args;
mod contact;
mod customer;
mod entitlement;
mod explain;
mod failure;
mod init;
mod list;
mod log;
mod session;
mod settings;
mod show;
mod table;
mod view;
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
        Command::Log(log) => log.run(session),
        Command::Show(show) => show.run(session),
        Command::List(list) => list.run(session),
        Command::Explain(explain) => explain.run(session),
        Command::Customer(customer) => customer.run(session),
        Command::Contact(contact) => contact.run(session),
        Command::Entitlement(entitlement) => entitlement.run(session),
        Command::Agent(agent) => agent.run(session),
    }
}
