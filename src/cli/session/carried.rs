//! What is carried out on the desk, and that nothing moves money unasked where it is to be asked about.

use super::Session;
use crate::cli::Failure;
use crate::incident::{Command, Refusal};
use crate::store::{Access, Batch, Desk, Done, StoreError};

impl Session {
    /// A session that moves no money but what was agreed to, in these sentences.
    pub(in crate::cli) fn agreeing(self, moved: Vec<String>) -> Self {
        Self {
            agreed: Some(moved),
            ..self
        }
    }

    /// Opens the desk and carries a command out.
    ///
    /// # Errors
    /// When the desk or a rule refuses.
    pub fn execute(&self, command: &Command) -> Result<Done, Failure> {
        let context = self.context()?;
        self.batch(|batch| batch.execute(command, &context))
    }

    /// Opens the desk and does some work in one transaction: all of it or none.
    ///
    /// # Errors
    /// When the desk or a rule refuses, and where it would move money that was to be asked about and was not.
    pub fn batch<T>(
        &self,
        work: impl FnOnce(&mut Batch<'_>) -> Result<T, StoreError>,
    ) -> Result<T, Failure> {
        let mut desk = self.open(Access::Write)?;
        self.known_agent(&desk)?;
        let mut unasked = None;
        let done = desk.batch(|batch| {
            let done = work(batch)?;
            let agreed = self.agreed.as_deref();
            let asks = agreed.is_some_and(|agreed| agreed != batch.moved());
            unasked = Some(batch.moved().to_vec()).filter(|moved| asks && !moved.is_empty());
            match unasked {
                // Whatever was done is taken back by that.
                Some(_) => Err(Refusal::rule("money is moved by this").into()),
                None => Ok(done),
            }
        });
        match unasked {
            Some(moved) => Err(Failure::Unasked(moved)),
            None => Ok(done?),
        }
    }

    /// As [`Session::batch`], but nothing of it is kept: what would be.
    ///
    /// # Errors
    /// When the desk or a rule refuses.
    pub fn rehearse<T>(
        &self,
        work: impl FnOnce(&mut Batch<'_>) -> Result<T, StoreError>,
    ) -> Result<T, Failure> {
        let mut desk = self.open(Access::Write)?;
        self.known_agent(&desk)?;
        Ok(desk.rehearse(work)?)
    }

    /// Opens the desk and carries out a command that is made from what the desk holds, so that nobody changes that
    /// between.
    ///
    /// # Errors
    /// When the desk or a rule refuses.
    pub fn execute_with(
        &self,
        command: impl FnOnce(&Desk) -> Result<Command, StoreError>,
    ) -> Result<Done, Failure> {
        let context = self.context()?;
        self.batch(|batch| {
            let command = command(batch.desk())?;
            batch.execute(&command, &context)
        })
    }
}
