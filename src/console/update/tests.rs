//! From screen to screen, whatever lies over the one before.

use chrono_tz::Europe::London;
use rstest::rstest;

use crate::console::look::tests::rich;
use crate::console::model::Layer;
use crate::console::screens::screen::Screen;
use crate::console::testing::{BUSY_NOW, Console, busy};
use crate::incident::{NoteKind, Step};

const SMALL: (u16, u16) = (80, 24);

fn console() -> Console {
    busy().open(BUSY_NOW, London, SMALL)
}

fn picture(console: &mut Console) -> String {
    console.picture(SMALL, &rich())
}

#[test]
fn from_an_incident_the_customers_are_those_whose_it_is() {
    let mut console = console();
    console.press("enter");
    let dossier = console.model.current().unwrap();
    let (whose, number) = (dossier.customer.clone(), dossier.incident.tech_ref);
    console.press("f3");
    assert_eq!(console.model.screen, Screen::Customers);
    let customers = &console.model.customers;
    assert_eq!(customers.found.selected().unwrap().customer.id, whose.id);
    assert!(customers.is_inside());
    assert!(picture(&mut console).contains(&number.to_string()));
    // From the queue they are all customers.
    console.press("f1 f3");
    assert!(!console.model.customers.is_inside() || console.model.customers.typed == whose.code);
}

#[test]
fn what_is_typed_into_a_form_is_kept_where_the_screen_changes() {
    let mut console = console();
    console.press("m").type_in("half a note").press("f6");
    assert_eq!(console.model.screen, Screen::Hours);
    assert!(console.model.layers.is_empty());
    let shown = picture(&mut console);
    assert!(shown.contains("what you typed is kept"), "{shown}");
    console.press("f1 m");
    let shown = picture(&mut console);
    assert!(shown.contains("half a note"), "{shown}");
    // Also beneath the keys.
    console.type_in(" more").press("f8 f2");
    assert_eq!(console.model.screen, Screen::Calls);
    console.press("f1 m");
    assert!(picture(&mut console).contains("half a note more"));
}

#[rstest]
#[case::palette(":")]
#[case::keys("?")]
#[case::explanation("E")]
#[case::filter("/")]
fn no_key_of_a_screen_is_passed_over(#[case] over: &str) {
    let mut console = console();
    console.press(over);
    assert!(!console.model.layers.is_empty());
    console.press("f7");
    assert_eq!(console.model.screen, Screen::Policy);
    assert!(console.model.layers.is_empty());
}

#[test]
fn what_narrows_the_queue_stays_as_it_was_typed() {
    let mut console = console();
    console.press("/").type_in("is:missed").press("f6 f1");
    assert_eq!(console.model.queue.filter, "is:missed");
    let shown = picture(&mut console);
    assert!(shown.contains("/ is:missed"), "{shown}");
}

#[test]
fn who_sits_here_is_said_before_anything_else() {
    let mut console = busy().open_as("nobody-known", BUSY_NOW, London, SMALL);
    assert!(matches!(console.model.layers.last(), Some(Layer::Edit(_))));
    console.press("f3");
    assert_eq!(console.model.screen, Screen::Queue);
    let shown = picture(&mut console);
    assert!(shown.contains("say first who sits here"), "{shown}");
}

#[test]
fn what_others_changed_is_no_news_once_one_took_a_step_there() {
    let mut console = console();
    let other = console.model.queue.rows.get(1).unwrap().number;
    let note = Step::Note {
        kind: NoteKind::Internal,
        text: "Rang them".to_owned(),
    };
    console.meanwhile("jonas", other, note).wait(5);
    assert!(console.model.queue.changed.contains(&other));
    console.model.queue.changed_here([other]);
    assert!(console.model.queue.changed.is_empty());
}
