//! A call that is arranged for an instant, or called off (P1-05).

use super::promise::{INSTANTS, reader};
use super::sheet::{Note, Seen, Sheet, named};
use crate::calendar::Status;
use crate::console::forms::{Field, Form};
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
    let (read, now) = (reader(seen), seen.model.now);
    fields.push(
        Field::text("at", "Call at")
            .required()
            .help(INSTANTS)
            .when(move |form| !is_off(form))
            .check(move |form| read(&form.value("at"), now).err()),
    );
    let mut form = Form::new(fields);
    form.focus_on("at");
    let read = reader(seen);
    let sheet = Sheet::new("Schedule a call", move |form, now| {
        if is_off(form) {
            return Ok(Step::CancelAppointment);
        }
        Ok(Step::Schedule(read(&form.value("at"), now)?))
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
        Some(Status::Closed { why, .. }) => {
            let why = why.map_or_else(String::new, |why| format!(" ({why})"));
            vec![(format!("We are closed then{why}."), Role::Warning)]
        }
        Some(Status::Open { .. }) | None => Vec::new(),
    }
}
