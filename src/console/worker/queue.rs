//! Reads a window of the queue.

use chrono::{DateTime, Utc};

use super::Worker;
use crate::console::request::{Answer, MOST_COUNTED, QueueFound, QueueWanted, Wanted};
use crate::incident::{Property, TechRef, Term};
use crate::store::{Desk, Listed, Order, Page, ReadTo, StoreError};

/// A window that was read, kept as long as nothing that others do changes it: then only what they touched is read.
pub(super) struct Window {
    wanted: QueueWanted,
    rows: Vec<Listed>,
    /// All that the view finds; more than is counted where there are more.
    all: Vec<TechRef>,
    read: ReadTo,
    now: DateTime<Utc>,
}

impl Window {
    /// Reads it, where it can be kept: not where words are looked for, nor where the clock alone changes what is found.
    fn read(
        desk: &Desk,
        wanted: &QueueWanted,
        now: DateTime<Utc>,
    ) -> Result<Option<Self>, StoreError> {
        let unseen = |term: &Term| {
            let typed = matches!(
                term,
                Term::Recent | Term::Newest(_) | Term::FirstCustomers(_)
            );
            typed || matches!(term, Term::Is(Property::Missed))
        };
        let mut terms = wanted.query.terms.iter();
        let page = match &wanted.page {
            Wanted::First => Page::First,
            Wanted::From(row) => Page::From(row),
            Wanted::Last | Wanted::After(_) | Wanted::Before(_) | Wanted::These(_) => {
                return Ok(None);
            }
        };
        if wanted.query.looks_at_all() || terms.any(|(_, term)| unseen(term)) {
            return Ok(None);
        }
        let read = desk.read_to()?;
        let rows = desk.list(&wanted.query, page, wanted.limit, now)?;
        // A first page that is not full is all there is: nothing is gone through for it again.
        let is_all = matches!(page, Page::First) && rows.len() < wanted.limit;
        let all = match is_all {
            true => rows.iter().map(|row| row.number).collect(),
            false => desk.numbers(&wanted.query, MOST_COUNTED + 1, now)?,
        };
        Ok(Some(Self {
            wanted: wanted.clone(),
            rows,
            all,
            read,
            now,
        }))
    }

    /// Whether its rows are still where they were read: what is otherwise in them, and how many the view finds, is put
    /// right. Where that is not so, it is read anew.
    fn stays(
        &mut self,
        desk: &Desk,
        wanted: &QueueWanted,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let order = Order::of(&wanted.query);
        let page = match (&self.wanted.page, &wanted.page) {
            (Wanted::First, Wanted::First) => true,
            (Wanted::From(before), Wanted::From(now)) => are_at_one(before, now, order),
            _ => false,
        };
        let same = page && self.wanted.query == wanted.query && self.wanted.limit == wanted.limit;
        // Nobody's place in a line is one's own alone.
        let alone = self.rows.iter().all(|row| row.place.is_none());
        if !same || !alone || now < self.now || desk.silence_ran_out(self.now, now)? {
            return Ok(false);
        }
        let touched = desk.touched_since(self.read)?;
        let Some(touched) = touched.filter(|touched| !touched.desk && !touched.customers) else {
            return Ok(false);
        };
        if self.all.len() > MOST_COUNTED {
            return Ok(false);
        }
        let numbers: Vec<TechRef> = touched.incidents.iter().copied().collect();
        let found = desk.found_among(&wanted.query, &numbers, now)?;
        for row in &mut self.rows {
            if !touched.incidents.contains(&row.number) {
                continue;
            }
            match found.iter().find(|now| now.number == row.number) {
                Some(now) if now.place.is_none() && are_at_one(now, row, order) => {
                    row.clone_from(now);
                }
                _ => return Ok(false),
            }
        }
        let is_new = |row: &&Listed| self.rows.iter().all(|known| known.number != row.number);
        if found
            .iter()
            .filter(is_new)
            .any(|row| self.has_room_for(row))
        {
            return Ok(false);
        }
        self.all
            .retain(|number| !touched.incidents.contains(number));
        self.all.extend(found.iter().map(|row| row.number));
        (self.read, self.now) = (desk.read_to()?, now);
        Ok(true)
    }

