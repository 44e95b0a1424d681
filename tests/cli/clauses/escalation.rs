//! P4: tickets answered within one business day, and a ladder of three levels.

use rstest::rstest;

use crate::seen::{clocks, show};
use crate::shop::Shop;

/// A ticket of a customer of the office in the United Kingdom, of Monday 23 November 2026 at 10:00 there.
fn ticket() -> (Shop, String) {
    let shop = Shop::new(&["escalation"]);
    shop.at("2026-11-23T10:00:00Z");
    shop.ok(["customer", "add", "Blue Fern", "--office", "uk"]);
    let number = shop.log("Blue Fern", &["--channel", "mail", "--detail", "It stops"]);
    (shop, number)
}

const CONCERN: [&str; 4] = [
    "--ground",
    "no-satisfactory-reply",
    "--concern",
    "It still stops",
];

fn escalate(number: &str, more: &[&str]) -> Vec<String> {
    let args = ["escalate", number].into_iter().chain(CONCERN);
    args.chain(more.iter().copied())
        .map(str::to_owned)
        .collect()
}

#[test]
fn p4_03_every_contact_is_replied_to_within_one_business_day() {
    let (shop, number) = ticket();
    let response = clocks(&shop, &number, "response");
    assert_eq!(response, ["running 2026-11-24T10:00:00Z"]);
    shop.ok(["respond", &number, "We see it", "--by", "mail"]);
    shop.at("2026-11-27T16:00:00Z");
    shop.ok(["call", "log", &number, "--in", "--channel", "mail"]);
    // A second contact waits for the same reply.
    shop.at("2026-11-27T16:30:00Z");
    shop.ok(["call", "log", &number, "--in", "--channel", "mail"]);
    let response = clocks(&shop, &number, "response");
    assert_eq!(
        response,
        ["met 2026-11-24T10:00:00Z", "running 2026-11-30T16:00:00Z"]
    );
}

#[rstest]
#[case::boxing_day("uk", "2026-12-24T16:00:00Z", "2026-12-29T16:00:00Z")]
#[case::weekend("florida", "2026-11-28T17:00:00Z", "2026-11-30T22:00:00Z")]
#[case::the_fourteenth_of_july("france", "2027-07-13T08:30:00Z", "2027-07-15T08:30:00Z")]
fn p4_04_each_office_has_its_own_hours(
    #[case] office: &str,
    #[case] from: &str,
    #[case] due: &str,
) {
    let shop = Shop::new(&["escalation"]);
    shop.ok(["customer", "add", "Blue Fern", "--office", office]);
    shop.at(from);
    let number = shop.log("Blue Fern", &["--detail", "It stops"]);
    let response = clocks(&shop, &number, "response");
    assert_eq!(response, [format!("running {due}")]);
    assert_eq!(show(&shop, &number)["customer"]["office"], office);
}

/// Resolves a ticket: each of `needed` is asked for by name when it is the one left out, and nothing is resolved before
/// all are there. Gives the resolution as it is shown then.
fn resolved(outcome: &str, needed: &[[&str; 2]]) -> serde_json::Value {
    let (shop, number) = ticket();
    let resolve = ["resolve", number.as_str(), "--outcome", outcome];
    for left_out in needed {
        let others = needed.iter().filter(|option| *option != left_out);
        let said = shop.fails(1, resolve.iter().chain(others.flatten()));
        assert!(said.contains(left_out[0]), "{said}");
    }
    shop.ok(resolve.iter().chain(needed.iter().flatten()));
    let shown = show(&shop, &number);
    assert_eq!(shown["state"], "resolved");
    assert_eq!(shown["resolution"]["outcome"], outcome);
    shown["resolution"].clone()
}

#[test]
fn p4_10_the_customer_is_satisfied() {
    resolved("satisfied", &[]);
}

#[test]
fn p4_11_not_possible_needs_why() {
    let resolution = resolved("not-possible", &[["--detail", "The law forbids it"]]);
    assert_eq!(resolution["detail"], "The law forbids it");
}

#[test]
fn p4_12_a_feature_request_for_the_road_map() {
    resolved("roadmap", &[]);
}

#[test]
fn p4_14_a_bug_raised_needs_its_reference_and_an_indication() {
    let reference = ["--reference", "BUG-12"];
    let indication = ["--indication", "in the next release"];
    let resolution = resolved("bug-raised", &[reference, indication]);
    assert_eq!(resolution["reference"], "BUG-12");
    assert_eq!(resolution["indication"], "in the next release");
}

/// A ticket resolved by a bug that was raised.
fn raised(more: &[&str]) -> (Shop, String) {
    let (shop, number) = ticket();
    let outcome = ["--outcome", "bug-raised", "--reference", "BUG-12"];
    shop.ok(["resolve", &number].iter().chain(&outcome).chain(more));
    (shop, number)
}

/// A ticket resolved by a critical bug.
fn critical() -> (Shop, String) {
    raised(&["--indication", "a patch", "--critical"])
}

