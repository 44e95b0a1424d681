//! The holiday sets that are shipped.

use std::sync::OnceLock;

use chrono::NaiveDate;

use super::rules::HolidaySet;

/// A set's name and file, read when it is first asked for.
struct Shipped {
    name: &'static str,
    text: &'static str,
    set: OnceLock<Option<HolidaySet>>,
}

impl Shipped {
    const fn new(name: &'static str, text: &'static str) -> Self {
        Self {
            name,
            text,
            set: OnceLock::new(),
        }
    }
}

static SETS: [Shipped; 3] = [
    Shipped::new(
        "us-federal",
        include_str!("../../assets/holidays/us-federal.toml"),
    ),
    Shipped::new(
        "uk-england-wales",
        include_str!("../../assets/holidays/uk-england-wales.toml"),
    ),
    Shipped::new("france", include_str!("../../assets/holidays/france.toml")),
];

/// The names of the sets, as a calendar's `holidays` may list them.
pub fn holiday_sets() -> impl Iterator<Item = &'static str> {
    SETS.iter().map(|shipped| shipped.name)
}

/// The holidays of a year in order, with their names: the nominal days, and the days on which they are observed or
/// substituted. Holidays that meet on one date share an entry. None for an unknown set; exact for the years 2000 to 2099.
#[must_use]
pub fn holidays(set: &str, year: i32) -> Option<Vec<(NaiveDate, String)>> {
    find(set).map(|set| set.year(year))
}

/// The set of that name.
pub(super) fn find(name: &str) -> Option<&'static HolidaySet> {
    let shipped = SETS.iter().find(|shipped| shipped.name == name)?;
    // That each file can be read is held by the tests.
    shipped
        .set
        .get_or_init(|| toml::from_str(shipped.text).ok())
        .as_ref()
}
