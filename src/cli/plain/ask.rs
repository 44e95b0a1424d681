//! What is asked of the agent: one argument of a command, in a sentence.

use clap::{Arg, ArgAction, Command};

/// All that a command takes of its own, what must be given first.
pub(super) fn all(command: &Command) -> impl Iterator<Item = &Arg> {
    let own = |arg: &&Arg| {
        !arg.is_global_set()
            && !arg.is_hide_set()
            && !matches!(arg.get_id().as_str(), "help" | "version")
    };
    let required = command
        .get_arguments()
        .filter(own)
        .filter(|arg| arg.is_required_set());
    required.chain(
        command
            .get_arguments()
            .filter(own)
            .filter(|arg| !arg.is_required_set()),
    )
}

/// Whether it is the number of an incident, which the open one stands for.
pub(super) fn is_number(arg: &Arg) -> bool {
    let names = arg.get_value_names().unwrap_or_default();
    arg.is_positional() && names.iter().any(|name| name.as_str() == "REF")
}

/// What is asked.
pub(super) fn question(arg: &Arg) -> String {
    let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
    let help = help.trim_end_matches('.');
    let known = arg.get_possible_values();
    let known: Vec<&str> = known
        .iter()
        .map(clap::builder::PossibleValue::get_name)
        .collect();
    if !arg.get_action().takes_values() {
        return format!("{help}, y or n?");
    }
    match known.is_empty() {
        true => format!("{help}:"),
        false => format!("{help}, one of {}:", known.join(", ")),
    }
}

/// Puts an answer where the command takes it; an empty one leaves it out.
pub(super) fn give(words: &mut Vec<String>, arg: &Arg, answer: &str) {
    let answer = answer.trim();
    if answer.is_empty() {
        return;
    }
    match (arg.get_long(), arg.get_action()) {
        (Some(long), ArgAction::SetTrue) => {
            if answer.starts_with(['y', 'Y']) {
                words.push(format!("--{long}"));
            }
        }
        // With = also what begins with a hyphen is a value.
        (Some(long), _) => words.push(format!("--{long}={answer}")),
        (None, _) => words.push(answer.to_owned()),
    }
}
