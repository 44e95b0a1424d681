//! What is alive while consoles are open: calls that outlive them.

use nix::sys::signal::Signal;
use rstest::rstest;

use super::backup::until;
use super::terminal::{LARGE, SMALL, Terminal};
use crate::seen::show;
use crate::shop::Shop;

/// A desk with the customer Blue Fern.
fn shop() -> Shop {
    let shop = Shop::new(&["severity"]);
    shop.ok(["customer", "add", "Blue Fern", "--phone", "+1 555 0100"]);
    shop.ok(["agent", "add", "mira"]);
    shop.ok(["agent", "add", "jonas"]);
    shop
}

/// A call of Blue Fern's, with a form half filled in.
fn in_a_call(shop: &Shop) -> Terminal {
    let mut terminal = Terminal::open(shop, SMALL);
    terminal.press("c").shows("Who rings?");
    terminal.type_in("blue").shows("+1 555 0100");
    terminal.press("enter").shows("nothing open");
    terminal.press("n").shows("Summary*");
    terminal.type_in("Screens flicker").shows("Screens flicker");
    terminal
}

#[rstest]
#[case::by_kill_9(Signal::SIGKILL)]
#[case::by_a_hang_up(Signal::SIGHUP)]
#[case::by_sigterm(Signal::SIGTERM)]
fn a_call_outlives_its_console(#[case] signal: Signal) {
    let shop = shop();
    let mut terminal = in_a_call(&shop);
    if signal == Signal::SIGKILL {
        // Nothing can be done any more then: what was typed before is kept.
        std::thread::sleep(std::time::Duration::from_millis(600));
    }
    // A sudden end that can be heard keeps the last letter too.
    if signal != Signal::SIGKILL {
        terminal.type_in("!").shows("Screens flicker!");
    }
    terminal.ends_by(signal);
    shop.at("2026-11-23T21:02:00Z");
    let mut terminal = Terminal::open(&shop, LARGE);
    terminal.shows("A call was cut off");
    terminal.shows("Blue Fern: began Mon 21:00 UTC");
    terminal.press("ctrl-d").shows("call 2:0");
    terminal.shows("Screens flicker");
    if signal != Signal::SIGKILL {
        terminal.shows("Screens flicker!");
    }
    terminal.press("enter").type_in("h").press("ctrl-d");
    terminal.shows("check digit four");
    terminal.press("x").shows("hanging up");
    terminal.press("ctrl-d").shows("recorded on 10001-4");
    let shown = show(&shop, "10001-4");
    assert_eq!(shown["opened_at"], "2026-11-23T21:00:00Z");
    assert!(shown["call_seconds"].as_i64().unwrap() >= 120, "{shown}");
    // It is over: nothing is offered any more.
    drop(terminal);
    let terminal = Terminal::open(&shop, LARGE);
    assert!(!terminal.shows("10001-4").contains("cut off"));
}

