//! What is refused, in words for the keys, in every form that there is.

use chrono_tz::Europe::London;
use rstest::rstest;

use super::*;
use crate::console::look::tests::rich;
use crate::console::model::Layer;
use crate::console::request::{Answer, CallStep, Tag};
use crate::console::testing::{BUSY_NOW, Console, busy};

#[rstest]
#[case(
    "say until when (--estimate), or why not (--no-estimate)",
    "say until when, or why not"
)]
#[case("correct it (`holdline mail edit 10001-4/1`)", "correct it")]
#[case(
    "level 3 (Director) is serious: confirm (--confirm)",
    "level 3 (Director) is serious: confirm"
)]
#[case("nothing (of that) is for a shell", "nothing (of that) is for a shell")]
#[case("an open one ( and (--x)", "an open one ( and")]
#[case("not closed (--x", "not closed (--x")]
#[case(
    "10001-4 is awaiting-payment, 10002-3 is closed-unresolved, 10003-8 is awaiting-acceptance",
    "10001-4 awaits payment, 10002-3 is closed, unresolved, 10003-8 is to be accepted"
)]
#[case(
    "no state \"awaiting\": try awaiting-payment",
    "no state \"awaiting\": try awaiting-payment"
)]
fn brackets_for_the_command_line_go(#[case] reason: &str, #[case] said: &str) {
    assert_eq!(at_the_keys(reason), said);
}

#[test]
fn an_option_tells_the_field() {
    let fields = fields("say until when (--estimate), or name it (--call-back NUMBER)");
    let expected = ["estimate", "estimate", "until", "call_back", "call back"];
    assert_eq!(fields, expected);
}

const SIZE: (u16, u16) = (120, 40);
const REASON: &str = "that cannot be (--nowhere), look it up (`holdline list --limit 9`)";

/// The desk refuses what is filled in, whichever form it is.
fn refuse(console: &mut Console, reason: &str) {
    let reason = reason.to_owned();
    match console.model.layers.last_mut() {
        Some(Layer::Edit(edit)) => edit.refused(&reason),
        Some(Layer::Step(dialog)) => dialog.refused(&reason),
        Some(Layer::Call) => {
            let id = console.model.call.as_ref().unwrap().id;
            let tag = Tag::Call(id, CallStep::Log);
            console.take(
                Answer::Refused {
                    tag,
                    reason,
                    now: None,
                }
                .into(),
            );
        }
        _ => panic!("no form is open"),
    }
}

/// The keys that lead to every form, with what is typed on the way; `>` begins what is typed, up to the next blank.
#[rstest]
#[case::respond("r")]
#[case::wait("w")]
#[case::assign("a")]
#[case::resolve("d")]
#[case::note("m")]
#[case::severity("v")]
#[case::estimate("t")]
#[case::escalate("e")]
#[case::pay("p")]
#[case::decline("D")]
#[case::reopen("left o")]
#[case::emergency("!")]
#[case::split("s")]
#[case::merge("M")]
#[case::undo("u")]
#[case::link("L")]
#[case::schedule("b")]
#[case::close("X")]
#[case::edit("C")]
#[case::new_customer("f3 +")]
#[case::customer("f3 C")]
#[case::person("f3 N")]
#[case::entitlement("f3 enter +")]
#[case::send("f4 @")]
#[case::write("f4 W")]
#[case::message("f4 C")]
#[case::closure("f6 +")]
#[case::unknown_caller("c >Zyx enter")]
#[case::issue("c >a enter n")]
#[case::wrap_up("c >a enter n >No_picture ctrl-d x")]
#[case::note_in_a_call("c >a enter m")]
fn no_form_names_an_option_of_the_command_line(#[case] keys: &str) {
    let mut opened = 0;
    for down in 0..12 {
        let mut console = busy().open(BUSY_NOW, London, SIZE);
        for _ in 0..down {
            console.press("j");
        }
        for key in keys.split(' ') {
            match key.strip_prefix('>') {
                Some(text) => console.type_in(&text.replace('_', " ")),
                None => console.press(key),
            };
        }
        let layer = console.model.layers.last();
        if !matches!(layer, Some(Layer::Edit(_) | Layer::Step(_) | Layer::Call)) {
            continue;
        }
        opened += 1;
        refuse(&mut console, REASON);
        let shown = console.picture(SIZE, &rich());
        assert!(shown.contains("that cannot be, look it up"), "{shown}");
        assert!(
            !shown.contains("--") && !shown.contains("`holdline"),
            "{shown}"
        );
        break;
    }
    assert_eq!(opened, 1, "{keys} opens a form for some incident");
}

/// What an option means is said at the field, until something is otherwise; what it means elsewhere beneath them all.
#[rstest]
#[case("m", "the text is empty (--text)", "text")]
#[case("f4 @", "it is no address (--from)", "from")]
#[case("f3 C", "no such office (--account-manager)", "account_manager")]
#[case("c >Zyx enter", "it cannot be dialled (--phone)", "phone")]
fn a_refusal_stands_at_the_field_that_it_means(
    #[case] keys: &str,
    #[case] reason: &str,
    #[case] field: &str,
) {
    let mut console = busy().open(BUSY_NOW, London, SIZE);
    for key in keys.split(' ') {
        match key.strip_prefix('>') {
            Some(text) => console.type_in(text),
            None => console.press(key),
        };
    }
    refuse(&mut console, reason);
    let said = format!("✗ {}", at_the_keys(reason));
    let shown = console.picture(SIZE, &rich());
    assert!(shown.contains(&said), "{said}\n{shown}");
    let form = match console.model.layers.last() {
        Some(Layer::Edit(edit)) => &edit.form,
        Some(Layer::Step(dialog)) => &dialog.form,
        _ => console.model.call.as_ref().unwrap().form().unwrap(),
    };
    assert_eq!(form.focused(), field);
    console.type_in("1");
    let shown = console.picture(SIZE, &rich());
    assert!(!shown.contains(&said), "{shown}");
}
