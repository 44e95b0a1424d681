//! Names: each well formed, none twice, none empty.

use std::collections::BTreeSet;

use super::Report;
use crate::policy::model::{Policy, Snippet};

/// Names are typed on command lines and in queries, so that they are plain words.
pub(super) fn check(policy: &Policy, report: &mut Report) {
    word("name", &policy.name, report);
    for (path, text) in [("title", &policy.title), ("summary", &policy.summary)] {
        if text.trim().is_empty() {
            report.fault(path, "it is empty", "write what agents read in lists");
        }
    }
    titles(policy, report);
    if policy.channels.is_empty() {
        report.fault(
            "channels",
            "no channel is covered",
            "name at least one, such as \"phone\"",
        );
    }
    let keys: Vec<&str> = policy.settings.iter().map(|s| s.key.as_str()).collect();
    once("setting", "key", &keys, report);
    for (n, key) in keys.iter().enumerate() {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        if !key.starts_with(|c: char| c.is_ascii_lowercase()) || !key.chars().all(plain) {
            report.fault(
                format!("setting.{n}.key"),
                format!("\"{key}\" cannot be written as $name"),
                "use lower-case letters, digits and underscores, a letter first",
            );
        }
    }
    words(
        "office",
        "name",
        policy.offices.iter().map(|x| x.name.as_str()),
        report,
    );
    words(
        "severity",
        "name",
        policy.severities.iter().map(|x| x.name.as_str()),
        report,
    );
    words(
        "outcome",
        "name",
        policy.outcomes.iter().map(|x| x.name.as_str()),
        report,
    );
    words(
        "cause",
        "name",
        policy.causes.iter().map(|x| x.name.as_str()),
        report,
    );
    words(
        "ground",
        "name",
        policy.grounds.iter().map(|x| x.name.as_str()),
        report,
    );
    words(
        "intake.route",
        "key",
        policy.intake.route.iter().map(|x| x.key.as_str()),
        report,
    );
    for (n, route) in policy.intake.route.iter().enumerate() {
        let path = format!("intake.route.{n}.answers");
        if route.answers.is_empty() {
            report.fault(
                &path,
                "the question has no answers",
                "write at least one, or remove the question",
            );
        }
        let answers: Vec<&str> = route.answers.iter().map(|x| x.answer.as_str()).collect();
        once(&path, "answer", &answers, report);
    }
    let products: Vec<&str> = policy.products.iter().map(|x| x.name.as_str()).collect();
    once("product", "name", &products, report);
    snippets(&policy.snippets, report);
    let clauses: Vec<&str> = policy.clauses.iter().map(|x| x.no.as_str()).collect();
    once("clause", "no", &clauses, report);
}

/// Whether every stock phrase can be named, and says something.
pub(super) fn snippets(snippets: &[Snippet], report: &mut Report) {
    let names = snippets.iter().map(|snippet| snippet.name.as_str());
    words("snippet", "name", names, report);
    let empty = |snippet: &Snippet| snippet.text.trim().is_empty();
    for (n, _) in snippets.iter().enumerate().filter(|(_, one)| empty(one)) {
        report.fault(
            path("snippet", n, "text"),
            "it is empty",
            "write what is inserted",
        );
    }
}

/// Whether everything that agents choose from lists says what it is.
fn titles(policy: &Policy, report: &mut Report) {
    let offices = policy.offices.iter().map(|x| x.title.as_str());
    let severities = policy.severities.iter().map(|x| x.definition.as_str());
    let outcomes = policy.outcomes.iter().map(|x| x.title.as_str());
    let causes = policy.causes.iter().map(|x| x.title.as_str());
    let levels = policy.levels.iter().map(|x| x.title.as_str());
    let grounds = policy.grounds.iter().map(|x| x.title.as_str());
    let mut said = |list: &str, key: &str, texts: &mut dyn Iterator<Item = &str>| {
        for (n, _) in texts.enumerate().filter(|(_, text)| text.trim().is_empty()) {
            report.fault(path(list, n, key), "it is empty", "write what agents read");
        }
    };
    said("office", "title", &mut offices.into_iter());
    said("severity", "definition", &mut severities.into_iter());
    said("outcome", "title", &mut outcomes.into_iter());
    said("cause", "title", &mut causes.into_iter());
    said("level", "title", &mut levels.into_iter());
    said("ground", "title", &mut grounds.into_iter());
}

/// Whether a list's names are plain words, none twice; `key` is where in an item the name stands, nothing for the item.
pub(super) fn words<'p>(
    list: &str,
    key: &str,
    names: impl Iterator<Item = &'p str>,
    report: &mut Report,
) {
    let names: Vec<&str> = names.collect();
    for (n, name) in names
        .iter()
        .enumerate()
        .filter(|(_, name)| !name.is_empty())
    {
        word(&path(list, n, key), name, report);
    }
    once(list, key, &names, report);
}

fn word(path: &str, name: &str, report: &mut Report) {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if name.is_empty() || !name.chars().all(plain) || name.starts_with('-') || name.ends_with('-') {
        report.fault(
            path,
            format!("\"{name}\" is not a plain name"),
            "use lower-case letters and digits, with hyphens between them",
        );
    }
}

fn once(list: &str, key: &str, names: &[&str], report: &mut Report) {
    let mut seen = BTreeSet::new();
    for (n, name) in names.iter().enumerate() {
        let path = path(list, n, key);
        if name.trim().is_empty() {
            report.fault(path, "it is empty", "write a name");
        } else if !seen.insert(*name) {
            report.fault(
                path,
                format!("\"{name}\" is there twice"),
                "give each its own",
            );
        }
    }
}

fn path(list: &str, n: usize, key: &str) -> String {
    match key {
        "" => format!("{list}.{n}"),
        key => format!("{list}.{n}.{key}"),
    }
}
