//! The clauses that are promises about the screen, by their numbers in `policies.md`: what an agent needs is there at
//! the moment that it is needed.

use rstest::rstest;

use super::terminal::{LARGE, SMALL, Terminal};
use crate::seen::show;
use crate::shop::Shop;

/// The number of the first incident.
const FIRST: &str = "10001-4";

/// A desk under one policy with the customer Blue Fern, of this office.
fn shop(policy: &str, office: Option<&str>) -> Shop {
    let shop = Shop::new(&[policy]);
    let customer = ["customer", "add", "Blue Fern", "--phone", "+1 555 0100"];
    let office = office.map(|office| ["--office", office]);
    shop.ok(customer.iter().chain(office.iter().flatten()));
    shop
}

/// A call of Blue Fern's, with the card on the screen.
fn called(shop: &Shop, size: (u16, u16)) -> Terminal {
    let mut terminal = Terminal::open(shop, size);
    terminal.press("c").shows("Who rings?");
    terminal.type_in("blue").shows("+1 555 0100");
    terminal.press("enter").shows("nothing open");
    terminal
}

#[rstest]
#[case::p1_08(
    "per-incident",
    "Long-distance charges for the call are the caller's own"
)]
#[case::p1_14("per-incident", "Consulting on how to use the product")]
#[case::p2_03(
    "severity",
    "Technical questions about operating and using the service"
)]
#[case::p2_08(
    "severity",
    "Recommendations: best practice, and how new offerings fit"
)]
#[case::p2_13("severity", "financial or medical billing software ring us at once")]
#[case::p3_12("season-ticket", "Covered")]
#[case::p4_05("escalation", "Chat serves better than a ticket for live emergencies")]
#[case::p5_11("tech-reference", "What changed before it began, frankly")]
#[case::p5_14("tech-reference", "The product, and its version")]
fn what_is_said_and_asked_at_intake_stands_beneath_the_form(
    #[case] policy: &str,
    #[case] said: &str,
) {
    let shop = shop(policy, (policy == "escalation").then_some("uk"));
    let mut terminal = called(&shop, LARGE);
    terminal.press("n").shows("Summary*");
    terminal.shows(said);
}

#[test]
fn p2_04_each_severity_shows_its_definition_while_one_is_chosen() {
    let shop = shop("severity", None);
    let mut terminal = called(&shop, SMALL);
    terminal.press("n").shows("Summary*");
    terminal.type_in("No sound").press("enter");
    for name in ["critical", "urgent", "high", "normal", "low"] {
        terminal.shows(name);
    }
    // In full, once it is picked.
    terminal.type_in("u").shows("are unavailable");
    terminal.press("ctrl-d").shows("check digit four");
    assert_eq!(show(&shop, FIRST)["severity"]["asked"], "urgent");
}

#[test]
fn p3_02_what_is_left_of_the_pack_is_on_the_screen_before_the_work() {
    let shop = shop("season-ticket", None);
    shop.ok([
        "entitlement",
        "add",
        "--customer",
        "Blue Fern",
        "--kind",
        "pack",
    ]);
    let mut terminal = called(&shop, SMALL);
    terminal.shows("Season ticket: 10 of 10 left");
    terminal.press("n").shows("Summary*");
    terminal.type_in("No sound").press("ctrl-d");
    terminal.shows("check digit four");
    terminal.press("i").shows("accepted");
    terminal.press("n").shows("Summary*");
    terminal.press("esc").shows("Season ticket: 9 of 10 left");
}

#[test]
fn p4_04_and_21_the_card_says_whether_the_office_is_open_and_whether_there_is_a_contract() {
    let shop = shop("escalation", Some("uk"));
    let terminal = called(&shop, SMALL);
    terminal.shows("uk is closed, opens Tue 09:00");
    terminal.shows("No contract: worked on, and marked as not covered");
    drop(terminal);
    shop.ok(["call", "discard", "1", "--reason", "only looked at"]);
    let contract = ["entitlement", "add", "--customer", "Blue Fern"];
    let dates = ["--kind", "contract", "--to", "2026-12-31"];
    shop.ok(contract.iter().chain(&dates));
    shop.at("2026-11-24T10:00:00Z");
    let terminal = called(&shop, SMALL);
    terminal.shows("uk is open, closes Tue 17:00");
    terminal.shows("Contract until 31 Dec 2026");
}

