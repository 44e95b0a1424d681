//! How targets and promises were kept.

use crate::incident::ClockKind;
use crate::report::gather::{Figures, PROMISED};
use crate::report::section::{Bar, Chart, Figure, Section, Value};
use crate::report::wanted::Wanted;

const ATTAINMENT: &[Figure] = &[
    Figure {
        name: "met",
        title: "met",
        definition: "Clocks that stopped at or before their due instant; an arranged call may begin within its grace.",
    },
    Figure {
        name: "missed",
        title: "missed",
        definition: "Clocks that stopped after it, or still run past it.",
    },
    Figure {
        name: "missed_open",
        title: "of them open",
        definition: "Clocks that are missed and still run.",
    },
    Figure {
        name: "running",
        title: "running",
        definition: "Clocks that still run in time, or stand still.",
    },
    Figure {
        name: "no_target",
        title: "no target",
        definition: "Incidents received in the period whose policy states no target for this clock; of resolutions, where any \
                     policy states one.",
    },
    Figure {
        name: "attained",
        title: "attained",
        definition: "Met, in percent of met and missed.",
    },
];

/// How the targets of every kind of clock were kept.
pub(super) fn attainment(figures: &Figures) -> Section {
    // Few policies promise a resolution: where none does, that would be said once more for everything.
    let promised = |kind| {
        let mut tallies = PROMISED.iter().zip(&figures.all.clocks);
        kind != ClockKind::Resolution || tallies.any(|(of, tally)| *of == kind && tally.made() > 0)
    };
    let rows = figures.rows(|group| {
        let tallies = PROMISED.iter().zip(&group.clocks);
        tallies
            .filter(|(kind, tally)| tally.says_something() && promised(**kind))
            .map(|(kind, tally)| {
                let counts = [
                    tally.met,
                    tally.missed + tally.late,
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
        label: Wanted::short(week),
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
            title: "attained by week".to_owned(),
            bars: bars.collect(),
            full: Some(1_000),
        }],
    }
}

const PROMISES: &[Figure] = &[
    Figure {
        name: "made",
        title: "made",
        definition: "Estimates that were promised, calls that were arranged.",
    },
    Figure {
        name: "kept",
        title: "kept",
        definition: "Resolved by the estimate; called by the arranged instant, or within its grace.",
    },
    Figure {
        name: "broken",
        title: "broken",
        definition: "Resolved, called, promised anew or called off after that, or still not.",
    },
    Figure {
        name: "open",
        title: "open",
        definition: "Still to come.",
    },
    Figure {
        name: "replaced",
        title: "replaced",
        definition: "A newer promise took its place while it was not missed.",
    },
    Figure {
        name: "called_off",
        title: "called off",
        definition: "Fell away while it was not missed.",
    },
    Figure {
        name: "kept_share",
        title: "kept share",
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
