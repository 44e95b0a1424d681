//! The steps of an incident that exists.

use chrono::TimeDelta;
use fastrand::Rng;
use holdline::incident::{
    Addresses, CallEnd, ClockKind, CloseAs, Command, Escalate, Incident, MessageStep, NewContact,
    NoteKind, Resolution, Respond, State, Step, TechRef, Way, Wording,
};
use holdline::policy::{Channel, EntitlementKind, Need, Policy};

use super::super::SEED;
use super::Walk;

/// Names of steps, each as often as it is to be taken.
const STEPS: [(&str, u8); 30] = [
    ("accept", 12),
    ("decline", 3),
    ("pay", 16),
    ("cover", 22),
    ("waive", 8),
    ("refund", 8),
    ("assign", 4),
    ("respond", 10),
    ("wait", 8),
    ("resume", 8),
    ("contact", 14),
    ("call ended", 3),
    ("note", 6),
    ("severity", 4),
    ("estimate", 3),
    ("patched", 20),
    ("escalate", 12),
    ("answer escalation", 8),
    ("withdraw escalation", 4),
    ("resolve", 9),
    ("close", 4),
    ("reopen", 5),
    ("given", 2),
    ("tick", 2),
    ("emergency", 4),
    ("order", 4),
    ("schedule", 6),
    ("cancel appointment", 4),
    ("message", 6),
    ("undo", 2),
];

/// How often each step is to be taken: another walk than the one that is always taken weighs them otherwise.
pub(in crate::walk) fn weights(seed: u64) -> Vec<u16> {
    let mut rng = Rng::with_seed(seed);
    let weigh = |often: u8| match seed == SEED {
        true => u16::from(often),
        false => 1 + u16::from(often) * [1, 1, 2, 4, 8][rng.usize(..5)] / 2,
    };
    STEPS.map(|(_, often)| often).map(weigh).to_vec()
}

impl Walk {
    /// A step of an incident: mostly one that makes sense where it stands.
    pub(super) fn on_incident(&mut self) -> Option<Command> {
        let number = self.incident()?;
        let incident = self.seen[&number].clone();
        let policy = self.policy_of(number);
        if self.rng.u8(..100) < 3 {
            let number = self.one_of(number, |incident| {
                let mut standing = incident.standing_escalations();
                standing.any(|step| step.ground.is_none())
            });
            let level = self.level(&self.seen[&number].clone());
            let ground = self.ground(&self.policy_of(number));
            return Some(Command::Step(
                number,
                Step::GroundEscalation { level, ground },
            ));
        }
        let mut name = self.step_name();
        for _ in 0..6 {
            if sensible(name, &incident, &policy) || self.rng.u8(..100) < 5 {
                break;
            }
            name = self.step_name();
        }
        if name == "undo" {
            return Some(Command::Undo(number));
        }
        Some(Command::Step(number, self.filled(name, &incident, &policy)))
    }

    /// A step of this kind where it makes sense; none where that is nowhere, or it is no such step.
    pub(super) fn step_that_makes_sense(&mut self, kind: &str) -> Option<Command> {
        STEPS.iter().find(|(name, _)| *name == kind)?;
        let open = self.seen.iter().rev();
        let numbers: Vec<TechRef> = open
            .filter(|(number, incident)| sensible(kind, incident, &self.policy_of(**number)))
            .map(|(number, _)| *number)
            .take(40)
            .collect();
        let number = *self.rng.choice(&numbers)?;
        let (incident, policy) = (self.seen[&number].clone(), self.policy_of(number));
        Some(match kind {
            "undo" => Command::Undo(number),
            _ => Command::Step(number, self.filled(kind, &incident, &policy)),
        })
    }

