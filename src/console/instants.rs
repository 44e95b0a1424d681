//! The field for an instant: on whose clock it is typed, and beneath it what was understood, on every clock that matters.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::forms::{Field, Form};
use super::model::Model;
use crate::store::Dossier;
use crate::when;

/// The field. It may stay empty, unless it is required besides. The first of `zones` is the one that it is read in.
pub fn field(name: impl Into<String>, label: impl Into<String>, zones: &[Tz]) -> Field {
    let (read_in, told) = (zone(zones), zones.to_vec());
    let read = move |text: &str, form: &Form| instant(text, form.now(), read_in);
    reading(name.into(), label, read, move |_| told.clone()).help(format!(
        "{} time: 14:30, 3pm, fri 9:00, 30.11. 14:30, +2h, +3d",
        when::city(read_in)
    ))
}

/// The field for where a span begins, or ends: an instant or a whole day, on the clocks that `zones` gives for what is
/// filled in elsewhere. The first of them is the one that it is read in.
pub fn bound_field(
    name: impl Into<String>,
    label: impl Into<String>,
    ends: bool,
    zones: impl Fn(&Form) -> Vec<Tz> + Clone + 'static,
) -> Field {
    let clocks = zones.clone();
    let read = move |text: &str, form: &Form| bound(text, form.now(), zone(&zones(form)), ends);
    reading(name.into(), label, read, clocks)
        .help("On that clock: mon or 30.11. for a whole day; 14:30, fri 9:00, 30.11. 14:30, +2h")
}

/// A field of text whose mistakes show, and what is understood of it on each clock.
fn reading(
    name: String,
    label: impl Into<String>,
    read: impl Fn(&str, &Form) -> Result<DateTime<Utc>, String> + Clone + 'static,
    zones: impl Fn(&Form) -> Vec<Tz> + 'static,
) -> Field {
    let (checked, check, told) = (name.clone(), read.clone(), name.clone());
    Field::text(name, label)
        .check(move |form| {
            let typed = form.value(&checked);
            let wrong = check(&typed, form).err();
            wrong.filter(|_| !typed.trim().is_empty())
        })
        .reading(move |form| {
            let at = read(&form.value(&told), form).ok()?;
            Some(when::on_clocks(at, form.now(), &zones(form)))
        })
}

/// Reads what was typed into such a field.
///
/// # Errors
/// When it is no instant, in a sentence for the agent.
pub fn instant(text: &str, now: DateTime<Utc>, zone: Tz) -> Result<DateTime<Utc>, String> {
    when::instant(text, now, zone, true).map_err(|error| error.to_string())
}

/// Reads what was typed into the field for where a span begins, or ends.
///
/// # Errors
/// As [`instant`].
pub fn bound(
    text: &str,
    now: DateTime<Utc>,
    zone: Tz,
    ends: bool,
) -> Result<DateTime<Utc>, String> {
    when::bound(text, now, zone, ends).map_err(|error| error.to_string())
}

/// The clocks that matter for an incident: the agent's, that of its office, the caller's.
pub fn zones(model: &Model, dossier: &Dossier) -> Vec<Tz> {
    let office = dossier.incident.office.as_deref();
    let office = dossier.ruling.deadlines.calendar(office).ok().flatten();
    let office = office.map(crate::calendar::Calendar::zone);
    let caller = dossier.incident.contact.as_ref();
    let caller = caller.and_then(|contact| contact.zone.as_ref()?.parse().ok());
    std::iter::once(model.zone)
        .chain(office)
        .chain(caller)
        .collect()
}

/// The clock that an instant is read on.
pub fn zone(zones: &[Tz]) -> Tz {
    zones.first().copied().unwrap_or(Tz::UTC)
}
