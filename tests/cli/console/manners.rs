//! How the console treats the terminal that it was lent: what it gives back and when, and what it bears.

use std::fs;

use assert_cmd::cargo::cargo_bin;
use nix::sys::signal::{Signal, kill};
use portable_pty::CommandBuilder;
use rstest::rstest;

use super::terminal::{LARGE, SMALL, Terminal};
use crate::shop::Shop;

/// What is switched on at the start and off at the end: the alternate screen, pastes in brackets.
const MODES: [u16; 2] = [1049, 2004];

fn shop() -> Shop {
    let shop = Shop::new(&["severity"]);
    shop.customer("Blue Fern");
    for summary in ["Exports stop", "Labels print twice"] {
        let severity = ["--severity", "low", "--summary", summary];
        let log = ["log", "--customer", "Blue Fern"];
        shop.ok(log.iter().chain(&severity));
    }
    shop
}

/// Whether the terminal is as it was before: every mode off after it was on, and the cursor there.
fn given_back(written: &str) {
    for mode in MODES {
        let on = written.rfind(&format!("\u{1b}[?{mode}h")).unwrap();
        let off = written.rfind(&format!("\u{1b}[?{mode}l"));
        assert!(off > Some(on), "mode {mode} stays on");
    }
    let (hidden, shown) = (written.rfind("\u{1b}[?25l"), written.rfind("\u{1b}[?25h"));
    assert!(shown > hidden, "no cursor");
}

#[test]
fn quitting_gives_the_terminal_back() {
    let shop = shop();
    let mut terminal = Terminal::open(&shop, SMALL);
    terminal.type_in("q");
    assert_eq!(terminal.ends(), 0);
    given_back(&terminal.writes("\u{1b}[?1049l"));
}

#[rstest]
#[case::term(Signal::SIGTERM)]
#[case::hup(Signal::SIGHUP)]
#[case::int(Signal::SIGINT)]
#[case::quit(Signal::SIGQUIT)]
fn a_signal_that_ends_it_gives_the_terminal_back(#[case] signal: Signal) {
    let shop = shop();
    let mut terminal = Terminal::open(&shop, SMALL);
    kill(terminal.process(), signal).unwrap();
    assert_eq!(terminal.ends(), 128 + signal as u32);
    given_back(&terminal.writes("\u{1b}[?1049l"));
}

/// A shell in which job control works.
fn shell(shop: &Shop) -> Terminal {
    let mut shell = CommandBuilder::new("/bin/sh");
    shell.arg("-i");
    let terminal = Terminal::running(shop, SMALL, shell, &[("PS1", "prompt: ")]);
    terminal.shows("prompt: ");
    terminal
}

#[test]
fn a_suspended_console_goes_back_to_the_shell_and_returns() {
    let shop = shop();
    let mut terminal = shell(&shop);
    let program = cargo_bin("holdline");
    terminal.type_in(&format!("'{}'\r", program.display()));
    terminal.shows("All open");
    terminal.type_in("\u{1a}");
    terminal.shows("prompt: ");
    given_back(&terminal.writes("\u{1b}[?1049l"));
    terminal.type_in("echo shell-$((40+2))\r");
    terminal.shows("shell-42");
    terminal.type_in("fg\r");
    terminal.shows("All open");
    // It takes keys again, and ends as usual.
    terminal.type_in("?").shows("┌ Keys");
    terminal.press("esc").shows("All open");
    terminal.type_in("q").shows("prompt: ");
    given_back(&terminal.writes("\u{1b}[?1049l"));
}