    fn step_name(&mut self) -> &'static str {
        let all: u16 = self.weights.iter().sum();
        let mut drawn = self.rng.u16(..all);
        for ((name, _), often) in STEPS.iter().zip(&self.weights) {
            match drawn.checked_sub(*often) {
                Some(rest) => drawn = rest,
                None => return name,
            }
        }
        "note"
    }

    fn filled(&mut self, name: &str, incident: &Incident, policy: &Policy) -> Step {
        let reason = self.words();
        let cover = incident.cover.as_ref();
        let by_contract = cover.is_some_and(|cover| cover.kind == EntitlementKind::Contract);
        match name {
            "accept" => Step::Accept {
                entitlement: (self.rng.u8(..100) < 10)
                    .then(|| self.owned(incident.customer))
                    .flatten(),
            },
            "cover" => Step::Cover {
                entitlement: (self.rng.u8(..100) < 20)
                    .then(|| self.owned(incident.customer))
                    .flatten(),
            },
            "decline" => Step::Decline { reason },
            "pay" => Step::Pay {
                method: self.method(policy),
                reference: self.words(),
                amount: self.rng.bool().then(|| {
                    let owed = incident.charge.map_or(100, |charge| charge.owed());
                    let wrong = i64::from(self.rng.u8(..100) < 5);
                    format!("{}.{:02}", (owed + wrong) / 100, (owed + wrong) % 100)
                }),
            },
            "order" => Step::Order {
                reference: self.rng.bool().then_some(reason),
            },
            "schedule" => Step::Schedule(self.soon()),
            "cancel appointment" => Step::CancelAppointment,
            "message" => {
                let there = incident.messages.len() as u32;
                Step::Message(self.rng.u32(1..=there + 1), self.message())
            }
            "waive" => Step::Waive { reason },
            "refund" => Step::Refund { reason },
            "assign" => Step::Assign(match self.rng.u8(..10) {
                0 => None,
                1 => Some("nobody here".to_owned()),
                _ => Some(self.any(&["mia", "bo", "zoe"]).to_owned()),
            }),
            "respond" => {
                let (by, channel_reason) = self.channel(policy);
                Step::Respond(Respond {
                    by,
                    channel_reason,
                    text: (self.rng.u8(..100) < 95).then(|| self.words()),
                    estimate: self.outlook(policy),
                    manual_page: (self.rng.u8(..100) < 20).then(|| "page 12".to_owned()),
                })
            }
            "wait" => Step::Wait { text: reason },
            "resume" => Step::Resume(None),
            "contact" => {
                let way = self.any(&[Way::In, Way::In, Way::Out, Way::Attempt]);
                let answered = self.rng.u8(..100) < 30;
                let (channel, channel_reason) = self.channel(policy);
                let roles: Vec<&str> = policy
                    .levels
                    .iter()
                    .map(|level| level.role.as_str())
                    .collect();
                let spoken = channel == Channel::Phone && !roles.is_empty() && self.rng.bool();
                let with = spoken.then(|| self.any(&roles).to_owned());
                Step::Contact(NewContact {
                    way,
                    channel,
                    seconds: self.rng.i64(0..3_600),
                    outside: self.outside(by_contract),
                    answered,
                    estimate: answered.then(|| self.outlook(policy)).flatten(),
                    text: self.rng.bool().then(|| self.words()),
                    contact: self
                        .rng
                        .bool()
                        .then(|| self.known_person(incident.customer)),
                    conduct: (self.rng.u8(..100) < 10).then(|| self.words()),
                    channel_reason,
                    with,
                    manual_page: (answered && self.rng.u8(..100) < 20)
                        .then(|| "page 12".to_owned()),
                })
            }
            "call ended" => Step::CallEnded(CallEnd {
                began_at: self.now - TimeDelta::seconds(self.rng.i64(-5..1_800)),
                seconds: self.rng.i64(-5..1_800),
                held: self.rng.i64(0..300),
                outside: self.outside(by_contract),
                answered: self.rng.bool(),
                estimate: self.outlook(policy),
                text: None,
                with: None,
                manual_page: None,
            }),
            "emergency" => Step::Emergency {
                by: self.channel(policy).0,
                call: self.emergency(),
            },
            "note" => Step::Note {
                kind: self.any(&[
                    NoteKind::Internal,
                    NoteKind::Work,
                    NoteKind::Next,
                    NoteKind::Question,
                    NoteKind::Answer,
                    NoteKind::Recommendation,
                    NoteKind::Conduct,
                ]),
                text: reason,
            },
            "severity" => Step::Severity {
                severity: self.severity(policy).unwrap_or_else(|| "high".to_owned()),
                agreed_with: reason,
            },
            "estimate" => Step::Estimate(self.soon()),
            "patched" => Step::Patched,
            "escalate" => self.escalate(incident, policy),
            "answer escalation" => Step::AnswerEscalation {
                level: self.level(incident),
                answer: reason,
            },
            "withdraw escalation" => Step::WithdrawEscalation {
                level: self.level(incident),
                reason,
            },
            "resolve" => Step::Resolve(Box::new(self.resolution(policy))),
            "close" => Step::Close {
                reason: self.any(&CloseAs::ALL),
                detail: reason,
            },
            "reopen" => Step::Reopen {
                by_customer: self.rng.bool(),
                recurring: self.rng.bool(),
                reason: self.rng.bool().then_some(reason),
            },
            "given" => Step::Given,
            "tick" => Step::Tick,
            other => panic!("no step {other}"),
        }
    }

    fn message(&mut self) -> MessageStep {
        let reason = self.words();
        match self.rng.u8(..8) {
            0 => MessageStep::Failed {
                reason,
                for_good: self.rng.bool(),
            },
            1 => MessageStep::Drop { reason },
            2..4 => MessageStep::Edit(Wording {
                to: match self.rng.u8(..4) {
                    0 => Addresses::default(),
                    1 => Addresses::new(["nowhere".to_owned()]),
                    _ => Addresses::new(["ada@blue-fern.test".to_owned()]),
                },
                cc: Addresses::default(),
                subject: self.words(),
                text: reason,
            }),
            _ => MessageStep::Sent {
                message_id: format!("{}@holdline.test", self.rng.u64(..)),
                by: "a folder".to_owned(),
            },
        }
    }

    fn escalate(&mut self, incident: &Incident, policy: &Policy) -> Step {
        Step::Escalate(Escalate {
            level: (self.rng.u8(..100) < 30).then(|| self.rng.u8(1..4)),
            ground: self.ground(policy),
            concern: self.words(),
            call: self.rng.u8(..100) < 30,
            by_customer: self.rng.bool(),
            confirm: self.rng.bool().then(|| incident.tech_ref.to_string()),
        })
    }

    fn ground(&mut self, policy: &Policy) -> String {
        let grounds = &policy.grounds;
        match grounds.len() {
            many @ 1.. if self.rng.u8(..100) < 95 => grounds[self.rng.usize(..many)].name.clone(),
            _ => "sloth".to_owned(),
        }
    }

    pub(super) fn resolution(&mut self, policy: &Policy) -> Resolution {
        let outcome = &policy.outcomes[self.rng.usize(..policy.outcomes.len())];
        let given = |need| self.rng.u8(..100) < 10 || has(outcome, need);
        let mut given = given;
        let (detail, reference) = (given(Need::Detail), given(Need::Reference));
        let (version, product) = (given(Need::Version), given(Need::Product));
        let (to, indication) = (given(Need::To), given(Need::Indication));
        let cause = match policy.causes.len() {
            0 => None,
            many => self
                .rng
                .bool()
                .then(|| policy.causes[self.rng.usize(..many)].name.clone()),
        };
        let mut text = |wanted: bool| wanted.then(|| self.words());
        Resolution {
            outcome: outcome.name.clone(),
            cause,
            detail: text(detail),
            reference: text(reference),
            version: text(version),
            product: text(product),
            to: text(to),
            indication: text(indication),
            critical: outcome.takes.contains(&Need::Critical) && self.rng.u8(..10) < 8,
            ..Resolution::default()
        }
    }

    fn level(&mut self, incident: &Incident) -> u8 {
        match self.rng.u8(..100) {
            0..80 => incident.escalation_level(),
            _ => self.rng.u8(0..5),
        }
    }
}

