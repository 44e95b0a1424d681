//! The call: who it is, what they are entitled to, which incident, the number, hanging up.
//!
//! A [`Call`] is what is known of one conversation, and the stage that shows. One call runs, others wait on hold. Typing
//! in an incident without a call is the same without a timer. Stages take events and say what `Next`; what the desk
//! was asked comes back with the call's [`CallId`], so that an answer finds its call also after it was put on hold.
//!
//! | file | stage |
//! | --- | --- |
//! | `find` | one field: who rings |
//! | `customer` | nobody known: a new customer |
//! | `card` | who it is, entitlement, incidents |
//! | `issue` | a new incident |
//! | `same` | a new incident that is the same as a known fault |
//! | `taken` | the number to read out, or the incident that is continued |
//! | `wrap_up` | hanging up |
//! | `held` | calls on hold |
//! | `kept`, `outside` | a call as it is kept while it runs; what others do with it |
//! | `stages`, `answers`, `view`, `lines` | what keys do, what the desk said, how it is drawn |

mod answers;
mod card;
mod customer;
mod find;
mod held;
mod issue;
mod kept;
mod lines;
mod outside;
mod same;
mod stages;
mod taken;
mod view;
mod wrap_up;

#[cfg(test)]
mod tests;

use chrono::{DateTime, Utc};
use crossterm::event::KeyEvent;
use serde::{Deserialize, Serialize};

pub use answers::{done, failed, faults, found, known, read, refused};
pub(super) use card::{incidents, person as in_person};
pub(super) use customer::{command_under as new_customer, form as customer_form};
pub use held::Held;
pub use kept::to_keep;
pub(super) use lines::Lines;
pub use outside::{changed_outside, gone, take_on};
pub use stages::{number_typed, update};
pub(super) use view::lines_of_running;
pub use view::{cursor, footer, hints, view};

use super::forms::{Draft, Field, Form};
use super::live;
use super::model::{Layer, Model};
use super::msg::Effect;
use super::request::{CallStep, Request, Tag};
use super::widgets::message::Kind;
use crate::incident::{CallPart, Command, Contact, CustomerId, NoteKind, Step, TechRef, Timer};
use crate::store::Listed;
use card::Card;
use find::Finder;
use taken::Taken;

/// Which call of this console.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CallId(pub u64);

/// A call, or an incident that is typed in without one.
pub struct Call {
    id: CallId,
    /// Its times; none without a call.
    timer: Option<Timer>,
    /// When the agent hung up, while the wrap-up is filled in.
    ended_at: Option<DateTime<Utc>>,
    /// The number that rang, and the line.
    from: Option<String>,
    line: Option<String>,
    /// The agent who handed it over.
    handed_by: Option<String>,
    /// What was typed before a sudden end, and waits for the caller's card.
    typed: Option<Box<kept::Typed>>,
    /// What was filled in while hanging up before a sudden end.
    wrapped_up: Option<Draft>,
    stage: Stage,
    finder: Finder,
    /// The customer that was chosen and not read yet, and who is likely to be on the line.
    wanted: Option<(CustomerId, Option<Contact>)>,
    /// The incident that was named by its number and not read yet.
    opening: Option<TechRef>,
    customer: Option<Form>,
    card: Option<Card>,
    /// A new incident that is not saved yet, and whose it is.
    issue: Option<(CustomerId, Form)>,
    /// The known fault that is meant, while the known ones are read.
    meant: Option<TechRef>,
    /// Which known fault the caller has, with the faults there are.
    same: Option<(Vec<Listed>, Form)>,
    /// The incidents of the call, the current one last.
    taken: Vec<Taken>,
    wrap_up: Option<Form>,
    /// Notes that are not on the desk yet.
    notes: Vec<String>,
    /// The note that is being typed.
    note: Option<Form>,
    /// What the desk was asked for and has not answered: nothing is asked for twice.
    asked: Option<CallStep>,
    /// Why the desk refused.
    problem: Option<String>,
}

/// What shows of a call.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
enum Stage {
    /// Who rings?
    #[default]
    Find,
    /// A new customer.
    Customer,
    /// The caller's card.
    Card,
    /// A new incident.
    Issue,
    /// A new incident that is the same as a known fault.
    Same,
    /// The current incident.
    Incident,
    /// Hanging up.
    WrapUp,
}

/// What an event came to.
enum Next {
    /// The call goes on.
    Go(Vec<Effect>),
    /// The call is left on the screen; it goes on in the footer.
    Leave,
    /// The key means here what it means everywhere.
    Table(KeyEvent),
}

