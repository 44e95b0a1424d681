//! `holdline customer export`.

use std::fs;
use std::path::PathBuf;

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::{Listed, Owned, owned_by};
use crate::cli::view::{Viewer, Whole};
use crate::cli::{Failure, Session};
use crate::store::{Access, Drawn, Entry, HeldFile};

/// Writes everything that the desk holds about a customer, as JSON.
///
/// Who it is and its people, what it bought with every use of that, its incidents as `show --json` has them, and every
/// entry of the timeline that is about it, with all texts: notes, calls, mail, messages, changes. What `customer erase`
/// would erase is in here. Of a PIN it says only whether there is one: that is kept as a hash. Files that came with mail
/// are named by their SHA-256; --files copies them.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline customer export C-0001 > blue-fern.json
  holdline customer export \"Blue Fern\" --files blue-fern-files > blue-fern.json")]
pub(super) struct Export {
    /// The customer's name or code.
    #[arg(value_name = "NAME-or-CODE")]
    customer: String,
    /// Copies the files that came with its mail into this folder, which is made, each under its SHA-256.
    #[arg(long, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    files: Option<PathBuf>,
}

#[derive(Serialize)]
struct Exported<'a> {
    desk: String,
    exported_at: DateTime<Utc>,
    customer: Listed<'a>,
    pin: bool,
    entitlements: Vec<Used>,
    incidents: Vec<Whole>,
    entries: Vec<Entry>,
    files: Vec<HeldFile>,
}

/// What a customer bought, with every use of it.
#[derive(Serialize)]
struct Used {
    #[serde(flatten)]
    owned: Owned,
    uses: Vec<Drawn>,
}

impl Export {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let now = session.now();
        session.open(Access::Read)?.still(|desk| {
            let customer = desk.customer_named(&self.customer)?;
            let ruling = desk.ruling(customer.policy.as_deref())?;
            let holding = desk.holding(customer.id)?;
            let uses = |owned: Owned| {
                let uses = desk.ledger(owned.id(), DateTime::<Utc>::MAX_UTC)?;
                Ok(Used { owned, uses })
            };
            let owned = owned_by(&ruling.policy, &desk.entitlements(customer.id)?);
            let viewer = Viewer::new(desk, now);
            let incidents = holding.incidents.iter().map(|number| viewer.whole(*number));
            let exported = Exported {
                desk: desk.name()?,
                exported_at: now,
                pin: desk.has_pin(customer.id)?,
                entitlements: owned
                    .into_iter()
                    .map(uses)
                    .collect::<Result<_, Failure>>()?,
                incidents: incidents.collect::<Result<_, _>>()?,
                entries: holding.entries,
                files: holding.files,
                customer: Listed::of(&customer),
            };
            if let Some(folder) = &self.files {
                let failed = |error| Failure::Input(format!("{}: {error}", folder.display()));
                fs::create_dir_all(folder).map_err(failed)?;
                for file in &exported.files {
                    let kept = desk.file_path(&file.hash);
                    fs::copy(&kept, folder.join(&file.hash)).map_err(failed)?;
                }
            }
            session.print_pretty(&exported)
        })
    }
}
