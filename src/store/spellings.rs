//! How names are written that begin with what was typed, upper and lower case the same and in whatever letters: `nandu`
//! is the beginning of Ñandú.

use rusqlite::{Connection, OptionalExtension, params};

use super::StoreError;
use crate::text::sound::plain;

/// The first letter that is not ASCII.
const BEYOND: char = '\u{80}';

/// The beginnings of customers' names, as they are written, that what was typed may stand for. The index of names tells
/// them letter by letter: an ASCII letter is its own spelling, and of the others only those are asked for that follow on
/// some name's beginning. So it costs little, however many names are written with them.
pub(super) fn beginnings(connection: &Connection, typed: &str) -> Result<Vec<String>, StoreError> {
    let mut found = Vec::new();
    let mut open = vec![(String::new(), plain(typed))];
    while let Some((begun, rest)) = open.pop() {
        let Some(letter) = rest.chars().next() else {
            found.push(begun);
            continue;
        };
        let mut from = BEYOND;
        while let Some(next) = following(connection, &begun, from)? {
            if let Some(rest) = rest_after(&rest, next) {
                open.push((format!("{begun}{next}"), rest));
            }
            from = next_letter(next);
        }
        if let Some(rest) = rest_after(&rest, letter) {
            open.push((format!("{begun}{letter}"), rest));
        }
    }
    Ok(found)
}

/// The first letter from this one on that follows on such a beginning of a name.
pub(super) fn following(
    connection: &Connection,
    begun: &str,
    from: char,
) -> Result<Option<char>, StoreError> {
    let mut names = connection.prepare_cached(
        "SELECT name FROM customer WHERE name >= ?1 COLLATE NOCASE AND name < ?2 COLLATE NOCASE
         ORDER BY name COLLATE NOCASE LIMIT 1",
    )?;
    let within = params![format!("{begun}{from}"), format!("{begun}{}", char::MAX)];
    let name: Option<String> = names.query_row(within, |row| row.get(0)).optional()?;
    // As long in bytes, where an ASCII letter is one of the other case.
    let after = name.as_deref().and_then(|name| name.get(begun.len()..));
    Ok(after.and_then(|after| after.chars().next()))
}

/// What is left of what was typed behind a letter; `None` where the letter is spelt otherwise.
fn rest_after(typed: &str, letter: char) -> Option<String> {
    let spelt = plain(letter.encode_utf8(&mut [0; 4]));
    match spelt.starts_with(typed) {
        true => Some(String::new()),
        false => typed.strip_prefix(&spelt).map(str::to_owned),
    }
}

/// The next letter in the order of an index; behind the last, which no name has, none is.
pub(super) fn next_letter(letter: char) -> char {
    (letter..=char::MAX).nth(1).unwrap_or(char::MAX)
}

/// Customers of whose names one of the [`beginnings`] in a JSON list is the beginning, as a statement.
pub(super) fn named(mark: &str) -> String {
    format!(
        "SELECT customer.id FROM json_each({mark}) AS begun CROSS JOIN customer \
         WHERE customer.name >= begun.value COLLATE NOCASE \
         AND customer.name < begun.value || char(1114111) COLLATE NOCASE"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_as_they_are_written() {
        let desk = Connection::open_in_memory().unwrap();
        desk.execute_batch(
            "CREATE TABLE customer (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
             CREATE INDEX customer_by_name ON customer (name COLLATE NOCASE);
             INSERT INTO customer (name) VALUES ('Ñandú Verde'), ('NANDU'), ('Åkan'), ('akaN Two'), ('Иванов'),
             ('ивушка'), ('Straße'), ('Strasse'), ('Strauß'), ('北京'), ('北海'), ('Ægir'), ('aero'), ('nañ');",
        )
        .unwrap();
        let found = |typed: &str| {
            let begun = beginnings(&desk, typed).unwrap();
            let begun = serde_json::to_string(&begun).unwrap();
            let names = format!(
                "SELECT name FROM customer WHERE id IN ({}) ORDER BY id",
                named("?1")
            );
            let mut names = desk.prepare(&names).unwrap();
            let names = names.query_map([begun], |row| row.get(0)).unwrap();
            names.map(Result::unwrap).collect::<Vec<String>>()
        };
        for (typed, expected) in [
            ("nan", &["Ñandú Verde", "NANDU", "nañ"][..]),
            ("ÑANDÚ", &["Ñandú Verde", "NANDU"]),
            ("akan", &["Åkan", "akaN Two"]),
            ("iv", &["Иванов", "ивушка"]),
            ("Иван", &["Иванов"]),
            ("stras", &["Straße", "Strasse"]),
            ("strasse", &["Straße", "Strasse"]),
            ("straus", &["Strauß"]),
            ("bei", &["北京", "北海"]),
            ("ae", &["Ægir", "aero"]),
            ("a", &["Åkan", "akaN Two", "Ægir", "aero"]),
            ("akana", &[]),
            ("zzz", &[]),
        ] {
            assert_eq!(found(typed), expected, "{typed}");
        }
        assert_eq!(found("").len(), 14);
    }
}
