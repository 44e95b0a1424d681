//! What ties incidents: each that is named is there and knows of it, and numbers lead to an end.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension};

use super::Fault;
use crate::incident::{Forks, TechRef};
use crate::store::StoreError;

pub(super) fn check(connection: &Connection) -> Result<(), StoreError> {
    let mut statement = connection.prepare(
        "SELECT number, body -> '$.forks' FROM incident WHERE body -> '$.forks' IS NOT NULL ORDER BY number",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let forks: Forks = serde_json::from_str(&row.get::<_, String>(1)?)?;
        one(connection, TechRef::new(row.get(0)?), &forks)?;
    }
    Ok(())
}

fn one(connection: &Connection, number: TechRef, forks: &Forks) -> Result<(), StoreError> {
    let named = |what, other, knows: &dyn Fn(&Forks) -> bool| {
        let fault = |why| Fault::Tie {
            number,
            what,
            other,
            why,
        };
        match read(connection, other)? {
            None => Err(fault("which is not there").into()),
            Some(other) if !knows(&other) => Err(fault("which knows nothing of it").into()),
            Some(_) => Ok::<(), StoreError>(()),
        }
    };
    for other in &forks.linked {
        named("is linked with", *other, &|other| {
            other.linked.contains(&number)
        })?;
    }
    for part in &forks.split_into {
        named("was split into", *part, &|part| {
            part.split_from == Some(number)
        })?;
    }
    if let Some(whole) = forks.split_from {
        named("was split from", whole, &|whole| {
            whole.split_into.contains(&number)
        })?;
    }
    for old in &forks.merged_from {
        named("took in", old.number, &|old| old.leads_to() == Some(number))?;
    }
    if let Some(into) = forks.leads_to() {
        named("was merged into", into, &|into| {
            into.merged_from.iter().any(|old| old.number == number)
        })?;
        ends(connection, "was merged into", number, Forks::leads_to)?;
    }
    if let Some(fault) = forks.same_as {
        named("is the same as", fault, &|_| true)?;
        ends(connection, "is the same as", number, |forks| forks.same_as)?;
        marked(connection, number, fault)?;
    }
    Ok(())
}

/// What ties an incident to others; none where there is no such incident.
fn read(connection: &Connection, number: TechRef) -> Result<Option<Forks>, StoreError> {
    let forks: Option<Option<String>> = connection
        .prepare_cached("SELECT body -> '$.forks' FROM incident WHERE number = ?1")?
        .query_row([number.sequence()], |row| row.get(0))
        .optional()?;
    let forks = forks.map(|forks| {
        forks.map_or_else(
            || Ok(Forks::default()),
            |forks| serde_json::from_str(&forks),
        )
    });
    Ok(forks.transpose()?)
}

/// Whoever follows a tie comes to an end.
fn ends(
    connection: &Connection,
    what: &'static str,
    number: TechRef,
    next: impl Fn(&Forks) -> Option<TechRef>,
) -> Result<(), StoreError> {
    let (mut at, mut met) = (number, BTreeSet::new());
    while met.insert(at) {
        match read(connection, at)?.and_then(|forks| next(&forks)) {
            Some(next) => at = next,
            None => return Ok(()),
        }
    }
    Err(Fault::Tie {
        number,
        what,
        other: at,
        why: "and that leads round in a circle",
    }
    .into())
}

/// The fault that another one is the same as was marked as known: it need not be any more.
fn marked(connection: &Connection, number: TechRef, fault: TechRef) -> Result<(), StoreError> {
    let marked = connection
        .prepare_cached(
            "SELECT 1 FROM timeline WHERE incident = ?1 AND kind = 'known-fault' AND facts -> '$.known' = 'true'",
        )?
        .exists([fault.sequence()])?;
    match marked {
        true => Ok(()),
        false => Err(Fault::Tie {
            number,
            what: "is the same as",
            other: fault,
            why: "which was never marked as a known fault",
        }
        .into()),
    }
}
