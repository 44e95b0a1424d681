//! How a remaining time reads, and when it next reads otherwise, so that an idle screen costs nothing.

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// From here on days are enough.
const DAYS_FROM: i64 = 2 * DAY;

/// `remaining` seconds as a countdown: `42:10` in the last hour, `3h 20m` before it, `3d` from two days on; past due
/// `missed 12m`. Due now, at 0, is not yet missed. What is left is never overstated: parts of a unit are left out.
#[must_use]
pub fn countdown(remaining: i64) -> String {
    match remaining {
        i64::MIN..0 => format!("missed {}", past(remaining.saturating_neg())),
        0..HOUR => clock(remaining),
        _ => hours_or_days(remaining),
    }
}

/// In how many seconds [`countdown`] reads otherwise, at least 1.
#[must_use]
pub fn next_change(remaining: i64) -> i64 {
    match remaining {
        i64::MIN..0 => {
            let late = remaining.saturating_neg();
            let unit = if late < DAYS_FROM { MINUTE } else { DAY };
            unit - late % unit
        }
        0..HOUR => 1,
        HOUR..DAYS_FROM => remaining % MINUTE + 1,
        _ => remaining % DAY + 1,
    }
}

/// `elapsed` seconds of something that runs, such as a call: `0:42`, `12:05`, `1:02:05`. Less than nothing is nothing.
#[must_use]
pub fn timer(elapsed: i64) -> String {
    let elapsed = elapsed.max(0);
    if elapsed < HOUR {
        clock(elapsed)
    } else {
        format!(
            "{}:{:02}:{:02}",
            elapsed / HOUR,
            elapsed % HOUR / MINUTE,
            elapsed % MINUTE
        )
    }
}

fn clock(seconds: i64) -> String {
    format!("{}:{:02}", seconds / MINUTE, seconds % MINUTE)
}

fn hours_or_days(seconds: i64) -> String {
    if seconds < DAYS_FROM {
        format!("{}h {:02}m", seconds / HOUR, seconds % HOUR / MINUTE)
    } else {
        format!("{}d", seconds / DAY)
    }
}

fn past(late: i64) -> String {
    match late {
        ..MINUTE => "<1m".to_owned(),
        MINUTE..HOUR => format!("{}m", late / MINUTE),
        _ => hours_or_days(late),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case(3 * DAY + 5 * HOUR, "3d")]
    #[case(2 * DAY, "2d")]
    #[case(2 * DAY - 1, "47h 59m")]
    #[case(3 * HOUR + 20 * MINUTE + 59, "3h 20m")]
    #[case(HOUR, "1h 00m")]
    #[case(HOUR - 1, "59:59")]
    #[case(42 * MINUTE + 10, "42:10")]
    #[case(9, "0:09")]
    #[case(0, "0:00")]
    #[case(-1, "missed <1m")]
    #[case(-12 * MINUTE, "missed 12m")]
    #[case(-3 * HOUR - 5 * MINUTE, "missed 3h 05m")]
    #[case(-3 * DAY, "missed 3d")]
    #[case(i64::MIN, "missed 106751991167300d")]
    fn a_remaining_time_reads(#[case] remaining: i64, #[case] text: &str) {
        assert_eq!(countdown(remaining), text);
    }

    #[rstest]
    #[case(-1, "0:00")]
    #[case(42, "0:42")]
    #[case(725, "12:05")]
    #[case(3725, "1:02:05")]
    fn a_running_time_reads(#[case] elapsed: i64, #[case] text: &str) {
        assert_eq!(timer(elapsed), text);
    }

    proptest! {
        #[test]
        fn the_text_stays_until_its_next_change_and_then_changes(
            remaining in prop_oneof![-400_000_i64..400_000, -4_000_i64..8_000],
            part in 0.0_f64..1.0,
        ) {
            let change = next_change(remaining);
            prop_assert!(change >= 1);
            let before = (change as f64 * part) as i64;
            prop_assert_eq!(countdown(remaining - before), countdown(remaining));
            prop_assert_ne!(countdown(remaining - change), countdown(remaining));
        }
    }
}
