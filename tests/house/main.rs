//! What holds for the code as a whole: the direction of its modules, the size of its files, what the README shows.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod crates;
mod package;

use std::fs;
use std::path::{Path, PathBuf};

/// The house from the ground up: a module uses only what stands before it, and never one of its own floor.
const FLOORS: [&[&str]; 10] = [
    &["text", "whole"],
    &["calendar"],
    &["policy"],
    &["when", "incident"],
    &["store"],
    &["import", "demo", "report", "mail"],
    &["config"],
    &["hooks"],
    &["cli", "console"],
    &["main"],
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

fn house() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    sources(&root.join("src"), &mut files);
    let text = |path: &PathBuf| fs::read_to_string(path).unwrap();
    let name = |path: &PathBuf| {
        path.strip_prefix(root.join("src"))
            .unwrap()
            .display()
            .to_string()
    };
    files.iter().map(|path| (name(path), text(path))).collect()
}

fn module_of(file: &str) -> &str {
    file.split('/').next().unwrap().trim_end_matches(".rs")
}

fn floor(module: &str) -> Option<usize> {
    FLOORS.iter().position(|floor| floor.contains(&module))
}

/// What may lie at the top, beside files that begin with a dot and what cargo builds.
const TOP: [&str; 8] = [
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE",
    "README.md",
    "assets",
    "benches",
    "src",
    "tests",
];

#[test]
fn nothing_else_lies_at_the_top() {
    let top = fs::read_dir(env!("CARGO_MANIFEST_DIR")).unwrap();
    let names = top.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let others: Vec<_> = names
        .filter(|name| !name.starts_with('.') && name != "target" && !TOP.contains(&&**name))
        .collect();
    assert!(others.is_empty(), "{others:?}");
}

#[test]
fn modules_use_only_what_stands_before_them() {
    for (file, text) in house() {
        let here = module_of(&file);
        if here == "lib" {
            continue;
        }
        let own = floor(here)
            .unwrap_or_else(|| panic!("{file}: module {here} stands on no floor of this test"));
        let used = text.split("crate::").skip(1).map(|rest| {
            rest.split(|c: char| !(c.is_alphanumeric() || c == '_'))
                .next()
                .unwrap_or_default()
        });
        for module in used.filter(|module| *module != here) {
            let other = floor(module);
            let below =
                other.is_none_or(|other| other < own) || here == "when" && module == "incident";
            assert!(
                below,
                "{file} uses {module}, which does not stand below {here}"
            );
        }
    }
}

#[test]
fn the_pure_part_reads_no_clock_file_or_terminal() {
    const FORBIDDEN: [&str; 8] = [
        "Utc::now",
        "Local::now",
        "SystemTime",
        "Instant::now",
        "std::fs",
        "std::env",
        "std::io",
        "rusqlite",
    ];
    for (file, text) in house() {
        if !["calendar", "policy", "incident"].contains(&module_of(&file)) || file.contains("tests")
        {
            continue;
        }
        for forbidden in FORBIDDEN {
            assert!(
                !text.contains(forbidden),
                "{file} is of the pure part, but names {forbidden}"
            );
        }
    }
}

#[test]
fn only_the_store_knows_sql() {
    for (file, text) in house() {
        let knows = text.contains("rusqlite");
        assert!(
            !knows || module_of(&file) == "store",
            "{file} names rusqlite: that is for the store alone"
        );
    }
}

#[test]
fn files_are_of_a_size_to_read() {
    let tests = |file: &str| file.contains("tests") || file.contains("testing");
    for (file, text) in house().into_iter().filter(|(file, _)| !tests(file)) {
        let lines = text.lines().count();
        assert!(
            lines <= 450,
            "{file} has {lines} lines: does it do one thing only?"
        );
    }
}

/// A refusal is read at the keys too: what only the command line knows stands in brackets, which are left out there and
/// tell the field that is meant.
#[test]
fn refusals_name_options_and_commands_in_brackets_alone() {
    for (file, text) in house() {
        let refuses = ["calendar", "incident", "mail", "store", "when"];
        if !refuses.contains(&module_of(&file)) || file.contains("tests") {
            continue;
        }
        let code = text
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"));
        let code: Vec<&str> = code.collect();
        let code = code.join("\n");
        let options = code.match_indices("--").filter(|(at, _)| {
            let after = code[at + 2..].chars().next();
            after.is_some_and(|c| c.is_ascii_lowercase())
        });
        for (at, _) in options.chain(code.match_indices("`holdline ")) {
            let text_begins = code[..at].rfind('"').unwrap();
            let within = &code[text_begins..at];
            let open = within.matches('(').count() > within.matches(')').count();
            let line = code[..at].lines().count();
            assert!(
                open,
                "{file}: {} is not in brackets",
                code.lines().nth(line - 1).unwrap()
            );
        }
    }
}

/// Where the README has the table of keys.
const KEYS_BEGIN: &str = "cargo test --test house -->\n";
const KEYS_END: &str = "<!-- end of keys -->";

#[test]
fn readme_shows_the_keys() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(&path).unwrap();
    let (before, rest) = readme.split_once(KEYS_BEGIN).unwrap();
    let (shown, after) = rest.split_once(KEYS_END).unwrap();
    let keymap = holdline::console::keys::Keymap::new(holdline::console::actions::KEYS).unwrap();
    let table = format!(
        "{}\n{}",
        keymap.markdown(),
        holdline::console::forms::keys_as_markdown()
    );
    if std::env::var_os("HOLDLINE_WRITE_README").is_some() {
        fs::write(
            &path,
            format!("{before}{KEYS_BEGIN}{table}{KEYS_END}{after}"),
        )
        .unwrap();
        return;
    }
    assert_eq!(
        shown, table,
        "the README's keys are stale: HOLDLINE_WRITE_README=1 cargo test --test house"
    );
}

#[test]
fn only_what_hands_mail_to_a_server_can_reach_a_network() {
    for (file, text) in house() {
        let reaches = text.contains("std::net") || text.contains("lettre::");
        assert!(
            !reaches || file == "mail/smtp.rs",
            "{file} uses the network"
        );
    }
}
