//! `holdline hours`.

use rstest::rstest;
use serde_json::json;

use crate::bare;
use crate::shop::Shop;

#[test]
fn every_shipped_policy_and_office_on_a_holiday() {
    let ran = bare::run_at("2026-11-26T18:00:00Z", "Europe/Paris", ["hours"], "");
    let expected = "\
per-incident: closed (Thanksgiving Day), opens Fri 2026-11-27 08:30 -08:00 (Fri 2026-11-27 17:30 +01:00 here)
severity: closed (Thanksgiving Day), opens Fri 2026-11-27 08:00 -07:00 (Fri 2026-11-27 16:00 +01:00 here)
season-ticket: no hours are stated
escalation, florida: closed (Thanksgiving Day), opens Fri 2026-11-27 09:00 -05:00 (Fri 2026-11-27 15:00 +01:00 here)
escalation, uk: closed, opens Fri 2026-11-27 09:00 +00:00 (Fri 2026-11-27 10:00 +01:00 here)
escalation, france: closed, opens Fri 2026-11-27 09:00 +01:00
tech-reference: open, closes Thu 2026-11-26 17:00 -05:00 (Thu 2026-11-26 23:00 +01:00 here)
";
    assert_eq!((ran.stdout.as_str(), ran.code), (expected, 0));
}

#[rstest]
#[case::open("2026-11-23T16:30:00Z", "open, closes Mon 2026-11-23 17:00 -08:00")]
#[case::at_the_opening("2026-11-25T16:30:00Z", "open, closes Wed 2026-11-25 17:00 -08:00")]
#[case::before_it("2026-11-25T16:29:59Z", "closed, opens Wed 2026-11-25 08:30 -08:00")]
#[case::at_the_closing("2026-11-26T01:00:00Z", "closed, opens Fri 2026-11-27 08:30 -08:00")]
#[case::over_a_clock_change("2026-03-07T20:00:00Z", "closed, opens Mon 2026-03-09 08:30 -07:00")]
#[case::observed(
    "2027-07-05T20:00:00Z",
    "closed (Independence Day (observed)), opens Tue 2027-07-06 08:30 -07:00"
)]
fn open_or_closed_until_when_and_why(#[case] now: &str, #[case] expected: &str) {
    let args = ["hours", "per-incident"];
    let ran = bare::run_at(now, "America/Los_Angeles", args, "");
    assert_eq!(ran.stdout, format!("per-incident: {expected}\n"));
}

#[test]
fn json_has_every_key() {
    let ran = bare::run_at("2026-12-28T10:00:00Z", "UTC", ["hours", "--json"], "");
    let offices: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    let expected = json!({
        "policy": "escalation",
        "office": "uk",
        "zone": "Europe/London",
        "open": false,
        "closes": null,
        "opens": "2026-12-29T09:00:00Z",
        "why": "Boxing Day (observed)",
    });
    assert_eq!(offices[4], expected);
    assert_eq!(offices[2]["open"], json!(null));
    assert_eq!(offices[5]["closes"], "2026-12-28T16:00:00Z");
}

#[test]
fn a_desk_answers_for_its_own_policies() {
    let shop = Shop::new(&["severity", "season-ticket"]);
    assert_eq!(
        shop.ok(["hours"]),
        "severity: open, closes Mon 2026-11-23 17:00 -07:00 (Tue 2026-11-24 00:00 +00:00 here)\n\
         season-ticket: no hours are stated"
    );
    let said = shop.fails(3, ["hours", "severty"]);
    assert!(said.contains("did you mean severity?"), "{said}");
}
