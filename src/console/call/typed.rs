//! What is typed in a call.

use super::{Call, Stage};
use crate::console::forms::Form;
use crate::store::CallerCard;

impl Call {
    /// Who it is with, once that was read.
    pub fn caller(&self) -> Option<&CallerCard> {
        self.card.as_ref().map(|card| &*card.caller)
    }

    /// The form that has the keys: the note's, else that of the stage.
    pub fn form(&self) -> Option<&Form> {
        self.note.as_ref().or_else(|| self.stage_form())
    }

    /// The form of the stage.
    pub(super) fn stage_form(&self) -> Option<&Form> {
        match self.stage {
            Stage::Customer => self.customer.as_ref(),
            Stage::Issue => self.issue.as_ref().map(|(_, form)| form),
            Stage::Same => self.same.as_ref().map(|(_, form)| form),
            Stage::WrapUp => self.wrap_up.as_ref(),
            Stage::Ring => self.ring.as_ref()?.form.as_ref(),
            Stage::Find | Stage::Card | Stage::Incident => None,
        }
    }

    /// As [`Call::form`], to be written in.
    pub fn form_mut(&mut self) -> Option<&mut Form> {
        let stage = match self.stage {
            Stage::Customer => self.customer.as_mut(),
            Stage::Issue => self.issue.as_mut().map(|(_, form)| form),
            Stage::Same => self.same.as_mut().map(|(_, form)| form),
            Stage::WrapUp => self.wrap_up.as_mut(),
            Stage::Ring => self.ring.as_mut().and_then(|ring| ring.form.as_mut()),
            Stage::Find | Stage::Card | Stage::Incident => None,
        };
        self.note.as_mut().or(stage)
    }
}
