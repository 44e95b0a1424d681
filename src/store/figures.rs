//! What figures are counted from: every incident, every call, everything that customers own, one at a time, so that
//! the memory needed does not grow with the desk.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use rusqlite::params;

use super::entitlements::{ENTITLEMENT, read_entitlement};
use super::timeline::instant;
use super::undo::stands;
use super::{CallKind, Desk, Ruling, StoreError};
use crate::incident::{CustomerId, Entitlement, Incident, LooseReason, Way, acting, as_of};

/// An incident as everybody sees it, with what its figures need.
pub struct Seen<'a> {
    /// The incident; a silence that ran out shows as its resolution.
    pub incident: &'a Incident,
    /// Its rules.
    pub ruling: &'a Ruling,
    /// Its customer: name and code.
    pub customer: &'a str,
}

/// A call, with or without an incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// When it began.
    pub at: DateTime<Utc>,
    /// Which way it went, or why there is no incident.
    pub what: CallKind,
    /// Who took or made it.
    pub agent: String,
    /// The customer's name and code, if it is known.
    pub customer: Option<String>,
}

/// How a customer is called in figures: several may have the same name.
const CUSTOMER: &str = "c.name || ' (' || c.code || ')'";

/// The incidents that a period may count (`?1` to `?2`), of one customer (`?3`) or of all.
fn incidents(customer: Option<CustomerId>, from: DateTime<Utc>) -> String {
    // The shorter list is asked first: what is one customer's, or what was still counted at the period's beginning. All of
    // them are gone through as they lie: sorted, every body would be held in memory.
    let (beside, some) = match customer {
        Some(_) => (
            "JOIN counted k ON k.incident = i.number",
            "AND i.customer = ?3 AND k.last_at >= ?1",
        ),
        None if from == DateTime::<Utc>::MIN_UTC => ("", "AND ?1 IS NOT NULL AND ?3 IS NULL"),
        None => (
            "",
            "AND i.number IN (SELECT incident FROM counted WHERE last_at >= ?1) AND ?3 IS NULL",
        ),
    };
    format!(
        "SELECT i.body, {CUSTOMER} FROM incident i {beside} CROSS JOIN customer c ON c.id = i.customer
         WHERE i.opened_at < ?2 AND i.state <> 'void' {some} ORDER BY i.number"
    )
}

/// The calls of a period (`?1` to `?2`), of one customer (`?3`) or of all.
fn calls() -> String {
    format!(
        "SELECT t.at, json_extract(t.facts, '$.way'), NULL, t.agent, {CUSTOMER}
         FROM timeline t JOIN incident i ON i.number = t.incident JOIN customer c ON c.id = i.customer
         WHERE t.kind IN ('opened', 'contacted') AND json_extract(t.facts, '$.channel') = 'phone'
           AND i.state <> 'void' AND t.at >= ?1 AND t.at < ?2 AND (?3 IS NULL OR i.customer = ?3) AND {stands}
         UNION ALL
         SELECT t.at, NULL, json_extract(t.facts, '$.cause'), t.agent, {CUSTOMER}
         FROM timeline t LEFT JOIN customer c ON c.id = t.customer
         WHERE t.kind = 'no-incident' AND t.at >= ?1 AND t.at < ?2 AND (?3 IS NULL OR t.customer = ?3)",
        stands = stands("t"),
    )
}

impl Desk {
    /// Shows every incident that was received before `until` and may be counted at `from` or later, as it is at `now`, in
    /// the order of their numbers; of one customer only, if it is given. Those whose log was taken back are none.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn each_incident(
        &self,
        customer: Option<CustomerId>,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
        now: DateTime<Utc>,
        mut show: impl FnMut(Seen<'_>),
    ) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(&incidents(customer, from))?;
        let mut rows = statement.query(params![
            from.timestamp(),
            until.timestamp(),
            customer.map(|id| id.0)
        ])?;
        // The rules do not change while one looks.
        let mut rulings: HashMap<(String, u32), Arc<Ruling>> = HashMap::new();
        while let Some(row) = rows.next()? {
            let incident: Incident = serde_json::from_str(&row.get::<_, String>(0)?)?;
            let key = (incident.policy.clone(), incident.policy_version);
            let ruling = match rulings.get(&key) {
                Some(ruling) => Arc::clone(ruling),
                None => {
                    let ruling = self.ruling_of(&key.0, key.1)?;
                    rulings.insert(key, Arc::clone(&ruling));
                    ruling
                }
            };
            let silent = incident.silence_ends().is_some_and(|at| at <= now);
            let seen = match silent {
                true => as_of(&incident, &ruling.policy, now),
                false => incident,
            };
            show(Seen {
                incident: &seen,
                ruling: &ruling,
                customer: &row.get::<_, String>(1)?,
            });
        }
        Ok(())
    }

    /// Shows every call that began at `from` or later and before `until`; of one customer only, if it is given. What
    /// was logged or continued by phone is a call for each incident that it was about, however long it was.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn each_call(
        &self,
        customer: Option<CustomerId>,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
        mut show: impl FnMut(Call),
    ) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(&calls())?;
        let (from, until) = (from.timestamp(), until.timestamp());
        let mut rows = statement.query(params![from, until, customer.map(|id| id.0)])?;
        while let Some(row) = rows.next()? {
            let (way, cause): (Option<String>, Option<String>) = (row.get(1)?, row.get(2)?);
            let what = match (way, cause) {
                (_, Some(cause)) => {
                    CallKind::Loose(serde_json::from_value::<LooseReason>(cause.into())?)
                }
                (Some(way), None) => match serde_json::from_value(way.into())? {
                    Way::In => CallKind::In,
                    Way::Out => CallKind::Out,
                    Way::Attempt => CallKind::Attempt,
                },
                (None, None) => CallKind::In,
            };
            let recorded: String = row.get(3)?;
            let (agent, _) = acting(&recorded);
            show(Call {
                at: instant(row.get(0)?),
                what,
                agent: agent.to_owned(),
                customer: row.get(4)?,
            });
        }
        Ok(())
    }

    /// Shows everything that customers bought or were granted, in no order; of one only, if it is given.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn each_entitlement(
        &self,
        customer: Option<CustomerId>,
        mut show: impl FnMut(&str, Entitlement),
    ) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT {ENTITLEMENT}, {CUSTOMER} FROM entitlement JOIN customer c ON c.id = entitlement.customer
             WHERE ?1 IS NULL OR c.id = ?1"
        ))?;
        let mut rows = statement.query([customer.map(|id| id.0)])?;
        while let Some(row) = rows.next()? {
            let owned = read_entitlement(row)?;
            show(&row.get::<_, String>(9)?, owned);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use rusqlite::Connection;

    use super::*;
    use crate::store::migrate;

    #[test]
    fn no_body_is_held_to_be_sorted() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate::migrate(&mut connection, migrate::keeps_none).unwrap();
        let beginning = DateTime::<Utc>::MIN_UTC;
        for from in [beginning, beginning + TimeDelta::days(1)] {
            let sql = format!("EXPLAIN QUERY PLAN {}", incidents(None, from));
            let mut statement = connection.prepare(&sql).unwrap();
            let plan = statement.query_map(params![0, 1, None::<i64>], |row| row.get(3));
            let plan: Vec<String> = plan.unwrap().map(Result::unwrap).collect();
            assert!(!plan.is_empty());
            let sorts = |step: &String| step.contains("TEMP B-TREE");
            assert!(!plan.iter().any(sorts), "{plan:?}");
        }
    }
}
