//! `holdline contact`.

use serde_json::json;

use super::{Failure, Session};
use crate::incident::{Command, Contact as Person};
use crate::policy::is_address;
use crate::store::Access;

/// The people at a customer's.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  holdline contact add \"Blue Fern\" \"Ada Moss\" --phone \"+44 20 7946 0001\" --mail ada@blue-fern.test")]
pub struct Contact {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Adds a person at a customer's.
    Add(Add),
}

#[derive(Debug, clap::Args)]
struct Add {
    /// The customer's name or code.
    customer: String,
    /// The person's name.
    name: String,
    #[command(flatten)]
    reach: Reach,
    /// What the person does there.
    #[arg(long, value_name = "TEXT")]
    role: Option<String>,
}

/// How a person is reached.
#[derive(Debug, clap::Args)]
pub(super) struct Reach {
    /// A number to call back; may be given several times.
    #[arg(long = "phone", value_name = "NUMBER")]
    phones: Vec<String>,
    /// A registered mail address; may be given several times.
    #[arg(long = "mail", value_name = "ADDRESS")]
    mails: Vec<String>,
}

impl Reach {
    /// Whether there is any way.
    pub(super) fn is_empty(&self) -> bool {
        self.phones.is_empty() && self.mails.is_empty()
    }

    /// A person who is reached like this.
    ///
    /// # Errors
    /// When a mail address is none.
    pub(super) fn person(self, name: &str, role: Option<String>) -> Result<Person, Failure> {
        if let Some(wrong) = self.mails.iter().find(|mail| !is_address(mail)) {
            return Err(Failure::Input(format!(
                "\"{wrong}\" is no mail address: write it like ada@blue-fern.test"
            )));
        }
        self.phones.iter().try_for_each(|phone| is_phone(phone))?;
        Ok(Person {
            name: name.trim().to_owned(),
            role,
            phones: self.phones,
            mails: self.mails,
            zone: None,
        })
    }
}

/// Refuses what cannot be a telephone number.
pub(super) fn is_phone(typed: &str) -> Result<(), Failure> {
    if typed.contains(|c: char| c.is_ascii_digit()) {
        return Ok(());
    }
    Err(Failure::Input(format!(
        "\"{typed}\" is no telephone number: it has no digits"
    )))
}

impl Contact {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let What::Add(add) = self.what;
        let customer = session.open(Access::Read)?.customer_named(&add.customer)?;
        let person = add.reach.person(&add.name, add.role)?;
        let said = format!("{} is a contact of {}", person.name, customer.name);
        let json = json!({"customer": customer.code, "contact": person});
        session.execute(&Command::AddContact(customer.id, person))?;
        session.answer(&json, said)
    }
}
