//! What keys do, and why they cannot do it now.

#[macro_use]
mod rows;
mod footer;
mod guards;
mod places;
mod table;

use super::dialog;
use super::model::{Layer, Model};
use super::screens::screen::Screen;
use crate::incident::{NoteKind, StepKind, possible};
pub use footer::first_in_footer;
pub(super) use guards::{covered, means_incident};
pub use places::Place;
pub use table::KEYS;

/// Something that a key does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// Moves the selection, or scrolls, by so many rows.
    Move(isize),
    /// Moves by so many screens.
    Page(isize),
    /// To the first row.
    First,
    /// To the last row.
    Last,
    /// Another saved view, month or policy.
    View(isize),
    /// Opens the incident.
    Open,
    /// Goes back.
    Back,
    /// To a screen.
    Screen(Screen),
    /// So many screens further.
    NextScreen(isize),
    /// Adds a customer, or a closure.
    Add,
    /// Takes a closure back.
    Remove,
    /// Reports by something else.
    Slice,
    /// Adds a person of a customer's, or puts one right.
    Person,
    /// Narrows the queue.
    Filter,
    /// A call begins.
    Call,
    /// The customer is rung up about the incident.
    RingUp,
    /// Hold, or take back.
    Hold,
    /// Hang up.
    HangUp,
    /// Answer what rings.
    Answer,
    /// Hand the call to another agent.
    Hand,
    /// A new incident without a call.
    New,
    /// Assign to somebody.
    Assign,
    /// Assign to me.
    AssignMe,
    /// Respond to the customer.
    Respond,
    /// Wait for the customer; on a waiting incident, resume.
    Wait,
    /// Agree on a severity.
    Severity,
    /// Promise an estimate.
    Estimate,
    /// Accept as within remit.
    Accept,
    /// Decline.
    Decline,
    /// Payment, waiver, refund.
    Pay,
    /// A step up the ladder.
    Escalate,
    /// Resolve.
    Resolve,
    /// Close without a resolution.
    Close,
    /// Open again.
    Reopen,
    /// Emergency service is asked for.
    Emergency,
    /// Another aspect becomes an incident of its own.
    Split,
    /// One matter with another incident, or not after all.
    Merge,
    /// The own last step is taken back.
    Undo,
    /// It has to do with another incident, or not after all.
    Link,
    /// It is a fault that many have, or is none any more.
    Known,
    /// It is the same as a known fault; during a call, so is what the caller has.
    Same,
    /// A call is arranged, or called off.
    Schedule,
    /// A note.
    Note,
    /// How the caller behaved.
    Conduct,
    /// The incident is put right.
    Edit,
    /// A customer is otherwise; a message is to say something else, or is not to be sent.
    Change,
    /// Copy the message.
    CopyMessage,
    /// Send it, or all that wait.
    Send,
    /// Write it to a file.
    WriteMessage,
    /// The patch is out.
    Patched,
    /// The caller has the number.
    Given,
    /// Copy the number.
    Copy,
    /// Explain the deadline.
    Explain,
    /// What it cost.
    Receipt,
    /// What the next shift must know.
    Handover,
    /// The keys of this screen.
    Help,
    /// The selected incident is one of those that the next step is meant for, or is none of them.
    Mark,
    /// Every incident that shows is, or none.
    MarkAll,
    /// The next deadline as a sentence to read out.
    Say,
    /// What narrows the queue becomes a view.
    KeepView,
    /// The list stands still, or moves again.
    Freeze,
    /// Every action by its name.
    Palette,
    /// Draw everything anew.
    Redraw,
    /// Back to the shell for a while.
    Suspend,
    /// End the console.
    Quit,
}

