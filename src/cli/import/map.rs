//! `holdline import map`.

use serde_json::json;

use crate::cli::{Failure, Session};
use crate::import::{MapFile, SHIPPED_MAPS};

/// Lists the mappings that come with Holdline, or prints one, to be made one's own.
///
/// A mapping says which column of a file is what. `import incidents` and `import customers` take it by its name, or as a
/// file.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline import map
  holdline import map zendesk > our-zendesk.toml
  holdline import incidents export.csv --map our-zendesk.toml --zone Europe/Rome")]
pub(super) struct MapArgs {
    /// The mapping; all of them by name without it.
    name: Option<String>,
}

impl MapArgs {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let Some(name) = self.name else {
            let lines = SHIPPED_MAPS
                .iter()
                .map(|map| format!("{}: {}", map.name, map.about));
            let lines: Vec<String> = lines.collect();
            return session.answer(&SHIPPED_MAPS, lines.join("\n"));
        };
        let map = MapFile::named(&name)?;
        session.answer(
            &json!({"name": name, "text": map.text}),
            map.text.trim_end(),
        )
    }
}
