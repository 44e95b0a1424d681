//! The same step on every incident that is marked: what would become of each is shown before it is done, and afterwards
//! which were refused, and why. Those stay marked.

mod agreed;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use crossterm::event::{Event, KeyCode, KeyModifiers};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::look::Look;
use super::model::{Layer, Model};
use super::msg::Effect;
use super::request::Request;
use super::screens::reading::Reading;
use super::theme::Role;
use super::update;
use super::view::boxed;
use super::widgets::message::Kind;
use crate::incident::{Command, Incident, MessageState, Outgoing, TechRef, day_and_time};
use crate::text;
pub use agreed::with_its_own;

/// The most columns that the account of them takes.
const WIDEST: u16 = 110;
/// Columns of a customer's name.
const NAME: usize = 22;

/// What is said of steps that are taken back.
const UNDONE: &str = "the last step is taken back";

/// One incident, and what is to be done with it.
#[derive(Debug, Clone)]
pub struct Item {
    /// Its number.
    pub number: TechRef,
    /// The command.
    pub command: Command,
    /// The revision that the agent was shown; any before that.
    pub if_revision: Option<u32>,
}

/// What became of one of them, or would.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// What was to be done, with the revision that it was tried on.
    pub item: Item,
    /// The customer's name.
    pub customer: String,
    /// What became of it in words, or why it was refused.
    pub result: Result<Change, String>,
}

/// What a step does to an incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// In words.
    pub words: String,
    /// It is late by it.
    pub late: bool,
    /// There is something new on record.
    pub recorded: bool,
}

impl Change {
    /// What lies between an incident `before` and `after`, looked at at `now`, instants in `zone`.
    pub fn between(before: &Incident, after: &Incident, now: DateTime<Utc>, zone: Tz) -> Self {
        let due = |incident: &Incident| incident.next_clock().map(|clock| clock.due_at);
        let is_late = |incident: &Incident| due(incident).is_some_and(|at| at < now);
        let instant = |at: Option<DateTime<Utc>>| {
            at.map_or_else(|| "none".to_owned(), |at| day_and_time(at, now, zone))
        };
        let mut words = Vec::new();
        let mut differs = |name: &str, before: &str, after: &str| {
            if before != after {
                words.push(format!("{name} {before} -> {after}"));
            }
        };
        differs("state", before.state.said(), after.state.said());
        let nobody = |agent: &Option<String>| agent.clone().unwrap_or_else(|| "nobody".to_owned());
        differs("agent", &nobody(&before.assignee), &nobody(&after.assignee));
        let none = |word: &Option<String>| word.clone().unwrap_or_else(|| "none".to_owned());
        let (agreed, now_agreed) = (&before.severity.agreed, &after.severity.agreed);
        let with = after.severity.agreed_with.as_ref();
        let with = with.filter(|_| before.severity != after.severity);
        let with = with.map_or_else(String::new, |name| format!(", agreed with {name}"));
        differs("severity", &none(agreed), &(none(now_agreed) + &with));
        differs("due", &instant(due(before)), &instant(due(after)));
        let mails = after.messages.len().saturating_sub(before.messages.len());
        words.extend((mails > 0).then(|| format!("{} queued", messages(mails))));
        let dropped = unsent(before).saturating_sub(unsent(after));
        words.extend((dropped > 0).then(|| format!("{} dropped, never sent", messages(dropped))));
        let recorded = before.revision != after.revision;
        if words.is_empty() {
            let word = match recorded {
                true => "is recorded",
                false => "is so already",
            };
            words.push(word.to_owned());
        }
        Self {
            words: words.join("; "),
            late: is_late(after) && !is_late(before),
            recorded,
        }
    }
}

/// So many messages to the customer.
fn messages(count: usize) -> String {
    match count {
        1 => "1 message to the customer".to_owned(),
        count => format!("{count} messages to the customer"),
    }
}

/// How many messages wait to be sent.
fn unsent(incident: &Incident) -> usize {
    let waiting = |message: &&Outgoing| message.state == MessageState::Queued;
    incident.messages.iter().filter(waiting).count()
}

