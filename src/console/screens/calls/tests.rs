//! The calls, driven by keys over a real desk.

use chrono_tz::Europe::London;

use crate::console::look::tests::rich;
use crate::console::msg::Effect;
use crate::console::testing::{Console, Shop, at};
use crate::incident::{
    Command, Log, LooseCall, LooseReason, NewContact, NewCustomer, NoteKind, RunningCall, Step,
    TechRef, Way,
};
use crate::policy::Channel;
use crate::store::{Context, Live, Ring};

const NOW: &str = "2026-11-24T18:20:00Z";
const SMALL: (u16, u16) = (80, 24);

fn contact(way: Way, seconds: i64, text: &str) -> Step {
    Step::Contact(NewContact {
        seconds,
        text: Some(text.to_owned()),
        ..NewContact::new(way, Channel::Phone)
    })
}

/// Two incidents of one customer: the first to be called back and with a call arranged, the second spoken about today.
fn shop() -> (Shop, TechRef) {
    let mut shop = Shop::new(&["severity"]);
    let fern = shop.customer(NewCustomer {
        name: "Blue Fern".to_owned(),
        ..NewCustomer::default()
    });
    let log = |summary: &str| Log {
        severity: Some("normal".to_owned()),
        ..Log::new(fern, summary)
    };
    let first = shop.log("mira", "2026-11-23T16:00:00Z", log("No sound"));
    let second = shop.log("mira", "2026-11-23T16:10:00Z", log("No picture"));
    let tried = contact(Way::Attempt, 0, "Mailbox");
    shop.step("jonas", "2026-11-23T17:00:00Z", first, tried);
    let spoke = contact(Way::Out, 200, "Asked for the model");
    shop.step("jonas", "2026-11-24T10:00:00Z", second, spoke);
    let sales = Command::CallWithoutIncident(LooseCall {
        reason: LooseReason::Sales,
        seconds: 30,
        held: 0,
        customer: None,
        text: Some("Asked for a price".to_owned()),
    });
    shop.run("mira", "2026-11-24T11:00:00Z", &sales);
    (shop, first)
}

fn open(shop: Shop) -> Console {
    let mut console = shop.open(NOW, London, SMALL);
    console.press("f2");
    console
}

fn picture(console: &mut Console) -> String {
    console.picture(SMALL, &rich())
}

/// What stands on the line that has these words.
fn line(picture: &str, words: &str) -> String {
    let found = picture.lines().find(|line| line.contains(words));
    found
        .unwrap_or_else(|| panic!("no {words} in\n{picture}"))
        .to_owned()
}

#[test]
fn what_is_to_be_done_stands_before_what_was_done() {
    let (shop, _) = shop();
    let mut console = open(shop);
    let shown = picture(&mut console);
    let back = line(&shown, "call back");
    assert!(back.contains("23 Nov 17:00"), "{back}");
    assert!(back.contains("No sound"), "{back}");
    assert!(line(&shown, "  sales ").contains("Asked for a"));
    let called = line(&shown, "Asked for th");
    assert!(called.contains("3:20"), "{called}");
    assert!(called.contains("10:00"), "{called}");
    assert!(shown.find("call back") < shown.find("Asked for"), "{shown}");
    // The keys of an incident work on the selected call's, and Enter opens it.
    console.press("enter");
    assert!(picture(&mut console).contains("10001-4"));
    console.press("backspace");
    assert!(picture(&mut console).contains("Calls of the shift"));
}

#[test]
fn where_there_is_room_the_selected_call_is_told_in_full() {
    let (shop, _) = shop();
    let mut console = open(shop);
    let narrow = picture(&mut console);
    assert!(!narrow.contains("Mon 23 Nov 17:00 GMT"), "{narrow}");
    let mut wide = |keys: &str| {
        console.press(keys);
        console.picture((120, 40), &rich())
    };
    let back = wide("");
    assert!(back.contains("call back · Mon 23 Nov 17:00 GMT"), "{back}");
    // What matters of its incident stands under it.
    assert!(back.contains("open · number not given"), "{back}");
    assert!(line(&back, "Mailbox").contains("answered"), "{back}");
    let spoke = wide("G");
    let head = "called · Tue 24 Nov 10:00 GMT · 3:20 · jonas";
    assert!(spoke.contains(head), "{spoke}");
    // A call without one has nothing more to it.
    let sales = wide("k");
    let head = "sales · Tue 24 Nov 11:00 GMT · 0:30 · mira";
    assert!(sales.contains(head), "{sales}");
    assert!(!sales.contains("open ·"), "{sales}");
}

