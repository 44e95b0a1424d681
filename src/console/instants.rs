//! The field for an instant: on whose clock it is typed, and beneath it what was understood, on every clock that matters.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::forms::Field;
use super::model::Model;
use crate::store::Dossier;
use crate::when;

/// The field. It may stay empty, unless it is required besides. The first of `zones` is the one that it is read in.
pub fn field(name: impl Into<String>, label: impl Into<String>, zones: &[Tz]) -> Field {
    let name = name.into();
    let (checked, read, told) = (name.clone(), name.clone(), zones.to_vec());
    let zone = zone(zones);
    Field::text(name, label)
        .help(format!(
            "{} time: 14:30, fri 9:00, 2026-11-27 14:30, +2h, +3d",
            when::city(zone)
        ))
        .check(move |form| {
            let typed = form.value(&checked);
            instant(&typed, form.now(), zone)
                .err()
                .filter(|_| !typed.trim().is_empty())
        })
        .reading(move |form| {
            let at = instant(&form.value(&read), form.now(), zone).ok()?;
            Some(when::on_clocks(at, form.now(), &told))
        })
}

/// Reads what was typed into such a field.
///
/// # Errors
/// When it is no instant, in a sentence for the agent.
pub fn instant(text: &str, now: DateTime<Utc>, zone: Tz) -> Result<DateTime<Utc>, String> {
    when::instant(text, now, zone, true).map_err(|error| error.to_string())
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

fn zone(zones: &[Tz]) -> Tz {
    zones.first().copied().unwrap_or(Tz::UTC)
}
