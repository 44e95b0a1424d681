//! A call in the plain console: who rings, what is asked for, what is said.

use super::says;
use crate::seen::show;
use crate::shop::Shop;

/// A desk under a policy with severities and estimates, with a customer who has one incident.
fn shop() -> (Shop, String) {
    let shop = Shop::new(&["severity"]);
    shop.ok(["customer", "add", "Blue Fern", "--contact", "Ada Lane"]);
    shop.ok(["agent", "add", "mira"]);
    let number = shop.log("Blue Fern", &["--severity", "low"]);
    shop.at("2026-11-23T21:05:00Z");
    (shop, number)
}

/// The number that is said for a new incident.
fn new_number(said: &str) -> String {
    let (_, after) = said
        .split_once("It is ")
        .unwrap_or_else(|| panic!("{said}"));
    after.split('.').next().unwrap().to_owned()
}

#[test]
fn a_caller_is_found_by_sound_and_the_card_is_said_with_places_to_go_on_with() {
    let (shop, number) = shop();
    let said = says(&shop, "c blu fearn\n1\n1\nx\nstop\n");
    assert!(
        said.contains("1, sounds alike: Blue Fern, C-0001, Ada Lane."),
        "{said}"
    );
    assert!(said.contains("2: a new customer, blu fearn."), "{said}");
    assert!(said.contains("On the line: Ada Lane."), "{said}");
    assert!(
        said.contains("1 open: the number in front goes on"),
        "{said}"
    );
    assert!(said.contains(&format!("1: {number}, ")), "{said}");
    assert!(
        said.contains(&format!("The call goes on with {number}.")),
        "{said}"
    );
    assert!(
        said.contains("Nothing was done.\nCall 1 still runs."),
        "{said}"
    );
}

#[test]
fn a_whole_name_is_taken_at_once_and_a_number_goes_on_with_its_incident() {
    let (shop, number) = shop();
    let said = says(&shop, &format!("c Blue\nc {number}\nx\ny\n\n\nsave\n"));
    assert!(!said.contains("Which one"), "{said}");
    assert!(
        said.contains(&format!("The call goes on with {number}.")),
        "{said}"
    );
    // The estimate was left out, and so was the reason: that is asked for until it is given.
    assert!(
        said.contains("Why can that not be said: This must be answered"),
        "{said}"
    );
    // Input has ended in the middle: the call is kept with its end.
    assert!(
        said.contains("Call 1 with Blue Fern is kept (hung up)"),
        "{said}"
    );
}

#[test]
fn a_new_incident_asks_what_the_policy_asks_and_a_refused_answer_is_asked_for_alone() {
    let (shop, _) = shop();
    let lines = "c Blue\nn\n\nInvoices print twice\nback\n\nnone such\nhi\nSince nine\n\n\nK\n\
                 x\ny\ntomorow\nfri 17:00\nback\nback\n\n\nsave\nlist\n";
    let said = says(&shop, lines);
    assert!(said.contains("Summary: This must be answered"), "{said}");
    assert!(
        said.contains("Summary, Enter for Invoices print twice: "),
        "{said}"
    );
    assert!(said.contains("1: critical, "), "{said}");
    assert!(said.contains("\"none such\" is none of them"), "{said}");
    assert!(said.contains("Severity, 1 to 5: high, "), "{said}");
    let number = new_number(&said);
    assert!(
        said.contains("Say: one zero zero zero two, check digit "),
        "{said}"
    );
    assert!(said.contains("Say: You will have our answer by "), "{said}");
    assert!(
        said.contains(&format!("Given: {number}, one zero")),
        "{said}"
    );
    assert!(said.contains("\"tomorow\" is no instant"), "{said}");
    // Whatever was refused or gone back to, what was answered is on record, once.
    let shown = show(&shop, &number);
    assert_eq!(shown["summary"], "Invoices print twice", "{shown}");
    assert_eq!(shown["severity"]["agreed"], "high", "{shown}");
    assert!(shown["detail"] == "Since nine", "{shown}");
    assert!(!shown["first_response_at"].is_null(), "{said}\n{shown}");
    assert_eq!(shop.ok(["call", "list", "--json"]), "[]");
}

