//! Where a rule calls for a message, and the policy has words for it, one is put into the outbox.

use super::Draft;
use crate::incident::event::Event;
use crate::incident::message;
use crate::policy::Occasion;

impl Draft<'_> {
    /// Puts the message that `at` calls for into the outbox: nothing where the policy writes none, nobody can be written
    /// to, or what is recorded is history from elsewhere. `said` is what was said on the occasion; everything else
    /// comes from the incident as the events so far make it.
    pub(super) fn message(&mut self, at: Occasion, said: Option<&str>) {
        if self.situation.quiet {
            return;
        }
        if let Some(message) = message::compose(at, said, &self.incident, &self.situation) {
            self.push(Event::MessageQueued(Box::new(message)));
        }
    }
}