#[test]
fn p4_16_the_grounds_are_on_the_screen_while_one_escalates() {
    let shop = shop("escalation", Some("uk"));
    let number = shop.log("Blue Fern", &["--detail", "Dark since this morning."]);
    let mut terminal = Terminal::open(&shop, SMALL);
    terminal.shows(&number);
    terminal.press("e").shows("Ground*");
    for ground in ["not understood", "satisfactory", "urgency"] {
        terminal.shows(ground);
    }
    terminal.type_in("no-s").press("tab").shows("Concern*");
    terminal.type_in("We need it by Friday").press("ctrl-d");
    terminal.shows("10001-4: escalated");
    assert_eq!(show(&shop, FIRST)["escalation_level"], 1);
    terminal.press("e").shows("▶ answer level 1");
    terminal.type_in("ans").press("tab").shows("Answer*");
    terminal.type_in("A developer is on it").press("ctrl-d");
    terminal.shows("10001-4: the escalation is answered");
    let escalations = &show(&shop, FIRST)["escalations"];
    assert_eq!(escalations[0]["answer"], "A developer is on it");
}

#[test]
fn p1_15_to_23_what_counts_as_resolved_is_on_the_screen_while_one_resolves() {
    let shop = shop("per-incident", None);
    let number = shop.log("Blue Fern", &[]);
    shop.ok(["waive", &number, "--reason", "Our mistake"]);
    let mut terminal = Terminal::open(&shop, LARGE);
    terminal.shows(&number);
    terminal.press("d").shows("Outcome*");
    for says in [
        "A bug in our own software: the customer gets the full price back.",
        "User error, configuration or operating-system settings: no refund.",
        "Resolved by a reasonable solution, or by information that resolves the issue.",
        "Resolved by a reasonable work-around, or by how to get the software",
        "Resolved when it is an enhancement request, or a newer published version solves it.",
        "Resolved when it is isolated to a third party's product or hardware.",
        "Resolved by notice of a known, unresolved bug or incompatibility.",
        "We try, but not every issue can be resolved.",
        "Isolated to a third party's product or hardware",
    ] {
        terminal.shows(says);
    }
}

#[test]
fn p5_06_to_08_the_questions_route_the_call_and_the_number_is_given() {
    let shop = shop("tech-reference", None);
    let mut terminal = called(&shop, SMALL);
    terminal.press("n").shows("Summary*");
    terminal.type_in("No sound").press("enter");
    terminal.shows("Is it about installing, about using, or about a fault?");
    terminal.type_in("f").press("enter");
    terminal.shows("Is one person affected, or everybody?");
    terminal.type_in("o").press("ctrl-d");
    terminal.shows("say: one zero zero zero one, check digit four");
    terminal.shows("not given yet");
    let shown = show(&shop, FIRST);
    assert_eq!(shown["assignee"], "technicians");
    assert!(shown["number_given_at"].is_null());
    // Hanging up asks for what is missing.
    terminal.press("x").shows("Number given?");
    terminal.press("esc").shows("not given yet");
    terminal.press("enter").shows("✓ the caller has the number");
    assert!(!show(&shop, FIRST)["number_given_at"].is_null());
}

#[test]
fn p5_09_a_number_typed_anywhere_opens_the_incident_and_a_misheard_digit_is_said() {
    let shop = shop("tech-reference", None);
    shop.log("Blue Fern", &[]);
    let mut terminal = Terminal::open(&shop, SMALL);
    terminal.type_in("100024").press("enter");
    terminal.shows("100024 is no such number. Is it 10001-4, Blue Fern");
    terminal.type_in("10001-4").press("enter");
    terminal.shows("opened");
    terminal.shows("contact");
}

#[test]
fn p4_08_a_reply_is_previewed_as_the_customer_will_see_it() {
    let shop = shop("escalation", Some("uk"));
    let contact = ["contact", "add", "Blue Fern", "Ada"];
    shop.ok(contact.iter().chain(&["--mail", "ada@blue-fern.test"]));
    let log = ["--detail", "Dark since this morning.", "--channel", "mail"];
    let number = shop.log("Blue Fern", &log);
    let mut terminal = Terminal::open(&shop, SMALL);
    terminal.shows(&number);
    terminal.press("r").shows("Response*");
    terminal.type_in("Please restart it.");
    terminal.shows("ada@blue-fern.test will read");
    terminal.shows("│ Please restart it.");
    terminal.press("ctrl-d").shows("the response is recorded");
    let sent = shop.ok(["mail", "show", "10001-4/2"]);
    assert!(sent.contains("Please restart it."), "{sent}");
}

