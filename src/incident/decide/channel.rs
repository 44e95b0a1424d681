//! By which way a contact came: those that the agreement names, and others (P2-02).

use super::text::optional;
use crate::incident::refusal::Refusal;
use crate::policy::{Channel, Policy};

/// The channel as it is kept: one that the agreement does not name is `other`, with the reason why it was taken.
pub(super) fn kept(
    policy: &Policy,
    channel: Channel,
    reason: Option<&str>,
) -> Result<(Channel, Option<String>), Refusal> {
    let reason = optional("reason for the channel", reason)?;
    let (name, covers) = (&policy.name, policy.channel_words().join(", "));
    match (policy.channels.contains(&channel), reason) {
        (true, None) => Ok((channel, None)),
        (false, Some(reason)) => Ok((Channel::Other, Some(reason))),
        (true, Some(_)) => Err(Refusal::input(format!(
            "policy {name} covers {}: no reason is needed, leave out --channel-reason",
            channel.word()
        ))),
        (false, None) => Err(Refusal::input(format!(
            "policy {name} covers {covers}: say why this contact came another way (--channel-reason)"
        ))),
    }
}
