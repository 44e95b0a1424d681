//! What is said once something is done.

use crate::incident::{Command, MessageStep, Step};

/// What is said where a step was taken back.
pub const TAKEN_BACK: &str = "your last step is taken back";

/// What was done, once it is.
pub(super) fn words(command: &Command) -> &'static str {
    match command {
        Command::Step(_, step) => step_words(step),
        Command::Edit(..) => "put right",
        Command::Split(..) => "split off, with a number of its own",
        Command::Merge(..) => "the other number leads here from now on",
        Command::Undo(_) => TAKEN_BACK,
        Command::Unmerge(_) => "an incident of its own again",
        Command::Link(..) => "linked",
        Command::Unlink(..) => "no longer linked",
        Command::SameAs(_, Some(_)) => "counted to the known fault",
        Command::SameAs(_, None) => "another fault after all",
        Command::ResolveSame(..) => "resolved, with those that are the same",
        _ => "done",
    }
}

fn step_words(step: &Step) -> &'static str {
    match step {
        Step::Accept { .. } => "accepted",
        Step::Decline { .. } => "declined",
        Step::Order { .. } => "the order is recorded",
        Step::Pay { .. } => "the payment is recorded: $ gives its receipt",
        Step::Cover { .. } => "paid by what the customer has: the work may begin",
        Step::Waive { .. } => "the charge is waived",
        Step::Refund { .. } => "the payment is given back: $ gives the receipt",
        Step::Assign(None) => "nobody's now",
        Step::Assign(Some(_)) => "assigned",
        Step::Respond(_) => "the response is recorded",
        Step::Wait { .. } => "waits for the customer",
        Step::Resume(_) => "resumed",
        Step::Contact(_) => "the contact is logged",
        Step::Note { .. } => "the note is kept",
        Step::Emergency { .. } => "emergency service was asked for",
        Step::Severity { .. } => "the severity is agreed",
        Step::Estimate(_) => "the estimate is promised",
        Step::Schedule(_) => "the call is scheduled",
        Step::CancelAppointment => "the scheduled call is called off",
        Step::Patched => "the patch is recorded",
        Step::Escalate(_) => "escalated",
        Step::AnswerEscalation { .. } => "the escalation is answered",
        Step::GroundEscalation { .. } => "the ground is recorded",
        Step::WithdrawEscalation { .. } => "the escalation is taken back",
        Step::Resolve(_) => "resolved",
        Step::Close { .. } => "closed without a resolution",
        Step::Reopen { .. } => "open again",
        Step::CallEnded(_) => "the call is recorded",
        Step::Message(_, MessageStep::Drop { .. }) => "the message is dropped",
        Step::Message(..) => "the message is changed",
        Step::Mail(_) => "taken in",
        Step::Given => "the caller has the number",
        Step::Known(true) => "a known fault: = logs a caller as the same as it",
        Step::Known(false) => "no known fault any more",
        Step::Tick => "up to date",
    }
}
