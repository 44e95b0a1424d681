//! Which fields of events hold free text.

/// The names of the fields that hold free text. The store keeps them apart from the facts and hashes only their
/// digests, so that a text can be erased and the chain of the timeline still holds.
pub const TEXTS: &[&str] = &[
    "account_manager",
    "agreed_with",
    "answer",
    "approved_by",
    "back",
    "cc",
    "channel_reason",
    "concern",
    "contact",
    "customer_name",
    "detail",
    "estimate_note",
    "files",
    "indication",
    "product",
    "reason",
    "reference",
    "sender",
    "sender_name",
    "subject",
    "summary",
    "text",
    "to",
    "what_changed",
];
