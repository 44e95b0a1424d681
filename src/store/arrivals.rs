//! Mail that comes in: where it belongs, and the quarantine for what belongs nowhere yet. Nothing is lost: what a rule
//! refuses waits there with the reason, in the same transaction.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;

use super::context::Context;
use super::execute::{Done, HowTaken};
use super::people::{CUSTOMER, read_customer};
use super::timeline::{self, Stamp, Subject};
use super::{Batch, StoreError};
use crate::incident::{
    Addresses, Arrival, Contact, CustomerId, Event, Log, MailId, MailIn, MailState, NewContact,
    NoteKind, Sender, Step, TechRef, Way, tokens,
};
use crate::policy::{Channel, Policy};

/// Why a contact was taken that came by mail, where the agreement does not name mail.
const BY_MAIL: &str = "it came by mail";

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum MailEvent<'a> {
    MailQuarantined {
        mail: MailId,
        #[serde(flatten)]
        arrival: &'a Arrival,
        reason: &'a str,
        proposed: Option<TechRef>,
        customers: &'a [CustomerId],
    },
}

/// Where a mail is to go.
enum Route {
    /// To this incident.
    Join(TechRef, Option<Contact>),
    /// It opens one.
    Open(Sender),
    /// Into quarantine.
    Wait(Waiting),
}

/// Why a mail waits, and where it may belong.
struct Waiting {
    reason: String,
    proposed: Option<TechRef>,
    customers: Vec<CustomerId>,
}

