//! When things happened: the times of a file, as a map says that they are written.

use chrono::format::{Item, ParseErrorKind, Parsed, StrftimeItems, parse};
use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use serde::Deserialize;

use super::Import;
use super::template::Template;
use super::words::OneOrMore;
use crate::calendar::Zone;

/// When something happened.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct At {
    /// The time as the file writes it.
    pub(super) time: Template,
    /// How that is written, as `strftime` has it; the first of several that fits. A day alone is its beginning.
    pub(super) format: OneOrMore,
    /// In which zone; not needed where the time has its offset with it.
    #[serde(default)]
    pub(super) zone: Option<String>,
}

impl At {
    /// The zone and the format are those that were told with the import, where they were.
    pub(super) fn as_told(&mut self, import: &Import<'_>) {
        if let Some(zone) = import.zone {
            self.zone = Some(zone.to_owned());
        }
        if !import.times.is_empty() {
            self.format = OneOrMore(import.times.to_vec());
        }
    }

    /// A reader of the file's times.
    pub(super) fn clock(&self) -> Result<Clock<'_>, String> {
        let formats = self.format.iter().map(|format| {
            let items = StrftimeItems::new(format).parse();
            items.map_err(|_| format!("\"{format}\" is no strftime format"))
        });
        let zone = self.zone.as_deref().map(zone);
        Ok(Clock {
            formats: formats.collect::<Result<_, _>>()?,
            zone: zone.transpose()?,
        })
    }
}

/// A time zone by its name.
///
/// # Errors
/// When there is none of that name.
pub(super) fn zone(name: &str) -> Result<Zone, String> {
    let zone = name.parse().map(Zone::new);
    zone.map_err(|_| format!("\"{name}\" is no time zone such as Europe/Rome"))
}

/// The afternoon of 23 November 2026: a day that is no month, and an hour past noon.
const EXAMPLE: i64 = 1_795_444_200;
/// The most formats that are told by their looks.
const EXAMPLES: usize = 3;

/// Reads a file's times.
pub(super) struct Clock<'m> {
    formats: Vec<Vec<Item<'m>>>,
    zone: Option<Zone>,
}

impl Clock<'_> {
    /// The instant of a time, with its fraction of a second.
    ///
    /// # Errors
    /// When it is written otherwise.
    pub(super) fn instant(&self, time: &str) -> Result<DateTime<Utc>, String> {
        Ok(self.moment(time)?.0)
    }

    /// As [`Clock::instant`], of what cannot have been before `first`: the day of that alone is no earlier than it.
    ///
    /// # Errors
    /// As [`Clock::instant`].
    pub(super) fn instant_since(
        &self,
        time: &str,
        first: DateTime<Utc>,
    ) -> Result<DateTime<Utc>, String> {
        let (at, day) = self.moment(time)?;
        let same_day = day && first - at < TimeDelta::days(1);
        Ok(if same_day { at.max(first) } else { at })
    }

    /// The instant of a time, and whether it is a day alone.
    fn moment(&self, time: &str) -> Result<(DateTime<Utc>, bool), String> {
        // Some programs part the hour from AM and PM by blanks that do not break.
        let plain = time.replace(['\u{a0}', '\u{202f}'], " ");
        let mut formats = self.formats.iter();
        let found = formats.find_map(|items| self.read(plain.trim(), items));
        found.ok_or_else(|| {
            if self.formats.iter().any(|items| is_no_day(plain.trim(), items)) {
                return format!("\"{time}\": there is no such day; correct it in the file");
            }
            let such = self.examples().join(", ");
            format!("\"{time}\" is no time such as {such}: say in the map or with --times how it is written")
        })
    }

    /// How a time looks in each format, as far as that is worth telling.
    fn examples(&self) -> Vec<String> {
        let noon = DateTime::from_timestamp(EXAMPLE, 0).unwrap_or_default();
        let looks = |items: &Vec<Item<'_>>| noon.format_with_items(items.iter()).to_string();
        self.formats.iter().map(looks).take(EXAMPLES).collect()
    }

    fn read(&self, time: &str, items: &[Item<'_>]) -> Option<(DateTime<Utc>, bool)> {
        let mut parsed = Parsed::new();
        parse(&mut parsed, time, items.iter()).ok()?;
        if parsed.offset().is_some() {
            return Some((parsed.to_datetime().ok()?.to_utc(), false));
        }
        let full = parsed.to_naive_datetime_with_offset(0).ok();
        let day = || {
            let timeless = parsed.hour_mod_12().is_none() && parsed.minute().is_none();
            let day = parsed.to_naive_date().ok().filter(|_| timeless)?;
            Some(day.and_time(NaiveTime::MIN))
        };
        let local = full.or_else(day)?;
        let at = match &self.zone {
            Some(zone) if parsed.timestamp().is_none() => {
                let nanoseconds = local.and_utc().timestamp_subsec_nanos();
                zone.instant_of(local) + TimeDelta::nanoseconds(nanoseconds.into())
            }
            _ => local.and_utc(),
        };
        Some((at, full.is_none()))
    }

    /// Whether a zone is wanting: none is named, and a format has nothing that makes up for it.
    pub(super) fn needs_zone(&self) -> bool {
        let without = |items: &Vec<Item<'_>>| !items.iter().any(with_offset);
        self.zone.is_none() && self.formats.iter().any(without)
    }
}

