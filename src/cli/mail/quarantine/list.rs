//! `holdline mail quarantine list`.

use super::show::View;
use crate::cli::table::Table;
use crate::cli::{Failure, Session};
use crate::incident::{MailState, day_and_time};
use crate::store::Access;

/// Lists mail that came in, what waits in quarantine unless other is asked for.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline mail quarantine list
  holdline mail quarantine list --state dismissed
  holdline mail quarantine list --all --limit 200 --json")]
pub struct List {
    /// In this state; may be given several times.
    #[arg(long = "state", value_enum, value_name = "STATE")]
    states: Vec<MailState>,
    /// In any state: all mail that came in.
    #[arg(long, conflicts_with = "states")]
    all: bool,
    /// At most this many, the newest first.
    #[arg(long, value_name = "N", default_value_t = 50)]
    limit: usize,
}

impl List {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let states = match (self.all, self.states.is_empty()) {
            (true, _) => Vec::new(),
            (false, true) => vec![MailState::Waiting],
            (false, false) => self.states,
        };
        let desk = session.open(Access::Read)?;
        let found = desk.arrived(&states, self.limit)?;
        if session.json() {
            let views: Vec<View> = found
                .into_iter()
                .map(|mail| View::of(mail, &desk))
                .collect();
            return session.print_json(&views);
        }
        let headings = [
            "MAIL", "STATE", "CAME", "FROM", "SUBJECT", "INCIDENT", "WHY",
        ];
        let mut table = Table::new(headings, session.columns());
        for mail in found {
            table.row([
                mail.id.to_string(),
                mail.state.word().to_owned(),
                day_and_time(mail.arrival.delivered_at, session.now(), session.zone()),
                mail.arrival.sender.unwrap_or_default(),
                mail.arrival.subject,
                mail.incident
                    .map(|number| number.to_string())
                    .unwrap_or_default(),
                mail.dismissed.or(mail.reason).unwrap_or_default(),
            ]);
        }
        session.print_table(&table)
    }
}
