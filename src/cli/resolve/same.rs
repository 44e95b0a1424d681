//! A known fault resolved with all that are the same: what became of each, and who is told how.

use serde::Serialize;

use crate::cli::mail::View;
use crate::cli::step::other_command;
use crate::cli::{Failure, Session};
use crate::incident::{Command, TechRef, Together};
use crate::store::{Batch, Desk, Done, ResolvedSame, StoreError};

/// Resolves the fault and all that are the same, or with `only_tried` changes nothing; says what becomes of each.
pub(super) fn resolve(
    session: &Session,
    typed: &str,
    together: Together,
    only_tried: bool,
) -> Result<(), Failure> {
    let command = Command::ResolveSame(session.number(typed)?, Box::new(together));
    let context = session.context()?;
    let work = |batch: &mut Batch<'_>| match batch.execute(&command, &context)? {
        Done::Resolved(done) => Account::of(batch.desk(), done, session),
        _ => Err(other_command().into()),
    };
    let mut account = match only_tried {
        true => session.rehearse(work),
        false => session.batch(work),
    }?;
    account.dry_run = only_tried;
    session.answer(&account, account.text())?;
    account.notes().for_each(|note| session.note(note));
    Ok(())
}

/// What became of each incident, and how its caller is told.
#[derive(Serialize)]
struct Account {
    dry_run: bool,
    tech_ref: TechRef,
    resolved: Vec<TechRef>,
    left: Vec<Left>,
    messages: Vec<View>,
    to_call: Vec<ToCall>,
}

/// An incident that a rule left as it is.
#[derive(Serialize)]
struct Left {
    tech_ref: TechRef,
    why: String,
}

/// A caller who cannot be written to.
#[derive(Serialize)]
struct ToCall {
    tech_ref: TechRef,
    customer: String,
    contact: Option<String>,
    phones: Vec<String>,
}

impl Account {
    fn of(desk: &Desk, done: ResolvedSame, session: &Session) -> Result<Self, StoreError> {
        let messages = done.messages.into_iter();
        let messages = messages.map(|id| Ok(View::of(desk.outbox_message(id)?)));
        let to_call = done.untold.into_iter().map(|number| {
            let (incident, customer) = desk.incident(number, session.now())?;
            // Whoever spoke, if a number was kept, else the first of the customer's people who has one.
            let people = incident.contact.iter().chain(&customer.contacts);
            let person = people.clone().find(|person| !person.phones.is_empty());
            let person = person.or(incident.contact.as_ref()).cloned();
            let (contact, phones) = person.map_or_else(Default::default, |person| {
                (Some(person.name), person.phones)
            });
            Ok(ToCall {
                tech_ref: number,
                customer: customer.name,
                contact,
                phones,
            })
        });
        Ok(Self {
            dry_run: false,
            tech_ref: done.fault,
            resolved: done.resolved,
            left: done
                .left
                .into_iter()
                .map(|(tech_ref, why)| Left { tech_ref, why })
                .collect(),
            messages: messages.collect::<Result<_, StoreError>>()?,
            to_call: to_call.collect::<Result<_, StoreError>>()?,
        })
    }

    fn text(&self) -> String {
        let resolved = std::iter::once(&self.tech_ref).chain(&self.resolved);
        let would = if self.dry_run { " would be" } else { "" };
        let nothing = self.dry_run.then(|| "Nothing was changed.".to_owned());
        let resolved = resolved.map(|number| format!("{number}{would} resolved"));
        let messages = self.messages.iter().map(|message| {
            let numbers = std::iter::once(&message.tech_ref).chain(&message.also);
            let numbers: Vec<String> = numbers.map(TechRef::to_string).collect();
            let (to, numbers) = (message.to.join(", "), numbers.join(", "));
            format!("message to {to} ({}): {numbers}", message.customer)
        });
        let first = self.messages.first().filter(|_| self.dry_run);
        let reads = first.map(|View { subject, text, .. }| {
            format!("\nThe first one would read:\nSubject: {subject}\n\n{text}")
        });
        let lines = nothing.into_iter().chain(resolved).chain(messages);
        lines.chain(reads).collect::<Vec<_>>().join("\n")
    }

    fn notes(&self) -> impl Iterator<Item = String> {
        let left = self.left.iter().map(|Left { tech_ref, why }| {
            let is = if self.dry_run { "would be" } else { "is" };
            format!("{tech_ref} {is} left as it is: {why}")
        });
        let to_call = self.to_call.iter().map(|one| {
            let contact = one.contact.iter();
            let who: Vec<&str> = contact.chain(&one.phones).map(String::as_str).collect();
            let who = match who.as_slice() {
                [] => "nobody is named who could be called".to_owned(),
                who => format!("call {}", who.join(", ")),
            };
            let (number, customer) = (one.tech_ref, &one.customer);
            format!("{number} ({customer}) has no mail address: {who}")
        });
        left.chain(to_call)
    }
}
