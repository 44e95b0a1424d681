//! A sample desk is what the same commands make of any desk, one after the other.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use chrono::{DateTime, Utc};
use rstest::rstest;
use tempfile::TempDir;

use super::*;
use crate::incident::FIRST;
use crate::store::Access;

impl Desks for Batch<'_> {
    fn execute(&mut self, command: &Command, context: &Context) -> Result<Done, StoreError> {
        self.execute(command, context)
    }

    fn ruling(&self, name: Option<&str>) -> Result<Arc<Ruling>, StoreError> {
        self.desk().ruling(name)
    }

    fn customer(&mut self, id: CustomerId) -> Result<Arc<Customer>, StoreError> {
        Ok(Arc::new(self.desk().customer(id)?))
    }

    fn forget(&mut self, _: TechRef) -> Result<(), StoreError> {
        Ok(())
    }

    fn made(&mut self, _: usize) -> Result<(), StoreError> {
        Ok(())
    }
}

fn context() -> Context {
    Context {
        agent: "mira".to_owned(),
        now: "2026-11-23T16:30:00Z".parse().unwrap(),
        by_hand: true,
        ..Context::default()
    }
}

/// The same desk, by one command after the other in transactions of any desk.
fn one_by_one(path: &Path, sample: &Sample<'_>, seed: u64) -> Desk {
    let mut rng = Rng::with_seed(seed);
    let mut desk = Desk::create(path, &sample.desk().unwrap(), &sample.begun).unwrap();
    let people = desk
        .batch(|batch| sample.settle(batch, &mut rng, &mut || true))
        .unwrap();
    desk.batch(|batch| sample.happen(batch, &people, &mut rng))
        .unwrap();
    desk.batch(|batch| sample.end(batch)).unwrap();
    desk
}

fn told(desk: &Desk, count: usize) -> Vec<String> {
    let now: DateTime<Utc> = context().now;
    let numbers = (FIRST..).take(count).map(TechRef::new);
    let tell = |number| {
        let incident = desk.incident(number, now).unwrap();
        let owned = desk.entitlements(incident.1.id).unwrap();
        format!(
            "{incident:?}\n{:?}\n{owned:?}",
            desk.timeline(number).unwrap()
        )
    };
    numbers.map(tell).collect()
}

/// A desk with a history, as a large one is.
const LARGE: Scale = Scale {
    large: true,
    days: 100,
    each: 10,
    agents: 8,
};

#[rstest]
#[case::small(Scale::of(300), 1)]
#[case::large(LARGE, 2)]
fn a_sample_desk_is_what_the_rules_make_of_it(#[case] scale: Scale, #[case] seed: u64) {
    let (count, context) = (300, context());
    let sample = Sample::scaled(count, scale, &context);
    let folder = TempDir::new().unwrap();
    let at = |name: &str| folder.path().join(name);
    sample.make(&at("made"), seed, &mut |_| true).unwrap();
    let made = Desk::open(&at("made"), Access::Read).unwrap();
    let sound = made.check(None).unwrap();
    assert_eq!(sound.incidents, count as u64);
    let other = one_by_one(&at("one-by-one"), &sample, seed);
    for (made, other) in told(&made, count).into_iter().zip(told(&other, count)) {
        assert_eq!(made, other);
    }
    assert_eq!(sound.entries, other.check(None).unwrap().entries);
}

/// How much SQLite does on the desk to check one of `count` incidents, in thousands of its steps.
fn steps_of_a_check(count: usize) -> usize {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("desk");
    let context = context();
    let sample = Sample::scaled(count, LARGE, &context);
    sample.make(&path, 1, &mut |_| true).unwrap();
    let mut desk = Desk::open(&path, Access::Read).unwrap();
    let steps = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&steps);
    let count = move || {
        counted.fetch_add(1, Ordering::Relaxed);
        false
    };
    desk.stop_when(count).unwrap();
    desk.check(None).unwrap();
    steps.load(Ordering::Relaxed)
}

/// Nothing that a check reads is read again for each incident.
#[test]
fn a_check_takes_as_much_longer_as_the_desk_is_larger() {
    let (small, large) = (steps_of_a_check(300), steps_of_a_check(1_500));
    assert!(large < 6 * small, "{small}, then {large}");
}

#[test]
fn a_desk_that_was_stopped_leaves_nothing() {
    let folder = TempDir::new().unwrap();
    let desk = folder.path().join("desk");
    let stopped = make(&desk, 300, 1, &context(), &mut |made| made < 100);
    assert!(matches!(stopped, Err(StoreError::Stopped)));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}
