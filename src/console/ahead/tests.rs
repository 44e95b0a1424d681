use chrono::TimeDelta;
use chrono_tz::Europe::London;
use crossterm::event::{Event, KeyCode};

use super::*;
use crate::console::msg::{Effect, Msg};
use crate::console::testing::{BUSY_NOW, Console, busy};
use crate::console::update::update;
use crate::console::worker;
use crate::incident::{NoteKind, Step};

fn console() -> Console {
    busy().open(BUSY_NOW, London, (120, 40))
}

/// What pressing a key asks of the desk, without an answer.
fn asks(console: &mut Console, code: KeyCode) -> Vec<Request> {
    let effects = update(&mut console.model, Msg::Event(Event::Key(code.into())));
    let asked = effects.into_iter().filter_map(|effect| match effect {
        Effect::Ask(request) => Some(request),
        _ => None,
    });
    asked.collect()
}

fn current(model: &Model) -> Option<TechRef> {
    model.current().map(|dossier| dossier.incident.tech_ref)
}

fn row(console: &Console, at: usize) -> TechRef {
    console.model.queue.rows[at].number
}

#[test]
fn the_next_row_shows_with_the_key_that_selects_it() {
    let mut console = console();
    for at in [1, 2, 3, 2, 1] {
        let key = match console.model.queue.at < at {
            true => KeyCode::Down,
            false => KeyCode::Up,
        };
        let asked = asks(&mut console, key);
        assert!(asked.is_empty(), "{asked:?}");
        assert_eq!(current(&console.model), Some(row(&console, at)));
        // What is next to it is read while the agent looks at it.
        console.take(Msg::Tick);
    }
}

#[test]
fn a_page_further_is_read_ahead_once_a_page_was_turned() {
    let mut console = console();
    console.model.queue.fit(4);
    assert_eq!(asks(&mut console, KeyCode::PageDown).len(), 1);
    let selected = row(&console, console.model.queue.at);
    console.take(Msg::Tick);
    console.press("up down");
    assert_eq!(current(&console.model), Some(selected));
}

#[test]
fn what_others_changed_is_never_shown_as_it_was() {
    let mut console = console();
    let next = row(&console, 1);
    let note = Step::Note {
        kind: NoteKind::Internal,
        text: "rings back at five".to_owned(),
    };
    console.meanwhile("jonas", next, note);
    console.press("down");
    let dossier = console.model.current().unwrap();
    assert_eq!(dossier.incident.tech_ref, next);
    let newest = console.desk().timeline(next).unwrap();
    assert_eq!(dossier.timeline.len(), newest.len());
}

#[test]
fn with_every_word_of_a_change_it_is_read_anew() {
    let mut console = console();
    // That which shows was read before the change, too.
    console.press("down");
    let changed = Answer::Changed(worker::known(&console.desk()).unwrap());
    update(&mut console.model, changed.into());
    for (key, times) in [(KeyCode::Down, 1), (KeyCode::Up, 2)] {
        for _ in 1..times {
            asks(&mut console, key);
        }
        let asked = asks(&mut console, key);
        let selected = row(&console, console.model.queue.at);
        let reads =
            |request: &Request| matches!(request, Request::Dossier(number) if *number == selected);
        assert!(asked.iter().any(reads), "{asked:?}");
    }
}

#[test]
fn what_was_read_a_while_ago_is_read_again_once_it_shows() {
    let mut console = console();
    console.model.now += TimeDelta::seconds(5);
    assert!(asks(&mut console, KeyCode::Down).is_empty());
    let shows = current(&console.model).unwrap();
    let again = wanted(&mut console.model);
    assert!(
        matches!(again.first(), Some(Request::Dossier(number)) if *number == shows),
        "{again:?}"
    );
    // Once.
    assert!(wanted(&mut console.model).is_empty());
}

#[test]
fn few_are_kept() {
    let mut console = console();
    console.press("down down down down down down down down down down");
    assert!(console.model.ahead.read.len() <= KEPT);
}
