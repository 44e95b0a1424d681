//! By which way a contact came: those that the agreement names, and others (P2-02).

use super::Situation;
use super::text::optional;
use crate::incident::refusal::Refusal;
use crate::incident::state::Incident;
use crate::policy::Channel;

/// The channel as it is kept: one that the agreement does not name is `other`, with the reason why it was taken. What is
/// history from elsewhere was taken, whatever the reason.
pub(super) fn kept(
    situation: &Situation<'_>,
    channel: Channel,
    reason: Option<&str>,
) -> Result<(Channel, Option<String>), Refusal> {
    let policy = situation.policy;
    let reason = optional("reason for the channel", reason)?;
    let covered = policy.channels.contains(&channel);
    let elsewhere = situation.quiet && !covered;
    let reason = reason.or_else(|| elsewhere.then(|| format!("{}, elsewhere", channel.word())));
    let (name, covers) = (&policy.name, policy.channel_words().join(", "));
    match (covered, reason) {
        (true, None) => Ok((channel, None)),
        (false, Some(reason)) => Ok((Channel::Other, Some(reason))),
        (true, Some(_)) => Err(Refusal::input(format!(
            "policy {name} covers {}: no reason is needed, leave it out (--channel-reason)",
            channel.word()
        ))),
        (false, None) => Err(Refusal::input(format!(
            "policy {name} covers {covers}: say why this contact came another way (--channel-reason)"
        ))),
    }
}

/// Why what comes of `from` is outside the agreement by its channel, where it is.
pub(super) fn inherited(from: &Incident, situation: &Situation<'_>) -> Option<String> {
    let covered = situation.policy.channels.contains(&from.channel);
    let reason = from.channel_reason.clone();
    (!covered).then(|| reason.unwrap_or_else(|| format!("as {} did", from.tech_ref)))
}
