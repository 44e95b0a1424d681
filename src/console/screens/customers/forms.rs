//! What is changed about a customer: its own facts, its people; and a new one.

use std::cell::RefCell;
use std::rc::Rc;

use crate::console::addresses::{self, parts};
use crate::console::call;
use crate::console::edit::Edit;
use crate::console::forms::{Choice, Field, Form};
use crate::console::model::Model;
use crate::console::request::{Request, Tag};
use crate::incident::{Command, Contact, CustomerChange, Pin, approver};
use crate::store::CallerCard;

/// What stands for no policy of one's own, and for no office.
const NONE: &str = "none";
/// Whether the PIN is taken away.
const NO_PIN: &str = "no pin";
/// Who approved further mail addresses.
const APPROVED: &str = "approved by";
/// What stands for a person who is not known yet.
const NEW: &str = "new";

/// A new customer.
pub fn add(model: &Model) -> Edit {
    let first = model.desk.as_ref().and_then(|desk| desk.rulings.first());
    let first = first.map_or(String::new(), |ruling| ruling.policy.name.clone());
    let form = call::customer_form("", model);
    let edit = Edit::asking("New customer", form, move |form| {
        if call::taken(form).is_some() {
            return Err("it is there already: Esc, then / and its code leads to it".to_owned());
        }
        let new = call::new_customer(form, &first);
        let name = match &new {
            Command::AddCustomer(new) => new.name.as_str(),
            _ => "the customer",
        };
        let tag = Tag::Edit(format!("{name} is added"));
        Ok(Some(Request::Execute {
            commands: vec![new],
            tag,
            if_revision: None,
            at: None,
        }))
    });
    edit.coming_back()
        .saying("What it bought is added once it is there: Enter goes into it, + adds.")
}

/// The selected customer's own facts.
pub fn change(model: &Model) -> Option<Edit> {
    let card = model.customers.card()?;
    let (customer, has_pin) = (card.customer.clone(), card.pin);
    let rulings = model.desk.iter().flat_map(|desk| &desk.rulings);
    let mut policies: Vec<Choice> = rulings
        .clone()
        .map(|ruling| {
            let policy = &ruling.policy;
            Choice::new(&policy.name, &policy.name, &policy.summary)
        })
        .collect();
    let first = rulings.clone().next()?.policy.name.clone();
    if customer.policy.is_none() {
        let about = format!("the desk's first one, {first}");
        policies.insert(0, Choice::new(NONE, NONE, about));
    }
    let policy = customer.policy.clone().unwrap_or_else(|| NONE.to_owned());
    let mut fields = vec![
        Field::text("name", "Customer")
            .required()
            .holding(&customer.name),
        Field::pick("policy", "Policy", policies)
            .required()
            .holding(&policy)
            .help("Holds for what is logged from now on."),
    ];
    for ruling in rulings {
        let (own, first) = (ruling.policy.name.clone(), first.clone());
        if ruling.policy.offices.is_empty() {
            continue;
        }
        let offices = ruling.policy.offices.iter();
        let mut offices: Vec<Choice> = offices
            .map(|office| Choice::new(&office.name, &office.title, &office.name))
            .collect();
        offices.push(Choice::new(NONE, NONE, "no office of its own"));
        let known = customer
            .office
            .as_deref()
            .filter(|office| ruling.policy.office(office).is_some());
        fields.push(
            Field::pick(office_field(&own), "Office", offices)
                .required()
                .holding(known.unwrap_or(NONE))
                .when(move |form| chosen(form, &first) == own),
        );
    }
    let manager = customer.account_manager.as_deref().unwrap_or_default();
    fields.push(
        addresses::field("account_manager", "Account manager")
            .holding(manager)
            .help(
                "The mail address of who looks after this customer here; escalations may go there.",
            ),
    );
    if has_pin {
        fields.push(
            Field::toggle(NO_PIN, "Remove the PIN")
                .help("A PIN is set. Without one no caller can prove who they are by it."),
        );
    }
    fields.extend([
        Field::masked("pin", "New PIN")
            .when(|form| !form.is_on(NO_PIN))
            .help("6 to 32 digits by which callers prove who they are; empty leaves it as it is.")
            .check(|form| new_pin(form).err()),
        Field::masked("pin again", "Once more")
            .required()
            .when(|form| !form.value("pin").is_empty())
            .check(|form| {
                let same = form.value("pin") == form.value("pin again");
                (!same).then(|| "the two PINs differ: type it once more".to_owned())
            }),
    ]);
    let title = format!("Change {} ({})", customer.name, customer.code);
    let seen = Rc::new(RefCell::new(customer));
    let about = Rc::clone(&seen);
    let edit = Edit::new(
        title,
        Form::new(fields),
        "the customer is changed",
        move |form| {
            let seen = seen.borrow();
            // What the agent left as it was stays as others make it.
            let fact = |field: &str| {
                let new = form.changed(field)?.trim().to_owned();
                Some(Some(new).filter(|new| new != NONE).unwrap_or_default())
            };
            let policy = fact("policy");
            let office = office_field(&chosen(form, &first));
            // Another policy has other offices: the one of before is none of them, or means another.
            let office = match fact(&office) {
                None if policy.is_some() => Some(form.value(&office))
                    .map(|office| Some(office).filter(|name| name != NONE).unwrap_or_default())
                    .filter(|office| *office != seen.office.clone().unwrap_or_default()),
                office => office,
            };
            let change = CustomerChange {
                name: fact("name"),
                policy,
                office,
                account_manager: fact("account_manager"),
                seen: Some(Box::new(seen.clone())),
            };
            let changed = (!change.is_empty()).then(|| Command::ChangeCustomer(seen.id, change));
            let pin = pin(form)?.map(|pin| Command::SetPin(seen.id, pin));
            Ok(changed.into_iter().chain(pin).collect())
        },
    );
    Some(edit.about(about))
}

