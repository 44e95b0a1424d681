//! Versions of a policy: new incidents are under the newest, open ones keep theirs (P1-09).

use std::fs;

use crate::seen::{clocks, show};
use crate::shop::Shop;
use crate::twilight::{self, TWILIGHT};

/// What the policy leaves open.
pub(super) const OTHER: [&str; 4] = ["--set", "rate=80.00", "--set", "currency=GBP"];

/// Adds the policy with these texts in it replaced.
fn change(shop: &Shop, texts: &[(&str, &str)]) -> String {
    let mut changed = TWILIGHT.to_owned();
    for (from, to) in texts {
        assert!(changed.contains(from), "nothing to replace: {from}");
        changed = changed.replace(from, to);
    }
    fs::write(shop.path("twilight.toml"), changed).unwrap();
    shop.ok(["policy", "add", "twilight.toml"].iter().chain(&OTHER))
}

#[test]
fn p1_09_a_changed_file_is_a_new_version_and_open_incidents_keep_theirs() {
    let shop = twilight::shop();
    let old = twilight::paid(&shop, "dark");
    let said = change(
        &shop,
        &[
            ("within = \"3h\"", "within = \"1h\""),
            ("within = \"12h\"", "within = \"6h\""),
            ("estimate_required = true", "estimate_required = false"),
            ("name = \"lit\"", "name = \"shining\""),
            ("\"08:00-12:00\"", "\"10:00-12:00\""),
        ],
    );
    assert_eq!(
        said,
        "Added twilight, version 2; incidents of earlier versions keep theirs"
    );
    let new = twilight::paid(&shop, "dark");
    let versions = [&old, &new].map(|number| show(&shop, number)["policy_version"].clone());
    assert_eq!(versions, [1, 2]);
    let due = |number, kind| clocks(&shop, number, kind);
    assert_eq!(due(&old, "response"), ["running 2026-11-23T12:00:00Z"]);
    assert_eq!(due(&new, "response"), ["running 2026-11-23T11:00:00Z"]);
    assert_eq!(due(&old, "resolution"), ["running 2026-11-24T03:00:00Z"]);
    assert_eq!(due(&new, "resolution"), ["running 2026-11-23T17:00:00Z"]);

    // Each is due by its own hours after a change of those, too.
    let cut = ["closure", "add", "--all", "--reason", "Power cut"];
    let hour = [
        "--from",
        "2026-11-23T11:00:00Z",
        "--to",
        "2026-11-23T12:00:00Z",
    ];
    shop.ok(cut.iter().chain(&hour));
    assert_eq!(due(&old, "response"), ["running 2026-11-23T14:00:00Z"]);
    assert_eq!(due(&new, "response"), ["running 2026-11-23T11:00:00Z"]);

    // What each may and must is as it was promised, and a severity that changes is counted by its own version.
    shop.at("2026-11-23T10:30:00Z");
    let said = shop.fails(1, ["respond", &old, "Try this"]);
    assert!(said.contains("gives an estimate"), "{said}");
    shop.ok(["respond", &new, "Try this"]);
    shop.ok(["severity", &old, "dim", "--agreed-with", "Ada"]);
    assert_eq!(due(&old, "response"), ["running 2026-11-24T09:00:00Z"]);
    shop.ok(["resolve", &old, "--outcome", "lit"]);
    let said = shop.fails(3, ["resolve", &new, "--outcome", "lit"]);
    assert!(said.contains("shining"), "{said}");
    shop.ok(["resolve", &new, "--outcome", "shining"]);

    // A reopened one is under its own version still.
    shop.at("2026-11-24T08:30:00Z").ok(["reopen", &old]);
    assert_eq!(show(&shop, &old)["policy_version"], 1);
    let page = shop.ok(["explain", &old]);
    assert!(page.contains("policy twilight, version 1"), "{page}");
    assert!(
        page.contains("Tue 24 Nov 2026 08:30 to 12:00 GMT"),
        "{page}"
    );
    shop.ok(["desk", "check"]);
}

#[test]
fn p1_09_verdicts_and_closed_incidents_stay_as_they_are_under_any_later_version() {
    let shop = twilight::shop();
    let number = twilight::paid(&shop, "dark");
    shop.at("2026-11-23T11:30:00Z")
        .ok(["resolve", &number, "--outcome", "lit"]);
    let before = show(&shop, &number);
    assert_eq!(
        clocks(&shop, &number, "response"),
        ["met 2026-11-23T12:00:00Z"]
    );
    change(
        &shop,
        &[("within = \"3h\"", "within = \"1h\""), ("20.00", "25.00")],
    );
    assert_eq!(show(&shop, &number), before);
    shop.ok(["desk", "check"]);
}
