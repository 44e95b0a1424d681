//! Incidents that come of others, by keys.

use super::{Desk, form, message, number, screen};
use crate::console::testing::Console;
use crate::incident::{Incident, Step, TechRef};
use crate::policy::EntitlementKind;

fn other() -> TechRef {
    TechRef::new(crate::incident::FIRST + 1)
}

fn read(console: &Console, number: TechRef) -> Incident {
    let now = console.model.now;
    console.desk().dossier(number, now).unwrap().incident
}

#[test]
fn p1_11_and_13_another_aspect_is_split_off_and_awaits_its_own_purchase() {
    let mut console = Desk::workable("per-incident").open();
    console.press("s");
    console.type_in("The printer").press("tab tab");
    let shown = screen(&mut console);
    assert!(
        shown.contains("Awaits payment of 139.00 USD before any work."),
        "{shown}"
    );
    assert!(shown.contains("A new incident of the same customer, with a number of its own."));
    console.press("ctrl-d");
    assert_eq!(form(&console).form.focused(), "told", "it is not left open");
    console.press("y ctrl-d");
    assert_eq!(
        message(&console),
        "10002-3: split off, with a number of its own"
    );
    let shown = screen(&mut console);
    assert!(
        shown.contains("The printer") && shown.contains("split from  10001-4"),
        "{shown}"
    );
    let (whole, part) = (read(&console, number()), read(&console, other()));
    assert_eq!(part.forks.split_from, Some(number()));
    assert_eq!(part.forks.told_customer, Some(true));
    assert_eq!(whole.forks.split_into, [other()]);
}

#[test]
fn p3_04_a_split_takes_one_more_of_the_pack() {
    let mut console = Desk::covered("season-ticket", EntitlementKind::Pack)
        .with(Step::Accept { entitlement: None })
        .open();
    console.press("s");
    console.type_in("The printer").press("tab tab n");
    let shown = screen(&mut console);
    assert!(
        shown.contains("Paid by: Season ticket: 9 of 10 left, before this one."),
        "{shown}"
    );
    console.press("ctrl-d");
    assert_eq!(read(&console, other()).forks.told_customer, Some(false));
}

#[test]
fn a_split_asks_what_the_policy_asks_for() {
    let mut console = Desk::workable("severity").open();
    console.press("s");
    console.type_in("The printer").press("ctrl-d");
    assert_eq!(form(&console).form.focused(), "told");
    assert_eq!(
        form(&console).form.value("severity"),
        "normal",
        "as the whole's"
    );
    console.press("y shift-tab c ctrl-d");
    assert_eq!(
        read(&console, other()).severity.asked.as_deref(),
        Some("critical")
    );

    let mut console = Desk::workable("escalation").open();
    console.press("s");
    console.type_in("The printer").press("ctrl-d");
    assert_eq!(form(&console).form.focused(), "detail");
}

#[test]
fn what_has_ended_is_not_split() {
    let close = Step::Close {
        reason: crate::incident::CloseAs::Duplicate,
        detail: "twice".to_owned(),
    };
    let mut console = Desk::workable("severity").with(close).open();
    console.press("s");
    assert!(message(&console).contains("reopen it before you split it"));
}
