//! When it will be resolved.

use super::sheet::{Seen, Sheet};
use crate::console::forms::{Field, Form};
use crate::console::instants;
use crate::incident::{ClockKind, Step};
use crate::policy::Moment;

/// What an estimate is.
const RESOLVED: &str = "The customer is promised that it is resolved by then.";

pub(super) fn sheet(seen: &Seen<'_>) -> (Sheet, Form) {
    let zone = seen.model.zone;
    let until = instants::field("until", "Estimate", &seen.zones()).help(RESOLVED);
    let form = Form::new(vec![until.required()]);
    let sheet = Sheet::new("Promise an estimate", move |form, now| {
        let until = instants::instant(&form.value("until"), now, zone)?;
        Ok(Step::Estimate(until))
    });
    (sheet.at(seen.policy(), Moment::Response), form)
}

/// The fields of which one is filled in: an estimate (what was promised before still holds, unless that is past), or why
/// there is none.
pub(super) fn either(seen: &Seen<'_>) -> [Field; 2] {
    let promised = seen.dossier.incident.running(ClockKind::Estimate);
    let holding = promised
        .filter(|clock| clock.due_at > seen.model.now)
        .map(|clock| clock.due_at.with_timezone(&seen.model.zone))
        .map(|due| due.format("%Y-%m-%d %H:%M").to_string());
    let is_empty = |form: &Form, name: &str| form.value(name).trim().is_empty();
    let until = instants::field("until", "Estimate", &seen.zones())
        .check(move |form| {
            let neither = is_empty(form, "until") && is_empty(form, "because");
            neither.then(|| "Say until when, or below why that cannot be said.".to_owned())
        })
        .help(RESOLVED)
        .holding(&holding.unwrap_or_default());
    let because = Field::text("because", "Why no estimate")
        .help("Only where no time can be given: why.")
        .check(move |form| {
            let both = !is_empty(form, "until") && !is_empty(form, "because");
            both.then(|| "Give a time, or why there is none: not both.".to_owned())
        });
    [until, because]
}