#[test]
fn who_was_reached_since_is_not_called_back() {
    let (mut shop, first) = shop();
    let spoke = contact(Way::Out, 60, "Reached them");
    shop.step("jonas", "2026-11-24T12:00:00Z", first, spoke);
    let shown = picture(&mut open(shop));
    assert!(!shown.contains("call back"), "{shown}");
    assert!(shown.contains("Reached them"), "{shown}");
}

#[test]
fn an_arranged_call_stands_first_and_says_when_it_is_due() {
    let (mut shop, first) = shop();
    let when = Step::Schedule(at("2026-11-24T18:30:00Z"));
    shop.step("mira", "2026-11-24T12:00:00Z", first, when);
    let mut console = open(shop);
    let arranged = line(&picture(&mut console), "arranged");
    assert!(arranged.contains("18:30"), "{arranged}");
    console.wait(900);
    let due = line(&picture(&mut console), "18:30");
    assert!(due.contains("▲ due"), "{due}");
}

#[test]
fn calls_that_run_here_are_shown_with_their_time() {
    let (shop, _) = shop();
    let mut console = open(shop);
    let shown = picture(&mut console);
    assert!(shown.contains("nobody is on the line here"), "{shown}");
    console.press("c").type_in("blue").press("enter");
    console.wait(65);
    console.press("f2");
    let shown = picture(&mut console);
    assert!(shown.contains("● talking 1:05  Blue Fern"), "{shown}");
    console.press("H");
    console.wait(10);
    console.press("f2");
    let shown = picture(&mut console);
    assert!(shown.contains("⏸ on hold 0:10  Blue Fern"), "{shown}");
}

#[test]
fn an_empty_day_says_what_to_do() {
    let mut console = open(Shop::new(&["severity"]));
    let shown = picture(&mut console);
    assert!(shown.contains("no calls yet today"), "{shown}");
    console.press("enter");
    let shown = picture(&mut console);
    assert!(shown.contains("no incident is selected"), "{shown}");
    console.press("right");
    let shown = picture(&mut console);
    assert!(shown.contains("there is one list of calls"), "{shown}");
}

#[test]
fn a_call_that_goes_on_with_an_incident_is_one_call() {
    let (shop, number) = shop();
    let mut console = open(shop);
    console
        .press("c")
        .type_in(&number.to_string())
        .press("enter");
    console.wait(100).press("x ctrl-d f2");
    let shown = picture(&mut console);
    let times = shown
        .lines()
        .filter(|line| line.contains("  call  "))
        .count();
    assert_eq!(times, 1, "{shown}");
    assert!(line(&shown, "  call  ").contains("1:40"), "{shown}");
}

#[test]
fn all_that_ring_are_counted_and_listed() {
    let mut console = open(shop().0);
    let ring = |id, number: &str| Ring {
        id,
        number: number.to_owned(),
        line: Some("sales line".to_owned()),
        channel: None,
        at: at(NOW),
    };
    console.model.alive.rings = vec![
        (
            ring(1, "+1 202 555 0110"),
            "Blue Fern Trading Company".to_owned(),
        ),
        (ring(2, "+1 202 555 0111"), "nobody known".to_owned()),
    ];
    let shown = picture(&mut console);
    let header = shown.lines().next().unwrap_or_default();
    assert!(header.contains("2 ring (F9"), "{header}");
    assert!(
        shown.contains("rings 0:00, F9 answers  Blue Fern Trading Company, +1 202 555 0110"),
        "{shown}"
    );
    assert!(
        shown.contains("rings 0:00  nobody known, +1 202 555 0111, sales line"),
        "{shown}"
    );
    console.model.now += chrono::TimeDelta::seconds(5);
    assert!(picture(&mut console).contains("rings 0:05"));
}

