//! `holdline keys`.

use super::table::Table;
use super::{Failure, Session};
use crate::config::{Config, ConfigError, NamedKeys};

/// Lists what the console's actions are called and which keys they have, with those of your own.
///
/// Own keys, a theme and further views stand in `config.toml`, in the folder that HOLDLINE_CONFIG names or else in the
/// platform's folder for settings. Every mistake there, in keys
/// and in views, is named with its line.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example of config.toml:
  theme = \"light\"                    # dark, light, or NAME for themes/NAME.toml beside it
  notify = true                      # a notice of the terminal's own (OSC 9) where the bell rings
  [keys]
  note = [\"n\"]                       # the names are those that this command lists
  new = [\"m\", \"f12\"]
  [[view]]
  name = \"Fern, missed\"
  query = 'customer:\"Blue Fern\" is:missed'")]
pub struct Keys {}

/// Gives every action with its keys under some settings.
pub type NamesKeys = fn(&Config) -> Result<Vec<NamedKeys>, Vec<ConfigError>>;

impl Keys {
    /// Prints them.
    ///
    /// # Errors
    /// When the settings are wrong.
    pub fn run(self, session: &Session, named: NamesKeys) -> Result<(), Failure> {
        let (config, theme) = Config::own().map_err(Failure::input)?;
        let named = named(&config);
        let mut mistakes: Vec<ConfigError> = theme.into_iter().collect();
        mistakes.extend(named.as_ref().err().into_iter().flatten().cloned());
        let (Ok(keys), true) = (named, mistakes.is_empty()) else {
            mistakes.sort_by_key(|mistake| mistake.line);
            return Err(every(&mistakes));
        };
        if session.json() {
            return session.answer(&keys, "");
        }
        let mut table = Table::new(["NAME", "KEYS", "DOES"], session.columns());
        for action in keys {
            table.row([action.name, action.keys.join(", "), action.about]);
        }
        session.print_table(&table)
    }
}

/// What is wrong with the settings, a line each.
pub(super) fn every(mistakes: &[ConfigError]) -> Failure {
    let each: Vec<String> = mistakes.iter().map(ConfigError::to_string).collect();
    Failure::Input(each.join("\n"))
}