#[test]
fn a_hung_up_line_ends_it_at_once() {
    let shop = shop();
    let mut line = CommandBuilder::new("/bin/sh");
    line.args(["-c", "\"$0\"; true"]);
    line.arg(cargo_bin("holdline"));
    let mut terminal = Terminal::running(&shop, SMALL, line, &[]);
    terminal.shows("All open");
    let shell = terminal.process();
    let children = format!("/proc/{shell}/task/{shell}/children");
    let console = fs::read_to_string(children).unwrap();
    let console = console.split_whitespace().next().unwrap().to_owned();
    // The line's owner is gone: the system hangs the terminal up.
    kill(shell, Signal::SIGKILL).unwrap();
    terminal.ends();
    let process = std::path::Path::new("/proc").join(console);
    for _ in 0..500 {
        if !process.exists() {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    panic!("the console outlives its line");
}

#[test]
fn a_torn_sequence_is_one_key_and_a_lone_escape_is_itself() {
    let shop = shop();
    let ssh = [("SSH_TTY", "/dev/pts/3")];
    let mut terminal = Terminal::with(&shop, SMALL, &ssh);
    terminal.type_in("?").shows("┌ Keys");
    terminal.type_in("\u{1b}").shows("All open 2");
    let selected = |terminal: &Terminal| terminal.reversed().join("\n");
    assert!(selected(&terminal).contains("10001-4"));
    terminal.type_in("\u{1b}");
    std::thread::sleep(std::time::Duration::from_millis(15));
    terminal.type_in("[B");
    terminal.shows("Labels print twice");
    for _ in 0..500 {
        if selected(&terminal).contains("10002-3") {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    panic!("{}", terminal.screen());
}

#[test]
fn what_is_pasted_outside_a_field_never_runs_as_keys() {
    let shop = shop();
    let mut terminal = Terminal::open(&shop, SMALL);
    terminal.type_in("\u{1b}[200~qqdX\r\n\u{1b}[201~");
    terminal.shows("what was pasted is no Tech Reference number");
    terminal.type_in("\u{1b}[200~10002-3\u{1b}[201~");
    terminal.shows("Labels print twice");
    assert!(shop.ok(["list"]).contains("10001-4"));
}

#[test]
fn it_bears_every_size_and_says_when_one_is_too_small() {
    let shop = shop();
    let mut terminal = Terminal::open(&shop, SMALL);
    terminal.press("enter").shows("Exports stop");
    for n in 0..60u16 {
        terminal.resize((1 + n * 37 % 170, 1 + n * 23 % 61));
    }
    terminal.resize((20, 5));
    terminal.shows("too small");
    terminal.resize(LARGE);
    terminal.shows("Exports stop");
    terminal.press("backspace").shows("All open 2");
}

/// A key and a change of size that come at once are told of at once, and neither may be forgotten for the other.
#[test]
fn a_key_and_a_change_of_size_that_come_together_are_both_seen() {
    let shop = shop();
    let mut terminal = Terminal::open(&shop, (100, 30));
    terminal.shows("10002-3");
    for turn in 0..200u16 {
        let (key, selected) = match turn % 2 {
            0 => ("j", "10002-3"),
            _ => ("k", "10001-4"),
        };
        let size = (80 + turn % 9, 24 + turn % 5);
        match turn % 4 {
            0 | 3 => {
                terminal.type_in(key);
                terminal.resize_line(size);
            }
            _ => {
                terminal.resize_line(size);
                terminal.type_in(key);
            }
        }
        terminal.selects(selected, usize::from(size.0));
    }
}

#[rstest]
#[case::xterm("xterm")]
#[case::screen("screen")]
#[case::linux("linux")]
#[case::vt100("vt100")]
#[case::unknown("no-such-terminal")]
fn the_selection_is_seen_without_colours_on_any_terminal(#[case] term: &str) {
    let shop = shop();
    let more = [("TERM", term), ("NO_COLOR", "1")];
    let terminal = Terminal::with(&shop, SMALL, &more);
    terminal.shows("10002-3");
    let reversed = terminal.reversed();
    assert!(
        reversed.iter().any(|line| line.contains("10001-4")),
        "{reversed:?}"
    );
    let written = terminal.written();
    for colour in ["\u{1b}[38;", "\u{1b}[48;", "\u{1b}[31m", "\u{1b}[91m"] {
        assert!(!written.contains(colour), "{written:?}");
    }
}

#[rstest]
#[case::locale(&[("LANG", "C")])]
#[case::console(&[("TERM", "linux")])]
fn symbols_give_way_where_they_may_not_be_known(#[case] more: &[(&str, &str)]) {
    let shop = shop();
    let terminal = Terminal::with(&shop, SMALL, more);
    terminal.shows("10002-3");
    let screen = terminal.screen();
    assert!(screen.is_ascii(), "{screen}");
}

#[test]
fn wide_characters_keep_the_columns_straight() {
    let shop = shop();
    let wide = "株式会社みなと電器";
    shop.customer(wide);
    let number = shop.log(wide, &["--severity", "low"]);
    shop.ok(["assign", &number, "mira"]);
    shop.ok(["assign", "10001-4", "mira"]);
    for size in [SMALL, LARGE] {
        let terminal = Terminal::open(&shop, size);
        terminal.shows(&number);
        let columns: Vec<usize> = terminal.columns_of("low ");
        assert!(columns.len() >= 2, "{}", terminal.screen());
        assert!(
            columns.windows(2).all(|two| two[0] == two[1]),
            "{columns:?}"
        );
    }
}

#[test]
fn in_tmux_its_own_way_leads_to_the_clipboard() {
    let shop = Shop::new(&["severity"]);
    shop.customer("Blue Fern");
    let number = shop.log("Blue Fern", &["--severity", "low"]);
    // A program in tmux's place that keeps what it is called with.
    let folder = shop.path("bin");
    std::fs::create_dir(&folder).unwrap();
    let (program, kept) = (folder.join("tmux"), shop.path("kept"));
    let script = format!(
        "#!/bin/sh\n{{ echo \"$@\"; cat; }} > '{}'\n",
        kept.display()
    );
    std::fs::write(&program, script).unwrap();
    let runs = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(&program, runs).unwrap();
    let path = std::env::var("PATH").unwrap();
    let path = format!("{}:{path}", folder.display());
    let tmux = [("TMUX", "/tmp/none,1,0"), ("PATH", path.as_str())];
    let mut terminal = Terminal::with(&shop, SMALL, &tmux);
    terminal.shows(&number);
    terminal.press("y").shows("is on your clipboard");
    assert_eq!(
        std::fs::read_to_string(&kept).unwrap(),
        format!("load-buffer -w -\n{number}")
    );
    assert!(!terminal.written().contains("\u{1b}]52"));
}
