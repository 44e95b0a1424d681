//! Clauses about what the shop says, keeps and serves, over all five policies.

use rstest::rstest;

use crate::seen::{clocks, entries, show};
use crate::shop::Shop;

/// A shop under one policy, with two customers.
fn shop(policy: &str) -> Shop {
    let shop = Shop::new(&[policy]);
    shop.customer("Blue Fern");
    shop.customer("Grey Heron");
    shop
}

fn paid(shop: &Shop) -> String {
    let number = shop.log("Blue Fern", &[]);
    shop.ok([
        "pay",
        &number,
        "--method",
        "online",
        "--reference",
        "ORDER-1",
    ]);
    number
}

#[test]
fn p1_08_the_caller_is_told_that_long_distance_is_theirs_to_pay() {
    let said = shop("per-incident").ok(["policy", "show", "per-incident"]);
    let (_, tell) = said.split_once("Tell the caller").unwrap();
    let (tell, _) = tell.split_once("Cover and prices").unwrap();
    assert!(tell.contains("Long-distance charges"), "{tell}");
}

#[test]
fn p1_10_a_missed_target_is_on_record_and_changes_no_charge() {
    let shop = shop("per-incident");
    let number = paid(&shop);
    let money = show(&shop, &number)["money"].clone();
    shop.at("2026-11-24T18:00:00Z");
    assert_eq!(
        clocks(&shop, &number, "response"),
        ["missed 2026-11-24T01:00:00Z"]
    );
    shop.ok(["respond", &number, "Try the newest driver"]);
    shop.ok([
        "resolve",
        &number,
        "--outcome",
        "solution",
        "--detail",
        "The newest driver",
    ]);
    let shown = show(&shop, &number);
    assert_eq!(shown["money"], money);
    assert_eq!(shown["clocks"][0]["state"], "missed");
    let said = shop.ok(["policy", "show", "per-incident"]);
    assert!(
        said.contains("a target, not a guarantee; a miss is not compensated"),
        "{said}"
    );
}

#[test]
fn p1_12_one_call_may_be_about_several_incidents() {
    let shop = shop("per-incident");
    let (one, two) = (paid(&shop), paid(&shop));
    shop.at("2026-11-23T22:00:00Z");
    let share = |number: &str, minutes| format!("{number}={minutes}");
    shop.ok([
        "call",
        "log",
        &share(&one, 4),
        &share(&two, 11),
        "--in",
        "--answered",
    ]);
    for (number, seconds) in [(&one, 240), (&two, 660)] {
        let shown = show(&shop, number);
        assert_eq!(shown["call_seconds"], seconds);
        assert_eq!(shown["money"]["paid"], "139.00");
        assert_eq!(shown["clocks"][0]["state"], "met");
    }
}

#[test]
fn p2_03_each_question_and_answer_is_kept() {
    let shop = shop("severity");
    let number = shop.log("Blue Fern", &["--severity", "low"]);
    let kept = [
        ("question", "Does it export to a spreadsheet?"),
        ("answer", "It does, from the file menu"),
        ("work", "Tried it with the newest version"),
    ];
    for (kind, text) in kept {
        shop.ok(["note", &number, text, "--kind", kind]);
    }
    let timeline = show(&shop, &number)["timeline"].to_string();
    for (_, text) in kept {
        assert!(timeline.contains(text), "{timeline}");
    }
    assert!(timeline.contains("Question: Does it"), "{timeline}");
    assert!(timeline.contains("Answer: It does"), "{timeline}");
}

#[test]
fn p2_08_a_recommendation_is_an_entry_of_its_own_kind() {
    let shop = shop("severity");
    let number = shop.log("Blue Fern", &["--severity", "low"]);
    let advice = "Nightly exports fit better";
    shop.ok(["note", &number, advice, "--kind", "recommendation"]);
    assert_eq!(entries(&shop, &number, "noted"), 1);
    let timeline = show(&shop, &number)["timeline"].to_string();
    assert!(
        timeline.contains(&format!("Recommendation: {advice}")),
        "{timeline}"
    );
    let said = shop.fails(2, ["note", &number, " ", "--kind", "recommendation"]);
    assert!(said.contains("the note is empty"), "{said}");
}

#[test]
fn p3_12_the_extent_of_support_is_listed() {
    let said = shop("season-ticket").ok(["policy", "show", "season-ticket"]);
    for within in [
        "Documented features, and how to use them",
        "Unexpected behaviour while using them",
        "Understanding how the product works",
        "Doing the work in the customer's own data files",
    ] {
        assert!(said.contains(within), "{within}: {said}");
    }
    let not = said.find("Not within scope").unwrap();
    assert!(said.find("Doing the work").unwrap() > not, "{said}");
}

#[test]
fn p3_14_an_issue_that_cannot_be_resolved_is_counted_apart() {
    let shop = shop("season-ticket");
    let number = shop.log("Blue Fern", &[]);
    let close = [
        "close",
        &number,
        "--as",
        "unresolved",
        "--detail",
        "Nobody knows why",
    ];
    shop.ok(close);
    let shown = show(&shop, &number);
    assert_eq!(shown["state"], "closed-unresolved");
    assert_eq!(shown["resolution"]["outcome"], "unresolved");
    assert_eq!(shop.json(["list", "state:resolved"]), serde_json::json!([]));
    let said = shop.fails(1, close);
    assert!(said.contains("reopen it before you close it"), "{said}");
}

