//! `holdline demo`: a desk to try, in every state, the same for the same seed.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use crate::shop::Shop;

fn demo(shop: &Shop, name: &str, seed: &str) -> String {
    let path = shop.path(name).display().to_string();
    shop.ok([
        "--desk",
        &path,
        "demo",
        "--incidents",
        "150",
        "--seed",
        seed,
    ]);
    path
}

#[test]
fn a_sample_desk_has_incidents_in_every_state() {
    let shop = Shop::empty();
    shop.at("2026-11-23T16:30:00Z");
    let desk = demo(&shop, "one", "7");
    let all = shop.ok([
        "--desk", &desk, "list", "is:any", "--limit", "1000", "--format", "csv",
    ]);
    assert_eq!(all.lines().count(), 151);
    let states = [
        "awaiting-acceptance",
        "awaiting-payment",
        "open",
        "waiting",
        "resolved",
        "closed-unresolved",
        "declined",
    ];
    for state in states {
        let found = shop.ok([
            "--desk",
            &desk,
            "list",
            &format!("state:{state}"),
            "--format",
            "csv",
        ]);
        assert!(found.lines().count() > 1, "none is {state}");
    }
    for view in [
        "is:missed",
        "is:number-not-given",
        "is:unassigned",
        "due:<30d",
    ] {
        let found = shop.ok(["--desk", &desk, "list", view, "--format", "csv"]);
        assert!(found.lines().count() > 1, "none is {view}");
    }
}

#[test]
fn the_same_seed_makes_the_same_desk_and_another_one_another() {
    let shop = Shop::empty();
    shop.at("2026-11-23T16:30:00Z");
    let list = |name, seed| {
        let desk = demo(&shop, name, seed);
        shop.ok([
            "--desk", &desk, "list", "is:any", "--limit", "1000", "--format", "csv",
        ])
    };
    let first = list("one", "1");
    assert_eq!(first, list("two", "1"));
    assert_ne!(first, list("three", "2"));
}

#[test]
fn a_file_that_is_there_is_not_written_over() {
    let shop = Shop::empty();
    shop.at("2026-11-23T16:30:00Z");
    let desk = demo(&shop, "one", "1");
    let before = std::fs::read(Path::new(&desk)).unwrap();
    let said = shop.fails(5, ["--desk", &desk, "demo"]);
    assert!(said.contains("exists already"), "{said}");
    assert_eq!(std::fs::read(Path::new(&desk)).unwrap(), before);
}

/// What lies in the shop's folder, by name.
fn lies_there(shop: &Shop) -> Vec<String> {
    let names = std::fs::read_dir(shop.path(".")).unwrap();
    let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.collect()
}

#[test]
fn one_that_is_stopped_leaves_nothing_and_says_so_in_one_line() {
    let shop = Shop::empty();
    let making = Command::new(assert_cmd::cargo::cargo_bin("holdline"))
        .args(["demo", "--incidents", "30000"])
        .env_clear()
        .envs(shop.environment())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let begun = |name: &String| name.contains("-search");
    while !lies_there(&shop).iter().any(begun) {
        std::thread::sleep(Duration::from_millis(10));
    }
    let process = Pid::from_raw(making.id().try_into().unwrap());
    kill(process, Signal::SIGTERM).unwrap();
    let output = making.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(5));
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(said, "holdline: stopped: nothing was made\n");
    assert_eq!(lies_there(&shop), [""; 0]);
}
