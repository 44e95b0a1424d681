//! Mail from customers: who may write, where it goes, and what waits.

use rstest::rstest;

use crate::mail::post::{blue_fern, mail, number, post};
use crate::seen::{clocks, entries, show};
use crate::shop::Shop;

const ADA: &str = "ada@blue-fern.test";

#[test]
fn p4_02_a_registered_address_opens_and_continues() {
    let shop = blue_fern("escalation");
    let opened = post(&shop, &mail("ADA@Blue-Fern.test", "It stops", ""));
    assert_eq!(opened["outcome"], "opened");
    let number = number(&opened);
    assert_eq!(
        clocks(&shop, &number, "response"),
        ["running 2026-11-24T10:00:00Z"]
    );
    assert_eq!(entries(&shop, &number, "message-queued"), 1);
    shop.ok(["respond", &number, "Turn it off and on", "--by", "mail"]);
    shop.at("2026-11-23T12:00:00Z");
    let joined = post(&shop, &mail(ADA, &format!("Re: [{number}] It stops"), ""));
    assert_eq!(joined["outcome"], "joined");
    assert_eq!(joined["tech_ref"], number.as_str());
    // Every contact wants a reply (P4-03).
    let clocks = clocks(&shop, &number, "response");
    assert_eq!(clocks[1], "running 2026-11-24T12:00:00Z");
    assert!(shop.ok(["show", &number]).contains("It still stops."));
    shop.ok(["desk", "check"]);
}

#[test]
fn p4_02_other_mail_waits_and_nothing_is_lost() {
    let shop = blue_fern("escalation");
    let outcome = post(&shop, &mail("eve@elsewhere.test", "It stops", ""));
    assert_eq!(outcome["outcome"], "waiting");
    assert_eq!(outcome["mail"], "M-1");
    let reason = outcome["reason"].as_str().unwrap();
    assert!(
        reason.contains("eve@elsewhere.test is no registered address"),
        "{reason}"
    );
    assert_eq!(shop.ok(["list", "is:any", "--format", "json"]), "[]");
    let shown = shop.ok(["mail", "quarantine", "show", "M-1"]);
    for part in [
        "M-1 waiting",
        "From: eve@elsewhere.test",
        "Subject: It stops",
        "It still stops.",
    ] {
        assert!(shown.contains(part), "{shown}");
    }
    shop.ok(["desk", "check"]);
}

/// A desk whose policy writes a prefix before its numbers.
fn prefixed() -> Shop {
    let shop = Shop::empty();
    let shipped = holdline::policy::shipped("severity").unwrap();
    std::fs::write(
        shop.path("own.toml"),
        format!("prefix = \"TR-\"\n{shipped}"),
    )
    .unwrap();
    shop.ok(["init", "--policy", "own.toml"]);
    shop.ok(["customer", "add", "Blue Fern"]);
    shop.ok(["contact", "add", "Blue Fern", "Ada", "--mail", ADA]);
    shop.log("Blue Fern", &["--severity", "low"]);
    shop
}

#[rstest]
#[case::with_prefix("Re: [TR-10001-4] It stops", "joined")]
#[case::without("AW: [10001-4]", "joined")]
#[case::lower("[tr-10001-4]", "joined")]
#[case::bare_digits("10001-4", "waiting")]
#[case::no_hyphen("[100014]", "waiting")]
#[case::misheard("[10001-5]", "waiting")]
#[case::none_such("[10002-3]", "waiting")]
fn p5_10_a_mail_with_the_number_joins_the_incident(#[case] subject: &str, #[case] outcome: &str) {
    // A mail that names no incident would open one, but for the severity that this policy asks for.
    let shop = prefixed();
    let found = post(&shop, &mail(ADA, subject, ""));
    assert_eq!(found["outcome"], outcome, "{found}");
    let contacts = usize::from(outcome == "joined");
    assert_eq!(entries(&shop, "10001-4", "contacted"), contacts);
}

