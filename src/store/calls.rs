//! Calls that led to no incident: kept on the desk's timeline, so that they can be counted.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};

use super::timeline::{self, Stamp, Subject};
use super::{Desk, StoreError};
use crate::incident::{LooseCall, LooseReason, checked_text};

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum CallEvent<'a> {
    NoIncident {
        cause: LooseReason,
        seconds: i64,
        held: i64,
        text: Option<&'a str>,
    },
}

/// The facts that a count needs.
#[derive(Deserialize)]
struct Facts {
    cause: LooseReason,
}

impl Desk {
    /// Why calls led to no incident, one entry a call, oldest first: those that began at `from` or later and before
    /// `until`.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn calls_without_incident(
        &self,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<Vec<LooseReason>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT facts FROM timeline WHERE kind = 'no-incident' AND at >= ?1 AND at < ?2 ORDER BY seq",
        )?;
        let mut rows = statement.query(params![from.timestamp(), until.timestamp()])?;
        let mut reasons = Vec::new();
        while let Some(row) = rows.next()? {
            let facts: Facts = serde_json::from_str(&row.get::<_, String>(0)?)?;
            reasons.push(facts.cause);
        }
        Ok(reasons)
    }
}

pub(super) fn record(
    connection: &Connection,
    call: &LooseCall,
    stamp: Stamp<'_>,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let text = call
        .text
        .as_deref()
        .filter(|text| !text.trim().is_empty())
        .map(|text| checked_text("note", text))
        .transpose()?;
    let subject = Subject {
        customer: call.customer,
        ..Subject::default()
    };
    let event = CallEvent::NoIncident {
        cause: call.reason,
        seconds: call.seconds,
        held: call.held,
        text: text.as_deref(),
    };
    timeline::append(connection, subject, stamp, at, &event)?;
    Ok(())
}
