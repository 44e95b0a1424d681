//! Looks which clocks of the agent's incidents enter their last quarter or are missed. What is ahead is read once after a
//! change of the desk; in between instants are compared.

use chrono::{DateTime, Utc};

use super::Worker;
use crate::console::request::Answer;
use crate::incident::{Alarm, Property, Query, Term, alarms};
use crate::store::{Page, StoreError};

/// How many incidents are looked at: so many of the agent's that are missed, and so many of the others, by due instant.
const MOST: usize = 50;

/// The alarms of the agent.
#[derive(Default)]
pub(super) struct Alarms {
    /// Until when was looked.
    until: Option<DateTime<Utc>>,
    /// Those ahead, the first one first; none where they are to be read.
    ahead: Option<Vec<Alarm>>,
}

impl Alarms {
    /// The desk was changed: what is ahead is read again.
    pub(super) fn forget(&mut self) {
        self.ahead = None;
    }
}

impl Worker {
    /// Tells which clocks have called since it was last looked. What is due when the console opens is on its screen.
    pub(super) fn watch_alarms(&mut self) {
        let now = self.clock().now();
        let since = *self.alarms.until.get_or_insert(now);
        let ahead = match self.alarms.ahead.take() {
            Some(ahead) => Ok(ahead),
            None => self.alarms_after(since),
        };
        // What cannot be read now is looked at the next time, from the same instant on.
        let Ok(mut ahead) = ahead else { return };
        self.alarms.until = Some(now.max(since));
        let passed = ahead.partition_point(|alarm| alarm.at <= now);
        if passed == 0 {
            self.alarms.ahead = Some(ahead);
            return;
        }
        ahead.truncate(passed);
        // When the run loop has gone, the next receive ends the worker.
        let _ = self.to.send(Answer::Alarms(ahead).into());
    }

    fn alarms_after(&self, since: DateTime<Utc>) -> Result<Vec<Alarm>, StoreError> {
        self.with(|desk, now| {
            let mut found = Vec::new();
            for is_missed in [false, true] {
                let mine = Term::Assignee(vec![self.start.agent.clone()]);
                let missed = Term::Is(Property::Missed);
                let query = Query {
                    terms: vec![(false, mine), (!is_missed, missed)],
                };
                for row in desk.list(&query, Page::First, MOST, now)? {
                    let (incident, _) = desk.incident(row.number, now)?;
                    let ruling = desk.ruling_of(&incident.policy, incident.policy_version)?;
                    let calendar = ruling.deadlines.calendar(incident.office.as_deref());
                    found.extend(alarms(&incident, calendar.ok().flatten(), since));
                }
            }
            found.sort_by_key(|alarm| alarm.at);
            Ok(found)
        })
    }
}
