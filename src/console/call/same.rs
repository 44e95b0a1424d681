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
use crate::incident::{AskedFor, Command, Log, TechRef, asked_of_the_same};
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
    let fault = Field::pick("fault", "Same as", choices)
        .required()
        .holding(&first)
        .help("Its summary is taken over; what this caller says of it is theirs.");
    let asked = asked_of_the_same(policy).into_iter();
    let asked = asked.filter_map(|asked| match asked {
        AskedFor::Severity => {
            let known = policy.severities.iter();
            let choices = known.map(|one| Choice::new(&one.name, &one.name, &one.definition));
            Some(Field::pick("severity", "Severity", choices.collect()).required())
        }
        AskedFor::Detail { .. } => Some(Field::area("detail", "Details", 3).required()),
        _ => None,
    });
    let fields = std::iter::once(fault).chain(asked).collect();
    let mut form = Form::new(fields);
    // Which fault it is stands there already: what is asked of this caller comes first.
    for asked in ["detail", "severity"] {
        form.focus_on(asked);
    }
    Some(form)
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
    let some = |name: &str| Some(form.value(name)).filter(|text| !text.trim().is_empty());
    Ok(Command::Log(Box::new(Log {
        contact: card.contact.clone(),
        same_as: Some(fault),
        severity: some("severity"),
        detail: some("detail"),
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
        let log = as_there(*log, fault);
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
fn as_there(log: Log, fault: &Listed) -> Log {
    Log {
        summary: fault.summary.clone(),
        product: fault.product.clone(),
        ..log
    }
}
