//! What must hold of incidents that are tied to others.

use std::collections::BTreeSet;

use holdline::incident::{Incident, State, TechRef};

use super::Walk;

pub(super) fn of_desk(walk: &Walk) {
    for incident in walk.seen.values() {
        both_ends(walk, incident);
        led(walk, incident);
    }
}

/// Who names another one is named by it.
fn both_ends(walk: &Walk, incident: &Incident) {
    let (number, forks) = (incident.tech_ref, &incident.forks);
    let others = |numbers: &[TechRef]| -> Vec<&Incident> {
        numbers.iter().map(|number| &walk.seen[number]).collect()
    };
    for other in others(&forks.linked) {
        assert!(other.forks.linked.contains(&number), "{incident:#?}");
        assert_ne!(other.tech_ref, number);
    }
    for part in others(&forks.split_into) {
        assert_eq!(part.forks.split_from, Some(number), "{incident:#?}");
    }
    for whole in others(forks.split_from.as_slice()) {
        assert!(whole.forks.split_into.contains(&number), "{incident:#?}");
    }
    for old in &forks.merged_from {
        let into = walk.seen[&old.number].forks.leads_to();
        assert_eq!(into, Some(number), "{incident:#?}");
    }
    for whole in others(forks.leads_to().as_slice()) {
        let taken = &whole.forks.merged_from;
        assert!(
            taken.iter().any(|old| old.number == number),
            "{incident:#?}"
        );
        assert_eq!(
            (whole.customer, &whole.policy),
            (incident.customer, &incident.policy)
        );
    }
    assert_eq!(
        forks.merged.is_some(),
        incident.state == State::Merged,
        "{incident:#?}"
    );
}

/// Wherever a number leads, by merges and to the fault that it is the same as, it comes to an end.
fn led(walk: &Walk, incident: &Incident) {
    let mut met = BTreeSet::new();
    let mut at = incident;
    while met.insert(at.tech_ref) {
        match at.forks.leads_to().or(at.forks.same_as) {
            Some(next) => at = &walk.seen[&next],
            None => return,
        }
    }
    panic!("{} leads round in a circle by {met:?}", incident.tech_ref);
}
