//! Looks which clocks of the agent's incidents enter their last quarter or are missed. What is ahead is read once after a
//! change of the desk; in between instants are compared.

use chrono::{DateTime, Utc};

use super::Worker;
use crate::console::request::Answer;
use crate::store::{Ahead, StoreError};

/// The alarms of the agent.
#[derive(Default)]
pub(super) struct Alarms {
    /// Until when was looked.
    until: Option<DateTime<Utc>>,
    /// Those ahead; none where they are to be read.
    ahead: Option<Ahead>,
    /// The desk was changed since they were read.
    changed: bool,
}

impl Alarms {
    /// The desk was changed: of what is ahead, what that touched is read again.
    pub(super) fn changed(&mut self) {
        self.changed = true;
    }
}

impl Worker {
    /// Tells which clocks have called since it was last looked. What is due when the console opens is on its screen.
    pub(super) fn watch_alarms(&mut self) {
        let now = self.clock().now();
        let since = *self.alarms.until.get_or_insert(now);
        let changed = std::mem::take(&mut self.alarms.changed);
        let ahead = match self.alarms.ahead.take() {
            Some(ahead) if !changed => Ok(ahead),
            ahead => self.alarms_after(ahead, since),
        };
        // What cannot be read now is looked at the next time, from the same instant on.
        let Ok(mut ahead) = ahead else { return };
        self.alarms.until = Some(now.max(since));
        let passed = ahead.alarms.partition_point(|alarm| alarm.at <= now);
        if passed == 0 {
            self.alarms.ahead = Some(ahead);
            return;
        }
        // What comes after these is read the next time.
        ahead.alarms.truncate(passed);
        // When the run loop has gone, the next receive ends the worker.
        let _ = self.to.send(Answer::Alarms(ahead.alarms).into());
    }

    fn alarms_after(
        &self,
        ahead: Option<Ahead>,
        since: DateTime<Utc>,
    ) -> Result<Ahead, StoreError> {
        let agent = &self.start.agent;
        let ahead = ahead.filter(|ahead| ahead.is_of(agent));
        self.with(|desk, now| {
            desk.still(|desk| match ahead {
                Some(ahead) => desk.alarms_again(ahead, since, now),
                None => desk.alarms(agent, since, now),
            })
        })
    }
}
