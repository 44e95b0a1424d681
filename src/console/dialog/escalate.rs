//! The next level of the ladder.

use super::sheet::{Note, Seen, Sheet, named, plain};
use crate::console::forms::{Field, Form};
use crate::console::theme::Role;
use crate::incident::{Dated, Escalate, Step, TechRef};
use crate::policy::{Level, Moment};

/// The role that a customer may have an address of its own for.
const ACCOUNT_MANAGER: &str = "account_manager";

pub(super) fn sheet(seen: &Seen<'_>) -> (Sheet, Form) {
    let number = seen.dossier.incident.tech_ref;
    let next = next(seen);
    let (call_serves, confirm) = seen
        .policy()
        .level(next)
        .map_or((false, false), |level| (level.call_serves, level.confirm));
    let grounds = seen.policy().grounds.iter();
    let grounds = grounds
        .map(|ground| named(&ground.name, ground.title.as_str()))
        .collect();
    let askers = vec![
        named("customer", "they ask for it"),
        named("agent", "one of us does"),
    ];
    let mut fields = vec![
        Field::pick("ground", "Ground", grounds).required(),
        Field::area("concern", "Concern", 3)
            .required()
            .help("The concern or additional request, in the customer's words."),
        Field::pick("by", "Asked for by", askers)
            .required()
            .holding("customer"),
    ];
    if call_serves {
        fields.push(
            Field::toggle("call", "By a call")
                .help("A call that was logged, in place of the message."),
        );
    }
    if confirm {
        let prefix = seen.policy().prefix.clone();
        fields.push(
            Field::text("confirm", "Confirm")
                .required()
                .help(format!(
                    "Extremely unusual and very serious: type {number} to confirm."
                ))
                .check(move |form| {
                    match TechRef::read(&form.value("confirm"), prefix.as_deref()) {
                        Ok(typed) if typed == number => None,
                        Ok(other) => Some(format!("{other} is another incident: type {number}.")),
                        Err(error) => Some(error.to_string()),
                    }
                }),
        );
    }
    // The level that is shown is the one that is made, also if somebody else makes it meanwhile.
    let sheet = Sheet::new("Escalate", move |form, _| {
        Ok(Step::Escalate(Escalate {
            level: Some(next),
            ground: form.value("ground"),
            concern: form.value("concern"),
            call: form.is_on("call"),
            by_customer: form.value("by") == "customer",
            confirm: confirm.then(|| form.value("confirm")),
        }))
    });
    (
        sheet.saying(ladder).at(seen.policy(), Moment::Escalation),
        Form::new(fields),
    )
}

fn next(seen: &Seen<'_>) -> u8 {
    seen.dossier.incident.escalation_level() + 1
}

/// The level, its role and whom it tells; then what was made before.
fn ladder(seen: &Seen<'_>, _: &Form, _: &[Dated]) -> Vec<Note> {
    let number = next(seen);
    let level = seen.policy().level(number);
    let next = level.map(|level| {
        let told = address(seen, level).map_or_else(
            || "no address is known for that role".to_owned(),
            |address| format!("tells {address}"),
        );
        let line = format!("Level {number}: {}; {told}.", level.title);
        if level.confirm {
            (line, Role::Warning)
        } else {
            plain(line)
        }
    });
    let before = seen.dossier.incident.standing_escalations().map(|made| {
        let answer = if made.answered_at.is_some() {
            "answered"
        } else {
            "not answered yet"
        };
        let at = seen.when(made.at);
        plain(format!("Level {} was made {at}, {answer}.", made.level))
    });
    next.into_iter().chain(before).collect()
}

fn address<'a>(seen: &Seen<'a>, level: &Level) -> Option<&'a str> {
    let own = seen.dossier.customer.account_manager.as_deref();
    own.filter(|_| level.role == ACCOUNT_MANAGER)
        .or_else(|| seen.policy().roles.get(&level.role).map(String::as_str))
}
