//! How a desk is opened, or made where there is none.

use super::{Worker, care};
use crate::console::request::{Answer, DeskInfo, NewDeskChoice};
use crate::incident::{Command, NewPolicy};
use crate::policy;
use crate::store::{Access, CLOCK_BEHIND, Correspondence, Desk, NewDesk, StoreError};

/// How many incidents a sample desk has.
const SAMPLE: usize = 200;

/// How much waiting mail of a kind is counted.
pub(super) const MOST_MAIL: usize = 10_000;

/// What the console has to know of the desk as a whole.
///
/// # Errors
/// When the desk cannot be read.
pub(crate) fn known(desk: &Desk) -> Result<Box<DeskInfo>, StoreError> {
    known_with(desk, desk.correspondence(MOST_MAIL)?)
}

/// The same, where the mail that waits was counted.
pub(super) fn known_with(desk: &Desk, mail: Correspondence) -> Result<Box<DeskInfo>, StoreError> {
    Ok(Box::new(DeskInfo {
        name: desk.name()?,
        rulings: desk.rulings()?,
        agents: desk.agents()?,
        words: desk.vocabulary()?,
        mail,
    }))
}

impl Worker {
    pub(super) fn open(&mut self) -> Answer {
        match Desk::open(&self.start.desk, Access::Write) {
            Ok(desk) => self
                .opened(desk)
                .unwrap_or_else(|error| Answer::Lost(error.to_string())),
            Err(StoreError::Missing(path)) => Answer::NoDesk(path),
            Err(error) => Answer::Lost(error.to_string()),
        }
    }

    fn opened(&mut self, mut desk: Desk) -> Result<Answer, StoreError> {
        care::tell_waiting(&mut desk, self.to.clone());
        desk.hold_little()?;
        if let Some(hooks) = self.hooks.clone() {
            desk.on_recorded(move |entries| hooks.tell(entries));
        }
        let now = self.clock().now();
        let behind = desk.is_ahead_of(now)?;
        let info = known(&desk)?;
        self.is_known = info.agents.contains(&self.start.agent);
        let user = &self.start.user;
        let by_name = self.start.agent == *user;
        let answer = Answer::Opened {
            desk: info,
            acted_as: match by_name && !self.is_known {
                true => desk.last_acted_as(user)?,
                false => None,
            },
            agent: self.start.agent.clone(),
            recorded_agent: self.start.recorded_agent(),
            warning: behind.then(|| CLOCK_BEHIND.to_owned()),
        };
        self.seen = desk.version_seen()?;
        self.desk = Some(desk);
        Ok(answer)
    }

    /// Somebody sits at the console: who works here, or who is added.
    pub(super) fn sit(&mut self, agent: String, is_new: bool) -> Answer {
        let before = std::mem::replace(&mut self.start.agent, agent.clone());
        let context = self.context(None, None);
        let add = |desk: &mut Desk| match is_new {
            true => desk.execute(&Command::AddAgent(agent), &context).map(drop),
            false => Ok(()),
        };
        match self.desk.as_mut().map_or(Ok(()), add) {
            Ok(()) => self.open(),
            Err(error) => {
                self.start.agent = before;
                Answer::told(Err(error.to_string()))
            }
        }
    }

    pub(super) fn create(&mut self, choice: &NewDeskChoice) -> Answer {
        match self.make(choice) {
            Ok(()) => self.open(),
            Err(error) => Answer::Failed(error.to_string()),
        }
    }

    fn make(&mut self, choice: &NewDeskChoice) -> Result<(), StoreError> {
        if let NewDeskChoice::Empty { agent, .. } = choice {
            self.start.agent.clone_from(agent);
        }
        let context = self.context(None, None);
        match choice {
            NewDeskChoice::Sample => {
                (self.start.sample)(&self.start.desk, SAMPLE, &context)?;
                // It is there to be tried, by whoever made it.
                let agent = Command::AddAgent(context.agent.clone());
                let mut desk = Desk::open(&self.start.desk, Access::Write)?;
                desk.execute(&agent, &context).map(drop)
            }
            NewDeskChoice::Empty {
                policy, settings, ..
            } => {
                let text = policy::shipped(policy).unwrap_or_default().to_owned();
                let policies = vec![NewPolicy {
                    text,
                    settings: settings.clone(),
                }];
                Desk::create(
                    &self.start.desk,
                    &NewDesk {
                        name: "Support desk".to_owned(),
                        policies,
                    },
                    &context,
                )
                .map(drop)
            }
        }
    }
}