#[test]
fn p4_01_every_contact_belongs_to_a_ticket() {
    let shop = shop("escalation");
    let args = ["--office", "uk", "--detail", "No dial tone since nine"];
    let number = shop.log("Blue Fern", &args);
    assert_eq!(number, "10001-4");
    shop.ok(["call", "log", &number, "--in", "--note", "Still none"]);
    assert_eq!(entries(&shop, &number, "contacted"), 1);
    // Without a ticket there is nothing to log it on.
    shop.fails(2, ["call", "log", "--in", "--note", "Still none"]);
    let said = shop.fails(3, ["call", "log", "10002-3", "--in"]);
    assert!(said.contains("no incident 10002-3"), "{said}");
}

#[test]
fn p4_09_a_clear_description_is_asked_for_and_the_waiting_is_told_apart() {
    let shop = shop("escalation");
    let log = ["log", "--customer", "Blue Fern", "--summary", "It stops"];
    let bare = log.iter().chain(&["--office", "uk"]);
    let said = shop.fails(2, bare.clone());
    assert!(said.contains("asks for a clear description"), "{said}");
    let said = shop.fails(2, bare.clone().chain(&["--detail", "  "]));
    assert!(said.contains("give the details (--detail)"), "{said}");
    let number = shop.ok(bare.chain(&["--detail", "Since nine, on every line"]));
    assert_eq!(show(&shop, &number)["waiting_seconds"], 0);
    shop.ok(["wait", &number, "Which switch is it?"]);
    shop.at("2026-11-24T00:30:00Z");
    assert_eq!(show(&shop, &number)["waiting_seconds"], 3 * 3_600 + 1_800);
    shop.ok(["call", "log", &number, "--in"]);
    shop.at("2026-11-24T15:00:00Z");
    assert_eq!(show(&shop, &number)["waiting_seconds"], 3 * 3_600 + 1_800);
}

#[rstest]
#[case::before("2026-11-23T12:59:59Z", false)]
#[case::from_eight("2026-11-23T13:00:00Z", true)]
#[case::until_five("2026-11-23T21:59:59Z", true)]
#[case::after("2026-11-23T22:00:00Z", false)]
#[case::saturday("2026-11-28T15:00:00Z", false)]
// The source names no holidays, so Thanksgiving is a day like others.
#[case::thanksgiving("2026-11-26T15:00:00Z", true)]
fn p5_01_hours_are_eight_to_five_in_the_east_and_no_target_is_invented(
    #[case] at: &str,
    #[case] open: bool,
) {
    let shop = shop("tech-reference");
    shop.at(at);
    assert_eq!(shop.json(["hours", "tech-reference"])[0]["open"], open);
    let number = shop.log("Blue Fern", &[]);
    let shown = show(&shop, &number);
    assert_eq!(shown["clocks"], serde_json::json!([]));
    assert!(shown["next_due_at"].is_null());
    let due = shop.json(["due", "tech-reference", "--from", at]);
    assert!(due["due"].is_null(), "{due}");
}

#[test]
fn p5_03_all_others_are_served_in_the_order_of_their_arrival() {
    let shop = shop("tech-reference");
    shop.entitle("Grey Heron", "contract");
    shop.entitle("Blue Fern", "hours --time 4h --method visa --reference R-1");
    // Entered in another order than they rang.
    let second = shop.log("Blue Fern", &["--at", "2026-11-23T20:30:00Z"]);
    let first = shop.log("Blue Fern", &["--at", "2026-11-23T20:00:00Z"]);
    let contract = shop.log("Grey Heron", &[]);
    let place = |number: &str| show(&shop, number)["place"].clone();
    assert_eq!((place(&first), place(&second)), (1.into(), 2.into()));
    assert!(place(&contract).is_null());
    let listed = shop.json(["list"]);
    let row = |number: &str| {
        let rows = listed.as_array().unwrap().iter();
        rows.map(|row| row["tech_ref"].clone())
            .position(|row| row == number)
            .unwrap()
    };
    assert!(row(&first) < row(&second), "{listed}");
    shop.ok(["respond", &first, "Restart it"]);
    assert_eq!(place(&second), 1);
    assert!(place(&first).is_null());
}

#[test]
fn p5_06_questions_route_the_call_to_the_right_person() {
    let shop = shop("tech-reference");
    let number = shop.log("Blue Fern", &["--route", "matter=fault", "reach=one"]);
    let shown = show(&shop, &number);
    assert_eq!(shown["assignee"], "technicians");
    assert_eq!(shown["routing"]["matter"], "fault");
    assert_eq!(shown["routing"]["reach"], "one");
    // An answer that names nobody decides nothing.
    let other = shop.log("Blue Fern", &["--route", "reach=everybody"]);
    assert!(show(&shop, &other)["assignee"].is_null());
    let log = ["log", "--customer", "Blue Fern", "--summary", "No sound"];
    let said = shop.fails(3, log.iter().chain(&["--route", "matter=fautl"]));
    assert!(said.contains("did you mean fault?"), "{said}");
    let said = shop.fails(3, log.iter().chain(&["--route", "mater=fault"]));
    assert!(said.contains("did you mean matter?"), "{said}");
    let said = shop.ok(["policy", "show", "tech-reference"]);
    assert!(said.contains("Is it about installing"), "{said}");
}
