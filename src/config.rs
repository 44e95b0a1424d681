//! What an agent chose: the console's keys, a theme, further views, hooks, and how mail is sent. One TOML file, `config.toml`, in a folder of the
//! agent's own, with own themes beside it in `themes/`. It is about looks and habits, so it is no part of the desk.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use toml::Spanned;

use crate::whole;

mod hooks;
mod mail;
mod views;

pub use hooks::Hook;
pub use mail::Post;

/// The settings' file.
const FILE: &str = "config.toml";

/// What an agent chose; nothing by default.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Config {
    /// The settings' file, which may not exist.
    pub path: PathBuf,
    /// Other keys for actions.
    pub keys: Vec<KeyChange>,
    /// The theme; the one that suits the terminal without it.
    pub theme: Option<ChosenTheme>,
    /// The terminal gives a notice of its own where the bell rings.
    pub notify: bool,
    /// The console is one of lines, for screen readers.
    pub plain: bool,
    /// Views of the queue beside those that come with the program.
    pub views: Vec<View>,
    /// Programs that are told what was recorded.
    pub hooks: Vec<Hook>,
    /// How the shop's mail is sent.
    pub post: Post,
}

/// Other keys for an action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyChange {
    /// The action's name.
    pub name: String,
    /// Its keys from now on.
    pub keys: Vec<String>,
    /// The line that says so, from 1.
    pub line: usize,
}

/// A theme that was chosen by its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChosenTheme {
    /// `dark`, `light`, or the name of an own one.
    pub name: String,
    /// The file of an own one, and what stands in it.
    pub own: Option<(PathBuf, String)>,
}

/// A view of the queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// What it is called.
    pub name: String,
    /// What it asks for, in the language of `list`.
    pub query: String,
    /// The line that says so, from 1.
    pub line: usize,
}

/// What is wrong with the settings.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{path}, line {line}: {problem}", path = path.display())]
pub struct ConfigError {
    /// The file.
    pub path: PathBuf,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong there, and what to do.
    pub problem: String,
}

/// An action with the keys that it has, for a list of them.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct NamedKeys {
    /// The action's name.
    pub name: String,
    /// Its keys.
    pub keys: Vec<String>,
    /// What it does.
    pub about: String,
}

/// A theme, for a list of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NamedTheme {
    /// Its name.
    pub name: String,
    /// Its file; none of one that comes with the program.
    pub file: Option<PathBuf>,
    /// Whether it was chosen.
    pub chosen: bool,
}

/// The file as it is written.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Written {
    theme: Option<Spanned<String>>,
    notify: bool,
    plain: bool,
    keys: BTreeMap<Spanned<String>, Vec<String>>,
    view: Vec<WrittenView>,
    hook: Vec<hooks::WrittenHook>,
    mail: mail::WrittenPost,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "a name and a query")]
struct WrittenView {
    name: Spanned<String>,
    query: String,
}

/// A view as it is added at the end of the file.
#[derive(Serialize)]
struct Added<'a> {
    view: [AddedView<'a>; 1],
}

#[derive(Serialize)]
struct AddedView<'a> {
    name: &'a str,
    query: &'a str,
}

impl Config {
    /// The folder of the settings: `HOLDLINE_CONFIG`, or the platform's; none where the system names none.
    pub fn folder() -> Option<PathBuf> {
        let named = std::env::var_os("HOLDLINE_CONFIG").map(PathBuf::from);
        named.or_else(|| {
            let folders = directories::ProjectDirs::from("", "", "holdline")?;
            Some(folders.config_dir().to_owned())
        })
    }

    /// The agent's own settings, as [`Config::read_all`] reads them; where the system names no folder nothing was chosen.
    ///
    /// # Errors
    /// As [`Config::read_all`].
    pub fn own() -> Result<(Self, Option<ConfigError>), ConfigError> {
        Self::folder().map_or_else(|| Ok((Self::default(), None)), |at| Self::read_all(&at))
    }

