//! The ladder by keys: climbed, answered, taken back.

use super::{Desk, form, incident, message, screen};
use crate::console::testing::Console;
use crate::incident::{Addresses, Arrival, Escalate, MailId, MailIn, NewContact, State, Step, Way};
use crate::policy::Channel;

fn made(call: bool) -> Step {
    Step::Escalate(Escalate {
        level: None,
        ground: "not-understood".to_owned(),
        concern: "We need it by Friday".to_owned(),
        call,
        by_customer: true,
        confirm: None,
    })
}

/// A call with somebody of the ladder.
fn rung(role: &str) -> Step {
    Step::Contact(NewContact {
        with: Some(role.to_owned()),
        ..NewContact::new(Way::In, Channel::Phone)
    })
}

fn answered(level: u8) -> Step {
    Step::AnswerEscalation {
        level,
        answer: "We are on it".to_owned(),
    }
}

fn climb(console: &mut Console, ground: &str) {
    console.type_in(ground).press("tab");
    console.type_in("We need it by Friday").press("ctrl-d");
}

#[test]
fn p4_16_and_17_the_ladder_is_climbed_with_what_each_level_asks() {
    let mut console = Desk::workable("escalation").open();
    console.press("e");
    let shown = screen(&mut console);
    assert!(shown.contains("Level 1: Support manager; tells support.manager@example.com."));
    assert!(!shown.contains("By a call"));
    climb(&mut console, "no");
    assert_eq!(incident(&console).escalation_level(), 1);

    console.press("e");
    let shown = screen(&mut console);
    assert!(shown.contains("escalate to: Account manager"), "{shown}");
    assert!(shown.contains("Level 1 was made Mon 23 Nov 16:45"));
    // What is likely is picked: the answer to the level that was made.
    assert_eq!(form(&console).form.value("what"), "answer level 1");
    console.press("down enter");
    assert!(screen(&mut console).contains("By a call"));
    climb(&mut console, "was");
    assert_eq!(incident(&console).escalation_level(), 2);
}

#[test]
fn p4_19_the_third_level_waits_for_the_answers_and_says_so() {
    let mut console = Desk::workable("escalation")
        .with(made(false))
        .with(made(false))
        .open();
    console.press("e");
    let shown = screen(&mut console);
    assert!(
        shown.contains("Not yet level 3: level 1 is not answered yet"),
        "{shown}"
    );
    for answer in ["A developer is on it", "I rang them"] {
        assert!(form(&console).form.value("what").starts_with("answer"));
        console.press("enter");
        console.type_in(answer).press("ctrl-d");
        assert_eq!(message(&console), "10001-4: the escalation is answered");
        console.press("e");
    }
    let answers: Vec<_> = incident(&console)
        .escalations
        .iter()
        .filter_map(|made| made.answer.as_deref())
        .collect();
    assert_eq!(answers, ["A developer is on it", "I rang them"]);
    assert!(screen(&mut console).contains("Level 3: Chief executive"));
}

#[test]
fn an_escalation_is_taken_back_the_highest_first() {
    let mut console = Desk::workable("escalation")
        .with(made(false))
        .with(made(false))
        .open();
    console.press("e");
    console.type_in("take");
    let shown = screen(&mut console);
    assert!(
        shown.contains("take back level 2") && !shown.contains("take back level 1"),
        "{shown}"
    );
    console.press("enter");
    console.type_in("Settled by telephone").press("ctrl-d");
    assert_eq!(message(&console), "10001-4: the escalation is taken back");
    assert_eq!(incident(&console).escalation_level(), 1);
}

#[test]
fn an_ended_incident_still_takes_the_answer_but_no_higher_level() {
    let close = Step::Close {
        reason: crate::incident::CloseAs::Withdrawn,
        detail: "They moved on".to_owned(),
    };
    let mut console = Desk::workable("escalation")
        .with(made(false))
        .with(close)
        .open();
    console.press("e");
    let shown = screen(&mut console);
    assert!(
        shown.contains("Not yet level 2: 10001-4 is closed, unresolved"),
        "{shown}"
    );
    console.press("enter");
    console.type_in("Sorry").press("ctrl-d");
    assert_eq!(incident(&console).state, State::ClosedUnresolved);
    assert!(incident(&console).escalations[0].answered_at.is_some());
}

#[test]
fn p4_20_the_highest_level_wants_the_number_typed() {
    let desk = Desk::workable("escalation");
    let mut console = desk
        .with(made(false))
        .with(rung("account_manager"))
        .with(made(true))
        .with(answered(1))
        .with(answered(2))
        .open();
    console.press("e enter");
    climb(&mut console, "not u");
    assert_eq!(form(&console).form.focused(), "confirm");
    console.type_in("10002-3");
    console.press("ctrl-d");
    assert!(screen(&mut console).contains("10002-3 is another incident: type 10001-4."));
    console.press("ctrl-u");
    console.type_in("100014");
    console.press("ctrl-d");
    assert_eq!(incident(&console).escalation_level(), 3);
}

#[test]
fn p4_17_the_ground_of_an_escalation_by_mail_is_asked_first_by_the_same_key() {
    let arrival = Arrival {
        identity: "one".to_owned(),
        message_id: None,
        replies_to: Vec::new(),
        sender: Some("ada@blue-fern.test".to_owned()),
        sender_name: None,
        to: Addresses::default(),
        cc: Addresses::new(["support.manager@example.com".to_owned()]),
        subject: "Nobody answers".to_owned(),
        text: None,
        delivered_at: crate::console::testing::at(super::NOW),
        automatic: None,
        by_program: false,
        unclear: None,
        files: Vec::new(),
    };
    let mail = Step::Mail(Box::new(MailIn {
        mail: MailId(1),
        arrival,
    }));
    let mut console = Desk::workable("escalation").with(mail).open();
    let shown = screen(&mut console);
    assert!(shown.contains("ground not said"), "{shown}");
    console.press("e");
    let shown = screen(&mut console);
    assert_eq!(form(&console).form.focused(), "ground", "{shown}");
    assert!(
        shown.contains("by their mail, its ground not said"),
        "{shown}"
    );
    console.press("ctrl-d");
    assert!(screen(&mut console).contains("Ground: pick one of these"));
    console.type_in("not u").press("ctrl-d");
    assert_eq!(message(&console), "10001-4: the ground is recorded");
    let made = &incident(&console).escalations[0];
    assert!(
        made.ground
            .as_deref()
            .is_some_and(|ground| ground.starts_with("not-u"))
    );
    console.press("e");
    assert!(!screen(&mut console).contains("ground of level"));
}
