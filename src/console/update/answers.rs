//! What the desk answers, taken into the model.

use super::number::misheard;
use super::together::resolved_together;
use super::{is_calm, look_at_selected, on_incident, open, refresh, refresh_queue, restart};
use crate::console::actions::Action;
use crate::console::model::{Layer, Model};
use crate::console::msg::Effect;
use crate::console::request::{Answer, Request, Tag};
use crate::console::screens::{customers, hours};
use crate::console::widgets::message::Kind;
use crate::console::{ahead, alarm, bulk, call, dialog, first_start, live, shift, who};
use crate::incident::{Customer, TechRef, on_clock};
use crate::store::{Correspondence, Done};

/// Takes an answer in.
pub(super) fn on_answer(model: &mut Model, answer: Answer) -> Vec<Effect> {
    if !ahead::outlasts(&answer) {
        model.ahead.forget();
    }
    match answer {
        Answer::Opened {
            desk,
            agent,
            recorded_agent,
            acted_as,
            warning,
        } => {
            let unknown = who::question(&agent, &desk, acted_as.as_deref());
            (model.agent, model.recorded_agent, model.desk) = (agent, recorded_agent, Some(*desk));
            model.layers.clear();
            if let Some(warning) = warning {
                model.say(Kind::Warning, warning);
            }
            if let Some(question) = unknown {
                model.layers.push(Layer::Edit(Box::new(question)));
                return Vec::new();
            }
            let mut effects = restart(model);
            effects.push(Effect::Ask(Request::Live));
            effects
        }
        Answer::NoDesk(path) => {
            let start = first_start::FirstStart::new(path, model.agent.clone());
            model.layers = vec![Layer::FirstStart(Box::new(start))];
            Vec::new()
        }
        Answer::Queue(found) => {
            let calm = is_calm(model);
            model.queue.take(*found, calm);
            say_where(model);
            let mut effects = look_at_selected(model);
            if model.queue.is_stale() {
                effects.extend(refresh_queue(model));
            }
            effects
        }
        Answer::Dossier(dossier) => {
            let number = dossier.incident.tech_ref;
            model.queue.changed.remove(&number);
            if let Some(Layer::Step(dialog)) = model.layers.last_mut() {
                dialog.read_again(&dossier, model.zone);
            }
            let leads_to = dossier.incident.forks.leads_to();
            let before = model.dossier.replace(dossier);
            model.ahead.shows(number, model.now, before);
            dialog::meet(model);
            if let Some(into) = leads_to
                && let Some(effects) = follow(model, number, into)
            {
                return effects;
            }
            match model.waiting.take_if(|(wanted, _)| *wanted == number) {
                Some((_, action)) => on_incident(model, action),
                None => call::read(model),
            }
        }
        Answer::Ahead(read) => {
            model.ahead.take(read, model.now);
            Vec::new()
        }
        Answer::Kin { of, others } => match model.waiting.take_if(|(wanted, _)| *wanted == of) {
            Some((_, action)) => {
                model.kin = Some((of, others.into()));
                on_incident(model, action)
            }
            None => Vec::new(),
        },
        Answer::Bulk {
            what,
            outcomes,
            kept: true,
        } => bulk::done(model, what, &outcomes),
        Answer::Bulk { what, outcomes, .. } => {
            bulk::foreseen(model, what, outcomes);
            Vec::new()
        }
        Answer::Handover(handover) => {
            shift::known(model, &handover);
            Vec::new()
        }
        Answer::Faults(faults) => {
            match model.waiting.take_if(|(_, action)| *action == Action::Same) {
                Some((_, action)) => {
                    model.faults = Some(faults);
                    on_incident(model, action)
                }
                None => {
                    call::faults(model, &faults);
                    Vec::new()
                }
            }
        }
        Answer::Outbox { states, rows, mail } => {
            waits(model, mail);
            model.messages.take(&states, rows);
            look_at_selected(model)
        }
        Answer::Foreseen(words) => {
            match model.layers.last_mut() {
                Some(Layer::Edit(edit)) => edit.foresee(&words),
                Some(Layer::Step(dialog)) => dialog.foresee(&words),
                _ => {}
            }
            Vec::new()
        }
        Answer::Quarantine { waiting, mail } => {
            waits(model, mail);
            model.messages.take_waiting(waiting);
            Vec::new()
        }
        Answer::Owners { typed, found } => {
            match model.layers.last_mut() {
                Some(Layer::Step(dialog)) => dialog.offer(&typed, found),
                Some(Layer::Edit(edit)) => edit.offer(&typed, &found),
                _ => {}
            }
            Vec::new()
        }
        Answer::Callers {
            typed,
            found,
            named,
        } => {
            if model.misheard.take_if(|asked| *asked == typed).is_some() {
                misheard(model, &typed, &named);
                return Vec::new();
            }
            call::found(model, &typed, found, named)
        }
        Answer::Likely(likely) => {
            match model.layers.last_mut() {
                Some(Layer::Edit(edit)) => call::offer_likely(&mut edit.form, likely),
                _ => call::likely(model, likely),
            }
            Vec::new()
        }
        Answer::Customers {
            typed,
            limit,
            found,
        } => customers::found(model, &typed, limit, found),
        Answer::Figures { wanted, sections } => {
            model.reports.take(&wanted, sections);
            Vec::new()
        }
        Answer::Calls { limit, calls } => {
            model.calls.take(calls, limit);
            look_at_selected(model)
        }
        Answer::Card(card) => {
            customers::known(model, card);
            look_at_selected(model)
        }
        Answer::Caller(card) => call::known(model, *card),
        Answer::Done { tag, done, touched } => {
            model.queue.changed_here(touched);
            on_done(model, &tag, &done)
        }
        Answer::Refused { tag, reason, now } => {
            let reason = on_clock(&reason, model.zone);
            on_refused(model, &tag, reason, now)
        }
        Answer::Changed(desk) => {
            model.desk = Some(*desk);
            hours::select_wanted(model);
            refresh(model)
        }
        Answer::Aside(words) => {
            model.say(Kind::Info, words);
            Vec::new()
        }
        Answer::Backup { old, failed } => {
            model.backup_old = old;
            if let Some(reason) = failed {
                model.say(Kind::Warning, reason);
            }
            Vec::new()
        }
        Answer::Failed(reason) => {
            model.waiting = None;
            model.queue.searching = false;
            if call::failed(model, &reason) {
                return Vec::new();
            }
            if let Some(Layer::FirstStart(start)) = model.layers.last_mut() {
                start.failed(&reason);
            } else {
                model.say(Kind::Error, reason);
            }
            Vec::new()
        }
        Answer::ViewKept(view) => {
            close_sent(model);
            let words = format!("{} is a view now, kept in config.toml", view.name);
            model.say(Kind::Done, words);
            model.queue.add_view(view);
            restart(model)
        }
        Answer::ViewChanged { name, to } => {
            close_sent(model);
            let words = match &to {
                Some(to) => format!("the view {name} is called {to} now"),
                None => format!("the view {name} is taken out of config.toml"),
            };
            model.say(Kind::Done, words);
            model.queue.change_view(&name, to);
            restart(model)
        }
        Answer::Alarms(alarms) => alarm::ring(model, &alarms),
        Answer::Live(seen) => live::seen(model, &seen),
        Answer::Kept(numbers) => {
            live::kept(model, &numbers);
            Vec::new()
        }
        Answer::Unkept(reason) => {
            if model.alive.fails() {
                let words = format!("calls are not kept through a sudden end: {reason}");
                model.say(Kind::Warning, words);
            }
            Vec::new()
        }
        Answer::Claimed {
            id,
            place,
            then,
            found,
        } => {
            close_sent(model);
            live::claimed(model, id, place, then, found)
        }
        Answer::Handed { place, to } => {
            close_sent(model);
            live::handed(model, place, &to)
        }
        Answer::Lost(reason) => vec![Effect::Fail(reason)],
    }
}

