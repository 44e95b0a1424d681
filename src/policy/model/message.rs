//! What the shop writes to customers, and to its own people about them.

use serde::{Deserialize, Serialize};

use crate::policy::nearest;

/// A message that something which happens to an incident puts into the outbox.
///
/// In `subject` and `text`, `{name}` stands for one of the occasion's [`Field`]s; a line whose field has nothing to say
/// is left out. The Tech Reference number is put into the subject whether or not the template does (P5-10).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Template {
    /// What calls for it.
    pub at: Occasion,
    /// Its subject.
    pub subject: String,
    /// What it says.
    pub text: String,
}

/// What calls for a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Occasion {
    /// A contact was logged as a new incident: the customer gets its number (P5-14).
    Logged,
    /// An order was recorded: the customer hears how to schedule the call (P1-05).
    Ordered,
    /// A call was scheduled with the customer.
    Scheduled,
    /// The customer is answered by mail.
    Responded,
    /// The customer is asked something.
    Asked,
    /// The incident is resolved: the customer hears how.
    Resolved,
    /// It is not within remit or scope: the customer hears why.
    Declined,
    /// A step up the ladder: the customer, with the level's role in copy (P4-17).
    Escalated,
    /// An outcome that one of the shop's roles is told of (P3-10, P4-13).
    Forwarded,
}

impl Occasion {
    /// Every occasion.
    pub const ALL: [Self; 9] = [
        Self::Logged,
        Self::Ordered,
        Self::Scheduled,
        Self::Responded,
        Self::Asked,
        Self::Resolved,
        Self::Declined,
        Self::Escalated,
        Self::Forwarded,
    ];

    /// The occasion's word, the same everywhere.
    pub fn word(self) -> &'static str {
        match self {
            Self::Logged => "logged",
            Self::Ordered => "ordered",
            Self::Scheduled => "scheduled",
            Self::Responded => "responded",
            Self::Asked => "asked",
            Self::Resolved => "resolved",
            Self::Declined => "declined",
            Self::Escalated => "escalated",
            Self::Forwarded => "forwarded",
        }
    }

    /// Whether the message itself is what was promised, rather than a copy of what is said on the telephone (P1-05,
    /// P3-10, P4-13).
    pub fn is_owed(self) -> bool {
        matches!(self, Self::Ordered | Self::Responded | Self::Forwarded)
    }

    /// The fields that its template may use: those of every incident, and those that the occasion brings.
    pub fn fields(self) -> impl Iterator<Item = Field> {
        let own: &[Field] = match self {
            Self::Logged | Self::Ordered => &[],
            Self::Scheduled => &[Field::Appointment],
            Self::Responded | Self::Asked => &[Field::Text],
            Self::Resolved | Self::Forwarded => &[
                Field::Outcome,
                Field::Detail,
                Field::Reference,
                Field::Version,
                Field::Indication,
                Field::To,
                Field::Refunded,
            ],
            Self::Declined => &[Field::Reason, Field::Refunded],
            Self::Escalated => &[Field::Level, Field::Ground, Field::Concern, Field::Attempts],
        };
        Field::COMMON.iter().chain(own).copied()
    }

    /// The names in braces that are none of its fields, each with what to do about it.
    pub fn unknown(self, text: &str) -> Vec<(&str, String)> {
        let known: Vec<&str> = self.fields().map(Field::word).collect();
        let names = pieces(text).into_iter().filter_map(|piece| match piece {
            Piece::Name(name) if !known.contains(&name) => Some(name),
            _ => None,
        });
        names
            .map(|name| (name, nearest::remedy(name, known.iter().copied())))
            .collect()
    }
}

