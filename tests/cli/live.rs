//! Calls as they run, by commands: rings, hold, times, and how the desk stands.

use crate::seen::show;
use crate::shop::Shop;

/// A desk with the customer Blue Fern.
fn shop() -> Shop {
    let shop = Shop::new(&["severity"]);
    let phone = ["--phone", "+1 555 0100", "--mail", "ada@blue-fern.test"];
    shop.ok(["customer", "add", "Blue Fern"].iter().chain(&phone));
    shop
}

#[test]
fn hold_is_kept_apart_and_the_end_is_recorded_on_the_incident() {
    let shop = shop();
    let number = shop.log("Blue Fern", &["--severity", "high"]);
    shop.at("2026-11-23T21:10:00Z");
    let id = shop.ok(["call", "start", "--from", "(555) 0100"]);
    shop.at("2026-11-23T21:12:00Z").ok(["call", "hold", &id]);
    let held = shop.at("2026-11-23T21:15:00Z").json(["call", "list"]);
    assert_eq!(held[0]["state"], "on hold");
    assert_eq!(
        (&held[0]["seconds"], &held[0]["held_seconds"]),
        (&120.into(), &180.into())
    );
    assert_eq!(held[0]["who"], "Blue Fern");
    shop.ok(["call", "answer"]);
    // What happened a little earlier may be said afterwards.
    shop.at("2026-11-23T21:20:00Z");
    shop.ok(["call", "hold", "--at", "21:16"]);
    shop.ok(["call", "answer", "--at", "21:17"]);
    assert!(
        shop.fails(1, ["call", "end"])
            .contains("--on REF, or --no-incident REASON")
    );
    let answered = [
        "--answered",
        "--no-estimate",
        "all is said",
        "--note",
        "The cable",
    ];
    let end = ["call", "end", &id, "--on", &number];
    let said = shop.ok(end.iter().chain(&answered));
    assert!(said.starts_with("10001-4 open"), "{said}");
    let shown = show(&shop, &number);
    assert_eq!(shown["call_seconds"], 360);
    assert_eq!(shown["first_response_at"], "2026-11-23T21:10:00Z");
    assert!(shop.json(["call", "list"]).as_array().unwrap().is_empty());
    assert!(
        shop.fails(3, ["call", "end", &id])
            .contains("`holdline call list`")
    );
}

#[test]
fn an_incident_that_was_logged_on_the_call_gets_its_length_and_no_second_contact() {
    let shop = shop();
    shop.ok(["call", "start", "--customer", "Blue Fern"]);
    shop.at("2026-11-23T21:01:00Z");
    let number = shop.log("Blue Fern", &["--severity", "high"]);
    shop.at("2026-11-23T21:05:00Z");
    shop.ok(["call", "end", "--on", &number]);
    let shown = show(&shop, &number);
    assert_eq!(shown["call_seconds"], 300);
    let kinds = shown["timeline"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| &entry["kind"]);
    let kinds: Vec<_> = kinds.filter_map(|kind| kind.as_str()).collect();
    assert!(
        kinds.contains(&"call-ended") && !kinds.contains(&"contacted"),
        "{kinds:?}"
    );
}

#[test]
fn one_call_about_several_incidents_gives_each_its_share() {
    let shop = shop();
    let one = shop.log("Blue Fern", &["--severity", "high"]);
    let two = shop.log("Blue Fern", &["--severity", "low"]);
    shop.at("2026-11-23T21:10:00Z").ok(["call", "start"]);
    shop.at("2026-11-23T21:25:00Z");
    let without = shop.fails(2, ["call", "end", "--on", &one, "--on", &two]);
    assert!(without.contains("=MINUTES"), "{without}");
    let (first, second) = (format!("{one}=5"), format!("{two}=10"));
    shop.ok(["call", "end", "--on", &first, "--on", &second]);
    let seconds = |number: &str| show(&shop, number)["call_seconds"].as_i64();
    assert_eq!((seconds(&one), seconds(&two)), (Some(300), Some(600)));
}

#[test]
fn a_call_that_led_to_no_incident_is_counted_and_one_that_is_discarded_says_why() {
    let shop = shop();
    shop.ok(["call", "start"]);
    shop.ok([
        "call",
        "end",
        "--no-incident",
        "sales",
        "--note",
        "Asks for a price",
    ]);
    let id = shop.ok(["call", "start"]);
    shop.ok(["call", "discard", &id, "--reason", "A test"]);
    let counted = shop.ok(["report", "counts"]);
    assert!(
        counted.contains("sales") && counted.contains("cut-off"),
        "{counted}"
    );
    assert!(
        shop.fails(3, ["call", "discard", &id, "--reason", "A test"])
            .contains("no call")
    );
}

