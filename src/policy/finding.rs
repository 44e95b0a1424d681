//! What is wrong in a policy file, and where.

use std::fmt;

use super::model::Setting;

/// One thing that is wrong in a policy file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The line, counted from one; none when it is about a value given with `--set`.
    pub line: Option<usize>,
    /// Where: the key's path, counting lists from zero, such as `severity.2.target`; or the settings, such as
    /// `--set rate=abc`; or the column, where the file is no TOML.
    pub key: String,
    /// What is wrong.
    pub problem: String,
    /// What to do about it; empty where the problem says it.
    pub remedy: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(line) = self.line {
            write!(f, "line {line}: ")?;
        }
        if !self.key.is_empty() {
            write!(f, "{}: ", self.key)?;
        }
        f.write_str(&self.problem)?;
        if !self.remedy.is_empty() {
            write!(f, "; {}", self.remedy)?;
        }
        Ok(())
    }
}

/// Why a policy file cannot be used.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum PolicyError {
    /// The file, or a value that was set for it, is wrong: all that was found, one a line.
    #[error("{}", lines(.0))]
    Faults(Vec<Finding>),
    /// Values that the policy asks for were not given: all of them.
    #[error("the policy leaves open what Holdline must not guess; give {}", asked(.0))]
    Missing(Vec<Setting>),
    /// A value was given that the policy does not ask for.
    #[error("--set {key}: the policy has no setting of that name; {remedy}")]
    UnknownSetting {
        /// The name that was given.
        key: String,
        /// The nearest one, or all that there are.
        remedy: String,
    },
}

fn lines(findings: &[Finding]) -> String {
    let lines: Vec<String> = findings.iter().map(Finding::to_string).collect();
    lines.join("\n")
}

fn asked(settings: &[Setting]) -> String {
    let asked: Vec<String> = settings
        .iter()
        .map(|Setting { key, ask, .. }| format!("--set {key}=… ({ask})"))
        .collect();
    asked.join(", ")
}
