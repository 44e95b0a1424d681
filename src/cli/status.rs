//! `holdline status`.

use clap::ValueEnum;
use serde::Serialize;

use super::{Failure, Session};
use crate::incident::{Query, Scope};
use crate::store::{Access, Live};

/// Counts go up to here, whatever a desk holds; beyond, there are "more than" so many.
const MOST: usize = 999;

/// Says in one line how the desk stands, for a status bar: open, due within the hour, missed, mine, calls on hold.
///
/// In tmux: set -g status-right '#(holdline status --format tmux)'
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline status
  holdline --agent mira status --format tmux
  holdline status --format json")]
pub struct Status {
    /// How it is written.
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
}

/// How the status is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Words, with colours for what is late, as tmux reads them.
    Tmux,
    /// Words.
    #[default]
    Plain,
    /// One object.
    Json,
}

/// How the desk stands; each count at most [`MOST`] and one.
#[derive(Debug, Serialize)]
struct Standing {
    open: usize,
    due_within_the_hour: usize,
    missed: usize,
    mine: usize,
    calls_on_hold: usize,
    ringing: usize,
}

impl Status {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let standing = Standing::read(session)?;
        if self.format == Format::Json || session.json() {
            return session.print_json(&standing);
        }
        session.print(standing.in_words(self.format == Format::Tmux))
    }
}

impl Standing {
    fn read(session: &Session) -> Result<Self, Failure> {
        let (now, me) = (session.now(), session.agent());
        let desk = session.open(Access::Read)?;
        let scope = Scope {
            now,
            me: &me,
            zone: session.zone(),
            words: None,
        };
        let count = |query: &str| -> Result<usize, Failure> {
            Ok(desk.count(&Query::parse(query, scope)?, MOST + 1, now)?)
        };
        let live = Live::if_there(desk.path())?;
        let (calls, rings) = match &live {
            Some(live) => (live.calls()?, live.rings(now)?),
            None => Default::default(),
        };
        Ok(Self {
            open: count("")?,
            due_within_the_hour: count("due:<1h")?,
            missed: count("is:missed")?,
            mine: count("assignee:me")?,
            calls_on_hold: calls.iter().filter(|found| found.call.is_held()).count(),
            ringing: rings.len(),
        })
    }

    /// What matters first: what rings, what is late, what will be.
    fn in_words(&self, tmux: bool) -> String {
        let parts = [
            (self.ringing, "ringing", Some("yellow"), false),
            (self.missed, "missed", Some("red"), true),
            (self.due_within_the_hour, "due", Some("yellow"), true),
            (self.open, "open", None, true),
            (self.mine, "mine", None, true),
            (self.calls_on_hold, "on hold", Some("yellow"), false),
        ];
        let part = |(count, word, colour, always): (usize, &str, Option<&str>, bool)| {
            let many = match count {
                0 if !always => return None,
                count if count > MOST => format!("{MOST}+"),
                count => count.to_string(),
            };
            Some(match colour.filter(|_| tmux && count > 0) {
                Some(colour) => format!("#[fg={colour}]{many} {word}#[default]"),
                None => format!("{many} {word}"),
            })
        };
        let parts: Vec<String> = parts.into_iter().filter_map(part).collect();
        parts.join(", ")
    }
}
