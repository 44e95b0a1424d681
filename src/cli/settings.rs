//! Settings that are given on the command line, and the policies that they belong to.

use std::collections::BTreeMap;

use super::Failure;
use crate::policy::nearest::remedy;
use crate::policy::{declared_settings, name_in};

/// `KEY=VALUE`, or `POLICY:KEY=VALUE` for one policy alone.
#[derive(Debug, Clone)]
pub(super) struct Setting {
    policy: Option<String>,
    key: String,
    value: String,
}

impl std::str::FromStr for Setting {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let form = || format!("\"{text}\" is no setting: write KEY=VALUE, like currency=USD");
        let (name, value) = text.split_once('=').ok_or_else(form)?;
        let (policy, key) = match name.split_once(':') {
            Some((policy, key)) => (Some(policy.trim().to_owned()), key),
            None => (None, name),
        };
        if key.trim().is_empty() {
            return Err(form());
        }
        Ok(Self {
            policy,
            key: key.trim().to_owned(),
            value: value.to_owned(),
        })
    }
}

/// `KEY=VALUE` where there is one policy only.
#[derive(Debug, Clone)]
pub(super) struct Value(Setting);

impl std::str::FromStr for Value {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let setting: Setting = text.parse()?;
        match &setting.policy {
            None => Ok(Self(setting)),
            Some(policy) => Err(format!("\"{policy}:\" is too much: write KEY=VALUE alone")),
        }
    }
}

impl Value {
    /// The key and its value.
    pub(super) fn into_pair(self) -> (String, String) {
        (self.0.key, self.0.value)
    }
}

/// Hands each setting to the policies that ask for it, given as what was typed for them and their text; one with a
/// policy's name goes before. A policy is named as in its file, or as it was typed. Gives the values for each policy, in
/// their order.
///
/// # Errors
/// When nobody asks for a setting, or the policy that is named is none of them or does not.
pub(super) fn hand_out(
    settings: &[Setting],
    policies: &[(&str, &str)],
) -> Result<Vec<BTreeMap<String, String>>, Failure> {
    let mut asked = Vec::new();
    for (typed, text) in policies {
        let fault = |error| Failure::Input(format!("{typed}: {error}"));
        let names = [Some((*typed).to_owned()), name_in(text).map_err(fault)?];
        asked.push((names, declared_settings(text).map_err(fault)?));
    }
    for setting in settings {
        let meant: Vec<_> = asked
            .iter()
            .filter(|(names, _)| setting.policy.is_none() || names.contains(&setting.policy))
            .collect();
        let key = &setting.key;
        if let (Some(policy), []) = (&setting.policy, meant.as_slice()) {
            let names = asked.iter().filter_map(|([_, name], _)| name.as_deref());
            let remedy = remedy(policy, names);
            return Err(Failure::Input(format!(
                "--set {policy}:{key}: none of the policies is called {policy}; {remedy}"
            )));
        }
        let keys: Vec<&str> = meant
            .iter()
            .flat_map(|(_, declared)| declared.iter().map(|known| known.key.as_str()))
            .collect();
        if !keys.contains(&key.as_str()) {
            let remedy = remedy(key, keys.iter().copied());
            return Err(Failure::Input(match &setting.policy {
                Some(policy) => {
                    format!("--set {policy}:{key}: {policy} has no setting of that name; {remedy}")
                }
                None => format!("--set {key}: no policy has a setting of that name; {remedy}"),
            }));
        }
    }
    let given = asked.iter().map(|(names, declared)| {
        let values = declared.iter().filter_map(|known| {
            let of = |own: bool| {
                settings.iter().rfind(|setting| {
                    let named = setting.policy.is_some();
                    setting.key == known.key
                        && named == own
                        && (!named || names.contains(&setting.policy))
                })
            };
            let setting = of(true).or_else(|| of(false))?;
            Some((known.key.clone(), setting.value.clone()))
        });
        values.collect()
    });
    Ok(given.collect())
}
