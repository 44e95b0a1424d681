//! How it was resolved: one of the policy's outcomes, with exactly what that outcome is given with.

use std::rc::Rc;

use super::sheet::{Note, Seen, Sheet, given, named, plain};
use crate::console::forms::{Field, Form};
use crate::console::theme::Role;
use crate::incident::{Command, Dated, Event, Resolution, State, Step, Together};
use crate::policy::{Moment, Need, Occasion, Outcome, Refund};
use crate::store::Same;

/// Whether those who have the same fault are resolved too.
const SAME: &str = "same";
/// What every caller is told.
const MESSAGE: &str = "message";

/// What a resolution may be given with, in the order of the form.
const NEEDS: [Need; 7] = [
    Need::Detail,
    Need::Product,
    Need::Reference,
    Need::Version,
    Need::To,
    Need::Indication,
    Need::Critical,
];

pub(super) fn sheet(seen: &Seen<'_>) -> (Sheet, Form) {
    let policy = seen.policy();
    let outcomes: Rc<[Outcome]> = policy.chosen_outcomes().cloned().collect();
    let choices = outcomes
        .iter()
        .map(|outcome| named(&outcome.name, outcome.title.as_str()))
        .collect();
    let mut fields = vec![Field::pick("outcome", "Outcome", choices).required()];
    fields.extend(
        NEEDS
            .into_iter()
            .filter(|need| outcomes.iter().any(|outcome| is_asked(outcome, *need)))
            .map(|need| field(need, &outcomes)),
    );
    if !policy.causes.is_empty() {
        let causes = policy.causes.iter();
        let causes = causes
            .map(|cause| named(&cause.name, cause.title.as_str()))
            .collect();
        fields.push(
            Field::pick("cause", "Cause", causes).help("If it is known; Backspace takes it back."),
        );
    }
    fields.extend(together(seen));
    let only_others = is_resolved(seen);
    let sheet = Sheet::making("Resolve", move |number, form, now| {
        let resolution = Resolution {
            outcome: form.value("outcome"),
            cause: given(form, "cause"),
            detail: given(form, Need::Detail.key()),
            reference: given(form, Need::Reference.key()),
            version: given(form, Need::Version.key()),
            product: given(form, Need::Product.key()),
            to: given(form, Need::To.key()),
            indication: given(form, Need::Indication.key()),
            critical: form.is_on(Need::Critical.key()),
            at: now,
            ..Resolution::default()
        };
        if !only_others && !form.is_on(SAME) {
            return Ok(Command::Step(number, Step::Resolve(Box::new(resolution))));
        }
        let message = given(form, MESSAGE);
        let together = Together {
            resolution,
            message,
        };
        Ok(Command::ResolveSame(number, Box::new(together)))
    });
    (
        sheet
            .saying(|seen, form, events| {
                let money = money(seen, form, events).into_iter();
                money
                    .chain(who_is_told(seen, form))
                    .chain(who_stays_open(seen, form))
                    .collect()
            })
            .at(policy, Moment::Resolution),
        Form::new(fields),
    )
}

/// The fields for those who have the same fault: they are resolved too, and told in one message a caller, which begins as
/// the policy's own.
fn together(seen: &Seen<'_>) -> Vec<Field> {
    if seen.dossier.same.is_empty() || !seen.dossier.incident.forks.known {
        return Vec::new();
    }
    let template = seen.policy().template(Occasion::Resolved);
    let message = template.map_or("", |template| template.text.as_str());
    let only_others = is_resolved(seen);
    vec![
        Field::toggle(SAME, "The same too")
            .holding("yes")
            .when(move |_| !only_others)
            .help("y or n: those who have this fault are resolved with it, as far as their own rules allow it."),
        Field::area(MESSAGE, "Message to all", 5)
            .holding(message)
            .help("{contact}, {number}, {summary} and {detail} stand for each caller's own. Ctrl-J breaks the line.")
            .help("Left empty, each gets what their policy writes.")
            .when(move |form| only_others || form.is_on(SAME)),
    ]
}

/// Whether it is resolved already: then only those that are the same are still to be.
fn is_resolved(seen: &Seen<'_>) -> bool {
    seen.dossier.incident.state == State::Resolved
}

