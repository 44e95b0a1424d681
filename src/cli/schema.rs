//! `holdline schema`.

use clap::ValueEnum;
use serde_json::json;

use super::shape::Shape;
use super::view::{View, Whole};
use super::{Failure, Session};

/// Prints the JSON Schema of what --json prints of incidents.
///
/// It is made from the types that are printed. Keys stay: others may come, none goes or changes its meaning.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline schema > incident.schema.json
  holdline schema list | jq '.items.properties | keys'")]
pub struct Schema {
    /// What is described.
    #[arg(value_enum, default_value_t, value_name = "WHAT")]
    what: What,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum What {
    /// The object of `show --json`: an incident with its timeline.
    #[default]
    Show,
    /// The array of `list --json`: the same without timelines.
    List,
}

impl Schema {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let (title, mut shape) = match self.what {
            What::Show => (
                "An incident, as `holdline show --json` prints it",
                Whole::shape(),
            ),
            What::List => (
                "Incidents, as `holdline list --json` prints them",
                <Vec<View>>::shape(),
            ),
        };
        if let Some(shape) = shape.as_object_mut() {
            let draft = "https://json-schema.org/draft/2020-12/schema";
            shape.insert("$schema".to_owned(), json!(draft));
            shape.insert("title".to_owned(), json!(title));
        }
        let text = serde_json::to_string_pretty(&shape).map_err(Failure::input)?;
        session.print_raw(&(text + "\n"))
    }
}
