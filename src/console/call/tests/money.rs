//! What pays for an incident: chosen at intake, and watched while the call goes on.

use super::*;
use crate::incident::{Command, EntitlementId, NewEntitlement};
use crate::policy::EntitlementKind;

/// A console on a desk where Blue Fern has these entitlements, of so many seconds where they are hours.
fn desk_with(mut shop: Shop, owned: &[(EntitlementKind, Option<i64>)]) -> Console {
    let customer = blue_fern(&mut shop, None);
    for (kind, seconds) in owned {
        let new = NewEntitlement {
            customer,
            kind: *kind,
            from: None,
            to: None,
            count: None,
            seconds: *seconds,
            method: None,
            reference: None,
            price: None,
        };
        shop.run("mira", EARLIER, &Command::AddEntitlement(new));
    }
    shop.open(NOW, London, SIZES[0])
}

#[test]
fn p3_02_another_entitlement_is_chosen_where_several_fit() {
    let one = [(EntitlementKind::PerIncident, None)];
    let mut console = desk_with(Shop::new(&["per-incident"]), &one);
    console.press("c").type_in("blue").press("enter n");
    let shown = picture(&mut console);
    assert!(
        !shown.contains("Paid by  "),
        "there is nothing to choose from: {shown}"
    );

    let text = crate::policy::shipped("season-ticket").unwrap();
    let text = text.replacen("acceptance = true", "acceptance = false", 1);
    let pack = (EntitlementKind::Pack, None);
    let shop = Shop::under(std::iter::once(text));
    let mut console = desk_with(shop, &[one[0], pack, pack]);
    console.press("c").type_in("blue").press("enter");
    let shown = picture(&mut console);
    assert!(
        shown.contains("Paid incidents: 1 of 1 left, and 2 more to choose from"),
        "{shown}"
    );
    console.press("n").type_in("No sound");
    console.press("shift-tab").type_in("season");
    let shown = picture(&mut console);
    assert!(
        shown.contains("Paid by: Season ticket: 10 of 10 left, before this one."),
        "{shown}"
    );
    console.press("ctrl-d");
    let cover = incident(&console, first()).cover.unwrap();
    assert_eq!(cover.entitlement, Some(EntitlementId(2)));
}

#[test]
fn p5_05_a_running_call_warns_before_the_prepaid_hours_end() {
    let hours = [(EntitlementKind::Hours, Some(1_800))];
    let mut console = desk_with(Shop::new(&["tech-reference"]), &hours);
    console.press("c").type_in("blue").press("enter n");
    console.type_in("No sound").press("enter").type_in("f");
    console.press("enter").type_in("o").press("ctrl-d");
    assert!(incident(&console, first()).cover.is_some());
    assert!(!picture(&mut console).contains("prepaid hours"));
    console.wait(899);
    assert!(!picture(&mut console).contains("prepaid hours"));
    console.wait(1);
    let shown = picture(&mut console);
    assert!(shown.contains("▲ prepaid hours end in 15:00"), "{shown}");
    // It says so wherever the agent is, and not while the caller is on hold.
    console.press("H").wait(600).press("H").wait(840);
    console.press("f1");
    let shown = picture(&mut console);
    assert!(shown.contains("▲ prepaid hours end in 1:00"), "{shown}");
    console.wait(90);
    let shown = picture(&mut console);
    assert!(
        shown.contains("▲ prepaid hours used up, 0:30 over"),
        "{shown}"
    );
}

fn season_tickets(console: &mut Console) {
    let mut desk = crate::store::Desk::open(console.path(), crate::store::Access::Write).unwrap();
    let customer = desk.customer_named("Blue Fern").unwrap().id;
    let new = NewEntitlement {
        customer,
        kind: EntitlementKind::Pack,
        from: None,
        to: None,
        count: None,
        seconds: None,
        method: None,
        reference: None,
        price: None,
    };
    let context = crate::store::Context {
        agent: "mira".to_owned(),
        now: console.model.now,
        ..crate::store::Context::default()
    };
    desk.execute(&Command::AddEntitlement(new), &context)
        .unwrap();
    let changed = crate::console::worker::known(&desk).unwrap();
    console.take(crate::console::request::Answer::Changed(changed).into());
}

#[test]
fn p3_02_a_ticket_that_is_bought_afterwards_pays_for_what_awaits_payment() {
    let mut console = desk_with(Shop::new(&["season-ticket"]), &[]);
    console.press("c").type_in("blue").press("enter n");
    console.type_in("No sound").press("ctrl-d i");
    let shown = picture(&mut console);
    assert!(shown.contains("awaits payment of 60.00 GBP"), "{shown}");
    console.press("p");
    assert!(!picture(&mut console).contains("by what they have"));
    console.press("esc");
    season_tickets(&mut console);
    console.press("p");
    let shown = picture(&mut console);
    assert!(
        shown.contains("by what they have: Season ticket: 10 of 10 left"),
        "{shown}"
    );
    assert!(shown.contains("Paid by: Season ticket"), "{shown}");
    // A unit is lost by it: it is told first.
    console.press("ctrl-d");
    let waits = incident(&console, first()).state;
    assert_eq!(waits, crate::incident::State::AwaitingPayment);
    console.press("ctrl-d");
    let paid = incident(&console, first());
    assert_eq!(paid.state, crate::incident::State::Open);
    assert_eq!((paid.owed(), paid.charge), (None, None));
    let shown = picture(&mut console);
    assert!(
        shown.contains("Season ticket: 1 taken, 9 of 10 left"),
        "{shown}"
    );
    console.press("u ctrl-d");
    let again = incident(&console, first());
    assert_eq!(again.state, crate::incident::State::AwaitingPayment);
    assert_eq!(again.owed().unwrap().to_string(), "60.00 GBP");
}

#[test]
fn what_pays_only_later_is_said_on_the_card() {
    let mut shop = Shop::new(&["per-incident"]);
    let customer = blue_fern(&mut shop, None);
    let new = NewEntitlement {
        customer,
        kind: EntitlementKind::PerIncident,
        from: Some("2026-12-31".parse().unwrap()),
        to: None,
        count: Some(2),
        seconds: None,
        method: None,
        reference: None,
        price: None,
    };
    shop.run("mira", EARLIER, &Command::AddEntitlement(new));
    let mut console = shop.open(NOW, London, SIZES[0]);
    console.press("c").type_in("blue").press("enter");
    let shown = picture(&mut console);
    assert!(
        shown.contains("from 31 Dec 2026 Paid incidents: 2 of 2 left"),
        "{shown}"
    );
}

#[test]
fn the_ticket_on_sale_is_mentioned_where_a_payment_is_asked_for() {
    let mut console = desk_with(Shop::new(&["season-ticket"]), &[]);
    console.press("c").type_in("blue").press("enter n");
    console.type_in("No sound").press("ctrl-d i p");
    let shown = picture(&mut console);
    assert!(
        shown.contains("Season ticket on sale too, 10 for"),
        "{shown}"
    );
}
