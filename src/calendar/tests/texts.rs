//! Texts of policy files: lengths, targets, calendars, and what is said about wrong ones.

use rstest::rstest;

use super::*;
use crate::calendar::{CalendarError, Length, LengthError, SpecialDay, YearlyClosed};

#[rstest]
#[case("4h", Length::Exact(14_400), "4h")]
#[case("90s", Length::Exact(90), "1m 30s")]
#[case("15m", Length::Exact(900), "15m")]
#[case("24h", Length::Exact(86_400), "24h")]
#[case("2h 30m", Length::Exact(9_000), "2h 30m")]
#[case("4h30m", Length::Exact(16_200), "4h 30m")]
#[case("0s", Length::Exact(0), "0s")]
#[case("3d", Length::Days(3), "3d")]
#[case("1w", Length::Days(7), "1w")]
#[case("2w", Length::Days(14), "2w")]
#[case("1w 3d", Length::Days(10), "10d")]
#[case("0d", Length::Days(0), "0d")]
fn lengths(#[case] text: &str, #[case] length: Length, #[case] shown: &str) {
    assert_eq!(text.parse(), Ok(length));
    assert_eq!(length.to_string(), shown);
    assert_eq!(shown.parse(), Ok(length));
}

#[rstest]
#[case("")]
#[case("4")]
#[case("h")]
#[case("4 h")]
#[case("-4h")]
#[case("4x")]
#[case("30m 2h")]
#[case("2h 2h")]
#[case("1.5h")]
#[case("4é")]
fn not_lengths(#[case] text: &str) {
    assert_eq!(
        text.parse::<Length>(),
        Err(LengthError::Form(text.to_owned()))
    );
}

#[test]
fn lengths_neither_mix_nor_overflow() {
    assert!(matches!(
        "1d 4h".parse::<Length>(),
        Err(LengthError::Mixed(_))
    ));
    for long in [
        "9223372036854775807h",
        "99999999999999999999s",
        "9223372036854775807s 1s",
    ] {
        assert!(long.parse::<Length>().is_err(), "{long}");
    }
    assert!(matches!(
        "9223372036854775807h".parse::<Length>(),
        Err(LengthError::TooLong(_))
    ));
}

#[test]
fn a_target_is_written_in_one_line() {
    #[derive(serde::Deserialize, serde::Serialize)]
    struct File {
        target: Target,
    }
    let file: File =
        toml::from_str(r#"target = { within = "4h", counted = "business-time" }"#).unwrap();
    assert_eq!(file.target, target("4h", Counted::BusinessTime));
    assert_eq!(file.target.check(), Ok(()));
    let again: File = toml::from_str(&toml::to_string(&file).unwrap()).unwrap();
    assert_eq!(again.target, file.target);
    assert!(
        toml::from_str::<File>(r#"target = { within = "4h", counted = "business-time", x = 1 }"#)
            .is_err()
    );
}

#[test]
fn a_calendar_is_written_and_read() {
    let text = r#"
        zone = "Europe/London"
        holidays = ["uk-england-wales"]
        hours = { mon = ["09:00-12:00", "13:00-17:00"], fri = ["22:00-06:00"] }
        yearly_closed = [{ from = "12-24", to = "01-02", reason = "Winter break" }]
        special = [{ date = "2026-12-23", hours = ["09:00-24:00"], reason = "Stocktaking" }]
    "#;
    let spec: CalendarSpec = toml::from_str(text).unwrap();
    assert_eq!(spec.hours.mon, ["09:00-12:00", "13:00-17:00"]);
    assert!(Calendar::new(&spec, &[]).is_ok());
    assert_eq!(
        toml::from_str::<CalendarSpec>(&toml::to_string(&spec).unwrap()).unwrap(),
        spec
    );
    assert!(toml::from_str::<CalendarSpec>("zone = \"UTC\"\nhours = { mo = [] }").is_err());
}

/// What [`Calendar::new`] says about a calendar, as field and problem.
fn refused(spec: &CalendarSpec) -> (String, String) {
    match Calendar::new(spec, &[]) {
        Err(CalendarError::Field { field, problem }) => (field, problem),
        other => panic!("{other:?}"),
    }
}

#[rstest]
#[case("8:30-17:00")]
#[case("08:30")]
#[case("08:30-25:00")]
#[case("08:60-17:00")]
#[case("08:30-24:01")]
#[case("24:00-06:00")]
#[case("08:30-08:30")]
#[case("+8:30-17:00")]
#[case("")]
fn wrong_intervals_name_their_day(#[case] text: &str) {
    let mut spec = pacific();
    spec.hours.tue.push(text.to_owned());
    let (field, problem) = refused(&spec);
    assert_eq!(field, "hours.tue");
    assert!(
        problem.contains(&format!("\"{text}\"")) && problem.contains("write"),
        "{problem}"
    );
}

#[test]
fn wrong_fields_are_named() {
    let text = str::to_owned;
    let mut spec = pacific();
    spec.zone = text("Mars/Olympus");
    assert_eq!(refused(&spec).0, "zone");
    let mut spec = pacific();
    spec.holidays.push(text("us"));
    assert_eq!(refused(&spec).0, "holidays");
    let mut spec = pacific();
    spec.yearly_closed = vec![YearlyClosed {
        from: text("12-24"),
        to: text("02-30"),
        reason: text("x"),
    }];
    assert_eq!(refused(&spec).0, "yearly_closed.0.to");
    let special = |date: &str, hours: &[&str]| SpecialDay {
        date: text(date),
        hours: hours.iter().map(ToString::to_string).collect(),
        reason: text("x"),
    };
    let mut spec = pacific();
    spec.special = vec![special("12-24", &[]), special("2026-13-01", &[])];
    assert_eq!(refused(&spec).0, "special.1.date");
    spec.special = vec![special("12-24", &["9-5"])];
    assert_eq!(refused(&spec).0, "special.0.hours");
    spec.special = vec![special("12-24", &[]), special("12-24", &[])];
    assert_eq!(refused(&spec).0, "special.1.date");
    let back = exception(
        ExceptionKind::Closed,
        "2026-06-02T00:00:00Z",
        "2026-06-01T00:00:00Z",
        "x",
    );
    let refused = Calendar::new(&pacific(), &[back]);
    assert!(matches!(refused, Err(CalendarError::Field { field, .. }) if field == "exceptions"));
}
