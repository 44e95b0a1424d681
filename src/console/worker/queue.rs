//! Reads a window of the queue.

use chrono::{DateTime, Utc};

use crate::console::request::{Answer, MOST_COUNTED, QueueFound, QueueWanted, Wanted};
use crate::store::{Desk, Page, StoreError};

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
        Wanted::First => list(Page::First),
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
