//! `holdline policy check`.

use serde_json::{Value, json};

use crate::cli::init::{faults, policy_text};
use crate::cli::settings::{Setting, hand_out};
use crate::cli::{Failure, Session};
use crate::policy::{Finding, example_settings, load};

/// Checks a policy file: what is wrong, each with its line, key and remedy.
///
/// Nothing is changed, and no desk is needed.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline policy check ./our-promise.toml
  holdline policy check ./our-promise.toml --set currency=EUR")]
pub(super) struct Check {
    /// The file.
    file: String,
    /// What the policy leaves open; its examples without.
    #[arg(long = "set", value_name = "KEY=VALUE", num_args = 1..)]
    settings: Vec<Setting>,
}

impl Check {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let file = self.file.as_str();
        let text = policy_text(file)?;
        let mut settings = example_settings(&text).map_err(|error| faults(file, &error))?;
        let given = hand_out(&self.settings, &[(file, &text)])?;
        let given = given.into_iter().next().unwrap_or_default();
        let examples: Vec<String> = settings
            .keys()
            .filter(|key| !given.contains_key(*key))
            .cloned()
            .collect();
        settings.extend(given);
        let loaded = load(&text, &settings).map_err(|error| faults(file, &error))?;
        let (policy, warnings) = (&loaded.policy, &loaded.warnings);
        let mut lines: Vec<String> = warnings
            .iter()
            .map(|warning| format!("{file}: warning: {warning}"))
            .collect();
        lines.push(format!("{file} is fine: {}, {}", policy.name, policy.title));
        if !examples.is_empty() {
            lines.push(format!(
                "Checked with the examples of what it leaves open: {}; adding it asks for the values",
                examples.join(", ")
            ));
        }
        session.answer(
            &json!({
                "file": file,
                "name": policy.name,
                "title": policy.title,
                "warnings": warnings.iter().map(finding).collect::<Vec<_>>(),
                "examples": examples,
            }),
            lines.join("\n"),
        )
    }
}

fn finding(finding: &Finding) -> Value {
    json!({
        "line": finding.line,
        "key": finding.key,
        "problem": finding.problem,
        "remedy": finding.remedy,
    })
}
