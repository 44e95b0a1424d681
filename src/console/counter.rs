//! A thread that counts figures, with a connection of its own: on a large desk that takes a while, and nothing else that
//! the console asks for waits for it.

use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use super::clock::Clock;
use super::msg::Msg;
use super::request::Answer;
use super::start::Start;
use crate::report::{Wanted, figures};
use crate::store::{Access, Desk, StoreError};

/// Starts the thread; it ends when the sender is dropped.
///
/// # Errors
/// When the system grants no thread.
pub(super) fn spawn(start: &Start, to: Sender<Msg>) -> std::io::Result<Sender<Wanted>> {
    let (ask, asked) = channel();
    let (path, clock) = (start.desk.clone(), start.clock);
    thread::Builder::new()
        .name("figures".into())
        .spawn(move || run(&path, clock, &asked, &to))?;
    Ok(ask)
}

fn run(path: &Path, clock: Clock, asked: &Receiver<Wanted>, to: &Sender<Msg>) {
    while let Ok(first) = asked.recv() {
        // What was asked for meanwhile supersedes it.
        let wanted = asked.try_iter().last().unwrap_or(first);
        let counted = Desk::open(path, Access::Read).and_then(|desk| {
            desk.hold_little()?;
            answer(&desk, wanted, clock)
        });
        let answer = counted.unwrap_or_else(|error| Answer::Failed(error.to_string()));
        if to.send(answer.into()).is_err() {
            return;
        }
    }
}

/// Counts figures on the desk.
///
/// # Errors
/// When the file cannot be read.
pub(super) fn answer(desk: &Desk, wanted: Wanted, clock: Clock) -> Result<Answer, StoreError> {
    let sections = figures(desk, wanted, clock.now())?.sections();
    Ok(Answer::Figures { wanted, sections })
}
