//! What must hold, in the words of the promises rather than by the code that keeps them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use holdline::incident::{
    Clock, ClockKind, Ending, Event, Incident, Query, Scope, State, TechRef, as_of, queue_key,
};
use holdline::policy::EntitlementKind;
use holdline::store::{Order, Page};

use super::Walk;

/// After a command on an incident.
pub(super) fn of_incident(walk: &Walk, number: TechRef, before: Option<&Incident>) {
    let stored = walk.stored(number);
    let timeline = walk.desk.timeline(number).unwrap();
    let replayed = Incident::replay(number, &timeline);
    assert_eq!(
        replayed.as_ref(),
        Some(&stored),
        "state and timeline\n{walk}"
    );
    clocks(walk, &stored);
    states(walk, &stored);
    money(walk, &stored);
    paid_by_its_own(walk, &stored);
    if let Some(before) = before {
        frozen(walk, before, &stored);
    }
    for pair in timeline.windows(2) {
        assert!(
            pair[0].recorded_at <= pair[1].recorded_at,
            "order of recording\n{walk}"
        );
    }
    for entry in &timeline {
        // A closure may have been announced before the incident was received, and entered after.
        let by_closure = matches!(
            entry.event,
            Event::ClockMoved {
                closure: Some(_),
                ..
            }
        );
        assert!(
            entry.at >= stored.opened_at || by_closure,
            "before it was received: {entry:?}\n{walk}"
        );
        assert!(entry.at <= entry.recorded_at, "in the future\n{walk}");
    }
    let policy = &walk
        .desk
        .ruling_of(&stored.policy, stored.policy_version)
        .unwrap()
        .policy;
    let seen = as_of(&stored, policy, walk.now);
    assert_eq!(as_of(&seen, policy, walk.now), seen, "{walk}");
    assert!(seen.silence_ends().is_none_or(|at| at > walk.now), "{walk}");
}

/// One clock of a kind at a time, none where nothing is to be done, and each stopped as its due instant says.
fn clocks(walk: &Walk, incident: &Incident) {
    let mut running = BTreeSet::new();
    for clock in &incident.clocks {
        assert!(
            clock
                .stopped
                .is_none_or(|stopped| stopped.at >= clock.started_at),
            "{clock:?}\n{walk}"
        );
        let Some(stopped) = clock.stopped else {
            assert!(running.insert(clock.kind.word()), "two {clock:?}\n{walk}");
            let alive = incident.state.is_open() || clock.kind == ClockKind::Patch;
            assert!(
                alive,
                "a clock lives on: {clock:?} in {incident:#?}\n{walk}"
            );
            continue;
        };
        match stopped.ending {
            Ending::Expired => assert_eq!(clock.kind, ClockKind::Silence, "{walk}"),
            Ending::Met if clock.paused.is_none() => assert!(stopped.at <= clock.due_at, "{walk}"),
            Ending::Missed if clock.paused.is_none() => {
                assert!(stopped.at > clock.due_at, "{walk}");
            }
            _ => {}
        }
        if matches!(clock.kind, ClockKind::Silence) {
            assert!(
                !matches!(stopped.ending, Ending::Met | Ending::Missed),
                "{clock:?}\n{walk}"
            );
        }
    }
    let waiting = incident.state == State::Waiting;
    if incident.state == State::Merged {
        // It may wait again when it is taken out, and waits for nobody until then.
        let later = walk.now + TimeDelta::days(1);
        assert_eq!(
            incident.waiting_seconds(walk.now),
            incident.waiting_seconds(later),
            "{incident:#?}\n{walk}"
        );
    } else {
        assert_eq!(
            waiting,
            incident.waiting_since.is_some(),
            "{incident:#?}\n{walk}"
        );
    }
    assert!(
        waiting || !running.contains("silence"),
        "{incident:#?}\n{walk}"
    );
    let due = incident
        .clocks
        .iter()
        .any(|clock| clock.is_running() && clock.kind != ClockKind::Silence);
    let queued = queue_key(incident).is_some();
    assert_eq!(
        queued,
        incident.state.is_open() || due,
        "{incident:#?}\n{walk}"
    );
}

