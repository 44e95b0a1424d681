//! What is refused, in which words, and that nothing typed is lost by it.

use super::{form, incident, message, screen, workable};
use crate::console::actions::Action;
use crate::console::testing::{OTHER, Shop};
use crate::incident::{Command, NoteKind, State, Step, decide};
use rstest::rstest;

fn note(text: &str) -> Step {
    Step::Note {
        kind: NoteKind::Internal,
        text: text.to_owned(),
    }
}

#[test]
fn a_conflict_keeps_what_was_typed_and_saves_at_the_second_try() {
    let (mut shop, number) = workable("severity");
    let mut model = shop.model(number);
    shop.press(&mut model, "w");
    shop.write(&mut model, "Which version?");
    let meanwhile = [Command::Step(number, note("I know the version"))];
    shop.execute(OTHER, &meanwhile, None).unwrap();
    shop.press(&mut model, "ctrl-d");
    let problem = form(&model).problem.clone().unwrap();
    assert!(problem.contains("was changed meanwhile by ben (noted)"));
    let shown = screen(&model);
    assert!(
        shown.contains("✗ 10001-4 was changed meanwhile by ben"),
        "{shown}"
    );
    assert!(shown.contains("Which version?"));
    assert!(shown.contains("Changed meanwhile by ben at 16:45: noted."));
    shop.press(&mut model, "ctrl-d");
    assert_eq!(message(&model), format!("{number}: waits for the customer"));
    assert_eq!(incident(&model).state, State::Waiting);
}

#[test]
fn what_others_do_is_shown_while_the_form_is_open() {
    let (mut shop, number) = workable("severity");
    let mut model = shop.model(number);
    shop.press(&mut model, "w");
    let meanwhile = [Command::Step(number, note("Hands off"))];
    shop.execute(OTHER, &meanwhile, None).unwrap();
    shop.tell(&mut model, crate::console::request::Answer::Changed.into());
    assert!(screen(&model).contains("Changed meanwhile by ben at 16:45: noted."));
    shop.write(&mut model, "Which version?");
    assert!(
        screen(&model).contains("Changed meanwhile"),
        "it stays while one types"
    );
    shop.press(&mut model, "ctrl-d");
    assert_eq!(incident(&model).state, State::Waiting);
}

#[test]
fn a_refusal_by_a_rule_keeps_what_was_typed_too() {
    let (mut shop, number) = workable("severity");
    let mut model = shop.model(number);
    shop.press(&mut model, "t");
    shop.write(&mut model, "-2h");
    shop.press(&mut model, "ctrl-d");
    let problem = form(&model).problem.as_deref();
    assert_eq!(
        problem,
        Some("the estimate is not after the response: give a later instant")
    );
    assert_eq!(form(&model).form.value("until"), "-2h");
    shop.press(&mut model, "ctrl-u");
    assert_eq!(form(&model).problem, None);
    shop.write(&mut model, "+2h");
    shop.press(&mut model, "ctrl-d");
    assert_eq!(
        message(&model),
        format!("{number}: the estimate is promised")
    );
}

#[test]
fn a_form_is_sent_once_until_the_desk_has_answered() {
    let (mut shop, number) = workable("severity");
    let mut model = shop.model(number);
    shop.press(&mut model, "m");
    shop.write(&mut model, "Twice?");
    let Some(crate::console::model::Layer::Step(dialog)) = model.layers.last_mut() else {
        panic!("a form is open");
    };
    assert!(dialog.request(shop.now).is_ok());
    assert!(dialog.request(shop.now).is_err());
    dialog.refused("the desk is busy".to_owned());
    assert!(dialog.request(shop.now).is_ok());
}

#[rstest]
#[case("per-incident", "r", "awaits payment")]
#[case("per-incident", "d", "awaits payment")]
#[case("per-incident", "v", "knows no severities")]
#[case("per-incident", "e", "awaits payment")]
#[case("per-incident", "i", "needs no acceptance")]
#[case("per-incident", "P", "no patch is awaited")]
#[case("per-incident", "o", "there is nothing to reopen")]
#[case("season-ticket", "r", "not accepted yet")]
#[case("season-ticket", "p", "accept it as within remit before you pay")]
#[case("severity", "p", "nothing is owed")]
#[case("severity", "e", "has no escalation ladder")]
fn a_key_that_cannot_be_used_says_why(#[case] policy: &str, #[case] key: &str, #[case] why: &str) {
    let mut shop = Shop::new(policy);
    let number = shop.log(|_| {});
    let mut model = shop.model(number);
    shop.press(&mut model, key);
    assert!(message(&model).contains(why), "{}", message(&model));
}

/// Keys and commands refuse by the same words: whatever the state, a step that its key refuses is refused alike by the
/// rules, and a step whose key is free is not refused for the incident's state.
#[test]
fn keys_and_commands_refuse_by_the_same_words() {
    let ended = [
        Step::Close {
            reason: crate::incident::CloseAs::Duplicate,
            detail: "twice".to_owned(),
        },
        Step::Decline {
            reason: "out of scope".to_owned(),
        },
    ];
    for end in ended {
        let mut shop = Shop::new("per-incident");
        let number = shop.log(|_| {});
        shop.step(number, end);
        let model = shop.model(number);
        let dossier = model.current().unwrap();
        let wait = Step::Wait {
            text: "?".to_owned(),
        };
        for (action, step) in [(Action::Wait, wait), (Action::Given, Step::Given)] {
            let refused = decide(&step, &dossier.incident, model.situation(dossier));
            assert_eq!(
                action.why_not(&model),
                refused.err().map(|refusal| refusal.message)
            );
        }
    }
}
