//! What a walk may do next: mostly what makes sense where an incident stands, now and then what does not.

use std::collections::BTreeMap;

use chrono::{NaiveDate, TimeDelta};
use holdline::calendar::{Exception, ExceptionKind};
use holdline::incident::{
    CallEnd, ClockKind, CloseAs, Command, Contact, CustomerId, Edit, EmergencyCall, Escalate,
    Estimate, Incident, Log, LooseCall, LooseReason, MessageStep, NewClosure, NewContact,
    NewEntitlement, NewPolicy, NoteKind, Outside, Pin, Reach, Resolution, Respond, Split, State,
    Step, TechRef, Way,
};
use holdline::policy::{Channel, EntitlementKind, Need, Policy};

use super::Walk;

/// Names of steps, each as often as it is to be taken.
const STEPS: [(&str, u8); 34] = [
    ("accept", 12),
    ("decline", 3),
    ("pay", 16),
    ("waive", 3),
    ("refund", 5),
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
    ("split", 3),
    ("emergency", 4),
    ("order", 4),
    ("schedule", 6),
    ("cancel appointment", 4),
    ("message", 6),
    ("merge", 5),
    ("unmerge", 4),
    ("undo", 2),
    ("edit", 6),
    ("other customer", 5),
];

const TEXTS: [&str; 6] = [
    "It stops at row 500",
    "Ask again tomorrow",
    "Zażółć gęślą jaźń 🙂",
    "one\nand another line",
    "'); DROP TABLE timeline; --",
    "\u{202e}backwards\u{1b}[31m",
];

impl Walk {
    /// The next command and what kind it is.
    pub(super) fn act(&mut self) -> Option<(&'static str, Command)> {
        match self.rng.u8(..100) {
            0..16 => Some(("log", self.log())),
            16..20 => Some(("entitlement", self.entitlement())),
            20 if self.rng.bool() => Some(("loose call", self.loose_call())),
            20 => Some(("policy", self.policy())),
            21 => {
                let (customer, _) = self.any(&self.customers.clone());
                let contact = Contact {
                    name: format!("Person {}", self.rng.u8(..40)),
                    phones: vec!["+1 555 0100".to_owned()],
                    mails: vec![format!("person{}@walk.test", self.rng.u8(..9))],
                    ..Contact::default()
                };
                let approved = self.rng.bool().then(|| "The account manager".to_owned());
                let command = Command::AddContact(customer, contact, approved);
                Some(("add contact", command))
            }
            22 => Some(self.hours()),
            23 => self.last.map(|number| ("undo", Command::Undo(number))),
            _ => self.on_incident(),
        }
    }

    /// A closure or an extra opening, or the end of one.
    fn hours(&mut self) -> (&'static str, Command) {
        let known = self.desk.closures().unwrap();
        if !known.is_empty() && self.rng.u8(..100) < 40 {
            let id = known[self.rng.usize(..known.len())].id;
            return ("remove closure", Command::RemoveClosure(id));
        }
        let names = [
            "per-incident",
            "severity",
            "escalation",
            "everything",
            "season-ticket",
        ];
        let reach = match self.rng.u8(..4) {
            0 => Reach::All,
            1 => Reach::Office(self.any(&["florida", "uk", "france"]).to_owned()),
            _ => Reach::Policy(self.any(&names).to_owned()),
        };
        let from = self.now + TimeDelta::seconds(self.rng.i64(-20_000..200_000));
        let exception = Exception {
            from,
            to: from + TimeDelta::seconds(self.rng.i64(-1_000..200_000)),
            reason: self.words(),
            kind: match self.rng.bool() {
                true => ExceptionKind::Open,
                false => ExceptionKind::Closed,
            },
        };
        (
            "add closure",
            Command::AddClosure(NewClosure { reach, exception }),
        )
    }

    fn emergency(&mut self) -> EmergencyCall {
        let tried = self.rng.u32(0..20);
        EmergencyCall {
            tried: (self.rng.u8(..100) < 95).then_some(tried),
            failed: (self.rng.u8(..100) < 95).then(|| self.rng.u32(0..=tried + 1)),
            // A look at a PIN is slow by design.
            pin: (self.rng.u8(..100) < 5)
                .then(|| Pin::new(if self.rng.bool() { "271828" } else { "314159" }).unwrap()),
        }
    }

