//! Settings that are given on the command line, and the policies that they belong to.

use std::collections::BTreeMap;

use super::Failure;
use crate::policy::declared_settings;
use crate::policy::nearest::remedy;

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

/// Hands each setting to the policies that ask for it, given as name and text; one with a policy's name goes before.
/// Gives the values for each policy, in their order.
///
/// # Errors
/// When nobody asks for a setting, or the policy that is named does not.
pub(super) fn hand_out(
    settings: &[Setting],
    policies: &[(&str, &str)],
) -> Result<Vec<BTreeMap<String, String>>, Failure> {
    let mut asked = Vec::new();
    for (name, text) in policies {
        let declared =
            declared_settings(text).map_err(|error| Failure::Input(format!("{name}: {error}")))?;
        asked.push((*name, declared));
    }
    for setting in settings {
        let meant = asked.iter().filter(|(name, _)| {
            setting
                .policy
                .as_deref()
                .is_none_or(|policy| policy == *name)
        });
        let keys: Vec<&str> = meant
            .flat_map(|(_, declared)| declared.iter().map(|known| known.key.as_str()))
            .collect();
        if !keys.contains(&setting.key.as_str()) {
            let key = &setting.key;
            let remedy = remedy(key, keys.iter().copied());
            return Err(Failure::Input(format!(
                "--set {key}: no policy has a setting of that name; {remedy}"
            )));
        }
    }
    let own = |name: &str, key: &str| {
        let of = |policy: Option<&str>| {
            settings
                .iter()
                .rfind(|setting| setting.key == key && setting.policy.as_deref() == policy)
        };
        of(Some(name)).or_else(|| of(None))
    };
    let given = asked.iter().map(|(name, declared)| {
        let values = declared.iter().filter_map(|known| {
            own(name, &known.key).map(|setting| (known.key.clone(), setting.value.clone()))
        });
        values.collect()
    });
    Ok(given.collect())
}
