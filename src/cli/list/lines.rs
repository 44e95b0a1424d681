//! A list to be listened to.

use chrono::{DateTime, Utc};

use super::{Found, Zones};
use crate::cli::{Failure, Session};
use crate::incident::{State, day_and_time, without_clock};
use crate::store::Listed;

/// What the table says, in an order in which it can be listened to: what matters first, nothing by its place alone.
pub(super) fn print(session: &Session, found: Found<'_>) -> Result<bool, Failure> {
    let mut count = 0;
    let (now, mut zones) = (found.wanted.now, Zones::of(session, found.desk));
    let cut = found.each(|row| {
        count += 1;
        let (state, due) = standing(&mut zones, &row, now);
        let severity = row.severity.map(|severity| format!("severity {severity}"));
        let assignee = row.assignee.map(|agent| format!("agent {agent}"));
        let answered = if row.unanswered { "" } else { " answered" };
        let level = (row.level > 0).then(|| format!("level {}{answered}", row.level));
        let given = (!row.number_given).then(|| "number not given".to_owned());
        let more = [severity, level, given, assignee, due]
            .into_iter()
            .flatten();
        let parts: Vec<String> = std::iter::once(state).chain(more).collect();
        session.print(format_args!(
            "{}: {}, {}; {}.",
            row.number,
            row.customer_name,
            row.summary,
            parts.join(", ")
        ))
    })?;
    if count == 0 {
        session.print("Nothing is listed.")?;
    }
    Ok(cut)
}

/// In words where an incident stands, and what is due, unless that says nothing more.
pub(in crate::cli) fn standing(
    zones: &mut Zones<'_>,
    row: &Listed,
    now: DateTime<Utc>,
) -> (String, Option<String>) {
    let zone = zones.zone(row);
    let said = |at| day_and_time(at, now, zone);
    let state = row.state.word().to_owned();
    let silence = row.silence_at.filter(|_| row.state == State::Waiting);
    let due = match (row.next, silence) {
        (Some((clock, _, at)), _) if at < now => {
            format!("{} missed, was due {}", clock.word(), said(at))
        }
        (Some((clock, _, at)), _) => format!("{} due {}", clock.word(), said(at)),
        (None, Some(at)) => format!("resolved without an answer by {}", said(at)),
        (None, None) => match without_clock(row.state, row.place, row.opened_at, now) {
            Some(words) if row.state == State::Open => words,
            words => return (words.unwrap_or(state), None),
        },
    };
    (state, Some(due))
}