fn has(outcome: &holdline::policy::Outcome, need: Need) -> bool {
    let lists = [&outcome.needs, &outcome.needs_one_of, &outcome.takes];
    lists.iter().any(|list| list.contains(&need))
}

/// Whether a step makes sense where an incident stands; the rules are not asked, so that they are not proved by
/// themselves.
fn sensible(name: &str, incident: &Incident, policy: &Policy) -> bool {
    use State::{AwaitingAcceptance, AwaitingPayment, ClosedUnresolved, Open, Resolved, Waiting};
    let state = incident.state;
    match name {
        "accept" => state == AwaitingAcceptance,
        "decline" => state.is_open() && incident.first_response_at.is_none(),
        "pay" | "cover" | "waive" => state == AwaitingPayment,
        "refund" => incident
            .charge
            .is_some_and(|charge| charge.refundable() > 0),
        "respond" | "estimate" | "resolve" => matches!(state, Open | Waiting),
        "wait" => state == Open,
        "resume" => state == Waiting,
        "patched" => incident.running(ClockKind::Patch).is_some(),
        "escalate" => matches!(state, Open | Waiting | Resolved) && !policy.levels.is_empty(),
        "answer escalation" | "withdraw escalation" => incident.escalation_level() > 0,
        "reopen" => matches!(state, Resolved | ClosedUnresolved),
        "severity" => incident.severity.agreed.is_some(),
        "emergency" => state.is_open() && policy.intake.emergency.is_some() && !incident.emergency,
        "close" | "schedule" => state.is_open(),
        "order" => state == AwaitingPayment,
        "cancel appointment" => incident.running(ClockKind::Appointment).is_some(),
        "message" => !incident.messages.is_empty(),
        _ => true,
    }
}
