//! What is asked, said and kept when an incident is taken in, whichever policy asks for it.

use rstest::rstest;

use crate::seen::{entries, show};
use crate::shop::Shop;

/// A desk under one policy with a customer, on Monday 23 November 2026 at 21:00 UTC.
fn shop(policy: &str) -> Shop {
    let shop = Shop::new(&[policy]);
    let office: &[&str] = match policy {
        "escalation" => &["--office", "uk"],
        _ => &[],
    };
    shop.ok(["customer", "add", "Blue Fern"].iter().chain(office));
    shop
}

/// What is said on standard error when an incident is logged.
fn said(shop: &Shop, more: &[&str]) -> String {
    let args = ["log", "--customer", "Blue Fern", "--summary", "It stops"];
    let ran = shop.run(args.iter().chain(more));
    assert_eq!(ran.code, 0, "{ran:?}");
    ran.stderr
}

#[rstest]
#[case::p1_08(
    "per-incident",
    "Long-distance charges for the call are the caller's own"
)]
#[case::p1_14_within("per-incident", "What it does according to its documentation")]
#[case::p1_14_without("per-incident", "Training")]
#[case::p2_03(
    "severity",
    "Technical questions about operating and using the service"
)]
#[case::p2_04("severity", "critical  The customer's business is at risk")]
#[case::p2_13(
    "severity",
    "First among equals: financial billing software, medical billing software"
)]
#[case::p3_12_within("season-ticket", "Unexpected behaviour while using them")]
#[case::p3_12_without("season-ticket", "Doing the work in the customer's own data files")]
#[case::p4_05("escalation", "Chat serves better than a ticket for live emergencies")]
#[case::p4_06("escalation", "choose option 2, then authenticate with your PIN")]
#[case::p4_07("escalation", "at least 50 % of calls fail")]
#[case::p4_09("escalation", "A clear description is required")]
#[case::p4_21("escalation", "P4-21  All this is part of a standard support contract")]
#[case::p5_06(
    "tech-reference",
    "Is it about installing, about using, or about a fault?"
)]
#[case::p5_11("tech-reference", "Ask what changed before it began")]
#[case::p5_12("tech-reference", "The online manual answers most how-to questions")]
#[case::p5_14("tech-reference", "The exact words of any message on the screen")]
fn intake_has_it_on_screen(#[case] policy: &str, #[case] line: &str) {
    let shop = shop(policy);
    let page = shop.ok(["intake", policy]);
    assert!(page.contains(line), "{page}");
    // The policy that is asked about is the customer's, and the page is the same.
    let own = shop.ok(["intake", "--customer", "Blue Fern"]);
    assert!(own.starts_with("Blue Fern (C-0001)\n"), "{own}");
    assert!(own.contains(line), "{own}");
}

#[test]
fn intake_in_json_has_the_keys_of_the_policy_and_what_is_known_of_the_caller() {
    let shop = shop("escalation");
    shop.at("2026-11-23T20:00:00Z");
    let shown = shop.json(["intake", "--customer", "Blue Fern"]);
    assert_eq!(shown["policy"], "escalation");
    assert_eq!(shown["emergency"]["failing_percent"], 50);
    assert_eq!(shown["emergency_numbers"][0]["number"], "+44 20 7946 0142");
    let caller = &shown["customer"];
    assert_eq!(caller["emergency_contract"], "No emergency contract");
    assert_eq!(caller["pin"], false);
    assert_eq!(caller["hours"], "outside the hours: opens Tue 09:00 GMT");
    let numbers = shop.json(["intake"])["emergency_numbers"].clone();
    assert_eq!(
        numbers.as_array().unwrap().len(),
        3,
        "all offices: {numbers}"
    );
    shop.fails(3, ["intake", "gold"]);
    shop.fails(3, ["intake", "--office", "moon"]);
    shop.fails(3, ["intake", "--customer", "Nobody"]);
}

#[rstest]
#[case("florida", "+1 555 0142")]
#[case("uk", "+44 20 7946 0142")]
#[case("france", "+44 20 7946 0142")]
fn p4_06_the_number_of_the_caller_s_region_is_shown(#[case] office: &str, #[case] number: &str) {
    let shop = shop("escalation");
    shop.ok(["customer", "add", "Grey Heron", "--office", office]);
    let page = shop.ok(["intake", "--customer", "Grey Heron"]);
    let (_, numbers) = page.split_once("Emergency numbers\n").unwrap();
    let shown = numbers.lines().take_while(|line| !line.is_empty());
    let shown: Vec<&str> = shown.collect();
    assert_eq!(shown.len(), 1, "{page}");
    assert!(shown[0].ends_with(number), "{page}");
    assert!(
        page.contains("No emergency contract; no PIN is set"),
        "{page}"
    );
}

