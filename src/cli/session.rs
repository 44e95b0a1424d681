//! What every command needs: the desk, the agent, the instant, and where to write.

mod carried;
mod hooked;
mod told;
mod words;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::{Arc, OnceLock};
use std::time::Instant;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use serde::Serialize;

use words::harmless;
pub(super) use words::{harmless_json, sentence};

use super::{Failure, Globals};
use crate::calendar::Calendar;
use crate::hooks::Hooks;
use crate::incident::TechRef;
use crate::policy::{Snippet, parse_snippets};
use crate::store::{Access, CLOCK_BEHIND, Context, Desk, Ruling};
use crate::text::table::Table;
use crate::when;

/// One run of the program: who runs it, when, and on which desk.
#[derive(Clone)]
pub struct Session {
    globals: Globals,
    desk_typed: bool,
    now: DateTime<Utc>,
    /// When that was read.
    began: Instant,
    /// The clock was set by hand.
    by_hand: bool,
    /// The agent's hooks, once something may be recorded.
    hooks: Arc<OnceLock<Option<Hooks>>>,
    /// What moves money is not done before that was said and agreed to; this was.
    agreed: Option<Vec<String>>,
}

impl Session {
    /// A session that begins now. `HOLDLINE_NOW`, an instant, sets the clock by hand, for tests and demonstrations: a
    /// desk that was made without it records nothing by such a clock. What
    /// the environment says of the desk and the agent counts where nothing was typed; the parser is not asked to read it,
    /// as it would then call it required in every line on usage.
    pub fn new(mut globals: Globals) -> Self {
        let desk_typed = globals.desk.is_some();
        let said = |name| std::env::var_os(name).filter(|said| !said.is_empty());
        globals.desk = globals
            .desk
            .or_else(|| said("HOLDLINE_DESK").map(Into::into));
        let agent = || said("HOLDLINE_AGENT").map(|agent| agent.to_string_lossy().into_owned());
        globals.agent = globals.agent.or_else(agent);
        let by_hand = std::env::var("HOLDLINE_NOW")
            .ok()
            .and_then(|now| DateTime::parse_from_rfc3339(&now).ok());
        Self {
            globals,
            desk_typed,
            began: Instant::now(),
            by_hand: by_hand.is_some(),
            now: by_hand.map_or_else(Utc::now, |now| now.with_timezone(&Utc)),
            hooks: Arc::default(),
            agreed: None,
        }
    }

    /// A session that begins now, of the same run of the program.
    pub(super) fn next(&self, globals: Globals) -> Self {
        Self {
            hooks: Arc::clone(&self.hooks),
            ..Self::new(globals)
        }
    }

    /// The instant at which the session began.
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// Whether the clock was set by hand.
    pub fn clock_by_hand(&self) -> bool {
        self.by_hand
    }

    /// Whether JSON is wanted.
    pub fn json(&self) -> bool {
        self.globals.json
    }

    /// Whether what is said is listened to: lines, and nothing in columns.
    pub(super) fn is_plain(&self) -> bool {
        self.globals.plain
    }

    /// The zone that the agent lives in: `TZ`, else the system's, else UTC.
    pub fn zone(&self) -> Tz {
        let named = |name: String| name.trim_start_matches(':').parse().ok();
        std::env::var("TZ")
            .ok()
            .and_then(named)
            .or_else(|| iana_time_zone::get_timezone().ok().and_then(named))
            .unwrap_or(Tz::UTC)
    }

    /// The zone in which a policy's deadlines are said: that of its hours at `office`, else the agent's.
    pub fn zone_of(&self, ruling: &Ruling, office: Option<&str>) -> Tz {
        let calendar = ruling.deadlines.calendar(office).ok().flatten();
        calendar.map_or_else(|| self.zone(), Calendar::zone)
    }

    /// An instant that was typed. `ahead` says whether a weekday means the coming one.
    ///
    /// # Errors
    /// When it is no instant.
    pub fn instant(&self, text: &str, ahead: bool) -> Result<DateTime<Utc>, Failure> {
        when::instant(text, self.now, self.zone(), ahead).map_err(Failure::input)
    }

    /// A day that was typed where it is `zone`'s time. `ahead` says whether a weekday means the coming one.
    ///
    /// # Errors
    /// When it is no day.
    pub fn day(&self, text: &str, zone: Tz, ahead: bool) -> Result<NaiveDate, Failure> {
        let today = self.now.with_timezone(&zone).date_naive();
        when::day(text, today, ahead).map_err(Failure::input)
    }

