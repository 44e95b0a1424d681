//! What was touched since one looked last: who keeps something that was read reads only that again.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use rusqlite::{params, params_from_iter};

use super::conditions::Conditions;
use super::{Desk, Listed, Order, StoreError, timeline};
use crate::incident::{Query, TechRef};

/// Of more entries than these it is not told what they touched: to read everything again costs less.
const MOST: usize = 100;

/// How far the timeline was read, and of which file: one that was restored is another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadTo {
    seq: i64,
    schema: i64,
}

/// What some entries of the timeline touched.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Touched {
    /// The incidents that they are about.
    pub incidents: BTreeSet<TechRef>,
    /// Customers, besides incidents of theirs.
    pub customers: bool,
    /// Messages, or mail that came.
    pub mail: bool,
    /// The desk as a whole: hours, policies, who works here.
    pub desk: bool,
}

impl Desk {
    /// How far the timeline goes now.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn read_to(&self) -> Result<ReadTo, StoreError> {
        Ok(ReadTo {
            seq: timeline::newest_seq(&self.connection)?,
            schema: self.schema_version()?,
        })
    }

    /// A number that changes when the file is brought to another schema, or a backup is restored over it.
    pub(super) fn schema_version(&self) -> Result<i64, StoreError> {
        Ok(self
            .connection
            .prepare_cached("PRAGMA schema_version")?
            .query_row([], |row| row.get(0))?)
    }

    /// What was touched since; none where so much was, or the file is another one, that all is to be read again.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn touched_since(&self, read: ReadTo) -> Result<Option<Touched>, StoreError> {
        if self.schema_version()? != read.schema
            || timeline::newest_seq(&self.connection)? < read.seq
        {
            return Ok(None);
        }
        let mut statement = self.connection.prepare_cached(
            "SELECT incident, customer, kind FROM timeline WHERE seq > ?1 ORDER BY seq LIMIT ?2",
        )?;
        let most = i64::try_from(MOST + 1).unwrap_or(i64::MAX);
        let mut rows = statement.query(params![read.seq, most])?;
        let (mut touched, mut entries) = (Touched::default(), 0);
        while let Some(row) = rows.next()? {
            entries += 1;
            let (customer, kind): (Option<i64>, String) = (row.get(1)?, row.get(2)?);
            touched.mail |= kind.starts_with("message-") || kind.starts_with("mail-");
            match row.get(0)? {
                Some(number) => drop(touched.incidents.insert(TechRef::new(number))),
                None if customer.is_some() => touched.customers = true,
                None => touched.desk |= kind != "no-incident",
            }
        }
        Ok((entries <= MOST).then_some(touched))
    }

    /// Whether the silence of some incident ran out after `since`: it shows as resolved, written down or not.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn silence_ran_out(
        &self,
        since: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let ran_out =
            "SELECT EXISTS (SELECT 1 FROM incident WHERE silence_at > ?1 AND silence_at <= ?2)";
        Ok(self
            .connection
            .prepare_cached(ran_out)?
            .query_row([since.timestamp(), now.timestamp()], |row| row.get(0))?)
    }

    /// Those of some incidents that a query finds, as they are listed.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn found_among(
        &self,
        query: &Query,
        numbers: &[TechRef],
        now: DateTime<Utc>,
    ) -> Result<Vec<Listed>, StoreError> {
        let mut conditions = Conditions::of(
            &self.connection,
            query,
            Order::of(query) == Order::Queue,
            now,
        )?;
        let among: Vec<u32> = numbers.iter().map(|number| number.sequence()).collect();
        let among = conditions.value(serde_json::to_string(&among)?);
        let sql = format!(
            "SELECT i.number FROM (SELECT value AS k FROM json_each({among})) {} WHERE {}",
            conditions.of_k(),
            conditions.sql
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let found = statement.query_map(params_from_iter(conditions.values), |row| {
            row.get(0).map(TechRef::new)
        })?;
        let found: Vec<TechRef> = found.collect::<Result<_, _>>()?;
        self.listed(&found, now)
    }
}
