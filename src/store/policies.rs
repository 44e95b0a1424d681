//! Policies of the desk and their versions, compiled once and kept for as long as the desk is open: a version never
//! changes, and the closures that bend its hours seldom do.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, params, params_from_iter};
use serde::Serialize;

use super::timeline::{self, Stamp, Subject};
use super::{Desk, Done, StoreError};
use crate::incident::{Closure, NewPolicy, Refusal};
use crate::policy::{self, Deadlines, Policy};

/// A policy in one version, with its calendars compiled.
pub struct Ruling {
    /// The policy.
    pub policy: Arc<Policy>,
    /// The version, from 1.
    pub version: u32,
    /// Its calendars and targets.
    pub deadlines: Deadlines,
    /// Whatever has ever bent its hours, also what was taken back since.
    pub closures: Vec<Closure>,
}

/// A version of a policy as it is listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyVersion {
    /// The policy's name.
    pub name: String,
    /// The newest version.
    pub version: u32,
    /// When that was added.
    pub added_at: DateTime<Utc>,
}

/// The rulings that were asked for, by name and version, with the closures as they were at [`Desk::hours_version`],
/// until a backup was restored over it all, which shows by the version of the schema.
#[derive(Default)]
pub(super) struct Cache {
    made_of: (i64, i64),
    rulings: HashMap<(String, u32), Arc<Ruling>>,
}

impl Cache {
    /// Forgets everything.
    pub(super) fn clear(&mut self) {
        self.rulings.clear();
    }

    /// Forgets everything that was made of something else.
    fn keep(&mut self, made_of: (i64, i64)) -> &mut Self {
        if self.made_of != made_of {
            self.clear();
            self.made_of = made_of;
        }
        self
    }
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum PolicyEvent<'a> {
    PolicyAdded {
        name: &'a str,
        version: u32,
        file: &'a str,
        settings: &'a BTreeMap<String, String>,
    },
}

impl Desk {
    /// The desk's policies in their newest versions, the first one first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn policies(&self) -> Result<Vec<PolicyVersion>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT name, max(version), added_at FROM policy GROUP BY name ORDER BY min(place)",
        )?;
        let rows = statement.query_map([], |row| {
            Ok(PolicyVersion {
                name: row.get(0)?,
                version: row.get(1)?,
                added_at: timeline::instant(row.get(2)?),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The desk's policies in their newest versions with their hours as they are now, the first one first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn rulings(&self) -> Result<Vec<Arc<Ruling>>, StoreError> {
        let known = self.policies()?;
        known
            .iter()
            .map(|known| self.ruling(Some(&known.name)))
            .collect()
    }

    /// The newest version of a policy; the desk's first one without a name.
    ///
    /// # Errors
    /// When the desk has no such policy.
    pub fn ruling(&self, name: Option<&str>) -> Result<Arc<Ruling>, StoreError> {
        // In two statements: one for both would look at every policy, and each change asks.
        let newest = match name {
            Some(_) => {
                "SELECT name, version FROM policy WHERE name = ?1 ORDER BY version DESC LIMIT 1"
            }
            None => "SELECT name, version FROM policy ORDER BY place, version DESC LIMIT 1",
        };
        let newest: Option<(String, u32)> = self
            .connection
            .prepare_cached(newest)?
            .query_row(params_from_iter(name), |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        match newest {
            Some((name, version)) => self.ruling_of(&name, version),
            None => {
                let known = self.policies()?;
                let known = known.iter().map(|known| known.name.as_str());
                Err(Refusal::unknown("policy on this desk", name.unwrap_or_default(), known).into())
            }
        }
    }

    /// The newest version of a policy as it was added: its text and settings.
    ///
    /// # Errors
    /// When the desk has no such policy.
    pub fn policy_source(&self, name: &str) -> Result<NewPolicy, StoreError> {
        match newest_source(&self.connection, name)? {
            Some((_, source)) => Ok(source),
            None => {
                let known = self.policies()?;
                let known = known.iter().map(|known| known.name.as_str());
                Err(Refusal::unknown("policy on this desk", name, known).into())
            }
        }
    }

    /// One version of a policy: the one that an incident was opened under (P1-09).
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn ruling_of(&self, name: &str, version: u32) -> Result<Arc<Ruling>, StoreError> {
        let key = (name.to_owned(), version);
        let made_of = (self.hours_version()?, self.schema_version()?);
        if let Some(ruling) = self.rulings.borrow_mut().keep(made_of).rulings.get(&key) {
            return Ok(Arc::clone(ruling));
        }
        let (text, settings): (String, String) = self
            .connection
            .prepare_cached("SELECT text, settings FROM policy WHERE name = ?1 AND version = ?2")?
            .query_row(params![name, version], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let policy = Arc::new(policy::parse_kept(
            &text,
            &serde_json::from_str(&settings)?,
        )?);
        let closures = self.closures()?;
        let deadlines = Deadlines::new(Arc::clone(&policy), |office| {
            let own = closures
                .iter()
                .filter(|c| c.removed_at.is_none() && c.reach.covers(name, office));
            own.map(|closure| closure.exception.clone()).collect()
        })
        .map_err(|error| Refusal::input(error.to_string()))?;
        let ruling = Arc::new(Ruling {
            policy,
            version,
            deadlines,
            closures,
        });
        let mut cache = self.rulings.borrow_mut();
        cache.rulings.insert(key, Arc::clone(&ruling));
        Ok(ruling)
    }
}

/// The newest version of a policy with its text and settings; none where the desk has no such policy.
fn newest_source(
    connection: &Connection,
    name: &str,
) -> Result<Option<(u32, NewPolicy)>, StoreError> {
    let newest: Option<(u32, String, String)> = connection
        .prepare_cached(
            "SELECT version, text, settings FROM policy WHERE name = ?1 ORDER BY version DESC LIMIT 1",
        )?
        .query_row([name], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let Some((version, text, settings)) = newest else {
        return Ok(None);
    };
    let settings = serde_json::from_str(&settings)?;
    Ok(Some((version, NewPolicy { text, settings })))
}

/// Adds a policy, or a new version of one; the same text and settings again change nothing.
pub(super) fn add(
    connection: &Connection,
    new: &NewPolicy,
    stamp: Stamp<'_>,
    at: DateTime<Utc>,
) -> Result<Done, StoreError> {
    let name = policy::parse(&new.text, &new.settings)?.name;
    let newest = newest_source(connection, &name)?;
    let version = match newest {
        Some((version, source)) if source == *new => return Ok(Done::PolicyKept(name, version)),
        Some((version, _)) => version + 1,
        None => 1,
    };
    let event = PolicyEvent::PolicyAdded {
        name: &name,
        version,
        file: &new.text,
        settings: &new.settings,
    };
    timeline::append(connection, Subject::default(), stamp, at, &event)?;
    connection.execute(
        "INSERT INTO policy (name, version, place, text, settings, added_at)
         VALUES (?1, ?2, coalesce((SELECT place FROM policy WHERE name = ?1),
                                  (SELECT coalesce(max(place), 0) + 1 FROM policy)), ?3, ?4, ?5)",
        params![
            name,
            version,
            new.text,
            serde_json::to_string(&new.settings)?,
            stamp.now.timestamp()
        ],
    )?;
    Ok(Done::Policy(name, version))
}