/// What becomes of the PIN; nothing where it stays as it is.
fn pin(form: &Form) -> Result<Option<Option<Pin>>, String> {
    match form.is_on(NO_PIN) {
        true => Ok(Some(None)),
        false => Ok(new_pin(form)?.map(Some)),
    }
}

fn new_pin(form: &Form) -> Result<Option<Pin>, String> {
    let typed = Some(form.value("pin")).filter(|pin| !pin.is_empty());
    let pin = typed.map(|typed| Pin::new(&typed)).transpose();
    pin.map_err(|refusal| refusal.message)
}

/// Each policy with offices has a field of its own for them.
fn office_field(policy: &str) -> String {
    format!("office of {policy}")
}

fn chosen(form: &Form, first: &str) -> String {
    match form.value("policy") {
        none if none == NONE => first.to_owned(),
        policy => policy,
    }
}

/// A person of the selected customer's, or of the caller's on a call: a new one, or one that is known.
pub fn person(model: &Model) -> Option<Edit> {
    match call::on_card(model) {
        Some(caller) => Some(person_of(caller)),
        None => model.customers.card().map(person_of),
    }
}

/// Somebody new at first: whoever is on record is chosen.
fn person_of(card: &CallerCard) -> Edit {
    let contacts = card.customer.contacts.clone();
    let mut people = vec![Choice::new(NEW, "somebody new", "")];
    people.extend(contacts.iter().enumerate().map(|(place, contact)| {
        let about = contact.role.clone().unwrap_or_default();
        Choice::new(place.to_string(), &contact.name, about)
    }));
    let mut fields = vec![Field::pick("who", "Who", people).required().holding(NEW)];
    let nobody = Contact::default();
    let known = contacts.iter().enumerate();
    let known = known.map(|(place, contact)| (place.to_string(), contact));
    for (who, contact) in known.chain([(NEW.to_owned(), &nobody)]) {
        fields.extend(about(&who, contact));
    }
    if let Some(role) = approver(&card.customer, &card.ruling.policy) {
        let help =
            format!("A further address waits, and mail from it too, until the {role} approved it.");
        fields.push(Field::text(APPROVED, "Approved by").help(&help));
    }
    let id = card.customer.id;
    let title = format!("People of {} ({})", card.customer.name, card.customer.code);
    let edit = Edit::new(
        title,
        Form::new(fields),
        "the person is kept",
        move |form| {
            let who = form.value("who");
            let known = who.parse::<usize>().ok();
            let known = known.and_then(|place| contacts.get(place));
            let approved = Some(form.value(APPROVED)).filter(|by| !by.trim().is_empty());
            let mut after = filled(form, &who)?;
            let Some(before) = known else {
                return Ok(vec![Command::AddContact(id, after, approved)]);
            };
            after.awaiting.clone_from(&before.awaiting);
            if approved.is_some() {
                // What waited is meant too.
                after.mails.append(&mut after.awaiting);
            }
            Ok(match *before == after {
                true => Vec::new(),
                false => {
                    let change = Box::new([before.clone(), after]);
                    vec![Command::ChangeContact(id, change, approved)]
                }
            })
        },
    );
    edit.saying("Mail from a registered address is recognised. Several are divided by commas.")
}

/// The fields of one person.
fn about(who: &str, contact: &Contact) -> Vec<Field> {
    let name = |what: &str| format!("{what} of {who}");
    let role = contact.role.as_deref().unwrap_or_default();
    let zone = contact.zone.as_deref().unwrap_or_default();
    let zones = name("zone");
    let fields = vec![
        Field::text(name("name"), "Name")
            .required()
            .holding(&contact.name),
        Field::text(name("role"), "Role").holding(role),
        Field::text(name("phones"), "Telephone").holding(&contact.phones.join(", ")),
        addresses::field(name("mails"), "Mail").holding(&contact.mails.join(", ")),
        Field::text(zones.clone(), "Time zone")
            .holding(zone)
            .help("such as Europe/Paris, where it is not the office's")
            .check(move |form| {
                let zone = form.value(&zones);
                let wrong =
                    !zone.trim().is_empty() && zone.trim().parse::<chrono_tz::Tz>().is_err();
                wrong.then(|| format!("\"{zone}\" is no time zone: write it like Europe/Paris"))
            }),
    ];
    let one = |field: Field| {
        let who = who.to_owned();
        field.when(move |form| form.value("who") == who)
    };
    fields.into_iter().map(one).collect()
}

/// The person as the fields have them.
fn filled(form: &Form, who: &str) -> Result<Contact, String> {
    let value = |what: &str| form.value(&format!("{what} of {who}"));
    let some = |text: String| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    Ok(Contact {
        name: value("name").trim().to_owned(),
        role: some(value("role")),
        phones: parts(&value("phones")),
        mails: parts(&value("mails")),
        zone: some(value("zone")),
        awaiting: Vec::new(),
    })
}
