//! A shop on an ordinary morning: an incident in every plight, and names that are hard to draw.

use crate::incident::{
    Command, Contact, CustomerId, Escalate, Estimate, Log, NewContact, NewCustomer, NewEntitlement,
    NoteKind, Resolution, Respond, Step, Way,
};
use crate::policy::{Channel, EntitlementKind};

use super::Shop;

/// The instant at which the busy shop is looked at: Tuesday, 10:20 in California.
pub(crate) const BUSY_NOW: &str = "2026-11-24T18:20:00Z";

/// The shop. Its first incident, 10001, is escalated and has a long timeline.
pub(crate) fn busy() -> Shop {
    let mut shop = Shop::new(&["per-incident", "severity", "escalation", "season-ticket"]);
    escalated(&mut shop);
    paid(&mut shop);
    by_severity(&mut shop);
    prepaid(&mut shop);
    shop
}

fn person(name: &str, phone: &str) -> Contact {
    Contact {
        name: name.to_owned(),
        phones: vec![phone.to_owned()],
        ..Contact::default()
    }
}

fn customer(shop: &mut Shop, name: &str, policy: &str, office: Option<&str>) -> CustomerId {
    shop.customer(NewCustomer {
        name: name.to_owned(),
        policy: Some(policy.to_owned()),
        office: office.map(str::to_owned),
        ..NewCustomer::default()
    })
}

fn response(text: &str, estimate: Option<Estimate>) -> Step {
    Step::Respond(Respond {
        by: Channel::Phone,
        channel_reason: None,
        text: Some(text.to_owned()),
        estimate,
        manual_page: None,
    })
}

fn contact(way: Way, seconds: i64, text: &str) -> Step {
    Step::Contact(NewContact {
        seconds,
        text: Some(text.to_owned()),
        ..NewContact::new(way, Channel::Phone)
    })
}

/// Under the ladder's policy: escalated twice, and answered late.
fn escalated(shop: &mut Shop) {
    let harbour = customer(shop, "Harbour Clinic Trust", "escalation", Some("uk"));
    let mut log = Log::new(
        harbour,
        "Appointments vanish from the week view after midnight",
    );
    log.detail = Some(
        "Every night at twelve the week view loses all appointments of the coming day. They are still in the day view. \
         Began on Friday after the update; all eleven workstations show it."
            .to_owned(),
    );
    log.contact = Some(Contact {
        role: Some("practice manager".to_owned()),
        mails: vec!["ada.reyes@example.com".to_owned()],
        ..person("Ada Reyes", "+44 20 7946 0011")
    });
    log.product = Some("Diary 9.2".to_owned());
    log.call_seconds = 540;
    let number = shop.log("mira", "2026-11-18T09:12:00Z", log);
    let steps = [
        ("mira", "2026-11-18T09:20:00Z", Step::Given),
        (
            "mira",
            "2026-11-18T09:25:00Z",
            Step::Assign(Some("mira".to_owned())),
        ),
        (
            "jonas",
            "2026-11-18T15:02:00Z",
            Step::Note {
                kind: NoteKind::Internal,
                text: "Happens on my machine too, once the clock passes midnight UTC.".to_owned(),
            },
        ),
        (
            "mira",
            "2026-11-19T11:40:00Z",
            response("Reproduced; the developers look at it.", None),
        ),
        (
            "mira",
            "2026-11-20T10:05:00Z",
            contact(
                Way::In,
                420,
                "Asks when there is news: the morning list is wrong every day.",
            ),
        ),
        (
            "mira",
            "2026-11-20T16:30:00Z",
            contact(Way::Attempt, 0, "Rang back, mailbox"),
        ),
        (
            "mira",
            "2026-11-23T09:15:00Z",
            Step::Escalate(Escalate {
                level: None,
                ground: "not-urgent-enough".to_owned(),
                concern: "Patients stand at the desk without an appointment".to_owned(),
                call: false,
                by_customer: true,
                confirm: None,
            }),
        ),
        (
            "jonas",
            "2026-11-23T14:00:00Z",
            Step::AnswerEscalation {
                level: 1,
                answer: "A developer is on it full time".to_owned(),
            },
        ),
        (
            "jonas",
            "2026-11-24T09:30:00Z",
            contact(Way::In, 300, "Still there this morning"),
        ),
    ];
    for (agent, now, step) in steps {
        shop.step(agent, now, number, step);
    }
}