/// What would become of each, until the agent says yes.
pub struct Bulk {
    what: &'static str,
    outcomes: Vec<Outcome>,
    first: usize,
    /// How many lines fit.
    room: usize,
    sent: bool,
}

impl Bulk {
    fn possible(&self) -> usize {
        let outcomes = self.outcomes.iter();
        outcomes.filter(|outcome| outcome.result.is_ok()).count()
    }

    /// How many can be done, and how many are so already.
    fn head(&self) -> (String, Role) {
        let outcomes = self.outcomes.iter();
        let changes = outcomes.filter_map(|outcome| outcome.result.as_ref().ok());
        let changed = changes.filter(|change| change.recorded).count();
        let same = match self.possible() - changed {
            0 => String::new(),
            1 => " 1 is so already.".to_owned(),
            same => format!(" {same} are so already."),
        };
        match changed {
            0 if same.is_empty() => ("None of them can be done.".to_owned(), Role::Bad),
            0 => (format!("None of them would change.{same}"), Role::Title),
            _ => {
                let all = self.outcomes.len();
                (
                    format!("{changed} of {all} can be done.{same}"),
                    Role::Title,
                )
            }
        }
    }

    /// What is shown: first how many, then each.
    fn lines(&self, width: usize) -> Vec<(String, Role)> {
        let late = |outcome: &&Outcome| outcome.result.as_ref().is_ok_and(|change| change.late);
        let late = self.outcomes.iter().filter(late).count();
        let mut lines = vec![self.head()];
        if late > 0 {
            lines.push((format!("{late} would be missed by it."), Role::Missed));
        }
        lines.push((String::new(), Role::Text));
        for outcome in &self.outcomes {
            let (words, role) = match &outcome.result {
                Ok(change) if change.late => (&change.words, Role::Missed),
                Ok(change) => (&change.words, Role::Text),
                Err(reason) => (reason, Role::Bad),
            };
            let sort = match &outcome.result {
                Ok(_) => "",
                Err(_) => "refused: ",
            };
            let label = format!(
                "{}  {}  ",
                outcome.item.number,
                text::fit(&outcome.customer, NAME)
            );
            let indent = text::width(&label);
            let room = width.saturating_sub(indent).max(1);
            let pieces = text::wrap(&format!("{sort}{words}"), room).into_iter();
            lines.extend(pieces.enumerate().map(|(place, piece)| {
                let before = if place == 0 {
                    label.clone()
                } else {
                    " ".repeat(indent)
                };
                (before + &piece, role)
            }));
        }
        lines
    }

    /// As many columns and lines as there is room for.
    fn size(&self, area: Rect) -> ((u16, u16), Vec<(String, Role)>) {
        let width = area.width.saturating_sub(4).min(WIDEST);
        let lines = self.lines(width.into());
        let height = u16::try_from(lines.len()).unwrap_or(u16::MAX);
        ((width, height), lines)
    }

    /// Keeps the first line that shows within what there is.
    pub fn fit(&mut self, area: Rect) {
        let (_, lines) = self.size(area);
        let room = usize::from(area.height.saturating_sub(2));
        self.room = room;
        self.first = self.first.min(lines.len().saturating_sub(room));
    }
}

/// Takes what would become of each; they are shown.
pub fn foreseen(model: &mut Model, what: &'static str, outcomes: Vec<Outcome>) {
    if let Some(Layer::Step(dialog)) = model.layers.last_mut() {
        dialog.answered();
    }
    model.layers.push(Layer::Bulk(Box::new(Bulk {
        what,
        outcomes,
        first: 0,
        room: 0,
        sent: false,
    })));
}

/// Asks what would become of each incident of the last step on several if that was taken back.
pub fn undo(model: &Model) -> Vec<Effect> {
    let items = model.taken_on.iter().map(|number| Item {
        number: *number,
        command: Command::Undo(*number),
        if_revision: None,
    });
    vec![Effect::Ask(Request::Bulk {
        what: UNDONE,
        items: items.collect(),
        keep: false,
    })]
}

