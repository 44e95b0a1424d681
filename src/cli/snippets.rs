//! `holdline snippets`.

use serde::Serialize;

use super::table::Table;
use super::{Failure, Session};
use crate::policy::Snippet;
use crate::store::Access;

/// Lists the stock phrases that `;name` inserts in any field of the console.
///
/// Your own are in snippets.toml in the folder for your configuration, the shop's in its policies, written alike:
/// `[[snippet]]` with name and text. Of several of one name your own counts, then that of the policy you work under.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  holdline snippets")]
pub struct Snippets {}

/// A phrase and where it comes from.
#[derive(Serialize)]
struct Row {
    name: String,
    text: String,
    from: String,
}

impl Snippets {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let row = |snippet: &Snippet, from: &str| Row {
            name: snippet.name.clone(),
            text: snippet.text.clone(),
            from: from.to_owned(),
        };
        let own = session.own_snippets()?;
        let mut rows: Vec<Row> = own.iter().map(|snippet| row(snippet, "you")).collect();
        for ruling in session.open(Access::Read)?.rulings()? {
            let policy = &ruling.policy;
            rows.extend(policy.snippets.iter().map(|one| row(one, &policy.name)));
        }
        if session.json() {
            return session.answer(&rows, "");
        }
        if rows.is_empty() {
            let path = session.snippets_path()?;
            return session.print(format!(
                "There are none: write [[snippet]] with name and text into {} or into a policy",
                path.display()
            ));
        }
        let mut table = Table::new(["NAME", "FROM", "TEXT"], session.columns());
        for row in rows {
            let text: Vec<&str> = row.text.split_whitespace().collect();
            table.row([format!(";{}", row.name), row.from, text.join(" ")]);
        }
        session.print_table(&table)
    }
}
