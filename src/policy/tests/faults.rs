//! Every fault is named by line and key, with what to do.

use rstest::rstest;

use super::{SMALL, none, refused};
use crate::policy::{
    PolicyError, example_settings, load, parse, parse_kept, shipped, shipped_names,
};

#[test]
fn the_small_policy_is_in_order() {
    assert_eq!(load(SMALL, &none()).unwrap().warnings, []);
}

#[test]
fn what_a_desk_keeps_is_not_judged_again() {
    let small = SMALL.replace("\"small\"", "\"Small shop\"");
    parse(&small, &none()).unwrap_err();
    assert_eq!(parse_kept(&small, &none()).unwrap().name, "Small shop");
    parse_kept(&small.replace("channels", "chanels"), &none()).unwrap_err();
}

/// The small policy with one text in it replaced.
#[rstest]
#[case::malformed("mon = [", "mon = ", "line 8: column ")]
#[case::unknown_key(
    "channels",
    "chanels",
    "line 4: chanels: unknown key \"chanels\"; did you mean \"channels\"?"
)]
#[case::unknown_key_deeper(
    "mon =",
    "moon =",
    "line 8: calendar.hours.moon: unknown key \"moon\"; did you mean \"mon\"?"
)]
#[case::wrong_type(
    "[\"phone\"]",
    "3",
    "line 4: channels: integer 3 does not fit here; write a list in [ ]"
)]
#[case::unknown_value(
    "\"first\"",
    "\"fist\"",
    "line 11: response.contacts: \"fist\" is no value of this key; did you mean \"first\"?"
)]
#[case::bad_length(
    "\"4h\"",
    "\"4 hours\"",
    "line 10: response.target.within: \"4 hours\" is not a length of time; write numbers"
)]
#[case::missing_key(
    "title = \"It is solved\"\n",
    "",
    "line 13: outcome.0: \"title\" is missing; add title = …"
)]
#[case::missing_at_the_top("name = \"small\"\n", "", "line 1: \"name\" is missing; add name = …")]
#[case::name(
    "\"small\"",
    "\"Small shop\"",
    "line 1: name: \"Small shop\" is not a plain name; use"
)]
#[case::no_channel(
    "[\"phone\"]",
    "[]",
    "line 4: channels: no channel is covered; name at least one"
)]
#[case::zone(
    "Europe/Paris",
    "Europe/Pari",
    "line 6: calendar.zone: \"Europe/Pari\" is not an IANA time zone; write one such as"
)]
#[case::target_unit(
    "\"business-time\"",
    "\"business-days\"",
    "line 10: response.target.within: within = \"4h\" counts hours, business days count days; write days"
)]
#[case::hours_of_a_day("09:00-17:00", "9-17", "line 8: calendar.hours.mon: \"9-17\" is not")]
#[case::no_open_time("mon = [\"09:00-17:00\"]\n", "", "line 7: calendar.hours: ")]
#[case::holidays(
    "zone = ",
    "holidays = [\"frence\"]\nzone = ",
    "line 6: calendar.holidays: \"frence\" "
)]
#[case::no_target(
    "target = { within = \"4h\", counted = \"business-time\" }\n",
    "",
    "line 9: response: no target is stated; add its target"
)]
#[case::no_payment(
    "\"receipt\"",
    "\"payment-confirmed\"",
    "line 12: response.starts: the clock waits for a payment, and the policy takes none"
)]
#[case::outcome_name(
    "\"solved\"",
    "\"\"",
    "line 14: outcome.0.name: it is empty; write a name"
)]
fn a_fault_is_named(#[case] from: &str, #[case] to: &str, #[case] expected: &str) {
    assert!(SMALL.contains(from), "nothing to replace");
    let message = refused(&SMALL.replacen(from, to, 1), &none());
    assert!(message.starts_with(expected), "{message}");
}

#[test]
fn what_is_refused_is_not_warned_of_too() {
    let error = load(&SMALL.replacen("\"It is solved\"", "\"\"", 1), &none()).unwrap_err();
    let lines = error.to_string();
    assert_eq!(lines.matches("outcome.0.title").count(), 1, "{lines}");
}

