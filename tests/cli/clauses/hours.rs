//! Prepaid hours, time that is charged, and what a day took in (P5-02, P5-04, P5-05; lifecycle.md, "Entitlements and
//! money").

use crate::seen::{entries, show};
use crate::shop::Shop;

/// Monday 23 November 2026 at 16:00 in New York; an hour costs 95 dollars, and a call's time is rounded up to 15 minutes.
fn shop() -> Shop {
    let shop = Shop::new(&["tech-reference"]);
    shop.customer("Blue Fern");
    shop
}

fn buy(shop: &Shop, time: &str) -> String {
    let hours = format!("hours --method visa --reference R-1 --time {time}");
    shop.entitle("Blue Fern", &hours)
}

fn contract(shop: &Shop) {
    shop.entitle("Blue Fern", "contract");
}

/// Seconds that are left of an entitlement.
fn left(shop: &Shop, id: &str) -> i64 {
    shop.json(["entitlement", "show", id])["remaining"]
        .as_i64()
        .unwrap()
}

fn call(shop: &Shop, number: &str, minutes: &str) {
    shop.ok(["call", "log", number, "--in", "--minutes", minutes]);
}

fn owed(shop: &Shop, number: &str) -> String {
    let money = &show(shop, number)["money"];
    money["owed"].as_str().unwrap_or("none").to_owned()
}

#[test]
fn p5_04_call_time_is_rounded_up_call_by_call_and_charged() {
    let shop = shop();
    let hours = buy(&shop, "2h");
    let number = shop.log("Blue Fern", &["--minutes", "1"]);
    assert_eq!(left(&shop, &hours), 105 * 60);
    shop.at("2026-11-23T21:55:00Z");
    call(&shop, &number, "15");
    assert_eq!(left(&shop, &hours), 90 * 60);
    call(&shop, &number, "16");
    assert_eq!(left(&shop, &hours), 60 * 60);
    // Nobody was reached, and mail takes no call time.
    shop.ok(["call", "log", &number, "--attempt", "--minutes", "2"]);
    shop.ok(["call", "log", &number, "--in", "--channel", "mail"]);
    assert_eq!(left(&shop, &hours), 60 * 60);
    assert_eq!(owed(&shop, &number), "none");
    let said = shop.ok(["show", &number]);
    assert!(
        said.contains("Call time charged: 30 min; 30 min of prepaid hours"),
        "{said}"
    );
    // The rate and the increment are the shop's: without them there is no desk.
    let init = ["init", "--policy", "tech-reference", "--desk", "other.desk"];
    let said = shop.fails(2, init);
    for setting in ["rate", "currency", "increment"] {
        assert!(said.contains(setting), "{said}");
    }
}

#[test]
fn p5_04_declined_all_its_calls_time_goes_back() {
    let shop = shop();
    let hours = buy(&shop, "2h");
    let number = shop.log("Blue Fern", &["--minutes", "15"]);
    shop.at("2026-11-23T22:30:00Z");
    for _ in 0..3 {
        call(&shop, &number, "15");
    }
    assert_eq!(left(&shop, &hours), 60 * 60);
    // The step that is taken back gives back its own time, not that of a call as long.
    shop.ok(["undo", &number]);
    assert_eq!(left(&shop, &hours), 75 * 60);
    shop.ok(["decline", &number, "--reason", "Not ours"]);
    assert_eq!(left(&shop, &hours), 120 * 60);
    shop.ok(["desk", "check"]);
}

#[test]
fn p5_05_past_zero_it_is_owed_and_blocks_the_next_work() {
    let shop = shop();
    let hours = buy(&shop, "30m");
    let number = shop.log("Blue Fern", &[]);
    shop.at("2026-11-23T21:55:00Z");
    call(&shop, &number, "50");
    assert_eq!(left(&shop, &hours), 0, "the balance stops at zero");
    assert_eq!(owed(&shop, &number), "47.50");
    assert_eq!(show(&shop, &number)["state"], "open");
    for work in [
        vec!["respond", &number, "Restart it"],
        vec!["wait", &number, "Which version?"],
        vec!["note", &number, "Looked at it", "--kind", "work"],
        vec![
            "resolve",
            &number,
            "--outcome",
            "resolved",
            "--detail",
            "Done",
        ],
    ] {
        let said = shop.fails(1, work);
        assert!(said.contains("47.50 USD is owed for call time"), "{said}");
    }
    // What is no work is still possible.
    shop.ok(["note", &number, "Rings back tomorrow"]);
    shop.ok(["assign", &number, "mira"]);
    let pay = ["--method", "mastercard", "--reference", "R-2"];
    let said = shop.fails(
        1,
        ["pay", &number, "--method", "cash", "--reference", "R-2"],
    );
    assert!(said.contains("only visa, mastercard"), "{said}");
    shop.ok(["pay", &number].iter().chain(&pay));
    assert_eq!(owed(&shop, &number), "0.00");
    shop.ok(["respond", &number, "Restart it"]);
    // Nothing is left: the next one is paid for before any work.
    let next = shop.log("Blue Fern", &[]);
    assert_eq!(show(&shop, &next)["state"], "awaiting-payment");
    assert_eq!(owed(&shop, &next), "23.75");
}

