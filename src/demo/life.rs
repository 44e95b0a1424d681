//! The life of one sample incident: how it is logged, and what is done to it afterwards. What a policy asks for, it
//! gets; what the policy knows nothing of never happens.

use chrono::{DateTime, TimeDelta, Utc};
use fastrand::Rng;

use super::stories::{STORIES, Story};
use crate::incident::{
    CloseAs, Contact, Customer, Escalate, Estimate, Log, NewContact, NoteKind, Resolution, Respond,
    Step, Way,
};
use crate::policy::{Channel, Need, Outcome, Policy};

/// How many of a hundred that are history were solved on the call that brought them.
const BRIEF: u8 = 88;

/// How long ago a life was lived.
#[derive(Clone, Copy)]
pub(super) struct Long {
    /// It is history: most of it is not told, and whatever was left open is closed.
    pub(super) ago: bool,
    /// It is one of very many, and says what no other one says.
    pub(super) large: bool,
}

/// An incident in outline.
pub(super) struct Life {
    pub(super) log: Log,
    /// Who logs it.
    pub(super) agent: String,
    /// What happens, when, by whom; what lies in the future never does.
    pub(super) steps: Vec<(DateTime<Utc>, String, Step)>,
}

/// A life being written: time goes on with every step.
struct Pen<'a> {
    policy: &'a Policy,
    story: &'a Story,
    agent: String,
    at: DateTime<Utc>,
    steps: Vec<(DateTime<Utc>, String, Step)>,
    rng: &'a mut Rng,
}

impl Life {
    /// An incident of `customer` that was opened at the first of `times`, seen from the second.
    pub(super) fn of(
        policy: &Policy,
        customer: &Customer,
        contact: Option<&Contact>,
        agents: &[String],
        (opened, now, long): (DateTime<Utc>, DateTime<Utc>, Long),
        rng: &mut Rng,
    ) -> Self {
        let story = rng.choice(&STORIES).unwrap_or(&STORIES[0]);
        let agent = rng.choice(agents).cloned().unwrap_or_default();
        let mut log = log(policy, story, rng);
        log.customer = customer.id;
        log.contact = contact.cloned();
        if long.large {
            let (desk, version) = (rng.u32(1_000..9_999), rng.u32(100..999));
            let detail = log.detail.unwrap_or_default();
            log.detail = Some(format!("{detail} Seen on desk{desk} with build {version}."));
        }
        let by_phone = log.channel == Channel::Phone;
        let mut pen = Pen {
            policy,
            story,
            agent: agent.clone(),
            at: opened,
            steps: Vec::with_capacity(8),
            rng,
        };
        if long.ago && pen.history() {
            return Self {
                log,
                agent,
                steps: pen.steps,
            };
        }
        pen.begin();
        // What is old is mostly done; what is new mostly is not.
        let old = now - opened > TimeDelta::days(3);
        match pen.rng.u8(0..100) {
            0..4 if !old => {}
            0..2 => {}
            4..7 => pen.decline(),
            7..10 => pen.close(),
            // All is said on the call that brings it.
            10..25 if by_phone => pen.resolve(),
            fate => pen.work(if old { fate > 16 } else { fate > 70 }),
        }
        if long.ago {
            pen.clear_away();
        }
        Self {
            log,
            agent,
            steps: pen.steps,
        }
    }
}

fn log(policy: &Policy, story: &Story, rng: &mut Rng) -> Log {
    let mut log = Log::new(crate::incident::CustomerId(0), story.summary);
    log.detail = Some(story.detail.to_owned());
    log.product = Some(match rng.choice(&policy.products) {
        Some(product) if rng.u8(0..5) == 0 => product.name.clone(),
        _ => story.product.to_owned(),
    });
    log.severity = rng
        .choice(&policy.severities)
        .map(|severity| severity.name.clone());
    let phone = policy.channels.contains(&Channel::Phone) && rng.u8(0..4) > 0;
    log.channel = if phone {
        Channel::Phone
    } else {
        rng.choice(&policy.channels)
            .copied()
            .unwrap_or(Channel::Phone)
    };
    log.call_seconds = if log.channel == Channel::Phone {
        rng.i64(90..1_500)
    } else {
        0
    };
    if policy.intake.what_changed && !story.changed.is_empty() {
        log.what_changed = Some(story.changed.to_owned());
    }
    for route in &policy.intake.route {
        if let Some(answer) = rng.choice(&route.answers) {
            log.routing.insert(route.key.clone(), answer.answer.clone());
        }
    }
    log
}

