//! Pieces that screens are made of. Each draws what it is given into a buffer and keeps nothing: no state, no clock, no
//! terminal. Each takes any area, down to none at all.

pub mod bar;
pub mod chart;
pub mod countdown;
pub mod digits;
pub mod letters;
pub mod message;
pub mod modal;
pub mod table;

/// Which lines of a text show, in words: `1-20 of 74`; nothing where all of them do.
#[must_use]
pub fn position(first: usize, room: usize, all: usize) -> Option<String> {
    let last = (first + room).min(all);
    (room > 0 && all > room).then(|| format!("{}-{last} of {all}", first + 1))
}
