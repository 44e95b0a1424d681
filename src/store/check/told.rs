//! The entries that tell of the desk and not of an incident, few among all: found once, in one pass.

use rusqlite::Connection;

use super::looking_closely;
use crate::store::StoreError;

/// Lets this connection read these entries from `told`, by their kind and in their order, and from `ended` until when the
/// entitlements last that were ended. Both go with the transaction.
pub(super) fn find(connection: &Connection) -> Result<(), StoreError> {
    looking_closely(connection, |connection| {
        Ok(connection.execute_batch(
            "CREATE TABLE temp.told_at (kind TEXT, seq INTEGER, PRIMARY KEY (kind, seq)) WITHOUT ROWID;
             INSERT INTO told_at SELECT kind, seq FROM timeline WHERE kind IN (
                 'agent-added', 'agent-left', 'closure-added', 'closure-removed', 'customer-added', 'entitlement-added',
                 'entitlement-ended', 'mail-dismissed', 'mail-quarantined', 'payment-kept', 'policy-added');
             CREATE VIEW temp.told AS
                 SELECT told_at.kind, t.seq, t.customer, t.at, t.recorded_at, t.facts, t.words
                 FROM temp.told_at CROSS JOIN main.timeline t ON t.seq = told_at.seq;
             CREATE TABLE temp.ended (entitlement INTEGER UNIQUE, until TEXT);
             INSERT OR REPLACE INTO ended SELECT facts ->> 'entitlement', facts ->> 'until' FROM told
                 WHERE kind = 'entitlement-ended' ORDER BY seq;",
        )?)
    })
}
