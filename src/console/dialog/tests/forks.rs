//! Incidents that come of others, by keys.

use super::{Desk, ME, NOW, form, message, number, screen};
use crate::console::testing::Console;
use crate::incident::{Command, Contact, Incident, NewCustomer, State, Step, TechRef};
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
fn what_a_split_writes_has_no_number_yet() {
    let mut desk = Desk::workable("tech-reference");
    let mails = vec!["ada@example.com".to_owned()];
    let new = Contact {
        name: "Ada Crumb".to_owned(),
        mails,
        ..Contact::default()
    };
    desk.shop
        .run(ME, NOW, &Command::AddContact(desk.customer, new, None));
    let mut console = desk.open();
    console.press("s");
    console.type_in("The printer").press("tab tab y");
    let wording = form(&console).message(&console.model).unwrap();
    assert!(wording.subject.starts_with("[new number] "), "{wording:?}");
    assert!(!wording.text.contains("10001-4"), "{wording:?}");
    assert!(wording.text.contains("[new number]"), "{wording:?}");
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

/// Two open incidents of one customer, and the console with the second one open.
fn twice(policy: &str) -> Console {
    let mut desk = Desk::workable(policy);
    let mut log = crate::incident::Log::new(desk.customer, "The panel, once more");
    log.severity = (policy == "severity").then(|| "critical".to_owned());
    assert_eq!(desk.shop.log(ME, NOW, log), other());
    let mut console = desk.open();
    console.press("esc");
    console.type_in("100023").press("enter");
    console
}

#[test]
fn p1_12_what_was_logged_twice_is_merged_and_its_number_leads_to_the_other_one() {
    let mut console = twice("severity");
    console.press("M");
    let shown = screen(&mut console);
    assert!(
        shown.contains("10001-4  The oven's panel stays dark"),
        "{shown}"
    );
    console.press("1");
    let shown = screen(&mut console);
    assert!(
        shown.contains("10002-3 leads to 10001-4 from now on, and its own clocks end."),
        "{shown}"
    );
    console.press("enter");
    assert_eq!(
        message(&console),
        "10001-4: the other number leads here from now on"
    );
    let shown = screen(&mut console);
    assert!(shown.contains("merged from 10002-3"), "{shown}");
    assert_eq!(read(&console, other()).forks.leads_to(), Some(number()));

    // The number of the one that was merged opens the one that goes on.
    console.press("esc");
    console.type_in("100023").press("enter");
    assert_eq!(message(&console), "10002-3 was merged into 10001-4");
    let shown = screen(&mut console);
    assert!(shown.contains("10001-4  Fennel Bakery"), "{shown}");

    // And it is taken out again from there.
    console.press("M t");
    let shown = screen(&mut console);
    eprintln!("{shown} {}", message(&console));
    assert!(
        shown.contains("10002-3 is an incident of its own again"),
        "{shown}"
    );
    console.press("enter");
    assert_eq!(message(&console), "10002-3: an incident of its own again");
    assert_eq!(read(&console, other()).forks.leads_to(), None);
    assert!(screen(&mut console).contains("10001-4  Fennel Bakery"));
}

#[test]
fn a_merge_tells_what_becomes_of_the_money() {
    let mut console = twice("per-incident");
    console.press("M 1");
    let shown = screen(&mut console);
    assert!(
        shown.contains("139.00 USD is not owed for 10002-3 any more."),
        "{shown}"
    );
    // The other way round, what was paid would pay for nothing.
    console.press("esc esc esc");
    console.type_in("100014").press("enter M");
    assert_eq!(
        message(&console),
        "10002-3 awaits its payment and 10001-4 does not: merge 10002-3 into 10001-4 instead"
    );
}

#[test]
fn a_merge_that_moves_what_was_paid_is_confirmed() {
    let mut desk = Desk::workable("per-incident");
    let log = crate::incident::Log::new(desk.customer, "The panel, once more");
    assert_eq!(desk.shop.log(ME, NOW, log), other());
    let paid = Step::Pay {
        method: "online".to_owned(),
        reference: "CC-4711".to_owned(),
        amount: None,
    };
    desk.shop.step(ME, NOW, other(), paid);
    let mut console = desk.open();
    console.press("esc");
    console.type_in("100023").press("enter M 1 ctrl-d");
    let shown = screen(&mut console);
    assert!(
        shown.contains("139.00 USD stays with the customer, and pays for another incident."),
        "{shown}"
    );
    assert!(shown.contains("Once more Ctrl-D does it."), "{shown}");
    assert_eq!(
        read(&console, other()).state,
        State::Open,
        "nothing is done yet"
    );
    console.press("ctrl-d");
    assert_eq!(read(&console, other()).forks.leads_to(), Some(number()));
}

#[test]
fn a_merge_tells_of_the_response_that_moves() {
    let mut desk = Desk::workable("escalation");
    let mut log = crate::incident::Log::new(desk.customer, "The panel, once more");
    log.detail = Some("It is dark again.".to_owned());
    assert_eq!(desk.shop.log(ME, "2026-11-20T10:00:00Z", log), other());
    let mut console = desk.open();
    console.press("esc");
    console.type_in("100023").press("enter M 1");
    let shown = screen(&mut console);
    assert!(
        shown.contains("▲ The response of 10001-4 moves from Tue 24 Nov 16:45 GMT to Mon 23 Nov"),
        "{shown}"
    );
}

#[test]
fn a_merged_incident_in_a_list_is_unmerged_by_one_key_more() {
    let mut console = twice("severity");
    console.press("M 1 enter esc esc /");
    console.type_in("state:merged").press("enter");
    console.press("M");
    let shown = screen(&mut console);
    assert!(shown.contains("Unmerge 10002-3"), "{shown}");
    console.press("enter");
    assert_eq!(read(&console, other()).forks.leads_to(), None);
}

#[test]
fn alone_there_is_nothing_to_merge_with() {
    let mut console = Desk::workable("severity").open();
    console.press("M");
    assert_eq!(
        message(&console),
        "Fennel Bakery has no other open incident to merge it into"
    );
}

#[test]
fn incidents_that_have_to_do_with_each_other_are_linked_and_unlinked() {
    let mut console = twice("severity");
    console.press("L 1");
    let shown = screen(&mut console);
    assert!(
        shown.contains("Each of the two names the other; nothing else about 10002-3"),
        "{shown}"
    );
    console.press("enter");
    assert_eq!(message(&console), "10002-3: linked");
    let shown = screen(&mut console);
    assert!(shown.contains("linked      10001-4"), "{shown}");
    assert_eq!(read(&console, number()).forks.linked, [other()]);
    console.press("L u enter");
    assert_eq!(message(&console), "10002-3: no longer linked");
    assert_eq!(read(&console, number()).forks.linked, []);
}

#[test]
fn a_link_leads_to_any_number_and_a_wrong_one_is_said_at_the_field() {
    let mut console = twice("severity");
    console.press("L a tab");
    console.type_in("10001-5").press("ctrl-d");
    let shown = screen(&mut console);
    assert!(
        shown.contains("not a Tech Reference number: one digit is wrong"),
        "{shown}"
    );
    console.press("ctrl-u").type_in("10002-3");
    let shown = screen(&mut console);
    assert!(
        shown.contains("10002-3 is this incident itself."),
        "{shown}"
    );
    console.press("ctrl-u").type_in("10001-4").press("enter");
    assert_eq!(read(&console, other()).forks.linked, [number()]);
}

#[test]
fn an_incident_is_marked_as_a_known_fault_and_another_counted_to_it() {
    let mut console = twice("severity");
    console.press("=");
    assert!(message(&console).contains("no other incident is marked as a known fault"));
    console.press("esc");
    console.type_in("100014").press("enter f");
    assert!(read(&console, number()).forks.known);
    assert!(message(&console).starts_with("10001-4: a known fault"));
    console.press("esc");
    console.type_in("100023").press("enter =");
    let shown = screen(&mut console);
    assert!(
        shown.contains("10001-4  The oven's panel stays dark"),
        "{shown}"
    );
    console.press("enter");
    assert_eq!(message(&console), "10002-3: counted to the known fault");
    assert_eq!(read(&console, other()).forks.same_as, Some(number()));
    let shown = screen(&mut console);
    assert!(
        shown.contains("same as     10001-4, a known fault"),
        "{shown}"
    );
    console.press("d");
    let shown = screen(&mut console);
    assert!(shown.contains("It has the known fault 10001-4"), "{shown}");
    console.press("esc = n enter");
    assert_eq!(message(&console), "10002-3: another fault after all");
    assert_eq!(read(&console, other()).forks.same_as, None);
}

/// A known fault, and so many others who have it; the first of them can be written to.
fn many(others: usize) -> Console {
    let mut desk = Desk::workable("severity").with(Step::Known(true));
    for n in 0..others {
        let contact = Contact {
            name: format!("Caller {n}"),
            mails: (n == 0)
                .then(|| "caller@red-oak.test".to_owned())
                .into_iter()
                .collect(),
            ..Contact::default()
        };
        let customer = desk.shop.customer(NewCustomer {
            name: format!("Customer {n}"),
            contacts: vec![contact.clone()],
            ..NewCustomer::default()
        });
        let mut log = crate::incident::Log::new(customer, "");
        log.same_as = Some(number());
        log.severity = Some("high".to_owned());
        log.contact = Some(contact);
        desk.shop.log(ME, NOW, log);
    }
    desk.open()
}

#[test]
fn a_known_fault_is_resolved_for_all_and_each_caller_told_once() {
    let mut console = many(3);
    let shown = screen(&mut console);
    assert!(
        shown.contains("3 other open incidents are counted to it: 10002-3, 10003-8, 10004-6"),
        "{shown}"
    );
    console.press("d").type_in("fixed");
    let shown = screen(&mut console);
    assert!(shown.contains("The same too"), "{shown}");
    assert!(
        shown.contains("3 others have this fault: resolved with it"),
        "{shown}"
    );
    // The message begins as the policy's own, and every name in it is checked.
    let text = form(&console).form.value("message");
    assert!(text.starts_with("Dear {contact},"), "{text}");
    console.press("tab tab tab tab tab");
    assert_eq!(form(&console).form.focused(), "message");
    console.type_in("{whom} ").press("ctrl-d");
    let shown = screen(&mut console);
    assert!(shown.contains("{whom} stands for nothing in it"), "{shown}");
    console.press("backspace backspace backspace backspace backspace backspace backspace ctrl-d");
    // Who is resolved, who can be told and who not stands there before anything is done.
    let shown = screen(&mut console);
    assert!(
        shown.contains("Resolves with 10001-4: 10002-3, 10003-8, 10004-6; 1 message."),
        "{shown}"
    );
    assert!(
        shown.contains("Without a mail address, so call them:"),
        "{shown}"
    );
    assert_eq!(read(&console, number()).state, State::Open);
    console.press("ctrl-d");
    let said = "10001-4: resolved, with 3 more; 1 message waits in the outbox; u takes all back";
    assert_eq!(message(&console), said);
    let shown = screen(&mut console);
    assert!(
        shown.contains("Without a mail address, so call them:"),
        "{shown}"
    );
    assert!(shown.contains("10003-8"), "{shown}");
    console.press("esc");
    for sequence in 1..=3 {
        let number = TechRef::new(crate::incident::FIRST + sequence);
        assert_eq!(read(&console, number).state, State::Resolved);
    }
    // What one did oneself is no news.
    assert!(console.model.queue.changed.is_empty());
    // A step on several is taken back on all of them.
    console.press("u");
    let shown = screen(&mut console);
    assert!(shown.contains("4 of 4 can be done."), "{shown}");
    console.press("enter");
    for sequence in 0..=3 {
        let number = TechRef::new(crate::incident::FIRST + sequence);
        assert_eq!(read(&console, number).state, State::Open);
    }
}

#[test]
fn those_who_have_a_known_fault_may_stay_open() {
    let mut console = many(1);
    console.press("d").type_in("fixed");
    console.press("tab tab tab tab");
    assert_eq!(form(&console).form.focused(), "same");
    console.press("n");
    let shown = screen(&mut console);
    assert!(
        shown.contains("1 other has this fault, and stay as they are."),
        "{shown}"
    );
    console.press("ctrl-d");
    assert!(message(&console).starts_with("10001-4: resolved"));
    assert!(read(&console, other()).state.is_open());
    // They can still be resolved and told later.
    console.press("d").type_in("fixed");
    let shown = screen(&mut console);
    assert!(!shown.contains("The same too"), "{shown}");
    console.press("ctrl-d ctrl-d");
    assert_eq!(read(&console, other()).state, State::Resolved);
}
