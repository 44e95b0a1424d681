//! Versions of a policy: new incidents are under the newest, open ones keep theirs; and what cannot be kept is refused
//! with its line, its key and what to do.

use std::fs;

use rstest::rstest;

use crate::seen::{clocks, show};
use crate::shop::Shop;
use crate::twilight::{self, TWILIGHT};

const OTHER: [&str; 4] = ["--set", "rate=80.00", "--set", "currency=GBP"];

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
fn a_changed_file_is_a_new_version_and_open_incidents_keep_theirs() {
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
fn verdicts_and_closed_incidents_stay_as_they_are_under_any_later_version() {
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

#[rstest]
#[case::zone(
    "Europe/London",
    "Europe/Londn",
    "calendar.zone: \"Europe/Londn\" is not an IANA time zone; write one such as America/Denver"
)]
#[case::no_length(
    "[\"09:00-12:00\"]",
    "[\"09:00-09:00\"]",
    "hours.fri: \"09:00-09:00\" has no length; write 00:00-24:00 for a whole day"
)]
#[case::no_hour(
    "[\"09:00-12:00\"]",
    "[\"09:00-25:00\"]",
    "hours.fri: \"09:00-25:00\" is not an interval of the day; write hours and minutes"
)]
#[case::holidays(
    "us-federal",
    "us-fedral",
    "calendar.holidays: \"us-fedral\" is not a set of holidays; write one of us-federal,"
)]
#[case::paused_business_days(
    "resolution = { within = \"12h\", counted = \"business-time\" }",
    "resolution = { within = \"2d\", counted = \"business-days\" }",
    "resolution.counted: this clock is paused while waiting for the customer, and business days cannot be paused; count it in \"business-time\" or \"elapsed\""
)]
#[case::time_in_days(
    "within = \"3h\"",
    "within = \"3d\"",
    "severity.0.target.within: within = \"3d\" counts days, business time counts hours; write hours,"
)]
#[case::no_time(
    "within = \"3h\"",
    "within = \"0h\"",
    "severity.0.target.within: within = \"0s\" is no time at all; write a length above zero"
)]
#[case::no_address(
    "foreman = \"foreman@shop.test\"",
    "",
    "level.0.role: the role \"foreman\" has no address; add foreman to [roles]"
)]
#[case::bad_address(
    "foreman@shop.test",
    "foreman at shop",
    "roles.foreman: \"foreman at shop\" is no mail address; write one, such as"
)]
#[case::no_grounds(
    "[[ground]]\nname = \"slow\"\ntitle = \"It took too long\"",
    "",
    "level: one can escalate, but on no grounds; add at least one [[ground]]"
)]
#[case::nameless_outcome("name = \"lit\"\n", "", "outcome.0: \"name\" is missing; add name = …")]
#[case::untitled_outcome(
    "\"It is lit\"",
    "\" \"",
    "outcome.0.title: it is empty; write what agents read"
)]
#[case::undefined_severity(
    "\"Nothing works\"",
    "\"\"",
    "severity.0.definition: it is empty; write what agents read"
)]
#[case::outcome_twice(
    "name = \"wiring\"",
    "name = \"lit\"",
    "outcome.2.name: \"lit\" is there twice; give each its own"
)]
#[case::silence(
    "outcome = \"silent\"",
    "outcome = \"silnt\"",
    "silence.outcome: \"silnt\" is no outcome; did you mean \"silent\"?"
)]
#[case::nobody_to_tell(
    "notify = \"owner\"",
    "notify = \"ownr\"",
    "outcome.3.notify: the role \"ownr\" has no address; did you mean \"owner\"?"
)]
#[case::no_price(
    "price = \"20.00 $currency\"",
    "",
    "cover.kinds: \"per-incident\" can be bought, and cover.price does not say for how much; add price, or remove the kind"
)]
#[case::empty_pack(
    "size = 2",
    "size = 0",
    "cover.pack.size: the pack covers nothing; write how many incidents it covers"
)]
#[case::share(
    "failing_percent = 50",
    "failing_percent = 150",
    "intake.emergency.failing_percent: 150 is no share of calls; write a percentage from 1 to 100"
)]
#[case::gate_without_contract(
    ", \"emergency\"]",
    "]",
    "intake.emergency: nobody can have the contract for emergency service; add \"emergency\" to cover.kinds"
)]
#[case::misspelt(
    "estimate_required",
    "estimate_requird",
    "estimate_requird: unknown key \"estimate_requird\"; did you mean \"estimate_required\"?"
)]
#[case::grace(
    "appointment_grace = \"10m\"",
    "appointment_grace = \"1d\"",
    "appointment_grace: \"1d\" counts days, and a call is late sooner; write minutes or hours, such as 15m"
)]
#[case::field(
    "{appointment}",
    "{apointment}",
    "message.2.text: {apointment} is nothing that a message at \"scheduled\" knows; did you mean \"appointment\"?"
)]
#[case::severity_without_target(
    "target = { within = \"3d\", counted = \"elapsed\" }",
    "",
    "severity.2: \"wish\" has no response target, and there is none for all; add its target, or response.target"
)]
#[case::no_patch(
    "patch = { within = \"24h\", counted = \"elapsed\", when_closed = \"as-is\" }",
    "",
    "outcome.1.takes: \"critical\" starts the patch clock, and the policy promises no patch; add patch, or remove \"critical\""
)]
#[case::setting(
    "$rate",
    "$rte",
    "cover.hours.rate: $rte is no setting of this file; did you mean \"rate\"?"
)]
fn what_cannot_be_kept_is_refused_by_line_and_key_with_a_remedy(
    #[case] from: &str,
    #[case] to: &str,
    #[case] expected: &str,
) {
    let shop = Shop::new(&["per-incident"]);
    let (before, _) = TWILIGHT.split_once(from).expect("nothing to replace");
    let changed = TWILIGHT.replacen(from, to, 1);
    fs::write(shop.path("twilight.toml"), &changed).unwrap();
    let said = shop.fails(2, ["policy", "check", "twilight.toml"]);
    let told: Vec<&str> = said
        .lines()
        .filter(|line| line.contains(expected))
        .collect();
    assert_eq!(told.len(), 1, "{said}");
    let (_, line) = told[0].split_once("twilight.toml: line ").unwrap();
    let (line, _) = line.split_once(": ").unwrap();
    let line: usize = line.parse().unwrap();
    // What is there and wrong is told where it stands.
    if !to.is_empty() && expected.contains(to.trim_matches('"')) {
        assert_eq!(line, before.matches('\n').count() + 1, "{said}");
    }
    assert!((1..=changed.lines().count()).contains(&line), "{said}");
    // Nor is it added.
    let added = shop.fails(2, ["policy", "add", "twilight.toml"].iter().chain(&OTHER));
    assert!(added.contains(expected), "{added}");
    assert_eq!(
        shop.json(["policy", "list"])["desk"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
}

#[test]
fn an_office_that_never_opens_is_refused() {
    let shop = Shop::empty();
    let (head, tail) = TWILIGHT.split_once("[response]").unwrap();
    let (head, _) = head.rsplit_once("[office.calendar.hours]").unwrap();
    let closed = format!("{head}[office.calendar.hours]\nmon = []\n\n[response]{tail}");
    fs::write(shop.path("twilight.toml"), closed).unwrap();
    let said = shop.fails(2, ["policy", "check", "twilight.toml"]);
    assert!(
        said.contains(
            "line 52: office.1.calendar.hours: no day has open time; give at least one day an interval such as 08:30-17:00"
        ),
        "{said}"
    );
}

#[test]
fn two_levels_of_one_role_are_a_warning() {
    let shop = Shop::empty();
    let twice = TWILIGHT.replace("role = \"account_manager\"", "role = \"foreman\"");
    fs::write(shop.path("twilight.toml"), twice).unwrap();
    let said = shop.json(["policy", "check", "twilight.toml"]);
    let warning = &said["warnings"][0];
    assert_eq!(
        (&warning["line"], &warning["key"]),
        (&164.into(), &"level.1.role".into())
    );
}
