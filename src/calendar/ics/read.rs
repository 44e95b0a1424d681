//! Reading the dates of a calendar file: closures and holidays, once each.

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use chrono_tz::Tz;

use crate::calendar::local_instant;

/// A moment as a file writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// The beginning of a day, wherever one is.
    Day(NaiveDate),
    /// An instant.
    At(DateTime<Utc>),
    /// A time of day, wherever one is.
    Local(NaiveDateTime),
}

impl Moment {
    /// The instant that it is in `zone`.
    #[must_use]
    pub fn instant(self, zone: Tz) -> DateTime<Utc> {
        match self {
            Self::Day(day) => local_instant(zone, day.and_time(chrono::NaiveTime::MIN)),
            Self::At(at) => at,
            Self::Local(local) => local_instant(zone, local),
        }
    }

    fn plus(self, length: TimeDelta) -> Option<Self> {
        Some(match self {
            Self::Day(day) if length.num_seconds() % 86_400 == 0 => {
                Self::Day(day.checked_add_signed(length)?)
            }
            Self::Day(day) => Self::Local(
                day.and_time(chrono::NaiveTime::MIN)
                    .checked_add_signed(length)?,
            ),
            Self::At(at) => Self::At(at.checked_add_signed(length)?),
            Self::Local(local) => Self::Local(local.checked_add_signed(length)?),
        })
    }
}

/// An event of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dated {
    /// The line at which it begins, from 1.
    pub line: usize,
    /// What it is called.
    pub summary: String,
    /// Its beginning.
    pub from: Moment,
    /// Its end, not included.
    pub to: Moment,
    /// It was called off.
    pub cancelled: bool,
}

/// What is wrong with a line of a file, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {problem}")]
pub struct Fault {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub problem: String,
}

/// The events of a calendar file in its order, or everything that is wrong with it.
///
/// # Errors
/// When it is no calendar, or an event has no dates that can be read.
pub fn read(text: &str) -> Result<Vec<Dated>, Vec<Fault>> {
    let lines = unfolded(text);
    let begins = lines
        .first()
        .is_some_and(|(_, line)| line.eq_ignore_ascii_case("BEGIN:VCALENDAR"));
    if !begins {
        let problem = "it is no calendar: its first line would be BEGIN:VCALENDAR".to_owned();
        return Err(vec![Fault { line: 1, problem }]);
    }
    let (mut found, mut faults) = (Vec::new(), Vec::new());
    let mut open: Option<Draft> = None;
    // What stands within an event, an alarm, is not its own.
    let mut within = 0;
    for (number, line) in lines {
        let property = Property::of(&line);
        match (
            property.name.as_str(),
            property.value.to_ascii_uppercase().as_str(),
        ) {
            ("BEGIN", "VEVENT") if open.is_none() => open = Some(Draft::at(number)),
            ("BEGIN", _) if open.is_some() => within += 1,
            ("END", "VEVENT") if within == 0 => match open.take().map(Draft::finish) {
                Some(Ok(event)) => found.push(event),
                Some(Err(fault)) => faults.push(fault),
                None => {}
            },
            ("END", _) if within > 0 => within -= 1,
            _ if within > 0 => {}
            _ => {
                if let Some(Err(problem)) = open.as_mut().map(|draft| draft.take(&property)) {
                    faults.push(Fault {
                        line: number,
                        problem,
                    });
                    // One fault of an event is enough.
                    open = None;
                }
            }
        }
    }
    if let Some(Draft { line, .. }) = open {
        let problem = "this event never ends: the file was cut off".to_owned();
        faults.push(Fault { line, problem });
    }
    match faults.is_empty() {
        true => Ok(found),
        false => Err(faults),
    }
}

/// The lines of a file with their numbers, those that were folded put together again.
fn unfolded(text: &str) -> Vec<(usize, String)> {
    let text = text.trim_start_matches('\u{feff}');
    let mut lines: Vec<(usize, String)> = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        match (line.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(rest), Some((_, last))) => last.push_str(rest),
            _ if line.is_empty() => {}
            _ => lines.push((number, line.to_owned())),
        }
    }
    lines
}

/// A line: `NAME;PARAMETER=…:value`.
struct Property {
    name: String,
    zone: Option<String>,
    value: String,
}

