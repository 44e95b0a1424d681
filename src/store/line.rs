//! First come, first served: who stands in line, and where (P5-03).

use std::collections::HashMap;

use rusqlite::{OptionalExtension, params};

use super::{Desk, Listed, StoreError};
use crate::incident::{State, TechRef};

/// Somebody's place in a line: since when, and who of those that came at once.
type Standing = (i64, u32);

/// Tells places. Each one is counted from the one before, so that a list in the order of arrival costs what one place
/// does.
pub(super) struct Places<'d> {
    desk: &'d Desk,
    newest: HashMap<String, (Standing, u32)>,
    /// Which policies have a line.
    lines: HashMap<String, bool>,
}

impl<'d> Places<'d> {
    pub(super) fn new(desk: &'d Desk) -> Self {
        Self {
            desk,
            newest: HashMap::new(),
            lines: HashMap::new(),
        }
    }

    /// The place of an incident in a list, where the list says it: what counts down is said instead.
    pub(super) fn of_row(&mut self, row: &Listed) -> Result<Option<u32>, StoreError> {
        let is_said = row.next.is_none()
            && matches!(row.state, State::Open | State::AwaitingPayment)
            && row.key.is_some();
        match is_said {
            true => self.of(&row.policy, row.number),
            false => Ok(None),
        }
    }

    /// As [`Desk::place`].
    fn of(&mut self, policy: &str, number: TechRef) -> Result<Option<u32>, StoreError> {
        if !self.has_line(policy)? {
            return Ok(None);
        }
        let Some(standing) = self.standing(number)? else {
            return Ok(None);
        };
        let before = self.newest.get(policy).copied();
        let before = before.filter(|(known, _)| *known <= standing);
        let ((since, after), place) = before.unwrap_or(((i64::MIN, 0), 0));
        let more: u32 = self
            .desk
            .connection
            .prepare_cached(
                "SELECT count(*) FROM incident WHERE policy = ?1 AND line_at IS NOT NULL
                 AND (line_at, number) > (?2, ?3) AND (line_at, number) <= (?4, ?5)",
            )?
            .query_row(
                params![policy, since, after, standing.0, standing.1],
                |row| row.get(0),
            )?;
        let place = place + more;
        self.newest.insert(policy.to_owned(), (standing, place));
        Ok(Some(place))
    }

    fn has_line(&mut self, policy: &str) -> Result<bool, StoreError> {
        if let Some(known) = self.lines.get(policy) {
            return Ok(*known);
        }
        let has = self.desk.ruling(Some(policy))?.policy.intake.first_come;
        self.lines.insert(policy.to_owned(), has);
        Ok(has)
    }

    fn standing(&self, number: TechRef) -> Result<Option<Standing>, StoreError> {
        let since: Option<Option<i64>> = self
            .desk
            .connection
            .prepare_cached("SELECT line_at FROM incident WHERE number = ?1")?
            .query_row([number.sequence()], |row| row.get(0))
            .optional()?;
        Ok(since.flatten().map(|since| (since, number.sequence())))
    }
}

impl Desk {
    /// The place of an incident among those of its policy that are served in the order of their arrival, 1 for the next
    /// one; none under a contract, once it was answered, and where the policy has no such order.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn place(&self, policy: &str, number: TechRef) -> Result<Option<u32>, StoreError> {
        Places::new(self).of(policy, number)
    }
}