impl Call {
    fn new(id: CallId, timer: Option<Timer>) -> Self {
        Self {
            id,
            timer,
            ended_at: None,
            from: None,
            line: None,
            handed_by: None,
            typed: None,
            wrapped_up: None,
            stage: Stage::Find,
            finder: Finder::new(),
            wanted: None,
            opening: None,
            customer: None,
            card: None,
            issue: None,
            meant: None,
            same: None,
            taken: Vec::new(),
            wrap_up: None,
            notes: Vec::new(),
            note: None,
            asked: None,
            problem: None,
        }
    }

    /// Whether somebody is on the line, rather than an incident typed in without a call.
    pub fn is_live(&self) -> bool {
        self.timer.is_some()
    }

    /// The incident that keys mean while the call shows.
    pub fn incident(&self) -> Option<TechRef> {
        let shows = matches!(self.stage, Stage::Incident | Stage::WrapUp);
        self.taken
            .last()
            .filter(|_| shows)
            .map(|taken| taken.number)
    }

    /// Who it is, as far as that is known.
    fn who(&self) -> String {
        match &self.card {
            Some(card) => card.caller.customer.name.clone(),
            None => self.finder.typed(),
        }
    }

    /// Its length in seconds, without hold.
    fn seconds(&self, now: DateTime<Utc>) -> i64 {
        let at = self.ended_at.unwrap_or(now);
        self.timer.map_or(0, |timer| timer.seconds(at))
    }

    /// Turns to an incident, and shows it.
    fn take(&mut self, number: TechRef, is_new: bool, now: DateTime<Utc>) {
        let seconds = self.seconds(now);
        if let Some(current) = self.taken.last_mut() {
            current.before += seconds - current.since;
        }
        let known = self.taken.iter().position(|taken| taken.number == number);
        let known = known.map(|at| self.taken.remove(at));
        let since = if known.is_none() && self.taken.is_empty() {
            0
        } else {
            seconds
        };
        let new = Taken::of(CallPart {
            number,
            is_new,
            since,
            before: 0,
        });
        self.taken.push(match known {
            Some(known) => Taken { since, ..known },
            None => new,
        });
        self.stage = Stage::Incident;
    }

    /// Asks the desk for a change, unless it has not answered the last one yet.
    fn ask(
        &mut self,
        step: CallStep,
        commands: Vec<Command>,
        at: Option<DateTime<Utc>>,
    ) -> Vec<Effect> {
        if self.asked.is_some() {
            return Vec::new();
        }
        self.asked = Some(step);
        self.problem = None;
        vec![Effect::Ask(Request::Execute {
            commands,
            tag: Tag::Call(self.id, step),
            if_revision: None,
            at,
        })]
    }

    /// Sends the notes that wait to the current incident.
    fn send_notes(&mut self) -> Vec<Effect> {
        let Some(current) = self.taken.last().filter(|_| !self.notes.is_empty()) else {
            return Vec::new();
        };
        let number = current.number;
        let note = |text: &String| {
            let text = text.clone();
            let kind = NoteKind::Internal;
            Command::Step(number, Step::Note { kind, text })
        };
        let commands = self.notes.iter().map(note).collect();
        self.ask(CallStep::Notes(self.notes.len()), commands, None)
    }

    /// Goes on with a new incident of the customer on the card; what was typed for one stays.
    fn new_issue(&mut self, model: &Model) {
        let Some(card) = &self.card else {
            self.stage = Stage::Find;
            return;
        };
        let customer = card.caller.customer.id;
        self.stage = Stage::Issue;
        match &self.issue {
            Some((whose, _)) if *whose == customer => {}
            before => {
                let mut form = issue::form(card, self.is_live(), model);
                if let Some((_, before)) = before {
                    let mut draft = before.to_draft();
                    draft.retain(|name, _| !name.starts_with("caller"));
                    form.fill(&draft);
                }
                self.issue = Some((customer, form));
            }
        }
    }
}

/// Shows the call.
fn show(model: &mut Model) {
    model.layers.retain(|layer| !matches!(layer, Layer::Call));
    model.layers.push(Layer::Call);
}

/// The work goes on with another incident, which came of the one that was worked on or goes on in its place: a call that
/// shows goes on with it, and times it on its own.
pub fn go_to(model: &mut Model, number: TechRef, is_new: bool) -> Vec<Effect> {
    let now = model.now;
    match (&mut model.call, model.layers.last()) {
        (Some(call), Some(Layer::Call)) => {
            call.take(number, is_new, now);
            Vec::new()
        }
        _ => super::update::open(model, number),
    }
}

/// Takes the call off the screen.
fn hide(model: &mut Model) {
    model.layers.retain(|layer| !matches!(layer, Layer::Call));
}

/// A number that no other call of this console has.
pub fn next_place(model: &mut Model) -> CallId {
    model.held.begun += 1;
    CallId(model.held.begun)
}

fn start(model: &mut Model, timer: Option<Timer>) {
    model.call = Some(Call::new(next_place(model), timer));
    show(model);
}

