//! Mail from customers: who may write, where it goes, and what waits.

use rstest::rstest;

use crate::mail::post::{blue_fern, mail, number, post};
use crate::seen::{clocks, entries};
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
