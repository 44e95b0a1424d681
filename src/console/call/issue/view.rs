//! How a new incident's form looks: beneath it what saving it would do, and what the policy has to say.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::commands;
use crate::console::call::card::Card;
use crate::console::call::lines::Lines;
use crate::console::forms::Form;
use crate::console::look::Look;
use crate::console::model::Model;
use crate::console::screens::reading::Reading;
use crate::console::theme::Role;
use crate::console::told::{Before, Note};
use crate::incident::{Command, FIRST, Log, PinCheck, Situation, TechRef, decide_log};
use crate::policy::{Moment, Policy};

/// Draws the form, and beneath it what the policy has to say at this moment.
pub(in crate::console::call) fn view(
    form: &Form,
    card: &Card,
    model: &Model,
    look: &Look,
    area: Rect,
    buf: &mut Buffer,
) {
    let policy = &card.caller.ruling.policy;
    let height = form.height(area.width).min(area.height);
    form.view(look, Rect { height, ..area }, buf);
    let mut lines = Lines::new(area, look, buf);
    lines.take(height);
    lines.gap();
    let commands = commands(&form.with_texts(), card).unwrap_or_default();
    if let Some(Command::Log(log)) = commands.last() {
        for (words, role) in foreseen(log, card, model) {
            lines.wrapped(&words, role);
        }
    }
    guidance(policy, &mut lines);
    let clauses: Vec<String> = policy
        .clauses_at(Moment::Intake)
        .map(|clause| clause.says.clone())
        .collect();
    lines.list("Says   ", &clauses, Role::Muted);
    lines.more("PgDn");
}

/// All that the policy has to say at intake, to be read in full.
pub(in crate::console::call) fn in_full(policy: &Policy) -> Reading {
    let intake = &policy.intake;
    let clauses = policy.clauses_at(Moment::Intake);
    let clauses: Vec<String> = clauses.map(|clause| clause.says.clone()).collect();
    let parts = [
        ("Covered", &intake.covers),
        ("Not covered", &intake.excludes),
        ("Ask for", &intake.checklist),
        ("Tell", &intake.tell),
        ("Says", &clauses),
    ];
    let parts = parts.iter().filter(|(_, items)| !items.is_empty());
    let parts = parts.map(|(heading, items)| format!("{heading}:\n  {}", items.join("\n  ")));
    let text = parts.collect::<Vec<String>>().join("\n\n");
    Reading::new(
        policy.title.as_str(),
        text,
        format!("{}-intake.txt", policy.name),
    )
}

/// What saving it now would do, as the rules decide it: who gets it, what pays for it, until when it is to be answered.
pub(in crate::console::call) fn foreseen(log: &Log, card: &Card, model: &Model) -> Vec<Note> {
    let caller = &card.caller;
    // Whether a PIN is right only the desk knows.
    let given = log.emergency.as_ref().and_then(|call| call.pin.as_ref());
    let situation = Situation {
        pin: given.map_or(PinCheck::NotGiven, |_| PinCheck::Right),
        ..model.situation_at_intake(caller)
    };
    // Its number is known only once it is recorded; nothing that is told depends on it.
    let Ok(decided) = decide_log(log, TechRef::new(FIRST), situation) else {
        return Vec::new();
    };
    let before = Before {
        incident: &decided.incident,
        policy: &caller.ruling.policy,
        entitlements: &caller.entitlements,
        now: model.now,
        zone: model.zone,
    };
    let events = decided.events.iter();
    events.filter_map(|(_, event)| before.told(event)).collect()
}

/// What is within scope and what is not, what the caller has ready, what the caller is told.
pub(in crate::console::call) fn guidance(policy: &Policy, lines: &mut Lines<'_>) {
    let intake = &policy.intake;
    lines.list("Covered", &intake.covers, Role::Muted);
    lines.list("Not    ", &intake.excludes, Role::Muted);
    lines.list("Ask for", &intake.checklist, Role::Muted);
    lines.list("Tell   ", &intake.tell, Role::Text);
}
