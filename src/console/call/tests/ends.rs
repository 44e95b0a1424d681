//! Hold and hanging up.

use super::*;
use crate::incident::LooseReason;

#[test]
fn hanging_up_records_the_length_and_the_answer_from_the_calls_start() {
    let mut console = desk("severity");
    console.press("c").wait(20).type_in("blue").press("enter n");
    console
        .type_in("Screens flicker")
        .press("enter")
        .type_in("h");
    console.press("ctrl-d K").wait(100).press("x").wait(30);
    // Answered, without an estimate, and why.
    console.type_in("y").press("ctrl-d");
    assert!(picture(&mut console).contains("Why no estimate is needed."));
    console.type_in("the vendor must look").press("ctrl-d");
    let shown = picture(&mut console);
    assert!(
        shown.contains("call of 2:00 recorded on 10001-4"),
        "{shown}"
    );
    let after = incident(&console, first());
    assert_eq!((after.opened_at, after.call_seconds), (at(NOW), 120));
    assert_eq!(after.first_response_at, Some(at(NOW)));
    assert!(after.number_given_at.is_some());
    assert!(console.model.call.is_none());
}

#[test]
fn p5_12_and_13_the_manual_page_and_the_conduct_are_asked_for_while_hanging_up() {
    let mut console = desk("severity");
    console.press("c").type_in("blue").press("enter n");
    console
        .type_in("How do I export?")
        .press("enter")
        .type_in("l");
    console
        .press("ctrl-d K x")
        .type_in("y")
        .press("enter enter");
    console.type_in("all is said").press("enter enter enter");
    console.type_in("Shouted at us").press("enter");
    let shown = picture(&mut console);
    assert!(shown.contains("such calls are counted"), "{shown}");
    console.type_in("page 12").press("ctrl-d");
    let after = incident(&console, first());
    assert_eq!(after.manual_pages, ["page 12"]);
    let noted = |entry: &crate::incident::Recorded| {
        let conduct = crate::incident::NoteKind::Conduct;
        matches!(&entry.event, Event::Noted { note, .. } if *note == conduct)
    };
    let timeline = console.desk().timeline(first()).unwrap();
    assert_eq!(timeline.iter().filter(|entry| noted(entry)).count(), 1);
    // It is seen at the next call.
    console.press("c").type_in("blue").press("enter");
    let shown = picture(&mut console);
    assert!(shown.contains("conduct: Shouted at us"), "{shown}");
}

#[test]
fn an_estimate_is_read_as_it_is_typed() {
    let mut console = desk("severity");
    console.press("c").type_in("blue").press("enter n");
    console
        .type_in("Screens flicker")
        .press("enter")
        .type_in("h");
    console
        .press("ctrl-d x")
        .type_in("y")
        .press("enter")
        .type_in("y")
        .press("enter");
    console.type_in("soon").press("ctrl-d");
    assert!(picture(&mut console).contains("is no instant"));
    console.press("ctrl-u").type_in("+2h");
    let shown = picture(&mut console);
    // On the agent's clock, and on that of the desk's hours.
    assert!(
        shown.contains("Mon 23 Nov 18:00 London = 11:00 Denver, in 2h 00m"),
        "{shown}"
    );
    console.press("ctrl-d");
    let clocks = incident(&console, first()).clocks;
    assert_eq!(
        clocks.last().map(|clock| clock.due_at),
        Some(at("2026-11-23T18:00:00Z"))
    );
}

