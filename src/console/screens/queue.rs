//! The queue: which rows are held, which one is selected. It holds a window of the list, never the whole of it, and the
//! selection follows the incident, not the row.

use std::collections::HashSet;

use crate::config::View;
use crate::console::request::{QueueFound, QueueWanted, Wanted};
use crate::incident::{Query, QueryError, Scope, TechRef};
use crate::store::Listed;

mod keep;
mod parted;
mod tabs;
#[cfg(test)]
mod tests;
mod view;
pub use keep::keep;
pub use view::{NOT_GIVEN, body, list_area, list_height, next_change, numbered};

/// The saved views: what they are called, and what they ask for.
const VIEWS: [(&str, &str); 10] = [
    ("All open", ""),
    ("Mine", "assignee:me"),
    ("Unassigned", "is:unassigned"),
    ("Due soon", "due:<1h"),
    ("Missed", "is:missed"),
    ("Waiting", "state:waiting"),
    ("Awaiting payment", "state:awaiting-payment"),
    ("Escalated", "is:escalated"),
    ("No number given", "is:number-not-given"),
    ("Resolved", "state:resolved"),
];

/// Rows that are asked for at once: enough for the tallest screen and a page more.
const WINDOW: usize = 120;
/// Rows that are kept at most; beyond, those furthest from the selection are let go.
const KEPT: usize = 480;

/// The state of the queue.
#[derive(Debug, Default)]
pub struct Queue {
    /// Which of the views: those of every desk, then those of the agent.
    pub view: usize,
    /// Views that the agent added.
    pub own_views: Vec<View>,
    /// What narrows it further; empty for nothing.
    pub filter: String,
    /// The rows of the window.
    pub rows: Vec<Listed>,
    /// The selected row's place in the window.
    pub at: usize,
    /// The first row that shows.
    pub first: usize,
    /// How many rows fit.
    pub height: usize,
    /// How many incidents the view has in all, counted up to a bound.
    pub count: usize,
    /// Rows that somebody else changed since they were looked at.
    pub changed: HashSet<TechRef>,
    /// The incidents that the next step is meant for, if any.
    pub marked: Vec<TechRef>,
    /// The list stands still: rows are shown as they are now, but none moves, comes or goes.
    pub frozen: bool,
    /// What the agent changed since the last window: no news to the agent.
    own: HashSet<TechRef>,
    /// The selected incident, where it is none of the view's any more.
    parted: Option<TechRef>,
    /// The incident that is to be selected once its row was read.
    wanted: Option<TechRef>,
    /// Nobody was told yet that it has left the view, and whether that was the agent's own doing.
    news: Option<bool>,
    /// Why nothing was found, where a name in the filter is nobody's.
    pub unknown: Option<String>,
    /// Whether the answer for the view and the filter has come.
    pub loaded: bool,
    /// Words are looked for among all incidents, and the answer has not come.
    pub searching: bool,
    /// The desk was changed meanwhile.
    stale: bool,
    /// Whether there are rows above the window, and below it.
    above: bool,
    below: bool,
    turn: u64,
    /// A refreshed window that waits until no more keys are coming.
    held: Option<(Vec<Listed>, Option<Listed>)>,
}

impl Queue {
    /// The selected row.
    pub fn selected(&self) -> Option<&Listed> {
        self.rows.get(self.at)
    }

    /// The views: what they are called, and what they ask for.
    pub fn views(&self) -> impl Iterator<Item = (&str, &str)> {
        let own = self.own_views.iter();
        VIEWS
            .into_iter()
            .chain(own.map(|view| (view.name.as_str(), view.query.as_str())))
    }

    /// Takes in a view that the agent added, and shows it.
    pub fn add_view(&mut self, view: View) {
        self.own_views.push(view);
        self.filter.clear();
        self.view = self.views().count() - 1;
    }

    /// The agent's own view that shows.
    pub fn own_view(&self) -> Option<&View> {
        self.own_views.get(self.view.checked_sub(VIEWS.len())?)
    }

    /// Calls a view of the agent's own otherwise, or lets it go: the whole queue shows then.
    pub fn change_view(&mut self, name: &str, to: Option<String>) {
        match to {
            Some(to) => {
                let mut own = self.own_views.iter_mut();
                if let Some(view) = own.find(|view| view.name == name) {
                    view.name = to;
                }
            }
            None => {
                self.own_views.retain(|view| view.name != name);
                self.view = 0;
            }
        }
    }

    /// The query of the view and the filter.
    ///
    /// # Errors
    /// When the filter cannot be read; the error names the character.
    pub fn query(&self, scope: Scope<'_>) -> Result<Query, QueryError> {
        let (_, saved) = self.views().nth(self.view).unwrap_or_default();
        let mut query = Query::parse(&self.filter, scope)?;
        query.terms.extend(Query::parse(saved, scope)?.terms);
        Ok(query)
    }

