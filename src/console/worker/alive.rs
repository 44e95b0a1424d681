//! The worker's side of what is alive beside the desk. The file may go away at any moment, and is made anew then.

use std::time::{Duration, Instant};

use super::Worker;
use crate::console::live::{Seen, Then};
use crate::console::request::{Answer, Request};
use crate::incident::RunningCall;
use crate::store::{Kept, Live, LiveCall, Ring, SessionId, StoreError};

/// How often the console gives a sign of life.
const BREATH: Duration = Duration::from_secs(10);

/// The file, and what of it the console has seen.
#[derive(Default)]
pub(super) struct Alive {
    live: Option<Live>,
    session: SessionId,
    seen: i64,
    breathed: Option<Instant>,
    /// What consoles of this agent that have gone left typed into forms, not told yet.
    left: Vec<String>,
}

/// A call that this console got, else whose it is.
fn found_or_whose(
    live: &Live,
    id: i64,
    found: Option<LiveCall>,
) -> Result<Result<Box<LiveCall>, Option<String>>, StoreError> {
    Ok(match found {
        Some(found) => Ok(Box::new(found)),
        None => Err(live.whose(id)?),
    })
}

impl Worker {
    /// The file, opened again where it has gone.
    fn live(&mut self) -> Result<&mut Live, StoreError> {
        let now = self.clock().now();
        let alive = &mut self.alive;
        let live = match alive.live.take().filter(|live| !live.is_gone()) {
            Some(live) => live,
            None => {
                let mut live = Live::open(&self.start.desk)?;
                let left = live.enter(alive.session, &self.start.agent, now)?;
                alive.left.extend(left);
                alive.breathed = Some(Instant::now());
                alive.seen = live.version_seen()?;
                live
            }
        };
        Ok(alive.live.insert(live))
    }

    /// Answers what is about the file.
    pub(super) fn answer_alive(&mut self, request: Request) -> Answer {
        let answer = match request {
            Request::Keep {
                calls,
                over,
                drafts,
            } => self.keep(&calls, &over, drafts.as_ref()),
            Request::Claim { id, place, then } => {
                let (session, agent) = (self.alive.session, self.start.agent.clone());
                let found = self.live().and_then(|live| {
                    let found = live.claim(id, session, &agent, place)?;
                    found_or_whose(live, id, found)
                });
                found.map(|found| Answer::Claimed {
                    id,
                    place,
                    then,
                    found,
                })
            }
            Request::Answer { ring, place } => self.answer_ring(&ring, place),
            Request::Hand { place, id, to } => self.hand(place, id, to),
            Request::LookAt(incident) => {
                let (session, now) = (self.alive.session, self.clock().now());
                let looked = self
                    .live()
                    .and_then(|live| live.look_at(session, incident, now));
                looked.map(|()| Answer::Kept(Vec::new()))
            }
            _ => self.seen_alive(),
        };
        answer.unwrap_or_else(|error| Answer::Unkept(error.to_string()))
    }

    fn seen_alive(&mut self) -> Result<Answer, StoreError> {
        let (session, now) = (self.alive.session, self.clock().now());
        let live = self.live()?;
        let (calls, others) = (live.calls()?, live.others(session)?);
        let (mark, rings) = (live.mark(), live.rings(now)?);
        let who = |ring: Ring| match &self.desk {
            Some(desk) => Ok((desk.who_rings(&ring.number)?.in_words(), ring)),
            None => Ok((String::new(), ring)),
        };
        let rings = rings.into_iter().map(who);
        let rings: Vec<(String, Ring)> = rings.collect::<Result<_, StoreError>>()?;
        Ok(Answer::Live(Box::new(Seen {
            session,
            mark,
            calls,
            rings: rings.into_iter().map(|(who, ring)| (ring, who)).collect(),
            others,
            left: std::mem::take(&mut self.alive.left),
        })))
    }

    fn answer_ring(&mut self, ring: &Ring, place: u64) -> Result<Answer, StoreError> {
        let (session, agent) = (self.alive.session, self.start.agent.clone());
        let now = self.clock().now();
        let caller = match &self.desk {
            Some(desk) => desk.who_rings(&ring.number)?.call(),
            None => RunningCall::default(),
        };
        let live = self.live()?;
        let found = match live.answer(ring, &agent, caller, now)? {
            true => live.claim(ring.id, session, &agent, place)?,
            false => None,
        };
        Ok(Answer::Claimed {
            id: ring.id,
            place,
            then: Then::Answered,
            found: found_or_whose(live, ring.id, found)?,
        })
    }

    fn hand(&mut self, place: u64, id: i64, to: String) -> Result<Answer, StoreError> {
        let (by, now) = (self.start.agent.clone(), self.clock().now());
        self.live()?.hand(id, &to, &by, now)?;
        Ok(Answer::Handed { place, to })
    }

    fn keep(
        &mut self,
        calls: &[Kept],
        over: &[u64],
        drafts: Option<&Option<String>>,
    ) -> Result<Answer, StoreError> {
        let (session, agent) = (self.alive.session, self.start.agent.clone());
        let now = self.clock().now();
        let live = self.live()?;
        for place in over {
            live.forget(session, *place)?;
        }
        if let Some(drafts) = drafts {
            live.keep_drafts(session, drafts.as_deref())?;
        }
        let mut numbers = Vec::new();
        for call in calls {
            let id = live.keep(session, &agent, call, now)?;
            numbers.extend(id.map(|id| (call.place, id)));
        }
        Ok(Answer::Kept(numbers))
    }

    /// Takes a call off the record.
    pub(super) fn end_live(&mut self, id: i64) -> Result<(), StoreError> {
        self.live()?.end(id)?;
        // What is alive is told anew.
        self.alive.seen = -1;
        Ok(())
    }

    /// Looks for what others did, and gives a sign of life now and then.
    pub(super) fn watch_alive(&mut self) {
        if self.alive.live.is_none() {
            return;
        }
        let (session, now) = (self.alive.session, self.clock().now());
        let gone = self.alive.live.as_ref().is_none_or(Live::is_gone);
        let due = self.alive.breathed.is_none_or(|at| at.elapsed() >= BREATH);
        let seen = self.alive.seen;
        let looked = self.live().and_then(|live| {
            if due {
                live.breathe(session, now)?;
            }
            live.version_seen()
        });
        // What cannot be read now is tried again at the next look.
        let Ok(version) = looked else { return };
        if due {
            self.alive.breathed = Some(Instant::now());
        }
        // That a console has gone without a word shows by the clock alone: nobody writes it down.
        if gone || due || version != seen {
            self.alive.seen = version;
            if let Ok(answer) = self.seen_alive() {
                // When the run loop has gone, the next receive ends the worker.
                let _ = self.to.send(answer.into());
            }
        }
    }

    /// As if the console had been killed.
    #[cfg(test)]
    pub(crate) fn stop_breathing(&mut self) {
        let (session, now) = (self.alive.session, self.clock().now());
        if let Ok(live) = self.live() {
            live.breathe(session, now).unwrap();
            live.kill(session).unwrap();
        }
    }

    /// The console is closed by its agent.
    pub(super) fn leave(&mut self) {
        let session = self.alive.session;
        if let Some(live) = &mut self.alive.live {
            // It is seen to be gone soon enough anyway.
            let _ = live.leave(session);
        }
    }
}
