//! `holdline customer`.

mod edit;
mod erase;
mod export;
mod pin;

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::json;

use super::contact::Reach;
use super::list::{MOST_MORE, more_in_words};
use super::table::Table;
use super::{Failure, Session, told};
use crate::incident::entitled::{in_words, one_in_words};
use crate::incident::{
    Command, Contact, Customer as Account, Entitlement, EntitlementId, NewCustomer, Query, Term,
};
use crate::policy::{EntitlementKind, Policy};
use crate::store::{Access, Conduct, Desk, Done, FoundCustomer, Likely, Page};
use crate::text::visible;

/// Whom we support.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline customer add \"Blue Fern\" --contact \"Ada Moss\" --phone \"+44 20 7946 0001\"
  holdline customer list fern
  holdline customer show C-0001
  holdline customer export C-0001 > blue-fern.json")]
pub struct Customer {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Adds an organisation or a person.
    Add(Add),
    /// Lists customers by name: all, or those found by names, codes, mail addresses or telephone numbers; last, marked
    /// with ~, those whose names only sound alike.
    List {
        /// The beginnings of words, or digits of a telephone number.
        text: Vec<String>,
        /// At most this many.
        #[arg(long, value_name = "N", default_value_t = 50)]
        limit: usize,
    },
    Edit(edit::Edit),
    Erase(erase::Erase),
    Export(export::Export),
    Pin(pin::PinCommand),
    /// Shows a customer: people, what would pay for an incident, and what is open.
    Show {
        /// The customer's name or code.
        #[arg(value_name = "NAME-or-CODE")]
        customer: String,
    },
}

#[derive(Debug, clap::Args)]
struct Add {
    /// The customer's name.
    name: String,
    /// A code to find the account by; one is made without it. Never a secret.
    #[arg(long, value_name = "CODE")]
    code: Option<String>,
    /// The policy; the desk's first without it.
    #[arg(long, value_name = "NAME")]
    policy: Option<String>,
    /// The office whose hours count.
    #[arg(long, value_name = "NAME")]
    office: Option<String>,
    /// The mail address of the account manager.
    #[arg(long, value_name = "ADDRESS")]
    account_manager: Option<String>,
    /// The person who calls; the customer itself where only a number or address is given.
    #[arg(long, value_name = "NAME")]
    contact: Option<String>,
    #[command(flatten)]
    reach: Reach,
}

impl Customer {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        match self.what {
            What::Add(add) => add.run(session),
            What::List { text, limit } => list(session, &text.join(" "), limit),
            What::Edit(edit) => edit.run(session),
            What::Erase(erase) => erase.run(session),
            What::Export(export) => export.run(session),
            What::Pin(pin) => pin.run(session),
            What::Show { customer } => show(session, &customer),
        }
    }
}

impl Add {
    fn run(self, session: &Session) -> Result<(), Failure> {
        let name = self.name.trim().to_owned();
        let person = match self.contact {
            None if self.reach.is_empty() => None,
            person => Some(
                self.reach
                    .person(person.as_deref().unwrap_or(&name), None)?,
            ),
        };
        let new = NewCustomer {
            name: name.clone(),
            code: self.code,
            policy: self.policy,
            office: self.office,
            account_manager: self.account_manager,
            contacts: person.into_iter().collect(),
        };
        let likely = session.open(Access::Read)?.likely(&new)?;
        let done = session.execute(&Command::AddCustomer(new))?;
        let Done::Customer(id, code) = done else {
            return Err(super::session::other_answer());
        };
        // Asked once more by the same key, it would find itself.
        for Likely { customer, same } in likely.into_iter().filter(|one| one.customer.id != id) {
            let (name, code) = (visible(&customer.name), visible(&customer.code));
            session.note(format!(
                "{name} ({code}) has {same} too: see that it is another one"
            ));
        }
        let json = json!({"id": code, "name": name});
        session.answer(&json, format!("{name} is customer {code}"))
    }
}

fn list(session: &Session, text: &str, limit: usize) -> Result<(), Failure> {
    let desk = session.open(Access::Read)?;
    let mut found = desk.find_customers(text, limit.saturating_add(MOST_MORE + 1))?;
    let more = found.len().saturating_sub(limit);
    found.truncate(limit);
    if session.json() {
        let views = found.iter().map(|found| Found {
            customer: Listed::of(&found.customer),
            sounds_alike: found.sounds_alike,
        });
        let views: Vec<_> = views.collect();
        session.answer(&views, "")?;
        return say_more(session, more, limit);
    }
    let mut table = Table::new(
        ["CODE", "NAME", "POLICY", "OFFICE", "CONTACT"],
        session.columns(),
    );
    for FoundCustomer {
        customer,
        sounds_alike,
    } in found
    {
        let mark = if sounds_alike { "~ " } else { "" };
        let contact = customer.contacts.first().map(reach).unwrap_or_default();
        table.row([
            customer.code,
            format!("{mark}{}", customer.name),
            customer.policy.unwrap_or_default(),
            customer.office.unwrap_or_default(),
            contact,
        ]);
    }
    session.print_table(&table)?;
    say_more(session, more, limit)
}

/// Says how many more there are than are listed.
fn say_more(session: &Session, more: usize, limit: usize) -> Result<(), Failure> {
    if more > 0 {
        session.note(more_in_words(more, limit));
    }
    Ok(())
}

/// A customer as JSON.
#[derive(Serialize)]
struct Listed<'a> {
    id: &'a str,
    name: &'a str,
    policy: Option<&'a str>,
    office: Option<&'a str>,
    account_manager: Option<&'a str>,
    contacts: &'a [Contact],
}

