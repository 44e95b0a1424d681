//! What must hold, in the words of the promises rather than by the code that keeps them.

mod incident;
mod money;
mod post;
mod ties;
mod views;

use std::collections::BTreeMap;

use holdline::incident::{Recorded, TechRef};

use super::Walk;

pub(super) use incident::{frozen, of_incident};

/// After many commands; `WALK_KEEP=FILE` keeps the desk that is not sound.
pub(super) fn of_desk(walk: &Walk) {
    if let Err(fault) = walk.desk.check(None) {
        if let Ok(keep) = std::env::var("WALK_KEEP") {
            walk.sql.execute("VACUUM INTO ?1", [keep]).unwrap();
        }
        panic!("{fault}\n{walk}");
    }
    let timelines = timelines(walk);
    numbers(walk);
    money::of_desk(walk, &timelines);
    ties::of_desk(walk);
    post::of_desk(walk, &timelines);
    views::lists(walk);
}

/// After the walk.
pub(super) fn at_the_end(walk: &mut Walk) {
    let used_up = money::balances(walk, &timelines(walk));
    assert!(used_up > 20, "only {used_up} were used up");
    views::silences(walk);
}

/// What happened to each incident.
type Timelines = BTreeMap<TechRef, Vec<Recorded>>;

fn timelines(walk: &Walk) -> Timelines {
    let numbers = walk.seen.keys();
    numbers
        .map(|number| (*number, walk.desk.timeline(*number).unwrap()))
        .collect()
}

/// Numbers leave no gaps.
fn numbers(walk: &Walk) {
    let last = walk.seen.len() as u32;
    let expected: Vec<TechRef> = (1..=last).map(|n| TechRef::new(10_000 + n)).collect();
    let found: Vec<TechRef> = walk.seen.keys().copied().collect();
    assert_eq!(found, expected);
}