    fn on_incident(&mut self) -> Option<(&'static str, Command)> {
        let number = self.incident()?;
        let incident = self.stored(number);
        let ruling = self
            .desk
            .ruling_of(&incident.policy, incident.policy_version)
            .unwrap();
        let mut name = self.step_name();
        for _ in 0..6 {
            if sensible(name, &incident) || self.rng.u8(..100) < 5 {
                break;
            }
            name = self.step_name();
        }
        if name == "split" {
            let split = Split {
                summary: self.words(),
                detail: Some(self.words()),
                severity: None,
                told: self.rng.bool(),
            };
            return Some((name, Command::Split(number, Box::new(split))));
        }
        match name {
            "merge" => {
                let into = self.another(&incident);
                return Some((name, Command::Merge(number, into)));
            }
            "unmerge" => return Some((name, Command::Unmerge(number))),
            "undo" => return Some((name, Command::Undo(number))),
            "edit" | "other customer" => {
                let mut edit = self.edit(&ruling.policy);
                if name == "other customer" {
                    edit.customer = Some(self.another_customer(&incident));
                }
                return Some((name, Command::Edit(number, Box::new(edit))));
            }
            _ => {}
        }
        let step = self.filled(name, &incident, &ruling.policy);
        Some((name, Command::Step(number, step)))
    }

    /// An incident that might be one matter with this one: mostly of its customer and policy.
    fn another(&mut self, incident: &Incident) -> TechRef {
        let alike: Vec<TechRef> = (1..=60)
            .filter_map(|back| incident.tech_ref.sequence().checked_sub(back))
            .filter(|number| *number > 10_000)
            .map(TechRef::new)
            .filter(|number| {
                let other = self.stored(*number);
                (other.customer, &other.policy) == (incident.customer, &incident.policy)
                    && other.state.is_open()
            })
            .collect();
        match alike.as_slice() {
            some @ [_, ..] if self.rng.u8(..100) < 90 => self.any(some),
            _ => self.incident().unwrap_or(incident.tech_ref),
        }
    }

    /// Some fields that are put right, each now and then one that the policy does not know.
    fn edit(&mut self, policy: &Policy) -> Edit {
        let mut text = || (self.rng.u8(..100) < 30).then(|| self.words());
        let (summary, detail, product, what_changed) = (text(), text(), text(), text());
        let severity = (self.rng.u8(..100) < 20).then(|| self.severity(policy));
        let severity = severity.flatten();
        let known = policy.products.first().map(|known| known.name.clone());
        Edit {
            summary,
            detail: detail.filter(|_| !policy.intake.detail_required || self.rng.bool()),
            product: known.filter(|_| self.rng.bool()).or(product),
            what_changed,
            office: (!policy.offices.is_empty() && self.rng.u8(..100) < 40)
                .then(|| self.any(&["florida", "uk", "france"]).to_owned()),
            contact: (self.rng.u8(..100) < 20).then(|| format!("Person {}", self.rng.u8(..40))),
            agreed_with: severity.is_some().then(|| self.words()),
            severity,
            ..Edit::default()
        }
    }

    /// Whose an incident might be instead: mostly a customer of the same policy.
    fn another_customer(&mut self, incident: &Incident) -> CustomerId {
        let alike: Vec<CustomerId> = self
            .customers
            .iter()
            .filter(|(id, policy)| *policy == incident.policy && *id != incident.customer)
            .map(|(id, _)| *id)
            .collect();
        match alike.as_slice() {
            some @ [_, ..] if self.rng.u8(..100) < 95 => self.any(some),
            _ => self.any(&self.customers.clone()).0,
        }
    }

    fn message(&mut self) -> MessageStep {
        let reason = self.words();
        match self.rng.u8(..5) {
            0 => MessageStep::Failed { reason },
            1 => MessageStep::Drop { reason },
            _ => MessageStep::Sent {
                message_id: format!("{}@holdline.test", self.rng.u64(..)),
                by: "a folder".to_owned(),
            },
        }
    }

