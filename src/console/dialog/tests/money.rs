//! Money and what pays: orders, payments, waivers, refunds, acceptance.

use super::{Desk, ME, NOW, form, incident, message, screen};
use crate::incident::{State, Step};
use crate::policy::EntitlementKind;

#[test]
fn a_payment_says_what_it_records_and_what_it_starts() {
    let mut console = Desk::logged("per-incident").open();
    console.press("p");
    let shown = screen(&mut console);
    assert!(shown.contains("Records 139.00 USD as paid."), "{shown}");
    assert!(
        shown.contains("The 4h response clock starts now: due Mon 23 Nov 20:45 GMT."),
        "{shown}"
    );
    assert!(!shown.contains("refunded"), "nothing was paid yet");
    assert_eq!(form(&console).form.value("method"), "online");
    console.press("ctrl-d");
    console.type_in("W-4711");
    assert!(shown.contains("Then $ gives its receipt"), "{shown}");
    // What moves money is confirmed.
    console.press("ctrl-d");
    let shown = screen(&mut console);
    let at = |words| {
        shown
            .find(words)
            .unwrap_or_else(|| panic!("{words}: {shown}"))
    };
    // First what it does, then how.
    assert!(at("Records 139.00 USD as paid.") < at("Once more Ctrl-D does it."));
    assert!(incident(&console).payment.is_none());
    console.press("ctrl-d");
    assert_eq!(
        message(&console),
        "10001-4: the payment is recorded: $ gives its receipt"
    );
    console.press("$");
    assert!(screen(&mut console).contains("W-4711"));
    console.press("esc");
    assert_eq!(
        incident(&console).payment.as_ref().unwrap().reference,
        "W-4711"
    );

    // Now only the refund is left.
    console.press("p");
    let shown = screen(&mut console);
    assert!(shown.contains("139.00 USD is given back") && !shown.contains("waived"));
    console.press("ctrl-d");
    console.type_in("Our goodwill");
    console.press("ctrl-d ctrl-d");
    assert_eq!(incident(&console).charge.unwrap().refunded, 13_900);
    // Nothing was done for it yet, so it awaits its payment again.
    assert_eq!(incident(&console).state, State::AwaitingPayment);
    console.press("p");
    assert!(screen(&mut console).contains("Records 139.00 USD as paid."));
}

#[test]
fn a_waiver_wants_its_reason_and_begins_the_work() {
    let mut console = Desk::logged("per-incident").open();
    console.press("p w");
    assert!(screen(&mut console).contains("Waives 139.00 USD: nothing is charged."));
    console.press("enter");
    console.type_in("Our mistake");
    console.press("ctrl-d ctrl-d");
    assert_eq!(incident(&console).state, State::Open);
}

#[test]
fn declining_gives_back_what_was_paid() {
    let mut console = Desk::workable("per-incident").open();
    console.press("D");
    let shown = screen(&mut console);
    assert!(shown.contains("Gives back 139.00 USD."));
    assert!(shown.contains("Not covered: Training"));
    console.type_in("Training is not covered");
    console.press("ctrl-d ctrl-d");
    assert_eq!(incident(&console).state, State::Declined);
}

#[test]
fn hours_and_tickets_are_paid_by_the_methods_that_are_taken() {
    let mut console = Desk::logged("season-ticket")
        .with(Step::Accept { entitlement: None })
        .open();
    console.press("p ctrl-d");
    assert_eq!(form(&console).form.focused(), "method");
    let shown = screen(&mut console);
    assert!(shown.contains("credit-card") && shown.contains("bank-transfer"));
    console.press("b tab");
    console.type_in("T-1");
    console.press("enter ctrl-d");
    assert_eq!(
        incident(&console).payment.as_ref().unwrap().method,
        "bank-transfer"
    );
}

#[test]
fn p1_05_an_order_fixes_the_price_and_writes_how_the_call_is_arranged() {
    let mut console = Desk::changed("per-incident", |log| {
        log.contact = Some(crate::incident::Contact {
            name: "Ada Crumb".to_owned(),
            mails: vec!["ada@example.com".to_owned()],
            ..Default::default()
        });
    })
    .open();
    console.press("p o");
    let shown = screen(&mut console);
    assert!(
        shown.contains("Ordered at 139.00 USD: that stays its price."),
        "{shown}"
    );
    assert!(shown.contains("ada@example.com will read"), "{shown}");
    console.press("enter");
    console.type_in("ORDER-1");
    console.press("enter");
    assert_eq!(message(&console), "10001-4: the order is recorded");
    assert!(incident(&console).charge.unwrap().ordered_at.is_some());
    assert_eq!(incident(&console).state, State::AwaitingPayment);
    // It is ordered once.
    console.press("p");
    assert!(!screen(&mut console).contains("ordered"));
}

#[test]
fn p3_02_acceptance_asks_what_pays_where_several_fit() {
    let mut desk = Desk::empty("season-ticket");
    for kind in [EntitlementKind::PerIncident, EntitlementKind::Pack] {
        let new = crate::incident::NewEntitlement {
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
        let add = crate::incident::Command::AddEntitlement(new);
        desk.shop.run(ME, NOW, &add);
    }
    desk.log("season-ticket", |_| {});
    let mut console = desk.open();
    console.press("i");
    let shown = screen(&mut console);
    assert!(shown.contains("Paid incidents: 1 of 1 left"), "{shown}");
    console.press("s");
    let shown = screen(&mut console);
    assert!(
        shown.contains("Paid by: Season ticket: 10 of 10 left, before this one."),
        "{shown}"
    );
    console.press("enter");
    let cover = incident(&console).cover.as_ref().unwrap();
    assert_eq!(cover.kind, EntitlementKind::Pack);
    assert_eq!(message(&console), "10001-4: accepted");
}

#[test]
fn what_is_meant_by_pay_is_that_it_was_paid() {
    let mut console = Desk::logged("per-incident").open();
    for (typed, meant) in [
        ("pay", "paid"),
        ("order", "ordered"),
        ("waive", "waived"),
        ("pay", "paid"),
    ] {
        console.press("p").type_in(typed);
        assert_eq!(form(&console).form.value("what"), meant, "{typed}");
        console.press("esc");
    }
}
