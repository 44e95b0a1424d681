//! What is written to whom when: the number in every subject, the policy's own words, the right copies.

use rstest::rstest;
use serde_json::Value;

use crate::shop::Shop;

/// A desk with one policy, and a customer whose Ada Moss writes from `ada@blue-fern.test`.
fn blue_fern(policy: &str, more: &[&str]) -> Shop {
    let shop = Shop::new(&[policy]);
    let customer = ["customer", "add", "Blue Fern"];
    shop.ok(customer.iter().chain(more));
    let ada = ["Ada Moss", "--mail", "ada@blue-fern.test"];
    shop.ok(["contact", "add", "Blue Fern"].iter().chain(&ada));
    shop
}

/// Every message of an incident, the newest first.
fn messages(shop: &Shop, number: &str) -> Vec<Value> {
    let listed = shop.json(["mail", "list", number, "--all"]);
    listed.as_array().unwrap().clone()
}

/// The newest message of an incident.
fn newest(shop: &Shop, number: &str) -> Value {
    messages(shop, number).swap_remove(0)
}

fn text(message: &Value) -> &str {
    message["text"].as_str().unwrap()
}

#[test]
fn p5_14_the_checklist_is_sent_with_the_number() {
    let shop = blue_fern("tech-reference", &[]);
    let number = shop.log("Blue Fern", &["--contact", "Ada Moss"]);
    let message = newest(&shop, &number);
    assert_eq!(message["message"], format!("{number}/1"));
    assert_eq!(message["occasion"], "logged");
    assert_eq!(message["state"], "queued");
    assert_eq!(message["to"][0], "ada@blue-fern.test");
    let text = text(&message);
    assert!(text.starts_with("Dear Ada Moss,\n"), "{text}");
    assert!(text.contains(&number), "{text}");
    assert!(text.contains("- The product, and its version\n"), "{text}");
}

#[test]
fn p1_05_the_order_s_message_says_how_to_schedule_the_call() {
    let shop = blue_fern("per-incident", &[]);
    let number = shop.log("Blue Fern", &[]);
    assert!(messages(&shop, &number).is_empty());
    shop.ok(["order", &number]);
    let message = newest(&shop, &number);
    assert_eq!(message["occasion"], "ordered");
    assert_eq!(message["state"], "queued");
    assert_eq!(message["to"][0], "ada@blue-fern.test");
    assert!(
        text(&message).contains("To schedule your call"),
        "{message}"
    );
    // A payment is no second order.
    shop.ok(["pay", &number, "--method", "online", "--reference", "O-1"]);
    assert_eq!(messages(&shop, &number).len(), 1);
}

#[rstest]
#[case::without("", "")]
#[case::with("prefix = \"TR-\"\n", "TR-")]
fn p5_10_the_number_is_in_every_subject(#[case] line: &str, #[case] prefix: &str) {
    let shop = Shop::empty();
    let shipped = holdline::policy::shipped("severity").unwrap();
    std::fs::write(shop.path("own.toml"), format!("{line}{shipped}")).unwrap();
    shop.ok(["init", "--policy", "own.toml"]);
    shop.ok(["customer", "add", "Blue Fern"]);
    shop.ok([
        "contact",
        "add",
        "Blue Fern",
        "Ada",
        "--mail",
        "ada@blue-fern.test",
    ]);
    let number = shop.log("Blue Fern", &["--severity", "low"]);
    let fair = ["--by", "mail", "--no-estimate", "the answer is all"];
    shop.ok(["respond", &number, "See page 4"].iter().chain(&fair));
    shop.ok(["wait", &number, "Does that help?"]);
    shop.ok(["resume", &number]);
    shop.ok(["resolve", &number, "--outcome", "fixed"]);
    let said = messages(&shop, &number);
    assert_eq!(said.len(), 3, "{said:#?}");
    for message in said {
        let subject = message["subject"].as_str().unwrap();
        assert!(
            subject.starts_with(&format!("[{prefix}{number}] ")),
            "{subject}"
        );
    }
}

#[test]
fn p4_08_a_reply_by_mail_is_the_text_that_was_given() {
    let shop = blue_fern("escalation", &["--office", "uk"]);
    let number = shop.log("Blue Fern", &["--detail", "It stops"]);
    let said = shop.fails(2, ["respond", &number, " ", "--by", "mail"]);
    assert!(said.contains("a response needs text"), "{said}");
    shop.ok(["respond", &number, "Turn it off.\nThen on.", "--by", "mail"]);
    let message = newest(&shop, &number);
    assert_eq!(message["occasion"], "responded");
    assert!(
        text(&message).contains("\n\nTurn it off.\nThen on.\n\nmira, "),
        "{message}"
    );
    // What was said on the telephone is not written as well.
    shop.ok(["respond", &number, "As I said"]);
    assert_eq!(messages(&shop, &number).len(), 2);
}

