//! How targets and promises were kept.

use crate::incident::ClockKind;
use crate::report::gather::{Figures, PROMISED};
use crate::report::section::{Bar, Chart, Figure, Section, Value};

const ATTAINMENT: &[Figure] = &[
    Figure {
        name: "met",
        definition: "Clocks that stopped at or before their due instant; an arranged call may begin within its grace.",
    },
    Figure {
        name: "missed",
        definition: "Clocks that stopped after it.",
    },
    Figure {
        name: "late",
        definition: "Clocks that still run, past their due instant.",
    },
    Figure {
        name: "running",
        definition: "Clocks that still run in time, or stand still.",
    },
    Figure {
        name: "no_target",
        definition: "Incidents received in the period whose policy states no target for this clock.",
    },
    Figure {
        name: "attained",
        definition: "Met, in percent of met, missed and late.",
    },
];

/// How the targets of every kind of clock were kept.
pub(super) fn attainment(figures: &Figures) -> Section {
    let rows = figures.rows(|group| {
        let tallies = PROMISED.iter().zip(&group.clocks);
        tallies
            .filter(|(_, tally)| tally.says_something())
            .map(|(kind, tally)| {
                let counts = [
                    tally.met,
                    tally.missed,
                    tally.late,
                    tally.running,
                    tally.no_target,
                ];
                let [met, missed, late, running, no_target] = counts.map(Value::Count);
                (
                    kind.word().to_owned(),
                    [met, missed, late, running, no_target, tally.attained()],
                )
            })
            .collect()
    });
    let bars = figures.weeks.iter().map(|(week, tally)| Bar {
        label: week.clone(),
        length: match tally.attained() {
            Value::Share(tenths) => tenths,
            _ => 0,
        },
        value: tally.attained(),
    });
    Section {
        name: "attainment",
        title: "Targets attained",
        about: "A clock counts in the period in which it started. What was cancelled or replaced is no longer promised, \
                and the customer's silence never was. A target is no guarantee: a miss is counted here, and changes no \
                charge.",
        labels: [figures.wanted.by.word(), "clock"],
        figures: ATTAINMENT,
        rows,
        charts: vec![Chart {
            title: "attained by week, all clocks".to_owned(),
            bars: bars.collect(),
            full: Some(1_000),
        }],
    }
}

const PROMISES: &[Figure] = &[
    Figure {
        name: "made",
        definition: "Estimates that were promised, calls that were arranged.",
    },
    Figure {
        name: "kept",
        definition: "Resolved by the estimate; called by the arranged instant, or within its grace.",
    },
    Figure {
        name: "broken",
        definition: "Resolved or called after that, or still not.",
    },
    Figure {
        name: "open",
        definition: "Still to come.",
    },
    Figure {
        name: "replaced",
        definition: "A newer promise took its place.",
    },
    Figure {
        name: "called_off",
        definition: "Fell away.",
    },
    Figure {
        name: "kept_share",
        definition: "Kept, in percent of kept and broken.",
    },
];

/// How estimates and appointments were kept.
pub(super) fn promises(figures: &Figures) -> Section {
    let rows = figures.rows(|group| {
        let tallies = PROMISED.iter().zip(&group.clocks);
        tallies
            .filter(|(kind, tally)| {
                matches!(kind, ClockKind::Estimate | ClockKind::Appointment) && tally.made() > 0
            })
            .map(|(kind, tally)| {
                let counts = [
                    tally.made(),
                    tally.met,
                    tally.missed + tally.late,
                    tally.running,
                    tally.replaced,
                    tally.cancelled,
                ];
                let [made, kept, broken, open, replaced, called_off] = counts.map(Value::Count);
                let share = tally.attained();
                (
                    kind.word().to_owned(),
                    [made, kept, broken, open, replaced, called_off, share],
                )
            })
            .collect()
    });
    Section {
        name: "promises",
        title: "Promises kept",
        about: "A promise counts in the period in which it was made.",
        labels: [figures.wanted.by.word(), "promise"],
        figures: PROMISES,
        rows,
        charts: Vec::new(),
    }
}
