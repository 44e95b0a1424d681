//! A command of every kind, filled in for a scene.

use chrono::TimeDelta;
use holdline::calendar::{Exception, ExceptionKind};
use holdline::incident::{
    Addresses, CallEnd, CloseAs, Command, Contact, CustomerChange, CustomerId, Edit, EmergencyCall,
    EntitlementEnd, EntitlementId, Escalate, LeftTo, Log, LooseCall, LooseReason, MailTarget,
    MessageStep, NewClosure, NewContact, NewCustomer, NewEntitlement, NewPolicy, NoteKind, Pin,
    Reach, RegisterMail, Resolution, Respond, Split, Step, Together, Way,
};
use holdline::policy::{self, Channel, EntitlementKind};

use super::scene::{AWAITING, PIN, RICH, Scene, arrival, person};

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn resolution(outcome: &str) -> Resolution {
    Resolution {
        outcome: outcome.to_owned(),
        detail: some("The limit of rows is gone"),
        ..Resolution::default()
    }
}

impl Scene {
    /// A command of this kind about this scene's incident, and what else there is.
    pub(crate) fn command(&self, kind: &str) -> Command {
        let (number, other) = (self.number, self.other);
        match kind {
            "log" => {
                let mut log = Log::new(CustomerId(1), "Another matter");
                log.severity = some("low");
                Command::Log(Box::new(log))
            }
            "edit" => Command::Edit(
                number,
                Box::new(Edit {
                    summary: some("The export stops at row 501"),
                    ..Edit::default()
                }),
            ),
            "split" => Command::Split(
                number,
                Box::new(Split {
                    summary: "The import stops, too".to_owned(),
                    detail: some("Since Monday"),
                    severity: some("low"),
                    told: true,
                }),
            ),
            "merge" => Command::Merge(number, other),
            "unmerge" => Command::Unmerge(number),
            "link" => Command::Link(number, other),
            "unlink" => Command::Unlink(number, other),
            "same as" => Command::SameAs(number, Some(other)),
            "other same as" => Command::SameAs(other, Some(number)),
            "known other" => Command::Step(other, Step::Known(true)),
            "resolve same" => Command::ResolveSame(
                number,
                Box::new(Together {
                    resolution: resolution("fixed"),
                    message: None,
                }),
            ),
            "undo" => Command::Undo(number),
            _ => self
                .of_people(kind)
                .unwrap_or_else(|| Command::Step(number, self.step(kind))),
        }
    }

    /// A command about no incident.
    fn of_people(&self, kind: &str) -> Option<Command> {
        let moved = Contact {
            phones: vec!["+1 555 0199".to_owned()],
            ..person()
        };
        Some(match kind {
            "add customer" => Command::AddCustomer(NewCustomer {
                name: "Silver Birch".to_owned(),
                ..NewCustomer::default()
            }),
            "add contact" => {
                let cleo = Contact {
                    name: "Cleo".to_owned(),
                    ..Contact::default()
                };
                Command::AddContact(CustomerId(1), cleo, None)
            }
            "change customer" => Command::ChangeCustomer(
                CustomerId(1),
                CustomerChange {
                    name: Some(format!("Blue Fern {}", self.number)),
                    ..CustomerChange::default()
                },
            ),
            "change contact" => {
                let known = Contact {
                    awaiting: vec![AWAITING.to_owned()],
                    ..person()
                };
                let after = Contact {
                    awaiting: vec![AWAITING.to_owned()],
                    ..moved
                };
                Command::ChangeContact(RICH, Box::new([known, after]), None)
            }
            "set PIN" => Command::SetPin(RICH, Some(Pin::new(PIN).unwrap())),
            "check PIN" => Command::CheckPin(RICH, Pin::new(PIN).unwrap()),
            "add agent" => Command::AddAgent(format!("agent {}", self.number)),
            "agent leaves" => Command::AgentLeaves(format!("agent {}", self.number), LeftTo::Queue),
            "take over" => Command::TakeOver(some("All is quiet")),
            "entitlement" => Command::AddEntitlement(NewEntitlement {
                customer: RICH,
                kind: EntitlementKind::Contract,
                from: None,
                to: Some(self.now.date_naive() + TimeDelta::days(90)),
                count: None,
                seconds: None,
                method: None,
                reference: some("C-1"),
                price: None,
            }),
            "entitlement-end" => Command::EndEntitlement(
                EntitlementId(1),
                EntitlementEnd {
                    day: self.now.date_naive() + TimeDelta::days(1),
                    reason: "ended early".to_owned(),
                    refund: false,
                },
            ),
            "policy" => {
                let text = policy::shipped("severity").unwrap();
                let title = format!("\ntitle = \"As of {} ", self.number);
                Command::AddPolicy(NewPolicy {
                    text: text.replacen("\ntitle = \"", &title, 1),
                    settings: policy::example_settings(text).unwrap(),
                })
            }
            "add closure" => Command::AddClosure(NewClosure {
                reach: Reach::All,
                exception: Exception {
                    from: self.now + TimeDelta::days(200),
                    to: self.now + TimeDelta::days(201),
                    reason: "Power cut".to_owned(),
                    kind: ExceptionKind::Closed,
                },
            }),
            "remove closure" => Command::RemoveClosure(self.closure),
            "loose call" => Command::CallWithoutIncident(LooseCall {
                reason: LooseReason::WrongNumber,
                seconds: 20,
                held: 0,
                customer: None,
                text: some("For the bakery"),
            }),
            "mail" => arrival(
                self.number.sequence(),
                "somebody@outside.test",
                Addresses::default(),
                self.now,
            ),
            "register mail" => Command::RegisterMail(Box::new(RegisterMail {
                mail: self.mail,
                customer: CustomerId(1),
                person: some("Somebody"),
                approved_by: some("the account manager"),
                target: MailTarget::New,
                severity: some("low"),
                office: None,
                detail: None,
            })),
            "dismiss mail" => Command::DismissMail(self.mail, "an advertisement".to_owned()),
            "approve address" => {
                Command::ApproveAddress(RICH, AWAITING.to_owned(), "the manager".to_owned())
            }
            _ => return None,
        })
    }

