//! Putting rows into a table: many with few statements, as beginning one costs SQLite about what carrying it out does where
//! a table has many indexes.

use std::sync::OnceLock;

use rusqlite::{Connection, Statement, ToSql};

use super::StoreError;

/// How many rows a statement puts in: the most, as long as there are so many.
const AT_ONCE: [usize; 3] = [16, 4, 1];

/// Where rows go.
pub(super) struct Into {
    table: &'static str,
    columns: usize,
    then: &'static str,
    /// The statements, once they were made.
    sql: [OnceLock<String>; AT_ONCE.len()],
}

impl Into {
    /// A table and its columns, as in `ledger (seq, entitlement)`, and how many those are; in a statement, `then` follows
    /// the rows.
    pub(super) const fn new(table: &'static str, columns: usize, then: &'static str) -> Self {
        Self {
            table,
            columns,
            then,
            sql: [const { OnceLock::new() }; AT_ONCE.len()],
        }
    }

    fn sql(&self, rows: usize) -> String {
        let row = format!("({})", vec!["?"; self.columns].join(", "));
        let rows = vec![row; rows].join(", ");
        format!("INSERT INTO {} VALUES {rows} {}", self.table, self.then)
    }
}

/// The values of rows, told one after the other.
pub(super) struct Values<'a, 'c> {
    statement: &'a mut Statement<'c>,
    place: usize,
}

impl<'a, 'c> Values<'a, 'c> {
    fn of(statement: &'a mut Statement<'c>) -> Self {
        Self {
            statement,
            place: 0,
        }
    }

    /// Tells the value of the next column.
    pub(super) fn put(&mut self, value: impl ToSql) -> rusqlite::Result<()> {
        self.place += 1;
        self.statement.raw_bind_parameter(self.place, value)
    }
}

/// Puts `rows` in, in their order; `tell` tells the values of one.
pub(super) fn insert<R>(
    connection: &Connection,
    into: &Into,
    mut rows: &[R],
    tell: impl Fn(&mut Values<'_, '_>, &R) -> rusqlite::Result<()>,
) -> Result<(), StoreError> {
    for (at_once, sql) in AT_ONCE.into_iter().zip(&into.sql) {
        let many = rows.chunks_exact(at_once);
        rows = many.remainder();
        if many.len() == 0 {
            continue;
        }
        let sql = sql.get_or_init(|| into.sql(at_once));
        let mut statement = connection.prepare_cached(sql)?;
        for some in many {
            let mut values = Values::of(&mut statement);
            some.iter().try_for_each(|row| tell(&mut values, row))?;
            statement.raw_execute()?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_rows_are_put_in_whole_and_in_their_order() {
        let connection = Connection::open_in_memory().unwrap();
        connection
            .execute_batch("CREATE TABLE t (place INTEGER PRIMARY KEY, a TEXT, b BLOB)")
            .unwrap();
        let into = Into::new("t (a, b)", 2, "");
        let mut wanted = Vec::new();
        for count in [0, 1, 3, 4, 15, 16, 39] {
            let rows: Vec<(String, Option<Vec<u8>>)> = (0..count)
                .map(|n| (format!("{count} {n}"), (n % 3 > 0).then(|| vec![1; n])))
                .collect();
            insert(&connection, &into, &rows, |values, (a, b)| {
                values.put(a)?;
                values.put(b)
            })
            .unwrap();
            wanted.extend(rows);
        }
        let mut statement = connection
            .prepare("SELECT a, b FROM t ORDER BY place")
            .unwrap();
        let found = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
        let found: Vec<(String, Option<Vec<u8>>)> = found.unwrap().map(Result::unwrap).collect();
        assert_eq!(found, wanted);
    }
}
