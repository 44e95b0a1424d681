//! When it will be resolved.

use chrono::{DateTime, Utc};

use super::sheet::{Seen, Sheet};
use crate::console::forms::{Field, Form};
use crate::incident::{ClockKind, Step};
use crate::policy::Moment;
use crate::when;

/// How instants are typed.
pub(super) const INSTANTS: &str = "Such as 14:30, fri 9:00, 2026-11-27 14:30, +2h or +3d.";

pub(super) fn sheet(seen: &Seen<'_>) -> (Sheet, Form) {
    let (read, now) = (reader(seen), seen.model.now);
    let form = Form::new(vec![
        Field::text("until", "Resolved by")
            .required()
            .help(INSTANTS)
            .check(move |form| read(&form.value("until"), now).err()),
    ]);
    let read = reader(seen);
    let sheet = Sheet::new("Promise an estimate", move |form, now| {
        Ok(Step::Estimate(read(&form.value("until"), now)?))
    });
    (sheet.at(seen.policy(), Moment::Response), form)
}

/// Reads an instant as the agent types it.
pub(super) fn reader(
    seen: &Seen<'_>,
) -> impl Fn(&str, DateTime<Utc>) -> Result<DateTime<Utc>, String> + 'static {
    let zone = seen.model.zone;
    move |text, now| when::instant(text, now, zone, true).map_err(|error| error.to_string())
}

/// The field for an estimate: what was promised before still holds, unless that is past.
pub(super) fn field(seen: &Seen<'_>) -> Field {
    let promised = seen.dossier.incident.running(ClockKind::Estimate);
    let holding = promised
        .filter(|clock| clock.due_at > seen.model.now)
        .map(|clock| clock.due_at.with_timezone(&seen.model.zone))
        .map(|due| due.format("%Y-%m-%d %H:%M").to_string());
    Field::text("until", "Resolved by").holding(&holding.unwrap_or_default())
}

/// Either an estimate, or why there is none.
pub(super) fn either(seen: &Seen<'_>) -> impl Fn(&Form) -> Option<String> + 'static {
    let (read, now) = (reader(seen), seen.model.now);
    move |form| {
        let (until, because) = (form.value("until"), form.value("because"));
        match (until.trim().is_empty(), because.trim().is_empty()) {
            (true, true) => Some("Say until when, or below why that cannot be said.".to_owned()),
            (true, false) => None,
            (false, true) => read(&until, now).err(),
            (false, false) => Some("Give a time, or why there is none: not both.".to_owned()),
        }
    }
}
