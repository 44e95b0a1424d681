//! A known fault resolved for all, with one message to every caller.

use rstest::rstest;
use serde_json::{Value, json};

use crate::seen::{entries, show};
use crate::shop::Shop;

const RESOLVE: [&str; 4] = ["--outcome", "fixed", "--detail", "The line is back"];

/// A known fault of a customer whose Ada Moss can be written to.
fn fault() -> (Shop, String) {
    let shop = Shop::new(&["severity"]);
    let fault = caller(&shop, "Blue Fern", "Ada Moss", Some("ada@blue-fern.test"));
    shop.ok(["known", &fault]);
    (shop, fault)
}

/// A customer whose person calls in.
fn caller(shop: &Shop, customer: &str, person: &str, mail: Option<&str>) -> String {
    shop.customer(customer);
    let phone = ["--phone", "+1 555 0100"];
    let mail = mail.map_or_else(Vec::new, |mail| vec!["--mail", mail]);
    let add = ["contact", "add", customer, person];
    shop.ok(add.iter().chain(&phone).chain(&mail));
    log(shop, customer, person, &["--severity", "high"])
}

fn log(shop: &Shop, customer: &str, person: &str, more: &[&str]) -> String {
    shop.log(customer, &[&["--contact", person], more].concat())
}

fn same(shop: &Shop, customer: &str, person: &str, mail: Option<&str>, fault: &str) -> String {
    let number = caller(shop, customer, person, mail);
    shop.ok(["known", fault, "--add", &number]);
    number
}

fn resolve<'a>(fault: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    [&["resolve", fault, "--with-same"], &RESOLVE[..], more].concat()
}

/// What waits in the outbox about a resolution, oldest first: to whom, and the subject.
fn outbox(shop: &Shop) -> Vec<(String, String)> {
    let list = shop.json(["mail", "list", "--all"]);
    let resolved = list.as_array().unwrap().iter().rev();
    let resolved = resolved.filter(|message| message["occasion"] == "resolved");
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    resolved
        .map(|message| (text(&message["to"][0]), text(&message["subject"])))
        .collect()
}

#[test]
fn every_caller_gets_one_message_with_their_own_numbers() {
    let (shop, fault) = fault();
    let red = same(
        &shop,
        "Red Oak",
        "Kim Reed",
        Some("kim@red-oak.test"),
        &fault,
    );
    let again = log(
        &shop,
        "Red Oak",
        "Kim Reed",
        &["--same-as", &fault, "--severity", "high"],
    );
    let mute = same(&shop, "Tall Pine", "Jo Park", None, &fault);
    let text = "Dear {contact},\n\n{number} is over: {detail}";
    let args = resolve(&fault, &["--message", text]);

    let foreseen = shop.json(args.iter().chain(&["--dry-run"]));
    assert_eq!(foreseen["dry_run"], true);
    assert_eq!(outbox(&shop), []);
    assert_eq!(show(&shop, &red)["state"], "open");

    let done = shop.json(&args);
    for part in ["resolved", "messages", "to_call", "left"] {
        assert_eq!(foreseen[part], done[part], "{part}");
    }
    let summary = "Resolved: It does not start";
    assert_eq!(
        outbox(&shop),
        [
            (
                "ada@blue-fern.test".to_owned(),
                format!("[{fault}] {summary}")
            ),
            (
                "kim@red-oak.test".to_owned(),
                format!("[{red}] [{again}] {summary}")
            ),
        ]
    );
    let messages = &done["messages"];
    assert_eq!(messages[0]["message"], format!("{fault}/1"));
    assert_eq!(messages[1]["message"], format!("{red}/1"));
    assert_eq!(messages[1]["also"], json!([again]));
    let says = format!("Dear Kim Reed,\n\n{red}, {again} is over: The line is back");
    assert_eq!(messages[1]["text"], says);
    let to_call = json!([{
        "tech_ref": mute,
        "customer": "Tall Pine",
        "contact": "Jo Park",
        "phones": ["+1 555 0100"],
    }]);
    assert_eq!(done["to_call"], to_call);
    let told = shop.ok(["show", &again]);
    assert!(
        told.contains(&format!("Told with {red}, by its message 1")),
        "{told}"
    );
    shop.ok(["desk", "check"]);
}

