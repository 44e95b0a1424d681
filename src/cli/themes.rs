//! `holdline themes`.

use super::keys::every;
use super::table::Table;
use super::{Failure, Session};
use crate::config::{Config, ConfigError, NamedTheme};

/// Lists the console's themes, with your own, and says which one you chose.
///
/// Own ones stand in `themes/` beside `config.toml`, a file each, written as assets/themes/dark.toml is. Each is checked:
/// every mistake is named with its line.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example of themes/dusk.toml:
  title = { fg = \"#e8e8e8 white\", bold = true }   # the name is for terminals of 16 colours
  missed = { fg = \"#ff7a70 light-red\" }")]
pub struct Themes {}

/// Gives every theme that there is under some settings, or what is wrong with some of them.
pub type ListsThemes = fn(&Config) -> Result<Vec<NamedTheme>, Vec<ConfigError>>;

impl Themes {
    /// Prints them.
    ///
    /// # Errors
    /// When the settings or a theme are wrong.
    pub fn run(self, session: &Session, list: ListsThemes) -> Result<(), Failure> {
        let config = Config::folder().map_or_else(|| Ok(Config::default()), |at| Config::read(&at));
        let config = config.map_err(Failure::input)?;
        let themes = list(&config).map_err(|mistakes| every(&mistakes))?;
        if session.json() {
            return session.answer(&themes, "");
        }
        let mut table = Table::new(["NAME", "CHOSEN", "FILE"], session.columns());
        for theme in themes {
            let chosen = if theme.chosen { "yes" } else { "" };
            let file = theme.file.map(|file| file.display().to_string());
            let file = file.unwrap_or_else(|| "comes with holdline".to_owned());
            table.row([theme.name, chosen.to_owned(), file]);
        }
        session.print_table(&table)
    }
}