#[test]
fn p5_05_what_was_paid_for_one_incident_is_spent_first() {
    let shop = shop();
    let number = shop.log("Blue Fern", &["--minutes", "10"]);
    assert_eq!(
        owed(&shop, &number),
        "23.75",
        "the call came before the payment"
    );
    shop.ok("pay --method visa --reference R-1"
        .split(' ')
        .chain([number.as_str()]));
    call(&shop, &number, "10");
    assert_eq!(owed(&shop, &number), "0.00");
    call(&shop, &number, "10");
    assert_eq!(owed(&shop, &number), "23.75");
    shop.ok(["waive", &number, "--reason", "Our line was bad"]);
    assert_eq!(owed(&shop, &number), "0.00");
    let money = show(&shop, &number)["money"].clone();
    let sums = ["price", "paid", "waived"].map(|key| money[key].clone());
    assert_eq!(sums, ["47.50", "23.75", "23.75"]);
}

#[test]
fn p5_05_hours_that_were_bought_later_go_on() {
    let shop = shop();
    let first = buy(&shop, "15m");
    let number = shop.log("Blue Fern", &[]);
    let second = buy(&shop, "1h");
    shop.at("2026-11-23T21:55:00Z");
    call(&shop, &number, "20");
    assert_eq!((left(&shop, &first), left(&shop, &second)), (0, 45 * 60));
    assert_eq!(owed(&shop, &number), "none");
}

#[test]
fn p5_05_what_is_owed_for_call_time_outlives_the_end_of_the_incident() {
    let shop = shop();
    buy(&shop, "30m");
    let number = shop.log("Blue Fern", &["--minutes", "50"]);
    assert_eq!(owed(&shop, &number), "47.50");
    let close = [
        "close",
        &number,
        "--as",
        "unreachable",
        "--detail",
        "No answer",
    ];
    shop.ok(close);
    assert_eq!(owed(&shop, &number), "47.50", "charges stay unless waived");
    assert_eq!(shop.json(["receipt", &number])["owed"], "47.50");
    let rows = shop.json(["report", "money"]);
    assert_eq!(rows[0]["owed"], "47.50", "{rows}");
    let said = shop.fails(1, ["waive", &number, "--reason", "Ours"]);
    assert!(said.contains("reopen it"), "{said}");
    // It is no order that could follow the price of the day, and it blocks the next work as it did before.
    shop.ok(["reopen", &number, "--by", "customer"]);
    let shown = show(&shop, &number);
    assert_eq!(shown["state"], "open");
    assert_eq!(
        [&shown["money"]["price"], &shown["money"]["owed"]],
        ["47.50"; 2]
    );
    let said = shop.fails(1, ["respond", &number, "Restart it"]);
    assert!(said.contains("47.50 USD is owed for call time"), "{said}");
    shop.ok("pay --method visa --reference R-2"
        .split(' ')
        .chain([number.as_str()]));
    shop.ok(["respond", &number, "Restart it"]);
    let rows = shop.json(["report", "money"]);
    assert_eq!([&rows[0]["paid"], &rows[0]["owed"]], ["47.50", "0.00"]);
}

#[test]
fn p5_05_what_was_never_open_costs_no_call_time() {
    let shop = shop();
    let number = shop.log("Blue Fern", &[]);
    assert_eq!(show(&shop, &number)["state"], "awaiting-payment");
    shop.at("2026-11-23T21:30:00Z");
    shop.ok([
        "close",
        &number,
        "--as",
        "withdrawn",
        "--detail",
        "Not needed",
    ]);
    // A call that began before that and is entered after it.
    shop.at("2026-11-23T21:32:00Z");
    call(&shop, &number, "10");
    assert_eq!(entries(&shop, &number, "time-charged"), 0);
    assert_eq!(owed(&shop, &number), "0.00");
}

