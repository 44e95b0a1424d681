//! Somebody who rings and is known to nobody becomes a customer.

use super::Plain;
use super::caller::Who;
use super::question::{Answers, Choice, Question, some};
use crate::cli::Failure;
use crate::incident::{Command, Contact, NewCustomer, dialable};
use crate::policy::Policy;
use crate::store::{Access, Done};

impl Plain {
    /// Somebody whom nobody knows becomes a customer.
    pub(super) fn new_customer(&mut self, typed: &str) -> Result<Option<Who>, Failure> {
        let desk = self.session().open(Access::Read)?;
        let rulings = desk.rulings()?;
        let policies = || rulings.iter().map(|ruling| &ruling.policy);
        let first = policies()
            .next()
            .map_or("", |policy| &policy.name)
            .to_owned();
        let (name, phone, mail) = match typed {
            typed if typed.contains('@') => ("", "", typed),
            typed if typed.chars().any(char::is_alphabetic) => (typed, "", ""),
            typed => ("", typed, ""),
        };
        let phone_number = |text: &str| dialable(text).map(|()| None).map_err(|no| no.message);
        let mut questions = vec![
            Question::text("name", "Customer").or(name).required(),
            Question::text("contact", "Caller's name"),
            Question::text("phone", "Number to call back")
                .or(phone)
                .check(phone_number),
            Question::text("mail", "Mail").or(mail),
        ];
        if rulings.len() > 1 {
            let choices = policies().map(|policy| Choice::new(&policy.name, &policy.summary));
            let policy = Question::pick("policy", "Policy", choices.collect());
            questions.push(policy.or(&first).required());
        }
        for policy in policies().filter(|policy| !policy.offices.is_empty()) {
            let (own, only) = (policy.name.clone(), first.clone());
            let office = Question::pick("office", "Office", offices(policy)).required();
            questions
                .push(office.when(move |answers| *answers.get("policy").unwrap_or(&only) == own));
        }
        let added = self.until_done(&questions, Answers::new(), |plain, answers| {
            let session = plain.session();
            let done = session.execute(&Command::AddCustomer(customer_of(answers)))?;
            let Done::Customer(id, code) = done else {
                return Err(crate::cli::session::other_answer());
            };
            plain.say(format_args!("{code} is a new customer."))?;
            Ok(session.open(Access::Read)?.customer(id)?)
        })?;
        Ok(added.map(|customer| {
            let contact = customer.contacts.first().cloned();
            Who::Customer(Box::new(customer), contact)
        }))
    }
}

fn customer_of(answers: &Answers) -> NewCustomer {
    let name = some(answers, "name").unwrap_or_default();
    let (contact, phone) = (some(answers, "contact"), some(answers, "phone"));
    let mail = some(answers, "mail");
    let known = [&contact, &phone, &mail].iter().any(|told| told.is_some());
    let person = known.then(|| Contact {
        name: contact.unwrap_or_else(|| name.clone()),
        phones: phone.into_iter().collect(),
        mails: mail.into_iter().collect(),
        ..Contact::default()
    });
    NewCustomer {
        name,
        policy: some(answers, "policy"),
        office: some(answers, "office"),
        contacts: person.into_iter().collect(),
        ..NewCustomer::default()
    }
}

/// The offices of a policy.
pub(super) fn offices(policy: &Policy) -> Vec<Choice> {
    let offices = policy.offices.iter();
    let choice = offices.map(|office| Choice::new(&office.name, &office.title));
    choice.collect()
}