    /// Asks for the view from its beginning.
    pub fn restart(&mut self, query: Query) -> QueueWanted {
        self.at = 0;
        self.first = 0;
        self.above = false;
        self.held = None;
        self.loaded = false;
        self.frozen = false;
        (self.parted, self.wanted, self.news) = (None, None, None);
        self.changed.clear();
        self.want(query, Wanted::First, WINDOW)
    }

    /// Asks for the view from its beginning where nothing narrows it any more; the selection stays on its incident.
    pub fn widen(&mut self, query: Query) -> QueueWanted {
        match self.selected().map(|row| row.number) {
            Some(number) if self.loaded && !self.frozen => {
                (self.above, self.wanted) = (false, Some(number));
                self.refresh(query)
            }
            _ => self.restart(query),
        }
    }

    /// Asks for the view's end.
    pub fn end(&mut self, query: Query) -> QueueWanted {
        self.want(query, Wanted::Last, WINDOW)
    }

    /// Lets the list stand still, or move again.
    pub fn freeze(&mut self, frozen: bool) {
        self.frozen = frozen;
        self.held = None;
    }

    /// Marks the selected incident, or takes its mark off.
    pub fn mark(&mut self) {
        let Some(number) = self.selected().map(|row| row.number) else {
            return;
        };
        match self.marked.iter().position(|marked| *marked == number) {
            Some(place) => drop(self.marked.remove(place)),
            None => self.marked.push(number),
        }
    }

    /// Marks every incident of the view, as far as its rows were read; where all of them are marked, takes their marks off.
    /// Says how many of how many, where that is not all.
    pub fn mark_all(&mut self) -> Option<String> {
        let before = self.marked.len();
        for row in &self.rows {
            if !self.marked.contains(&row.number) {
                self.marked.push(row.number);
            }
        }
        if self.marked.len() == before {
            let rows = &self.rows;
            let is_row = |number: &TechRef| rows.iter().any(|row| row.number == *number);
            self.marked.retain(|number| !is_row(number));
            return None;
        }
        self.is_partly_read().then(|| {
            format!(
                "{} of {} are marked, those around the selected one: narrow the view to mark all of it",
                self.rows.len(),
                tabs::counted(self.count),
            )
        })
    }

    /// Whether the view has more than was read of it.
    pub fn is_partly_read(&self) -> bool {
        self.above || self.below
    }

    /// Selects a marked incident, unless one is selected already; false where none is in the window.
    pub fn select_marked(&mut self) -> bool {
        let is_marked = |row: &Listed| self.marked.contains(&row.number);
        if self.selected().is_some_and(is_marked) {
            return true;
        }
        let found = self.rows.iter().position(is_marked);
        self.at = found.unwrap_or(self.at);
        self.scroll();
        found.is_some()
    }

    /// Selects an incident, also one of which the window has no row yet: the next window brings it.
    pub fn select(&mut self, number: TechRef) {
        self.wanted = Some(number);
        if let Some(at) = self.rows.iter().position(|row| row.number == number) {
            self.at = at;
            self.scroll();
        }
    }

    /// How many rows further down an incident stands; nothing where the window has no row of it.
    pub fn steps_to(&self, number: TechRef) -> Option<isize> {
        let to = self.rows.iter().position(|row| row.number == number)?;
        to.checked_signed_diff(self.at)
    }

    /// The agent changed these incidents: they are not marked any more, and not for that, as changed by somebody else.
    pub fn changed_here(&mut self, numbers: impl IntoIterator<Item = TechRef>) {
        for number in numbers {
            self.changed.remove(&number);
            self.own.insert(number);
        }
    }

    /// Asks for the same window again, after the desk changed.
    pub fn refresh(&mut self, query: Query) -> QueueWanted {
        if self.frozen {
            let numbers: Vec<TechRef> = self.rows.iter().map(|row| row.number).collect();
            let limit = numbers.len();
            return self.want(query, Wanted::These(numbers), limit);
        }
        let limit = self.rows.len().max(WINDOW);
        let page = match self.first_of_view().filter(|_| self.above) {
            Some(first) => Wanted::From(Box::new(first.clone())),
            None => Wanted::First,
        };
        self.want(query, page, limit)
    }

    /// Whether what is looked for among all is to be answered before it is asked for again. It is then asked for again
    /// ([`Queue::is_stale`]): on a busy desk it would otherwise never be found.
    pub fn waits_for_search(&mut self) -> bool {
        self.stale |= self.searching;
        self.searching
    }

    /// Whether what was found among all is to be looked for again.
    pub fn is_stale(&self) -> bool {
        self.stale && !self.searching
    }

