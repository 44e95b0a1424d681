//! Programs of the agent's own that are told what was recorded.

use std::fs;
use std::os::unix::fs::MetadataExt;

use serde::{Deserialize, Serialize};
use serde_json::json;
use toml::Spanned;

use super::{Config, ConfigError, in_words};
use crate::incident::Event;

/// How long a program may take, unless the file says otherwise, and at most.
const SECONDS: (u64, u64) = (10, 300);

/// A program that is told what was recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hook {
    /// What it is told of, by the kinds of entries; everything when empty.
    pub on: Vec<String>,
    /// The program and its arguments, without a shell between.
    pub run: Vec<String>,
    /// How many seconds it may take.
    pub seconds: u64,
}

impl Hook {
    /// The program.
    pub fn program(&self) -> &str {
        self.run.first().map_or("", String::as_str)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "a program to run")]
pub(super) struct WrittenHook {
    run: Spanned<Vec<String>>,
    #[serde(default)]
    on: Vec<Spanned<String>>,
    seconds: Option<Spanned<u64>>,
}

impl Config {
    /// The hooks as they are written; `line` gives the line of a place in the file.
    ///
    /// # Errors
    /// When one means nothing, or others may write the file: what it names runs in the agent's name.
    pub(super) fn hooks(
        &self,
        written: Vec<WrittenHook>,
        line: impl Fn(usize) -> usize,
    ) -> Result<Vec<Hook>, ConfigError> {
        let hooks = written.into_iter().map(|hook| {
            let at = line(hook.run.span().start);
            self.only_mine(at)?;
            let run = hook.run.into_inner();
            if run.first().is_none_or(String::is_empty) {
                let problem = "run names no program: write it like [\"/usr/local/bin/page\"]";
                return Err(self.error(at, problem));
            }
            let seconds = match hook.seconds {
                None => SECONDS.0,
                Some(seconds) if (1..=SECONDS.1).contains(seconds.get_ref()) => {
                    seconds.into_inner()
                }
                Some(wrong) => {
                    let problem = format!("seconds must be from 1 to {}", SECONDS.1);
                    return Err(self.error(line(wrong.span().start), problem));
                }
            };
            let on = hook.on.into_iter().map(|kind| match known(kind.get_ref()) {
                Ok(()) => Ok(kind.into_inner()),
                Err(problem) => Err(self.error(line(kind.span().start), problem)),
            });
            Ok(Hook {
                on: on.collect::<Result<_, _>>()?,
                run,
                seconds,
            })
        });
        hooks.collect()
    }

    /// Nobody else may write the file.
    fn only_mine(&self, line: usize) -> Result<(), ConfigError> {
        let unreadable = |error| self.error(line, format!("it cannot be looked at: {error}"));
        let file = fs::metadata(&self.path).map_err(unreadable)?;
        let mine = [0, nix::unistd::geteuid().as_raw()].contains(&file.uid());
        match mine && file.mode() & 0o022 == 0 {
            true => Ok(()),
            false => Err(self.error(
                line,
                "others may write this file, so that no program of it is run: chmod go-w, and own it",
            )),
        }
    }
}

/// Whether entries of this kind exist.
fn known(kind: &str) -> Result<(), String> {
    match serde_json::from_value::<Event>(json!({ "kind": kind })) {
        Err(error) if error.to_string().starts_with("unknown variant") => {
            Err(in_words(&error.to_string()))
        }
        // What else an entry of this kind has is not asked for.
        _ => Ok(()),
    }
}
