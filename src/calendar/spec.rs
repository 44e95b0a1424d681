//! A calendar as a policy file writes it, and a desk's exceptions to it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A calendar as written: zone, hours, holidays. Its texts are checked by [`Calendar::new`](super::Calendar::new).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CalendarSpec {
    /// An IANA time zone, such as `America/Denver`.
    pub zone: String,
    /// Names of [holiday sets](super::holiday_sets); a holiday is closed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub holidays: Vec<String>,
    /// The opening hours of each weekday, in local wall-clock time.
    pub hours: WeekHours,
    /// Days closed each year.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub yearly_closed: Vec<YearlyClosed>,
    /// Days with hours of their own, such as half days.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub special: Vec<SpecialDay>,
}

/// Opening hours by weekday: each a list of intervals such as `"08:30-17:00"`. An interval that ends at or before its
/// start (`"22:00-06:00"`) runs past midnight and belongs to the day on which it starts; `24:00` is allowed as an end.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct WeekHours {
    /// Monday.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub mon: Vec<String>,
    /// Tuesday.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tue: Vec<String>,
    /// Wednesday.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub wed: Vec<String>,
    /// Thursday.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub thu: Vec<String>,
    /// Friday.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fri: Vec<String>,
    /// Saturday.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sat: Vec<String>,
    /// Sunday.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sun: Vec<String>,
}

impl WeekHours {
    /// The days in order from Monday, each with its name in a policy file.
    pub(super) fn days(&self) -> [(&'static str, &[String]); 7] {
        [
            ("mon", &self.mon),
            ("tue", &self.tue),
            ("wed", &self.wed),
            ("thu", &self.thu),
            ("fri", &self.fri),
            ("sat", &self.sat),
            ("sun", &self.sun),
        ]
    }
}

/// Days closed each year, both ends included: from `"12-24"` to `"01-02"` runs across the new year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct YearlyClosed {
    /// First day, as month and day.
    pub from: String,
    /// Last day, as month and day.
    pub to: String,
    /// What to tell those who ask.
    pub reason: String,
}

/// A day with hours of its own, in place of its weekday's; holidays and yearly closures yield to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpecialDay {
    /// Each year's `"12-24"`, or one year's `"2026-12-24"`, which goes before.
    pub date: String,
    /// Intervals as in [`WeekHours`]; none for a closed day.
    pub hours: Vec<String>,
    /// What to tell those who ask.
    pub reason: String,
}

/// A desk's closure or extra opening, from one instant to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exception {
    /// First instant, UTC.
    pub from: DateTime<Utc>,
    /// First instant after it, UTC.
    pub to: DateTime<Utc>,
    /// What to tell those who ask.
    pub reason: String,
    /// Closure or opening.
    pub kind: ExceptionKind,
}

/// What an [`Exception`] does. Where both meet, the closure wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ExceptionKind {
    /// Closed, whatever the hours say.
    Closed,
    /// Open, whatever hours and holidays say. At most 24 hours count as a shift of the day on which they start, more
    /// are cut at each local midnight.
    Open,
}