impl Batch<'_> {
    /// Takes a mail in: it opens or continues an incident, or waits in quarantine. A second copy of one is not recorded.
    pub(super) fn arrive(
        &mut self,
        arrival: &Arrival,
        context: &Context,
    ) -> Result<Done, StoreError> {
        let connection = &self.desk.connection;
        if let Some(known) = known(connection, &arrival.identity)? {
            return Ok(Done::Mail(known, HowTaken::Known));
        }
        let mail = MailIn {
            mail: next_id(connection)?,
            arrival: arrival.clone(),
        };
        let context = Context {
            at: context.at.or(Some(arrival.delivered_at)),
            once: None,
            if_revision: None,
            ..context.clone()
        };
        let (taken, proposed, customers) = match self.route(arrival)? {
            Route::Wait(waiting) => {
                return self.quarantine(&mail, &waiting, &context);
            }
            Route::Join(number, contact) => {
                let customer = self.newest(number)?.customer;
                let joined = self.join(number, contact, &mail, &context);
                (joined.map(HowTaken::Joined), Some(number), customer)
            }
            Route::Open(sender) => {
                let log = self.logging(&sender, arrival)?;
                let opened = self.open_by(&log, &mail, &context);
                (opened.map(HowTaken::Opened), None, sender.customer)
            }
        };
        match taken {
            Ok(how) => Ok(Done::Mail(mail.mail, how)),
            Err(StoreError::Refused(refusal)) => {
                let waiting = Waiting {
                    reason: refusal.message,
                    proposed,
                    customers: vec![customers],
                };
                self.quarantine(&mail, &waiting, &context)
            }
            Err(error) => Err(error),
        }
    }

    /// Where a mail belongs: by its number or what it answers, and only where its sender may.
    fn route(&self, arrival: &Arrival) -> Result<Route, StoreError> {
        let named = self.named(arrival)?;
        let wait = |reason: String, customers: Vec<CustomerId>| {
            Ok(Route::Wait(Waiting {
                reason,
                proposed: named.first().map(|(number, _)| *number),
                customers,
            }))
        };
        if let Some(unclear) = arrival
            .unclear
            .as_ref()
            .filter(|_| arrival.sender.is_none())
        {
            return wait(unclear.clone(), Vec::new());
        }
        let Some(address) = &arrival.sender else {
            return wait("it names no sender, or several".to_owned(), Vec::new());
        };
        let senders = registered(
            &self.desk.connection,
            address,
            arrival.sender_name.as_deref(),
        )?;
        let customers = || senders.iter().map(|sender| sender.customer).collect();
        let may = |owner: CustomerId| senders.iter().find(|sender| sender.customer == owner);
        let joins = named
            .iter()
            .find_map(|(number, owner)| Some((*number, may(*owner)?)));
        if let Some((number, sender)) = joins {
            return Ok(Route::Join(number, sender.contact_named()));
        }
        match (senders.as_slice(), named.first()) {
            ([], None) => {
                let awaiting = awaiting(&self.desk.connection, address)?;
                let why = match awaiting.is_empty() {
                    true => "is no registered address of any customer",
                    false => "waits for approval (contact approve)",
                };
                wait(format!("{address} {why}"), awaiting)
            }
            ([], Some((number, owner))) => wait(
                format!(
                    "it names {number}, and {address} is no registered address of that customer"
                ),
                vec![*owner],
            ),
            (_, Some((number, _))) => wait(
                format!("it names {number}, which is another customer's than {address} is of"),
                customers(),
            ),
            ([sender], None) => Ok(Route::Open(sender.clone())),
            (_, None) => wait(
                format!("{address} is registered for several customers"),
                customers(),
            ),
        }
    }

    /// The incidents that a mail names, by the number in its subject and by what it answers, as they are led to now,
    /// with their customers.
    fn named(&self, arrival: &Arrival) -> Result<Vec<(TechRef, CustomerId)>, StoreError> {
        let connection = &self.desk.connection;
        let mut prefixes = Vec::new();
        for policy in self.desk.policies()? {
            prefixes.extend(self.desk.ruling(Some(&policy.name))?.policy.prefix.clone());
        }
        let mut numbers = tokens(&arrival.subject, &prefixes);
        let mut sent =
            connection.prepare_cached("SELECT incident FROM message WHERE message_id = ?1")?;
        for id in &arrival.replies_to {
            let answered = sent.query_row([id], |row| row.get(0)).optional()?;
            numbers.extend(answered.map(TechRef::new));
        }
        let mut there = connection.prepare_cached("SELECT 1 FROM incident WHERE number = ?1")?;
        let mut named: Vec<(TechRef, CustomerId)> = Vec::new();
        for number in numbers {
            if there.exists([number.sequence()])? {
                let number = self.leads_to(number)?;
                named.push((number, self.newest(number)?.customer));
            }
        }
        Ok(named)
    }

    /// The contact that a mail is, to be logged as a new incident.
    pub(super) fn logging(&self, sender: &Sender, arrival: &Arrival) -> Result<Log, StoreError> {
        let customer = self.desk.customer(sender.customer)?;
        let ruling = self.desk.ruling(customer.policy.as_deref())?;
        Ok(Log {
            contact: sender.contact_named(),
            detail: arrival.text.clone(),
            channel: Channel::Mail,
            channel_reason: by_mail(&ruling.policy),
            unanswered: arrival.automatic.is_some(),
            ..Log::new(sender.customer, arrival.subject.clone())
        })
    }

    /// A mail opens an incident.
    pub(super) fn open_by(
        &mut self,
        log: &Log,
        mail: &MailIn,
        context: &Context,
    ) -> Result<TechRef, StoreError> {
        let mut step = Some(Step::Mail(Box::new(mail.clone())));
        self.log(log, context, |_| step.take())
    }

    /// A mail continues an incident. What a program wrote is kept as a note: nobody was heard by it.
    pub(super) fn join(
        &mut self,
        number: TechRef,
        contact: Option<Contact>,
        mail: &MailIn,
        context: &Context,
    ) -> Result<TechRef, StoreError> {
        let incident = self.newest(number)?;
        let ruling = self
            .desk
            .ruling_of(&incident.policy, incident.policy_version)?;
        let text = mail.arrival.said().to_owned();
        let said = match mail.arrival.by_program {
            true => Step::Note {
                kind: NoteKind::Internal,
                text,
            },
            false => Step::Contact(NewContact {
                text: Some(text),
                contact,
                channel_reason: by_mail(&ruling.policy),
                ..NewContact::new(Way::In, Channel::Mail)
            }),
        };
        // A mail that was on its way while the incident was opened for it came with it.
        let context = Context {
            at: context.at.max(Some(incident.opened_at)),
            ..context.clone()
        };
        let mut steps = [said, Step::Mail(Box::new(mail.clone()))].into_iter();
        self.follow(number, &context, |_| steps.next())?;
        Ok(number)
    }

    fn quarantine(
        &mut self,
        mail: &MailIn,
        waiting: &Waiting,
        context: &Context,
    ) -> Result<Done, StoreError> {
        self.by_agent(context, |connection, stamp, at| {
            keep_waiting(connection, mail, waiting, stamp, at)
        })?;
        Ok(Done::Mail(mail.mail, HowTaken::Waiting))
    }
}

