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
//! | `ring` | ringing the customer up: whom, before the timer runs |
//! | `taken` | the number to read out, or the incident that is continued |
//! | `wrap_up` | hanging up |
//! | `charges`, `struck` | what the call has of each incident, and one that it was not about after all |
//! | `held` | calls on hold |
//! | `kept`, `outside` | a call as it is kept while it runs; what others do with it |
//! | `turns` | a call begins, is put on hold, taken back, hung up |
//! | `stages`, `answers`, `view`, `lines` | what keys do, what the desk said, how it is drawn |

mod answers;
mod card;
mod charges;
mod customer;
mod find;
mod held;
mod issue;
mod kept;
mod lines;
mod outside;
mod ring;
mod same;
mod stages;
mod struck;
mod taken;
mod turns;
mod typed;
mod view;
mod wrap_up;

#[cfg(test)]
mod tests;

use chrono::{DateTime, Utc};
use crossterm::event::KeyEvent;
use serde::{Deserialize, Serialize};

pub use answers::{done, failed, faults, found, known, likely, read, refused};
pub(super) use card::{incidents, person as in_person};
pub(super) use customer::{
    command_under as new_customer, form as customer_form, looks_for, offer as offer_likely, taken,
    told,
};
pub(super) use find::{ALIKE, ALIKE_LEGEND};
pub use held::Held;
pub use kept::to_keep;
pub(super) use lines::Lines;
pub use outside::{changed_outside, gone, take_on};
pub use stages::{number_typed, update};
pub use turns::{
    begin, current_in_words, current_place, go_to, hang_up, has_caller, hold, next_place,
    only_typed_in, refresh, ring_up, same_as, talks, why_stay, without,
};
pub(super) use view::lines_of_running;
pub use view::{cursor, footer, hints, view};

use super::forms::{Draft, Field, Form};
use super::model::{Layer, Model};
use super::msg::Effect;
use super::request::{CallStep, Request, Tag};
use crate::incident::{
    CallPart, Command, Contact, Customer, CustomerId, NoteKind, Step, TechRef, Timer, Way, turn,
    without_cards,
};
use crate::store::{CallerCard, Listed};
use card::Card;
use find::Finder;
use taken::Taken;
use turns::{hide, show, take_back};

/// Which call of this console.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CallId(pub u64);

/// A call, or an incident that is typed in without one.
pub struct Call {
    pub(super) id: CallId,
    /// Whether they rang, or we did.
    way: Way,
    /// Its times; none without a call.
    timer: Option<Timer>,
    /// When the agent hung up, while the wrap-up is filled in.
    ended_at: Option<DateTime<Utc>>,
    /// The agent has hung up and done nothing else since: perhaps too early, and is still talking.
    may_go_on: bool,
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
    /// What was typed in without a call is dropped when the key is pressed once more.
    drops: bool,
    /// The customer that was chosen and not read yet, and who is likely to be on the line.
    wanted: Option<(CustomerId, Option<Contact>)>,
    /// The incident that was named by its number and not read yet.
    opening: Option<TechRef>,
    /// The incident whose customer is rung up, and was not read yet.
    opening_card: Option<TechRef>,
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
    /// What saving the wrap-up costs was told, and saving once more does it.
    told: bool,
    /// What it is recorded on, and at what cost, while the desk saves it.
    recorded: Vec<String>,
    /// What showed before hanging up, for an agent who is still talking.
    before_wrap_up: Stage,
    /// A new incident is finished after the call has ended.
    finishing: bool,
    /// The call that we are about to make.
    ring: Option<ring::Ring>,
    /// Notes that are not on the desk yet.
    notes: Vec<String>,
    /// The note that is being typed.
    note: Option<Form>,
    /// A note that was begun and left.
    note_begun: String,
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
    /// About to ring the customer up.
    Ring,
}

/// What an event came to.
enum Next {
    /// The call goes on.
    Go(Vec<Effect>),
    /// The call is left on the screen; it goes on in the footer.
    Leave,
    /// What is missing of a call that has ended is asked for again.
    WrapUp,
    /// The key means here what it means everywhere.
    Table(KeyEvent),
}

impl Call {
    fn new(id: CallId, way: Way, timer: Option<Timer>) -> Self {
        Self {
            id,
            way,
            timer,
            ended_at: None,
            may_go_on: false,
            from: None,
            line: None,
            handed_by: None,
            typed: None,
            wrapped_up: None,
            stage: Stage::Find,
            finder: Finder::new(),
            drops: false,
            wanted: None,
            opening: None,
            opening_card: None,
            customer: None,
            card: None,
            issue: None,
            meant: None,
            same: None,
            taken: Vec::new(),
            wrap_up: None,
            told: false,
            recorded: Vec::new(),
            before_wrap_up: Stage::Find,
            finishing: false,
            ring: None,
            notes: Vec::new(),
            note: None,
            note_begun: String::new(),
            asked: None,
            problem: None,
        }
    }

    /// Whether somebody is on the line, rather than an incident typed in without a call.
    pub fn is_live(&self) -> bool {
        self.timer.is_some()
    }

