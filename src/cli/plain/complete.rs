//! A typed command made whole: the incident that is open where a number was left out, words of one text joined, lists
//! as sentences.

use clap::{Arg, Command};

use super::ask::is_number;
use crate::incident::TechRef;

/// The command that words name, and the words that are left.
pub(super) fn named<'a, 'w>(
    root: &'a Command,
    mut words: &'w [String],
) -> (&'a Command, &'w [String]) {
    let mut command = root;
    while let Some((first, rest)) = words.split_first()
        && let Some(found) = command.find_subcommand(first)
    {
        (command, words) = (found, rest);
    }
    (command, words)
}

/// The words of a command as the command line reads them.
pub(super) fn completed(root: &Command, words: &[String], open: Option<TechRef>) -> Vec<String> {
    let (command, rest) = named(root, words);
    let mut whole: Vec<String> = words
        .iter()
        .take(words.len() - rest.len())
        .cloned()
        .collect();
    let positionals: Vec<&Arg> = command.get_positionals().collect();
    let (mut typed, options) = parted(command, rest);
    if let (Some(first), Some(open)) = (positionals.first(), open)
        && is_number(first)
        && !typed.first().is_some_and(|word| is_meant_as_number(word))
    {
        typed.insert(0, open.to_string());
    }
    let takes_more = positionals.last().is_some_and(|last| takes_several(last));
    if let Some(last) = positionals.len().checked_sub(1)
        && typed.len() > positionals.len()
        && !takes_more
    {
        let text = typed.split_off(last).join(" ");
        typed.push(text);
    }
    whole.extend(typed);
    whole.extend(options.iter().cloned());
    let has = |option: &str| options.iter().any(|word| word.starts_with(option));
    if command.get_name() == "list"
        && whole.len() > rest.len()
        && words.first().is_some_and(|word| word == "list")
        && !has("--format")
        && !has("--json")
    {
        whole.extend(["--format".to_owned(), "lines".to_owned()]);
    }
    whole
}

/// Whether a command is about an incident and none is named where its number stands. Of a command that is written out
/// with nothing behind it, the number is asked for.
pub(super) fn names_none(root: &Command, words: &[String], of_key: Option<&[String]>) -> bool {
    let (command, rest) = named(root, words);
    let first = command.get_positionals().next();
    if !first.is_some_and(|first| is_number(first) && first.is_required_set()) {
        return false;
    }
    let (typed, options) = parted(command, of_key.unwrap_or(rest));
    match typed.first() {
        Some(word) => !is_meant_as_number(word),
        None => of_key.is_some() && options.is_empty(),
    }
}

/// Whether a word is meant as the number of an incident, also a misheard one: that must never become a text about the
/// open one.
fn is_meant_as_number(word: &str) -> bool {
    let digits = word.chars().filter(char::is_ascii_digit).count();
    digits >= 5
        && word
            .chars()
            .all(|sign| sign.is_ascii_alphanumeric() || sign == '-')
}

/// Whether a word that is no command can only be meant as a number.
pub(super) fn begins_as_number(word: &str) -> bool {
    word.starts_with(|sign: char| sign.is_ascii_digit()) || is_meant_as_number(word)
}

fn takes_several(arg: &Arg) -> bool {
    let several = arg.get_num_args().is_some_and(|many| many.max_values() > 1);
    several || matches!(arg.get_action(), clap::ArgAction::Append)
}

/// The words that stand for themselves, and the options with their values.
fn parted(command: &Command, words: &[String]) -> (Vec<String>, Vec<String>) {
    let (mut typed, mut options) = (Vec::new(), Vec::new());
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let Some(name) = word.strip_prefix("--").filter(|name| !name.is_empty()) else {
            typed.push(word.clone());
            continue;
        };
        options.push(word.clone());
        let mut args = command.get_arguments();
        let arg = args.find(|arg| arg.get_long() == Some(name));
        if arg.is_some_and(|arg| arg.get_action().takes_values()) {
            options.extend(words.next().cloned());
        }
    }
    (typed, options)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::Args;
    use crate::cli::plain::words::split;
    use clap::CommandFactory;
    use rstest::rstest;

    #[rstest]
    #[case("show", "show 10001-4")]
    #[case("show 10002-3", "show 10002-3")]
    #[case::misheard("respond 10002-9 We see it", "respond 10002-9 'We see it'")]
    #[case("note 2 of 10002 rows", "note 10001-4 '2 of 10002 rows'")]
    #[case("respond We can see it", "respond 10001-4 'We can see it'")]
    #[case(
        "respond 10002-3 We can see it --by mail",
        "respond 10002-3 'We can see it' --by mail"
    )]
    #[case(
        "respond We --estimate \"fri 17:00\" can",
        "respond 10001-4 'We can' --estimate 'fri 17:00'"
    )]
    #[case("customer show Blue Fern", "customer show 'Blue Fern'")]
    #[case(
        "list is:missed assignee:me",
        "list is:missed assignee:me --format lines"
    )]
    #[case("list --format csv", "list --format csv")]
    #[case("call list", "call list")]
    #[case("nonsense at all", "nonsense at all")]
    fn a_command_is_made_whole(#[case] typed: &str, #[case] whole: &str) {
        let mut root = Args::command();
        root.build();
        let words = completed(&root, &split(typed).unwrap(), Some(TechRef::new(10001)));
        assert_eq!(words, split(whole).unwrap());
    }
}
