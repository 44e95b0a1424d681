//! Making a new desk.

use std::path::Path;

use rusqlite::params;

use super::{Context, Desk, StoreError, open};
use crate::incident::{Command, NewPolicy, refuse_cards};

/// What a new desk begins with.
#[derive(Debug, Clone)]
pub struct NewDesk {
    /// Its name.
    pub name: String,
    /// Its policies; the first one is for customers who have none of their own.
    pub policies: Vec<NewPolicy>,
}

impl Desk {
    /// Makes a desk at `path` and opens it. It appears there whole or not at all.
    ///
    /// # Errors
    /// When something is there already, the folder cannot be written, or a policy cannot be used.
    pub fn create(path: &Path, new: &NewDesk, context: &Context) -> Result<Self, StoreError> {
        Self::create_with(path, new, context, |_| Ok(()))
    }

    /// As [`Desk::create`], with what `fill` does to it before it appears.
    pub(super) fn create_with(
        path: &Path,
        new: &NewDesk,
        context: &Context,
        fill: impl FnOnce(&mut Self) -> Result<(), StoreError>,
    ) -> Result<Self, StoreError> {
        open::create(path, |connection| {
            let mut desk = Self::over(connection, path);
            begin(&mut desk, new, context)?;
            fill(&mut desk)?;
            Ok(desk)
        })?;
        Self::open(path, super::Access::Write)
    }

    /// When something is recorded is this machine's time: a clock that was set by hand is taken only by a desk that was
    /// made with one.
    pub(super) fn takes_the_clock_of(&self, context: &Context) -> Result<(), StoreError> {
        let by_hand = "SELECT 1 FROM desk WHERE key = 'clock' AND value = 'by hand'";
        match context.by_hand && !self.connection.prepare_cached(by_hand)?.exists([])? {
            true => Err(StoreError::ClockByHand),
            false => Ok(()),
        }
    }
}

/// Puts on an empty desk what a new one begins with.
pub(super) fn begin(desk: &mut Desk, new: &NewDesk, context: &Context) -> Result<(), StoreError> {
    refuse_cards("name", &new.name)?;
    desk.batch(|batch| {
        let connection = &batch.desk().connection;
        for (key, value) in [
            ("id", random_id()?.as_str()),
            ("name", new.name.as_str()),
            ("made_at", &context.now.to_rfc3339()),
        ] {
            connection.execute(
                "INSERT INTO desk (key, value) VALUES (?1, ?2)",
                params![key, value],
            )?;
        }
        if context.by_hand {
            connection.execute(
                "INSERT INTO desk (key, value) VALUES ('clock', 'by hand')",
                [],
            )?;
        }
        for policy in &new.policies {
            batch.execute(&Command::AddPolicy(policy.clone()), context)?;
        }
        Ok(())
    })
}

/// What no other desk has, by which its backups are known.
fn random_id() -> Result<String, StoreError> {
    let mut id = [0; 16];
    getrandom::fill(&mut id).map_err(|error| {
        StoreError::Damaged(format!("the system gives no random bytes ({error})"))
    })?;
    Ok(id.iter().map(|byte| format!("{byte:02x}")).collect())
}
