//! An event as a short sentence, with the texts that were said.

mod edit;
mod words;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::arrival::MailIn;
use super::clock::ClockKind;
use super::entitled::{instead_in_words, used_up_in_words};
use super::event::{Contacted, Event, MessageFailed, Opened, Way};
use super::message::Wording;
use super::remaining::{full_instant, hours_in_words};
use super::state::{Escalation, Resolution, State};
use crate::policy::{Occasion, spoken_role};

pub use words::kind_in_words;
use words::{followed, left_in_words, name, noted, pays, person, sentence, stopped, way};

/// What stands for the ground of an escalation by mail until an agent has said it.
const NO_GROUND: &str = "ground not said yet";

/// An event in one sentence; instants in UTC.
pub fn describe(event: &Event) -> String {
    describe_in(event, Tz::UTC)
}

/// As [`describe`], with the instants in `zone`.
pub fn describe_in(event: &Event, zone: Tz) -> String {
    describe_as(event, &|at| full_instant(at, zone))
}

/// As [`describe`], with the instants as `instant` says them.
pub fn describe_as(event: &Event, instant: &dyn Fn(DateTime<Utc>) -> String) -> String {
    match event {
        Event::Opened(opened) => self::opened(opened),
        Event::Accepted => "Accepted as within remit".to_owned(),
        Event::Declined { reason } => format!("Declined: {reason}"),
        Event::Covered { cover, used, .. } => {
            let taken = if *used { "Taken" } else { "Reserved" };
            let taken = format!("{taken} from what the customer has: {}", pays(*cover));
            followed(taken, "; ", instead_in_words(event).as_deref())
        }
        Event::CoverUsed => "The reserved purchase is used".to_owned(),
        Event::CoverReleased => "What was taken goes back to the customer's balance".to_owned(),
        Event::CoverRefunded { reason } => {
            format!("What was taken is given back to the customer's balance: {reason}")
        }
        Event::Uncovered => "Nothing covers it: worked on, and marked".to_owned(),
        Event::TimeCharged {
            seconds,
            taken,
            owed,
            ..
        } => {
            let text = format!("Call time charged: {}", hours_in_words(*seconds));
            let from: i64 = taken.iter().map(|time| time.seconds).sum();
            let from = (from > 0).then(|| format!("{} of prepaid hours", hours_in_words(from)));
            let owed = owed.map(|owed| format!("{owed} owed"));
            let parts: Vec<String> = from.into_iter().chain(owed).collect();
            let parts = (!parts.is_empty()).then(|| parts.join(", "));
            followed(text, "; ", parts.as_deref())
        }
        Event::TimeGivenBack { taken } => {
            let seconds = taken.iter().map(|time| time.seconds).sum();
            format!("{} go back to the prepaid hours", hours_in_words(seconds))
        }
        Event::TimeWaived { seconds, reason } => format!(
            "Call time outside the contract's hours not charged, {}: {reason}",
            hours_in_words(*seconds)
        ),
        Event::PaymentAsked { price, used_up, .. } => {
            let used_up = used_up.map(used_up_in_words);
            let text = format!("Awaits payment of {price} before any work");
            followed(text, ": ", used_up.as_deref())
        }
        Event::Ordered { price, reference } => {
            let text = format!("Ordered for {price}");
            followed(text, ", reference ", reference.as_deref())
        }
        Event::Paid {
            amount,
            method,
            reference,
        } => format!("Paid {amount} ({method}), reference {reference}"),
        Event::Waived { amount, reason } => format!("Waived {amount}: {reason}"),
        Event::Refunded { amount, reason } => format!("Gave back {amount}: {reason}"),
        Event::Edited(edited) => edit::edited(edited),
        Event::Assigned { agent, by_rule } => {
            let to = agent.as_ref().map_or_else(
                || "Put back to nobody".to_owned(),
                |agent| format!("Assigned to {agent}"),
            );
            followed(to, ", by ", by_rule.as_deref())
        }
        Event::EmergencyAsked {
            tried,
            failed,
            reason,
        } => emergency(*tried, *failed, reason.as_deref()),
        Event::SeverityAgreed {
            severity,
            agreed_with,
            ..
        } => format!("Severity {severity} agreed with {agreed_with}"),
        Event::Responded {
            by,
            channel_reason,
            text,
            manual_page,
            estimate_note,
        } => {
            let outside = channel_reason.as_deref().map(outside).unwrap_or_default();
            let answered = format!("Answered by {}{outside}", way(*by));
            let said = followed(answered, ": ", text.as_deref());
            let said = followed(said, "; manual page ", manual_page.as_deref());
            followed(said, "; no estimate: ", estimate_note.as_deref())
        }
        Event::Waiting { text } => format!("Asked, and waits for the customer: {text}"),
        Event::Resumed(why) => followed("Work goes on".to_owned(), ": ", why.text.as_deref()),
        Event::Contacted(contacted) => self::contacted(contacted),
        Event::CallEnded {
            seconds,
            held,
            text,
            with,
        } => {
            let length = format!("The call took {}", hours_in_words(*seconds));
            let on_hold = (*held > 0).then(|| hours_in_words(*held) + " on hold");
            let length = followed(length, ", besides ", on_hold.as_deref());
            let length = followed(length, ", with the ", spoken(with.as_deref()).as_deref());
            followed(length, ": ", text.as_deref())
        }
        Event::Noted { note, text } => format!("{}: {text}", noted(*note)),
        Event::ClockStarted { clock, due_at, .. } => match clock {
            ClockKind::Estimate => format!("Estimated for {}", instant(*due_at)),
            ClockKind::Appointment => format!("Call scheduled for {}", instant(*due_at)),
            ClockKind::Silence => {
                format!("Without an answer it is resolved {}", instant(*due_at))
            }
            ClockKind::Response | ClockKind::Patch | ClockKind::Resolution => {
                format!("{} due {}", name(*clock), instant(*due_at))
            }
        },
        Event::ClockMoved {
            clock,
            due_at,
            why,
            left,
            ..
        } => match left {
            Some(left) => format!(
                "{} paused, now {}: {why}",
                name(*clock),
                left_in_words(*left)
            ),
            None => format!("{} now due {}: {why}", name(*clock), instant(*due_at)),
        },
        Event::ClockPaused { clock, left } => {
            format!("{} paused, {}", name(*clock), left_in_words(*left))
        }
        Event::ClockResumed { clock, due_at } => {
            format!("{} runs again, due {}", name(*clock), instant(*due_at))
        }
        Event::ClockStopped { clock, ending, .. } => stopped(*clock, *ending),
        Event::Escalated {
            level,
            ground,
            concern,
            requested_by,
            evidence,
        } => {
            let ground = ground.as_deref().unwrap_or(NO_GROUND);
            format!(
                "Escalated to level {level} for the {requested_by} by {evidence}, {ground}: {concern}"
            )
        }
        Event::EscalationGrounded { level, ground } => {
            format!("Escalation to level {level} rests on: {ground}")
        }
        Event::EscalationAnswered { level, answer } => {
            format!("Escalation to level {level} answered: {answer}")
        }
        Event::EscalationWithdrawn { level, reason } => {
            format!("Escalation to level {level} taken back: {reason}")
        }
        Event::Resolved(resolution) => resolved(resolution),
        Event::Closed { outcome, detail } => {
            format!("Closed without a resolution, {outcome}: {detail}")
        }
        Event::Reopened {
            by,
            recurring,
            reason,
            ..
        } => {
            let again = if *recurring { ", it came back" } else { "" };
            followed(
                format!("Reopened by the {by}{again}"),
                ": ",
                reason.as_deref(),
            )
        }
        Event::SilenceWithdrawn => {
            "Open again: the customer had answered before the silence ran out".to_owned()
        }
        Event::MessageQueued(message) => {
            let Wording { to, subject, .. } = &message.wording;
            format!("Message {} in the outbox, to {to}: {subject}", message.n)
        }
        Event::ToldWith { with, n } => format!("Told with {with}, by its message {n}"),
        Event::MessageEdited(message) => {
            let Wording { to, subject, .. } = &message.wording;
            format!("Message {} changed, to {to}: {subject}", message.n)
        }
        Event::MessageSent { n, by, .. } => format!("Message {n} sent by {by}"),
        Event::MessageFailed(MessageFailed { n, reason, .. }) => {
            format!("Message {n} could not be sent: {reason}")
        }
        Event::MessageDropped { n, reason } => format!("Message {n} dropped: {reason}"),
        Event::MessageUnwritten { occasion } => unwritten_in_words(*occasion),
        Event::MailTaken(taken) => mail(taken),
        Event::NumberGiven => "The caller has the number".to_owned(),
        Event::Linked { with } => format!("Linked with {with}"),
        Event::Unlinked { with } => format!("No longer linked with {with}"),
        Event::KnownFault { known: true } => "A known fault: others may have it too".to_owned(),
        Event::KnownFault { known: false } => "No longer a known fault".to_owned(),
        Event::SameAs { fault: Some(fault) } => format!("The same fault as {fault}"),
        Event::SameAs { fault: None } => "Another fault after all".to_owned(),
        Event::MergedInto { into } => {
            format!("Merged into {into}: the number leads there from now on")
        }
        Event::PaymentKept {
            entitlement, price, ..
        } => {
            let number = entitlement.0;
            format!("{price} that was paid is in the customer's balance, entitlement {number}")
        }
        Event::Undone { what, .. } => format!("Taken back: {what}"),
        Event::Voided => {
            "Taken back as if it had never been logged; its number stays used".to_owned()
        }
        Event::Unmerged { from } => format!("No longer merged into {from}: as it was before"),
        Event::MergedFrom {
            from,
            unanswered_since,
            ..
        } => {
            let since = unanswered_since.map(instant);
            let merged = format!("{from} is the same matter, and was merged into this one");
            followed(merged, "; without an answer since ", since.as_deref())
        }
        Event::EscalationCarried(escalation) => {
            let Escalation {
                level,
                ground,
                concern,
                ..
            } = &**escalation;
            let ground = ground.as_deref().unwrap_or(NO_GROUND);
            format!("Escalated to level {level} before the merge, {ground}: {concern}")
        }
        Event::PartedFrom { from } => format!("{from} is an incident of its own again"),
        Event::SplitInto { into, told } => {
            format!("Another aspect became {into}, {}", customer_told(*told))
        }
        Event::SplitFrom { from, told } => {
            format!("Split from {from}, {}", customer_told(*told))
        }
    }
}

