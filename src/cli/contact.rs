//! `holdline contact`.

use serde_json::json;

use super::{Failure, Session};
use crate::incident::{Command, Contact as Person, Customer, Refusal, dialable};
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
    /// Adds a person at a customer's, or further ways to reach one who is known.
    ///
    /// Where the policy has further mail addresses approved, one without --approved-by waits, and mail from it too.
    Add(Add),
    /// Registers a further mail address that waits for approval.
    Approve(Approve),
    /// Puts a person right; what is not given stays as it is.
    ///
    /// Numbers and addresses that are given take the place of those known so far. Where the policy has further mail
    /// addresses approved, a new one without --approved-by waits, and mail from it too.
    Edit(Edit),
}

#[derive(Debug, clap::Args)]
struct Edit {
    /// The customer's name or code.
    customer: String,
    /// The person's name as it is now.
    person: String,
    /// The person's name from now on.
    #[arg(long, value_name = "TEXT")]
    name: Option<String>,
    #[command(flatten)]
    reach: Reach,
    /// What the person does there; empty for nothing known.
    #[arg(long, value_name = "TEXT")]
    role: Option<String>,
    /// Who approved further mail addresses, where the policy asks for that.
    #[arg(long, value_name = "WHO")]
    approved_by: Option<String>,
}

#[derive(Debug, clap::Args)]
struct Approve {
    /// The customer's name or code.
    customer: String,
    /// The address.
    address: String,
    /// Who approved it.
    #[arg(long, value_name = "WHO")]
    by: String,
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
    /// Who approved further mail addresses, where the policy asks for that.
    #[arg(long, value_name = "WHO")]
    approved_by: Option<String>,
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
    /// When a mail address or a telephone number is none.
    pub(super) fn person(self, name: &str, role: Option<String>) -> Result<Person, Failure> {
        if let Some(wrong) = self.mails.iter().find(|mail| !is_address(mail)) {
            return Err(Failure::Input(format!(
                "\"{wrong}\" is no mail address: write it like ada@blue-fern.test"
            )));
        }
        self.phones.iter().try_for_each(|phone| dialable(phone))?;
        Ok(Person {
            name: name.trim().to_owned(),
            role,
            phones: self.phones,
            mails: self.mails,
            zone: None,
            awaiting: Vec::new(),
        })
    }
}

impl Contact {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        match self.what {
            What::Add(add) => add.run(session),
            What::Approve(approve) => approve.run(session),
            What::Edit(edit) => edit.run(session),
        }
    }
}

impl Add {
    fn run(self, session: &Session) -> Result<(), Failure> {
        let add = self;
        let customer = session.open(Access::Read)?.customer_named(&add.customer)?;
        let person = add.reach.person(&add.name, add.role)?;
        let said = format!("{} is a contact of {}", person.name, customer.name);
        let command = Command::AddContact(customer.id, person, add.approved_by);
        keep(session, &customer, &add.name, &command, said)
    }
}

/// Carries out a command about a person of a customer's, and tells how they are kept; what waits for approval is said.
fn keep(
    session: &Session,
    customer: &Customer,
    name: &str,
    command: &Command,
    said: String,
) -> Result<(), Failure> {
    session.execute(command)?;
    let contacts = session
        .open(Access::Read)?
        .customer(customer.id)?
        .contacts
        .into_iter();
    let name = name.trim().to_lowercase();
    let mut kept = contacts.filter(|contact| contact.name.to_lowercase() == name);
    let kept = kept.next().unwrap_or_default();
    let code = &customer.code;
    session.answer(&json!({"customer": code, "contact": kept}), said)?;
    if let Some(address) = kept.awaiting.first() {
        session.note(format_args!(
            "{address} waits for approval, and mail from it too: `holdline contact approve {code} {address} --by WHO`"
        ));
    }
    Ok(())
}

impl Approve {
    fn run(self, session: &Session) -> Result<(), Failure> {
        let customer = session.open(Access::Read)?.customer_named(&self.customer)?;
        let said = format!("{} is registered for {}", self.address, customer.name);
        let json = json!({"customer": customer.code, "mail": self.address, "approved_by": self.by});
        session.execute(&Command::ApproveAddress(customer.id, self.address, self.by))?;
        session.answer(&json, said)
    }
}

impl Edit {
    fn run(self, session: &Session) -> Result<(), Failure> {
        if self.reach.is_empty() && self.name.is_none() && self.role.is_none() {
            return Err(Failure::Input(
                "nothing to change was given: name --name, --role, --phone or --mail".to_owned(),
            ));
        }
        let customer = session.open(Access::Read)?.customer_named(&self.customer)?;
        let known = customer.contacts.iter();
        let Some(before) = known
            .clone()
            .find(|contact| contact.name.to_lowercase() == self.person.trim().to_lowercase())
        else {
            let names = known.map(|contact| contact.name.as_str());
            return Err(Refusal::unknown("contact", &self.person, names).into());
        };
        let name = self.name.unwrap_or_else(|| before.name.clone());
        let role = match self.role {
            Some(role) => Some(role).filter(|role| !role.trim().is_empty()),
            None => before.role.clone(),
        };
        let mut after = self.reach.person(&name, role)?;
        if after.phones.is_empty() {
            after.phones.clone_from(&before.phones);
        }
        if after.mails.is_empty() {
            after.mails.clone_from(&before.mails);
        }
        after.zone.clone_from(&before.zone);
        let said = format!("{} is a contact of {}", after.name, customer.name);
        let name = after.name.clone();
        let change = Box::new([before.clone(), after]);
        let command = Command::ChangeContact(customer.id, change, self.approved_by);
        keep(session, &customer, &name, &command, said)
    }
}
