//! The people of a customer: who they are, and which of their mail addresses are registered (P4-02). And an agent who
//! leaves.

use super::phone::dialable;
use super::text::checked;
use crate::incident::TechRef;
use crate::incident::command::LeftTo;
use crate::incident::message::Addresses;
use crate::incident::people::{Contact, Customer};
use crate::incident::refusal::Refusal;
use crate::policy::{Policy, is_address, spoken_role};

/// Who approves a further mail address of this customer, in words; nobody where it has none yet, or where the policy
/// asks for no approval.
pub fn approver(customer: &Customer, policy: &Policy) -> Option<String> {
    let role = policy.intake.address_approval.as_deref();
    let mut contacts = customer.contacts.iter();
    // One that waits counts too, or what replaced the only address would let in the next one.
    let further =
        contacts.any(|contact| !(contact.mails.is_empty() && contact.awaiting.is_empty()));
    role.filter(|_| further).map(spoken_role)
}

/// A person as they are kept, from what is wanted of them: `before` is how they were, if the customer has them already.
/// A further address that nobody is said to have approved waits where the policy has it approved.
///
/// # Errors
/// When the name is empty or another person's, or an address or a telephone number is none.
pub fn decide_person(
    customer: &Customer,
    policy: &Policy,
    before: Option<&Contact>,
    wanted: &Contact,
    approved_by: Option<&str>,
) -> Result<Contact, Refusal> {
    let name = checked("contact's name", &wanted.name)?;
    let mut others = customer
        .contacts
        .iter()
        .filter(|other| Some(*other) != before);
    if others.any(|other| other.name.to_lowercase() == name.to_lowercase()) {
        return Err(already(&name));
    }
    if let Some(wrong) = wanted.mails.iter().find(|mail| !is_address(mail)) {
        return Err(Refusal::input(format!(
            "\"{wrong}\" is no mail address: write it like ada@blue-fern.test"
        )));
    }
    let known = before.map_or(&[][..], |before| &before.phones);
    let new = wanted.phones.iter().filter(|phone| !known.contains(phone));
    new.map(String::as_str).try_for_each(dialable)?;
    let registered = customer.contacts.iter().flat_map(|known| &known.mails);
    let registered = Addresses::new(registered.cloned());
    let waits = approved_by.is_none() && approver(customer, policy).is_some();
    let (waiting, mails): (Vec<String>, Vec<String>) = Addresses::new(wanted.mails.clone())
        .iter()
        .map(str::to_owned)
        .partition(|mail| waits && !registered.has(mail));
    let waited = before.map_or(&[][..], |before| &before.awaiting);
    let awaiting = Addresses::new(waited.iter().cloned().chain(waiting));
    let awaiting = awaiting.without(&Addresses::new(mails.iter().cloned()));
    Ok(Contact {
        name,
        mails,
        awaiting: awaiting.iter().map(str::to_owned).collect(),
        ..wanted.clone()
    })
}

/// As [`decide_person`], for a person who is new, or whom further ways lead to from now on.
///
/// # Errors
/// As [`decide_person`], and when nothing is new about them.
pub fn decide_reach(
    customer: &Customer,
    policy: &Policy,
    new: &Contact,
    approved_by: Option<&str>,
) -> Result<Contact, Refusal> {
    let name = new.name.trim().to_lowercase();
    let mut known = customer.contacts.iter();
    let before = known.find(|known| known.name.to_lowercase() == name);
    let wanted = before.map_or_else(|| new.clone(), |before| before.reached_by(new));
    let after = decide_person(customer, policy, before, &wanted, approved_by)?;
    match before == Some(&after) {
        true => Err(already(&after.name)),
        false => Ok(after),
    }
}

fn already(name: &str) -> Refusal {
    Refusal::rule(format!("{name} is a contact of this customer already"))
}

/// How many numbers a refusal names.
const NAMED: usize = 5;

/// Whose the open incidents of an agent who leaves are from then on: an agent's, or nobody's.
///
/// # Errors
/// When nobody of that name works here, or who takes them over does not, or nobody said what becomes of them.
pub fn decide_leave<'a>(
    name: &str,
    open: &[TechRef],
    left_to: &'a LeftTo,
    agents: &[String],
) -> Result<Option<&'a str>, Refusal> {
    let works = |name: &str| match agents.iter().any(|known| known == name) {
        true => Ok(()),
        false => Err(Refusal::unknown(
            "agent",
            name,
            agents.iter().map(String::as_str),
        )),
    };
    works(name)?;
    match left_to {
        LeftTo::Agent(to) if to == name => Err(Refusal::input(format!(
            "{name} leaves: name another agent to take over"
        ))),
        LeftTo::Agent(to) => works(to).map(|()| Some(to.as_str())),
        LeftTo::Unsaid if !open.is_empty() => {
            let named: Vec<String> = open.iter().take(NAMED).map(TechRef::to_string).collect();
            let more = if open.len() > NAMED { ", …" } else { "" };
            Err(Refusal::rule(format!(
                "{name} has {} open ({}{more}): say who takes over, or that they wait for somebody",
                open.len(),
                named.join(", ")
            )))
        }
        LeftTo::Queue | LeftTo::Unsaid => Ok(None),
    }
}
