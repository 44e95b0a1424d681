//! Calls kept beside the desk, and what becomes of them when their console ends suddenly.

use chrono_tz::Europe::London;

use crate::console::look::tests::rich;
use crate::console::request::Answer;
use crate::console::testing::{Console, Shop, at};
use crate::incident::{
    Command, Contact, Log, LooseReason, NewCustomer, RunningCall, Step, TechRef,
};
use crate::store::{Holder, Live, SessionId};

const NOW: &str = "2026-11-23T16:00:00Z";
const SIZE: (u16, u16) = (80, 24);

fn desk() -> Console {
    let mut shop = Shop::new(&["severity"]);
    shop.customer(NewCustomer {
        name: "Blue Fern".to_owned(),
        contacts: vec![Contact {
            name: "Ann Reed".to_owned(),
            phones: vec!["+1 555 0100".to_owned()],
            ..Contact::default()
        }],
        ..NewCustomer::default()
    });
    shop.open(NOW, London, SIZE)
}

fn picture(console: &mut Console) -> String {
    console.picture(SIZE, &rich())
}

fn calls(console: &Console) -> Vec<crate::store::LiveCall> {
    let live = Live::if_there(console.path()).unwrap().unwrap();
    live.calls().unwrap()
}

/// The console ends as if it were killed, and its agent starts another one so many seconds later.
fn killed(console: &mut Console, seconds: i64) -> Console {
    let next = console.again(seconds);
    assert!(matches!(
        calls(&next).first().map(|found| found.holder),
        None | Some(Holder::Gone(_))
    ));
    next
}

#[test]
fn a_call_is_on_record_from_its_first_second_and_goes_when_it_is_recorded() {
    let mut console = desk();
    console.press("c");
    let found = calls(&console);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].agent, "mira");
    assert_eq!(
        found[0].call.timer.map(|timer| timer.began_at),
        Some(at(NOW))
    );
    // Typing is kept a little later, all of it in one.
    console.type_in("blue");
    assert_eq!(calls(&console)[0].call.who, "");
    console.wait(1);
    assert_eq!(calls(&console)[0].call.who, "blue");
    console.press("enter H");
    assert!(calls(&console)[0].call.is_held());
    console.wait(30).press("H x");
    let ended = calls(&console)[0].call.clone();
    assert_eq!(
        (ended.seconds(at(NOW)), ended.who.as_str()),
        (1, "Blue Fern")
    );
    console.type_in("w").press("ctrl-d");
    assert!(calls(&console).is_empty());
}

#[test]
fn a_call_that_was_cut_off_goes_on_with_its_time_and_all_that_was_typed() {
    let mut console = desk();
    console.press("c").type_in("blue").press("enter n");
    console
        .type_in("Screens flicker")
        .press("enter")
        .type_in("h");
    console.wait(5);
    let mut console = killed(&mut console, 60);
    let shown = picture(&mut console);
    assert!(shown.contains("A call was cut off"), "{shown}");
    assert!(shown.contains("Blue Fern: began"), "{shown}");
    console.press("ctrl-d");
    let shown = picture(&mut console);
    assert!(shown.contains("● call 1:05"), "{shown}");
    assert!(shown.contains("Screens flicker"), "{shown}");
    console.press("ctrl-d");
    let shown = picture(&mut console);
    assert!(shown.contains("check digit four"), "{shown}");
    console.press("x");
    console.press("ctrl-d");
    assert!(calls(&console).is_empty());
    let incident = console
        .desk()
        .dossier(TechRef::new(10_001), console.model.now);
    let incident = incident.unwrap().incident;
    assert_eq!((incident.opened_at, incident.call_seconds), (at(NOW), 65));
}

#[test]
fn it_is_recorded_as_it_ended_and_the_wrap_up_asks() {
    let mut console = desk();
    console.press("c").type_in("blue").press("enter n");
    console
        .type_in("Screens flicker")
        .press("enter")
        .type_in("h");
    console
        .press("ctrl-d")
        .wait(100)
        .press("m")
        .type_in("rings back")
        .wait(1);
    let mut console = killed(&mut console, 3_600);
    console.type_in("l").press("ctrl-d");
    let shown = picture(&mut console);
    assert!(shown.contains("hanging up"), "{shown}");
    assert!(shown.contains("Answered?"), "{shown}");
    assert!(shown.contains("rings back"), "{shown}");
    console.press("enter ctrl-d");
    let shown = picture(&mut console);
    assert!(shown.contains("recorded on 10001-4"), "{shown}");
    let incident = console
        .desk()
        .dossier(TechRef::new(10_001), console.model.now);
    assert_eq!(incident.unwrap().incident.call_seconds, 101);
}

