//! Pieces that screens are made of. Each draws what it is given into a buffer and keeps nothing: no state, no clock, no
//! terminal. Each takes any area, down to none at all.

pub mod bar;
pub mod chart;
pub mod countdown;
pub mod digits;
pub mod message;
pub mod modal;
pub mod table;
