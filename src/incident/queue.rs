//! The order of the queue, as a key of bytes that sorts like it (`lifecycle.md`, "Queue order").

use chrono::{DateTime, Utc};

use super::clock::ClockKind;
use super::state::{Incident, State};

/// Where an incident stands in the queue: keys compare as the incidents are to be worked on. `None` once there is
/// nothing left to do; a running patch keeps a resolved incident in view.
///
/// Missed ones come first, the longest first, then the others by due instant: both are the order of the due instants,
/// so that the key needs no `now`. Within the same minute the expedited and emergencies come first, then the graver severity. Then
/// those without a target by age, then those that wait for the customer, then those that wait for acceptance or payment.
pub fn queue_key(incident: &Incident) -> Option<Vec<u8>> {
    let due = counted_down(incident);
    if !incident.state.is_open() && due.is_none() {
        return None;
    }
    let group = match (due, incident.state) {
        (Some(_), _) => 0_u8,
        (None, State::Waiting) => 2,
        (None, State::AwaitingAcceptance | State::AwaitingPayment) => 3,
        (None, _) => 1,
    };
    let minute = due.map_or(0, |due| due.div_euclid(60));
    let mut key = vec![group];
    key.extend(sortable(minute));
    key.push(u8::from(!incident.at_once()));
    key.push(incident.severity.rank);
    key.extend(sortable(incident.opened_at.timestamp()));
    key.extend(incident.tech_ref.sequence().to_be_bytes());
    Some(key)
}

/// What a list says where no clock counts down: what is waited for, or the place of those who are served in the order of
/// their arrival and the age (P3-13, P5-03). `None` once there is nothing left to do.
pub fn without_clock(
    state: State,
    place: Option<u32>,
    opened_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Option<String> {
    let age = || age_in_words((now - opened_at).num_seconds().max(0));
    Some(match (state, place) {
        (State::Open, Some(place)) => format!("place {place}, age {}", age()),
        (State::Open, None) => format!("age {}", age()),
        (State::AwaitingPayment, Some(place)) => format!("unpaid, place {place}"),
        (state, _) if state.is_open() => state.said().to_owned(),
        _ => return None,
    })
}

/// How old something is: minutes, hours from one hour on, days from two days on.
fn age_in_words(seconds: i64) -> String {
    match seconds {
        ..3_600 => format!("{}m", seconds / 60),
        3_600..172_800 => format!("{}h {:02}m", seconds / 3_600, seconds % 3_600 / 60),
        _ => format!("{}d", seconds / 86_400),
    }
}

/// The due instant that the queue sorts by, in UTC seconds. A silence is never late, so it does not count.
fn counted_down(incident: &Incident) -> Option<i64> {
    let clock = incident
        .next_clock()
        .filter(|clock| clock.kind != ClockKind::Silence)?;
    Some(clock.due_at.timestamp())
}

/// A number as bytes that compare as the numbers do, also below zero.
fn sortable(number: i64) -> [u8; 8] {
    (number.cast_unsigned() ^ (1 << 63)).to_be_bytes()
}
