//! What must hold of one incident.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use holdline::incident::{Clock, ClockKind, Ending, Event, Incident, State, as_of, queue_key};

use super::Walk;

/// Of an incident that was changed.
pub(in crate::walk) fn of_incident(walk: &Walk, stored: &Incident) {
    let number = stored.tech_ref;
    let timeline = walk.desk.timeline(number).unwrap();
    let replayed = Incident::replay(number, &timeline);
    assert_eq!(
        replayed.as_ref(),
        Some(stored),
        "state and timeline\n{walk}"
    );
    clocks(walk, stored);
    states(walk, stored);
    super::money::of_incident(walk, stored, &timeline);
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
    let seen = as_of(stored, policy, walk.now);
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

/// A verdict, once given, stays: a clock that has stopped is as it was, unless the silence that stopped it is withdrawn,
/// the step that did is taken back, or the merge that did.
pub(in crate::walk) fn frozen(walk: &Walk, before: &Incident, after: &Incident) {
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
    // Whatever paid for it meanwhile: unmerged, it stands where it stood.
    if let (Some(merged), None) = (&before.forks.merged, &after.forks.merged) {
        assert_eq!(after.state, merged.state, "{after:#?}\n{walk}");
    }
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
