//! Writing down what was decided.

use std::sync::mpsc::{Receiver, SyncSender};

use chrono::{DateTime, Utc};
use rusqlite::Connection;

use crate::incident::{Incident, LooseCall, Recorded, Taken, TechRef};
use crate::store::timeline::{Stamp, Subject};
use crate::store::{StoreError, calls, incidents, timeline, undo};

/// Pieces that are sent at once.
const AT_ONCE: usize = 256;

/// What is to be written, in this order.
pub(super) enum Piece {
    /// A step of an incident: its entries, each with what it takes of entitlements.
    Step {
        number: TechRef,
        all: Vec<(Recorded, Vec<Taken>)>,
    },
    /// A call that led to no incident.
    Call {
        call: LooseCall,
        agent: String,
        at: DateTime<Utc>,
        now: DateTime<Utc>,
    },
    /// An incident in its last state.
    State(Box<Incident>),
    /// So many incidents are made.
    Made(usize),
}

/// The way to whoever writes.
pub(super) struct Out {
    to: SyncSender<Vec<Piece>>,
    some: Vec<Piece>,
}

impl Out {
    pub(super) fn new(to: SyncSender<Vec<Piece>>) -> Self {
        Self {
            to,
            some: Vec::new(),
        }
    }

    pub(super) fn put(&mut self, piece: Piece) -> Result<(), StoreError> {
        self.some.push(piece);
        match self.some.len() >= AT_ONCE {
            true => self.send(),
            false => Ok(()),
        }
    }

    pub(super) fn end(mut self) -> Result<(), StoreError> {
        self.send()
    }

    /// Nobody takes it any more where the writing has ended.
    fn send(&mut self) -> Result<(), StoreError> {
        let some = std::mem::take(&mut self.some);
        self.to.send(some).map_err(|_| StoreError::Stopped)
    }
}

/// Words of an incident, for the index.
pub(super) type Words = Vec<(u32, String)>;

/// Writes all that comes, and passes the words of every incident on; `progress` says whether to go on.
pub(super) fn write(
    connection: &Connection,
    pieces: Receiver<Vec<Piece>>,
    words: SyncSender<Words>,
    progress: &mut dyn FnMut(usize) -> bool,
) -> Result<(), StoreError> {
    let transaction = connection.unchecked_transaction()?;
    let mut head = timeline::head(connection)?;
    for some in pieces {
        let mut found = Words::new();
        for piece in some {
            match piece {
                Piece::Step { number, all } => step(connection, &mut head, number, &all)?,
                Piece::Call {
                    call,
                    agent,
                    at,
                    now,
                } => {
                    let agent = &agent;
                    calls::record(connection, &call, Stamp { agent, now }, at)?;
                    head = timeline::head(connection)?;
                }
                Piece::State(incident) => {
                    incidents::save(connection, &incident)?;
                    let number = incident.tech_ref.sequence();
                    found.push((number, incidents::words(connection, &incident)?));
                }
                Piece::Made(made) if !progress(made) => return Err(StoreError::Stopped),
                Piece::Made(_) => {}
            }
        }
        if !found.is_empty() {
            words.send(found).map_err(|_| StoreError::Stopped)?;
        }
    }
    // There is nothing more to be indexed.
    drop(words);
    Ok(transaction.commit()?)
}

fn step(
    connection: &Connection,
    head: &mut (i64, [u8; 32]),
    number: TechRef,
    all: &[(Recorded, Vec<Taken>)],
) -> Result<(), StoreError> {
    let subject = Subject {
        incident: Some(number),
        customer: None,
    };
    for (place, (entry, taken)) in all.iter().enumerate() {
        let stamp = Stamp {
            agent: &entry.agent,
            now: entry.recorded_at,
        };
        let (at, event) = (entry.at, &entry.event);
        let appended = timeline::append_after(connection, *head, subject, stamp, at, event)?;
        *head = (appended.seq, appended.hash);
        if place == 0 {
            undo::begin(connection, number, appended.seq)?;
        }
        incidents::besides(connection, appended.seq, number, taken, entry)?;
    }
    Ok(())
}
