//! An incident that a call went on with, and was not about after all.

use chrono::{DateTime, Utc};

use super::decide::{Past, Situation, decide_undo};
use super::event::{Event, Recorded, Way};
use super::state::{Incident, State};
use super::undo::standing;

/// The entry by which a call that began then went on with an incident.
fn is_contact(entry: &Recorded, at: DateTime<Utc>) -> bool {
    entry.at == at
        && matches!(&entry.event, Event::Contacted(contacted) if contacted.way == Way::In)
}

/// Whether what a call that began at `began_at` recorded of an incident was taken back since.
pub fn is_off_call(incident: &Incident, timeline: &[Recorded], began_at: DateTime<Utc>) -> bool {
    let at = began_at.max(incident.opened_at);
    let was = timeline.iter().any(|entry| is_contact(entry, at));
    let stands = standing(timeline).any(|entry| is_contact(entry, at));
    incident.state == State::Void || was && !stands
}

/// How many steps back it is to before a call that began at `began_at` went on with an incident; none where more was done
/// to it since, or it cannot be taken back.
pub fn steps_before_call(
    incident: &Incident,
    past: Past<'_>,
    situation: Situation<'_>,
    began_at: DateTime<Utc>,
) -> Option<usize> {
    let at = began_at.max(incident.opened_at);
    let own = past.timeline.iter();
    let own: Vec<&Recorded> = own.filter(|entry| !entry.event.is_of_the_desk()).collect();
    let begins = |step: &u32| usize::try_from(*step).unwrap_or(usize::MAX);
    let (mut end, mut steps) = (own.len(), 0);
    loop {
        let newest = own.get(end.checked_sub(1)?)?;
        if let Event::Undone { since, .. } = &newest.event {
            end = begins(since);
            continue;
        }
        let step = past.steps.iter().map(begins).rfind(|step| *step < end)?;
        let entries = own.get(step..end)?;
        steps += 1;
        if entries.iter().any(|entry| is_contact(entry, at)) {
            break;
        }
        // Who named the number has it: that is the same turn to it.
        let given = |entry: &&Recorded| matches!(entry.event, Event::NumberGiven);
        if !entries.iter().all(given) {
            return None;
        }
        end = step;
    }
    decide_undo(incident, past, situation)
        .is_ok()
        .then_some(steps)
}
