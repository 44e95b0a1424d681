//! What customers bought or were granted.

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::Serialize;

use super::timeline::{self, Stamp, Subject};
use super::{Batch, Context, Desk, StoreError, people};
use crate::incident::{
    Customer, CustomerId, Entitlement, EntitlementEnd, EntitlementId, Granted, LedgerEntry,
    NewEntitlement, Refusal, RefusalKind, TechRef, decide_ending, decide_entitlement,
};
use crate::policy::{EntitlementKind, Money, Policy};

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum EntitlementEvent<'a> {
    EntitlementAdded {
        entitlement: i64,
        cover: EntitlementKind,
        from: Option<NaiveDate>,
        until: Option<NaiveDate>,
        granted: i64,
        price: Option<String>,
        reference: Option<&'a str>,
        method: Option<&'a str>,
    },
    EntitlementEnded {
        entitlement: i64,
        /// Its last day before, if it had one.
        before: Option<NaiveDate>,
        until: NaiveDate,
        reason: &'a str,
        /// What was given back.
        #[serde(skip_serializing_if = "Option::is_none")]
        refunded: Option<String>,
    },
}

impl Desk {
    /// What a customer bought or was granted, with what is left.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn entitlements(&self, customer: CustomerId) -> Result<Vec<Entitlement>, StoreError> {
        entitlements(&self.connection, customer)
    }

    /// What a customer had before `until`, with what was left of it then.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn entitlements_before(
        &self,
        customer: CustomerId,
        until: DateTime<Utc>,
    ) -> Result<Vec<Entitlement>, StoreError> {
        let mut owned = self.entitlements(customer)?;
        owned.retain(|owned| owned.added_at < until);
        for owned in &mut owned {
            owned.taken = self
                .ledger(owned.id, until)?
                .iter()
                .map(|drawn| drawn.change)
                .sum();
        }
        Ok(owned)
    }

    /// An entitlement and whose it is, with what was left of it before `until`.
    ///
    /// # Errors
    /// When there is none of that number; when the file cannot be read.
    pub fn entitlement_before(
        &self,
        id: EntitlementId,
        until: DateTime<Utc>,
    ) -> Result<(Customer, Entitlement), StoreError> {
        let owner: Option<i64> = self
            .connection
            .query_row(
                "SELECT customer FROM entitlement WHERE id = ?1",
                [id.0],
                |row| row.get(0),
            )
            .optional()?;
        let unknown = || {
            let message = format!(
                "no entitlement {}: look up the customer's (`holdline entitlement list --customer C`)",
                id.0
            );
            Refusal {
                kind: RefusalKind::Unknown,
                message,
            }
        };
        let owner = CustomerId(owner.ok_or_else(unknown)?);
        let owned = self.entitlements_before(owner, until)?;
        let owned = owned
            .into_iter()
            .find(|owned| owned.id == id)
            .ok_or_else(unknown)?;
        Ok((people::customer(&self.connection, owner)?, owned))
    }

    /// What was given back of what a customer paid for an entitlement before `until`.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn refund_of(
        &self,
        customer: CustomerId,
        id: EntitlementId,
        until: DateTime<Utc>,
    ) -> Result<Option<Money>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT facts ->> '$.refunded' FROM timeline WHERE customer = ?1 AND kind = 'entitlement-ended'
                 AND facts ->> '$.entitlement' = ?2 AND facts ->> '$.refunded' IS NOT NULL AND at < ?3",
        )?;
        let found: Option<String> = statement
            .query_row(params![customer.0, id.0, until.timestamp()], |row| {
                row.get(0)
            })
            .optional()?;
        Ok(found.and_then(|money| money.parse().ok()))
    }

    /// What was taken of an entitlement and given back to it before `until`, in the order in which it was recorded.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn ledger(
        &self,
        id: EntitlementId,
        until: DateTime<Utc>,
    ) -> Result<Vec<Drawn>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT t.at, t.agent, l.incident, l.entry, l.change FROM ledger l JOIN timeline t ON t.seq = l.seq
             WHERE l.entitlement = ?1 AND t.at < ?2 ORDER BY l.seq",
        )?;
        let mut rows = statement.query(params![id.0, until.timestamp()])?;
        let mut drawn = Vec::new();
        while let Some(row) = rows.next()? {
            drawn.push(Drawn {
                at: timeline::instant(row.get(0)?),
                agent: row.get(1)?,
                tech_ref: TechRef::new(row.get(2)?),
                entry: serde_json::from_value(row.get::<_, String>(3)?.into())?,
                change: row.get(4)?,
            });
        }
        Ok(drawn)
    }
}

