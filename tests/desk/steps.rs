//! State and timeline, the same step sent twice, and a step on older state.

use holdline::incident::{Command, CustomerId, Incident, Log, NoteKind, Resolution, Respond, Step};
use holdline::policy::Channel;
use holdline::store::{Context, Done, StoreError};

use crate::rooms::{Room, context, monday};

fn note(text: &str) -> Step {
    Step::Note {
        kind: NoteKind::Internal,
        text: text.to_owned(),
    }
}

#[test]
fn the_state_is_what_the_timeline_replays_to() {
    let mut room = Room::under(&["escalation"]);
    let number = room.log(|log| {
        log.detail = Some("All of it".to_owned());
        log.office = Some("france".to_owned());
    });
    let respond = Respond {
        by: Channel::Mail,
        channel_reason: None,
        text: Some("Here is how".to_owned()),
        estimate: None,
        manual_page: None,
    };
    let resolution = Resolution {
        outcome: "satisfied".to_owned(),
        ..Resolution::default()
    };
    for step in [
        Step::Assign(Some("mia".to_owned())),
        Step::Respond(respond),
        Step::Wait {
            text: "Does it help?".to_owned(),
        },
        Step::Resume(None),
        Step::Given,
        Step::Resolve(Box::new(resolution)),
        Step::Reopen {
            by_customer: true,
            recurring: true,
            reason: None,
        },
    ] {
        room.step(number, step).unwrap();
        let (stored, _) = room.desk.incident(number, monday()).unwrap();
        let timeline = room.desk.timeline(number).unwrap();
        assert_eq!(Incident::replay(number, &timeline), Some(stored));
    }
}

#[test]
fn a_key_sent_twice_counts_once_and_gets_the_first_answer() {
    let mut room = Room::under(&["severity"]);
    let number = room.log(|log| log.severity = Some("high".to_owned()));
    let once = Context {
        once: Some("form-7".to_owned()),
        ..context(monday())
    };
    let command = Command::Step(number, note("Only once"));
    let first = room.desk.execute(&command, &once).unwrap();
    assert_eq!(room.desk.execute(&command, &once).unwrap(), first);
    let notes = room
        .desk
        .timeline(number)
        .unwrap()
        .into_iter()
        .filter(|entry| format!("{entry:?}").contains("Only once"));
    assert_eq!(notes.count(), 1);
}

#[test]
fn a_step_on_older_state_is_told_who_changed_what() {
    let mut room = Room::under(&["severity"]);
    let number = room.log(|log| log.severity = Some("high".to_owned()));
    let seen = room.desk.incident(number, monday()).unwrap().0.revision;
    let mut other = room.reopened();
    let zoe = Context {
        agent: "zoe".to_owned(),
        now: monday(),
        ..Context::default()
    };
    other
        .execute(&Command::Step(number, note("I was first")), &zoe)
        .unwrap();
    let mine = Context {
        if_revision: Some(seen),
        ..context(monday())
    };
    let said = room
        .desk
        .execute(&Command::Step(number, note("I was second")), &mine)
        .unwrap_err();
    assert!(
        matches!(&said, StoreError::Changed { agent, .. } if agent == "zoe"),
        "{said}"
    );
}

#[test]
fn a_batch_is_all_or_nothing() {
    let mut room = Room::under(&["severity"]);
    let number = room.log(|log| log.severity = Some("high".to_owned()));
    let before = room.desk.timeline(number).unwrap();
    let result = room.desk.batch(|batch| {
        batch.execute(
            &Command::Step(number, note("Kept only with the next")),
            &context(monday()),
        )?;
        batch.execute(&Command::Step(number, note("  ")), &context(monday()))
    });
    assert!(matches!(result, Err(StoreError::Refused(_))));
    assert_eq!(room.desk.timeline(number).unwrap(), before);
}

#[test]
fn what_another_process_changed_is_seen() {
    let mut room = Room::under(&["severity"]);
    let other = room.reopened();
    let before = other.version_seen().unwrap();
    assert_eq!(other.version_seen().unwrap(), before);
    room.log(|log| log.severity = Some("low".to_owned()));
    assert_ne!(other.version_seen().unwrap(), before);
}

/// Those that are new are written without a look at what is there: nothing that was said meanwhile may be left out.
#[test]
fn what_is_new_is_found_by_all_that_was_said_in_the_same_write() {
    let mut room = Room::under(&["severity"]);
    let numbers: Vec<_> = room
        .desk
        .bulk(true, |batch| {
            let mut numbers = Vec::new();
            for said in ["Quincunx", "Zeugma"] {
                let mut log = Log::new(CustomerId(1), said);
                log.severity = Some("high".to_owned());
                let number =
                    match batch.execute(&Command::Log(Box::new(log)), &context(monday()))? {
                        Done::Logged(number) => number,
                        other => panic!("{other:?}"),
                    };
                let later = note(&format!("{said}s are rare"));
                batch.execute(&Command::Step(number, later), &context(monday()))?;
                numbers.push(number);
            }
            Ok::<_, StoreError>(numbers)
        })
        .unwrap();
    room.step(numbers[0], note("Pentads too")).unwrap();
    room.desk.check(None).unwrap();
    let sql = room.sql();
    for (word, number) in [
        ("quincunx", numbers[0]),
        ("quincunxs", numbers[0]),
        ("pentads", numbers[0]),
        ("zeugmas", numbers[1]),
    ] {
        let found: u32 = sql
            .query_row(
                "SELECT rowid FROM search WHERE search MATCH ?1",
                [word],
                |row| row.get(0),
            )
            .unwrap();
        assert_eq!(found, number.sequence(), "{word}");
    }
}
