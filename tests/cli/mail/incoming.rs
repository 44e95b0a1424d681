//! Mail that comes in: what it opens, continues, and what waits.

use std::fs;

use rstest::rstest;

use super::post::{blue_fern, mail, number, post};
use crate::seen::{clocks, entries, show};
use crate::shop::Shop;

const ADA: &str = "Ada Moss <ada@blue-fern.test>";

/// Gives a mail to the shop, which must put it into quarantine, and the reason.
fn waits(shop: &Shop, mail: &str) -> String {
    let outcome = post(shop, mail);
    assert_eq!(outcome["outcome"], "waiting", "{outcome}");
    shop.ok(["desk", "check"]);
    outcome["reason"].as_str().unwrap().to_owned()
}

#[test]
fn a_mail_is_received_when_it_was_delivered() {
    let shop = blue_fern("escalation");
    shop.at("2026-11-23T12:00:00Z");
    let way = "Received: by shop.test; Mon, 23 Nov 2026 11:30:00 +0000\nDate: Fri, 1 Jan 2021 00:00:00 +0000\n";
    let number = number(&post(&shop, &mail(ADA, "It stops", way)));
    let shown = show(&shop, &number);
    assert_eq!(shown["opened_at"], "2026-11-23T11:30:00Z");
    assert_eq!(shown["channel"], "mail");
    assert_eq!(shown["contact"]["name"], "Ada Moss");
    assert_eq!(shown["summary"], "It stops");
    // What was on its way before the incident was there came with it.
    let early = "Received: by shop.test; Mon, 23 Nov 2026 11:00:00 +0000\n";
    let outcome = post(&shop, &mail(ADA, &format!("[{number}]"), early));
    assert_eq!(outcome["outcome"], "joined");
    shop.ok(["desk", "check"]);
}

#[rstest]
#[case::severity("severity", "needs a severity")]
#[case::detail("escalation", "asks for a clear description")]
fn what_log_refuses_waits_with_the_reason(#[case] policy: &str, #[case] why: &str) {
    let shop = blue_fern(policy);
    let text = "From: ada@blue-fern.test\nSubject: Help\n\n";
    assert!(waits(&shop, text).contains(why));
    assert_eq!(shop.ok(["list", "is:any", "--format", "json"]), "[]");
    let listed = shop.ok(["mail", "quarantine", "list"]);
    assert!(listed.contains("M-1") && listed.contains(why), "{listed}");
}

#[test]
fn one_address_at_two_customers_waits_for_both() {
    let shop = blue_fern("season-ticket");
    shop.ok(["customer", "add", "Red Oak"]);
    let ada = ["Ada Moss", "--mail", "ADA@blue-fern.test"];
    shop.ok(["contact", "add", "Red Oak"].iter().chain(&ada));
    assert!(waits(&shop, &mail(ADA, "Help", "")).contains("several customers"));
    let shown = shop.json(["mail", "quarantine", "show", "M-1"]);
    assert_eq!(shown["customers"], serde_json::json!(["C-0001", "C-0002"]));
    // The number tells which one is meant.
    let number = shop.log("Red Oak", &[]);
    let outcome = post(&shop, &mail(ADA, &format!("Re: [{number}] Help"), ""));
    assert_eq!(outcome["outcome"], "joined");
}

#[test]
fn a_number_of_another_customer_waits() {
    let shop = blue_fern("season-ticket");
    let number = shop.log(shop.customer("Red Oak"), &[]);
    let outcome = post(&shop, &mail(ADA, &format!("Re: [{number}]"), ""));
    assert_eq!(outcome["outcome"], "waiting");
    assert_eq!(outcome["tech_ref"], number);
    assert!(
        outcome["reason"]
            .as_str()
            .unwrap()
            .contains("another customer's")
    );
}