/// How many are resolved and told with it, or stay open.
fn who_is_told(seen: &Seen<'_>, form: &Form) -> Option<Note> {
    if let Some(fault) = seen.dossier.incident.forks.same_as {
        return Some(plain(format!(
            "It has the known fault {fault}: only this one is resolved; d on {fault} resolves all that have it."
        )));
    }
    let count = seen.dossier.same.len();
    let others = match count {
        0 => return None,
        1 => "1 other has".to_owned(),
        count => format!("{count} others have"),
    };
    let too = is_resolved(seen) || form.is_on(SAME);
    Some(plain(match (too, given(form, MESSAGE)) {
        (false, _) => format!("{others} this fault, and stay as they are."),
        (true, None) => format!(
            "{others} this fault: resolved with it, as far as their own rules allow it. Ctrl-D names them before it is done."
        ),
        (true, Some(_)) => format!(
            "{others} this fault: resolved with it, as far as their own rules allow it, and each of their callers gets one \
             message. Ctrl-D names them, and who cannot be told, before it is done."
        ),
    }))
}

/// How many of the others stay open, since their policies have no such outcome.
fn who_stays_open(seen: &Seen<'_>, form: &Form) -> Option<Note> {
    let too = seen.dossier.incident.forks.known && (is_resolved(seen) || form.is_on(SAME));
    let outcome = given(form, "outcome").filter(|_| too)?;
    let without = |same: &&Same| {
        let ruling = seen.model.ruling(&same.policy);
        ruling.is_some_and(|ruling| ruling.policy.outcome(&outcome).is_none())
    };
    let without: Vec<&Same> = seen.dossier.same.iter().filter(without).collect();
    let mut policies: Vec<&str> = without.iter().map(|same| same.policy.as_str()).collect();
    policies.sort_unstable();
    policies.dedup();
    let (stay, policies) = (without.len(), policies.join(", "));
    let stay = match stay {
        0 => return None,
        1 => "1 of them stays".to_owned(),
        many => format!("{many} of them stay"),
    };
    Some((
        format!(
            "{stay} open, and nobody is told: {policies} has no outcome \"{outcome}\". Resolve it there by one of its own."
        ),
        Role::Warning,
    ))
}

/// The field for something that an outcome is given with: there while the picked outcome asks for it, required where
/// it must be given, and part of a choice where one of several must.
fn field(need: Need, outcomes: &Rc<[Outcome]>) -> Field {
    let key = need.key();
    let field = match need {
        Need::Detail => Field::area(key, "Details", 3).help("What was done or found."),
        Need::Reference => Field::text(key, "Reference").help("Of a bug, a request or a review."),
        Need::Version => Field::text(key, "Version").help("The one that solves it."),
        Need::Product => Field::text(key, "Product").help("The third party's."),
        Need::To => Field::text(key, "Forwarded to"),
        Need::Indication => {
            Field::text(key, "Indication").help("When or how it is expected to be solved.")
        }
        Need::Critical => Field::toggle(key, "Critical").help("A bug that is critical."),
    };
    // What every outcome needs is asked from the start.
    let always =
        move |outcomes: &[Outcome]| outcomes.iter().all(|outcome| outcome.needs.contains(&need));
    let (asking, requiring, choosing) = (outcomes.clone(), outcomes.clone(), outcomes.clone());
    field
        .when(move |form| match picked(&asking, form) {
            Some(outcome) => is_asked(outcome, need),
            None => always(&asking),
        })
        .required_when(move |form| match picked(&requiring, form) {
            Some(outcome) => outcome.needs.contains(&need),
            None => always(&requiring),
        })
        .check(move |form| {
            let one_of = &picked(&choosing, form)?.needs_one_of;
            let none = one_of.iter().all(|need| given(form, need.key()).is_none());
            (none && one_of.contains(&need)).then(|| {
                let keys: Vec<&str> = one_of.iter().map(|need| need.key()).collect();
                format!("Give at least one of {}.", keys.join(", "))
            })
        })
}

fn picked<'a>(outcomes: &'a [Outcome], form: &Form) -> Option<&'a Outcome> {
    let name = form.value("outcome");
    outcomes.iter().find(|outcome| outcome.name == name)
}

fn is_asked(outcome: &Outcome, need: Need) -> bool {
    let Outcome {
        needs,
        needs_one_of,
        takes,
        ..
    } = outcome;
    [needs, needs_one_of, takes]
        .into_iter()
        .any(|needs| needs.contains(&need))
}

/// What the cause does to the charge, where it gives nothing back.
fn money(seen: &Seen<'_>, form: &Form, events: &[Dated]) -> Option<Note> {
    let given_back = events
        .iter()
        .any(|(_, event)| matches!(event, Event::Refunded { .. }));
    let charge = seen.dossier.incident.charge;
    let nothing_paid = charge.is_none_or(|charge| charge.refundable() == 0);
    match seen.policy().cause(&form.value("cause"))?.refund {
        Refund::Full if nothing_paid => Some(plain("Nothing was paid: nothing is given back.")),
        Refund::Full if !given_back => Some(plain("Gives back what was paid.")),
        Refund::Refused => Some(plain("What was paid is kept: no refund.")),
        Refund::Full | Refund::None => None,
    }
}
