//! What the console asks of the desk, and what it gets back. The worker answers; screens only ask.

use std::path::PathBuf;

use chrono::{DateTime, Utc};

use super::bulk::Item;
use super::call::CallId;
use super::live::Then;
use crate::incident::{
    Attached, Command, Customer, CustomerId, Entitlement, MessageId, MessageState, NewCustomer,
    Query, RegisterMail, TechRef,
};
use crate::mail::Carrier;
use crate::report;
use crate::store::{Arrived, Kept, Listed, Ring};

mod answer;
pub use answer::{Answer, DeskInfo};

/// A question to the desk, or something to be done there.
#[derive(Debug, Clone)]
pub enum Request {
    /// Opens the desk; answered by [`Answer::Opened`] or [`Answer::NoDesk`].
    Open,
    /// Makes a new desk.
    Create(NewDeskChoice),
    /// This agent sits at the console; answered as the desk is opened.
    Sit {
        /// The name.
        agent: String,
        /// They are added to those who work here.
        is_new: bool,
    },
    /// A window of the queue.
    Queue(QueueWanted),
    /// An incident with everything around it.
    Dossier(TechRef),
    /// Incidents with everything around them, for the keys to come; those that cannot be read are left out.
    Ahead(Vec<TechRef>),
    /// The other incidents of an incident's customer.
    Kin(TechRef),
    /// The open incidents that stand for a fault that many have.
    Faults,
    /// The newest messages in these states.
    Outbox {
        /// The states.
        states: Vec<MessageState>,
        /// At most so many.
        most: usize,
    },
    /// The newest mail that waits in quarantine, at most so much of it.
    Quarantine(usize),
    /// The hours as they are now; answered by [`Answer::Changed`].
    Hours,
    /// What these commands would do to the deadlines.
    Rehearse(Vec<Command>),
    /// Messages are handed over; answered as a change is.
    Send {
        /// Which.
        which: Outgoing,
        /// From whom; from the policy's role when absent.
        from: Option<String>,
        /// To what.
        carrier: Carrier,
    },
    /// A message becomes a file as mail programs read it; answered as a change is.
    WriteMessage {
        /// The message.
        id: MessageId,
        /// Where.
        path: PathBuf,
        /// From whom; from the policy's role when absent.
        from: Option<String>,
    },
    /// Files that came with mail are written into a folder; answered as a change is.
    WriteFiles {
        /// The files.
        files: Vec<Attached>,
        /// The folder.
        folder: PathBuf,
    },
    /// A mail is taken out of quarantine; answered as a change is.
    Register {
        /// The name or code of its customer, whose number is filled in.
        customer: String,
        /// The rest.
        register: Box<RegisterMail>,
    },
    /// Customers and incidents that what was typed may mean.
    Callers {
        /// What was typed.
        typed: String,
        /// The numbers of such incidents.
        numbers: Vec<TechRef>,
    },
    /// Customers that an incident might be of instead, by what was typed.
    Owners(String),
    /// Customers that a new one may be already.
    Likely(NewCustomer),
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
    /// Changes of several incidents, each by itself: what a rule refuses is told, and does not stop the others.
    Bulk {
        /// What they do, in words.
        what: &'static str,
        /// The incidents with their commands.
        items: Vec<Item>,
        /// Whether it is done, rather than only tried.
        keep: bool,
    },
    /// What the next shift must know.
    Handover,
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
    },
    /// A view of the queue is added to the agent's settings.
    KeepView {
        /// What it is called.
        name: String,
        /// What it asks for.
        query: String,
    },
    /// A view of the agent's own gets another name, or is taken out of the settings.
    ChangeView {
        /// What it is called.
        name: String,
        /// What it is called from now on; nothing takes it out.
        to: Option<String>,
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
    /// What is alive beside the desk.
    Live,
    /// Calls of this console as they are now, and those that are over.
    Keep {
        /// The calls.
        calls: Vec<Kept>,
        /// Which are over.
        over: Vec<u64>,
        /// What is typed into forms, where that has changed; nothing where nothing is.
        drafts: Option<Option<String>>,
    },
    /// A call that no console holds.
    Claim {
        /// Its number.
        id: i64,
        /// Which call of this console it becomes.
        place: u64,
        /// How it comes in.
        then: Then,
    },
    /// What rings is answered here.
    Answer {
        /// What rings.
        ring: Ring,
        /// Which call of this console it becomes.
        place: u64,
    },
    /// A call of this console is handed to another agent.
    Hand {
        /// Which of this console's calls it is.
        place: u64,
        /// Its number.
        id: i64,
        /// To whom.
        to: String,
    },
    /// The incident that is open here, for the others to see.
    LookAt(Option<TechRef>),
    /// A call that was cut off is discarded: first these commands are carried out.
    Discard {
        /// Its number.
        id: i64,
        /// What is recorded of it.
        commands: Vec<Command>,
        /// When it happened.
        at: Option<DateTime<Utc>>,
        /// Comes back with the answer.
        tag: Tag,
    },
}

