//! When the calls of a sample desk come in.

use chrono::{DateTime, Datelike, TimeDelta, Timelike, Utc, Weekday};
use fastrand::Rng;

/// How busy each hour of the day is, in UTC: the offices of two continents.
const BUSY: [u32; 24] = [
    1, 1, 1, 1, 1, 1, 3, 8, 14, 16, 15, 13, 14, 18, 22, 24, 22, 20, 18, 16, 12, 8, 3, 2,
];

/// When incidents are opened, oldest first: more in busy hours, few at weekends, and always some just now.
pub(super) fn openings(
    count: usize,
    days: i64,
    now: DateTime<Utc>,
    rng: &mut Rng,
) -> Vec<DateTime<Utc>> {
    let hours = days * 24;
    let begin = now - TimeDelta::hours(hours);
    let mut all = 0;
    // How much of it all lies before the end of each hour.
    let until: Vec<u32> = (0..hours)
        .map(|hour| {
            all += weight(begin + TimeDelta::hours(hour), hour >= hours - 6);
            all
        })
        .collect();
    let mut opened: Vec<DateTime<Utc>> = (0..count)
        .map(|_| {
            let place = rng.u32(0..all.max(1));
            let hour = until.partition_point(|until| *until <= place);
            begin
                + TimeDelta::hours(i64::try_from(hour).unwrap_or(0))
                + TimeDelta::seconds(rng.i64(0..3_600))
        })
        .collect();
    opened.sort_unstable();
    opened
}

/// How busy the hour at an instant is.
fn weight(at: DateTime<Utc>, just_now: bool) -> u32 {
    let hour = usize::try_from(at.hour()).unwrap_or(0);
    let busy = BUSY.get(hour).copied().unwrap_or(1);
    let weight = match at.weekday() {
        Weekday::Sat | Weekday::Sun => busy / 8 + 1,
        _ => busy,
    };
    if just_now { weight.max(12) } else { weight }
}
