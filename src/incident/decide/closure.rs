//! Closures and extra openings: whether one can be, before it moves any clock (P1-07).

use chrono::{DateTime, Datelike, Utc};

use super::text::checked;
use crate::calendar::Exception;
use crate::incident::closure::{Closure, Reach};
use crate::incident::command::NewClosure;
use crate::incident::refusal::{Refusal, in_utc};
use crate::policy::Policy;

/// Decides a closure or extra opening on a desk with these policies, and gives what is kept of it.
///
/// # Errors
/// A [`Refusal`] when its reason is empty, it ends before it begins, or there are no such hours that it could change.
pub fn decide_closure(new: &NewClosure, policies: &[&Policy]) -> Result<Exception, Refusal> {
    reachable(&new.reach, policies)?;
    let reason = checked("reason", &new.exception.reason)?;
    let (from, to) = (whole(new.exception.from), whole(new.exception.to));
    if to <= from {
        return Err(Refusal::input(format!(
            "it would end at {}, not after its beginning at {}: give a later end",
            in_utc(to),
            in_utc(from)
        )));
    }
    if let Some(at) = [from, to]
        .into_iter()
        .find(|at| !(2000..2100).contains(&at.year()))
    {
        return Err(Refusal::input(format!(
            "{} is outside the years 2000 to 2099 that holidays are known for: check the date",
            in_utc(at)
        )));
    }
    Ok(Exception {
        from,
        to,
        reason,
        kind: new.exception.kind,
    })
}

/// Refuses to take a closure back twice.
///
/// # Errors
/// When it was taken back already.
pub fn removable(closure: &Closure) -> Result<(), Refusal> {
    if closure.removed_at.is_some() {
        return Err(Refusal::rule(format!(
            "{} was removed already: add it anew if it is to hold again",
            closure.name()
        )));
    }
    Ok(())
}

/// There must be hours that it could change: those of a policy that is known and states some, or of an office.
fn reachable(reach: &Reach, policies: &[&Policy]) -> Result<(), Refusal> {
    let states_hours = |policy: &&&Policy| policy.calendar.is_some() || !policy.offices.is_empty();
    match reach {
        Reach::All if policies.iter().any(|policy| states_hours(&policy)) => Ok(()),
        Reach::All => Err(Refusal::rule(
            "no policy of this desk states any hours, so there are none to change",
        )),
        Reach::Policy(name) => {
            let names = policies.iter().map(|policy| policy.name.as_str());
            match policies.iter().find(|policy| policy.name == *name) {
                None => Err(Refusal::unknown("policy on this desk", name, names)),
                Some(policy) if states_hours(&policy) => Ok(()),
                Some(_) => Err(Refusal::rule(format!(
                    "policy {name} states no hours, so there are none to change"
                ))),
            }
        }
        Reach::Office(name) => {
            let offices = policies.iter().flat_map(|policy| &policy.offices);
            let names: Vec<&str> = offices.map(|office| office.name.as_str()).collect();
            if names.contains(&name.as_str()) {
                return Ok(());
            }
            Err(Refusal::unknown("office", name, names))
        }
    }
}

/// Fractions of a second are cut, as everywhere.
fn whole(at: DateTime<Utc>) -> DateTime<Utc> {
    DateTime::from_timestamp(at.timestamp(), 0).unwrap_or(at)
}