#[test]
fn a_second_copy_is_told_and_not_recorded() {
    let shop = blue_fern("season-ticket");
    let id = "Message-ID: <a1@blue-fern.test>\n";
    let number = number(&post(&shop, &mail(ADA, "Help", id)));
    let again = post(&shop, &mail(ADA, "Help", &format!("Received: by x\n{id}")));
    assert_eq!(again["outcome"], "known");
    assert_eq!(again["tech_ref"], number);
    assert_eq!(entries(&shop, &number, "mail-taken"), 1);
    let stranger = mail("eve@elsewhere.test", "Hello", id);
    assert_eq!(post(&shop, &stranger)["outcome"], "waiting");
    assert_eq!(post(&shop, &stranger)["outcome"], "known");
    shop.ok(["desk", "check"]);
}

#[test]
fn an_answer_goes_where_a_merge_leads() {
    let shop = blue_fern("season-ticket");
    let (old, new) = (shop.log("Blue Fern", &[]), shop.log("Blue Fern", &[]));
    shop.ok(["merge", &old, &new]);
    let outcome = post(&shop, &mail(ADA, &format!("Re: [{old}] Help"), ""));
    assert_eq!(outcome["outcome"], "joined");
    assert_eq!(outcome["tech_ref"], new);
}

#[test]
fn an_answer_to_our_message_needs_no_number() {
    let shop = blue_fern("tech-reference");
    let number = shop.log("Blue Fern", &[]);
    let send = [
        "mail",
        "send",
        "--folder",
        "out",
        "--from",
        "support@shop.test",
    ];
    shop.ok(send);
    let sent = fs::read(shop.path("out").join(format!("{number}-1.eml"))).unwrap();
    let sent = mail_parser::MessageParser::default().parse(&sent).unwrap();
    let id = sent.message_id().unwrap();
    for header in ["In-Reply-To", "References"] {
        let answer = mail(ADA, "Thanks", &format!("{header}: <{id}>\n"));
        let outcome = post(&shop, &answer);
        assert_eq!(outcome["outcome"], "joined", "{outcome}");
        assert_eq!(outcome["tech_ref"], number);
    }
    let stranger = mail(
        "eve@elsewhere.test",
        "Thanks",
        &format!("In-Reply-To: <{id}>\n"),
    );
    let outcome = post(&shop, &stranger);
    assert_eq!(outcome["outcome"], "waiting");
    assert_eq!(outcome["tech_ref"], number);
}

#[rstest]
#[case("", 1)]
#[case("Auto-Submitted: auto-generated\n", 0)]
#[case("Return-Path: <>\n", 0)]
#[case("List-Id: <all.blue-fern.test>\n", 0)]
#[case("Precedence: bulk\n", 0)]
fn no_program_is_answered(#[case] header: &str, #[case] messages: usize) {
    let shop = blue_fern("tech-reference");
    let number = number(&post(&shop, &mail(ADA, "Help", header)));
    assert_eq!(entries(&shop, &number, "message-queued"), messages);
}

#[test]
fn a_programs_answer_ends_no_waiting() {
    let shop = blue_fern("severity");
    let number = shop.log("Blue Fern", &["--severity", "low"]);
    shop.ok(["wait", &number, "Which version?"]);
    let away = mail(
        ADA,
        &format!("Away: [{number}]"),
        "Auto-Submitted: auto-replied\n",
    );
    let said = shop.run_with(&away, ["mail", "in"]).stdout;
    assert_eq!(
        said.trim(),
        format!(
            "M-1 joined {number}: an automatic reply, which answers nobody and ends no waiting"
        )
    );
    let shown = show(&shop, &number);
    assert_eq!(shown["state"], "waiting");
    assert_eq!(entries(&shop, &number, "contacted"), 0);
    assert_eq!(entries(&shop, &number, "mail-taken"), 1);
    assert_eq!(
        post(&shop, &mail(ADA, &format!("[{number}]"), ""))["outcome"],
        "joined"
    );
    assert_eq!(show(&shop, &number)["state"], "open");
    assert!(clocks(&shop, &number, "silence")[0].starts_with("cancelled"));
    shop.ok(["desk", "check"]);
}

