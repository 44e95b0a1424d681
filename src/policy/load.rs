//! Reading a policy file: TOML, its settings filled in, every fault with its line, key and remedy.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::check::{self, Problem};
use super::document::{Document, Filled, Used};
use super::finding::{Finding, PolicyError};
use super::model::{Occasion, Policy, Setting, Snippet, Template};
use super::nearest;

/// The top-level key that declares settings; the one place where `$` means nothing.
const SETTINGS: &str = "setting";

/// A policy with what is worth a second look in its file.
#[derive(Debug, Clone, PartialEq)]
pub struct Loaded {
    /// The policy, checked.
    pub policy: Policy,
    /// What is allowed, but probably not meant.
    pub warnings: Vec<Finding>,
}

/// Reads a policy file's text with values for its settings.
///
/// `$name` in any text of the file stands for the value of the setting `name`; a `$` before anything but a lower-case
/// letter is itself.
///
/// # Errors
/// [`PolicyError`], with everything that was found where more than one thing can be.
pub fn parse(text: &str, settings: &BTreeMap<String, String>) -> Result<Policy, PolicyError> {
    load_with(text, settings, false).map(|loaded| loaded.policy)
}

/// As [`parse`], and gives the warnings too.
///
/// # Errors
/// As [`parse`].
pub fn load(text: &str, settings: &BTreeMap<String, String>) -> Result<Loaded, PolicyError> {
    load_with(text, settings, true)
}

/// Reads the text of a policy that was checked when it was taken in, and is not judged again: a desk's policies are read
/// by every command.
///
/// # Errors
/// Where it does not read as a policy any more.
pub fn parse_kept(text: &str, settings: &BTreeMap<String, String>) -> Result<Policy, PolicyError> {
    read(text, settings).map(|(policy, ..)| policy)
}

/// A policy's file, with its settings, as it was written.
fn read<'t>(
    text: &'t str,
    settings: &BTreeMap<String, String>,
) -> Result<(Policy, Document<'t>, Vec<Setting>), PolicyError> {
    let mut document = Document::parse(text).map_err(one)?;
    let declared: Vec<Setting> = document.read_key(SETTINGS).map_err(one)?;
    given(&declared, settings)?;
    document
        .fill(SETTINGS, &|text| fill(text, &declared, settings))
        .map_err(PolicyError::Faults)?;
    let mut policy: Policy = document.read().map_err(PolicyError::Faults)?;
    take_order_message(&mut policy);
    Ok((policy, document, declared))
}

/// As [`load`]; to find where each warning stands is left out where nobody is told.
fn load_with(
    text: &str,
    settings: &BTreeMap<String, String>,
    warn: bool,
) -> Result<Loaded, PolicyError> {
    let (policy, document, declared) = read(text, settings)?;
    let mut faults = Vec::new();
    let mut warnings = Vec::new();
    let problems = check::check(&policy).into_iter();
    for Problem {
        path,
        problem,
        remedy,
        warning,
    } in problems.filter(|problem| warn || !problem.warning)
    {
        let list = if warning { &mut warnings } else { &mut faults };
        list.push(document.finding_at(&path, problem, remedy));
    }
    for (n, setting) in declared.iter().enumerate().filter(|_| warn) {
        if !document.used().any(|used| used == setting.key) {
            warnings.push(document.finding_at(
                &format!("{SETTINGS}.{n}"),
                format!("\"{}\" is asked for and never used", setting.key),
                format!(
                    "write ${} where it belongs, or remove the setting",
                    setting.key
                ),
            ));
        }
    }
    if faults.is_empty() {
        Ok(Loaded { policy, warnings })
    } else {
        Err(PolicyError::Faults(faults))
    }
}

/// A file of stock phrases.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Phrases {
    #[serde(default, rename = "snippet")]
    snippets: Vec<Snippet>,
}

