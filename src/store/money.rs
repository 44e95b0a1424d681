//! What was paid, given back and waived, and what is still owed.

use chrono::{DateTime, Utc};
use rusqlite::params;

use super::timeline::instant;
use super::undo::stands;
use super::{Desk, StoreError};
use crate::incident::{CustomerId, Incident, TechRef, debts};
use crate::policy::{Money, Policy};

/// What became of money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MoneyMove {
    /// A purchase, a pack or prepaid hours were sold.
    Sold,
    /// A payment for one incident was confirmed.
    Paid,
    /// Something was given back.
    Refunded,
    /// The shop chose not to charge.
    Waived,
    /// It is owed since then, and was not paid or waived to this day.
    Owed,
}

/// Money that moved, or is awaited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// When.
    pub at: DateTime<Utc>,
    /// Under which policy.
    pub policy: String,
    /// What became of it.
    pub what: MoneyMove,
    /// How much.
    pub amount: Money,
}

/// What was paid, given back and waived, and what was sold beforehand.
fn moved() -> String {
    format!(
        "
    SELECT t.at, i.policy, t.kind, json_extract(t.facts, '$.amount')
    FROM timeline t JOIN incident i ON i.number = t.incident
    WHERE t.kind IN ('paid', 'refunded', 'waived') AND t.at >= ?1 AND t.at < ?2 AND {stands}
          AND (?3 IS NULL OR i.customer = ?3)
    UNION ALL
    SELECT t.at, coalesce(c.policy, (SELECT name FROM policy ORDER BY place, version LIMIT 1)), t.kind,
           json_extract(t.facts, '$.price')
    FROM timeline t JOIN customer c ON c.id = t.customer
    WHERE t.kind = 'entitlement-added' AND json_extract(t.facts, '$.price') IS NOT NULL AND t.at >= ?1 AND t.at < ?2
          AND (?3 IS NULL OR c.id = ?3)
    UNION ALL
    SELECT t.at, coalesce(c.policy, (SELECT name FROM policy ORDER BY place, version LIMIT 1)), 'refunded',
           json_extract(t.facts, '$.refunded')
    FROM timeline t JOIN customer c ON c.id = t.customer
    WHERE t.kind = 'entitlement-ended' AND json_extract(t.facts, '$.refunded') IS NOT NULL AND t.at >= ?1 AND t.at < ?2
          AND (?3 IS NULL OR c.id = ?3)
    ORDER BY 1",
        stands = stands("t"),
    )
}

const CHARGED: &str = "
    SELECT body FROM incident WHERE number IN (SELECT incident FROM counted WHERE owes = 1) AND (?1 IS NULL OR customer = ?1)
    ORDER BY number";

const OWING: &str = "SELECT body FROM incident WHERE customer = ?1 AND number <> ?2
    AND json_extract(body, '$.charge.for_time') > 0 ORDER BY number";

impl Desk {
    /// What an incident's customer owes for call time on other incidents; nothing where its policy charges no time.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(super) fn owing(
        &self,
        incident: &Incident,
        policy: &Policy,
    ) -> Result<Vec<(TechRef, Money)>, StoreError> {
        if !incident.charges_time(policy) {
            return Ok(Vec::new());
        }
        let mut statement = self.connection.prepare_cached(OWING)?;
        let mut rows =
            statement.query(params![incident.customer.0, incident.tech_ref.sequence()])?;
        let mut owing = Vec::new();
        while let Some(row) = rows.next()? {
            let other: Incident = serde_json::from_str(&row.get::<_, String>(0)?)?;
            let owed = other.owed_for_time();
            owing.extend(owed.map(|owed| (other.tech_ref, owed)));
        }
        Ok(owing)
    }

    /// Shows the money that moved at `from` or later and before `until`, and what has come to be owed then and is to
    /// this day;
    /// the price of what was neither ordered nor paid is that of today (P1-09). Of one customer only, if it is given.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn each_move(
        &self,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
        customer: Option<CustomerId>,
        mut show: impl FnMut(Moved),
    ) -> Result<(), StoreError> {
        let customer = customer.map(|id| id.0);
        let mut statement = self.connection.prepare_cached(&moved())?;
        let mut rows = statement.query(params![from.timestamp(), until.timestamp(), customer])?;
        while let Some(row) = rows.next()? {
            let (kind, amount): (String, String) = (row.get(2)?, row.get(3)?);
            let what = match kind.as_str() {
                "paid" => MoneyMove::Paid,
                "refunded" => MoneyMove::Refunded,
                "waived" => MoneyMove::Waived,
                _ => MoneyMove::Sold,
            };
            show(Moved {
                at: instant(row.get(0)?),
                policy: row.get(1)?,
                what,
                amount: serde_json::from_value(amount.into())?,
            });
        }
        let mut statement = self.connection.prepare_cached(CHARGED)?;
        let mut rows = statement.query([customer])?;
        while let Some(row) = rows.next()? {
            let incident: Incident = serde_json::from_str(&row.get::<_, String>(0)?)?;
            if incident.owed().is_none() {
                continue;
            }
            let newest = self.ruling(Some(&incident.policy))?;
            let timeline = self.timeline(incident.tech_ref)?;
            let owed = debts(&incident, &timeline, &newest.policy).into_iter();
            let owed = owed.filter(|(at, _)| (from..until).contains(at));
            owed.for_each(|(at, amount)| {
                show(Moved {
                    at,
                    policy: incident.policy.clone(),
                    what: MoneyMove::Owed,
                    amount,
                });
            });
        }
        Ok(())
    }
}
