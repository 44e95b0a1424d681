//! `holdline closure list`.

use super::view::{ClosureView, span};
use crate::cli::table::Table;
use crate::cli::{Failure, Session};
use crate::store::Access;

/// Lists closures and extra openings that are still to end, by their beginning.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline closure list
  holdline closure list --past --json")]
pub(super) struct List {
    /// Those that have ended or were removed, too.
    #[arg(long)]
    past: bool,
}

impl List {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        session.open(Access::Read)?.still(|desk| {
            let mut closures = desk.closures()?;
            let ahead = |to| to > session.now();
            closures.retain(|c| self.past || (c.removed_at.is_none() && ahead(c.exception.to)));
            if session.json() {
                let views: Vec<ClosureView> = closures.iter().map(ClosureView::of).collect();
                return session.answer(&views, "");
            }
            if closures.is_empty() {
                return session.print("No closure or extra opening is ahead");
            }
            let headings = ["NO", "WHAT", "HOURS OF", "WHEN", "REASON"];
            let mut table = Table::new(headings, session.columns());
            for closure in &closures {
                let view = ClosureView::of(closure);
                table.row([
                    closure.id.to_string(),
                    view.what().to_owned(),
                    closure.reach.to_string(),
                    span(closure, session.zone()),
                    closure.exception.reason.clone(),
                ]);
            }
            session.print_table(&table)
        })
    }
}