/// The small policy with something added: keys of the top before it, tables after it.
#[rstest]
#[case::no_open_time_counts(
    "resolution = { within = \"2d\", counted = \"business-days\" }",
    "",
    "line 1: resolution.counted: this clock is paused"
)]
#[case::zero(
    "patch = { within = \"0h\", counted = \"elapsed\" }",
    "",
    "line 1: patch.within: within = \"0s\" is no time"
)]
#[case::severity_without_reason(
    "",
    "[[severity]]\nname = \"low\"\ndefinition = \"d\"\n[[severity]]\nname = \"low\"\ndefinition = \"d\"",
    "line 20: severity.1.name: \"low\" is there twice; give each its own"
)]
#[case::silence(
    "",
    "[silence]\noutcome = \"solvd\"\nafter = { within = \"4d\", counted = \"elapsed\" }",
    "line 17: silence.outcome: \"solvd\" is no outcome; did you mean \"solved\"?"
)]
#[case::silence_takes_the_only_outcome(
    "",
    "[silence]\noutcome = \"solved\"\nafter = { within = \"4d\", counted = \"elapsed\" }",
    "line 13: outcome: no incident could be resolved; add an [[outcome]]"
)]
#[case::level_without_address(
    "",
    "[[level]]\nrole = \"boss\"\ntitle = \"Boss\"\n[[ground]]\nname = \"late\"\ntitle = \"Late\"",
    "line 17: level.0.role: the role \"boss\" has no address; add boss to [roles]"
)]
#[case::level_misspelt(
    "",
    "[[level]]\nrole = \"bos\"\ntitle = \"Boss\"\n[[ground]]\nname = \"late\"\ntitle = \"Late\"\n[roles]\nboss = \"b@example.com\"",
    "line 17: level.0.role: the role \"bos\" has no address; did you mean \"boss\"?"
)]
#[case::ladder_without_grounds(
    "",
    "[[level]]\nrole = \"account_manager\"\ntitle = \"A\"",
    "line 16: level: one can escalate, but on no grounds; add at least one [[ground]]"
)]
#[case::address(
    "",
    "[roles]\nboss = \"b@example.com, c@example.com\"",
    "line 17: roles.boss: \"b@example.com, c@example.com\" is no mail address"
)]
#[case::notify(
    "",
    "[[outcome]]\nname = \"told\"\ntitle = \"t\"\nnotify = \"boss\"",
    "line 19: outcome.1.notify: the role \"boss\" has no address"
)]
#[case::critical(
    "",
    "[[outcome]]\nname = \"bug\"\ntitle = \"t\"\ntakes = [\"critical\"]",
    "line 19: outcome.1.takes: \"critical\" starts the patch clock"
)]
#[case::kind_without_price(
    "",
    "[cover]\nkinds = [\"per-incident\"]\nwithout = \"mark\"\nmethods = [\"cash\"]",
    "line 17: cover.kinds: \"per-incident\" can be bought, and cover.price does not say"
)]
#[case::kind_without_pack(
    "",
    "[cover]\nkinds = [\"pack\"]\nwithout = \"mark\"\nmethods = [\"cash\"]",
    "line 17: cover.kinds: \"pack\" can be bought, and cover.pack does not say"
)]
#[case::kind_without_hours(
    "",
    "[cover]\nkinds = [\"hours\"]\nwithout = \"mark\"\nmethods = [\"cash\"]",
    "line 17: cover.kinds: \"hours\" can be bought, and cover.hours does not say"
)]
#[case::no_methods(
    "",
    "[cover]\nkinds = [\"per-incident\"]\nwithout = \"mark\"\nprice = \"1.00 EUR\"",
    "line 16: cover.methods: no method of payment is taken"
)]
#[case::nothing_to_buy(
    "",
    "[cover]\nkinds = [\"contract\"]\nwithout = \"await-payment\"",
    "line 18: cover.without: an incident would wait for a payment, and nothing can be bought"
)]
#[case::bad_price(
    "",
    "[cover]\nkinds = [\"per-incident\"]\nwithout = \"mark\"\nmethods = [\"cash\"]\nprice = \"1.000 EUR\"",
    "line 20: cover.price: \"1.000\" has more than the 2 minor digits of EUR"
)]
#[case::two_currencies(
    "",
    "[cover]\nkinds = [\"per-incident\", \"pack\"]\nwithout = \"mark\"\nmethods = [\"cash\"]\nprice = \"1.00 EUR\"\n[cover.pack]\ntitle = \"t\"\nsize = 2\nprice = \"1.00 USD\"",
    "line 24: cover.pack.price: 1.00 USD is in another currency than 1.00 EUR"
)]
#[case::emergency(
    "",
    "[intake.emergency]\nfailing_percent = 0\npin = true\n[cover]\nkinds = [\"emergency\"]\nwithout = \"mark\"",
    "line 17: intake.emergency.failing_percent: 0 is no share of calls"
)]
#[case::emergency_without_contract(
    "",
    "[intake.emergency]\nfailing_percent = 50\npin = true",
    "line 16: intake.emergency: nobody can have the contract"
)]
#[case::snippet(
    "",
    "[[snippet]]\nname = \"a b\"\ntext = \"x\"",
    "line 17: snippet.0.name: \"a b\" is not a plain name; use"
)]
#[case::empty_snippet(
    "",
    "[[snippet]]\nname = \"a\"\ntext = \" \"",
    "line 18: snippet.0.text: it is empty; write what is inserted"
)]
#[case::route(
    "",
    "[[intake.route]]\nkey = \"what\"\nquestion = \"?\"\nanswers = []",
    "line 19: intake.route.0.answers: the question has no answers"
)]
#[case::clauses(
    "",
    "[[clause]]\nno = \"A-1\"\nsays = \"s\"\n[[clause]]\nno = \"A-1\"\nsays = \"t\"",
    "line 20: clause.1.no: \"A-1\" is there twice"
)]
#[case::offices_and_calendar(
    "",
    "[[office]]\nname = \"paris\"\ntitle = \"Paris\"\n[office.calendar]\nzone = \"Europe/Paris\"\n[office.calendar.hours]\nmon = [\"09:00-10:00\"]",
    "line 5: calendar: the policy has hours of its own and offices with theirs"
)]
fn a_fault_in_what_is_added_is_named(
    #[case] before: &str,
    #[case] after: &str,
    #[case] expected: &str,
) {
    let top = if before.is_empty() {
        String::new()
    } else {
        format!("{before}\n")
    };
    let message = refused(&format!("{top}{SMALL}{after}\n"), &none());
    assert!(message.starts_with(expected), "{message}");
}

