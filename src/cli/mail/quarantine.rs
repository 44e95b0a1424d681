//! `holdline mail quarantine`.

mod dismiss;
mod list;
mod register;
mod show;

use crate::cli::{Failure, Session};

/// Mail that came in and waits for somebody to decide where it belongs.
#[derive(Debug, clap::Subcommand)]
pub enum Quarantine {
    Dismiss(dismiss::Dismiss),
    List(list::List),
    Register(register::Register),
    Show(show::Show),
}

impl Quarantine {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        match self {
            Self::Dismiss(dismiss) => dismiss.run(session),
            Self::List(list) => list.run(session),
            Self::Register(register) => register.run(session),
            Self::Show(show) => show.run(session),
        }
    }
}