#[test]
fn it_is_discarded_with_a_reason_which_is_kept_with_its_notes() {
    let mut console = desk();
    console.press("c").type_in("blue").press("enter m");
    console.type_in("about the bill").press("enter").wait(20);
    let mut console = killed(&mut console, 60);
    console.type_in("d").press("ctrl-d");
    assert!(picture(&mut console).contains("Reason is needed."));
    console.type_in("a test").press("ctrl-d");
    let shown = picture(&mut console);
    assert!(shown.contains("the call is discarded"), "{shown}");
    assert!(calls(&console).is_empty());
    let (from, until) = (at(NOW), console.model.now);
    let reasons = console.desk().calls_without_incident(from, until).unwrap();
    assert_eq!(reasons, [LooseReason::CutOff]);
    let shift = console.desk().shift(from, 10).unwrap();
    let kept = shift
        .first()
        .map(|call| (call.about.as_str(), call.seconds));
    assert_eq!(kept, Some(("about the bill\na test", 20)));
}

#[test]
fn one_offer_follows_the_other_and_one_that_is_put_off_comes_again_with_hold() {
    let mut console = desk();
    console.press("c").type_in("blue").press("enter H c");
    console.type_in("no").wait(1);
    let mut console = killed(&mut console, 60);
    assert!(picture(&mut console).contains("Blue Fern: began"));
    console.press("esc");
    assert!(picture(&mut console).contains("no: began"));
    console.press("esc");
    assert!(!picture(&mut console).contains("A call was cut off"));
    console.press("H");
    assert!(picture(&mut console).contains("Blue Fern: began"));
    console.press("ctrl-d");
    let shown = picture(&mut console);
    assert!(shown.contains("Blue Fern · the caller"), "{shown}");
    console.press("H H");
    assert_eq!(calls(&console).len(), 2);
}

#[test]
fn taking_what_is_anothers_wants_the_key_twice() {
    let mut shop = Shop::new(&["severity"]);
    let customer = shop.customer(NewCustomer {
        name: "Blue Fern".to_owned(),
        ..NewCustomer::default()
    });
    let log = Log {
        severity: Some("high".to_owned()),
        ..Log::new(customer, "No sound")
    };
    let number = shop.log("jonas", NOW, log);
    let add = Command::AddAgent("jonas".to_owned());
    shop.run("mira", NOW, &add);
    shop.step("jonas", NOW, number, Step::Assign(Some("jonas".to_owned())));
    let mut console = shop.open("2026-11-23T16:05:00Z", London, SIZE);
    let assignee = |console: &Console| {
        let incident = console.desk().dossier(number, at(NOW)).unwrap().incident;
        incident.assignee
    };
    console.press("A");
    let shown = picture(&mut console);
    assert!(shown.contains("is jonas's: the same key again"), "{shown}");
    // Another key between, and it is asked again.
    console.press("j A");
    assert_eq!(assignee(&console).as_deref(), Some("jonas"));
    console.press("A");
    assert_eq!(assignee(&console).as_deref(), Some("mira"));
}

#[test]
fn the_second_key_takes_only_what_was_asked_about() {
    let mut shop = Shop::new(&["severity"]);
    let customer = shop.customer(NewCustomer {
        name: "Blue Fern".to_owned(),
        ..NewCustomer::default()
    });
    let log = Log {
        severity: Some("high".to_owned()),
        ..Log::new(customer, "No sound")
    };
    let number = shop.log("jonas", NOW, log);
    for agent in ["jonas", "omar"] {
        shop.run("mira", NOW, &Command::AddAgent(agent.to_owned()));
    }
    shop.step("jonas", NOW, number, Step::Assign(Some("jonas".to_owned())));
    let mut console = shop.open("2026-11-23T16:05:00Z", London, SIZE);
    console.press("A");
    assert!(picture(&mut console).contains("is jonas's: the same key again"));
    console.meanwhile("omar", number, Step::Assign(Some("omar".to_owned())));
    console.press("A");
    let shown = picture(&mut console);
    assert!(shown.contains("is omar's: the same key again"), "{shown}");
    let incident = console.desk().dossier(number, at(NOW)).unwrap().incident;
    assert_eq!(incident.assignee.as_deref(), Some("omar"));
}