#[test]
fn what_would_happen_is_said_in_words() {
    let (shop, fault) = fault();
    let mute = same(&shop, "Tall Pine", "Jo Park", None, &fault);
    let args = resolve(
        &fault,
        &["--message", "It is over, {contact}.", "--dry-run"],
    );
    let ran = shop.run(args);
    assert_eq!(
        ran.stdout,
        format!(
            "Nothing was changed.\n{fault} would be resolved\n{mute} would be resolved\n\
             message to ada@blue-fern.test (Blue Fern): {fault}\n\n\
             The first one would read:\nSubject: [{fault}] Resolved: It does not start\n\nIt is over, Ada Moss.\n"
        )
    );
    let call = format!("note: {mute} (Tall Pine) has no mail address: call Jo Park, +1 555 0100\n");
    assert_eq!(ran.stderr, call);
    // Without --with-same the step itself is tried.
    let alone = ["resolve", &fault, "--dry-run"];
    let said = shop.ok(alone.iter().chain(&RESOLVE));
    assert!(said.contains("would be resolved"), "{said}");
    assert_eq!(show(&shop, &fault)["state"], "open");
}

#[test]
fn the_message_may_come_from_standard_input_and_without_one_each_gets_the_policys() {
    let (shop, fault) = fault();
    same(
        &shop,
        "Red Oak",
        "Kim Reed",
        Some("kim@red-oak.test"),
        &fault,
    );
    let ran = shop.run_with(
        "Over, {contact}.\n",
        resolve(&fault, &["--message", "-", "--json"]),
    );
    assert_eq!(ran.code, 0, "{ran:?}");
    let done: Value = serde_json::from_str(&ran.stdout).unwrap();
    let texts = [&done["messages"][0]["text"], &done["messages"][1]["text"]];
    assert_eq!(texts, ["Over, Ada Moss.", "Over, Kim Reed."]);

    let (shop, fault) = self::fault();
    let red = same(
        &shop,
        "Red Oak",
        "Kim Reed",
        Some("kim@red-oak.test"),
        &fault,
    );
    let again = log(
        &shop,
        "Red Oak",
        "Kim Reed",
        &["--same-as", &fault, "--severity", "high"],
    );
    let done = shop.json(resolve(&fault, &[]));
    let of = |at: usize| done["messages"][at]["tech_ref"].clone();
    assert_eq!([of(0), of(1), of(2)], [fault, red, again].map(Value::from));
}

#[rstest]
#[case::a_field_that_there_is_not("Dear {contct}", "did you mean \"contact\"?")]
#[case::nothing(" ", "the message is empty")]
fn what_cannot_be_said_to_all_is_refused(#[case] text: &str, #[case] why: &str) {
    let (shop, fault) = fault();
    same(&shop, "Red Oak", "Kim Reed", None, &fault);
    let said = shop.fails(2, resolve(&fault, &["--message", text]));
    assert!(said.contains(why), "{said}");
}

#[test]
fn what_has_nothing_to_say_for_somebody_is_refused_and_not_left_out() {
    let (shop, fault) = fault();
    let all = ["resolve", &fault, "--with-same", "--outcome", "fixed"];
    let refused = |text: &str, what: &str| {
        let said = shop.fails(2, all.iter().chain(&["--message", text]));
        let why = format!("{{{what}}} has nothing to say for {fault} (Blue Fern)");
        assert!(said.contains(&why), "{said}");
    };
    refused("{detail}", "detail");
    refused("Dear {contact},\nsee {reference}.", "reference");
    // The policy's own words leave such a line out.
    let own = shop.json(["policy", "show", "severity"]);
    let mut own = own["message"].as_array().unwrap().iter();
    let own = own.find(|message| message["at"] == "resolved");
    let own = own.unwrap()["text"].as_str().unwrap();
    let done = shop.json(all.iter().chain(&["--message", own]));
    let text = done["messages"][0]["text"].as_str().unwrap();
    assert!(!text.contains("Reference"), "{text}");
}

