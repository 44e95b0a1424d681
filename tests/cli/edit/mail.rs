//! What is written to the two customers, and what they write.

use super::{TO_RED_OAK, edit, shop};
use crate::mail::post::{mail, post};
use crate::shop::Shop;

/// The messages of the outbox, oldest first, each as `occasion state address`.
fn outbox(shop: &Shop) -> Vec<String> {
    let listed = shop.json(["mail", "list", "--all"]);
    let words = |message: &serde_json::Value| {
        let word = |key: &str| message[key].as_str().unwrap().to_owned();
        let to = message["to"][0].as_str().unwrap().to_owned();
        [word("occasion"), word("state"), to].join(" ")
    };
    listed.as_array().unwrap().iter().rev().map(words).collect()
}

#[test]
fn the_number_is_written_to_the_other_customer_instead() {
    let shop = shop("escalation");
    let number = shop.log("Blue Fern", &["--detail", "At noon"]);
    assert_eq!(outbox(&shop), ["logged queued ada@blue-fern.test"]);
    shop.ok(edit(&number, &TO_RED_OAK));
    assert_eq!(
        outbox(&shop),
        [
            "logged dropped ada@blue-fern.test",
            "logged queued kim@red-oak.test"
        ]
    );
    shop.ok(["desk", "check"]);
    shop.ok(["undo", &number]);
    assert_eq!(
        outbox(&shop),
        [
            "logged queued ada@blue-fern.test",
            "logged dropped kim@red-oak.test"
        ]
    );
    shop.ok(["desk", "check"]);
}

#[test]
fn what_else_was_written_to_the_first_one_goes_first() {
    let shop = shop("escalation");
    let number = shop.log("Blue Fern", &["--detail", "At noon"]);
    shop.ok(["respond", &number, "We see it", "--by", "mail"]);
    let said = shop.fails(1, edit(&number, &TO_RED_OAK));
    assert!(
        said.contains(
            "message 10001-4/2 was written for Blue Fern and waits to be sent: send or drop it"
        ),
        "{said}"
    );
    shop.ok(["mail", "drop", "10001-4/2", "--reason", "Wrong customer"]);
    shop.ok(edit(&number, &TO_RED_OAK));
}

#[test]
fn a_dropped_message_is_queued_again_when_that_is_taken_back() {
    let shop = shop("escalation");
    let number = shop.log("Blue Fern", &["--detail", "At noon"]);
    shop.ok(["mail", "drop", "10001-4/1", "--reason", "They have it"]);
    shop.ok(["undo", &number]);
    assert_eq!(outbox(&shop), ["logged queued ada@blue-fern.test"]);
    shop.ok(["desk", "check"]);
}

#[test]
fn what_was_written_twice_is_written_anew_once() {
    let shop = shop("per-incident");
    let number = shop.log("Blue Fern", &[]);
    shop.ok(["waive", &number, "--reason", "A gift"]);
    for at in ["+2h", "+3h"] {
        shop.ok(["schedule", &number, at]);
    }
    shop.ok(edit(&number, &TO_RED_OAK));
    let queued = outbox(&shop);
    let queued = queued.iter().filter(|message| message.contains(" queued "));
    let queued: Vec<_> = queued
        .filter(|message| message.starts_with("scheduled"))
        .collect();
    assert_eq!(queued, ["scheduled queued kim@red-oak.test"]);
}

#[test]
fn mail_joins_by_whose_it_is_now() {
    let shop = shop("escalation");
    let number = shop.log("Blue Fern", &["--detail", "At noon"]);
    shop.ok(edit(&number, &TO_RED_OAK));
    let subject = format!("[{number}] still so");
    let theirs = post(&shop, &mail("Kim Reed <kim@red-oak.test>", &subject, ""));
    assert_eq!(theirs["outcome"], "joined");
    let first = post(&shop, &mail("Ada Moss <ada@blue-fern.test>", &subject, ""));
    assert_eq!(first["outcome"], "waiting");
}
