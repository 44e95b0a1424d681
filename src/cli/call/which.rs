//! Which of the calls that run is meant, and when something happened to it.

use chrono::{DateTime, Utc};

use crate::cli::{Failure, Session};
use crate::store::{Access, Desk, Live, LiveCall, StoreError};

/// The desk, and what is alive beside it.
pub(in crate::cli) fn open(session: &Session) -> Result<(Desk, Live), Failure> {
    let desk = session.open(Access::Read)?;
    session.known_agent(&desk)?;
    let live = Live::open(desk.path())?;
    Ok((desk, live))
}

/// The call that is meant: the one of this number, else the only one of the agent's that `wanted` fits. `what` says what
/// such a call does.
pub(in crate::cli) fn pick(
    live: &Live,
    session: &Session,
    id: Option<i64>,
    wanted: impl Fn(&LiveCall) -> bool,
    what: &str,
) -> Result<LiveCall, Failure> {
    let mut calls = live.calls()?;
    calls.retain(|found| found.call.timer.is_some());
    if let Some(id) = id {
        let found = calls.into_iter().find(|found| found.id == id);
        return found.ok_or_else(|| gone(id));
    }
    let me = session.agent();
    calls.retain(|found| found.agent == me && wanted(found));
    // Of several, the one on which one talks is meant.
    let talks = |found: &LiveCall| found.call.is_running();
    if calls.iter().filter(|found| talks(found)).count() == 1 {
        calls.retain(talks);
    }
    let several = calls.len() > 1;
    match calls.pop() {
        Some(found) if !several => Ok(found),
        Some(last) => {
            calls.push(last);
            let calls: Vec<String> = calls
                .iter()
                .map(|found| format!("{} ({})", found.id, found.call.in_words()))
                .collect();
            Err(Failure::Input(format!(
                "{me} has more than one call that {what}: {}; give the number of one",
                calls.join(", ")
            )))
        }
        None => Err(Failure::Rule(format!(
            "{me} has no call that {what}: `holdline call list` shows what runs"
        ))),
    }
}

/// The call on which the agent talks, if there is one.
pub(in crate::cli) fn talking(session: &Session) -> Result<Option<LiveCall>, Failure> {
    let live = Live::if_there(&session.desk_path()?)?;
    let calls = live.map(|live| live.calls()).transpose()?;
    let me = session.agent();
    let mut calls = calls.into_iter().flatten();
    Ok(calls.find(|found| found.agent == me && found.call.is_running()))
}

/// A call that does not run, or not any more.
pub(in crate::cli) fn gone(id: i64) -> Failure {
    Failure::Unknown(format!(
        "no call {id} runs: `holdline call list` shows those that do"
    ))
}

/// Changes the call, which may have ended meanwhile.
pub(in crate::cli) fn change(
    live: &mut Live,
    id: i64,
    change: impl FnOnce(&mut LiveCall),
) -> Result<(), Failure> {
    let changed = live.change(id, |found| {
        change(found);
        Ok::<(), StoreError>(())
    })?;
    changed.ok_or_else(|| gone(id))
}

/// Puts the agent's other calls on which somebody talks on hold since `at`, and says so: one talks to one caller at a time.
pub(in crate::cli) fn hold_others(
    session: &Session,
    live: &mut Live,
    id: i64,
    at: DateTime<Utc>,
) -> Result<Vec<i64>, Failure> {
    let me = session.agent();
    let mut held = Vec::new();
    for other in live.calls()? {
        let talks = other.agent == me && other.call.is_running();
        if talks && other.id != id {
            let since = other.call.timer.map_or(at, |timer| at.max(timer.began_at));
            change(live, other.id, |other| other.call.hold(since))?;
            held.push(other.id);
            let who = other.call.in_words();
            session.note(format_args!("call {} ({who}) is on hold now", other.id));
        }
    }
    Ok(held)
}

/// When something happens to the call: `--at`, else now; not before it began.
pub(in crate::cli) fn instant(
    session: &Session,
    found: &LiveCall,
) -> Result<DateTime<Utc>, Failure> {
    let at = now(session)?;
    let began = found.call.timer.map(|timer| timer.began_at);
    if began.is_some_and(|began| at < began) {
        return Err(Failure::Input(format!(
            "call {} had not begun then: give a later instant",
            found.id
        )));
    }
    Ok(at)
}

/// `--at`, which must not lie ahead, else now.
pub(in crate::cli) fn now(session: &Session) -> Result<DateTime<Utc>, Failure> {
    let now = session.now();
    match session.at()? {
        Some(at) if at > now => Err(Failure::Input(
            "--at lies ahead: what has not happened yet cannot be recorded".to_owned(),
        )),
        at => Ok(at.unwrap_or(now)),
    }
}