impl Action {
    /// The steps of an incident that it may become; none for what is no step.
    pub fn steps(self) -> &'static [StepKind] {
        match self {
            Self::Assign | Self::AssignMe => &[StepKind::Assign],
            Self::Respond => &[StepKind::Respond],
            Self::Wait => &[StepKind::Wait],
            Self::Severity => &[StepKind::Severity],
            Self::Estimate => &[StepKind::Estimate],
            Self::Accept => &[StepKind::Accept],
            Self::Decline => &[StepKind::Decline],
            Self::Pay => &[StepKind::Pay, StepKind::Refund],
            Self::Escalate => &[
                StepKind::Escalate,
                StepKind::AnswerEscalation,
                StepKind::WithdrawEscalation,
            ],
            Self::Resolve => &[StepKind::Resolve],
            Self::Close => &[StepKind::Close],
            Self::Reopen => &[StepKind::Reopen],
            Self::Emergency => &[StepKind::Emergency],
            Self::Split => &[StepKind::Split],
            Self::Merge => &[StepKind::Merge, StepKind::Unmerge],
            Self::Link => &[StepKind::Link],
            Self::Known => &[StepKind::Known],
            Self::Same => &[StepKind::SameAs],
            Self::Schedule => &[StepKind::Schedule, StepKind::CancelAppointment],
            Self::Note => &[StepKind::Note(NoteKind::Internal)],
            Self::Conduct => &[StepKind::Note(NoteKind::Conduct)],
            Self::Edit => &[StepKind::Edit],
            Self::Change => &[StepKind::Message],
            Self::Patched => &[StepKind::Patched],
            Self::Given => &[StepKind::Given],
            _ => &[],
        }
    }

    /// Whether it can be meant for several incidents at once: it asks for nothing that only one of them has.
    fn is_bulk(self) -> bool {
        matches!(
            self,
            Self::Assign
                | Self::AssignMe
                | Self::Respond
                | Self::Wait
                | Self::Severity
                | Self::Estimate
                | Self::Accept
                | Self::Decline
                | Self::Resolve
                | Self::Close
                | Self::Reopen
                | Self::Known
                | Self::Same
                | Self::Note
                | Self::Patched
                | Self::Given
        )
    }

    /// Why none of its steps is possible on the incident that keys mean, in the words of the rules. An incident that was
    /// not read yet is read first, and asked again then.
    pub fn why_not(self, model: &Model) -> Option<String> {
        // What becomes of each shows before it is done.
        let elsewhere = || model.undoes_bulk() || model.stepped_elsewhere().is_some();
        if self == Self::Undo && elsewhere() {
            return None;
        }
        // It is tried on each, and what refuses one of them says nothing of the others.
        if model.is_bulk() {
            let alone = "that is done one by one: Esc takes the marks off, then press it again";
            return (!self.is_bulk()).then(|| alone.to_owned());
        }
        let Some(dossier) = model.current() else {
            return match self {
                Self::Conduct => guards::for_conduct(model),
                _ => guards::with_incident(model),
            };
        };
        // What others were merged into gives them back in whatever state it is.
        if self == Self::Merge && !dossier.incident.forks.merged_from.is_empty() {
            return None;
        }
        // Those that are the same may still be resolved, and told.
        if self == Self::Resolve
            && dossier.incident.state == crate::incident::State::Resolved
            && dossier.incident.forks.known
            && !dossier.same.is_empty()
        {
            return None;
        }
        if self == Self::Undo {
            return dialog::why_no_undo(model, dossier);
        }
        let situation = model.situation(dossier);
        let refused = |kind: &StepKind| possible(*kind, &dossier.incident, situation).err();
        let reasons: Option<Vec<String>> = self
            .steps()
            .iter()
            .map(|kind| refused(kind).map(|refusal| model.refused(&refusal)))
            .collect();
        let mut reasons = reasons.filter(|reasons| !reasons.is_empty())?;
        // Steps that are refused for the same reason say it once.
        reasons.dedup();
        Some(reasons.join("; "))
    }
}

impl Layer {
    /// Lines of a text that show at once.
    pub fn room(&self) -> usize {
        match self {
            Self::Help(help) => help.room,
            Self::Text(reading) => reading.room,
            _ => 0,
        }
    }

    /// Whether the layer has the keys for itself, as a form does.
    pub fn has_keys(&self) -> bool {
        !matches!(self, Self::Incident(_))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::KEYS;

    #[test]
    fn every_action_has_a_name_of_its_own() {
        let names: HashSet<&str> = KEYS.iter().map(|binding| binding.name).collect();
        assert_eq!(names.len(), KEYS.len());
        assert!(!names.contains(""));
    }
}
