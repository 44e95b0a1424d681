//! What a check may find wrong, each as one line: what, why, and what to do.

use crate::incident::{MailId, TechRef};

/// The first thing that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The file's own structure.
    #[error("the desk's file is damaged ({0}): restore the newest backup")]
    File(String),
    /// A row refers to one that is not there.
    #[error(
        "row {row} of table {table} refers to a row of {wanted} that is not there: somebody went around the program; \
         compare with a backup"
    )]
    Reference {
        /// The table.
        table: String,
        /// Its row.
        row: i64,
        /// The table it refers to.
        wanted: String,
    },
    /// An entry of the timeline is not there.
    #[error(
        "entry {0} of the timeline is missing: somebody removed it going around the program; compare with a backup"
    )]
    Missing(i64),
    /// An entry of the timeline is not as it was written.
    #[error(
        "entry {place} of the timeline ({kind}) is not as it was written: somebody altered it, or one before it, going \
         around the program; compare with a backup"
    )]
    Altered {
        /// Its place.
        place: i64,
        /// What it tells of.
        kind: String,
    },
    /// A text of an entry is not as it was written.
    #[error(
        "the {key} of entry {place} of the timeline ({kind}) is not as it was written: somebody altered it going \
         around the program; compare with a backup"
    )]
    AlteredText {
        /// The entry's place.
        place: i64,
        /// What it tells of.
        kind: String,
        /// Which text.
        key: String,
    },
    /// The timeline does not hold an earlier head.
    #[error(
        "entry {0} of the timeline is not the one that the given head names: entries were cut off, or the whole chain \
         was written anew; compare with a backup"
    )]
    OtherHead(i64),
    /// A mail is not kept as its entries tell.
    #[error("mail {mail} is not kept as the timeline tells ({what}): compare with a backup")]
    Mail {
        /// The mail.
        mail: MailId,
        /// What is wrong.
        what: &'static str,
    },
    /// A file that came with a mail is not there, or not as it came.
    #[error(
        "a file that came with mail {mail} is not there as it came: restore {path} from a backup"
    )]
    Attachment {
        /// The mail.
        mail: MailId,
        /// Where the file should lie.
        path: String,
    },
    /// A number without an incident.
    #[error("number {0} has no incident, and numbers leave no gaps: compare with a backup")]
    Gap(TechRef),
    /// An incident without a beginning, or with two.
    #[error(
        "the timeline of {0} does not begin with its opening, or has two: compare with a backup"
    )]
    Opening(TechRef),
    /// The timeline tells of an incident that is not there.
    #[error(
        "entry {place} of the timeline is about {number}, which is not there: compare with a backup"
    )]
    NoIncident {
        /// The entry's place.
        place: i64,
        /// The incident.
        number: TechRef,
    },
    /// An incident's state is not what its timeline makes it.
    #[error(
        "{number} is not what its timeline makes it: the desk has {what} {found}, the timeline makes it {wanted}; \
         compare with a backup"
    )]
    State {
        /// The incident.
        number: TechRef,
        /// What differs.
        what: String,
        /// As the desk has it.
        found: String,
        /// As the timeline makes it.
        wanted: String,
    },
    /// An incident's entries in the ledger are not what its timeline makes them.
    #[error(
        "{what} of {number} is not what its timeline makes it: the desk has {found}, the timeline makes it \
         {wanted}; compare with a backup"
    )]
    Kept {
        /// What: the ledger, or the outbox.
        what: &'static str,
        /// The incident.
        number: TechRef,
        /// As the desk has it.
        found: String,
        /// As the timeline makes it.
        wanted: String,
    },
    /// More was given back than was paid.
    #[error("the money of {number} does not add up: {what}; compare with a backup")]
    Money {
        /// The incident.
        number: TechRef,
        /// What does not.
        what: String,
    },
    /// A clock was stopped that did not run, or with a verdict that its due instant does not give.
    #[error(
        "the {clock} clock of {number} was stopped by entry {place} {why}: one verdict a clock; compare with a backup"
    )]
    Verdict {
        /// The incident.
        number: TechRef,
        /// The clock.
        clock: &'static str,
        /// The entry.
        place: i64,
        /// What is wrong with it.
        why: &'static str,
    },
    /// A running deadline is not what the rule makes it.
    #[error(
        "the {clock} clock of {number} is due {found}, but its policy makes it {wanted}: compare with a backup, and see how it comes about \
         (`holdline explain {number}`)"
    )]
    Due {
        /// The incident.
        number: TechRef,
        /// The clock.
        clock: &'static str,
        /// As the desk has it.
        found: String,
        /// As the policy makes it.
        wanted: String,
    },
    /// An incident is tied to another one that is not, or that knows nothing of it.
    #[error(
        "{number} {what} {other}, {why}: somebody went around the program; compare with a backup"
    )]
    Tie {
        /// The incident.
        number: TechRef,
        /// How it is tied.
        what: &'static str,
        /// The other one.
        other: TechRef,
        /// What is wrong with that.
        why: &'static str,
    },
    /// An incident or a customer is not found by its words, or by others.
    #[error(
        "{0} is not in the search index with its words as they are (`holdline desk compact` makes the index anew)"
    )]
    Unindexed(String),
    /// More was taken of an entitlement than it has, or more given back than was taken.
    #[error(
        "the balance of entitlement {entitlement} does not add up: after entry {place}, {taken} of {granted} are taken; \
         compare with a backup"
    )]
    Balance {
        /// The entitlement.
        entitlement: i64,
        /// The entry after which it does not.
        place: i64,
        /// What is taken by then.
        taken: i64,
        /// What it has.
        granted: i64,
    },
    /// An entitlement, policy or customer is not what the timeline tells of it.
    #[error(
        "{what} is not what entry {place} of the timeline tells of it: somebody altered it going around the program; \
         compare with a backup"
    )]
    Record {
        /// What.
        what: String,
        /// The entry.
        place: i64,
    },
    /// Something that no entry of the timeline tells of.
    #[error(
        "no entry of the timeline tells of {0}: somebody added it going around the program; compare with a backup"
    )]
    Untold(String),
}