/// Says where the selected incident has gone, where it has just left the view.
pub(super) fn say_where(model: &mut Model) {
    let Some(number) = model.queue.selected().map(|row| row.number) else {
        return;
    };
    match (model.queue.left(), &mut model.message) {
        (Some((place, true)), Some(message)) if message.text.starts_with(&number.to_string()) => {
            message.text.push_str(&format!("; {place}"));
        }
        (Some((place, _)), None) => model.say(Kind::Info, format!("{number}: {place}")),
        _ => {}
    }
}

/// A number that was typed leads to the incident that its own one was merged into.
fn follow(model: &mut Model, number: TechRef, into: TechRef) -> Option<Vec<Effect>> {
    let Some(Layer::Incident(screen)) = model.layers.last() else {
        return None;
    };
    if screen.number != number || !screen.named {
        return None;
    }
    model.say(Kind::Info, format!("{number} was merged into {into}"));
    Some(open(model, into))
}

/// Takes in how much correspondence waits.
fn waits(model: &mut Model, mail: Correspondence) {
    if let Some(desk) = &mut model.desk {
        desk.mail = mail;
    }
}

fn on_done(model: &mut Model, tag: &Tag, done: &[Done]) -> Vec<Effect> {
    // After another step undoing means that one.
    model.taken_on.clear();
    model.hung_up.clear();
    (model.done_apart, model.last_step) = (None, None);
    let mut effects = match tag {
        Tag::Step(about, what) => {
            // A form that was opened while the desk worked on another step stays.
            model
                .layers
                .pop_if(|layer| matches!(layer, Layer::Step(dialog) if dialog.is_sent()));
            let (effects, about) = came_of(model, *about, done);
            model.last_step = Some(about).filter(|_| *what != dialog::TAKEN_BACK);
            model.say(Kind::Done, format!("{about}: {what}"));
            if let Some(Done::Resolved(same)) = done.first() {
                resolved_together(model, same);
            }
            effects
        }
        Tag::Edit(what) => {
            close_sent(model);
            model.done_apart = (!done.is_empty()).then(|| what.clone());
            match done.first() {
                Some(Done::Customer(_, code)) => {
                    model.say(Kind::Done, format!("{what} as {code}"));
                    customers::find(model, code.clone())
                }
                _ => {
                    model.say(Kind::Done, what.clone());
                    Vec::new()
                }
            }
        }
        Tag::Call(id, step) => {
            let mut stepped = done.iter().rev().filter_map(|done| match done {
                Done::Logged(number) | Done::Stepped(number) => Some(*number),
                _ => None,
            });
            model.last_step = stepped.next();
            call::done(model, *id, *step, done)
        }
    };
    let closure = done.iter().find_map(|done| match done {
        Done::Closure(id) => Some(*id),
        _ => None,
    });
    if closure.is_some() {
        model.hours.wanted = closure;
        // What reads it refreshes everything else too.
        effects.push(Effect::Ask(Request::Hours));
        return effects;
    }
    effects.extend(refresh(model));
    effects
}

