//! A desk that an earlier program made is brought to what this one needs.

use holdline::store::SCHEMA;
use rstest::rstest;

use crate::rooms::Room;

/// Takes back the narrow indexes, which came after all of these.
macro_rules! before_narrow {
    () => {
        "DROP INDEX incident_queue;
        DROP INDEX incident_newest;
        ALTER TABLE incident DROP COLUMN channel;
        CREATE INDEX incident_queue ON incident (queue_key) WHERE queue_key IS NOT NULL;
        CREATE INDEX incident_queue_of ON incident (assignee, queue_key) WHERE queue_key IS NOT NULL;
        CREATE INDEX incident_due ON incident (due_at) WHERE due_at IS NOT NULL;
        CREATE INDEX incident_state ON incident (state, number);
        CREATE INDEX incident_not_given ON incident (number) WHERE number_given = 0 AND queue_key IS NOT NULL;
        DROP TABLE ahead;"
    };
}

/// Takes back what reports are found by.
macro_rules! before_reports {
    () => {
        "DROP TABLE counted;
        DROP INDEX timeline_call;
        DROP INDEX timeline_loose;
        DROP INDEX timeline_money;
        DROP INDEX timeline_sold;
        DROP INDEX timeline_undone;
        DROP INDEX timeline_taken_over;
        DROP INDEX incident_queue_of_customer;
        DROP INDEX incident_known;
        DROP INDEX incident_emergency;
        DROP INDEX incident_uncovered;
        DROP INDEX incident_in_manual;"
    };
}

/// The index of callers as it was before names were found by their sound.
pub(crate) const BEFORE_SOUND: &str = concat!(
    before_narrow!(),
    before_reports!(),
    "DROP TABLE caller;
    CREATE VIRTUAL TABLE caller USING fts5 (name, reach, content = '', contentless_delete = 1);
    INSERT INTO caller (rowid, name, reach) SELECT id, name, code FROM customer;
    PRAGMA user_version = 2;"
);

/// As it was before silent letters were left out of the sounds.
const BEFORE_SILENT: &str = concat!(
    before_narrow!(),
    before_reports!(),
    "DROP TABLE caller;
    CREATE VIRTUAL TABLE caller USING fts5 (name, reach, sound, content = '', contentless_delete = 1);
    INSERT INTO caller (rowid, name, reach, sound) SELECT id, name, code, 'plfrn' FROM customer;
    PRAGMA user_version = 3;"
);

/// As it was before names were found under another spelling.
const BEFORE_SPELLING: &str = concat!(
    before_narrow!(),
    "DROP TABLE caller;
    CREATE VIRTUAL TABLE caller USING fts5 (name, reach, sound, content = '', contentless_delete = 1);
    INSERT INTO caller (rowid, name, reach, sound) SELECT id, name, code, 'plfrn' FROM customer;
    PRAGMA user_version = 5;"
);

#[rstest]
#[case::without_other_spellings(BEFORE_SPELLING)]
#[case::without_sounds(BEFORE_SOUND)]
#[case::with_other_sounds(BEFORE_SILENT)]
fn names_of_an_earlier_desk_are_found_by_their_sound(#[case] before: &str) {
    let room = Room::under(&["severity"]);
    room.sql().execute_batch(before).unwrap();
    let desk = room.reopened();
    let found = desk.find_customers("bloo fairn", 5).unwrap();
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].customer.name, "Blue Fern");
    assert!(found[0].sounds_alike);
    assert_eq!(desk.find_customers("blufern", 5).unwrap(), found);
    let schema: u32 = room
        .sql()
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .unwrap();
    assert_eq!(schema, SCHEMA);
    desk.check(None).unwrap();
}
