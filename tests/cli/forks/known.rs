//! A fault that many have.

use super::shop;
use crate::seen::show;
use crate::shop::Shop;

/// A known fault, under a policy with severities.
fn fault() -> (Shop, String) {
    let shop = shop("severity");
    let more = ["--severity", "high", "--product", "Invoice Desk"];
    let fault = shop.log("Blue Fern", &more);
    shop.ok(["known", &fault]);
    (shop, fault)
}

/// A further caller with the fault.
fn caller(shop: &Shop, name: &str, fault: &str) -> String {
    shop.customer(name);
    shop.ok([
        "log",
        "--customer",
        name,
        "--same-as",
        fault,
        "--severity",
        "low",
    ])
}

#[test]
fn a_further_caller_is_logged_in_three_words() {
    let (shop, fault) = fault();
    let before = show(&shop, &fault)["revision"].clone();
    let same = caller(&shop, "Red Oak", &fault);
    let (of_fault, of_same) = (show(&shop, &fault), show(&shop, &same));
    for filled in ["summary", "product"] {
        assert_eq!(of_same[filled], of_fault[filled], "{filled}");
    }
    assert_eq!(of_same["severity"]["agreed"], "low");
    assert_eq!(of_same["same_as"], fault.as_str());
    assert_eq!(of_same["customer"]["name"], "Red Oak");
    assert_eq!(of_fault["known_fault"], true);
    assert_eq!(of_fault["same"][0], same.as_str());
    assert_eq!(
        of_fault["revision"], before,
        "who works on it is not disturbed"
    );
    let text = shop.ok(["show", &fault]);
    assert!(text.contains(&format!("1 more have it: {same}")), "{text}");
    let listed = shop.json(["list", "is:known-fault"]);
    assert_eq!(listed[0]["tech_ref"], fault.as_str());
    shop.ok(["desk", "check"]);
}

#[test]
fn resolving_the_fault_resolves_all_that_are_the_same() {
    let (shop, fault) = fault();
    let same = caller(&shop, "Red Oak", &fault);
    let closed = caller(&shop, "Tall Pine", &fault);
    let ended = ["--as", "withdrawn", "--detail", "It works"];
    shop.ok(["close", &closed].iter().chain(&ended));
    let resolve = ["resolve", &fault, "--outcome", "fixed"];
    let more = [
        "--detail",
        "The line is back",
        "--with-same",
        "--once",
        "K1",
    ];
    let done = shop.json(resolve.iter().chain(&more));
    assert_eq!(done["resolved"], serde_json::json!([same]));
    for number in [&fault, &same] {
        let resolution = &show(&shop, number)["resolution"];
        assert_eq!(resolution["detail"], "The line is back");
    }
    assert_eq!(show(&shop, &closed)["state"], "closed-unresolved");
    assert_eq!(shop.json(resolve.iter().chain(&more)), done);
}

#[test]
fn what_a_rule_forbids_is_left_as_it_is_and_said() {
    let shop = Shop::new(&["severity", "per-incident"]);
    shop.customer("Blue Fern");
    let fault = shop.log("Blue Fern", &["--severity", "high"]);
    shop.ok(["known", &fault]);
    let unpaid = shop.log(
        "Blue Fern",
        &["--policy", "per-incident", "--same-as", &fault],
    );
    let resolve = ["resolve", &fault, "--outcome", "fixed"];
    let ran = shop.run(resolve.iter().chain(&["--with-same"]));
    assert_eq!(ran.stdout, format!("{fault} resolved\n"));
    assert!(
        ran.stderr.contains(&format!("{unpaid} is left as it is: ")),
        "{ran:?}"
    );
    assert_eq!(show(&shop, &unpaid)["state"], "awaiting-payment");
}

#[test]
fn those_that_stay_open_are_named_and_resolved_later() {
    let (shop, fault) = fault();
    let same = caller(&shop, "Red Oak", &fault);
    let resolve = ["resolve", &fault, "--outcome", "fixed"];
    let ran = shop.run(resolve);
    assert!(
        ran.stderr
            .contains(&format!("1 with the same fault stay open ({same})")),
        "{ran:?}"
    );
    shop.ok(resolve.iter().chain(&["--with-same"]));
    assert_eq!(show(&shop, &same)["state"], "resolved");
    let said = shop.fails(1, resolve.iter().chain(&["--with-same"]));
    assert!(said.contains("reopen it before you resolve it"), "{said}");
}

#[test]
fn one_that_was_logged_already_is_counted_to_it_or_taken_out() {
    let (shop, fault) = fault();
    let other = shop.log("Blue Fern", &["--severity", "low"]);
    shop.ok(["known", &fault, "--add", &other]);
    assert_eq!(show(&shop, &other)["same_as"], fault.as_str());
    shop.ok(["known", &fault, "--remove", &other]);
    assert!(show(&shop, &other)["same_as"].is_null());
    assert_eq!(show(&shop, &fault)["same"], serde_json::json!([]));
    let said = shop.fails(1, ["known", &fault, "--remove", &other]);
    assert!(said.contains("counted to no known fault"), "{said}");
}

#[test]
fn without_the_mark_it_stands_for_no_others() {
    let (shop, fault) = fault();
    let same = caller(&shop, "Red Oak", &fault);
    shop.ok(["known", &fault, "--off"]);
    let page = shop.ok(["show", &fault]);
    let kept = format!("not any more, but counted to it: {same}");
    assert!(page.contains(&kept), "{page}");
    let resolve = ["resolve", &fault, "--outcome", "fixed"];
    let mark = format!("`holdline known {fault}`");
    let said = shop.fails(1, resolve.iter().chain(&["--with-same"]));
    assert!(said.contains(&mark), "{said}");
    let ran = shop.run(resolve);
    assert!(ran.stderr.contains(&mark), "{ran:?}");
    shop.ok(["known", &fault]);
    shop.ok(resolve.iter().chain(&["--with-same"]));
    assert_eq!(show(&shop, &same)["state"], "resolved");
}

#[test]
fn only_what_is_marked_stands_for_others() {
    let (shop, fault) = fault();
    let other = shop.log("Blue Fern", &["--severity", "low"]);
    let log = [
        "log",
        "--customer",
        "Blue Fern",
        "--same-as",
        &other,
        "--severity",
        "low",
    ];
    let said = shop.fails(1, log);
    assert!(said.contains(&format!("holdline known {other}")), "{said}");
    let said = shop.fails(2, ["known", &fault, "--add", &fault]);
    assert!(said.contains("the same as itself"), "{said}");
    shop.ok(["known", &fault, "--add", &other]);
    let said = shop.fails(1, ["known", &other]);
    assert!(
        said.contains(&format!("itself the same as {fault}")),
        "{said}"
    );
    let said = shop.fails(1, ["merge", &fault, &other]);
    assert!(said.contains("stands for a known fault"), "{said}");
    shop.ok(["known", &fault, "--off"]);
    assert_eq!(show(&shop, &fault)["known_fault"], false);
}

#[test]
fn without_a_known_fault_a_summary_is_needed() {
    let (shop, _) = fault();
    let said = shop.fails(2, ["log", "--customer", "Blue Fern"]);
    assert!(said.contains("--summary"), "{said}");
}
