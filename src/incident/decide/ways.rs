//! What may become of the money and of the ladder of an incident now: of several ways one is picked, in every console
//! by the same names.

use chrono::NaiveDate;

use super::money::charge_today;
use super::possible::{StepKind, possible};
use super::{Situation, decide};
use crate::incident::command::Step;
use crate::incident::entitled;
use crate::incident::state::{Charge, Incident};
use crate::policy::Policy;

/// Something that may be recorded about the money of an incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MoneyWay {
    /// The step that records it.
    pub kind: StepKind,
    /// What it is called in a list.
    pub name: &'static str,
    /// With its amount, or what pays.
    pub about: String,
}

/// What the rules allow about the money now, the likely one first. `day` is the one where the hours are kept.
pub fn money_ways(incident: &Incident, situation: Situation<'_>, day: NaiveDate) -> Vec<MoneyWay> {
    let charge = charge_today(incident, situation.newest);
    let amount = |minor: fn(&Charge) -> i64| {
        charge.map_or_else(
            || "what was taken".to_owned(),
            |charge| charge.money(minor(&charge)).to_string(),
        )
    };
    let (owed, paid) = (amount(Charge::owed), amount(Charge::refundable));
    let owned = entitled::fitting(situation.policy, situation.entitlements, day);
    let has = owned.first();
    let has = has.map(|owned| entitled::one_in_words(situation.policy, owned));
    let has = has.unwrap_or_default();
    let ways = [
        (
            StepKind::Cover,
            "covered",
            format!("by what they have: {has}"),
        ),
        (
            StepKind::Pay,
            "paid",
            format!("the payment of {owed} came in, and is confirmed"),
        ),
        (
            StepKind::Order,
            "ordered",
            format!("{owed} is agreed, and not paid yet"),
        ),
        (StepKind::Waive, "waived", format!("{owed} is not charged")),
        (
            StepKind::Refund,
            "refunded",
            format!("{paid} is given back"),
        ),
    ];
    let ways = ways
        .into_iter()
        .map(|(kind, name, about)| MoneyWay { kind, name, about });
    ways.filter(|way| possible(way.kind, incident, situation).is_ok())
        .collect()
}

/// What may become of the ladder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rung {
    /// A mail made the level, and its ground is owed.
    Ground(u8),
    /// The level is made.
    Make(u8),
    /// The level was answered.
    Answer(u8),
    /// The level is taken back.
    Withdraw(u8),
}

impl Rung {
    /// What it is called in a list.
    pub fn name(self) -> String {
        match self {
            Self::Ground(level) => format!("ground of level {level}"),
            Self::Make(level) => format!("level {level}"),
            Self::Answer(level) => format!("answer level {level}"),
            Self::Withdraw(level) => format!("take back level {level}"),
        }
    }

    /// What that means under the policy.
    pub fn about(self, policy: &Policy) -> String {
        let title = |level| policy.level(level).map_or("", |level| level.title.as_str());
        match self {
            Self::Ground(level) => format!("their mail went to: {}", title(level)),
            Self::Make(level) => format!("escalate to: {}", title(level)),
            Self::Answer(level) => format!("{} answered it", title(level)),
            Self::Withdraw(_) => "it is withdrawn".to_owned(),
        }
    }
}

/// What the rules allow on the ladder now, the likely one first: what is owed, the answer that is awaited, and only then
/// the next level.
pub fn rungs(incident: &Incident, situation: Situation<'_>) -> Vec<Rung> {
    let made = || incident.standing_escalations();
    let allowed = |step: &Step| decide(step, incident, situation).is_ok();
    let text = || "-".to_owned();
    let owed = made().filter(|made| made.ground.is_none());
    let owed = owed.map(|made| Rung::Ground(made.level));
    let answers = made().filter(|made| made.answered_at.is_none());
    let answers = answers.filter(|made| {
        allowed(&Step::AnswerEscalation {
            level: made.level,
            answer: text(),
        })
    });
    let next = possible(StepKind::Escalate, incident, situation).is_ok();
    let next = next.then(|| Rung::Make(incident.escalation_level() + 1));
    let withdrawn = made().filter(|made| {
        allowed(&Step::WithdrawEscalation {
            level: made.level,
            reason: text(),
        })
    });
    owed.chain(answers.map(|made| Rung::Answer(made.level)))
        .chain(next)
        .chain(withdrawn.map(|made| Rung::Withdraw(made.level)))
        .collect()
}
