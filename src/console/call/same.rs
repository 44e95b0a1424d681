//! The bad day: a caller has a fault that is known, and the call is logged as the same as that one.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::card::Card;
use super::issue::foreseen;
use super::lines::Lines;
use crate::console::forms::{Choice, Field, Form};
use crate::console::look::Look;
use crate::console::model::Model;
use crate::console::theme::Role;
use crate::incident::{Command, Log, TechRef};
use crate::store::Listed;

/// The form that picks the fault; the one that is `meant`, else the first. None where no fault is known.
pub(super) fn form(card: &Card, faults: &[Listed], meant: Option<TechRef>) -> Option<Form> {
    let policy = &card.caller.ruling.policy;
    let choices: Vec<Choice> = faults
        .iter()
        .map(|fault| {
            let number = fault.number.to_string();
            Choice::new(number.clone(), number, fault.summary.as_str())
        })
        .collect();
    let meant = faults.iter().find(|fault| Some(fault.number) == meant);
    let first = meant.or(faults.first())?.number.to_string();
    let mut fields = vec![
        Field::pick("fault", "Same as", choices)
            .required()
            .holding(&first)
            .help("What is not asked here is taken over from the fault."),
    ];
    if !policy.severities.is_empty() {
        let severities = policy
            .severities
            .iter()
            .map(|severity| Choice::new(&severity.name, &severity.name, &severity.definition));
        // Under the same policy the fault's severity is taken over.
        let foreign: Vec<String> = faults
            .iter()
            .filter(|fault| fault.policy != policy.name)
            .map(|fault| fault.number.to_string())
            .collect();
        fields.push(
            Field::pick("severity", "Severity", severities.collect())
                .required()
                .when(move |form| foreign.contains(&form.value("fault"))),
        );
    }
    Some(Form::new(fields))
}

/// The command that logs the caller's incident.
///
/// # Errors
/// When no fault is picked.
pub(super) fn command(form: &Form, card: &Card) -> Result<Command, String> {
    let fault = form.value("fault");
    let fault = fault
        .parse::<TechRef>()
        .map_err(|error| error.to_string())?;
    let severity = Some(form.value("severity")).filter(|severity| !severity.is_empty());
    Ok(Command::Log(Box::new(Log {
        contact: card.contact.clone(),
        same_as: Some(fault),
        severity,
        ..Log::new(card.caller.customer.id, "")
    })))
}

/// Draws the form, and beneath it what logging the caller's incident would do.
pub(super) fn view(
    form: &Form,
    faults: &[Listed],
    card: &Card,
    model: &Model,
    look: &Look,
    area: Rect,
    buf: &mut Buffer,
) {
    let height = form.height(area.width).min(area.height);
    form.view(look, Rect { height, ..area }, buf);
    let mut lines = Lines::new(area, look, buf);
    lines.take(height);
    lines.gap();
    let picked = form.value("fault");
    let Some(fault) = faults
        .iter()
        .find(|fault| fault.number.to_string() == picked)
    else {
        return;
    };
    lines.wrapped(
        &format!("{}: {}", fault.customer_name, fault.summary),
        Role::Title,
    );
    if let Ok(Command::Log(log)) = command(form, card) {
        let log = as_there(*log, fault, card);
        for (words, role) in foreseen(&log, card, model) {
            lines.wrapped(&words, role);
        }
    }
    lines.wrapped(
        &format!("It becomes an incident of its own, and is resolved with {picked} if one wishes."),
        Role::Muted,
    );
}

/// The incident with what will be taken over from the fault, as far as its row has it.
fn as_there(log: Log, fault: &Listed, card: &Card) -> Log {
    let policy = &card.caller.ruling.policy;
    let severity = fault.severity.clone();
    let severity = severity.filter(|_| fault.policy == policy.name);
    Log {
        summary: fault.summary.clone(),
        detail: Some(fault.summary.clone()),
        product: fault.product.clone(),
        severity: log.severity.or(severity),
        ..log
    }
}