/// Why a contact by mail is taken, where the agreement does not name mail (P2-02).
fn by_mail(policy: &Policy) -> Option<String> {
    (!policy.channels.contains(&Channel::Mail)).then(|| BY_MAIL.to_owned())
}

/// Whose registered address this is (P4-02), and of which person where several share it.
fn registered(
    connection: &Connection,
    address: &str,
    name: Option<&str>,
) -> Result<Vec<Sender>, StoreError> {
    having(connection, address, name, |contact| &contact.mails)
}

/// Whose address this would be, if it were approved.
fn awaiting(connection: &Connection, address: &str) -> Result<Vec<CustomerId>, StoreError> {
    let found = having(connection, address, None, |contact| &contact.awaiting)?;
    Ok(found.into_iter().map(|sender| sender.customer).collect())
}

fn having(
    connection: &Connection,
    address: &str,
    name: Option<&str>,
    list: impl Fn(&Contact) -> &Vec<String>,
) -> Result<Vec<Sender>, StoreError> {
    let mut statement = connection.prepare_cached(&format!(
        "{CUSTOMER} WHERE instr(lower(contacts), ?1) > 0 ORDER BY id"
    ))?;
    let mut rows = statement.query([address.to_ascii_lowercase()])?;
    let mut senders = Vec::new();
    while let Some(row) = rows.next()? {
        let customer = read_customer(row)?;
        let contacts = customer.contacts.into_iter();
        let having = contacts.filter(|contact| Addresses::new(list(contact).clone()).has(address));
        let contact = Sender::who(having.collect(), name);
        senders.extend(contact.map(|contact| Sender {
            customer: customer.id,
            contact,
        }));
    }
    Ok(senders)
}

fn known(connection: &Connection, identity: &str) -> Result<Option<MailId>, StoreError> {
    Ok(connection
        .prepare_cached("SELECT id FROM arrival WHERE identity = ?1")?
        .query_row([identity], |row| row.get(0).map(MailId))
        .optional()?)
}

fn next_id(connection: &Connection) -> Result<MailId, StoreError> {
    Ok(
        connection.query_row("SELECT coalesce(max(id), 0) + 1 FROM arrival", [], |row| {
            row.get(0).map(MailId)
        })?,
    )
}

fn keep_waiting(
    connection: &Connection,
    mail: &MailIn,
    waiting: &Waiting,
    stamp: Stamp<'_>,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let event = MailEvent::MailQuarantined {
        mail: mail.mail,
        arrival: &mail.arrival,
        reason: &waiting.reason,
        proposed: waiting.proposed,
        customers: &waiting.customers,
    };
    let seq = timeline::append(connection, Subject::default(), stamp, at, &event)?;
    insert(connection, mail, MailState::Waiting, waiting.proposed, seq)
}

/// Keeps the list of mail up with an entry of an incident's timeline.
pub(super) fn follow(
    connection: &Connection,
    seq: i64,
    number: TechRef,
    event: &Event,
) -> Result<(), StoreError> {
    match event {
        Event::MailTaken(mail) => insert(connection, mail, MailState::Taken, Some(number), seq),
        _ => Ok(()),
    }
}

/// Writes the row of a mail, and those of its files; one that waited is there already.
fn insert(
    connection: &Connection,
    mail: &MailIn,
    state: MailState,
    incident: Option<TechRef>,
    seq: i64,
) -> Result<(), StoreError> {
    let incident = incident.map(TechRef::sequence);
    let id = mail.mail.0;
    connection
        .prepare_cached(
            "INSERT INTO arrival (id, identity, state, incident, came, changed) VALUES (?1, ?2, ?3, ?4, ?5, ?5)
             ON CONFLICT (id) DO UPDATE SET state = excluded.state, incident = excluded.incident,
                changed = excluded.changed",
        )?
        .execute(params![id, mail.arrival.identity, state.word(), incident, seq])?;
    let mut statement = connection.prepare_cached(
        "INSERT OR IGNORE INTO attachment (mail, n, hash, size) VALUES (?1, ?2, ?3, ?4)",
    )?;
    for (n, file) in (1_i64..).zip(&mail.arrival.files) {
        statement.execute(params![id, n, file.hash, file.size.cast_signed()])?;
    }
    Ok(())
}
