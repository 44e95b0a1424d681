//! The customers: found by what is typed, and each with its people, what it is entitled to, its incidents and how its
//! callers behaved.

use super::rows::Rows;
use crate::console::model::Model;
use crate::console::msg::Effect;
use crate::console::request::Request;
use crate::incident::{CustomerId, TechRef};
use crate::store::{CallerCard, FoundCustomer, Listed};

mod entitlements;
mod forms;
mod view;

#[cfg(test)]
mod tests;

pub use entitlements::{add as add_entitlement, end as end_entitlement};
pub use forms::{add, change, person};
pub use view::{body, height, list_area};

/// The state of the screen.
#[derive(Default)]
pub struct Customers {
    /// What is looked for; all of them when empty.
    pub typed: String,
    /// Those that were found.
    pub found: Rows<FoundCustomer>,
    /// All that is known of the selected one, once it was read.
    card: Option<Box<CallerCard>>,
    /// The selected one of its incidents, once one has gone into it.
    inside: Option<usize>,
    /// The incident that is meant, until what is known of the customer was read.
    meant: Option<TechRef>,
}

impl Customers {
    /// The selected customer with all that is known of it, once that was read.
    pub fn card(&self) -> Option<&CallerCard> {
        let selected = self.found.selected()?.customer.id;
        let card = self.card.as_deref();
        card.filter(|card| card.customer.id == selected)
    }

    /// Whether one has gone into the selected customer.
    pub fn is_inside(&self) -> bool {
        self.inside.is_some()
    }

    /// The selected incident of the customer that one has gone into.
    pub fn incident(&self) -> Option<&Listed> {
        incidents(self.card()?).nth(self.inside?)
    }

    /// Goes to the incident that is meant, once what is known of its customer was read.
    fn go_to_meant(&mut self) {
        let rows = self
            .card()
            .map(|card| incidents(card).map(|row| row.number));
        let Some(place) = self
            .meant
            .and_then(|number| rows?.position(|row| row == number))
        else {
            return;
        };
        (self.inside, self.meant) = (Some(place), None);
    }

    /// Goes into the selected customer.
    pub fn enter(&mut self) {
        self.inside = Some(0);
    }

    /// Goes out of it again; whether one was inside.
    pub fn leave(&mut self) -> bool {
        self.inside.take().is_some()
    }
}

/// The incidents on a card, in the order in which they stand there.
fn incidents(card: &CallerCard) -> impl Iterator<Item = &Listed> {
    card.open.iter().chain(&card.ended)
}

/// Asks for what the screen shows.
pub fn read(model: &Model) -> Vec<Effect> {
    let customers = &model.customers;
    let mut effects = vec![Effect::Ask(Request::Customers {
        typed: customers.typed.clone(),
        limit: customers.found.limit,
    })];
    effects.extend(
        customers
            .found
            .selected()
            .map(|found| Effect::Ask(Request::Card(found.customer.id))),
    );
    effects
}

/// Looks for something else.
pub fn find(model: &mut Model, typed: String) -> Vec<Effect> {
    let customers = &mut model.customers;
    customers.typed = typed;
    (customers.inside, customers.meant) = (None, None);
    customers.found.restart();
    vec![Effect::Ask(Request::Customers {
        typed: customers.typed.clone(),
        limit: customers.found.limit,
    })]
}

/// Goes into the customer with this code, to this incident of it.
pub fn go_into(model: &mut Model, code: String, number: Option<TechRef>) -> Vec<Effect> {
    let effects = find(model, code);
    model.customers.enter();
    model.customers.meant = number;
    effects
}

/// Takes in what was found.
pub fn found(
    model: &mut Model,
    typed: &str,
    limit: usize,
    found: Vec<FoundCustomer>,
) -> Vec<Effect> {
    let customers = &mut model.customers;
    if customers.typed != typed {
        return Vec::new();
    }
    let same = |one: &FoundCustomer, other: &FoundCustomer| one.customer.id == other.customer.id;
    customers.found.take(found, limit, same);
    if customers.found.rows.is_empty() {
        customers.inside = None;
    }
    customers.go_to_meant();
    look(customers)
}

