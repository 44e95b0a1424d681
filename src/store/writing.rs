//! A write transaction. What begins and ends it is prepared once: a change is small, and asks for both.

use std::ops::Deref;

use rusqlite::Connection;

/// A write transaction: what it has not kept when it is dropped is undone.
pub(super) struct Writing<'a>(&'a Connection);

impl<'a> Writing<'a> {
    pub(super) fn begin(connection: &'a Connection) -> rusqlite::Result<Self> {
        say(connection, "BEGIN IMMEDIATE")?;
        Ok(Self(connection))
    }

    pub(super) fn commit(self) -> rusqlite::Result<()> {
        say(self.0, "COMMIT")
    }

    pub(super) fn rollback(self) -> rusqlite::Result<()> {
        say(self.0, "ROLLBACK")
    }
}

impl Deref for Writing<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        self.0
    }
}

impl Drop for Writing<'_> {
    fn drop(&mut self) {
        // SQLite may have ended it by itself, as where the disk is full.
        if !self.0.is_autocommit() {
            let _ = say(self.0, "ROLLBACK");
        }
    }
}

fn say(connection: &Connection, what: &str) -> rusqlite::Result<()> {
    connection.prepare_cached(what)?.execute([]).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_there_and_nothing_else() {
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch("CREATE TABLE t (a)").unwrap();
        type End = fn(Writing<'_>);
        let ends: [(End, u32); 3] = [
            (|writing| writing.commit().unwrap(), 1),
            (|writing| writing.rollback().unwrap(), 1),
            (|writing| drop(writing), 1),
        ];
        for (end, rows) in ends {
            let writing = Writing::begin(&connection).unwrap();
            assert!(Writing::begin(&connection).is_err());
            writing.execute("INSERT INTO t VALUES (1)", []).unwrap();
            end(writing);
            assert!(connection.is_autocommit());
            let found = connection.query_row("SELECT count(*) FROM t", [], |row| row.get(0));
            assert_eq!(found, Ok(rows));
        }
    }

    #[test]
    fn what_sqlite_gave_up_by_itself_is_over() {
        let connection = Connection::open_in_memory().unwrap();
        connection
            .execute_batch("CREATE TABLE t (a UNIQUE); INSERT INTO t VALUES (1)")
            .unwrap();
        let writing = Writing::begin(&connection).unwrap();
        let refused = writing.execute("INSERT OR ROLLBACK INTO t VALUES (1)", []);
        assert!(refused.is_err() && connection.is_autocommit());
        drop(writing);
        drop(Writing::begin(&connection).unwrap());
    }
}
