//! Two consoles on one desk: a form that was opened on older state, steps on what somebody else has open, and what was
//! typed into a form whose console was killed.

use nix::sys::signal::Signal;
use rstest::rstest;

use super::terminal::{LARGE, SMALL, Terminal};
use crate::seen::show;
use crate::shop::Shop;

/// A desk with two agents and two incidents.
fn shop() -> (Shop, [String; 2]) {
    let shop = Shop::new(&["severity"]);
    shop.customer("Blue Fern");
    shop.ok(["agent", "add", "mira"]);
    shop.ok(["agent", "add", "jonas"]);
    let numbers = [(); 2].map(|()| shop.log("Blue Fern", &["--severity", "low"]));
    (shop, numbers)
}

/// A console of this agent with the first incident open.
fn console(shop: &Shop, agent: &str, number: &str, size: (u16, u16)) -> Terminal {
    shop.agent(agent);
    let mut terminal = Terminal::open(shop, size);
    shop.agent("mira");
    terminal.shows(number);
    terminal.type_in(&number.replace('-', "")).press("enter");
    terminal.shows("opened");
    terminal
}

#[rstest]
#[case::small(SMALL)]
#[case::large(LARGE)]
fn a_form_shows_what_somebody_else_changed_and_keeps_what_was_typed(#[case] size: (u16, u16)) {
    let (shop, [number, _]) = shop();
    let mut mira = console(&shop, "mira", &number, size);
    let mut jonas = console(&shop, "jonas", &number, size);
    mira.press("r").shows("Response*");
    mira.type_in("We look into it").shows("We look into it");
    jonas.press("v").shows("Severity*");
    jonas
        .type_in("h")
        .press("ctrl-d")
        .shows("the severity is agreed");
    mira.shows("Changed meanwhile by jonas (");
    mira.shows("at 21:00: Severity high agreed");
    mira.shows("We look into it");
    mira.press("tab").type_in("+2h").shows("in 2h 00m");
    mira.press("ctrl-d").shows("the response is recorded");
    let shown = show(&shop, &number);
    let kinds = shown["timeline"].as_array().unwrap().iter();
    let kinds: Vec<&str> = kinds.filter_map(|entry| entry["kind"].as_str()).collect();
    let place = |kind: &str| kinds.iter().position(|known| *known == kind);
    assert!(place("severity-agreed") < place("responded"), "{kinds:?}");
}

#[test]
fn a_step_on_several_asks_about_those_that_somebody_else_has_open() {
    let (shop, [first, second]) = shop();
    let mut mira = console(&shop, "mira", &first, LARGE);
    let jonas = console(&shop, "jonas", &second, LARGE);
    mira.press("esc").shows("[jonas has it open]");
    mira.type_in("  ").shows("2 marked");
    let asked = format!("jonas has {second} open: the same key again goes on all the same");
    mira.press("A").shows(&asked);
    mira.press("A").shows("2 of 2 can be done.");
    mira.press("enter").shows("2 incidents: assigned to you");
    let assignees = || [&first, &second].map(|number| show(&shop, number)["assignee"].clone());
    assert_eq!(assignees(), ["mira", "mira"]);
    mira.press("u").shows("agent mira -> nobody");
    mira.press("enter")
        .shows("2 incidents: the last step is taken back");
    assert!(assignees().iter().all(serde_json::Value::is_null));
    drop(jonas);
}

#[rstest]
#[case::by_kill_9(Signal::SIGKILL)]
#[case::by_a_hang_up(Signal::SIGHUP)]
#[case::by_sigterm(Signal::SIGTERM)]
fn what_was_typed_into_forms_outlives_their_console(#[case] signal: Signal) {
    let (shop, [number, _]) = shop();
    let mut terminal = console(&shop, "mira", &number, SMALL);
    // One form that was left, and one that is open.
    terminal.press("m").shows("Note*");
    terminal.type_in("It is dark").press("esc").shows("is kept");
    terminal.press("r").shows("Response*");
    terminal.type_in("A lamp comes").shows("A lamp comes");
    // What nobody can hear was kept before; the rest is kept then, to the last letter.
    match signal {
        Signal::SIGKILL => std::thread::sleep(std::time::Duration::from_millis(600)),
        _ => drop(terminal.type_in(" soon").shows("comes soon")),
    }
    terminal.ends_by(signal);
    let mut terminal = Terminal::open(&shop, LARGE);
    terminal.shows("what you typed before is kept for its form:");
    terminal.type_in(&number.replace('-', "")).press("enter");
    terminal.shows("opened");
    terminal.press("m").shows("It is dark");
    terminal.press("ctrl-d").shows("the note is kept");
    terminal.press("r").shows("A lamp comes");
    assert_eq!(
        terminal.screen().contains("comes soon"),
        signal != Signal::SIGKILL
    );
    terminal.shows("Ctrl-R begins anew");
    // Another agent is not offered it.
    let jonas = console(&shop, "jonas", &number, LARGE);
    assert!(!jonas.screen().contains("what you typed before"));
}