    fn step_name(&mut self) -> &'static str {
        let all: u16 = STEPS.iter().map(|(_, often)| u16::from(*often)).sum();
        let mut drawn = self.rng.u16(..all);
        for (name, often) in STEPS {
            match drawn.checked_sub(u16::from(often)) {
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
            "accept" => Step::Accept { entitlement: None },
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
            "respond" => Step::Respond(Respond {
                by: self.channel(policy).0,
                text: (self.rng.u8(..100) < 95).then(|| self.words()),
                estimate: self.outlook(policy),
                manual_page: (self.rng.u8(..100) < 20).then(|| "page 12".to_owned()),
            }),
            "wait" => Step::Wait { text: reason },
            "resume" => Step::Resume,
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
                    contact: None,
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

    fn escalate(&mut self, incident: &Incident, policy: &Policy) -> Step {
        let grounds: Vec<&str> = policy
            .grounds
            .iter()
            .map(|ground| ground.name.as_str())
            .collect();
        let ground = match grounds.as_slice() {
            [] => "slow",
            some => self.any(some),
        };
        Step::Escalate(Escalate {
            level: (self.rng.u8(..100) < 30).then(|| self.rng.u8(1..4)),
            ground: ground.to_owned(),
            concern: self.words(),
            call: self.rng.u8(..100) < 30,
            by_customer: self.rng.bool(),
            confirm: self.rng.bool().then(|| incident.tech_ref.to_string()),
        })
    }

    fn resolution(&mut self, policy: &Policy) -> Resolution {
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

    /// Mostly said where a contract pays and the question may come.
    fn outside(&mut self, contract: bool) -> Option<Outside> {
        match self.rng.u8(..if contract { 6 } else { 60 }) {
            0..2 => Some(Outside::Charge),
            2..4 => Some(Outside::Waive(self.words())),
            _ => None,
        }
    }

    fn log(&mut self) -> Command {
        let (customer, own) = self.any(&self.customers.clone());
        let ruling = self.desk.ruling(Some(own)).unwrap();
        let policy = &ruling.policy;
        let mut log = Log::new(customer, self.words());
        log.detail = (self.rng.u8(..100) < 90).then(|| self.words());
        log.severity = self.severity(policy);
        (log.channel, log.channel_reason) = self.channel(policy);
        let emergency = policy.intake.emergency.is_some() && self.rng.u8(..100) < 30;
        log.emergency = emergency.then(|| self.emergency());
        log.call_seconds = self.rng.i64(0..1_200);
        log.outside = self.outside(false);
        log.answered = self.rng.u8(..100) < 15;
        log.estimate = log.answered.then(|| self.outlook(policy)).flatten();
        log.product = self.rng.bool().then(|| {
            self.any(&["lamp", "Medical billing software", "printer"])
                .to_owned()
        });
        log.what_changed = self.rng.bool().then(|| self.words());
        if let Some(route) = policy.intake.route.first() {
            let answer = &route.answers[self.rng.usize(..route.answers.len())];
            log.routing = BTreeMap::from([(route.key.clone(), answer.answer.clone())]);
        }
        if self.rng.u8(..100) < 10 {
            let owned = self.desk.entitlements(customer).unwrap();
            log.entitlement = match owned.len() {
                0 => None,
                many => Some(owned[self.rng.usize(..many)].id),
            };
        }
        Command::Log(Box::new(log))
    }

    fn entitlement(&mut self) -> Command {
        let (customer, own) = self.any(&self.customers.clone());
        let ruling = self.desk.ruling(Some(own)).unwrap();
        let kinds = ruling
            .policy
            .cover
            .as_ref()
            .map_or(&[][..], |cover| &cover.kinds);
        let kind = match kinds {
            [] => EntitlementKind::Pack,
            some => self.any(some),
        };
        let day = |walk: &mut Self, ahead: i64| -> Option<NaiveDate> {
            let off = walk.rng.i64(-60..60) + ahead;
            walk.rng
                .bool()
                .then(|| (walk.now + TimeDelta::days(off)).date_naive())
        };
        // A contract that never ends would end all asking for payment.
        let contract = kind == EntitlementKind::Contract;
        let to = day(self, 0).or(contract.then(|| self.now.date_naive()));
        Command::AddEntitlement(NewEntitlement {
            customer,
            kind,
            from: day(self, -60),
            to,
            count: self.rng.bool().then(|| self.rng.u32(1..4)),
            seconds: Some(self.rng.i64(1..8) * 1_800),
            method: Some(self.method(&ruling.policy)).filter(|_| !contract),
            reference: Some(self.words()),
            price: None,
        })
    }

    /// A new version of the policy with everything: other prices, another target.
    fn policy(&mut self) -> Command {
        let text = include_str!("everything.toml");
        let price = format!("price = \"{}.99 EUR\"", self.rng.u8(10..90));
        let target = format!(
            "within = \"{}h\", counted = \"business-time\"",
            self.rng.u8(3..9)
        );
        let text = text
            .replace("price = \"19.99 EUR\"", &price)
            .replace("within = \"8h\", counted = \"business-time\"", &target);
        Command::AddPolicy(NewPolicy {
            text,
            settings: BTreeMap::new(),
        })
    }

    fn loose_call(&mut self) -> Command {
        Command::CallWithoutIncident(LooseCall {
            reason: self.any(&LooseReason::ALL),
            seconds: self.rng.i64(0..600),
            held: 0,
            customer: None,
            text: Some(self.words()),
        })
    }

    /// A text; now and then a blank one.
    pub(super) fn words(&mut self) -> String {
        match self.rng.u8(..100) {
            0 => " \n ".to_owned(),
            _ => self.any(&TEXTS).to_owned(),
        }
    }

    /// A channel, with the reason why it is one that the agreement does not name; now and then that is forgotten.
    fn channel(&mut self, policy: &Policy) -> (Channel, Option<String>) {
        let channel = self.any(&[Channel::Phone, Channel::Mail, Channel::Chat, Channel::Other]);
        let outside = !policy.channels.contains(&channel);
        let reason = (outside && self.rng.u8(..100) < 90).then(|| self.words());
        (channel, reason)
    }

    fn method(&mut self, policy: &Policy) -> String {
        let methods = policy
            .cover
            .as_ref()
            .map_or(&[][..], |cover| &cover.methods);
        match self.rng.u8(..100) {
            5.. if !methods.is_empty() => methods[self.rng.usize(..methods.len())].clone(),
            _ => "barter".to_owned(),
        }
    }

    fn severity(&mut self, policy: &Policy) -> Option<String> {
        let many = policy.severities.len();
        match self.rng.u8(..100) {
            0..3 => Some("mild".to_owned()),
            3..5 => None,
            _ if many == 0 => None,
            _ => Some(policy.severities[self.rng.usize(..many)].name.clone()),
        }
    }

    fn outlook(&mut self, policy: &Policy) -> Option<Estimate> {
        let wanted = policy.estimate_required;
        match self.rng.u8(..100) {
            0..10 => None,
            10..40 => Some(Estimate::No(self.words())),
            40..50 => Some(Estimate::By(self.soon())),
            _ => wanted.then(|| Estimate::By(self.soon())),
        }
    }

    fn soon(&mut self) -> chrono::DateTime<chrono::Utc> {
        self.now + TimeDelta::seconds(self.rng.i64(-3_600..200_000))
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
fn sensible(name: &str, incident: &Incident) -> bool {
    use State::{
        AwaitingAcceptance, AwaitingPayment, ClosedUnresolved, Merged, Open, Resolved, Waiting,
    };
    let state = incident.state;
    match name {
        "accept" => state == AwaitingAcceptance,
        "decline" => state.is_open() && incident.first_response_at.is_none(),
        "pay" | "waive" => state == AwaitingPayment,
        "refund" => incident
            .charge
            .is_some_and(|charge| charge.refundable() > 0),
        "respond" | "estimate" | "resolve" => matches!(state, Open | Waiting),
        "wait" => state == Open,
        "resume" => state == Waiting,
        "patched" => incident.running(ClockKind::Patch).is_some(),
        "escalate" => {
            matches!(state, Open | Waiting | Resolved) && incident.policy.starts_with('e')
        }
        "answer escalation" | "withdraw escalation" => incident.escalation_level() > 0,
        "reopen" => matches!(state, Resolved | ClosedUnresolved),
        "severity" => incident.severity.agreed.is_some(),
        "emergency" => state.is_open() && incident.policy.starts_with('e') && !incident.emergency,
        "close" | "split" | "schedule" | "merge" => state.is_open(),
        "order" => state == AwaitingPayment,
        "cancel appointment" => incident.running(ClockKind::Appointment).is_some(),
        "message" => !incident.messages.is_empty(),
        "unmerge" => state == Merged,
        _ => true,
    }
}