#[test]
fn what_the_desk_refuses_can_be_answered_anew_alone() {
    let (shop, number) = shop();
    // An estimate in the past is refused only when all is said.
    let said = says(
        &shop,
        &format!("c {number}\nx\ny\n2026-11-01 9:00\nsave\n2\nfri 17:00\n"),
    );
    assert!(said.contains("Not done: "), "{said}");
    assert!(said.contains("The others stay as they are."), "{said}");
    assert_eq!(shop.ok(["call", "list", "--json"]), "[]", "{said}");
    let shown = show(&shop, &number);
    assert!(!shown["first_response_at"].is_null(), "{said}");
    assert!(!shown["number_given_at"].is_null(), "{said}");
}

#[test]
fn a_call_about_two_incidents_asks_for_each_and_answers_only_what_is_said() {
    let (shop, first) = shop();
    let second = shop.log("Blue Fern", &["--severity", "high"]);
    shop.at("2026-11-23T21:10:00Z");
    // The earlier deadline is the first place of the card.
    let said = says(
        &shop,
        &format!("c {first}\nc Blue\n1\n2\nx\n\n\n\ny\nfri 17:00\nsave\n"),
    );
    assert!(said.contains("runs: x hangs it up"), "{said}");
    let asked = format!("{second}: Did the caller get an answer on this call? y or n");
    assert!(said.contains(&asked), "{said}");
    let answered = |number| !show(&shop, number)["first_response_at"].is_null();
    assert!(answered(&second) && !answered(&first), "{said}");
    assert_eq!(shop.ok(["call", "list", "--json"]), "[]", "{said}");
}

#[test]
fn the_call_itself_is_a_contact_and_an_incident_that_it_was_not_about_is_struck() {
    let (shop, first) = shop();
    shop.ok(["wait", &first, "Which version?"]);
    let second = shop.log("Blue Fern", &["--severity", "high"]);
    shop.at("2026-11-23T21:10:00Z");
    let said = says(&shop, &format!("c {first}\n1\nx\nn\nn\nsave\n1\ny\nsave\n"));
    // Who rings about an incident does not keep us waiting any more.
    assert_eq!(show(&shop, &first)["state"], "open", "{said}");
    for words in [
        format!("{first}, 0 min.\n{second}, 0 min.\n"),
        format!("Does {first} stay in the call? y or n, Enter for yes: "),
        "Not done: one incident must stay in the call".to_owned(),
        format!("Call 1 is recorded, {first}, 0 min.\n"),
    ] {
        assert!(said.contains(&words), "no {words} in {said}");
    }
    let shown = shop.ok(["show", &second]);
    assert!(shown.contains("Taken back"), "{said}\n{shown}");
    assert!(!shown.contains("The call took"), "{said}\n{shown}");
    assert!(
        shop.ok(["show", &first]).contains("The call took"),
        "{said}"
    );
}

#[test]
fn what_was_taken_back_is_no_part_of_the_call_any_more() {
    let (shop, number) = shop();
    let said = says(&shop, "c Blue\n1\nundo\nleave\nx\nquest\nsave\n");
    assert!(said.contains("it led to no incident"), "{said}");
    assert!(
        !shop.ok(["show", &number]).contains("The call took"),
        "{said}"
    );
}

#[test]
fn a_stranger_becomes_a_customer_with_what_is_asked_for() {
    let (shop, _) = shop();
    let said = says(
        &shop,
        "c Wren & Sons\n1\n\nBo Wren\nnot a number\n+1 555 0199\n\nn Printing stops\nlow\nsave\nx\nsave\n",
    );
    assert!(said.contains("Nobody is found for Wren & Sons."), "{said}");
    assert!(said.contains("C-0002 is a new customer."), "{said}");
    assert!(
        said.contains("On the line: Bo Wren, +1 555 0199."),
        "{said}"
    );
    let number = new_number(&said);
    let shown = show(&shop, &number);
    assert_eq!(shown["customer"]["name"], "Wren & Sons", "{shown}");
    assert_eq!(shown["contact"]["name"], "Bo Wren", "{shown}");
}