impl Property {
    fn of(line: &str) -> Self {
        // A parameter may hold a colon, in quotation marks.
        let mut quoted = false;
        let colon = line.char_indices().find(|(_, c)| {
            quoted ^= *c == '"';
            *c == ':' && !quoted
        });
        let (head, value) = match colon {
            Some((at, _)) => (line.get(..at), line.get(at + 1..)),
            None => (Some(line), None),
        };
        let mut parts = head.unwrap_or_default().split(';');
        let name = parts.next().unwrap_or_default().to_ascii_uppercase();
        let zone = parts.find_map(|part| {
            let (key, value) = part.split_once('=')?;
            key.eq_ignore_ascii_case("TZID")
                .then(|| value.trim_matches('"').to_owned())
        });
        Self {
            name,
            zone,
            value: value.unwrap_or_default().trim_end().to_owned(),
        }
    }

    /// The moment that it names: `20261225`, `20261225T120000`, `20261225T120000Z`.
    fn moment(&self) -> Result<Moment, String> {
        let value = self.value.as_str();
        let wrong = || format!("\"{value}\" is no date: write 20261225 or 20261225T120000Z");
        if value.len() == 8 {
            let day = NaiveDate::parse_from_str(value, "%Y%m%d");
            return day.map(Moment::Day).map_err(|_| wrong());
        }
        let (local, utc) = match value.strip_suffix('Z') {
            Some(local) => (local, true),
            None => (value, false),
        };
        let local = NaiveDateTime::parse_from_str(local, "%Y%m%dT%H%M%S").map_err(|_| wrong())?;
        match &self.zone {
            _ if utc => Ok(Moment::At(local.and_utc())),
            None => Ok(Moment::Local(local)),
            Some(zone) => {
                let named = zone.trim_start_matches('/').parse::<Tz>();
                let zone = named.map_err(|_| {
                    format!(
                        "no time zone \"{zone}\": write one like Europe/London, or the time in UTC"
                    )
                })?;
                Ok(Moment::At(local_instant(zone, local)))
            }
        }
    }
}

/// An event that is being read.
struct Draft {
    line: usize,
    summary: String,
    from: Option<Moment>,
    to: Option<Moment>,
    length: Option<TimeDelta>,
    cancelled: bool,
}

impl Draft {
    fn at(line: usize) -> Self {
        Self {
            line,
            summary: String::new(),
            from: None,
            to: None,
            length: None,
            cancelled: false,
        }
    }

    fn take(&mut self, property: &Property) -> Result<(), String> {
        match property.name.as_str() {
            "SUMMARY" => self.summary = plain(&property.value),
            "DTSTART" => self.from = Some(property.moment()?),
            "DTEND" => self.to = Some(property.moment()?),
            "DURATION" => self.length = Some(length(&property.value)?),
            "STATUS" => self.cancelled = property.value.eq_ignore_ascii_case("CANCELLED"),
            "RRULE" | "RDATE" => {
                return Err(format!(
                    "\"{}\" comes again: only single dates are taken, so write each of them out",
                    self.summary
                ));
            }
            _ => {}
        }
        Ok(())
    }

    fn finish(self) -> Result<Dated, Fault> {
        let line = self.line;
        let fault = |problem: &str| Fault {
            line,
            problem: problem.to_owned(),
        };
        let from = self
            .from
            .ok_or_else(|| fault("this event has no DTSTART: say when it begins"))?;
        let whole = matches!(from, Moment::Day(_));
        let to = match (self.to, self.length) {
            (Some(to), _) => Some(to),
            (None, Some(length)) => from.plus(length),
            (None, None) if whole => from.plus(TimeDelta::days(1)),
            (None, None) => None,
        };
        Ok(Dated {
            line,
            from,
            to: to.ok_or_else(|| fault("this event has no end: say DTEND or DURATION"))?,
            summary: self.summary,
            cancelled: self.cancelled,
        })
    }
}

/// The text that a value stands for.
fn plain(value: &str) -> String {
    let mut text = String::new();
    let mut signs = value.chars();
    while let Some(c) = signs.next() {
        match c {
            '\\' => match signs.next() {
                Some('n' | 'N') => text.push(' '),
                Some(other) => text.push(other),
                None => {}
            },
            c => text.push(c),
        }
    }
    text.trim().to_owned()
}

