//! The ladder: its next level, the answer to a level that was made, or taking one back.

use std::rc::Rc;

use super::sheet::{Note, Seen, Sheet, named, plain};
use crate::console::forms::{Choice, Field, Form};
use crate::console::theme::Role;
use crate::console::wording::at_the_keys;
use crate::incident::{Dated, Escalate, Step, StepKind, TechRef, decide, possible};
use crate::policy::{Level, Moment};

/// The role that a customer may have an address of its own for.
const ACCOUNT_MANAGER: &str = "account_manager";

/// What is to become of the ladder.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// A mail made the level, and its ground is owed.
    Ground(u8),
    /// The level is made.
    Make(u8),
    /// The level was answered.
    Answer(u8),
    /// The level is taken back.
    Withdraw(u8),
}

impl Way {
    /// What it is called in the list, and found again by.
    fn label(self) -> String {
        match self {
            Self::Ground(level) => format!("ground of level {level}"),
            Self::Make(level) => format!("level {level}"),
            Self::Answer(level) => format!("answer level {level}"),
            Self::Withdraw(level) => format!("take back level {level}"),
        }
    }

    fn choice(self, seen: &Seen<'_>) -> Choice {
        let title = |level| {
            let level = seen.policy().level(level);
            level.map_or("", |level| level.title.as_str())
        };
        let about = match self {
            Self::Ground(level) => format!("their mail went to: {}", title(level)),
            Self::Make(level) => format!("escalate to: {}", title(level)),
            Self::Answer(level) => format!("{} answered it", title(level)),
            Self::Withdraw(_) => "it is withdrawn".to_owned(),
        };
        named(&self.label(), about)
    }

    /// Its first field.
    fn field(self) -> &'static str {
        match self {
            Self::Ground(_) | Self::Make(_) => "ground",
            Self::Answer(_) => "answer",
            Self::Withdraw(_) => "reason",
        }
    }

    /// Its step, from what is filled in.
    fn step(self, form: &Form, confirm: bool) -> Step {
        match self {
            Self::Ground(level) => Step::GroundEscalation {
                level,
                ground: form.value("ground"),
            },
            Self::Make(level) => Step::Escalate(Escalate {
                level: Some(level),
                ground: form.value("ground"),
                concern: form.value("concern"),
                call: form.is_on("call"),
                by_customer: form.value("by") == "customer",
                confirm: confirm.then(|| form.value("confirm")),
            }),
            Self::Answer(level) => Step::AnswerEscalation {
                level,
                answer: form.value("answer"),
            },
            Self::Withdraw(level) => Step::WithdrawEscalation {
                level,
                reason: form.value("reason"),
            },
        }
    }
}

/// What the rules allow now, the likely one first: what is owed, the answer that is awaited, and only then the next level.
fn ways(seen: &Seen<'_>) -> Vec<Way> {
    let (incident, situation) = (&seen.dossier.incident, seen.model.situation(seen.dossier));
    let next = possible(StepKind::Escalate, incident, situation)
        .is_ok()
        .then(|| Way::Make(next(seen)));
    let made = || incident.standing_escalations();
    let unanswered = made().filter(|made| made.answered_at.is_none());
    let answers = unanswered.map(|made| Way::Answer(made.level));
    let withdrawals = made().map(|made| Way::Withdraw(made.level));
    let owed = made().filter(|made| made.ground.is_none());
    let owed = owed.map(|made| Way::Ground(made.level));
    let text = Form::new(vec![
        Field::text("answer", "").holding("-"),
        Field::text("reason", "").holding("-"),
    ]);
    let allowed = |way: &Way| decide(&way.step(&text, false), incident, situation).is_ok();
    owed.chain(answers.filter(allowed))
        .chain(next)
        .chain(withdrawals.filter(allowed))
        .collect()
}

/// The one that is picked.
fn picked(ways: &[Way], form: &Form) -> Option<Way> {
    let label = form.value("what");
    ways.iter().copied().find(|way| way.label() == label)
}

pub(super) fn sheet(seen: &Seen<'_>) -> (Sheet, Form) {
    let ways: Rc<[Way]> = ways(seen).into();
    let field_of = |way: fn(&Way) -> bool| {
        let ways = ways.clone();
        move |form: &Form| picked(&ways, form).is_some_and(|picked| way(&picked))
    };
    let choices = ways.iter().map(|way| way.choice(seen)).collect();
    let first = ways.first().map(|way| way.label()).unwrap_or_default();
    let mut fields = vec![
        Field::pick("what", "What", choices)
            .required()
            .holding(&first),
        Field::area("answer", "Answer", 4)
            .required()
            .help("What was answered, and by whom.")
            .when(field_of(|way| matches!(way, Way::Answer(_)))),
        Field::area("reason", "Reason", 3)
            .required()
            .help("Why it is taken back.")
            .when(field_of(|way| matches!(way, Way::Withdraw(_)))),
    ];
    let level = seen.policy().level(next(seen));
    let climbing = climb(seen, level).into_iter();
    let grounds = seen.policy().grounds.iter();
    let grounds = grounds
        .map(|ground| named(&ground.name, ground.title.as_str()))
        .collect();
    let ground = Field::pick("ground", "Ground", grounds).required();
    fields.push(ground.when(field_of(|way| matches!(way, Way::Make(_) | Way::Ground(_)))));
    fields.extend(climbing.map(|field| field.when(field_of(|way| matches!(way, Way::Make(_))))));
    let confirm = level.is_some_and(|level| level.confirm);
    let mut form = Form::new(fields);
    match *ways {
        [only] | [only @ Way::Ground(_), ..] => form.focus_on(only.field()),
        _ => {}
    }
    // The level that is shown is the one that is made, also if somebody else makes it meanwhile.
    let sheet = Sheet::new("Escalation", move |form, _| {
        let way = picked(&ways, form).ok_or("pick what is to become of the ladder")?;
        Ok(way.step(form, confirm))
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
        Some(level) if form.value("what") == Way::Make(number).label() => {
            Some(told(seen, number, level))
        }
        Some(_) => {
            let (incident, situation) =
                (&seen.dossier.incident, seen.model.situation(seen.dossier));
            let refused = possible(StepKind::Escalate, incident, situation).err();
            let why = refused.map(|refusal| at_the_keys(&refusal.message).into_owned());
            why.map(|why| plain(format!("Not yet level {number}: {why}.")))
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
