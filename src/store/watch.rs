//! Work that takes long, seen from outside.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::{Desk, StoreError};

/// Who waits for work that takes long: told how far it is, and may have it stopped. By default nobody.
#[derive(Default)]
pub struct Watch<'a> {
    tell: Option<&'a mut dyn FnMut(&'static str, u64, u64)>,
    stop: Arc<AtomicBool>,
}

impl<'a> Watch<'a> {
    /// `tell` is told what is being done, how much of that is done and how much there is of it, in its own unit; once
    /// `stop` is set, the work ends without a result.
    pub fn new(tell: &'a mut dyn FnMut(&'static str, u64, u64), stop: &Arc<AtomicBool>) -> Self {
        Self {
            tell: Some(tell),
            stop: Arc::clone(stop),
        }
    }

    /// Tells how far the work is.
    ///
    /// # Errors
    /// [`StoreError::Stopped`] where it is to stop.
    pub(super) fn tell(
        &mut self,
        what: &'static str,
        done: u64,
        of: u64,
    ) -> Result<(), StoreError> {
        if let Some(tell) = &mut self.tell {
            tell(what, done, of);
        }
        match self.stop.load(Ordering::Relaxed) {
            true => Err(StoreError::Stopped),
            false => Ok(()),
        }
    }

    /// Lets a statement of `desk` that takes long be given up, too.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(super) fn over(&self, desk: &mut Desk) -> Result<(), StoreError> {
        let stop = Arc::clone(&self.stop);
        desk.stop_when(move || stop.load(Ordering::Relaxed))
    }

    /// What came of the work, whatever a statement says that was given up.
    pub(super) fn came_of<T>(&self, work: Result<T, StoreError>) -> Result<T, StoreError> {
        work.map_err(|error| match self.stop.load(Ordering::Relaxed) {
            true => StoreError::Stopped,
            false => error,
        })
    }
}
