//! What is done with mail that waits in quarantine.

use crate::incident::TechRef;
use crate::incident::arrival::MailId;
use crate::incident::people::CustomerId;

/// A mail is taken out of quarantine: its sender is registered, and it opens or continues an incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterMail {
    /// The mail.
    pub mail: MailId,
    /// Whose it is.
    pub customer: CustomerId,
    /// The person who wrote it; what the sender calls itself when absent.
    pub person: Option<String>,
    /// Who approved a further address (P4-02).
    pub approved_by: Option<String>,
    /// Where it goes.
    pub target: MailTarget,
    /// For a new incident: the severity asked for.
    pub severity: Option<String>,
    /// For a new incident: the office.
    pub office: Option<String>,
    /// For a new incident: the issue in full, where the mail does not say it.
    pub detail: Option<String>,
}

/// Where a mail out of quarantine goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailTarget {
    /// To the incident that was proposed, if it is that customer's, else to a new one.
    Proposed,
    /// To this incident.
    Incident(TechRef),
    /// To a new one.
    New,
}