#[test]
fn p4_15_a_critical_bug_gets_a_patch_within_24_hours() {
    let (shop, number) = critical();
    let shown = show(&shop, &number);
    assert_eq!(shown["state"], "resolved");
    assert_eq!(shown["next_clock"], "patch");
    assert_eq!(
        clocks(&shop, &number, "patch"),
        ["running 2026-11-24T10:00:00Z"]
    );
    shop.at("2026-11-24T09:59:00Z");
    shop.ok(["patched", &number]);
    assert_eq!(
        clocks(&shop, &number, "patch"),
        ["met 2026-11-24T10:00:00Z"]
    );
    let said = shop.fails(1, ["patched", &number]);
    assert!(said.contains("no patch is awaited"), "{said}");
}

#[test]
fn p4_15_a_late_patch_is_missed_and_stays_in_the_queue_until_it_is_out() {
    let (shop, number) = critical();
    shop.at("2026-11-25T10:00:00Z");
    assert_eq!(
        clocks(&shop, &number, "patch"),
        ["missed 2026-11-24T10:00:00Z"]
    );
    let queue = || shop.json(["list"]).as_array().unwrap().clone();
    assert_eq!(queue()[0]["tech_ref"], number.as_str());
    assert_eq!(queue()[0]["next_clock"], "patch");
    shop.ok(["patched", &number]);
    assert!(queue().is_empty(), "{:?}", queue());
    assert_eq!(
        clocks(&shop, &number, "patch"),
        ["missed 2026-11-24T10:00:00Z"]
    );
    assert!(show(&shop, &number)["next_clock"].is_null());
}

#[test]
fn p4_15_a_late_patch_stays_missed_when_the_bug_is_raised_anew() {
    let (shop, number) = critical();
    shop.at("2026-11-25T10:00:00Z");
    shop.ok(["reopen", &number, "--reason", "It is back"]);
    let outcome = ["--outcome", "bug-raised", "--reference", "BUG-13"];
    let critical = ["--indication", "a patch", "--critical"];
    shop.ok(["resolve", &number].iter().chain(&outcome).chain(&critical));
    assert_eq!(
        clocks(&shop, &number, "patch"),
        [
            "missed 2026-11-24T10:00:00Z",
            "running 2026-11-26T10:00:00Z"
        ]
    );
}

#[test]
fn p4_15_a_bug_that_is_not_critical_waits_for_no_patch() {
    let (shop, number) = raised(&["--indication", "in the next release"]);
    assert!(clocks(&shop, &number, "patch").is_empty());
    let other = shop.log("Blue Fern", &["--detail", "It stops"]);
    let said = shop.fails(
        1,
        ["resolve", &other, "--outcome", "satisfied", "--critical"],
    );
    assert!(said.contains("knows no critical bugs"), "{said}");
}

#[rstest]
#[case("not-understood")]
#[case("no-satisfactory-reply")]
#[case("not-urgent-enough")]
fn p4_16_an_escalation_names_one_of_three_grounds(#[case] ground: &str) {
    let (shop, number) = ticket();
    let wrong = [
        "escalate",
        &number,
        "--ground",
        "angry",
        "--concern",
        "It stops",
    ];
    let said = shop.fails(3, wrong);
    assert!(
        said.contains("not-understood, no-satisfactory-reply, not-urgent-enough"),
        "{said}"
    );
    shop.ok([
        "escalate",
        &number,
        "--ground",
        ground,
        "--concern",
        "It stops",
    ]);
    assert_eq!(show(&shop, &number)["escalations"][0]["ground"], ground);
}

#[test]
fn p4_17_level_1_states_the_concern_or_request() {
    let (shop, number) = ticket();
    let empty = [
        "escalate",
        &number,
        "--ground",
        "not-understood",
        "--concern",
        " ",
    ];
    let said = shop.fails(2, empty);
    assert!(said.contains("concern is empty"), "{said}");
    let said = shop.fails(1, escalate(&number, &["--call"]));
    assert!(said.contains("made by a message"), "{said}");
    shop.ok(escalate(&number, &["--requested-by", "agent"]));
    let shown = show(&shop, &number);
    assert_eq!(shown["escalation_level"], 1);
    let made = &shown["escalations"][0];
    assert_eq!(made["concern"], "It still stops");
    assert_eq!(made["requested_by"], "agent");
    assert!(made["by"].as_str().unwrap().ends_with("mira"));
}

