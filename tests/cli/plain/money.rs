//! Money: nothing moves it before that was said and agreed to, whatever key or command does it.

use rstest::rstest;

use super::says;
use crate::seen::show;
use crate::shop::Shop;

/// A desk where an incident is paid for before any work, and one that is paid.
fn paid() -> (Shop, String) {
    let shop = Shop::new(&["per-incident"]);
    shop.customer("Blue Fern");
    let number = shop.log("Blue Fern", &[]);
    shop.ok(["pay", &number, "--method", "online", "--reference", "P-1"]);
    (shop, number)
}

#[rstest]
#[case::key("D\noutside remit\n")]
#[case::command("decline --reason 'outside remit'\n")]
#[case::refund("refund --reason 'outside remit'\n")]
fn what_gives_money_back_is_asked_about_first(#[case] typed: &str) {
    let (shop, number) = paid();
    let asked = "Gives back 139.00 USD.\nMoney is moved by this: is it to be recorded? y or n";
    for no in ["n\n", "\n", ""] {
        let said = says(&shop, &format!("{number}\n{typed}{no}"));
        assert!(said.contains(asked), "{said}");
        assert!(said.contains("Nothing was done."), "{said}");
        let shown = show(&shop, &number);
        assert_eq!(shown["money"]["refunded"], "0.00", "{said}");
        assert_eq!(shown["state"], "open", "{said}");
    }
    let said = says(&shop, &format!("{number}\n{typed}y\n"));
    assert!(said.contains("; 139.00 USD given back"), "{said}");
    assert_eq!(
        show(&shop, &number)["money"]["refunded"],
        "139.00",
        "{said}"
    );
}

#[test]
fn a_cause_that_gives_money_back_is_asked_about_first() {
    let (shop, number) = paid();
    shop.ok(["respond", &number, "We see it", "--no-estimate", "unknown"]);
    let resolve = "resolve --outcome solution --detail x --cause own-bug";
    let said = says(&shop, &format!("{number}\n{resolve}\nn\n"));
    assert!(
        said.contains("Gives back 139.00 USD.\nMoney is moved"),
        "{said}"
    );
    assert_eq!(show(&shop, &number)["state"], "open", "{said}");
    let said = says(&shop, &format!("{number}\n{resolve}\ny\n"));
    assert!(said.contains("; 139.00 USD given back"), "{said}");
    assert_eq!(show(&shop, &number)["state"], "resolved", "{said}");
}

#[test]
fn what_moves_no_money_is_not_asked_about() {
    let shop = Shop::new(&["per-incident"]);
    shop.customer("Blue Fern");
    let number = shop.log("Blue Fern", &[]);
    let said = says(&shop, &format!("{number}\nD\noutside remit\n"));
    assert!(!said.contains("Money is moved"), "{said}");
    assert_eq!(show(&shop, &number)["state"], "declined", "{said}");
}

#[test]
fn the_answer_says_what_was_given_back() {
    let (shop, number) = paid();
    let resolved = shop.json(["note", &number, "Rang again"]);
    assert!(resolved["refunded"].is_null(), "{resolved}");
    let declined = shop.json(["decline", &number, "--reason", "outside"]);
    assert_eq!(declined["refunded"], "139.00 USD", "{declined}");
}

#[test]
fn what_is_taken_to_pay_or_ends_with_a_refund_is_asked_about_too() {
    let shop = Shop::new(&["per-incident"]);
    shop.customer("Blue Fern");
    let number = shop.log("Blue Fern", &[]);
    shop.entitle("Blue Fern", "per-incident");
    let said = says(&shop, &format!("{number}\npay --entitlement 1\nn\n"));
    assert!(said.contains("Paid by: "), "{said}");
    assert_eq!(show(&shop, &number)["state"], "awaiting-payment", "{said}");
    says(&shop, &format!("{number}\npay --entitlement 1\ny\n"));
    assert_eq!(show(&shop, &number)["state"], "open");
}
