//! Whoever wants to write stands in line; whoever sleeps in it, or died in it, holds nobody up.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::process::Child;
use std::sync::mpsc::channel;
use std::thread;

use holdline::incident::{Command, CustomerId, Log, NoteKind, Step};
use holdline::store::Done;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use crate::crash::command;
use crate::rooms::{Room, context, monday};

fn log() -> Command {
    Command::Log(Box::new(Log::new(CustomerId(1), "In line")))
}

#[test]
fn whoever_came_first_writes_first() {
    let room = Room::under(&["season-ticket"]);
    let mut first = room.reopened();
    let (say, said) = channel();
    let waiting = first
        .batch(|batch| {
            let waiting: Vec<_> = (0..4)
                .map(|place| {
                    let (mut desk, say) = (room.reopened(), say.clone());
                    let before = standing(&room.path());
                    let waiting = thread::spawn(move || {
                        let done = desk.execute(&log(), &context(monday())).unwrap();
                        say.send((place, done)).unwrap();
                    });
                    // The next one comes when this one stands there.
                    while standing(&room.path()) == before {
                        thread::yield_now();
                    }
                    waiting
                })
                .collect();
            batch.execute(&log(), &context(monday()))?;
            Ok(waiting)
        })
        .unwrap();
    waiting
        .into_iter()
        .for_each(|waiting| waiting.join().unwrap());
    let mut done: Vec<_> = said.try_iter().collect();
    done.sort_by_key(|(place, _)| *place);
    let numbers = done.into_iter().map(|(_, done)| match done {
        Done::Logged(number) => number.sequence(),
        other => panic!("{other:?}"),
    });
    assert_eq!(
        numbers.collect::<Vec<_>>(),
        [10_002, 10_003, 10_004, 10_005]
    );
}

#[test]
fn whoever_sleeps_or_dies_in_line_holds_nobody_up() {
    let mut room = Room::under(&["season-ticket"]);
    let number = room.log(|_| ());
    let notes = |text: &str| {
        let before = standing(&room.path());
        let child = command(&room.path(), &["note", &number.to_string(), text]);
        let child = { child }.spawn().unwrap();
        while standing(&room.path()) == before {
            thread::yield_now();
        }
        child
    };
    let signal = |child: &Child, signal| {
        kill(Pid::from_raw(child.id().cast_signed()), signal).unwrap();
    };
    let mut first = room.reopened();
    let (sleeping, mut killed) = first
        .batch(|batch| {
            let (sleeping, killed) = (notes("Asleep"), notes("Killed"));
            signal(&sleeping, Signal::SIGSTOP);
            signal(&killed, Signal::SIGKILL);
            batch.execute(&log(), &context(monday()))?;
            Ok((sleeping, killed))
        })
        .unwrap();
    killed.wait().unwrap();
    for _ in 0..3 {
        first.execute(&log(), &context(monday())).unwrap();
    }
    let note = Step::Note {
        kind: NoteKind::Internal,
        text: "Awake".to_owned(),
    };
    let other = &mut room.reopened();
    other
        .execute(&Command::Step(number, note), &context(monday()))
        .unwrap();
    signal(&sleeping, Signal::SIGCONT);
    let slept = sleeping.wait_with_output().unwrap();
    assert!(slept.status.success(), "{slept:?}");
    let notes = |text: &str| {
        let timeline = other.timeline(number).unwrap();
        timeline
            .iter()
            .filter(|entry| format!("{entry:?}").contains(text))
            .count()
    };
    assert_eq!(
        [notes("Awake"), notes("Asleep"), notes("Killed")],
        [1, 1, 0]
    );
}

/// How many stand in line, or write.
fn standing(desk: &Path) -> usize {
    let file = format!("{}.turn", desk.display());
    let inode = fs::metadata(file).map_or(0, |file| file.ino());
    let locks = fs::read_to_string("/proc/locks").unwrap();
    let of_it = |line: &&str| line.contains("OFDLCK") && line.contains(&format!(":{inode} "));
    locks.lines().filter(of_it).count()
}
