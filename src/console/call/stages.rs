//! What keys do at each stage.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use super::find::{self, Choice, Found};
use super::wrap_up::{self, Length, Unsaved};
use super::{
    Call, Next, Stage, charges, customer, hang_up, held, issue, note_form, ring, same, struck,
    taken,
};
use crate::console::drafts;
use crate::console::forms::FormOutcome;
use crate::console::model::{Layer, Model};
use crate::console::msg::Effect;
use crate::console::request::{CallStep, Request};
use crate::console::update::{back, on_command_key, open_named};
use crate::console::widgets::message::Kind;
use crate::incident::{Command, Contact, NewContact, Step, TechRef, Timer, Way, refuse_cards};
use crate::policy::Channel;
use chrono::{DateTime, Utc};

/// Takes an event while the call has the keys.
pub fn update(model: &mut Model, event: &Event) -> Vec<Effect> {
    if matches!(event, Event::Key(key) if key.code == KeyCode::PageDown)
        && let Some(call) = model.call.as_ref()
        && let (Stage::Issue | Stage::Incident, Some(card)) = (call.stage, &call.card)
    {
        let reading = issue::in_full(&card.caller.ruling.policy);
        model.layers.push(Layer::Text(reading));
        return Vec::new();
    }
    let next = match model.call.take() {
        Some(mut call) => {
            // What was said before is read by now, or hides what is typed; what went wrong stays.
            if matches!(event, Event::Key(_)) {
                model.message.take_if(|said| said.kind != Kind::Error);
            }
            let had = call.issue.is_some();
            let (before, said) = (call.stage, model.message.clone());
            let next = stage(&mut call, event, model);
            // What was said at a stage is not said of the next one.
            if call.stage != before && model.message == said {
                model.message = None;
            }
            // To go elsewhere is not to ring up.
            let rings = call.stage != Stage::Ring || !matches!(next, Next::Table(_));
            if !had
                && call
                    .issue
                    .as_ref()
                    .is_some_and(|(_, form)| form.is_changed())
            {
                model.say(Kind::Info, drafts::BACK);
            }
            model.call = Some(call).filter(|_| rings);
            next
        }
        None => held::update(model, event),
    };
    match next {
        Next::Go(effects) => effects,
        Next::Table(key) => on_command_key(model, &key),
        Next::WrapUp => hang_up(model),
        Next::Leave => {
            let is_over = |call: &mut Call| {
                !call.is_live() && (call.is_done() || call.finder.typed().is_empty())
            };
            model.call.take_if(is_over);
            back(model)
        }
    }
}

/// A number was typed while a call shows: the caller names an incident.
pub fn number_typed(model: &mut Model, number: TechRef) -> Vec<Effect> {
    match &mut model.call {
        Some(call) if call.is_live() => open_number(call, number),
        _ => open_named(model, number),
    }
}

fn stage(call: &mut Call, event: &Event, model: &Model) -> Next {
    let key = match event {
        Event::Key(key) if key.kind == KeyEventKind::Release => return Next::Go(Vec::new()),
        Event::Key(key) => Some(key),
        _ => None,
    };
    if key.is_some() {
        call.problem = None;
        // What is dropped is dropped by a key that is pressed twice, with none between.
        let again = matches!(key.map(|key| key.code), Some(KeyCode::Char('x')));
        call.drops &= again;
    }
    if let Some(key) = key.filter(|key| is_global(key)) {
        return Next::Table(*key);
    }
    if call.note.is_some() {
        return Next::Go(note(call, event));
    }
    let plain = key
        .filter(|key| key.modifiers.is_empty())
        .map(|key| key.code);
    let typing = call.takes_text();
    if key.is_some_and(|key| *key == NOTE) {
        begin_note(call);
        return Next::Go(Vec::new());
    }
    match (call.stage, plain, key) {
        (_, _, Some(key)) if !typing && !model.typed.is_empty() => Next::Table(*key),
        (_, Some(KeyCode::Esc), _) => call.go_back(),
        (Stage::Find, ..) => {
            let found = call.finder.update(event, model);
            Next::Go(chosen(call, found, model))
        }
        (Stage::Customer, ..) => Next::Go(customer_form(call, event, model)),
        (Stage::Issue, ..) => Next::Go(issue_form(call, event)),
        (Stage::Same, ..) => Next::Go(same_form(call, event)),
        (Stage::WrapUp, ..) => Next::Go(wrap_up_form(call, event, model)),
        (Stage::Ring, ..) => Next::Go(ring_form(call, event, model)),
        (_, Some(KeyCode::Char('m')), _) => {
            begin_note(call);
            Next::Go(Vec::new())
        }
        (Stage::Card, Some(code), Some(key)) => on_card(call, code, key, model),
        (Stage::Incident, Some(KeyCode::Enter | KeyCode::Char('K')), _) => Next::Go(given(call)),
        (_, _, Some(key)) => Next::Table(*key),
        _ => Next::Go(Vec::new()),
    }
}

