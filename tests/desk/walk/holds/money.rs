//! What must hold of money and of what is bought beforehand.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta};
use holdline::incident::{EntitlementId, Event, Incident, Recorded, owed_today, standing};
use holdline::policy::EntitlementKind;
use holdline::report::MoneySums;

use super::{Timelines, Walk};

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
pub(super) fn of_incident(walk: &Walk, incident: &Incident, timeline: &[Recorded]) {
    paid_by_its_own(walk, incident);
    let mut sums = (0, 0, 0);
    // What it came to before each entry of its own, for a step that is taken back, and before it was merged.
    let (mut earlier, mut merged) = (Vec::new(), sums);
    for entry in timeline {
        if entry.event.is_of_the_desk() {
            continue;
        }
        earlier.push(sums);
        match &entry.event {
            Event::Undone { since, .. } => sums = earlier[*since as usize],
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
    assert_eq!(
        charge.unwrap_or_default(),
        sums,
        "{timeline:#?}\n{incident:#?}\n{walk}"
    );
}

/// Of the whole desk.
pub(super) fn of_desk(walk: &Walk, timelines: &Timelines) {
    balances(walk, timelines);
    reports(walk, timelines);
}

/// What is taken of an entitlement is what the incidents that it covers hold, and never more than it has; says how many
/// are used up.
pub(super) fn balances(walk: &Walk, timelines: &Timelines) -> usize {
    let mut held: BTreeMap<EntitlementId, i64> = BTreeMap::new();
    for incident in walk.seen.values() {
        // A unit that was given back is still shown on its incident, but is no longer taken.
        let cover = incident.cover.as_ref().filter(|cover| !cover.refunded);
        if let Some(id) = cover.and_then(|cover| cover.entitlement) {
            *held.entry(id).or_default() += 1;
        }
    }
    let mut hours: BTreeMap<EntitlementId, i64> = BTreeMap::new();
    for timeline in timelines.values() {
        for entry in standing(timeline) {
            let (taken, sign) = match &entry.event {
                Event::TimeCharged { taken, .. } => (taken, 1),
                Event::TimeGivenBack { taken } => (taken, -1),
                _ => continue,
            };
            for part in taken {
                *hours.entry(part.entitlement).or_default() += sign * part.seconds;
            }
        }
    }
    let mut used_up = 0;
    for customer in &walk.customers {
        for owned in walk.desk.entitlements(*customer).unwrap() {
            let drawn = walk
                .desk
                .ledger(owned.id, walk.now + TimeDelta::days(1))
                .unwrap();
            let drawn: i64 = drawn.iter().map(|drawn| drawn.change).sum();
            assert_eq!(owned.taken, drawn, "{owned:?}");
            let Some(left) = owned.remaining() else {
                assert_eq!(owned.taken, 0);
                continue;
            };
            assert!(
                left >= 0 && owned.taken >= 0 && owned.taken <= owned.granted,
                "{owned:?}"
            );
            let holds = match owned.kind {
                EntitlementKind::Hours => &hours,
                _ => &held,
            };
            let holds = holds.get(&owned.id).copied().unwrap_or_default();
            assert_eq!(owned.taken, holds, "{owned:?}");
            used_up += usize::from(left == 0);
        }
    }
    used_up
}

/// The report of all money is what the incidents and the sales come to, day by day and as a whole; what was kept is what
/// was paid, less what was given back.
fn reports(walk: &Walk, timelines: &Timelines) {
    let (from, until) = (DateTime::UNIX_EPOCH, walk.now + TimeDelta::days(1));
    let mut moved = MoneySums::default();
    let add = |one| moved.add(one, chrono_tz::Tz::UTC);
    walk.desk.each_move(from, until, None, add).unwrap();
    let rows = [moved.by_day(), moved.together()].concat();
    let minor = |amount: &str| -> i64 { amount.replace('.', "").parse().unwrap() };
    let sums = |whole: bool| {
        let mut sums = [0; 6];
        for row in rows.iter().filter(|row| row.day.is_none() == whole) {
            let parts = [
                &row.sold,
                &row.paid,
                &row.refunded,
                &row.waived,
                &row.owed,
                &row.kept,
            ];
            for (sum, part) in sums.iter_mut().zip(parts) {
                *sum += minor(part);
            }
        }
        sums
    };
    let all = sums(true);
    assert_eq!(all, sums(false));
    let [sold, paid, refunded, waived, owed, kept] = all;
    assert_eq!(kept, sold + paid - refunded);
    assert_eq!([paid, refunded, waived], stood(timelines));
    let owing = walk.seen.values().filter_map(|incident| {
        let newest = walk.desk.ruling(Some(&incident.policy)).unwrap();
        owed_today(incident, &newest.policy)
    });
    assert_eq!(owed, owing.map(|owed| owed.minor).sum::<i64>());
}

/// What was paid, given back and waived by the entries that stand.
fn stood(timelines: &Timelines) -> [i64; 3] {
    let mut sums = [0; 3];
    for timeline in timelines.values() {
        for entry in standing(timeline) {
            match &entry.event {
                Event::Paid { amount, .. } => sums[0] += amount.minor,
                Event::Refunded { amount, .. } => sums[1] += amount.minor,
                Event::Waived { amount, .. } => sums[2] += amount.minor,
                _ => {}
            }
        }
    }
    sums
}
