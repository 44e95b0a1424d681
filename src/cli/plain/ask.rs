//! What a command takes and was not given: asked for, one argument after the other, each in a sentence.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command};

use super::{Plain, complete, parse};
use crate::cli::Failure;

/// All that a command takes of its own, what must be given first.
fn all(command: &Command) -> impl Iterator<Item = &Arg> {
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
fn question(arg: &Arg) -> String {
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
fn give(words: &mut Vec<String>, arg: &Arg, answer: &str) {
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

impl Plain {
    /// Asks for all that a command takes, and does it.
    pub(super) fn form(&mut self, of: &[String]) -> Result<(), Failure> {
        let (command, rest) = complete::named(&self.root, of);
        if !rest.is_empty()
            || command.get_name() == self.root.get_name()
            || command.has_subcommands()
        {
            return self.say("form takes the name of one command, such as form respond.");
        }
        let asked: Vec<Arg> = all(command).cloned().collect();
        let mut words = of.to_vec();
        self.say("An empty line leaves one out.")?;
        for arg in asked {
            if is_number(&arg) && self.open.is_some() {
                continue;
            }
            let Some(answer) = self.line(&(question(&arg) + " "))? else {
                return Ok(());
            };
            give(&mut words, &arg, &answer);
        }
        self.command(&words).map(drop)
    }

    /// Does a command, after asking for what it needs and was not given. Whether it was done.
    pub(super) fn command(&mut self, words: &[String]) -> Result<bool, Failure> {
        let mut words = complete::completed(&self.root, words, self.open);
        loop {
            let Some(missing) = self.missing(&words)? else {
                return self.run(&words);
            };
            for arg in missing {
                match self.line(&(question(&arg) + " "))? {
                    Some(answer) if !answer.trim().is_empty() => {
                        give(&mut words, &arg, &answer);
                    }
                    _ => return self.say("Nothing was done.").map(|()| false),
                }
            }
        }
    }

    /// What a command needs and was not given, as far as that can be asked for; none where nothing is.
    fn missing(&self, words: &[String]) -> Result<Option<Vec<Arg>>, Failure> {
        let Err(error) = parse(words) else {
            return Ok(None);
        };
        let is_missing = error.kind() == ErrorKind::MissingRequiredArgument;
        let Some(ContextValue::Strings(named)) = error.get(ContextKind::InvalidArg) else {
            return Ok(None);
        };
        let (command, _) = complete::named(&self.root, words);
        let known = |shown: &String| {
            let mut args = command.get_arguments();
            args.find(|arg| arg.to_string() == *shown).cloned()
        };
        let args: Option<Vec<Arg>> = named.iter().map(known).collect();
        Ok(args.filter(|args| is_missing && !args.is_empty()))
    }
}
