//! What rules a change: the incident with everything around it, and who makes the change when.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::context::Context;
use super::policies::Ruling;
use super::timeline::Stamp;
use super::{Desk, StoreError, entitlements, people};
use crate::incident::{
    Customer, CustomerId, Entitlement, Incident, Party, PinCheck, Refusal, Situation, TechRef,
};
use crate::policy::Money;

/// An incident that something happens to, and what rules it.
pub(super) struct Case {
    pub(super) number: TechRef,
    /// The incident so far; none where it is new.
    pub(super) before: Option<Incident>,
    pub(super) customer: Arc<Customer>,
    entitlements: Vec<Entitlement>,
    /// What the customer owes for call time on other incidents.
    owing: Vec<(TechRef, Money)>,
    pub(super) ruling: Arc<Ruling>,
    /// The policy in its newest version: what things cost today.
    newest: Arc<Ruling>,
}

impl Case {
    /// An incident that exists, under the version of the policy that it was opened under.
    pub(super) fn of(desk: &Desk, incident: Incident) -> Result<Self, StoreError> {
        let ruling = desk.ruling_of(&incident.policy, incident.policy_version)?;
        Ok(Self {
            number: incident.tech_ref,
            customer: Arc::new(people::customer(&desk.connection, incident.customer)?),
            entitlements: entitlements::entitlements(&desk.connection, incident.customer)?,
            owing: desk.owing(&incident, &ruling.policy)?,
            ruling,
            newest: desk.ruling(Some(&incident.policy))?,
            before: Some(incident),
        })
    }

    /// What its customer bought or was granted.
    pub(super) fn entitlements(&self) -> &[Entitlement] {
        &self.entitlements
    }

    /// A new incident of `customer`, under the newest version of a policy: the customer's without a name.
    pub(super) fn opening(
        desk: &Desk,
        number: TechRef,
        customer: CustomerId,
        policy: Option<&str>,
    ) -> Result<Self, StoreError> {
        let customer = people::customer(&desk.connection, customer)?;
        let newest = desk.ruling(policy.or(customer.policy.as_deref()))?;
        Ok(Self {
            number,
            before: None,
            entitlements: entitlements::entitlements(&desk.connection, customer.id)?,
            owing: Vec::new(),
            ruling: Arc::clone(&newest),
            newest,
            customer: Arc::new(customer),
        })
    }

    /// An incident of which everything else is known already.
    pub(super) fn known(
        number: TechRef,
        customer: Arc<Customer>,
        (entitlements, owing): (Vec<Entitlement>, Vec<(TechRef, Money)>),
        ruling: Arc<Ruling>,
    ) -> Self {
        Self {
            number,
            before: None,
            customer,
            entitlements,
            owing,
            newest: Arc::clone(&ruling),
            ruling,
        }
    }

    /// Adds what was another customer's, whose the incident once was.
    pub(super) fn may_also_take(&mut self, entitlements: Vec<Entitlement>) {
        self.entitlements.extend(entitlements);
    }

    /// The incident as a party to a decision over several.
    pub(super) fn party<'a>(&'a self, incident: &'a Incident, scene: &'a Scene) -> Party<'a> {
        Party {
            incident,
            situation: scene.situation(self),
        }
    }
}

/// Who makes a change, and when.
pub(super) struct Scene {
    /// Who the timeline names.
    recorded: String,
    /// Those who work here, with the one who acts.
    pub(super) agents: Arc<Vec<String>>,
    /// When it happened.
    at: DateTime<Utc>,
    /// When it is recorded.
    now: DateTime<Utc>,
    /// Nobody is written to.
    quiet: bool,
    /// What the caller's PIN was worth.
    pub(super) pin: PinCheck,
}

impl Scene {
    pub(super) fn new(context: &Context, agents: Arc<Vec<String>>) -> Result<Self, Refusal> {
        Ok(Self {
            recorded: context.recorded_agent(),
            agents,
            at: context.happened()?,
            now: context.recorded_at(),
            quiet: context.quiet,
            pin: PinCheck::NotGiven,
        })
    }

    pub(super) fn stamp(&self) -> Stamp<'_> {
        Stamp {
            agent: &self.recorded,
            now: self.now,
        }
    }

    pub(super) fn situation<'a>(&'a self, case: &'a Case) -> Situation<'a> {
        Situation {
            policy: &case.ruling.policy,
            policy_version: case.ruling.version,
            deadlines: &case.ruling.deadlines,
            newest: &case.newest.policy,
            customer: &case.customer,
            entitlements: &case.entitlements,
            owing: &case.owing,
            pin: self.pin,
            agents: &self.agents,
            at: self.at,
            now: self.now,
            agent: &self.recorded,
            quiet: self.quiet,
        }
    }
}
