//! Answers to routing questions that were taken down wrongly.

use super::{edit, shop};
use crate::seen::{entries, show};

/// An incident of which it was said that it is about using something.
fn incident() -> (crate::shop::Shop, String) {
    let shop = shop("tech-reference");
    let number = shop.log("Blue Fern", &["--route", "matter=using", "reach=one"]);
    (shop, number)
}

#[test]
fn another_answer_leads_to_whom_it_names() {
    let (shop, number) = incident();
    assert_eq!(show(&shop, &number)["assignee"], "trainers");
    let said = shop.ok(edit(&number, &["--route", "matter=fault"]));
    assert!(said.contains("matter fault, before using"), "{said}");
    let shown = show(&shop, &number);
    assert_eq!(shown["routing"]["matter"], "fault");
    assert_eq!(shown["routing"]["reach"], "one");
    assert_eq!(shown["assignee"], "technicians");
    assert_eq!(entries(&shop, &number, "edited"), 1);
    // It is taken back like any other step.
    shop.ok(["undo", &number]);
    let shown = show(&shop, &number);
    assert_eq!(shown["routing"]["matter"], "using");
    assert_eq!(shown["assignee"], "trainers");
    shop.ok(["desk", "check"]);
}

#[test]
fn whoever_took_it_keeps_it_and_an_answer_that_names_nobody_moves_nothing() {
    let (shop, number) = incident();
    shop.ok(edit(&number, &["--route", "reach=everybody"]));
    assert_eq!(show(&shop, &number)["assignee"], "trainers");
    shop.ok(["agent", "add", "jonas"]);
    shop.ok(["assign", &number, "jonas"]);
    shop.ok(edit(&number, &["--route", "matter=installing"]));
    let shown = show(&shop, &number);
    assert_eq!(shown["routing"]["matter"], "installing");
    assert_eq!(shown["assignee"], "jonas");
}

#[test]
fn a_wrong_question_or_answer_is_named() {
    let (shop, number) = incident();
    for (given, words) in [
        ("matter=faulty", "did you mean fault"),
        ("mater=fault", "did you mean matter"),
        ("matter", "write QUESTION=ANSWER"),
    ] {
        let refused = shop.run(edit(&number, &["--route", given]));
        assert!(refused.stderr.contains(words), "{}", refused.stderr);
        assert_ne!(refused.code, 0);
    }
    let same = shop.fails(1, edit(&number, &["--route", "matter=using"]));
    assert!(same.contains("would be otherwise"), "{same}");
}
