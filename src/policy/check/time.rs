//! Calendars and targets: each can be computed, and what promises one has one.

use super::Report;
use crate::calendar::{Calendar, CalendarError, CalendarSpec, Counted, Length, Target, WhenClosed};
use crate::policy::model::{Policy, Starts};
use crate::policy::wording;

/// Targets of years are counted, those of lifetimes are slips of the pen.
const MOST_DAYS: i64 = 20 * 366;

pub(super) fn check(policy: &Policy, report: &mut Report) {
    calendars(policy, report);
    for (path, target) in targets(policy) {
        counted(policy, &path, target, report);
    }
    response(policy, report);
    if !matches!(policy.appointment_grace, Length::Exact(_)) {
        report.fault(
            "appointment_grace",
            format!(
                "\"{}\" counts days, and a call is late sooner",
                policy.appointment_grace
            ),
            "write minutes or hours, such as 15m",
        );
    }
    if policy
        .resolution
        .is_some_and(|t| t.counted == Counted::BusinessDays)
    {
        report.fault(
            "resolution.counted",
            "this clock is paused while waiting for the customer, and business days cannot be paused",
            "count it in \"business-time\" or \"elapsed\"",
        );
    }
}

fn calendars(policy: &Policy, report: &mut Report) {
    if policy.calendar.is_some() && !policy.offices.is_empty() {
        report.fault(
            "calendar",
            "the policy has hours of its own and offices with theirs",
            "keep the calendar or the offices",
        );
    }
    let mut one = |path: &str, spec: &CalendarSpec| {
        let Err(error) = Calendar::new(spec, &[]) else {
            return;
        };
        let (path, message) = match error {
            CalendarError::Field { field, problem } => (format!("{path}.{field}"), problem),
            other => (path.to_owned(), other.to_string()),
        };
        let (problem, remedy) = wording::split(&message);
        report.fault(path, problem, remedy);
    };
    if let Some(spec) = &policy.calendar {
        one("calendar", spec);
    }
    for (n, office) in policy.offices.iter().enumerate() {
        one(&format!("office.{n}.calendar"), &office.calendar);
    }
}

/// Every target of the policy with its path.
fn targets(policy: &Policy) -> Vec<(String, Target)> {
    let mut targets = Vec::new();
    let mut add = |path: String, target: Option<Target>| {
        targets.extend(target.map(|target| (path, target)));
    };
    add(
        "response.target".to_owned(),
        policy.response.as_ref().and_then(|r| r.target),
    );
    for (n, severity) in policy.severities.iter().enumerate() {
        add(format!("severity.{n}.target"), severity.target);
    }
    add(
        "silence.after".to_owned(),
        policy.silence.as_ref().map(|s| s.after),
    );
    add("patch".to_owned(), policy.patch);
    add("resolution".to_owned(), policy.resolution);
    for (n, level) in policy.levels.iter().enumerate() {
        add(format!("level.{n}.after_earlier"), level.after_earlier);
    }
    targets
}

/// Whether a target's length fits its way of counting, and there is a calendar where that takes one.
fn counted(policy: &Policy, path: &str, target: Target, report: &mut Report) {
    if let Err(error) = target.check() {
        let (problem, remedy) = wording::split(&error.to_string());
        report.fault(format!("{path}.within"), problem, remedy);
    }
    let most = match target.within {
        Length::Exact(seconds) => seconds > MOST_DAYS * 86_400,
        Length::Days(days) => days > MOST_DAYS,
    };
    if most {
        report.fault(
            format!("{path}.within"),
            format!("\"{}\" is longer than calendars reach", target.within),
            "write a length of some years at most",
        );
    }
    let alone = target.counted == Counted::Elapsed
        && target.when_closed == WhenClosed::AsIs
        && matches!(target.within, Length::Exact(_));
    if !alone && policy.calendar.is_none() && policy.offices.is_empty() {
        report.fault(
            path,
            "the target needs opening hours or a time zone, and the policy has no calendar",
            "add [calendar] or [[office]], or count elapsed hours as-is",
        );
    }
}

/// Whether every incident gets the response target that the policy promises, and something starts it.
fn response(policy: &Policy, report: &mut Report) {
    let Some(response) = &policy.response else {
        for (n, _) in policy
            .severities
            .iter()
            .enumerate()
            .filter(|(_, s)| s.target.is_some())
        {
            report.fault(
                format!("severity.{n}.target"),
                "nothing starts this target",
                "add [response] with its contacts and starts",
            );
        }
        return;
    };
    if response.target.is_none() {
        if policy.severities.is_empty() {
            report.fault(
                "response",
                "no target is stated",
                "add its target, or remove [response]",
            );
        }
        for (n, severity) in policy
            .severities
            .iter()
            .enumerate()
            .filter(|(_, s)| s.target.is_none())
        {
            report.fault(
                format!("severity.{n}"),
                format!(
                    "\"{}\" has no response target, and there is none for all",
                    severity.name
                ),
                "add its target, or response.target",
            );
        }
    }
    if response.starts == Starts::PaymentConfirmed && policy.cover.is_none() {
        report.fault(
            "response.starts",
            "the clock waits for a payment, and the policy takes none",
            "add [cover], or write starts = \"receipt\"",
        );
    }
}
