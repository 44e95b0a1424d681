//! `holdline redact`.

use std::io::Read;

use serde_json::json;

use super::{Failure, Session};
use crate::incident::Refusal;
use crate::store::{Access, Erased};

/// More than this is no text that somebody looks for.
const MOST: u64 = 64 * 1024;

/// Erases every text of an incident that holds certain words, for good.
///
/// For a password that was told, or what does not belong there: each text that holds the words goes as a whole, and reads
/// `[erased]` from then on; the chain of the timeline holds. A note says that it was done. Without --yes it only says how
/// many would go.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline redact 10001-4 hunter2
  holdline redact 10001-4 - --reason \"a password\" --yes < words.txt")]
pub struct Redact {
    /// Its Tech Reference number.
    #[arg(value_name = "REF")]
    tech_ref: String,
    /// The words; `-` reads them from standard input, so that they stay out of the shell's history.
    #[arg(value_name = "TEXT")]
    words: String,
    /// Why; it is kept.
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    /// Does it.
    #[arg(long)]
    yes: bool,
}

impl Redact {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let number = session.number(&self.tech_ref)?;
        let mut words = self.words;
        if words == "-" {
            words.clear();
            std::io::stdin()
                .lock()
                .take(MOST)
                .read_to_string(&mut words)?;
        }
        let mut desk = session.open(Access::Write)?;
        session.known_agent(&desk)?;
        let (context, reason) = (session.context()?, self.reason.as_deref());
        let erased = desk.redact(number, &words, reason, &context, self.yes)?;
        let what = counted(&erased);
        if !self.yes {
            return Err(Refusal::rule(format!(
                "this erases the texts of {number} that hold those words, {what}; nothing brings them back: say --yes \
                 to do it"
            ))
            .into());
        }
        session.answer(
            &json!({"tech_ref": number, "entries": erased.entries, "copies": erased.copies}),
            format_args!("{number}: erased, {what}{}", copies_in_words(&erased)),
        )
    }
}

/// What goes, in numbers.
pub(super) fn counted(erased: &Erased) -> String {
    let of = |count: usize, one: &str, many: &str| match count {
        1 => format!("1 {one}"),
        count => format!("{count} {many}"),
    };
    let mut parts = vec![of(erased.entries, "entry", "entries")];
    parts.push(of(erased.incidents.len(), "incident", "incidents"));
    if erased.files > 0 {
        parts.push(of(erased.files, "file", "files"));
    }
    parts.join(", ")
}

/// Where it stands still.
pub(super) fn copies_in_words(erased: &Erased) -> String {
    let shown: Vec<String> = erased
        .copies
        .iter()
        .map(|copy| copy.display().to_string())
        .collect();
    match shown.is_empty() {
        true => String::new(),
        false => format!(
            "\nbackups that were made before hold it still, delete them or wait until they go: {}",
            shown.join(", ")
        ),
    }
}