/// Something that a template stands a `{name}` for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// The Tech Reference number, after the policy's prefix.
    Number,
    /// The customer's name.
    Customer,
    /// Who spoke for the customer; the customer where nobody is named.
    Contact,
    /// The issue in one line.
    Summary,
    /// The product.
    Product,
    /// The severity in force.
    Severity,
    /// The policy's title.
    Policy,
    /// Who acts for the shop.
    Agent,
    /// When the response is due.
    Due,
    /// When the resolution is expected.
    Estimate,
    /// What is still owed.
    Owed,
    /// What the caller has ready for faster service, an item a line.
    Checklist,
    /// The instant of the scheduled call.
    Appointment,
    /// What was said.
    Text,
    /// What the outcome means.
    Outcome,
    /// What was done or found.
    Detail,
    /// The reference of a bug, a request or a review.
    Reference,
    /// The version that solves it.
    Version,
    /// When or how it is expected to be solved.
    Indication,
    /// To whom it was forwarded.
    To,
    /// What was given back.
    Refunded,
    /// Why it was declined.
    Reason,
    /// The level of the ladder.
    Level,
    /// The ground for the escalation.
    Ground,
    /// The concern or additional request.
    Concern,
    /// The earlier escalations with their dates, grounds and answers (P4-19).
    Attempts,
}

impl Field {
    /// The fields of every incident.
    const COMMON: [Self; 12] = [
        Self::Number,
        Self::Customer,
        Self::Contact,
        Self::Summary,
        Self::Product,
        Self::Severity,
        Self::Policy,
        Self::Agent,
        Self::Due,
        Self::Estimate,
        Self::Owed,
        Self::Checklist,
    ];

    /// The name that a template writes it by.
    pub fn word(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Customer => "customer",
            Self::Contact => "contact",
            Self::Summary => "summary",
            Self::Product => "product",
            Self::Severity => "severity",
            Self::Policy => "policy",
            Self::Agent => "agent",
            Self::Due => "due",
            Self::Estimate => "estimate",
            Self::Owed => "owed",
            Self::Checklist => "checklist",
            Self::Appointment => "appointment",
            Self::Text => "text",
            Self::Outcome => "outcome",
            Self::Detail => "detail",
            Self::Reference => "reference",
            Self::Version => "version",
            Self::Indication => "indication",
            Self::To => "to",
            Self::Refunded => "refunded",
            Self::Reason => "reason",
            Self::Level => "level",
            Self::Ground => "ground",
            Self::Concern => "concern",
            Self::Attempts => "attempts",
        }
    }
}

/// A part of a template's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'t> {
    /// Text that stands for itself.
    Plain(&'t str),
    /// A name in braces.
    Name(&'t str),
}

/// The parts of a template's text. A brace that does not begin a lower-case name in braces is itself.
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut from = 0;
    for (open, _) in text.match_indices('{') {
        let after = text.get(open + 1..).unwrap_or_default();
        let lower = |c: char| c.is_ascii_lowercase() || c == '_';
        let name = after
            .split_once('}')
            .map(|(name, _)| name)
            .filter(|name| !name.is_empty() && name.chars().all(lower));
        if let Some(name) = name {
            pieces.extend(text.get(from..open).map(Piece::Plain));
            pieces.push(Piece::Name(name));
            from = open + name.len() + 2;
        }
    }
    pieces.extend(text.get(from..).map(Piece::Plain));
    pieces.retain(|piece| *piece != Piece::Plain(""));
    pieces
}

#[cfg(test)]
mod tests {
    use super::Piece::{Name, Plain};
    use super::*;

    #[test]
    fn names_stand_in_braces_and_other_braces_for_themselves() {
        assert_eq!(
            pieces("Dear {contact}, {number}{"),
            [
                Plain("Dear "),
                Name("contact"),
                Plain(", "),
                Name("number"),
                Plain("{")
            ]
        );
        assert_eq!(pieces("{ {X} {} }"), [Plain("{ {X} {} }")]);
        assert_eq!(pieces("{{due}}"), [Plain("{"), Name("due"), Plain("}")]);
        assert_eq!(pieces(""), []);
    }
}
