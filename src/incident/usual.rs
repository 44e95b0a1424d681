//! By which way a customer is answered where nobody says.

use super::event::{Event, Recorded, Way};
use super::state::Incident;
use super::undo::standing;
use crate::policy::{Channel, Policy};

/// The channel of a response where nobody says: by phone while the agent is `on_the_line` with the customer, else as the
/// customer came last. A way that the agreement does not cover gives place to the first one that it names (P2-02).
pub fn usual_channel(
    incident: &Incident,
    timeline: &[Recorded],
    policy: &Policy,
    on_the_line: bool,
) -> Channel {
    let came = standing(timeline).filter_map(|entry| match &entry.event {
        Event::MailTaken(_) => Some(Channel::Mail),
        Event::Contacted(contacted) if contacted.way == Way::In => Some(contacted.channel),
        _ => None,
    });
    let usual = match on_the_line {
        true => Channel::Phone,
        false => came.last().unwrap_or(incident.channel),
    };
    let first = policy.channels.first().copied();
    match policy.channels.contains(&usual) {
        true => usual,
        false => first.unwrap_or(usual),
    }
}
