//! What is done with a message of the outbox.

use crate::incident::message::Wording;

/// What is done with a message of the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MessageStep {
    /// It is to say this instead.
    Edit(Wording),
    /// It was handed over to be delivered.
    Sent {
        /// The Message-ID by which an answer names it.
        message_id: String,
        /// To what it was handed over.
        by: String,
    },
    /// It could not be handed over.
    Failed {
        /// Why.
        reason: String,
        /// Trying again is of no use, or might send it twice.
        for_good: bool,
    },
    /// It is not to be sent.
    Drop {
        /// Why.
        reason: String,
    },
}