/// The key of a note also while something is typed.
const NOTE: KeyEvent = KeyEvent::new(KeyCode::Char('n'), KeyModifiers::CONTROL);

fn begin_note(call: &mut Call) {
    call.note = Some(note_form(&std::mem::take(&mut call.note_begun)));
}

/// Keys that mean the same also while something is typed.
fn is_global(key: &KeyEvent) -> bool {
    key.modifiers == KeyModifiers::CONTROL
        && matches!(key.code, KeyCode::Char('l' | 't' | 'x' | 'z'))
        || matches!(key.code, KeyCode::F(1..=12))
}

/// What was chosen for the caller.
pub(super) fn chosen(call: &mut Call, found: Found, model: &Model) -> Vec<Effect> {
    match found {
        Found::Nothing => Vec::new(),
        Found::Search(typed) => vec![Effect::Ask(find::request(&typed, model))],
        Found::Chosen(Choice::Number(number, _)) => open_number(call, number),
        Found::Chosen(Choice::Misheard(reason)) => {
            call.problem = Some(format!(
                "{}. Down and Enter takes what stands below, or makes a new customer with it as telephone number",
                reason.reason()
            ));
            Vec::new()
        }
        Found::Chosen(Choice::Customer(found, contact)) => {
            let customer = found.customer;
            call.wanted = Some((customer.id, contact));
            vec![Effect::Ask(Request::Caller(customer.id))]
        }
        Found::Chosen(Choice::New(typed)) => {
            if let Err(refusal) = refuse_cards("caller", &typed) {
                call.problem = Some(refusal.message);
                return Vec::new();
            }
            let form = customer::form(&typed, model);
            match &mut call.customer {
                Some(before) if before.is_changed() => {}
                empty => *empty = Some(form),
            }
            call.stage = Stage::Customer;
            let asked = call.customer.as_ref();
            let asked = asked.and_then(|form| customer::looks_for(form, &[]));
            asked.map(Effect::Ask).into_iter().collect()
        }
    }
}

fn open_number(call: &mut Call, number: TechRef) -> Vec<Effect> {
    call.opening = Some(number);
    vec![Effect::Ask(Request::Dossier(number))]
}

fn customer_form(call: &mut Call, event: &Event, model: &Model) -> Vec<Effect> {
    let Some(form) = &mut call.customer else {
        call.stage = Stage::Find;
        return Vec::new();
    };
    let before: Vec<String> = customer::told(form).collect();
    match form.update(event) {
        FormOutcome::Submit if let Some(id) = customer::taken(form) => {
            call.customer = None;
            call.wanted = Some((id, None));
            vec![Effect::Ask(Request::Caller(id))]
        }
        FormOutcome::Submit => {
            let command = customer::command(form, model);
            call.ask(CallStep::Customer, vec![command], None)
        }
        _ => {
            let asked = customer::looks_for(form, &before);
            asked.map(Effect::Ask).into_iter().collect()
        }
    }
}