/// Closes a form that the desk has answered.
fn close_sent(model: &mut Model) {
    model
        .layers
        .pop_if(|layer| matches!(layer, Layer::Edit(edit) if edit.is_sent()));
}

/// Goes on after a step of the incident `about`, and gives the incident that was changed: what became an incident of its
/// own is looked at now, and what it was merged into; where something was taken out of it again, it stays.
fn came_of(model: &mut Model, about: TechRef, done: &[Done]) -> (Vec<Effect>, TechRef) {
    let other = done.iter().find_map(|done| match done {
        Done::Stepped(number) if *number != about => Some(*number),
        _ => None,
    });
    let forks = model.current().map(|dossier| &dossier.incident.forks);
    let parts = forks.map_or(&[][..], |forks| &forks.merged_from);
    let is_part = |number| parts.iter().any(|part| part.number == number);
    let next = match (logged(done), other) {
        (Some(new), _) => Some((new, true)),
        (None, Some(part)) if is_part(part) => return (Vec::new(), part),
        (None, other) => other.map(|other| (other, false)),
    };
    match next {
        Some((number, is_new)) if model.number() == Some(about) => {
            (call::go_to(model, number, is_new), number)
        }
        Some((number, _)) => (Vec::new(), number),
        None => (Vec::new(), about),
    }
}

/// The number of an incident that is new.
fn logged(done: &[Done]) -> Option<TechRef> {
    done.iter().find_map(|done| match done {
        Done::Logged(number) => Some(*number),
        _ => None,
    })
}

fn on_refused(
    model: &mut Model,
    tag: &Tag,
    reason: String,
    now: Option<Box<Customer>>,
) -> Vec<Effect> {
    match (tag, model.layers.last_mut()) {
        (Tag::Call(id, _), _) => call::refused(model, *id, reason),
        (Tag::Step(..), Some(Layer::Bulk(_))) => {
            model.layers.pop();
            model.say(Kind::Error, reason);
        }
        // Also where it was only tried.
        (Tag::Step(..) | Tag::Edit(_), Some(Layer::Step(dialog))) if dialog.is_sent() => {
            dialog.refused(&reason);
        }
        (Tag::Edit(_), Some(Layer::Edit(edit))) if edit.is_sent() => {
            edit.refused(&reason);
            edit.learn(now);
        }
        (Tag::Step(..) | Tag::Edit(_), _) => model.say(Kind::Error, reason),
    }
    refresh(model)
}