#[test]
fn p5_10_a_right_number_from_a_stranger_waits_with_the_incident_proposed() {
    let shop = prefixed();
    let found = post(&shop, &mail("eve@elsewhere.test", "[TR-10001-4]", ""));
    assert_eq!(found["outcome"], "waiting");
    assert_eq!(found["tech_ref"], "10001-4");
    assert_eq!(entries(&shop, "10001-4", "contacted"), 0);
    let shown = shop.ok(["mail", "quarantine", "show", "M-1"]);
    assert!(shown.contains("May belong to: 10001-4"), "{shown}");
    assert!(shown.contains("Customer: C-0001 Blue Fern"), "{shown}");
}

#[test]
fn p4_02_registering_a_further_address_keeps_who_approved_it() {
    let shop = blue_fern("escalation");
    let kim = "Kim Lee <kim@blue-fern.test>";
    post(&shop, &mail(kim, "It stops", ""));
    let register = [
        "mail",
        "quarantine",
        "register",
        "M-1",
        "--customer",
        "Blue Fern",
    ];
    let said = shop.fails(1, register);
    assert!(said.contains("approved by the account manager"), "{said}");
    let approved = ["--approved-by", "Lee, account manager"];
    let outcome = shop.json(register.iter().chain(&approved));
    assert_eq!(outcome["outcome"], "opened");
    let number = number(&outcome);
    assert_eq!(show(&shop, &number)["contact"]["name"], "Kim Lee");
    let said = shop.fails(1, register.iter().chain(&approved));
    assert!(said.contains("belongs to"), "{said}");
    // From now on the address is registered.
    let joined = post(&shop, &mail(kim, &format!("[{number}]"), ""));
    assert_eq!(joined["outcome"], "joined");
    let desk = rusqlite::Connection::open(shop.desk()).unwrap();
    let kept = "SELECT count(*) FROM timeline WHERE json_extract(words, '$.approved_by') = 'Lee, account manager'";
    let kept: i64 = desk.query_row(kept, [], |row| row.get(0)).unwrap();
    assert_eq!(kept, 1);
    shop.ok(["desk", "check"]);
}

#[test]
fn p4_02_a_stranger_who_is_registered_does_not_become_the_one_who_is_answered() {
    let shop = blue_fern("per-incident");
    let log = ["log", "--customer", "Blue Fern", "--summary", "It stops"];
    let number = shop
        .ok(log.iter().chain(&["--contact", "Ada"]))
        .trim()
        .to_owned();
    assert_eq!(show(&shop, &number)["contact"]["name"], "Ada");
    post(
        &shop,
        &mail(
            "Eve <eve@elsewhere.test>",
            &format!("[{number}] Let me in"),
            "",
        ),
    );
    let register = ["mail", "quarantine", "register", "M-1"];
    let outcome = shop.json(register.iter().chain(&["--customer", "Blue Fern"]));
    assert_eq!(outcome["outcome"], "joined");
    assert_eq!(show(&shop, &number)["contact"]["name"], "Ada");
    // From now on it is a person of the customer's like any other.
    post(
        &shop,
        &mail("Eve <eve@elsewhere.test>", &format!("[{number}] Again"), ""),
    );
    assert_eq!(show(&shop, &number)["contact"]["name"], "Eve");
}

#[test]
fn p4_02_a_further_address_waits_for_approval() {
    let shop = blue_fern("escalation");
    let add = [
        "contact",
        "add",
        "Blue Fern",
        "Ada Moss",
        "--mail",
        "ada@home.test",
    ];
    let ran = shop.run(add);
    assert!(ran.stderr.contains("waits for approval"), "{ran:?}");
    let outcome = post(&shop, &mail("ada@home.test", "It stops", ""));
    assert_eq!(outcome["outcome"], "waiting");
    assert!(
        outcome["reason"]
            .as_str()
            .unwrap()
            .contains("contact approve")
    );
    shop.fails(1, add);
    let approve = ["contact", "approve", "Blue Fern", "ADA@home.test"];
    shop.fails(2, approve.iter().chain(&["--by", " "]));
    shop.ok(approve.iter().chain(&["--by", "Lee"]));
    shop.fails(3, approve.iter().chain(&["--by", "Lee"]));
    let outcome = post(&shop, &mail("ada@home.test", "It stops again", ""));
    assert_eq!(outcome["outcome"], "opened");
    let at_once = ["--mail", "ada@work.test", "--approved-by", "Lee"];
    shop.ok(["contact", "add", "Blue Fern", "Ada Moss"]
        .iter()
        .chain(&at_once));
    let outcome = post(&shop, &mail("ada@work.test", "It stops", ""));
    assert_eq!(outcome["outcome"], "opened");
}

