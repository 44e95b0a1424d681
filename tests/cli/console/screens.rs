//! The screens beside the queue, in a terminal.

use std::time::{Duration, Instant};

use super::terminal::{LARGE, SMALL, Terminal};
use crate::shop::Shop;

/// F2, F3 and F5 as terminals send them.
const F2: &str = "\u{1b}OQ";
const F3: &str = "\u{1b}OR";
const F5: &str = "\u{1b}[15~";

#[test]
fn a_call_that_nobody_answered_is_to_be_tried_again() {
    let shop = Shop::new(&["severity"]);
    shop.customer("Blue Fern");
    let number = shop.log("Blue Fern", &["--severity", "low"]);
    for size in [SMALL, LARGE] {
        let mut terminal = Terminal::open(&shop, size);
        terminal.type_in(F2).shows("Calls of the shift");
        shop.ok(["call", "log", &number, "--attempt"]);
        terminal.shows("call back");
        terminal.press("enter").shows("Blue Fern");
        shop.ok(["call", "log", &number, "--out"]);
        terminal.press("backspace").shows("Calls of the shift");
        let since = Instant::now();
        while terminal.screen().contains("◆ call back") {
            assert!(since.elapsed().as_secs() < 20, "{}", terminal.screen());
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

#[test]
fn a_customer_is_found_and_changed() {
    let shop = Shop::new(&["severity"]);
    shop.customer("Blue Fern");
    shop.customer("Grey Heron");
    shop.log("Grey Heron", &["--severity", "low"]);
    for size in [SMALL, LARGE] {
        let mut terminal = Terminal::open(&shop, size);
        terminal.type_in(F3).shows("Customers 2");
        terminal.type_in("/").shows("filter:");
        terminal.type_in("heron").shows("Customers 1");
        terminal.press("enter").shows("It does not start");
        terminal.type_in("C").shows("Change Grey Heron");
        terminal.type_in("s").press("ctrl-d");
        terminal.shows("the customer is changed");
        let shown = shop.json(["customer", "show", "C-0002"]);
        assert!(shown["name"].as_str().unwrap().starts_with("Grey Herons"));
        terminal.press("backspace backspace").shows("Customers 2");
        // What another program does shows by itself.
        shop.ok(["customer", "edit", "C-0002", "--name", "Grey Heron"]);
        terminal.shows("Grey Heron ");
    }
}

#[test]
fn an_action_is_found_by_some_letters_of_its_name() {
    let shop = Shop::new(&["severity"]);
    shop.customer("Blue Fern");
    let number = shop.log("Blue Fern", &["--severity", "low"]);
    let mut terminal = Terminal::open(&shop, SMALL);
    terminal.shows("Blue Fern");
    terminal.type_in(":").shows("Up Down choose");
    terminal.type_in("tome").shows("Assign the incident to me");
    terminal.press("enter").shows("assigned to you");
    assert_eq!(shop.json(["show", &number])["assignee"], "mira");
}

#[test]
fn a_shift_is_read_and_taken_over() {
    let shop = Shop::new(&["severity"]);
    shop.customer("Blue Fern");
    shop.log("Blue Fern", &["--severity", "low"]);
    let mut terminal = Terminal::open(&shop, SMALL);
    terminal.type_in("B").shows("Nobody took over");
    terminal.press("q").shows("All open");
    terminal.type_in("B").shows("take over");
    terminal.type_in("B").shows("Take the shift over");
    terminal.type_in("All read").press("ctrl-d");
    terminal.shows("you took over");
    terminal.type_in("B").shows("took over Mon");
    terminal.type_in("G");
    terminal.shows("Changed since the last handover: none");
}

#[test]
fn figures_are_charts_that_follow_the_desk() {
    let shop = Shop::new(&["severity"]);
    shop.customer("Blue Fern");
    let low = ["--severity", "low"];
    let number = shop.log("Blue Fern", &low);
    for size in [SMALL, LARGE] {
        let mut terminal = Terminal::open(&shop, size);
        terminal.type_in(F5).shows("Targets attained");
        terminal
            .type_in("%")
            .shows("by customer, from 17 Nov 2026 to now");
        terminal.shows("Blue Fern");
        terminal
            .press("enter")
            .shows("Met, in percent of met and missed.");
        terminal.press("backspace").shows("[Week]");
        // What another program does is counted by itself, though not at once.
        shop.ok(["respond", &number, "Seen", "--estimate", "+2h"]);
        terminal.type_in("jjjjjj").shows("Promises kept");
        terminal.shows("estimate");
        shop.ok(["undo", &number]);
    }
}
