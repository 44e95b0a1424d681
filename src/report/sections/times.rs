//! How long responses and resolutions took.

use crate::report::gather::{Figures, Measure};
use crate::report::section::{Bar, Chart, Figure, Section, Value};

const TIMES: &[Figure] = &[
    Figure {
        name: "count",
        title: "count",
        definition: "How many there are.",
    },
    Figure {
        name: "p50",
        title: "half within",
        definition: "The shortest of these times, in whole minutes rounded up, that half of all do not exceed.",
    },
    Figure {
        name: "p90",
        title: "9 of 10",
        definition: "The same for 90 in 100.",
    },
    Figure {
        name: "p99",
        title: "99 of 100",
        definition: "The same for 99 in 100.",
    },
];

const MEASURES: [(Measure, &str); 5] = [
    (Measure::ResponseOpen, "response, open"),
    (Measure::Response, "response"),
    (Measure::ResolutionOpen, "resolution, open"),
    (Measure::Resolution, "resolution"),
    (Measure::ResolutionOwn, "resolution, own"),
];

/// The bars of the distribution: below so many minutes.
const BINS: [(u64, &str); 7] = [
    (15, "<15m"),
    (60, "<1h"),
    (240, "<4h"),
    (480, "<8h"),
    (1_440, "<1d"),
    (4_320, "<3d"),
    (u64::MAX, "more"),
];

/// Percentiles of response and resolution times.
pub(super) fn times(figures: &Figures) -> Section {
    let rows = figures.rows(|group| {
        MEASURES
            .iter()
            .filter_map(|(measure, words)| {
                let spread = group.times.get(measure)?;
                let values = [
                    Value::Count(spread.count()),
                    spread.percentile(50),
                    spread.percentile(90),
                    spread.percentile(99),
                ];
                Some(((*words).to_owned(), values))
            })
            .collect()
    });
    let chart = |measure, title: &str| {
        let spread = figures.all.times.get(&measure);
        let counts = spread.map(|spread| spread.below(&BINS.map(|(bound, _)| bound)));
        let counts = counts.unwrap_or_default();
        let bars = BINS.iter().zip(counts);
        Chart {
            title: title.to_owned(),
            bars: bars
                .map(|((_, label), count)| Bar::counting(*label, count))
                .collect(),
            full: None,
        }
    };
    Section {
        name: "times",
        title: "Response and resolution times",
        about: "A response takes from the start of its clock to its stop, and counts in the period of the start; where \
                there is no target, from the receipt to the first response. A resolution takes from the receipt to the \
                resolution, and counts in the period of the resolution; what the customer's silence resolved does not. \
                Open is only the time of the policy's hours, as they are known now; own is all time but what was spent \
                waiting for the customer, or between a resolution and its reopening.",
        labels: [figures.wanted.by.word(), "time"],
        figures: TIMES,
        rows,
        charts: vec![
            chart(Measure::Response, "responses"),
            chart(Measure::Resolution, "resolutions"),
        ],
    }
}
