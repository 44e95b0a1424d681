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
