//! What a shell offers while a command is typed: commands and options, and what this desk has, which is looked up then.
//!
//! One table says which argument takes what, by what it is called in the help; a new command is completed by calling its
//! arguments alike.

use std::ffi::{OsStr, OsString};

use clap::{Arg, CommandFactory};
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate};
use clap_complete::env::{CompleteEnv, Shells};

use super::{Args, Failure, Globals, Session};
use crate::incident::{Property, Query, Term};
use crate::policy::shipped_names;
use crate::store::{Access, Desk, Page, StoreError};
use crate::text::cut;

/// What tells the program that a shell asks, and which.
const ASKS: &str = "HOLDLINE_COMPLETE";
/// So many incidents or customers are offered at most.
const MOST: usize = 100;
/// Columns of what is said beside a value.
const BESIDE: usize = 60;

/// Values that begin as it was typed, each with what it stands for.
type Values = Vec<(String, String)>;
type Source = fn(&Desk, &str) -> Result<Values, StoreError>;

/// Answers a shell that asks how to go on; whether one did.
///
/// # Errors
/// When the shell is an unknown one, or has gone.
pub fn complete() -> Result<bool, Failure> {
    let here = std::env::current_dir().ok();
    let words: Vec<OsString> = std::env::args_os().collect();
    let desk = desk_of(&words);
    let command = || {
        let mut command = Args::command();
        // What a command takes is known only then.
        command.build();
        taught(command, &desk)
    };
    let env = CompleteEnv::with_factory(command).var(ASKS);
    env.try_complete(words, here.as_deref())
        .map_err(Failure::input)
}

/// The shells that can ask.
pub(super) fn shells() -> impl Iterator<Item = &'static str> {
    let Shells(known) = Shells::builtins();
    known.iter().map(|shell| shell.name())
}

/// What a shell is to run once so that it asks from then on.
///
/// # Errors
/// When the script cannot be written.
pub(super) fn script(shell: &str) -> Result<Option<String>, Failure> {
    let shells = Shells::builtins();
    let Some(shell) = shells.completer(shell) else {
        return Ok(None);
    };
    let mut script = Vec::new();
    shell.write_registration(ASKS, "holdline", "holdline", "holdline", &mut script)?;
    String::from_utf8(script).map(Some).map_err(Failure::input)
}

/// What is said of the desk on a line that is not finished.
fn desk_of(words: &[OsString]) -> Globals {
    let mut globals = Globals::default();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let typed = word.to_string_lossy();
        if typed == "--desk" {
            globals.desk = words.next().map(Into::into);
        } else if let Some(file) = typed.strip_prefix("--desk=") {
            globals.desk = Some(file.into());
        }
    }
    globals
}

/// A command whose arguments know their values, and those of its subcommands.
fn taught(command: clap::Command, desk: &Globals) -> clap::Command {
    command
        .mut_args(|arg| match source(&arg) {
            Some(source) => {
                let desk = desk.clone();
                arg.add(ArgValueCompleter::new(move |typed: &OsStr| {
                    candidates(&desk, source, typed)
                }))
            }
            None => arg,
        })
        .mut_subcommands(|command| taught(command, desk))
}

/// Where the values of an argument come from.
fn source(arg: &Arg) -> Option<Source> {
    let called = arg.get_value_names().and_then(<[_]>::first)?.as_str();
    Some(match (called, arg.get_id().as_str()) {
        ("REF" | "INTO" | "OTHER", _) => numbers,
        ("NAME-or-CODE", _) => customers,
        ("AGENT", _) | (_, "agent") => agents,
        (_, "outcome") => outcomes,
        (_, "severity") => severities,
        (_, "policy" | "policies") => policies,
        _ => return None,
    })
}

/// What `source` has for what was typed. Whatever goes wrong, the shell offers nothing: a message would stand in the
/// middle of what is being typed.
fn candidates(desk: &Globals, source: Source, typed: &OsStr) -> Vec<CompletionCandidate> {
    let typed = typed.to_string_lossy();
    let Ok(desk) = Session::new(desk.clone()).open(Access::Read) else {
        return Vec::new();
    };
    let values = source(&desk, &typed).unwrap_or_default().into_iter();
    values
        .map(|(value, meaning)| {
            let help = (!meaning.is_empty()).then(|| cut(&meaning, BESIDE).into_owned().into());
            CompletionCandidate::new(value).help(help)
        })
        .collect()
}

/// The incidents with something left to do, as the queue has them, then the newest others.
fn numbers(desk: &Desk, typed: &str) -> Result<Values, StoreError> {
    let now = Session::new(Globals::default()).now();
    let any = Query {
        terms: vec![(false, Term::Is(Property::Any))],
    };
    let mut values = Values::new();
    for query in [Query::default(), any] {
        for row in desk.list(&query, Page::First, MOST, now)? {
            let number = row.number.to_string();
            let new = !values.iter().any(|(known, _)| *known == number);
            if new && number.starts_with(typed) {
                let meaning = format!("{}: {}", row.customer_name, row.summary);
                values.push((number, meaning));
            }
        }
    }
    Ok(values)
}

/// The codes of customers, found by their names and people too: a code is one word in every shell.
fn customers(desk: &Desk, typed: &str) -> Result<Values, StoreError> {
    let found = desk.find_customers(typed, MOST)?.into_iter();
    Ok(found
        .map(|found| (found.customer.code, found.customer.name))
        .collect())
}

fn agents(desk: &Desk, typed: &str) -> Result<Values, StoreError> {
    Ok(beginning(typed, desk.agents()?))
}

fn outcomes(desk: &Desk, typed: &str) -> Result<Values, StoreError> {
    let mut values = Values::new();
    for ruling in desk.rulings()? {
        for outcome in &ruling.policy.outcomes {
            let known = values.iter().any(|(name, _)| *name == outcome.name);
            if !known && outcome.name.starts_with(typed) {
                values.push((outcome.name.clone(), outcome.title.clone()));
            }
        }
    }
    Ok(values)
}

fn severities(desk: &Desk, typed: &str) -> Result<Values, StoreError> {
    Ok(beginning(typed, desk.vocabulary()?.severities))
}

/// The desk's policies, then those that come with the program.
fn policies(desk: &Desk, typed: &str) -> Result<Values, StoreError> {
    let mut names = desk.vocabulary()?.policies;
    for shipped in shipped_names() {
        if !names.iter().any(|name| name == shipped) {
            names.push(shipped.to_owned());
        }
    }
    Ok(beginning(typed, names))
}

fn beginning(typed: &str, mut names: Vec<String>) -> Values {
    names.retain(|name| name.starts_with(typed));
    names
        .into_iter()
        .map(|name| (name, String::new()))
        .collect()
}