/// Whether a time is written as a format has it, on a day that its month does not have.
fn is_no_day(time: &str, items: &[Item<'_>]) -> bool {
    let mut parsed = Parsed::new();
    let read = parse(&mut parsed, time, items.iter());
    let day = || parsed.to_naive_date();
    read.is_ok() && day().is_err_and(|error| error.kind() == ParseErrorKind::OutOfRange)
}

/// Whether an item of a format tells the offset, or makes it needless.
fn with_offset(item: &Item<'_>) -> bool {
    use chrono::format::{Fixed, Numeric};
    matches!(
        item,
        Item::Numeric(Numeric::Timestamp, _)
            | Item::Fixed(
                Fixed::TimezoneOffset
                    | Fixed::TimezoneOffsetColon
                    | Fixed::TimezoneOffsetDoubleColon
                    | Fixed::TimezoneOffsetTripleColon
                    | Fixed::TimezoneOffsetColonZ
                    | Fixed::TimezoneOffsetZ
                    | Fixed::RFC2822
                    | Fixed::RFC3339
            )
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("%Y-%m-%d %H:%M", "2026-11-01 10:00", Some("2026-11-01T09:00:00Z"))]
    #[case("%Y-%m-%d", "2026-11-01", Some("2026-10-31T23:00:00Z"))]
    #[case("%Y-%m-%d", "2026-11-01 10:00", None)]
    #[case("%Y-%m-%d %H", "2026-11-01 10", None)]
    #[case("%+", "2026-11-01T10:00:00Z", Some("2026-11-01T10:00:00Z"))]
    #[case(
        "%+",
        "2026-11-01T10:00:00.250+02:00",
        Some("2026-11-01T08:00:00.250Z")
    )]
    #[case(
        "%a %b %d %H:%M:%S %Y",
        "Sun Nov  1 10:00:00 2026",
        Some("2026-11-01T09:00:00Z")
    )]
    #[case(
        "%a %b %d %H:%M:%S %Y",
        "Sun Nov 01 10:00:00 2026",
        Some("2026-11-01T09:00:00Z")
    )]
    #[case(
        "%m/%d/%y, %I:%M %p",
        "11/1/26, 1:05\u{202f}PM",
        Some("2026-11-01T12:05:00Z")
    )]
    #[case("%s", "1795424400", Some("2026-11-23T09:00:00Z"))]
    fn times_are_read_as_they_are_written(
        #[case] format: &str,
        #[case] time: &str,
        #[case] instant: Option<&str>,
    ) {
        let at = At {
            time: Template::default(),
            format: OneOrMore(vec!["%d.%m.%Y".to_owned(), format.to_owned()]),
            zone: Some("Europe/Rome".to_owned()),
        };
        let clock = at.clock().unwrap();
        let wanted = instant.map(|at| DateTime::parse_from_rfc3339(at).unwrap().to_utc());
        assert_eq!(clock.instant(time).ok(), wanted);
        assert!(clock.instant("01.11.2026").is_ok());
        let said = clock.instant("yesterday").unwrap_err();
        assert!(
            said.contains("\"yesterday\" is no time such as 23.11.2026, "),
            "{said}"
        );
    }

    #[rstest]
    #[case("2026-11-01", "2026-11-01T10:00:00Z")]
    #[case("2026-10-31", "2026-10-31T00:00:00Z")]
    #[case("2026-11-02", "2026-11-02T00:00:00Z")]
    fn a_day_alone_is_no_earlier_than_what_came_first_on_it(
        #[case] time: &str,
        #[case] instant: &str,
    ) {
        let at = At {
            time: Template::default(),
            format: OneOrMore(vec!["%Y-%m-%d".to_owned()]),
            zone: Some("UTC".to_owned()),
        };
        let first = "2026-11-01T10:00:00Z".parse().unwrap();
        let read = at.clock().unwrap().instant_since(time, first).unwrap();
        assert_eq!(read, DateTime::parse_from_rfc3339(instant).unwrap());
    }
}
