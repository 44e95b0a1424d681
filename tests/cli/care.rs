//! `holdline desk backup/restore/info/compact`, and work that others wait for.

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::process::Stdio;
use std::time::{Duration, Instant};

use nix::fcntl::{Flock, FlockArg};
use serde_json::json;

use crate::shop::Shop;

fn shop() -> (Shop, String) {
    let shop = Shop::new(&["severity"]);
    shop.customer("Blue Fern");
    let number = shop.log("Blue Fern", &["--severity", "low"]);
    (shop, number)
}

#[test]
fn a_backup_is_restored_with_its_head_and_what_it_replaced_is_kept() {
    let (shop, number) = shop();
    let made = shop.json(["desk", "backup", "kept"]);
    let head = made["head"].as_str().unwrap();
    assert_eq!(shop.json(["desk", "info"])["backup"]["head"], head);
    let late = shop.log("Blue Fern", &["--severity", "high"]);
    let said = shop.ok(["desk", "restore", "kept"]);
    assert!(
        said.contains("checked and sound; what it replaced is kept in "),
        "{said}"
    );
    shop.ok(["show", &number]);
    shop.fails(3, ["show", &late]);
    shop.ok(["desk", "check", "--head", head]);
    let kept = shop.path("desk.holdline.replaced-20261123T210000Z");
    shop.ok(["show", &late, "--desk", kept.to_str().unwrap()]);
}

#[test]
fn without_a_file_it_is_the_backup_of_the_day() {
    let (shop, _) = shop();
    let said = shop.ok(["desk", "backup"]);
    assert!(
        said.contains("desk.holdline.backups/2026-11-23.holdline"),
        "{said}"
    );
    let again = shop.ok(["desk", "backup"]);
    assert!(
        again.starts_with("the backup of 2026-11-23 is in "),
        "{again}"
    );
    assert_eq!(shop.json(["desk", "backup"])["backup"], json!(null));
}

#[test]
fn refusals_are_one_line_and_change_nothing() {
    let (shop, _) = shop();
    fs::write(shop.path("letter"), "Dear all, nothing to restore here.").unwrap();
    fs::write(shop.path("kept"), "something").unwrap();
    for (code, args, why) in [
        (
            1,
            ["backup", "kept"],
            "exists already: choose another name, or have it replaced (--replace)",
        ),
        (5, ["backup", "none/kept"], "none cannot be used"),
        (
            5,
            ["restore", "letter"],
            "letter is no desk (file is not a database): choose another file",
        ),
        (5, ["restore", "nothing"], "no desk at nothing"),
        (
            1,
            ["restore", "desk.holdline"],
            "is the desk itself: name a backup of it",
        ),
    ] {
        let said = shop.fails(code, ["desk"].into_iter().chain(args));
        assert!(said.contains(why) && said.lines().count() == 1, "{said}");
    }
    assert_eq!(fs::read_to_string(shop.path("kept")).unwrap(), "something");
}

#[test]
fn info_tells_what_the_desk_is() {
    let (shop, _) = shop();
    let text = shop.ok(["desk", "info"]);
    for line in [
        "desk     Support",
        "(mode 0600)",
        "1 incidents, 1 customers",
        "none yet: `holdline desk backup`",
    ] {
        assert!(text.contains(line), "{text}");
    }
    let info = shop.json(["desk", "info"]);
    assert_eq!(
        (&info["mode"], &info["counts"]["customers"]),
        (&json!("0600"), &json!(1))
    );
    let handover = shop.ok(["handover"]);
    let head = info["head"].as_str().unwrap();
    assert!(
        handover.ends_with(&format!("Head of the timeline: `{head}`")),
        "{handover}"
    );
    shop.ok(["desk", "check", "--head", head]);
}

#[test]
fn compacting_keeps_everything() {
    let (shop, _) = shop();
    let before = shop.json(["desk", "info"]);
    assert!(shop.ok(["desk", "compact"]).starts_with("compacted: "));
    assert_eq!(shop.json(["desk", "info"])["head"], before["head"]);
    shop.ok(["desk", "check"]);
}

/// As if another program were at work.
fn at_work(shop: &Shop, alone: bool) -> Flock<File> {
    let path = shop.path("desk.holdline.work");
    let file = OpenOptions::new()
        .create(true)
        .truncate(true)
        .write(true)
        .open(path)
        .unwrap();
    let mut lock = Flock::lock(file, FlockArg::LockExclusiveNonblock).unwrap();
    let since = chrono::Utc::now() - chrono::TimeDelta::seconds(7);
    let work = json!({"agent": "jonas", "what": "compacting the desk", "since": since, "alone": alone, "process": 1});
    lock.write_all(work.to_string().as_bytes()).unwrap();
    lock
}

fn start(shop: &Shop, args: &[&str]) -> std::process::Child {
    std::process::Command::new(assert_cmd::cargo::cargo_bin("holdline"))
        .env_clear()
        .envs(shop.environment())
        .args(args)
        .stderr(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

#[test]
fn whoever_writes_waits_for_work_that_wants_the_desk_alone_says_for_whom_and_goes_on() {
    let (shop, number) = shop();
    let work = at_work(&shop, true);
    let mut waiting = start(&shop, &["note", &number, "Afterwards"]);
    std::thread::sleep(Duration::from_millis(700));
    assert!(waiting.try_wait().unwrap().is_none(), "it does not wait");
    // Looking is for everybody.
    assert!(!shop.ok(["show", &number]).contains("Afterwards"));
    drop(work);
    let ended = waiting.wait_with_output().unwrap();
    let said = String::from_utf8(ended.stderr).unwrap();
    assert!(ended.status.success(), "{said}");
    let begin = "note: jonas is compacting the desk, for ";
    assert!(
        said.starts_with(begin) && said.trim_end().ends_with(" s now: waiting for that"),
        "{said}"
    );
    assert!(shop.ok(["show", &number]).contains("Afterwards"));
}

#[test]
fn what_a_killed_worker_left_keeps_nobody_waiting() {
    let (shop, number) = shop();
    drop(at_work(&shop, true));
    assert!(shop.path("desk.holdline.work").exists());
    shop.ok(["note", &number, "At once"]);
}

#[test]
fn whoever_writes_for_over_five_seconds_is_named_and_nothing_is_lost() {
    let (shop, number) = shop();
    let holder = rusqlite::Connection::open(shop.desk()).unwrap();
    holder.execute_batch("BEGIN IMMEDIATE").unwrap();
    let began = Instant::now();
    let ran = shop.run(["note", &number, "Not now"]);
    let waited = began.elapsed();
    drop(holder);
    assert_eq!(ran.code, 5, "{ran:?}");
    assert!(
        waited > Duration::from_secs(4) && waited < Duration::from_secs(20),
        "{waited:?}"
    );
    assert_eq!(ran.stderr.lines().count(), 1, "{ran:?}");
    if cfg!(target_os = "linux") {
        let who = format!("the desk is busy: process {} of ", std::process::id());
        assert!(ran.stderr.contains(&who), "{ran:?}");
    }
    shop.ok(["note", &number, "Now"]);
    let shown = shop.ok(["show", &number]);
    assert!(
        shown.contains("Now") && !shown.contains("Not now"),
        "{shown}"
    );
}
