//! All that is shown of one incident, and all that is known of one caller.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::policies::Ruling;
use super::{Conduct, Desk, Listed, Page, Same, StoreError, undo};
use crate::incident::{
    Customer, CustomerId, Entitlement, Incident, Query, Recorded, TechRef, Term,
};
use crate::policy::Money;

/// An incident with everything around it.
#[derive(Clone)]
pub struct Dossier {
    /// The incident, as everybody sees it at the instant of the question.
    pub incident: Incident,
    /// Whose it is.
    pub customer: Customer,
    /// What the customer bought or was granted.
    pub entitlements: Vec<Entitlement>,
    /// What the customer owes for call time on other incidents.
    pub owing: Vec<(TechRef, Money)>,
    /// The policy it is under.
    pub ruling: Arc<Ruling>,
    /// Its timeline, oldest first.
    pub timeline: Vec<Recorded>,
    /// Of each of its steps, how many of its own entries came before it.
    pub steps: Vec<u32>,
    /// Its place among those who are served in the order of their arrival (P5-03).
    pub place: Option<u32>,
    /// The open incidents of others that have the fault which it stands for.
    pub same: Vec<Same>,
}

/// A caller: who it is, what they are entitled to, and what is on record.
#[derive(Clone)]
pub struct CallerCard {
    /// The customer.
    pub customer: Customer,
    /// What the customer bought or was granted.
    pub entitlements: Vec<Entitlement>,
    /// The policy a new incident would be under.
    pub ruling: Arc<Ruling>,
    /// Open incidents, in the order of the queue.
    pub open: Vec<Listed>,
    /// The last ones that were resolved or closed.
    pub ended: Vec<Listed>,
    /// Conduct notes of earlier calls, newest first (P5-13).
    pub conduct: Vec<Conduct>,
    /// Whether its callers prove who they are by a PIN.
    pub pin: bool,
}

impl Dossier {
    /// What its newest step recorded, in order.
    pub fn last_step(&self) -> impl Iterator<Item = &Recorded> {
        let before = self.steps.last().copied().unwrap_or_default();
        let own = self.timeline.iter();
        own.filter(|entry| !entry.event.is_of_the_desk())
            .skip(usize::try_from(before).unwrap_or(usize::MAX))
    }
}

/// How many ended incidents and conduct notes a caller's card has.
const RECENT: usize = 3;
/// How many open incidents it has at most.
const OPEN: usize = 50;

impl Desk {
    /// An incident with everything around it.
    ///
    /// # Errors
    /// When there is none with that number, or the file cannot be read.
    pub fn dossier(&self, number: TechRef, now: DateTime<Utc>) -> Result<Dossier, StoreError> {
        let (incident, customer) = self.incident(number, now)?;
        let (timeline, steps) = undo::past(&self.connection, number)?;
        let ruling = self.ruling_of(&incident.policy, incident.policy_version)?;
        Ok(Dossier {
            timeline,
            steps,
            entitlements: self.entitlements(customer.id)?,
            owing: self.owing(&incident, &ruling.policy)?,
            ruling,
            place: self.place(&incident.policy, number)?,
            same: self
                .same_as(number)?
                .into_iter()
                .filter(|same| same.open)
                .collect(),
            customer,
            incident,
        })
    }

    /// All that is known of a caller.
    ///
    /// # Errors
    /// When there is no such customer, or the file cannot be read.
    pub fn caller(&self, id: CustomerId, now: DateTime<Utc>) -> Result<CallerCard, StoreError> {
        let customer = self.customer(id)?;
        let of = |rest: &[(bool, Term)]| {
            let own = (false, Term::Customer(vec![customer.code.clone()]));
            Query {
                terms: std::iter::once(own).chain(rest.iter().cloned()).collect(),
            }
        };
        let ended = crate::incident::State::ALL
            .into_iter()
            .filter(|state| !state.is_open())
            .collect();
        let open = self.list(&of(&[]), Page::First, OPEN, now)?;
        let ended = self.list(
            &of(&[(false, Term::State(ended))]),
            Page::First,
            RECENT,
            now,
        )?;
        Ok(CallerCard {
            conduct: self.conduct(id, RECENT)?,
            pin: self.has_pin(id)?,
            entitlements: self.entitlements(id)?,
            ruling: self.ruling(customer.policy.as_deref())?,
            customer,
            open,
            ended,
        })
    }
}