/// What each state means.
fn states(walk: &Walk, incident: &Incident) {
    use State::{ClosedUnresolved, Declined, Resolved};
    let ended = matches!(incident.state, Resolved | ClosedUnresolved);
    assert_eq!(
        ended,
        incident.resolution.is_some(),
        "{incident:#?}\n{walk}"
    );
    assert_eq!(
        incident.state == Declined,
        incident.declined.is_some(),
        "{incident:#?}\n{walk}"
    );
    if incident.state == State::AwaitingPayment {
        let owed = incident.charge.map_or(0, |charge| charge.owed());
        assert!(owed > 0, "{incident:#?}\n{walk}");
    }
    assert!(incident.waited >= 0, "{incident:#?}\n{walk}");
    assert!(incident.call_seconds >= 0, "{incident:#?}\n{walk}");
    assert!(
        incident.first_response_at <= incident.last_response_at,
        "{walk}"
    );
}

/// What pays for it is its own customer's.
fn paid_by_its_own(walk: &Walk, incident: &Incident) {
    let cover = incident.cover.as_ref();
    if let Some(id) = cover.and_then(|cover| cover.entitlement) {
        let owned = walk.desk.entitlements(incident.customer).unwrap();
        assert!(
            owned.iter().any(|owned| owned.id == id),
            "{incident:#?}\n{walk}"
        );
    }
}

/// Money is the sum of its entries, and never more given back than was paid.
fn money(walk: &Walk, incident: &Incident) {
    let mut sums = (0, 0, 0);
    // What it came to before each entry of its own, for a step that is taken back, and before it was merged.
    let (mut earlier, mut merged) = (Vec::new(), sums);
    for entry in walk.desk.timeline(incident.tech_ref).unwrap() {
        if entry.event.is_of_the_desk() {
            continue;
        }
        earlier.push(sums);
        match entry.event {
            Event::Undone { since, .. } => sums = earlier[since as usize],
            Event::MergedInto { .. } => merged = std::mem::take(&mut sums),
            // Time that it bought stays in the customer's account.
            Event::PaymentKept {
                cover: EntitlementKind::Hours,
                ..
            } => merged = (0, 0, 0),
            Event::Unmerged { .. } => sums = merged,
            Event::Paid { amount, .. } => sums.0 += amount.minor,
            Event::Refunded { amount, .. } => sums.1 += amount.minor,
            Event::Waived { amount, .. } => sums.2 += amount.minor,
            // What was bought by itself for one incident cost something, and goes back with it.
            Event::Covered {
                price: Some(price), ..
            } => sums = (price.minor, 0, 0),
            Event::CoverReleased => sums = (0, 0, 0),
            _ => continue,
        }
        assert!(sums.1 <= sums.0, "more given back than paid\n{walk}");
    }
    let charge = incident
        .charge
        .map(|charge| (charge.paid, charge.refunded, charge.waived));
    assert_eq!(charge.unwrap_or_default(), sums, "{incident:#?}\n{walk}");
}

/// A verdict, once given, stays: a clock that has stopped is as it was, unless the silence that stopped it is withdrawn,
/// the step that did is taken back, or the merge that did.
fn frozen(walk: &Walk, before: &Incident, after: &Incident) {
    assert!(before.revision <= after.revision, "{walk}");
    let withdrawn = after.revision > before.revision
        && walk
            .desk
            .timeline(after.tech_ref)
            .unwrap()
            .iter()
            .rev()
            .filter(|entry| !entry.event.is_of_the_desk())
            .take((after.revision - before.revision) as usize)
            .any(|entry| match entry.event {
                Event::SilenceWithdrawn => before.state == State::Resolved,
                Event::Unmerged { .. } => before.state == State::Merged,
                Event::Undone { .. } => true,
                _ => false,
            });
    let stopped = |clock: &&Clock| clock.stopped.is_some();
    for (at, clock) in before
        .clocks
        .iter()
        .enumerate()
        .filter(|(_, clock)| stopped(clock))
    {
        if !withdrawn {
            assert_eq!(
                after.clocks.get(at),
                Some(clock),
                "a verdict was changed\n{walk}"
            );
        }
    }
}

