//! `holdline mail list`.

use crate::cli::list::{MOST_MORE, more_in_words};
use crate::cli::table::Table;
use crate::cli::{Failure, Session};
use crate::incident::{MessageState, day_and_time};
use crate::store::{Access, OutboxQuery};

use super::show::View;

/// Lists messages of the outbox, those that wait to be sent unless others are asked for.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline mail list
  holdline mail list --state sent --state dropped --limit 200
  holdline mail list 10001-4 --all")]
pub struct List {
    /// Of this incident alone.
    #[arg(value_name = "REF")]
    tech_ref: Option<String>,
    /// In this state; may be given several times; queued and failed without it.
    #[arg(long = "state", value_enum, value_name = "STATE")]
    states: Vec<MessageState>,
    /// In any state.
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
            (false, true) => vec![MessageState::Queued, MessageState::Failed],
            (false, false) => self.states,
        };
        let number = |text: &String| session.number(text);
        let query = OutboxQuery {
            states,
            incident: self.tech_ref.as_ref().map(number).transpose()?,
        };
        let desk = session.open(Access::Read)?;
        let messages = desk.outbox(&query, self.limit)?;
        if session.json() {
            let views: Vec<View> = messages.into_iter().map(View::of).collect();
            return session.print_json(&views);
        }
        let headings = [
            "MESSAGE", "STATE", "FOR", "SINCE", "CUSTOMER", "TO", "SUBJECT",
        ];
        let mut table = Table::new(headings, session.columns());
        for message in messages {
            table.row([
                message.id.to_string(),
                message.state.word().to_owned(),
                message.occasion.word().to_owned(),
                day_and_time(message.queued_at, session.now(), session.zone()),
                message.customer,
                message.wording.to.to_string(),
                message.wording.subject,
            ]);
        }
        session.print_table(&table)?;
        let most = self.limit.saturating_add(MOST_MORE + 1);
        let more = desk.outbox_count(&query, most)?.saturating_sub(self.limit);
        if more > 0 {
            session.note(more_in_words(more, self.limit));
        }
        Ok(())
    }
}
