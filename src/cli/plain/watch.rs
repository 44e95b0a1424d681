//! What happens while nothing is typed: somebody rings, a clock of the agent's calls, the open incident is changed.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};

use crate::cli::Session;
use crate::incident::{Alarm, TechRef};
use crate::store::{Access, Desk, Live, LiveCall, SessionId, StoreError};

/// What was told already.
pub(super) struct Watch {
    agent: String,
    /// Who the timeline names for what the agent does.
    recorded: String,
    /// The rings that were told of.
    told: BTreeSet<i64>,
    /// The desk, and the number of its last change that was seen.
    desk: Option<Desk>,
    version: Option<i64>,
    /// Until when the agent's clocks were looked at, and when they call after that.
    until: DateTime<Utc>,
    ahead: Vec<Alarm>,
    /// The incident that is open, at the revision that was read out.
    seen: Option<(TechRef, u32)>,
    /// It was said that a call runs.
    pub(super) warned_of_call: bool,
    presence: Presence,
}

/// That the agent is here, for the others; what of it cannot be written shows to nobody, and hinders nothing.
struct Presence {
    id: SessionId,
    live: Option<Live>,
    breathed: Instant,
}

/// A sign of life is given this often.
const BREATH: Duration = Duration::from_secs(10);

impl Presence {
    fn new() -> Self {
        Self {
            id: SessionId::new(),
            live: None,
            breathed: Instant::now(),
        }
    }

    /// A sign of life; the first one says who is here. A desk that is not there yet is looked for again.
    fn breathe(&mut self, session: &Session) {
        let now = session.now();
        if let Some(live) = &mut self.live {
            if self.breathed.elapsed() >= BREATH && live.breathe(self.id, now).is_ok() {
                self.breathed = Instant::now();
            }
            return;
        }
        let path = session.desk_path().ok().filter(|path| path.exists());
        let live = path.and_then(|path| Live::open(&path).ok());
        let here = live.and_then(|mut live| {
            live.appear(self.id, &session.agent(), now).ok()?;
            Some(live)
        });
        self.live = here;
    }
}

impl Watch {
    /// What happens from now on.
    pub(super) fn new(session: &Session) -> Self {
        let (agent, now) = (session.agent(), session.now());
        let context = session.context().map(|context| context.recorded_agent());
        Self {
            recorded: context.unwrap_or_else(|_| agent.clone()),
            agent,
            told: BTreeSet::new(),
            desk: None,
            version: None,
            until: now,
            ahead: Vec::new(),
            seen: None,
            warned_of_call: false,
            presence: Presence::new(),
        }
    }

    /// The agent is here.
    pub(super) fn breathe(&mut self, session: &Session) {
        self.presence.breathe(session);
    }

    /// The agent goes.
    pub(super) fn leave(&mut self) {
        if let Some(live) = &mut self.presence.live {
            // A console without signs of life has gone soon, too.
            let _ = live.leave(self.presence.id);
        }
    }

    /// What the others have open.
    pub(super) fn others(&self) -> Vec<crate::store::Presence> {
        let live = self.presence.live.as_ref();
        let others = live.and_then(|live| live.others(self.presence.id).ok());
        others.unwrap_or_default()
    }

    /// No incident is open any more.
    pub(super) fn looks_away(&mut self, session: &Session) {
        self.shows(session, None);
    }

    fn shows(&mut self, session: &Session, number: Option<TechRef>) {
        if let Some(live) = &mut self.presence.live {
            // Whom nobody sees here, nobody misses.
            let _ = live.look_at(self.presence.id, number, session.now());
        }
    }

    /// The incident was read out as it is now.
    pub(super) fn looks_at(&mut self, session: &Session, number: TechRef) {
        let desk = session.open(Access::Read).ok();
        let read = desk.and_then(|desk| desk.incident(number, session.now()).ok());
        self.seen = read.map(|(incident, _)| (number, incident.revision));
        self.shows(session, Some(number));
    }

    /// What has happened since, a sentence each. What cannot be read now is looked at the next time.
    pub(super) fn news(&mut self, session: &Session, open: Option<TechRef>) -> Vec<String> {
        self.breathe(session);
        let mut news = self.rings(session).unwrap_or_default();
        news.extend(self.of_the_desk(session, open).unwrap_or_default());
        news
    }

    fn rings(&mut self, session: &Session) -> Result<Vec<String>, StoreError> {
        let Ok(path) = session.desk_path() else {
            return Ok(Vec::new());
        };
        let Some(live) = Live::if_there(&path)? else {
            return Ok(Vec::new());
        };
        let mut news = Vec::new();
        for ring in live.rings(session.now())? {
            if !self.told.insert(ring.id) {
                continue;
            }
            let who = session.open(Access::Read).ok();
            let who = who.and_then(|desk| desk.who_rings(&ring.number).ok());
            let who = who.map_or_else(|| "somebody".to_owned(), |who| who.in_words());
            let from = match ring.number.as_str() {
                "" => "withheld number".to_owned(),
                number => number.to_owned(),
            };
            let line = ring.line.map(|line| format!(", line {line}"));
            let line = line.unwrap_or_default();
            news.push(format!("Rings: {who}, {from}{line}. R answers it."));
        }
        Ok(news)
    }

    /// The desk is read again only after it was changed; in between instants are compared.
    fn of_the_desk(
        &mut self,
        session: &Session,
        open: Option<TechRef>,
    ) -> Result<Vec<String>, StoreError> {
        if self.desk.is_none() {
            self.desk = session.open(Access::Read).ok();
        }
        let Some(desk) = &self.desk else {
            return Ok(Vec::new());
        };
        let now = session.now();
        let version = desk.version_seen()?;
        let mut news = Vec::new();
        if self.version != Some(version) {
            self.ahead = desk.alarms(&self.agent, self.until, now)?.alarms;
            self.version = Some(version);
            if let Some((number, revision)) = self.seen.filter(|(number, _)| open == Some(*number))
            {
                let (incident, _) = desk.incident(number, now)?;
                self.seen = Some((number, incident.revision));
                let newest = desk.timeline(number)?;
                let by = newest.last().map(|entry| entry.agent.clone());
                // What one did oneself was said when it was done.
                let by = by.filter(|by| incident.revision != revision && *by != self.recorded);
                news.extend(by.map(|by| format!("{number} was changed by {by}: show reads it.")));
            }
        }
        let passed = self.ahead.partition_point(|alarm| alarm.at <= now);
        self.until = self.until.max(now);
        news.extend(self.ahead.drain(..passed).map(|alarm| {
            let what = match alarm.is_missed() {
                true => "is missed",
                false => "is in its last quarter",
            };
            format!("{}: the {} {what}.", alarm.number, alarm.clock.word())
        }));
        Ok(news)
    }
}

/// The agent's calls that are not recorded: one that runs, those on hold, those whose questions were left.
pub(super) fn calls(session: &Session) -> Vec<LiveCall> {
    let path = session.desk_path().ok();
    let live = path.and_then(|path| Live::if_there(&path).ok());
    let calls = live.flatten().and_then(|live| live.calls().ok());
    let me = session.agent();
    let mine = |found: &LiveCall| found.agent == me && found.call.timer.is_some();
    calls.into_iter().flatten().filter(mine).collect()
}