#[test]
fn p5_02_outside_the_contracts_hours_the_agent_says_what_becomes_of_the_time() {
    let shop = shop();
    contract(&shop);
    let number = shop.log("Blue Fern", &["--minutes", "40"]);
    assert_eq!(owed(&shop, &number), "none", "no charge within the hours");
    // 22:00 in New York.
    shop.at("2026-11-24T03:00:00Z");
    let call = ["call", "log", &number, "--in", "--minutes", "20"];
    let said = shop.fails(2, call);
    assert!(said.contains("outside the contract's hours"), "{said}");
    let said = shop.fails(2, call.iter().chain(&["--outside", "waive"]));
    assert!(said.contains("--outside-reason"), "{said}");
    let waive = ["--outside", "waive", "--outside-reason", "Our fault"];
    shop.ok(call.iter().chain(&waive));
    assert_eq!(owed(&shop, &number), "none");
    assert_eq!(entries(&shop, &number, "time-waived"), 1);
    shop.ok(call.iter().chain(&["--outside", "charge"]));
    assert_eq!(owed(&shop, &number), "47.50");
    let hours = buy(&shop, "1h");
    shop.ok(call.iter().chain(&["--outside", "charge"]));
    assert_eq!(left(&shop, &hours), 30 * 60);
}

#[test]
fn p5_02_what_becomes_of_time_outside_a_contract_is_said_only_of_such_time() {
    let shop = shop();
    buy(&shop, "2h");
    let charge = ["--outside", "charge"];
    let log = ["log", "--customer", "Blue Fern", "--summary", "No sound"];
    let refused = |args: &[&str]| {
        let said = shop.fails(2, args.iter().chain(&charge));
        assert!(said.contains("say nothing of it (--outside)"), "{said}");
        assert_eq!(said.lines().count(), 1, "{said}");
    };
    // Hours pay, not a contract.
    refused(&[&log[..], &["--minutes", "10"]].concat());
    let number = shop.log("Blue Fern", &[]);
    shop.at("2026-11-23T21:30:00Z");
    refused(&["call", "log", &number, "--in", "--minutes", "20"]);
    // A contract pays, within its hours; and what is no call takes no time.
    contract(&shop);
    let number = shop.log("Blue Fern", &[]);
    shop.at("2026-11-23T21:55:00Z");
    refused(&["call", "log", &number, "--in", "--minutes", "20"]);
    shop.at("2026-11-24T03:00:00Z");
    refused(&["call", "log", &number, "--in", "--channel", "mail"]);
    refused(&["call", "log", &number, "--attempt"]);
}

#[test]
fn the_ledger_of_hours_says_for_what_they_were_chosen_and_what_was_taken() {
    let shop = shop();
    let hours = buy(&shop, "2h");
    let number = shop.log("Blue Fern", &["--minutes", "15"]);
    let shown = shop.ok(["entitlement", "show", &hours]);
    let lines: Vec<String> = shown
        .lines()
        .skip(2)
        .map(|line| {
            let words = line.split(&number).nth(1).unwrap().split_whitespace();
            words.collect::<Vec<_>>().join(" ")
        })
        .collect();
    assert_eq!(
        lines,
        ["chosen to pay 2 h", "used 15 min 1 h 45 min"],
        "{shown}"
    );
}

#[test]
fn each_debt_is_of_the_day_on_which_it_arose() {
    let shop = shop();
    buy(&shop, "15m");
    let number = shop.log("Blue Fern", &["--minutes", "30"]);
    let unpaid = shop.log("Blue Fern", &[]);
    shop.at("2026-11-24T15:00:00Z");
    call(&shop, &number, "15");
    // An order fixes the price of what was asked the day before.
    shop.ok(["order", &unpaid]);
    let owed = |from: &[&str]| -> Vec<(String, String)> {
        let rows = shop.json(["report", "money"].iter().chain(from));
        let rows = rows.as_array().unwrap().clone();
        let text = |value: &serde_json::Value| value.as_str().unwrap_or("all").to_owned();
        rows.iter()
            .map(|row| (text(&row["day"]), text(&row["owed"])))
            .collect()
    };
    let days = |rows: &[(&str, &str)]| -> Vec<(String, String)> {
        rows.iter()
            .map(|(day, owed)| ((*day).to_owned(), (*owed).to_owned()))
            .collect()
    };
    let both = [
        ("2026-11-23", "47.50"),
        ("2026-11-24", "23.75"),
        ("all", "71.25"),
    ];
    assert_eq!(owed(&[]), days(&both));
    let second = [("2026-11-24", "23.75"), ("all", "23.75")];
    assert_eq!(owed(&["--from", "2026-11-24"]), days(&second));
    // What is taken back was never owed; what is settled is owed no more.
    shop.ok(["undo", &number]);
    assert_eq!(
        owed(&[]),
        days(&[("2026-11-23", "47.50"), ("all", "47.50")])
    );
    shop.ok(["waive", &number, "--reason", "Our line was bad"]);
    call(&shop, &number, "15");
    let rest = [
        ("2026-11-23", "23.75"),
        ("2026-11-24", "23.75"),
        ("all", "47.50"),
    ];
    assert_eq!(owed(&[]), days(&rest));
}

