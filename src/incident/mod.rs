//! An incident's life: command + state + policy + now -> events -> state.
//!
//! [`decide()`] turns a [`Step`] into events or a [`Refusal`]; [`Incident::apply`] folds events into state. Nothing here
//! reads a clock, a file or a terminal.

mod acting;
mod alarm;
mod apply;
mod arrival;
mod balance;
mod card;
mod clock;
mod closure;
mod command;
mod count;
mod debts;
mod decide;
mod describe;
pub mod entitled;
mod event;
mod explain;
mod gate;
mod intake;
mod ledger;
mod merging;
mod message;
mod moved;
mod number;
mod people;
mod pin;
mod query;
mod queue;
mod receipt;
mod refusal;
mod remaining;
mod running;
mod spoken;
mod state;
mod struck;
mod timer;
mod undo;
mod usual;

pub use acting::{acting, acting_in_words};
pub use alarm::{Alarm, alarms};
pub use arrival::{Arrival, Attached, MailId, MailIn, MailState, Sender, tokens};
pub use balance::{LedgerEntry, Taken, draw, taken};
pub use card::{
    may_hold_cards, refuse_cards, refuse_cards_in, with_cards_starred, without_cards,
    without_cards_in,
};
pub use clock::{Clock, ClockKind, ClockState, Ending, Pause, Stopped, whole};
pub use closure::{Closure, ClosureId, Moved, Reach, closure_name};
pub use command::*;
pub use count::{Recounted, recount};
pub use debts::debts;
pub use decide::*;
pub use describe::{describe, describe_as, describe_in, kind_in_words, unwritten_in_words};
pub use event::{
    Contacted, Edited, Event, MessageFailed, NoteKind, Opened, Recorded, Resumed, TEXTS, TimeTaken,
    Way,
};
pub use explain::explain;
pub use gate::{emergency_asked_in_words, emergency_in_words};
pub use intake::{AskedFor, asked_at_intake, asked_of_the_same};
pub use ledger::{Halt, Ledger, Move, ledgers};
pub use message::{
    Addresses, Message, MessageId, MessageState, Outgoing, Wording, sendable, tried_again_at,
};
pub use moved::{cover_taken, money_moved};
pub use number::{FIRST, NumberError, TechRef};
pub use people::{Contact, Customer, CustomerId, ERASED, Entitlement, EntitlementId};
pub use pin::{Pin, PinCheck, next_try};
pub use query::{Property, Query, QueryError, Scope, Span, Term, Vocabulary};
pub use queue::{queue_key, without_clock};
pub use receipt::{Receipt, receipt};
pub use refusal::{Refusal, RefusalKind, in_utc, on_clock, with_instants};
pub use remaining::{
    Remaining, date_and_time, day_and_time, day_with_date, days_in_words, full_instant,
    hours_in_words,
};
pub use running::{CallPart, RunningCall, turn};
pub use spoken::spoken;
pub use state::*;
pub use struck::{is_off_call, steps_before_call};
pub use timer::Timer;
pub use undo::{standing, taken_back};
pub use usual::usual_channel;
