//! A sample desk: believable customers, calls and incidents of all shipped policies, made through the same rules as
//! a real one. The same seed at the same instant makes the same desk.

mod ahead;
mod life;
mod names;
mod openings;
mod people;
#[cfg(test)]
mod plans;
mod scale;
mod stories;
#[cfg(test)]
mod tests;

use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use fastrand::Rng;

use crate::calendar::{Exception, ExceptionKind};
use crate::incident::{
    Command, Customer, CustomerId, Log, LooseCall, LooseReason, NewClosure, NewContact, Outside,
    Reach, Step, TechRef,
};
use crate::policy::{self, PolicyError};
use crate::store::{Batch, Context, Desk, Done, Fresh, NewDesk, Ruling, StoreError};
use ahead::{Ahead, Heap};
use life::{Life, Long};
use people::People;
use scale::Scale;

/// Of so many incidents one was logged twice: the second is merged into the first, or its log is taken back.
const TWICE: usize = 25;
/// After so many incidents there is a call that leads to none.
const LOOSE: usize = 30;
/// For so long after its receipt an incident can still be named by a second one.
const NAMED: TimeDelta = TimeDelta::hours(1);

/// What makes incidents on a desk.
trait Desks {
    fn execute(&mut self, command: &Command, context: &Context) -> Result<Done, StoreError>;
    fn ruling(&self, name: Option<&str>) -> Result<Arc<Ruling>, StoreError>;
    fn customer(&mut self, id: CustomerId) -> Result<Arc<Customer>, StoreError>;
    /// Nothing happens to an incident any more.
    fn forget(&mut self, number: TechRef) -> Result<(), StoreError>;
    /// So many are made.
    fn made(&mut self, made: usize) -> Result<(), StoreError>;
}

impl Desks for Fresh<'_> {
    fn execute(&mut self, command: &Command, context: &Context) -> Result<Done, StoreError> {
        self.execute(command, context)
    }

    fn ruling(&self, name: Option<&str>) -> Result<Arc<Ruling>, StoreError> {
        self.ruling(name)
    }

    fn customer(&mut self, id: CustomerId) -> Result<Arc<Customer>, StoreError> {
        self.customer(id)
    }

    fn forget(&mut self, number: TechRef) -> Result<(), StoreError> {
        self.forget(number)
    }

    fn made(&mut self, made: usize) -> Result<(), StoreError> {
        self.made(made)
    }
}

/// Makes a desk at `path` with `count` incidents that lead up to `context.now`. `progress` is told how many are made, and
/// says whether to go on.
///
/// # Errors
/// When something is at `path` already, it cannot be written, or it was not to go on.
pub fn make(
    path: &Path,
    count: usize,
    seed: u64,
    context: &Context,
    progress: &mut dyn FnMut(usize) -> bool,
) -> Result<(), StoreError> {
    Sample::new(count, context).make(path, seed, progress)
}

/// What a sample desk is to be.
struct Sample<'a> {
    count: usize,
    scale: Scale,
    context: &'a Context,
    begun: Context,
}

impl<'a> Sample<'a> {
    fn new(count: usize, context: &'a Context) -> Self {
        Self::scaled(count, Scale::of(count), context)
    }

    fn scaled(count: usize, scale: Scale, context: &'a Context) -> Self {
        let begun = Context {
            now: context.now - TimeDelta::days(scale.days + 1),
            by_hand: true,
            read: None,
            ..context.clone()
        };
        Self {
            count,
            scale,
            context,
            begun,
        }
    }

    fn make(
        &self,
        path: &Path,
        seed: u64,
        progress: &mut dyn FnMut(usize) -> bool,
    ) -> Result<(), StoreError> {
        let mut rng = Rng::with_seed(seed);
        let desk = Desk::create_filled(path, &self.desk()?, &self.begun, |making| {
            let mut go_on = || progress(0);
            let people = making.settle(|batch| self.settle(batch, &mut rng, &mut go_on))?;
            let who = |id| people.customer(id);
            let work = |fresh: &mut Fresh<'_>| self.happen(fresh, &people, &mut rng);
            making.fill(&who, work, progress)?;
            making.batch(|batch| self.end(batch))
        });
        desk.map(drop)
    }

    fn desk(&self) -> Result<NewDesk, StoreError> {
        Ok(NewDesk {
            name: "Sample desk".to_owned(),
            policies: policies()?,
        })
    }

    /// Its customers and agents.
    fn settle(
        &self,
        batch: &mut Batch<'_>,
        rng: &mut Rng,
        go_on: &mut dyn FnMut() -> bool,
    ) -> Result<People, StoreError> {
        People::settle(batch, self.count, self.scale, &self.begun, rng, go_on)
    }

    /// Everything that happened, in its order.
    fn happen(
        &self,
        desk: &mut impl Desks,
        people: &People,
        rng: &mut Rng,
    ) -> Result<(), StoreError> {
        let twice = self.count / TWICE;
        let opens = openings::openings(self.count - twice, self.scale.days, self.context.now, rng);
        let mut making = Happening {
            sample: self,
            nobody: Context {
                agent: String::new(),
                user: None,
                read: None,
                ..self.context.clone()
            },
            desk,
            people,
            ahead: Heap::default(),
            rng,
        };
        for (place, at) in opens.into_iter().enumerate() {
            making.until(at)?;
            let logged = making.open(at)?;
            if place % (TWICE - 1) == 0 && place / (TWICE - 1) < twice {
                making.again(logged)?;
            }
            if place % LOOSE == 0 {
                making.loose(at)?;
            }
            making.desk.made(place + 1)?;
        }
        making.until(self.context.now)?;
        making.desk.made(self.count)
    }

