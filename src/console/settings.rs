//! What the agent chose, brought to the console: keys, a theme, further views. A mistake is named with its line, and the
//! console starts all the same, that part of it as it ships: there may be a caller on the line.

use std::path::PathBuf;
use std::rc::Rc;

use chrono::DateTime;
use chrono_tz::Tz;

use super::actions::{Action, KEYS};
use super::environment::Environment;
use super::keys::{Chord, KeyError, Keymap};
use super::look::Look;
use super::model::Model;
use super::theme::{Depth, Theme, ThemeError};
use crate::config::{Config, ConfigError, KeyChange, NamedKeys, NamedTheme, View};
use crate::incident::{Query, Scope};

/// Brings what the agent chose to the console, and gives what is wrong with it, a sentence each: what has a mistake is as
/// it ships, and the rest is as it was chosen.
pub fn choose(
    chosen: Result<(Config, Option<ConfigError>), ConfigError>,
    environment: &Environment,
    model: &mut Model,
    look: &mut Look,
) -> Vec<String> {
    let (config, no_theme) = match chosen {
        Ok(chosen) => chosen,
        Err(mistake) => return vec![format!("{mistake}; it is as it ships")],
    };
    let mut mistakes = Vec::new();
    let theme = no_theme.map_or_else(|| theme(&config, environment), Err);
    match theme {
        Ok(theme) => look.theme = theme,
        Err(mistake) => mistakes.push(format!("{mistake}; the theme is as it ships")),
    }
    match keymap(&config) {
        Ok(keys) => model.keys = Rc::new(keys),
        Err(mistake) => mistakes.push(format!("{mistake}; the keys are as they ship")),
    }
    match check_views(&config, model.scope()) {
        Ok(()) => model.queue.own_views.clone_from(&config.views),
        Err(mistake) => mistakes.push(format!("{mistake}; the views are those that ship")),
    }
    model.notifies = config.notify;
    // What is wrong with a theme that was not chosen is said by `holdline themes`.
    let themes = themes(&config).unwrap_or_default();
    model.themes = themes.into_iter().map(|theme| theme.name).collect();
    mistakes
}

/// The table of keys with those that the agent chose.
///
/// # Errors
/// When an action or a key means nothing, or a key stands for two actions; the error names the line.
pub fn keymap(config: &Config) -> Result<Keymap<Model, Action>, ConfigError> {
    rebound(config).map_err(|mistakes| {
        let first = mistakes.into_iter().next();
        first.unwrap_or_else(|| config.error(1, "the keys cannot be used"))
    })
}

/// The same, with every mistake.
fn rebound(config: &Config) -> Result<Keymap<Model, Action>, Vec<ConfigError>> {
    let mut keymap = Keymap::new(KEYS).map_err(|error| vec![config.error(1, error.to_string())])?;
    let mut mistakes = Vec::new();
    for change in &config.keys {
        let keys: Vec<&str> = change.keys.iter().map(String::as_str).collect();
        if let Err(error) = keymap.rebind(&change.name, &keys) {
            let problem = match error {
                KeyError::UnknownAction(name) => {
                    format!("no action is called \"{name}\": `holdline keys` lists them")
                }
                other => other.to_string(),
            };
            mistakes.push(config.error(change.line, problem));
        }
    }
    if !mistakes.is_empty() {
        return Err(mistakes);
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
        vec![config.error(line, error.to_string())]
    })?;
    Ok(keymap)
}

/// Every action with the keys that it has under these settings.
///
/// # Errors
/// Every mistake in keys and in views, with its line.
pub fn named_keys(config: &Config) -> Result<Vec<NamedKeys>, Vec<ConfigError>> {
    // What a view finds depends on the desk and the day; whether it can be read does not.
    let scope = Scope {
        now: DateTime::UNIX_EPOCH,
        me: "",
        zone: Tz::UTC,
        words: None,
    };
    let views = config.views.iter();
    let mut mistakes: Vec<ConfigError> = views
        .filter_map(|view| check_view(config, view, scope).err())
        .collect();
    match rebound(config) {
        Ok(keymap) if mistakes.is_empty() => return Ok(keymap.named().collect()),
        Ok(_) => {}
        Err(keys) => mistakes.extend(keys),
    }
    mistakes.sort_by_key(|mistake| mistake.line);
    Err(mistakes)
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
        Some((path, text)) => suiting.with(text, depth).map_err(|mistakes| {
            let first = mistakes.into_iter().next();
            ConfigError {
                path: path.clone(),
                line: first.as_ref().map_or(1, |error| error.line),
                problem: first.map_or_else(String::new, |error| error.reason),
            }
        }),
        None if chosen.name == "light" => Ok(Theme::light(depth)),
        None => Ok(Theme::dark(depth)),
    }
}

/// Every theme: those that come with the program, then the agent's own.
///
/// # Errors
/// Every mistake of each own theme, with its line.
pub fn themes(config: &Config) -> Result<Vec<NamedTheme>, Vec<ConfigError>> {
    let own = config.own_themes().map_err(|error| vec![error])?;
    let mistakes = |(_, path, text): &(String, PathBuf, String)| {
        let wrong = Theme::plain().with(text, Depth::True).err();
        let path = path.clone();
        let named = move |error: ThemeError| ConfigError {
            path: path.clone(),
            line: error.line,
            problem: error.reason,
        };
        wrong.unwrap_or_default().into_iter().map(named)
    };
    let mistakes: Vec<ConfigError> = own.iter().flat_map(mistakes).collect();
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
    let mut views = config.views.iter();
    views.try_for_each(|view| check_view(config, view, scope))
}

fn check_view(config: &Config, view: &View, scope: Scope<'_>) -> Result<(), ConfigError> {
    let read = Query::parse(&view.query, scope);
    read.map(|_| ()).map_err(|error| {
        let problem = format!("view \"{}\": {}", view.name, error.problem);
        config.error(view.line, problem)
    })
}
