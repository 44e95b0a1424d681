//! Where a command makes sense: an incident, and what else it is about.

use chrono::{DateTime, TimeDelta, Utc};
use holdline::incident::{
    Addresses, Arrival, ClosureId, Command, Contact, CustomerId, Log, MailId, NewCustomer,
    NewEntitlement, Pin, TechRef,
};
use holdline::policy::EntitlementKind;
use holdline::store::{Context, Desk, Done};

use crate::rooms::{Room, monday};

/// What commands of one scene are about.
#[derive(Debug, Clone)]
pub(crate) struct Scene {
    pub(crate) number: TechRef,
    /// Another incident of the same customer under the same policy.
    pub(crate) other: TechRef,
    pub(crate) now: DateTime<Utc>,
    pub(crate) mail: MailId,
    pub(crate) closure: ClosureId,
}

/// A desk on which scenes are set, by agents at two consoles.
pub(crate) struct Stage {
    pub(crate) room: Room,
    pub(crate) other: Desk,
    now: DateTime<Utc>,
    mails: u32,
}

/// The customer that has everything: a person whose further address waits for approval, an office, a PIN.
pub(crate) const RICH: CustomerId = CustomerId(2);
pub(crate) const REGISTERED: &str = "ada@grey-heron.test";
pub(crate) const AWAITING: &str = "bea@grey-heron.test";
pub(crate) const PIN: &str = "271828";

pub(crate) fn person() -> Contact {
    Contact {
        name: "Ada".to_owned(),
        phones: vec!["+1 555 0123".to_owned()],
        mails: vec![REGISTERED.to_owned()],
        ..Contact::default()
    }
}

impl Stage {
    pub(crate) fn new() -> Self {
        let room = Room::under(&["severity", "season-ticket", "per-incident", "escalation"]);
        let mut stage = Self {
            other: room.reopened(),
            room,
            now: monday(),
            mails: 0,
        };
        stage.done(&Command::AddCustomer(NewCustomer {
            name: "Grey Heron".to_owned(),
            policy: Some("escalation".to_owned()),
            office: Some("uk".to_owned()),
            contacts: vec![person()],
            ..NewCustomer::default()
        }));
        let further = Contact {
            mails: vec![AWAITING.to_owned()],
            ..person()
        };
        stage.done(&Command::AddContact(RICH, further, None));
        stage.done(&Command::SetPin(RICH, Some(Pin::new(PIN).unwrap())));
        stage
    }

    pub(crate) fn revision(&self, number: TechRef) -> u32 {
        self.room
            .desk
            .incident(number, self.now)
            .unwrap()
            .0
            .revision
    }

    pub(crate) fn severity(&mut self) -> TechRef {
        self.logged(CustomerId(1), "severity", |log| {
            log.severity = Some("high".to_owned());
        })
    }

    fn logged(
        &mut self,
        customer: CustomerId,
        policy: &str,
        change: impl FnOnce(&mut Log),
    ) -> TechRef {
        let mut log = Log::new(customer, "The export stops at row 500");
        log.policy = Some(policy.to_owned());
        log.detail = Some("Since Friday".to_owned());
        change(&mut log);
        match self.done(&Command::Log(Box::new(log))) {
            Done::Logged(number) => number,
            other => panic!("{other:?}"),
        }
    }

    fn done(&mut self, command: &Command) -> Done {
        let context = Context {
            agent: "mia".to_owned(),
            now: self.now,
            ..Context::default()
        };
        let done = self.room.desk.execute(command, &context);
        done.unwrap_or_else(|error| panic!("{command:?}: {error}"))
    }

    /// A mail: from whom, and who else has it.
    fn mail(&mut self, sender: &str, cc: Addresses) -> Done {
        self.mails += 1;
        self.done(&arrival(self.mails, sender, cc, self.now))
    }

