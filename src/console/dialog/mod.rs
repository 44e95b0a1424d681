//! Forms for the steps of an incident: what each asks, what it says beforehand, and the step that it makes.
//!
//! A file here is one form, or a few alike, and gives a `Sheet`: fields with their defaults, the command that they make,
//! and what is said beneath them. What a step would do is never told twice: `foreseen` has it decided by the rules and
//! puts the outcome into words.

mod accept;
mod assign;
mod done;
mod edit;
mod emergency;
mod ends;
mod escalate;
mod foreseen;
mod link;
mod merge;
mod message;
mod note;
mod pay;
mod preview;
mod promise;
mod resolve;
mod respond;
mod resume;
mod schedule;
mod severity;
mod sheet;
mod split;
mod undo;
mod view;

#[cfg(test)]
mod tests;

use std::rc::Rc;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::actions::Action;
use super::bulk::Item;
use super::forms::Form;
use super::model::{Layer, Model};
use super::request::{Owner, Request, Tag};
use crate::incident::{
    Command, Dated, NoteKind, State, Step, TechRef, Wording, acting_in_words, describe_in,
    money_moved,
};
use crate::store::Dossier;
pub use accept::{has_a_choice, today as day_of};
pub use done::TAKEN_BACK;
pub use preview::whole as as_text;
use sheet::{Seen, Sheet};
pub use undo::why_no_undo;
pub use view::{cursor, view};

/// A form for a step of an incident.
pub struct Dialog {
    /// The form.
    pub form: Form,
    /// Why it could not be saved.
    pub problem: Option<String>,
    /// What saving would do, once that was told: then saving once more does it.
    pub foreseen: Option<String>,
    number: TechRef,
    /// What it was opened for.
    action: Action,
    /// The revision that it was opened on.
    opened_on: u32,
    /// The newest revision that the agent was shown.
    revision: u32,
    /// The revision that its fields have met.
    met_at: u32,
    /// What somebody changed since the form was opened.
    changed: Option<String>,
    /// Every incident that it is for, where it is for all that are marked.
    among: Vec<TechRef>,
    /// The desk was asked, and has not answered yet.
    sent: bool,
    sheet: Sheet,
}

impl Dialog {
    /// The incident that it is about.
    pub fn number(&self) -> TechRef {
        self.number
    }

    /// What it is for and about: what was typed is kept under this name.
    pub fn name(&self) -> String {
        format!("{} {}", self.sheet.title, self.number)
    }

    /// Whether the desk was asked for what the form makes, and has not answered yet.
    pub fn is_sent(&self) -> bool {
        self.sent
    }

    /// The request that the form makes at `now`.
    ///
    /// # Errors
    /// When something in it cannot be read, or it is being saved already.
    pub fn request(&mut self, now: DateTime<Utc>) -> Result<Request, String> {
        if self.sent {
            return Err("it is being saved: wait for the answer".to_owned());
        }
        if !self.among.is_empty() {
            return self.bulk(now);
        }
        let command = (self.sheet.make)(self.number, &self.form, now)?;
        self.sent = true;
        if matches!(command, Command::ResolveSame(..)) && self.foreseen.is_none() {
            return Ok(Request::Rehearse(vec![command]));
        }
        // What is taken out of this one is another incident, which was not shown.
        let shown = !matches!(command, Command::Unmerge(part) if part != self.number);
        Ok(Request::Execute {
            tag: Tag::Step(self.number, done::words(&command)),
            commands: vec![command],
            if_revision: shown.then_some(self.revision),
            at: None,
        })
    }

    /// The same for every incident that is marked: what would become of each is asked first.
    fn bulk(&mut self, now: DateTime<Utc>) -> Result<Request, String> {
        let item = |number: &TechRef| {
            Ok(Item {
                number: *number,
                command: (self.sheet.make)(*number, &self.form, now)?,
                if_revision: None,
            })
        };
        let items: Result<Vec<Item>, String> = self.among.iter().map(item).collect();
        let items = items?;
        self.sent = true;
        Ok(Request::Bulk {
            what: items
                .first()
                .map_or("done", |item| done::words(&item.command)),
            items,
            keep: false,
        })
    }

    /// The desk has answered; the form goes on.
    pub fn answered(&mut self) {
        self.sent = false;
    }

    /// Takes in what saving would do.
    pub fn foresee(&mut self, words: &str) {
        self.sent = false;
        self.foreseen = Some(words.to_owned());
    }

    /// Whether saving takes money or a unit, gives money back or gives it up, or lets what was paid pay for something else.
    /// For all that are marked that is told of each anyway.
    pub fn moves_money(&self, model: &Model) -> bool {
        let command = (self.sheet.make)(self.number, &self.form, model.now);
        let covers = matches!(command, Ok(Command::Step(_, Step::Cover { .. })));
        let events = || self.events(model).into_iter();
        let moves = || events().any(|(_, event)| money_moved(&event).is_some());
        self.among.is_empty() && (covers || moves())
    }

    /// What saving the form now would record.
    fn events(&self, model: &Model) -> Vec<Dated> {
        let Some(dossier) = model.current() else {
            return Vec::new();
        };
        let seen = Seen {
            model,
            dossier,
            kin: &self.sheet.kin,
            owners: self.sheet.owners(),
        };
        foreseen::events(&self.sheet, &self.form, &seen).unwrap_or_default()
    }

    /// The message that saving the form now would put into the outbox.
    pub fn message(&self, model: &Model) -> Option<Wording> {
        preview::message(&self.events(model)).map(|message| message.wording.clone())
    }

    /// The same as a text to read.
    pub fn message_in_full(&self, model: &Model) -> Option<String> {
        self.message(model).map(|wording| preview::whole(&wording))
    }