#[test]
fn several_calls_want_a_number_and_one_talks_to_one_caller_at_a_time() {
    let shop = shop();
    let first = shop.ok(["call", "start", "--customer", "Blue Fern"]);
    let second = shop.run(["call", "start"]);
    assert!(
        second
            .stderr
            .contains(&format!("call {first} (Blue Fern) is on hold now")),
        "{second:#?}"
    );
    let second = second.stdout.trim().to_owned();
    let states = |shop: &Shop| {
        let list = shop.json(["call", "list"]);
        let calls = list.as_array().unwrap().iter();
        let states: Vec<String> = calls.map(|call| call["state"].to_string()).collect();
        states.join(" ")
    };
    assert_eq!(states(&shop), "\"on hold\" \"talking\"");
    shop.ok(["call", "hold"]);
    let which = shop.fails(2, ["call", "end"]);
    assert!(
        which.contains(&format!("{first} (Blue Fern), {second} (nobody known yet)")),
        "{which}"
    );
    shop.ok(["call", "answer", &second]);
    shop.ok(["call", "answer", &first]);
    assert_eq!(states(&shop), "\"talking\" \"on hold\"");
    // Another agent's calls are their own.
    shop.agent("mira").ok(["agent", "add", "jonas"]);
    shop.agent("jonas");
    assert!(
        shop.fails(1, ["call", "hold"])
            .contains("jonas has no call that runs")
    );
    // One that waits on hold may be taken over by its number.
    let taken = shop.ok(["call", "answer", &second]);
    assert_eq!(taken, format!("call {second} runs: nobody known yet"));
    assert_eq!(shop.json(["call", "list"])[1]["agent"], "jonas");
    shop.ok(["call", "end", &second, "--no-incident", "wrong-number"]);
    assert!(
        shop.fails(1, ["call", "answer"])
            .contains("jonas has no call that is on hold")
    );
}

#[test]
fn what_rings_is_answered_once_and_rings_for_two_minutes() {
    let shop = shop();
    let rang = shop.json(["ring", "--from", "tel:+15550100", "--line", "2"]);
    assert_eq!(
        (&rang["who"], &rang["from"]),
        (&"Blue Fern".into(), &"+15550100".into())
    );
    // The telephone system may say it more than once.
    assert_eq!(
        shop.json(["ring", "--from", "+15550100", "--line", "2"]),
        rang
    );
    let id = rang["call"].to_string();
    assert_eq!(shop.json(["call", "list"])[0]["state"], "rings");
    let answered = shop.ok(["call", "answer", &id]);
    assert_eq!(answered, format!("call {id} runs: Blue Fern"));
    assert!(
        shop.fails(1, ["call", "answer", &id])
            .contains("is not on hold")
    );
    let unknown = shop.ok(["ring", "--from", "+44 20 7946 0000"]);
    assert!(unknown.ends_with("nobody known"), "{unknown}");
    assert!(
        shop.ok(["ring", "--from", "442079460001", "--over"])
            .contains("did not ring")
    );
    assert!(
        shop.ok(["ring", "--from", "442079460000", "--over"])
            .contains("rings no more")
    );
    shop.ok(["ring", "--from", "withheld"]);
    shop.at("2026-11-23T21:02:00Z");
    let list = shop.json(["call", "list"]);
    assert_eq!(list.as_array().unwrap().len(), 1, "{list}");
    let wrong = shop.fails(2, ["ring", "--from", "Ada 5"]);
    assert!(wrong.contains("is no telephone number"), "{wrong}");
}

#[test]
fn instants_of_calls_are_neither_ahead_nor_before_their_beginning() {
    let shop = shop();
    assert!(
        shop.fails(2, ["call", "start", "--at", "+5m"])
            .contains("lies ahead")
    );
    shop.ok(["call", "start", "--at", "-2m"]);
    assert!(
        shop.fails(2, ["call", "hold", "--at", "-3m"])
            .contains("had not begun then")
    );
    shop.ok(["call", "hold", "--at", "-1m"]);
    let list = shop.json(["call", "list"]);
    assert_eq!(
        (&list[0]["seconds"], &list[0]["held_seconds"]),
        (&60.into(), &60.into())
    );
}

