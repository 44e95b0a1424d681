//! What must hold of what people see.

use std::collections::{BTreeMap, BTreeSet};

use holdline::incident::{ClockKind, Incident, Query, Scope, State, TechRef};
use holdline::store::{Order, Page};

use super::Walk;

/// Silences are written once, whoever writes them, and change nothing of what was seen.
pub(super) fn silences(walk: &mut Walk) {
    let seen: Vec<Incident> = walk
        .seen
        .keys()
        .map(|number| walk.desk.incident(*number, walk.now).unwrap().0)
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
pub(super) fn lists(walk: &Walk) {
    let scope = Scope {
        now: walk.now,
        me: "mia",
        zone: chrono_tz::Tz::UTC,
        words: None,
    };
    let listed = |query: &str| -> BTreeSet<TechRef> {
        let query = Query::parse(query, scope).unwrap();
        let rows = walk
            .desk
            .list_by(Order::of(&query), &query, Page::First, 100_000, walk.now);
        rows.unwrap().into_iter().map(|row| row.number).collect()
    };
    let now: BTreeMap<TechRef, Incident> = walk
        .seen
        .keys()
        .map(|number| (*number, walk.desk.incident(*number, walk.now).unwrap().0))
        .collect();
    let like = |which: &dyn Fn(&Incident) -> bool| -> BTreeSet<TechRef> {
        let found = now.values().filter(|incident| which(incident));
        found.map(|incident| incident.tech_ref).collect()
    };
    for state in State::ALL {
        let listed = listed(&format!("state:{}", state.word()));
        assert_eq!(listed, like(&|incident| incident.state == state));
    }
    assert_eq!(listed("is:any"), like(&|_| true));
    let missed = like(&|incident| {
        incident
            .next_clock()
            .is_some_and(|clock| clock.kind != ClockKind::Silence && clock.due_at < walk.now)
    });
    assert_eq!(listed("is:missed"), missed);
    let escalated = like(&|incident| {
        let placed = incident.state.is_open() || incident.next_clock().is_some();
        placed && incident.awaits_escalation_answer()
    });
    assert_eq!(listed("is:escalated"), escalated);
}
