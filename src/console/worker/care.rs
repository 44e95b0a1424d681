//! What the desk needs besides its agents: the backup of the day, made by a program of its own, and who is waited for.

use std::io;
use std::process::{Command, Stdio};
use std::sync::mpsc::Sender;
use std::thread;

use super::Worker;
use crate::console::msg::Msg;
use crate::console::request::Answer;
use crate::console::start::Start;
use crate::store::{Access, Desk};

impl Worker {
    /// Has the backup of the day made, and says what is wrong with the newest one. The agent waits for none of it, and the
    /// console may be left meanwhile: the other program goes on.
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
    let failed = match desk.wants_backup(day) {
        true => made_aside(start)
            .unwrap_or_else(|error| Some(format!("no backup of the day could be begun ({error})"))),
        false => None,
    };
    match desk.backup_is_old(now) {
        Ok(old) => Answer::Backup { old, failed },
        Err(error) => Answer::Failed(error.to_string()),
    }
}

/// Lets another program of this kind make the backup, and waits for it; gives why it could not.
fn made_aside(start: &Start) -> io::Result<Option<String>> {
    let backup = Command::new(
        start
            .program
            .as_ref()
            .map_err(|why| io::Error::other(why.clone()))?,
    )
    .args(["desk", "backup", "--aside", "--desk"])
    .arg(&start.desk)
    .stdin(Stdio::null())
    .stdout(Stdio::null())
    .output()?;
    let said = String::from_utf8_lossy(&backup.stderr);
    let said = said.trim().trim_start_matches("holdline: ").to_owned();
    Ok((!backup.status.success()).then_some(said))
}

/// Lets the console say what the desk waits for.
pub(super) fn tell_waiting(desk: &mut Desk, to: Sender<Msg>) {
    desk.on_waiting(move |work| {
        let words = format!("{work}: what you do is done once that is through");
        // As above.
        let _ = to.send(Answer::Aside(words).into());
    });
}