fn customer_told(told: bool) -> &'static str {
    if told {
        "which the customer was told"
    } else {
        "which the customer was not told yet"
    }
}

fn opened(opened: &Opened) -> String {
    let mut text = format!("Logged by {}", way(opened.channel));
    if let Some(reason) = &opened.channel_reason {
        text.push_str(&outside(reason));
    }
    if let Some(contact) = &opened.contact {
        text.push_str(&format!(" from {}", person(contact)));
    }
    if let Some(severity) = &opened.severity {
        text.push_str(&format!(", severity {severity}"));
    }
    if opened.state == State::AwaitingAcceptance {
        text.push_str(", to be accepted");
    }
    let text = format!("{text}: {}", opened.summary);
    let text = sentence(text, "", opened.detail.as_deref());
    sentence(text, "Changed before: ", opened.what_changed.as_deref())
}

fn emergency(tried: Option<u32>, failed: Option<u32>, reason: Option<&str>) -> String {
    let share = tried
        .zip(failed)
        .map(|(tried, failed)| format!("{failed} of {tried} calls fail"));
    match reason {
        Some(reason) => format!("Emergency service was asked for and not given: {reason}"),
        None => followed("Taken as an emergency".to_owned(), ": ", share.as_deref()),
    }
}

fn contacted(contacted: &Contacted) -> String {
    let by = way(contacted.channel);
    let mut text = match contacted.way {
        Way::In => format!("The customer came by {by}"),
        Way::Out => format!("Reached the customer by {by}"),
        Way::Attempt => format!("Tried to reach the customer by {by}, nobody answered"),
    };
    if let Some(reason) = &contacted.channel_reason {
        text.push_str(&outside(reason));
    }
    if let Some(contact) = &contacted.contact {
        text.push_str(&format!(" ({})", person(contact)));
    }
    text = followed(
        text,
        ", with the ",
        spoken(contacted.with.as_deref()).as_deref(),
    );
    if contacted.seconds > 0 {
        text.push_str(&format!(", {}", hours_in_words(contacted.seconds)));
    }
    followed(text, ": ", contacted.text.as_deref())
}

