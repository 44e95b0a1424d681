//! What the agent chose, brought to the console: keys, a theme, further views. A mistake is named with its line, and the
//! console starts all the same, as it ships: there may be a caller on the line.

use std::path::PathBuf;

use super::actions::{Action, KEYS};
use super::environment::Environment;
use super::keys::{Chord, KeyError, Keymap};
use super::model::Model;
use super::theme::{Depth, Theme};
use crate::config::{Config, ConfigError, KeyChange, NamedKeys, NamedTheme};
use crate::incident::{Query, Scope};

/// The table of keys with those that the agent chose.
///
/// # Errors
/// When an action or a key means nothing, or a key stands for two actions; the error names the line.
pub fn keymap(config: &Config) -> Result<Keymap<Model, Action>, ConfigError> {
    let mut keymap = Keymap::new(KEYS).map_err(|error| config.error(1, error.to_string()))?;
    for change in &config.keys {
        let keys: Vec<&str> = change.keys.iter().map(String::as_str).collect();
        keymap.rebind(&change.name, &keys).map_err(|error| {
            let problem = match error {
                KeyError::UnknownAction(name) => {
                    format!("no action is called \"{name}\": `holdline keys` lists them")
                }
                other => other.to_string(),
            };
            config.error(change.line, problem)
        })?;
    }
    keymap.check().map_err(|error| {
        let clash = match &error {
            KeyError::Clash { chord, .. } => Some(*chord),
            _ => None,
        };
        let has = |change: &&KeyChange| {
            let mut keys = change.keys.iter();
            keys.any(|key| key.parse::<Chord>().ok() == clash)
        };
        let line = config
            .keys
            .iter()
            .rfind(has)
            .map_or(1, |change| change.line);
        config.error(line, error.to_string())
    })?;
    Ok(keymap)
}

/// Every action with the keys that it has under these settings.
///
/// # Errors
/// As [`keymap`].
pub fn named_keys(config: &Config) -> Result<Vec<NamedKeys>, ConfigError> {
    let keymap = keymap(config)?;
    Ok(keymap.named().collect())
}

/// The theme that was chosen, or the one that suits the terminal.
///
/// # Errors
/// When its file means nothing; the error names the line.
pub fn theme(config: &Config, environment: &Environment) -> Result<Theme, ConfigError> {
    let (suiting, depth) = (Theme::suiting(environment), Depth::of(environment));
    let Some(chosen) = &config.theme else {
        return Ok(suiting);
    };
    match &chosen.own {
        Some((path, text)) => suiting.with(text, depth).map_err(|error| ConfigError {
            path: path.clone(),
            line: error.line,
            problem: error.reason,
        }),
        None if chosen.name == "light" => Ok(Theme::light(depth)),
        None => Ok(Theme::dark(depth)),
    }
}

/// Every theme: those that come with the program, then the agent's own.
///
/// # Errors
/// The first mistake of each own theme that has one, with its line.
pub fn themes(config: &Config) -> Result<Vec<NamedTheme>, Vec<ConfigError>> {
    let own = config.own_themes().map_err(|error| vec![error])?;
    let mistake = |(_, path, text): &(String, PathBuf, String)| {
        let error = Theme::plain().with(text, Depth::True).err()?;
        Some(ConfigError {
            path: path.clone(),
            line: error.line,
            problem: error.reason,
        })
    };
    let mistakes: Vec<ConfigError> = own.iter().filter_map(mistake).collect();
    if !mistakes.is_empty() {
        return Err(mistakes);
    }
    let chosen = config.theme.as_ref().map(|theme| theme.name.as_str());
    let shipped = ["dark", "light"].map(|name| (name.to_owned(), None));
    let own = own.into_iter().map(|(name, path, _)| (name, Some(path)));
    let all = shipped.into_iter().chain(own);
    let named = all.map(|(name, file)| NamedTheme {
        chosen: chosen == Some(name.as_str()),
        name,
        file,
    });
    Ok(named.collect())
}

/// Whether the queries of the further views can be read.
///
/// # Errors
/// When one cannot; the error names the line.
pub fn check_views(config: &Config, scope: Scope<'_>) -> Result<(), ConfigError> {
    for view in &config.views {
        Query::parse(&view.query, scope).map_err(|error| {
            config.error(
                view.line,
                format!("view \"{}\": {}", view.name, error.problem),
            )
        })?;
    }
    Ok(())
}
