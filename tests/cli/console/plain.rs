//! The plain console at a terminal: what happens meanwhile is told in lines of its own.

use assert_cmd::cargo::cargo_bin;
use portable_pty::CommandBuilder;

use super::terminal::{LARGE, SMALL, Terminal};
use crate::shop::Shop;

#[test]
fn a_ring_and_a_change_by_somebody_else_are_told_and_nothing_is_drawn() {
    let shop = Shop::new(&["severity"]);
    shop.ok(["customer", "add", "Blue Fern", "--phone", "+1 555 0100"]);
    for agent in ["mira", "jonas"] {
        shop.ok(["agent", "add", agent]);
    }
    let number = shop.log("Blue Fern", &["--severity", "low"]);
    let mut command = CommandBuilder::new(cargo_bin("holdline"));
    command.arg("--plain");
    let mut terminal = Terminal::running(&shop, SMALL, command, &[]);
    terminal.shows("help lists the commands");
    terminal
        .type_in(&format!("{number}\r"))
        .shows(&format!("{number}> "));
    shop.ok(["ring", "--from", "001-555-01 00", "--line", "support"]);
    terminal.shows("Rings: Blue Fern, 001-555-01 00, line support. R answers it.");
    shop.ok(["--agent", "jonas", "note", &number, "Looked at it"]);
    terminal.shows(&format!("{number} was changed by"));
    terminal.type_in("R\r").shows("call 1 runs: Blue Fern");
    terminal
        .type_in("call end --no-incident wrong-number\r")
        .shows("call 1 is on record");
    terminal.press("ctrl-d");
    assert_eq!(terminal.ends(), 0);
    let written = terminal.written();
    assert!(!written.contains('\u{1b}'), "{written:?}");
    let calls = shop.ok(["call", "list", "--json"]);
    assert_eq!(calls, "[]");
}

#[test]
fn a_whole_call_is_led_by_what_is_said() {
    let shop = Shop::new(&["severity"]);
    shop.ok(["customer", "add", "Blue Fern", "--phone", "+1 555 0100"]);
    shop.ok(["agent", "add", "mira"]);
    let mut command = CommandBuilder::new(cargo_bin("holdline"));
    command.arg("--plain");
    let mut terminal = Terminal::running(&shop, LARGE, command, &[]);
    let turns = [
        ("c blue", "Nothing is open: n logs a new incident."),
        ("n Printing stops", "Severity, 1 to 5:"),
        ("lo", "Details, Enter leaves it out:"),
        ("save", "Say: one zero zero zero one, check digit four."),
        ("K", "Given: 10001-4"),
        ("x", "Did the caller get an answer on this call?"),
        ("y", "Until when will it be resolved"),
        ("fri 17:00", "Fri 17:00 UTC."),
        ("save", "10001-4 open; estimate: "),
        ("d", "Outcome, 1 to "),
        ("stop", "Nothing was done."),
    ];
    terminal.shows("help lists the commands");
    for (typed, said) in turns {
        terminal.type_in(&format!("{typed}\r")).shows(said);
    }
    terminal.press("ctrl-d");
    assert_eq!(terminal.ends(), 0);
    let written = terminal.written();
    assert!(!written.contains('\u{1b}'), "{written:?}");
    assert!(
        !shop
            .ok(["show", "10001-4", "--json"])
            .contains("\"first_response_at\": null")
    );
}
