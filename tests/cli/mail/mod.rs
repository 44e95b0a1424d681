//! Mail: what goes out of the outbox, and what comes in.

mod outbox;
