//! How a row of the table of keys is written down.

macro_rules! key {
    ($chords:expr, $name:literal, $about:literal, $action:expr, $why_not:expr) => {
        Binding {
            chords: &$chords,
            name: $name,
            in_footer: |_| true,
            shown_as: |_| None,
            about: $about,
            message: |_| $action,
            why_not: $why_not,
        }
    };
}

/// A key that the footer leaves out.
macro_rules! quiet {
    ($chords:expr, $name:literal, $about:literal, $action:expr) => {
        quiet!($chords, $name, $about, $action, always)
    };
    ($chords:expr, $name:literal, $about:literal, $action:expr, $why_not:expr) => {
        Binding {
            in_footer: |_| false,
            ..key!($chords, $name, $about, $action, $why_not)
        }
    };
}

macro_rules! step {
    ($chords:expr, $name:literal, $about:literal, $action:expr) => {
        key!($chords, $name, $about, $action, |model| $action
            .why_not(model))
    };
}

/// A key that moves something that shows.
macro_rules! moves {
    ($chords:expr, $name:literal, $about:literal, $action:expr) => {
        quiet!($chords, $name, $about, $action, guards::with_rows)
    };
}
