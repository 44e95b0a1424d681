//! What is kept of incidents in tables beside theirs, compared with what their entries make it: one pass over each table,
//! in the order of the incidents.

use rusqlite::fallible_streaming_iterator::FallibleStreamingIterator;
use rusqlite::{Connection, Row, Rows, Statement};

use super::Fault;
use super::incidents::shown;
use crate::incident::TechRef;
use crate::store::StoreError;

/// What it is, its columns with the incident first, where they are, and how those of one incident are ordered.
const KEPT: [(&str, &str, &str, &str); 5] = [
    (
        "the ledger",
        "incident, seq, entitlement, entry, change",
        "ledger",
        "seq, entitlement",
    ),
    (
        "the outbox",
        "incident, n, seq, occasion, state, wording, changed, message_id",
        "message",
        "n",
    ),
    (
        "its mail",
        "incident, id, identity, state, changed, n, hash, size",
        "arrival LEFT JOIN attachment ON mail = id WHERE state = 'taken' AND incident IS NOT NULL",
        "id, n",
    ),
    (
        "what figures count it by",
        "incident, last_at, unanswered, owes",
        "counted",
        "incident",
    ),
    (
        "what runs on it",
        "incident, due_at, clock, counted",
        "ahead",
        "due_at, clock",
    ),
];

/// One of those tables, as far as it was compared.
pub(super) struct Beside<'a> {
    what: &'static str,
    query: String,
    /// At the first row that was not compared yet.
    rows: Rows<'a>,
}

impl<'a> Beside<'a> {
    /// The statements by which the tables are read.
    pub(super) fn prepare(desk: &Connection) -> Result<Vec<Statement<'_>>, StoreError> {
        let statements = KEPT.map(|kept| desk.prepare(&query(kept)));
        Ok(statements.into_iter().collect::<Result<_, _>>()?)
    }

    /// All of the tables, at their first rows.
    pub(super) fn of_all(statements: &'a mut [Statement<'_>]) -> Result<Vec<Self>, StoreError> {
        let mut all = Vec::new();
        for (kept, statement) in KEPT.into_iter().zip(statements) {
            let mut rows = statement.query([])?;
            rows.advance()?;
            all.push(Self {
                what: kept.0,
                query: query(kept),
                rows,
            });
        }
        Ok(all)
    }

    /// The rows of the next incident are those that `scratch` has, where there are no others.
    pub(super) fn same(&mut self, scratch: &Connection, number: TechRef) -> Result<(), StoreError> {
        let mut statement = scratch.prepare_cached(&self.query)?;
        let mut wanted = statement.query([])?;
        loop {
            let wanted = wanted.next()?;
            let found = self.rows.get();
            let found = match found.map(of).transpose()? {
                Some(of) if of < i64::from(number.sequence()) => return self.ends(),
                Some(of) if of > i64::from(number.sequence()) => None,
                _ => found,
            };
            match (found, wanted) {
                (None, None) => return Ok(()),
                (Some(found), Some(wanted)) if same(found, wanted)? => self.rows.advance()?,
                (found, wanted) => {
                    return Err(Fault::Kept {
                        what: self.what,
                        number,
                        found: columns(found)?,
                        wanted: columns(wanted)?,
                    }
                    .into());
                }
            }
        }
    }

    /// No row is left, whose incident there would not be.
    pub(super) fn ends(&mut self) -> Result<(), StoreError> {
        let Some(left) = self.rows.get() else {
            return Ok(());
        };
        Err(Fault::Untold(format!(
            "{} of no incident ({})",
            self.what,
            columns(Some(left))?
        ))
        .into())
    }
}

fn query((_, columns, from, order): (&str, &str, &str, &str)) -> String {
    format!("SELECT {columns} FROM {from} ORDER BY incident, {order}")
}

/// The incident that a row is of; 0 stands for none.
fn of(row: &Row<'_>) -> Result<i64, StoreError> {
    Ok(row.get::<_, Option<i64>>(0)?.unwrap_or_default())
}

fn same(found: &Row<'_>, wanted: &Row<'_>) -> Result<bool, StoreError> {
    for at in 0..found.as_ref().column_count() {
        if found.get_ref(at)? != wanted.get_ref(at)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// A row as it is shown in a fault, without the incident.
fn columns(row: Option<&Row<'_>>) -> Result<String, StoreError> {
    let Some(row) = row else {
        return Ok("nothing".to_owned());
    };
    let mut shown_columns = Vec::new();
    for (at, name) in row.as_ref().column_names().enumerate().skip(1) {
        shown_columns.push(format!("{name} {}", shown(row.get_ref(at)?)));
    }
    Ok(shown_columns.join(", "))
}