impl Request {
    /// Whether it changes something, so that a newer one of its kind does not stand for it.
    pub fn changes(&self) -> bool {
        matches!(
            self,
            Self::Execute { .. }
                | Self::Bulk { .. }
                | Self::Send { .. }
                | Self::Write { .. }
                | Self::KeepView { .. }
                | Self::ChangeView { .. }
                | Self::WriteMessage { .. }
                | Self::WriteFiles { .. }
                | Self::Register { .. }
                | Self::Open
                | Self::Create(_)
                | Self::Sit { .. }
                | Self::Keep { .. }
                | Self::Claim { .. }
                | Self::Answer { .. }
                | Self::Hand { .. }
                | Self::Discard { .. }
        )
    }

    /// Whether a frame that was drawn before the answer would lack something: not where that is in `hand`, or does not
    /// show.
    pub fn fills_the_frame(&self, hand: Option<TechRef>) -> bool {
        match self {
            Self::Dossier(number) => hand != Some(*number),
            Self::Ahead(_) | Self::Keep { .. } | Self::LookAt(_) => false,
            _ => true,
        }
    }

    /// Whether the answer to this question stands for that to an older one. A caller's card is read for one call, while
    /// another caller's is wanted for another.
    pub fn supersedes(&self, older: &Self) -> bool {
        match (self, older) {
            (Self::Caller(one), Self::Caller(other)) => one == other,
            _ => std::mem::discriminant(self) == std::mem::discriminant(older),
        }
    }
}

/// Which messages are sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outgoing {
    /// This one, also where it failed before.
    One(MessageId),
    /// All that are queued.
    AllQueued,
}

/// A mail that waits in quarantine.
#[derive(Debug, Clone, PartialEq)]
pub struct Waiting {
    /// The mail.
    pub mail: Arrived,
    /// The whole of it in words, with why it waits and where its files lie.
    pub words: String,
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
        /// Who makes it, and works there.
        agent: String,
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
    /// The selected incident, which is shown also where it is none of them.
    pub selected: Option<TechRef>,
}

/// A window of the queue, as it was found.
pub struct QueueFound {
    /// The turn that was asked.
    pub turn: u64,
    /// Which rows they are.
    pub page: Wanted,
    /// The rows.
    pub rows: Vec<Listed>,
    /// Whether as many as were wanted were found.
    pub full: bool,
    /// How many there are in all, counted up to [`MOST_COUNTED`]; none where only more rows of them were wanted.
    pub count: Option<usize>,
    /// The selected incident as it is now, where it is none of the rows.
    pub apart: Option<Listed>,
    /// Why nothing was found, where a name in the query is nobody's.
    pub unknown: Option<String>,
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
    /// Those that are there, as they are now.
    These(Vec<TechRef>),
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

/// Whose an incident is, or might be: what a rule looks at.
#[derive(Debug, Clone)]
pub struct Owner {
    /// The customer.
    pub customer: Customer,
    /// What it bought or was granted, with what is left.
    pub entitlements: Vec<Entitlement>,
}

/// Counts go up to here; beyond, there are "more than" so many.
pub const MOST_COUNTED: usize = 9_999;
