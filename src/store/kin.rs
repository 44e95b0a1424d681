//! The other incidents of an incident's customer: what it may be merged into or linked with.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::policies::Ruling;
use super::{Desk, Page, StoreError};
use crate::incident::{Incident, Query, State, TechRef, Term};

/// How many open incidents of a customer are read at most, and how many that have ended.
const OPEN: usize = 50;
const ENDED: usize = 20;

/// Another incident of the same customer.
#[derive(Clone)]
pub struct Kin {
    /// The incident, as everybody sees it at the instant of the question.
    pub incident: Incident,
    /// The policy it is under.
    pub ruling: Arc<Ruling>,
}

impl Desk {
    /// The other incidents of an incident's customer: the open ones in the order of the queue, then the newest of those
    /// that have ended.
    ///
    /// # Errors
    /// When there is none with that number, or the file cannot be read.
    pub fn kin(&self, number: TechRef, now: DateTime<Utc>) -> Result<Vec<Kin>, StoreError> {
        let (_, customer) = self.incident(number, now)?;
        let own = (false, Term::Customer(vec![customer.code]));
        let ended = State::ALL.into_iter().filter(|state| !state.is_open());
        let ended = (false, Term::State(ended.collect()));
        let of = |terms: &[(bool, Term)]| Query {
            terms: terms.to_vec(),
        };
        let open = of(std::slice::from_ref(&own));
        let mut rows = self.list(&open, Page::First, OPEN, now)?;
        rows.extend(self.list(&of(&[own, ended]), Page::First, ENDED, now)?);
        let others = rows.into_iter().filter(|row| row.number != number);
        others
            .map(|row| {
                let (incident, _) = self.incident(row.number, now)?;
                let ruling = self.ruling_of(&incident.policy, incident.policy_version)?;
                Ok(Kin { incident, ruling })
            })
            .collect()
    }
}
