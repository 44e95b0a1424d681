//! Why a key can do nothing now, in words for the agent.

use super::Action;
use crate::console::call::{self, Call};
use crate::console::model::{Layer, Model};
use crate::console::screens::screen::Screen;
use crate::console::screens::{customers, hours, reading, reports};
use crate::incident::MessageState;
use crate::mail;

/// What can always be done.
pub(super) fn always(_: &Model) -> Option<String> {
    None
}

/// What needs an incident: the selected one of the queue, or the one that is open.
pub(super) fn with_incident(model: &Model) -> Option<String> {
    let lists = !matches!(
        model.screen,
        Screen::Reports | Screen::Hours | Screen::Policy
    );
    let words = match lists {
        true => "no incident is selected: press c when a caller rings, n for a new one",
        false => "no incident is selected: F1 leads to the queue, choose one there first",
    };
    model.number().is_none().then(|| words.to_owned())
}

/// What needs an incident, or a customer who has one.
pub(super) fn for_conduct(model: &Model) -> Option<String> {
    match covered(model) || model.screen != Screen::Customers {
        true => with_incident(model),
        false => customers::why_no_incident(model),
    }
}

/// What needs an incident that something was charged or taken for.
pub(super) fn with_receipt(model: &Model) -> Option<String> {
    match model.current() {
        Some(dossier) => reading::receipt(model, dossier).err(),
        None => with_incident(model),
    }
}

/// What the screens have, and the incident that lies over them has not; the list of keys may lie over both.
fn on_screen(model: &Model) -> Option<String> {
    covered(model).then(|| {
        let screen = model.screen.title().to_lowercase();
        format!("that is a key of the {screen}: go back to it with Esc")
    })
}

/// Whether an incident or the call lies over the screen: then no key reaches what is beneath.
pub(in crate::console) fn covered(model: &Model) -> bool {
    let covers = |layer: &Layer| matches!(layer, Layer::Incident(_) | Layer::Call);
    model.layers.iter().any(covers)
}

/// What moves something that shows: in a call there is nothing, and what lies beneath stands still.
pub(super) fn with_rows(model: &Model) -> Option<String> {
    let call = matches!(model.layers.last(), Some(Layer::Call));
    call.then(|| "there is nothing to move here: Esc leads back, F1 to the queue".to_owned())
}

/// What needs a message: the selected one of the messages.
pub(super) fn with_message(model: &Model) -> Option<String> {
    match (model.screen, model.messages.selected()) {
        (Screen::Messages, Some(_)) => on_screen(model),
        (Screen::Messages, None) if model.messages.mail().is_some() => Some(
            "that is for what the desk writes: Enter shows the mail, C decides about it".to_owned(),
        ),
        (Screen::Messages, None) => Some("no message is selected".to_owned()),
        _ => Some("that is a key of the messages: F4 leads there".to_owned()),
    }
}

/// What needs a message, or a mail with files: that in quarantine, or one of the incident's.
pub(super) fn with_file(model: &Model) -> Option<String> {
    let over = |layer: &Layer| matches!(layer, Layer::Call);
    let none = "no file came with its mail: what did is listed on its timeline".to_owned();
    match (means_incident(model), model.current()) {
        (true, _) if model.layers.iter().any(over) => {
            Some("that waits until the call is over".to_owned())
        }
        (true, Some(dossier)) => mail::came_with(&dossier.timeline)
            .next()
            .is_none()
            .then_some(none),
        (true, None) => with_incident(model).or(Some(none)),
        (false, _) => match model.messages.mail().filter(|_| model.is_on_mail()) {
            Some(waiting) if waiting.mail.arrival.files.is_empty() => Some(none),
            Some(_) => None,
            None => with_message(model),
        },
    }
}

/// Whether what can be changed is an incident: that of the call, the one that is open, or the selected one of the queue
/// or the calls.
pub(in crate::console) fn means_incident(model: &Model) -> bool {
    let over = |layer: &Layer| matches!(layer, Layer::Incident(_) | Layer::Call);
    model.layers.iter().any(over) || matches!(model.screen, Screen::Queue | Screen::Calls)
}

/// What needs an incident, a customer, or a message that may still be changed.
pub(super) fn with_changeable(model: &Model) -> Option<String> {
    match model.screen {
        _ if means_incident(model) => Action::Edit.why_not(model),
        Screen::Customers => customers::why_not_selected(model),
        Screen::Messages if model.messages.mail().is_some() => on_screen(model),
        _ => with_unsent(model),
    }
}

/// What needs a message that was neither sent nor dropped.
pub(super) fn with_unsent(model: &Model) -> Option<String> {
    with_message(model).or_else(|| {
        let state = model.messages.selected()?.state;
        let done = matches!(state, MessageState::Sent | MessageState::Dropped);
        done.then(|| {
            format!(
                "the message was {} already: it stays as it is",
                state.word()
            )
        })
    })
}

/// Whether what shows can be narrowed where it stands.
pub(super) fn has_filter(model: &Model) -> bool {
    let screens = [Screen::Queue, Screen::Customers, Screen::Policy];
    screens.contains(&model.screen) && model.layers.is_empty()
}

