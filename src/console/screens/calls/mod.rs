//! The calls of the shift: those that run here, those that are arranged, those to be tried again, today's.

use chrono::{DateTime, NaiveTime, Utc};

use super::rows::Rows;
use crate::console::model::Model;
use crate::console::msg::Effect;
use crate::console::request::Request;
use crate::incident::TechRef;
use crate::store::ShiftCall;

mod view;
pub use view::{body, height, list_area};

#[cfg(test)]
mod tests;

/// The state of the screen.
#[derive(Debug, Default)]
pub struct CallsScreen {
    /// The calls on record, as far as they were read.
    pub calls: Rows<ShiftCall>,
}

impl CallsScreen {
    /// The incident of the selected call.
    pub fn number(&self) -> Option<TechRef> {
        self.calls.selected()?.number
    }

    /// Takes in the calls that were read.
    pub fn take(&mut self, calls: Vec<ShiftCall>, limit: usize) {
        let same = |one: &ShiftCall, other: &ShiftCall| {
            (one.what, one.at, one.number) == (other.what, other.at, other.number)
        };
        self.calls.take(calls, limit, same);
    }
}

/// Asks for what the screen shows.
pub fn read(model: &Model) -> Vec<Effect> {
    vec![Effect::Ask(Request::Calls {
        from: today(model),
        limit: model.calls.calls.limit,
    })]
}

/// The beginning of the agent's day.
fn today(model: &Model) -> DateTime<Utc> {
    let midnight = model.now.with_timezone(&model.zone).date_naive();
    let midnight = midnight
        .and_time(NaiveTime::MIN)
        .and_local_timezone(model.zone);
    // A day that does not begin at midnight, where clocks are put forward then, begins an hour later.
    midnight
        .earliest()
        .map_or(model.now, |at| at.with_timezone(&Utc))
}

/// Moves the selection.
pub fn move_by(model: &mut Model, rows: isize) -> Vec<Effect> {
    let more = model.calls.calls.move_by(rows);
    let mut effects = crate::console::update::look_at_selected(model);
    if more {
        effects.extend(read(model));
    }
    effects
}
