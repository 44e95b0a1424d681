//! What an agent decides about mail in quarantine: its sender is registered and it goes on as mail from there, or it is
//! dismissed with a reason.

use rusqlite::params;
use serde::Serialize;

use super::context::Context;
use super::execute::{Done, HowTaken};
use super::timeline::{self, Subject};
use super::{Arrived, Batch, StoreError};
use crate::incident::{
    Addresses, Contact, Customer, MailId, MailIn, MailState, MailTarget, Refusal, RegisterMail,
    Sender, approver, checked_text,
};

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum QuarantineEvent<'a> {
    MailDismissed { mail: MailId, reason: &'a str },
}

impl Batch<'_> {
    /// Takes a mail out of quarantine. What a rule refuses is refused as a whole, and the mail goes on waiting.
    pub(super) fn register_mail(
        &mut self,
        register: &RegisterMail,
        context: &Context,
    ) -> Result<Done, StoreError> {
        let found = self.waiting(register.mail)?;
        let customer = self.desk.customer(register.customer)?;
        let target = match register.target {
            MailTarget::Incident(number) => Some(self.leads_to(number)?),
            MailTarget::Proposed => found.incident.map(|it| self.leads_to(it)).transpose()?,
            MailTarget::New => None,
        };
        let goes_on = target.map(|it| self.newest(it)).transpose()?;
        let owner = goes_on.as_ref().map(|incident| incident.customer);
        let target = match (target, register.target) {
            (Some(number), MailTarget::Incident(_)) if owner != Some(customer.id) => {
                return Err(Refusal::rule(format!(
                    "{number} is another customer's than {}: name the customer that it is of",
                    customer.name
                ))
                .into());
            }
            (target, _) => target.filter(|_| owner == Some(customer.id)),
        };
        let (sender, known) = self.registered_sender(&found, &customer, register, context)?;
        // A token and a name prove nobody: whom an incident is answered to stays who it was, until an agent says otherwise.
        let answered = goes_on.is_some_and(|incident| incident.contact.is_some());
        let contact = sender.contact_named().filter(|_| known || !answered);
        let mail = MailIn {
            mail: found.id,
            arrival: found.arrival,
        };
        let then = Context {
            at: Some(mail.arrival.delivered_at),
            once: None,
            if_revision: None,
            ..context.clone()
        };
        let how = match target {
            Some(number) => HowTaken::Joined(self.join(number, contact, &mail, &then)?),
            None => {
                let mut log = self.logging(&sender, &mail.arrival)?;
                log.contact = sender.contact_named();
                log.severity.clone_from(&register.severity);
                log.office.clone_from(&register.office);
                log.detail = register.detail.clone().or(log.detail);
                HowTaken::Opened(self.open_by(&log, &mail, &then)?)
            }
        };
        Ok(Done::Mail(register.mail, how))
    }

    /// The sender of a mail, registered for the customer, and whether that was so already.
    fn registered_sender(
        &mut self,
        found: &Arrived,
        customer: &Customer,
        register: &RegisterMail,
        context: &Context,
    ) -> Result<(Sender, bool), StoreError> {
        let of = |contact: Contact, known: bool| {
            let customer = customer.id;
            (Sender { customer, contact }, known)
        };
        let Some(address) = &found.arrival.sender else {
            // There is no address that could be registered; the mail is the customer's all the same.
            let name = register.person.clone().unwrap_or_default();
            let contact = Contact {
                name,
                ..Contact::default()
            };
            return Ok(of(contact, false));
        };
        let known = customer.contacts.iter().cloned();
        let sharing = known.filter(|it| Addresses::new(it.mails.clone()).has(address));
        let name = register
            .person
            .as_ref()
            .or(found.arrival.sender_name.as_ref());
        if let Some(known) = Sender::who(sharing.collect(), name.map(String::as_str)) {
            return Ok(of(known, true));
        }
        let approved_by = register.approved_by.as_deref();
        let ruling = self.desk.ruling(customer.policy.as_deref())?;
        if let (Some(role), None) = (approver(customer, &ruling.policy), approved_by) {
            return Err(Refusal::rule(format!(
                "a further address of {} is approved by the {role}: say who approved it (--approved-by), or dismiss \
                 the mail with the reason",
                customer.name
            ))
            .into());
        }
        let contact = Contact {
            name: name.unwrap_or(address).clone(),
            mails: vec![address.clone()],
            ..Contact::default()
        };
        let contact = self.add_contact(customer.id, &contact, approved_by, context)?;
        Ok(of(contact, false))
    }

    /// Dismisses a mail that waits.
    pub(super) fn dismiss_mail(
        &mut self,
        mail: MailId,
        reason: &str,
        context: &Context,
    ) -> Result<(), StoreError> {
        self.waiting(mail)?;
        let reason = checked_text("reason", reason)?;
        let event = QuarantineEvent::MailDismissed {
            mail,
            reason: &reason,
        };
        self.by_agent(context, |connection, stamp, at| {
            let seq = timeline::append(connection, Subject::default(), stamp, at, &event)?;
            connection.execute(
                "UPDATE arrival SET state = ?2, changed = ?3 WHERE id = ?1",
                params![mail.0, MailState::Dismissed.word(), seq],
            )?;
            Ok(())
        })
    }

    /// A mail that must still wait.
    fn waiting(&self, mail: MailId) -> Result<Arrived, StoreError> {
        let found = self.desk.arrived_mail(mail)?;
        match (found.state, found.incident) {
            (MailState::Waiting, _) => Ok(found),
            (MailState::Taken, Some(number)) => {
                Err(Refusal::rule(format!("mail {mail} belongs to {number} already")).into())
            }
            (state, _) => {
                let word = state.word();
                Err(Refusal::rule(format!("mail {mail} is {word} already")).into())
            }
        }
    }
}
