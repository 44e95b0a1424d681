//! What is answered in the plain console: what is refused before it is asked, ways out, ways in which a customer is answered.

use super::says;
use crate::seen::show;
use crate::shop::Shop;

/// A desk under a policy with severities, with a customer who has an incident that came by mail.
fn by_mail() -> (Shop, String) {
    let shop = Shop::new(&["severity"]);
    let mail = ["--contact", "Ada Lane", "--mail", "ada@fern.example"];
    shop.ok(["customer", "add", "Blue Fern"].iter().chain(&mail));
    shop.ok(["agent", "add", "mira"]);
    let by_mail = [
        "--severity",
        "low",
        "--channel",
        "mail",
        "--contact",
        "Ada Lane",
    ];
    let number = shop.log("Blue Fern", &by_mail);
    (shop, number)
}

#[test]
fn who_came_by_mail_is_answered_by_mail_and_that_is_said() {
    let (shop, number) = by_mail();
    let said = says(&shop, &format!("{number}\nr We see it\n\n\nunknown\n\n"));
    for words in [
        "By, 1 to 4, Enter for mail: ",
        "Answered by mail.",
        "A message to ada@fern.example waits in the outbox.",
    ] {
        assert!(said.contains(words), "no {words} in {said}");
    }
    assert!(
        shop.ok(["show", &number]).contains("Answered by mail"),
        "{said}"
    );
    // A command has the same rule, and says by which way where nobody did.
    let (shop, number) = by_mail();
    let respond = ["respond", &number, "We see it", "--no-estimate", "unknown"];
    let ran = shop.run(respond);
    assert!(ran.stderr.contains("note: answered by mail"), "{ran:#?}");
    assert!(shop.ok(["mail", "list"]).contains("ada@fern.example"));
    // While one talks with the customer it is by phone.
    shop.at("2026-11-23T21:10:00Z");
    let said = says(
        &shop,
        &format!("c {number}\nr We see it\n\n\nunknown\nsave\n"),
    );
    assert!(said.contains("By, 1 to 4, Enter for phone: "), "{said}");
    assert!(said.contains("Answered by phone."), "{said}");
    // By another way than the agreement's, the reason is asked for.
    let said = says(
        &shop,
        &format!("{number}\nr We see it\nother\nThey came in\n\nunknown\nsave\n"),
    );
    assert!(said.contains("Why so: "), "{said}");
    assert!(
        shop.ok(["show", &number]).contains("They came in"),
        "{said}"
    );
}

#[test]
fn a_form_has_the_ways_out_and_asks_anew_for_what_is_refused() {
    let (shop, number) = by_mail();
    let said = says(
        &shop,
        &format!(
            "{number}\nform note\nOne\nback\nTwo\nnone such\nwork\nform note\nstop\nstop\nback\n"
        ),
    );
    assert!(said.contains("\"none such\" is none of them"), "{said}");
    assert!(said.contains("stop ends it, back goes back"), "{said}");
    let shown = shop.ok(["show", &number]);
    assert!(shown.contains("Work: Two"), "{said}\n{shown}");
    assert!(!shown.contains("One") && !shown.contains("stop"), "{shown}");
    // Where nothing is asked, the same words leave nothing that is open.
    assert_eq!(said.matches("Nothing is being asked").count(), 2, "{said}");
    assert!(said.ends_with(&format!("{number}> ")), "{said}");
    // What only the command refuses is asked for alone, too, and a value that cannot be read at once.
    let said = says(
        &shop,
        &format!(
            "{number}\nform respond\nWe see it\nmail\n\nyesterday 9:00\n\n\n4\nfri 17:00\nform list\n\n\n\nmany\n3\nsave\n"
        ),
    );
    assert!(said.contains("Which answer is to be another"), "{said}");
    assert!(said.contains("that is no whole number"), "{said}");
}

#[test]
fn what_cannot_be_done_is_said_before_anything_is_asked_with_the_next_key() {
    let shop = Shop::new(&["per-incident"]);
    shop.customer("Blue Fern");
    let number = shop.log("Blue Fern", &[]);
    let said = says(&shop, &format!("{number}\nd\nr\nform respond\nw\n"));
    let refused = "(p records the payment, or waives it)";
    assert_eq!(said.matches(refused).count(), 4, "{said}");
    assert!(
        !said.contains("Outcome") && !said.contains("told"),
        "{said}"
    );
    let shop = Shop::new(&["season-ticket"]);
    shop.customer("Blue Fern");
    let number = shop.log("Blue Fern", &[]);
    let said = says(&shop, &format!("{number}\nd\n"));
    assert!(said.contains("accepts it)"), "{said}");
    assert!(!said.contains("Outcome"), "{said}");
}

#[test]
fn an_answer_that_is_a_command_is_asked_about_before_it_is_kept() {
    let (shop, number) = by_mail();
    let said = says(
        &shop,
        &format!("{number}\nform note\nquit\n\nRang again\nsave\nform note\nlist\ny\nsave\n"),
    );
    assert!(
        said.contains("\"quit\" is a command: is it the answer here? y or n, Enter for no: "),
        "{said}"
    );
    let shown = shop.ok(["show", &number]);
    assert!(shown.contains("Note: Rang again"), "{said}\n{shown}");
    assert!(!shown.contains("quit"), "{shown}");
    assert!(shown.contains("Note: list"), "{said}\n{shown}");
}

#[test]
fn a_choice_of_one_is_taken_and_said() {
    let shop = Shop::new(&["per-incident"]);
    shop.customer("Blue Fern");
    let number = shop.log("Blue Fern", &[]);
    let said = says(&shop, &format!("{number}\np\n\nORDER-1\ny\n"));
    assert!(said.contains("How it was paid: online."), "{said}");
    assert!(!said.contains("1 to 1"), "{said}");
    assert_eq!(show(&shop, &number)["state"], "open", "{said}");
}