    /// Whether a row would stand in the window.
    fn has_room_for(&self, row: &Listed) -> bool {
        let order = Order::of(&self.wanted.query);
        let above = match &self.wanted.page {
            Wanted::From(first) => row.comes_before(first, order),
            _ => false,
        };
        let last = self
            .rows
            .last()
            .filter(|_| self.rows.len() == self.wanted.limit);
        !above && last.is_none_or(|last| row.comes_before(last, order))
    }
}

/// Whether two rows are the same one, at the same place of the list.
fn are_at_one(one: &Listed, other: &Listed, order: Order) -> bool {
    let moved = one.comes_before(other, order) || other.comes_before(one, order);
    one.number == other.number && !moved
}

/// A window of the queue, and what of it is kept: of one that is there already, what others touched is read.
fn again(
    desk: &Desk,
    mut kept: Option<Window>,
    wanted: QueueWanted,
    now: DateTime<Utc>,
) -> Result<(Answer, Option<Window>), StoreError> {
    let stays = match &mut kept {
        Some(kept) => kept.stays(desk, &wanted, now)?,
        None => false,
    };
    let kept = match stays {
        true => kept,
        false => Window::read(desk, &wanted, now)?,
    };
    let answer = match &kept {
        Some(window) => {
            let (rows, count) = (window.rows.clone(), window.all.len());
            found(desk, wanted, now, rows, Some(count))
        }
        None => queue(desk, wanted, now),
    }?;
    Ok((answer, kept))
}

impl Worker {
    /// A window of the queue. It is read in one piece: each of its questions by itself would cost a lock.
    pub(super) fn window(&mut self, wanted: QueueWanted) -> Result<Answer, StoreError> {
        let kept = self.window.take();
        let (answer, window) =
            self.with(|desk, now| desk.still(|desk| again(desk, kept, wanted, now)))?;
        self.window = window;
        Ok(answer)
    }
}

/// A window of the queue.
///
/// # Errors
/// When the file cannot be read.
pub(in crate::console) fn queue(
    desk: &Desk,
    wanted: QueueWanted,
    now: DateTime<Utc>,
) -> Result<Answer, StoreError> {
    let list = |page| desk.list(&wanted.query, page, wanted.limit, now);
    let rows = match &wanted.page {
        Wanted::First => {
            let most = MOST_COUNTED + 1;
            let (rows, count) = desk.first_page(&wanted.query, wanted.limit, most, now)?;
            return found(desk, wanted, now, rows, Some(count));
        }
        Wanted::Last => list(Page::Last),
        Wanted::After(row) => list(Page::After(row)),
        Wanted::Before(row) => list(Page::Before(row)),
        Wanted::From(row) => list(Page::From(row)),
        Wanted::These(numbers) => desk.listed(numbers, now),
    }?;
    // More rows of a view that was counted when it began: thousands would be counted for a page.
    let count = match &wanted.page {
        Wanted::After(_) | Wanted::Before(_) => None,
        _ => Some(desk.count(&wanted.query, MOST_COUNTED + 1, now)?),
    };
    found(desk, wanted, now, rows, count)
}

/// The answer with these rows; the selected incident is read where it is none of them.
fn found(
    desk: &Desk,
    wanted: QueueWanted,
    now: DateTime<Utc>,
    rows: Vec<Listed>,
    count: Option<usize>,
) -> Result<Answer, StoreError> {
    let apart = wanted.selected;
    let apart = apart.filter(|apart| rows.iter().all(|row| row.number != *apart));
    let apart = desk.listed(apart.as_slice(), now)?.pop();
    let unknown = match rows.is_empty() {
        true => desk.unknown(&wanted.query)?.map(|unknown| unknown.problem),
        false => None,
    };
    Ok(Answer::Queue(Box::new(QueueFound {
        turn: wanted.turn,
        page: wanted.page,
        full: rows.len() == wanted.limit,
        rows,
        count,
        apart,
        unknown,
    })))
}

#[cfg(test)]
mod tests;
