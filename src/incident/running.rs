//! A call while it runs: not history yet, but what history will be made of.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{
    Command, Contact, CustomerId, LooseCall, LooseReason, NoteKind, Step, TechRef, Timer,
    hours_in_words,
};

/// A call while it runs, or an incident that is being typed in without one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RunningCall {
    /// Its times; none without a call.
    pub timer: Option<Timer>,
    /// When the agent hung up, while what is still missing is asked for.
    pub ended_at: Option<DateTime<Utc>>,
    /// The number that rang, as the telephone system gave it.
    pub from: Option<String>,
    /// The line that rang.
    pub line: Option<String>,
    /// It is the agent who rang.
    pub rung_up: bool,
    /// Whose call it is, once that is known.
    pub customer: Option<CustomerId>,
    /// Who is likely to be on the line.
    pub contact: Option<Contact>,
    /// Who it is in words, as far as that is known.
    pub who: String,
    /// The incidents that it is about, the current one last.
    pub parts: Vec<CallPart>,
    /// Notes that are not on the desk yet.
    pub notes: Vec<String>,
    /// The agent who handed it over.
    pub handed_by: Option<String>,
    /// What was answered while hanging up and is not recorded yet, by the fields of the wrap-up.
    pub answers: BTreeMap<String, String>,
}

/// What of a call is about one incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallPart {
    /// The incident.
    pub number: TechRef,
    /// It was logged on this call.
    pub is_new: bool,
    /// The call's length in seconds when it was turned to: while it is the current one, it has the time from there on.
    pub since: i64,
    /// Seconds that it had before that.
    pub before: i64,
}

impl RunningCall {
    /// Its length in seconds without hold, at `now` or when it was hung up; 0 without a call.
    pub fn seconds(&self, now: DateTime<Utc>) -> i64 {
        let at = self.ended_at.unwrap_or(now);
        self.timer.map_or(0, |timer| timer.seconds(at))
    }

    /// Whether it may have been begun by mistake, and then is no call: nobody rang by a number that is known, nobody was
    /// chosen, nothing was noted.
    pub fn is_nobodys(&self) -> bool {
        let nobody = self.from.is_none() && self.customer.is_none();
        nobody && self.parts.is_empty() && self.notes.is_empty()
    }

    /// Hands it to another agent: until that one takes it, it is on hold.
    pub fn hand(&mut self, by: &str, now: DateTime<Utc>) {
        self.handed_by = Some(by.to_owned());
        self.hold(now);
    }

    /// What is recorded of it where it ended at `ended` and is discarded for a reason: nothing that was noted is lost.
    pub fn discarded(&self, ended: DateTime<Utc>, reason: &str) -> Vec<Command> {
        let Some(timer) = self.timer else {
            return Vec::new();
        };
        let words: Vec<&str> = self
            .notes
            .iter()
            .map(String::as_str)
            .chain([reason])
            .collect();
        let (words, seconds) = (words.join("\n"), timer.seconds(ended));
        vec![match self.parts.last() {
            Some(part) => {
                let text = format!("A call of {} is not kept: {words}", hours_in_words(seconds));
                let kind = NoteKind::Internal;
                Command::Step(part.number, Step::Note { kind, text })
            }
            None => Command::CallWithoutIncident(LooseCall {
                reason: LooseReason::CutOff,
                seconds,
                held: timer.held(ended),
                customer: self.customer,
                text: Some(words),
            }),
        }]
    }

    /// Turns to an incident, which is timed on its own from here on; the first one has the time from the beginning.
    pub fn turn_to(&mut self, number: TechRef, is_new: bool, now: DateTime<Utc>) {
        let seconds = self.seconds(now);
        turn(&mut self.parts, number, is_new, seconds);
    }

    /// Lets incidents go that it was not about after all, when it has lasted `seconds`; the last one that stays has their
    /// time.
    pub fn let_go(&mut self, gone: impl Fn(TechRef) -> bool, seconds: i64) {
        let current = self.parts.last().map(|part| part.number);
        let share = |part: &CallPart| part.share(seconds, Some(part.number) == current);
        let lost: i64 = self
            .parts
            .iter()
            .filter(|part| gone(part.number))
            .map(share)
            .sum();
        self.parts.retain(|part| !gone(part.number));
        if let Some(last) = self.parts.last_mut() {
            last.before += lost;
            if Some(last.number) != current {
                last.since = seconds;
            }
        }
    }

    /// Puts it on hold.
    pub fn hold(&mut self, at: DateTime<Utc>) {
        if let Some(timer) = &mut self.timer {
            timer.hold(at);
        }
    }

    /// Whether somebody is talking.
    pub fn is_running(&self) -> bool {
        self.ended_at.is_none() && self.timer.is_some_and(|timer| !timer.is_held())
    }

    /// What it is now, in a word or two.
    pub fn state(&self) -> &'static str {
        match (self.ended_at, self.is_held()) {
            (Some(_), _) => "hung up",
            (None, true) => "on hold",
            (None, false) => "talking",
        }
    }

    /// Who it is, in words.
    pub fn in_words(&self) -> &str {
        match (self.who.trim(), &self.from) {
            ("", Some(number)) => number,
            ("", None) => "nobody known yet",
            (who, _) => who,
        }
    }

    /// Whether it is on hold.
    pub fn is_held(&self) -> bool {
        self.ended_at.is_none() && self.timer.is_some_and(|timer| timer.is_held())
    }
}

/// A call of these parts turns to an incident when it has lasted `seconds`.
pub fn turn(parts: &mut Vec<CallPart>, number: TechRef, is_new: bool, seconds: i64) {
    if let Some(current) = parts.last_mut() {
        current.before = current.share(seconds, true);
    }
    let since = if parts.is_empty() { 0 } else { seconds };
    let known = parts.iter().position(|part| part.number == number);
    let new = CallPart {
        number,
        is_new,
        since,
        before: 0,
    };
    let part = known.map_or(new, |at| parts.remove(at));
    parts.push(CallPart { since, ..part });
}

impl CallPart {
    /// Its seconds of a call that has taken `seconds` in all.
    pub fn share(&self, seconds: i64, is_current: bool) -> i64 {
        let rest = if is_current { seconds - self.since } else { 0 };
        self.before + rest
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;

    #[test]
    fn each_incident_has_its_own_time_of_the_call() {
        let began: DateTime<Utc> = "2026-11-23T21:00:00Z".parse().unwrap();
        let after = |seconds| began + TimeDelta::seconds(seconds);
        let [first, second] = [TechRef::new(10_001), TechRef::new(10_002)];
        let mut call = RunningCall {
            timer: Some(Timer::begin(began)),
            ..RunningCall::default()
        };
        call.turn_to(first, false, after(60));
        call.turn_to(second, true, after(100));
        call.turn_to(first, false, after(130));
        let share = |part: &CallPart| part.share(200, part.number == first);
        let shares: Vec<_> = call
            .parts
            .iter()
            .map(|part| (part.number, part.is_new, share(part)))
            .collect();
        assert_eq!(shares, [(second, true, 30), (first, false, 170)]);
        call.let_go(|number| number == first, 200);
        let last = call.parts.last().unwrap();
        assert_eq!((call.parts.len(), last.share(200, true)), (1, 200));
    }
}
