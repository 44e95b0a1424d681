//! How each form looks on a small terminal, and that its cursor stands where one types.

use super::{Desk, form, number, screen};
use crate::console::look::tests::rich;
use crate::console::testing::Console;
use crate::console::view;
use ratatui::layout::{Position, Rect};
use rstest::rstest;

/// The incident of `policy` with the keys pressed that open a form.
fn opened(policy: &str, keys: &str) -> Console {
    let mut console = Desk::workable(policy).open();
    console.press(keys);
    assert_eq!(form(&console).number(), number());
    console
}

/// The form's box on a small terminal, without what is around it.
fn form_box(console: &mut Console) -> String {
    let shown = screen(console);
    let lines: Vec<&str> = shown.lines().collect();
    let top = lines.iter().rposition(|line| line.contains('┌')).unwrap();
    let bottom = lines.iter().rposition(|line| line.contains('└')).unwrap();
    lines[top..=bottom].join("\n")
}

#[rstest]
#[case("severity", "a", "assign")]
#[case("severity", "r", "respond")]
#[case("escalation", "r", "respond_without_estimate")]
#[case("severity", "w", "wait")]
#[case("severity", "v u", "severity")]
#[case("severity", "t", "estimate")]
#[case("per-incident", "D", "decline")]
#[case("per-incident", "p", "refund")]
#[case("escalation", "e", "escalate")]
#[case("per-incident", "d", "resolve")]
#[case("per-incident", "d e", "resolve_by_enhancement")]
#[case("escalation", "d b tab", "resolve_by_a_bug")]
#[case("per-incident", "X", "close")]
#[case("severity", "m", "note")]
#[case("season-ticket", "s", "split")]
#[case("per-incident", "b", "schedule")]
#[case("severity", "u", "undo")]
#[case("severity", "C", "edit")]
#[case("escalation", "C", "edit_with_offices")]
fn a_form_fits_a_small_terminal(#[case] policy: &str, #[case] keys: &str, #[case] name: &str) {
    let mut console = opened(policy, keys);
    insta::assert_snapshot!(name, form_box(&mut console));
}

#[test]
fn a_payment_fits_a_small_terminal() {
    let mut console = Desk::logged("per-incident").open();
    console.press("p");
    insta::assert_snapshot!("pay", form_box(&mut console));
}

#[test]
fn an_ended_incident_is_reopened_on_a_small_terminal() {
    let mut console = opened("severity", "d f ctrl-d o");
    console.press("tab");
    insta::assert_snapshot!("reopen", form_box(&mut console));
}

#[test]
fn a_refusal_stands_at_the_bottom_of_the_box() {
    let mut console = opened("severity", "t");
    console.type_in("-2h");
    console.press("ctrl-d");
    insta::assert_snapshot!("refused", form_box(&mut console));
}

#[test]
fn a_large_terminal_shows_every_clause() {
    let mut console = opened("per-incident", "d");
    let shown = console.picture((120, 40), &rich());
    for says in [
        "gets the full price back",
        "a known, unresolved bug",
        "We try, but not every issue",
    ] {
        assert!(shown.contains(says), "{shown}");
    }
    // Under which number a clause stands is for the screen of the policy.
    assert!(!shown.contains("P1-"), "{shown}");
}

#[rstest]
#[case("severity", "r", "Response")]
#[case("severity", "t", "Estimate")]
#[case("escalation", "e tab", "Concern")]
fn the_cursor_stands_where_one_types(
    #[case] policy: &str,
    #[case] keys: &str,
    #[case] label: &str,
) {
    let mut console = opened(policy, keys);
    console.type_in("abc");
    for (width, height) in [(80, 24), (120, 40), (60, 15)] {
        let shown = console.picture((width, height), &rich());
        let Position { x, y } =
            view::cursor(&console.model, &rich(), Rect::new(0, 0, width, height)).unwrap();
        let line = shown.lines().nth(y.into()).unwrap();
        let before: String = line.chars().take(x.into()).collect();
        assert!(before.ends_with("abc") && before.contains(label), "{shown}");
    }
}

#[test]
fn no_size_is_too_small_to_draw() {
    let mut console = opened("severity", "v c");
    for width in (0..130).step_by(7) {
        for height in 0..45 {
            console.picture((width, height), &rich());
            view::cursor(&console.model, &rich(), Rect::new(0, 0, width, height));
        }
    }
}
