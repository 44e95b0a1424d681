//! Whom an import made, by name: a slip in a name makes a second customer, and that must be seen.

use std::fmt;

use serde::Serialize;

use crate::store::{Desk, StoreError};

/// How many are named.
const NAMED: usize = 20;

/// A customer that an import made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Made {
    /// Its name.
    pub name: String,
    /// A customer that was here before and is called nearly so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub near: Option<String>,
}

impl fmt::Display for Made {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)?;
        match &self.near {
            Some(near) => write!(f, " (near {near})"),
            None => Ok(()),
        }
    }
}

/// The customers that an import made so far: the first by name.
#[derive(Debug, Default)]
pub(super) struct MadeSoFar {
    first: Vec<Made>,
}

impl MadeSoFar {
    /// A customer of this name that is about to be made, with one that was here before and is called nearly so; none
    /// once enough are named.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(super) fn about(&self, name: &str, desk: &Desk) -> Result<Option<Made>, StoreError> {
        if self.first.len() == NAMED {
            return Ok(None);
        }
        let made = |other: &str| self.first.iter().any(|made| made.name == other);
        Ok(Some(Made {
            name: name.to_owned(),
            near: desk.customer_near(name, NAMED, made)?,
        }))
    }

    /// It was made.
    pub(super) fn add(&mut self, made: Option<Made>) {
        self.first.extend(made);
    }

    /// The first that were made.
    pub(super) fn first(self) -> Vec<Made> {
        self.first
    }
}

/// The first of these names.
pub(super) fn first(names: impl Iterator<Item = String>) -> Vec<String> {
    names.take(NAMED).collect()
}

/// Says who was made: the first of `count` of these by name. Nothing where nobody was.
pub(super) fn made_in_words<T: fmt::Display>(
    f: &mut fmt::Formatter<'_>,
    what: &str,
    first: &[T],
    count: u64,
) -> fmt::Result {
    if first.is_empty() {
        return Ok(());
    }
    let named: Vec<String> = first.iter().map(T::to_string).collect();
    write!(f, "\n{what} made: {}", named.join(", "))?;
    match count.saturating_sub(first.len() as u64) {
        0 => Ok(()),
        more => write!(f, " and {more} more"),
    }
}
