//! The timeline: append-only, hash-chained over facts and the digests of texts. The chain is computed here anew, from
//! its description alone.

use holdline::incident::{NoteKind, Step};
use rusqlite::Connection;
use sha2::{Digest, Sha256};

use crate::rooms::Room;

/// The place of the first entry that does not fit into the chain, or whose texts do not fit their digests.
fn first_break(connection: &Connection) -> Option<i64> {
    let mut before = vec![0_u8; 32];
    let mut statement = connection
        .prepare(
            "SELECT seq, coalesce(incident, 0), coalesce(customer, 0), at, recorded_at, agent, kind, facts, words,
                    coalesce(salts, x''), coalesce(digests, x''), hash FROM timeline ORDER BY seq",
        )
        .unwrap();
    let mut rows = statement.query([]).unwrap();
    while let Some(row) = rows.next().unwrap() {
        let mut bytes = vec![1_u8];
        bytes.extend(&before);
        for column in 0..5 {
            bytes.extend(row.get::<_, i64>(column).unwrap().to_be_bytes());
        }
        for column in 5..8 {
            let text: String = row.get(column).unwrap();
            bytes.extend((text.len() as u64).to_be_bytes());
            bytes.extend(text.as_bytes());
        }
        let (salts, digests): (Vec<u8>, Vec<u8>) = (row.get(9).unwrap(), row.get(10).unwrap());
        bytes.extend(&digests);
        let hash: Vec<u8> = row.get(11).unwrap();
        if Sha256::digest(&bytes).as_slice() != hash
            || !texts_fit(row.get(8).unwrap(), &salts, &digests)
        {
            return Some(row.get(0).unwrap());
        }
        before = hash;
    }
    None
}

fn texts_fit(words: Option<String>, salts: &[u8], digests: &[u8]) -> bool {
    let words = words.unwrap_or_else(|| "{}".to_owned());
    let words: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&words).unwrap();
    let entries = words.iter().zip(salts.chunks(16)).zip(digests.chunks(32));
    digests.len() == words.len() * 32
        && entries.into_iter().all(|(((key, text), salt), digest)| {
            let hashed = Sha256::new()
                .chain_update(salt)
                .chain_update(key)
                .chain_update([0]);
            text.is_null() || hashed.chain_update(text.to_string()).finalize().as_slice() == digest
        })
}

fn busy_room() -> Room {
    let mut room = Room::under(&["escalation"]);
    let number = room.log(|log| {
        log.detail = Some("Since Friday, only with the large file".to_owned());
        log.office = Some("uk".to_owned());
    });
    for text in ["Asked for the file", "The file came"] {
        room.step(
            number,
            Step::Note {
                kind: NoteKind::Internal,
                text: text.to_owned(),
            },
        )
        .unwrap();
    }
    room
}

#[test]
fn the_chain_holds_and_shows_an_altered_fact() {
    let room = busy_room();
    assert_eq!(first_break(&room.sql()), None);
    let sql = room.sql();
    sql.execute_batch(
        "DROP TRIGGER timeline_is_never_changed; UPDATE timeline SET agent = 'eve' WHERE seq = 4",
    )
    .unwrap();
    assert_eq!(first_break(&sql), Some(4));
}

#[test]
fn the_chain_shows_an_altered_text_but_bears_an_erased_one() {
    let room = busy_room();
    let sql = room.sql();
    let newest = "(SELECT max(seq) FROM timeline)";
    sql.execute_batch(&format!(
        "UPDATE timeline SET words = json_set(words, '$.text', null) WHERE seq = {newest}"
    ))
    .unwrap();
    assert_eq!(first_break(&sql), None);
    let number = holdline::incident::TechRef::new(10_001);
    let last = room.desk.timeline(number).unwrap().pop().unwrap();
    assert!(format!("{:?}", last.event).contains("[erased]"));
    sql.execute_batch(&format!(
        "UPDATE timeline SET words = json_set(words, '$.text', 'No') WHERE seq = {newest}"
    ))
    .unwrap();
    assert!(first_break(&sql).is_some());
}

#[test]
fn the_timeline_is_append_only() {
    let room = busy_room();
    for change in [
        "DELETE FROM timeline",
        "UPDATE timeline SET at = 0",
        "UPDATE timeline SET facts = '{}'",
    ] {
        let said = room.sql().execute_batch(change).unwrap_err().to_string();
        assert!(said.contains("append-only"), "{said}");
    }
    assert_eq!(first_break(&room.sql()), None);
}
