//! What is alive while consoles are open: calls that outlive them.

use nix::sys::signal::Signal;
use rstest::rstest;

use super::terminal::{LARGE, SMALL, Terminal};
use crate::seen::show;
use crate::shop::Shop;

/// A desk with the customer Blue Fern.
fn shop() -> Shop {
    let shop = Shop::new(&["severity"]);
    shop.ok(["customer", "add", "Blue Fern", "--phone", "+1 555 0100"]);
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
