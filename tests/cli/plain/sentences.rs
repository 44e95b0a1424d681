//! What the plain console reads out is sentences, and tells an instant in one way.

use super::says;
use crate::shop::Shop;

#[test]
fn an_instant_is_told_in_one_way() {
    let shop = Shop::new(&["severity"]);
    shop.customer("Blue Fern");
    let number = shop.log("Blue Fern", &["--severity", "critical"]);
    let due = shop.json(["show", &number])["next_due_at"].clone();
    assert_eq!(due, "2026-11-24T21:00:00Z", "{due}");
    let said = says(
        &shop,
        &format!(
            "list\nc Blue\nshow {number}\nhandover --until \"wed 9:00\"\nhours\nv {number} high\n\n\n"
        ),
    );
    let told = "Tue 14:00 MST";
    // The list, the caller's card, the clock and the timeline of the page, and before and after what another severity moves.
    assert_eq!(said.matches(told).count(), 6, "{said}");
    assert!(said.contains("response due Tue 21:00 UTC"), "{said}");
    assert!(
        said.contains("closes Mon 17:00 MST, Tue 00:00 UTC here."),
        "{said}"
    );
    assert!(!said.contains("2026-") && !said.contains(" 2026"), "{said}");
    assert!(!said.contains("-07:00"), "{said}");
}

#[test]
fn where_an_incident_stands_is_said_once_and_what_is_missed_by_its_clock() {
    let shop = Shop::new(&["per-incident", "severity"]);
    shop.ok(["customer", "add", "Blue Fern", "--policy", "per-incident"]);
    shop.ok(["customer", "add", "Grey Stone", "--policy", "severity"]);
    let unpaid = shop.log("Blue Fern", &[]);
    let waiting = shop.log("Grey Stone", &["--severity", "low"]);
    let late = shop.log("Grey Stone", &["--severity", "critical"]);
    shop.ok(["wait", &waiting, "Which version?"]);
    shop.at("2026-11-25T21:00:00Z");
    let said = says(&shop, "list\nlist is:missed\n");
    for words in [
        format!(
            "{late}: Grey Stone, It does not start; open, severity critical, number not given, response missed, was due Tue 24 Nov 14:00 MST."
        ),
        format!("{unpaid}: Blue Fern, It does not start; awaits payment, "),
        format!(
            "{waiting}: Grey Stone, It does not start; waiting, severity low, number not given, resolved without an answer by Fri "
        ),
    ] {
        let without_date = words.replace(" 27 Nov", "");
        assert!(
            said.contains(&words) || said.contains(&without_date),
            "no {words} in {said}"
        );
    }
}

#[test]
fn a_handover_a_policy_and_a_report_are_read_out_without_signs() {
    let shop = Shop::new(&["severity"]);
    shop.ok(["customer", "add", "Blue *Fern*"]);
    let number = shop.log("Blue *Fern*", &["--severity", "low"]);
    shop.ok(["note", &number, "Ring [Ada]", "--kind", "next"]);
    let said = says(
        &shop,
        "handover\npolicy show severity\nintake severity\nreport\n",
    );
    let handover = format!("{number} Blue *Fern*, It does not start: Ring [Ada]");
    assert!(said.contains(&handover), "{said}");
    for words in ["Handover: Support, Mon", "Missed: none.", "Next steps: 1."] {
        assert!(said.contains(words), "no {words} in {said}");
    }
    for sign in ["**", "##", "`", "\\", "\n- ", "\n  "] {
        assert!(!said.contains(sign), "{sign:?} in {said}");
    }
    assert!(said.contains("\nSeverities.\ncritical: "), "{said}");
}
