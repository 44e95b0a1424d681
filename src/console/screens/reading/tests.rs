//! Texts that are read, copied and written, over a real desk.

use chrono_tz::Tz;

use crate::console::look::tests::rich;
use crate::console::msg::Effect;
use crate::console::testing::{Console, Shop};
use crate::incident::{Log, NewCustomer, Step};

const NOW: &str = "2026-11-23T16:45:00Z";

/// An incident under a policy, open on the screen.
fn console(policy: &str, steps: &[Step]) -> Console {
    let mut shop = Shop::new(&[policy]);
    let fern = shop.customer(NewCustomer {
        name: "Blue Fern".to_owned(),
        ..NewCustomer::default()
    });
    let mut log = Log::new(fern, "No sound");
    log.severity = (policy == "severity").then(|| "low".to_owned());
    let number = shop.log("mira", NOW, log);
    for step in steps {
        shop.step("mira", NOW, number, step.clone());
    }
    let mut console = shop.open(NOW, Tz::UTC, (80, 24));
    console.type_in("100014").press("enter");
    console
}

fn picture(console: &mut Console) -> String {
    console.picture((80, 24), &rich())
}

#[test]
fn p1_22_a_receipt_is_read_copied_and_written() {
    let paid = Step::Pay {
        method: "online".to_owned(),
        reference: "R-1".to_owned(),
        amount: None,
    };
    let mut console = console("per-incident", &[paid]);
    console.press("$");
    let shown = picture(&mut console);
    for words in ["Receipt for 10001-4", "Blue Fern (C-0001)", "139.00 USD"] {
        assert!(shown.contains(words), "no {words} in\n{shown}");
    }
    console.press("y");
    let [Effect::Copy(copied)] = &*console.effects else {
        panic!("{:?}", console.effects);
    };
    assert!(copied.contains("Owed               0.00 USD"), "{copied}");
    let copied = copied.clone();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("receipt.txt");
    console.press("W");
    assert!(picture(&mut console).contains("receipt-10001-4.txt"));
    console.press("ctrl-u").type_in(path.to_str().unwrap());
    console.press("ctrl-d");
    assert!(picture(&mut console).contains("written to"));
    assert_eq!(
        std::fs::read_to_string(&path).unwrap(),
        format!("{copied}\n")
    );
    // What is there already is not written over.
    console.press("W ctrl-u").type_in(path.to_str().unwrap());
    console.press("ctrl-d");
    let shown = picture(&mut console);
    assert!(shown.contains("there already: give"), "{shown}");
}

#[test]
fn where_nothing_was_charged_the_key_says_so() {
    let mut console = console("severity", &[]);
    console.press("$");
    let shown = picture(&mut console);
    assert!(shown.contains("10001-4 has cost nothing"), "{shown}");
    console.press("E W");
    assert!(picture(&mut console).contains("due-10001-4.txt"));
}