#[test]
fn the_status_is_one_line_in_three_formats() {
    let shop = shop();
    assert_eq!(shop.ok(["status"]), "0 missed, 0 due, 0 open, 0 mine");
    // Looking makes no file.
    assert!(!shop.path("desk.holdline.live").exists());
    let late = shop.log("Blue Fern", &["--severity", "critical"]);
    shop.ok(["assign", &late, "me"]);
    shop.log("Blue Fern", &["--severity", "low"]);
    shop.at("2026-11-23T21:30:00Z");
    shop.log("Blue Fern", &["--severity", "critical"]);
    shop.at("2026-11-24T21:10:00Z").ok(["call", "start"]);
    shop.ok(["call", "hold"]);
    shop.ok(["ring", "--from", "5550100"]);
    assert_eq!(
        shop.ok(["status"]),
        "1 ringing, 1 missed, 1 due, 3 open, 1 mine, 1 on hold"
    );
    assert_eq!(
        shop.ok(["status", "--format", "tmux"]),
        "#[fg=yellow]1 ringing#[default], #[fg=red]1 missed#[default], #[fg=yellow]1 due#[default], 3 open, \
         1 mine, #[fg=yellow]1 on hold#[default]"
    );
    let json = shop.json(["status"]);
    assert_eq!(
        (&json["open"], &json["calls_on_hold"]),
        (&3.into(), &1.into())
    );
    assert_eq!(shop.json(["status", "--format", "json"]), json);
}

#[test]
fn what_was_logged_since_the_call_began_needs_no_number_at_its_end() {
    let shop = Shop::new(&["severity"]);
    shop.ok(["customer", "add", "Blue Fern"]);
    let before = shop.log("Blue Fern", &["--severity", "high"]);
    shop.at("2026-11-23T21:10:00Z");
    shop.ok(["call", "start"]);
    shop.at("2026-11-23T21:14:00Z");
    let number = shop.log("Blue Fern", &["--severity", "high"]);
    shop.at("2026-11-23T21:16:00Z");
    let ended = shop.ok(["call", "end", "--note", "Explained the cable"]);
    assert!(
        ended.contains(&number) && !ended.contains(&before),
        "{ended}"
    );
    assert_eq!(show(&shop, &number)["call_seconds"], 360);
    assert_eq!(show(&shop, &before)["call_seconds"], 0);
    // Of several, each is given its share.
    shop.ok(["call", "start"]);
    let two: Vec<String> = (0..2)
        .map(|_| shop.log("Blue Fern", &["--severity", "high"]))
        .collect();
    let refused = shop.fails(2, ["call", "end"]);
    let share = |number: &String| format!("--on {number}=MINUTES");
    assert!(
        two.iter().all(|one| refused.contains(&share(one))),
        "{refused}"
    );
    let on = |number: &String| format!("{number}=1");
    shop.ok(["call", "end", "--on", &on(&two[0]), "--on", &on(&two[1])]);
    // Who was added meanwhile is whose call it was.
    shop.ok(["call", "start"]);
    shop.ok(["customer", "add", "Otter"]);
    shop.ok(["call", "end", "--no-incident", "sales"]);
    let report = shop.json([
        "report",
        "--from",
        "2026-11-23",
        "--by",
        "customer",
        "--format",
        "json",
    ]);
    assert!(report.to_string().contains("Otter"), "{report}");
}

#[test]
fn what_was_logged_meanwhile_for_another_customer_is_not_charged_to_the_call() {
    let shop = shop();
    shop.ok(["customer", "add", "Otter"]);
    shop.at("2026-11-23T21:10:00Z");
    shop.ok(["call", "start", "--customer", "Blue Fern"]);
    shop.at("2026-11-23T21:12:00Z");
    let other = shop.log("Otter", &["--severity", "high"]);
    shop.at("2026-11-23T21:15:00Z");
    let refused = shop.fails(1, ["call", "end"]);
    assert!(
        refused.contains(&format!(
            "{other}, recorded meanwhile, is another customer's"
        )) && refused.contains("--on REF"),
        "{refused}"
    );
    assert_eq!(show(&shop, &other)["call_seconds"], 0);
    // The customer's own one is still found by itself.
    let own = shop.log("Blue Fern", &["--severity", "high"]);
    let ended = shop.ok(["call", "end"]);
    assert!(ended.contains(&own) && !ended.contains(&other), "{ended}");
    assert_eq!(show(&shop, &own)["call_seconds"], 300);
    // And the other one where it is said.
    shop.ok(["call", "start", "--customer", "Blue Fern"]);
    let other = shop.log("Otter", &["--severity", "high"]);
    shop.at("2026-11-23T21:17:00Z");
    shop.ok(["call", "end", "--on", &other]);
    assert_eq!(show(&shop, &other)["call_seconds"], 120);
}

