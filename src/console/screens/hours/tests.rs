//! The hours, driven by keys over a real desk.

use chrono_tz::Tz;

use crate::console::look::tests::rich;
use crate::console::testing::{Console, Shop};
use crate::incident::{Log, NewCustomer, Step};

const NOW: &str = "2026-11-23T16:45:00Z";

fn console() -> Console {
    let mut shop = Shop::new(&["per-incident"]);
    let fern = shop.customer(NewCustomer {
        name: "Blue Fern".to_owned(),
        ..NewCustomer::default()
    });
    let number = shop.log("mira", NOW, Log::new(fern, "No sound"));
    let reason = "Our mistake".to_owned();
    shop.step("mira", NOW, number, Step::Waive { reason });
    let mut console = shop.open(NOW, Tz::UTC, (80, 24));
    console.press("f6");
    console
}

fn shows(console: &mut Console, words: &str) {
    let shown = console.picture((80, 24), &rich());
    assert!(shown.contains(words), "no {words} in\n{shown}");
}

#[test]
fn p1_07_a_closure_is_foreseen_added_and_taken_back_by_keys() {
    let mut console = console();
    let due = |console: &Console| {
        let incident = console
            .desk()
            .incident("10001-4".parse().unwrap(), NOW.parse().unwrap());
        incident.unwrap().0.next_clock().unwrap().due_at
    };
    let before = due(&console);
    console.press("-");
    shows(&mut console, "no closure and no extra opening is ahead");
    console.press("+ tab").type_in("+10m").press("tab");
    console
        .type_in("+5m")
        .press("tab")
        .type_in("Power cut")
        .press("ctrl-d");
    // The mistake stands at its field, and has the cursor.
    shows(&mut console, "It ends before it begins: give a later time.");
    console.press("ctrl-u").type_in("+2h").press("ctrl-d");
    shows(&mut console, "1 deadline moves");
    shows(&mut console, "10001-4 response");
    shows(&mut console, "Once more Ctrl-D does it");
    assert_eq!(due(&console), before, "nothing is done yet");
    console.press("ctrl-d");
    shows(&mut console, "the hours are changed");
    shows(
        &mut console,
        "closed Mon 23 Nov 08:55 to Mon 23 Nov 10:45: Power cut",
    );
    assert!(due(&console) > before);
    console.press("-");
    shows(&mut console, "closure 1 (Power cut)");
    console.press("ctrl-d");
    shows(&mut console, "1 deadline moves");
    console.press("ctrl-d");
    shows(&mut console, "the hours are as before");
    assert_eq!(due(&console), before);
}

#[test]
fn the_selected_office_is_told_in_full() {
    let mut console = console();
    shows(&mut console, "per-incident, America/Los_Angeles");
    shows(
        &mut console,
        "there Mon 23 Nov 08:45, today 08:30-17:00, closes Mon 17:00 PST, in 8h",
    );
    console.wait(12 * 3_600);
    shows(&mut console, "opens ");
}

#[test]
fn the_keys_of_the_hours_say_where_they_work() {
    let mut console = console();
    console.press("f1 -");
    shows(&mut console, "that is a key of the hours: F6 leads there");
}

#[test]
fn a_closure_reaches_any_office_and_nothing_is_picked_by_a_word_that_is_none() {
    let mut console = console();
    console.press("+").press("ctrl-u").type_in("sever");
    console.press("tab").type_in("+10m").press("tab");
    shows(&mut console, "\"sever\" is none of these");
    console.press("shift-tab shift-tab ctrl-u").type_in("all");
    console.press("tab ctrl-u").type_in("30.11.").press("tab");
    // A whole day ends with its last minute; all hours are read on the clock that all share.
    console.type_in("30.11.").press("tab");
    shows(&mut console, "Mon 30 Nov 00:00 Los Angeles");
    shows(&mut console, "Tue 1 Dec 00:00 Los Angeles");
    console.type_in("Fair").press("ctrl-d ctrl-d");
    console.press("-");
    shows(&mut console, "Takes back closure 1 (Fair): all hours");
    console.press("ctrl-d ctrl-d");
    shows(&mut console, "closure 1 (Fair) is taken back");
}

#[test]
fn keys_that_come_before_anything_is_drawn_are_read_today() {
    let mut console = console();
    console.press("+ tab").type_in("tomorrow 9:00").press("tab");
    console
        .type_in("tomorrow 25:00")
        .press("ctrl-u")
        .type_in("tomorrow 10:00")
        .press("tab");
    console.type_in("Fair").press("ctrl-d ctrl-d");
    shows(
        &mut console,
        "closed Tue 24 Nov 09:00 to Tue 24 Nov 10:00: Fair",
    );
}

#[test]
fn months_stand_side_by_side_where_there_is_room() {
    let mut console = console();
    for (width, across) in [(80, 1), (159, 1), (160, 2), (240, 3)] {
        let picture = console.picture((width, 60), &rich());
        let mut lines = picture.lines();
        let first = lines.find(|line| line.contains("November 2026")).unwrap();
        let months = ["November 2026", "December 2026", "January 2027"];
        let there = months.iter().filter(|month| first.contains(*month));
        assert_eq!(there.count(), across, "{picture}");
    }
}

#[test]
fn the_office_of_what_was_added_is_selected_and_its_instants_are_said_as_elsewhere() {
    let mut console = Shop::new(&["per-incident", "severity"]).open(NOW, Tz::UTC, (80, 24));
    console
        .press("f6 + ctrl-u")
        .type_in("severity")
        .press("tab");
    console
        .type_in("wed")
        .press("tab")
        .type_in("wed")
        .press("tab");
    console.type_in("Fair").press("ctrl-d ctrl-d");
    shows(&mut console, "severity, America/Denver");
    shows(
        &mut console,
        "closed Wed 25 Nov 00:00 to Thu 26 Nov 00:00: Fair",
    );
    console.press("-");
    shows(
        &mut console,
        "closure 1 (Fair): policy severity, Wed 25 Nov 00:00 MST to Thu 26",
    );
    // The selection stays where the closure is taken back, too.
    console.press("ctrl-d ctrl-d");
    shows(&mut console, "severity, America/Denver");
}

#[test]
fn the_head_counts_as_the_header_does_and_says_which_offices_show() {
    let policies = [
        "escalation",
        "severity",
        "per-incident",
        "season-ticket",
        "tech-reference",
    ];
    let mut console = Shop::new(&policies).open(NOW, Tz::UTC, (80, 24));
    console.press("f6");
    let shown = console.picture((80, 24), &rich());
    let counted = |line: &str| {
        let line = line.to_lowercase();
        let (_, words) = line.split_once("offices: ")?;
        Some(words.split(" open").next()?.to_owned())
    };
    let counts: Vec<String> = shown.lines().take(2).filter_map(counted).collect();
    assert_eq!(counts.len(), 2, "{shown}");
    assert_eq!(counts[0], counts[1]);
    let (_, all) = counts[0].split_once(" of ").unwrap();
    let all: usize = all.parse().unwrap();
    let offices = super::offices(&console.model).len();
    if offices > all {
        assert!(shown.contains("no hours"), "{shown}");
    }
    // Those that have no room are told of, and come as one goes there.
    let shown = console.picture((80, 20), &rich());
    let head = shown.lines().nth(1).unwrap().to_owned();
    assert!(head.contains(&format!(" of {offices}")), "{head}");
    assert!(head.contains("1-"), "{head}");
    for _ in 0..offices {
        console.press("j");
    }
    let shown = console.picture((80, 20), &rich());
    assert!(
        shown.contains(&format!("-{offices} of {offices}")),
        "{shown}"
    );
}
