//! What is wrong in a file is told in one round, whatever finds it.

use std::fs;

use super::{case, shop};
use crate::shop::Shop;

const IMPORT: [&str; 5] = ["import", "incidents", "cases.csv", "--zone", "UTC"];

/// A desk, and a file whose faults are of three kinds.
fn faulty() -> Shop {
    let text = "id,opened,customer,severity,summary,closed\n\
        1,2026-11-02,Blue Fern,low,Help,\n\
        2,2026-11-02,Blue Fern,purple,Help,\n\
        3,,Blue Fern,low,Help,\n\
        4,2026-11-02,,low,Who,\n";
    shop("severity", "cases.csv", text)
}

#[test]
fn faults_of_reading_and_of_opening_are_told_together_and_in_their_order() {
    let shop = faulty();
    for more in [&[][..], &["--dry-run"]] {
        let said = shop.fails(2, IMPORT.iter().chain(more));
        assert!(said.contains("3 lines cannot be placed"), "{said}");
        let severity = said.find("line 3: ").unwrap();
        let date = said.find("line 4: it does not say when").unwrap();
        assert!(severity < date, "{said}");
        assert!(said.contains("\"purple\""), "{said}");
        assert!(said.contains("line 5: "), "{said}");
    }
    assert_eq!(shop.ok(["customer", "list", "--json"]), "[]");
}

#[test]
fn a_rehearsal_tells_what_would_be_left_out_and_why() {
    let shop = faulty();
    let skip = ["--skip-bad", "bad.csv", "--dry-run"];
    let said = shop.ok(IMPORT.iter().chain(&skip));
    assert!(said.contains("\n  line 3: "), "{said}");
    assert!(said.contains("\n  line 4: it does not say when"), "{said}");
    assert!(said.contains("\n  line 5: "), "{said}");
    assert!(!shop.path("bad.csv").exists());
    let account = shop.json(IMPORT.iter().chain(&skip));
    assert_eq!(account["bad_lines"][1]["line"], 4, "{account}");
    // It is what then happens.
    let done = shop.json(IMPORT.iter().chain(&skip[..2]));
    assert_eq!(done["bad_lines"], account["bad_lines"]);
    assert_eq!(case(&shop, "1")["customer"]["name"], "Blue Fern");
}

#[test]
fn no_more_faults_are_told_than_can_be_read() {
    let lines = (0..50).map(|n| format!("{n},,Blue Fern,low,Help,\n"));
    let text = format!(
        "id,opened,customer,severity,summary,closed\n{}",
        lines.collect::<String>()
    );
    let shop = shop("severity", "cases.csv", &text);
    let said = shop.fails(2, IMPORT);
    assert!(said.contains("50 lines or more cannot be placed"), "{said}");
    assert_eq!(said.matches("  line ").count(), 20, "{said}");
    let said = shop.ok(IMPORT.iter().chain(&["--skip-bad", "bad.csv", "--dry-run"]));
    assert_eq!(said.matches("  line ").count(), 20, "{said}");
}

#[test]
fn customers_are_told_the_same_way() {
    let shop = Shop::new(&["severity"]);
    let text = "code,name,policy\nA,Blue Fern,\nB,,\nC,Grey Heron,nonsense\n";
    fs::write(shop.path("people.csv"), text).unwrap();
    let import = ["import", "customers", "people.csv"];
    let said = shop.fails(2, import);
    assert!(said.contains("line 3: it names no customer"), "{said}");
    assert!(said.contains("line 4: "), "{said}");
    let said = shop.ok(import.iter().chain(&["--skip-bad", "bad.csv", "--dry-run"]));
    assert!(said.contains("\n  line 3: it names no customer"), "{said}");
    assert!(said.contains("\n  line 4: "), "{said}");
}
