//! A mistake in how a command was typed, in one line: what, why, and what to do.

use clap::CommandFactory;
use clap::error::{Error, ErrorKind};

use super::Args;

/// What is wrong and why, without what stands below it.
pub(super) fn told(error: &Error) -> String {
    let text = error.render().to_string();
    let told = text.lines().take_while(|line| !line.trim().is_empty());
    let told: Vec<&str> = told.map(str::trim).collect();
    let told = told.join(" ");
    let told = told.strip_prefix("error: ").unwrap_or(&told);
    told.replace(
        "invalid digit found in string",
        "that is no whole number, write it like 15",
    )
}

/// Whether it is rather an answer, such as the help that was asked for.
pub fn is_answer(error: &Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::DisplayHelp
            | ErrorKind::DisplayVersion
            | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
    )
}

/// Gives the answer, and ends the program. What a command is for stands with its options, which are made only when it is
/// called: for a list of commands all are made, and what was typed is read again.
pub fn give_answer(error: Error) -> ! {
    if error.kind() == ErrorKind::DisplayVersion {
        error.exit();
    }
    let mut root = Args::command();
    root.build();
    root.try_get_matches().err().unwrap_or(error).exit()
}

/// The whole of it, with the help that explains the command that was typed.
pub fn in_a_line(error: &Error, typed: &[String]) -> String {
    let text = error.render().to_string();
    let tip = text
        .lines()
        .filter_map(|line| line.trim().strip_prefix("tip: "))
        // Who types an option that is not there means no text by it.
        .find(|tip| !tip.starts_with("to pass '--"));
    let tip = tip.map_or_else(String::new, |tip| format!("; {tip}"));
    let mut root = Args::command();
    root.build();
    let (mut command, mut path) = (&root, vec!["holdline"]);
    for word in typed {
        if let Some(found) = command.find_subcommand(word) {
            command = found;
            path.push(word);
        }
    }
    format!("{}{tip}: see `{} --help`", told(error), path.join(" "))
}