#[test]
fn calls_wait_on_hold_and_their_hold_is_no_part_of_their_length() {
    let mut console = desk("per-incident");
    console.press("c").type_in("blue").press("enter").wait(30);
    console.press("H").wait(40).press("c").wait(5);
    console
        .type_in("Otter")
        .press("enter enter")
        .type_in("555 0123")
        .press("enter");
    console.press("H").wait(60);
    let shown = picture(&mut console);
    assert!(shown.contains("⏸ 2 on hold 1:45 Blue Fern"), "{shown}");
    // Several are on hold: which one?
    console.press("H");
    let which = picture(&mut console);
    assert!(which.contains("▶ Blue Fern"), "{which}");
    assert!(which.contains("on hold 1:45, call 0:30"), "{which}");
    console
        .press("enter n")
        .type_in("No sound")
        .press("ctrl-d")
        .wait(10)
        .press("x ctrl-d");
    let after = incident(&console, first());
    assert_eq!(after.call_seconds, 40);
    let timeline = console
        .desk()
        .dossier(first(), console.model.now)
        .unwrap()
        .timeline;
    let ended = timeline.iter().find_map(|entry| match entry.event {
        Event::CallEnded { held, .. } => Some(held),
        _ => None,
    });
    assert_eq!(ended, Some(105));
    let shown = picture(&mut console);
    assert!(shown.contains("⏸ on hold 1:10 Otter"), "{shown}");
    assert!(shown.contains("recorded on 10001-4"), "{shown}");
    // One alone comes back at once.
    console.press("H");
    assert!(picture(&mut console).contains("● call 0:05 · Otter"));
}

#[test]
fn a_call_about_two_incidents_gives_each_its_part() {
    let (mut console, old) = desk_with_incident();
    console
        .press("c")
        .type_in("blue")
        .press("enter")
        .wait(60)
        .press("enter")
        .wait(60);
    console
        .press("n")
        .type_in("Screens flicker")
        .press("enter")
        .type_in("h");
    console.press("ctrl-d").wait(30).press("x ctrl-d");
    let of = |console: &Console| {
        let new = incident(console, TechRef::new(10_002));
        (incident(console, old).call_seconds, new.call_seconds)
    };
    assert_eq!(of(&console), (120, 30));
    // Taking it back is for each of them, and that is said.
    console.press("u");
    let shown = picture(&mut console);
    let stays = format!("What the same call recorded on {old} stays");
    assert!(shown.contains(&stays), "{shown}");
    console.press("enter");
    assert_eq!(of(&console), (120, 0));
}

#[test]
fn p1_12_an_aspect_that_is_split_off_during_a_call_has_its_own_part_of_it() {
    let (mut console, old) = desk_with_incident();
    console
        .press("c")
        .type_in("blue")
        .press("enter enter")
        .wait(60)
        .press("s");
    console.type_in("Printing").press("ctrl-d y ctrl-d");
    let shown = picture(&mut console);
    assert!(
        shown.contains("say: one zero zero zero two, check digit three"),
        "{shown}"
    );
    console.wait(30).press("K x ctrl-d");
    let (old, new) = (
        incident(&console, old),
        incident(&console, TechRef::new(10_002)),
    );
    assert_eq!((old.call_seconds, new.call_seconds), (60, 30));
    assert!(new.number_given_at.is_some());
}

#[test]
fn a_call_without_an_incident_is_counted_with_its_reason() {
    let mut console = desk("per-incident");
    console
        .press("c")
        .wait(15)
        .press("esc x")
        .type_in("w")
        .press("enter enter");
    let until = console.model.now + chrono::TimeDelta::hours(1);
    let reasons = console
        .desk()
        .calls_without_incident(at(NOW), until)
        .unwrap();
    assert_eq!(reasons, [LooseReason::WrongNumber]);
    let shown = picture(&mut console);
    assert!(
        shown.contains("call of 0:15 recorded without an incident"),
        "{shown}"
    );
}

#[test]
fn a_y_at_the_reason_picks_none_of_them() {
    let mut console = desk("per-incident");
    console.press("c").wait(15).press("esc x");
    // One letter picks what begins with it: no reason does, not the one that has it somewhere.
    console.type_in("y").press("ctrl-d");
    let until = console.model.now + chrono::TimeDelta::hours(1);
    let reasons = |console: &mut Console| {
        let desk = console.desk();
        desk.calls_without_incident(at(NOW), until).unwrap()
    };
    assert_eq!(reasons(&mut console), []);
    assert!(console.model.call.is_some());
    // It is no sentence either.
    console.type_in("em").press("ctrl-d");
    assert_eq!(reasons(&mut console), []);
    let shown = picture(&mut console);
    assert!(shown.contains("\"y\" answers no question here"), "{shown}");
    console.press("backspace ctrl-d");
    assert_eq!(reasons(&mut console), [LooseReason::EmergencyRefused]);
}

