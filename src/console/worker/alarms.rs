//! Looks which clocks of the agent's incidents enter their last quarter or are missed. What is ahead is read once after a
//! change of the desk; in between instants are compared.

use chrono::{DateTime, Utc};

use super::Worker;
use crate::console::request::Answer;
use crate::incident::Alarm;
use crate::store::StoreError;

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
        self.with(|desk, now| desk.still(|desk| desk.alarms(&self.start.agent, since, now)))
    }
}