#[test]
fn outcomes_are_read_out_and_only_what_the_chosen_one_needs_is_asked() {
    let (shop, number) = shop();
    let said = says(&shop, &format!("d\n{number}\nd\nfix\nA new cable\nsave\n"));
    assert!(
        said.contains("No incident is open: its number opens it."),
        "{said}"
    );
    assert!(
        said.contains(&format!("Resolve {number} of Blue Fern, ")),
        "{said}"
    );
    assert!(said.contains("Outcome, 1 to "), "{said}");
    assert!(said.contains("1: fixed, The problem is fixed."), "{said}");
    assert!(said.contains("Reference of the bug"), "{said}");
    assert!(!said.contains("Forwarded to"), "{said}");
    assert_eq!(show(&shop, &number)["state"], "resolved", "{said}");
}

#[test]
fn a_note_during_the_call_is_kept_with_it_and_comes_to_its_incident() {
    let (shop, number) = shop();
    let said = says(
        &shop,
        &format!("c\nBlue\nm Heard it before\n{number}\nx\n\nsave\n"),
    );
    assert!(said.contains("Kept with the call."), "{said}");
    assert!(
        said.contains(&format!("Was it about {number} of Blue Fern?")),
        "{said}"
    );
    assert!(
        shop.ok(["show", &number]).contains("Heard it before"),
        "{said}"
    );
}

#[test]
fn a_call_that_led_to_nothing_reads_out_its_reasons() {
    let (shop, _) = shop();
    let said = says(&shop, "c\n\nx\nwr\nMeant a baker\n");
    assert!(
        said.contains("1: wrong-number, The caller meant somebody else."),
        "{said}"
    );
    assert!(said.contains("it led to no incident"), "{said}");
    assert_eq!(shop.ok(["call", "list", "--json"]), "[]", "{said}");
}

#[test]
fn lists_are_sentences_and_help_says_each_thing_once() {
    let (shop, _) = shop();
    let said = says(&shop, "customer list\nmail list\nhelp\n");
    assert!(said.contains("C-0001: name Blue Fern, "), "{said}");
    assert!(said.contains("Nothing is listed."), "{said}");
    let names: Vec<&str> = said
        .lines()
        .skip_while(|line| !line.contains("help COMMAND explains"))
        .filter_map(|line| Some(line.split_once(": ")?.0))
        .collect();
    assert!(names.len() > 50, "{said}");
    let mut once = names.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), names.len(), "{names:?}");
}

#[test]
fn what_was_answered_before_input_ended_is_offered_again() {
    let (shop, number) = shop();
    let said = says(&shop, &format!("c {number}\nx\ny\nfri 17:00\n"));
    assert!(said.contains("is kept (hung up)"), "{said}");
    let said = says(&shop, "x\n\nsave\n");
    assert!(said.contains("y or n, Enter for yes"), "{said}");
    let shown = show(&shop, &number);
    assert!(!shown["first_response_at"].is_null(), "{said}");
    let clocks = shown["clocks"].as_array().unwrap();
    assert!(
        clocks.iter().any(|clock| clock["kind"] == "estimate"),
        "{shown}"
    );
    assert_eq!(shop.ok(["call", "list", "--json"]), "[]");
    // Also where the call led to no incident.
    let said = says(&shop, "c Blue\nx\nquestion\n");
    assert!(said.contains("is kept (hung up)"), "{said}");
    let said = says(&shop, "x\n\n\n");
    assert!(said.contains("Enter for question"), "{said}");
    assert_eq!(shop.ok(["call", "list", "--json"]), "[]", "{said}");
}

#[test]
fn somebody_new_who_may_be_there_already_is_asked_about() {
    let (shop, _) = shop();
    let number = "+44 20 7946 0001";
    shop.ok(["contact", "add", "Blue Fern", "Ada Moss", "--phone", number]);
    let customers = || shop.json(["customer", "list"]).as_array().unwrap().len();
    let lines = |which| format!("c Nobody Such\n1\n\n\n{number}\n\n{which}\n");
    let said = says(&shop, &lines(1));
    assert!(
        said.contains("1: C-0001 Blue Fern, has that telephone number."),
        "{said}"
    );
    assert!(!said.contains("is a new customer"), "{said}");
    assert_eq!(customers(), 1, "{said}");
    let said = says(
        &shop,
        &format!("x --no-incident wrong-number\n{}", lines(2)),
    );
    assert!(said.contains("C-0002 is a new customer."), "{said}");
    assert_eq!(customers(), 2);
}