#[test]
fn one_u_takes_back_what_was_resolved_on_a_call_and_the_call_stays() {
    let mut console = desk("severity");
    console.press("c").type_in("blue").press("enter n");
    console
        .type_in("Screens flicker")
        .press("enter")
        .type_in("h");
    console.press("ctrl-d K").wait(60).press("d");
    console.type_in("fixed").press("enter");
    console.type_in("A new cable").press("ctrl-d").wait(60);
    console.press("x ctrl-d");
    let ended = incident(&console, first());
    assert_eq!(ended.state, crate::incident::State::Resolved);
    assert_eq!(ended.call_seconds, 120);
    console.type_in("10001-4").press("enter").press("u");
    let shown = picture(&mut console);
    assert!(shown.contains("Takes back: Resolved"), "{shown}");
    console.press("ctrl-d");
    let after = incident(&console, first());
    assert_eq!(after.state, crate::incident::State::Open);
    assert_eq!(after.call_seconds, 120);
}

#[test]
fn the_console_is_not_left_while_somebody_is_on_the_line() {
    let mut console = desk("severity");
    console.press("c esc q");
    assert!(picture(&mut console).contains("a call is running: hang up with x first"));
    console.press("H q");
    assert!(picture(&mut console).contains("a call is on hold"));
    assert!(console.effects.is_empty());
}

#[test]
fn a_sentence_at_a_question_is_what_was_said() {
    let mut console = desk("severity");
    console.press("c").type_in("blue").press("enter n");
    console
        .type_in("Screens flicker")
        .press("enter")
        .type_in("h");
    console.press("ctrl-d x").type_in("now it works");
    let shown = picture(&mut console);
    assert!(shown.contains("now it works"), "{shown}");
    assert!(shown.contains("Number given?  [ ] no"), "{shown}");
    console.press("ctrl-d");
    let timeline = console.desk().timeline(first()).unwrap();
    let said = timeline.iter().find_map(|entry| match &entry.event {
        Event::CallEnded { text, .. } => text.clone(),
        _ => None,
    });
    assert_eq!(said.as_deref(), Some("now it works"));
    assert_eq!(incident(&console, first()).number_given_at, None);
}

#[test]
fn a_new_incident_that_is_not_saved_is_named_at_hanging_up() {
    let mut console = desk("severity");
    console.press("c").type_in("blue").press("enter n");
    console.type_in("Screens flicker").wait(30).press("ctrl-x");
    let shown = picture(&mut console);
    assert!(
        shown.contains("A new incident was begun: Screens flicker"),
        "{shown}"
    );
    // To finish it is the first choice: the call has ended, and the rest is asked once it is saved.
    console.press("enter").wait(60);
    console.press("enter").type_in("h").press("ctrl-d");
    let shown = picture(&mut console);
    assert!(shown.contains("hanging up"), "{shown}");
    assert!(shown.contains("Number given?"), "{shown}");
    console.press("ctrl-d");
    let shown = picture(&mut console);
    assert!(
        shown.contains("call of 0:30 recorded on 10001-4"),
        "{shown}"
    );
    assert_eq!(incident(&console, first()).summary, "Screens flicker");
}

#[test]
fn it_may_be_kept_for_the_customers_next_new_incident() {
    let mut console = desk("severity");
    console.press("c").type_in("blue").press("enter n");
    console
        .type_in("Screens flicker")
        .press("ctrl-x")
        .type_in("k");
    console.press("enter").type_in("q").press("ctrl-d");
    let shown = picture(&mut console);
    assert!(
        shown.contains("the new incident is kept for Blue"),
        "{shown}"
    );
    let mut console = console.wait(1).again(60);
    console.press("c").type_in("blue").press("enter");
    let shown = picture(&mut console);
    assert!(shown.contains("n goes on with it"), "{shown}");
    console.press("n");
    let shown = picture(&mut console);
    assert!(shown.contains("Screens flicker"), "{shown}");
    assert!(shown.contains("what you typed before is back"), "{shown}");
    console
        .press("enter")
        .type_in("h")
        .press("ctrl-d K x ctrl-d");
    // Saved, it is let go.
    console.press("c").type_in("blue").press("enter n");
    let shown = picture(&mut console);
    assert!(!shown.contains("Screens flicker"), "{shown}");
}