#[test]
fn p1_14_out_of_scope_is_declined_before_the_first_response_and_given_back() {
    let shop = shop("per-incident");
    let number = shop.log("Blue Fern", &[]);
    shop.ok(["pay", &number, "--method", "online", "--reference", "O-1"]);
    let reason = "Training is not part of support";
    shop.ok(["decline", &number, "--reason", reason]);
    let shown = show(&shop, &number);
    assert_eq!(shown["state"], "declined");
    assert_eq!(shown["declined"]["reason"], reason);
    assert_eq!(shown["money"]["refunded"], "139.00");
    // Once work has begun, it cannot be declined any more.
    let begun = shop.log("Blue Fern", &[]);
    shop.ok(["pay", &begun, "--method", "online", "--reference", "O-2"]);
    shop.ok(["respond", &begun, "We look at it"]);
    let said = shop.fails(1, ["decline", &begun, "--reason", reason]);
    assert!(said.contains("work on"), "{said}");
    assert_eq!(show(&shop, &begun)["money"]["refunded"], "0.00");
}

#[test]
fn p2_02_another_channel_is_kept_as_other_with_its_reason() {
    let shop = shop("tech-reference");
    let chat = ["--channel", "chat"];
    let log = ["log", "--customer", "Blue Fern", "--summary", "It stops"];
    let refused = shop.fails(2, log.iter().chain(&chat));
    assert!(refused.contains("covers phone, mail: say why"), "{refused}");
    let reason = ["--channel-reason", "Their line is down"];
    let told = said(&shop, &[chat, reason].concat());
    assert!(
        told.contains("outside the agreement by its channel"),
        "{told}"
    );
    let shown = show(&shop, "10001-4");
    assert_eq!(shown["channel"], "other");
    assert_eq!(shown["channel_reason"], "Their line is down");
    let page = shop.ok(["show", "10001-4"]);
    assert!(
        page.contains("outside the agreement: Their line is down"),
        "{page}"
    );
    // No reason is asked for what the agreement covers.
    let refused = shop.fails(2, log.iter().chain(&reason));
    assert!(
        refused.contains("covers phone: no reason is needed"),
        "{refused}"
    );
}

#[test]
fn p2_02_a_further_contact_by_another_channel_has_its_reason_too() {
    let shop = shop("severity");
    let number = shop.log("Blue Fern", &["--severity", "low"]);
    assert_eq!(show(&shop, &number)["channel"], "phone");
    let call = ["call", "log", &number, "--in", "--channel", "other"];
    let refused = shop.fails(2, call);
    assert!(refused.contains("covers phone, chat, mail"), "{refused}");
    shop.ok(call.iter().chain(&["--channel-reason", "They came in"]));
    let timeline = show(&shop, &number)["timeline"].to_string();
    assert!(
        timeline.contains("outside the agreement (They came in)"),
        "{timeline}"
    );
}

#[test]
fn p2_02_an_answer_by_another_way_says_why() {
    let shop = shop("per-incident");
    let number = shop.log("Blue Fern", &[]);
    shop.ok(["waive", &number, "--reason", "Goodwill"]);
    let chat = ["respond", &number, "Try this", "--by", "chat"];
    let refused = shop.fails(2, chat);
    assert!(refused.contains("covers phone, mail: say why"), "{refused}");
    let why = ["--channel-reason", "Their line is down"];
    shop.ok(chat.iter().chain(&why));
    let page = shop.ok(["show", &number]);
    let outside = "outside the agreement (Their line is down): Try this";
    assert!(page.contains(outside), "{page}");
}

#[test]
fn p2_02_what_is_split_from_it_came_the_same_way() {
    let shop = shop("per-incident");
    let chat = [
        "--channel",
        "chat",
        "--channel-reason",
        "Their line is down",
    ];
    let number = shop.log("Blue Fern", &chat);
    let split = ["split", &number, "--summary", "The printer", "--told"];
    let part = shop.ok(split);
    let shown = show(&shop, &part);
    assert_eq!(shown["channel"], "other");
    assert_eq!(shown["channel_reason"], "Their line is down");
}

#[test]
fn p4_09_the_shop_s_own_time_and_the_waiting_are_told_apart() {
    let shop = shop("escalation");
    shop.at("2026-11-23T10:00:00Z");
    let number = shop.log("Blue Fern", &["--detail", "It stops"]);
    shop.at("2026-11-23T11:00:00Z");
    shop.ok(["wait", &number, "Which version?"]);
    shop.at("2026-11-23T14:00:00Z");
    shop.ok(["call", "log", &number, "--in"]);
    shop.at("2026-11-23T14:30:00Z");
    let seconds = || {
        let shown = show(&shop, &number);
        (
            shown["waiting_seconds"].clone(),
            shown["own_seconds"].clone(),
        )
    };
    assert_eq!(seconds(), (10_800.into(), 5_400.into()));
    shop.ok(["resolve", &number, "--outcome", "satisfied"]);
    // What lies between the resolution and a reopening is nobody's.
    shop.at("2026-11-24T14:30:00Z");
    assert_eq!(seconds(), (10_800.into(), 5_400.into()));
    shop.ok(["reopen", &number]);
    shop.at("2026-11-24T15:30:00Z");
    assert_eq!(seconds(), (10_800.into(), 9_000.into()));
    let page = shop.ok(["show", &number]);
    assert!(
        page.contains("Waited        3 h\nWith us       2 h 30 min"),
        "{page}"
    );
}

