//! What the rules look at before a question is asked: what cannot be done is said at once, and no question that would
//! lead nowhere is asked.

use super::Plain;
use crate::cli::{Failure, Session};
use crate::incident::{PinCheck, Refusal, Situation, State, StepKind, TechRef, possible};
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

    /// Why none of these steps is possible, in the words of the rules; nothing where one is.
    fn refusal(&self, kinds: &[StepKind]) -> Option<Refusal> {
        let refused = |kind: &StepKind| possible(*kind, &self.dossier.incident, self.situation());
        let refused: Option<Vec<Refusal>> = kinds.iter().map(|kind| refused(kind).err()).collect();
        refused?.into_iter().next()
    }

    /// The action that comes before any other, and what it does.
    fn comes_first(&self) -> Option<(&'static str, &'static str)> {
        let incident = &self.dossier.incident;
        match incident.state {
            State::AwaitingAcceptance => Some(("accept", "accepts it")),
            State::AwaitingPayment => Some(("pay", "records the payment, or waives it")),
            _ if incident.owed().is_some() => Some(("pay", "records the payment, or waives it")),
            State::Resolved | State::ClosedUnresolved => Some(("reopen", "reopens it")),
            _ => None,
        }
    }
}

impl Plain {
    pub(super) fn scene(&self, number: TechRef) -> Result<Scene, Failure> {
        let session = self.session();
        Scene::of(&session, &session.open(Access::Read)?, number)
    }

    /// Refuses what no answer makes possible, as the keys of the console do, and names the key of what comes first.
    pub(super) fn may(&self, scene: &Scene, kinds: &[StepKind]) -> Result<(), Failure> {
        let Some(refusal) = scene.refusal(kinds) else {
            return Ok(());
        };
        let first = scene.comes_first().and_then(|(name, does)| {
            let mut actions = self.keys.iter();
            let action = actions.find(|action| action.name == name)?;
            Some(format!(" ({} {does})", action.keys.first()?))
        });
        Err(Failure::Rule(format!(
            "{refusal}{}",
            first.unwrap_or_default()
        )))
    }
}
