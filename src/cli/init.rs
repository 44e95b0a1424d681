//! `holdline init`.

use std::path::Path;

use serde_json::json;

use super::settings::{Setting, hand_out};
use super::{Failure, Session};
use crate::incident::{NewPolicy, Refusal};
use crate::policy::{self, PolicyError, shipped, shipped_names};
use crate::store::{Desk, NewDesk, prepare_shared};

/// Makes a desk.
///
/// A desk is one file, with one policy or several; the first is for customers who have none of their own. A policy is
/// one of those that come with Holdline (per-incident, severity, season-ticket, escalation, tech-reference) or a file
/// of your own.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline init --policy severity
  holdline init --policy season-ticket --set price=60.00 --set pack_price=450.00 --set currency=GBP \\
    --set product_management=pm@shop.test --set development=dev@shop.test
  holdline init --policy severity --desk /srv/desk/desk.holdline --shared support
  holdline init --policy ./our-promise.toml --name \"Front desk\"")]
pub struct Init {
    /// A policy's name, or its file.
    #[arg(long = "policy", value_name = "NAME-or-FILE", required = true, num_args = 1..)]
    policies: Vec<String>,
    /// What a policy leaves open; POLICY:KEY=VALUE where two policies are to differ.
    #[arg(long = "set", value_name = "KEY=VALUE", num_args = 1..)]
    settings: Vec<Setting>,
    /// What the desk is called.
    #[arg(long, value_name = "TEXT", default_value = "Support")]
    name: String,
    /// The users of this group share the desk: its folder, which is made, and its files are theirs to write.
    #[arg(long, value_name = "GROUP")]
    shared: Option<String>,
}

impl Init {
    /// Makes the desk, and says what to do next.
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let path = session.desk_path()?;
        let policies = self.read(session)?;
        let new = NewDesk {
            name: self.name,
            policies,
        };
        if let Some(group) = &self.shared {
            prepare_shared(&path, group)?;
        }
        let desk = Desk::create(&path, &new, &session.context()?)?;
        if let Some(group) = &self.shared {
            desk.share_with(group)?;
        }
        let made = desk.policies()?;
        let path = std::path::absolute(&path).unwrap_or(path);
        let mut text = format!("Made the desk \"{}\" at {}", new.name, path.display());
        for policy in &made {
            let ruling = desk.ruling(Some(&policy.name))?;
            text.push_str(&format!("\n  {}: {}", policy.name, ruling.policy.summary));
        }
        text.push_str(
            "\nNext: holdline customer add NAME, then holdline log --customer NAME --summary TEXT; \
             or holdline alone for the console",
        );
        let policies: Vec<_> = made
            .iter()
            .map(|policy| json!({"name": policy.name, "version": policy.version}))
            .collect();
        session.answer(
            &json!({"desk": path, "name": new.name, "policies": policies}),
            text,
        )
    }

    /// The policies with their settings, each tried on its own so that a fault is told with the name of its file.
    fn read(&self, session: &Session) -> Result<Vec<NewPolicy>, Failure> {
        let texts: Vec<String> = self
            .policies
            .iter()
            .map(|name| policy_text(name))
            .collect::<Result<_, _>>()?;
        let named: Vec<(&str, &str)> = self
            .policies
            .iter()
            .map(String::as_str)
            .zip(texts.iter().map(String::as_str))
            .collect();
        let given = hand_out(&self.settings, &named)?;
        let mut policies = Vec::new();
        for ((name, text), settings) in named.into_iter().zip(given) {
            let loaded = policy::load(text, &settings).map_err(|error| faults(name, &error))?;
            for warning in loaded.warnings {
                session.note(format_args!("{name}: {warning}"));
            }
            policies.push(NewPolicy {
                text: text.to_owned(),
                settings,
            });
        }
        Ok(policies)
    }
}

/// The text of a shipped policy or of a file.
pub(super) fn policy_text(name: &str) -> Result<String, Failure> {
    if let Some(text) = shipped(name) {
        return Ok(text.to_owned());
    }
    let path = Path::new(name);
    if !path.exists() && !name.contains('/') && path.extension().is_none() {
        return Err(Refusal::unknown("policy", name, shipped_names()).into());
    }
    std::fs::read_to_string(path)
        .map_err(|error| Failure::Input(format!("{name}: {error}: give a policy's name or file")))
}

/// What is wrong with a policy, every line with the name of its file.
pub(super) fn faults(name: &str, error: &PolicyError) -> Failure {
    let lines: Vec<String> = error
        .to_string()
        .lines()
        .map(|line| format!("{name}: {line}"))
        .collect();
    Failure::Input(lines.join("\n"))
}
