//! What is said of the commands: help, manual pages, completions, and the whole of it as one text to compare.

use std::fs;
use std::process::Command;

use clap::CommandFactory;
use holdline::cli::Args;

use crate::shop::Shop;

/// The help of a command and all below it. What every command takes is shown once.
fn reference(command: &clap::Command, text: &mut String) {
    let name = command.get_bin_name().unwrap_or_else(|| command.get_name());
    let help = command.clone().term_width(100).render_long_help();
    text.push_str(&format!("## {name}\n\n{}\n", help.to_string().trim_end()));
    text.push('\n');
    for below in command.get_subcommands() {
        if below.get_name() != "help" {
            reference(below, text);
        }
    }
}

/// Hides what every command takes in all but the program's own help.
fn shown_once(command: clap::Command) -> clap::Command {
    command
        .mut_args(|arg| {
            let heading = arg.get_help_heading() == Some("Everywhere");
            arg.hide(heading)
        })
        .mut_subcommands(shown_once)
}

#[test]
fn the_whole_reference() {
    let mut command = Args::command();
    command.build();
    let command = command.mut_subcommands(shown_once);
    let mut text = String::new();
    reference(&command, &mut text);
    // A blank at the end of a line is nothing that anybody reads.
    let text: Vec<&str> = text.lines().map(str::trim_end).collect();
    insta::assert_snapshot!("reference", text.join("\n"));
}

#[test]
fn help_is_a_command_too() {
    let shop = Shop::empty();
    assert_eq!(shop.ok(["help"]), shop.ok(["--help"]));
    assert_eq!(shop.ok(["help", "log"]), shop.ok(["log", "--help"]));
    let below = ["customer", "help", "add"];
    assert_eq!(shop.ok(below), shop.ok(["customer", "add", "--help"]));
    let all = shop.ok(["--help"]);
    let (_, commands) = all.split_once("Commands:\n").unwrap();
    let (commands, _) = commands.split_once("\n\n").unwrap();
    let named = |line: &&str| !line[2..].starts_with(' ');
    for line in commands.lines().filter(named) {
        let said = line.split_whitespace().nth(1);
        assert!(said.is_some(), "{line:?} says nothing of the command");
    }
    let ran = shop.run(["help", "lgo"]);
    assert_eq!(ran.code, 2, "{ran:?}");
}

#[test]
fn every_command_shows_examples_or_has_commands_that_do() {
    /// The commands below that nobody shows how to type: neither they nor the one that they are part of.
    fn without(command: &clap::Command) -> Vec<String> {
        let shows = |command: &clap::Command| {
            let help = command.get_after_help().map(ToString::to_string);
            help.is_some_and(|help| help.starts_with("Example"))
        };
        match command.has_subcommands() {
            _ if shows(command) => Vec::new(),
            true => command.get_subcommands().flat_map(without).collect(),
            false => vec![command.get_name().to_owned()],
        }
    }
    let mut all = Args::command().disable_help_subcommand(true);
    all.build();
    let lacking: Vec<String> = all.get_subcommands().flat_map(without).collect();
    assert!(lacking.is_empty(), "{lacking:?}");
}

#[test]
fn each_command_has_its_manual_page_with_its_examples() {
    let shop = Shop::empty();
    let page = shop.ok(["man"]);
    assert!(
        page.contains(".SH SYNOPSIS") && page.contains("holdline\\-log(1)"),
        "{page}"
    );
    let said = shop.ok(["man", "pages"]);
    let pages = fs::read_dir(shop.path("pages")).unwrap().count();
    assert_eq!(said, format!("{pages} pages are in pages"));
    assert!(pages > 60, "{pages}");
    let log = fs::read_to_string(shop.path("pages/holdline-log.1")).unwrap();
    let (_, examples) = log.split_once(".SH EXAMPLES\n.nf\n").unwrap();
    assert!(
        examples.contains("\\&holdline log \\-\\-customer"),
        "{examples}"
    );
    assert!(shop.path("pages/holdline-customer-add.1").exists());
    fs::write(shop.path("file"), "").unwrap();
    let said = shop.fails(2, ["man", "file/pages"]);
    assert!(said.starts_with("holdline: file/pages: "), "{said}");
}

