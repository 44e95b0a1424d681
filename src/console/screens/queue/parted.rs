//! The selection follows the incident also where it leaves the view, by a step of one's own or of somebody else: it stays
//! in its place, as it is now, until the selection is moved off it. The next key is never meant for another incident.

use super::{Queue, VIEWS};
use crate::incident::{State, TechRef};
use crate::store::Listed;

impl Queue {
    /// Puts a new window in place of the old one. Rows that changed are marked; `apart` is the incident that was selected
    /// when it was asked for, where it is none of them.
    pub(super) fn replace(&mut self, mut rows: Vec<Listed>, apart: Option<Listed>) {
        let selected = self.selected().cloned();
        if let Some(wanted) = self.wanted.take() {
            self.mark_changed(&rows);
            return self.bring(wanted, rows, apart);
        }
        let own = selected
            .as_ref()
            .is_some_and(|row| self.own.contains(&row.number));
        self.mark_changed(&rows);
        let Some(selected) = selected else {
            self.rows = rows;
            return;
        };
        let number = selected.number;
        match rows.iter().position(|row| row.number == number) {
            Some(at) => {
                self.at = at;
                self.parted = None;
            }
            None => {
                self.at = self.at.min(rows.len());
                let now = apart.filter(|row| row.number == number);
                rows.insert(self.at, now.unwrap_or(selected));
                if self.parted.replace(number) != Some(number) {
                    self.news = Some(own);
                }
            }
        }
        self.rows = rows;
    }

    /// Puts a new window in place of the old one, and selects this incident in it.
    fn bring(&mut self, wanted: TechRef, mut rows: Vec<Listed>, apart: Option<Listed>) {
        let at = rows.iter().position(|row| row.number == wanted);
        self.at = at.unwrap_or(self.at.min(rows.len()));
        self.parted = None;
        if let Some(row) = apart.filter(|row| at.is_none() && row.number == wanted) {
            rows.insert(self.at, row);
            self.parted = Some(wanted);
        }
        self.rows = rows;
    }

    /// The first row that the view has.
    pub(super) fn first_of_view(&self) -> Option<&Listed> {
        let mut rows = self.rows.iter();
        rows.find(|row| Some(row.number) != self.parted)
    }

    /// Lets the selected row go where it is none of the view's any more, before the selection moves by so many rows; by how
    /// many it still has to move then.
    pub(super) fn part(&mut self, rows: isize) -> isize {
        let parted = self.selected().map(|row| row.number) == self.parted;
        if rows == 0 || self.parted.is_none() || !parted {
            return rows;
        }
        self.parted = None;
        self.rows.remove(self.at);
        if rows > 0 { rows - 1 } else { rows }
    }

    /// What to say where the selected incident has just left the view: where it is now, and whether it left by a step of the
    /// agent's own.
    pub fn left(&mut self) -> Option<(String, bool)> {
        let own = self.news.take()?;
        let row = self.selected()?;
        let home = home(row.state);
        let here = self.views().nth(self.view).map(|(title, _)| title);
        let words = match home {
            Some(view) if here == Some(view) && self.filter.is_empty() => {
                "now further down".to_owned()
            }
            Some(view) if here == Some(view) => "outside the filter now".to_owned(),
            Some(view) => format!("now in the view {view}"),
            None => "now in no view; its number opens it".to_owned(),
        };
        Some((words, own))
    }
}

/// The view in which an incident is found by its state alone.
fn home(state: State) -> Option<&'static str> {
    let query = match state {
        State::Open | State::AwaitingAcceptance => "",
        State::Waiting => "state:waiting",
        State::AwaitingPayment => "state:awaiting-payment",
        State::Resolved => "state:resolved",
        State::ClosedUnresolved | State::Declined | State::Merged | State::Void => return None,
    };
    let view = VIEWS.iter().find(|(_, asks)| *asks == query);
    view.map(|(title, _)| *title)
}
