//! In which zones a list says its deadlines.

use std::collections::HashMap;

use chrono_tz::Tz;

use crate::cli::Session;
use crate::store::{Desk, Listed};

/// The zones of a list's policies and offices, each looked up once.
pub(in crate::cli) struct Zones<'a> {
    session: &'a Session,
    desk: &'a Desk,
    known: HashMap<(String, Option<String>), Tz>,
}

impl<'a> Zones<'a> {
    pub(in crate::cli) fn of(session: &'a Session, desk: &'a Desk) -> Self {
        Self {
            session,
            desk,
            known: HashMap::new(),
        }
    }

    /// The zone in which a row's deadlines are said.
    pub(in crate::cli) fn zone(&mut self, row: &Listed) -> Tz {
        let place = (row.policy.clone(), row.office.clone());
        let Self { session, desk, .. } = self;
        *self.known.entry(place).or_insert_with(|| {
            desk.ruling(Some(&row.policy)).map_or_else(
                |_| session.zone(),
                |ruling| session.zone_of(&ruling, row.office.as_deref()),
            )
        })
    }
}
