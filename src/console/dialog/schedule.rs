//! A call that is arranged for an instant, or called off (P1-05).

use super::sheet::{Note, Seen, Sheet, named};
use crate::calendar::Status;
use crate::console::forms::{Field, Form};
use crate::console::instants;
use crate::console::theme::Role;
use crate::incident::{ClockKind, Dated, Event, Step};
use crate::policy::Moment;

pub(super) fn sheet(seen: &Seen<'_>) -> (Sheet, Form) {
    let arranged = seen.dossier.incident.running(ClockKind::Appointment);
    let is_off = |form: &Form| form.value("what") == "off";
    let mut fields = Vec::new();
    if let Some(arranged) = arranged {
        let at = seen.when(arranged.due_at);
        fields.push(
            Field::pick(
                "what",
                "What",
                vec![
                    named("another time", format!("in place of {at}")),
                    named("off", "it falls away"),
                ],
            )
            .required()
            .holding("another time"),
        );
    }
    let at = instants::field("at", "Call at", &seen.zones());
    fields.push(at.required().when(move |form| !is_off(form)));
    let mut form = Form::new(fields);
    form.focus_on("at");
    let zone = seen.model.zone;
    let sheet = Sheet::new("Schedule a call", move |form, now| {
        if is_off(form) {
            return Ok(Step::CancelAppointment);
        }
        let at = instants::instant(&form.value("at"), now, zone)?;
        Ok(Step::Schedule(at))
    });
    (
        sheet
            .saying(closed_then)
            .at(seen.policy(), Moment::Response),
        form,
    )
}

/// Says where the call is arranged for a time at which the office is closed: allowed, but seldom meant.
fn closed_then(seen: &Seen<'_>, _: &Form, events: &[Dated]) -> Vec<Note> {
    let arranged = events.iter().find_map(|(_, event)| match event {
        Event::ClockStarted {
            clock: ClockKind::Appointment,
            due_at,
            ..
        } => Some(*due_at),
        _ => None,
    });
    let office = seen.dossier.incident.office.as_deref();
    let calendar = seen.dossier.ruling.deadlines.calendar(office);
    let status = arranged
        .zip(calendar.ok().flatten())
        .map(|(at, calendar)| calendar.status(at));
    match status {
        Some(Status::Closed { why, opens }) => {
            let why = why.map_or_else(String::new, |why| format!(" ({why})"));
            let opens = opens.map(|opens| format!(": we open {}", seen.when(opens)));
            let opens = opens.unwrap_or_default();
            let words = format!("We are closed then{why}{opens}.");
            vec![(words, Role::Warning)]
        }
        Some(Status::Open { .. }) | None => Vec::new(),
    }
}
