//! A message on its way out: held for one program while that hands it over, with what its headers name.

use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::params;

use super::messages::OutboxMessage;
use super::{Batch, Desk, StoreError, incidents};
use crate::incident::{Decided, Event, MessageId, Refusal, TechRef, sendable};

/// How long a program may take to hand a message over before another one may try.
const HELD: TimeDelta = TimeDelta::minutes(10);

/// The role whose address messages come from.
pub const SUPPORT: &str = "support";

/// How many messages of a conversation a new one names.
const REFERENCES: u32 = 10;

/// A message that is to be handed over, with what its headers name.
#[derive(Debug, Clone, PartialEq)]
pub struct Departure {
    /// The message.
    pub message: OutboxMessage,
    /// The part of its Message-ID before the host: the same however often it is tried, and nobody's guess.
    pub token: String,
    /// The Message-IDs of the conversation so far, the oldest first.
    pub conversation: Vec<String>,
}

impl Desk {
    /// A message with what its headers name.
    ///
    /// # Errors
    /// When there is none of that name, or the file cannot be read.
    pub fn departure(&self, id: MessageId) -> Result<Departure, StoreError> {
        let message = self.outbox_message(id)?;
        let number = id.tech_ref.sequence();
        let token: String = self
            .connection
            .prepare_cached(
                "SELECT lower(hex(substr(timeline.hash, 1, 8))) FROM message JOIN timeline USING (seq)
                 WHERE message.incident = ?1 AND message.n = ?2",
            )?
            .query_row(params![number, id.n], |row| row.get(0))?;
        let mut conversation = self.connection.prepare_cached(
            "SELECT message_id FROM (
                SELECT message_id, changed AS seq FROM message
                 WHERE incident = ?1 AND n <> ?2 AND message_id IS NOT NULL
                 ORDER BY seq DESC LIMIT ?3)
             ORDER BY seq",
        )?;
        let conversation =
            conversation.query_map(params![number, id.n, REFERENCES], |row| row.get(0))?;
        Ok(Departure {
            token: format!("{}.{}.{token}", id.tech_ref, id.n),
            conversation: conversation.collect::<Result<_, _>>()?,
            message,
        })
    }
}

impl Desk {
    /// The address of the shop's own under the policy of an incident: that of the role `support`, where it has one.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn shop_address(&self, number: TechRef) -> Result<Option<String>, StoreError> {
        let incident = incidents::load(&self.connection, number)?;
        let ruling = self.ruling_of(&incident.policy, incident.policy_version)?;
        Ok(ruling.policy.roles.get(SUPPORT).cloned())
    }
}

impl Batch<'_> {
    /// Holds a message for whoever asks, who hands it over after this transaction and then says how that went.
    ///
    /// # Errors
    /// When it must not be sent, another program is sending it, or the file refuses.
    pub fn hold_to_send(
        &mut self,
        id: MessageId,
        now: DateTime<Utc>,
    ) -> Result<Departure, StoreError> {
        let departure = self.desk().departure(id)?;
        sendable(id, departure.message.state, &departure.message.wording)?;
        self.hold_message(id, now)?;
        Ok(departure)
    }

    /// Nothing is dropped under the hands of a program that is sending it.
    ///
    /// # Errors
    /// As [`Batch::hold_message`].
    pub(super) fn hold_dropped(
        &mut self,
        decided: &Decided,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let tech_ref = decided.incident.tech_ref;
        let mut new = Vec::new();
        for (_, event) in &decided.events {
            match event {
                Event::MessageQueued(message) => new.push(message.n),
                Event::MessageDropped { n, .. } if !new.contains(n) => {
                    self.hold_message(MessageId { tech_ref, n: *n }, now)?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Holds a message for whoever asks, until something is recorded about it.
    ///
    /// # Errors
    /// When another program is sending it, or the file refuses.
    pub(super) fn hold_message(
        &mut self,
        id: MessageId,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let until = (now + HELD).timestamp();
        let held = self
            .desk()
            .connection
            .prepare_cached(
                "UPDATE message SET held_until = ?3 WHERE incident = ?1 AND n = ?2 AND held_until <= ?4",
            )?
            .execute(params![id.tech_ref.sequence(), id.n, until, now.timestamp()])?;
        if held == 0 {
            self.desk().outbox_message(id)?;
            return Err(Refusal::rule(format!(
                "another program is sending message {id}: try again in ten minutes, if it is not sent by then"
            ))
            .into());
        }
        Ok(())
    }
}
