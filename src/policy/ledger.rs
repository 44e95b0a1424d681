//! How a deadline came about: what was counted, and what was not.

use chrono::{DateTime, Utc};

use super::deadlines::Deadlines;
use super::terms::TermError;
use crate::calendar::{ClosedDay, Counted, Span, Target, WhenClosed};

/// A deadline with everything that led to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ledger {
    /// What was counted towards.
    pub target: Target,
    /// The start, UTC.
    pub from: DateTime<Utc>,
    /// The deadline, UTC.
    pub due: DateTime<Utc>,
    /// What lies between the two and counts: open time; for elapsed time all of it, in one stretch.
    pub spans: Vec<Span>,
    /// Days that did not count, or that moved the deadline, for a reason of their own.
    pub closed: Vec<ClosedDay>,
}

impl Ledger {
    /// Seconds that were counted.
    pub fn seconds(&self) -> i64 {
        self.spans.iter().map(Span::seconds).sum()
    }

    /// Where elapsed time ended, if the desk was closed then and the deadline moved to the next opening.
    pub fn moved_from(&self) -> Option<DateTime<Utc>> {
        let ended = self.spans.last()?.to;
        (self.target.counted == Counted::Elapsed && ended < self.due).then_some(ended)
    }
}

impl Deadlines {
    /// When a target that starts at `from` is due at `office`, and how that came about.
    ///
    /// # Errors
    /// As [`Self::due`].
    pub fn ledger(
        &self,
        target: &Target,
        office: Option<&str>,
        from: DateTime<Utc>,
    ) -> Result<Ledger, TermError> {
        let due = self.due(target, office, from)?;
        let calendar = self.calendar(office)?;
        let (spans, closed_from) = if target.counted == Counted::Elapsed {
            let as_is = Target {
                when_closed: WhenClosed::AsIs,
                ..*target
            };
            let to = self.due(&as_is, office, from)?;
            (vec![Span { from, to }], to)
        } else {
            let open = calendar.map(|calendar| calendar.open_spans(from, due));
            (open.unwrap_or_default(), from)
        };
        let closed = calendar
            .filter(|_| closed_from < due)
            .map(|calendar| calendar.closed_days(closed_from, due));
        Ok(Ledger {
            target: *target,
            from,
            due,
            spans,
            closed: closed.unwrap_or_default(),
        })
    }
}
