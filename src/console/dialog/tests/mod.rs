//! Forms driven by keys, over a real desk.

mod looks;
mod refusals;
mod resolving;
mod steps;

use crate::console::dialog::Dialog;
use crate::console::model::{Layer, Model};
use crate::console::testing::Shop;
use crate::incident::{Incident, Step, TechRef};

/// The form that is open.
fn form(model: &Model) -> &Dialog {
    match model.layers.last() {
        Some(Layer::Step(dialog)) => dialog,
        _ => panic!("no form is open: {:?}", model.message),
    }
}

/// The incident as the console knows it.
fn incident(model: &Model) -> &Incident {
    &model.current().expect("it was read").incident
}

/// What the console says.
fn message(model: &Model) -> &str {
    model.message.as_ref().map_or("", |message| &message.text)
}

/// An incident of `policy` that may be worked on, and whose charge is paid if it has one.
fn workable(policy: &str) -> (Shop, TechRef) {
    let mut shop = Shop::new(policy);
    let number = shop.log(|_| {});
    let intake = match policy {
        "season-ticket" => vec![Step::Accept, paid("cash")],
        "per-incident" => vec![paid("online")],
        "tech-reference" => vec![paid("visa")],
        _ => Vec::new(),
    };
    for step in intake {
        shop.step(number, step);
    }
    (shop, number)
}

fn paid(method: &str) -> Step {
    Step::Pay {
        method: method.to_owned(),
        reference: "W-1".to_owned(),
        amount: None,
    }
}

/// What is on the screen at the size of a small terminal.
fn screen(model: &Model) -> String {
    crate::console::testing::screen(model, 80, 24)
}
