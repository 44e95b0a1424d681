//! A caller whom nobody knows becomes a customer: a name and a number to call back, the rest later.

use crate::console::addresses;
use crate::console::forms::{Choice, Field, Form};
use crate::console::model::Model;
use crate::console::request::Request;
use crate::incident::{Command, Contact, CustomerId, NewCustomer, dialable};
use crate::store::{Likely, Ruling};

/// The field for who it may be already, and what stands there for nobody that is known.
const SAME: &str = "same";
const ANOTHER: &str = "another";

/// Asks who it may be already, where what tells that is otherwise than it was `before`.
pub(in crate::console) fn looks_for(form: &Form, before: &[String]) -> Option<Request> {
    let asks = form.knows(SAME) && told(form).ne(before.iter().cloned());
    let Command::AddCustomer(new) = command_under(form, "") else {
        return None;
    };
    asks.then_some(Request::Likely(new))
}

/// Offers those whom it may be already.
pub(in crate::console) fn offer(form: &mut Form, likely: Vec<Likely>) {
    let mut choices: Vec<Choice> = likely
        .into_iter()
        .map(|Likely { customer, same }| {
            let label = format!("{} {}", customer.code, customer.name);
            Choice::new(customer.id.0.to_string(), label, format!("has {same}"))
        })
        .collect();
    if !choices.is_empty() {
        choices.push(Choice::new(ANOTHER, "another one", "it is added anyway"));
    }
    form.offer(SAME, choices);
}

/// Who it is already, where the agent says so.
pub(in crate::console) fn taken(form: &Form) -> Option<CustomerId> {
    form.value(SAME).parse().ok().map(CustomerId)
}

/// The form, with what was typed for the caller where it belongs.
pub(in crate::console) fn form(typed: &str, model: &Model) -> Form {
    let rulings = model.desk.iter().flat_map(|desk| &desk.rulings);
    let policies: Vec<Choice> = rulings.clone().map(|ruling| policy(ruling)).collect();
    let first = rulings
        .clone()
        .next()
        .map_or("", |ruling| ruling.policy.name.as_str());
    let (name, phone, mail) = match typed {
        typed if typed.contains('@') => ("", "", typed),
        typed if typed.chars().any(char::is_alphabetic) => (typed, "", ""),
        typed => ("", typed, ""),
    };
    let mut fields = vec![
        Field::text("name", "Customer").required().holding(name),
        Field::text("contact", "Caller's name")
            .help("empty where the customer is a person, and the caller"),
        Field::text("phone", "To call back")
            .holding(phone)
            .check(|form| phone_mistake(&form.value("phone"))),
    ];
    if !mail.is_empty() {
        fields.push(addresses::field("mail", "Mail").holding(mail));
    }
    if policies.len() > 1 {
        fields.push(
            Field::pick("policy", "Policy", policies)
                .required()
                .holding(first),
        );
    }
    for ruling in rulings {
        let policy = &ruling.policy;
        if policy.offices.is_empty() {
            continue;
        }
        let offices = policy
            .offices
            .iter()
            .map(|office| Choice::new(&office.name, &office.title, &office.name))
            .collect();
        let (own, only) = (policy.name.clone(), first.to_owned());
        fields.push(
            Field::pick(office_field(&policy.name), "Office", offices)
                .required()
                .when(move |form| chosen_policy(form, &only) == own),
        );
    }
    fields.push(
        Field::pick(SAME, "Or is it", Vec::new())
            .required()
            .help("Take the one that is there, or add another one.")
            .when(|form| form.offers(SAME)),
    );
    let mut form = Form::new(fields);
    if !name.is_empty() {
        form.focus_on("contact");
    }
    form
}

/// Why what is typed can be no number to call back.
pub(in crate::console) fn phone_mistake(typed: &str) -> Option<String> {
    let empty = typed.trim().is_empty();
    dialable(typed)
        .err()
        .filter(|_| !empty)
        .map(|refusal| refusal.message)
}

/// What is filled in of who it is, and how to reach them.
pub(in crate::console) fn told(form: &Form) -> impl Iterator<Item = String> {
    let fields = ["name", "contact", "phone", "mail"];
    let told = fields.map(|field| form.value(field).trim().to_owned());
    told.into_iter().filter(|words| !words.is_empty())
}

fn policy(ruling: &Ruling) -> Choice {
    let policy = &ruling.policy;
    Choice::new(&policy.name, &policy.name, &policy.summary)
}

/// Each policy with offices has a field of its own for them.
fn office_field(policy: &str) -> String {
    format!("office of {policy}")
}

fn chosen_policy(form: &Form, only: &str) -> String {
    let chosen = form.value("policy");
    if chosen.is_empty() {
        only.to_owned()
    } else {
        chosen
    }
}

/// The customer that the form describes.
pub(super) fn command(form: &Form, model: &Model) -> Command {
    let first = model.desk.as_ref().and_then(|desk| desk.rulings.first());
    command_under(form, first.map_or("", |ruling| &ruling.policy.name))
}

/// The same, where the desk's first policy is `first`.
pub(in crate::console) fn command_under(form: &Form, first: &str) -> Command {
    let policy = chosen_policy(form, first);
    let (name, contact) = (form.value("name"), form.value("contact"));
    let some = |text: String| (!text.trim().is_empty()).then_some(text);
    let (phone, mail) = (some(form.value("phone")), some(form.value("mail")));
    let contact = some(contact);
    // Somebody has the number or the address; where nothing is known of anybody, there is nobody yet.
    let known = contact.is_some() || phone.is_some() || mail.is_some();
    let person = contact.unwrap_or_else(|| name.clone());
    let person = known.then(|| Contact {
        name: person,
        phones: phone.into_iter().collect(),
        mails: mail.into_iter().collect(),
        ..Contact::default()
    });
    Command::AddCustomer(NewCustomer {
        name,
        office: some(form.value(&office_field(&policy))),
        policy: some(policy),
        contacts: person.into_iter().collect(),
        ..NewCustomer::default()
    })
}
