//! The ladder: its next level, the answer to a level that was made, or taking one back.

use std::rc::Rc;

use super::sheet::{Note, Seen, Sheet, named, plain};
use crate::console::forms::{Field, Form};
use crate::console::theme::Role;
use crate::incident::{Dated, Escalate, Rung, Step, StepKind, TechRef, possible, rungs};
use crate::policy::{Level, Moment};

/// The role that a customer may have an address of its own for.
const ACCOUNT_MANAGER: &str = "account_manager";

/// Its first field.
fn field(way: Rung) -> &'static str {
    match way {
        Rung::Ground(_) | Rung::Make(_) => "ground",
        Rung::Answer(_) => "answer",
        Rung::Withdraw(_) => "reason",
    }
}

/// Its step, from what is filled in.
fn step(way: Rung, form: &Form, confirm: bool) -> Step {
    match way {
        Rung::Ground(level) => Step::GroundEscalation {
            level,
            ground: form.value("ground"),
        },
        Rung::Make(level) => Step::Escalate(Escalate {
            level: Some(level),
            ground: form.value("ground"),
            concern: form.value("concern"),
            call: form.is_on("call"),
            by_customer: form.value("by") == "customer",
            confirm: confirm.then(|| form.value("confirm")),
        }),
        Rung::Answer(level) => Step::AnswerEscalation {
            level,
            answer: form.value("answer"),
        },
        Rung::Withdraw(level) => Step::WithdrawEscalation {
            level,
            reason: form.value("reason"),
        },
    }
}

/// The one that is picked.
fn picked(ways: &[Rung], form: &Form) -> Option<Rung> {
    let label = form.value("what");
    ways.iter().copied().find(|way| way.name() == label)
}

pub(super) fn sheet(seen: &Seen<'_>) -> (Sheet, Form) {
    let situation = seen.model.situation(seen.dossier);
    let ways: Rc<[Rung]> = rungs(&seen.dossier.incident, situation).into();
    let field_of = |way: fn(&Rung) -> bool| {
        let ways = ways.clone();
        move |form: &Form| picked(&ways, form).is_some_and(|picked| way(&picked))
    };
    let choices = ways
        .iter()
        .map(|way| named(&way.name(), way.about(seen.policy())))
        .collect();
    let first = ways.first().map(|way| way.name()).unwrap_or_default();
    let mut fields = vec![
        Field::pick("what", "What", choices)
            .required()
            .holding(&first),
        Field::area("answer", "Answer", 4)
            .required()
            .help("What was answered, and by whom.")
            .when(field_of(|way| matches!(way, Rung::Answer(_)))),
        Field::area("reason", "Reason", 3)
            .required()
            .help("Why it is taken back.")
            .when(field_of(|way| matches!(way, Rung::Withdraw(_)))),
    ];
    let level = seen.policy().level(next(seen));
    let climbing = climb(seen, level).into_iter();
    let grounds = seen.policy().grounds.iter();
    let grounds = grounds
        .map(|ground| named(&ground.name, ground.title.as_str()))
        .collect();
    let ground = Field::pick("ground", "Ground", grounds).required();
    fields.push(ground.when(field_of(|way| {
        matches!(way, Rung::Make(_) | Rung::Ground(_))
    })));
    fields.extend(climbing.map(|field| field.when(field_of(|way| matches!(way, Rung::Make(_))))));
    let confirm = level.is_some_and(|level| level.confirm);
    let mut form = Form::new(fields);
    match *ways {
        [only] | [only @ Rung::Ground(_), ..] => form.focus_on(field(only)),
        _ => {}
    }
    // The level that is shown is the one that is made, also if somebody else makes it meanwhile.
    let sheet = Sheet::new("Escalation", move |form, _| {
        let way = picked(&ways, form).ok_or("pick what is to become of the ladder")?;
        Ok(step(way, form, confirm))
    });
    (
        sheet.saying(ladder).at(seen.policy(), Moment::Escalation),
        form,
    )
}

/// The fields of a step up to `level` besides its ground.
fn climb(seen: &Seen<'_>, level: Option<&Level>) -> Vec<Field> {
    let number = seen.dossier.incident.tech_ref;
    let (call_serves, confirm) =
        level.map_or((false, false), |level| (level.call_serves, level.confirm));
    let askers = vec![
        named("customer", "they ask for it"),
        named("agent", "one of us does"),
    ];
    let mut fields = vec![
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
    fields
}

fn next(seen: &Seen<'_>) -> u8 {
    seen.dossier.incident.escalation_level() + 1
}

/// The level, its role and whom it tells, or why it cannot be made yet; then what was made before.
fn ladder(seen: &Seen<'_>, form: &Form, _: &[Dated]) -> Vec<Note> {
    let number = next(seen);
    let next = match seen.policy().level(number) {
        Some(level) if form.value("what") == Rung::Make(number).name() => {
            Some(told(seen, number, level))
        }
        Some(_) => {
            let (incident, situation) =
                (&seen.dossier.incident, seen.model.situation(seen.dossier));
            let refused = possible(StepKind::Escalate, incident, situation).err();
            refused.map(|refusal| {
                let why = seen.model.refused(&refusal);
                plain(format!("Not yet level {number}: {why}."))
            })
        }
        None => None,
    };
    let before = seen.dossier.incident.standing_escalations().map(|made| {
        let answer = if made.answered_at.is_some() {
            "answered"
        } else {
            "not answered yet"
        };
        let at = seen.when(made.at);
        let (level, concern) = (made.level, &made.concern);
        match made.ground {
            Some(_) => plain(format!("Level {level} was made {at}, {answer}.")),
            None => (
                format!(
                    "Level {level} was made {at} by their mail, its ground not said yet: {concern}"
                ),
                Role::Warning,
            ),
        }
    });
    next.into_iter().chain(before).collect()
}

fn told(seen: &Seen<'_>, number: u8, level: &Level) -> Note {
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
}

fn address<'a>(seen: &Seen<'a>, level: &Level) -> Option<&'a str> {
    let own = seen.dossier.customer.account_manager.as_deref();
    own.filter(|_| level.role == ACCOUNT_MANAGER)
        .or_else(|| seen.policy().roles.get(&level.role).map(String::as_str))
}