#[test]
fn p4_02_an_address_that_takes_the_place_of_another_waits_too() {
    let shop = blue_fern("escalation");
    let edit = ["contact", "edit", "Blue Fern", "Ada Moss"];
    let home = ["--mail", "ada@home.test"];
    let ran = shop.run(edit.iter().chain(&home));
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(
        ran.stderr.contains("ada@home.test waits for approval"),
        "{ran:?}"
    );
    let outcome = post(&shop, &mail("ada@home.test", "It stops", ""));
    assert_eq!(outcome["outcome"], "waiting");
    // The only address waits: the next one is a further one all the same.
    let kim = [
        "contact",
        "add",
        "Blue Fern",
        "Kim Lee",
        "--mail",
        "kim@home.test",
    ];
    assert!(shop.run(kim).stderr.contains("waits for approval"));
    shop.fails(2, edit.iter().chain(&home).chain(&["--approved-by", " "]));
    let kept = shop.json(edit.iter().chain(&home).chain(&["--approved-by", "Lee"]));
    assert_eq!(kept["contact"]["mails"][0], "ada@home.test");
    assert!(kept["contact"]["awaiting"].is_null(), "{kept}");
    let outcome = post(&shop, &mail("ada@home.test", "It stops again", ""));
    assert_eq!(outcome["outcome"], "opened");
    shop.ok(["desk", "check"]);
}

#[test]
fn p4_02_dismissing_needs_a_reason_and_loses_nothing() {
    let shop = blue_fern("escalation");
    post(&shop, &mail("eve@elsewhere.test", "Buy now", ""));
    let dismiss = ["mail", "quarantine", "dismiss", "M-1", "--reason"];
    shop.fails(2, dismiss.iter().chain(&[" "]));
    shop.ok(dismiss.iter().chain(&["an advertisement"]));
    let shown = shop.json(["mail", "quarantine", "show", "M-1"]);
    assert_eq!(shown["state"], "dismissed");
    assert_eq!(shown["dismissed"], "an advertisement");
    assert_eq!(shown["text"], "It still stops.");
    let listed = shop.ok(["mail", "quarantine", "list", "--json"]);
    assert_eq!(listed, "[]");
    let said = shop.fails(1, dismiss.iter().chain(&["again"]));
    assert!(said.contains("dismissed already"), "{said}");
    shop.fails(3, ["mail", "quarantine", "show", "M-2"]);
    shop.fails(2, ["mail", "quarantine", "show", "10001-4"]);
    shop.ok(["desk", "check"]);
}

const MANAGER: &str = "Cc: support.manager@example.com\n";
const ACCOUNTS: &str = "Cc: account.manager@example.com\n";

/// One more mail that says the same.
fn again(token: &str, more: &str) -> String {
    mail(
        ADA,
        token,
        &format!("Message-ID: <again@blue-fern.test>\n{more}"),
    )
}

/// A ticket that came by mail, and what its subject names it by.
fn ticket() -> (Shop, String, String) {
    let shop = blue_fern("escalation");
    let number = number(&post(&shop, &mail(ADA, "It stops", "")));
    let token = format!("Re: [{number}]");
    shop.at("2026-11-23T11:00:00Z");
    (shop, number, token)
}

