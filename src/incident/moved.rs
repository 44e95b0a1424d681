//! What moves money, and how that is said before it is recorded: in the console and in its lines alike.

use super::entitled::{one_in_words, used_up_in_words};
use super::event::Event;
use super::people::Entitlement;
use crate::policy::Policy;

/// What an event does to money, in a sentence; nothing where it moves none.
pub fn money_moved(event: &Event) -> Option<String> {
    Some(match event {
        Event::Paid { amount, .. } => format!("Records {amount} as paid."),
        Event::Waived { amount, .. } => format!("Waives {amount}: nothing is charged."),
        Event::Refunded { amount, .. } => format!("Gives back {amount}."),
        Event::PaymentKept { price, .. } => {
            format!("{price} stays with the customer, and pays for another incident.")
        }
        _ => return None,
    })
}

/// What pays for an incident from an event on, as it was before; `owned` is what its customer has.
pub fn cover_taken(event: &Event, policy: &Policy, owned: &[Entitlement]) -> Option<String> {
    let Event::Covered {
        entitlement,
        instead_of,
        ..
    } = event
    else {
        return None;
    };
    let taken = owned.iter().find(|known| Some(known.id) == *entitlement)?;
    let words = one_in_words(policy, taken);
    let left = instead_of.map(used_up_in_words);
    let left = left.map(|left| format!(" ({left})")).unwrap_or_default();
    Some(format!("Paid by: {words}, before this one{left}."))
}
