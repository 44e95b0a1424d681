//! The steps that ask for what they need, calls with which we ring up, known faults, several calls on hold.

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

use super::says;
use crate::seen::show;
use crate::shop::Shop;

/// A desk under a policy with severities and estimates, with a customer who has one incident.
fn shop() -> (Shop, String) {
    let shop = Shop::new(&["severity"]);
    let phone = ["--contact", "Ada Lane", "--phone", "+1 555 0100"];
    shop.ok(["customer", "add", "Blue Fern"].iter().chain(&phone));
    shop.ok(["agent", "add", "mira"]);
    let number = shop.log("Blue Fern", &["--severity", "low"]);
    shop.at("2026-11-23T21:05:00Z");
    (shop, number)
}

#[test]
fn waiting_asks_the_question_and_goes_on_when_it_waits() {
    let (shop, number) = shop();
    let said = says(
        &shop,
        &format!("{number}\nw\n\nWhich version?\nw\n\nFound it\n"),
    );
    assert!(
        said.contains("What the customer is asked: This must be"),
        "{said}"
    );
    assert!(said.contains("1: resume, the work goes on"), "{said}");
    assert_eq!(show(&shop, &number)["state"], "open", "{said}");
    let shown = shop.ok(["show", &number]);
    assert!(shown.contains("Which version?"), "{shown}");
    assert!(shown.contains("Work goes on: Found it"), "{shown}");
}

#[test]
fn an_estimate_that_is_none_is_said_and_asked_for_again() {
    let (shop, number) = shop();
    let said = says(&shop, &format!("{number}\nt tomorow\nfri 17:00\n"));
    assert!(said.contains("\"tomorow\" is no instant"), "{said}");
    assert!(
        said.contains("Until when will it be resolved: Fri 17:00 UTC."),
        "{said}"
    );
    let clocks = show(&shop, &number)["clocks"].to_string();
    assert!(clocks.contains("estimate"), "{said}\n{clocks}");
    // What the rules refuse anyway is said before anything is asked.
    shop.ok(["respond", &number, "x", "--no-estimate", "unknown"]);
    shop.ok(["close", &number, "--as", "withdrawn", "--detail", "x"]);
    let said = says(&shop, &format!("{number}\nt\n"));
    assert!(said.contains("Not done: "), "{said}");
    assert!(!said.contains("Until when"), "{said}");
}

#[test]
fn a_severity_is_picked_and_a_moved_deadline_is_said_before_it_moves() {
    let (shop, number) = shop();
    let said = says(&shop, &format!("{number}\nv\ncri\n\nn\n"));
    assert!(said.contains("Agreed with, Enter for Ada Lane: "), "{said}");
    assert!(said.contains("Response: due "), "{said}");
    assert!(
        said.contains("Is it done? y or n, Enter for yes: Nothing was done."),
        "{said}"
    );
    assert_eq!(show(&shop, &number)["severity"]["agreed"], "low", "{said}");
    says(&shop, &format!("{number}\nv cri\n\n\n"));
    assert_eq!(show(&shop, &number)["severity"]["agreed"], "critical");
}

#[test]
fn money_reads_what_is_possible_and_asks_before_it_moves() {
    let shop = Shop::new(&["per-incident"]);
    shop.customer("Blue Fern");
    let number = shop.log("Blue Fern", &[]);
    let said = says(
        &shop,
        &format!("{number}\np\n\n\nORDER-1\nn\np\nwai\nBroken on our side\ny\np\n"),
    );
    assert!(
        said.contains("1: paid, the payment of 139.00 USD came in"),
        "{said}"
    );
    assert!(said.contains("number: This must be answered"), "{said}");
    assert!(said.contains("Money is moved by this"), "{said}");
    let shown = show(&shop, &number);
    assert_eq!(shown["state"], "open", "{said}");
    assert!(
        shop.ok(["show", &number]).contains("waived 139.00"),
        "{said}"
    );
    // Nothing is left to do: that is said, in the words of the rules.
    assert!(said.contains("Not done: nothing is owed for"), "{said}");
}

