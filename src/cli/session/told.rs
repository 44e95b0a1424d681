//! How something is told: its instants, and in how many columns.

use std::io::IsTerminal;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::Session;
use crate::cli::Failure;
use crate::incident::{day_and_time, full_instant, on_clock, with_instants};
use crate::when;

/// Columns of running text where standard output is no terminal, and at most.
const WIDEST_TEXT: usize = 100;

impl Session {
    /// An instant for people, in full; where it is listened to, as it is said: that is the one way in which the plain
    /// console tells an instant.
    pub(in crate::cli) fn told(&self, at: DateTime<Utc>, zone: Tz) -> String {
        match self.is_plain() {
            true => day_and_time(at, self.now, zone),
            false => full_instant(at, zone),
        }
    }

    /// An instant as an office has it, and as the agent does where their clocks differ then.
    pub(in crate::cli) fn told_in_both(&self, at: DateTime<Utc>, office: Tz) -> String {
        if !self.is_plain() {
            return when::shown_in_both(at, office, self.zone());
        }
        let [there, here] = [office, self.zone()].map(|zone| self.told(at, zone));
        match there == here {
            true => there,
            false => format!("{there}, {here} here"),
        }
    }

    /// What went wrong, its instants on the agent's clock; for programs they stay in UTC.
    pub(in crate::cli) fn in_words(&self, failure: &Failure) -> String {
        match failure.to_string() {
            said if self.json() => said,
            said if self.is_plain() => with_instants(&said, |at| self.told(at, self.zone())),
            said => on_clock(&said, self.zone()),
        }
    }

    /// The columns that standard output has; none where it is no terminal, and where what is said is listened to.
    pub fn columns(&self) -> Option<usize> {
        if self.globals.plain || !std::io::stdout().is_terminal() {
            return None;
        }
        // Where the terminal itself does not tell, a program is run that may.
        let (columns, _) = crossterm::terminal::size().ok()?;
        Some(usize::from(columns))
    }

    /// The columns that running text has, where standard output is no terminal too; none where it is listened to.
    pub(in crate::cli) fn text_columns(&self) -> Option<usize> {
        let columns = self.columns().unwrap_or(WIDEST_TEXT).min(WIDEST_TEXT);
        (!self.globals.plain).then_some(columns)
    }
}
