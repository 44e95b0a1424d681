//! Which clocks of an agent call: as their last quarter begins, and as they are missed.

use chrono::{DateTime, Utc};

use super::{Desk, Page, StoreError};
use crate::incident::{Alarm, Property, Query, Term, alarms};

/// How many incidents are looked at: so many of the agent's that are missed, and so many of the others, by due instant.
const MOST: usize = 50;

impl Desk {
    /// The calls of an agent's clocks after `since`, the first one first, of incidents as they are at `now`.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn alarms(
        &self,
        agent: &str,
        since: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<Vec<Alarm>, StoreError> {
        let mut found = Vec::new();
        for is_missed in [false, true] {
            let mine = Term::Assignee(vec![agent.to_owned()]);
            let missed = Term::Is(Property::Missed);
            let query = Query {
                terms: vec![(false, mine), (!is_missed, missed)],
            };
            for row in self.list(&query, Page::First, MOST, now)? {
                let (incident, _) = self.incident(row.number, now)?;
                let ruling = self.ruling_of(&incident.policy, incident.policy_version)?;
                let calendar = ruling.deadlines.calendar(incident.office.as_deref());
                found.extend(alarms(&incident, calendar.ok().flatten(), since));
            }
        }
        found.sort_by_key(|alarm| alarm.at);
        Ok(found)
    }
}