#[test]
fn a_message_to_all_goes_with_all() {
    let (shop, fault) = fault();
    let args = ["resolve", &fault, "--message", "Over"];
    let said = shop.fails(2, args.iter().chain(&RESOLVE));
    assert!(said.contains("--with-same"), "{said}");
}

#[test]
fn what_is_told_in_one_message_is_not_taken_back_on_one() {
    let (shop, fault) = fault();
    let red = same(
        &shop,
        "Red Oak",
        "Kim Reed",
        Some("kim@red-oak.test"),
        &fault,
    );
    let again = log(
        &shop,
        "Red Oak",
        "Kim Reed",
        &["--same-as", &fault, "--severity", "high"],
    );
    shop.ok(resolve(&fault, &["--message", "Over"]));
    for number in [&red, &again] {
        let said = shop.fails(1, ["undo", number]);
        assert!(
            said.contains("its message tells of other incidents"),
            "{said}"
        );
    }
    // One that was told alone is.
    shop.ok(["undo", &fault]);
    assert_eq!(outbox(&shop).len(), 2);
    let list = shop.json(["mail", "list"]);
    assert_eq!(list.as_array().unwrap().len(), 1, "{list}");
    shop.ok(["desk", "check"]);
}

#[test]
fn an_answer_to_it_joins_the_incident_that_it_is_of() {
    let (shop, fault) = fault();
    let red = same(
        &shop,
        "Red Oak",
        "Kim Reed",
        Some("kim@red-oak.test"),
        &fault,
    );
    let again = log(
        &shop,
        "Red Oak",
        "Kim Reed",
        &["--same-as", &fault, "--severity", "high"],
    );
    shop.ok(resolve(&fault, &["--message", "Over"]));
    let mail = format!(
        "From: kim@red-oak.test\nTo: support@shop.test\nMessage-ID: <1@red-oak.test>\n\
         Subject: Re: [{red}] [{again}] Resolved\n\nThank you.\n"
    );
    let ran = shop.run_with(&mail, ["mail", "in"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(entries(&shop, &red, "mail-taken"), 1);
    assert_eq!(entries(&shop, &again, "mail-taken"), 0);
}

/// A fault whose mark was taken off, merged into another incident, and one that counts to it merged as well.
#[test]
fn merges_are_followed_on_both_sides() {
    let (shop, fault) = fault();
    let one = same(&shop, "Red Oak", "Kim Reed", None, &fault);
    let other = log(&shop, "Red Oak", "Kim Reed", &["--severity", "high"]);
    shop.ok(["merge", &one, &other]);
    assert_eq!(show(&shop, &fault)["same"], json!([other]));
    shop.ok(["known", &fault, "--off"]);
    assert_eq!(show(&shop, &fault)["same"], json!([other]));
    let whole = log(&shop, "Blue Fern", "Ada Moss", &["--severity", "high"]);
    shop.ok(["merge", &fault, &whole]);
    for number in [&fault, &whole] {
        assert_eq!(show(&shop, number)["same"], json!([other]), "{number}");
    }
    shop.ok(["desk", "check"]);
    shop.ok(["known", &whole]);
    let done = shop.json(resolve(&fault, &[]));
    assert_eq!(done["tech_ref"], whole.as_str());
    assert_eq!(done["resolved"], json!([other]));
    assert_eq!(show(&shop, &whole)["state"], "resolved");
    shop.ok(["desk", "check"]);
}

#[test]
fn a_fault_is_not_merged_into_one_that_counts_to_it() {
    let (shop, fault) = fault();
    let own = log(
        &shop,
        "Blue Fern",
        "Ada Moss",
        &["--same-as", &fault, "--severity", "high"],
    );
    shop.ok(["known", &fault, "--off"]);
    let said = shop.fails(1, ["merge", &fault, &own]);
    assert!(
        said.contains(&format!("merge {own} into {fault} instead")),
        "{said}"
    );
    shop.ok(["merge", &own, &fault]);
    assert_eq!(show(&shop, &fault)["same"], json!([]));
    shop.ok(["desk", "check"]);
}
