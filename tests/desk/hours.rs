//! Hours that change while the desk is in use.

use chrono::{DateTime, TimeDelta, Utc};
use holdline::calendar::{Exception, ExceptionKind, Status};
use holdline::incident::{Command, Incident, NewClosure, Reach, Step};
use holdline::store::{Desk, Done};

use crate::rooms::{Room, context, monday};

/// A closure of all hours that begins now.
fn closed_for(hours: i64) -> Command {
    Command::AddClosure(NewClosure {
        reach: Reach::All,
        exception: Exception {
            from: monday(),
            to: monday() + TimeDelta::hours(hours),
            reason: "Power cut".to_owned(),
            kind: ExceptionKind::Closed,
        },
    })
}

fn is_closed(desk: &Desk, at: DateTime<Utc>) -> bool {
    let ruling = desk.ruling(None).unwrap();
    let calendar = ruling.deadlines.calendar(Some("florida")).unwrap().unwrap();
    matches!(calendar.status(at), Status::Closed { .. })
}

#[test]
fn the_timeline_replays_to_the_state_through_closures_too() {
    let mut room = Room::under(&["escalation"]);
    let number = room.log(|log| {
        log.detail = Some("All of it".to_owned());
        log.office = Some("france".to_owned());
    });
    let mut removed = None;
    for command in [
        closed_for(30),
        Command::Step(number, Step::Given),
        closed_for(3),
    ] {
        let done = room.desk.execute(&command, &context(monday())).unwrap();
        if let Done::Closure(id) = done {
            removed.get_or_insert(id);
        }
    }
    let remove = Command::RemoveClosure(removed.unwrap());
    room.desk.execute(&remove, &context(monday())).unwrap();
    let (stored, _) = room.desk.incident(number, monday()).unwrap();
    let timeline = room.desk.timeline(number).unwrap();
    let moves = timeline.iter().filter(|entry| entry.event.is_of_the_desk());
    assert_eq!(moves.count(), 2);
    assert_eq!(Incident::replay(number, &timeline), Some(stored));
}

#[test]
fn another_process_s_closure_counts_at_once() {
    let mut room = Room::under(&["escalation"]);
    let other = room.reopened();
    assert!(!is_closed(&other, monday()));
    room.desk
        .execute(&closed_for(1), &context(monday()))
        .unwrap();
    assert!(is_closed(&other, monday()));
    assert!(is_closed(&room.desk, monday()));
}

#[test]
fn a_closure_that_was_only_tried_is_forgotten() {
    let mut room = Room::under(&["escalation"]);
    let tried = room.desk.rehearse(|batch| {
        batch.execute(&closed_for(1), &context(monday()))?;
        Ok(is_closed(batch.desk(), monday()))
    });
    assert!(tried.unwrap());
    assert!(!is_closed(&room.desk, monday()));
    let later = monday() + TimeDelta::hours(2);
    room.desk
        .execute(&closed_for(3), &context(monday()))
        .unwrap();
    assert!(is_closed(&room.desk, later), "not the one that was tried");
}