/// After the walk.
pub(super) fn of_desk(walk: &mut Walk) {
    walk.desk.check(None).unwrap();
    numbers(walk);
    balances(walk);
    silences(walk);
    lists(walk);
}

fn numbers(walk: &Walk) {
    let mut statement = walk
        .sql
        .prepare("SELECT number FROM incident ORDER BY number")
        .unwrap();
    let found: Vec<u32> = statement
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let last = 10_000 + walk.incidents;
    assert_eq!(found, (10_001..=last).collect::<Vec<u32>>());
}

/// What is taken of an entitlement is what the incidents that it covers hold, and never more than it has.
fn balances(walk: &Walk) {
    let mut held: BTreeMap<i64, i64> = BTreeMap::new();
    for number in 10_001..=10_000 + walk.incidents {
        // A unit that was given back is still shown on its incident, but is no longer taken.
        let cover = walk.stored(TechRef::new(number)).cover;
        let cover = cover.filter(|cover| !cover.refunded);
        if let Some(id) = cover.and_then(|cover| cover.entitlement) {
            *held.entry(id.0).or_default() += 1;
        }
    }
    let mut used_up = 0;
    for (customer, _) in &walk.customers {
        for owned in walk.desk.entitlements(*customer).unwrap() {
            let Some(left) = owned.remaining() else {
                assert_eq!(owned.taken, 0);
                continue;
            };
            assert!(
                left >= 0 && owned.taken >= 0 && owned.taken <= owned.granted,
                "{owned:?}"
            );
            if owned.kind != EntitlementKind::Hours {
                let held = held.get(&owned.id.0).copied().unwrap_or_default();
                assert_eq!(owned.taken, held, "{owned:?}");
            }
            used_up += usize::from(left == 0);
        }
    }
    assert!(used_up > 20, "only {used_up} were used up");
}

/// Silences are written once, whoever writes them, and change nothing of what was seen.
fn silences(walk: &mut Walk) {
    let seen: Vec<Incident> = (10_001..=10_000 + walk.incidents)
        .map(|number| {
            walk.desk
                .incident(TechRef::new(number), walk.now)
                .unwrap()
                .0
        })
        .collect();
    let context = holdline::store::Context {
        agent: "cron".to_owned(),
        now: walk.now,
        ..Default::default()
    };
    walk.desk.tick(&context).unwrap();
    assert_eq!(walk.desk.tick(&context).unwrap(), 0);
    for before in seen {
        let after = walk.stored(before.tech_ref);
        let revision = after.revision;
        assert_eq!(after, Incident { revision, ..before });
    }
    walk.desk.check(None).unwrap();
}

/// The lists show each incident where it belongs.
fn lists(walk: &Walk) {
    let scope = Scope {
        now: walk.now,
        me: "mia",
        zone: chrono_tz::Tz::UTC,
    };
    let listed = |query: &str| -> BTreeSet<TechRef> {
        let query = Query::parse(query, scope).unwrap();
        let rows = walk
            .desk
            .list_by(Order::of(&query), &query, Page::First, 100_000, walk.now);
        rows.unwrap().into_iter().map(|row| row.number).collect()
    };
    let mut all = BTreeSet::new();
    for state in State::ALL {
        let found = listed(&format!("state:{}", state.word()));
        for number in &found {
            let (incident, _) = walk.desk.incident(*number, walk.now).unwrap();
            assert_eq!(incident.state, state, "{number}");
        }
        assert!(found.is_disjoint(&all));
        all.extend(found);
    }
    assert_eq!(all.len(), walk.incidents as usize);
    assert_eq!(listed("is:any"), all);
    let missed = listed("is:missed");
    for number in &all {
        let (incident, _) = walk.desk.incident(*number, walk.now).unwrap();
        let late = incident
            .next_clock()
            .is_some_and(|clock| clock.kind != ClockKind::Silence && clock.due_at < walk.now);
        assert_eq!(missed.contains(number), late, "{incident:#?}");
    }
}