    /// What lies ahead.
    fn end(&self, batch: &mut Batch<'_>) -> Result<(), StoreError> {
        let closure = Command::AddClosure(meeting(self.context.now));
        batch.execute(&closure, self.context).map(drop)
    }
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

/// What was just logged.
struct Logged {
    number: TechRef,
    at: DateTime<Utc>,
    agent: String,
    log: Command,
}

/// Incidents that happen.
struct Happening<'a, D> {
    sample: &'a Sample<'a>,
    /// Of everything that happens, without whoever does it.
    nobody: Context,
    desk: &'a mut D,
    people: &'a People,
    ahead: Heap,
    rng: &'a mut Rng,
}

impl<D: Desks> Happening<'_, D> {
    /// Lets everything happen that lies before `until`, in its order.
    fn until(&mut self, until: DateTime<Utc>) -> Result<(), StoreError> {
        while let Some(next) = self.ahead.before(until) {
            let context = self.at(&next.agent, next.at);
            match self.carry_out(&next.command, &context) {
                // A life may be cut short: by a silence, by a payment that never came.
                Ok(_) | Err(StoreError::Refused(_)) => {}
                Err(error) => return Err(error),
            }
        }
        while let Some(number) = self.ahead.over_before(until) {
            self.desk.forget(number)?;
        }
        Ok(())
    }

    /// Carries a command out. Where it asks what becomes of a call outside a contract's hours, that is charged.
    fn carry_out(&mut self, command: &Command, context: &Context) -> Result<Done, StoreError> {
        let done = self.desk.execute(command, context);
        let Err(StoreError::Refused(_)) = done else {
            return done;
        };
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
            _ => return done,
        };
        self.desk.execute(&charged, context)
    }

    fn open(&mut self, opened_at: DateTime<Utc>) -> Result<Option<Logged>, StoreError> {
        let Some(customer) = self.people.any(self.rng) else {
            return Ok(None);
        };
        let customer = self.desk.customer(customer)?;
        let contact = self.rng.choice(0..customer.contacts.len());
        let ruling = self.desk.ruling(customer.policy.as_deref())?;
        let now = self.sample.context.now;
        let long = Long {
            ago: self.sample.scale.is_history(opened_at, now),
            large: self.sample.scale.large,
        };
        let life = Life::of(
            &ruling.policy,
            &customer,
            contact.and_then(|place| customer.contacts.get(place)),
            &self.people.agents,
            (opened_at, now, long),
            self.rng,
        );
        let log = Command::Log(Box::new(life.log));
        let context = self.at(&life.agent, opened_at);
        let Done::Logged(number) = self.carry_out(&log, &context)? else {
            return Ok(None);
        };
        let last = life.steps.last().map_or(opened_at, |(at, ..)| *at);
        self.ahead.ends(number, last.max(opened_at + NAMED));
        for (at, agent, step) in life.steps {
            self.ahead.push(Ahead {
                at,
                number,
                agent,
                command: Box::new(Command::Step(number, step)),
            });
        }
        Ok(Some(Logged {
            number,
            at: opened_at,
            agent: life.agent,
            log,
        }))
    }

    /// Logs the same once more, which is noticed within the hour.
    fn again(&mut self, first: Option<Logged>) -> Result<(), StoreError> {
        let Some(first) = first else {
            return Ok(());
        };
        let logged = self.at(&first.agent, first.at);
        if let Done::Logged(number) = self.carry_out(&first.log, &logged)? {
            self.ahead.ends(number, first.at + NAMED);
            self.ahead.push(Ahead {
                at: first.at + TimeDelta::minutes(self.rng.i64(2..50)),
                number,
                agent: first.agent,
                command: Box::new(if self.rng.u8(0..100) < 60 {
                    Command::Merge(number, first.number)
                } else {
                    Command::Undo(number)
                }),
            });
        }
        Ok(())
    }

    /// Somebody rings about what is no matter for support.
    fn loose(&mut self, began: DateTime<Utc>) -> Result<(), StoreError> {
        let reasons = [
            LooseReason::WrongNumber,
            LooseReason::Sales,
            LooseReason::Question,
        ];
        let call = Command::CallWithoutIncident(LooseCall {
            reason: self.rng.choice(reasons).unwrap_or(LooseReason::Question),
            seconds: self.rng.i64(20..240),
            held: 0,
            customer: None,
            text: None,
        });
        let agents = &self.people.agents;
        let agent = self.rng.choice(agents).cloned().unwrap_or_default();
        let context = self.at(&agent, began);
        self.desk.execute(&call, &context).map(drop)
    }

    fn at(&self, agent: &str, now: DateTime<Utc>) -> Context {
        Context {
            agent: agent.to_owned(),
            now,
            quiet: self.sample.scale.is_history(now, self.sample.context.now),
            ..self.nobody.clone()
        }
    }
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
