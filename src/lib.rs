//! Holdline: a terminal console for people who answer support calls.
//!
//! The map of the house, from the ground up. A module uses only what stands before it.
//!
//! | module | holds | touches |
//! | --- | --- | --- |
//! | [`text`] | columns, cutting, wrapping; what hides in a text made visible | nothing: pure |
//! | [`whole`] | files that are there whole or not at all | its files |
//! | [`calendar`] | opening hours, holidays, business time, the three kinds of target | nothing: pure |
//! | [`when`] | the instants that people type | nothing: pure |
//! | [`policy`] | what a shop promises: policy files, read and checked | nothing: pure |
//! | [`incident`] | an incident's life: command + state + policy + now -> events -> state | nothing: pure |
//! | [`store`] | the desk file: the only place that knows SQL | the SQLite file |
//! | [`demo`] | a sample desk, made through the same commands | [`store`] |
//! | [`mail`] | what is written to customers, handed over; what they write, read | its files, programs, [`store`] |
//! | [`report`] | figures over what is on record | [`store`] |
//! | [`import`] | another system's log of events, by a mapping file | its files, [`store`] |
//! | [`config`] | what an agent chose: keys, theme, views, hooks | its files |
//! | [`hooks`] | programs of the agent's own that are told what was recorded | those programs |
//! | [`cli`] | one file a subcommand | standard streams, [`store`] |
//! | [`console`] | the screens, their keys, the run loop | the terminal, [`store`] by its worker |
//!
//! The pure part reads no clock, file or terminal: `now` and the policy are arguments. Every change, from a key, a
//! command, an import or the passing of time, is an [`incident`] command; its `decide` is where a rule lives, and the
//! only place. `cli` and `console` never import each other, and screens never touch the store: they return effects.

pub mod calendar;
pub mod cli;
pub mod config;
pub mod console;
pub mod demo;
pub mod hooks;
pub mod import;
pub mod incident;
pub mod mail;
pub mod policy;
pub mod report;
pub mod store;
pub mod text;
pub mod when;
pub mod whole;