#[test]
fn nobody_is_written_to_who_has_no_address() {
    let shop = Shop::new(&["tech-reference"]);
    let number = shop.log(shop.customer("Blue Fern"), &[]);
    assert_eq!(messages(&shop, &number), [] as [Value; 0]);
}

#[test]
fn p1_05_a_promised_message_without_an_address_is_said_and_kept_on_record() {
    let shop = Shop::new(&["per-incident"]);
    let number = shop.log(shop.customer("Blue Fern"), &[]);
    let unwritten = "No mail address of the caller is known: no message on how to schedule the call is in the outbox";
    let said = shop.ok(["order", &number]);
    assert!(said.trim_end().ends_with(unwritten), "{said}");
    assert!(shop.ok(["show", &number]).contains(unwritten));
    // The next step says nothing of it, and it may be taken back like any order.
    let said = shop.ok(["assign", &number, "mira"]);
    assert!(!said.contains(unwritten), "{said}");
}

#[rstest]
#[case::p3_10("season-ticket", "enhancement-forwarded", &["--reference", "FR-7"], "product.management@example.com")]
#[case::p3_10_to_whom("season-ticket", "enhancement-forwarded", &["--to", "development"], "development@example.com")]
#[case::p3_10_to_an_address("season-ticket", "enhancement-forwarded", &["--to", "kim@shop.test"], "kim@shop.test")]
#[case::p3_11("season-ticket", "escalated-to-development", &["--reference", "REV-1"], "development@example.com")]
#[case::p4_13("escalation", "roadmap-escalated", &[], "account.manager@example.com")]
fn p3_10_p3_11_p4_13_the_role_is_told(
    #[case] policy: &str,
    #[case] outcome: &str,
    #[case] more: &[&str],
    #[case] to: &str,
) {
    let shop = Shop::new(&[policy]);
    let office: &[&str] = if policy == "escalation" {
        &["--office", "uk"]
    } else {
        &[]
    };
    shop.ok(["customer", "add", "Blue Fern"].iter().chain(office));
    shop.entitle("Blue Fern", "contract");
    let number = shop.log("Blue Fern", &["--detail", "Larger letters, please"]);
    if policy == "season-ticket" {
        shop.ok(["accept", &number]);
    }
    shop.ok(["resolve", &number, "--outcome", outcome]
        .iter()
        .chain(more));
    let told = messages(&shop, &number);
    assert_eq!(told.len(), 1, "{told:#?}");
    assert_eq!(told[0]["occasion"], "forwarded");
    assert_eq!(told[0]["to"], serde_json::json!([to]));
    assert!(text(&told[0]).contains(&number), "{told:#?}");
}

#[test]
fn p4_13_the_customers_own_account_manager_is_told() {
    let own = ["--office", "uk", "--account-manager", "lee@shop.test"];
    let shop = blue_fern("escalation", &own);
    let number = shop.log("Blue Fern", &["--detail", "Larger letters, please"]);
    shop.ok(["resolve", &number, "--outcome", "roadmap-escalated"]);
    let told = newest(&shop, &number);
    assert_eq!(told["to"], serde_json::json!(["lee@shop.test"]));
}

fn escalate(shop: &Shop, number: &str, more: &[&str]) {
    let why = [
        "--ground",
        "no-satisfactory-reply",
        "--concern",
        "It still stops",
    ];
    shop.ok(["escalate", number].iter().chain(&why).chain(more));
}

#[test]
fn p4_17_18_19_each_level_has_the_right_copies_and_the_third_the_earlier_attempts() {
    let own = ["--office", "uk", "--account-manager", "lee@shop.test"];
    let shop = blue_fern("escalation", &own);
    shop.at("2026-11-23T10:00:00Z");
    let number = shop.log("Blue Fern", &["--detail", "It stops"]);
    escalate(&shop, &number, &[]);
    let first = newest(&shop, &number);
    assert_eq!(first["to"], serde_json::json!(["ada@blue-fern.test"]));
    assert_eq!(
        first["cc"],
        serde_json::json!(["support.manager@example.com"])
    );
    assert!(text(&first).contains("Concern: It still stops"), "{first}");
    assert!(!text(&first).contains("Reply:"), "{first}");
    shop.ok([
        "escalation",
        "answer",
        &number,
        "--level",
        "1",
        "Kim looks at it",
    ]);
    escalate(&shop, &number, &[]);
    let second = newest(&shop, &number);
    assert_eq!(
        second["cc"],
        serde_json::json!(["lee@shop.test", "support.manager@example.com"])
    );
    shop.at("2026-11-25T10:00:00Z");
    escalate(&shop, &number, &["--confirm", &number]);
    let third = newest(&shop, &number);
    assert_eq!(third["cc"][0], "chief.executive@example.com");
    assert_eq!(third["cc"].as_array().unwrap().len(), 3);
    let ground = "It was not given a satisfactory reply";
    for part in [
        format!("- level 1 (Support manager), Mon 23 Nov 2026 10:00 GMT: {ground}"),
        "Reply: answered Mon 23 Nov 2026 10:00 GMT: Kim looks at it".to_owned(),
        format!("- level 2 (Account manager), Mon 23 Nov 2026 10:00 GMT: {ground}"),
        "Reply: not answered yet".to_owned(),
    ] {
        assert!(text(&third).contains(&part), "{part}: {third}");
    }
}

