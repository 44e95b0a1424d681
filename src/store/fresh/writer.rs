//! Writing down what was decided.

use std::sync::Arc;
use std::sync::mpsc::Receiver;

use rusqlite::Connection;

use crate::incident::{Recorded, Taken, TechRef};
use crate::store::timeline::{self, Entry};
use crate::store::{StoreError, incidents, row, undo};

/// What is written at once.
#[derive(Default)]
pub(super) struct Sheet {
    /// Entries of the timeline.
    pub(super) entries: Vec<Entry>,
    /// Entries of incidents, each by its place, with what they take of entitlements.
    pub(super) besides: Vec<(i64, TechRef, Vec<Taken>, Arc<Recorded>)>,
    /// Incidents in their last state.
    pub(super) states: Vec<row::New>,
    /// Where the steps of those incidents begin.
    pub(super) steps: Vec<(TechRef, i64)>,
    /// So many incidents are made.
    pub(super) made: Option<usize>,
}

impl Sheet {
    /// One with room for so many pieces.
    pub(super) fn of(pieces: usize) -> Self {
        Self {
            entries: Vec::with_capacity(2 * pieces),
            besides: Vec::with_capacity(2 * pieces),
            ..Self::default()
        }
    }
}

/// Writes all that comes; `progress` says whether to go on.
pub(super) fn write(
    connection: &Connection,
    sheets: Receiver<Sheet>,
    progress: &mut dyn FnMut(usize) -> bool,
) -> Result<(), StoreError> {
    let transaction = connection.unchecked_transaction()?;
    for sheet in sheets {
        timeline::write(connection, &sheet.entries)?;
        for (seq, number, taken, entry) in &sheet.besides {
            incidents::besides(connection, *seq, *number, taken, entry)?;
        }
        undo::begin_all(connection, &sheet.steps)?;
        row::put_new(connection, &sheet.states)?;
        if sheet.made.is_some_and(|made| !progress(made)) {
            return Err(StoreError::Stopped);
        }
    }
    Ok(transaction.commit()?)
}
