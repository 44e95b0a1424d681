//! Making of what was decided what is written: the entries of the timeline in their chain, and the words by which
//! incidents are found.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender};

use chrono::{DateTime, Utc};

use super::writer::Sheet;
use crate::incident::{Incident, LooseCall, Recorded, Taken, TechRef};
use crate::store::chain::Hash;
use crate::store::timeline::{self, Entry, Stamp, Subject};
use crate::store::{StoreError, calls, incidents, row};

/// Pieces that are sent at once.
const AT_ONCE: usize = 128;

/// What is to be written, in this order.
pub(super) enum Piece {
    /// A step of an incident: its entries, each with what it takes of entitlements.
    Step {
        number: TechRef,
        all: Vec<(Arc<Recorded>, Vec<Taken>)>,
    },
    /// A call that led to no incident.
    Call {
        call: LooseCall,
        agent: String,
        at: DateTime<Utc>,
        now: DateTime<Utc>,
    },
    /// An incident in its last state, with its customer's name.
    State(Box<Incident>, String),
    /// So many incidents are made.
    Made(usize),
}

/// The way to whoever makes sheets of the pieces.
pub(super) struct Out {
    to: SyncSender<Vec<Piece>>,
    some: Vec<Piece>,
}

impl Out {
    pub(super) fn new(to: SyncSender<Vec<Piece>>) -> Self {
        Self {
            to,
            some: Vec::with_capacity(AT_ONCE),
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
        let some = std::mem::replace(&mut self.some, Vec::with_capacity(AT_ONCE));
        self.to.send(some).map_err(|_| StoreError::Stopped)
    }
}

/// Words of an incident, for the index.
pub(super) type Words = Vec<(u32, String)>;

/// An incident to which something may still be written.
#[derive(Default)]
struct Open {
    /// Where its steps begin.
    steps: Vec<i64>,
    /// The texts by which it is found.
    texts: Vec<String>,
}

/// An incident to which nothing is written any more.
struct Over {
    incident: Box<Incident>,
    steps: Vec<i64>,
    words: String,
}

/// Makes sheets of pieces.
pub(super) struct Clerk {
    /// The newest entry's place and hash.
    head: (i64, Hash),
    open: HashMap<TechRef, Open>,
    /// Incidents that are over while one before them is not: rows are written in the order of their numbers, so that each
    /// comes behind all that are there. How many these are does not depend on how many there are in all.
    over: BTreeMap<TechRef, Over>,
    /// The number that is written next.
    next: TechRef,
}

impl Clerk {
    /// One who goes on after the newest entry `head`, with incidents from the number `next` on.
    pub(super) fn new(head: (i64, Hash), next: TechRef) -> Self {
        Self {
            head,
            open: HashMap::new(),
            over: BTreeMap::new(),
            next,
        }
    }

    /// Makes sheets of all pieces that come.
    pub(super) fn work(
        mut self,
        pieces: Receiver<Vec<Piece>>,
        sheets: &SyncSender<Sheet>,
        words: &SyncSender<Words>,
    ) -> Result<(), StoreError> {
        for some in pieces {
            let (mut sheet, mut found) = (Sheet::of(some.len()), Words::new());
            for piece in some {
                self.take(piece, &mut sheet)?;
            }
            while let Some(over) = self.over.remove(&self.next) {
                let number = self.next;
                self.next = TechRef::new(number.sequence() + 1);
                sheet
                    .steps
                    .extend(over.steps.into_iter().map(|seq| (number, seq)));
                sheet.states.push(row::New::of(over.incident)?);
                found.push((number.sequence(), over.words));
            }
            sheets.send(sheet).map_err(|_| StoreError::Stopped)?;
            if !found.is_empty() {
                words.send(found).map_err(|_| StoreError::Stopped)?;
            }
        }
        Ok(())
    }

    fn take(&mut self, piece: Piece, sheet: &mut Sheet) -> Result<(), StoreError> {
        match piece {
            Piece::Step { number, all } => self.step(number, all, sheet)?,
            Piece::Call {
                call,
                agent,
                at,
                now,
            } => {
                let agent = &agent;
                let entry = calls::entry(self.head, &call, Stamp { agent, now }, at)?;
                self.append(entry, sheet);
            }
            Piece::State(incident, customer) => {
                let Open { steps, texts } =
                    self.open.remove(&incident.tech_ref).unwrap_or_default();
                let mut words = incidents::words_before(&incident, &customer);
                words.extend(texts);
                let over = Over {
                    steps,
                    words: words.join("\n"),
                    incident,
                };
                self.over.insert(over.incident.tech_ref, over);
            }
            Piece::Made(made) => sheet.made = Some(made),
        }
        Ok(())
    }

    fn step(
        &mut self,
        number: TechRef,
        all: Vec<(Arc<Recorded>, Vec<Taken>)>,
        sheet: &mut Sheet,
    ) -> Result<(), StoreError> {
        let subject = Subject {
            incident: Some(number),
            customer: None,
        };
        for (place, (recorded, taken)) in all.into_iter().enumerate() {
            let stamp = Stamp {
                agent: &recorded.agent,
                now: recorded.recorded_at,
            };
            let (at, event) = (recorded.at, &recorded.event);
            let mut entry = timeline::after(self.head, subject, stamp, at, event)?;
            let open = self.open.entry(number).or_default();
            open.texts.append(&mut entry.words.found_by);
            if place == 0 {
                open.steps.push(entry.seq);
            }
            sheet.besides.push((entry.seq, number, taken, recorded));
            self.append(entry, sheet);
        }
        Ok(())
    }

    fn append(&mut self, entry: Entry, sheet: &mut Sheet) {
        self.head = (entry.seq, entry.hash);
        sheet.entries.push(entry);
    }
}
