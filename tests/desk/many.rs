//! Many writers at once: no failure, unique numbers without gaps, a pack's units never spent twice.

use std::thread;

use holdline::incident::{Command, CustomerId, Log, NewEntitlement, State, Step};
use holdline::policy::EntitlementKind;
use holdline::store::Done;

use crate::rooms::{Room, context, monday};

#[test]
fn numbers_are_unique_and_without_gaps() {
    let room = Room::under(&["season-ticket"]);
    let writers: Vec<_> = (0..8)
        .map(|_| {
            let mut desk = room.reopened();
            thread::spawn(move || {
                let log = || Command::Log(Box::new(Log::new(CustomerId(1), "One of many")));
                (0..12)
                    .map(|_| desk.execute(&log(), &context(monday())).unwrap())
                    .collect::<Vec<_>>()
            })
        })
        .collect();
    let mut numbers: Vec<u32> = writers
        .into_iter()
        .flat_map(|writer| writer.join().unwrap())
        .map(|done| match done {
            Done::Logged(number) => number.sequence(),
            other => panic!("{other:?}"),
        })
        .collect();
    numbers.sort_unstable();
    assert_eq!(numbers, (10_001..10_001 + 96).collect::<Vec<_>>());
}

#[test]
fn two_agents_never_take_the_same_unit_of_a_pack() {
    let mut room = Room::under(&["season-ticket"]);
    let pack = NewEntitlement {
        customer: CustomerId(1),
        kind: EntitlementKind::Pack,
        from: None,
        to: None,
        count: None,
        seconds: None,
        method: Some("cash".to_owned()),
        reference: Some("R-1".to_owned()),
        price: None,
    };
    room.desk
        .execute(&Command::AddEntitlement(pack), &context(monday()))
        .unwrap();
    let numbers: Vec<_> = (0..12).map(|_| room.log(|_| ())).collect();
    let halves: Vec<_> = numbers
        .chunks(6)
        .map(|half| {
            let (half, mut desk) = (half.to_vec(), room.reopened());
            thread::spawn(move || {
                for number in half {
                    desk.execute(
                        &Command::Step(number, Step::Accept { entitlement: None }),
                        &context(monday()),
                    )
                    .unwrap();
                }
            })
        })
        .collect();
    halves.into_iter().for_each(|half| half.join().unwrap());
    let state = |number| room.desk.incident(number, monday()).unwrap().0.state;
    let open = numbers
        .iter()
        .filter(|number| state(**number) == State::Open)
        .count();
    let unpaid = numbers
        .iter()
        .filter(|number| state(**number) == State::AwaitingPayment)
        .count();
    assert_eq!((open, unpaid), (10, 2));
    assert_eq!(
        room.desk.entitlements(CustomerId(1)).unwrap()[0].remaining(),
        Some(0)
    );
}