/// Takes what became of each: the refused ones stay marked, and are told.
pub fn done(model: &mut Model, what: &'static str, outcomes: &[Outcome]) -> Vec<Effect> {
    model.layers.pop_if(|layer| matches!(layer, Layer::Bulk(_)));
    model.layers.pop_if(|layer| matches!(layer, Layer::Step(_)));
    let undone = what == UNDONE;
    if !undone {
        model.queue.marked.clear();
    }
    model.taken_on.clear();
    model.last_step = None;
    let mut refused = Vec::new();
    for outcome in outcomes {
        let number = outcome.item.number;
        match &outcome.result {
            Ok(change) => {
                model.queue.changed_here([number]);
                // What was so already is no step that could be taken back.
                let step = change.recorded && !undone;
                model.taken_on.extend(step.then_some(number));
            }
            Err(reason) => {
                model.queue.marked.extend((!undone).then_some(number));
                refused.push(format!("{number}  {}\n  {reason}", outcome.customer));
            }
        }
    }
    let changed = outcomes.iter().filter(|outcome| match &outcome.result {
        Ok(change) => change.recorded,
        Err(_) => false,
    });
    let changed = changed.count();
    let same = outcomes.len() - refused.len() - changed;
    let mut words = match changed {
        1 => format!("1 incident: {what}"),
        changed => format!("{changed} incidents: {what}"),
    };
    match same {
        0 => {}
        1 => words += "; 1 was so already",
        same => words += &format!("; {same} were so already"),
    }
    let title = match undone {
        true => "Not taken back",
        false => "Refused, and still marked",
    };
    if !refused.is_empty() {
        words = format!("{words}; {} refused", refused.len());
        words += if undone { "" } else { ", still marked" };
    }
    if !model.taken_on.is_empty() {
        words += "; u takes all back";
    }
    if refused.is_empty() {
        model.say(Kind::Done, words);
    } else {
        model.say(Kind::Warning, words);
        let text = refused.join("\n\n");
        let reading = Reading::new(title, text, "refused.txt");
        let undoes = !model.taken_on.is_empty();
        model
            .layers
            .push(Layer::Text(Reading { undoes, ..reading }));
    }
    update::refresh(model)
}

/// Takes an event while what would become of each is shown.
pub fn update(model: &mut Model, event: &Event) -> Vec<Effect> {
    let (Some(Layer::Bulk(bulk)), Event::Key(key)) = (model.layers.last_mut(), event) else {
        return Vec::new();
    };
    let code = match key.code {
        // What saved the form does what was shown, as in every form.
        KeyCode::Char('d') if key.modifiers == KeyModifiers::CONTROL => KeyCode::Enter,
        code => code,
    };
    match code {
        _ if bulk.sent => {}
        KeyCode::Enter if bulk.possible() == 0 => {
            model.layers.pop();
        }
        KeyCode::Enter => {
            bulk.sent = true;
            let items = bulk.outcomes.iter().map(|outcome| outcome.item.clone());
            return vec![Effect::Ask(Request::Bulk {
                what: bulk.what,
                items: items.collect(),
                keep: true,
            })];
        }
        KeyCode::Esc | KeyCode::Backspace => {
            if bulk.what == UNDONE {
                // The key means the selected incident again.
                model.taken_on.clear();
            }
            model.layers.pop();
        }
        code => {
            if let Some(lines) = update::scrolled(code, bulk.room) {
                bulk.first = bulk.first.saturating_add_signed(lines);
            }
        }
    }
    Vec::new()
}

/// Draws what would become of each.
pub fn view(bulk: &Bulk, look: &Look, area: Rect, buf: &mut Buffer) {
    let (size, lines) = bulk.size(area);
    let inside = boxed(
        &format!("Before it is done: {}", bulk.what),
        size,
        look,
        area,
        buf,
    );
    let shown = lines.iter().skip(bulk.first);
    for ((line, role), row) in shown.zip(inside.rows()) {
        buf.set_stringn(row.x, row.y, line, row.width.into(), look.style(*role));
    }
}

#[cfg(test)]
mod tests;