    /// The desk refused: what was typed stays, and may be sent again.
    pub fn refused(&mut self, reason: &str) {
        self.sent = false;
        self.problem = self.form.refuse(reason);
    }

    /// What customers are to be looked for now, whose the incident might be instead.
    pub fn looks_for(&mut self) -> Option<String> {
        self.sheet.owners.as_mut()?.looks_for(&mut self.form)
    }

    /// Offers the customers that were found for what was typed.
    pub fn offer(&mut self, typed: &str, found: Vec<Owner>) {
        if let Some(owners) = &mut self.sheet.owners {
            owners.offer(typed, found, &mut self.form);
        }
    }

    /// The incident was read again. What somebody else did meanwhile is shown from now on, with its time in `zone`, and is
    /// no reason to refuse any more.
    pub fn read_again(&mut self, dossier: &Dossier, zone: Tz) {
        let incident = &dossier.incident;
        if incident.tech_ref != self.number || incident.revision == self.revision {
            return;
        }
        self.revision = incident.revision;
        self.changed = since(dossier, self.opened_on, zone);
    }
}

/// The incident of the form on top was read again: what its fields begin with is as that stands now, and where somebody
/// else changed what the agent has filled in too, the field says what it is now.
pub fn meet(model: &mut Model) {
    let Some(Layer::Step(dialog)) = model.layers.last() else {
        return;
    };
    let changed = dialog.changed.is_some() && dialog.met_at < dialog.revision;
    let alone =
        dialog.among.is_empty() && !wants_kin(dialog.action) && !wants_faults(dialog.action);
    let is_newest = model
        .current()
        .is_some_and(|dossier| dossier.incident.revision == dialog.revision);
    if !(changed && alone && is_newest) {
        return;
    }
    // What cannot be opened any more is refused when it is saved.
    let fresh = open(dialog.action, model);
    if let (Ok(fresh), Some(Layer::Step(dialog))) = (fresh, model.layers.last_mut()) {
        dialog.met_at = dialog.revision;
        dialog.form.meet(&fresh.form);
    }
}

/// What happened to an incident since a revision, by whom and when.
fn since(dossier: &Dossier, revision: u32, zone: Tz) -> Option<String> {
    let own = dossier.timeline.iter();
    let own = own.filter(|entry| !entry.event.is_of_the_desk());
    let mut words = String::new();
    let mut before = String::new();
    for entry in own.skip(usize::try_from(revision).unwrap_or(usize::MAX)) {
        let at = entry.recorded_at.with_timezone(&zone).format("%H:%M");
        let who = format!("by {} at {at}", acting_in_words(&entry.agent));
        let link = match words.as_str() {
            "" => format!("Changed meanwhile {who}: "),
            _ if who == before => "; ".to_owned(),
            _ => format!("; {who}: "),
        };
        words += &link;
        words += &describe_in(&entry.event, zone);
        before = who;
    }
    (!words.is_empty()).then_some(words)
}

/// Whether the form for an action is about another incident of the customer's too, which is read first.
pub fn wants_kin(action: Action) -> bool {
    matches!(action, Action::Merge | Action::Link)
}

/// Whether the form for an action needs the known faults, which are read first.
pub fn wants_faults(action: Action) -> bool {
    action == Action::Same
}

/// The form for an action on the current incident.
///
/// # Errors
/// Why the action is not possible now.
pub fn open(action: Action, model: &Model) -> Result<Dialog, String> {
    if let Some(reason) = action.why_not(model) {
        return Err(reason);
    }
    let Some(dossier) = model.current() else {
        return Err("the incident was not read yet: press the key again".to_owned());
    };
    let number = dossier.incident.tech_ref;
    let among = match model.is_bulk() {
        true => model.queue.marked.clone(),
        false => Vec::new(),
    };
    let kin = model.kin.as_ref().filter(|(of, _)| *of == number);
    let kin = kin.map_or_else(Default::default, |(_, kin)| Rc::clone(kin));
    let seen = Seen {
        model,
        dossier,
        kin: &kin,
        owners: &[],
    };
    let (sheet, form) = match action {
        Action::Accept => accept::sheet(&seen),
        Action::Assign => assign::sheet(&seen),
        Action::Respond => respond::respond(&seen),
        Action::Wait if dossier.incident.state == State::Waiting => resume::sheet(),
        Action::Wait => respond::wait(&seen),
        Action::Severity => severity::sheet(&seen),
        Action::Estimate => promise::sheet(&seen),
        Action::Decline => ends::decline(&seen),
        Action::Pay => pay::sheet(&seen),
        Action::Escalate => escalate::sheet(&seen),
        Action::Resolve => resolve::sheet(&seen),
        Action::Close => ends::close(&seen),
        Action::Reopen => ends::reopen(&seen),
        Action::Note => note::sheet(&seen, NoteKind::default()),
        Action::Conduct => note::sheet(&seen, NoteKind::Conduct),
        Action::Emergency => emergency::sheet(&seen),
        Action::Edit => edit::sheet(&seen),
        Action::Split => split::sheet(&seen),
        Action::Merge => merge::merge(&seen)?,
        Action::Undo => undo::sheet(),
        Action::Link => link::link(&seen),
        Action::Same => link::same(&seen, model.faults.as_deref().unwrap_or_default())?,
        Action::Change => message::sheet(&seen)?,
        Action::Schedule => schedule::sheet(&seen),
        _ => return Err("that is done without a form".to_owned()),
    };
    Ok(Dialog {
        form,
        problem: None,
        foreseen: None,
        number,
        action,
        opened_on: dossier.incident.revision,
        revision: dossier.incident.revision,
        met_at: dossier.incident.revision,
        changed: None,
        among,
        sent: false,
        sheet,
    })
}