/// Reads a file of stock phrases, written as in a policy file: `[[snippet]]` with `name` and `text`.
///
/// # Errors
/// As [`parse`].
pub fn parse_snippets(text: &str) -> Result<Vec<Snippet>, PolicyError> {
    let document = Document::parse(text).map_err(one)?;
    let Phrases { snippets } = document.read().map_err(PolicyError::Faults)?;
    let problems = check::check_snippets(&snippets).into_iter();
    let faults: Vec<Finding> = problems
        .map(|found| document.finding_at(&found.path, found.problem, found.remedy))
        .collect();
    match faults.is_empty() {
        true => Ok(snippets),
        false => Err(PolicyError::Faults(faults)),
    }
}

/// Reads what the first policy files said once an order is recorded as the message that it is.
fn take_order_message(policy: &mut Policy) {
    let text = policy
        .cover
        .as_mut()
        .and_then(|cover| cover.order_message.take());
    let Some(text) = text.filter(|_| policy.template(Occasion::Ordered).is_none()) else {
        return;
    };
    policy.messages.push(Template {
        at: Occasion::Ordered,
        subject: "{summary}".to_owned(),
        text,
    });
}

/// The settings that a policy file asks for, without reading the rest of it.
///
/// # Errors
/// Where it is no TOML, or its settings are not written as settings.
pub fn declared_settings(text: &str) -> Result<Vec<Setting>, PolicyError> {
    let document = Document::parse(text).map_err(one)?;
    document.read_key(SETTINGS).map_err(one)
}

/// What a policy file calls its policy; none where it does not say.
///
/// # Errors
/// As [`declared_settings`].
pub fn name_in(text: &str) -> Result<Option<String>, PolicyError> {
    let document = Document::parse(text).map_err(one)?;
    document.read_key("name").map_err(one)
}

/// The example value of every setting of a policy file: for sample desks and for checking a file without a desk.
///
/// # Errors
/// As [`declared_settings`].
pub fn example_settings(text: &str) -> Result<BTreeMap<String, String>, PolicyError> {
    let declared = declared_settings(text)?;
    Ok(declared.into_iter().map(|s| (s.key, s.example)).collect())
}

fn one(finding: Finding) -> PolicyError {
    PolicyError::Faults(vec![finding])
}

/// Whether exactly what is asked for was given.
fn given(declared: &[Setting], given: &BTreeMap<String, String>) -> Result<(), PolicyError> {
    let known = || declared.iter().map(|setting| setting.key.as_str());
    if let Some(key) = given.keys().find(|key| !known().any(|k| k == key.as_str())) {
        return Err(PolicyError::UnknownSetting {
            key: key.clone(),
            remedy: nearest::remedy(key, known()),
        });
    }
    let missing = |setting: &&Setting| given.get(&setting.key).is_none_or(|v| v.trim().is_empty());
    let missing: Vec<Setting> = declared.iter().filter(missing).cloned().collect();
    if missing.is_empty() {
        Ok(())
    } else {
        Err(PolicyError::Missing(missing))
    }
}

/// `text` with the values of its settings in place of their names.
fn fill(text: &str, declared: &[Setting], values: &BTreeMap<String, String>) -> Filled {
    let mut parts = text.split('$');
    let mut filled = parts.next().unwrap_or_default().to_owned();
    let mut used = Vec::new();
    for part in parts {
        let end = part.find(|c| !is_name(c)).unwrap_or(part.len());
        let (name, rest) = part.split_at(end);
        if !name.starts_with(|c: char| c.is_ascii_lowercase()) {
            filled.push('$');
            filled.push_str(part);
            continue;
        }
        let Some(value) = values.get(name) else {
            let known = declared.iter().map(|setting| setting.key.as_str());
            return Err((
                format!("${name} is no setting of this file"),
                nearest::remedy(name, known),
            ));
        };
        filled.push_str(value);
        filled.push_str(rest);
        used.push(Used {
            key: name.to_owned(),
            value: value.clone(),
        });
    }
    Ok((!used.is_empty()).then_some((filled, used)))
}

fn is_name(c: char) -> bool {
    c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_'
}
