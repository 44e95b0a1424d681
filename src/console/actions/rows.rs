//! How a row of the table of keys is written down.

macro_rules! key {
    ($chords:expr, $name:literal, $about:literal, $action:expr, $why_not:expr) => {
        Binding {
            chords: &$chords,
            name: $name,
            here: |_| None,
            in_footer: |_| true,
            about: $about,
            message: |_| $action,
            why_not: $why_not,
        }
    };
    ($chords:expr, $name:literal, $about:literal, $action:expr, $why_not:expr, $in_footer:expr) => {
        Binding {
            in_footer: $in_footer,
            ..key!($chords, $name, $about, $action, $why_not)
        }
    };
}

/// A key that is called otherwise in the footer where one is.
macro_rules! here {
    ($here:expr, $($row:tt)*) => {
        Binding {
            here: $here,
            ..key!($($row)*)
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
        step!($chords, $name, $about, $action, |_| true)
    };
    ($chords:expr, $name:literal, $about:literal, $action:expr, $in_footer:expr) => {
        key!(
            $chords,
            $name,
            $about,
            $action,
            |model| $action.why_not(model),
            $in_footer
        )
    };
}

/// A step that the footer leaves out.
macro_rules! aside {
    ($chords:expr, $name:literal, $about:literal, $action:expr) => {
        quiet!($chords, $name, $about, $action, |model| $action
            .why_not(model))
    };
}

/// A key that leads to a screen: the footer names it wherever that screen does not show already.
macro_rules! screen {
    ($chords:expr, $name:literal, $about:literal, $screen:expr) => {
        Binding {
            in_footer: |model| model.screen != $screen || !model.layers.is_empty(),
            ..key!($chords, $name, $about, Action::Screen($screen), always)
        }
    };
}

/// A key that moves something that shows.
macro_rules! moves {
    ($chords:expr, $name:literal, $about:literal, $action:expr) => {
        quiet!($chords, $name, $about, $action, guards::with_rows)
    };
}
