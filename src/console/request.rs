//! What the console asks of the desk, and what it gets back. The worker answers; screens only ask.

use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::call::CallId;
use crate::incident::{Command, Customer, CustomerId, MessageState, Query, TechRef};
use crate::report;
use crate::store::{
    CallerCard, Done, Dossier, FoundCustomer, Kin, Listed, OutboxMessage, Ruling, ShiftCall,
};

/// A question to the desk, or something to be done there.
#[derive(Debug, Clone)]
pub enum Request {
    /// Opens the desk; answered by [`Answer::Opened`] or [`Answer::NoDesk`].
    Open,
    /// Makes a new desk.
    Create(NewDeskChoice),
    /// A window of the queue.
    Queue(QueueWanted),
    /// An incident with everything around it.
    Dossier(TechRef),
    /// The other incidents of an incident's customer.
    Kin(TechRef),
    /// The open incidents that stand for a fault that many have.
    Faults,
    /// Messages in these states.
    Outbox(Vec<MessageState>),
    /// Customers that what was typed may mean.
    Callers(String),
    /// All that is known of a caller.
    Caller(CustomerId),
    /// Customers for their screen.
    Customers {
        /// What was typed; all by name when empty.
        typed: String,
        /// How many at most.
        limit: usize,
    },
    /// All that is known of a customer, for their screen.
    Card(CustomerId),
    /// The calls of the shift.
    Calls {
        /// When it began.
        from: DateTime<Utc>,
        /// How many of those that were made at most.
        limit: usize,
    },
    /// A new file with a text; answered as a change is.
    Write {
        /// Where.
        path: PathBuf,
        /// What it says.
        text: String,
        /// What it was for.
        tag: Tag,
    },
    /// Figures for the reports.
    Figures(report::Wanted),
    /// A change: all commands or none. `tag` comes back with the answer.
    Execute {
        /// The commands.
        commands: Vec<Command>,
        /// What they were for.
        tag: Tag,
        /// The revision that the agent has seen.
        if_revision: Option<u32>,
        /// When it happened, if earlier than now.
        at: Option<DateTime<Utc>>,
    },
}

/// Which desk to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NewDeskChoice {
    /// A sample desk with believable customers and incidents.
    Sample,
    /// An empty desk under this shipped policy, with these settings.
    Empty {
        /// The policy's name.
        policy: String,
        /// What its settings are.
        settings: std::collections::BTreeMap<String, String>,
    },
}

/// Which window of the queue.
#[derive(Debug, Clone)]
pub struct QueueWanted {
    /// Which incidents.
    pub query: Query,
    /// Grows with every question, so that a late answer to an older one is known.
    pub turn: u64,
    /// Which rows.
    pub page: Wanted,
    /// How many of them.
    pub limit: usize,
}

/// Which rows of the queue.
#[derive(Debug, Clone)]
pub enum Wanted {
    /// The first ones.
    First,
    /// The last ones.
    Last,
    /// Those after this one, to be put below what is there.
    After(Box<Listed>),
    /// Those before this one, to be put above what is there.
    Before(Box<Listed>),
    /// Those from this one on, in place of what is there.
    From(Box<Listed>),
}

/// What a change was for; tells the console how to go on after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tag {
    /// A step of this incident; the words say what was done.
    Step(TechRef, &'static str),
    /// Something that is no incident; the words say what was done.
    Edit(String),
    /// A step of a call's.
    Call(CallId, CallStep),
}

/// What the desk was asked for on a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallStep {
    /// The caller becomes a customer.
    Customer,
    /// A new incident.
    Log,
    /// A contact on an incident that exists.
    Continue(TechRef),
    /// The caller has the number.
    Given,
    /// Notes for the current incident; so many of the call's are then kept.
    Notes(usize),
    /// What hanging up still had to record.
    End,
}

/// What the desk answers.
pub enum Answer {
    /// The desk is open.
    Opened {
        /// Its name.
        name: String,
        /// Its policies, the first one first.
        rulings: Vec<Arc<Ruling>>,
        /// Who works there.
        agents: Vec<String>,
        /// Something to mind, such as a clock that stands before the newest entry.
        warning: Option<String>,
    },
    /// There is no desk at that path yet.
    NoDesk(PathBuf),
    /// A window of the queue.
    Queue {
        /// The turn that was asked.
        turn: u64,
        /// Which rows they are.
        page: Wanted,
        /// The rows.
        rows: Vec<Listed>,
        /// Whether as many as were wanted were found.
        full: bool,
        /// How many there are in all, counted up to [`MOST_COUNTED`].
        count: usize,
    },
    /// An incident with everything around it.
    Dossier(Box<Dossier>),
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
    },
    /// Customers that what was typed may mean.
    Callers {
        /// What was typed.
        typed: String,
        /// The customers.
        found: Vec<FoundCustomer>,
    },
    /// All that is known of a caller.
    Caller(Box<CallerCard>),
    /// Customers for their screen.
    Customers {
        /// What was typed.
        typed: String,
        /// How many were asked for at most.
        limit: usize,
        /// The customers.
        found: Vec<Customer>,
    },
    /// All that is known of a customer, for their screen.
    Card(Box<CallerCard>),
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
    },
    /// A change was refused, and nothing was changed.
    Refused {
        /// What it was for.
        tag: Tag,
        /// Why, in words for the agent.
        reason: String,
    },
    /// Another program changed the desk.
    Changed {
        /// Its policies with their hours as they are now, the first one first.
        rulings: Vec<Arc<Ruling>>,
        /// Who works there now.
        agents: Vec<String>,
    },
    /// Something could not be read; the console goes on.
    Failed(String),
    /// The desk cannot be used: the console ends.
    Lost(String),
}

/// Counts go up to here; beyond, there are "more than" so many.
pub const MOST_COUNTED: usize = 9_999;