#[test]
fn a_number_that_nobody_can_dial_is_refused_wherever_it_is_typed() {
    let shop = Shop::new(&["severity"]);
    let refused = shop.fails(2, ["ring", "--from", "abc"]);
    assert!(
        refused.contains("\"anonymous\" where it is withheld"),
        "{refused}"
    );
    for command in [
        vec!["customer", "add", "Blue Fern", "--phone", "ask Ann"],
        vec!["customer", "add", "Blue Fern", "--phone", "n/a"],
    ] {
        let refused = shop.fails(2, command);
        assert!(
            refused.contains("is no telephone number: give its digits"),
            "{refused}"
        );
        assert_eq!(refused.lines().count(), 1, "{refused}");
    }
    shop.ok([
        "customer",
        "add",
        "Blue Fern",
        "--phone",
        "+1 555 0100 ext 12",
    ]);
    let number = shop.log(
        "Blue Fern",
        &["--severity", "high", "--contact", "Blue Fern"],
    );
    let refused = shop.fails(2, ["edit", &number, "--call-back", "tomorrow"]);
    assert!(refused.contains("is no telephone number"), "{refused}");
}

#[test]
fn a_call_that_was_begun_by_mistake_is_none() {
    let shop = Shop::new(&["severity"]);
    shop.customer("Blue Fern");
    let id = shop.ok(["call", "start"]);
    shop.ok(["call", "discard", &id, "--mistake"]);
    assert_eq!(shop.json(["call", "list"]), serde_json::json!([]));
    let counted = shop.ok(["report", "counts"]);
    assert!(!counted.contains("cut-off"), "{counted}");
    let id = shop.ok(["call", "start", "--customer", "Blue Fern"]);
    let why = shop.fails(1, ["call", "discard", &id, "--mistake"]);
    assert!(why.contains("say why it is not kept (--reason)"), "{why}");
    let why = shop.fails(2, ["call", "discard", &id]);
    assert!(why.contains("--reason"), "{why}");
}

#[test]
fn asterisk_says_who_rings_and_is_told_whose_call_it_is() {
    let shop = shop();
    let facts = |number: &str| {
        let told =
            format!("agi_request: holdline\nagi_callerid: {number}\nagi_calleridname: \"x\n\n");
        told + &"200 result=1\n".repeat(4)
    };
    let agi = ["ring", "--agi", "--line", "support"];
    let ran = shop.run_with(&facts("15550100"), agi);
    assert_eq!(ran.code, 0, "{ran:#?}");
    assert_eq!(
        ran.stdout,
        "SET VARIABLE HOLDLINE_CALL \"1\"\nSET VARIABLE HOLDLINE_CUSTOMER \"C-0001\"\n\
         SET VARIABLE HOLDLINE_POLICY \"severity\"\nSET VARIABLE HOLDLINE_CALLER \"Blue Fern\"\n"
    );
    let rings = shop.json(["call", "list"]);
    assert_eq!(
        (&rings[0]["state"], &rings[0]["who"]),
        (&"rings".into(), &"Blue Fern".into())
    );
    // It gives up; and one who withholds the number rings and is nobody's.
    let over = shop.run_with(&facts("15550100"), ["ring", "--agi", "--over"]);
    assert_eq!((over.code, over.stdout.as_str()), (0, ""));
    assert!(shop.json(["call", "list"]).as_array().unwrap().is_empty());
    let unknown = shop.run_with(&facts("unknown"), agi);
    assert!(
        unknown.stdout.ends_with(
            "SET VARIABLE HOLDLINE_CUSTOMER \"\"\nSET VARIABLE HOLDLINE_POLICY \"\"\nSET VARIABLE HOLDLINE_CALLER \"\"\n"
        ),
        "{unknown:#?}"
    );
    assert!(
        unknown.stdout.contains("HOLDLINE_CALL \"2\""),
        "{unknown:#?}"
    );
    // What does not speak as Asterisk does is refused, with what to do.
    let other = shop.run_with("15550100\n", agi);
    assert_eq!(other.code, 2, "{other:#?}");
    assert!(other.stderr.contains("--from NUMBER"), "{other:#?}");
    let both = shop.run_with(&facts("1"), ["ring", "--agi", "--from", "5550100"]);
    assert_eq!(both.code, 2, "{both:#?}");
}