#[test]
fn p1_05_a_call_is_scheduled_with_its_own_countdown() {
    let shop = shop("per-incident", None);
    let number = shop.log("Blue Fern", &[]);
    let mut terminal = Terminal::open(&shop, SMALL);
    terminal.shows(&number);
    terminal.press("b").shows("Call at*");
    terminal.type_in("+30m").press("enter");
    terminal
        .shows("the call is scheduled")
        .contains("appointment");
    assert_eq!(show(&shop, FIRST)["next_clock"], "appointment");
}

#[test]
fn p1_12_one_matter_logged_twice_is_merged_and_unmerged_by_keys() {
    let shop = shop("severity", None);
    let whole = shop.log("Blue Fern", &["--severity", "high"]);
    let twice = shop.log("Blue Fern", &["--severity", "low"]);
    let mut terminal = Terminal::open(&shop, SMALL);
    terminal.type_in(&twice).press("enter").shows("opened");
    terminal.press("M").shows("Merge into*");
    terminal.type_in(&whole);
    terminal.shows(&format!("{twice} leads to {whole} from now on"));
    terminal.press("enter").shows("leads here from now on");
    assert_eq!(show(&shop, FIRST)["merged_from"][0], twice.as_str());
    terminal.press("M").shows("take out");
    terminal.type_in("t").press("enter");
    terminal.shows(&format!("{twice}: an incident of its own again"));
    assert!(
        show(&shop, FIRST)["merged_from"]
            .as_array()
            .unwrap()
            .is_empty()
    );
}

#[test]
fn p5_10_the_outbox_is_read_and_changed_and_the_number_stays_in_the_subject() {
    let shop = shop("escalation", Some("uk"));
    let contact = ["contact", "add", "Blue Fern", "Ada"];
    shop.ok(contact.iter().chain(&["--mail", "ada@blue-fern.test"]));
    let number = shop.log("Blue Fern", &["--detail", "Dark since this morning."]);
    let mut terminal = Terminal::open(&shop, SMALL);
    terminal.shows(&number);
    terminal.type_in("\u{1b}OS").shows("[Outbox 1]");
    terminal.shows("To: ada@blue-fern.test");
    terminal.press("C").shows("Subject*");
    terminal.press("tab tab tab").type_in("\u{15}We are on it");
    terminal.press("ctrl-d").shows("the message is changed");
    terminal.shows("Subject: [10001-4] We are on it");
    let said = shop.ok(["mail", "show", "10001-4/1"]);
    assert!(said.contains("[10001-4] We are on it"), "{said}");
}

#[test]
fn the_own_last_step_is_taken_back_by_a_key() {
    let shop = shop("severity", None);
    let number = shop.log("Blue Fern", &["--severity", "high"]);
    let mut terminal = Terminal::open(&shop, SMALL);
    terminal.shows(&number);
    terminal.press("d").shows("Outcome*");
    terminal.type_in("f").press("ctrl-d");
    terminal.shows("10001-4: resolved");
    terminal.type_in(&number).press("enter").shows("opened");
    terminal.press("u").shows("Takes back: Resolved");
    terminal
        .press("enter")
        .shows("your last step is taken back");
    assert_eq!(show(&shop, FIRST)["state"], "open");
}

#[test]
fn p5_07_a_caller_with_a_known_fault_is_logged_as_the_same_in_three_keys() {
    let shop = shop("severity", None);
    shop.ok(["customer", "add", "Anvil & Sons"]);
    let fault = shop.log("Anvil & Sons", &["--severity", "high"]);
    let mut terminal = Terminal::open(&shop, SMALL);
    terminal.shows(&fault);
    terminal.press("f").shows("10001-4: a known fault");
    terminal.press("c").shows("Who rings?");
    terminal.type_in("blue").shows("+1 555 0100");
    terminal.press("enter").shows("nothing open");
    terminal.press("=").shows("Anvil & Sons:");
    terminal
        .type_in("l")
        .press("enter")
        .shows("check digit three");
    assert_eq!(show(&shop, "10002-3")["same_as"], fault.as_str());
    terminal.press("K").shows("✓ the caller has the number");
}
