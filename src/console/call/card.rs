//! The caller's card: who it is, what they are entitled to, what is open, what was.

use std::borrow::Cow;

use chrono::NaiveDate;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::lines::Lines;
use crate::calendar::Status;
use crate::console::look::Look;
use crate::console::model::Model;
use crate::console::screens::clocks;
use crate::console::screens::queue::numbered;
use crate::console::theme::Role;
use crate::console::widgets::table::{self, Column};
use crate::incident::{Contact, Entitlement, TechRef, day_and_time, entitled};
use crate::store::{CallerCard, Listed};
use crate::text;

const COLUMNS: [Column; 4] = [
    Column {
        title: "number",
        min: 9,
        fill: 0,
        gives_way: 0,
        right: false,
    },
    Column {
        title: "summary",
        min: 20,
        fill: 5,
        gives_way: 0,
        right: false,
    },
    Column {
        title: "agent",
        min: 8,
        fill: 1,
        gives_way: 1,
        right: false,
    },
    Column {
        title: "due",
        min: 17,
        fill: 3,
        gives_way: 0,
        right: false,
    },
];

/// People of a customer's that show.
const PEOPLE: usize = 3;

/// A caller's card, and the incident on it that is selected.
pub(super) struct Card {
    pub(super) caller: Box<CallerCard>,
    /// Who is likely to be on the line.
    pub(super) contact: Option<Contact>,
    /// The selected one of the rows; none at first where nothing is open, so that Enter means a new incident.
    at: Option<usize>,
    /// The incident that the call turned to, where it is on no row yet.
    turned_to: Option<TechRef>,
    /// A person is being added, who is then on the line.
    pub(super) expects: bool,
}

impl Card {
    pub(super) fn new(caller: Box<CallerCard>, contact: Option<Contact>) -> Self {
        let contact = contact.or_else(|| caller.customer.contacts.first().cloned());
        let at = (!caller.open.is_empty()).then_some(0);
        Self {
            caller,
            contact,
            at,
            turned_to: None,
            expects: false,
        }
    }

    /// The call turned to this incident: it is the one that is meant, also once it comes.
    pub(super) fn turn_to(&mut self, number: TechRef) {
        let place = self.rows().position(|row| row.number == number);
        self.turned_to = place.is_none().then_some(number);
        self.at = place.or(self.at);
    }

    /// The card was read again; the selection follows the incident.
    pub(super) fn refresh(&mut self, caller: Box<CallerCard>) {
        let selected = self.selected().map(|row| row.number);
        let before = std::mem::replace(&mut self.caller, caller)
            .customer
            .contacts;
        let known = |person: &&Contact| before.iter().any(|known| known.name == person.name);
        let new = self
            .caller
            .customer
            .contacts
            .iter()
            .find(|person| !known(person));
        if let Some(new) = new.filter(|_| std::mem::take(&mut self.expects)) {
            self.contact = Some(new.clone());
        }
        self.at = selected.and_then(|number| self.rows().position(|row| row.number == number));
        if let Some(number) = self.turned_to {
            self.turn_to(number);
        }
    }

    fn rows(&self) -> impl Iterator<Item = &Listed> {
        self.caller.open.iter().chain(&self.caller.ended)
    }

    /// Moves the selection.
    pub(super) fn step(&mut self, by: isize) {
        self.turned_to = None;
        let last = self.rows().count().checked_sub(1);
        self.at = match self.at {
            None => last.filter(|_| by > 0).map(|_| 0),
            Some(0) if by < 0 && self.caller.open.is_empty() => None,
            Some(at) => last.map(|last| at.saturating_add_signed(by).min(last)),
        };
    }

    /// Whether the customer has several people.
    pub(super) fn has_people(&self) -> bool {
        self.caller.customer.contacts.len() > 1
    }

