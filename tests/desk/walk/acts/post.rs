//! Mail that comes in, and what becomes of that which waits.

use chrono::TimeDelta;
use holdline::incident::{
    Addresses, Arrival, Attached, Command, Contact, CustomerId, MailId, MailState, MailTarget,
    RegisterMail, TechRef,
};

use super::Walk;
use super::people::SHARED;

impl Walk {
    /// A mail: of somebody registered or not, about an incident or not, with the ladder in copy or not.
    pub(super) fn mail(&mut self) -> Command {
        let about = (self.rng.u8(..100) < 60).then(|| self.incident()).flatten();
        let customer = match about {
            Some(number) if self.rng.u8(..100) < 85 => self.seen[&number].customer,
            _ => self.customer(),
        };
        let identity = match self.rng.u8(..100) {
            0..4 => "the same again".to_owned(),
            _ => format!("{:x}", self.rng.u64(..)),
        };
        let (by_program, listed) = (self.rng.u8(..100) < 6, self.rng.u8(..100) < 6);
        let said = self.words();
        let subject = said.replace(|c: char| c.is_control() || c == '\u{202e}', " ");
        let (token, replies_to) = self.thread(about);
        Command::Arrive(Box::new(Arrival {
            message_id: Some(format!("{identity}@outside.test")),
            identity,
            replies_to,
            sender: self.sender(customer),
            sender_name: self.rng.bool().then(|| "Somebody".to_owned()),
            to: Addresses::new(["support@shop.test".to_owned()]),
            cc: self.copies(customer),
            subject: format!("{token}{subject}").trim().to_owned(),
            text: (self.rng.u8(..100) < 95).then_some(said),
            delivered_at: self.now - TimeDelta::seconds(self.rng.i64(0..7_200)),
            automatic: (by_program || listed).then(|| "a program sent it".to_owned()),
            by_program,
            unclear: (self.rng.u8(..100) < 3).then(|| "it is cut off".to_owned()),
            files: self.attached(),
        }))
    }

    /// What ties a mail to an incident: the number in its subject, right or wrong, or what it answers.
    fn thread(&mut self, about: Option<TechRef>) -> (String, Vec<String>) {
        let Some(number) = about else {
            return (String::new(), Vec::new());
        };
        let sent: Option<String> = self
            .sql
            .prepare_cached("SELECT max(message_id) FROM message WHERE incident = ?1")
            .unwrap()
            .query_row([number.sequence()], |row| row.get(0))
            .unwrap();
        match self.rng.u8(..10) {
            0 => (format!("[{}-x] ", number.sequence()), Vec::new()),
            1 => (format!("{number} "), Vec::new()),
            2..6 => (String::new(), sent.into_iter().collect()),
            _ => (format!("Re: [{number}] "), Vec::new()),
        }
    }

    fn sender(&mut self, customer: CustomerId) -> Option<String> {
        let Contact {
            mails, awaiting, ..
        } = self.known_person(customer);
        let known = mails.into_iter().next().or(awaiting.into_iter().next());
        match self.rng.u8(..100) {
            0..3 => None,
            3..6 => Some(SHARED.to_owned()),
            6..20 => Some(format!("stranger{}@outside.test", self.rng.u8(..20))),
            _ => known,
        }
    }

    fn copies(&mut self, customer: CustomerId) -> Addresses {
        let ruling = self.ruling_of_customer(customer);
        let manager = self.desk.customer(customer).unwrap().account_manager;
        let roles = ruling.policy.roles.values().cloned().chain(manager);
        let roles: Vec<String> = roles.collect();
        let copied = roles.into_iter().filter(|_| self.rng.u8(..100) < 25);
        Addresses::new(copied.collect::<Vec<_>>())
    }

    fn attached(&mut self) -> Vec<Attached> {
        if self.rng.u8(..100) >= 5 {
            return Vec::new();
        }
        let bytes = [self.rng.u8(..4); 100];
        vec![Attached {
            name: "picture.png".to_owned(),
            media: None,
            size: bytes.len() as u64,
            hash: self.desk.keep_file(&bytes).unwrap(),
        }]
    }

    /// Something is done with a mail that waits, or with one that does not.
    pub(super) fn quarantine(&mut self) -> Option<Command> {
        let waiting = self.desk.arrived(&[MailState::Waiting], 30).unwrap();
        let known: Vec<MailId> = self.mails.keys().copied().collect();
        let id = match waiting.len() {
            many @ 1.. if self.rng.u8(..100) < 90 => waiting[self.rng.usize(..many)].id,
            _ if known.is_empty() => return None,
            _ => self.any(&known),
        };
        if self.rng.u8(..100) < 35 {
            return Some(Command::DismissMail(id, self.words()));
        }
        let mail = self.desk.arrived_mail(id).unwrap();
        let likely = mail.incident.map(|number| self.seen[&number].customer);
        let likely = likely.or(mail.customers.first().map(|customer| customer.id));
        let customer = match likely {
            Some(customer) if self.rng.u8(..100) < 80 => customer,
            _ => self.customer(),
        };
        let ruling = self.ruling_of_customer(customer);
        let target = match (self.rng.u8(..4), self.incident()) {
            (0, Some(number)) => MailTarget::Incident(number),
            (1, _) => MailTarget::New,
            _ => MailTarget::Proposed,
        };
        Some(Command::RegisterMail(Box::new(RegisterMail {
            mail: id,
            customer,
            person: self.rng.bool().then(|| "Person 7".to_owned()),
            approved_by: (self.rng.u8(..100) < 70).then(|| self.words()),
            target,
            severity: self.severity(&ruling.policy),
            office: None,
            detail: self.rng.bool().then(|| self.words()),
        })))
    }
}