impl<'a> Listed<'a> {
    fn of(customer: &'a Account) -> Self {
        Self {
            id: &customer.code,
            name: &customer.name,
            policy: customer.policy.as_deref(),
            office: customer.office.as_deref(),
            account_manager: customer.account_manager.as_deref(),
            contacts: &customer.contacts,
        }
    }
}

/// A customer that was found, as JSON.
#[derive(Serialize)]
struct Found<'a> {
    #[serde(flatten)]
    customer: Listed<'a>,
    sounds_alike: bool,
}

/// A customer with all that an agent wants to know at a call, as JSON.
#[derive(Serialize)]
struct Shown<'a> {
    #[serde(flatten)]
    customer: Listed<'a>,
    cover: String,
    entitlements: Vec<Owned>,
    open: Vec<String>,
    pin: bool,
    /// How often its facts and people were changed; --if-revision compares it.
    revision: usize,
    conduct: Vec<Conduct>,
}

#[derive(Serialize)]
struct Owned {
    id: i64,
    kind: EntitlementKind,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
    granted: Option<i64>,
    remaining: Option<i64>,
    price: Option<String>,
    currency: Option<String>,
    reference: Option<String>,
    #[serde(skip)]
    words: String,
}

/// What a customer has, as it is shown.
fn owned_by(policy: &Policy, owned: &[Entitlement]) -> Vec<Owned> {
    let shown = owned.iter().map(|owned| Owned {
        id: owned.id.0,
        kind: owned.kind,
        from: owned.from,
        to: owned.to,
        granted: owned.remaining().map(|_| owned.granted),
        remaining: owned.remaining(),
        price: owned.price.map(|price| price.amount()),
        currency: owned.price.map(|price| price.currency.to_string()),
        reference: owned.reference.clone(),
        words: one_in_words(policy, owned),
    });
    shown.collect()
}

impl Owned {
    fn id(&self) -> EntitlementId {
        EntitlementId(self.id)
    }

    fn line(&self) -> String {
        format!("{}  {}", self.id, self.words)
    }
}

fn show(session: &Session, name: &str) -> Result<(), Failure> {
    let desk = session.open(Access::Read)?;
    let customer = desk.customer_named(name)?;
    let ruling = desk.ruling(customer.policy.as_deref())?;
    let zone = session.zone_of(&ruling, customer.office.as_deref());
    let day = session.now().with_timezone(&zone).date_naive();
    let owned = desk.entitlements(customer.id)?;
    let cover = in_words(&ruling.policy, &owned, day);
    let owned = owned_by(&ruling.policy, &owned);
    let open = open_incidents(session, &desk, &customer)?;
    let conduct = desk.conduct(customer.id, told::RECENT)?;
    let pin = desk.has_pin(customer.id)?;
    if !session.json() {
        let conduct = conduct.iter().map(|one| told::conduct(one, session));
        let sections = [
            ("Entitlements", owned.iter().map(Owned::line).collect()),
            ("Open", open.into_iter().map(|(_, line)| line).collect()),
            ("Conduct", conduct.collect()),
        ];
        return session.print(page(&customer, &ruling.policy, &cover, pin, sections));
    }
    let shown = Shown {
        customer: Listed::of(&customer),
        cover,
        entitlements: owned,
        open: open.into_iter().map(|(number, _)| number).collect(),
        pin,
        revision: desk.customer_revision(customer.id)?,
        conduct,
    };
    session.answer(&shown, "")
}

/// The numbers of what is open, each with its line.
fn open_incidents(
    session: &Session,
    desk: &Desk,
    customer: &Account,
) -> Result<Vec<(String, String)>, Failure> {
    let query = Query {
        terms: vec![(false, Term::Customer(vec![customer.code.clone()]))],
    };
    let found = desk.list(&query, Page::First, 50, session.now())?;
    let open = found.into_iter().map(|row| {
        let number = row.number.to_string();
        let line = format!("{number}  {}  {}", row.state.word(), visible(&row.summary));
        (number, line)
    });
    Ok(open.collect())
}

fn page(
    customer: &Account,
    policy: &Policy,
    cover: &str,
    pin: bool,
    sections: [(&str, Vec<String>); 3],
) -> String {
    let mut lines = vec![
        format!("{} ({})", visible(&customer.name), visible(&customer.code)),
        format!("Policy   {}", policy.name),
    ];
    let facts = [
        ("Office ", &customer.office),
        ("Manager", &customer.account_manager),
    ];
    for (name, value) in facts {
        lines.extend(
            value
                .as_deref()
                .map(|value| format!("{name}  {}", visible(value))),
        );
    }
    lines.push(format!("Pays     {cover}"));
    lines.extend(pin.then(|| "PIN      set".to_owned()));
    let mut section = |heading: &str, items: Vec<String>| {
        if !items.is_empty() {
            lines.push(format!("\n{heading}"));
            lines.extend(items.into_iter().map(|item| format!("  {item}")));
        }
    };
    section("Contacts", customer.contacts.iter().map(reach).collect());
    for (heading, items) in sections {
        section(heading, items);
    }
    lines.join("\n")
}

/// A person with the ways to reach them.
fn reach(contact: &Contact) -> String {
    let parts = std::iter::once(&contact.name)
        .chain(&contact.role)
        .chain(&contact.phones)
        .chain(&contact.mails);
    let parts: Vec<_> = parts.map(|part| visible(part)).collect();
    parts.join(", ")
}
