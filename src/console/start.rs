//! What the console starts with.

use std::path::{Path, PathBuf};

use chrono_tz::Tz;

use super::clock::Clock;
use crate::config::{Config, ConfigError, Post};
use crate::policy::Snippet;
use crate::store::{Context, StoreError};

/// Makes a sample desk of so many incidents.
pub type MakeSample = fn(&Path, usize, &Context) -> Result<(), StoreError>;

/// What the console starts with.
#[derive(Debug, Clone)]
pub struct Start {
    /// The desk's file, which may not exist yet.
    pub desk: PathBuf,
    /// The agent who sits at it.
    pub agent: String,
    /// The operating system's user.
    pub user: String,
    /// The zone that the agent lives in.
    pub zone: Tz,
    /// What the agent chose and what is wrong with its theme, or what is wrong with all of it.
    pub config: Result<(Config, Option<ConfigError>), ConfigError>,
    /// The clock.
    pub clock: Clock,
    /// The agent's own stock phrases, or what is wrong with the file that has them.
    pub snippets: Result<Vec<Snippet>, String>,
    /// How messages are sent from here.
    pub post: Post,
    /// Makes a sample desk, for a first start.
    pub sample: MakeSample,
    /// The program itself, for what is better done by another one beside the console; or why it is not known.
    pub program: Result<PathBuf, String>,
}

impl Start {
    /// Who the timeline names for what the agent does here: `USER as NAME` where those are two.
    pub fn recorded_agent(&self) -> String {
        let context = Context {
            agent: self.agent.clone(),
            user: Some(self.user.clone()),
            ..Context::default()
        };
        context.recorded_agent()
    }
}
