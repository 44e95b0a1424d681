//! What went wrong, with its exit code (`cli.md`).

use std::io::ErrorKind;
use std::path::Path;

use crate::incident::{NumberError, QueryError, Refusal, RefusalKind};
use crate::policy::{PolicyError, TermError};
use crate::store::StoreError;

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// Exit 1: well-formed, but against a rule.
    #[error("{0}")]
    Rule(String),
    /// Exit 2: something wrong in what was typed, or in a given file.
    #[error("{0}")]
    Input(String),
    /// Exit 3: well-formed, but unknown.
    #[error("{0}")]
    Unknown(String),
    /// Exit 4: changed by somebody else meanwhile.
    #[error("{0}")]
    Changed(String),
    /// Exit 5: the desk cannot be opened or used.
    #[error("{0}")]
    Desk(String),
    /// Exit 1: it moves money, in these sentences, which nobody has agreed to yet.
    #[error("{}", .0.join(" "))]
    Unasked(Vec<String>),
    /// Exit 0: whoever read the output has gone; there is nobody left to tell.
    #[error("")]
    Pipe,
}

impl Failure {
    /// Something wrong in what was typed.
    pub fn input(error: impl std::fmt::Display) -> Self {
        Self::Input(error.to_string())
    }

    /// A file that cannot be written.
    pub fn file(path: &Path, error: std::io::Error) -> Self {
        match error.into() {
            Self::Input(why) => Self::Input(format!("{}: {why}", path.display())),
            other => other,
        }
    }

    /// The exit code.
    pub fn code(&self) -> u8 {
        match self {
            Self::Pipe => 0,
            Self::Rule(_) | Self::Unasked(_) => 1,
            Self::Input(_) => 2,
            Self::Unknown(_) => 3,
            Self::Changed(_) => 4,
            Self::Desk(_) => 5,
        }
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        match refusal.kind {
            RefusalKind::Rule => Self::Rule(refusal.message),
            RefusalKind::Input => Self::Input(refusal.message),
            RefusalKind::Unknown => Self::Unknown(refusal.message),
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Refused(refusal) => refusal.into(),
            StoreError::Policy(error) => error.into(),
            StoreError::Changed { .. }
            | StoreError::CustomerChanged { .. }
            | StoreError::Differs { .. } => Self::Changed(error.to_string()),
            StoreError::Unsound(fault) => Self::Rule(fault.to_string()),
            _ => Self::Desk(error.to_string()),
        }
    }
}

impl From<PolicyError> for Failure {
    fn from(error: PolicyError) -> Self {
        Self::input(error)
    }
}

impl From<TermError> for Failure {
    fn from(error: TermError) -> Self {
        match error {
            TermError::UnknownSeverity { .. } | TermError::UnknownOffice { .. } => {
                Self::Unknown(error.to_string())
            }
            _ => Self::input(error),
        }
    }
}

impl From<NumberError> for Failure {
    fn from(error: NumberError) -> Self {
        Self::input(error)
    }
}

impl From<QueryError> for Failure {
    fn from(error: QueryError) -> Self {
        Self::input(error)
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            ErrorKind::BrokenPipe => Self::Pipe,
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => StoreError::Full.into(),
            _ => Self::Input(error.to_string()),
        }
    }
}