#[test]
fn the_ladder_reads_what_is_possible_and_asks_what_its_level_needs() {
    let shop = Shop::new(&["escalation"]);
    shop.customer("Blue Fern");
    let number = shop.log("Blue Fern", &["--detail", "Since nine", "--office", "uk"]);
    let said = says(
        &shop,
        &format!(
            "{number}\ne\n\n1\nThree days without an answer\nback\n\n\n\ne\n\nA senior engineer has it\n"
        ),
    );
    assert!(
        said.contains("What becomes of the ladder: level 1, escalate to: "),
        "{said}"
    );
    assert!(
        said.contains("in the customer's words, Enter for Three days"),
        "{said}"
    );
    assert!(said.contains("answer level 1, "), "{said}");
    let shown = shop.ok(["show", &number]);
    assert!(
        shown.contains("Three days without an answer"),
        "{said}\n{shown}"
    );
    assert!(
        shown.contains("A senior engineer has it"),
        "{said}\n{shown}"
    );
}

#[test]
fn whom_we_ring_up_is_asked_first_and_who_answered_at_the_end() {
    let (shop, number) = shop();
    let said = says(&shop, &format!("{number}\nV\n\nx\nmail\nsave\n"));
    assert!(
        said.contains("Whom, Enter for Ada Lane, +1 555 0100: "),
        "{said}"
    );
    assert!(said.contains("Who answered, 1 to 4: "), "{said}");
    assert!(
        show(&shop, &number)["first_response_at"].is_null(),
        "{said}"
    );
    assert!(
        shop.ok(["show", &number]).contains("Voice mailbox"),
        "{said}"
    );
    assert_eq!(shop.ok(["call", "list", "--json"]), "[]", "{said}");
    // Who spoke with us was answered: the policy wants an estimate then.
    let said = says(
        &shop,
        &format!("{number}\nV\n\nx\nans\n\nfri 17:00\nsave\n"),
    );
    assert!(!said.contains("Did the caller get an answer"), "{said}");
    assert!(
        !show(&shop, &number)["first_response_at"].is_null(),
        "{said}"
    );
    // Another estimate is not asked for while that one stands.
    let said = says(&shop, &format!("{number}\nV\n\nx\nans\nsave\n"));
    assert!(!said.contains("Until when"), "{said}");
    let said = says(&shop, &format!("{number}\nV\n\nx\nmis\n"));
    assert!(said.contains("Nothing is recorded."), "{said}");
    assert_eq!(shop.ok(["call", "list", "--json"]), "[]", "{said}");
}

#[test]
fn a_command_ends_a_call_with_which_we_rang_up_as_one() {
    let (shop, number) = shop();
    says(&shop, &format!("{number}\nV\n\n"));
    shop.ok(["call", "end", "--attempt", "--note", "Nobody there"]);
    assert!(show(&shop, &number)["first_response_at"].is_null());
    shop.ok(["call", "start"]);
    let said = shop.fails(1, ["call", "end", "--attempt", "--on", &number]);
    assert!(said.contains("came from the customer"), "{said}");
}

#[test]
fn a_caller_with_a_known_fault_is_logged_as_the_same() {
    let (shop, number) = shop();
    shop.ok(["customer", "add", "Grey Stone"]);
    let none = says(&shop, "c Grey\n=\n");
    assert!(none.contains("No fault is marked as known"), "{none}");
    shop.ok(["known", &number]);
    let said = says(&shop, "=\nlow\nK\nx\nsave\n");
    assert!(
        said.contains(&format!("Same as: {number}, Blue Fern, ")),
        "{said}"
    );
    let (_, after) = said
        .split_once("It is ")
        .unwrap_or_else(|| panic!("{said}"));
    let new = after.split('.').next().unwrap().to_owned();
    let shown = show(&shop, &new);
    assert_eq!(shown["customer"]["name"], "Grey Stone", "{said}");
    let fault = shop.ok(["show", &number]);
    assert!(fault.contains(&new), "{said}\n{fault}");
    // Without a call the open incident is counted to the fault.
    let other = shop.log("Grey Stone", &["--severity", "low"]);
    says(&shop, &format!("{other}\n=\n1\n"));
    assert!(shop.ok(["show", &number]).contains(&other));
}

#[test]
fn of_several_calls_on_hold_one_is_picked_by_its_place() {
    let (shop, _) = shop();
    shop.ok(["customer", "add", "Grey Stone"]);
    let said = says(
        &shop,
        "c Blue\nH\nc Grey\nH\nH\n2\nx\nquest\nsave\nH\nx\nquest\nsave\n",
    );
    assert!(said.contains("1: Blue Fern, on hold, "), "{said}");
    assert!(said.contains("2: Grey Stone, on hold, "), "{said}");
    assert!(said.contains("call 2 runs: Grey Stone"), "{said}");
    assert!(said.contains("call 1 runs: Blue Fern"), "{said}");
    assert_eq!(shop.ok(["call", "list", "--json"]), "[]", "{said}");
}