#[test]
fn a_severity_needs_a_target_where_there_is_none_for_all() {
    let text = SMALL.replace(
        "target = { within = \"4h\", counted = \"business-time\" }\n",
        "",
    ) + "[[severity]]\nname = \"low\"\ndefinition = \"d\"\n";
    let expected = "line 15: severity.0: \"low\" has no response target, and there is none for all; add its target, or response.target";
    assert_eq!(refused(&text, &none()), expected);
}

#[test]
fn a_severity_target_needs_something_that_starts_it() {
    let (head, _) = SMALL.split_once("[response]").unwrap();
    let text = format!(
        "{head}[[outcome]]\nname = \"solved\"\ntitle = \"t\"\n[[severity]]\nname = \"low\"\ndefinition = \"d\"\ntarget = {{ within = \"1d\", counted = \"elapsed\" }}\n"
    );
    let message = refused(&text, &none());
    assert!(
        message.starts_with("line 15: severity.0.target: nothing starts this target"),
        "{message}"
    );
}

#[test]
fn a_target_in_open_time_needs_a_calendar() {
    let (head, tail) = SMALL.split_once("[calendar]").unwrap();
    let (_, tail) = tail.split_once("[response]").unwrap();
    let closed = format!("{head}[response]{tail}");
    let message = refused(&closed, &none());
    assert!(
        message.starts_with("line 6: response.target: the target needs opening hours"),
        "{message}"
    );
    let as_is = "\"elapsed\", when_closed = \"as-is\"";
    assert!(parse(&closed.replace("\"business-time\"", as_is), &none()).is_ok());
}

#[test]
fn all_faults_are_told_at_once() {
    let text = SMALL
        .replace("\"small\"", "\"Small\"")
        .replace("\"solved\"", "\"Solved\"");
    let message = refused(&text, &none());
    let keys: Vec<&str> = message
        .lines()
        .filter_map(|line| line.split(": ").nth(1))
        .collect();
    assert_eq!(keys, ["name", "outcome.0.name"]);
}

#[rstest]
#[case("0.10 EUR", "15m", true)]
#[case("95.00 EUR", "15m", false)]
#[case("0.01 EUR", "1h", false)]
fn a_rate_that_does_not_come_out_even_is_a_warning(
    #[case] rate: &str,
    #[case] increment: &str,
    #[case] warned: bool,
) {
    let cover = format!(
        "[cover]\nkinds = [\"hours\"]\nwithout = \"mark\"\nmethods = [\"cash\"]\n[cover.hours]\nrate = \"{rate}\"\nincrement = \"{increment}\"\n"
    );
    let warnings = load(&format!("{SMALL}{cover}"), &none()).unwrap().warnings;
    let lines: Vec<_> = warnings
        .iter()
        .map(|warning| (warning.line, warning.key.as_str()))
        .collect();
    assert_eq!(
        lines,
        if warned {
            vec![(Some(20), "cover.hours")]
        } else {
            vec![]
        }
    );
}

#[test]
fn a_file_cut_anywhere_is_refused_at_a_line_that_it_has() {
    for name in shipped_names() {
        let text = shipped(name).unwrap();
        let settings = example_settings(text).unwrap();
        for cut in (0..text.len())
            .step_by(97)
            .filter(|cut| text.is_char_boundary(*cut))
        {
            let part = text.get(..cut).unwrap();
            if let Err(PolicyError::Faults(findings)) = parse(part, &settings) {
                let last = part.lines().count().max(1);
                assert!(
                    findings
                        .iter()
                        .all(|f| f.line.is_some_and(|line| line <= last)),
                    "{name} {cut}"
                );
            }
        }
    }
}