    /// Reads the settings in `folder`; without a file nothing was chosen.
    ///
    /// # Errors
    /// When a file cannot be read or means nothing; the error names its line.
    pub fn read(folder: &Path) -> Result<Self, ConfigError> {
        match Self::read_all(folder)? {
            (config, None) => Ok(config),
            (_, Some(mistake)) => Err(mistake),
        }
    }

    /// The settings as far as they mean something, and what is wrong with the theme that they name: the rest of them
    /// can be looked at all the same.
    ///
    /// # Errors
    /// When the file cannot be read, or is no TOML of these keys; the error names the line.
    pub fn read_all(folder: &Path) -> Result<(Self, Option<ConfigError>), ConfigError> {
        let path = folder.join(FILE);
        let Some(text) = read(&path, &path, 1)? else {
            let config = Self {
                path,
                ..Self::default()
            };
            return Ok((config, None));
        };
        Self::parsed(path, &text)
    }

    /// What stands in the settings' file.
    fn parsed(path: PathBuf, text: &str) -> Result<(Self, Option<ConfigError>), ConfigError> {
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        let line = |at: usize| text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1;
        let written: Written = toml::from_str(text).map_err(|error| ConfigError {
            path: path.clone(),
            line: line(error.span().map_or(0, |span| span.start)),
            problem: in_words(error.message()),
        })?;
        let theme = written
            .theme
            .map(|name| chosen(&folder, &path, line(name.span().start), name.into_inner()))
            .transpose();
        let (theme, mistake) = match theme {
            Ok(theme) => (theme, None),
            Err(mistake) => (None, Some(mistake)),
        };
        let keys = written.keys.into_iter().map(|(name, keys)| KeyChange {
            line: line(name.span().start),
            name: name.into_inner(),
            keys,
        });
        let views = written.view.into_iter().map(|view| View {
            line: line(view.name.span().start),
            name: view.name.into_inner(),
            query: view.query,
        });
        let mut config = Self {
            keys: keys.collect(),
            views: views.collect(),
            notify: written.notify,
            plain: written.plain,
            theme,
            hooks: Vec::new(),
            post: Post::default(),
            path,
        };
        config.hooks = config.hooks(written.hook, line)?;
        config.post = config.post(written.mail, line)?;
        Ok((config, mistake))
    }

    /// Adds a view of the queue at the end of the settings' file, as that is now; what stands there stays as it is.
    ///
    /// # Errors
    /// When the file means nothing, has a view of that name, or cannot be written.
    pub fn add_view(&self, name: &str, query: &str) -> Result<View, ConfigError> {
        let no_folder = || self.error(1, "the system names no folder for it: set HOLDLINE_CONFIG");
        let folder = self.path.parent().ok_or_else(no_folder)?;
        let (now, _) = Self::read_all(folder)?;
        if let Some(known) = now.views.iter().find(|view| view.name == name) {
            let problem = format!("view \"{name}\" is there already: give another name");
            return Err(self.error(known.line, problem));
        }
        let before = read(&self.path, &self.path, 1)?.unwrap_or_default();
        let mut text = before.trim_end().to_owned();
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let line = text.lines().count() + 2;
        let view = [AddedView { name, query }];
        let added = toml::to_string(&Added { view });
        text.push_str(&added.map_err(|error| self.error(line, error.to_string()))?);
        // Views that are written as one list in brackets take none at the end.
        toml::from_str::<Written>(&text)
            .map_err(|error| self.error(line, in_words(error.message())))?;
        write(&self.path, &text)
            .map_err(|error| self.error(line, format!("it cannot be written: {error}")))?;
        Ok(View {
            name: name.to_owned(),
            query: query.to_owned(),
            line,
        })
    }