#[test]
fn p4_18_a_call_that_serves_is_not_written_as_well() {
    let shop = blue_fern("escalation", &["--office", "uk"]);
    let number = shop.log("Blue Fern", &["--detail", "It stops"]);
    escalate(&shop, &number, &[]);
    let before = messages(&shop, &number).len();
    let call = ["call", "log", &number, "--in", "--with", "account_manager"];
    shop.ok(call);
    escalate(&shop, &number, &["--call"]);
    assert_eq!(messages(&shop, &number).len(), before);
}

#[test]
fn nothing_in_a_summary_adds_a_header_or_a_field() {
    let shop = blue_fern("escalation", &["--office", "uk"]);
    let sly = "Hello\r\nBcc: all@blue-fern.test {checklist} {due}";
    let log = [
        "log",
        "--customer",
        "Blue Fern",
        "--detail",
        "x",
        "--summary",
        sly,
    ];
    let number = shop.ok(log);
    let message = newest(&shop, &number);
    assert_eq!(
        message["subject"],
        format!("[{number}] Hello Bcc: all@blue-fern.test {{checklist}} {{due}}")
    );
}

#[test]
fn a_message_is_shown_as_its_reader_sees_it() {
    let shop = blue_fern("tech-reference", &[]);
    let number = shop.log("Blue Fern", &[]);
    let shown = shop.ok(["mail", "show", &format!("{number}/1")]);
    let head = format!(
        "{number}/1 queued since Mon 23 Nov 2026 21:00 UTC\n\nTo: ada@blue-fern.test\nSubject: [{number}]"
    );
    assert!(shown.starts_with(&head), "{shown}");
    let said = shop.fails(3, ["mail", "show", &format!("{number}/2")]);
    assert!(said.contains("no message"), "{said}");
    let said = shop.fails(2, ["mail", "show", &number]);
    assert!(said.contains("write it like 10001-4/1"), "{said}");
    let table = shop.ok(["mail", "list"]);
    assert!(table.contains("ada@blue-fern.test"), "{table}");
}

#[test]
fn p5_10_nobody_else_is_written_to_in_the_callers_name() {
    let shop = Shop::new(&["tech-reference"]);
    let ann = ["--contact", "Ann Lee", "--phone", "+44 20 7946 0001"];
    shop.ok(["customer", "add", "Hours Inc"].iter().chain(&ann));
    shop.ok([
        "contact",
        "add",
        "Hours Inc",
        "Eve Moss",
        "--mail",
        "eve@hours.test",
    ]);
    let number = shop.log("Hours Inc", &["--contact", "Ann Lee"]);
    assert_eq!(messages(&shop, &number), [] as [Value; 0]);
    // That nothing is written is on record.
    let unwritten =
        "No mail address of the caller is known: no message with the number is in the outbox";
    let shown = shop.ok(["show", &number]);
    assert!(shown.contains(unwritten), "{shown}");
    // Whoever has an address is written to by name.
    let number = shop.log("Hours Inc", &["--contact", "Eve Moss"]);
    let message = newest(&shop, &number);
    assert_eq!(message["to"], serde_json::json!(["eve@hours.test"]));
    assert!(text(&message).starts_with("Dear Eve Moss,"), "{message}");
    // Once there is one, the next message goes there.
    shop.ok([
        "contact",
        "add",
        "Hours Inc",
        "Ann Lee",
        "--mail",
        "ann@hours.test",
    ]);
    let number = shop.log("Hours Inc", &["--contact", "Ann Lee"]);
    let message = newest(&shop, &number);
    assert_eq!(message["to"], serde_json::json!(["ann@hours.test"]));
    assert!(text(&message).starts_with("Dear Ann Lee,"), "{message}");
}
