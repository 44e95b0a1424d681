//! Acceptance as within remit: asked only where there is a choice of what pays for it.

use chrono::NaiveDate;

use super::sheet::{Seen, Sheet};
use crate::console::forms::{Choice, Field, Form};
use crate::console::model::Model;
use crate::incident::{Entitlement, EntitlementId, Step, entitled};
use crate::policy::Moment;
use crate::store::Dossier;

pub(super) fn sheet(seen: &Seen<'_>) -> (Sheet, Form) {
    let fitting = fitting(seen.model, seen.dossier);
    let choices: Vec<Choice> = fitting
        .iter()
        .map(|owned| {
            let words = entitled::one_in_words(seen.policy(), owned);
            Choice::new(owned.id.0.to_string(), words, "")
        })
        .collect();
    let first = fitting.first().map(|owned| owned.id.0.to_string());
    let form = Form::new(vec![
        Field::pick("paid_by", "Paid by", choices)
            .required()
            .holding(&first.unwrap_or_default()),
    ]);
    let sheet = Sheet::new("Accept", |form, _| {
        let id = form.value("paid_by").parse().ok();
        Ok(Step::Accept {
            entitlement: id.map(EntitlementId),
        })
    });
    (sheet.at(seen.policy(), Moment::Intake), form)
}

/// Whether several entitlements could pay for an incident, and none was chosen at intake.
pub fn has_a_choice(model: &Model, dossier: &Dossier) -> bool {
    dossier.incident.wanted_entitlement.is_none() && fitting(model, dossier).len() > 1
}

/// What may pay for it, in the order in which it is taken.
pub(super) fn fitting<'a>(model: &Model, dossier: &'a Dossier) -> Vec<&'a Entitlement> {
    let policy = &dossier.ruling.policy;
    entitled::fitting(policy, &dossier.entitlements, today(model, dossier))
}

/// The day where the hours of an incident are kept.
pub fn today(model: &Model, dossier: &Dossier) -> NaiveDate {
    let office = dossier.incident.office.as_deref();
    let calendar = dossier.ruling.deadlines.calendar(office).ok().flatten();
    match calendar {
        Some(calendar) => calendar.local(model.now).date_naive(),
        None => model.now.date_naive(),
    }
}