impl Pen<'_> {
    fn later(&mut self, minutes: std::ops::Range<i64>) {
        self.at += TimeDelta::minutes(self.rng.i64(minutes));
    }

    fn write(&mut self, step: Step) {
        self.steps.push((self.at, self.agent.clone(), step));
    }

    /// The number is given, somebody takes it, it is accepted and paid for.
    fn begin(&mut self) {
        self.later(1..8);
        if self.rng.u8(0..100) < 88 {
            self.write(Step::Given);
        }
        if self.rng.u8(0..100) < 80 {
            self.later(2..60);
            self.write(Step::Assign(Some(self.agent.clone())));
        }
        self.cover();
    }

    /// It is accepted and paid for, where the policy asks for that.
    fn cover(&mut self) {
        if self.policy.intake.acceptance && self.rng.u8(0..100) < 88 {
            self.later(5..90);
            self.write(Step::Accept { entitlement: None });
        }
        let method = self
            .policy
            .cover
            .as_ref()
            .and_then(|cover| self.rng.choice(&cover.methods))
            .cloned();
        if let Some(method) = method.filter(|_| self.rng.u8(0..100) < 85) {
            self.later(5..240);
            let reference = format!("P-{}", self.rng.u32(10_000..99_999));
            self.write(Step::Pay {
                method,
                reference,
                amount: None,
            });
        }
    }

    /// What most of a history is: it was told and solved on one call. Says whether that is all.
    fn history(&mut self) -> bool {
        if self.rng.u8(0..100) >= BRIEF {
            return false;
        }
        let must = self.policy.intake.acceptance || self.policy.cover.is_some();
        self.cover();
        self.later(5..90);
        self.resolve();
        if must {
            self.clear_away();
        }
        true
    }

    /// What nobody came back to is closed in the end.
    fn clear_away(&mut self) {
        self.later(20_000..30_000);
        self.write(Step::Close {
            reason: CloseAs::Withdrawn,
            detail: "Nobody came back to it".to_owned(),
        });
    }

    fn decline(&mut self) {
        self.later(10..200);
        self.write(Step::Decline {
            reason: "It is about another company's product".to_owned(),
        });
    }

    fn close(&mut self) {
        self.later(300..4_000);
        let reason = self.rng.choice(CloseAs::ALL).unwrap_or(CloseAs::Withdrawn);
        self.write(Step::Close {
            reason,
            detail: "Nobody there knows of it any more".to_owned(),
        });
    }

    /// The work itself, with its turns; `done` says whether it comes to an end.
    fn work(&mut self, done: bool) {
        self.later(15..700);
        if self.rng.u8(0..10) == 0 {
            self.call(Way::Attempt);
            self.later(20..200);
        }
        self.respond();
        if self.rng.u8(0..3) == 0 {
            self.later(10..300);
            let text = "Tried it here with the same settings: it can be seen".to_owned();
            self.write(Step::Note {
                kind: NoteKind::Work,
                text,
            });
        }
        if self.rng.u8(0..8) == 0 {
            self.escalate();
        }
        if self.rng.u8(0..3) == 0 {
            self.later(30..600);
            self.write(Step::Wait {
                text: self.story.question.to_owned(),
            });
            if self.rng.u8(0..3) == 0 {
                return;
            }
            self.later(60..3_000);
            self.call(Way::In);
            self.later(20..240);
            self.respond();
        }
        if done {
            self.later(60..3_000);
            self.resolve();
            if self.rng.u8(0..20) == 0 {
                self.later(600..6_000);
                self.write(Step::Reopen {
                    by_customer: true,
                    recurring: true,
                    reason: Some("It is back".to_owned()),
                });
            }
        }
    }

    fn respond(&mut self) {
        let estimate = self
            .policy
            .estimate_required
            .then(|| Estimate::By(self.at + TimeDelta::hours(self.rng.i64(4..96))));
        let by = self
            .rng
            .choice(&self.policy.channels)
            .copied()
            .unwrap_or(Channel::Phone);
        let text = Some("We have seen it and look into it.".to_owned());
        self.write(Step::Respond(Respond {
            by,
            channel_reason: None,
            text,
            estimate,
            manual_page: None,
        }));
    }

    fn call(&mut self, way: Way) {
        let seconds = if way == Way::Attempt {
            20
        } else {
            self.rng.i64(60..900)
        };
        self.write(Step::Contact(NewContact {
            seconds,
            ..NewContact::new(way, Channel::Phone)
        }));
    }

    fn escalate(&mut self) {
        let Some(ground) = self
            .rng
            .choice(&self.policy.grounds)
            .map(|ground| ground.name.clone())
        else {
            return;
        };
        self.later(200..2_000);
        self.write(Step::Escalate(Escalate {
            level: None,
            ground,
            concern: "We wait for days and nobody tells us anything".to_owned(),
            call: false,
            by_customer: true,
            confirm: None,
        }));
        if self.rng.bool() {
            self.later(100..900);
            self.write(Step::AnswerEscalation {
                level: 1,
                answer: "Taken over by a senior colleague".to_owned(),
            });
        }
    }

    fn resolve(&mut self) {
        let outcomes: Vec<&Outcome> = self.policy.chosen_outcomes().collect();
        let Some(outcome) = self.rng.choice(outcomes) else {
            return;
        };
        let cause = self
            .rng
            .choice(&self.policy.causes)
            .map(|cause| cause.name.clone());
        let mut resolution = Resolution {
            outcome: outcome.name.clone(),
            cause: cause.filter(|_| self.rng.bool()),
            detail: Some(self.story.answer.to_owned()),
            ..Resolution::default()
        };
        for need in outcome
            .needs
            .iter()
            .chain(outcome.needs_one_of.iter().take(1))
        {
            match need {
                Need::Reference => {
                    resolution.reference = Some(format!("BUG-{}", self.rng.u32(100..999)));
                }
                Need::Version => resolution.version = Some("8.2".to_owned()),
                Need::Product => resolution.product = Some("Printer driver".to_owned()),
                Need::To => resolution.to = Some("product management".to_owned()),
                Need::Indication => resolution.indication = Some("In the next release".to_owned()),
                Need::Detail | Need::Critical => {}
            }
        }
        resolution.critical = outcome.takes.contains(&Need::Critical) && self.rng.u8(0..4) == 0;
        self.write(Step::Resolve(Box::new(resolution)));
    }
}
