//! The backup of the day.

use std::fs;

use chrono::{NaiveDate, TimeDelta};
use holdline::store::{Access, Desk, OfTheDay};
use nix::fcntl::{Flock, FlockArg};

use super::{desk_with_notes, names, note};
use crate::rooms::monday;

/// The day of [`monday`].
const TODAY: &str = "2026-11-23";

#[test]
fn others_write_on_while_the_backup_of_the_day_is_made_and_it_does_not_begin_again() {
    let (mut room, number) = desk_with_notes(5);
    let waste = "CREATE TABLE waste (w); INSERT INTO waste VALUES (zeroblob(60000000))";
    room.sql().execute_batch(waste).unwrap();
    let desk = room.reopened();
    let backing = std::thread::spawn(move || desk.daily_backup(TODAY.parse().unwrap(), monday()));
    let mut written = 0;
    while !backing.is_finished() {
        note(&mut room, number, "Meanwhile");
        written += 1;
    }
    let OfTheDay::Made(made) = backing.join().unwrap().unwrap() else {
        panic!("nobody else makes one");
    };
    assert!(written > 4, "{written}");
    let copy = Desk::open(&made.path, Access::Read).unwrap();
    assert_eq!(copy.check(Some(&made.sound.head)).unwrap(), made.sound);
}

#[test]
fn one_backup_a_day_is_made_by_itself_and_seven_are_kept() {
    let (mut room, number) = desk_with_notes(0);
    let first: NaiveDate = "2026-11-23".parse().unwrap();
    assert_eq!(
        room.desk.backup_is_old(monday()).unwrap().unwrap(),
        "no backup yet"
    );
    for days in 0..9 {
        let (day, now) = (
            first + TimeDelta::days(days),
            monday() + TimeDelta::days(days),
        );
        note(&mut room, number, "Another day");
        let made = room.desk.daily_backup(day, now).unwrap();
        assert!(matches!(made, OfTheDay::Made(_)));
        let again = room.desk.daily_backup(day, now).unwrap();
        assert_eq!(again, OfTheDay::There, "once a day");
        assert_eq!(room.desk.backup_is_old(now).unwrap(), None);
    }
    let kept = names(&room.desk.backups());
    let wanted = (25..=30).map(|day| format!("2026-11-{day}.holdline"));
    let wanted: Vec<String> = wanted.chain(["2026-12-01.holdline".to_owned()]).collect();
    assert_eq!(kept, wanted);
    let later = monday() + TimeDelta::days(11);
    assert_eq!(
        room.desk.backup_is_old(later).unwrap().unwrap(),
        "last backup 3 days ago"
    );
}

#[test]
fn what_a_killed_backup_left_is_cleared_away() {
    let (room, _) = desk_with_notes(0);
    let folder = room.desk.backups();
    fs::create_dir_all(folder.join("2026-11-22.holdline.files/ab")).unwrap();
    // Numbers of processes are given again: this one's is somebody's.
    for draft in ["2026-11-22.holdline-1.draft", "2026-11-23.holdline-1.draft"] {
        for side in ["", "-wal", "-shm", "-journal"] {
            fs::write(folder.join(format!(".{draft}{side}")), "half").unwrap();
        }
    }
    fs::write(folder.join("notes"), "mine").unwrap();
    let made = room.desk.daily_backup(TODAY.parse().unwrap(), monday());
    assert!(matches!(made.unwrap(), OfTheDay::Made(_)));
    assert_eq!(names(&folder), ["2026-11-23.holdline", "notes"]);
}

#[test]
fn of_many_that_begin_at_once_one_makes_the_backup_of_the_day() {
    let (room, _) = desk_with_notes(200);
    let desks: Vec<Desk> = (0..6).map(|_| room.reopened()).collect();
    let day = TODAY.parse().unwrap();
    let make = |desk: &Desk| desk.daily_backup(day, monday()).unwrap();
    let found: Vec<OfTheDay> = std::thread::scope(|scope| {
        let begun = desks
            .into_iter()
            .map(|desk| scope.spawn(move || make(&desk)));
        let begun: Vec<_> = begun.collect();
        begun.into_iter().map(|one| one.join().unwrap()).collect()
    });
    let made = found.iter().filter(|of| matches!(of, OfTheDay::Made(_)));
    assert_eq!(made.count(), 1, "{found:?}");
    assert_eq!(names(&room.desk.backups()), ["2026-11-23.holdline"]);
    assert_eq!(make(&room.desk), OfTheDay::There);
}

#[test]
fn while_another_program_makes_it_nobody_else_writes_there() {
    let (room, _) = desk_with_notes(0);
    let folder = room.desk.backups();
    fs::create_dir(&folder).unwrap();
    let lock = Flock::lock(fs::File::open(&folder).unwrap(), FlockArg::LockExclusive).unwrap();
    let made = room.desk.daily_backup(TODAY.parse().unwrap(), monday());
    assert_eq!(made.unwrap(), OfTheDay::InTheMaking);
    let by_hand = folder.join("2026-11-23.holdline");
    let said = room.desk.backup(&by_hand, false, monday()).unwrap_err();
    let said = said.to_string();
    assert!(
        said.contains("is being made there: wait until it is done"),
        "{said}"
    );
    drop(lock);
    room.desk.backup(&by_hand, false, monday()).unwrap();
}

#[test]
fn why_there_is_no_backup_of_the_day_is_known_until_there_is_one() {
    let (room, _) = desk_with_notes(0);
    let folder = room.desk.backups();
    fs::write(&folder, "no folder").unwrap();
    let day = TODAY.parse().unwrap();
    let said = room
        .desk
        .daily_backup(day, monday())
        .unwrap_err()
        .to_string();
    let failed = room.desk.info().unwrap().backup_failed.unwrap();
    assert_eq!((failed.at, failed.why), (monday(), said));
    fs::remove_file(&folder).unwrap();
    room.desk.daily_backup(day, monday()).unwrap();
    assert_eq!(room.desk.info().unwrap().backup_failed, None);
}