/// Takes in what is known of a customer.
pub fn known(model: &mut Model, card: Box<CallerCard>) {
    let customers = &mut model.customers;
    // What was asked for before another one was selected comes too late.
    let is_selected = |selected: &FoundCustomer| selected.customer.id == card.customer.id;
    if !customers.found.selected().is_some_and(is_selected) {
        return;
    }
    let selected = customers.incident().map(|row| row.number);
    customers.card = Some(card);
    let Some(at) = customers.inside else { return };
    let Some(card) = customers.card() else { return };
    let last = incidents(card).count().saturating_sub(1);
    let place = selected.and_then(|number| incidents(card).position(|row| row.number == number));
    customers.inside = Some(place.unwrap_or(at).min(last));
    customers.go_to_meant();
}

/// Reads all that is known of the selected customer, unless it was read already.
fn look(customers: &Customers) -> Vec<Effect> {
    let selected = customers.found.selected().map(|found| found.customer.id);
    let wanted = selected.filter(|_| customers.card().is_none());
    wanted.map(ask).into_iter().collect()
}

fn ask(id: CustomerId) -> Effect {
    Effect::Ask(Request::Card(id))
}

/// Moves the selection among the customers, or among the incidents of the one that one has gone into.
pub fn move_by(model: &mut Model, rows: isize) -> Vec<Effect> {
    let customers = &mut model.customers;
    if let Some(at) = customers.inside {
        let count = customers.card().map_or(0, |card| incidents(card).count());
        let last = count.saturating_sub(1);
        customers.inside = Some(at.saturating_add_signed(rows).min(last));
        return super::super::update::look_at_selected(model);
    }
    let more = customers.found.move_by(rows);
    let mut effects = look(customers);
    if more {
        effects.extend(read(model));
    }
    effects
}

/// Why nothing can be done with a customer now.
pub fn why_not(model: &Model) -> Option<String> {
    if model.screen != super::screen::Screen::Customers {
        return Some("that is a key of the customers: F3 leads there".to_owned());
    }
    if crate::console::actions::covered(model) {
        return Some("that is a key of the customers: go back to them with Esc".to_owned());
    }
    None
}

/// Why the selected customer has no incident to say something about.
pub fn why_no_incident(model: &Model) -> Option<String> {
    why_not_selected(model).or_else(|| {
        let none = incidents(model.customers.card()?).next().is_none();
        none.then(|| "it has no incident yet to note that on: n logs one".to_owned())
    })
}

/// Why nothing can be added: a customer, or to the one that one has gone into what it bought.
pub fn why_no_addition(model: &Model) -> Option<String> {
    let inside = model.customers.is_inside();
    let card = model.customers.card().filter(|_| inside);
    why_not(model).or_else(|| entitlements::why_no_addition(card?))
}

/// Why nothing can be taken from what the customer has that one has gone into.
pub fn why_no_end(model: &Model) -> Option<String> {
    why_not(model).or_else(|| match model.customers.is_inside() {
        true => entitlements::why_no_end(model),
        false => Some("that is for what a customer has: Enter goes into one".to_owned()),
    })
}

/// Why no person can be added or put right: of the caller on a call, else of the selected customer.
pub fn why_no_person(model: &Model) -> Option<String> {
    crate::console::call::on_card(model)
        .is_none()
        .then(|| why_not_selected(model))?
}

/// Why nothing can be done with the selected customer now.
pub fn why_not_selected(model: &Model) -> Option<String> {
    why_not(model).or_else(|| {
        model
            .customers
            .card()
            .is_none()
            .then(|| "no customer is selected: find one with /, or add one with +".to_owned())
    })
}
