//! Ends without a resolution, and beginning again.

use super::sheet::{Note, Seen, Sheet, given, named, plain, value_of};
use crate::console::forms::{Field, Form};
use crate::incident::{CloseAs, Dated, Step};
use crate::policy::Moment;

pub(super) fn decline(seen: &Seen<'_>) -> (Sheet, Form) {
    let form = Form::new(vec![
        Field::area("reason", "Reason", 3)
            .required()
            .help("Why, in words for the caller."),
    ]);
    let mut sheet = Sheet::new("Decline", |form, _| {
        Ok(Step::Decline {
            reason: form.value("reason"),
        })
    });
    let excluded = seen.policy().intake.excludes.iter();
    sheet.clauses = excluded
        .map(|what| format!("Not covered: {what}"))
        .collect();
    (sheet, form)
}

pub(super) fn close(seen: &Seen<'_>) -> (Sheet, Form) {
    let choices = CloseAs::ALL.map(|reason| named(reason.word(), meaning(reason)));
    let form = Form::new(vec![
        Field::pick("as", "Close as", choices.into()).required(),
        Field::area("detail", "Details", 3)
            .required()
            .help("Why, in words."),
    ]);
    let sheet = Sheet::new("Close without a resolution", |form, _| {
        Ok(Step::Close {
            reason: value_of(&form.value("as"))?,
            detail: form.value("detail"),
        })
    });
    (
        sheet
            .saying(charge_stays)
            .at(seen.policy(), Moment::Resolution),
        form,
    )
}

fn meaning(reason: CloseAs) -> &'static str {
    match reason {
        CloseAs::Unresolved => "it could not be resolved",
        CloseAs::Withdrawn => "the customer took it back",
        CloseAs::Duplicate => "it is the same as another one",
        CloseAs::NotAnIncident => "it was no matter for support",
        CloseAs::Unreachable => "the customer cannot be reached",
    }
}

fn charge_stays(seen: &Seen<'_>, _: &Form, _: &[Dated]) -> Vec<Note> {
    let charge = seen.dossier.incident.charge;
    let stays = charge.filter(|charge| charge.owed() + charge.refundable() > 0);
    stays
        .map(|charge| {
            plain(format!(
                "The charge of {} stays, unless it is waived or given back (p).",
                charge.price
            ))
        })
        .into_iter()
        .collect()
}

pub(super) fn reopen(seen: &Seen<'_>) -> (Sheet, Form) {
    let askers = vec![
        named("customer", "they came back with it"),
        named("agent", "one of us does"),
    ];
    let form = Form::new(vec![
        Field::pick("by", "Reopened by", askers)
            .required()
            .holding("customer"),
        Field::toggle("recurring", "Recurring")
            .help("It had gone, and came back, rather than never having gone."),
        Field::area("reason", "Reason", 2),
    ]);
    let sheet = Sheet::new("Reopen", |form, _| {
        Ok(Step::Reopen {
            by_customer: form.value("by") == "customer",
            recurring: form.is_on("recurring"),
            reason: given(form, "reason"),
        })
    });
    let sheet = sheet.saying(|_, _, _| vec![plain("Costs nothing more, and keeps its number.")]);
    (sheet.at(seen.policy(), Moment::Resolution), form)
}
