//! When a clock calls its agent: as its last quarter begins, and as it is missed (`console.md`, "Countdowns").

use chrono::{DateTime, TimeDelta, Utc};

use super::clock::{Clock, ClockKind};
use super::number::TechRef;
use super::state::Incident;
use crate::calendar::{Calendar, Counted, Span};

/// A clock calls its agent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alarm {
    /// When.
    pub at: DateTime<Utc>,
    /// Its incident.
    pub number: TechRef,
    /// What it measures.
    pub clock: ClockKind,
    /// Its due instant.
    pub due_at: DateTime<Utc>,
}

impl Alarm {
    /// Whether it calls because it is missed, rather than in its last quarter.
    pub fn is_missed(&self) -> bool {
        self.at > self.due_at
    }
}

/// The calls of the incident's running clocks after `since`, by the hours of its policy and office. A silence calls
/// nobody: it is never late.
pub fn alarms(
    incident: &Incident,
    calendar: Option<&Calendar>,
    since: DateTime<Utc>,
) -> Vec<Alarm> {
    let counts = |clock: &&Clock| clock.is_running() && clock.kind != ClockKind::Silence;
    let running = incident.clocks.iter().filter(counts);
    let all = running.flat_map(|clock| {
        let missed = Some(clock.due_at + TimeDelta::seconds(1));
        let each = [last_quarter(clock, calendar, since), missed];
        each.into_iter().flatten().map(|at| Alarm {
            at,
            number: incident.tech_ref,
            clock: clock.kind,
            due_at: clock.due_at,
        })
    });
    all.filter(|alarm| alarm.at > since).collect()
}

/// When the last quarter of a clock's time begins, in its own kind of time and without its pauses; none where that lies
/// before `since`.
fn last_quarter(
    clock: &Clock,
    calendar: Option<&Calendar>,
    since: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    let calendar = calendar.filter(|_| clock.counted != Counted::Elapsed);
    let seconds = |from, to| match calendar {
        Some(calendar) => calendar.open_seconds(from, to),
        None => (to - from).num_seconds(),
    };
    let stood = clock.pauses.iter();
    let stood: i64 = stood.map(|Span { from, to }| seconds(*from, *to)).sum();
    let quarter = (seconds(clock.started_at, clock.due_at) - stood) / 4;
    let until = seconds(since, clock.due_at) - quarter;
    match calendar {
        _ if until <= 0 => None,
        Some(calendar) => calendar.add_open(since, until).ok(),
        None => Some(since + TimeDelta::seconds(until)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::{CalendarSpec, WeekHours};
    use rstest::rstest;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn calendar() -> Calendar {
        let day = || vec!["08:00-16:00".to_owned()];
        let spec = CalendarSpec {
            zone: "UTC".to_owned(),
            hours: WeekHours {
                mon: day(),
                tue: day(),
                ..WeekHours::default()
            },
            holidays: Vec::new(),
            yearly_closed: Vec::new(),
            special: Vec::new(),
        };
        Calendar::new(&spec, &[]).unwrap()
    }

    /// Monday at eight until Tuesday at noon: 28 hours, 12 of them open.
    fn clock(counted: Counted) -> Clock {
        Clock {
            kind: ClockKind::Response,
            counted,
            started_at: at("2026-11-23T08:00:00Z"),
            due_at: at("2026-11-24T12:00:00Z"),
            grace: 0,
            stood_still: 0,
            pauses: Vec::new(),
            paused: None,
            stopped: None,
        }
    }

    #[rstest]
    #[case::all_time(Counted::Elapsed, "2026-11-23T09:00:00Z", Some("2026-11-24T05:00:00Z"))]
    #[case::open_time(
        Counted::BusinessTime,
        "2026-11-23T09:00:00Z",
        Some("2026-11-24T09:00:00Z")
    )]
    #[case::from_a_night(
        Counted::BusinessTime,
        "2026-11-23T20:00:00Z",
        Some("2026-11-24T09:00:00Z")
    )]
    #[case::it_has_begun(Counted::BusinessTime, "2026-11-24T09:00:00Z", None)]
    fn the_last_quarter_begins(
        #[case] counted: Counted,
        #[case] since: &str,
        #[case] begins: Option<&str>,
    ) {
        let found = last_quarter(&clock(counted), Some(&calendar()), at(since));
        assert_eq!(found, begins.map(at));
    }

    #[test]
    fn a_pause_is_no_part_of_its_time() {
        let paused = Clock {
            pauses: vec![Span {
                from: at("2026-11-23T10:00:00Z"),
                to: at("2026-11-23T18:00:00Z"),
            }],
            ..clock(Counted::Elapsed)
        };
        let found = last_quarter(&paused, None, at("2026-11-23T20:00:00Z"));
        assert_eq!(found, Some(at("2026-11-24T07:00:00Z")));
    }
}
