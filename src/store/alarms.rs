//! Which clocks of an agent call: as their last quarter begins, and as they are missed.

use chrono::{DateTime, Utc};

use super::touched::ReadTo;
use super::{Desk, Page, StoreError};
use crate::incident::{Alarm, Incident, Property, Query, TechRef, Term, alarms, queue_key};

/// How many incidents are looked at: so many of the agent's that are missed, and so many of the others, by due instant.
const MOST: usize = 50;

/// The calls of an agent's clocks that are ahead, as the desk was when they were read.
#[derive(Debug)]
pub struct Ahead {
    /// The calls, the first one first.
    pub alarms: Vec<Alarm>,
    agent: String,
    read: ReadTo,
    /// The incidents that were looked at.
    of: Vec<TechRef>,
    /// There are more: one takes the place of each that leaves.
    cut: bool,
}

impl Ahead {
    /// Whether they are this agent's.
    pub fn is_of(&self, agent: &str) -> bool {
        self.agent == agent
    }
}

impl Desk {
    /// The calls of an agent's clocks after `since`, of incidents as they are at `now`.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn alarms(
        &self,
        agent: &str,
        since: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<Ahead, StoreError> {
        let mut ahead = Ahead {
            alarms: Vec::new(),
            agent: agent.to_owned(),
            read: self.read_to()?,
            of: Vec::new(),
            cut: false,
        };
        for is_missed in [false, true] {
            let mine = Term::Assignee(vec![agent.to_owned()]);
            let missed = Term::Is(Property::Missed);
            let query = Query {
                terms: vec![(false, mine), (!is_missed, missed)],
            };
            let found = self.list(&query, Page::First, MOST, now)?;
            ahead.cut |= found.len() == MOST;
            for row in found {
                let (incident, _) = self.incident(row.number, now)?;
                ahead.alarms.extend(self.alarms_of(&incident, since)?);
                ahead.of.push(row.number);
            }
        }
        ahead.alarms.sort_by_key(|alarm| alarm.at);
        Ok(ahead)
    }

    /// The same after the desk was changed: only what was touched since is read again.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn alarms_again(
        &self,
        mut ahead: Ahead,
        since: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<Ahead, StoreError> {
        let touched = self.touched_since(ahead.read)?;
        let touched = touched.filter(|touched| !touched.desk && ahead.of.len() <= 4 * MOST);
        let Some(touched) = touched else {
            return self.alarms(&ahead.agent, since, now);
        };
        ahead.read = self.read_to()?;
        for number in touched.incidents {
            let before = ahead.of.len();
            ahead.of.retain(|known| *known != number);
            ahead.alarms.retain(|alarm| alarm.number != number);
            let (incident, _) = self.incident(number, now)?;
            let mine = incident.assignee.as_deref() == Some(&ahead.agent);
            if mine && queue_key(&incident).is_some() {
                ahead.alarms.extend(self.alarms_of(&incident, since)?);
                ahead.of.push(number);
            } else if ahead.cut && ahead.of.len() < before {
                return self.alarms(&ahead.agent, since, now);
            }
        }
        ahead.alarms.sort_by_key(|alarm| alarm.at);
        Ok(ahead)
    }

    /// The calls of an incident's clocks after `since`.
    fn alarms_of(
        &self,
        incident: &Incident,
        since: DateTime<Utc>,
    ) -> Result<Vec<Alarm>, StoreError> {
        let ruling = self.ruling_of(&incident.policy, incident.policy_version)?;
        let calendar = ruling.deadlines.calendar(incident.office.as_deref());
        Ok(alarms(incident, calendar.ok().flatten(), since))
    }
}