#[test]
fn the_balance_of_any_day_is_shown_with_who_did_what() {
    let shop = shop();
    let hours = buy(&shop, "2h");
    let number = shop.log("Blue Fern", &["--minutes", "15"]);
    shop.at("2026-11-25T15:00:00Z");
    call(&shop, &number, "30");
    let on = |day: &str| {
        shop.json(["entitlement", "show", &hours, "--on", day])["remaining"]
            .as_i64()
            .unwrap()
    };
    assert_eq!(on("2026-11-24"), 105 * 60);
    assert_eq!(on("2026-11-25"), 75 * 60);
    let shown = shop.json(["entitlement", "show", &hours]);
    let ledger = shown["ledger"].as_array().unwrap();
    assert_eq!(ledger.len(), 3, "{shown}");
    assert_eq!(ledger[2]["change"], 30 * 60);
    assert_eq!(ledger[2]["tech_ref"], number.as_str());
    let listed = shop.ok(["entitlement", "list", "--customer", "Blue Fern"]);
    assert!(listed.contains("1 h 15 min left"), "{listed}");
    let before = ["entitlement", "show", &hours, "--on", "2026-11-01"];
    let said = shop.fails(3, before);
    assert!(said.contains("no entitlement"), "{said}");
    let said = shop.fails(3, ["entitlement", "show", "99"]);
    assert!(said.contains("entitlement list"), "{said}");
}

#[test]
fn the_report_of_money_reconciles_with_every_incident() {
    let shop = shop();
    buy(&shop, "1h");
    let covered = shop.log("Blue Fern", &["--minutes", "60"]);
    call(&shop, &covered, "15");
    let paid = shop.log("Blue Fern", &[]);
    shop.ok("pay --method visa --reference R-1"
        .split(' ')
        .chain([paid.as_str()]));
    shop.at("2026-11-25T15:00:00Z");
    shop.ok(["refund", &paid, "--reason", "Sorry"]);
    let waived = shop.log("Blue Fern", &[]);
    shop.ok(["waive", &waived, "--reason", "A gift"]);
    let open = shop.log("Blue Fern", &[]);
    let rows = shop.json(["report", "money"]);
    let row = |day: Option<&str>| {
        let rows = rows.as_array().unwrap().iter();
        let row = rows.clone().find(|row| row["day"].as_str() == day);
        let row = row.unwrap_or_else(|| panic!("{rows:?}"));
        ["sold", "paid", "refunded", "waived", "owed", "kept"]
            .map(|key| row[key].as_str().unwrap().to_owned())
    };
    let first = ["95.00", "23.75", "0.00", "0.00", "23.75", "118.75"];
    assert_eq!(row(Some("2026-11-23")), first);
    // What was given back before any work is asked for again.
    let second = ["0.00", "0.00", "23.75", "23.75", "47.50", "-23.75"];
    assert_eq!(row(Some("2026-11-25")), second);
    let all = ["95.00", "23.75", "23.75", "23.75", "71.25", "95.00"];
    assert_eq!(row(None), all);
    // What every incident says of itself adds up to the same.
    let sum = |key: &str| -> i64 {
        let minor = |text: &str| text.replace('.', "").parse::<i64>().unwrap();
        [&covered, &paid, &waived, &open]
            .map(|number| show(&shop, number)["money"][key].clone())
            .iter()
            .map(|amount| amount.as_str().map_or(0, minor))
            .sum()
    };
    let sums = ["paid", "refunded", "waived", "owed"].map(sum);
    assert_eq!(sums, [2375, 2375, 2375, 7125]);
    assert_eq!(sum("price"), sums[0] - sums[1] + sums[2] + sums[3]);
    let csv = shop.ok(["report", "money", "--to", "2026-11-23", "--format", "csv"]);
    assert!(csv.starts_with("day,policy,currency,sold"), "{csv}");
    assert!(!csv.contains("2026-11-25"), "{csv}");
    shop.fails(
        2,
        "report money --from 2026-11-25 --to 2026-11-23".split(' '),
    );
}

#[test]
fn a_receipt_says_what_was_paid_given_back_and_owed() {
    let shop = shop();
    let number = shop.log("Blue Fern", &[]);
    let said = shop.fails(1, ["receipt", &number]);
    assert!(said.contains("no receipt to give"), "{said}");
    shop.ok("pay --method visa --reference R-77"
        .split(' ')
        .chain([number.as_str()]));
    shop.ok(["refund", &number, "--reason", "Sorry"]);
    let paper = shop.ok(["receipt", &number]);
    for words in [
        number.as_str(),
        "Blue Fern",
        "Paid 23.75 USD (visa), reference R-77",
        "Gave back 23.75 USD: Sorry",
    ] {
        assert!(paper.contains(words), "{paper}");
    }
    let json = shop.json(["receipt", &number]);
    let sums = ["price", "paid", "refunded", "owed"].map(|key| json[key].clone());
    assert_eq!(sums, ["23.75", "23.75", "23.75", "23.75"]);
}