#[test]
fn p4_21_intake_says_whether_there_is_a_contract_and_marks_what_has_none() {
    let shop = shop("escalation");
    let detail = ["--detail", "It stops"];
    let told = said(&shop, &detail);
    assert!(
        told.contains("nothing covers it: it is worked on, and marked"),
        "{told}"
    );
    assert_eq!(show(&shop, "10001-4")["uncovered"], true);
    let uncovered = shop.json(["list", "is:uncovered"]);
    assert_eq!(uncovered[0]["tech_ref"], "10001-4");
    shop.entitle("Blue Fern", "contract --to 2026-12-31");
    let told = said(&shop, &detail);
    assert!(told.contains("Contract until 31 Dec 2026"), "{told}");
    let shown = show(&shop, "10002-3");
    assert_eq!(shown["uncovered"], false);
    assert_eq!(shown["entitlement"]["kind"], "contract");
    assert_eq!(
        shop.json(["list", "is:uncovered"])
            .as_array()
            .unwrap()
            .len(),
        1
    );
}

#[test]
fn p5_03_the_queue_shows_the_place() {
    let shop = shop("tech-reference");
    shop.entitle("Blue Fern", "hours --time 4h --method visa --reference R-1");
    let told = said(&shop, &[]);
    assert!(told.contains("place 1, first come, first served"), "{told}");
    let told = said(&shop, &[]);
    assert!(told.contains("place 2, first come, first served"), "{told}");
    let listed = shop.ok(["list"]);
    let places: Vec<&str> = listed
        .lines()
        .filter_map(|line| line.split("place ").nth(1)?.split([',', ' ']).next())
        .collect();
    assert_eq!(places, ["1", "2"], "{listed}");
    // Whoever is entered later but came earlier stands before them; an answer leaves the line.
    let earlier = said(&shop, &["--at", "2026-11-23T20:00:00Z"]);
    assert!(earlier.contains("place 1, first come"), "{earlier}");
    let place = |number: &str| show(&shop, number)["place"].as_u64();
    let of_all = |numbers: [&str; 3]| numbers.map(place);
    let numbers = ["10001-4", "10002-3", "10003-8"];
    assert_eq!(of_all(numbers), [Some(2), Some(3), Some(1)]);
    let listed = shop.json(["list", "is:any", "--sort", "newest"]);
    let listed = listed.as_array().unwrap().iter();
    let places: Vec<_> = listed.map(|row| row["place"].clone()).collect();
    assert_eq!(places, [1, 3, 2]);
    shop.ok(["respond", "10003-8", "See page 4"]);
    assert_eq!(of_all(numbers), [Some(1), Some(2), None]);
}

#[test]
fn p5_06_a_question_that_was_not_asked_is_said() {
    let shop = shop("tech-reference");
    let told = said(&shop, &["--route", "matter=fault"]);
    assert!(
        !told.contains("not asked: Is it about installing"),
        "{told}"
    );
    assert!(told.contains("not asked: Is one person affected"), "{told}");
    assert!(
        told.contains("not asked: what changed before it began?"),
        "{told}"
    );
    assert_eq!(show(&shop, "10001-4")["assignee"], "technicians");
    let told = said(
        &shop,
        &[
            "--route",
            "matter=using",
            "reach=one",
            "--changed",
            "Nothing",
            "--contact",
            "Ada Moss",
        ],
    );
    assert!(!told.contains("not asked"), "{told}");
}

#[test]
fn p5_13_conduct_is_seen_at_the_customer_s_next_call() {
    let shop = shop("tech-reference");
    let first = shop.log("Blue Fern", &["--conduct", "Shouted at us"]);
    assert_eq!(entries(&shop, &first, "noted"), 1);
    // It is seen whatever came between, and however that ended.
    shop.ok(["close", &first, "--as", "withdrawn", "--detail", "Found it"]);
    for _ in 0..4 {
        let number = shop.log("Blue Fern", &[]);
        shop.ok([
            "close",
            &number,
            "--as",
            "withdrawn",
            "--detail",
            "Found it",
        ]);
    }
    let told = said(&shop, &[]);
    let line = format!("conduct on {first}, 23 Nov 2026: Shouted at us");
    assert!(told.contains(&line), "{told}");
    for page in [
        shop.ok(["customer", "show", "Blue Fern"]),
        shop.ok(["intake", "--customer", "Blue Fern"]),
    ] {
        assert!(page.contains(&line), "{page}");
    }
    shop.ok(["call", "log", "10006-7", "--in", "--conduct", "Kind today"]);
    let shown = shop.json(["customer", "show", "Blue Fern"]);
    assert_eq!(shown["conduct"][0]["text"], "Kind today");
    assert_eq!(shown["conduct"][1]["tech_ref"], first.as_str());
}