/// A length as in `P1D`, `PT4H30M`, `P2W`.
fn length(text: &str) -> Result<TimeDelta, String> {
    let wrong = || format!("\"{text}\" is no length: write P1D or PT4H30M");
    let rest = text.strip_prefix('+').unwrap_or(text);
    let rest = rest
        .strip_prefix('P')
        .filter(|rest| !rest.is_empty())
        .ok_or_else(wrong)?;
    let (mut seconds, mut digits, mut in_day) = (0_i64, String::new(), false);
    for c in rest.chars() {
        let unit = match c {
            '0'..='9' => {
                digits.push(c);
                continue;
            }
            'T' if digits.is_empty() && !in_day => {
                in_day = true;
                continue;
            }
            'W' => 7 * 86_400,
            'D' => 86_400,
            'H' if in_day => 3_600,
            'M' if in_day => 60,
            'S' if in_day => 1,
            _ => return Err(wrong()),
        };
        let count: i64 = digits.parse().map_err(|_| wrong())?;
        digits.clear();
        let more = count.checked_mul(unit).ok_or_else(wrong)?;
        seconds = seconds.checked_add(more).ok_or_else(wrong)?;
    }
    let length = TimeDelta::try_seconds(seconds).filter(|_| digits.is_empty());
    length.ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn file(event: &str) -> String {
        format!("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n{event}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")
    }

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[rstest]
    #[case(
        "DTSTART;VALUE=DATE:20261225",
        "2026-12-25T00:00:00Z",
        "2026-12-26T00:00:00Z"
    )]
    #[case(
        "DTSTART:20261225\r\nDTEND:20261228",
        "2026-12-25T00:00:00Z",
        "2026-12-28T00:00:00Z"
    )]
    #[case(
        "DTSTART:20261224T120000Z\r\nDURATION:PT4H30M",
        "2026-12-24T12:00:00Z",
        "2026-12-24T16:30:00Z"
    )]
    #[case(
        "DTSTART;TZID=\"Europe/Rome\":20260701T120000\r\nDTEND:20260701T120000Z",
        "2026-07-01T10:00:00Z",
        "2026-07-01T12:00:00Z"
    )]
    #[case(
        "DTSTART:20261224T120000\r\nDURATION:P1DT1H",
        "2026-12-24T12:00:00Z",
        "2026-12-25T13:00:00Z"
    )]
    fn dates_are_read(#[case] event: &str, #[case] from: &str, #[case] to: &str) {
        let found = read(&file(event)).unwrap();
        let [found] = found.as_slice() else {
            panic!("{found:?}")
        };
        assert_eq!(
            (found.from.instant(Tz::UTC), found.to.instant(Tz::UTC)),
            (at(from), at(to))
        );
        assert_eq!(found.line, 2);
    }

    #[test]
    fn a_day_is_one_of_the_zone() {
        let found = read(&file("DTSTART:20261225")).unwrap();
        let zone = chrono_tz::America::Los_Angeles;
        assert_eq!(found[0].from.instant(zone), at("2026-12-25T08:00:00Z"));
    }

    #[test]
    fn names_are_unfolded_and_alarms_are_not_the_events() {
        let text = file(
            "SUMMARY:Company\\, out\r\n ing\r\nDTSTART:20261225\r\nBEGIN:VALARM\r\nSUMMARY:Beep\r\nDURATION:x\r\nEND:VALARM\r\nSTATUS:CANCELLED",
        );
        let found = read(&text).unwrap();
        assert_eq!(found[0].summary, "Company, outing");
        assert!(found[0].cancelled);
    }

    #[rstest]
    #[case("DTSTART:2026-12-25", 3, "is no date")]
    #[case("SUMMARY:x", 2, "no DTSTART")]
    #[case("DTSTART:20261225T120000Z", 2, "no end")]
    #[case("DTSTART:20261225\r\nRRULE:FREQ=YEARLY", 4, "comes again")]
    #[case("DTSTART;TZID=Moon:20261225T120000", 3, "no time zone \"Moon\"")]
    #[case("DTSTART:20261225\r\nDURATION:P", 4, "is no length")]
    #[case(
        "DTSTART:20261225\r\nDURATION:PT99999999999999999999S",
        4,
        "is no length"
    )]
    fn what_is_wrong_is_named_with_its_line(
        #[case] event: &str,
        #[case] line: usize,
        #[case] said: &str,
    ) {
        let faults = read(&file(event)).unwrap_err();
        assert_eq!(faults.len(), 1, "{faults:?}");
        assert_eq!(faults[0].line, line, "{faults:?}");
        assert!(faults[0].problem.contains(said), "{faults:?}");
    }

    #[rstest]
    #[case("")]
    #[case("Dear all,")]
    #[case("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261225")]
    fn what_is_no_calendar_is_refused(#[case] text: &str) {
        assert!(read(text).is_err());
    }
}