impl Batch<'_> {
    /// Lets an entitlement end. What it paid for before stays paid.
    pub(super) fn end_entitlement(
        &mut self,
        id: EntitlementId,
        end: &EntitlementEnd,
        context: &Context,
    ) -> Result<(), StoreError> {
        let (customer, owned) = self.desk.entitlement_before(id, DateTime::<Utc>::MAX_UTC)?;
        let ended = decide_ending(&owned, end)?;
        let back = ended.refunded;
        self.moved
            .extend(back.map(|back| format!("Gives back {back}.")));
        let subject = Subject {
            customer: Some(customer.id),
            ..Subject::default()
        };
        self.by_agent(context, |connection, stamp, at| {
            let event = EntitlementEvent::EntitlementEnded {
                entitlement: id.0,
                before: owned.to,
                until: ended.until,
                reason: &ended.reason,
                refunded: ended.refunded.map(|money| money.to_string()),
            };
            timeline::append(connection, subject, stamp, at, &event)?;
            connection.execute(
                "UPDATE entitlement SET to_day = ?2 WHERE id = ?1",
                params![id.0, ended.until.to_string()],
            )?;
            Ok(())
        })
    }
}

/// Something that was taken of an entitlement or given back to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Drawn {
    /// When.
    pub at: DateTime<Utc>,
    /// Who recorded it.
    pub agent: String,
    /// For which incident.
    pub tech_ref: TechRef,
    /// What became of it.
    pub entry: LedgerEntry,
    /// Incidents, or seconds of prepaid hours: above zero taken, below zero given back.
    pub change: i64,
}

/// The columns of an entitlement, in the order in which [`read_entitlement`] reads them.
pub(super) const ENTITLEMENT: &str =
    "entitlement.id, kind, from_day, to_day, granted, price, reference, added_at,
     (SELECT coalesce(sum(change), 0) FROM ledger WHERE ledger.entitlement = entitlement.id)";

pub(super) fn entitlements(
    connection: &Connection,
    customer: CustomerId,
) -> Result<Vec<Entitlement>, StoreError> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {ENTITLEMENT} FROM entitlement WHERE customer = ?1 ORDER BY id"
    ))?;
    let mut rows = statement.query([customer.0])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(read_entitlement(row)?);
    }
    Ok(found)
}

pub(super) fn read_entitlement(row: &Row<'_>) -> Result<Entitlement, StoreError> {
    let (kind, price): (String, Option<String>) = (row.get(1)?, row.get(5)?);
    let day = |column| -> Result<Option<NaiveDate>, StoreError> {
        let day: Option<String> = row.get(column)?;
        Ok(day.and_then(|day| day.parse().ok()))
    };
    Ok(Entitlement {
        id: EntitlementId(row.get(0)?),
        kind: serde_json::from_value(kind.into())?,
        from: day(2)?,
        to: day(3)?,
        granted: row.get(4)?,
        taken: row.get(8)?,
        price: price.and_then(|price| price.parse().ok()),
        reference: row.get(6)?,
        added_at: timeline::instant(row.get(7)?),
    })
}

pub(super) fn add_entitlement(
    connection: &Connection,
    new: &NewEntitlement,
    policy: &Policy,
    stamp: Stamp<'_>,
    at: DateTime<Utc>,
) -> Result<EntitlementId, StoreError> {
    let Granted {
        amount: granted,
        price,
        reference,
    } = decide_entitlement(new, policy)?;
    let EntitlementId(id) = next_id(connection)?;
    let event = EntitlementEvent::EntitlementAdded {
        entitlement: id,
        cover: new.kind,
        from: new.from,
        until: new.to,
        granted,
        price: price.map(|price| price.to_string()),
        reference: reference.as_deref(),
        method: new.method.as_deref(),
    };
    timeline::append(
        connection,
        Subject {
            customer: Some(new.customer),
            ..Subject::default()
        },
        stamp,
        at,
        &event,
    )?;
    let added = Entitlement {
        id: EntitlementId(id),
        kind: new.kind,
        from: new.from,
        to: new.to,
        granted,
        taken: 0,
        added_at: stamp.now,
        price,
        reference,
    };
    insert(connection, new.customer, &added)?;
    Ok(EntitlementId(id))
}

/// The number that the next entitlement gets. Must be called within a write transaction.
pub(super) fn next_id(connection: &Connection) -> Result<EntitlementId, StoreError> {
    let next = "SELECT coalesce(max(id), 0) + 1 FROM entitlement";
    let mut statement = connection.prepare_cached(next)?;
    Ok(EntitlementId(statement.query_row([], |row| row.get(0))?))
}

/// Writes what a customer has from now on; what is taken of it is in the ledger.
pub(super) fn insert(
    connection: &Connection,
    customer: CustomerId,
    new: &Entitlement,
) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO entitlement (id, customer, kind, from_day, to_day, granted, price, reference, added_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?;
    statement.execute(params![
        new.id.0,
        customer.0,
        serde_json::to_value(new.kind)?.as_str(),
        new.from.map(|day| day.to_string()),
        new.to.map(|day| day.to_string()),
        new.granted,
        new.price.map(|price| price.to_string()),
        new.reference,
        new.added_at.timestamp(),
    ])?;
    Ok(())
}
