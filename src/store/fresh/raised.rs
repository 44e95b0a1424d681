//! The place of large parts in an index of words. An index merges sixteen parts of one level into one of the next, and may
//! have to do so within a single change: a part as large as a whole desk must not lie among those of a few small changes.

use rusqlite::{Connection, OptionalExtension};

use crate::store::StoreError;

/// The row in which an index keeps which parts it has: level by level, from the lowest.
const PARTS: i64 = 10;

/// So many levels lie below: to fill them takes 16 to the power of this many changes.
const BELOW: u8 = 5;

/// The highest number of levels that is written in one byte, and that an index may have.
const MOST: u8 = 64;

/// How the row begins, after four bytes of something else, in the form that is known here.
const FORM: [u8; 4] = [0xff, 0, 0, 1];

/// Puts all that `index` holds above the levels that changes fill.
pub(super) fn raise(connection: &Connection, index: &str) -> Result<(), StoreError> {
    let read = format!("SELECT block FROM {index}_data WHERE id = ?1");
    let parts: Option<Vec<u8>> = connection
        .query_row(&read, [PARTS], |row| row.get(0))
        .optional()?;
    // In a form that is not known it stays as it is: it is found by all the same.
    if let Some(raised) = parts.as_deref().and_then(raised) {
        let write = format!("UPDATE {index}_data SET block = ?2 WHERE id = ?1");
        connection.execute(&write, (PARTS, raised))?;
    }
    Ok(())
}

/// After the form stand the numbers of levels, of parts and of writes; then each level, which begins with how many of its
/// parts are being merged, and how many there are.
fn raised(parts: &[u8]) -> Option<Vec<u8>> {
    let (begin, rest) = parts.split_at_checked(8)?;
    let (levels, rest) = rest.split_first()?;
    let high = levels.checked_add(BELOW)?;
    if !begin.ends_with(&FORM) || *levels == 0 || high > MOST {
        return None;
    }
    let of_parts = length(rest)?;
    let of_writes = length(rest.get(of_parts..)?)?;
    let (numbers, held) = rest.split_at_checked(of_parts + of_writes)?;
    let empty = [0; 2 * BELOW as usize];
    Some([begin, &[high], numbers, &empty, held].concat())
}

/// How many bytes a number has: all but its last have the highest bit set.
fn length(number: &[u8]) -> Option<usize> {
    number
        .iter()
        .take(8)
        .position(|byte| byte & 0x80 == 0)
        .map(|last| last + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index() -> Connection {
        let connection = Connection::open_in_memory().unwrap();
        connection
            .execute_batch(
                "CREATE VIRTUAL TABLE said USING fts5 (words, content = '', contentless_delete = 1)",
            )
            .unwrap();
        connection
    }

    fn put(connection: &Connection, numbers: std::ops::Range<u32>) {
        for number in numbers {
            let words = format!("all of {number}");
            connection
                .execute(
                    "INSERT INTO said (rowid, words) VALUES (?1, ?2)",
                    (number, words),
                )
                .unwrap();
        }
    }

    fn found(connection: &Connection) -> u32 {
        let all = "SELECT count(*) FROM said WHERE said MATCH 'all'";
        connection.query_row(all, [], |row| row.get(0)).unwrap()
    }

    /// The parts of the index, and how many pages each has.
    fn parts(connection: &Connection) -> Vec<(u32, u32)> {
        let mut parts = connection
            .prepare("SELECT segid, count(*) FROM said_idx GROUP BY segid ORDER BY segid")
            .unwrap();
        let parts = parts.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
        parts.unwrap().map(Result::unwrap).collect()
    }

    #[test]
    fn what_is_raised_is_found_and_not_merged_with_small_changes() {
        for (raises, stays) in [(true, true), (false, false)] {
            let connection = index();
            connection.execute_batch("BEGIN").unwrap();
            put(&connection, 1..2_000);
            connection.execute_batch("COMMIT").unwrap();
            let large = parts(&connection);
            assert_eq!(large.len(), 1);
            if raises {
                raise(&connection, "said").unwrap();
            }
            put(&connection, 2_000..2_300);
            assert_eq!(found(&connection), 2_299);
            assert_eq!(parts(&connection).starts_with(&large), stays);
            connection
                .execute_batch("INSERT INTO said (said) VALUES ('integrity-check')")
                .unwrap();
        }
    }

    #[test]
    fn what_has_another_form_stays_as_it_is() {
        for parts in [
            &b""[..],
            b"12345678",
            b"1234\xff\0\0\x02\x01\x01\x01",
            b"1234\xff\0\0\x01\x01\xff",
        ] {
            assert_eq!(raised(parts), None);
        }
        let high = [&b"1234"[..], &FORM, &[60, 1, 1, 0, 0]].concat();
        assert_eq!(raised(&high), None);
    }
}