    /// Turns to the next of the customer's people, or to the one before: that one is on the line.
    pub(super) fn turn(&mut self, forward: bool) {
        let people = &self.caller.customer.contacts;
        let last = people.len().saturating_sub(1);
        let at = match (self.person(), forward) {
            (None, _) => 0,
            (Some(at), true) if at == last => 0,
            (Some(at), true) => at + 1,
            (Some(0), false) => last,
            (Some(at), false) => at - 1,
        };
        self.contact = people.get(at).cloned();
    }

    /// Which of the customer's people is on the line.
    fn person(&self) -> Option<usize> {
        let name = &self.contact.as_ref()?.name;
        let mut people = self.caller.customer.contacts.iter();
        people.position(|person| person.name == *name)
    }

    /// The name under which a new incident of the customer is kept that was begun and not saved.
    pub(super) fn draft(&self) -> String {
        format!("new incident of {}", self.caller.customer.code)
    }

    /// The incident that Enter continues; none where nothing is open and the agent has chosen nothing that is over.
    pub(super) fn selected(&self) -> Option<&Listed> {
        self.rows().nth(self.at?)
    }

    pub(super) fn view(&self, model: &Model, look: &Look, area: Rect, buf: &mut Buffer) {
        let card = &self.caller;
        let separator = look.symbols.separator;
        let mut lines = Lines::new(area, look, buf);
        let policy = &card.ruling.policy;
        lines.put(
            &format!(
                "{} {separator} {} {separator} {}",
                card.customer.name, card.customer.code, policy.title
            ),
            Role::Accent,
        );
        let (people, at) = (&card.customer.contacts, self.person());
        let first = (at.unwrap_or(0) + 1).saturating_sub(PEOPLE);
        let shown = people.iter().enumerate().skip(first).take(PEOPLE);
        for (place, contact) in shown {
            let (mark, role) = match Some(place) == at {
                true => (look.symbols.selected, Role::Accent),
                false => (" ", Role::Text),
            };
            lines.put(&format!("{mark} {}", person(contact)), role);
        }
        // On a line of its own: beside a person it would take the room of the telephone number.
        let others = match people.len() {
            0 => String::new(),
            1 => "  N: a new person".to_owned(),
            2..=PEOPLE => "  Right: the next person, N: a new one".to_owned(),
            many => {
                let at = at.unwrap_or(0) + 1;
                format!("  {at} of {many} people   Right: the next person, N: a new one")
            }
        };
        if !others.is_empty() {
            lines.put(&others, Role::Muted);
        }
        lines.put(&self.entitled(model), Role::Title);
        let (policy, day) = (&card.ruling.policy, self.day(model));
        if let Some(words) = entitled::later_in_words(policy, &card.entitlements, day) {
            lines.put(&words, Role::Muted);
        }
        if let Some((words, role)) = self.hours(model) {
            lines.put(&words, role);
        }
        if model.drafts.get(&self.draft()).is_some() {
            let words = "a new incident was begun and not saved: n goes on with it";
            lines.put(&format!("{} {words}", look.symbols.changed), Role::Warning);
        }
        for note in &card.conduct {
            lines.put(
                &format!("{} conduct: {}", look.symbols.missed, note.text),
                Role::Warning,
            );
        }
        lines.gap();
        let selected = self.at.unwrap_or(usize::MAX);
        if card.open.is_empty() {
            lines.put("nothing open: Enter or n logs a new incident", Role::Muted);
        } else {
            let below = if card.ended.is_empty() {
                0
            } else {
                count(card.ended.len()) + 2
            };
            let room = lines.rest.height.saturating_sub(below).max(3);
            let part = lines.take(count(card.open.len() + 1).min(room));
            let shown = usize::from(part.height).saturating_sub(1);
            let first = table::first_row(0, selected.min(card.open.len() - 1), shown);
            let at = selected.checked_sub(first);
            incidents(
                (card.open.iter().skip(first), at),
                ("summary", "due"),
                model,
                look,
                part,
                lines.buf,
            );
        }
        if !card.ended.is_empty() {
            lines.gap();
            let part = lines.take(count(card.ended.len() + 1));
            let at = selected.checked_sub(card.open.len());
            let titles = ("what was lately", "how it stands");
            incidents(
                (card.ended.iter(), at),
                titles,
                model,
                look,
                part,
                lines.buf,
            );
        }
    }