    /// Whether letters are text at this stage.
    fn takes_text(&self) -> bool {
        !matches!(self.stage, Stage::Card | Stage::Incident) || self.note.is_some()
    }

    /// The incident that keys mean while the call shows: on the caller's card the marked one.
    pub fn incident(&self) -> Option<TechRef> {
        match self.stage {
            Stage::Ring => self.ring.as_ref().map(|ring| ring.number),
            Stage::Card => Some(self.card.as_ref()?.selected()?.number),
            Stage::Incident | Stage::WrapUp => self.taken.last().map(|taken| taken.number),
            Stage::Find | Stage::Customer | Stage::Issue | Stage::Same => None,
        }
    }

    /// Whether it is about the incident that shows.
    fn is_on_incident(&self) -> bool {
        matches!(self.stage, Stage::Ring | Stage::Incident | Stage::WrapUp)
    }

    /// Whether nothing of what was typed in without a call still waits to be saved.
    fn is_done(&self) -> bool {
        let unsaved = self.issue.is_some() || self.same.is_some() || self.customer.is_some();
        let begun = !self.finder.typed().is_empty() && self.taken.is_empty();
        !self.is_live() && !unsaved && !begun && self.notes.is_empty()
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
        let mut parts: Vec<CallPart> = self.taken.iter().map(CallPart::from).collect();
        turn(&mut parts, number, is_new, self.seconds(now));
        let mut before = std::mem::take(&mut self.taken);
        let taken = parts.into_iter().map(|part| {
            let known = before.iter().position(|taken| taken.number == part.number);
            match known.map(|at| before.swap_remove(at)) {
                Some(known) => Taken {
                    since: part.since,
                    before: part.before,
                    ..known
                },
                None => Taken::of(part),
            }
        });
        self.taken = taken.collect();
        self.stage = Stage::Incident;
        if let Some(card) = &mut self.card {
            card.turn_to(number);
        }
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

    /// What was typed besides the incidents of the call, and is not on the desk.
    fn besides(&self) -> wrap_up::Besides {
        let unsaved = self.issue.as_ref().and_then(|(_, form)| issue::begun(form));
        let unknown = match &self.card {
            Some(_) => None,
            None => {
                let form = self.customer.iter().flat_map(customer::told);
                let told: Vec<String> = match self.customer {
                    Some(_) => form.collect(),
                    None => vec![self.finder.typed()],
                };
                let from = self.from.iter().filter(|from| !told.contains(from));
                let told: Vec<&str> = told.iter().chain(from).map(String::as_str).collect();
                let told = told.into_iter().filter(|words| !words.is_empty());
                let told: Vec<&str> = told.collect();
                // No field of the wrap-up holds it: a card's number in it is masked, as in what comes from outside.
                (!told.is_empty()).then(|| without_cards(&told.join(", ")).into_owned())
            }
        };
        let nobody = self.customer.is_none() && kept::running(self).is_nobodys();
        wrap_up::Besides {
            unsaved,
            unknown,
            nobody,
        }
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
                if let Some(draft) = model.drafts.get(&card.draft()) {
                    form.fill(draft);
                }
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

/// The caller's card, while it shows.
pub fn on_card(model: &Model) -> Option<&CallerCard> {
    let shows = matches!(model.layers.last(), Some(Layer::Call));
    let call = model
        .call
        .as_ref()
        .filter(|call| shows && call.stage == Stage::Card);
    call?.caller()
}

/// Whose call shows, as far as that is known, and the incident that it is about.
pub fn on_line(model: &Model) -> Option<(&Customer, Option<TechRef>)> {
    let shows = matches!(model.layers.last(), Some(Layer::Call));
    let call = model.call.as_ref().filter(|_| shows)?;
    let about = call
        .incident()
        .or(call.taken.last().map(|taken| taken.number));
    Some((&call.caller()?.customer, about))
}

/// A person is being added to the customer on the card: who is new there is on the line.
pub fn expect_person(model: &mut Model) {
    if on_card(model).is_some()
        && let Some(card) = model.call.as_mut().and_then(|call| call.card.as_mut())
    {
        card.expects = true;
    }
}

/// Whether letters are text at the stage that shows.
pub fn takes_text(model: &Model) -> bool {
    model.call.as_ref().is_some_and(Call::takes_text)
}

/// What the stage that shows is called.
pub fn stage_title(model: &Model) -> &'static str {
    let Some(call) = &model.call else {
        return "on hold";
    };
    if call.note.is_some() {
        return "a note";
    }
    match call.stage {
        Stage::Find => "who rings",
        Stage::Customer => "a new customer",
        Stage::Card => "the caller",
        Stage::Issue => "a new incident",
        Stage::Same => "the same fault",
        Stage::Incident => "the incident",
        Stage::WrapUp => "hanging up",
        Stage::Ring => "to be rung up",
    }
}

/// The line in which a note is typed, with what was begun.
fn note_form(begun: &str) -> Form {
    Form::new(vec![Field::text("note", "Note").holding(begun)])
}
