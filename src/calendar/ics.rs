//! iCalendar (RFC 5545): instants that calendar programs show, and days that are read from a calendar of holidays.

mod read;

use std::fmt::Write;

use chrono::{DateTime, Utc};

pub use read::{Dated, Fault, Moment, read};

/// An instant in a calendar that is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// What no other one is called, anywhere, and it always.
    pub uid: String,
    /// When it is.
    pub at: DateTime<Utc>,
    /// It in one line.
    pub summary: String,
    /// It in full.
    pub description: String,
    /// What kind it is.
    pub category: String,
}

/// A calendar that is called `name`, as it is at `now`.
#[must_use]
pub fn write(name: &str, now: DateTime<Utc>, events: &[Event]) -> String {
    let mut text = String::new();
    let mut line = |key: &str, value: &str| fold(&mut text, &format!("{key}:{value}"));
    line("BEGIN", "VCALENDAR");
    line("VERSION", "2.0");
    line("PRODID", "-//Holdline//Holdline//EN");
    line("CALSCALE", "GREGORIAN");
    line("METHOD", "PUBLISH");
    line("X-WR-CALNAME", &escaped(name));
    let instant = |at: DateTime<Utc>| at.format("%Y%m%dT%H%M%SZ").to_string();
    for event in events {
        line("BEGIN", "VEVENT");
        line("UID", &escaped(&event.uid));
        line("DTSTAMP", &instant(now));
        // Without an end it is over at once: it is due then, and takes nobody's time.
        line("DTSTART", &instant(event.at));
        line("SUMMARY", &escaped(&event.summary));
        line("DESCRIPTION", &escaped(&event.description));
        line("CATEGORIES", &escaped(&event.category));
        line("TRANSP", "TRANSPARENT");
        line("END", "VEVENT");
    }
    line("END", "VCALENDAR");
    text
}

/// The most octets of a line, without its end.
const LINE: usize = 75;

/// Appends a line, folded: what is too long goes on in the next one behind a space, never within a character.
fn fold(text: &mut String, line: &str) {
    let mut used = 0;
    for c in line.chars() {
        if used + c.len_utf8() > LINE {
            text.push_str("\r\n ");
            used = 1;
        }
        text.push(c);
        used += c.len_utf8();
    }
    text.push_str("\r\n");
}

/// A text as a value. Control characters have no place in one, but for the end of a line.
fn escaped(text: &str) -> String {
    let mut value = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => {
                value.push('\\');
                value.push(c);
            }
            '\n' => value.push_str("\\n"),
            '\t' => value.push(' '),
            c if c.is_control() => {
                // Writing to a string cannot fail.
                let _ = write!(value, "\\\\u{{{:x}}}", u32::from(c));
            }
            c => value.push(c),
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn event(summary: &str) -> Event {
        Event {
            uid: "1".to_owned(),
            at: DateTime::from_timestamp(1_790_000_000, 0).unwrap(),
            summary: summary.to_owned(),
            description: String::new(),
            category: "Response".to_owned(),
        }
    }

    /// The value of a property, unfolded and with nothing escaped.
    fn value(text: &str, key: &str) -> String {
        let whole = text.replace("\r\n ", "");
        let line = whole.split("\r\n").find_map(|line| line.strip_prefix(key));
        let line = line.unwrap().strip_prefix(':').unwrap();
        line.replace("\\n", "\n")
            .replace("\\,", ",")
            .replace("\\;", ";")
            .replace("\\\\", "\\")
    }

    #[test]
    fn a_calendar_is_written_line_by_line() {
        let text = write("Desk; one", event("").at, &[event("Due, now")]);
        let wanted = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Holdline//Holdline//EN\r\nCALSCALE:GREGORIAN\r\n\
            METHOD:PUBLISH\r\nX-WR-CALNAME:Desk\\; one\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20260921T141320Z\r\n\
            DTSTART:20260921T141320Z\r\nSUMMARY:Due\\, now\r\nDESCRIPTION:\r\nCATEGORIES:Response\r\n\
            TRANSP:TRANSPARENT\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        assert_eq!(text, wanted);
    }

    proptest! {
        #[test]
        fn whatever_it_says_no_line_is_too_long_and_nothing_is_lost(summary in "[ -~äß語🙂]{0,300}") {
            let summary = summary.replace('\\', "/");
            let text = write("x", event("").at, &[event(&summary)]);
            prop_assert!(text.split("\r\n").all(|line| line.len() <= LINE));
            prop_assert!(!text.replace("\r\n", "").contains(['\r', '\n']));
            prop_assert_eq!(value(&text, "SUMMARY"), summary);
        }
    }
}