#[test]
fn p4_17_a_mail_with_the_support_manager_in_copy_is_level_1() {
    let (shop, number, token) = ticket();
    let before = entries(&shop, &number, "message-queued");
    let ran = shop.run_with(&mail(ADA, &token, MANAGER), ["mail", "in"]);
    let ask = format!("escalation ground {number} --level 1 GROUND");
    assert!(ran.stderr.contains(&ask), "{ran:?}");
    let made = show(&shop, &number)["escalations"][0].clone();
    assert_eq!(made["level"], 1);
    assert_eq!(made["concern"], "It still stops.");
    assert_eq!(made["requested_by"], "customer");
    assert_eq!(made["evidence"], "message");
    assert!(made["ground"].is_null(), "{made}");
    // The mail was the message: none is written once more.
    assert_eq!(entries(&shop, &number, "message-queued"), before);
    assert!(shop.ok(["show", &number]).contains("ground not said yet"));
    let ground =
        |ground| ["escalation", "ground", &number, "--level", "1", ground].map(str::to_owned);
    shop.fails(3, ground("angry"));
    shop.ok(ground("not-understood"));
    assert_eq!(
        show(&shop, &number)["escalations"][0]["ground"],
        "not-understood"
    );
    let said = shop.fails(1, ground("not-urgent-enough"));
    assert!(said.contains("rests on not-understood already"), "{said}");
    // An answer to all is no second one.
    post(&shop, &again(&token, MANAGER));
    assert_eq!(
        show(&shop, &number)["escalations"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    shop.ok(["desk", "check"]);
}

#[test]
fn p4_17_each_mail_is_told_what_it_did_to_the_ladder() {
    let (shop, _, token) = ticket();
    let told = |more: &str, id: &str| {
        let more = format!("Message-ID: <{id}@blue-fern.test>\n{more}");
        let ran = shop.run_with(&mail(ADA, &token, &more), ["mail", "in"]);
        assert_eq!(ran.code, 0, "{ran:?}");
        ran.stderr
    };
    let early = told(ACCOUNTS, "early");
    assert!(early.contains("level 2 comes after level 1"), "{early}");
    let first = told(MANAGER, "first");
    assert!(first.contains("it is an escalation to level 1"), "{first}");
    let later = told("", "later");
    assert!(!later.contains("it is an escalation"), "{later}");
    assert!(later.contains("level 1 waits for its ground"), "{later}");
}

#[test]
fn p4_18_the_account_manager_in_copy_is_level_2_after_level_1() {
    let (shop, number, token) = ticket();
    assert_eq!(
        post(&shop, &mail(ADA, &token, ACCOUNTS))["outcome"],
        "joined"
    );
    let shown = show(&shop, &number);
    assert_eq!(shown["escalation_level"], 0);
    assert_eq!(entries(&shop, &number, "contacted"), 1);
    let said = shop.ok(["show", &number]);
    assert!(said.contains("level 2 comes after level 1"), "{said}");
    post(&shop, &mail(ADA, &token, MANAGER));
    post(&shop, &again(&token, ACCOUNTS));
    assert_eq!(show(&shop, &number)["escalation_level"], 2);
    // A program that answers by itself escalates nothing, nor does a stranger.
    let (shop, number, token) = ticket();
    let away = format!("Auto-Submitted: auto-replied\n{MANAGER}");
    post(&shop, &mail(ADA, &token, &away));
    post(&shop, &mail("eve@elsewhere.test", &token, MANAGER));
    assert_eq!(show(&shop, &number)["escalation_level"], 0);
    shop.ok(["desk", "check"]);
}

#[test]
fn p4_19_level_3_by_mail_is_kept_with_what_is_missing() {
    let (shop, number, token) = ticket();
    let chief = "Cc: chief.executive@example.com\n";
    post(&shop, &mail(ADA, &token, MANAGER));
    post(&shop, &mail(ADA, &token, ACCOUNTS));
    post(&shop, &mail(ADA, &token, chief));
    let said = shop.ok(["show", &number]);
    assert!(said.contains("level 1 is not answered yet"), "{said}");
    shop.at("2026-11-25T11:00:00Z");
    post(&shop, &again(&token, chief));
    let said = shop.ok(["show", &number]);
    assert!(
        said.contains(&format!("type {number} to confirm")),
        "{said}"
    );
    let shown = show(&shop, &number);
    assert_eq!(shown["escalation_level"], 2);
    assert_eq!(entries(&shop, &number, "contacted"), 4);
    let why = [
        "--ground",
        "not-understood",
        "--concern",
        "It still stops",
        "--confirm",
        &number,
    ];
    shop.ok(["escalate", &number].iter().chain(&why));
    assert_eq!(show(&shop, &number)["escalation_level"], 3);
    shop.ok(["desk", "check"]);
}