fn on_card(call: &mut Call, code: KeyCode, key: &KeyEvent, model: &Model) -> Next {
    let Some(card) = &mut call.card else {
        call.stage = Stage::Find;
        return Next::Go(Vec::new());
    };
    match code {
        KeyCode::Down | KeyCode::Char('j') => card.step(1),
        KeyCode::Up | KeyCode::Char('k') => card.step(-1),
        KeyCode::Char('n') => call.new_issue(model),
        KeyCode::Left | KeyCode::Right if card.has_people() => {
            card.turn(code == KeyCode::Right);
            let name = card.contact.as_ref().map(|contact| contact.name.as_str());
            if let Some((_, issue)) = &mut call.issue {
                issue.set("caller", name.unwrap_or_default());
            }
        }
        KeyCode::Enter => match card.selected() {
            Some(row) => {
                let (number, opened_at) = (row.number, row.opened_at);
                let contact = card.contact.clone();
                return Next::Go(go_on(call, number, opened_at, contact, false, model.now));
            }
            None => call.new_issue(model),
        },
        _ => return Next::Table(*key),
    }
    Next::Go(Vec::new())
}

/// Goes on with an incident that exists: the contact counts from the call's start, or from the incident's where that is
/// later. Who names the number has it.
pub(super) fn go_on(
    call: &mut Call,
    number: TechRef,
    opened_at: DateTime<Utc>,
    contact: Option<Contact>,
    names_it: bool,
    now: DateTime<Utc>,
) -> Vec<Effect> {
    let Some(timer) = call.timer.filter(|_| call.way == Way::In) else {
        // Without a call there is nothing to record yet: its screen has the steps. What we say to whom we rang up is
        // recorded once it is known whether somebody answered.
        call.take(number, false, now);
        return vec![Effect::Ask(Request::Dossier(number))];
    };
    if call.taken.iter().any(|taken| taken.number == number) {
        call.take(number, false, now);
        return vec![Effect::Ask(Request::Dossier(number))];
    }
    let step = |step| Command::Step(number, step);
    let mut commands = vec![step(Step::Contact(NewContact {
        contact,
        ..NewContact::new(Way::In, Channel::Phone)
    }))];
    if names_it {
        commands.push(step(Step::Given));
    }
    let at = timer.began_at.max(opened_at);
    call.ask(CallStep::Continue(number), commands, Some(at))
}

fn issue_form(call: &mut Call, event: &Event) -> Vec<Effect> {
    let (Some((_, form)), Some(card)) = (&mut call.issue, &call.card) else {
        call.stage = Stage::Card;
        return Vec::new();
    };
    match form.update(event) {
        FormOutcome::Submit => match issue::commands(form, card) {
            Ok(commands) => {
                let began = call.timer.map(|timer| timer.began_at);
                call.ask(CallStep::Log, commands, began)
            }
            Err(problem) => {
                call.problem = form.refuse(&problem);
                Vec::new()
            }
        },
        _ => Vec::new(),
    }
}

/// Which known fault the caller has: Enter logs it.
fn same_form(call: &mut Call, event: &Event) -> Vec<Effect> {
    let (Some((_, form)), Some(card)) = (&mut call.same, &call.card) else {
        return Vec::new();
    };
    if form.update(event) != FormOutcome::Submit {
        return Vec::new();
    }
    match same::command(form, card) {
        Ok(command) => {
            let began = call.timer.map(|timer| timer.began_at);
            call.ask(CallStep::Log, vec![command], began)
        }
        Err(problem) => {
            call.problem = form.refuse(&problem);
            Vec::new()
        }
    }
}

fn given(call: &mut Call) -> Vec<Effect> {
    let Some(taken) = call.taken.last() else {
        return Vec::new();
    };
    if taken
        .facts
        .as_ref()
        .is_some_and(|facts: &taken::Facts| facts.given)
    {
        return Vec::new();
    }
    let command = Command::Step(taken.number, Step::Given);
    call.ask(CallStep::Given, vec![command], None)
}