    /// When what is recorded happened: `--at`, if it was given.
    ///
    /// # Errors
    /// When it is no instant.
    pub fn at(&self) -> Result<Option<DateTime<Utc>>, Failure> {
        self.globals
            .at
            .as_deref()
            .map(|at| self.instant(at, false))
            .transpose()
    }

    /// The desk's file: `--desk`, `HOLDLINE_DESK`, or the one in the platform's data folder.
    ///
    /// # Errors
    /// When the system names no data folder.
    pub fn desk_path(&self) -> Result<PathBuf, Failure> {
        if let Some(path) = &self.globals.desk {
            return Ok(path.clone());
        }
        directories::ProjectDirs::from("", "", "holdline")
            .map(|folders| folders.data_dir().join("desk.holdline"))
            .ok_or_else(|| {
                Failure::Desk(
                    "the system names no data folder: give the desk with --desk FILE".to_owned(),
                )
            })
    }

    /// Where the agent's own stock phrases are.
    ///
    /// # Errors
    /// When the system names no folder for configuration.
    pub fn snippets_path(&self) -> Result<PathBuf, Failure> {
        directories::ProjectDirs::from("", "", "holdline")
            .map(|folders| folders.config_dir().join("snippets.toml"))
            .ok_or_else(|| {
                Failure::Input("the system names no folder for configuration: set HOME".to_owned())
            })
    }

