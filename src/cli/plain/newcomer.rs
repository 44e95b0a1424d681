//! Somebody who rings and is known to nobody becomes a customer.

use super::Plain;
use super::caller::Who;
use super::question::{Answers, Choice, Question, some};
use crate::cli::Failure;
use crate::incident::{Command, Contact, Customer, NewCustomer, dialable};
use crate::policy::Policy;
use crate::store::{Access, Done, Likely};

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
            let new = customer_of(answers);
            match plain.who_it_is(&new)? {
                Meant::New => {}
                Meant::Known(customer) => return Ok(Some(*customer)),
                Meant::Nobody => return Ok(None),
            }
            let session = plain.session();
            let done = session.execute(&Command::AddCustomer(new))?;
            let Done::Customer(id, code) = done else {
                return Err(crate::cli::session::other_answer());
            };
            plain.say(format_args!("{code} is a new customer."))?;
            Ok(Some(session.open(Access::Read)?.customer(id)?))
        })?;
        Ok(added.flatten().map(|customer| {
            let contact = customer.contacts.first().cloned();
            Who::Customer(Box::new(customer), contact)
        }))
    }
}

/// Who is meant by somebody who is to become a customer.
enum Meant {
    /// Somebody who is new.
    New,
    /// A customer that there is.
    Known(Box<Customer>),
    /// That was left.
    Nobody,
}

impl Plain {
    /// Asks whether somebody new is one of those customers that it may be already, where there are any.
    fn who_it_is(&mut self, new: &NewCustomer) -> Result<Meant, Failure> {
        let likely = self.session().open(Access::Read)?.likely(new)?;
        if likely.is_empty() {
            return Ok(Meant::New);
        }
        let choices = likely.iter().map(|Likely { customer, same }| {
            let words = format!("{} {}, has {same}", customer.code, customer.name);
            Choice::said(&customer.code, words)
        });
        let another = Choice::said(ANOTHER, "another one, who is added");
        let which = Question::pick("same", "Or is it", choices.chain([another]).collect());
        let which = [which.required()];
        let code = self.until_done(&which, Answers::new(), |_, answers| {
            Ok(some(answers, "same").unwrap_or_default())
        })?;
        let Some(code) = code else {
            return Ok(Meant::Nobody);
        };
        let mut known = likely.into_iter().map(|likely| likely.customer);
        let known = known.find(|customer| customer.code == code);
        Ok(known.map_or(Meant::New, |customer| Meant::Known(Box::new(customer))))
    }
}

/// What stands for somebody who is no customer yet.
const ANOTHER: &str = "another";

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
