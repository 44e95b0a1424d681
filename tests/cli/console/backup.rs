//! The backup of the day that a console has made beside it: by one program, whatever becomes of the console.

use std::fs;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use nix::sys::signal::Signal;
use rstest::rstest;

use super::terminal::{LARGE, SMALL, Terminal};
use crate::shop::Shop;

/// The backup of the shop's day.
const TODAY: &str = "2026-11-23.holdline";

/// A desk large enough that its backup takes a while.
fn shop() -> Shop {
    let shop = Shop::new(&["severity"]);
    shop.customer("Blue Fern");
    let desk = rusqlite::Connection::open(shop.desk()).unwrap();
    desk.execute_batch("CREATE TABLE waste (w); INSERT INTO waste VALUES (zeroblob(80000000))")
        .unwrap();
    shop
}

/// What lies among the backups.
fn names(shop: &Shop) -> Vec<String> {
    let Ok(entries) = fs::read_dir(shop.path("desk.holdline.backups")) else {
        return Vec::new();
    };
    let name = |entry: std::io::Result<fs::DirEntry>| entry.unwrap().file_name();
    let mut names: Vec<_> = entries
        .map(|entry| name(entry).into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// Waits until something is so.
pub(super) fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let began = Instant::now();
    while !is_so() {
        assert!(began.elapsed() < Duration::from_secs(60), "never: {what}");
        std::thread::sleep(Duration::from_millis(2));
    }
}

fn is_begun(shop: &Shop) {
    until("a copy is begun", || {
        names(shop).iter().any(|name| name.ends_with(".draft"))
    });
}

fn is_made(shop: &Shop) {
    until("the backup is made, and nothing else is there", || {
        names(shop) == [TODAY]
    });
}

fn backup(shop: &Shop) -> Child {
    std::process::Command::new(assert_cmd::cargo::cargo_bin("holdline"))
        .args(["desk", "backup", "--aside"])
        .env_clear()
        .envs(shop.environment())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .spawn()
        .unwrap()
}

#[rstest]
#[case::by_its_key(None)]
#[case::by_a_hang_up(Some(Signal::SIGHUP))]
#[case::by_kill_9(Some(Signal::SIGKILL))]
fn a_console_that_ends_waits_for_no_backup_and_the_backup_goes_on(#[case] signal: Option<Signal>) {
    let shop = shop();
    let mut terminal = Terminal::open(&shop, SMALL);
    is_begun(&shop);
    match signal {
        None => {
            terminal.type_in("q");
            assert_eq!(terminal.ends(), 0);
        }
        Some(signal) => terminal.ends_by(signal),
    }
    assert_ne!(
        names(&shop),
        [TODAY],
        "it was made before the console ended"
    );
    is_made(&shop);
    shop.ok(["desk", "restore", &format!("desk.holdline.backups/{TODAY}")]);
}

#[test]
fn what_a_killed_backup_left_the_next_console_clears_away_and_makes_it() {
    let shop = shop();
    let mut killed = backup(&shop);
    is_begun(&shop);
    killed.kill().unwrap();
    killed.wait().unwrap();
    assert!(!names(&shop).is_empty() && names(&shop) != [TODAY]);
    let info = shop.ok(["desk", "info"]);
    assert!(
        info.contains("the program that was making it was killed"),
        "{info}"
    );
    let terminal = Terminal::open(&shop, SMALL);
    is_made(&shop);
    until("the console knows", || {
        !terminal.screen().contains("no backup yet")
    });
}

#[test]
fn whoever_makes_the_backup_that_another_was_killed_at_is_told_so() {
    let shop = shop();
    let mut killed = backup(&shop);
    is_begun(&shop);
    killed.kill().unwrap();
    killed.wait().unwrap();
    let said = shop.ok(["desk", "backup"]);
    assert!(
        said.contains("begun anew, for a program was killed at it before"),
        "{said}"
    );
    let info = shop.ok(["desk", "info"]);
    assert!(!info.contains("killed"), "{info}");
    assert_eq!(names(&shop), [TODAY]);
}

#[test]
fn two_consoles_and_a_cron_job_make_one_backup() {
    let shop = shop();
    let mut cron = backup(&shop);
    let terminals = [(); 2].map(|()| Terminal::open(&shop, LARGE));
    assert!(cron.wait().unwrap().success());
    is_made(&shop);
    for terminal in terminals {
        until("every console knows", || {
            !terminal.screen().contains("no backup yet")
        });
    }
    let said = shop.ok(["desk", "backup"]);
    assert!(
        said.starts_with("the backup of 2026-11-23 is in "),
        "{said}"
    );
}