#[test]
fn p4_18_level_2_is_made_by_a_message_or_a_logged_call() {
    let (shop, number) = ticket();
    shop.ok(escalate(&number, &[]));
    shop.at("2026-11-23T11:00:00Z");
    let said = shop.fails(1, escalate(&number, &["--level", "2", "--call"]));
    assert!(
        said.contains("no call with the account manager is logged since level 1"),
        "{said}"
    );
    // A call with anybody else is none, nor is one that nobody answered.
    let call = ["call", "log", &number, "--minutes", "5"];
    shop.ok(call.iter().chain(&["--in"]));
    let with = |role| ["--with", role];
    shop.ok(call
        .iter()
        .chain(&["--attempt"])
        .chain(&with("account_manager")));
    shop.ok(call.iter().chain(&["--in"]).chain(&with("support_manager")));
    shop.fails(1, escalate(&number, &["--level", "2", "--call"]));
    let said = shop.fails(3, call.iter().chain(&["--in"]).chain(&with("boss")));
    assert!(said.contains("no role of the ladder \"boss\""), "{said}");
    let by_mail = ["--in", "--channel", "mail"];
    let said = shop.fails(
        2,
        call.iter().chain(&by_mail).chain(&with("account_manager")),
    );
    assert!(said.contains("only a call is with somebody"), "{said}");
    shop.ok(call.iter().chain(&["--in"]).chain(&with("account_manager")));
    shop.ok(escalate(&number, &["--level", "2", "--call"]));
    let second = show(&shop, &number)["escalations"][1].clone();
    assert_eq!(second["evidence"], "call");
    shop.ok([
        "escalation",
        "withdraw",
        &number,
        "--level",
        "2",
        "--reason",
        "A mistake",
    ]);
    assert_eq!(show(&shop, &number)["escalation_level"], 1);
    shop.ok(escalate(&number, &["--level", "2"]));
    let third = show(&shop, &number)["escalations"][2].clone();
    assert_eq!(third["evidence"], "message");
}

#[test]
fn p4_19_level_3_comes_after_1_and_2_answered_or_a_business_day_old() {
    let (shop, number) = ticket();
    let third = escalate(&number, &["--level", "3", "--confirm", &number]);
    let said = shop.fails(1, &third);
    assert!(said.contains("comes after level 1"), "{said}");
    shop.ok(escalate(&number, &[]));
    let said = shop.fails(1, &third);
    assert!(said.contains("comes after level 2"), "{said}");
    let said = shop.fails(1, escalate(&number, &["--level", "1"]));
    assert!(said.contains("made already"), "{said}");
    shop.ok(escalate(&number, &[]));
    let said = shop.fails(1, &third);
    assert!(said.contains("level 1 is not answered yet"), "{said}");
    shop.ok([
        "escalation",
        "answer",
        &number,
        "--level",
        "1",
        "An engineer has it",
    ]);
    let said = shop.fails(1, &third);
    assert!(said.contains("level 2 is not answered yet"), "{said}");
    let answered = show(&shop, &number)["escalations"][0].clone();
    assert_eq!(answered["answer"], "An engineer has it");
    shop.at("2026-11-24T10:00:00Z");
    shop.ok(&third);
    assert_eq!(show(&shop, &number)["escalation_level"], 3);
    let said = shop.fails(1, escalate(&number, &["--level", "4"]));
    assert!(said.contains("ends at level 3"), "{said}");
}

#[test]
fn p4_20_level_3_asks_for_the_number() {
    let (shop, number) = ticket();
    shop.ok(escalate(&number, &[]));
    shop.ok(escalate(&number, &[]));
    shop.at("2026-11-25T10:00:00Z");
    let other = shop.log("Blue Fern", &["--detail", "It stops"]);
    let said = shop.fails(1, escalate(&number, &[]));
    assert!(said.contains("very serious"), "{said}");
    assert!(said.contains(&number), "{said}");
    shop.fails(2, escalate(&number, &["--confirm", &other]));
    shop.fails(2, escalate(&number, &["--confirm", "yes"]));
    shop.ok(escalate(&number, &["--confirm", &number]));
}

#[test]
fn what_was_withdrawn_is_not_sent_and_what_stands_is() {
    let (shop, number) = ticket();
    let ada = ["Ada Moss", "--mail", "ada@blue-fern.test"];
    shop.ok(["contact", "add", "Blue Fern"].iter().chain(&ada));
    shop.ok(escalate(&number, &[]));
    shop.ok(escalate(&number, &[]));
    let escalated = || {
        let list = shop.json(["mail", "list", "--all"]);
        let list = list.as_array().unwrap().iter();
        let made = list.filter(|message| message["occasion"] == "escalated");
        let state = made.map(|message| message["state"].as_str().unwrap().to_owned());
        state.collect::<Vec<_>>()
    };
    assert_eq!(escalated(), ["queued", "queued"]);
    let reason = ["--level", "2", "--reason", "A mistake"];
    shop.ok(["escalation", "withdraw", &number].iter().chain(&reason));
    assert_eq!(escalated(), ["dropped", "queued"]);
    shop.ok(["undo", &number]);
    assert_eq!(escalated(), ["queued", "queued"]);
    shop.ok(["desk", "check"]);
}

#[test]
fn an_escalation_is_answered_once() {
    let (shop, number) = ticket();
    shop.ok(escalate(&number, &[]));
    let answer = ["escalation", "answer", &number, "--level", "1"];
    shop.ok(answer.iter().chain(&["We hurry"]));
    let said = shop.fails(1, answer.iter().chain(&["We wait"]));
    assert!(said.contains("was answered already, 2026-11-23"), "{said}");
    assert_eq!(show(&shop, &number)["escalations"][0]["answer"], "We hurry");
}
