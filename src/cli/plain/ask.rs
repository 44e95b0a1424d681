//! What a command takes, as questions, and what was answered, as the command takes it.

use clap::builder::PossibleValue;
use clap::error::ErrorKind;
use clap::{Arg, Command};

use super::commands::parse;
use super::question::{Answers, Choice, Question, is_yes, some};
use super::{Plain, complete};
use crate::cli::{Failure, mistake};

/// All that a command takes of its own, what must be given first.
fn all(command: &Command) -> Vec<Arg> {
    let own = |arg: &&Arg| {
        !arg.is_global_set()
            && !arg.is_hide_set()
            && !matches!(arg.get_id().as_str(), "help" | "version")
    };
    let own = command.get_arguments().filter(own).cloned();
    let (required, rest): (Vec<Arg>, Vec<Arg>) = own.partition(Arg::is_required_set);
    required.into_iter().chain(rest).collect()
}

/// Whether it is the number of an incident, which the open one stands for.
pub(super) fn is_number(arg: &Arg) -> bool {
    let names = arg.get_value_names().unwrap_or_default();
    arg.is_positional() && names.iter().any(|name| name.as_str() == "REF")
}

/// The question for something that a `command` takes.
pub(super) fn question(arg: &Arg, command: &[String]) -> Question {
    let (key, help) = (arg.get_id().as_str(), arg.get_help());
    let help = help.map(ToString::to_string).unwrap_or_default();
    let words = help.trim_end_matches('.');
    if !arg.get_action().takes_values() {
        return Question::yes(key, format!("{words}:"));
    }
    let known = arg.get_possible_values();
    let choice = |known: &PossibleValue| {
        let about = known.get_help().map(ToString::to_string);
        let about = about.unwrap_or_default();
        Choice::new(known.get_name(), about.trim_end_matches('.'))
    };
    let question = match known.is_empty() {
        true => Question::text(key, words),
        false => Question::pick(key, words, known.iter().map(choice).collect()),
    };
    let defaults = arg.get_default_values().first();
    let default = defaults.map_or_else(String::new, |value| value.to_string_lossy().into_owned());
    let question = match arg.is_required_set() {
        true => question.required(),
        false => question,
    };
    let question = question.or(default);
    // Another one stands before it, without which it cannot be read.
    if arg.get_index().is_some_and(|place| place > 1) || !known.is_empty() {
        return question;
    }
    let (arg, command) = (arg.clone(), command.to_vec());
    question.also_check(move |typed| {
        let mut words = command.clone();
        put(&mut words, &arg, typed);
        let wrong = parse(&words).err();
        let wrong = wrong.filter(|error| {
            let kind = error.kind();
            matches!(kind, ErrorKind::ValueValidation | ErrorKind::InvalidValue)
        });
        wrong.map_or(Ok(None), |error| Err(mistake::told(&error)))
    })
}

/// Puts an answer where a command takes it: with = also what begins with a hyphen is a value.
fn put(words: &mut Vec<String>, arg: &Arg, answer: &str) {
    match arg.get_long() {
        Some(long) if arg.get_action().takes_values() => words.push(format!("--{long}={answer}")),
        Some(long) => words.push(format!("--{long}")),
        None => {
            if !words.iter().any(|word| word == "--") {
                words.push("--".to_owned());
            }
            words.push(answer.to_owned());
        }
    }
}

/// A command with what was answered to the questions for these; what was left out it does without.
pub(super) fn given(mut words: Vec<String>, args: &[Arg], answers: &Answers) -> Vec<String> {
    let mark = words.iter().position(|word| word == "--");
    let texts = mark.map(|at| words.split_off(at)).unwrap_or_default();
    let (options, positionals): (Vec<&Arg>, Vec<&Arg>) =
        args.iter().partition(|arg| !arg.is_positional());
    for arg in options {
        let key = arg.get_id().as_str();
        let is_default = |answer: &String| {
            let mut defaults = arg.get_default_values().iter();
            defaults.any(|default| default == answer.as_str())
        };
        match some(answers, key) {
            Some(answer) if is_default(&answer) => {}
            Some(answer) if arg.get_action().takes_values() => put(&mut words, arg, &answer),
            _ if is_yes(answers, key) => put(&mut words, arg, ""),
            _ => {}
        }
    }
    words.extend(texts);
    for arg in positionals {
        let answer = some(answers, arg.get_id().as_str());
        answer
            .iter()
            .for_each(|answer| put(&mut words, arg, answer));
    }
    words
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
        let mut asked = all(command);
        let mut words = of.to_vec();
        let number = asked.iter().position(is_number);
        if let (Some(at), Some(open)) = (number, self.open) {
            asked.remove(at);
            words.push(open.to_string());
        }
        self.may_do(&words)?;
        let questions: Vec<Question> = asked.iter().map(|arg| question(arg, &words)).collect();
        let form = format!("form {}", words.join(" "));
        self.until_done_of(&form, &questions, Answers::new(), |plain, answers| {
            plain.try_run(&given(words.clone(), &asked, answers))
        })?;
        Ok(())
    }
}
