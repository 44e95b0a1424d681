//! What commands are called, and what they are about. A new one is named here, so that nobody forgets to send it.

use holdline::incident::{Command, Step, TechRef};

/// Names every kind of `$type`, so that one that is added does not compile until it has a name, and is missed wherever
/// all of them are to be met.
macro_rules! names {
    ($name:ident of $type:ty, all in $all:ident: $($kind:pat => $word:literal,)*) => {
        fn $name(of: &$type) -> &'static str {
            match of {
                $($kind => $word,)*
            }
        }

        /// What every kind is called.
        pub(crate) const $all: &[&str] = &[$($word),*];
    };
}

/// What a command is counted as.
pub(crate) fn name(command: &Command) -> &'static str {
    match command {
        Command::Step(_, step) => step_name(step),
        other => command_name(other),
    }
}

names! {
    command_name of Command, all in COMMANDS:
    Command::Step(..) => "step",
    Command::Log(_) => "log",
    Command::Edit(..) => "edit",
    Command::Split(..) => "split",
    Command::Merge(..) => "merge",
    Command::Unmerge(_) => "unmerge",
    Command::Link(..) => "link",
    Command::Unlink(..) => "unlink",
    Command::SameAs(..) => "same as",
    Command::ResolveSame(..) => "resolve same",
    Command::Undo(_) => "undo",
    Command::AddCustomer(_) => "add customer",
    Command::AddContact(..) => "add contact",
    Command::ChangeCustomer(..) => "change customer",
    Command::ChangeContact(..) => "change contact",
    Command::SetPin(..) => "set PIN",
    Command::CheckPin(..) => "check PIN",
    Command::AddAgent(_) => "add agent",
    Command::AgentLeaves(..) => "agent leaves",
    Command::TakeOver(_) => "take over",
    Command::AddEntitlement(_) => "entitlement",
    Command::EndEntitlement(..) => "entitlement-end",
    Command::AddPolicy(_) => "policy",
    Command::AddClosure(_) => "add closure",
    Command::RemoveClosure(_) => "remove closure",
    Command::CallWithoutIncident(_) => "loose call",
    Command::Arrive(_) => "mail",
    Command::RegisterMail(_) => "register mail",
    Command::DismissMail(..) => "dismiss mail",
    Command::ApproveAddress(..) => "approve address",
}

names! {
    step_name of Step, all in STEPS:
    Step::Accept { .. } => "accept",
    Step::Decline { .. } => "decline",
    Step::Order { .. } => "order",
    Step::Pay { .. } => "pay",
    Step::Waive { .. } => "waive",
    Step::Cover { .. } => "cover",
    Step::Refund { .. } => "refund",
    Step::Assign(_) => "assign",
    Step::Respond(_) => "respond",
    Step::Wait { .. } => "wait",
    Step::Resume(_) => "resume",
    Step::Contact(_) => "contact",
    Step::CallEnded(_) => "call ended",
    Step::Note { .. } => "note",
    Step::Emergency { .. } => "emergency",
    Step::Severity { .. } => "severity",
    Step::Estimate(_) => "estimate",
    Step::Schedule(_) => "schedule",
    Step::CancelAppointment => "cancel appointment",
    Step::Patched => "patched",
    Step::Escalate(_) => "escalate",
    Step::GroundEscalation { .. } => "ground escalation",
    Step::AnswerEscalation { .. } => "answer escalation",
    Step::WithdrawEscalation { .. } => "withdraw escalation",
    Step::Resolve(_) => "resolve",
    Step::Close { .. } => "close",
    Step::Reopen { .. } => "reopen",
    Step::Message(..) => "message",
    Step::Given => "given",
    Step::Known(_) => "known",
    Step::Tick => "tick",
    Step::Mail(_) => "mail step",
}

/// The incident that a command is about.
pub(crate) fn about(command: &Command) -> Option<TechRef> {
    match command {
        Command::Step(number, _)
        | Command::Edit(number, _)
        | Command::Split(number, _)
        | Command::Merge(number, _)
        | Command::Unmerge(number)
        | Command::Link(number, _)
        | Command::Unlink(number, _)
        | Command::SameAs(number, _)
        | Command::ResolveSame(number, _)
        | Command::Undo(number) => Some(*number),
        _ => None,
    }
}
