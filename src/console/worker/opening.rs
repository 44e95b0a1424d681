//! How a desk is opened, or made where there is none.

use super::{Worker, care};
use crate::console::request::{Answer, DeskInfo, NewDeskChoice};
use crate::incident::NewPolicy;
use crate::policy;
use crate::store::{Access, CLOCK_BEHIND, Desk, NewDesk, StoreError};

/// How many incidents a sample desk has.
const SAMPLE: usize = 200;

/// How much waiting mail of a kind is counted.
pub(super) const MOST_MAIL: usize = 10_000;

/// What the console has to know of the desk as a whole.
///
/// # Errors
/// When the desk cannot be read.
pub(crate) fn known(desk: &Desk) -> Result<Box<DeskInfo>, StoreError> {
    Ok(Box::new(DeskInfo {
        name: desk.name()?,
        rulings: desk.rulings()?,
        agents: desk.agents()?,
        words: desk.vocabulary()?,
        mail: desk.correspondence(MOST_MAIL)?,
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
        let now = self.clock().now();
        let behind = desk.is_ahead_of(now)?;
        let answer = Answer::Opened {
            desk: known(&desk)?,
            warning: behind.then(|| CLOCK_BEHIND.to_owned()),
        };
        self.seen = desk.version_seen()?;
        self.desk = Some(desk);
        Ok(answer)
    }

    pub(super) fn create(&mut self, choice: &NewDeskChoice) -> Answer {
        match self.make(choice) {
            Ok(()) => self.open(),
            Err(error) => Answer::Failed(error.to_string()),
        }
    }

    fn make(&self, choice: &NewDeskChoice) -> Result<(), StoreError> {
        let context = self.context(None, None);
        match choice {
            NewDeskChoice::Sample => (self.start.sample)(&self.start.desk, SAMPLE, &context),
            NewDeskChoice::Empty { policy, settings } => {
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
