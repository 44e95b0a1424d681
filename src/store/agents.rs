//! Who works here: everybody from the first thing they do, until they leave.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;

use super::timeline::{self, Stamp, Subject, instant};
use super::{Batch, Context, Desk, StoreError};
use crate::incident::{Command, LeftTo, Refusal, Step, TechRef, acting, decide_leave};

/// How many of the newest entries are looked at.
const ENTRIES: i64 = 20_000;

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum AgentEvent<'a> {
    AgentAdded { name: &'a str },
    AgentLeft { name: &'a str },
}

impl Desk {
    /// Who works here, by name.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn agents(&self) -> Result<Vec<String>, StoreError> {
        agents(&self.connection)
    }

    /// As which agent a user of the system acted last, of the newest entries.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn last_acted_as(&self, user: &str) -> Result<Option<String>, StoreError> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT agent FROM timeline WHERE seq > (SELECT max(seq) FROM timeline) - {ENTRIES}
                 AND substr(agent, 1, length(?1)) = ?1
             ORDER BY seq DESC LIMIT 1"
        ))?;
        let begins = format!("{user} as ");
        let found: Option<String> = statement
            .query_row([&begins], |row| row.get(0))
            .optional()?;
        Ok(found.map(|recorded| acting(&recorded).0.to_owned()))
    }

    /// When somebody left, who does not work here any more.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn agent_left(&self, name: &str) -> Result<Option<DateTime<Utc>>, StoreError> {
        Ok(known(&self.connection, name)?.flatten())
    }

    /// The open incidents of an agent, as they are to be worked on.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn assigned_to(&self, name: &str) -> Result<Vec<TechRef>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT number FROM incident WHERE assignee = ?1 AND queue_key IS NOT NULL ORDER BY queue_key",
        )?;
        let numbers = statement.query_map([name], |row| row.get(0).map(TechRef::new))?;
        Ok(numbers.collect::<Result<_, _>>()?)
    }
}

impl Batch<'_> {
    /// Somebody leaves: what they had open goes where it is said, and they cannot act any more.
    ///
    /// # Errors
    /// When nobody of that name works here, something of theirs is open and nobody said what becomes of it, or the file
    /// refuses.
    pub(super) fn leave(
        &mut self,
        name: &str,
        left_to: &LeftTo,
        context: &Context,
    ) -> Result<(), StoreError> {
        let open = self.desk.assigned_to(name)?;
        let to = decide_leave(name, &open, left_to, &self.desk.agents()?)?;
        let own = Context {
            once: None,
            ..context.unconditional()
        };
        for number in open {
            let step = Step::Assign(to.map(str::to_owned));
            self.execute(&Command::Step(number, step), &own)?;
        }
        self.by_agent(context, |connection, stamp, at| {
            let event = AgentEvent::AgentLeft { name };
            timeline::append(connection, Subject::default(), stamp, at, &event)?;
            connection.execute(
                "UPDATE agent SET left_at = ?2 WHERE name = ?1",
                params![name, at.timestamp()],
            )?;
            Ok(())
        })
    }
}

pub(super) fn agents(connection: &Connection) -> Result<Vec<String>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT name FROM agent WHERE left_at IS NULL ORDER BY name")?;
    let names = statement
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    Ok(names)
}

/// Whether somebody was ever here, and if they left, when.
fn known(connection: &Connection, name: &str) -> Result<Option<Option<DateTime<Utc>>>, StoreError> {
    Ok(connection
        .prepare_cached("SELECT left_at FROM agent WHERE name = ?1")?
        .query_row([name], |row| {
            row.get::<_, Option<i64>>(0).map(|left| left.map(instant))
        })
        .optional()?)
}

/// The one who acts works here from now on; one who left does not, unless somebody adds them again. What is history
/// from elsewhere may have been done by anybody.
pub(super) fn enter(
    connection: &Connection,
    context: &Context,
    stamp: Stamp<'_>,
) -> Result<(), StoreError> {
    let name = &context.agent;
    match known(connection, name)? {
        Some(Some(left)) if !context.quiet => Err(has_left(name, left).into()),
        Some(_) => Ok(()),
        None => add(connection, name, stamp, context.now),
    }
}

/// What is said to somebody who left.
pub(super) fn has_left(name: &str, left: DateTime<Utc>) -> Refusal {
    let day = left.format("%Y-%m-%d");
    Refusal::rule(format!(
        "{name} left on {day} and cannot act here: somebody who works here adds them again (`holdline agent add {name}`)"
    ))
}

/// Adds an agent, also one who left; one who is there already stays.
pub(super) fn add(
    connection: &Connection,
    name: &str,
    stamp: Stamp<'_>,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    if known(connection, name)? == Some(None) {
        return Ok(());
    }
    let event = AgentEvent::AgentAdded { name };
    timeline::append(connection, Subject::default(), stamp, at, &event)?;
    connection.execute(
        "INSERT INTO agent (name, added_at) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET left_at = NULL",
        params![name, stamp.now.timestamp()],
    )?;
    Ok(())
}