/// A call begins; one that runs is shown again.
pub fn begin(model: &mut Model) -> Vec<Effect> {
    if model.call.as_ref().is_some_and(Call::is_live) {
        show(model);
        return super::update::look_at_selected(model);
    }
    // What is typed in without a call waits: the telephone comes first.
    model.held.calls.extend(model.call.take());
    let timer = Timer::begin(model.now);
    start(model, Some(timer));
    Vec::new()
}

/// A new incident: of the caller while a call runs, else one without a call.
pub fn without(model: &mut Model) -> Vec<Effect> {
    match model.call.take() {
        Some(mut call) => {
            if call.is_live() && call.stage != Stage::WrapUp {
                call.new_issue(model);
            }
            model.call = Some(call);
            show(model);
        }
        None => start(model, None),
    }
    Vec::new()
}

/// Whether a call runs whose caller is known, and which is not about the incident that shows.
pub fn has_caller(model: &Model) -> bool {
    let shows_incident = matches!(model.layers.last(), Some(Layer::Call))
        && model
            .call
            .as_ref()
            .is_some_and(|call| call.incident().is_some());
    let call = model.call.as_ref();
    call.is_some_and(|call| call.is_live() && call.card.is_some()) && !shows_incident
}

/// The caller has a fault that is known: the selected incident where that stands for one, else one of those there are.
pub fn same_as(model: &mut Model) -> Vec<Effect> {
    let shown = match model.layers.last() {
        Some(Layer::Call) => None,
        _ => model.number(),
    };
    let Some(call) = &mut model.call else {
        return Vec::new();
    };
    let card = call.card.as_ref();
    let meant = shown.or_else(|| Some(card?.selected()?.number));
    call.stage = Stage::Same;
    call.meant = meant;
    call.same = None;
    show(model);
    vec![Effect::Ask(Request::Faults)]
}

/// Puts the call on hold; without one, takes one back.
pub fn hold(model: &mut Model) -> Vec<Effect> {
    let now = model.now;
    if let Some(mut call) = model.call.take() {
        let live = call.is_live();
        if let Some(timer) = &mut call.timer {
            timer.hold(now);
        }
        // Who has just been parked is the last that one wants back.
        model.held.calls.push(call);
        hide(model);
        if live {
            let words = "on hold: c takes another call, H takes this one back";
            model.say(Kind::Info, words);
            return super::update::look_at_selected(model);
        }
    }
    match model.held.calls.len() {
        0 => {
            live::offer_again(model);
            Vec::new()
        }
        1 => take_back(model, 0),
        _ => {
            model.held.at = 0;
            show(model);
            Vec::new()
        }
    }
}

/// Takes the call at `at` back.
fn take_back(model: &mut Model, at: usize) -> Vec<Effect> {
    if at >= model.held.calls.len() {
        return Vec::new();
    }
    let mut call = model.held.calls.remove(at);
    if let Some(timer) = &mut call.timer {
        timer.take_back(model.now);
    }
    model.call = Some(call);
    show(model);
    let mut effects = super::update::look_at_selected(model);
    effects.extend(refresh(model));
    effects
}

/// Hangs up: asks what is still missing.
pub fn hang_up(model: &mut Model) -> Vec<Effect> {
    let (now, zone) = (model.now, model.zone);
    let Some(call) = &mut model.call else {
        return Vec::new();
    };
    if call.asked.is_some() {
        call.problem = Some("the desk is still saving: press x once more".to_owned());
    } else if call.stage != Stage::WrapUp {
        call.ended_at.get_or_insert(now);
        let mut form = wrap_up::form(&call.taken, now, zone);
        let before = call.wrap_up.as_ref().map(Form::to_draft);
        if let Some(before) = before.or(call.wrapped_up.take()) {
            form.fill(&before);
        }
        call.wrap_up = Some(form);
        call.stage = Stage::WrapUp;
    }
    show(model);
    super::update::look_at_selected(model)
}

/// Reads again what the call shows.
pub fn refresh(model: &Model) -> Vec<Effect> {
    let card = model.call.as_ref().and_then(|call| call.card.as_ref());
    card.map(|card| Effect::Ask(Request::Caller(card.caller.customer.id)))
        .into_iter()
        .collect()
}

/// Why the console should not be left now, if it should not.
pub fn why_stay(model: &Model) -> Option<String> {
    if model.call.as_ref().is_some_and(Call::is_live) {
        return Some("a call is running: hang up with x first, then quit".to_owned());
    }
    let waiting = model.call.iter().chain(&model.held.calls).next()?;
    Some(if waiting.is_live() {
        "a call is on hold: take it back with H and hang up with x, then quit".to_owned()
    } else {
        "a new incident is not saved: n shows it, Ctrl-D saves it, Esc in an empty field drops it"
            .to_owned()
    })
}

/// The line in which a note is typed.
fn note_form() -> Form {
    Form::new(vec![Field::text("note", "Note")])
}
