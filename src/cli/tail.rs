//! `holdline tail`.

use std::os::fd::AsFd;

use nix::poll::{PollFd, PollFlags, PollTimeout, poll};

use super::{Failure, Session};
use crate::store::{Access, Desk, Latest};

/// How often the desk is looked at, in milliseconds.
const WATCH: u8 = 250;

/// As many entries are read at a time.
const PAGE: usize = 500;

/// Follows the timeline of the whole desk: what anybody does, as it is recorded.
///
/// It begins with the newest entries and goes on until it is ended. Each entry has its place on the desk, one more than
/// that of the entry before, so that whoever reads it can go on after an interruption where they were: --after.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline tail
  holdline tail --json | jq -r 'select(.kind == \"escalated\") | .tech_ref'
  holdline tail --json --after 4711 >> timeline.jsonl
  holdline tail --last 50 --no-follow")]
pub struct Tail {
    /// Begins with this many of the newest entries.
    #[arg(long, value_name = "N", default_value_t = 10)]
    last: u32,
    /// Begins after the entry at this place instead.
    #[arg(long, value_name = "SEQ", conflicts_with = "last", value_parser = clap::value_parser!(i64).range(0..))]
    after: Option<i64>,
    /// Ends after what is there now.
    #[arg(long)]
    no_follow: bool,
}

impl Tail {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let desk = session.open(Access::Read)?;
        let newest = desk.newest_seq()?;
        let mut seen = match self.after {
            // A place on another desk, or on what this one was before it was restored: what comes would be left out.
            Some(seq) if seq > newest => {
                return Err(Failure::Unknown(format!(
                    "no entry is at place {seq}: the newest one is at {newest}"
                )));
            }
            Some(seq) => seq,
            None => (newest - i64::from(self.last)).max(0),
        };
        loop {
            let version = desk.version_seen()?;
            seen = told(session, &desk, seen)?;
            if self.no_follow {
                return Ok(());
            }
            while desk.version_seen()? == version {
                rest()?;
            }
        }
    }
}

/// Waits a little, and ends where the reader has gone meanwhile.
fn rest() -> Result<(), Failure> {
    let out = std::io::stdout();
    let mut watched = [PollFd::new(out.as_fd(), PollFlags::empty())];
    // A signal only ends the waiting.
    let _ = poll(&mut watched, PollTimeout::from(WATCH));
    let [out] = watched;
    match out
        .revents()
        .is_some_and(|seen| seen.contains(PollFlags::POLLERR))
    {
        true => Err(Failure::Pipe),
        false => Ok(()),
    }
}

/// Prints what came after the entry at `seen`, and gives the place of the newest.
fn told(session: &Session, desk: &Desk, mut seen: i64) -> Result<i64, Failure> {
    loop {
        let entries = desk.entries_after(seen, PAGE)?;
        let Some(newest) = entries.last() else {
            return Ok(seen);
        };
        seen = newest.seq;
        for entry in &entries {
            match session.json() {
                true => session.print_json(entry)?,
                false => session.print(in_a_line(session, entry))?,
            }
        }
    }
}

/// An entry for reading, on the agent's clock.
fn in_a_line(session: &Session, entry: &Latest) -> String {
    let at = entry.at.with_timezone(&session.zone());
    let of = entry.tech_ref.map(|number| number.to_string());
    let of = of.or_else(|| entry.customer.clone()).unwrap_or_default();
    let text = entry.text.split_whitespace().collect::<Vec<_>>().join(" ");
    format!(
        "{}  {of:<8}  {:<8}  {text}",
        at.format("%Y-%m-%d %H:%M"),
        entry.agent
    )
}
