use crate::console::msg::Effect;
use crate::console::testing::Console;
use crate::console::testing::{BUSY_NOW, Shop};

fn console(agent: &str) -> Console {
    let mut shop = Shop::new(&["per-incident"]);
    for name in ["mira", "noor"] {
        shop.run(
            "mira",
            BUSY_NOW,
            &crate::incident::Command::AddAgent(name.to_owned()),
        );
    }
    shop.open_as(agent, BUSY_NOW, chrono_tz::Tz::UTC, (80, 24))
}

#[test]
fn a_misspelt_agent_is_asked_who_it_is_and_is_never_added_by_that() {
    let mut console = console("mria");
    let shown = console.picture((80, 24), &crate::console::look::tests::rich());
    assert!(
        shown.contains("no agent \"mria\": did you mean mira?"),
        "{shown}"
    );
    console.press("enter");
    assert!(console.model.layers.is_empty());
    assert_eq!(console.model.agent, "mira");
    assert_eq!(console.desk().agents().unwrap(), ["mira", "noor"]);
}

#[test]
fn who_is_new_is_added_once_that_was_asked() {
    let mut console = console("zoe");
    let shown = console.picture((80, 24), &crate::console::look::tests::rich());
    assert!(shown.contains("somebody new"), "{shown}");
    assert!(
        shown.contains("zoe is added to those who work here"),
        "{shown}"
    );
    assert_eq!(console.desk().agents().unwrap(), ["mira", "noor"]);
    console.press("enter enter");
    assert_eq!(console.model.agent, "zoe");
    assert_eq!(console.desk().agents().unwrap(), ["mira", "noor", "zoe"]);
}

#[test]
fn who_leaves_the_question_leaves_the_console() {
    let mut console = console("mria");
    console.press("esc");
    assert!(matches!(console.effects.last(), Some(Effect::Quit)));
    assert_eq!(console.desk().agents().unwrap(), ["mira", "noor"]);
}

#[test]
fn who_works_here_is_not_asked() {
    assert!(console("noor").model.layers.is_empty());
}

#[test]
fn who_acted_as_somebody_here_goes_on_with_one_key() {
    let mut shop = Shop::new(&["per-incident"]);
    for name in ["mira", "noor"] {
        let context = crate::store::Context {
            agent: name.to_owned(),
            user: Some("root".to_owned()),
            now: BUSY_NOW.parse().unwrap(),
            ..crate::store::Context::default()
        };
        let add = crate::incident::Command::AddAgent(name.to_owned());
        shop.desk.execute(&add, &context).unwrap();
    }
    let mut console = shop.open_as("root", BUSY_NOW, chrono_tz::Tz::UTC, (80, 24));
    let shown = console.picture((80, 24), &crate::console::look::tests::rich());
    assert!(shown.contains("root acted as noor here last"), "{shown}");
    console.press("enter");
    assert!(console.model.layers.is_empty());
    assert_eq!(console.model.agent, "noor");
    assert_eq!(console.desk().agents().unwrap(), ["mira", "noor"]);
}

#[test]
fn who_works_here_alone_is_proposed() {
    let mut shop = Shop::new(&["per-incident"]);
    let add = crate::incident::Command::AddAgent("mira".to_owned());
    shop.run("mira", BUSY_NOW, &add);
    let mut console = shop.open_as("root", BUSY_NOW, chrono_tz::Tz::UTC, (80, 24));
    console.press("enter");
    assert_eq!(console.model.agent, "mira");
}