#[test]
fn an_incident_that_is_typed_in_without_a_call_is_offered_again() {
    let mut console = desk();
    console
        .press("n")
        .type_in("blue")
        .press("enter n")
        .type_in("c");
    console.press("enter").type_in("Screens flicker").wait(1);
    let mut console = killed(&mut console, 60);
    assert!(picture(&mut console).contains("An incident was being typed in"));
    console.press("ctrl-d");
    let shown = picture(&mut console);
    assert!(
        shown.contains("Screens flicker") && shown.contains("without a call"),
        "{shown}"
    );
}

#[test]
fn what_was_typed_into_a_form_is_there_when_it_is_opened_again() {
    let mut shop = Shop::new(&["severity"]);
    let customer = shop.customer(NewCustomer {
        name: "Blue Fern".to_owned(),
        ..NewCustomer::default()
    });
    let log = Log {
        severity: Some("high".to_owned()),
        ..Log::new(customer, "No sound")
    };
    shop.log("jonas", NOW, log);
    let mut console = shop.open("2026-11-23T16:05:00Z", London, SIZE);
    console.press("m").type_in("rings back at five").wait(1);
    let mut console = console.again(60);
    let shown = picture(&mut console);
    assert!(shown.contains("what you typed before is kept"), "{shown}");
    console.press("m");
    let shown = picture(&mut console);
    assert!(shown.contains("rings back at five"), "{shown}");
    console.press("ctrl-d").wait(1);
    // It is saved: nothing is left of it.
    let mut console = console.again(60);
    assert!(!picture(&mut console).contains("kept"));
}

#[test]
fn who_answered_what_rings_is_told_at_the_other_consoles() {
    let mut console = desk();
    let mut live = Live::if_there(console.path()).unwrap().unwrap();
    live.ring("+1 555 0100".into(), at(NOW)).unwrap();
    console.hears();
    let shown = picture(&mut console);
    assert!(shown.contains("Ann Reed"), "{shown}");
    let ring = live.rings(at(NOW)).unwrap().pop().unwrap();
    let now = console.model.now;
    let answered = live.answer(&ring, "jonas", RunningCall::default(), now);
    assert!(answered.unwrap());
    console.hears();
    let shown = picture(&mut console);
    assert!(shown.contains("jonas has answered Ann Reed"), "{shown}");
}

#[test]
fn a_call_that_ended_while_it_was_being_kept_is_not_missed_later() {
    let mut console = desk();
    console.press("c");
    let place = console.model.call.as_ref().unwrap().id.0;
    console.press("ctrl-x").type_in("w").press("ctrl-d");
    // The answer to what was kept in its last moment comes after its end.
    console.take(Answer::Kept(vec![(place, 1)]).into());
    console.press("c").type_in("blue").press("enter");
    let mut live = Live::if_there(console.path()).unwrap().unwrap();
    live.ring("+1 555 0199".into(), at(NOW)).unwrap();
    console.hears();
    let shown = picture(&mut console);
    assert!(shown.contains("+1 555 0199"), "{shown}");
    assert!(!shown.contains("ended or discarded"), "{shown}");
    assert!(shown.contains("Blue Fern · the caller"), "{shown}");
}

#[test]
fn handing_a_caller_to_somebody_without_a_console_warns() {
    let mut console = desk();
    let add = Command::AddAgent("jonas".to_owned());
    let mut desk = crate::store::Desk::open(console.path(), crate::store::Access::Write).unwrap();
    let context = crate::store::Context {
        agent: "mira".to_owned(),
        now: at(NOW),
        ..crate::store::Context::default()
    };
    desk.execute(&add, &context).unwrap();
    let changed = Answer::Changed(crate::console::worker::known(&desk).unwrap());
    console.take(changed.into());
    console
        .press("c")
        .type_in("blue")
        .press("enter T")
        .type_in("jo");
    let shown = picture(&mut console);
    assert!(shown.contains("jonas has no console open"), "{shown}");
    let mut live = Live::if_there(console.path()).unwrap().unwrap();
    live.enter(SessionId::new(), "jonas", at(NOW)).unwrap();
    console.press("esc").hears().press("T").type_in("jo");
    let shown = picture(&mut console);
    assert!(!shown.contains("no console open"), "{shown}");
}
