//! A sample desk: believable customers, calls and incidents of all shipped policies, made through the same commands as
//! a real one. The same seed at the same instant makes the same desk.

mod life;
mod people;
#[cfg(test)]
mod plans;
mod stories;

use std::collections::BinaryHeap;
use std::path::Path;

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use fastrand::Rng;

use crate::calendar::{Exception, ExceptionKind};
use crate::incident::{
    Command, Log, LooseCall, LooseReason, NewClosure, NewContact, Outside, Reach, Step, TechRef,
};
use crate::policy::{self, PolicyError};
use crate::store::{Batch, Context, Desk, Done, NewDesk, StoreError};
use life::Life;
use people::People;

/// How far back the desk's first incident lies.
const DAYS: i64 = 28;
/// Of so many incidents one was logged twice: the second is merged into the first, or its log is taken back.
const TWICE: usize = 25;
/// After so many incidents there is a call that leads to none.
const LOOSE: usize = 30;
/// Incidents that are made in one transaction.
const AT_ONCE: usize = 2_000;
/// How busy each hour of the day is, in UTC: the offices of two continents.
const BUSY: [u32; 24] = [
    1, 1, 1, 1, 1, 1, 3, 8, 14, 16, 15, 13, 14, 18, 22, 24, 22, 20, 18, 16, 12, 8, 3, 2,
];

/// Makes a desk at `path` with `count` incidents that lead up to `context.now`, and tells `progress` how many are made.
///
/// # Errors
/// When something is at `path` already, or it cannot be written.
pub fn make(
    path: &Path,
    count: usize,
    seed: u64,
    context: &Context,
    progress: &mut dyn FnMut(usize),
) -> Result<(), StoreError> {
    let first = context.now - TimeDelta::days(DAYS + 1);
    let new = NewDesk {
        name: "Sample desk".to_owned(),
        policies: policies()?,
    };
    let begun = Context {
        now: first,
        by_hand: true,
        ..context.clone()
    };
    let mut desk = Desk::create(path, &new, &begun)?;
    let mut rng = Rng::with_seed(seed);
    let people = desk.batch(|batch| People::settle(batch, count, &begun, &mut rng))?;
    let twice = count / TWICE;
    let mut opens = openings(count - twice, context.now, &mut rng)
        .into_iter()
        .enumerate();
    let mut ahead = BinaryHeap::new();
    loop {
        let more = desk.bulk(true, |batch| {
            for (place, at) in opens.by_ref().take(AT_ONCE) {
                happen(batch, &mut ahead, at, context)?;
                let logged = open(batch, &people, at, context, &mut ahead, &mut rng)?;
                if place % (TWICE - 1) == 0 && place / (TWICE - 1) < twice {
                    again(batch, logged, context, &mut ahead, &mut rng)?;
                }
                if place % LOOSE == 0 {
                    loose(batch, &people, at, context, &mut rng)?;
                }
                progress(place + 1);
            }
            Ok::<_, StoreError>(opens.len() > 0)
        })?;
        if !more {
            break;
        }
    }
    desk.bulk(true, |batch| {
        happen(batch, &mut ahead, context.now, context)
    })?;
    progress(count);
    let closure = Command::AddClosure(meeting(context.now));
    desk.execute(&closure, context).map(drop)
}

/// The shipped policies with the settings of their examples.
fn policies() -> Result<Vec<crate::incident::NewPolicy>, PolicyError> {
    policy::shipped_names()
        .filter_map(policy::shipped)
        .map(|text| {
            Ok(crate::incident::NewPolicy {
                text: text.to_owned(),
                settings: policy::example_settings(text)?,
            })
        })
        .collect()
}

/// When incidents are opened, oldest first: more in busy hours, few at weekends, and always some just now.
fn openings(count: usize, now: DateTime<Utc>, rng: &mut Rng) -> Vec<DateTime<Utc>> {
    let hours = DAYS * 24;
    let begin = now - TimeDelta::hours(hours);
    let weights: Vec<u32> = (0..hours)
        .map(|hour| {
            let at = begin + TimeDelta::hours(hour);
            let day = at.format("%u").to_string();
            let of_day = at.format("%H").to_string().parse::<usize>().unwrap_or(0);
            let busy = BUSY.get(of_day).copied().unwrap_or(1);
            let weight = if matches!(day.as_str(), "6" | "7") {
                busy / 8 + 1
            } else {
                busy
            };
            if hour >= hours - 6 {
                weight.max(12)
            } else {
                weight
            }
        })
        .collect();
    let all: u32 = weights.iter().sum();
    let mut opened: Vec<DateTime<Utc>> = (0..count)
        .map(|_| {
            let mut place = rng.u32(0..all.max(1));
            let hour = weights
                .iter()
                .position(|weight| match place.checked_sub(*weight) {
                    Some(rest) => {
                        place = rest;
                        false
                    }
                    None => true,
                })
                .unwrap_or(0);
            begin
                + TimeDelta::hours(i64::try_from(hour).unwrap_or(0))
                + TimeDelta::seconds(rng.i64(0..3_600))
        })
        .collect();
    opened.sort_unstable();
    opened
}

/// Something that is still to come.
struct Ahead {
    at: DateTime<Utc>,
    number: TechRef,
    agent: String,
    command: Command,
}

impl Ahead {
    fn order(&self) -> std::cmp::Reverse<(DateTime<Utc>, TechRef)> {
        std::cmp::Reverse((self.at, self.number))
    }
}

