//! This machine's clock jumps: back by minutes and days, forth by years, under work that goes on.

use chrono::{DateTime, TimeDelta, Utc};
use holdline::incident::{Command, CustomerId, Log, NoteKind, Resolution, Step, TechRef};
use holdline::store::{Context, Done, StoreError};

use crate::rooms::{Room, context, monday};

fn steps(now: DateTime<Utc>) -> [Step; 8] {
    let text = || "Seen".to_owned();
    [
        Step::Note {
            kind: NoteKind::Internal,
            text: text(),
        },
        Step::Wait { text: text() },
        Step::Resume(None),
        Step::Assign(Some("mia".to_owned())),
        Step::Estimate(now + TimeDelta::hours(3)),
        Step::Schedule(now + TimeDelta::hours(2)),
        Step::Resolve(Box::new(Resolution {
            outcome: "fixed".to_owned(),
            detail: Some(text()),
            ..Resolution::default()
        })),
        Step::Reopen {
            by_customer: true,
            recurring: false,
            reason: None,
        },
    ]
}

#[test]
fn whatever_the_clock_does_the_desk_is_sound() {
    let mut room = Room::under(&["severity"]);
    let mut rng = fastrand::Rng::with_seed(7);
    let mut now = monday();
    let mut numbers: Vec<TechRef> = Vec::new();
    let (mut done, mut refused) = (0, 0);
    for turn in 0..400 {
        let jump = match rng.u8(..10) {
            0 => TimeDelta::days(rng.i64(-3_000..3_000)),
            1 => TimeDelta::hours(rng.i64(-50..50)),
            2 => TimeDelta::seconds(rng.i64(-90..90)),
            _ => TimeDelta::minutes(rng.i64(0..30)),
        };
        // What no clock shows by mistake is left to others.
        let years = [2_001, 2_098]
            .map(|year| DateTime::from_timestamp((year - 1970) * 31_557_600, 0).unwrap());
        now = (now + jump).clamp(years[0], years[1]);
        let command = if numbers.is_empty() || rng.u8(..5) == 0 {
            let mut log = Log::new(CustomerId(1), format!("Matter {turn}"));
            log.severity = Some("high".to_owned());
            Command::Log(Box::new(log))
        } else {
            let steps = steps(now);
            Command::Step(
                numbers[rng.usize(..numbers.len())],
                steps[rng.usize(..steps.len())].clone(),
            )
        };
        let behind = room.desk.is_ahead_of(now).unwrap();
        match room.desk.execute(&command, &context(now)) {
            Ok(Done::Logged(number)) => numbers.push(number),
            Ok(_) => done += 1,
            Err(StoreError::Refused(refusal)) => {
                assert_eq!(refusal.message.lines().count(), 1, "{refusal}");
                refused += 1;
            }
            Err(error) => panic!("{command:?} at {now}, behind: {behind}: {error}"),
        }
        room.desk.tick(&context(now)).unwrap();
        if turn % 40 == 0 {
            room.desk.check(None).unwrap();
        }
    }
    room.desk.check(None).unwrap();
    assert!(
        done > 100 && refused > 10,
        "{done} were done, {refused} refused"
    );
    let sequence: Vec<u32> = numbers.iter().map(|number| number.sequence()).collect();
    let wanted: Vec<u32> = (10_001..).take(sequence.len()).collect();
    assert_eq!(sequence, wanted);
}

#[test]
fn a_clock_that_was_set_by_hand_is_for_desks_that_were_made_with_one() {
    let mut room = Room::under(&["severity"]);
    let by_hand = Context {
        by_hand: true,
        ..context(monday())
    };
    let add = Command::AddAgent("zoe".to_owned());
    room.desk.execute(&add, &by_hand).unwrap();
    let sql = room.sql();
    sql.execute("DELETE FROM desk WHERE key = 'clock'", [])
        .unwrap();
    let mut log = Log::new(CustomerId(1), "S");
    log.severity = Some("low".to_owned());
    for command in [
        Command::AddAgent("kim".to_owned()),
        Command::Log(Box::new(log)),
    ] {
        let said = room.desk.execute(&command, &by_hand).unwrap_err();
        assert!(matches!(said, StoreError::ClockByHand), "{said}");
        room.desk.execute(&command, &context(monday())).unwrap();
    }
}