#[test]
fn the_file_of_what_is_alive_may_be_deleted_at_any_moment() {
    let shop = shop();
    let mut terminal = in_a_call(&shop);
    for ending in ["live", "live-wal", "live-shm"] {
        let _ = std::fs::remove_file(shop.path(&format!("desk.holdline.{ending}")));
    }
    terminal.type_in("!").shows("Screens flicker!");
    // The call goes on, and is kept in a new one.
    let new = shop.path("desk.holdline.live");
    let since = std::time::Instant::now();
    while !new.exists() {
        assert!(since.elapsed().as_secs() < 20);
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    terminal.type_in("!").shows("Screens flicker!!");
    terminal.ends_by(Signal::SIGTERM);
    let mut terminal = Terminal::open(&shop, SMALL);
    terminal.shows("A call was cut off");
    terminal.press("ctrl-d").shows("Screens flicker!!");
}

/// Waits until the screen has this text no more.
fn loses(terminal: &Terminal, text: &str) {
    let since = std::time::Instant::now();
    while terminal.screen().contains(text) {
        assert!(since.elapsed().as_secs() < 20, "{}", terminal.screen());
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
}

/// A console of this agent.
fn console(shop: &Shop, agent: &str) -> Terminal {
    shop.agent(agent);
    let terminal = Terminal::open(shop, LARGE);
    shop.agent("mira");
    terminal
}

#[test]
fn a_ring_shows_on_every_console_and_is_answered_by_one() {
    let shop = shop();
    let mut mira = console(&shop, "mira");
    let jonas = console(&shop, "jonas");
    mira.shows("mira, jonas");
    // The number in another notation, with the country's code in front.
    let rang = shop.ok(["ring", "--from", "001-555-01 00", "--line", "support"]);
    assert!(rang.ends_with(" Blue Fern"), "{rang}");
    let since = std::time::Instant::now();
    mira.shows("rings (F9 answers): Blue Fern, 001-555-01 00, support");
    jonas.shows("rings (F9 answers): Blue Fern");
    assert!(since.elapsed().as_millis() < 2_000);
    mira.press("R").shows("● call 0:0");
    mira.shows("Blue Fern · C-0001");
    loses(&jonas, "rings (F9 answers): Blue Fern");
    loses(&mira, "rings (F9 answers): Blue Fern");
    let refused = mira.press("m").type_in("hello").press("enter").press("R");
    refused.shows("nothing rings");
    // A second one rings while something is typed: F9 answers, and the first waits on hold.
    mira.press("n").shows("Summary*");
    mira.type_in("No sound").shows("No sound");
    shop.ok(["ring", "--from", "anonymous"]);
    mira.shows("rings (F9 answers): nobody known");
    mira.type_in("\u{1b}[20~").shows("on hold 0:");
    mira.shows("Who rings?");
    mira.press("esc H").shows("2 on hold");
    mira.press("H").shows("Which one is taken back?");
    mira.press("enter").shows("No sound");
    // Whoever gives up rings no more.
    shop.ok(["ring", "--from", "5550100"]);
    jonas.shows("rings (F9 answers): Blue Fern");
    shop.ok(["ring", "--from", "5550100", "--over"]);
    loses(&jonas, "rings (F9 answers): Blue Fern");
}

#[test]
fn commands_and_the_console_work_on_one_call() {
    let shop = shop();
    let mut mira = console(&shop, "mira");
    let id = shop.ok(["call", "start", "--from", "+1 555 0100"]);
    mira.shows("● call 0:0");
    mira.shows("nothing open");
    shop.ok(["call", "hold"]);
    mira.shows("on hold 0:");
    assert_eq!(shop.json(["call", "list"])[0]["state"], "on hold");
    shop.ok(["call", "answer", &id]);
    mira.shows("nothing open");
    loses(&mira, "on hold");
    mira.press("n").shows("Summary*");
    mira.type_in("No sound")
        .press("enter")
        .type_in("h")
        .press("ctrl-d");
    mira.shows("check digit four");
    let hung_up = shop.ok(["call", "end"]);
    assert!(
        hung_up.contains("mira's console asks what is missing"),
        "{hung_up}"
    );
    mira.shows("hanging up");
    mira.press("ctrl-d").shows("recorded on 10001-4");
    assert!(shop.json(["call", "list"]).as_array().unwrap().is_empty());
    // What the command says is enough: then it records the call, and the console lets it go.
    shop.ok(["call", "start"]);
    mira.shows("Who rings?");
    shop.ok(["call", "end", "--no-incident", "wrong-number"]);
    mira.shows("the call was ended or discarded by a command");
    loses(&mira, "Who rings?");
}

#[test]
fn a_call_is_handed_over_with_its_timer() {
    let shop = shop();
    let mut mira = console(&shop, "mira");
    let mut jonas = console(&shop, "jonas");
    mira.press("c").shows("Who rings?");
    mira.type_in("blue").shows("+1 555 0100");
    mira.press("enter").shows("nothing open");
    mira.press("m").type_in("about the bill").press("enter");
    mira.shows("note kept: about the bill");
    mira.press("T").shows("Hand to*");
    mira.type_in("j").press("enter");
    mira.shows("jonas has the call now, on hold");
    jonas.shows("handed over by mira: H takes the call");
    jonas.press("H").shows("note kept: about the bill");
    jonas.shows("● call 0:0");
    // A wrong name is refused, and so is handing it to who has it.
    let id = shop.json(["call", "list"])[0]["id"].to_string();
    assert!(
        shop.fails(3, ["call", "hand", &id, "--to", "jona"])
            .contains("did you mean jonas?")
    );
    assert!(
        shop.fails(1, ["call", "hand", &id, "--to", "jonas"])
            .contains("with jonas already")
    );
    shop.ok(["call", "hand", &id, "--to", "mira"]);
    jonas.shows("mira has the call now");
    mira.shows("on hold 0:");
}

#[test]
fn who_has_an_incident_open_shows_and_is_asked_about() {
    let shop = shop();
    let number = shop.log("Blue Fern", &["--severity", "high"]);
    let mut mira = console(&shop, "mira");
    let mut jonas = console(&shop, "jonas");
    mira.shows(&number);
    mira.press("enter").shows("opened");
    jonas.shows("[mira has it open]");
    jonas
        .press("A")
        .shows("the same key again goes on all the same");
    assert!(show(&shop, &number)["assignee"].is_null());
    jonas.press("A").shows("assigned to you");
    assert_eq!(show(&shop, &number)["assignee"], "jonas");
    jonas.press("enter").shows("also open");
    // Once nobody else has it open, nothing is asked.
    mira.press("esc").shows("All open");
    loses(&jonas, "also open");
    jonas.press("r").shows("Response*");
}

/// Two callers wait, each with a time of its own; a third rings, and is handed over with what was noted.
#[test]
fn two_wait_on_hold_while_a_third_is_answered_and_handed_over() {
    let shop = shop();
    shop.ok(["customer", "add", "Otter", "--phone", "+1 555 0155"]);
    let number = shop.log("Blue Fern", &["--severity", "high"]);
    let mut mira = console(&shop, "mira");
    let mut jonas = console(&shop, "jonas");
    mira.press("c").shows("Who rings?");
    mira.type_in(&number).shows(", Blue Fern, open: ");
    mira.press("enter").shows("continued");
    std::thread::sleep(std::time::Duration::from_millis(1_100));
    mira.press("H c").shows("on hold 0:");
    mira.type_in("otter").shows("+1 555 0155");
    mira.press("enter").shows("nothing open");
    mira.press("n").shows("Summary*");
    mira.type_in("No sound").shows("No sound");
    // Ctrl-T also while one types: what was typed waits with the call.
    mira.type_in("\u{14}").shows("2 on hold");
    let queue = mira.shows("Blue Fern");
    assert!(queue.contains("All open"), "{queue}");
    // The third rings and is answered by one key.
    shop.ok(["ring", "--from", "+1 555 0199", "--line", "support"]);
    mira.shows("rings (F9 answers): nobody known, +1 555 0199");
    mira.press("R").shows("Who rings?");
    mira.shows("2 on hold");
    mira.shows("+1 555 0199");
    mira.press("esc T").shows("Hand to*");
    mira.type_in("j").press("enter");
    mira.shows("jonas has the call now");
    jonas.shows("on hold here, handed over by mira");
    jonas.press("H").shows("+1 555 0199");
    // Each of the two has its own times.
    mira.press("H").shows("Which one is taken back?");
    let held = mira.shows("call 0:0");
    let lines: Vec<&str> = held
        .lines()
        .filter(|line| line.contains("on hold 0:") && line.contains(", call 0:"))
        .collect();
    assert_eq!(lines.len(), 2, "{held}");
    let calls = shop.json(["call", "list"]);
    let of = |who: &str| {
        let mut calls = calls.as_array().unwrap().iter();
        calls.find(|call| call["who"] == who).unwrap().clone()
    };
    assert!(of("Blue Fern")["held_seconds"].as_i64() >= of("Otter")["held_seconds"].as_i64());
    assert_eq!(of("+1 555 0199")["agent"], "jonas");
    mira.press("down enter").shows("No sound");
    mira.press("enter").type_in("h").press("ctrl-d");
    mira.shows("check digit");
    mira.press("K x").shows("hanging up");
    mira.press("ctrl-d").shows("recorded on");
    mira.press("H").shows("continued");
    mira.press("x").shows("hanging up");
    mira.press("ctrl-d").shows(&format!("recorded on {number}"));
    jonas.type_in("\u{18}").shows("Kept with it: +1 555 0199");
    jonas
        .type_in("w")
        .press("ctrl-d")
        .shows("without an incident");
    // Kept beside the desk until what was recorded is acknowledged, it goes a moment after the word.
    until("no call is left", || {
        let left = shop.json(["call", "list"]);
        left.as_array().unwrap().is_empty()
    });
}