/// What leads to the queue, or narrows what shows: from everywhere but a call, which goes on.
pub(super) fn with_filter(model: &Model) -> Option<String> {
    let over = |layer: &Layer| matches!(layer, Layer::Call);
    model
        .layers
        .iter()
        .any(over)
        .then(|| "that leads to the queue: F1 leads there, and the call goes on".to_owned())
}

/// What only the queue has.
pub(super) fn on_queue(model: &Model) -> Option<String> {
    match model.screen {
        Screen::Queue => on_screen(model),
        _ => Some("that is a key of the queue: F1 leads there".to_owned()),
    }
}

/// What needs a queue with something in it.
pub(super) fn with_rows_to_mark(model: &Model) -> Option<String> {
    let empty = || "the list is empty: there is nothing to mark".to_owned();
    on_queue(model).or_else(|| model.queue.rows.is_empty().then(empty))
}

/// What needs a queue that is narrowed.
pub(super) fn with_narrowed(model: &Model) -> Option<String> {
    on_queue(model).or_else(|| {
        let whole = model.queue.filter.trim().is_empty();
        let nothing = whole && model.queue.own_view().is_none();
        nothing.then(|| "nothing narrows the queue: press / and type what to look for".to_owned())
    })
}

/// What has several views.
pub(super) fn with_views(model: &Model) -> Option<String> {
    match model.screen {
        Screen::Customers => Some("there is one list of customers: / narrows it".to_owned()),
        Screen::Calls => Some("there is one list of calls".to_owned()),
        _ => on_screen(model),
    }
}

/// What needs something that Enter opens.
pub(super) fn with_selected(model: &Model) -> Option<String> {
    // Of the reports, every section can be opened.
    reports::why_not(model)?;
    let customers = model.screen == Screen::Customers && model.layers.is_empty();
    match customers && !model.customers.is_inside() {
        true => customers::why_not_selected(model),
        false if model.is_on_mail() => None,
        false => with_incident(model),
    }
}

pub(super) fn in_call(model: &Model) -> Option<String> {
    let live = model.call.as_ref().is_some_and(Call::is_live);
    let words = match model.held.calls.iter().any(Call::is_live) {
        _ if live => return None,
        true => "the call is on hold: take it back with H first",
        false if call::only_typed_in(model) => {
            "there is no call, only a new incident that is not saved: n or H shows it, x drops it"
        }
        false => "there is no call: press c when a caller rings",
    };
    Some(words.to_owned())
}

/// What ends a call, or drops what is typed in without one.
pub(super) fn in_call_or_draft(model: &Model) -> Option<String> {
    in_call(model).filter(|_| !call::only_typed_in(model) && !shows_draft(model))
}

/// Whether what is typed in without a call shows, while callers are on hold.
fn shows_draft(model: &Model) -> bool {
    model.call.is_some() && matches!(model.layers.last(), Some(Layer::Call))
}

pub(super) fn in_call_or_held(model: &Model) -> Option<String> {
    let waits = model.call.is_some() || !model.held.calls.is_empty() || model.alive.has_cut_off();
    in_call(model).filter(|_| !waits)
}

/// What needs an incident whose customer may be rung up, and nobody on the line.
pub(super) fn to_ring_up(model: &Model) -> Option<String> {
    match call::talks(model) {
        true => {
            Some("a call is running: hang up with x first, or put it on hold with H".to_owned())
        }
        false => with_incident(model),
    }
}

/// Where something can be added.
pub(super) fn with_addition(model: &Model) -> Option<String> {
    match model.screen {
        Screen::Hours => on_screen(model),
        _ => customers::why_no_addition(model),
    }
}

/// What needs a closure that is ahead, or something that a customer has.
pub(super) fn with_removal(model: &Model) -> Option<String> {
    match model.screen {
        Screen::Hours => on_screen(model).or_else(|| hours::nothing_ahead(model)),
        Screen::Customers => customers::why_no_end(model),
        _ => Some("that is a key of the hours: F6 leads there".to_owned()),
    }
}

/// What counts the caller's issue, or the incident, to a known fault.
pub(super) fn with_known_fault(model: &Model) -> Option<String> {
    match call::has_caller(model) {
        true => None,
        false => Action::Same.why_not(model),
    }
}

/// What the key that changes something means where one is.
pub(super) fn change(model: &Model) -> Action {
    match means_incident(model) {
        true => Action::Edit,
        false => Action::Change,
    }
}

/// What the next view is where one is.
pub(super) fn next_view(model: &Model) -> Option<&'static str> {
    Some(match model.screen {
        Screen::Reports => "next range",
        Screen::Hours => "next month",
        Screen::Policy => "next policy",
        _ => return None,
    })
}

/// Whether the caller may still have to hear the number.
pub(super) fn number_not_given(model: &Model) -> bool {
    let current = model.current().filter(|_| !model.is_bulk());
    current.is_none_or(|dossier| dossier.incident.number_given_at.is_none())
}

/// Whether there is something that can stand still, or does.
pub(super) fn has_rows(model: &Model) -> bool {
    model.queue.frozen || !model.queue.rows.is_empty()
}

/// What looking for something comes to where one is.
pub(super) fn looks_here(model: &Model) -> Option<&'static str> {
    matches!(model.screen, Screen::Customers | Screen::Policy).then_some("find")
}
