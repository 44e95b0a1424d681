//! Opening hours, holidays and business time: what every countdown stands on.
//!
//! | file | holds |
//! | --- | --- |
//! | `length`, `target` | how long, counted how: "4h of business time" |
//! | `spec`, `error` | a calendar as a policy file writes it, and what can be wrong with it |
//! | `shift`, `hours` | the shifts of a local day, and the reason when it has none |
//! | `rules`, `holidays` | holiday rules, and the sets that are shipped |
//! | `days`, `span`, `zone` | days as numbers and in blocks, stretches of time, local time and instants |
//! | `sources`, `table` | what is open when; a block of days of it, compiled when it is first needed |
//! | `calendar`, `due`, `status` | the [`Calendar`]: open time, deadlines, what to show |
//! | `ics` | calendar files, written and read |
//!
//! Everything here is pure: the instant to look from is always an argument. All instants are UTC, all lengths whole
//! seconds, all stretches of time half-open: an opening instant is open, a closing instant is closed.

// A file is named after its type, here too.
#[expect(clippy::module_inception)]
mod calendar;
mod days;
mod due;
mod error;
mod holidays;
mod hours;
pub mod ics;
mod length;
mod rules;
mod shift;
mod sources;
mod span;
mod spec;
mod status;
mod table;
mod target;
#[cfg(test)]
mod tests;
mod zone;

pub use calendar::Calendar;
pub use error::CalendarError;
pub use holidays::{holiday_sets, holidays};
pub use length::{Length, LengthError};
pub use span::Span;
pub use spec::{CalendarSpec, Exception, ExceptionKind, SpecialDay, WeekHours, YearlyClosed};
pub use status::{ClosedDay, Status};
pub use target::{Counted, Target, TargetError, WhenClosed};
pub use zone::{Zone, local_instant};
