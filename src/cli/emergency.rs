//! `holdline emergency`, and what the gate before emergency service is told.

use super::step::{Standing, stepped};
use super::{Failure, Session, secret};
use crate::incident::{EmergencyCall, Step, emergency_in_words};
use crate::policy::Channel;

/// Asks for emergency service for an incident that was taken as an ordinary one.
///
/// Where the policy's conditions are not met it stays an ordinary incident, with the reason on record; then it can be
/// asked for again.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline emergency 10001-4 --calls-tried 40 --calls-failed 25 --pin-stdin
  holdline emergency 10001-4 --by chat")]
pub struct Emergency {
    /// Its Tech Reference number.
    #[arg(value_name = "REF")]
    tech_ref: String,
    /// By which channel it is asked for.
    #[arg(long, value_enum, default_value = "phone", value_name = "CHANNEL")]
    by: Channel,
    #[command(flatten)]
    gate: Gate,
}

/// What the gate before emergency service is told.
#[derive(Debug, Default, clap::Args)]
pub(super) struct Gate {
    /// For an emergency: how many calls were tried.
    #[arg(long, value_name = "N")]
    calls_tried: Option<u32>,
    /// For an emergency: how many of them failed.
    #[arg(long, value_name = "N")]
    calls_failed: Option<u32>,
    /// For an emergency: reads the caller's PIN from standard input.
    #[arg(long)]
    pin_stdin: bool,
}

impl Gate {
    /// Whether nothing was told.
    pub(super) fn is_empty(&self) -> bool {
        self.calls_tried.is_none() && self.calls_failed.is_none() && !self.pin_stdin
    }

    /// What was told.
    ///
    /// # Errors
    /// When the PIN is none.
    pub(super) fn read(&self) -> Result<EmergencyCall, Failure> {
        let pin = self.pin_stdin.then(|| secret::pin("PIN: ")).transpose()?;
        Ok(EmergencyCall {
            tried: self.calls_tried,
            failed: self.calls_failed,
            pin,
        })
    }
}

impl Emergency {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let number = session.number(&self.tech_ref)?;
        let call = self.gate.read()?;
        let context = session.context()?;
        let step = Step::Emergency { by: self.by, call };
        let (standing, note) = session.batch(|batch| {
            let number = stepped(batch, number, step, &context)?;
            let desk = batch.desk();
            let (incident, _) = desk.incident(number, session.now())?;
            let ruling = desk.ruling_of(&incident.policy, incident.policy_version)?;
            let note = emergency_in_words(&ruling.policy, &incident);
            Ok((Standing::read(batch, number, session)?, note))
        })?;
        session.answer(&standing, &standing)?;
        note.into_iter().for_each(|note| session.note(note));
        Ok(())
    }
}
