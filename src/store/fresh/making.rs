//! Making a desk that is filled before it appears.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::sync_channel;
use std::thread::{self, ScopedJoinHandle};

use rusqlite::Connection;

use super::clerk::{Clerk, Out};
use super::index::{Index, take_over};
use super::{Fresh, unfit, writer};
use crate::incident::{Customer, CustomerId, Entitlement};
use crate::store::entitlements::{self, ENTITLEMENT, read_entitlement};
use crate::store::{
    Access, Batch, Context, Desk, NewDesk, StoreError, agents, callers, incidents, make, open,
    steady, timeline,
};

/// How much may be sent before it is taken.
const WAITING: usize = 8;

/// A desk that has not appeared yet.
pub struct Making {
    desk: Desk,
    /// Customers are on it that no caller is found by yet.
    unindexed: bool,
}

impl Desk {
    /// Makes a desk as [`Desk::create`] does, lets `fill` put on it what it begins with, and opens it. It appears whole
    /// or not at all, so that nothing is made safe before the end.
    ///
    /// # Errors
    /// As [`Desk::create`], and whatever `fill` returns.
    pub fn create_filled(
        path: &Path,
        new: &NewDesk,
        context: &Context,
        fill: impl FnOnce(&mut Making) -> Result<(), StoreError>,
    ) -> Result<Self, StoreError> {
        open::create(path, |connection| {
            hurry(&connection)?;
            let mut making = Making {
                desk: Self::over(connection, path),
                unindexed: false,
            };
            make::begin(&mut making.desk, new, context)?;
            fill(&mut making)?;
            let connection = &making.desk.connection;
            if making.unindexed {
                callers::index_all(connection)?;
            }
            connection.execute_batch("PRAGMA locking_mode = NORMAL; PRAGMA journal_mode = WAL")?;
            Ok(making.desk)
        })?;
        Self::open(path, Access::Write)
    }
}

/// Nothing is made safe: what is not finished is thrown away.
pub(super) fn hurry(connection: &Connection) -> Result<(), StoreError> {
    steady(connection)?;
    connection.set_prepared_statement_cache_capacity(128);
    connection.execute_batch(
        "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
         PRAGMA foreign_keys = OFF; PRAGMA cache_size = -32768;",
    )?;
    Ok(())
}

impl Making {
    /// Carries several commands out, as [`Desk::batch`] does.
    ///
    /// # Errors
    /// As [`Desk::batch`]; then the desk never appears.
    pub fn batch<T>(
        &mut self,
        work: impl FnOnce(&mut Batch<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.desk.batch(work)
    }

    /// As [`Making::batch`], for work that puts very many customers on the desk: callers are found by them at the end.
    ///
    /// # Errors
    /// As [`Making::batch`].
    pub fn settle<T>(
        &mut self,
        work: impl FnOnce(&mut Batch<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.unindexed = true;
        self.desk.batch(|batch| {
            batch.callers_later = true;
            work(batch)
        })
    }

    /// Lets `work` put very many incidents on the desk. `customer` knows those that are on it; `progress` is told how
    /// many are made, and says whether to go on.
    ///
    /// # Errors
    /// Whatever `work` returns, and when the file cannot be written; [`StoreError::Stopped`] when it was not to go on.
    /// Then the desk never appears.
    pub fn fill(
        &mut self,
        customer: &(dyn Fn(CustomerId) -> Option<Customer> + Sync),
        work: impl FnOnce(&mut Fresh<'_>) -> Result<(), StoreError> + Send,
        progress: &mut dyn FnMut(usize) -> bool,
    ) -> Result<(), StoreError> {
        let desk = &self.desk;
        let connection = &desk.connection;
        let draft = connection.path().unwrap_or_default();
        let newest = "SELECT coalesce(max(id), 0) FROM customer";
        let newest: i64 = connection.query_row(newest, [], |row| row.get(0))?;
        let index = Index::beside(Path::new(draft), connection)?;
        let rulings = desk.rulings()?;
        let next = incidents::next_number(connection)?;
        let clerk = Clerk::new(timeline::head(connection)?, next);
        let (send, pieces) = sync_channel(WAITING);
        let (send_sheets, sheets) = sync_channel(WAITING);
        let (send_words, words) = sync_channel(WAITING);
        let mut fresh = Fresh {
            first: Arc::clone(rulings.first().ok_or_else(|| unfit("a policy"))?),
            rulings: rulings
                .into_iter()
                .map(|ruling| (ruling.policy.name.clone(), ruling))
                .collect(),
            agents: Arc::new(agents::agents(connection)?),
            customer,
            latest: None,
            owned: owned(connection)?,
            owing: HashMap::new(),
            live: HashMap::new(),
            next,
            next_entitlement: entitlements::next_id(connection)?,
            out: Out::new(send),
        };
        let index = thread::scope(|scope| {
            let ruled = scope.spawn(move || {
                work(&mut fresh)?;
                fresh.end()
            });
            let kept = scope.spawn(move || clerk.work(pieces, &send_sheets, &send_words));
            let callers =
                (1..=newest).map(|id| customer(CustomerId(id)).ok_or_else(|| unfit("a customer")));
            let indexed = scope.spawn(move || index.take(words, callers));
            let written = writer::write(connection, sheets, progress);
            let (index, made) = match join(indexed) {
                Ok(index) => (Some(index), Ok(())),
                Err(error) => (None, Err(error)),
            };
            let ends = [written, made, join(kept), join(ruled)];
            why_ended(ends).map(|()| index)
        })?;
        index.map_or(Ok(()), |index| take_over(connection, &index))?;
        self.unindexed = false;
        Ok(())
    }
}

/// Whoever ends early stops the others: what they say of that is not the reason.
fn why_ended(ends: [Result<(), StoreError>; 4]) -> Result<(), StoreError> {
    let mut stopped = Ok(());
    for end in ends {
        match end {
            Err(StoreError::Stopped) => stopped = end,
            Err(_) => return end,
            Ok(()) => {}
        }
    }
    stopped
}

/// What all customers have.
fn owned(connection: &Connection) -> Result<HashMap<CustomerId, Vec<Entitlement>>, StoreError> {
    let mut statement = connection.prepare(&format!(
        "SELECT {ENTITLEMENT}, customer FROM entitlement ORDER BY id"
    ))?;
    let mut rows = statement.query([])?;
    let mut owned: HashMap<_, Vec<_>> = HashMap::new();
    while let Some(row) = rows.next()? {
        let of = owned.entry(CustomerId(row.get(9)?)).or_default();
        of.push(read_entitlement(row)?);
    }
    Ok(owned)
}

fn join<T>(thread: ScopedJoinHandle<'_, T>) -> T {
    match thread.join() {
        Ok(ended) => ended,
        Err(panicked) => std::panic::resume_unwind(panicked),
    }
}
