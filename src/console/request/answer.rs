//! What the worker answers.

use std::path::PathBuf;
use std::sync::Arc;

use super::{Owner, QueueFound, Tag, Waiting};
use crate::config::View;
use crate::console::bulk::Outcome;
use crate::console::live::{Seen, Then};
use crate::incident::{Alarm, Customer, MessageState, TechRef, Vocabulary};
use crate::report::{self, Handover};
use crate::store::{
    CallerCard, Correspondence, Done, Dossier, FoundCustomer, Kin, Likely, Listed, LiveCall, Named,
    OutboxMessage, Ruling, ShiftCall, StoreError,
};

/// What is known of the desk as a whole.
pub struct DeskInfo {
    /// Its name.
    pub name: String,
    /// Its policies with their hours as they are now, the first one first.
    pub rulings: Vec<Arc<Ruling>>,
    /// Who works there.
    pub agents: Vec<String>,
    /// The names that a query may say.
    pub words: Vocabulary,
    /// The correspondence that waits.
    pub mail: Correspondence,
}

/// What the desk answers.
pub enum Answer {
    /// The desk is open.
    Opened {
        /// What is known of it.
        desk: Box<DeskInfo>,
        /// Who sits at the console.
        agent: String,
        /// Who the timeline names for what they do.
        recorded_agent: String,
        /// As whom this user of the system acted last, where that is somebody else.
        acted_as: Option<String>,
        /// Something to mind, such as a clock that stands before the newest entry.
        warning: Option<String>,
    },
    /// There is no desk at that path yet.
    NoDesk(PathBuf),
    /// A window of the queue.
    Queue(Box<QueueFound>),
    /// An incident with everything around it.
    Dossier(Box<Dossier>),
    /// Incidents with everything around them, for the keys to come.
    Ahead(Vec<Dossier>),
    /// The other incidents of an incident's customer.
    Kin {
        /// The incident.
        of: TechRef,
        /// The others.
        others: Vec<Kin>,
    },
    /// The open incidents that stand for a fault that many have.
    Faults(Vec<Listed>),
    /// The newest messages in these states.
    Outbox {
        /// The states.
        states: Vec<MessageState>,
        /// The messages.
        rows: Vec<OutboxMessage>,
        /// All that waits.
        mail: Correspondence,
    },
    /// The newest mail that waits in quarantine.
    Quarantine {
        /// The mail.
        waiting: Vec<Waiting>,
        /// All that waits.
        mail: Correspondence,
    },
    /// What commands would do, in words.
    Foreseen(String),
    /// Customers and incidents that what was typed may mean.
    Callers {
        /// What was typed.
        typed: String,
        /// The customers.
        found: Vec<FoundCustomer>,
        /// The incidents.
        named: Vec<Named>,
    },
    /// Customers that an incident might be of instead.
    Owners {
        /// What was typed.
        typed: String,
        /// The customers, with what they bought or were granted.
        found: Vec<Owner>,
    },
    /// Customers that a new one may be already.
    Likely(Vec<Likely>),
    /// All that is known of a caller.
    Caller(Box<CallerCard>),
    /// Customers for their screen.
    Customers {
        /// What was typed.
        typed: String,
        /// How many were asked for at most.
        limit: usize,
        /// The customers.
        found: Vec<FoundCustomer>,
    },
    /// All that is known of a customer, for their screen.
    Card(Box<CallerCard>),
    /// What became of several incidents, or would.
    Bulk {
        /// What was to be done.
        what: &'static str,
        /// What became of each.
        outcomes: Vec<Outcome>,
        /// Whether it is done, rather than only tried.
        kept: bool,
    },
    /// What the next shift must know.
    Handover(Box<Handover>),
    /// The calls of the shift.
    Calls {
        /// How many were asked for at most.
        limit: usize,
        /// The calls.
        calls: Vec<ShiftCall>,
    },
    /// Figures for the reports.
    Figures {
        /// What was asked for.
        wanted: report::Wanted,
        /// The figures.
        sections: Vec<report::Section>,
    },
    /// A change is on the disk.
    Done {
        /// What it was for.
        tag: Tag,
        /// What each command did.
        done: Vec<Done>,
        /// The incidents on whose timelines something was written by it.
        touched: Vec<TechRef>,
    },
    /// A change was refused, and nothing was changed.
    Refused {
        /// What it was for.
        tag: Tag,
        /// Why, in words for the agent.
        reason: String,
        /// The customer as it is now, where that is why.
        now: Option<Box<Customer>>,
    },
    /// Another program changed the desk: what is known of it now.
    Changed(Box<DeskInfo>),
    /// Clocks of the agent's that have entered their last quarter, or are missed, since it was last looked.
    Alarms(Vec<Alarm>),
    /// A view was added to the agent's settings.
    ViewKept(View),
    /// A view of the agent's own is called otherwise, or there no more.
    ViewChanged {
        /// What it was called.
        name: String,
        /// What it is called now.
        to: Option<String>,
    },
    /// What is alive beside the desk.
    Live(Box<Seen>),
    /// The calls that are kept: which of the console's each is, and its number.
    Kept(Vec<(u64, i64)>),
    /// Calls cannot be kept; the console goes on.
    Unkept(String),
    /// A call that was asked for.
    Claimed {
        /// Its number.
        id: i64,
        /// Which call of this console it becomes.
        place: u64,
        /// How it comes in.
        then: Then,
        /// The call; where another console was faster, whose it is, if it still is anybody's.
        found: Result<Box<LiveCall>, Option<String>>,
    },
    /// A call of this console is another agent's now.
    Handed {
        /// Which of this console's calls it was.
        place: u64,
        /// Whose it is.
        to: String,
    },
    /// Something to be said that was not asked for: somebody is at work that takes long, a hook has failed.
    Aside(String),
    /// The backup of the day was made, or need not be.
    Backup {
        /// What is wrong with the newest one.
        old: Option<String>,
        /// Why none could be made.
        failed: Option<String>,
    },
    /// Something could not be read; the console goes on.
    Failed(String),
    /// The desk cannot be used: the console ends.
    Lost(String),
}

impl Answer {
    /// Why the desk did not do something.
    pub fn refused(tag: Tag, error: StoreError) -> Self {
        Self::Refused {
            tag,
            reason: error.to_string(),
            now: match error {
                StoreError::Differs { customer, .. } => Some(customer),
                _ => None,
            },
        }
    }

    /// How something went that is no command: what is said of it, or why it was not done.
    pub fn told(result: Result<String, String>) -> Self {
        match result {
            Ok(words) => Self::Done {
                tag: Tag::Edit(words),
                done: Vec::new(),
                touched: Vec::new(),
            },
            Err(reason) => Self::Refused {
                tag: Tag::Edit(String::new()),
                reason,
                now: None,
            },
        }
    }
}