#[test]
fn the_handover_has_the_next_step_and_whom_to_call_back() {
    let (mut shop, first) = shop();
    let next = Step::Note {
        kind: NoteKind::Next,
        text: "Send the driver".to_owned(),
    };
    shop.step("mira", "2026-11-23T17:10:00Z", first, next);
    let mut console = open(shop);
    console.press("B");
    let shown = console.picture((120, 40), &rich());
    assert!(shown.contains("Next steps: 1"), "{shown}");
    assert!(shown.contains("Send the driver"), "{shown}");
    assert!(shown.contains("To be called back: 1"), "{shown}");
    // What is copied is Markdown, as the command writes it.
    console.press("y");
    let copied = console.effects.iter().find_map(|effect| match effect {
        Effect::Copy(text) => Some(text.as_str()),
        _ => None,
    });
    let copied = copied.unwrap();
    assert!(copied.starts_with("# Handover: "), "{copied}");
    assert!(copied.contains("\n## Next steps: 1\n\n- **"), "{copied}");
}

#[test]
fn a_call_that_was_written_down_later_stands_when_it_was() {
    let (mut shop, _) = shop();
    let context = Context {
        agent: "mira".to_owned(),
        at: Some(at("2026-11-24T08:57:00Z")),
        now: at("2026-11-24T12:00:00Z"),
        ..Context::default()
    };
    let fern = shop.customer(NewCustomer {
        name: "Grey Heron".to_owned(),
        ..NewCustomer::default()
    });
    let log = Log {
        severity: Some("low".to_owned()),
        call_seconds: 600,
        ..Log::new(fern, "Smoke")
    };
    let command = Command::Log(Box::new(log));
    shop.desk.execute(&command, &context).unwrap();
    let shown = picture(&mut open(shop));
    let call = line(&shown, "Smoke");
    assert!(call.contains(" 08:57 "), "{call}");
    // It was the first of the day, and what is newest stands first.
    assert!(shown.find("Asked for") < shown.find("Smoke"), "{shown}");
}

#[test]
fn who_answers_too_late_is_told_who_was_faster() {
    let mut console = open(shop().0);
    let mut live = Live::if_there(console.path()).unwrap().unwrap();
    live.ring("+1 202 555 0110".into(), at(NOW)).unwrap();
    console.look_around();
    let ring = console.model.alive.rings.first().unwrap().0.clone();
    let caller = RunningCall::default();
    let first = live.answer(&ring, "omar", caller, at(NOW)).unwrap();
    assert!(first);
    console.press("R");
    let shown = picture(&mut console);
    assert!(shown.contains("omar has answered it"), "{shown}");
    // Who has given up is nobody's call.
    let id = live.ring("+1 202 555 0111".into(), at(NOW)).unwrap();
    console.look_around();
    assert_eq!(console.model.alive.rings.first().unwrap().0.id, id);
    live.ring_over("+1 202 555 0111".into(), at(NOW)).unwrap();
    console.press("R");
    let shown = picture(&mut console);
    assert!(shown.contains("it rings no more"), "{shown}");
}

#[test]
fn a_call_in_another_year_says_the_year() {
    let (mut shop, first) = shop();
    let when = Step::Schedule(at("2027-11-29T09:00:00Z"));
    shop.step("mira", "2026-11-24T12:00:00Z", first, when);
    let mut console = open(shop);
    let arranged = line(&picture(&mut console), "arranged");
    assert!(arranged.contains(" 29 Nov 2027 "), "{arranged}");
    let wide = console.picture((120, 40), &rich());
    assert!(wide.contains("Mon 29 Nov 2027 09:00 GMT"), "{wide}");
    assert!(wide.contains("29 Nov 2027"), "{wide}");
}