impl PartialEq for Ahead {
    fn eq(&self, other: &Self) -> bool {
        self.order() == other.order()
    }
}

impl Eq for Ahead {}

impl PartialOrd for Ahead {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ahead {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.order().cmp(&other.order())
    }
}

/// Lets everything happen that lies before `until`, in its order.
fn happen(
    batch: &mut Batch<'_>,
    ahead: &mut BinaryHeap<Ahead>,
    until: DateTime<Utc>,
    context: &Context,
) -> Result<(), StoreError> {
    while let Some(next) = ahead.pop_if_before(until) {
        let context = at(context, &next.agent, next.at);
        match carry_out(batch, &next.command, &context) {
            // A life may be cut short: by a silence, by a payment that never came.
            Ok(_) | Err(StoreError::Refused(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Carries a command out. Where it asks what becomes of a call outside a contract's hours, that is charged.
fn carry_out(
    batch: &mut Batch<'_>,
    command: &Command,
    context: &Context,
) -> Result<Done, StoreError> {
    let charged = match command {
        Command::Log(log) => Command::Log(Box::new(Log {
            outside: Some(Outside::Charge),
            ..(**log).clone()
        })),
        Command::Step(number, Step::Contact(contact)) => {
            let outside = Some(Outside::Charge);
            let contact = contact.clone();
            Command::Step(*number, Step::Contact(NewContact { outside, ..contact }))
        }
        _ => return batch.execute(command, context),
    };
    match batch.execute(command, context) {
        Err(StoreError::Refused(_)) => batch.execute(&charged, context),
        done => done,
    }
}

/// The heap's earliest entry, if it is early enough.
trait PopBefore {
    fn pop_if_before(&mut self, until: DateTime<Utc>) -> Option<Ahead>;
}

impl PopBefore for BinaryHeap<Ahead> {
    fn pop_if_before(&mut self, until: DateTime<Utc>) -> Option<Ahead> {
        if self.peek()?.at <= until {
            self.pop()
        } else {
            None
        }
    }
}

fn open(
    batch: &mut Batch<'_>,
    people: &People,
    opened_at: DateTime<Utc>,
    context: &Context,
    ahead: &mut BinaryHeap<Ahead>,
    rng: &mut Rng,
) -> Result<Option<Logged>, StoreError> {
    let Some((customer, contact)) = people.any(rng) else {
        return Ok(None);
    };
    let ruling = batch.desk().ruling(customer.policy.as_deref())?;
    let life = Life::of(
        &ruling.policy,
        customer,
        contact,
        &people.agents,
        (opened_at, context.now),
        rng,
    );
    let log = Command::Log(Box::new(life.log));
    let Done::Logged(number) = carry_out(batch, &log, &at(context, &life.agent, opened_at))? else {
        return Ok(None);
    };
    ahead.extend(life.steps.into_iter().map(|(at, agent, step)| Ahead {
        at,
        number,
        agent,
        command: Command::Step(number, step),
    }));
    Ok(Some(Logged {
        number,
        at: opened_at,
        agent: life.agent,
        log,
    }))
}

/// What was just logged.
struct Logged {
    number: TechRef,
    at: DateTime<Utc>,
    agent: String,
    log: Command,
}

/// Logs the same once more, which is noticed within the hour.
fn again(
    batch: &mut Batch<'_>,
    first: Option<Logged>,
    context: &Context,
    ahead: &mut BinaryHeap<Ahead>,
    rng: &mut Rng,
) -> Result<(), StoreError> {
    let Some(first) = first else {
        return Ok(());
    };
    let logged = at(context, &first.agent, first.at);
    if let Done::Logged(number) = carry_out(batch, &first.log, &logged)? {
        ahead.push(Ahead {
            at: first.at + TimeDelta::minutes(rng.i64(2..50)),
            number,
            agent: first.agent,
            command: if rng.u8(0..100) < 60 {
                Command::Merge(number, first.number)
            } else {
                Command::Undo(number)
            },
        });
    }
    Ok(())
}

/// Somebody rings about what is no matter for support.
fn loose(
    batch: &mut Batch<'_>,
    people: &People,
    began: DateTime<Utc>,
    context: &Context,
    rng: &mut Rng,
) -> Result<(), StoreError> {
    let reasons = [
        LooseReason::WrongNumber,
        LooseReason::Sales,
        LooseReason::Question,
    ];
    let call = Command::CallWithoutIncident(LooseCall {
        reason: rng.choice(reasons).unwrap_or(LooseReason::Question),
        seconds: rng.i64(20..240),
        held: 0,
        customer: None,
        text: None,
    });
    let agent = rng.choice(&people.agents).cloned().unwrap_or_default();
    batch.execute(&call, &at(context, &agent, began)).map(drop)
}

/// An afternoon ahead on which everybody is away.
fn meeting(now: DateTime<Utc>) -> NewClosure {
    let day = (now + TimeDelta::days(4)).date_naive();
    let from = day.and_time(NaiveTime::MIN).and_utc() + TimeDelta::hours(15);
    NewClosure {
        reach: Reach::All,
        exception: Exception {
            from,
            to: from + TimeDelta::hours(3),
            reason: "Company meeting".to_owned(),
            kind: ExceptionKind::Closed,
        },
    }
}

fn at(context: &Context, agent: &str, now: DateTime<Utc>) -> Context {
    Context {
        agent: agent.to_owned(),
        user: None,
        now,
        read: None,
        ..context.clone()
    }
}