/// A page as `man` shows it, where there is one to ask.
#[test]
fn pages_are_shown_without_a_complaint() {
    let shop = Shop::empty();
    shop.ok(["man", "pages"]);
    let Ok(output) = Command::new("man")
        .args(["--warnings", "-l", "pages/holdline-log.1"])
        .current_dir(shop.path(""))
        .env("MANPAGER", "cat")
        .output()
    else {
        return;
    };
    let (shown, said) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    if output.status.success() {
        assert!(shown.contains("holdline log --customer"), "{shown}");
        assert_eq!(said, "");
    }
}

/// What a shell is offered for the last of these words.
fn offered(shop: &Shop, words: &[&str]) -> Vec<String> {
    let output = shop
        .command()
        .env("HOLDLINE_COMPLETE", "bash")
        .env("_CLAP_COMPLETE_INDEX", (words.len()).to_string())
        .env("_CLAP_IFS", "\n")
        .args(["--", "holdline"])
        .args(words)
        .output()
        .unwrap();
    assert!(
        output.status.success() && output.stderr.is_empty(),
        "{output:?}"
    );
    let offered = String::from_utf8(output.stdout).unwrap();
    let values = offered.lines().filter(|line| !line.starts_with("--"));
    values.map(str::to_owned).collect()
}

#[test]
fn shells_are_offered_commands_and_what_the_desk_has() {
    let shop = Shop::new(&["severity"]);
    shop.customer("Blue Fern");
    shop.customer("Grey Heron");
    shop.ok(["agent", "add", "bo"]);
    let [one, two] =
        ["C-0001", "C-0002"].map(|customer| shop.log(customer, &["--severity", "low"]));
    assert_eq!(offered(&shop, &["sear"]), ["search"]);
    assert_eq!(offered(&shop, &["show", ""]), [one.as_str(), &two]);
    assert_eq!(offered(&shop, &["show", &two[..5]]), [two.as_str()]);
    assert_eq!(offered(&shop, &["assign", &one, "m"]), ["mira"]);
    assert_eq!(offered(&shop, &["log", "--customer", "gre"]), ["C-0002"]);
    assert_eq!(offered(&shop, &["customer", "show", "C-0001"]), ["C-0001"]);
    assert_eq!(offered(&shop, &["severity", &one, "cr"]), ["critical"]);
    assert_eq!(offered(&shop, &["hours", "sev"]), ["severity"]);
    let outcomes = offered(&shop, &["resolve", &one, "--outcome", ""]);
    assert!(
        outcomes.iter().any(|outcome| outcome == "fixed"),
        "{outcomes:?}"
    );
    // The desk of the line counts, not that of the environment.
    let other = shop.path("none.holdline").display().to_string();
    let nothing = offered(&shop, &["--desk", &other, "show", ""]);
    assert!(!nothing.contains(&one), "{nothing:?}");
}

#[test]
fn each_shell_has_a_script_that_asks_the_program() {
    let shop = Shop::empty();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = shop.ok(["completions", shell]);
        assert!(script.contains("HOLDLINE_COMPLETE"), "{script}");
    }
    let said = shop.fails(2, ["completions", "tcsh"]);
    assert!(said.contains("bash") && said.contains("zsh"), "{said}");
}

/// In the shell itself.
#[test]
fn bash_completes_a_number() {
    let shop = Shop::new(&["severity"]);
    let number = shop.log(shop.customer("Blue Fern"), &["--severity", "low"]);
    let script = shop.ok(["completions", "bash"]);
    fs::write(shop.path("completions.bash"), script).unwrap();
    let program = assert_cmd::cargo::cargo_bin("holdline");
    let path = program.parent().unwrap().display().to_string();
    let try_it = format!(
        "PATH={path}:$PATH; . ./completions.bash; COMP_WORDS=(holdline show {begun}); COMP_CWORD=2; \
         _clap_complete_holdline holdline {begun} show; printf '%s\\n' \"${{COMPREPLY[@]}}\"",
        begun = &number[..4]
    );
    let Ok(output) = Command::new("bash")
        .args(["--norc", "-c", &try_it])
        .current_dir(shop.path(""))
        .envs(shop.environment())
        .output()
    else {
        return;
    };
    assert_eq!(
        String::from_utf8_lossy(&output.stdout).trim(),
        number,
        "{output:?}"
    );
}
