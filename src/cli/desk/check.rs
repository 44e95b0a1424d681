//! `holdline desk check`.

use std::sync::Arc;

use serde_json::json;

use crate::cli::progress::Progress;
use crate::cli::{Failure, Session};
use crate::store::{Access, Head, Watch};

/// Checks that the desk is what its timeline makes it.
///
/// The file itself, the chain of the timeline and its texts, each incident's state, money and units rebuilt from its
/// entries, one verdict a clock, and every running deadline computed anew. Exits 1 naming the first fault. It prints the
/// head of the timeline: kept elsewhere and given with --head later, it shows entries that were cut off the end.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline desk check
  holdline desk check --head 4711:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
pub struct Check {
    /// A head that was printed earlier: the entry at that place must still have that hash.
    #[arg(long, value_name = "N:HASH")]
    head: Option<Head>,
}

impl Check {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let desk = session.open(Access::Read)?;
        let bar = Progress::new("pages");
        let sound = desk.check_watched(
            self.head.as_ref(),
            &mut Watch::new(
                &mut |what, done, of| bar.show_of(what, done, of),
                &Arc::default(),
            ),
        )?;
        drop(bar);
        let head = sound.head.to_string();
        session.answer(
            &json!({
                "sound": true,
                "entries": sound.entries,
                "incidents": sound.incidents,
                "entitlements": sound.entitlements,
                "head": head,
            }),
            format_args!(
                "the desk is sound: {} entries, {} incidents, {} entitlements\nhead {head}",
                sound.entries, sound.incidents, sound.entitlements
            ),
        )
    }
}
