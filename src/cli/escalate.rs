//! `holdline escalate` and `holdline escalation`.

use super::{Failure, Session, step};
use crate::incident::{Escalate as Escalation, Step};

/// Goes a step up the policy's ladder.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline escalate 10001-4 --ground no-satisfactory-reply --concern \"Three days without an answer\"
  holdline escalate 10001-4 --level 3 --ground not-urgent-enough --concern \"The plant stands still\" \\
    --confirm 10001-4")]
pub struct Escalate {
    /// Its Tech Reference number.
    #[arg(value_name = "REF")]
    tech_ref: String,
    /// The level; the next one without it.
    #[arg(long, value_name = "N")]
    level: Option<u8>,
    /// One of the policy's grounds.
    #[arg(long, value_name = "GROUND")]
    ground: String,
    /// The concern, or the additional request.
    #[arg(long, value_name = "TEXT")]
    concern: String,
    /// It was made by a call that is logged, rather than by a message.
    #[arg(long)]
    call: bool,
    /// Who asked for it.
    #[arg(long, value_enum, default_value = "customer", value_name = "WHO")]
    requested_by: Side,
    /// The number again, where the level is to be confirmed.
    #[arg(long, value_name = "REF")]
    confirm: Option<String>,
}

/// One of the two sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Side {
    /// The customer.
    Customer,
    /// An agent.
    Agent,
}

impl Escalate {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let escalation = Escalation {
            level: self.level,
            ground: self.ground,
            concern: self.concern,
            call: self.call,
            by_customer: self.requested_by == Side::Customer,
            confirm: self.confirm,
        };
        step::take(session, &self.tech_ref, Step::Escalate(escalation))
    }
}

/// Answers an escalation, or takes it back.
#[derive(Debug, clap::Subcommand)]
#[command(after_help = "Examples:
  holdline escalation answer 10001-4 --level 1 \"A senior engineer has it now\"
  holdline escalation ground 10001-4 --level 1 no-satisfactory-reply
  holdline escalation withdraw 10001-4 --level 2 --reason \"Asked for by mistake\"")]
pub enum EscalationCommand {
    /// Records what was answered to an escalation.
    Answer {
        /// Its Tech Reference number.
        #[arg(value_name = "REF")]
        tech_ref: String,
        /// What was answered.
        #[arg(value_name = "TEXT")]
        text: String,
        /// The level.
        #[arg(long, value_name = "N")]
        level: u8,
    },
    /// Says on which ground a mail with a role of the ladder in copy went up.
    Ground {
        /// Its Tech Reference number.
        #[arg(value_name = "REF")]
        tech_ref: String,
        /// One of the policy's grounds.
        #[arg(value_name = "GROUND")]
        ground: String,
        /// The level.
        #[arg(long, value_name = "N")]
        level: u8,
    },
    /// Takes an escalation back.
    Withdraw {
        /// Its Tech Reference number.
        #[arg(value_name = "REF")]
        tech_ref: String,
        /// The level.
        #[arg(long, value_name = "N")]
        level: u8,
        /// Why.
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
}

impl EscalationCommand {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let (tech_ref, step) = match self {
            Self::Answer {
                tech_ref,
                text: answer,
                level,
            } => (tech_ref, Step::AnswerEscalation { level, answer }),
            Self::Ground {
                tech_ref,
                ground,
                level,
            } => (tech_ref, Step::GroundEscalation { level, ground }),
            Self::Withdraw {
                tech_ref,
                level,
                reason,
            } => (tech_ref, Step::WithdrawEscalation { level, reason }),
        };
        step::take(session, &tech_ref, step)
    }
}