    /// The agent's own stock phrases: `snippets.toml` in the platform's folder for configuration; none without that file.
    ///
    /// # Errors
    /// When the file cannot be read, or something in it does not fit.
    pub fn own_snippets(&self) -> Result<Vec<Snippet>, Failure> {
        let path = self.snippets_path()?;
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(Failure::Input(format!("{}: {error}", path.display()))),
        };
        parse_snippets(&text).map_err(|error| {
            let said = error.to_string();
            let said: Vec<&str> = said.lines().collect();
            Failure::Input(format!("{}: {}", path.display(), said.join("; ")))
        })
    }

    /// Whether the desk was named, rather than being the default one.
    pub fn desk_named(&self) -> bool {
        self.globals.desk.is_some()
    }

    /// Whether the desk was named with `--desk`, rather than by the environment.
    pub fn desk_typed(&self) -> bool {
        self.desk_typed
    }

    /// Opens the desk; for writing, a clock that stands before its newest entry is warned of.
    ///
    /// # Errors
    /// When there is none, or it cannot be used.
    pub fn open(&self, access: Access) -> Result<Desk, Failure> {
        let mut desk = Desk::open(&self.desk_path()?, access)?;
        desk.on_waiting(|work| note(&format!("{work}: waiting for that")));
        if let (Access::Write, Some(hooks)) = (access, self.hooks()?) {
            let teller = hooks.teller(self.desk_path()?);
            desk.on_recorded(move |entries| teller.tell(entries));
        }
        if access == Access::Write && desk.is_ahead_of(self.now)? {
            self.note(CLOCK_BEHIND);
        }
        Ok(desk)
    }

    /// The operating system's user.
    pub fn user() -> String {
        nix::unistd::User::from_uid(nix::unistd::getuid())
            .ok()
            .flatten()
            .map_or_else(|| format!("uid{}", nix::unistd::getuid()), |user| user.name)
    }

    /// The agent who acts.
    pub fn agent(&self) -> String {
        self.globals.agent.clone().unwrap_or_else(Self::user)
    }

    /// Who sends commands, and when.
    ///
    /// # Errors
    /// When `--at` is no instant.
    pub fn context(&self) -> Result<Context, Failure> {
        Ok(Context {
            agent: self.agent(),
            user: Some(Self::user()),
            at: self.at()?,
            now: self.now,
            // A clock that was set by hand stands still.
            read: (!self.by_hand).then_some(self.began),
            once: self.globals.once.clone(),
            if_revision: self.globals.if_revision,
            quiet: false,
            by_hand: self.by_hand,
        })
    }

    /// The agent who acts must work here, unless it is the operating system's user: a misspelt name would never be found
    /// again.
    ///
    /// # Errors
    /// When `--agent` names nobody.
    pub(super) fn known_agent(&self, desk: &Desk) -> Result<(), Failure> {
        let agents = desk.agents()?;
        match &self.globals.agent {
            // Who left is told so by what they try to do.
            Some(agent) if desk.agent_left(agent)?.is_some() => Ok(()),
            Some(agent) if *agent != Self::user() && !agents.contains(agent) => {
                Err(crate::incident::Refusal::unknown(
                    "agent",
                    agent,
                    agents.iter().map(String::as_str),
                )
                .into())
            }
            _ => Ok(()),
        }
    }

    /// A Tech Reference number that was typed, with or without the prefix of one of the desk's policies.
    ///
    /// # Errors
    /// When it is none.
    pub fn number(&self, text: &str) -> Result<TechRef, Failure> {
        text.parse::<TechRef>().or_else(|error| {
            let desk = self.open(Access::Read).map_err(|_| error.clone())?;
            for policy in desk.policies()? {
                let ruling = desk.ruling(Some(&policy.name))?;
                let prefix = ruling.policy.prefix.as_deref();
                if let Ok(number) = TechRef::read(text, prefix) {
                    return Ok(number);
                }
            }
            let near = desk.named(&TechRef::near(text))?;
            let near: Vec<String> = near
                .iter()
                .map(|one| format!("{} ({}, {})", one.number, one.customer, one.summary))
                .collect();
            Err(match near.as_slice() {
                [] => error.into(),
                near => Failure::Input(format!("{error}; near it is {}", near.join(", "))),
            })
        })
    }

    /// Prints a text and ends the line. What would act on a terminal is written out.
    ///
    /// # Errors
    /// When the reader has gone.
    pub fn print(&self, text: impl std::fmt::Display) -> Result<(), Failure> {
        writeln!(std::io::stdout().lock(), "{}", harmless(&text.to_string()))?;
        Ok(())
    }

    /// Prints exactly this, for programs to read.
    ///
    /// # Errors
    /// When the reader has gone.
    pub fn print_raw(&self, text: &str) -> Result<(), Failure> {
        self.print_bytes(text.as_bytes())
    }

    /// Writes exactly these bytes, for programs to read.
    ///
    /// # Errors
    /// When the reader has gone.
    pub fn print_bytes(&self, bytes: &[u8]) -> Result<(), Failure> {
        std::io::stdout().lock().write_all(bytes)?;
        Ok(())
    }

    /// Prints a value as JSON on one line.
    ///
    /// # Errors
    /// When the reader has gone.
    pub fn print_json(&self, value: &impl Serialize) -> Result<(), Failure> {
        let json = serde_json::to_string(value).map_err(Failure::input)?;
        self.print_raw(&(harmless_json(&json) + "\n"))
    }

    /// Prints a table; in the plain console as sentences.
    ///
    /// # Errors
    /// When the reader has gone.
    pub fn print_table(&self, table: &Table) -> Result<(), Failure> {
        match self.globals.plain {
            true => self.print(table.sentences()),
            false => self.print(table),
        }
    }

    /// Says something beside the answer, on standard error; in the plain console in its place among the answers.
    pub fn note(&self, text: impl std::fmt::Display) {
        let text = text.to_string();
        match self.globals.plain {
            // Where the reader has gone, the next answer finds that out.
            true => drop(self.print(sentence(&text))),
            false => note(&text),
        }
    }

    /// Prints `value` as JSON when that is wanted, else `text`.
    ///
    /// # Errors
    /// When the reader has gone.
    pub fn answer(
        &self,
        value: &impl Serialize,
        text: impl std::fmt::Display,
    ) -> Result<(), Failure> {
        match self.json() {
            true => self.print_pretty(value),
            false => self.print(text),
        }
    }

    /// Prints a value as JSON over several lines, whatever is wanted.
    ///
    /// # Errors
    /// When the reader has gone.
    pub fn print_pretty(&self, value: &impl Serialize) -> Result<(), Failure> {
        let json = serde_json::to_string_pretty(value).map_err(Failure::input)?;
        self.print_raw(&(harmless_json(&json) + "\n"))
    }

    /// Says what went wrong on standard error, and gives the exit code.
    pub fn report(&self, failure: &Failure) -> ExitCode {
        if !matches!(failure, Failure::Pipe) {
            let words = self.in_words(failure);
            // Nobody can be told when standard error is closed.
            let _ = writeln!(std::io::stderr().lock(), "holdline: {}", harmless(&words));
        }
        ExitCode::from(failure.code())
    }
}

fn note(text: &str) {
    // Nobody can be told when standard error is closed.
    let _ = writeln!(std::io::stderr().lock(), "note: {}", harmless(text));
}

/// What to say where a key of `--once` repeats the answer to another kind of command.
pub(super) fn other_answer() -> Failure {
    super::step::other_command().into()
}