#[test]
fn what_is_known_of_an_unknown_caller_is_kept_with_the_call() {
    let mut console = desk("severity");
    console.press("c").type_in("+1 555 0177").press("ctrl-x");
    let shown = picture(&mut console);
    assert!(shown.contains("Kept with it: +1 555 0177"), "{shown}");
    console.type_in("w").press("ctrl-d f2");
    let shown = picture(&mut console);
    assert!(shown.contains("wrong-number"), "{shown}");
    assert!(shown.contains("Caller: +1 5"), "{shown}");
    let shown = console.picture(SIZES[1], &rich());
    assert!(shown.contains("Caller: +1 555 0177"), "{shown}");
}

#[test]
fn a_note_that_was_begun_is_what_was_said() {
    let (mut console, old) = desk_with_incident();
    console.press("c").type_in("blue").press("enter enter m");
    console.type_in("rings back at five").press("ctrl-x ctrl-d");
    let timeline = console.desk().timeline(old).unwrap();
    let said = timeline.iter().any(|entry| {
        matches!(&entry.event, Event::CallEnded { text: Some(text), .. } if text == "rings back at five")
    });
    assert!(said);
}

#[test]
fn who_still_talks_is_back_where_it_was() {
    let mut console = desk("severity");
    console.press("c").type_in("Otter").press("enter");
    console.type_in("Kim Otter").press("ctrl-x");
    assert!(picture(&mut console).contains("Kept with it: Otter, Kim Otter"));
    console.press("esc").wait(10);
    let shown = picture(&mut console);
    assert!(
        shown.contains("● call 0:10 · Otter · a new customer"),
        "{shown}"
    );
    assert!(shown.contains("Kim Otter"), "{shown}");
}

#[test]
fn a_call_that_was_hung_up_stays_so_while_its_new_incident_is_finished() {
    let mut console = desk("severity");
    console.press("c").type_in("blue").press("enter n");
    console.type_in("Screens flicker").wait(11);
    console.press("ctrl-x ctrl-d").wait(60);
    // Another call comes between.
    console
        .press("f1 c")
        .wait(20)
        .press("ctrl-x")
        .type_in("w")
        .press("ctrl-d H");
    let shown = picture(&mut console);
    assert!(shown.contains("Summary"), "{shown}");
    console.press("esc").wait(13);
    let shown = picture(&mut console);
    assert!(shown.contains("A new incident was begun"), "{shown}");
    assert!(shown.contains("call 0:11 "), "{shown}");
    // Who talked with somebody else since is not still talking.
    assert!(!shown.contains("still talking"), "{shown}");
    console.press("esc").wait(13).press("x");
    let shown = picture(&mut console);
    assert!(shown.contains("hanging up"), "{shown}");
    console.press("ctrl-d enter").type_in("h").press("ctrl-d");
    console.press("ctrl-d");
    let shown = picture(&mut console);
    assert!(
        shown.contains("call of 0:11 recorded on 10001-4"),
        "{shown}"
    );
    assert_eq!(incident(&console, first()).call_seconds, 11);
}

#[test]
fn who_hung_up_too_early_says_that_the_call_goes_on() {
    let mut console = desk("severity");
    console.press("c").type_in("blue").press("enter n");
    console.type_in("Screens flicker").wait(11);
    console.press("ctrl-x ctrl-d").wait(5).press("esc");
    let shown = picture(&mut console);
    assert!(shown.contains("call 0:11 "), "{shown}");
    assert!(shown.contains("Esc still talking"), "{shown}");
    console.press("esc").wait(4);
    let shown = picture(&mut console);
    assert!(shown.contains("call 0:20 "), "{shown}");
    assert!(shown.contains("Screens flicker"), "{shown}");
}
