//! Putting rows into a table: many with few statements, as beginning one costs SQLite about what carrying it out does where
//! a table has many indexes.

use rusqlite::{Connection, Statement, ToSql};

use super::StoreError;

/// Rows that one statement puts in, where there are so many.
const AT_ONCE: usize = 16;

/// Where rows go.
pub(super) struct Into {
    /// The table and its columns, as in `ledger (seq, entitlement)`.
    pub(super) table: &'static str,
    /// How many columns those are.
    pub(super) columns: usize,
}

impl Into {
    fn sql(&self, rows: usize, then: &str) -> String {
        let row = format!("({})", vec!["?"; self.columns].join(", "));
        let rows = vec![row; rows].join(", ");
        format!("INSERT INTO {} VALUES {rows} {then}", self.table)
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

/// Puts one row in, the values of which `tell` tells. `then` follows them in the statement.
pub(super) fn insert_one(
    connection: &Connection,
    into: &Into,
    then: &str,
    tell: impl Fn(&mut Values<'_, '_>) -> rusqlite::Result<()>,
) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached(&into.sql(1, then))?;
    tell(&mut Values::of(&mut statement))?;
    statement.raw_execute()?;
    Ok(())
}

/// Puts `rows` in, in their order; `tell` tells the values of one.
pub(super) fn insert<R>(
    connection: &Connection,
    into: &Into,
    rows: &[R],
    tell: impl Fn(&mut Values<'_, '_>, &R) -> rusqlite::Result<()>,
) -> Result<(), StoreError> {
    let many = rows.chunks_exact(AT_ONCE);
    let left = many.remainder();
    if many.len() > 0 {
        let mut statement = connection.prepare_cached(&into.sql(AT_ONCE, ""))?;
        for some in many {
            let mut values = Values::of(&mut statement);
            some.iter().try_for_each(|row| tell(&mut values, row))?;
            statement.raw_execute()?;
        }
    }
    left.iter()
        .try_for_each(|row| insert_one(connection, into, "", |values| tell(values, row)))
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
        let into = Into {
            table: "t (a, b)",
            columns: 2,
        };
        let mut wanted = Vec::new();
        for count in [0, 1, AT_ONCE - 1, AT_ONCE, 2 * AT_ONCE + 3] {
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