/// Under the policy that is paid before: one that awaits payment, one that runs, one missed, one resolved.
fn paid(shop: &mut Shop) {
    let paid = |reference: &str| Step::Pay {
        method: "online".to_owned(),
        reference: reference.to_owned(),
        amount: None,
    };
    let kobo = customer(shop, "Kobo Bakery", "per-incident", None);
    let number = shop.log(
        "mira",
        "2026-11-24T16:45:00Z",
        Log::new(kobo, "Till prints every receipt twice"),
    );
    shop.step("mira", "2026-11-24T16:50:00Z", number, Step::Given);
    let north = customer(shop, "Northwind Freight", "per-incident", None);
    let mut log = Log::new(north, "Label printer offline since the move");
    log.contact = Some(person("Sam Okoro", "+1 555 0142"));
    let number = shop.log("jonas", "2026-11-23T19:00:00Z", log);
    shop.step("jonas", "2026-11-23T19:10:00Z", number, paid("CC-4711"));
    let tokyo = customer(shop, "株式会社みなと電器サービス", "per-incident", None);
    let number = shop.log(
        "mira",
        "2026-11-24T17:30:00Z",
        Log::new(tokyo, "請求書が二重に印刷される — 至急"),
    );
    shop.step("mira", "2026-11-24T17:31:00Z", number, paid("CC-4712"));
    shop.step(
        "mira",
        "2026-11-24T17:32:00Z",
        number,
        Step::Assign(Some("mira".to_owned())),
    );
    let rtl = customer(shop, "Evil\u{202e}gnp.exe Ltd", "per-incident", None);
    let number = shop.log(
        "mira",
        "2026-11-24T15:40:00Z",
        Log::new(
            rtl,
            "Zoe\u{308} and \u{1b}[31mred\u{1b}[0m cafe\u{301} menus",
        ),
    );
    shop.step("mira", "2026-11-24T15:45:00Z", number, paid("CC-4713"));
    shop.step(
        "mira",
        "2026-11-24T16:10:00Z",
        number,
        Step::Resolve(Box::new(Resolution {
            outcome: "solution".to_owned(),
            detail: Some("Menus follow the account's language again".to_owned()),
            ..Resolution::default()
        })),
    );
}

/// Under the policy with severities: one with an estimate, one that waits, a low one.
fn by_severity(shop: &mut Shop) {
    let mesa = customer(shop, "Mesa Verde Billing", "severity", None);
    let mut log = Log::new(mesa, "Claims are rejected with code 27");
    log.severity = Some("critical".to_owned());
    log.product = Some("Medical billing software".to_owned());
    log.contact = Some(person("Lee Tran", "+1 555 0107"));
    let number = shop.log("jonas", "2026-11-24T15:20:00Z", log);
    shop.step("jonas", "2026-11-24T15:22:00Z", number, Step::Given);
    let by = Estimate::By("2026-11-24T19:02:10Z".parse().unwrap());
    shop.step(
        "jonas",
        "2026-11-24T15:40:00Z",
        number,
        response("Table is being corrected", Some(by)),
    );
    let mut log = Log::new(mesa, "Monthly statement shows last month's date");
    log.severity = Some("low".to_owned());
    let number = shop.log("mira", "2026-11-23T17:00:00Z", log);
    shop.step("mira", "2026-11-23T17:05:00Z", number, Step::Given);
    shop.step(
        "mira",
        "2026-11-23T17:30:00Z",
        number,
        Step::Wait {
            text: "Which template is set under Statements?".to_owned(),
        },
    );
    let mut log = Log::new(mesa, "How are two clinics merged?");
    log.severity = Some("normal".to_owned());
    shop.log("mira", "2026-11-20T17:00:00Z", log);
}

/// Under the policy of tickets: one that is not accepted yet, one from a pack.
fn prepaid(shop: &mut Shop) {
    let anvil = customer(shop, "Anvil & Sons", "season-ticket", None);
    let pack = Command::AddEntitlement(NewEntitlement {
        customer: anvil,
        kind: EntitlementKind::Pack,
        from: None,
        to: None,
        count: None,
        seconds: None,
        method: Some("bank-transfer".to_owned()),
        reference: Some("ORDER-9".to_owned()),
        price: None,
    });
    shop.run("mira", "2026-11-02T11:00:00Z", &pack);
    let number = shop.log(
        "mira",
        "2026-11-22T12:00:00Z",
        Log::new(anvil, "Mail merge skips the second address line"),
    );
    shop.step(
        "mira",
        "2026-11-22T12:20:00Z",
        number,
        Step::Accept { entitlement: None },
    );
    shop.step(
        "jonas",
        "2026-11-22T12:40:00Z",
        number,
        Step::Assign(Some("jonas".to_owned())),
    );
    shop.log(
        "mira",
        "2026-11-24T18:05:00Z",
        Log::new(anvil, "Wants the letterhead redrawn"),
    );
}
