//! How things ended, and how far they went up the ladder.

use crate::report::gather::{End, Figures};
use crate::report::section::{Bar, Chart, Figure, Section, Value};

const OUTCOMES: &[Figure] = &[Figure {
    name: "count",
    title: "count",
    definition: "How often it ended so.",
}];

fn words((end, which): &(End, String)) -> String {
    match end {
        End::Resolved => format!("resolved: {which}"),
        End::Closed => format!("closed without resolution: {which}"),
        End::Declined => "declined".to_owned(),
        End::NoIncident => format!("call without an incident: {which}"),
    }
}

/// How incidents and calls ended.
pub(super) fn outcomes(figures: &Figures) -> Section {
    let rows = figures.rows(|group| {
        let ends = group.ends.iter();
        ends.map(|(end, count)| (words(end), [Value::Count(*count)]))
            .collect()
    });
    let bars = figures.all.ends.iter();
    let bars = bars.map(|(end, count)| Bar::counting(words(end), *count));
    Section {
        name: "outcomes",
        title: "Outcomes",
        about: "An end counts on its day; an incident that was reopened and ended again counts twice, and an end that was \
                taken back does not count. What was closed without a resolution, declined, or led to no incident stands \
                apart from resolutions.",
        labels: [figures.wanted.by.word(), "outcome"],
        figures: OUTCOMES,
        rows,
        charts: vec![Chart {
            title: "outcomes".to_owned(),
            bars: bars.collect(),
            full: None,
        }],
    }
}

const ESCALATIONS: &[Figure] = &[
    Figure {
        name: "made",
        title: "made",
        definition: "Escalations to this level.",
    },
    Figure {
        name: "answered",
        title: "answered",
        definition: "Of these, those that were answered.",
    },
    Figure {
        name: "taken_back",
        title: "taken back",
        definition: "Of these, those that were taken back.",
    },
];

/// Steps up the ladder, each level on its own.
pub(super) fn escalations(figures: &Figures) -> Section {
    let rows = figures.rows(|group| {
        let ladder = group.ladder.iter();
        ladder
            .map(|(level, climb)| {
                let counts = [climb.made, climb.answered, climb.withdrawn];
                (format!("level {level}"), counts.map(Value::Count))
            })
            .collect()
    });
    Section {
        name: "escalations",
        title: "Escalations",
        about: "An escalation counts on the day on which it was made.",
        labels: [figures.wanted.by.word(), "level"],
        figures: ESCALATIONS,
        rows,
        charts: Vec::new(),
    }
}
