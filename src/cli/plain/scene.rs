//! What the rules look at before a question is asked: what cannot be done is said at once, and no question that would
//! lead nowhere is asked.

use super::Plain;
use crate::cli::{Failure, Session};
use crate::incident::{PinCheck, Situation, StepKind, TechRef, possible};
use crate::policy::Policy;
use crate::store::{Access, Desk, Dossier};

/// An incident with all that a rule may look at besides.
pub(super) struct Scene {
    pub(super) dossier: Dossier,
    session: Session,
    newest: std::sync::Arc<Policy>,
    agents: Vec<String>,
    recorded: String,
}

impl Scene {
    /// How the incident stands now.
    pub(super) fn of(session: &Session, desk: &Desk, number: TechRef) -> Result<Self, Failure> {
        let dossier = desk.dossier(desk.leads_to(number)?, session.now())?;
        let newest = desk.ruling(Some(&dossier.ruling.policy.name))?;
        Ok(Self {
            newest: newest.policy.clone(),
            agents: desk.agents()?,
            recorded: session.context()?.recorded_agent(),
            session: session.clone(),
            dossier,
        })
    }

    pub(super) fn situation(&self) -> Situation<'_> {
        let dossier = &self.dossier;
        Situation {
            policy: &dossier.ruling.policy,
            policy_version: dossier.ruling.version,
            deadlines: &dossier.ruling.deadlines,
            newest: &self.newest,
            customer: &dossier.customer,
            entitlements: &dossier.entitlements,
            owing: &dossier.owing,
            pin: PinCheck::NotGiven,
            agents: &self.agents,
            at: self.session.now(),
            now: self.session.now(),
            agent: &self.recorded,
            quiet: false,
        }
    }

    pub(super) fn policy(&self) -> &Policy {
        &self.dossier.ruling.policy
    }

    /// Refuses a step that no answer makes possible, in the words of the rules.
    pub(super) fn may(&self, kind: StepKind) -> Result<(), Failure> {
        Ok(possible(kind, &self.dossier.incident, self.situation())?)
    }
}

impl Plain {
    pub(super) fn scene(&self, number: TechRef) -> Result<Scene, Failure> {
        let session = self.session();
        Scene::of(&session, &session.open(Access::Read)?, number)
    }
}
