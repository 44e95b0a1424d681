//! What cannot be kept is refused with its line, its key and what to do.

use std::fs;

use rstest::rstest;

use super::OURS;
use super::versions::OTHER;
use crate::shop::Shop;
use crate::twilight::TWILIGHT;

/// The small policy with one text in it replaced, or something added.
#[rstest]
#[case::malformed("channels = [", "channels = ]", "line 4: column 12: not TOML: ")]
#[case::never_open(
    "mon = [\"09:00-17:00\"]",
    "",
    "line 7: calendar.hours: no day has open time; give at least one day"
)]
#[case::ladder(
    "[[outcome]]",
    "[[ground]]\nname = \"late\"\ntitle = \"Late\"\n[[level]]\nrole = \"support_manager\"\ntitle = \"Manager\"\n[[outcome]]",
    "line 13: level.0.role: the role \"support_manager\" has no address; add support_manager to [roles]"
)]
#[case::centuries(
    "[calendar]",
    "patch = { within = \"9999999h\", counted = \"elapsed\", when_closed = \"as-is\" }\n[calendar]",
    "line 5: patch.within: \"9999999h\" is longer than calendars reach; write a length"
)]
#[case::prefix(
    "[calendar]",
    "prefix = \"10001-\"\n[calendar]",
    "line 5: prefix: \"10001-\" would not be told apart from the number; use letters"
)]
#[case::channel_other(
    "\"phone\"",
    "\"other\"",
    "line 4: channels.0: \"other\" is whatever the agreement"
)]
#[case::channel_twice(
    "\"phone\"",
    "\"phone\", \"phone\"",
    "line 4: channels.1: \"phone\" is there twice; remove one"
)]
#[case::pause(
    "[calendar]",
    "resolution = { within = \"2d\", counted = \"business-days\" }\n[calendar]",
    "line 5: resolution.counted: this clock is paused while waiting for the customer"
)]
#[case::outcome(
    "name = \"solved\"\n",
    "",
    "line 9: outcome.0: \"name\" is missing; add name = …"
)]
#[case::outcome_empty(
    "\"solved\"",
    "\"\"",
    "line 10: outcome.0.name: it is empty; write a name"
)]
fn a_fault_is_told_with_file_line_key_and_remedy(
    #[case] from: &str,
    #[case] to: &str,
    #[case] expected: &str,
) {
    assert!(OURS.contains(from), "nothing to replace");
    let shop = Shop::empty();
    fs::write(shop.path("ours.toml"), OURS.replacen(from, to, 1)).unwrap();
    let said = shop.fails(2, ["policy", "check", "ours.toml"]);
    assert!(said.contains(&format!("ours.toml: {expected}")), "{said}");
}

#[test]
fn all_faults_are_told_a_line_each() {
    let shop = Shop::empty();
    let bad = OURS
        .replace("\"ours\"", "\"Ours\"")
        .replace("\"solved\"", "\"Solved\"");
    fs::write(shop.path("ours.toml"), bad).unwrap();
    let said = shop.fails(2, ["policy", "check", "ours.toml"]);
    let lines: Vec<&str> = said.lines().collect();
    assert!(lines[0].contains("ours.toml: line 1: name: "), "{said}");
    assert!(
        lines[1].starts_with("ours.toml: line 10: outcome.0.name: "),
        "{said}"
    );
    assert_eq!(lines.len(), 2, "{said}");
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
            "line 67: office.2.calendar.hours: no day has open time; give at least one day an interval such as 08:30-17:00"
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
        (&189.into(), &"level.1.role".into())
    );
}

#[test]
fn everything_that_is_written_wrong_is_told_at_once() {
    let shop = Shop::empty();
    let wrong = "name = \"ours\"\ntitle = \"Ours\"\nsumary = \"S\"\nchannels = [\"phone\", \"fone\", 3]\n\
                 [calendar]\nzone = \"Etc/UTC\"\n[calendar.hours]\nmon = [9, \"09:00-17:00\", 17]\nmoon = []\n\
                 [[outcome]]\nname = \"done\"\ntitle = \"Done\"\ncritical = 1\n";
    fs::write(shop.path("ours.toml"), wrong).unwrap();
    let said = shop.fails(2, ["policy", "check", "ours.toml"]);
    let places: Vec<&str> = said
        .lines()
        .map(|line| line.split_once("ours.toml: line ").unwrap().1)
        .map(|told| told.rsplit_once(": ").unwrap().0)
        .collect();
    // That summary and channels are missing once they are left out is no fault of its own.
    assert_eq!(
        places,
        [
            "3: sumary",
            "4: channels.1",
            "4: channels.2",
            "8: calendar.hours.mon.0",
            "8: calendar.hours.mon.2",
            "9: calendar.hours.moon",
            "13: outcome.0.critical"
        ],
        "{said}"
    );
}
