//! Read ahead: the incidents that the next key will most likely select are read while the agent looks at this one, so that
//! its frame shows all of it. Every answer that may follow a change drops them: the desk's thread tells what it read and
//! what was changed in order. What was read a while ago shows at once, and is read again behind that frame.

use chrono::{DateTime, TimeDelta, Utc};

use super::model::Model;
use super::msg::Msg;
use super::request::{Answer, Request};
use super::screens::screen::Screen;
use crate::incident::TechRef;
use crate::store::Dossier;

#[cfg(test)]
mod tests;

/// So many rows in the way of the last key are read at once: then the next keys ask for nothing.
const FAR: isize = 4;
/// So many are kept: those around the selected one, and those that the last keys have passed.
const KEPT: usize = 8;
/// What was read longer ago is read again once it shows.
const FRESH: TimeDelta = TimeDelta::seconds(1);

/// What was read ahead.
#[derive(Default)]
pub struct Ahead {
    /// The incidents, each with when it was read; the newest last.
    read: Vec<(Box<Dossier>, DateTime<Utc>)>,
    /// Those that were asked for last.
    asked: Vec<TechRef>,
    /// By how many rows the last key moved.
    pub step: isize,
    /// When the incident that shows was read.
    since: Option<DateTime<Utc>>,
    /// What shows was read a while ago, and not asked for again.
    old: bool,
}

impl Ahead {
    /// Drops everything, also what shows once it does no more.
    pub fn forget(&mut self) {
        self.read.clear();
        self.asked.clear();
        self.since = None;
    }

    /// Takes in what was read at `now`.
    pub fn take(&mut self, read: Vec<Dossier>, now: DateTime<Utc>) {
        for dossier in read {
            self.keep(Box::new(dossier), now);
        }
    }

    /// An incident shows that was read at `read_at`; `before` is the one that showed until now.
    pub fn shows(&mut self, number: TechRef, read_at: DateTime<Utc>, before: Option<Box<Dossier>>) {
        self.drop_one(number);
        self.old = false;
        let since = self.since.replace(read_at);
        let before = before.filter(|before| before.incident.tech_ref != number);
        if let (Some(before), Some(since)) = (before, since) {
            self.keep(before, since);
        }
    }

    fn keep(&mut self, dossier: Box<Dossier>, read_at: DateTime<Utc>) {
        self.drop_one(dossier.incident.tech_ref);
        self.read.push((dossier, read_at));
        let surplus = self.read.len().saturating_sub(KEPT);
        self.read.drain(..surplus);
    }

    fn drop_one(&mut self, number: TechRef) {
        self.read
            .retain(|(kept, _)| kept.incident.tech_ref != number);
    }

    fn has(&self, number: TechRef, revision: u32) -> bool {
        self.read.iter().any(|(kept, _)| is(kept, number, revision))
    }
}

fn is(dossier: &Dossier, number: TechRef, revision: u32) -> bool {
    let incident = &dossier.incident;
    (incident.tech_ref, incident.revision) == (number, revision)
}

/// Whether the queue shows, and nothing over it.
fn shows_queue(model: &Model) -> bool {
    model.screen == Screen::Queue && model.layers.is_empty()
}

/// The selected incident, if it was read ahead as its row is now; and when it was.
pub(super) fn in_hand(model: &mut Model) -> Option<(Box<Dossier>, DateTime<Utc>)> {
    let row = model.queue.selected().filter(|_| shows_queue(model))?;
    let (number, revision) = (row.number, row.revision);
    let mut read = model.ahead.read.iter();
    let at = read.position(|(kept, _)| is(kept, number, revision))?;
    Some(model.ahead.read.remove(at))
}

/// The selected incident shows, as it was read at `read_at`.
pub(super) fn showed(model: &mut Model, read_at: DateTime<Utc>) {
    model.ahead.since = Some(read_at);
    model.ahead.old = model.now - read_at > FRESH;
}

/// What is to be read now that everything is drawn: what shows, if that is old, and where the next key most likely leads.
pub(super) fn wanted(model: &mut Model) -> Vec<Request> {
    let mut wanted = Vec::new();
    if !shows_queue(model) || model.hurries {
        return wanted;
    }
    let Some(current) = model.current().map(|dossier| dossier.incident.tech_ref) else {
        return wanted;
    };
    if std::mem::take(&mut model.ahead.old) {
        wanted.push(Request::Dossier(current));
    }
    let (queue, ahead) = (&model.queue, &model.ahead);
    let missing = |rows: isize| {
        let row = queue.rows.get(queue.at.checked_add_signed(rows)?)?;
        (row.number != current && !ahead.has(row.number, row.revision)).then_some(row.number)
    };
    let next = [ahead.step, 1, -1].into_iter().filter_map(missing);
    let next: Vec<TechRef> = next.collect();
    if next.iter().all(|number| ahead.asked.contains(number)) {
        return wanted;
    }
    let further = (2..=FAR).filter_map(|times| missing(ahead.step.checked_mul(times)?));
    let mut all: Vec<TechRef> = Vec::new();
    for number in next.iter().copied().chain(further) {
        if !all.contains(&number) {
            all.push(number);
        }
    }
    model.ahead.asked.clone_from(&all);
    wanted.push(Request::Ahead(all));
    wanted
}

/// Whether what came changes nothing that shows.
pub(super) fn is_unseen(msg: &Msg) -> bool {
    matches!(msg, Msg::Answer(Answer::Ahead(_)) | Msg::Shown)
}

/// Whether an answer leaves what was read ahead as it is: it only read, in the order in which things happened.
pub(super) fn outlasts(answer: &Answer) -> bool {
    matches!(
        answer,
        Answer::Dossier(_)
            | Answer::Ahead(_)
            | Answer::Queue(_)
            | Answer::Live(_)
            | Answer::Kept(_)
            | Answer::Alarms(_)
    )
}
