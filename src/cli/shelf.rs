//! Where a policy that is named comes from: the desk, what is shipped, or a file.

use std::sync::Arc;

use super::init::{faults, policy_text};
use super::{Failure, Session};
use crate::policy::{Deadlines, Policy, example_settings, parse, shipped_names};
use crate::store::{Access, Desk, Ruling};

/// Where names of policies are looked up.
pub(super) enum Shelf {
    /// On a desk.
    Desk(Box<Desk>),
    /// Among those that are shipped.
    Shipped,
}

/// A policy that was looked up.
pub(super) enum Found {
    /// A desk's newest version.
    Desk(Arc<Ruling>),
    /// A shipped one or a file, its settings as in their examples.
    Example(Deadlines),
}

impl Shelf {
    /// The desk that was named with `--desk`, else what is shipped.
    pub(super) fn named(session: &Session) -> Result<Self, Failure> {
        if session.desk_typed() {
            session
                .open(Access::Read)
                .map(|desk| Self::Desk(Box::new(desk)))
        } else {
            Ok(Self::Shipped)
        }
    }

    /// The desk, named or not, where there is one; else what is shipped.
    pub(super) fn present(session: &Session) -> Result<Self, Failure> {
        if session.desk_named() || session.desk_path().is_ok_and(|path| path.exists()) {
            session
                .open(Access::Read)
                .map(|desk| Self::Desk(Box::new(desk)))
        } else {
            Ok(Self::Shipped)
        }
    }

    /// The names of its policies.
    pub(super) fn names(&self) -> Result<Vec<String>, Failure> {
        Ok(match self {
            Self::Desk(desk) => desk
                .policies()?
                .into_iter()
                .map(|known| known.name)
                .collect(),
            Self::Shipped => shipped_names().map(str::to_owned).collect(),
        })
    }

    /// The policy of that name, or in that file: a name has neither dot nor slash.
    pub(super) fn policy(&self, name: &str) -> Result<Found, Failure> {
        match self {
            Self::Desk(desk) if !name.contains(['.', '/']) => {
                Ok(Found::Desk(desk.ruling(Some(name))?))
            }
            _ => example(name),
        }
    }
}

impl Found {
    pub(super) fn deadlines(&self) -> &Deadlines {
        match self {
            Self::Desk(ruling) => &ruling.deadlines,
            Self::Example(deadlines) => deadlines,
        }
    }

    pub(super) fn policy(&self) -> &Arc<Policy> {
        self.deadlines().policy()
    }

    /// The version on the desk.
    pub(super) fn version(&self) -> Option<u32> {
        match self {
            Self::Desk(ruling) => Some(ruling.version),
            Self::Example(_) => None,
        }
    }
}

/// A shipped policy or a file, its settings as in their examples.
pub(super) fn example(name: &str) -> Result<Found, Failure> {
    let text = policy_text(name)?;
    let policy = example_settings(&text)
        .and_then(|settings| parse(&text, &settings))
        .map_err(|error| faults(name, &error))?;
    let deadlines = Deadlines::new(Arc::new(policy), |_| Vec::new()).map_err(Failure::input)?;
    Ok(Found::Example(deadlines))
}