    /// The same settings with another theme.
    ///
    /// # Errors
    /// When there is no such theme, or its file cannot be read.
    pub fn with_theme(&self, name: &str) -> Result<Self, ConfigError> {
        let folder = self.path.parent().unwrap_or(Path::new(""));
        let theme = chosen(folder, &self.path, 1, name.to_owned())?;
        Ok(Self {
            theme: Some(theme),
            ..self.clone()
        })
    }

    /// The agent's own themes, beside the settings' file, by name: each with its file and what stands in it.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn own_themes(&self) -> Result<Vec<(String, PathBuf, String)>, ConfigError> {
        let Some(folder) = self.path.parent() else {
            return Ok(Vec::new());
        };
        let themes = folder.join("themes");
        let unreadable = |error: io::Error| ConfigError {
            path: themes.clone(),
            line: 1,
            problem: format!("it cannot be read: {error}"),
        };
        let files = match fs::read_dir(&themes) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            files => files.map_err(unreadable)?,
        };
        let mut found = Vec::new();
        for file in files {
            let path = file.map_err(unreadable)?.path();
            let name = path.file_stem().map(|name| name.to_string_lossy());
            if let Some(name) = name
                && path.extension().is_some_and(|ending| ending == "toml")
            {
                let text = read(&path, &path, 1)?.unwrap_or_default();
                found.push((name.into_owned(), path.clone(), text));
            }
        }
        found.sort();
        Ok(found)
    }

    /// An error in a line of the settings' file.
    pub fn error(&self, line: usize, problem: impl Into<String>) -> ConfigError {
        ConfigError {
            path: self.path.clone(),
            line,
            problem: problem.into(),
        }
    }
}

/// What is wrong with a file of settings in the words of people, from those of the program that reads it.
pub fn in_words(message: &str) -> String {
    let message = message.replace('\n', " ");
    if let Some((found, wanted)) = message
        .strip_prefix("invalid type: ")
        .and_then(|rest| rest.rsplit_once(", expected "))
    {
        let wanted = match wanted {
            "a map" => "a table, as in [keys]",
            "a boolean" => "true or false",
            "a sequence" => "a list in brackets, like [\"z\"]",
            "a string" => "a text in quotation marks",
            other => other,
        };
        return format!("there is {found} where there must be {wanted}");
    }
    for kind in ["unknown field ", "unknown variant "] {
        if let Some(rest) = message.strip_prefix(kind) {
            return match rest.split_once(", expected ") {
                Some((name, known)) => {
                    let known = known.trim_start_matches("one of ");
                    format!("nothing is called {name} here: there is {known}")
                }
                None => format!("nothing is called {rest} here"),
            };
        }
    }
    if let Some(name) = message.strip_prefix("missing field ") {
        return format!("{name} is missing: add it");
    }
    message
}

/// A theme by its name, with its file where it is an own one.
fn chosen(
    folder: &Path,
    settings: &Path,
    line: usize,
    name: String,
) -> Result<ChosenTheme, ConfigError> {
    if matches!(name.as_str(), "dark" | "light") {
        return Ok(ChosenTheme { name, own: None });
    }
    let plain = !name.is_empty()
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || "-_".contains(c));
    let path = folder.join("themes").join(format!("{name}.toml"));
    let text = match plain {
        true => read(&path, settings, line)?,
        false => None,
    };
    match text {
        Some(text) => Ok(ChosenTheme {
            name,
            own: Some((path, text)),
        }),
        None => Err(ConfigError {
            path: settings.to_owned(),
            line,
            problem: format!(
                "no theme is called \"{name}\": write dark, light, or the name of a file in themes/ beside this one"
            ),
        }),
    }
}

/// What stands in a file; nothing where there is none. `settings` and `line` are where it was asked for.
fn read(path: &Path, settings: &Path, line: usize) -> Result<Option<String>, ConfigError> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(ConfigError {
            path: settings.to_owned(),
            line,
            problem: format!("{} cannot be read: {error}", path.display()),
        }),
    }
}

/// Writes the settings, in their folder.
fn write(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    whole::rewrite(path, text.as_bytes())
}