    /// What the customer is entitled to today.
    fn entitled(&self, model: &Model) -> String {
        let (card, day) = (&self.caller, self.day(model));
        let words = entitled::in_words(&card.ruling.policy, &card.entitlements, day);
        match self.fitting(model).len() {
            0 | 1 => words,
            many => format!("{words}, and {} more to choose from", many - 1),
        }
    }

    /// What may pay for a new incident today, in the order in which it is taken.
    pub(super) fn fitting(&self, model: &Model) -> Vec<&Entitlement> {
        let card = &self.caller;
        entitled::fitting(&card.ruling.policy, &card.entitlements, self.day(model))
    }

    /// The day where the office is that answers.
    fn day(&self, model: &Model) -> NaiveDate {
        let card = &self.caller;
        let office = card.customer.office.as_deref();
        let calendar = card.ruling.deadlines.calendar(office).ok().flatten();
        let zone = calendar.map_or(model.zone, crate::calendar::Calendar::zone);
        model.now.with_timezone(&zone).date_naive()
    }

    /// Whether the office that answers is open.
    pub(super) fn hours(&self, model: &Model) -> Option<(String, Role)> {
        let card = &self.caller;
        let office = card.customer.office.as_deref();
        let calendar = card.ruling.deadlines.calendar(office).ok().flatten()?;
        let office = office.unwrap_or("the desk");
        let at = |instant| day_and_time(instant, model.now, model.zone);
        Some(match calendar.status(model.now) {
            Status::Open {
                closes: Some(closes),
            } => (
                format!("{office} is open, closes {}", at(closes)),
                Role::Muted,
            ),
            Status::Open { closes: None } => (format!("{office} is open"), Role::Muted),
            Status::Closed {
                opens: Some(opens), ..
            } => (
                format!("{office} is closed, opens {}", at(opens)),
                Role::Paused,
            ),
            Status::Closed { opens: None, .. } => (format!("{office} is closed"), Role::Paused),
        })
    }
}

/// A person with the ways to reach them.
pub(in crate::console) fn person(contact: &Contact) -> String {
    let role = contact.role.iter().cloned();
    let ways = contact.phones.iter().chain(&contact.mails).cloned();
    let awaiting = contact.awaiting.iter();
    let awaiting = awaiting.map(|mail| format!("{mail} (waits for approval)"));
    let parts = std::iter::once(contact.name.clone()).chain(role);
    let parts: Vec<String> = parts.chain(ways).chain(awaiting).collect();
    parts.join(", ")
}

/// Incidents as a table, of which one may be selected, under titles of their own.
pub(in crate::console) fn incidents<'a>(
    (rows, selected): (impl Iterator<Item = &'a Listed>, Option<usize>),
    (about, stands): (&'static str, &'static str),
    model: &Model,
    look: &Look,
    area: Rect,
    buf: &mut Buffer,
) {
    let mut columns = COLUMNS;
    (columns[1].title, columns[3].title) = (about, stands);
    table::render(
        &columns,
        rows,
        selected,
        |row, column| match column {
            0 => {
                let (words, role) = numbered(row);
                (words.into(), look.style(role))
            }
            1 => (text::visible(&row.summary), look.style(Role::Text)),
            2 => (
                row.assignee
                    .as_deref()
                    .map_or(Cow::Borrowed("-"), text::visible),
                look.style(Role::Muted),
            ),
            _ => {
                let (words, role) = clocks::of_row(row, model, look);
                (words.into(), look.style(role))
            }
        },
        look,
        area,
        buf,
    );
}

fn count(many: usize) -> u16 {
    u16::try_from(many).unwrap_or(u16::MAX)
}
