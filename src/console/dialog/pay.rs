//! Money taken, not taken, or given back.

use super::sheet::{Seen, Sheet};
use crate::console::forms::{Choice, Field, Form};
use crate::incident::{Charge, Step, StepKind, charge_today, possible};
use crate::policy::Moment;

use super::sheet::named;

pub(super) fn sheet(seen: &Seen<'_>) -> (Sheet, Form) {
    let incident = &seen.dossier.incident;
    let situation = seen.model.situation(seen.dossier);
    let charge = charge_today(incident, situation.newest);
    let amount = |minor: fn(&Charge) -> i64| {
        charge.map_or_else(String::new, |charge| {
            charge.money(minor(&charge)).to_string()
        })
    };
    let (owed, paid) = (amount(Charge::owed), amount(Charge::refundable));
    let ways = [
        (
            StepKind::Pay,
            "paid",
            format!("{owed} came in, and is confirmed"),
        ),
        (StepKind::Waive, "waived", format!("{owed} is not charged")),
        (
            StepKind::Refund,
            "refunded",
            format!("{paid} is given back"),
        ),
    ];
    let choices: Vec<Choice> = ways
        .into_iter()
        .filter(|(kind, ..)| possible(*kind, incident, situation).is_ok())
        .map(|(_, name, about)| named(name, about))
        .collect();
    let first = choices.first().map(|choice| choice.value.clone());
    let cover = seen.policy().cover.as_ref();
    let methods = cover.map_or(&[][..], |cover| &cover.methods);
    let only = match methods {
        [only] => only.as_str(),
        _ => "",
    };
    let is_paid = |form: &Form| form.value("what") == "paid";
    let form = Form::new(vec![
        Field::pick("what", "What", choices)
            .required()
            .holding(&first.unwrap_or_default()),
        Field::pick(
            "method",
            "Method",
            methods.iter().map(|method| named(method, "")).collect(),
        )
        .required()
        .holding(only)
        .when(is_paid),
        Field::text("reference", "Reference")
            .required()
            .help("The order's or payment's number.")
            .when(is_paid),
        Field::area("reason", "Reason", 2)
            .required()
            .when(move |form| !is_paid(form)),
    ]);
    let sheet = Sheet::new("Money", |form, _| {
        let reason = form.value("reason");
        match form.value("what").as_str() {
            "paid" => Ok(Step::Pay {
                method: form.value("method"),
                reference: form.value("reference"),
                amount: None,
            }),
            "waived" => Ok(Step::Waive { reason }),
            "refunded" => Ok(Step::Refund { reason }),
            _ => Err("pick what became of the money".to_owned()),
        }
    });
    (sheet.at(seen.policy(), Moment::Payment), form)
}
