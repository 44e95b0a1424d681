//! Programs of the agent's own that are told what was recorded: after a command, one object of JSON a line on standard
//! input, an entry of the timeline each.
//!
//! There are none but those of the agent's own settings. Nobody waits for them: they run one after the other beside what
//! the agent does, each for so long at most, without a shell, and nothing of an entry comes into their arguments. What
//! they do with the desk themselves tells no hook again.

use std::fs::File;
use std::io::{self, Read, Seek, Write};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, OnceLock};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;

use crate::config::Hook;
use crate::store::Latest;

/// Set for what runs within a hook.
const WITHIN: &str = "HOLDLINE_HOOK";

/// How often a program that runs is looked at.
const LOOK: Duration = Duration::from_millis(5);

/// How long the end of Holdline waits for what still has to be told.
const MOST_AT_END: Duration = Duration::from_secs(10);

/// The most bytes of what a program says when it fails.
const MOST_SAID: u64 = 300;

/// The hooks of one run of Holdline. Dropped, it waits until everything is told, but not for ever.
#[derive(Debug)]
pub struct Hooks {
    tell: Sender<Told>,
    runner: Option<JoinHandle<()>>,
    ends_at: Arc<OnceLock<Instant>>,
}

/// Takes entries as they are recorded.
#[derive(Debug, Clone)]
pub struct Teller {
    tell: Sender<Told>,
    desk: PathBuf,
}

impl Teller {
    /// Has the hooks told, and waits for none of them.
    pub fn tell(&self, entries: Vec<Latest>) {
        // Where the runner has gone, nothing is told any more.
        let _ = self.tell.send(Told::Recorded(self.desk.clone(), entries));
    }
}

/// What the runner is told.
#[derive(Debug)]
enum Told {
    Recorded(PathBuf, Vec<Latest>),
    /// No more will come.
    End,
}

impl Hooks {
    /// Runs `hooks`; `say` takes what went wrong, in words. None where there are no hooks, or where this is
    /// run by one.
    ///
    /// # Errors
    /// When the system grants no thread.
    pub fn new(
        hooks: Vec<Hook>,
        say: impl Fn(String) + Send + 'static,
    ) -> io::Result<Option<Self>> {
        if hooks.is_empty() || std::env::var_os(WITHIN).is_some() {
            return Ok(None);
        }
        let (tell, told) = channel();
        let ends_at = Arc::new(OnceLock::new());
        let runner = Runner {
            hooks,
            ends_at: Arc::clone(&ends_at),
        };
        let thread = thread::Builder::new().name("hooks".into());
        Ok(Some(Self {
            tell,
            runner: Some(thread.spawn(move || runner.run(&told, say))?),
            ends_at,
        }))
    }

    /// What takes entries as they are recorded on the desk at `desk`.
    pub fn teller(&self, desk: PathBuf) -> Teller {
        Teller {
            tell: self.tell.clone(),
            desk,
        }
    }
}

/// Tells one hook of entries, and waits for it.
///
/// # Errors
/// Why it failed, in words.
pub fn run_once(hook: &Hook, desk: &Path, entries: &[Latest]) -> Result<(), String> {
    Runner::default().tell(hook, desk, &hook.wanted(entries))
}

impl Drop for Hooks {
    fn drop(&mut self) {
        // It is set here alone, and where the runner has gone there is nothing to wait for.
        let _ = self.ends_at.set(Instant::now() + MOST_AT_END);
        let _ = self.tell.send(Told::End);
        if let Some(runner) = self.runner.take() {
            // One that panicked has said so.
            let _ = runner.join();
        }
    }
}

/// What runs the programs, one after the other.
#[derive(Default)]
struct Runner {
    hooks: Vec<Hook>,
    /// Whatever still runs then is ended, once Holdline itself ends.
    ends_at: Arc<OnceLock<Instant>>,
}

impl Runner {
    fn run(&self, told: &Receiver<Told>, say: impl Fn(String)) {
        while let Ok(Told::Recorded(desk, entries)) = told.recv() {
            for hook in &self.hooks {
                let input = hook.wanted(&entries);
                if input.is_empty() {
                    continue;
                }
                if let Err(why) = self.tell(hook, &desk, &input) {
                    say(format!("hook {}: {why}", hook.program()));
                }
            }
        }
    }

    /// Runs a program and waits for it.
    fn tell(&self, hook: &Hook, desk: &Path, input: &[u8]) -> Result<(), String> {
        let in_words = |error: io::Error| error.to_string();
        // Files rather than pipes: a program that does not read, or that talks much, stops nothing.
        let mut said = file(&[]).map_err(in_words)?;
        let mut child = Command::new(hook.program())
            .args(hook.run.iter().skip(1))
            .env(WITHIN, "1")
            .env("HOLDLINE_DESK", desk)
            .stdin(file(input).map_err(in_words)?)
            .stdout(Stdio::null())
            .stderr(said.try_clone().map_err(in_words)?)
            .process_group(0)
            .spawn()
            .map_err(in_words)?;
        let ended = self.wait(&mut child, Duration::from_secs(hook.seconds))?;
        if ended.success() {
            return Ok(());
        }
        let mut words = Vec::new();
        said.rewind()
            .and_then(|()| said.take(MOST_SAID).read_to_end(&mut words))
            .map_err(in_words)?;
        let words = String::from_utf8_lossy(&words);
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        Err(match words.is_empty() {
            true => format!("ended with {ended}"),
            false => format!("ended with {ended}: {words}"),
        })
    }

    /// Waits for a program as long as it may take, then ends it and all that it has started.
    fn wait(&self, child: &mut Child, most: Duration) -> Result<ExitStatus, String> {
        let began = Instant::now();
        loop {
            if let Some(ended) = child.try_wait().map_err(|error| error.to_string())? {
                return Ok(ended);
            }
            let late = self.ends_at.get().is_some_and(|end| Instant::now() > *end);
            if late || began.elapsed() > most {
                let group = i32::try_from(child.id()).map(Pid::from_raw);
                // What has just ended needs no signal.
                let _ = group.map(|group| killpg(group, Signal::SIGKILL));
                let _ = child.wait();
                let seconds = began.elapsed().as_secs();
                return Err(format!("was ended, since it took longer than {seconds} s"));
            }
            thread::sleep(LOOK);
        }
    }
}

impl Hook {
    /// The entries that it is told of, as lines of JSON.
    fn wanted(&self, entries: &[Latest]) -> Vec<u8> {
        let wanted = |entry: &&Latest| self.on.is_empty() || self.on.contains(&entry.kind);
        let mut lines = Vec::new();
        for entry in entries.iter().filter(wanted) {
            // What is there came out of JSON.
            lines.extend(serde_json::to_vec(entry).unwrap_or_default());
            lines.push(b'\n');
        }
        lines
    }
}

/// A file without a name that holds these bytes and is read from its beginning.
fn file(bytes: &[u8]) -> io::Result<File> {
    let mut file = tempfile::tempfile()?;
    file.write_all(bytes)?;
    file.rewind()?;
    Ok(file)
}
