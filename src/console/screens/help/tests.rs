use crate::console::look::tests::rich;
use crate::console::model::Layer;
use crate::console::testing::{BUSY_NOW, Console, busy};
use chrono_tz::Europe::London;
use rstest::rstest;

fn console(keys: &str) -> Console {
    let mut console = busy().open(BUSY_NOW, London, (80, 24));
    console.press(keys);
    console
}

fn picture(console: &mut Console) -> String {
    console.picture((80, 24), &rich())
}

fn is_open(console: &Console) -> bool {
    matches!(console.model.layers.last(), Some(Layer::Help(_)))
}

#[rstest]
#[case("?", "Keys: queue", "Open the selected incident")]
#[case("f5 ?", "Keys: reports", "Reports by policy")]
#[case("f6 ?", "Keys: hours", "Take a closure")]
#[case("f4 ?", "Keys: messages", "Copy the selected message")]
#[case("enter ?", "Keys: incident", "Respond to the customer")]
#[case("c f8", "Keys: the call, who rings", "to the queue")]
#[case("m f8", "Keys: a form", "Save from anywhere")]
#[case(": f8", "Keys: the palette", "do it")]
#[case("/ f8", "Keys: the filter", "no filter")]
#[case("E ?", "Keys: Why", "write to a file")]
fn the_keys_of_the_place_come_first(#[case] keys: &str, #[case] title: &str, #[case] key: &str) {
    let mut console = console(keys);
    let shown = picture(&mut console);
    assert!(shown.contains(title), "{shown}");
    assert!(shown.contains(key), "{shown}");
    // The way back leads to where one was, with nothing typed there.
    console.press("f8");
    assert!(!is_open(&console));
}

#[test]
fn the_stages_of_a_call_have_theirs_and_the_reasons_are_those_of_the_call() {
    let mut console = console("c");
    console.type_in("northwind").press("enter ?");
    let shown = picture(&mut console);
    assert!(shown.contains("Keys: the call, the caller"), "{shown}");
    // What the caller has may be a known fault: that the list lies over the call is no reason against it.
    console.type_in("=");
    let shown = picture(&mut console);
    assert!(shown.contains("Log the caller's issue"), "{shown}");
    assert!(!shown.contains("(no"), "{shown}");
    console.press("esc x f8");
    let shown = picture(&mut console);
    assert!(shown.contains("Keys: the call, hanging up"), "{shown}");
    assert!(shown.contains("still talking"), "{shown}");
}

#[test]
fn letters_narrow_them_and_one_sign_is_a_key() {
    let mut console = console("?");
    console.type_in("e");
    let shown = picture(&mut console);
    assert!(shown.contains("Escalate, say"), "{shown}");
    assert!(!shown.contains("Explain"), "{shown}");
    console.type_in("xplain dead");
    let shown = picture(&mut console);
    assert!(shown.contains("Explain the deadline"), "{shown}");
    assert!(!shown.contains("Escalate, say"), "{shown}");
    console.type_in("zzz");
    let shown = picture(&mut console);
    assert!(shown.contains("no key has these letters"), "{shown}");
    console.press("ctrl-u backspace");
    assert!(!is_open(&console));
}

#[test]
fn it_scrolls_to_both_ends_and_says_where_it_is() {
    let mut console = console("?");
    let at_start = picture(&mut console);
    assert!(at_start.contains("1-18 of"), "{at_start}");
    console.press("end down pgdn");
    let at_end = picture(&mut console);
    assert_ne!(at_end, at_start);
    console.press("up");
    assert_ne!(picture(&mut console), at_end);
    console.press("home up pgup");
    assert_eq!(picture(&mut console), at_start);
}

#[test]
fn a_key_of_another_screen_stands_under_elsewhere_with_the_way_there() {
    let mut console = console("?");
    console.type_in("take a closure");
    let shown = picture(&mut console);
    assert!(shown.contains("Elsewhere"), "{shown}");
    assert!(shown.contains("that is a key of the hours"), "{shown}");
}

#[test]
fn a_first_start_has_its_own() {
    let mut console = Console::without_desk(BUSY_NOW, (80, 24));
    console.press("?");
    let shown = picture(&mut console);
    assert!(shown.contains("Keys: a first start"), "{shown}");
    assert!(shown.contains("make it"), "{shown}");
    console.press("esc");
    assert!(!is_open(&console));
}
