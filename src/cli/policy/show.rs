//! `holdline policy show`.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::json;

use crate::cli::init::policy_text;
use crate::cli::shelf::{Found, Shelf, example};
use crate::cli::{Failure, Session};
use crate::policy::{Policy, describe, shipped};
use crate::store::Access;

/// Shows what a policy promises, and what its clauses say.
///
/// The desk's newest version of it, else the one that comes with Holdline; or a file.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline policy show severity
  holdline policy show ./our-promise.toml --json
  holdline policy show severity --toml > our-promise.toml")]
pub(super) struct Show {
    /// The policy: its name, or its file.
    name: String,
    /// Prints its file as it is kept, to be changed and given to `policy add` or `init --policy`.
    #[arg(long)]
    toml: bool,
}

/// A policy as `--json` gives it: the keys of its file, and the version that the desk has of it.
#[derive(Serialize)]
struct Shown<'a> {
    version: Option<u32>,
    #[serde(flatten)]
    policy: &'a Policy,
}

impl Show {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let found = match Shelf::present(session)?.policy(&self.name) {
            Err(Failure::Unknown(_)) if shipped(&self.name).is_some() => example(&self.name)?,
            found => found?,
        };
        if self.toml {
            return self.file(session, &found);
        }
        let policy = found.policy();
        let columns = session.text_columns();
        let about = match &found {
            Found::Desk(ruling) => format!("On the desk, version {}", ruling.version),
            Found::Example(_) => "Not from a desk".to_owned(),
        };
        let mut text = describe(policy, columns);
        text.push('\n');
        text.push_str(&about);
        let asked: Vec<&str> = policy.settings.iter().map(|s| s.key.as_str()).collect();
        if found.version().is_none() && !asked.is_empty() {
            text.push_str("; these are examples, adding it asks for them: ");
            text.push_str(&asked.join(", "));
        }
        if session.is_plain() {
            text.push('.');
        }
        let version = found.version();
        session.answer(&Shown { version, policy }, text)
    }

    /// Prints the policy's file; what it leaves open, and stands beside it, is told on standard error.
    fn file(&self, session: &Session, found: &Found) -> Result<(), Failure> {
        let source = match found {
            Found::Desk(_) => {
                let source = session.open(Access::Read)?.policy_source(&self.name)?;
                (source.text, source.settings)
            }
            Found::Example(_) => (policy_text(&self.name)?, BTreeMap::new()),
        };
        let (text, settings) = source;
        if !settings.is_empty() {
            let set = settings.iter();
            let set: Vec<String> = set.map(|(key, value)| format!("{key}={value}")).collect();
            session.note(format_args!(
                "what it leaves open stands beside it: --set {}",
                set.join(" ")
            ));
        }
        session.answer(
            &json!({"name": self.name, "text": text, "settings": settings}),
            text.trim_end(),
        )
    }
}
