//! Forms driven by keys, over a real desk.

mod edit;
mod forks;
mod ladder;
mod looks;
mod met;
mod money;
mod refusals;
mod resolving;
mod steps;
mod telling;
mod undo;

use chrono_tz::Tz;

use crate::console::dialog::Dialog;
use crate::console::look::tests::rich;
use crate::console::model::Layer;
use crate::console::testing::{Console, Shop};
use crate::incident::{
    Command, Contact, CustomerId, FIRST, Incident, Log, NewCustomer, NewEntitlement, Step, TechRef,
};
use crate::policy::{EntitlementKind, shipped};

/// Monday, in winter: 08:45 in California, 09:45 in Colorado.
const NOW: &str = "2026-11-23T16:45:00Z";
const ME: &str = "mira";
const OTHER: &str = "ben";

/// A desk under one shipped policy, with one customer and one incident.
struct Desk {
    shop: Shop,
    customer: CustomerId,
}

impl Desk {
    /// An incident that was just logged, with whatever `change` makes of it.
    fn changed(policy: &str, change: impl FnOnce(&mut Log)) -> Self {
        let mut desk = Self::empty(policy);
        desk.log(policy, change);
        desk
    }

    /// An incident that was just logged.
    fn logged(policy: &str) -> Self {
        Self::changed(policy, |_| {})
    }

    /// An incident that may be worked on, and whose charge is paid if it has one.
    fn workable(policy: &str) -> Self {
        let paid = |method: &str| Step::Pay {
            method: method.to_owned(),
            reference: "W-1".to_owned(),
            amount: None,
        };
        let intake = match policy {
            "season-ticket" => vec![Step::Accept { entitlement: None }, paid("cash")],
            "per-incident" => vec![paid("online")],
            "tech-reference" => vec![paid("visa")],
            _ => Vec::new(),
        };
        intake.into_iter().fold(Self::logged(policy), Self::with)
    }

    /// An incident of a customer who has something that covers it.
    fn covered(policy: &str, kind: EntitlementKind) -> Self {
        let mut desk = Self::empty(policy);
        let new = NewEntitlement {
            customer: desk.customer,
            kind,
            from: None,
            to: None,
            count: None,
            seconds: None,
            method: None,
            reference: None,
            price: None,
        };
        desk.shop.run(ME, NOW, &Command::AddEntitlement(new));
        desk.log(policy, |_| {});
        desk
    }

    /// An incident under severities and a target of 16 hours for the resolution, which waits for the customer.
    fn paused() -> Self {
        let text = shipped("severity").unwrap();
        let target = "resolution = { within = \"16h\", counted = \"business-time\" }\n";
        let mut desk = Self::of(
            Shop::under(std::iter::once(format!("{target}{text}"))),
            None,
        );
        desk.log("severity", |_| {});
        desk.with(Step::Wait {
            text: "Which version?".to_owned(),
        })
    }

    fn empty(policy: &str) -> Self {
        let offices = shipped(policy).is_some_and(|text| text.contains("[[office]]"));
        Self::of(Shop::new(&[policy]), offices.then_some("uk"))
    }

    /// A desk with one customer, at this office.
    fn of(mut shop: Shop, office: Option<&str>) -> Self {
        shop.run(ME, NOW, &Command::AddAgent(OTHER.to_owned()));
        let customer = shop.customer(NewCustomer {
            name: "Fennel Bakery".to_owned(),
            office: office.map(str::to_owned),
            contacts: vec![Contact {
                name: "Ada Crumb".to_owned(),
                phones: vec!["+44 20 7946 0101".to_owned()],
                ..Contact::default()
            }],
            ..NewCustomer::default()
        });
        Self { shop, customer }
    }

    fn log(&mut self, policy: &str, change: impl FnOnce(&mut Log)) {
        let mut log = Log::new(self.customer, "The oven's panel stays dark");
        log.detail = Some("Since this morning nothing lights up.".to_owned());
        log.severity = (policy == "severity").then(|| "normal".to_owned());
        change(&mut log);
        assert_eq!(self.shop.log(ME, NOW, log), number());
    }

    /// The same after a step by me.
    fn with(mut self, step: Step) -> Self {
        self.shop.step(ME, NOW, number(), step);
        self
    }

    /// The console with the incident open.
    fn open(self) -> Console {
        let mut console = self.shop.open(NOW, Tz::Europe__London, (80, 24));
        console.type_in("100014").press("enter");
        console
    }
}

/// The incident's number.
fn number() -> TechRef {
    TechRef::new(FIRST)
}

impl Console {
    /// Tabs to a field of the form that is open.
    fn take_to(&mut self, field: &str) -> &mut Self {
        for _ in 0..20 {
            if form(self).form.focused() == field {
                return self;
            }
            self.press("tab");
        }
        panic!("no field {field}");
    }
}

/// The form that is open.
fn form(console: &Console) -> &Dialog {
    match console.model.layers.last() {
        Some(Layer::Step(dialog)) => dialog,
        _ => panic!("no form is open: {:?}", console.model.message),
    }
}

/// The incident as the console knows it.
fn incident(console: &Console) -> &Incident {
    &console.model.current().expect("it was read").incident
}

/// What the console says.
fn message(console: &Console) -> &str {
    let message = console.model.message.as_ref();
    message.map_or("", |message| &message.text)
}

/// What is on the screen of a small terminal.
fn screen(console: &mut Console) -> String {
    console.picture((80, 24), &rich())
}
