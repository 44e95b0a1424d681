//! Why something goes another way than those that the agreement names (P2-02).

use super::forms::{Field, Form};
use crate::policy::{Channel, Policy};

/// The name of the field.
pub const REASON: &str = "channel_reason";

/// Asks why, while the form goes `by` a channel that the policy does not cover.
pub fn field(policy: &Policy, by: impl Fn(&Form) -> Option<Channel> + 'static) -> Field {
    let covered = policy.channels.clone();
    let covers = policy.channel_words().join(", ");
    Field::text(REASON, "Why so")
        .required()
        .help(format!(
            "The agreement covers {covers}; another way is kept with its reason."
        ))
        .when(move |form| by(form).is_some_and(|by| !covered.contains(&by)))
}
