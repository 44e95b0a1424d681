//! `holdline desk compact`.

use serde_json::json;

use super::bytes;
use crate::cli::{Failure, Session};
use crate::store::Access;

/// Makes the desk's file as small as what it holds, and its search indexes anew.
///
/// Others read on; what they write waits, and says for whom. It needs room for a second desk on the disk while it runs.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline desk compact")]
pub struct Compact {}

impl Compact {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let desk = session.open(Access::Write)?;
        let before = desk.info()?.size;
        desk.compact(&session.agent())?;
        let after = desk.info()?.size;
        session.answer(
            &json!({"bytes_before": before, "bytes": after}),
            format_args!("compacted: {} before, {} now", bytes(before), bytes(after)),
        )
    }
}
