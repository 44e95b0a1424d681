use std::path::PathBuf;

use rstest::rstest;

use super::*;
use crate::console::look::tests::{plain, rich};
use crate::console::testing::{BUSY_NOW, Console};

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (200, 60)];

/// A console that found no desk, with the desk's path made short and the same on every machine.
fn console(keys: &str) -> Console {
    let mut console = Console::without_desk(BUSY_NOW, (80, 24));
    start(&mut console).path = PathBuf::from("/home/mira/.local/share/holdline/desk.holdline");
    console.press(keys);
    console
}

fn start(console: &mut Console) -> &mut FirstStart {
    match console.model.layers.last_mut() {
        Some(Layer::FirstStart(start)) => start,
        _ => panic!("no first start"),
    }
}

#[rstest]
#[case("choice", "")]
#[case("settings", "down down down enter")]
fn what_a_first_start_shows(#[case] name: &str, #[case] keys: &str) {
    let mut console = console(keys);
    for (width, height) in SIZES {
        let picture = console.picture((width, height), &rich());
        insta::assert_snapshot!(format!("{name}_{width}x{height}"), picture);
    }
    let picture = console.picture((80, 24), &plain());
    insta::assert_snapshot!(format!("{name}_plain"), picture);
}

#[test]
fn enter_makes_the_sample() {
    let mut console = Console::without_desk(BUSY_NOW, (80, 24));
    console.press("enter");
    assert!(console.model.layers.is_empty());
    let desk = console.model.desk.as_ref().unwrap();
    assert_eq!(desk.name, "Sample desk");
}

#[test]
fn a_policy_that_asks_for_nothing_asks_only_who_makes_it() {
    let mut console = Console::without_desk(BUSY_NOW, (80, 24));
    console.press("down enter");
    let picture = console.picture((80, 24), &rich());
    assert!(picture.contains("Your name"), "{picture}");
    console.press("enter");
    assert_eq!(console.model.agent, "mira");
    let desk = console.model.desk.as_ref().unwrap();
    assert_eq!(desk.rulings[0].policy.name, "per-incident");
}

#[test]
fn what_a_policy_asks_for_is_filled_in_and_checked() {
    let mut console = Console::without_desk(BUSY_NOW, (80, 24));
    console.press("down down down enter").type_in("sixty");
    console.press("enter").type_in("450.00");
    console.press("enter").type_in("gbp");
    console.press("enter").type_in("pm@example.com");
    console.press("enter").type_in("dev@example.com");
    // The mistake stands at its field as it is typed, and saving leads there.
    let picture = console.picture((80, 24), &rich());
    assert!(
        picture.contains("✗") && picture.contains("amount"),
        "{picture}"
    );
    console.press("ctrl-d");
    let picture = console.picture((80, 24), &rich());
    assert!(picture.contains("sixty"), "{picture}");
    console.press("ctrl-u").type_in("60,00");
    console.press("ctrl-d");
    let desk = console.model.desk.as_ref().unwrap();
    let price = desk.rulings[0].policy.price().unwrap();
    assert_eq!(price.to_string(), "60.00 GBP");
}

#[test]
fn with_ctrl_nothing_is_typed_into_the_list() {
    let mut console = console("");
    console.press("ctrl-d ctrl-a ctrl-k");
    assert_eq!(start(&mut console).choices.typed(), "");
    for clears in ["ctrl-u", "ctrl-w"] {
        console.type_in("xyz");
        let picture = console.picture((80, 24), &rich());
        assert!(picture.contains("No choice has these letters"), "{picture}");
        assert!(picture.contains("Esc take the letters back"), "{picture}");
        console.press(clears);
        assert_eq!(start(&mut console).choices.typed(), "");
    }
}

#[test]
fn leaving_a_form_goes_back_and_leaving_the_choice_ends() {
    let mut console = console("down down down enter esc");
    assert!(start(&mut console).settings.is_none());
    console.press("esc");
    assert!(matches!(console.effects.last(), Some(Effect::Quit)));
}

#[test]
fn what_fails_is_said_in_the_box_and_may_be_tried_again() {
    let mut console = console("");
    start(&mut console).failed("the folder cannot be written: choose another");
    let picture = console.picture((80, 24), &rich());
    assert!(
        picture.contains("the folder cannot be written"),
        "{picture}"
    );
    console.press("down");
    let picture = console.picture((80, 24), &rich());
    assert!(!picture.contains("cannot be written"), "{picture}");
}

#[test]
fn while_a_desk_is_made_it_says_so() {
    let mut console = console("");
    let effects = start(&mut console).on_key(&KeyCode::Enter.into());
    assert!(matches!(
        effects.as_slice(),
        [Effect::Ask(Request::Create(NewDeskChoice::Sample))]
    ));
    let picture = console.picture((80, 24), &rich());
    assert!(picture.contains("Making the sample desk"), "{picture}");
}

#[test]
fn any_size_will_do() {
    for keys in ["", "down down down enter"] {
        let mut console = console(keys);
        for size in (0..=40).flat_map(|n| [(n * 5, n), (n, n * 2), (60 + n, 15 + n / 4)]) {
            console.model.size = size;
            console.draw(&rich());
            let area = Rect::new(0, 0, size.0, size.1);
            crate::console::view::cursor(&console.model, &rich(), area);
        }
    }
}

#[test]
fn letters_narrow_what_a_desk_may_begin_with() {
    let mut console = console("");
    console.type_in("sev");
    let picture = console.picture((80, 24), &rich());
    assert!(!picture.contains("a sample desk"), "{picture}");
    assert!(picture.contains("begin with? sev"), "{picture}");
    console.type_in("x");
    assert!(start(&mut console).policy().is_none());
    console.press("enter");
    assert!(start(&mut console).settings.is_none());
    console.press("esc");
    let picture = console.picture((80, 24), &rich());
    assert!(picture.contains("a sample desk"), "{picture}");
    console
        .type_in("sev")
        .press("enter ctrl-u")
        .type_in("zoe")
        .press("enter");
    assert_eq!(console.model.agent, "zoe");
    assert_eq!(console.desk().agents().unwrap(), ["zoe"]);
    assert_eq!(
        console.model.desk.as_ref().unwrap().rulings[0].policy.name,
        "severity"
    );
}
