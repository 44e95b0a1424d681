//! `holdline mail quarantine`.

mod list;
mod show;

use crate::cli::{Failure, Session};

/// Mail that came in and waits for somebody to decide where it belongs.
#[derive(Debug, clap::Subcommand)]
pub enum Quarantine {
    List(list::List),
    Show(show::Show),
}

impl Quarantine {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        match self {
            Self::List(list) => list.run(session),
            Self::Show(show) => show.run(session),
        }
    }
}
