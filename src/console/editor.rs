//! The agent's own editor, for a text that wants more than a field of the screen.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::fd::AsFd;
use std::os::unix::fs::OpenOptionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use nix::errno::Errno;
use nix::sys::signal::{SigSet, Signal, killpg};
use nix::sys::wait::{WaitPidFlag, WaitStatus, waitpid};
use nix::unistd::{Pid, getpgrp, tcsetpgrp};

use super::terminal;

/// What edits where nothing else is asked for.
const DEFAULT: &str = "vi";

/// Lets the agent edit `text` in the program that `editor` names, a line for the shell. The terminal must have been given
/// back, and nothing else may read it. Whoever stops the editor stops the console with it, and both go on together.
///
/// # Errors
/// When there is no such program, it says that it failed, or its file cannot be written or read; in words for the agent.
/// The text is then as it was.
pub fn edit(text: &str, editor: &str) -> Result<String, String> {
    let draft = Draft::new(text)
        .map_err(|error| format!("the text cannot be handed to an editor: {error}"))?;
    // The program may be a line with options, as other programs take it too.
    let child = Command::new("sh")
        .args(["-c", &format!("{editor} \"$1\""), "holdline"])
        .arg(&draft.0)
        .process_group(0)
        .spawn();
    let ended = child.and_then(|child| {
        let editor = i32::try_from(child.id()).map_err(io::Error::other)?;
        wait(Pid::from_raw(editor))
    });
    match ended {
        Ok(0) => {}
        Ok(code) => {
            return Err(format!(
                "{editor} ended with {code}, so the text stays as it was: $VISUAL or $EDITOR names another editor"
            ));
        }
        Err(error) => return Err(format!("{editor} cannot be run: {error}")),
    }
    let mut edited = fs::read_to_string(&draft.0)
        .map_err(|error| format!("what {editor} wrote cannot be read: {error}"))?;
    // Editors end the last line.
    edited.truncate(edited.trim_end_matches(['\r', '\n']).len());
    Ok(edited)
}

/// The line for the shell that names the agent's editor; an unset `variable` gives `None`.
pub fn named(variable: impl Fn(&str) -> Option<String>) -> String {
    let named = |name: &&str| variable(name).filter(|line| !line.trim().is_empty());
    let line = ["VISUAL", "EDITOR"].iter().find_map(named);
    line.unwrap_or_else(|| DEFAULT.to_owned())
}

/// Waits until the editor ends, and gives its exit code. It has the terminal, as a shell's job has it.
fn wait(editor: Pid) -> io::Result<i32> {
    to_the_front(editor);
    let code = loop {
        match waitpid(editor, Some(WaitPidFlag::WUNTRACED)) {
            Ok(WaitStatus::Exited(_, code)) => break Ok(code),
            Ok(WaitStatus::Signaled(_, signal, _)) => break Ok(128 + signal as i32),
            Ok(WaitStatus::Stopped(..)) => {
                to_the_front(getpgrp());
                // Without a shell to go back to, the editor goes on at once.
                let _ = terminal::stop();
                to_the_front(editor);
            }
            Ok(_) | Err(Errno::EINTR) => {}
            Err(error) => break Err(error.into()),
        }
    };
    to_the_front(getpgrp());
    code
}

/// Gives the terminal to a process group, and lets it go on if it waited for that.
fn to_the_front(group: Pid) {
    // Who is in the background may hand the terminal on only with this signal blocked.
    let blocked = SigSet::from(Signal::SIGTTOU);
    let _ = blocked.thread_block();
    // Without a terminal of its own, as in tests, there is nothing to hand on.
    let _ = tcsetpgrp(io::stdin().as_fd(), group);
    let _ = blocked.thread_unblock();
    if group != getpgrp() {
        let _ = killpg(group, Signal::SIGCONT);
    }
}

/// The text while it is edited: a file for this user alone, which goes away whatever happens.
struct Draft(PathBuf);

impl Draft {
    fn new(text: &str) -> io::Result<Self> {
        let name = format!("holdline-{:016x}.txt", fastrand::u64(..));
        let draft = Self(std::env::temp_dir().join(name));
        let mut file = Self::create(&draft.0)?;
        file.write_all(text.as_bytes())?;
        file.write_all(b"\n")?;
        Ok(draft)
    }

    fn create(path: &Path) -> io::Result<File> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true).mode(0o600).open(path)
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        // If it is gone already, all the better.
        let _ = fs::remove_file(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn visual_comes_before_editor_and_vi_is_always_there() {
        let named = |pairs: &[(&str, &str)]| {
            named(|name| {
                let pair = pairs.iter().find(|(known, _)| *known == name);
                pair.map(|(_, value)| (*value).to_owned())
            })
        };
        assert_eq!(named(&[("VISUAL", "hx"), ("EDITOR", "nano")]), "hx");
        assert_eq!(named(&[("VISUAL", " "), ("EDITOR", "nano -w")]), "nano -w");
        assert_eq!(named(&[]), "vi");
    }

    #[test]
    fn what_the_editor_wrote_comes_back_without_the_end_of_its_last_line() {
        let edited = edit("one\ntwo", "sed -i s/two/three/");
        assert_eq!(edited.as_deref(), Ok("one\nthree"));
    }

    #[test]
    fn an_editor_that_fails_says_so() {
        let said = edit("one", "exit 3 #").unwrap_err();
        assert!(said.starts_with("exit 3 # ended with 3"), "{said}");
    }
}