#[rstest]
#[case::empty_head("\n\n")]
#[case::garbage("\u{0}\u{1b}[2J\u{202e}garbage")]
#[case::nobody("Subject: Hello\n\nHello")]
#[case::two("From: ada@blue-fern.test, eve@elsewhere.test\n\nHello")]
#[case::sly("From: ada@blue-fern.test\nFrom: eve@elsewhere.test\n\nHello")]
#[case::display("From: \"ada@blue-fern.test\" <eve@elsewhere.test>\n\nHello")]
fn hostile_mail_waits_and_is_lost_no_more_than_it_acts(#[case] mail: &str) {
    let shop = blue_fern("season-ticket");
    waits(&shop, mail);
    let shown = shop.ok(["mail", "quarantine", "show", "M-1"]);
    assert!(
        !shown.contains(['\u{1b}', '\u{202e}', '\u{0}']),
        "{shown:?}"
    );
}

#[test]
fn nothing_and_too_much_are_refused() {
    let shop = blue_fern("season-ticket");
    let said = shop.fails(2, ["mail", "in"]);
    assert!(said.contains("nothing stands on standard input"), "{said}");
    let huge = mail(ADA, "Help", "") + &"x".repeat(25 * 1024 * 1024);
    let ran = shop.run_with(&huge, ["mail", "in"]);
    assert_eq!(ran.code, 2, "{}", ran.stderr);
    assert!(ran.stderr.contains("over 25 MiB"), "{}", ran.stderr);
}

const WITH_FILE: &str = "From: ada@blue-fern.test\nSubject: Help\nMIME-Version: 1.0\n\
    Content-Type: multipart/mixed; boundary=b\n\n--b\n\nSee this.\n--b\n\
    Content-Type: text/csv; name=\"../../list.csv\"\nContent-Disposition: attachment\n\na,b\n--b--\n";

#[test]
fn files_lie_beside_the_desk_by_their_hash() {
    let shop = blue_fern("season-ticket");
    let number = number(&post(&shop, WITH_FILE));
    assert!(shop.ok(["show", &number]).contains("list.csv (3 bytes)"));
    let shown = shop.json(["mail", "quarantine", "show", "M-1"]);
    let path = shown["files"][0]["path"].as_str().unwrap();
    let hash = shown["files"][0]["hash"].as_str().unwrap();
    assert!(
        path.ends_with(&format!("desk.holdline.files/{}/{hash}", &hash[..2])),
        "{path}"
    );
    assert_eq!(fs::read(path).unwrap(), b"a,b");
    shop.ok(["desk", "check"]);
    fs::write(path, b"a,c").unwrap();
    let said = shop.fails(1, ["desk", "check"]);
    assert!(said.contains("mail M-1") && said.contains(hash), "{said}");
    fs::remove_file(path).unwrap();
    shop.fails(1, ["desk", "check"]);
}

#[test]
fn where_files_cannot_be_kept_nothing_is_recorded() {
    let shop = blue_fern("season-ticket");
    fs::write(shop.path("desk.holdline.files"), "in the way").unwrap();
    let ran = shop.run_with(WITH_FILE, ["mail", "in"]);
    assert_eq!(ran.code, 5, "{ran:?}");
    assert!(ran.stderr.contains("cannot be kept"), "{ran:?}");
    fs::remove_file(shop.path("desk.holdline.files")).unwrap();
    assert_eq!(post(&shop, WITH_FILE)["outcome"], "opened");
}

#[rstest]
#[case(
    "UPDATE arrival SET state = 'taken' WHERE id = 1",
    "no incident took it"
)]
#[case(
    "UPDATE arrival SET state = 'dismissed' WHERE id = 1",
    "nobody dismissed it"
)]
#[case("UPDATE arrival SET identity = 'x' WHERE id = 1", "another mail")]
#[case("DELETE FROM arrival WHERE id = 1", "it is not there")]
#[case("UPDATE arrival SET incident = NULL WHERE id = 2", "its mail")]
fn the_check_names_mail_that_is_not_as_it_came(#[case] damage: &str, #[case] named: &str) {
    let shop = blue_fern("season-ticket");
    waits(&shop, &mail("eve@elsewhere.test", "Hello", ""));
    post(&shop, &mail(ADA, "Help", ""));
    shop.ok(["desk", "check"]);
    let desk = rusqlite::Connection::open(shop.desk()).unwrap();
    desk.execute(damage, []).unwrap();
    let said = shop.fails(1, ["desk", "check"]);
    assert!(said.contains(named), "{said}");
}

