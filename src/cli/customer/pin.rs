//! `holdline customer pin`.

use serde_json::json;

use crate::cli::{Failure, Session, secret};
use crate::incident::{Command, Customer, PinCheck};
use crate::store::{Access, Done};

/// The secret number by which a customer's callers prove who they are.
///
/// It is read from standard input, never an argument; only its argon2id hash is kept. After three wrong tries in a row
/// each further one has to wait, a minute at first and up to an hour.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline customer pin set C-0001
  holdline customer pin check C-0001 < pin.txt
  holdline customer pin remove C-0001")]
pub(super) struct PinCommand {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Sets the PIN that is given on standard input, in place of any before.
    Set {
        /// The customer's name or code.
        #[arg(value_name = "NAME-or-CODE")]
        customer: String,
    },
    /// Says whether the PIN on standard input is the customer's; a wrong one is counted.
    Check {
        /// The customer's name or code.
        #[arg(value_name = "NAME-or-CODE")]
        customer: String,
    },
    /// Takes the PIN away.
    Remove {
        /// The customer's name or code.
        #[arg(value_name = "NAME-or-CODE")]
        customer: String,
    },
}

impl PinCommand {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let named = |name: &str| -> Result<Customer, Failure> {
            Ok(session.open(Access::Read)?.customer_named(name)?)
        };
        match self.what {
            What::Set { customer } => {
                let customer = named(&customer)?;
                let pin = secret::new_pin()?;
                session.execute(&Command::SetPin(customer.id, Some(pin)))?;
                said(session, &customer, "set", "the PIN is set")
            }
            What::Check { customer } => check(session, &named(&customer)?),
            What::Remove { customer } => {
                let customer = named(&customer)?;
                session.execute(&Command::SetPin(customer.id, None))?;
                said(session, &customer, "removed", "the PIN is removed")
            }
        }
    }
}

fn check(session: &Session, customer: &Customer) -> Result<(), Failure> {
    let pin = secret::pin("PIN: ")?;
    let Done::Pin(found) = session.execute(&Command::CheckPin(customer.id, pin))? else {
        return Err(crate::cli::session::other_answer());
    };
    let remedy = match found {
        PinCheck::NotSet => {
            let code = &customer.code;
            format!(": set one with `holdline customer pin set {code}`")
        }
        PinCheck::TooSoon(_) => String::new(),
        _ => ": ask for it again".to_owned(),
    };
    match found.problem() {
        None => said(session, customer, "right", "the PIN is right"),
        Some(problem) => Err(Failure::Rule(format!(
            "{}: {problem}{remedy}",
            customer.name
        ))),
    }
}

fn said(session: &Session, customer: &Customer, pin: &str, words: &str) -> Result<(), Failure> {
    let json = json!({"customer": customer.code, "pin": pin});
    session.answer(&json, format!("{}: {words}", customer.name))
}
