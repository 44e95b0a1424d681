//! `holdline man`.

use std::fs;
use std::path::{Path, PathBuf};

use clap::CommandFactory;
use clap::builder::Resettable;
use clap_mangen::Man as Page;
use serde_json::json;

use super::{Args, Failure, Session};

/// Prints the manual page, or writes one for each command into a folder.
///
/// The folder is made where it is missing; pages of an earlier version are written over.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  holdline man | man -l -
  holdline man ~/.local/share/man/man1    # then: man holdline-log")]
pub struct Man {
    /// The folder for the pages of all commands; the page of the program itself is printed without one.
    #[arg(value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    folder: Option<PathBuf>,
}

impl Man {
    pub(super) fn run(self, session: &Session) -> Result<(), Failure> {
        let mut command = Args::command().disable_help_subcommand(true);
        command.build();
        let Some(folder) = self.folder else {
            let (_, page) = page(command)?;
            return session.print_bytes(&page);
        };
        let failed = |at: &Path, error| Failure::Input(format!("{}: {error}", at.display()));
        fs::create_dir_all(&folder).map_err(|error| failed(&folder, error))?;
        let mut names = Vec::new();
        for command in commands(&command) {
            let (name, page) = page(command)?;
            let path = folder.join(&name);
            fs::write(&path, page).map_err(|error| failed(&path, error))?;
            names.push(name);
        }
        let folder = folder.display().to_string();
        let text = format!("{} pages are in {folder}", names.len());
        session.answer(&json!({"folder": folder, "pages": names}), text)
    }
}

/// A command and all below it.
fn commands(command: &clap::Command) -> Vec<clap::Command> {
    let mut all = vec![command.clone()];
    let below = command
        .get_subcommands()
        .filter(|below| !below.is_hide_set());
    all.extend(below.flat_map(commands));
    all
}

/// A command's page with its file's name.
fn page(command: clap::Command) -> Result<(String, Vec<u8>), Failure> {
    let examples = command.get_after_help().map(ToString::to_string);
    let page = Page::new(command.after_help(Resettable::Reset)).manual("Holdline");
    let mut text = Vec::new();
    page.render(&mut text)?;
    // Examples are to be typed: line for line, as they are.
    if let Some(examples) = examples {
        text.extend(b".SH EXAMPLES\n.nf\n");
        let lines = examples.lines().map(str::trim);
        for line in lines.filter(|line| !matches!(*line, "Examples:" | "Example:")) {
            text.extend(literal(line).bytes());
        }
        text.extend(b".fi\n");
    }
    Ok((page.get_filename(), text))
}

/// A line that roff shows as it is.
fn literal(line: &str) -> String {
    let line = line.replace('\\', "\\e").replace('-', "\\-");
    let line = line.replace('\'', "\\(aq").replace('`', "\\(ga");
    format!("\\&{line}\n")
}

#[cfg(test)]
mod tests {
    use super::literal;

    #[test]
    fn nothing_in_an_example_is_a_command_to_roff() {
        assert_eq!(literal(".x --a 'b\\n'"), "\\&.x \\-\\-a \\(aqb\\en\\(aq\n");
    }
}