#[test]
fn what_log_refused_is_taken_with_what_was_missing() {
    let shop = blue_fern("severity");
    waits(&shop, &mail(ADA, "Help", ""));
    let register = [
        "mail",
        "quarantine",
        "register",
        "M-1",
        "--customer",
        "Blue Fern",
    ];
    let said = shop.fails(2, register);
    assert!(
        said.contains("needs a severity (--severity): one of"),
        "{said}"
    );
    let outcome = shop.json(register.iter().chain(&["--severity", "high"]));
    assert_eq!(outcome["outcome"], "opened");
    assert_eq!(
        show(&shop, &number(&outcome))["opened_at"],
        "2026-11-23T10:00:00Z"
    );
    shop.ok(["desk", "check"]);
}

#[test]
fn a_stranger_is_registered_and_joins_what_was_proposed() {
    let shop = blue_fern("season-ticket");
    let number = shop.log("Blue Fern", &[]);
    let kim = mail("Kim <kim@blue-fern.test>", &format!("Re: [{number}]"), "");
    post(&shop, &kim);
    let other = shop.customer("Red Oak");
    let of = |customer| {
        [
            "mail",
            "quarantine",
            "register",
            "M-1",
            "--customer",
            customer,
        ]
    };
    let there = ["--incident", &number];
    let said = shop.fails(1, of(other).iter().chain(&there));
    assert!(said.contains("another customer's"), "{said}");
    let outcome = shop.json(of("Blue Fern"));
    assert_eq!(outcome["outcome"], "joined");
    assert_eq!(outcome["tech_ref"], number);
    assert_eq!(show(&shop, &number)["contact"]["name"], "Kim");
    shop.ok(["desk", "check"]);
}

#[test]
fn a_mail_without_a_sender_is_taken_without_registering_anybody() {
    let shop = blue_fern("season-ticket");
    waits(&shop, "Subject: Hello\n\nIt stops");
    let register = [
        "mail",
        "quarantine",
        "register",
        "M-1",
        "--customer",
        "Blue Fern",
    ];
    let outcome = shop.json(register);
    assert_eq!(outcome["outcome"], "opened");
    shop.ok(["desk", "check"]);
}

#[test]
fn who_shares_an_address_is_told_by_the_name() {
    let shop = blue_fern("season-ticket");
    for name in ["Mehmet Lima", "Mehmet Tanaka"] {
        shop.ok([
            "contact",
            "add",
            "Blue Fern",
            name,
            "--mail",
            "both@blue-fern.test",
        ]);
    }
    let log = ["--contact", "Mehmet Tanaka"];
    let of = |number: &str| show(&shop, number)["contact"]["name"].clone();
    let asked = shop.log("Blue Fern", &log);
    for (name, is) in [
        ("Mehmet Tanaka", "Mehmet Tanaka"),
        ("The desk downstairs", "Mehmet Tanaka"),
        ("Mehmet Lima", "Mehmet Lima"),
    ] {
        let from = format!("{name} <both@blue-fern.test>");
        let outcome = post(&shop, &mail(&from, &format!("[{asked}] {name}"), ""));
        assert_eq!(outcome["outcome"], "joined", "{outcome}");
        assert_eq!(of(&asked), is);
    }
    let opened = number(&post(
        &shop,
        &mail("Mehmet Tanaka <both@blue-fern.test>", "Help", ""),
    ));
    assert_eq!(of(&opened), "Mehmet Tanaka");
    let opened = number(&post(&shop, &mail("both@blue-fern.test", "Who is it", "")));
    assert_eq!(show(&shop, &opened)["contact"], serde_json::Value::Null);
    shop.ok(["desk", "check"]);
}