    fn want(&mut self, query: Query, page: Wanted, limit: usize) -> QueueWanted {
        self.turn += 1;
        (self.searching, self.stale) = (query.looks_at_all(), false);
        QueueWanted {
            query,
            turn: self.turn,
            page,
            limit,
            selected: self.wanted.or(self.selected().map(|row| row.number)),
        }
    }

    /// Moves the selection; asks for more rows when it nears the edge of the window.
    pub fn move_by(&mut self, rows: isize, query: Option<Query>) -> Option<QueueWanted> {
        self.wanted = None;
        let rows = self.part(rows);
        let last = self.rows.len().saturating_sub(1);
        self.at = self.at.saturating_add_signed(rows).min(last);
        self.scroll();
        let margin = self.height.max(1);
        if self.below && self.at + margin > last {
            let row = Box::new(self.rows.last()?.clone());
            return Some(self.want(query?, Wanted::After(row), WINDOW));
        }
        if self.above && self.at < margin {
            let row = Box::new(self.rows.first()?.clone());
            return Some(self.want(query?, Wanted::Before(row), WINDOW));
        }
        None
    }

    /// Takes rows in. A refreshed window replaces the old one only when `calm`, or after a step of the agent's own: while
    /// keys are coming nothing else moves.
    pub fn take(&mut self, found: QueueFound, calm: bool) {
        let QueueFound {
            turn,
            page,
            rows,
            full,
            count,
            apart,
            unknown,
        } = found;
        if turn != self.turn {
            return;
        }
        self.searching = false;
        let begin = !self.loaded;
        (self.count, self.unknown) = (count.unwrap_or(self.count), unknown);
        self.loaded = true;
        match page {
            Wanted::After(_) => {
                let rows = self.unknown(rows);
                self.rows.extend(rows);
                self.below = full;
                let surplus = self.rows.len().saturating_sub(KEPT);
                self.rows.drain(..surplus);
                self.above |= surplus > 0;
                self.at = self.at.saturating_sub(surplus);
                self.first = self.first.saturating_sub(surplus);
            }
            Wanted::Before(_) => {
                let rows = self.unknown(rows);
                let added = rows.len();
                self.above = full;
                self.rows.splice(0..0, rows);
                self.at += added;
                self.first += added;
                if self.rows.len() > KEPT {
                    self.rows.truncate(KEPT.max(self.at + 1));
                    self.below = true;
                }
            }
            Wanted::Last => {
                self.above = full;
                self.below = false;
                self.at = rows.len().saturating_sub(1);
                self.rows = rows;
                self.parted = None;
            }
            Wanted::These(_) => self.renew(rows),
            Wanted::First | Wanted::From(_) => {
                self.below = full;
                if begin {
                    self.rows = rows;
                } else if calm || self.rows.is_empty() || self.was_asked_for() {
                    self.replace(rows, apart);
                } else {
                    self.held = Some((rows, apart));
                }
            }
        }
        self.scroll();
    }

    /// Whether the window shows what the agent did, or an incident that the agent goes on with.
    fn was_asked_for(&self) -> bool {
        !self.own.is_empty() || self.wanted.is_some()
    }

    /// Whether a refreshed window waits until no more keys are coming.
    pub fn is_held(&self) -> bool {
        self.held.is_some()
    }

    /// Lets a refreshed window in, once keys have stopped coming. Whether there was one.
    pub fn settle(&mut self) -> bool {
        let held = self.held.take();
        let settled = held.is_some();
        if let Some((rows, apart)) = held {
            self.replace(rows, apart);
            self.scroll();
        }
        settled
    }

    /// Those that the window does not have: a row that moved while the list stood still may be met twice.
    fn unknown(&self, mut rows: Vec<Listed>) -> Vec<Listed> {
        if self.frozen {
            rows.retain(|row| self.rows.iter().all(|known| known.number != row.number));
        }
        rows
    }

    /// Shows the rows of the window as they are now, each in its place.
    fn renew(&mut self, rows: Vec<Listed>) {
        self.mark_changed(&rows);
        for row in rows {
            if let Some(known) = self
                .rows
                .iter_mut()
                .find(|known| known.number == row.number)
            {
                *known = row;
            }
        }
    }

    /// Marks what somebody else changed.
    fn mark_changed(&mut self, rows: &[Listed]) {
        let own = std::mem::take(&mut self.own);
        for row in rows.iter().filter(|row| !own.contains(&row.number)) {
            let known = self.rows.iter().find(|known| known.number == row.number);
            if known.is_some_and(|known| known.revision != row.revision) {
                self.changed.insert(row.number);
            }
        }
    }

    fn scroll(&mut self) {
        self.first = crate::console::widgets::table::first_row(self.first, self.at, self.height)
            .min(self.rows.len().saturating_sub(1));
    }

    /// Says how many rows fit.
    pub fn fit(&mut self, height: usize) {
        if self.height != height {
            self.height = height;
            self.scroll();
        }
    }
}
