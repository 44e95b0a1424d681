//! What is refused, in which words, and that nothing typed is lost by it.

use super::{Desk, OTHER, form, incident, message, number, screen};
use crate::console::actions::Action;
use crate::console::model::Layer;
use crate::console::request::{Answer, DeskInfo};
use crate::console::testing::Console;
use crate::console::wording::at_the_keys;
use crate::incident::{CloseAs, Command, NoteKind, State, Step, Vocabulary, decide};
use crate::store::{self, Access, Context};
use rstest::rstest;

/// A colleague writes a note in another console.
fn meanwhile(console: &Console, text: &str) {
    let mut desk = store::Desk::open(console.desk().path(), Access::Write).unwrap();
    let note = Step::Note {
        kind: NoteKind::Internal,
        text: text.to_owned(),
    };
    let context = Context {
        agent: OTHER.to_owned(),
        now: console.model.now,
        ..Context::default()
    };
    desk.execute(&Command::Step(number(), note), &context)
        .unwrap();
}

#[test]
fn a_conflict_keeps_what_was_typed_and_saves_at_the_second_try() {
    let mut console = Desk::workable("severity").open();
    console.press("w");
    console.type_in("Which version?");
    meanwhile(&console, "I know the version");
    console.press("ctrl-d");
    let problem = form(&console).problem.clone().unwrap();
    assert!(problem.contains("was changed meanwhile by ben (noted)"));
    let shown = screen(&mut console);
    assert!(
        shown.contains("✗ 10001-4 was changed meanwhile by ben"),
        "{shown}"
    );
    assert!(shown.contains("Which version?"));
    assert!(shown.contains("Changed meanwhile by ben at 16:45: "));
    console.press("ctrl-d");
    assert_eq!(message(&console), "10001-4: waits for the customer");
    assert_eq!(incident(&console).state, State::Waiting);
}

#[test]
fn what_others_do_is_shown_while_the_form_is_open() {
    let mut console = Desk::workable("severity").open();
    console.press("w");
    meanwhile(&console, "Hands off");
    let desk = console.model.desk.as_ref().unwrap();
    let changed = Answer::Changed(Box::new(DeskInfo {
        mail: store::Correspondence::default(),
        name: desk.name.clone(),
        rulings: desk.rulings.clone(),
        agents: vec!["ben".to_owned(), "mira".to_owned()],
        words: Vocabulary::default(),
    }));
    console.take(changed.into());
    let known = console.model.desk.as_ref().map(|desk| desk.agents.len());
    assert_eq!(known, Some(2), "a new colleague can be assigned at once");
    assert!(screen(&mut console).contains("Changed meanwhile by ben at 16:45: "));
    console.type_in("Which version?");
    assert!(
        screen(&mut console).contains("Changed meanwhile"),
        "it stays while one types"
    );
    console.press("ctrl-d");
    assert_eq!(incident(&console).state, State::Waiting);
}

#[test]
fn a_refusal_by_a_rule_keeps_what_was_typed_too() {
    let mut console = Desk::workable("severity").open();
    console.press("t");
    console.type_in("-2h");
    console.press("ctrl-d");
    let problem = form(&console).problem.as_deref();
    assert_eq!(
        problem,
        Some("the estimate is not after the response: give a later instant")
    );
    assert_eq!(form(&console).form.value("until"), "-2h");
    console.press("ctrl-u");
    assert_eq!(form(&console).problem, None);
    console.type_in("+2h");
    console.press("ctrl-d");
    assert_eq!(message(&console), "10001-4: the estimate is promised");
}

#[test]
fn a_form_is_sent_once_until_the_desk_has_answered() {
    let mut console = Desk::workable("severity").open();
    console.press("m");
    console.type_in("Twice?");
    let now = console.model.now;
    let Some(Layer::Step(dialog)) = console.model.layers.last_mut() else {
        panic!("a form is open");
    };
    assert!(dialog.request(now).is_ok());
    assert!(dialog.request(now).is_err());
    dialog.refused("the desk is busy");
    assert!(dialog.request(now).is_ok());
}

#[rstest]
#[case("per-incident", "r", "awaits payment")]
#[case("per-incident", "d", "awaits payment")]
#[case("per-incident", "v", "knows no severities")]
#[case("per-incident", "e", "has no escalation ladder")]
#[case("per-incident", "i", "needs no acceptance")]
#[case("per-incident", "P", "no patch is awaited")]
#[case("per-incident", "o", "there is nothing to reopen")]
#[case("season-ticket", "r", "not accepted yet")]
#[case("season-ticket", "p", "accept it as within remit before you pay")]
#[case("severity", "p", "nothing is owed")]
#[case("severity", "e", "has no escalation ladder")]
fn a_key_that_cannot_be_used_says_why(#[case] policy: &str, #[case] key: &str, #[case] why: &str) {
    let mut console = Desk::logged(policy).open();
    console.press(key);
    assert!(message(&console).contains(why), "{}", message(&console));
}

/// Keys and commands refuse by the same words: whatever the state, a step that its key refuses is refused alike by the
/// rules, and a step whose key is free is not refused for the incident's state.
#[test]
fn keys_and_commands_refuse_by_the_same_words() {
    let ended = [
        Step::Close {
            reason: CloseAs::Duplicate,
            detail: "twice".to_owned(),
        },
        Step::Decline {
            reason: "out of scope".to_owned(),
        },
    ];
    for end in ended {
        let console = Desk::logged("per-incident").with(end).open();
        let dossier = console.model.current().unwrap();
        let wait = Step::Wait {
            text: "?".to_owned(),
        };
        for (action, step) in [(Action::Wait, wait), (Action::Given, Step::Given)] {
            let refused = decide(&step, &dossier.incident, console.model.situation(dossier));
            assert_eq!(
                action.why_not(&console.model),
                refused
                    .err()
                    .map(|refusal| at_the_keys(&refusal.message).into_owned())
            );
        }
    }
}
