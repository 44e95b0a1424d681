//! What the desk needs besides its agents: the backup of the day, made by a thread of its own, and who is waited for.

use std::sync::mpsc::Sender;
use std::thread;

use super::Worker;
use crate::console::msg::Msg;
use crate::console::request::Answer;
use crate::console::start::Start;
use crate::store::{Access, Desk};

impl Worker {
    /// Makes the backup of the day, and says what is wrong with the newest one. The agent waits for none of it.
    pub(super) fn back_up(&self) {
        let (start, to) = (self.start.clone(), self.to.clone());
        let backing_up = thread::Builder::new().name("backup".into());
        let started = backing_up.spawn(move || {
            // Nobody is left to tell when the console has ended meanwhile.
            let _ = to.send(made(&start).into());
        });
        if let Err(error) = started {
            // As above.
            let _ = self.to.send(Answer::Failed(error.to_string()).into());
        }
    }
}

fn made(start: &Start) -> Answer {
    let now = start.clock.now();
    let day = now.with_timezone(&start.zone).date_naive();
    let desk = match Desk::open(&start.desk, Access::Write) {
        Ok(desk) => desk,
        Err(error) => return Answer::Failed(error.to_string()),
    };
    let failed = desk
        .daily_backup(day, now)
        .err()
        .map(|error| error.to_string());
    match desk.backup_is_old(now) {
        Ok(old) => Answer::Backup { old, failed },
        Err(error) => Answer::Failed(error.to_string()),
    }
}

/// Lets the console say what the desk waits for.
pub(super) fn tell_waiting(desk: &mut Desk, to: Sender<Msg>) {
    desk.on_waiting(move |work| {
        let words = format!("{work}: what you do is done once that is through");
        // As above.
        let _ = to.send(Answer::Waits(words).into());
    });
}