#[test]
fn a_standing_estimate_is_not_asked_for_at_the_end_of_a_call() {
    let (shop, number) = shop();
    shop.ok(["estimate", &number, "fri 17:00"]);
    let said = says(&shop, &format!("c {number}\nx\ny\nsave\n"));
    assert!(!said.contains("Until when"), "{said}");
    assert!(
        !show(&shop, &number)["first_response_at"].is_null(),
        "{said}"
    );
}

#[test]
fn where_input_ends_the_call_its_end_and_what_was_typed_are_kept() {
    let (shop, number) = shop();
    let said = says(
        &shop,
        &format!("c {number}\nx\nn\nHeard the whole story\nRing Ada up\n"),
    );
    assert!(
        said.contains("is kept (hung up): x, or call end 1, records it."),
        "{said}"
    );
    shop.at("2026-11-23T21:45:00Z");
    let said = says(&shop, "x\n\n\n\nsave\n");
    assert!(
        said.contains("on this call? y or n, Enter for no: "),
        "{said}"
    );
    assert!(
        said.contains("Next step, Enter for Ring Ada up: "),
        "{said}"
    );
    assert!(
        said.contains("Call 1 with Blue Fern is kept (hung up)"),
        "{said}"
    );
    let shown = shop.ok(["show", &number]);
    assert!(shown.contains("Heard the whole story"), "{said}\n{shown}");
    assert!(shown.contains("Next step: Ring Ada up"), "{said}\n{shown}");
    assert_eq!(show(&shop, &number)["call_seconds"], 0, "{said}");
    // What was answered before it was stopped is offered the next time.
    let said = says(
        &shop,
        "c Blue\nn\nInvoices print twice\nstop\nn\n\nlow\nsave\nx\nsave\n",
    );
    assert!(
        said.contains("Summary, Enter for Invoices print twice: "),
        "{said}"
    );
    assert!(said.contains("It is "), "{said}");
}

#[test]
fn what_is_shown_has_no_columns() {
    let (shop, number) = shop();
    let said = says(&shop, &format!("{number}\npolicy list\n"));
    assert!(said.contains("\nState: open\n"), "{said}");
    assert!(said.contains("\nresponse: running, "), "{said}");
    assert!(said.contains("\nseverity: "), "{said}");
    assert!(!said.contains("   "), "{said}");
}

#[test]
fn an_agent_who_has_an_incident_open_in_lines_shows_to_the_others() {
    let (shop, number) = shop();
    shop.agent("mira");
    let mut mira = Command::new(env!("CARGO_BIN_EXE_holdline"))
        .envs(shop.environment())
        .arg("--plain")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(mira.stdout.take().unwrap()).lines();
    let mut typed = mira.stdin.take().unwrap();
    writeln!(typed, "{number}\nhelp nothing").unwrap();
    lines.find(|line| {
        line.as_ref()
            .unwrap()
            .contains("No command is called nothing")
    });
    shop.ok(["agent", "add", "jonas"]);
    shop.agent("jonas");
    let said = says(&shop, &format!("{number}\n"));
    assert!(said.contains("mira has it open."), "{said}");
    drop(typed);
    assert!(mira.wait().unwrap().success());
    let said = says(&shop, &format!("{number}\n"));
    assert!(!said.contains("has it open"), "{said}");
}

#[test]
fn every_key_that_needs_an_incident_says_so_where_none_is_open() {
    let (shop, number) = shop();
    let none = "> No incident is open: its number opens it.\n> ";
    let keys = "r d w t e v p V A a D X K i u E C s M L f b P o ! $ m";
    let with_words = ["m caller rang", "D outside", "X withdrawn", "v low"];
    let written = ["assign mira", "note caller rang"];
    let typed = keys.split(' ').chain(with_words).chain(written);
    for typed in typed {
        let said = says(&shop, &format!("{typed}\n"));
        assert!(said.contains(none), "{typed}: {said}");
        assert!(!said.contains("Not done"), "{typed}: {said}");
    }
    // What names one is about that one, and a number that is none is told as such.
    says(&shop, &format!("a {number} mira\n"));
    assert_eq!(show(&shop, &number)["assignee"], "mira");
    let said = says(&shop, "m 10001-9 Rang again\n");
    assert!(said.contains("Not done: "), "{said}");
}
