//! Why something cannot be done: one line that an agent can repeat to a caller.

use chrono::{DateTime, NaiveDateTime, Timelike, Utc};
use chrono_tz::Tz;

use super::remaining::full_instant;
use crate::policy::nearest::nearest;
use crate::text::visible;

/// How an instant stands in a refusal: the rules know nobody's clock.
const UTC: &str = "%Y-%m-%dT%H:%M:%SZ";
/// How long that is.
const LENGTH: usize = "2026-11-23T21:00:00Z".len();

/// An instant as it stands in a refusal; [`on_clock`] puts it on the clock of whoever reads that.
pub fn in_utc(at: DateTime<Utc>) -> String {
    at.format(UTC).to_string()
}

/// What a rule says with its instants on the clock of `zone`, for people; programs are told them as they are.
pub fn on_clock(said: &str, zone: Tz) -> String {
    with_instants(said, |at| to_the_second(at, zone))
}

/// As [`on_clock`], with the instants as `instant` says them.
pub fn with_instants(said: &str, instant: impl Fn(DateTime<Utc>) -> String) -> String {
    let mut shown = String::with_capacity(said.len());
    let mut rest = said;
    while let Some(next) = rest.chars().next() {
        let read = rest
            .get(..LENGTH)
            // Reading one costs more than to see that there is none.
            .filter(|text| text.ends_with('Z'))
            .and_then(|text| NaiveDateTime::parse_from_str(text, UTC).ok());
        // A number that goes on before it is none.
        let begins = !shown.ends_with(|before: char| before.is_ascii_alphanumeric());
        let taken = match read.filter(|_| begins) {
            Some(at) => {
                shown.push_str(&instant(at.and_utc()));
                LENGTH
            }
            None => {
                shown.push(next);
                next.len_utf8()
            }
        };
        rest = rest.get(taken..).unwrap_or_default();
    }
    shown
}

/// What kind of refusal; decides the exit code of a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefusalKind {
    /// Well-formed, but against a rule.
    Rule,
    /// Something in what was typed is wrong or missing.
    Input,
    /// Well-formed, but nothing by that name is known.
    Unknown,
}

/// A refusal with its reason.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Refusal {
    /// The kind.
    pub kind: RefusalKind,
    /// What, why, and what to do.
    pub message: String,
}

impl Refusal {
    /// A refusal by a rule.
    pub fn rule(message: impl AsRef<str>) -> Self {
        Self::new(RefusalKind::Rule, message.as_ref())
    }

    /// A refusal of what was typed.
    pub fn input(message: impl AsRef<str>) -> Self {
        Self::new(RefusalKind::Input, message.as_ref())
    }

    /// A name that is not known, with the nearest that are.
    pub fn unknown<'a>(what: &str, name: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        let known: Vec<&str> = known.into_iter().collect();
        let hint = match nearest(name, known.iter().copied()) {
            Some(near) => format!("did you mean {near}?"),
            None if known.is_empty() => "there is none yet".to_owned(),
            None => format!("known: {}", known.join(", ")),
        };
        Self::new(
            RefusalKind::Unknown,
            &format!("no {what} \"{name}\": {hint}"),
        )
    }

    /// One line, whatever was typed into what it quotes.
    fn new(kind: RefusalKind, message: &str) -> Self {
        Self {
            kind,
            message: visible(message).into_owned(),
        }
    }
}

/// The seconds are said where a later instant of the same minute would do.
fn to_the_second(at: DateTime<Utc>, zone: Tz) -> String {
    match at.second() {
        0 => full_instant(at, zone),
        _ => at
            .with_timezone(&zone)
            .format("%a %-d %b %Y %H:%M:%S %Z")
            .to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(
        "opened 2026-11-23T21:00:00Z: give a later one than 2026-07-01T06:30:00Z",
        "opened Mon 23 Nov 2026 13:00 PST: give a later one than Tue 30 Jun 2026 23:30 PDT"
    )]
    #[case("2026-11-23T21:00:00Z", "Mon 23 Nov 2026 13:00 PST")]
    #[case("2026-11-23T21:00:07Z", "Mon 23 Nov 2026 13:00:07 PST")]
    #[case("no instant at all, ünd 10001-4", "no instant at all, ünd 10001-4")]
    #[case("2026-11-23T21:00:00+01:00", "2026-11-23T21:00:00+01:00")]
    #[case("12026-11-23T21:00:00Z", "12026-11-23T21:00:00Z")]
    #[case("2026-13-23T21:00:00Z", "2026-13-23T21:00:00Z")]
    fn instants_are_put_on_a_clock_and_nothing_else(#[case] said: &str, #[case] shown: &str) {
        assert_eq!(on_clock(said, chrono_tz::America::Los_Angeles), shown);
    }

    #[test]
    fn what_the_rules_write_is_what_is_put_on_a_clock() {
        let at = "2026-11-23T21:00:00Z".parse().unwrap();
        assert_eq!(on_clock(&in_utc(at), Tz::UTC), "Mon 23 Nov 2026 21:00 UTC");
    }
}