fn mail(taken: &MailIn) -> String {
    let arrival = &taken.arrival;
    let text = followed(
        format!("Mail {}", taken.mail),
        " from ",
        arrival.sender.as_deref(),
    );
    let text = followed(
        text,
        ", which nothing answers by itself: ",
        arrival.automatic.as_deref(),
    );
    let files: Vec<String> = arrival.files.iter().map(ToString::to_string).collect();
    let files = (!files.is_empty()).then(|| files.join(", "));
    let text = format!("{text}: {}", arrival.subject);
    let text = followed(text, "; with ", files.as_deref());
    followed(text, "; ", arrival.unclear.as_deref())
}

/// That a message which was promised could not be written.
pub fn unwritten_in_words(occasion: Occasion) -> String {
    let message = match occasion {
        Occasion::Forwarded => {
            return "No mail address is known: no message to whoever is to be told is in the outbox"
                .to_owned();
        }
        Occasion::Logged => "with the number",
        Occasion::Ordered => "on how to schedule the call",
        Occasion::Scheduled => "on when the call is",
        Occasion::Responded => "with this answer",
        Occasion::Asked => "with this question",
        Occasion::Resolved => "that it is resolved",
        Occasion::Declined => "that it is declined",
        Occasion::Escalated => "on the escalation",
    };
    format!("No mail address of the caller is known: no message {message} is in the outbox")
}

/// A contact that came by no channel of the agreement's.
fn outside(reason: &str) -> String {
    format!(" outside the agreement ({reason})")
}

fn spoken(role: Option<&str>) -> Option<String> {
    role.map(spoken_role)
}

fn resolved(resolution: &Resolution) -> String {
    let text = format!("Resolved, {}", resolution.outcome);
    let text = followed(text, ", cause ", resolution.cause.as_deref());
    let text = followed(text, ": ", resolution.detail.as_deref());
    let more = [
        ("reference ", &resolution.reference),
        ("version ", &resolution.version),
        ("product ", &resolution.product),
        ("forwarded to ", &resolution.to),
        ("expected ", &resolution.indication),
        ("manual page ", &resolution.manual_page),
    ];
    let text = more.into_iter().fold(text, |text, (what, value)| {
        followed(text, &format!("; {what}"), value.as_deref())
    });
    if resolution.critical {
        text + "; critical"
    } else {
        text
    }
}

#[cfg(test)]
mod tests;
