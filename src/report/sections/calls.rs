//! Calls: when they come, and what they settle.

use crate::report::gather::Figures;
use crate::report::section::{Bar, Chart, Figure, Row, Section, Value};

const FIRST_CALL: &[Figure] = &[
    Figure {
        name: "resolved",
        title: "resolved",
        definition: "Incidents that came by phone and were resolved in the period, other than by the customer's silence.",
    },
    Figure {
        name: "on_first_call",
        title: "on first call",
        definition: "Of these, those with no contact after the call that brought them, and never reopened.",
    },
    Figure {
        name: "share",
        title: "share",
        definition: "On the first call, in percent of resolved.",
    },
];

/// What was resolved on the call that brought it.
pub(super) fn first_call(figures: &Figures) -> Section {
    let rows = figures.rows(|group| {
        let (resolved, first) = (group.resolved_by_phone, group.on_first_call);
        let values = [
            Value::Count(resolved),
            Value::Count(first),
            Value::share(first, resolved),
        ];
        let row = (resolved > 0).then_some((String::new(), values));
        row.into_iter().collect()
    });
    Section {
        name: "first_call",
        title: "Resolved on the first call",
        about: "An incident counts in the period of its resolution. Tries that reached nobody are no contact.",
        labels: [figures.wanted.by.word(), ""],
        figures: FIRST_CALL,
        rows,
        charts: Vec::new(),
    }
}

const BY_HOUR: &[Figure] = &[
    Figure {
        name: "incoming",
        title: "incoming",
        definition: "From customers, about an incident: new or known.",
    },
    Figure {
        name: "outgoing",
        title: "outgoing",
        definition: "To customers, who answered.",
    },
    Figure {
        name: "attempts",
        title: "attempts",
        definition: "To customers, where nobody or a mailbox answered.",
    },
    Figure {
        name: "no_incident",
        title: "no incident",
        definition: "That led to no incident.",
    },
    Figure {
        name: "all",
        title: "all",
        definition: "All of these.",
    },
];

/// Calls by the hour of the day.
pub(super) fn by_hour(figures: &Figures) -> Section {
    let busy = figures.hours.iter().enumerate();
    let rows = busy
        .filter(|(_, calls)| calls.all() > 0)
        .map(|(hour, calls)| {
            let counts = [
                calls.incoming,
                calls.outgoing,
                calls.attempts,
                calls.no_incident,
                calls.all(),
            ];
            Row {
                labels: [format!("{hour:02}:00"), String::new()],
                values: counts.map(Value::Count).into(),
            }
        });
    let bars = figures.hours.iter().enumerate();
    let bars = bars.map(|(hour, calls)| Bar::counting(format!("{hour:02}"), calls.all()));
    Section {
        name: "calls",
        title: "Calls by hour of the day",
        about: "A call counts in the hour in which it began, in the report's time zone; one about several incidents \
                counts for each of them.",
        labels: ["hour", ""],
        figures: BY_HOUR,
        rows: rows.collect(),
        charts: vec![Chart {
            title: "calls by hour".to_owned(),
            bars: bars.collect(),
            full: None,
        }],
    }
}
