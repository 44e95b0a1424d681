//! Entitlements, policies and customers against the entries that tell of them, and every balance over time.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension};

use super::Fault;
use crate::store::StoreError;

/// Each: what is kept, where, and the conditions under which it is what the entry `t` tells of it.
const TOLD: [(&str, &str, &str, &str); 7] = [
    (
        "entitlement-added",
        "'entitlement ' || (t.facts ->> 'entitlement')",
        "entitlement k ON k.id = t.facts ->> 'entitlement'",
        "k.customer = t.customer AND k.kind = t.facts ->> 'cover' AND k.granted = t.facts ->> 'granted'
         AND k.price IS t.facts ->> 'price' AND k.from_day IS t.facts ->> 'from' AND k.to_day IS coalesce(
            (SELECT until FROM ended WHERE entitlement = k.id), t.facts ->> 'until')
         AND k.added_at = t.recorded_at
         AND (k.reference IS t.words ->> 'reference' OR json_type(t.words, '$.reference') = 'null')",
    ),
    (
        "payment-kept",
        "'entitlement ' || (t.facts ->> 'entitlement')",
        "entitlement k ON k.id = t.facts ->> 'entitlement'",
        "k.customer = t.facts ->> 'customer' AND k.kind = t.facts ->> 'cover' AND k.granted = t.facts ->> 'granted'
         AND k.price IS t.facts ->> 'price' AND k.from_day IS NULL AND k.to_day IS
            (SELECT until FROM ended WHERE entitlement = k.id)
         AND k.added_at = t.recorded_at
         AND (k.reference IS t.words ->> 'reference' OR json_type(t.words, '$.reference') = 'null')",
    ),
    (
        "policy-added",
        "'policy ' || (t.facts ->> 'name') || ', version ' || (t.facts ->> 'version')",
        "policy k ON k.name = t.facts ->> 'name' AND k.version = t.facts ->> 'version'",
        "k.text = t.facts ->> 'file' AND json(k.settings) = json(t.facts -> 'settings') AND k.added_at = t.recorded_at",
    ),
    (
        "customer-added",
        "'customer ' || (t.facts ->> 'code')",
        "customer k ON k.id = t.customer",
        "k.id = t.customer",
    ),
    (
        "closure-added",
        "'closure ' || (t.facts ->> 'closure')",
        "closure k ON k.id = t.facts ->> 'closure'",
        "k.seq = t.seq AND k.opening = (t.facts ->> 'does' = 'open') AND k.policy IS t.facts ->> 'policy'
         AND k.office IS t.facts ->> 'office' AND k.from_at = unixepoch(t.facts ->> 'from')
         AND k.to_at = unixepoch(t.facts ->> 'until')
         AND (k.reason = t.words ->> 'reason' OR json_type(t.words, '$.reason') = 'null')",
    ),
    (
        "agent-added",
        "'agent ' || (t.facts ->> 'name')",
        "agent k ON k.name = t.facts ->> 'name'",
        "k.added_at <= t.recorded_at",
    ),
    (
        "closure-removed",
        "'closure ' || (t.facts ->> 'closure')",
        "closure k ON k.id = t.facts ->> 'closure'",
        "k.removed = t.seq",
    ),
];

/// What is kept without any entry that tells of it.
const UNTOLD: [&str; 6] = [
    "SELECT 'the step at ' || seq FROM step s WHERE NOT EXISTS
        (SELECT 1 FROM timeline t WHERE t.seq = s.seq AND t.incident = s.incident)",
    "SELECT 'entitlement ' || id FROM entitlement WHERE id NOT IN
        (SELECT facts ->> 'entitlement' FROM told WHERE kind IN ('entitlement-added', 'payment-kept'))",
    "SELECT 'policy ' || name || ', version ' || version FROM policy p WHERE NOT EXISTS
            (SELECT 1 FROM told t WHERE t.kind = 'policy-added' AND t.facts ->> 'name' = p.name
         AND t.facts ->> 'version' = p.version)",
    "SELECT 'agent ' || name FROM agent WHERE name NOT IN
            (SELECT facts ->> 'name' FROM told WHERE kind = 'agent-added')",
    "SELECT 'customer ' || code FROM customer WHERE id NOT IN
            (SELECT customer FROM told WHERE kind = 'customer-added')",
    "SELECT 'closure ' || id FROM closure WHERE NOT EXISTS
        (SELECT 1 FROM timeline t WHERE t.seq = closure.seq AND t.kind = 'closure-added'
         AND t.facts ->> 'closure' = closure.id)
        OR removed > 0 AND removed NOT IN (SELECT seq FROM told WHERE kind = 'closure-removed')",
];

pub(super) fn check(connection: &Connection) -> Result<(), StoreError> {
    for (kind, what, join, same) in TOLD {
        let told = connection
            .prepare(&format!(
                "SELECT t.seq, {what} FROM told t LEFT JOIN {join}
                 WHERE t.kind = '{kind}' AND ({same}) IS NOT 1 ORDER BY t.seq LIMIT 1"
            ))?
            .query_row([], |row| {
                Ok(Fault::Record {
                    place: row.get(0)?,
                    what: row.get(1)?,
                })
            })
            .optional()?;
        if let Some(fault) = told {
            return Err(fault.into());
        }
    }
    for untold in UNTOLD {
        let found = connection
            .prepare(&format!("{untold} LIMIT 1"))?
            .query_row([], |row| row.get(0))
            .optional()?;
        if let Some(what) = found {
            return Err(Fault::Untold(what).into());
        }
    }
    places(connection)?;
    balances(connection)
}

/// Which policy comes first, and so is everybody's who has none: the order in which they were added.
fn places(connection: &Connection) -> Result<(), StoreError> {
    let mut statement = connection.prepare(
        "SELECT seq, facts ->> 'name' FROM told WHERE kind = 'policy-added' ORDER BY seq",
    )?;
    let mut rows = statement.query([])?;
    let mut places: HashMap<String, (i64, i64)> = HashMap::new();
    while let Some(row) = rows.next()? {
        let next = places.len() as i64 + 1;
        places.entry(row.get(1)?).or_insert((next, row.get(0)?));
    }
    let mut statement = connection.prepare("SELECT name, place FROM policy ORDER BY name")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let name: String = row.get(0)?;
        match places.get(&name) {
            Some((wanted, place)) if row.get::<_, i64>(1)? != *wanted => {
                let what = format!("the place of policy {name}");
                return Err(Fault::Record {
                    what,
                    place: *place,
                }
                .into());
            }
            _ => {}
        }
    }
    Ok(())
}

/// At no time is more taken of an entitlement than it has, nor less than nothing.
fn balances(connection: &Connection) -> Result<(), StoreError> {
    let off = connection
        .prepare(
            "SELECT entitlement, seq, taken, granted FROM
               (SELECT l.entitlement, l.seq, e.granted,
                       sum(l.change) OVER (PARTITION BY l.entitlement ORDER BY l.seq) AS taken
                FROM ledger l JOIN entitlement e ON e.id = l.entitlement)
             WHERE taken NOT BETWEEN 0 AND granted ORDER BY seq LIMIT 1",
        )?
        .query_row([], |row| {
            Ok(Fault::Balance {
                entitlement: row.get(0)?,
                place: row.get(1)?,
                taken: row.get(2)?,
                granted: row.get(3)?,
            })
        })
        .optional()?;
    off.map_or(Ok(()), |fault| Err(fault.into()))
}
