//! The next deadline as a sentence that an agent can read out to the caller: in the caller's time, and in ours.

use chrono::{DateTime, Datelike, Utc};
use chrono_tz::Tz;

use super::clock::ClockKind;
use super::state::Incident;

/// What is promised next, at `now`: hours of the caller's zone where it is known and shows another time, and of `ours`.
pub fn spoken(incident: &Incident, now: DateTime<Utc>, ours: Tz) -> String {
    let Some(clock) = incident.next_clock() else {
        return match incident.state.is_open() {
            true => "We have promised no time for this.".to_owned(),
            false => format!("This is {}.", incident.state.word()),
        };
    };
    let theirs = incident.contact.as_ref();
    let theirs = theirs.and_then(|contact| contact.zone.as_ref()?.parse().ok());
    let at = instant(clock.due_at, now, ours, theirs);
    let late = clock.due_at < now && clock.kind != ClockKind::Silence;
    match (clock.kind, late) {
        (ClockKind::Response, false) => format!("You will have our answer by {at}."),
        (ClockKind::Response, true) => {
            format!("You should have had our answer by {at}. We are late.")
        }
        (ClockKind::Estimate | ClockKind::Resolution, false) => {
            format!("It will be resolved by {at}.")
        }
        (ClockKind::Estimate | ClockKind::Resolution, true) => {
            format!("It should have been resolved by {at}. We are late.")
        }
        (ClockKind::Patch, false) => format!("The patch will be out by {at}."),
        (ClockKind::Patch, true) => format!("The patch should have been out by {at}. We are late."),
        (ClockKind::Appointment, false) => format!("We will call you on {at}."),
        (ClockKind::Appointment, true) => format!("We were to call you on {at}. We are late."),
        (ClockKind::Silence, _) => {
            format!("Please answer by {at}; without an answer we take it as resolved.")
        }
    }
}

/// `Monday 30 November at 10:00 your time, which is 18:00 here`; without a zone of the caller's, in our time with the
/// zone's name. A year other than that of `now` is said.
fn instant(at: DateTime<Utc>, now: DateTime<Utc>, ours: Tz, theirs: Option<Tz>) -> String {
    let day = |zone: Tz| match at.with_timezone(&zone).year() == now.with_timezone(&zone).year() {
        true => "%A %-d %B at %H:%M",
        false => "%A %-d %B %Y at %H:%M",
    };
    let here = at.with_timezone(&ours);
    let other = theirs.map(|zone| (at.with_timezone(&zone), zone));
    match other.filter(|(there, _)| there.naive_local() != here.naive_local()) {
        None => here
            .format(&format!("{} our time, %Z", day(ours)))
            .to_string(),
        Some((there, zone)) => {
            let form = match there.date_naive() == here.date_naive() {
                true => "%H:%M",
                false => day(ours),
            };
            format!(
                "{} your time, which is {} here",
                there.format(day(zone)),
                here.format(form)
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono_tz::{America::Denver, Asia::Tokyo, Europe::London};
    use rstest::rstest;

    #[rstest]
    #[case(London, None, "Monday 30 November at 10:00 our time, GMT")]
    #[case(London, Some(London), "Monday 30 November at 10:00 our time, GMT")]
    #[case(
        London,
        Some(Denver),
        "Monday 30 November at 03:00 your time, which is 10:00 here"
    )]
    #[case(
        Denver,
        Some(Tokyo),
        "Monday 30 November at 19:00 your time, which is 03:00 here"
    )]
    #[case(
        Tokyo,
        Some(chrono_tz::Pacific::Honolulu),
        "Monday 30 November at 00:00 your time, which is 19:00 here"
    )]
    fn an_instant_is_said_in_both_zones(
        #[case] ours: Tz,
        #[case] theirs: Option<Tz>,
        #[case] words: &str,
    ) {
        let at = "2026-11-30T10:00:00Z".parse().unwrap();
        assert_eq!(instant(at, at, ours, theirs), words);
    }

    #[test]
    fn another_day_is_named() {
        let at = "2026-11-30T23:30:00Z".parse().unwrap();
        assert_eq!(
            instant(at, at, London, Some(Tokyo)),
            "Tuesday 1 December at 08:30 your time, which is Monday 30 November at 23:30 here"
        );
    }

    #[test]
    fn another_year_is_said() {
        let at = "2026-12-31T23:30:00Z".parse().unwrap();
        let now = "2026-11-30T10:00:00Z".parse().unwrap();
        assert_eq!(
            instant(at, now, London, Some(Tokyo)),
            "Friday 1 January 2027 at 08:30 your time, which is Thursday 31 December at 23:30 here"
        );
        let at = "2027-11-29T09:00:00Z".parse().unwrap();
        assert_eq!(
            instant(at, now, London, None),
            "Monday 29 November 2027 at 09:00 our time, GMT"
        );
    }
}