    /// A scene in which a command of this kind is carried out.
    pub(crate) fn scene(&mut self, kind: &str) -> Scene {
        self.now += TimeDelta::minutes(1);
        let other = self.severity();
        let number = self.incident_for(kind);
        let Done::Mail(mail, _) = self.mail("stranger@outside.test", Addresses::default()) else {
            panic!("no mail");
        };
        let mut scene = Scene {
            number,
            other,
            now: self.now,
            mail,
            closure: ClosureId(1),
        };
        let Done::Closure(closure) = self.done(&scene.command("add closure")) else {
            panic!("no closure");
        };
        scene.closure = closure;
        for before in what_comes_before(kind) {
            self.done(&scene.command(before));
        }
        if kind == "tick" {
            scene.now += TimeDelta::days(30);
            self.now = scene.now;
        }
        scene
    }

    /// An incident that awaits its payment, and a purchase that its customer made since.
    fn bought_meanwhile(&mut self) -> TechRef {
        let customer = self.done(&Command::AddCustomer(NewCustomer {
            name: format!("Buyer at {}", self.now),
            policy: Some("per-incident".to_owned()),
            ..NewCustomer::default()
        }));
        let Done::Customer(customer, _) = customer else {
            panic!("{customer:?}");
        };
        let number = self.logged(customer, "per-incident", |_| ());
        self.done(&Command::AddEntitlement(NewEntitlement {
            customer,
            kind: EntitlementKind::PerIncident,
            from: None,
            to: None,
            count: None,
            seconds: None,
            method: Some("online".to_owned()),
            reference: Some("ORDER-2".to_owned()),
            price: None,
        }));
        number
    }

    fn incident_for(&mut self, kind: &str) -> TechRef {
        match kind {
            "accept" | "decline" => self.logged(CustomerId(1), "season-ticket", |_| ()),
            "order" | "pay" | "waive" | "refund" => {
                self.logged(CustomerId(1), "per-incident", |_| ())
            }
            "cover" => self.bought_meanwhile(),
            "ground escalation" => {
                let ladder = Addresses::new(["support.manager@example.com".to_owned()]);
                match self.mail(REGISTERED, ladder) {
                    Done::Mail(_, holdline::store::HowTaken::Opened(number)) => number,
                    other => panic!("{other:?}"),
                }
            }
            "escalate"
            | "answer escalation"
            | "withdraw escalation"
            | "message"
            | "patched"
            | "emergency" => self.logged(RICH, "escalation", |_| ()),
            _ => self.severity(),
        }
    }
}

/// The commands by which an incident comes to where a command of this kind makes sense.
fn what_comes_before(kind: &str) -> &'static [&'static str] {
    match kind {
        "agent leaves" => &["add agent"],
        "entitlement-end" => &["entitlement"],
        "refund" => &["pay"],
        "resume" | "tick" => &["wait"],
        "cancel appointment" => &["schedule"],
        "answer escalation" | "withdraw escalation" | "message" => &["escalate"],
        "patched" => &["bug raised"],
        "reopen" => &["resolve"],
        "undo" => &["note"],
        "unlink" => &["link"],
        "unmerge" => &["merge"],
        "same as" => &["known other"],
        "resolve same" => &["known", "other same as"],
        _ => &[],
    }
}

pub(crate) fn arrival(n: u32, sender: &str, cc: Addresses, now: DateTime<Utc>) -> Command {
    Command::Arrive(Box::new(Arrival {
        identity: format!("mail {n} of {sender}"),
        message_id: Some(format!("{n}@outside.test")),
        replies_to: Vec::new(),
        sender: Some(sender.to_owned()),
        sender_name: None,
        to: Addresses::new(["support@shop.test".to_owned()]),
        cc,
        subject: "It stops".to_owned(),
        text: Some("The export stops at row 500".to_owned()),
        delivered_at: now,
        automatic: None,
        by_program: false,
        unclear: None,
        files: Vec::new(),
    }))
}
