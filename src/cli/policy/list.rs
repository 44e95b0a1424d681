//! `holdline policy list`.

use serde_json::json;

use crate::cli::shelf::{Found, Shelf, example};
use crate::cli::{Failure, Session};
use crate::policy::shipped_names;
use crate::text;
use crate::when::{rfc3339, shown};

/// Lists the desk's policies with their versions, and those that come with Holdline.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  holdline policy list")]
pub(super) struct List {}

impl List {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let mut desk = Vec::new();
        let mut text = String::new();
        if let Shelf::Desk(open) = Shelf::present(session)? {
            text.push_str("On the desk, the first for customers without one of their own:\n");
            for known in open.policies()? {
                let ruling = open.ruling(Some(&known.name))?;
                let added = shown(known.added_at, session.zone());
                line(
                    &mut text,
                    session,
                    &known.name,
                    &format!(
                        "version {}, added {added}: {}",
                        known.version, ruling.policy.summary
                    ),
                );
                desk.push(json!({
                    "name": known.name,
                    "version": known.version,
                    "added_at": rfc3339(known.added_at),
                    "title": ruling.policy.title,
                    "summary": ruling.policy.summary,
                }));
            }
            text.push('\n');
        }
        text.push_str("Come with Holdline:\n");
        let mut shipped = Vec::new();
        for name in shipped_names() {
            let found: Found = example(name)?;
            let policy = found.policy();
            line(&mut text, session, name, &policy.summary);
            shipped.push(json!({"name": name, "title": policy.title, "summary": policy.summary}));
        }
        session.answer(&json!({"desk": desk, "shipped": shipped}), text.trim_end())
    }
}

fn line(page: &mut String, session: &Session, name: &str, about: &str) {
    page.push_str(&match session.is_plain() {
        true => format!("{name}: {about}\n"),
        false => format!("  {}  {about}\n", text::fit(name, 14)),
    });
}