    fn step(&self, kind: &str) -> Step {
        let text = || "Row 500 has a comma".to_owned();
        match kind {
            "accept" => Step::Accept { entitlement: None },
            "decline" => Step::Decline { reason: text() },
            "order" => Step::Order {
                reference: some("ORDER-1"),
            },
            "pay" => Step::Pay {
                method: "online".to_owned(),
                reference: "ORDER-1".to_owned(),
                amount: None,
            },
            "cover" => Step::Cover { entitlement: None },
            "waive" => Step::Waive { reason: text() },
            "refund" => Step::Refund { reason: text() },
            "assign" => Step::Assign(some("mia")),
            "respond" => Step::Respond(Respond {
                by: Channel::Mail,
                channel_reason: None,
                text: Some(text()),
                estimate: Some(holdline::incident::Estimate::By(
                    self.now + TimeDelta::days(2),
                )),
                manual_page: None,
            }),
            "wait" => Step::Wait { text: text() },
            "resume" => Step::Resume(None),
            "contact" => Step::Contact(NewContact {
                text: Some(text()),
                ..NewContact::new(Way::In, Channel::Phone)
            }),
            "call ended" => Step::CallEnded(CallEnd {
                began_at: self.now,
                seconds: 0,
                held: 0,
                outside: None,
                answered: false,
                estimate: None,
                text: Some(text()),
                with: None,
                manual_page: None,
            }),
            "note" => Step::Note {
                kind: NoteKind::Internal,
                text: text(),
            },
            "emergency" => Step::Emergency {
                by: Channel::Chat,
                call: EmergencyCall::default(),
            },
            "severity" => Step::Severity {
                severity: "low".to_owned(),
                agreed_with: text(),
            },
            "estimate" => Step::Estimate(self.now + TimeDelta::days(3)),
            "schedule" => Step::Schedule(self.now + TimeDelta::days(1)),
            "cancel appointment" => Step::CancelAppointment,
            "patched" => Step::Patched,
            "escalate" => Step::Escalate(Escalate {
                level: None,
                ground: "not-understood".to_owned(),
                concern: text(),
                call: false,
                by_customer: true,
                confirm: None,
            }),
            "ground escalation" => Step::GroundEscalation {
                level: 1,
                ground: "not-understood".to_owned(),
            },
            "answer escalation" => Step::AnswerEscalation {
                level: 1,
                answer: text(),
            },
            "withdraw escalation" => Step::WithdrawEscalation {
                level: 1,
                reason: text(),
            },
            "resolve" => Step::Resolve(Box::new(resolution("fixed"))),
            "bug raised" => Step::Resolve(Box::new(Resolution {
                reference: some("BUG-1"),
                indication: some("In the next version"),
                critical: true,
                ..resolution("bug-raised")
            })),
            "close" => Step::Close {
                reason: CloseAs::Withdrawn,
                detail: text(),
            },
            "reopen" => Step::Reopen {
                by_customer: true,
                recurring: false,
                reason: Some(text()),
            },
            "message" => Step::Message(1, MessageStep::Drop { reason: text() }),
            "given" => Step::Given,
            "known" => Step::Known(true),
            "tick" => Step::Tick,
            other => panic!("{other} has no scene here: give it one"),
        }
    }
}