/// The note line: Enter keeps the note with the call, and sends it at once where an incident is chosen.
fn note(call: &mut Call, event: &Event) -> Vec<Effect> {
    let Some(form) = &mut call.note else {
        return Vec::new();
    };
    let outcome = form.update(event);
    let text = form.value("note").trim().to_owned();
    // What the desk would refuse is not kept: it stays in the line, which has no room to say why itself.
    call.problem = form.mistake("note");
    match outcome {
        FormOutcome::Submit => {
            call.note = None;
            if text.is_empty() {
                return Vec::new();
            }
            call.notes.push(text);
            call.send_notes()
        }
        FormOutcome::Cancel => {
            (call.note, call.note_begun) = (None, text);
            Vec::new()
        }
        FormOutcome::Editing | FormOutcome::Ignored => Vec::new(),
    }
}

/// Whom we ring up: Enter begins the call.
fn ring_form(call: &mut Call, event: &Event, model: &Model) -> Vec<Effect> {
    let (Some(ring), Some(card)) = (&mut call.ring, &mut call.card) else {
        return Vec::new();
    };
    let Some(form) = &mut ring.form else {
        return Vec::new();
    };
    if form.update(event) != FormOutcome::Submit {
        return Vec::new();
    }
    let number = ring.number;
    card.contact = ring::picked(form, card);
    call.timer = Some(Timer::begin(model.now));
    call.take(number, false, model.now);
    vec![Effect::Ask(Request::Dossier(number))]
}

fn wrap_up_form(call: &mut Call, event: &Event, model: &Model) -> Vec<Effect> {
    let (now, zone) = (model.now, model.zone);
    let (Some(form), Some(timer)) = (&mut call.wrap_up, call.timer) else {
        return Vec::new();
    };
    if form.update(event) != FormOutcome::Submit {
        call.told = false;
        return Vec::new();
    }
    if wrap_up::unsaved(form) == Unsaved::Finish {
        call.finishing = true;
        call.new_issue(model);
        return Vec::new();
    }
    let ended = call.ended_at.unwrap_or(now);
    let length = Length::of(timer, ended);
    let customer = call.card.as_ref().map(|card| card.caller.customer.id);
    if wrap_up::is_mistake(form) {
        return call.ask(CallStep::End, Vec::new(), None);
    }
    if call.taken.is_empty() {
        let unknown = call.besides().unknown;
        let Some(form) = &call.wrap_up else {
            return Vec::new();
        };
        let command = wrap_up::loose(form, customer, &call.notes, unknown, length);
        let began = Some(timer.began_at);
        return call.ask(CallStep::End, command.into_iter().collect(), began);
    }
    // What the customer loses is told first, as in every form.
    let shares = charges::shares(call, model);
    if charges::cost(&shares) && !std::mem::replace(&mut call.told, true) {
        return Vec::new();
    }
    let Some(form) = &call.wrap_up else {
        return Vec::new();
    };
    let commands = match call.way {
        Way::In => {
            let taken = struck::staying(form, &call.taken, length.seconds);
            let mut commands = struck::commands(form, &call.taken);
            let said = wrap_up::commands(form, Way::In, &taken, &call.notes, length, now, zone);
            commands.extend(said);
            commands
        }
        _ => {
            let contact = call.card.as_ref().and_then(|card| card.contact.as_ref());
            wrap_up::rung_up(form, &call.taken, contact, &call.notes, length, now, zone)
        }
    };
    let numbers = || call.taken.iter().map(|taken| taken.number.to_string());
    call.recorded = match shares.is_empty() {
        true => numbers().collect(),
        false => shares.iter().map(charges::Share::recorded).collect(),
    };
    let at = (call.way == Way::Out).then_some(timer.began_at);
    call.ask(CallStep::End, commands, at)
}
